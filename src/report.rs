//! Stage six. In: decisions. Out: text for a reader, one file a format. Nothing here computes anything.

pub mod assess_csv;
pub mod assess_json;
pub mod assess_md;
pub mod assess_short;
pub mod assess_summary;
pub mod assess_table;
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
    /// A line a case, for people.
    Table,
    /// A calendar.
    Ics,
    /// `JUnit` XML, for continuous integration.
    Junit,
}

impl Format {
    /// Whether it is for people, so that it may have colours.
    #[must_use]
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Table | Self::Md)
    }
}

/// How much of its reasons an answer for programs holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reasons {
    /// Every rule, fired or not, with its text and source, and the numbers in force
    All,
    /// The rules that fired, by name, with what they read
    Fired,
    /// None
    None,
}

/// The answer for one case: decided, or why not.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// Decided.
    Decided {
        /// The answer.
        assessment: &'a Assessment,
        /// The line that the case begins at, in a file of many cases.
        line: Option<usize>,
    },
    /// Not.
    Failed {
        /// The file.
        file: &'a str,
        /// The line that the case begins at, in a file of many cases.
        line: Option<usize>,
        /// Why.
        error: &'a Error,
    },
}

/// What a writer is to write.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether there is one case: one file that holds nothing else.
    pub one: bool,
    /// How much of the reasons.
    pub reasons: Reasons,
}

/// Writes answers in a format. An answer is written without regard to those before it, so that several threads can.
pub trait Writer: Send + Sync {
    /// What stands before the first answer.
    fn start(&self) -> &'static str {
        ""
    }
    /// One answer.
    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>);
    /// What stands between two answers.
    fn between(&self) -> &'static str {
        ""
    }
    /// What stands after the last.
    fn end(&self) -> &'static str {
        ""
    }
    /// What stands for no answers at all.
    fn nothing(&self) -> &'static str {
        ""
    }
}

/// The writer of a format.
#[must_use]
pub fn writer(format: Format, style: Style) -> Box<dyn Writer> {
    match format {
        Format::Json => Box::new(assess_json::Json(style)),
        Format::Jsonl => Box::new(assess_json::JsonLines(style)),
        Format::Yaml => Box::new(assess_yaml::Yaml(style)),
        Format::Md => Box::new(assess_md::Markdown),
        Format::Csv => Box::new(assess_csv::Csv),
        Format::Table => Box::new(assess_table::Table),
        Format::Text | Format::Ics | Format::Junit => Box::new(assess_text::Text),
    }
}
