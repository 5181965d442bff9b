//! `docs/decision.schema.json` describes every answer that the program gives, and nothing that it does not.

use crate::program::{Program, root};
use serde_json::Value;
use std::collections::BTreeSet;

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("docs/decision.schema.json")).unwrap()).unwrap()
}

fn check(answer: &Value) {
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).unwrap();
    let wrong: Vec<String> = validator.iter_errors(answer).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{answer:#}");
}

const RULES: &str = r#"
const TIERS = ["Low", "Middle", "High"];
const AXES = ["harm"];

/// Starts everybody.
fn everybody(person) { [at_least("Low"), points("harm", 2), provisional("on trial")] }

/// A register.
/// @cite somewhere
/// @severity high
fn register(person) { if person.iom { [decide("High"), flag("look", "somebody must look")] } }

/// A score.
fn score(person) { if person.oasys.ogrs3 >= 50 { at_least("High") } }

fn contact(person, tier) { [every(2, "week", "office"), every(1, "month", "home_visit").times(2)] }
fn review(person, tier) { every(42, "day") }
fn allocate(person, tier) { held_by("po", "front_office") }
"#;

#[test]
fn the_schema_is_one() {
    jsonschema::meta::validate(&schema()).unwrap();
}

#[test]
fn the_shipped_cases_fit_it() {
    let cases = root().join("policies/bgsw/cases");
    let ran = Program::new().run_with(&["assess", "--format", "json", cases.to_str().unwrap()]);
    check(&ran.json());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn every_part_of_an_answer_fits_it() {
    let cases = [
        "crn: X1\nsentence: { imposed_on: 2019-12-02, ends_on: 2020-12-01 }\noasys: { ogrs3: 60 }\n",
        "crn: X2\n",
        "crn: X3\niom: true\n",
        "crn: X4\noasys: { ogrs3: 60 }\noverride: { tier: Low, reason: seen at home, by: a, date: 2019-12-30, authorised_by: b }\n",
        "crn: X5\noasys: { ogrs3: 10 }\noverride: { tier: High }\n",
        "crn: X6\niom: maybe\n",
        "crn: X7\noasys: { rohs: low }\n",
        "oasys: {}\n",
    ];
    let mut seen = BTreeSet::new();
    for case in cases {
        let numbers = std::fs::read(root().join("policies/bgsw/parameters.yaml")).unwrap();
        let program =
            Program::new().rules(RULES).file("policies/trial/parameters.yaml", numbers).file("case.yaml", case);
        let answer = program.run("assess case.yaml --policy trial --on 2020-01-01 --format json").json();
        check(&answer);
        note(&answer, "", &mut seen);
    }
    for path in [
        "range",
        "unsettled",
        "points.harm",
        "reasons.effects.points.axis",
        "reasons.effects.flag.code",
        "reasons.effects.provisional",
        "flags.severity",
        "further_contact.times",
        "next.contact.due",
        "override.applied",
        "error.help",
    ] {
        assert!(seen.contains(path), "no answer here has `{path}`, so nothing tests it");
    }
}

/// An answer in short, and one of a file of many, with the line that it begins at.
#[test]
fn an_answer_in_short_fits_it() {
    let case = crate::book::one_line("X1");
    let program = Program::new().file("book.jsonl", format!("{case}\n{case}\n{{\"crn\":\"X2\",\"iom\":1}}\n"));
    for reasons in ["all", "fired", "none"] {
        let lines = program.run(&format!("assess book.jsonl --format jsonl --reasons {reasons}")).stdout;
        let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        answers.iter().for_each(check);
        assert_eq!((&answers[1]["line"], &answers[2]["error"]["line"]), (&Value::from(2), &Value::from(3)));
        assert_eq!(answers[0].get("reasons").is_some(), reasons != "none");
        assert_eq!(answers[0].get("parameters").is_some(), reasons == "all");
    }
}

/// Paths of everything that is there, lists passed over.
fn note(value: &Value, path: &str, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                if !value.is_null() {
                    seen.insert(path.clone());
                }
                note(value, &path, seen);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| note(item, path, seen)),
        _ => {}
    }
}

/// Every object of the schema says which keys it has, so that a new one cannot slip into an answer unnoticed.
#[test]
fn no_object_of_it_is_open() {
    fn closed(schema: &Value, path: &str) {
        if let Some(fields) = schema.as_object() {
            assert!(
                !fields.contains_key("properties") || fields.get("additionalProperties") == Some(&Value::Bool(false)),
                "{path} is open"
            );
            fields.iter().for_each(|(name, inner)| closed(inner, &format!("{path}/{name}")));
        }
        schema.as_array().into_iter().flatten().for_each(|inner| closed(inner, path));
    }
    closed(&schema(), "");
}
