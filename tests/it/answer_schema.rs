//! The schemas of answers describe everything that the program writes as JSON, and nothing that it does not.

mod outputs;

use crate::{
    book::one_line,
    program::{Program, snapshot},
};
use brag::report::schema_of::SchemaOf;
use clap::ValueEnum;
use jsonschema::Validator;
use serde_json::{Map, Value};
use std::{collections::BTreeSet, thread};

fn validator(of: SchemaOf) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&of.schema()).unwrap()
}

/// Holds an answer against its schema.
pub fn fits(of: SchemaOf, answer: &Value) {
    let wrong: Vec<String> = validator(of).iter_errors(answer).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{}: {wrong:#?}\n{answer:#}", of.name());
}

/// Those of what is written.
fn of_answers() -> impl Iterator<Item = SchemaOf> {
    let read = [SchemaOf::Case, SchemaOf::Parameters, SchemaOf::Mapping];
    SchemaOf::value_variants().iter().copied().filter(move |of| !read.contains(of))
}

#[test]
fn every_schema_is_one_and_says_what_each_key_is() {
    fn told(schema: &Value, path: &str, definitions: &Map<String, Value>) {
        let refers = |value: &Value| {
            let name = value.get("$ref").and_then(Value::as_str)?.strip_prefix("#/$defs/")?.to_owned();
            definitions.get(&name)?.get("description").cloned()
        };
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let text = property.get("description").cloned().or_else(|| refers(property));
                let text = text.as_ref().and_then(Value::as_str).unwrap_or_default();
                // What has one key alone says itself what it is.
                let says_itself = properties.len() == 1 && schema.get("description").is_some();
                let is_mark = says_itself || property.get("const").is_some();
                let is_read = text.ends_with('.') || text.ends_with('`') || text.contains("\n- ");
                assert!(is_mark || is_read, "{path}/{name}: {text:?}");
                assert!(!text.contains("[`") && !text.contains(" nothing where"), "{path}/{name}: {text:?}");
            }
        }
        match schema {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, inner)| told(inner, &format!("{path}/{name}"), definitions));
            }
            Value::Array(all) => all.iter().for_each(|inner| told(inner, path, definitions)),
            _ => {}
        }
    }
    for of in SchemaOf::value_variants() {
        let schema = of.schema();
        jsonschema::meta::validate(&schema).unwrap();
        assert_eq!(SchemaOf::named(&of.name()), Some(*of));
    }
    for of in of_answers() {
        let schema = of.schema();
        assert_eq!(schema["title"], of.title());
        told(&schema, &of.name(), schema["$defs"].as_object().unwrap());
    }
}

#[test]
fn every_output_fits_its_schema_and_with_a_key_more_or_less_does_not() {
    let parts: Vec<String> = thread::scope(|scope| {
        let parts: Vec<_> = of_answers().map(|of| scope.spawn(move || left_open(of))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    snapshot("schemas-left-open", &parts.concat());
}

/// Holds the outputs of a kind against their schema: which keys each may lack, and which objects may have others.
fn left_open(of: SchemaOf) -> String {
    let (outputs, validator) = (outputs::of(of), validator(of));
    assert!(!outputs.is_empty(), "there is no {}", of.name());
    let (mut met, mut optional, mut open) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::<String>::new());
    for output in &outputs {
        let wrong: Vec<String> = validator.iter_errors(output).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}\n{output:#}", of.name());
        for (path, place) in objects(output) {
            // What may have any key has no keys of its own.
            if open.iter().any(|open| path.starts_with(open)) {
                continue;
            }
            let keys: Vec<String> = output.pointer(&place).unwrap().as_object().unwrap().keys().cloned().collect();
            let add = |fields: &mut Map<String, Value>| drop(fields.insert("zzz".to_owned(), 0.into()));
            if met.insert(format!("{path}.")) && still_fits(output, &place, &add, &validator) {
                open.insert(path);
                continue;
            }
            for key in keys {
                let take = |fields: &mut Map<String, Value>| drop(fields.remove(&key));
                let path = format!("{path}.{key}");
                if met.insert(path.clone()) && still_fits(output, &place, &take, &validator) {
                    optional.insert(path);
                }
            }
        }
    }
    let list = |set: BTreeSet<String>| set.into_iter().map(|path| format!("    {path}\n")).collect::<String>();
    format!("{}\n  may lack\n{}  may have more\n{}", of.name(), list(optional), list(open))
}

/// Whether an answer that is changed in one place still fits.
fn still_fits(answer: &Value, place: &str, change: &dyn Fn(&mut Map<String, Value>), validator: &Validator) -> bool {
    let mut changed = answer.clone();
    change(changed.pointer_mut(place).unwrap().as_object_mut().unwrap());
    validator.is_valid(&changed)
}

/// Every object of an answer: what leads to it, with places in lists passed over, and a pointer to it.
fn objects(answer: &Value) -> Vec<(String, String)> {
    fn within(value: &Value, path: &str, place: &str, found: &mut Vec<(String, String)>) {
        match value {
            Value::Object(fields) => {
                found.push((path.to_owned(), place.to_owned()));
                for (name, value) in fields {
                    let pointer = name.replace('~', "~0").replace('/', "~1");
                    within(value, &format!("{path}.{name}"), &format!("{place}/{pointer}"), found);
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    within(item, path, &format!("{place}/{at}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    within(answer, "", "", &mut found);
    found
}

#[test]
fn every_part_of_an_answer_is_among_the_outputs() {
    let mut seen = BTreeSet::new();
    for answer in outputs::of_trial("assess") {
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

/// An answer in short, and one of a file of many, with the line that it begins at.
#[test]
fn an_answer_in_short_has_its_line_and_fewer_reasons() {
    let case = one_line("X1");
    let program = Program::new().file("book.jsonl", format!("{case}\n{case}\n{{\"crn\":\"X2\",\"iom\":1}}\n"));
    for reasons in ["all", "fired", "none"] {
        let lines = program.run(&format!("assess book.jsonl --format jsonl --reasons {reasons}")).stdout;
        let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for answer in &answers {
            fits(SchemaOf::Decision, answer);
        }
        assert_eq!((&answers[1]["line"], &answers[2]["error"]["line"]), (&Value::from(2), &Value::from(3)));
        assert_eq!(answers[0].get("reasons").is_some(), reasons != "none");
        assert_eq!(answers[0].get("parameters").is_some(), reasons == "all");
    }
}
