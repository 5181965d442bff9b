//! `brag test` says what matters once: a slip that stops many cases, lists that differ, cases that would be passed over.

use crate::program::Program;
use insta::assert_snapshot;
use std::fs;

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

/// An editor's and a system's own files are no cases, and a case is one however its ending is spelt.
#[test]
fn hidden_files_are_passed_over_and_endings_in_capitals_are_not() {
    let own = [".#a.yaml", "._a.yaml", "~$a.yaml"];
    let program = program(&[("a.yaml", false), ("b.YAML", false), ("c.YML", false)]);
    let program = own
        .iter()
        .fold(program, |program, name| program.file(&format!("policies/trial/cases/{name}"), b"\x00\xff".as_slice()));
    let program = program.file("policies/.old/policy.rhai", "no policy");
    let ran = program.run("test");
    assert!(ran.stdout.contains("\n3 cases: 0 passed, 3 changed"), "{}", ran.whole());
    assert!(!program.run("check").whole().contains(".old"));
}

#[test]
fn what_holds_of_every_answer_is_no_expectation() {
    let case = |expect: &str| format!("crn: X100001\nassessed_on: 2026-05-04\nexpect: {expect}\n");
    let run = |expect: &str| {
        let ran = Program::new().rules(RULES).file("policies/trial/cases/a.yaml", case(expect)).run("test --update no");
        (ran.code, ran.whole())
    };
    for empty in ["{ fired: [] }", "{ flags: { include: [] } }", "{ unconfirmed: true }", "{}"] {
        let (code, said) = run(empty);
        assert!(code == 1 && said.contains("neither `expect` nor snapshot"), "{empty}: {said}");
    }
    for tier in ["{ tier: { one_of: [] } }", "{ tier: { not: [] }, provisional: false }"] {
        let (code, said) = run(tier);
        let told = "`expect.tier`: names no tier, so that it holds whatever comes out";
        assert!(code == 3 && said.contains(told), "{tier}: {said}");
    }
}

/// Without a companion a flag may be that of a policy that could run with this one; of no policy at all it is a slip.
#[test]
fn a_flag_that_no_policy_here_has_is_an_error_without_a_companion_too() {
    let case = |code: &str| {
        format!("crn: X100001\nassessed_on: 2026-05-04\nexpect: {{ tier: Low, flags: {{ exclude: [{code}] }} }}\n")
    };
    let flags = "/// A flag.\n/// @cite none\nfn looked_at(person) { flag(\"of_another\", \"a\") }\n";
    let run = |code: &str| {
        let program = Program::new().rules(RULES).file("policies/flags/policy.rhai", flags);
        program.file("policies/trial/cases/a.yaml", case(code)).run("test trial --update no")
    };
    let ran = run("my_rul");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("`expect.flags.exclude`: no policy at work has a flag of this name"), "{}", ran.stderr);
    for known in ["of_another", "under_rated"] {
        assert_ne!(run(known).code, 3, "{known}");
    }
}

#[test]
fn orphans_are_those_of_the_policy_and_never_everything() {
    let program = program(&[("a.yaml", false)]);
    let program = program
        .file("policies/trial__old/policy.rhai", RULES)
        .file("policies/trial__old/cases/a.yaml", "crn: X100001\nassessed_on: 2026-05-04\nexpect: { tier: Low }\n");
    assert_eq!(program.run("test --update all").code, 0);
    let kept = program.folder().join("snapshots/trial__old__a.snap");
    assert!(kept.is_file());
    assert_eq!(program.run("test").stdout, "2 cases: 2 passed\n");
    assert_eq!(program.run("review --orphans --of trial").stdout, "0 snapshots removed\n");
    assert_eq!(program.run("review --orphans").stdout, "0 snapshots removed\n");
    assert!(kept.is_file());
    let cases = program.folder().join("policies/trial/cases");
    fs::rename(&cases, program.folder().join("policies/trial/kases")).unwrap();
    let ran = program.run("review --orphans");
    assert_eq!(ran.code, 3);
    assert_snapshot!(ran.stderr, @r"
    × trial: has no worked case, so that all of its snapshots would go
    help: bring its `cases` back, or remove the snapshots by hand
    ");
    assert!(program.folder().join("snapshots/trial__a.snap").is_file());
}

/// What comes out on another day is looked at, as what another law would bring is.
#[test]
fn a_run_on_another_day_leaves_nothing_to_be_accepted() {
    let program = program(&[("a.yaml", false)]);
    assert_eq!(program.run("test --update all").code, 0);
    let ran = program.run("test --on 2026-06-01");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert_eq!(
        ran.stderr,
        "on another day, or by other bank holidays, than the worked cases: nothing is left to be accepted\n"
    );
    assert_eq!(program.run("review").stdout, "nothing to review\n");
    assert_eq!(program.run("test").stdout, "1 case: 1 passed\n");
}
