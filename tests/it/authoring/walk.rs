//! The way of an officer, from an edit to its acceptance and back.

use super::program::Project;
use crate::program::{Program, Ran};
use serde_json::Value;
use std::fs;

const PARAMETERS: &str = "policies/bgsw/parameters.yaml";
const OLD: &str = "value: 5, unit: needs";
const RAISED: &str = "value: 7, unit: needs";

/// A floor that begins later: one case loses a reason, and no expectation speaks against it.
#[test]
fn an_edit_is_seen_accepted_and_undone() {
    let (old, raised) =
        ("{ value: 3, unit: percent, source: RSR bands }", "{ value: 5, unit: percent, source: RSR bands }");
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, old, raised);
    let edited = project.brag(&["test", "bgsw"]);
    assert_eq!(edited.code, 1);
    assert!(
        edited.out.starts_with(
            "changed by bgsw:serious_recidivism (1 case)\n  bgsw__23-ttg-self-report  Red-Amber as before\n    \
             serious_recidivism: said at least Amber, now says nothing\n    saw oasys.rsr 4.2\n"
        ),
        "{}",
        edited.out
    );
    assert_eq!(project.pending(), ["bgsw__23-ttg-self-report"]);
    assert_eq!(project.brag(&["review", "--accept", "bgsw:serious_recidivism"]).out, "1 accepted, 0 left\n");
    assert_eq!(project.brag(&["test", "bgsw"]).code, 0);
    project.edit(PARAMETERS, raised, old);
    assert_eq!(project.brag(&["test", "bgsw"]).code, 1);
}

/// A threshold that moves tiers: accepting the snapshots is not enough, the worked cases must say so too.
#[test]
fn an_edit_that_moves_tiers_needs_the_expectations_as_well() {
    let project = Project::with_bgsw();
    assert_eq!(project.brag(&["test", "bgsw"]).code, 0);

    project.edit(PARAMETERS, OLD, RAISED);
    let edited = project.brag(&["test", "bgsw", "--format", "json"]);
    assert_eq!(edited.code, 1, "{edited:?}");
    let report: Value = serde_json::from_str(&edited.out).unwrap();
    let changed: Vec<&str> = cases(&report, |case| !case["difference"].is_null());
    assert!(!changed.is_empty());
    assert_eq!(changed, expected_changes(&project), "exactly the cases whose tier the threshold decides");
    assert_eq!(changed, project.pending().iter().map(|name| name.trim_start_matches("bgsw__")).collect::<Vec<_>>());
    for case in report["cases"].as_array().unwrap().iter().filter(|case| !case["difference"].is_null()) {
        assert_eq!(case["difference"]["cause"]["rule"], "many_needs");
    }
    let text = project.brag(&["test", "bgsw"]);
    assert!(text.out.contains("changed by bgsw:many_needs"), "{}", text.out);
    assert!(text.out.contains("saw ") && text.out.contains("oasys.sections."), "{}", text.out);
    assert!(Project::count(&text).contains(&format!("{} changed", changed.len())), "{}", text.out);

    let accepted = project.brag(&["review", "--accept", "bgsw:many_needs"]);
    assert_eq!((accepted.code, accepted.out.as_str()), (0, format!("{} accepted, 0 left\n", changed.len()).as_str()));
    let expected = project.brag(&["test", "bgsw"]);
    assert_eq!(expected.code, 1);
    assert!(expected.out.contains("tier: expected Red-Amber, came out Amber"), "{}", expected.out);
    drop_expected_tiers(&project, &changed);
    assert_eq!(project.brag(&["test", "bgsw"]).code, 0);

    project.edit(PARAMETERS, RAISED, OLD);
    assert_eq!(project.brag(&["test", "bgsw"]).code, 1);
}

fn cases(report: &Value, keep: fn(&Value) -> bool) -> Vec<&str> {
    let all = report["cases"].as_array().unwrap().iter();
    all.filter(|case| keep(case)).map(|case| case["case"].as_str().unwrap()).collect()
}

/// The cases whose rules say something else under the edit, found the long way: by assessing each with both numbers.
fn expected_changes(project: &Project) -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(project.path("policies/bgsw/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let answer = |file: &str, needs: u8| {
        let set = format!("uplift_needs={needs}");
        let ended = project.brag(&["assess", file, "--policy", "bgsw", "--set", &set, "--format", "json"]);
        let answer: Value = serde_json::from_str(&ended.out).unwrap();
        let rules = answer["reasons"].as_array().unwrap().iter();
        (answer["tier"].clone(), rules.map(|rule| rule["effects"].clone()).collect::<Vec<_>>())
    };
    let changes = files.iter().filter(|file| {
        let file = file.to_str().unwrap();
        answer(file, 5) != answer(file, 7)
    });
    changes.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// What an officer does who means the change: the worked cases must say the new tier; here they say none.
fn drop_expected_tiers(project: &Project, cases: &[&str]) {
    for case in cases {
        let file = project.path(&format!("policies/bgsw/cases/{case}.yaml"));
        let text = fs::read_to_string(&file).unwrap();
        let expect = text.find("expect:").unwrap();
        fs::write(&file, &text[..expect]).unwrap();
    }
}

#[test]
fn nothing_is_written_where_only_checking_is_asked_for() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, RAISED);
    for (arguments, variable) in
        [(&["test", "--update", "no"], ("A", "b")), (&["test", "--update", "all"], ("CI", "true"))]
    {
        let ended = project.brag_with(arguments, &[variable]);
        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(project.pending().is_empty());
    }
}

#[test]
fn what_tests_nothing_is_a_finding() {
    let project = Project::with_bgsw();
    let case = project.path("policies/bgsw/cases/zz-silent.yaml");
    fs::write(&case, "crn: X1\nassessed_on: 2019-05-20\noasys: {rosh: high, ogrs3: 40, ogp: 30, ovp: 20, rsr: 1}\n")
        .unwrap();
    fs::remove_file(project.path("policies/bgsw/cases/01-anthony.yaml")).unwrap();
    let ended = project.brag(&["test", "bgsw"]);
    assert_eq!(ended.code, 1);
    assert!(ended.out.contains("neither `expect` nor snapshot (1)\n  bgsw/zz-silent\n"), "{}", ended.out);
    assert!(ended.out.contains("snapshots without a case (1)\n  bgsw__01-anthony\n"), "{}", ended.out);
    assert_eq!(project.brag(&["review", "--orphans"]).out, "removed bgsw__01-anthony\n1 snapshots removed\n");

    let nothing = project.brag(&["test", "bgsw", "--filter", "no such case"]);
    assert_eq!(nothing.code, 3, "{nothing:?}");
    fs::write(&case, "crn: X1\nassessed_on: 2019-05-20\noasys: {rohs: high}\n").unwrap();
    assert_eq!(project.brag(&["test", "bgsw", "--filter", "zz-silent"]).code, 3);
    project.edit(
        "policies/bgsw/policy.rhai",
        "if person.in_custody && !person.iom { decide",
        "throw \"x\"; if true { decide",
    );
    assert_eq!(project.brag(&["test", "bgsw", "--filter", "bgsw/03"]).code, 5);
}

#[test]
fn fail_fast_and_junit() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, RAISED);
    let ended = project.brag(&["test", "bgsw", "--fail-fast", "--update", "no"]);
    assert!(Project::count(&ended).contains("1 changed") && ended.out.contains(" not run"), "{}", ended.out);
    let junit = project.brag(&["test", "bgsw", "--format", "junit", "--update", "no"]).out;
    assert!(junit.contains("<testsuite name=\"bgsw\"") && junit.contains("changed by bgsw:many_needs"), "{junit}");
}

#[test]
fn a_watch_runs_again_and_says_what_changed() {
    use std::io::{BufRead, BufReader};
    let project = Project::with_bgsw();
    let mut child = crate::program::brag()
        .args(["test", "bgsw", "--watch", "--update", "no"])
        .current_dir(project.path(""))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut until = |wanted: &str| lines.by_ref().map(Result::unwrap).find(|line| line.contains(wanted)).unwrap();
    until("cases: ");
    project.edit(PARAMETERS, OLD, RAISED);
    assert_eq!(until("changed: "), format!("changed: {PARAMETERS}"));
    until("changed by bgsw:many_needs");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// In the folder of one policy the answers of those beside it are accepted ones still.
#[test]
fn answers_of_other_policies_are_no_orphans_in_the_folder_of_one() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n/// A rule.\nfn base(person) { at_least(\"Low\") }\n";
    let case = "crn: X1\nassessed_on: 2020-01-01\n";
    let mut program = Program::new();
    for name in ["one", "two"] {
        program = program.file(&format!("policies/{name}/policy.rhai"), rules);
        program = program.file(&format!("policies/{name}/cases/a.yaml"), case);
    }
    assert_eq!(program.run("test --update all").code, 0);
    let inside = |name: &str| {
        let mut command = program.command(&["test"]);
        Ran::of(command.current_dir(program.folder().join("policies").join(name)).output().unwrap())
    };
    for name in ["one", "two"] {
        assert_eq!(inside(name).code, 0, "{}", inside(name).whole());
    }
    // Those of a policy that is gone are.
    fs::remove_dir_all(program.folder().join("policies/two")).unwrap();
    let ran = inside("one");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.contains("snapshots without a case (1)\n  two__a\n"), "{}", ran.whole());
}
