//! A contact of which nobody recorded how it went never lowers a tier in silence.

use crate::program::{Program, root};
use serde_json::{Value, json};
use std::fs;

/// A case that is Green on 20 May 2019 but for its contacts.
fn with(contacts: &str) -> Program {
    let case = fs::read_to_string(root().join("policies/bgsw/cases/147-absent-ninety-one-days-ago.yaml")).unwrap();
    let without = case.split("contacts:").next().unwrap().to_owned();
    Program::new().file("case.yaml", format!("{without}contacts: [{contacts}]\n"))
}

fn answer(contacts: &str) -> (Value, Value, Value) {
    let ran = with(contacts).run("assess case.yaml --format json --on 2019-05-20");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let answer = ran.json();
    (answer["tier"].clone(), answer["provisional"].clone(), answer["doubts"].clone())
}

fn contact(date: &str, outcome: &str) -> String {
    let outcome = if outcome.is_empty() { String::new() } else { format!(", outcome: {outcome}") };
    format!("{{date: {date}, mode: office, with: case_manager{outcome}}}, ")
}

#[test]
fn a_contact_without_an_outcome_that_could_raise_the_tier_leaves_it_open() {
    let missed = contact("2019-05-12", "unacceptable_absence");
    let said = |text: &str| json!([text]);
    assert_eq!(answer(&[missed.clone(), contact("2019-05-13", "unacceptable_absence")].concat()).0, "Amber");
    let (tier, provisional, doubts) = answer(&[missed.clone(), contact("2019-05-13", "")].concat());
    assert_eq!((tier, provisional), (json!("Green"), json!(true)));
    assert_eq!(doubts, said("a contact has no outcome: if it was missed without a good reason, the tier is Amber"));
    let planned = [contact("2019-05-13", "planned"), contact("2019-05-14", "")].concat();
    assert_eq!(
        answer(&planned).2,
        said("2 contacts have no outcome: if they were missed without a good reason, the tier is Amber")
    );
    let refused =
        with(&[missed.clone(), contact("2019-05-13", "")].concat()).run("assess case.yaml --on-missing refuse");
    assert_eq!(refused.code, 4, "{}", refused.whole());
    assert!(refused.stderr.ends_with("help: find out: contacts[1].outcome\n"), "{}", refused.whole());
}

#[test]
fn one_that_could_raise_nothing_leaves_nothing_open() {
    let missed = contact("2019-05-12", "unacceptable_absence");
    let firm = |contacts: &str| assert_eq!(answer(contacts).1, json!(false), "{contacts}");
    firm(&contact("2019-05-13", ""));
    firm(&[missed.clone(), contact("2019-05-21", "planned")].concat());
    firm(&[missed.clone(), contact("2018-05-13", "")].concat());
    firm(&[missed, contact("2019-05-13", "attended")].concat());
}

#[test]
fn an_edit_that_only_such_a_contact_could_feel_is_told() {
    let rules = "//! A policy that was made up.\n\nconst TIERS = [\"Low\", \"Top\"];\n\n/// Absences.\n/// @cite made up\n\
        fn absences(person) { if person.absent_on.len() >= param::cut { at_least(\"Top\") } else { at_least(\"Low\") } }\n";
    let numbers = |cut: u32| {
        format!(
            "cut:\n  description: a number\n  values:\n    2014-06-01: {{ value: {cut}, unit: absences, source: assumption }}\n"
        )
    };
    let open = [contact("2019-05-12", "unacceptable_absence"), contact("2019-05-13", "")].concat();
    let program = with(&open)
        .file("old/policy.rhai", rules)
        .file("old/parameters.yaml", numbers(2))
        .file("new/policy.rhai", rules)
        .file("new/parameters.yaml", numbers(3));
    let ran = program.run("compare old new case.yaml --on 2019-05-20");
    assert!(ran.stdout.contains("0 of 1 cases move"), "{}", ran.whole());
    assert!(ran.stdout.contains("provisional: 0 become so, 1 no longer are"), "{}", ran.stdout);
}

/// What a case gives is the date of birth; the rules read the age.
#[test]
fn an_age_that_is_missing_is_to_be_found_out_by_what_a_case_gives() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// The young.\nfn young(person) {\n    \
                 if person.age < 21 { at_least(\"High\") } else { at_least(\"Low\") }\n}\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let run = |arguments: &str| program.run(&format!("assess case.yaml --policy trial {arguments}"));
    let text = run("").stdout;
    assert!(text.contains("\n  date_of_birth, as age: below 21 High, from 21 Low\n"), "{text}");
    assert!(run("--on-missing refuse").stderr.ends_with("help: find out: date_of_birth\n"));
    assert_eq!(run("--format json").json()["unsettled"][0]["path"], "age");
}
