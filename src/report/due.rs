//! The list of what is owed: a table, why, and a picture of the weeks; and the same for programs and calendars.

use crate::{
    calendar::{OutOfYears, WorkingDays},
    report::{
        Format, View, due_csv, due_list,
        failed::Failed,
        ics::{Obligation, ObligationKind, calendar},
        page::Page,
        sheet::Sheet,
        strip::{Row, strip},
    },
    schedule::{Due, ReviewKind, assess::DueCase},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

/// What is owed for a list of cases, most urgent first, and which cases have no answer.
#[derive(Debug, Default)]
pub struct DueReport {
    /// The cases.
    pub cases: Vec<DueCase>,
    /// Those without an answer.
    pub failed: Vec<Failed>,
    /// Whether there is one case, so that the JSON is one object.
    pub one_file: bool,
    /// The picture of the weeks, for people.
    pub weeks: String,
    /// The first and the last date of what is listed, where the list is cut down to some.
    pub window: [Option<Date>; 2],
    /// Whether the list is of provisional tiers, so that people are told what would settle them.
    pub is_of_provisional: bool,
    /// Whether it stands in the order in which people were last seen, which is then told.
    pub is_by_last_seen: bool,
    /// What the policy says nothing of: contacts, reviews.
    pub unsaid: Vec<&'static str>,
}

/// What is owed for a case, or why there is no answer.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "DueAnswer")]
pub(super) enum DueRecord<'a> {
    /// What is owed.
    Owed(&'a DueCase),
    /// Why there is no answer.
    Failed(&'a Failed),
}

/// The list for programs.
#[derive(Serialize)]
#[serde(untagged)]
enum DueDocument<'a> {
    /// Of one file with one case.
    One(DueRecord<'a>),
    /// Of all others.
    All(Vec<DueRecord<'a>>),
}

impl DueReport {
    /// The latest date that an answer is for: the date of the list as a whole.
    pub(super) fn on(&self) -> Option<Date> {
        self.cases.iter().map(|case| case.on).max()
    }

    /// Whether a due date is among those asked for.
    pub(super) fn lists(&self, due: &Due) -> bool {
        lists(self.window, due)
    }

    /// Draws the weeks, where there is a case.
    ///
    /// # Errors
    ///
    /// When they reach beyond the years of the calendar.
    pub fn draw_weeks(&mut self, days: &WorkingDays) -> Result<(), OutOfYears> {
        let row = |case: &DueCase| Row {
            crn: case.crn.to_string(),
            seen: case.seen.clone(),
            contact: case.contact.due,
            review: case.review.due,
        };
        if let Some(on) = self.on() {
            self.weeks = strip(&self.cases.iter().map(row).collect::<Vec<_>>(), on, days)?;
        }
        Ok(())
    }

    /// The list in a format.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Jsonl => self.records().map(|record| json!(record).to_string() + "\n").collect(),
            Format::Csv => due_csv::csv(self),
            Format::Ics if self.cases.is_empty() => String::new(),
            Format::Ics => calendar(&self.obligations()),
            format => self.written(format),
        }
    }

    /// The list as a sheet of a workbook.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        due_csv::sheet(self)
    }

    fn records(&self) -> impl Iterator<Item = DueRecord<'_>> {
        self.cases.iter().map(DueRecord::Owed).chain(self.failed.iter().map(DueRecord::Failed))
    }

    /// One event an obligation that has a date.
    fn obligations(&self) -> Vec<Obligation> {
        let obligation = |case: &DueCase, kind, what: &str, owed: &Due| {
            let late =
                if owed.days_overdue > 0 { format!(", {} days overdue", owed.days_overdue) } else { String::new() };
            let summary = format!("{}: {what} due{late}", case.crn);
            let (why, officer) = (owed.why.clone(), case.officer.clone());
            let due = owed.due.filter(|_| self.lists(owed));
            due.map(|due| Obligation { crn: case.crn.to_string(), kind, on: case.on, due, summary, why, officer })
        };
        let both = |case| {
            let contact = obligation(case, ObligationKind::Contact, "contact", &case.contact);
            [contact, obligation(case, ObligationKind::Review, review(&case.review), &case.review)]
        };
        self.cases.iter().flat_map(both).flatten().collect()
    }
}

/// Whether a due date lies between two dates, the first and the last; one without a date does where neither is said.
#[must_use]
pub fn lists([from, to]: [Option<Date>; 2], due: &Due) -> bool {
    let within = |due: Date| from.is_none_or(|from| from <= due) && to.is_none_or(|to| due <= to);
    due.due.map_or(from.is_none() && to.is_none(), within)
}

impl View for DueReport {
    fn draw(&self, page: &mut Page) {
        due_list::draw(self, page);
    }

    fn json(&self) -> impl Serialize {
        let mut all: Vec<DueRecord<'_>> = self.records().collect();
        if self.one_file && all.len() == 1 { DueDocument::One(all.remove(0)) } else { DueDocument::All(all) }
    }
}

/// A review by its kind, in words.
pub(super) const fn review(due: &Due) -> &'static str {
    match due.kind {
        Some(ReviewKind::Initial) => "first rating",
        Some(ReviewKind::Triggered) => "review after a significant event",
        Some(ReviewKind::PreRelease) => "assessment before release",
        Some(ReviewKind::Release) => "review after release",
        Some(ReviewKind::Transfer) => "review after a transfer",
        Some(ReviewKind::SixWeekly) | None => "review",
    }
}
