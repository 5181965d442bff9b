//! What an editor reads: the JSON Schema of parameters.yaml, and the words of the language as definitions.

use crate::program::{Program, root, worked_cases};
use brag::language::builtins::{self, Family};
use std::fs;

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&Program::new().run("show schema parameters").json()).unwrap()
}

fn numbers(text: &str) -> serde_json::Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn the_schema_takes_the_numbers_of_the_shipped_policies() {
    let validator = validator();
    for policy in ["assessment-quality", "bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "inspection-ratings"] {
        let text = fs::read_to_string(root().join("policies").join(policy).join("parameters.yaml")).unwrap();
        let errors: Vec<String> = validator.iter_errors(&numbers(&text)).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{policy}");
    }
}

#[test]
fn the_schema_refuses_what_reading_refuses() {
    let validator = validator();
    let good =
        "limit: { description: the limit, values: { 2020-01-01: { value: 90, unit: percent, source: assumption } } }";
    assert!(validator.is_valid(&numbers(good)));
    for (was, is) in [
        ("source", "sorce"),
        ("2020-01-01", "in 2020"),
        ("value: 90, ", ""),
        ("description: the limit, ", ""),
        ("{ 2020-01-01: { value: 90, unit: percent, source: assumption } }", "{}"),
    ] {
        assert!(!validator.is_valid(&numbers(&good.replace(was, is))), "{was} as {is}");
    }
}

/// The path that a file names as its schema.
fn named_schema(text: &str) -> &str {
    let mark = "# yaml-language-server: $schema=";
    text.lines().find_map(|line| line.strip_prefix(mark)).unwrap_or_else(|| panic!("no schema is named\n{text}"))
}

#[test]
fn shipped_cases_and_numbers_name_their_schema() {
    for policy in ["assessment-quality", "bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "inspection-ratings"] {
        let numbers = root().join("policies").join(policy).join("parameters.yaml");
        let cases = worked_cases(policy).into_iter().map(|case| (case, "case"));
        for (file, schema) in cases.chain([(numbers, "parameters")]) {
            let text = fs::read_to_string(&file).unwrap();
            let schema = root().join(format!("docs/{schema}.schema.json"));
            let named = file.parent().unwrap().join(named_schema(&text)).canonicalize().unwrap();
            assert_eq!(named, schema.canonicalize().unwrap(), "{}", file.display());
        }
    }
}

#[test]
fn a_case_that_is_made_names_its_schema() {
    let program = Program::new().file("case.yaml", "crn: X1\nassessed_on: 2026-05-04\noasys: { ogrs3: 80 }\n");
    let made = program.run("new case --from case.yaml --set oasys.ogrs3=70").stdout;
    let named = named_schema(&made);
    assert!(named.starts_with("https://") && named.ends_with("/docs/case.schema.json"), "{named}");
}

#[test]
fn a_policy_that_is_made_names_its_schemas() {
    let program = Program::new();
    assert_eq!(program.run("new policy north").code, 0);
    assert_eq!(program.run("new rule late_start --policy north").code, 0);
    for (file, schema) in
        [("parameters.yaml", "parameters"), ("cases/01-at-the-cut-off.yaml", "case"), ("cases/late_start.yaml", "case")]
    {
        let text = fs::read_to_string(program.folder().join("policies/north").join(file)).unwrap();
        let named = named_schema(&text);
        assert!(named.starts_with("https://") && named.ends_with(&format!("/docs/{schema}.schema.json")), "{named}");
    }
}

#[test]
fn every_word_has_its_definition() {
    let text = Program::new().run("show words --format rhai").stdout;
    assert!(text.starts_with("module static;\n"));
    for word in builtins::all().filter(|word| word.family != Family::Operator) {
        assert!(text.contains(&format!("\nfn {}(", word.name)), "{} has none", word.name);
        assert!(text.contains(&format!("/// {}\n", word.doc)), "{} is not explained", word.name);
    }
    assert_eq!(Program::new().run("show rules --format rhai").code, 2);
    assert_eq!(Program::new().run("show rules parameters").code, 2);
}
