//! A case without an answer, for programs and for a row of a table.

use crate::error::Error;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A case without an answer.
#[derive(Debug, JsonSchema)]
#[schemars(with = "FailedRecord<'static>")]
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
            // So is what the run itself was told.
            (None, _) if matches!(**error, Error::Input { .. }) && error.file() != &**file => error.on_one_line(),
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

/// A case without an answer.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Failed")]
struct FailedRecord<'a> {
    /// Case reference, where the file got so far.
    crn: Option<&'a str>,
    /// The case file.
    file: &'a str,
    /// What is wrong.
    error: DescribedError,
}

impl Serialize for Failed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let error = described(&self.error, self.line);
        FailedRecord { crn: self.crn(), file: &self.file, error }.serialize(to)
    }
}

/// Everything that is wrong with a case, or what is wrong with a policy or another input: the first fault, and the others.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DescribedError {
    #[serde(flatten)]
    first: DescribedFault,
    /// What else is wrong with the case, in the order of the file: nine at the most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    others: Vec<DescribedFault>,
    /// Faults of the case that are only counted; there with `others`.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// One fault: what is wrong, where, and what to do.
#[derive(Debug, Serialize, JsonSchema)]
struct DescribedFault {
    /// A stable word for it.
    code: &'static str,
    /// A sentence; it repeats no value of the case.
    message: String,
    /// Path of the field; null where it is about none.
    path: Option<String>,
    /// Line of the file, from 1.
    #[schemars(range(min = 1))]
    line: Option<usize>,
    /// Column, from 1.
    #[schemars(range(min = 1))]
    column: Option<usize>,
    /// What to do about it.
    help: Option<String>,
    /// The file of line and column, where that is another than the case's: a rule that fails is wrong in its script.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The cell of a sheet, such as Sheet1!C7.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

/// An error for programs; `line` where its case begins, in a file of many.
#[must_use]
pub fn described(error: &Error, line: Option<usize>) -> DescribedError {
    let others: Vec<DescribedFault> = error.each().skip(1).map(|error| DescribedFault::of(&error, line)).collect();
    let more = (!others.is_empty()).then(|| error.uncounted());
    DescribedError { first: DescribedFault::of(error, line), others, more }
}

impl DescribedFault {
    fn of(error: &Error, line: Option<usize>) -> Self {
        // Where the place is one of another file than the case's.
        let is_elsewhere = matches!((error, error.place()), (Error::Policy { .. }, Some(_)));
        let is_in_sheet = matches!(error, Error::Case { sheet: Some(_), .. });
        Self {
            code: error.code(),
            message: error.to_string(),
            path: error.path().map(str::to_owned),
            line: error.place().map(|(line, _)| line).or(line),
            column: error.place().map(|(_, column)| column),
            help: error.remedy(),
            file: is_elsewhere.then(|| error.file().to_owned()),
            cell: if is_in_sheet { error.spot() } else { None },
        }
    }
}
