//! The law and the clock are two dates: a case is looked at on one day, under the rules and numbers of another.

use crate::program::{Program, root};
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

    under the rules and numbers of 2027-01-01: 1 case: 0 passed, 1 not as expected, 1 changed
    ");
    assert_eq!(program.run("test trial").code, 0);
    assert_eq!(program.run("review --list").stdout.matches("likely").count(), 0);
}

#[test]
fn a_dated_value_that_no_worked_case_meets_is_named() {
    let ran = program().run("test trial --update all");
    assert_eq!(ran.stderr, "trial: no worked case is dated while these hold: high_ogrs3 from 2027-01-01\n");
}

/// As `assess` does: in the heading, and in each record for programs.
#[test]
fn what_is_due_and_a_caseload_say_their_law() {
    let case = root().join("policies/bgsw/cases/01-anthony.yaml").display().to_string();
    let program = Program::new();
    let due = program.run(&format!("due {case} --law 2019-01-01"));
    let heading = "Due on 20 May 2019, under the rules and numbers of 1 January 2019";
    assert_eq!(due.stdout.lines().next(), Some(heading), "{}", due.stderr);
    assert_eq!(program.run(&format!("due {case} --law 2019-01-01 --format json")).json()["law"], "2019-01-01");
    assert_eq!(program.run(&format!("due {case} --format json")).json().get("law"), None);
    let book = program.run(&format!("caseload {case} --law 2019-01-01"));
    let heading = "1 case on 20 May 2019, under the rules and numbers of 1 January 2019";
    assert_eq!(book.stdout.lines().next(), Some(heading), "{}", book.stderr);
    assert_eq!(program.run(&format!("caseload {case} --law 2019-01-01 --format json")).json()["law"], "2019-01-01");
    assert_eq!(program.run(&format!("caseload {case} --format json")).json().get("law"), None);
}

const CASE_OF_2027: &str = "crn: X100001\nassessed_on: 2027-01-01\n";

#[test]
fn cases_at_the_thresholds_of_another_law_are_of_its_day() {
    let program = program();
    let ran = program.run("new cases --boundary trial --law 2027-01-01");
    assert_eq!(ran.stdout, "3 worked cases written to policies/trial/cases, 0 were there already\n", "{}", ran.stderr);
    let read = |name: &str| {
        let path =
            program.folder().join(format!("policies/trial/cases/boundary-oasys-ogrs3-75-{name}-2027-01-01.yaml"));
        std::fs::read_to_string(path).unwrap()
    };
    assert!(read("at").starts_with("# oasys.ogrs3 75: at the threshold 75"), "{}", read("at"));
    assert!(read("at").contains(CASE_OF_2027) && read("at").contains("tier: High"), "{}", read("at"));
    assert!(read("below").contains("tier: Low"), "{}", read("below"));
    assert_eq!(program.run("test trial --filter boundary --update all").code, 0);

    let both = program.run("new cases --boundary trial --law 2027-01-01 --on 2026-06-01 -o other");
    assert_eq!(both.code, 0, "{}", both.stderr);
    let at = std::fs::read_to_string(
        program.folder().join("other/boundary-oasys-ogrs3-75-at-2027-01-01-on-2026-06-01.yaml"),
    )
    .unwrap();
    assert!(at.contains("assessed_on: 2026-06-01\n") && at.contains("tier: High"), "{at}");
    assert!(at.starts_with("# oasys.ogrs3 75: at the threshold 75 by the rules and numbers of 2027-01-01\n"), "{at}");
}

#[test]
fn a_threshold_that_no_worked_case_leads_to_is_named_with_the_reason() {
    let rules = "\n/// Likely to harm.\n/// @cite Framework, section 3\nfn harm(person) {\n    \
                 if person.iom && person.oasys.rsr >= 7 { return at_least(\"High\"); }\n    \
                 if known(person.weeks_to_release) && person.weeks_to_release < 12 { at_least(\"High\") }\n}\n";
    let ran = program().rules(&format!("{RULES}{rules}")).run("new cases --boundary trial -o out");
    assert_eq!(
        ran.stdout,
        "3 worked cases written to out, 0 were there already\n\
         no case at oasys.rsr 7: no worked case is one whose rules read it\n\
         no case at weeks_to_release 12: it is worked out from other inputs, and has no value of its own to be set\n"
    );
}

#[test]
fn the_numbers_that_are_shown_are_those_of_the_law() {
    let shown = |arguments: &str| Program::new().run(&format!("show params contact_green_medium {arguments}")).stdout;
    assert_eq!(shown("--law 2016-01-01 --on 2019-01-01"), shown("--on 2016-01-01"));
    assert_ne!(shown("--law 2016-01-01"), shown("--on 2019-01-01"));
}
