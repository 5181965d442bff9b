//! Which entries of a service's own data count on the date of an answer: none that is later, of several the latest, and of
//! assessments the latest that is complete.

use crate::program::Program;
use serde_json::{Value, json};

/// A person whose register says a high risk on one day and a low one on another.
fn person(high: &str, low: &str) -> String {
    let registers = json!([{ "code": "RHRH", "date": high }, { "code": "RLRH", "date": low }]);
    json!({ "crn": "X1", "gender": "Male", "registrations": registers, "convictions": [], "ogrsscore": 20, "rsrscore": 1.0 })
        .to_string()
}

const MAPPED: &str = "--map tier-to-delius --policy hmpps-tier-v2";

/// A mistyped year lowers nobody, whether the date is asked for or is today's.
#[test]
fn what_is_dated_after_today_does_not_count_without_a_date_either() {
    let program = Program::new().file("p.json", person("2024-01-01", "2999-01-05"));
    for on in ["", "--on today"] {
        let answer = program.run(&format!("assess p.json {MAPPED} {on} --format json"));
        assert_eq!(answer.json()["tier"], "B0", "{on}: {}", answer.stderr);
        let written = program.run(&format!("map run tier-to-delius p.json --format jsonl {on}")).stdout;
        assert!(written.contains(r#""rosh":"high""#), "{written}");
    }
}

#[test]
fn each_book_of_a_mapping_is_read_as_of_its_own_date() {
    let program = Program::new().file("p.json", person("2024-01-01", "2026-06-10"));
    let ran = program.run(&format!("diff p.json p.json {MAPPED} --before 2026-06-08 --on 2026-06-15 --format csv"));
    assert!(ran.stdout.contains("B0,D0"), "{}", ran.stdout);
}

#[test]
fn a_line_of_a_log_is_worked_out_of_what_its_mapping_made_on_its_day() {
    let program = Program::new().file("p.json", person("2024-01-01", "2026-06-10"));
    for (number, on) in ["2026-06-08", "2026-06-15"].into_iter().enumerate() {
        let ran = program.run(&format!("assess p.json {MAPPED} --on {on} --log l.jsonl -q -o {number}.csv"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let ran = program.run("replay l.jsonl p.json --map tier-to-delius");
    assert!(ran.stdout.starts_with("2 of 2 lines stand"), "{}", ran.stdout);
    let with = program.run("replay l.jsonl p.json --map tier-to-delius --with hmpps-tier-v2 --format json").json();
    assert_eq!(with["today"]["cases"], 2, "{with}");
    // What is written otherwise is still another case.
    let changed = program.file("p.json", person("2023-01-01", "2026-06-10").replace("20,", "70,"));
    assert_eq!(changed.run("replay l.jsonl p.json --map tier-to-delius").code, 1);
}

/// An assessment of a day, with one level for everybody.
fn assessment(status: &Value, completed: &Value, level: &str) -> Value {
    json!({ "assessmentStatus": status, "dateCompleted": completed, "riskPublicCommunity": level,
        "riskChildrenCommunity": level, "riskKnownAdultCommunity": level, "riskStaffCommunity": level })
}

/// The level for the public that comes out of assessments by the shipped mapping of their service, and by that which joins them.
fn level_of(assessments: &[Value]) -> [Value; 2] {
    let summary = json!({ "crn": "X1", "assessments": assessments }).to_string();
    let program = Program::new().file("own/X1.json", &summary).file("joined/rosh-summary.json", summary);
    let program = program.file("joined/X1.json", person("2020-01-01", "2019-01-01"));
    let level = |mapping: &str, file: &str| {
        let ran = program.run(&format!("map run {mapping} {file} --format jsonl --on 2026-06-15"));
        serde_json::from_str::<Value>(&ran.stdout)
            .map_or(Value::Null, |case| case["oasys"]["rosh_to"]["public"].clone())
    };
    [level("assess-risks-and-needs", "own/X1.json"), level("tier-to-delius", "joined/X1.json")]
}

#[test]
fn an_assessment_that_is_not_complete_hides_none_that_is() {
    let complete = || assessment(&"COMPLETE".into(), &"2025-02-19T16:57:25".into(), "High");
    let high = ["high", "high"].map(Value::from);
    for (status, completed) in [
        (Value::from("LOCKED_INCOMPLETE"), Value::from("2026-02-19T16:57:25")),
        (Value::Null, "2026-02-19T16:57:25".into()),
        ("LOCKED_INCOMPLETE".into(), Value::Null),
        ("OPEN".into(), "2026-02-19T16:57:25".into()),
    ] {
        let other = || assessment(&status, &completed, "Low");
        assert_eq!(level_of(&[complete(), other()]), high, "{status} {completed}");
        assert_eq!(level_of(&[other(), complete()]), high, "{status} {completed}");
    }
    // Where none is complete the locked one is all that is known.
    let locked = assessment(&"LOCKED_INCOMPLETE".into(), &"2026-02-19T16:57:25".into(), "Medium");
    assert_eq!(level_of(&[locked]), ["medium", "medium"].map(Value::from));
}

#[test]
fn of_two_entries_of_one_day_the_later_by_its_time_counts() {
    let early = assessment(&"COMPLETE".into(), &"2025-02-19T09:00:00".into(), "Low");
    let late = || assessment(&"COMPLETE".into(), &"2025-02-19T16:57:25".into(), "High");
    assert_eq!(level_of(&[late(), early.clone()]), ["high", "high"].map(Value::from));
    assert_eq!(level_of(&[early, late()]), ["high", "high"].map(Value::from));
    // Where one has no time nothing says which is later.
    let dayless = assessment(&"COMPLETE".into(), &"2025-02-19".into(), "Low");
    assert_eq!(level_of(&[late(), dayless]), [Value::Null, Value::Null]);
}
