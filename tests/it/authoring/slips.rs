//! `brag test` says what matters once: a slip that stops many cases, lists that differ, cases that would be passed over.

use crate::program::Program;
use insta::assert_snapshot;

const RULES: &str = r#"const TIERS = ["Low", "High"];

/// Everybody.
/// @cite Framework, section 1
fn everybody(person) {
    let steps = [1, 2];
    if person.iom && steps[2] > 1 { at_least("High") } else { at_least("Low") }
}
"#;

fn program(cases: &[(&str, bool)]) -> Program {
    let program = Program::new().rules(RULES);
    cases.iter().fold(program, |program, (name, iom)| {
        let case = format!("crn: X100001\nassessed_on: 2026-05-04\niom: {iom}\nexpect: {{ tier: Low }}\n");
        program.file(&format!("policies/trial/cases/{name}"), case)
    })
}

#[test]
fn a_slip_in_a_rule_is_said_once_with_the_number_of_cases_that_it_stops() {
    let cases = [("a.yaml", true), ("b.yaml", true), ("c.yaml", false), ("d.yaml", true)];
    let ran = program(&cases).run("test trial");
    assert_eq!(ran.code, 5);
    assert_snapshot!(ran.stderr, @r#"
      × rule `everybody`: asks a list for an entry that it does not have
       ╭─[policies/trial/policy.rhai:7:28]
     6 │     let steps = [1, 2];
     7 │     if person.iom && steps[2] > 1 { at_least("High") } else { at_least("Low") }
       ·                            ─
     8 │ }
       ╰────
      help: test its `len()` first
    stops 3 cases: a, b, d
    "#);
}

#[test]
fn a_folder_among_the_worked_cases_is_refused() {
    let ran = program(&[("a.yaml", false), ("more/b.yaml", false)]).run("test trial");
    assert_eq!(ran.code, 3);
    assert_snapshot!(ran.stderr, @r"
    × policies/trial/cases/more: a folder among the worked cases
    help: worked cases stand in `cases` itself: move them up, or the folder elsewhere
    ");
}

#[test]
fn two_worked_cases_of_one_name_are_refused() {
    let ran = program(&[("a.yaml", false), ("a.json", false)]).run("test trial");
    assert_eq!(ran.code, 3);
    assert_snapshot!(ran.stderr, @r"
    × policies/trial/cases/a.yaml: a second worked case called `a`, which would share its snapshot
    help: give it a name of its own
    ");
}

#[test]
fn a_rule_that_is_expected_and_that_there_is_not_is_an_error() {
    let case = "crn: X100001\nassessed_on: 2026-05-04\nexpect:\n  fired: [everybdy]\n";
    let ran = Program::new().rules(RULES).file("policies/trial/cases/a.yaml", case).run("test trial");
    assert_eq!(ran.code, 3);
    assert_snapshot!(ran.stderr, @r"
     × `expect.fired`: no policy at work has a rule of this name; did you mean `everybody`?
      ╭─[policies/trial/cases/a.yaml:4:11]
    3 │ expect:
    4 │   fired: [********]
      ·           ────────
      ╰────
    ");
}

#[test]
fn a_flag_that_is_expected_and_that_no_policy_at_work_raises_is_an_error() {
    let rules = RULES.replacen('\n', "\nconst WITH = [\"assessment-quality\"];\n", 1);
    let case =
        |how: &str| format!("crn: X100001\nassessed_on: 2026-05-04\nexpect:\n  flags: {{ {how}: [under_rted] }}\n");
    for how in ["include", "exclude", "all_by_reference"] {
        let ran = Program::new().rules(&rules).file("policies/trial/cases/a.yaml", case(how)).run("test trial");
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let said = format!("`expect.flags.{how}`: no policy at work has a flag of this name");
        assert!(ran.stderr.contains(&said), "{}", ran.stderr);
    }
}
