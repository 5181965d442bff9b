//! What is wrong on some days alone is found whichever they are, and told with them; and what `--law` and `--on` do.

use crate::program::Program;
use brag::language::standard::CalendarRules;

/// What is found of a policy, a finding a line.
fn found(program: &Program, arguments: &str) -> Vec<String> {
    let json = program.run(&format!("check trial --format json {arguments}")).json();
    let line = |one: &serde_json::Value| {
        let said = |part: &str| one[part].as_str().unwrap_or_default().to_owned();
        format!("{}: {}: {}; {}", one["line"], said("code"), said("message"), said("help"))
    };
    json["findings"].as_array().unwrap().iter().map(line).collect()
}

/// The same of one code, the sentences alone.
fn sentences(program: &Program, code: &str) -> Vec<String> {
    let json = program.run("check trial --format json").json();
    let found = json["findings"].as_array().unwrap().iter().filter(|one| one["code"] == code);
    found.map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

/// A parameter with values by date.
fn dated(name: &str, values: &[(&str, &str)]) -> String {
    let values: String =
        values.iter().map(|(date, value)| format!("    {date}: {{ value: {value}, source: assumption }}\n")).collect();
    format!("{name}:\n  description: d\n  values:\n{values}")
}

/// Two rules that decide differently, of which one ends.
fn two_rules() -> Program {
    Program::new().rules(
        "const TIERS = [\"Low\", \"High\"];\n\n/// One.\n/// @cite example\n/// @until 2029-12-31\nfn one(person) {\n    if person.iom { decide(\"Low\") }\n}\n\n\
         /// Two.\n/// @cite example\nfn two(person) {\n    if person.iom { decide(\"High\") }\n}\n",
    )
}

#[test]
fn two_rules_that_decide_differently_before_one_of_them_ends_are_found() {
    let said = "12: two-decisions: `two` decides `High` for cases for which `one`, line 6, decides `Low`, before 2030-01-01; let one of them leave those cases out";
    assert_eq!(found(&two_rules(), ""), [said]);
    let case = "crn: X100001\nassessed_on: 2019-05-20\niom: true\n";
    let program = two_rules().file("case.yaml", case);
    assert_eq!(program.run("assess --policy trial case.yaml").code, 5);
}

#[test]
fn a_tier_without_a_standard_on_some_days_is_told_with_them() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n\n\
                 /// Contact.\n/// @cite example\nfn contact(person, tier) {\n    if tier == \"Low\" {\n        if param::weeks == 0 { return; }\n        return every(param::weeks, \"week\", \"office\");\n    }\n    every(1, \"week\", \"office\")\n}\n";
    let found = |values: &[(&str, &str)]| {
        let calendar: String = CalendarRules::NUMBERS.iter().map(|name| dated(name, &[("2014-01-01", "1")])).collect();
        let numbers = format!("{calendar}{}", dated("weeks", values));
        sentences(&Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers), "no-standard")
    };
    let said = "`contact` gives nothing for the tier `Low` in the community";
    assert_eq!(found(&[("2014-01-01", "4"), ("2030-01-01", "0")]), [format!("{said}, from 2030-01-01 on")]);
    let before = format!("{said}, from 2014-01-01 to before 2030-01-01");
    assert_eq!(found(&[("2014-01-01", "0"), ("2030-01-01", "4")]), [before]);
    assert_eq!(found(&[("2014-01-01", "0")]), [said]);
    assert_eq!(found(&[("2014-01-01", "4"), ("2030-01-01", "3")]), Vec::<String>::new());
}

#[test]
fn a_condition_that_fails_to_hold_on_some_days_is_said_with_each_of_them() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Likely.\n/// @cite example\nfn likely(person) {\n    if person.oasys.ogrs3 >= 50 && person.oasys.ogrs3 < param::to { at_least(\"High\") }\n}\n";
    let values = [("2020-01-01", "50"), ("2022-01-01", "75"), ("2024-01-01", "50")];
    let found = |count: usize| {
        let numbers = dated("to", &values[..count]);
        sentences(&Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers), "never-holds")
    };
    let said = |when: &str| [format!("`person.oasys.ogrs3 < param::to` never holds{when}, whatever the case is")];
    assert_eq!(found(1), said(""));
    assert_eq!(found(2), said(" from 2020-01-01 to before 2022-01-01"));
    assert_eq!(found(3), said(" from 2020-01-01 to before 2022-01-01 and from 2024-01-01 on"));
}

#[test]
fn the_law_of_a_day_restricts_what_is_looked_at_to_it() {
    let said = "12: two-decisions: `two` decides `High` for cases for which `one`, line 6, decides `Low`; let one of them leave those cases out";
    assert_eq!(found(&two_rules(), "--law 2029-12-31"), [said]);
    let ran = two_rules().run("check trial --law 2030-01-01");
    let nothing = "trial, by the rules and numbers of 2030-01-01: nothing found\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (0, nothing));

    // A word of a rule that has ended, one that only a value of the past has, and a number that begins.
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Harm.\n/// @cite example\n/// @until 2019-12-31\nfn harm(person) {\n    if person.oasys.rosh == \"High\" { at_least(\"High\") }\n}\n\n\
                 /// Harm.\n/// @cite example\n/// @from 2020-01-01\nfn harm_again(person) {\n    if person.oasys.rosh == param::level { at_least(\"High\") }\n}\n";
    let numbers = dated("level", &[("2016-01-01", "high"), ("2020-01-01", "Very high"), ("2022-01-01", "high")]);
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers);
    let of_rule = "7: unknown-word: `oasys.rosh` is never `High`; did you mean `high`?";
    let of_number = "5: unknown-word: `oasys.rosh` is never `Very high`; did you mean `very_high`?";
    assert_eq!(found(&program, "--law 2019-06-01"), [of_rule]);
    assert_eq!(found(&program, "--law 2021-06-01"), [of_number]);
    assert_eq!(found(&program, "--law 2023-06-01"), Vec::<String>::new());

    let late = dated("level", &[("2022-01-01", "high")]);
    let program = program.file("policies/trial/parameters.yaml", late);
    let gap = "1: value-gap: `level` has no value on 2021-06-01, when `harm_again` reads it; give it an earlier value";
    assert_eq!(found(&program, "--law 2021-06-01"), [gap]);
}

#[test]
fn a_waiver_of_what_is_found_on_another_day_is_not_idle_under_a_law() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Harm.\n/// @cite example\n/// @until 2019-12-31\nfn harm(person) {\n    // brag: allow(unknown-word) the word comes later\n    if person.oasys.rosh == \"High\" { at_least(\"High\") }\n}\n";
    let program = Program::new().rules(rules);
    assert_eq!(found(&program, "--law 2021-06-01"), Vec::<String>::new());
    assert_eq!(found(&program, ""), Vec::<String>::new());
}

#[test]
fn a_date_of_the_answer_is_refused_because_it_would_count_for_nothing() {
    let ran = two_rules().run("check trial --on 2019-05-20");
    let said = "error: `brag check` looks at the rules of every date, so that --on would count for nothing; --law looks at those of one day\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
}

#[test]
fn a_tier_that_a_rule_works_out_is_told_as_it_comes_out() {
    let rules = "const TIERS = [\"Low\", \"Medium\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Me\" + \"dum\")\n}\n";
    let said =
        "6: always-fails: `everybody` fails here whatever the case is: unknown tier `Medum`; did you mean `Medium`?";
    assert_eq!(found(&Program::new().rules(rules), ""), [said]);
}
