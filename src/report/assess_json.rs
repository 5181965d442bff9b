//! The answer for programs: JSON. The keys are stable; `docs/decision.schema.json` describes them.

use crate::{
    error::Error,
    report::{
        Answer, Reasons, Style, Writer,
        assess_short::{Short, WithLine},
    },
};
use serde::Serialize;
use serde_json::{Value, json};

/// One JSON document: an object for one case, a list for several.
#[derive(Debug)]
pub struct Json(pub Style);

impl Writer for Json {
    fn start(&self) -> &'static str {
        if self.0.one { "" } else { "[\n" }
    }

    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        // Writing to memory cannot fail, and no map of an answer has keys that are no text.
        let _ = serde_json::to_writer_pretty(to, &Record { answer, reasons: self.0.reasons });
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn end(&self) -> &'static str {
        if self.0.one { "\n" } else { "\n]\n" }
    }

    fn nothing(&self) -> &'static str {
        "[]\n"
    }
}

/// One JSON document a line.
#[derive(Debug)]
pub struct JsonLines(pub Style);

impl Writer for JsonLines {
    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        // As above.
        let _ = serde_json::to_writer(&mut *to, &Record { answer, reasons: self.0.reasons });
        to.push(b'\n');
    }
}

/// An answer with so much of its reasons, for whatever serde writes.
#[derive(Debug)]
pub struct Record<'a> {
    /// The answer.
    pub answer: &'a Answer<'a>,
    /// How much of the reasons.
    pub reasons: Reasons,
}

impl Serialize for Record<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match (self.answer, self.reasons) {
            (Answer::Decided { assessment, line }, Reasons::All) => WithLine { line: *line, assessment }.serialize(to),
            (Answer::Decided { assessment, line }, reasons) => {
                Short::new(assessment, *line, reasons == Reasons::Fired).serialize(to)
            }
            (Answer::Failed { file, line, error }, _) => failed(file, *line, error).serialize(to),
        }
    }
}

/// The record of a case without an answer; `line` where it begins, in a file of many.
#[must_use]
pub fn failed(file: &str, line: Option<usize>, error: &Error) -> Value {
    json!({
        "crn": error.crn(),
        "file": file,
        "error": {
            "code": error.code(),
            "message": error.to_string(),
            "path": error.path(),
            "line": error.place().map(|(line, _)| line).or(line),
            "column": error.place().map(|(_, column)| column),
            "help": error.remedy(),
        },
    })
}
