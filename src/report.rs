//! Stage six. In: decisions. Out: text for a reader, one file a format. Nothing here computes anything.

pub mod assess_json;
pub mod assess_md;
pub mod assess_text;
pub mod assess_yaml;
pub mod caseload;
pub mod coverage_html;
pub mod coverage_lcov;
pub mod coverage_text;
pub mod diff;
pub mod due;
pub mod due_csv;
pub mod due_text;
pub mod explain_md;
pub mod explain_text;
mod explain_words;
pub mod ics;
pub mod page;
pub mod show;
pub mod strip;
pub mod test_json;
pub mod test_junit;
pub mod test_text;
pub mod tested;
pub mod words;

use crate::{error::Error, schedule::assess::Assessment};
use clap::ValueEnum;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, at a terminal.
    Text,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// YAML.
    Yaml,
    /// Markdown.
    Md,
    /// Comma-separated values.
    Csv,
    /// A calendar.
    Ics,
    /// `JUnit` XML, for continuous integration.
    Junit,
}

/// The answer for one case: decided, or why not.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Decided.
    Decided(&'a Assessment),
    /// Not.
    Failed {
        /// The file.
        file: &'a str,
        /// Why.
        error: &'a Error,
    },
}

/// Writes answers one by one, in a format.
pub trait Writer {
    /// One answer.
    fn write(&mut self, answer: &Answer<'_>) -> String;
    /// What stands after the last.
    fn end(&mut self) -> String;
}

/// The writer of a format, for so many cases.
#[must_use]
pub fn writer(format: Format, cases: usize) -> Box<dyn Writer> {
    match format {
        Format::Json => Box::new(assess_json::Json::new(cases)),
        Format::Jsonl => Box::new(assess_json::JsonLines),
        Format::Yaml => Box::new(assess_yaml::Yaml),
        Format::Md => Box::new(assess_md::Markdown),
        Format::Text | Format::Csv | Format::Ics | Format::Junit => Box::new(assess_text::Text::default()),
    }
}
