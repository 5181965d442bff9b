//! Mutants: would the worked cases of a policy notice if something in it were wrong?

use super::program::Project;
use crate::{
    program::{Program, root},
    sampling::is_long,
};
use brag::{
    authoring::{
        mutants::{bench::Bench, mutants},
        snapshot_store::Folder,
        worked,
    },
    calendar::WorkingDays,
    policy::{Policy, source::Shelf},
};
use insta::assert_snapshot;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

const RULES: &str = r#"const TIERS = ["Low", "Middle", "High"];

/// Everybody.
/// @cite Framework, section 1
fn everybody(person) {
    at_least("Low")
}

/// Very likely to reoffend, or likely and unwilling.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::cuts[1] || (person.iom && person.oasys.ogrs3 > param::cuts[0]) { at_least("High") }
}
"#;
const NUMBERS: &str = "cuts:\n  description: OGRS3 that is high, and very high\n  values:\n    2014-06-01:\n      \
                       { value: [50, 75], unit: percent, source: assumption }\n";

fn case(ogrs3: u8, iom: bool, tier: &str) -> String {
    format!(
        "crn: X{ogrs3}\nassessed_on: 2026-05-04\niom: {iom}\noasys: {{ ogrs3: {ogrs3} }}\nexpect: {{ tier: {tier} }}\n"
    )
}

fn program(cases: &[(&str, String)]) -> Program {
    let program = Program::new().rules(RULES).file("policies/trial/parameters.yaml", NUMBERS);
    cases.iter().fold(program, |program, (name, text)| program.file(&format!("policies/trial/cases/{name}.yaml"), text))
}

/// A case far above every number, and one far below: everything near the numbers goes unnoticed.
fn loose() -> Program {
    program(&[("high", case(95, false, "High")), ("low", case(10, true, "Low"))])
}

#[test]
fn a_survivor_is_drawn_where_it_stands_with_a_case_that_would_notice_it() {
    let ran = loose().run_with(&["test", "trial", "--mutants", "--filter", ">="]);
    assert_snapshot!(ran.whole(), @r#"
    exit code 0
    ---- stdout ----
    warning: survived

      ⚠ no worked case notices `person.oasys.ogrs3 >= param::cuts[1]` made `person.oasys.ogrs3 >
      │ param::cuts[1]`
        ╭─[policies/trial/policy.rhai:12:27]
     11 │ fn reoffending(person) {
     12 │     if person.oasys.ogrs3 >= param::cuts[1] || (person.iom && person.oasys.ogrs3 > param::cuts[0]) { at_least("High") }
        ·                           ─
     13 │ }
        ╰────
      help: a case that would: high with oasys.ogrs3: 75; `--write` puts it under `cases`

    warning: survived

      ⚠ no worked case notices `person.oasys.ogrs3 > param::cuts[0]` made `person.oasys.ogrs3 >=
      │ param::cuts[0]`
        ╭─[policies/trial/policy.rhai:12:82]
     11 │ fn reoffending(person) {
     12 │     if person.oasys.ogrs3 >= param::cuts[1] || (person.iom && person.oasys.ogrs3 > param::cuts[0]) { at_least("High") }
        ·                                                                                  ─
     13 │ }
        ╰────
      help: a case that would: low with oasys.ogrs3: 50; `--write` puts it under `cases`

    trial: 5 mutants: 3 noticed, 2 not; 60.0% noticed
    "#);
}

#[test]
fn what_survives_is_noticed_once_its_cases_are_written() {
    let program = loose();
    let before = program.run("test trial --mutants --format json").json();
    assert!(before["count"]["survived"].as_u64().unwrap() > 3, "{before:#}");
    let written = program.run("test trial --mutants --write");
    assert_eq!(written.code, 0, "{}", written.stderr);
    let after = program.run("test trial --mutants --format json").json();
    let unnoticed: BTreeSet<String> = survivors(&after).iter().map(said).collect();
    let without: BTreeSet<String> =
        survivors(&before).iter().filter(|one| one["catcher"].is_null()).map(said).collect();
    assert_eq!(unnoticed, without);
    let listed = program.run("test trial --update no");
    assert!(listed.stdout.contains("unconfirmed ("), "{}", listed.stdout);
}

fn survivors(report: &Value) -> Vec<Value> {
    let all = report["mutants"].as_array().unwrap().iter();
    all.filter(|one| one["fate"] == "survived").cloned().collect()
}

fn said(mutant: &Value) -> String {
    format!("{}:{} {} {}", mutant["line"], mutant["column"], mutant["was"], mutant["is"])
}

/// Every kind of change is made, each as often as there is something to change.
#[test]
fn each_thing_is_changed_in_each_way() {
    let report = loose().run("test trial --mutants --format json").json();
    let of = |kind: &str| {
        let all = report["mutants"].as_array().unwrap().iter().filter(|one| one["kind"] == kind);
        all.map(|one| format!("{} -> {}", one["was"].as_str().unwrap(), one["is"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of("number"), ["50 -> 49", "50 -> 51", "50 -> 75", "75 -> 74", "75 -> 76", "75 -> 50"]);
    assert_eq!(of("tier"), [r#"at_least("Low") -> at_least("Middle")"#, r#"at_least("High") -> at_least("Middle")"#]);
    assert_eq!(of("removed"), ["everybody -> ", "reoffending -> "]);
    assert_eq!(of("edge").len(), 2);
    assert_eq!(of("connective").len(), 2);
    // The whole, and each of its parts.
    assert_eq!(of("negated").len(), 5);
}

#[test]
fn the_answer_is_the_same_on_any_number_of_threads() {
    let program = loose();
    let one = program.run("test trial --mutants --threads 1");
    assert_eq!(one.stdout, program.run("test trial --mutants --threads 3").stdout);
    assert_eq!(one.code, 0);
}

#[test]
fn a_share_can_be_asked_for() {
    let ran = loose().run("test trial --mutants --fail-under 95");
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("of the mutants are noticed, under 95%"), "{}", ran.stderr);
    assert_eq!(loose().run("test trial --mutants --fail-under 10").code, 0);
    assert_eq!(loose().run("test trial --fail-under 10").code, 2);
    assert_eq!(loose().run("test trial --write").code, 2);
    assert_eq!(loose().run("test trial --mutants --filter nothing-is-called-this").code, 3);
}

/// Cases that fail already notice everything, and so nothing.
#[test]
fn a_suite_that_fails_is_not_judged() {
    let ran = program(&[("high", case(95, false, "Low"))]).run("test trial --mutants");
    assert_snapshot!(ran.whole(), @r"
    exit code 1
    ---- stderr ----
    trial: not judged: worked cases do not come out as they must, which `brag test` tells more of: high
    ");
    let ran = Program::new().rules(RULES).file("policies/trial/parameters.yaml", NUMBERS).run("test trial --mutants");
    assert_snapshot!(ran.whole(), @r"
    exit code 1
    ---- stderr ----
    trial: not judged: it has no worked case that says what must come out
    ");
}

/// Of a policy of flags the rules are changed, and the cases are run with the tier policy that it runs with.
#[test]
fn a_policy_that_runs_with_another_is_judged_with_it() {
    let project = Project::with_bgsw();
    let ran = project.brag(&["test", "assessment-quality", "--mutants", "--filter", "rule `", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let count = &report["count"];
    assert!(count["mutants"].as_u64().unwrap() > 40, "{count}");
    assert_eq!((&count["survived"], &count["not_viable"]), (&0.into(), &0.into()), "{:#}", ran.out);
}

/// Of a hundred mutants the worked cases of each shipped policy notice at least so many.
const LEAST: f64 = 95.0;
/// Of so many mutants one is tried, unless all are.
const SAMPLE: usize = 9;

/// What is written must come out when it is run, whatever YAML would make of a tier.
#[test]
fn cases_that_are_written_hold_whatever_the_tiers_are_called() {
    for tiers in ["null,true", "1,2.0", "yes,no"] {
        let program = Program::new();
        assert_eq!(program.run(&format!("new policy odd --tiers {tiers}")).code, 0);
        let written = program.run("test odd --mutants --write");
        assert!(written.code == 0 && written.stdout.contains("written: "), "{tiers}: {}", written.whole());
        // What is written is unconfirmed and has no accepted answer yet: nothing else is to be said of it.
        let ran = program.run("test odd --update all");
        assert!(!ran.whole().contains("not as expected") && ran.code < 3, "{tiers}: {}", ran.whole());
    }
}

#[test]
fn what_cannot_be_written_or_found_is_said_before_anything_is_judged() {
    let program = Program::new();
    assert_eq!(program.run("new policy trial").code, 0);
    let said = |arguments: &str| {
        let ran = program.run(arguments);
        let said = ran.stderr.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        (ran.code, ran.stdout, said)
    };
    let quiet = |code: i32, said: &str| (code, String::new(), said.to_owned());
    assert_eq!(
        said("test trial --mutants --write --on 2019-06-03"),
        quiet(
            3,
            "× --write: cases are written for the day that they say, and its law help: leave out `--on` and `--law`, or `--write`"
        )
    );
    assert_eq!(
        said("test bgsw --mutants --write"),
        quiet(
            3,
            "× bgsw: this policy is built in or one of a commit, and has no folder to write to help: copy the policy into a folder of your own, or leave out `--write`"
        )
    );
    assert_eq!(
        said("test trial --mutants --filter zzz"),
        quiet(
            3,
            "× --filter zzz: no mutant found help: no change of the policy has that text: leave it out to see all"
        )
    );
}

#[test]
fn the_shipped_worked_cases_notice_as_many_mutants_as_is_said() {
    let shelf = Shelf::Folder(root().join("policies"));
    for name in shelf.names() {
        let step = if is_long() { 1 } else { SAMPLE };
        let (tried, mut unnoticed) = tried(&shelf, &name, step);
        let share = 100.0 - 100.0 * unnoticed.len() as f64 / tried as f64;
        // A sample of a policy may be a little worse than the whole.
        let least = if is_long() { LEAST } else { LEAST - 10.0 };
        assert!(share >= least, "{name}: {share:.1}% of {tried}: {unnoticed:#?}");
        let excused = excused(&name);
        assert!(!excused.is_empty() && excused.values().all(|reason| reason.len() > 5), "{name}: {excused:#?}");
        unnoticed.retain(|one| !excused.contains_key(one));
        assert!(unnoticed.is_empty(), "{name}: its README does not say why: {unnoticed:#?}");
    }
}

/// How many of the mutants of a policy were tried, one of so many, and those that no worked case notices.
fn tried(shelf: &Shelf, name: &str, step: usize) -> (usize, Vec<String>) {
    let days = WorkingDays::shipped();
    let policy = Policy::that_runs(shelf, name).unwrap();
    let cases = worked::all(shelf, name).unwrap();
    let snapshots = Folder::at(root().join("snapshots"));
    let bench = Bench::of(&policy, cases.iter(), None, &days, Some(&snapshots)).unwrap();
    assert_eq!(bench.failing, Vec::<String>::new());
    let (member, scripts) = (policy.member(name), policy.member(name).scripts().unwrap());
    let all = mutants(member, &policy, &scripts, &bench.dates());
    let mut viable = 0;
    let mut unnoticed = Vec::new();
    for mutant in all.iter().step_by(step) {
        let Some(mutated) = mutant.policy(member, &scripts) else { continue };
        viable += 1;
        if bench.noticed_by(&policy.with_member(mutated)).is_none() {
            unnoticed.push(format!("`{}` {}", mutant.alteration.of, mutant.said()));
        }
    }
    (viable, unnoticed)
}

/// The mutants that the README of a policy lists as not noticed, with a reason for each.
fn excused(policy: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("policies").join(policy).join("README.md")).unwrap_or_default();
    let Some((_, listed)) = text.split_once("## What the worked cases do not notice") else { return BTreeMap::new() };
    let lines = listed.lines().filter_map(|line| line.strip_prefix("| ")).filter(|line| line.starts_with('`'));
    let row = |line: &str| {
        line.split_once(" | ").map(|(one, reason)| (one.to_owned(), reason.trim_end_matches([' ', '|']).to_owned()))
    };
    lines.filter_map(row).collect()
}

/// What no rule reads is told apart: a policy is not asked for worked cases of a calendar that was made with it.
#[test]
fn a_new_policy_has_no_survivor_and_numbers_of_its_calendar_are_told_apart() {
    let program = Program::new();
    assert_eq!(program.run("new policy north").code, 0);
    let ran = program.run("test north --mutants --fail-under 100");
    assert_eq!(
        ran.stdout,
        "north: 8 mutants: 8 noticed, 0 not; 100.0% noticed\n\
         north: 26 more in numbers that no rule reads: 1 noticed, 25 not\n"
    );
    let count = program.run("test north --mutants --format json").json()["count"].clone();
    assert_eq!(count["survived"], 0, "{count}");
}

/// Mutants write nothing, whatever is asked of `--update`, which is refused.
#[test]
fn mutants_update_nothing() {
    let program = loose();
    let before = program.folder().join("policies/trial/snapshots");
    assert_eq!(program.run("test trial --mutants --update all").code, 2);
    assert_eq!(program.run("test trial --mutants").code, 0);
    assert!(!before.exists() && !program.folder().join("snapshots").exists());
}
