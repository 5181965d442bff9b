//! The list of what is owed, in every format.

use crate::{
    calendar::{OutOfYears, WorkingDays},
    error::Error,
    report::{
        Format, assess_json, due_csv, due_text,
        ics::{Obligation, ObligationKind, calendar},
        words::date,
    },
    schedule::{Due, ReviewKind, assess::DueCase},
};
use jiff::civil::Date;
use serde_json::Value;

/// What is owed for a list of cases, most urgent first, and which cases have no answer.
#[derive(Debug, Default)]
pub struct DueReport {
    /// The cases.
    pub cases: Vec<DueCase>,
    /// Those without an answer.
    pub failed: Vec<Failed>,
    /// Whether there is one case, so that the JSON is one object.
    pub one_file: bool,
}

/// A case without an answer.
#[derive(Debug)]
pub struct Failed {
    /// Its file.
    pub file: String,
    /// The line that it begins at, in a file of many cases.
    pub line: Option<usize>,
    /// Why.
    pub error: Error,
}

impl DueReport {
    /// The latest date that an answer is for: the date of the list as a whole.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.cases.iter().map(|case| case.on).max()
    }
}

/// The list in a format.
///
/// # Errors
///
/// When the weeks that are drawn reach beyond the years of the calendar.
pub fn render(format: Format, report: &DueReport, days: &WorkingDays) -> Result<String, OutOfYears> {
    Ok(match format {
        Format::Json => match (report.one_file, records(report).as_slice()) {
            (true, [one]) => format!("{one:#}\n"),
            (_, all) => format!("{:#}\n", Value::from(all.to_vec())),
        },
        Format::Jsonl => records(report).iter().map(|record| format!("{record}\n")).collect::<Vec<_>>().concat(),
        Format::Csv => due_csv::csv(report),
        Format::Ics => report.on().map_or_else(String::new, |on| calendar(&obligations(report), on)),
        Format::Md => due_text::page(report, days)?.markdown(),
        Format::Text | Format::Table | Format::Yaml | Format::Junit => due_text::text(report, days)?,
    })
}

fn records(report: &DueReport) -> Vec<Value> {
    let cases = report.cases.iter().map(|case| serde_json::to_value(case).unwrap_or_default());
    let failed = report.failed.iter().map(|one| assess_json::failed(&one.file, one.line, &one.error));
    cases.chain(failed).collect()
}

/// One event an obligation that has a date.
fn obligations(report: &DueReport) -> Vec<Obligation> {
    let mut obligations = Vec::new();
    for case in &report.cases {
        let mut add = |kind: ObligationKind, what: &str, owed: &Due| {
            let Some(due) = owed.due else { return };
            let late =
                if owed.days_overdue > 0 { format!(", {} days overdue", owed.days_overdue) } else { String::new() };
            let summary = format!("{}: {what} due{late}", case.crn);
            obligations.push(Obligation { crn: case.crn.to_string(), kind, due, summary });
        };
        add(ObligationKind::Contact, "contact", &case.contact);
        add(ObligationKind::Review, &review(&case.review), &case.review);
    }
    obligations
}

/// A review by its kind, in words.
#[must_use]
pub fn review(due: &Due) -> String {
    match due.kind {
        Some(ReviewKind::Initial) => "first rating",
        Some(ReviewKind::Triggered) => "review after a significant event",
        Some(ReviewKind::PreRelease) => "assessment before release",
        Some(ReviewKind::Release) => "review after release",
        Some(ReviewKind::Transfer) => "review after a transfer",
        Some(ReviewKind::SixWeekly) | None => "review",
    }
    .to_owned()
}

/// A due date in a few words: 3 May 2019, 4 days overdue.
#[must_use]
pub fn in_short(due: &Due) -> String {
    let state = due.state.as_str().replace('_', " ");
    match (due.due, due.days_overdue) {
        (Some(by), 0) => format!("{}, {state}", date(by)),
        (Some(by), late) => format!("{}, {late} days overdue", date(by)),
        (None, _) => state,
    }
}
