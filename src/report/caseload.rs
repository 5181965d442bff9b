//! What many cases show together.

use crate::{
    caseload::{Book, Patterns, level::Level},
    report::{
        View,
        failed::Failed,
        page::Page,
        phrases::{date, under_law},
    },
};
use jiff::civil::Date;
use serde_json::{Value, json};

/// What many cases show together, and which cases could not be looked at.
#[derive(Debug, Default)]
pub struct CaseloadReport {
    /// The latest date that a case was looked at for.
    pub on: Option<Date>,
    /// The date whose rules and numbers are in force, where that is not the date of each case.
    pub law: Option<Date>,
    /// How many cases.
    pub cases: usize,
    /// What they show.
    pub patterns: Patterns,
    /// The cases that have no answer, and why.
    pub failed: Vec<Failed>,
}

impl View for CaseloadReport {
    fn draw(&self, page: &mut Page) {
        let on = self.on.map(|on| format!(" on {}", date(on))).unwrap_or_default();
        page.heading(1, &format!("{} cases{on}{}", self.cases, under_law(self.law)));
        if self.patterns.found.is_empty() {
            page.note(2, "no pattern");
        }
        for found in self.patterns.found.chunk_by(|one, next| one.book == next.book) {
            found.iter().take(1).for_each(|first| page.section(&whose(&first.book)));
            for pattern in found.iter().map(|found| &found.pattern) {
                page.note(2, &format!("{} ({}): {}", pattern.code, pattern.severity, pattern.text));
                page.aside(6, &format!("{} cases: {}", pattern.cases.len(), pattern.cases.join(" ")));
            }
        }
        for book in &self.patterns.too_large {
            page.remark(&format!("{}: too many cases to be looked at as one", whose(book)));
        }
    }

    fn json(&self) -> Value {
        let mut all = json!({
            "on": self.on,
            "cases": self.cases,
            "patterns": self.patterns.found,
            "too_large": self.patterns.too_large,
            "failed": self.failed,
        });
        if let (Some(law), Some(all)) = (self.law, all.as_object_mut()) {
            all.insert("law".to_owned(), json!(law));
        }
        all
    }
}

fn whose(book: &Book) -> String {
    let name = book.name.as_deref().unwrap_or_default();
    match book.level {
        Level::Officer => format!("Officer {name}, {} cases", book.of),
        Level::Office => format!("Office {name}, {} cases", book.of),
        Level::All => format!("All {} cases", book.of),
    }
}
