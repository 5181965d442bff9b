//! The walk of a policy officer: a threshold that is to change on a date that lies ahead, from the first edit to its acceptance.

use super::program::Project;
use serde_json::Value;
use std::fs;

const PARAMETERS: &str = "policies/bgsw/parameters.yaml";
const TODAY: &str = "2014-06-01: { value: 5, unit: needs, source: assumption }";
const NEXT_YEAR: &str = "2027-01-01: { value: 6, unit: needs, source: circular of November 2026 }";
const LAW: &str = "2027-01-01";

#[test]
fn a_threshold_that_changes_next_year() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, TODAY, &format!("{TODAY}\n    {NEXT_YEAR}"));

    // Nothing is wrong with it, and nothing of today moves; that nobody has tried next year is said.
    let checked = project.brag(&["check", "bgsw"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, "bgsw: nothing found\n"));
    let tested = project.brag(&["test", "bgsw"]);
    assert_eq!(tested.code, 0, "{tested:?}");
    assert!(tested.err.contains("uplift_needs from 2027-01-01"), "{}", tested.err);

    // Under next year's numbers some of today's cases move, by the rule that reads the number; nothing is written.
    let ahead = project.brag(&["test", "bgsw", "--law", LAW]);
    assert_eq!(ahead.code, 1, "{ahead:?}");
    assert!(ahead.out.contains("changed by bgsw:many_needs"), "{}", ahead.out);
    assert!(Project::count(&ahead).starts_with("under the rules and numbers of 2027-01-01: "), "{}", ahead.out);
    assert!(project.pending().is_empty());

    // Cases of next year at its thresholds, of which a person confirms the answers.
    let drafted = project.brag(&["new", "cases", "--boundary", "bgsw", "--law", LAW]);
    assert_eq!(drafted.code, 0, "{drafted:?}");
    let boundary: Vec<_> = fs::read_dir(project.path("policies/bgsw/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("boundary-"))
        .collect();
    assert!(boundary.len() > 20, "{}", drafted.out);
    for path in &boundary {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("assessed_on: 2027-01-01\n") && text.contains("unconfirmed: true"), "{text}");
    }
    let tested = project.brag(&["test", "bgsw"]);
    assert!(tested.out.contains("unconfirmed (") && !tested.out.contains("not as expected"), "{}", tested.out);
    assert!(!tested.err.contains("uplift_needs from"), "{}", tested.err);

    // Now they would notice if the number of next year were another one.
    let judged = project.brag(&["test", "bgsw", "--mutants", "--filter", "uplift_needs `6`", "--format", "json"]);
    assert_eq!(judged.code, 0, "{judged:?}");
    let report: Value = serde_json::from_str(&judged.out).unwrap();
    assert_eq!(report["count"]["mutants"], 2, "{report:#}");
    assert_eq!(report["count"]["survived"], 0, "{report:#}");

    // What is new is looked at and accepted.
    let listed = project.brag(&["review", "--list"]);
    assert!(listed.out.lines().count() >= boundary.len(), "{}", listed.out);
    assert_eq!(project.brag(&["review", "--accept"]).code, 0);
    assert_eq!(project.brag(&["test", "bgsw"]).code, 0);
    assert_eq!(project.brag(&["test", "bgsw", "--law", LAW, "--filter", "boundary-"]).code, 0);
}
