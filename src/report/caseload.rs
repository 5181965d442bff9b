//! What many cases show together, in every format.

use crate::{
    caseload::{Book, Patterns, level::Level},
    error::Error,
    report::{
        Format, assess_json,
        words::{bold, date, dim, styled, wrapped},
    },
};
use jiff::civil::Date;
use serde_json::json;

/// Width that lines are kept within.
const WIDTH: usize = 96;

/// What many cases show together, and which cases could not be looked at.
#[derive(Debug, Default)]
pub struct CaseloadReport {
    /// The latest date that a case was looked at for.
    pub on: Option<Date>,
    /// How many cases.
    pub cases: usize,
    /// What they show.
    pub patterns: Patterns,
    /// The files that have no answer, and why.
    pub failed: Vec<(String, Error)>,
}

/// The report in a format.
#[must_use]
pub fn render(format: Format, report: &CaseloadReport) -> String {
    match format {
        Format::Json => {
            let failed: Vec<_> =
                report.failed.iter().map(|(file, error)| assess_json::failed(file, None, error)).collect();
            let value = json!({
                "on": report.on,
                "cases": report.cases,
                "patterns": report.patterns.found,
                "too_large": report.patterns.too_large,
                "failed": failed,
            });
            format!("{value:#}\n")
        }
        _ => text(report),
    }
}

fn text(report: &CaseloadReport) -> String {
    let on = report.on.map(|on| format!(" on {}", date(on))).unwrap_or_default();
    let mut out = format!("{}\n", styled(bold(), &format!("{} cases{on}", report.cases)));
    if report.patterns.found.is_empty() {
        out.push_str("  no pattern\n");
    }
    let mut former = None;
    for found in &report.patterns.found {
        if former != Some(&found.book) {
            out.push_str(&format!("\n{}\n", styled(bold(), &whose(&found.book))));
        }
        former = Some(&found.book);
        let pattern = &found.pattern;
        out.push_str(&wrapped(&format!("{} ({}): {}", pattern.code, pattern.severity, pattern.text), "  ", WIDTH));
        let behind = format!("{} cases: {}", pattern.cases.len(), pattern.cases.join(" "));
        out.push_str(&styled(dim(), &wrapped(&behind, "      ", WIDTH)));
    }
    for book in &report.patterns.too_large {
        out.push_str(&format!("\n{}: too many cases to be looked at as one\n", whose(book)));
    }
    out
}

fn whose(book: &Book) -> String {
    let name = book.name.as_deref().unwrap_or_default();
    match book.level {
        Level::Officer => format!("Officer {name}, {} cases", book.of),
        Level::Office => format!("Office {name}, {} cases", book.of),
        Level::All => format!("All {} cases", book.of),
    }
}
