//! Files of many cases: read in every form, run on any number of threads, written in every format.

mod agreement;
mod answers;
mod forms;
mod killed;
mod mistakes;
mod ordered;

use crate::program::worked_cases;
use serde_json::Value;

/// The worked cases of the shipped policy as JSON, without what is expected of them.
pub fn cases() -> Vec<Value> {
    let read = |path: std::path::PathBuf| {
        let mut case: Value = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        case.as_object_mut().unwrap().remove("expect");
        case
    };
    worked_cases("bgsw").into_iter().map(read).collect()
}

/// A case of a few values, on one line.
pub fn one_line(crn: &str) -> String {
    format!(r#"{{"crn":"{crn}","assessed_on":"2019-05-20","oasys":{{"rosh":"low","ogrs3":20}}}}"#)
}

/// JSON lines.
pub fn lines(cases: &[Value]) -> String {
    cases.iter().map(|case| case.to_string() + "\n").collect()
}
