//! `brag show schema` and the reader of cases take the same files: what one refuses, so does the other. Only that dates
//! stand in an order that can be is beyond what a schema can say.

use crate::program::{Program, worked_cases};
use brag::case::{
    Case,
    domain::Domain,
    fault::Wrong,
    record::{Field, Kind, Shape},
};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn validator() -> Validator {
    let schema = Program::new().run("show schema").json();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// Whether both take the document; fails where they differ.
fn agreed(validator: &Validator, document: &Value) -> bool {
    let read = Case::parse(&document.to_string());
    let by_brag = match &read {
        Err(fault) if matches!(fault.wrong, Wrong::DateOrder { .. }) => return false,
        read => read.is_ok(),
    };
    let by_schema = validator.is_valid(document);
    assert_eq!(
        by_brag,
        by_schema,
        "brag: {:?}\nschema: {:?}\n{document}",
        read.err().map(|fault| fault.to_string()),
        validator.iter_errors(document).map(|error| error.to_string()).collect::<Vec<_>>()
    );
    by_brag
}

/// Values of every kind, good for some field and bad for most.
#[allow(clippy::too_many_lines, reason = "a list")]
fn candidates(shape: &Shape) -> Vec<Value> {
    let mut all: Vec<Value> = vec![
        json!(null),
        json!(true),
        json!(false),
        json!([]),
        json!({}),
        json!([[]]),
        json!([null]),
        json!([{}]),
        json!({ "zzz": 1 }),
        json!(""),
        json!(" "),
        json!("abc1"),
        json!("Abc-1 (x)"),
        json!("ABC"),
        json!("a_b"),
        json!("A sentence, with; signs!"),
        json!("two\nlines"),
        json!("with\ttab"),
        json!("caf\u{e9}"),
        json!("\u{7f}"),
        json!("yes"),
        json!("no"),
        json!("true"),
        json!("null"),
        json!("1"),
        json!("x".repeat(32)),
        json!("x".repeat(33)),
        json!("x".repeat(80)),
        json!("x".repeat(81)),
        json!("x".repeat(500)),
        json!("x".repeat(501)),
        json!("\u{e9}".repeat(500)),
        json!("2019-02-28"),
        json!("2020-02-29"),
        json!("2019-02-29"),
        json!("2019-13-01"),
        json!("2019-2-1"),
        json!("2019-02-28T00:00:00Z"),
        json!("20190228"),
        json!("0000-01-01"),
        json!("-2019-02-28"),
        json!("9999-12-31"),
        json!("10000-01-01"),
        json!(0),
        json!(-1),
        json!(1),
        json!(2),
        json!(3),
        json!(4),
        json!(5),
        json!(6),
        json!(7),
        json!(8),
        json!(9),
        json!(10),
        json!(11),
        json!(99),
        json!(100),
        json!(101),
        json!(100_000),
        json!(100_001),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(0.0),
        json!(62.0),
        json!(61.5),
        json!(1.4),
        json!(6.89999),
        json!(99.999_999),
        json!(100.000_001),
        json!(-0.5),
        json!(1e300),
        json!(1e-7),
        json!(["abc1"]),
        json!(["abc1", "abc1"]),
        json!(["Abc 1"]),
        json!([1]),
        json!(["2019-02-28"]),
        json!({ "abc1": 1 }),
        json!({ "abc1": "yes" }),
        json!({ "abc1": true }),
        json!({ "Abc 1": "none" }),
        json!({ "abc1": null }),
        json!({ "abc1": [] }),
        json!({ "abc1": "2019-02-28" }),
        json!({ "a\u{e9}": "yes" }),
    ];
    let words: &[&str] = match inner(shape) {
        Shape::Leaf(Domain::Words(words)) => words,
        _ => &[],
    };
    for word in words {
        all.extend([
            json!(word),
            json!(word.to_uppercase()),
            json!([word]),
            json!({ "type": word }),
            json!(format!("{word} ")),
        ]);
        all.push(json!([{ "type": word, "date": "2019-02-28" }]));
        all.push(json!([{ "type": word, "date": "28 February" }]));
    }
    all
}

fn inner(shape: &Shape) -> &Shape {
    match shape {
        Shape::List(of) => inner(of),
        other => other,
    }
}

/// A value that the field takes.
fn good(shape: &Shape) -> Value {
    match shape {
        Shape::Leaf(Domain::Bool) => json!(true),
        Shape::Leaf(Domain::Whole { min, .. } | Domain::Decimal { min, .. }) => json!(min),
        Shape::Leaf(Domain::Words(words)) => json!(words[0]),
        Shape::Leaf(Domain::OwnWords(words)) => json!(words[0]),
        Shape::Leaf(Domain::Date) => json!("2019-02-28"),
        Shape::Leaf(Domain::Text) => json!("abc1"),
        Shape::Leaf(Domain::Answers) => json!({ "q1": "yes" }),
        Shape::Record(fields) => entry(fields),
        Shape::List(of) => json!([good(of)]),
    }
}

/// An entry with nothing but what it must have.
fn entry(fields: &[Field]) -> Value {
    let must = fields.iter().filter(|field| field.kind == Kind::Required);
    Value::Object(must.map(|field| (field.name.to_owned(), good(&(field.shape)()))).collect())
}

/// One place of the case model: its path for messages, and a case with something put there.
struct Place {
    path: String,
    shape: Shape,
    with: Box<dyn Fn(Value) -> Value>,
}

fn places() -> Vec<Place> {
    let mut places = Vec::new();
    let base = |case: Value| case;
    collect(&mut places, "", Case::FIELDS, &|| json!({ "crn": "X100001" }), &(std::rc::Rc::new(base) as Wrap));
    places
}

type Wrap = std::rc::Rc<dyn Fn(Value) -> Value>;

fn collect(places: &mut Vec<Place>, prefix: &str, fields: &'static [Field], base: &dyn Fn() -> Value, wrap: &Wrap) {
    for field in fields {
        let name = field.name;
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        let (own, around, shape) = (base(), std::rc::Rc::clone(wrap), (field.shape)());
        let with = move |value: Value| {
            let mut record = own.clone();
            record[name] = value;
            around(record)
        };
        let with: Wrap = std::rc::Rc::new(with);
        match inner(&shape) {
            Shape::Record(fields) if matches!(shape, Shape::List(_)) => {
                let around = std::rc::Rc::clone(&with);
                let inside: Wrap = std::rc::Rc::new(move |record| around(json!([record])));
                collect(places, &format!("{path}[]"), fields, &|| entry(fields), &inside);
            }
            Shape::Record(fields) => collect(places, &path, fields, &|| entry(fields), &with),
            Shape::Leaf(_) | Shape::List(_) => {}
        }
        places.push(Place { path, shape, with: Box::new(move |value| with(value)) });
    }
}

#[test]
fn every_field_takes_and_refuses_the_same_values() {
    let validator = validator();
    let mut taken: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for place in places() {
        let (good, bad) = taken.entry(place.path.clone()).or_default();
        for value in candidates(&place.shape) {
            *(if agreed(&validator, &(place.with)(value)) { &mut *good } else { &mut *bad }) += 1;
        }
    }
    assert!(taken.len() > 200, "{}", taken.len());
    for (path, (good, bad)) in taken {
        assert!(good >= 1, "nothing tried for `{path}` is good");
        assert!(bad >= 3, "only {bad} of the values tried for `{path}` are bad");
    }
}

#[test]
fn every_field_takes_a_value_of_its_domain() {
    let validator = validator();
    for place in places() {
        let document = (place.with)(good(&place.shape));
        assert!(agreed(&validator, &document), "{}: {document}", place.path);
    }
}

#[test]
fn every_record_refuses_an_unknown_key_and_misses_a_required_one() {
    let validator = validator();
    let mut records = 0;
    for place in places() {
        let Shape::Record(fields) = inner(&place.shape) else { continue };
        if fields.is_empty() {
            continue;
        }
        records += 1;
        let listed =
            |record: &Value| if matches!(place.shape, Shape::List(_)) { json!([record]) } else { record.clone() };
        assert!(agreed(&validator, &(place.with)(listed(&entry(fields)))), "{}", place.path);
        let mut unknown = entry(fields);
        unknown["zzz"] = json!(1);
        assert!(!agreed(&validator, &(place.with)(listed(&unknown))), "{} takes an unknown key", place.path);
        for field in fields.iter().filter(|field| field.kind == Kind::Required) {
            let mut missing = entry(fields);
            missing.as_object_mut().unwrap().remove(field.name);
            assert!(!agreed(&validator, &(place.with)(listed(&missing))), "{}.{}", place.path, field.name);
        }
    }
    assert!(records > 20, "{records}");
    assert!(!agreed(&validator, &json!({})));
    assert!(!agreed(&validator, &json!({ "crn": "X100001", "zzz": 1 })));
    assert!(!agreed(&validator, &json!([])));
    assert!(!agreed(&validator, &json!("X100001")));
}

#[test]
fn what_must_come_out_is_checked_too() {
    let validator = validator();
    let good = [
        json!({ "tier": "Amber" }),
        json!({ "tier": { "one_of": ["Amber", "Red"] }, "tier_by_seed": { "not": ["Green"], "at_least": "Amber" } }),
        json!({ "provisional": true, "points": { "harm": 12 }, "fired": ["iom"], "flags": { "include": ["a"], "exclude": [] } }),
        json!({ "contact": { "due": "2019-05-28", "state": "overdue", "days_overdue": 3 }, "review": { "kind": "six_weekly" } }),
        json!({ "allocation": { "grade": "po", "from": "front_office" }, "unconfirmed": true }),
        json!(null),
    ];
    for expect in good {
        assert!(agreed(&validator, &json!({ "crn": "X100001", "expect": expect })), "{expect}");
    }
    let bad = [
        json!({ "tier": 3 }),
        json!({ "tier": [] }),
        json!({ "tier": { "any_of": ["Amber"] } }),
        json!({ "tier": { "one_of": "Amber" } }),
        json!({ "points": { "Harm Done": 12 } }),
        json!({ "points": { "harm": 1.5 } }),
        json!({ "fired": "iom" }),
        json!({ "flags": ["a"] }),
        json!({ "contact": { "due": "28 May" } }),
        json!({ "contact": { "days_overdue": -1 } }),
        json!({ "allocation": { "grade": "boss" } }),
        json!({ "zzz": 1 }),
        json!([]),
    ];
    for expect in bad {
        assert!(!agreed(&validator, &json!({ "crn": "X100001", "expect": expect })), "{expect}");
    }
}

/// The worked cases, read by another YAML reader and handed to the validator.
#[test]
fn the_worked_cases_are_good_for_both() {
    let validator = validator();
    for path in worked_cases("bgsw") {
        let text = std::fs::read_to_string(&path).unwrap();
        let document: Value = serde_yaml::from_str(&text).unwrap();
        assert!(agreed(&validator, &document), "{}", path.display());
        assert_eq!(Case::parse(&text).unwrap().0, Case::parse(&document.to_string()).unwrap().0, "{}", path.display());
    }
}

/// Spellings that YAML readers understand differently: what `brag` takes, another reader must take as the same value.
#[test]
fn a_spelling_means_the_same_to_another_reader() {
    let spellings = [
        "62",
        "062",
        "6_2",
        "0x3e",
        "0o76",
        "62.0",
        "6.2e1",
        "+62",
        "1:02",
        ".5",
        "5.",
        "-0",
        "~",
        "",
        "null",
        "yes",
        "on",
        "y",
        "true",
        "True",
        "TRUE",
        "\"true\"",
        "2019-02-28",
        "'62'",
        ".inf",
        ".nan",
        "0b11",
    ];
    for field in ["oasys: { ogrs3: VALUE }", "oasys: { rsr: VALUE }", "iom: VALUE", "date_of_birth: VALUE"] {
        for spelling in spellings {
            let text = format!("crn: X100001\n{}\n", field.replace("VALUE", spelling));
            let Ok((case, _)) = Case::parse(&text) else { continue };
            let other: Value = serde_yaml::from_str(&text).unwrap();
            assert_eq!(Case::parse(&other.to_string()).map(|(case, _)| case), Ok(case), "{text}");
        }
    }
}

#[test]
fn dates_in_an_impossible_order_are_the_one_exception() {
    let document = json!({ "crn": "X100001", "sentence": { "imposed_on": "2019-02-01", "ends_on": "2018-02-01" } });
    assert!(validator().is_valid(&document));
    let fault = Case::parse(&document.to_string()).unwrap_err();
    assert!(matches!(fault.wrong, Wrong::DateOrder { .. }), "{fault}");
}
