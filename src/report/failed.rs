//! A case without an answer, for programs and for a row of a table.

use crate::error::Error;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::sync::Arc;

/// A case without an answer.
#[derive(Debug)]
pub struct Failed {
    /// Its file.
    pub file: Arc<str>,
    /// The line that it begins at, in a file of many cases.
    pub line: Option<usize>,
    /// Why.
    pub error: Box<Error>,
}

impl Failed {
    /// The case reference, where the file got so far.
    #[must_use]
    pub fn crn(&self) -> Option<&str> {
        self.error.crn()
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn said(&self) -> String {
        let Self { file, line, error } = self;
        let said = match (error.place(), line) {
            // A rule that fails is wrong in its script, and not in the file of the case.
            (Some(_), _) => error.on_one_line(),
            (None, Some(line)) => format!("{file}:{line}: {error}"),
            (None, None) => format!("{file}: {error}"),
        };
        match error.each().count() - 1 + error.uncounted() {
            0 => said,
            1 => format!("{said}; and another fault"),
            others => format!("{said}; and {others} other faults"),
        }
    }

    /// The row of a table, which has only the reference and the error.
    #[must_use]
    pub fn cells<const N: usize>(&self) -> [String; N] {
        let mut cells = [const { String::new() }; N];
        if let [crn, .., last] = cells.as_mut_slice() {
            crn.push_str(self.crn().unwrap_or(""));
            last.push_str(&self.said());
        }
        cells
    }
}

impl Serialize for Failed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        json!({ "crn": self.crn(), "file": self.file, "error": described(&self.error, self.line) }).serialize(to)
    }
}

/// An error for programs; `line` where its case begins, in a file of many.
#[must_use]
pub fn described(error: &Error, line: Option<usize>) -> Value {
    let mut told = one(error, line);
    let others: Vec<Value> = error.each().skip(1).map(|error| one(&error, line)).collect();
    if let (Some(told), false) = (told.as_object_mut(), others.is_empty()) {
        told.insert("others".to_owned(), Value::Array(others));
        told.insert("more".to_owned(), json!(error.uncounted()));
    }
    told
}

fn one(error: &Error, line: Option<usize>) -> Value {
    let mut told = json!({
        "code": error.code(),
        "message": error.to_string(),
        "path": error.path(),
        "line": error.place().map(|(line, _)| line).or(line),
        "column": error.place().map(|(_, column)| column),
        "help": error.remedy(),
    });
    if let Some(told) = told.as_object_mut() {
        // Where the place is one of another file than the case's.
        if let (Error::Policy { .. }, Some(_)) = (error, error.place()) {
            told.insert("file".to_owned(), json!(error.file()));
        }
        if let Error::Case { sheet: Some(_), .. } = error {
            told.insert("cell".to_owned(), json!(error.spot()));
        }
    }
    told
}
