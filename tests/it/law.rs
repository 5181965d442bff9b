//! The law and the clock are two dates: a case is looked at on one day, under the rules and numbers of another.

use crate::program::Program;
use insta::assert_snapshot;

const RULES: &str = r#"const TIERS = ["Low", "High"];

/// Everybody.
/// @cite Framework, section 1
fn everybody(person) {
    at_least("Low")
}

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}
"#;
const NUMBERS: &str = "high_ogrs3:\n  description: OGRS3 that is very high\n  values:\n    2014-06-01: { value: 90, unit: percent, \
                       source: assumption }\n    2027-01-01: { value: 75, unit: percent, source: assumption }\n";
const CASE: &str = "crn: X100001\nassessed_on: 2026-05-04\noasys: { ogrs3: 80 }\n";

fn program() -> Program {
    let program = Program::new().rules(RULES).file("policies/trial/parameters.yaml", NUMBERS).file("case.yaml", CASE);
    program.file("policies/trial/cases/likely.yaml", format!("{CASE}expect: {{ tier: Low }}\n"))
}

#[test]
fn an_answer_under_another_law_is_of_its_own_day_and_says_so() {
    let program = program();
    let first = |arguments: &str| {
        let ran = program.run(&format!("assess case.yaml --policy trial {arguments}"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout.lines().next().unwrap().to_owned()
    };
    assert_eq!(first(""), "X100001  Low  on 4 May 2026, by trial");
    let law = "X100001  High  on 4 May 2026, by trial, under the rules and numbers of 1 January 2027";
    assert_eq!(first("--law 2027-01-01"), law);
    assert_eq!(first("--on 2027-01-01"), "X100001  High  on 1 January 2027, by trial");
    let json = program.run("assess case.yaml --policy trial --law 2027-01-01 --format json").json();
    assert_eq!((&json["policy"]["law"], &json["assessed_on"]), (&"2027-01-01".into(), &"2026-05-04".into()));
    assert_eq!(program.run("assess case.yaml --policy trial --format json").json()["policy"].get("law"), None);
}

#[test]
fn worked_cases_under_next_years_numbers_show_which_move_and_nothing_is_written() {
    let program = program();
    assert_eq!(program.run("test trial --update all").code, 0);
    let ran = program.run("test trial --law 2027-01-01");
    assert_eq!(ran.code, 1);
    assert_snapshot!(ran.stdout, @r"
    not as expected trial/likely
      tier: expected Low, came out High

    changed by trial:reoffending (1 case)
      trial__likely  Low -> High
        reoffending: said nothing, now says at least High
        saw oasys.ogrs3 80
          on: 2026-05-04
        - tier: Low
        + tier: High
          rules:
          - rule: everybody
        -   says: at least Low
        +   says: at least Low
        + - rule: reoffending
        +   says: at least High
        +   saw:
        +   - oasys.ogrs3 80

    under the rules and numbers of 2027-01-01: 1 cases: 0 passed, 1 not as expected, 1 changed
    ");
    assert_eq!(program.run("test trial").code, 0);
    assert_eq!(program.run("review --list").stdout.matches("likely").count(), 0);
}

#[test]
fn a_dated_value_that_no_worked_case_meets_is_named() {
    let ran = program().run("test trial --update all");
    assert_eq!(ran.stderr, "trial: no worked case is dated while these hold: high_ogrs3 from 2027-01-01\n");
}
