//! A difference that comes from a number names the number.

use super::program::Project;
use serde_json::Value;

const PARAMETERS: &str = "policies/bgsw/parameters.yaml";
const OLD: &str = "2014-06-01: { value: 5, unit: needs, source: assumption }";

fn line_of(project: &Project, text: &str) -> usize {
    let written = std::fs::read_to_string(project.path(PARAMETERS)).unwrap();
    written.lines().position(|line| line.contains(text)).unwrap() + 1
}

#[test]
fn a_value_that_was_changed_in_place_is_said_to_rewrite_history() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, &OLD.replace('5', "7"));
    let line = line_of(&project, "value: 7, unit: needs");
    let ran = project.brag(&["test", "bgsw", "--update", "no"]);
    assert_eq!(ran.code, 1);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = format!(
        "because `uplift_needs` was 5 and is 7 from 2014-06-01 ({PARAMETERS}:{line}): changed in place, which rewrites history"
    );
    assert!(text.contains(&said), "{}", ran.out);
    let report: Value =
        serde_json::from_str(&project.brag(&["test", "bgsw", "--update", "no", "--format", "json"]).out).unwrap();
    let cases = report["cases"].as_array().unwrap().iter().filter(|case| !case["difference"].is_null());
    for case in cases {
        let numbers = &case["difference"]["cause"]["numbers"];
        assert_eq!(numbers.as_array().unwrap().len(), 1, "{numbers}");
        let number = &numbers[0];
        assert_eq!((&number["name"], &number["in_place"]), (&"uplift_needs".into(), &true.into()));
        assert_eq!((&number["was"], &number["is"], &number["line"]), (&"5".into(), &"7".into(), &line.into()));
    }
}

#[test]
fn a_value_with_a_date_of_its_own_rewrites_nothing() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, &format!("{OLD}\n    2019-01-01: {{ value: 7, unit: needs, source: assumption }}"));
    let line = line_of(&project, "value: 7, unit: needs");
    let ran = project.brag(&["test", "bgsw", "--update", "no"]);
    assert_eq!(ran.code, 1);
    let said = format!("because `uplift_needs` was 5 and is 7 from 2019-01-01 ({PARAMETERS}:{line})");
    assert!(ran.out.contains(&said) && !ran.out.contains("in place"), "{}", ran.out);
}

/// Of several numbers that changed the one that did it is named; what a rule says of itself is no number.
#[test]
fn only_the_number_that_did_it_is_named() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, &OLD.replace('5', "7"));
    project.edit(PARAMETERS, "value: 7, unit: days", "value: 8, unit: days");
    let ran = project.brag(&["test", "bgsw", "--update", "no", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let cases = report["cases"].as_array().unwrap().iter();
    let changed: Vec<&Value> = cases.filter(|case| !case["difference"].is_null()).collect();
    assert!(changed.iter().any(|case| case["difference"]["cause"]["rule"] == "many_needs"));
    for case in changed {
        let cause = &case["difference"]["cause"];
        let named: Vec<&str> =
            cause["numbers"].as_array().unwrap().iter().map(|number| number["name"].as_str().unwrap()).collect();
        assert!(
            !named.is_empty() && named.iter().all(|name| ["uplift_needs", "review_upcoming"].contains(name)),
            "{case}"
        );
        if cause["rule"] == "many_needs" {
            assert!(named.contains(&"uplift_needs"), "{case}");
        }
    }
}

#[test]
fn once_it_is_accepted_nothing_is_left_to_say() {
    let project = Project::with_bgsw();
    // No worked case is as old as this value.
    let long_ago =
        |every: u8| format!("medium risk of serious harm\n  values:\n    2014-06-01:\n      value: {{ every: {every},");
    project.edit(PARAMETERS, &long_ago(6), &long_ago(7));
    let ran = project.brag(&["test", "bgsw", "--update", "all"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let kept = std::fs::read_to_string(project.path("snapshots/bgsw.parameters.yaml")).unwrap();
    assert!(kept.contains(&long_ago(7)));
    project.edit(
        "policies/bgsw/policy.rhai",
        "if person.in_custody && !person.iom { decide",
        "if person.in_custody { decide",
    );
    let ran = project.brag(&["test", "bgsw", "--update", "no"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.out.contains("because `"), "{}", ran.out);
}

/// A value that begins to hold after the day of the case has not made its answer.
#[test]
fn of_two_values_of_one_number_the_one_that_was_in_force_is_named() {
    let project = Project::with_bgsw();
    let next = "2027-01-01: { value: 6, unit: needs, source: assumption }";
    project.edit(PARAMETERS, OLD, &format!("{OLD}\n    {next}"));
    assert_eq!(project.brag(&["test", "bgsw", "--update", "all"]).code, 0);
    project.edit(PARAMETERS, &format!("\n    {next}"), "");
    project.edit(PARAMETERS, OLD, &OLD.replace('5', "7"));
    let ran = project.brag(&["test", "bgsw", "--update", "no"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("because `uplift_needs` was 5 and is 7 from 2014-06-01"), "{}", ran.out);
    assert!(!ran.out.contains("from 2027-01-01"), "{}", ran.out);
}

/// Which numbers are on record as those of the accepted answers: `uplift_needs` of 5, or what it was made.
fn on_record(project: &Project) -> (bool, bool) {
    let kept = std::fs::read_to_string(project.path("snapshots/bgsw.parameters.yaml")).unwrap();
    (kept.contains(OLD), project.path("snapshots/bgsw.parameters.yaml.new").exists())
}

#[test]
fn the_numbers_are_accepted_with_the_last_answer_that_waits_for_them() {
    let project = Project::with_bgsw();
    project.edit(PARAMETERS, OLD, &OLD.replace('5', "7"));
    // An expectation is no answer that is accepted: it stays wrong until somebody edits it.
    assert_eq!(project.brag(&["test", "bgsw"]).code, 1);
    let pending = project.pending();
    assert!(pending.len() > 1, "{pending:?}");
    assert_eq!(on_record(&project), (true, true));
    assert_eq!(project.brag(&["review", "--accept", &pending[0]]).code, 0);
    assert_eq!(on_record(&project), (true, true));
    assert_eq!(project.brag(&["review", "--accept"]).code, 0);
    assert_eq!(on_record(&project), (false, false));
    // So the next edit is said to begin where that one ended.
    project.edit(PARAMETERS, &OLD.replace('5', "7"), &OLD.replace('5', "3"));
    let ran = project.brag(&["test", "bgsw"]);
    assert!(ran.out.contains("because `uplift_needs` was 7 and is 3"), "{}", ran.out);
    // Where one is not accepted, the numbers of before are on record.
    let pending = project.pending();
    assert_eq!(project.brag(&["review", "--reject", &pending[0]]).code, 0);
    assert_eq!(project.brag(&["review", "--accept"]).code, 0);
    let kept = std::fs::read_to_string(project.path("snapshots/bgsw.parameters.yaml")).unwrap();
    assert!(kept.contains(&OLD.replace('5', "7")));
    // Taken back, nothing waits any more.
    project.edit(PARAMETERS, &OLD.replace('5', "3"), OLD);
    assert_eq!(project.brag(&["test", "bgsw", "--update", "all"]).code, 0);
    assert_eq!(on_record(&project), (true, false));
}

/// What holds on a date is its own value or an earlier one: a value whose date was moved is not gone.
#[test]
fn a_value_whose_date_was_moved_is_what_holds_then() {
    let project = Project::with_bgsw();
    // No worked case is as old as this value.
    let earlier = "2012-01-01: { value: 7, unit: needs, source: assumption }";
    project.edit(PARAMETERS, OLD, &format!("{earlier}\n    {OLD}"));
    assert_eq!(project.brag(&["test", "bgsw", "--update", "all"]).code, 0);
    project.edit(PARAMETERS, OLD, &OLD.replace("2014-06-01", "2030-01-01"));
    let line = line_of(&project, earlier);
    let ran = project.brag(&["test", "bgsw", "--update", "no"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = format!("because `uplift_needs` was 5 and is 7 from 2014-06-01 ({PARAMETERS}:{line}): changed in place");
    assert!(text.contains(&said) && !text.contains("from 2030-01-01"), "{}", ran.out);
}
