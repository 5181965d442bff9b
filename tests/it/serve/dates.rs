//! The day that a server answers for, and the rules and numbers that are in force: its workbench goes by the same as the verbs.

use super::{
    JSON,
    served::Served,
    workbench::{edit, with_policies},
};
#[cfg(target_os = "linux")]
use crate::program::shim;
use crate::{compare::book, program::Program};
use serde_json::{Value, json};

#[test]
#[cfg(target_os = "linux")]
fn today_goes_on_while_a_server_runs() {
    let Some(shim) = shim("serve/clock.c") else { return };
    let undated = r#"{"crn": "X1", "iom": true}"#;
    for arguments in [vec![], vec!["--on", "today"], vec!["--on", "+6w", "--law", "today"]] {
        let program = with_policies().file("book.jsonl", format!("{undated}\n")).variable("TZ", "UTC");
        let ahead = program.folder().join("ahead");
        let program = program.variable("LD_PRELOAD", shim.to_str().unwrap());
        let program = program.variable("CLOCK_AHEAD", ahead.to_str().unwrap());
        let served = Served::with(program, &[vec!["--book", "book.jsonl"], arguments.clone()].concat());
        let written = edit(&served);
        let asked = |what: &str, name: &str, value: &str| {
            let mut edit = written.clone();
            edit[name] = json!(value);
            served.post(&format!("/v1/workbench/{what}"), JSON, &edit.to_string()).json()
        };
        let days = || {
            let said = [
                served.post("/v1/assess", JSON, undated).json()["assessed_on"].clone(),
                served.get("/v1/workbench").json()["book"]["on"].clone(),
                asked("explain", "crn", "X1")["explanation"]["decision"]["assessed_on"].clone(),
                asked("explain", "case", undated)["explanation"]["decision"]["assessed_on"].clone(),
                asked("compare", "crn", "X1")["dates"]["last"].clone(),
            ];
            said.map(|day| {
                day.as_str().unwrap_or_else(|| panic!("{arguments:?}: {day}")).parse::<jiff::civil::Date>().unwrap()
            })
        };
        let before = days();
        std::fs::write(&ahead, (40 * 24 * 60 * 60).to_string()).unwrap();
        for (before, after) in before.into_iter().zip(days()) {
            // The day may end while this runs.
            let went = (after - before).get_days();
            assert!((40..=41).contains(&went), "{arguments:?}: {before} to {after}");
        }
    }
}

#[test]
fn a_request_has_its_own_today_where_the_server_was_told_today() {
    let served = Served::with(Program::new(), &["--on", "yesterday"]);
    let undated = r#"{"crn": "X1", "iom": true}"#;
    let on = |query: &str| served.post(&format!("/v1/assess{query}"), JSON, undated).json()["assessed_on"].clone();
    assert!(on("").is_string());
    // The two are further apart than a day is long.
    assert_ne!(on("?tz=XXX-14"), on("?tz=XXX12"));
    assert_eq!(on("?on=2019-05-20"), "2019-05-20");
}

#[test]
fn every_panel_goes_by_the_law_and_the_day_of_the_server() {
    let served = |option: &str, day: &str| {
        Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl", option, day])
    };
    let under_law = served("--law", "2016-01-01");
    let short = |all: &Value| {
        let numbers = all["parameters"].as_array().unwrap().iter();
        numbers.map(|one| ["name", "value", "since"].map(|key| one[key].to_string())).collect::<Vec<_>>()
    };
    let (shown, said) = (under_law.get("/v1/workbench").json(), under_law.get("/v1/show/params").json());
    assert_eq!(short(&shown["said"]["numbers"]), short(&said));
    assert_eq!(shown["said"]["numbers"]["on"], "2016-01-01");
    let later = served("--on", "2026-06-15");
    let wrong = |all: &Value| {
        let cases = all["cases"].as_array().unwrap().iter();
        let wrong = cases.filter(|case| !case["error"].is_null() || case["not_as_expected"] != json!([]));
        wrong.map(|case| case["case"].to_string()).collect::<Vec<_>>()
    };
    let panel = later.post("/v1/workbench/test", JSON, &edit(&later).to_string()).json();
    assert!(wrong(&panel).len() > 10, "{:?}", wrong(&panel));
    assert_eq!(wrong(&panel), wrong(&later.get("/v1/test").json()));
}
