//! The answer for programs: JSON. The keys are stable; `docs/decision.schema.json` describes them.

use crate::{
    error::Error,
    report::{Answer, Writer},
};
use serde_json::{Value, json};

/// One JSON document: an object for one case, a list for several.
#[derive(Debug)]
pub struct Json {
    one: bool,
    written: usize,
}

impl Json {
    /// For so many cases.
    #[must_use]
    pub const fn new(cases: usize) -> Self {
        Self { one: cases == 1, written: 0 }
    }
}

impl Writer for Json {
    fn write(&mut self, answer: &Answer<'_>) -> String {
        let text = format!("{:#}", value(answer));
        self.written += 1;
        match (self.one, self.written) {
            (true, _) => format!("{text}\n"),
            (false, 1) => format!("[\n{text}"),
            (false, _) => format!(",\n{text}"),
        }
    }

    fn end(&mut self) -> String {
        match (self.one, self.written) {
            (true, _) => String::new(),
            (false, 0) => "[]\n".to_owned(),
            (false, _) => "\n]\n".to_owned(),
        }
    }
}

/// One JSON document a line.
#[derive(Debug)]
pub struct JsonLines;

impl Writer for JsonLines {
    fn write(&mut self, answer: &Answer<'_>) -> String {
        format!("{}\n", value(answer))
    }

    fn end(&mut self) -> String {
        String::new()
    }
}

/// An answer as a JSON value.
#[must_use]
pub fn value(answer: &Answer<'_>) -> Value {
    match answer {
        // Only a map with keys that are no text could fail, and a decision has none.
        Answer::Decided(decision) => serde_json::to_value(decision).unwrap_or(Value::Null),
        Answer::Failed { file, error } => failed(file, error),
    }
}

/// The record of a case without an answer.
#[must_use]
pub fn failed(file: &str, error: &Error) -> Value {
    json!({
        "crn": error.crn(),
        "file": file,
        "error": {
            "code": error.code(),
            "message": error.to_string(),
            "path": error.path(),
            "line": error.place().map(|(line, _)| line),
            "column": error.place().map(|(_, column)| column),
            "help": error.remedy(),
        },
    })
}
