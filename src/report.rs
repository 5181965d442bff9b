//! Stage six. In: decisions. Out: text for a reader, one file a view. Nothing here computes anything.

pub mod answers;
mod assess_csv;
mod assess_page;
pub mod assess_summary;
mod assess_table;
pub mod book_diff;
pub mod book_diff_csv;
pub mod book_diff_html;
mod book_diff_json;
pub mod book_diff_sheets;
pub mod caseload;
pub mod caseload_columns;
pub mod caseload_html;
mod caseload_json;
pub mod check_github;
pub mod check_json;
pub mod check_page;
pub mod check_sarif;
mod compact_json;
pub mod compare;
pub mod compare_dates;
pub mod compare_html;
mod compare_json;
mod compare_loads;
pub mod compare_row;
pub mod compare_sheets;
mod compare_witness;
pub mod compare_words;
pub mod coverage_html;
pub mod coverage_lcov;
pub mod coverage_text;
mod csv_row;
pub mod diff;
pub mod due;
mod due_csv;
pub mod due_list;
pub mod explain_page;
mod explained_values;
pub mod failed;
pub mod html_page;
pub mod ics;
pub mod map_check;
pub mod mapped_case;
pub mod markdown_page;
pub mod mutants;
pub mod page;
pub mod phrases;
pub mod rating;
pub mod rating_csv;
pub mod replay;
mod schema_form;
pub mod schema_of;
pub mod sheet;
pub mod show;
pub mod show_definitions;
pub mod shown;
pub mod strip;
pub mod table;
pub mod test_junit;
pub mod test_summary;
pub mod test_text;
pub mod verify;
pub mod width;

use crate::report::page::Page;
use clap::ValueEnum;
use serde::Serialize;

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
    /// A page of HTML that stands alone.
    Html,
    /// A workbook of a spreadsheet.
    Xlsx,
    /// A line a case, for people.
    Table,
    /// A calendar.
    Ics,
    /// `JUnit` XML, for continuous integration.
    Junit,
    /// SARIF 2.1.0, for servers that show findings in the source.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Definitions that a language server of Rhai reads.
    Rhai,
}

impl Format {
    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Whether it is for people, so that it may have colours.
    #[must_use]
    pub const fn is_for_people(self) -> bool {
        matches!(self, Self::Text | Self::Table | Self::Md)
    }

    /// The endings of files that hold it, the usual one first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Json => &["json"],
            Self::Jsonl => &["jsonl", "ndjson"],
            Self::Yaml => &["yaml", "yml"],
            Self::Md => &["md", "markdown"],
            Self::Csv => &["csv"],
            Self::Html => &["html", "htm"],
            Self::Xlsx => &["xlsx"],
            Self::Table => &["table"],
            Self::Ics => &["ics"],
            Self::Junit => &["xml"],
            Self::Sarif => &["sarif"],
            Self::Github => &[],
            Self::Rhai => &["rhai"],
        }
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

/// What is shown to people and to programs.
pub trait View {
    /// Draws it for people.
    fn draw(&self, page: &mut Page);

    /// The same for programs. The keys are stable.
    fn json(&self) -> impl Serialize;

    /// It in a format: JSON, or a page.
    fn written(&self, format: Format) -> String {
        match format {
            // An answer has no key that is not a text.
            Format::Json => return serde_json::to_string_pretty(&self.json()).unwrap_or_default() + "\n",
            Format::Jsonl => return serde_json::to_string(&self.json()).unwrap_or_default() + "\n",
            _ => {}
        }
        let mut page = Page::of(format);
        self.draw(&mut page);
        page.end()
    }
}
