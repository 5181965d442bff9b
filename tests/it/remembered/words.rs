//! Scripts that use things of a case in every way that the language allows: comparisons, arithmetic, lists, records, text,
//! closures, conditions and loops. A stream of cases goes through one desk that remembers and one that does not.

mod blanks;
mod lists;
mod numbers;
mod presence;
mod stages;
mod texts;
mod unused;
mod ways;

use crate::remembered::{
    desks::{Desks, ON, case_file, rule, small_policy},
    streams::any_stream,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value, json};

/// Two streams of cases, always the same; a case that gives nothing comes first in one and later in the other.
fn streams() -> [Vec<Value>; 2] {
    let mut runner = TestRunner::deterministic();
    let mut grow = || any_stream(16).new_tree(&mut runner).unwrap().current();
    let (mut one, mut other) = (grow(), grow());
    one.insert(0, json!({ "crn": "X100009" }));
    other.insert(5, json!({ "crn": "X100009" }));
    [one, other]
}

/// Runs every script over the streams: each is the body of a rule, or functions that hold one. Lists all that say one thing
/// with memory and another without.
fn same(scripts: &[&str]) {
    let streams = streams();
    let found: Vec<String> = scripts.iter().filter_map(|script| difference(script, &streams)).collect();
    assert!(found.is_empty(), "{} of {} scripts differ:\n{}", found.len(), scripts.len(), found.join("\n"));
}

/// The first case of which the two desks say different things.
fn difference(script: &str, streams: &[Vec<Value>]) -> Option<String> {
    let functions = if script.contains("fn ") { script.to_owned() } else { rule(script) };
    let policy = small_policy(&functions);
    let mut answered = 0;
    for stream in streams {
        let mut desks = Desks::of(&policy);
        for case in stream {
            let [remembered, plain] = desks.assess(&case_file(case), ON);
            if remembered != plain {
                return Some(format!(
                    "{script}\n  {case}\n  with memory {}\n  without     {}",
                    brief(&remembered),
                    brief(&plain)
                ));
            }
            answered += 1;
        }
    }
    assert_eq!(answered, 34);
    None
}

/// What matters of an answer.
fn brief(said: &str) -> String {
    serde_json::from_str::<Value>(said).map_or_else(
        |_| said.split(", help").next().unwrap_or_default().to_owned(),
        |answer| format!("{} {} {} {}", answer["tier"], answer["range"], answer["flags"], answer["contact"]),
    )
}
