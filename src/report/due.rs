//! The list of what is owed: a table, why, and a picture of the weeks; and the same for programs and calendars.

use crate::{
    calendar::{OutOfYears, WorkingDays},
    report::{
        Format, View, due_csv,
        failed::Failed,
        ics::{Obligation, ObligationKind, calendar},
        page::{Page, Table},
        phrases::{date, spoken},
        strip::{Row, strip},
    },
    schedule::{Due, ReviewKind, State, assess::DueCase},
};
use jiff::civil::Date;
use serde_json::{Value, json};

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
}

impl DueReport {
    /// The latest date that an answer is for: the date of the list as a whole.
    fn on(&self) -> Option<Date> {
        self.cases.iter().map(|case| case.on).max()
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
            Format::Jsonl => self.records().map(|record| record.to_string() + "\n").collect(),
            Format::Csv => due_csv::csv(self),
            Format::Ics => self.on().map_or_else(String::new, |on| calendar(&self.obligations(), on)),
            format => self.written(format),
        }
    }

    fn records(&self) -> impl Iterator<Item = Value> {
        self.cases.iter().map(|case| json!(case)).chain(self.failed.iter().map(|failed| json!(failed)))
    }

    /// One event an obligation that has a date.
    fn obligations(&self) -> Vec<Obligation> {
        let obligation = |case: &DueCase, kind, what: &str, owed: &Due| {
            let late =
                if owed.days_overdue > 0 { format!(", {} days overdue", owed.days_overdue) } else { String::new() };
            let summary = format!("{}: {what} due{late}", case.crn);
            owed.due.map(|due| Obligation { crn: case.crn.to_string(), kind, due, summary })
        };
        let both = |case| {
            let contact = obligation(case, ObligationKind::Contact, "contact", &case.contact);
            [contact, obligation(case, ObligationKind::Review, review(&case.review), &case.review)]
        };
        self.cases.iter().flat_map(both).flatten().collect()
    }

    /// How many cases stand where.
    fn summary(&self) -> String {
        let line = |name: &str, what: fn(&DueCase) -> &Due| {
            let count = |state: State| self.cases.iter().filter(|case| what(case).state == state).count();
            let (overdue, due, upcoming) = (count(State::Overdue), count(State::Due), count(State::Upcoming));
            format!("{name}: {overdue} overdue, {due} due today, {upcoming} upcoming")
        };
        format!(
            "{} cases. {}. {}. {} recorded under another tier than the rules give (marked !).",
            self.cases.len(),
            line("Contacts", |case| &case.contact),
            line("Reviews", |case| &case.review),
            self.cases.iter().filter(|case| is_recorded_otherwise(case)).count()
        )
    }
}

impl View for DueReport {
    fn draw(&self, page: &mut Page) {
        let Some(on) = self.on() else { return page.paragraph("No case to list.") };
        page.heading(1, &format!("Due on {}", date(on)));
        page.paragraph(&self.summary());
        let mut table = Table::new(&["case", "recorded", "computed", "contact", "review"]);
        for case in &self.cases {
            let provisional = if case.provisional { ", provisional" } else { "" };
            let mark = if is_recorded_otherwise(case) { " !" } else { "" };
            let computed = format!("{}{provisional}{mark}", case.computed.as_deref().unwrap_or_default());
            let recorded = case.recorded.as_deref().unwrap_or("none");
            table.row([&case.crn, recorded, &computed, &in_short(&case.contact), &in_short(&case.review)]);
        }
        page.table(&table);
        page.heading(2, "Why");
        page.list(self.cases.iter().flat_map(why));
        page.heading(2, "Six weeks");
        page.verbatim(&self.weeks);
    }

    fn json(&self) -> Value {
        let mut all: Vec<Value> = self.records().collect();
        if self.one_file && all.len() == 1 { all.remove(0) } else { Value::Array(all) }
    }
}

fn is_recorded_otherwise(case: &DueCase) -> bool {
    case.computed.is_some() && case.recorded != case.computed
}

/// What is owed, in a line each of words; what is neither late nor near needs none.
fn why(case: &DueCase) -> impl Iterator<Item = String> {
    let near = |(_, due): &(&str, &Due)| !matches!(due.state, State::NotDue | State::None);
    let line = |(what, due): (&str, &Due)| format!("{} {what} {}: {}", case.crn, spoken(due.state.as_str()), due.why);
    [("contact", &case.contact), (review(&case.review), &case.review)].into_iter().filter(near).map(line)
}

/// A review by its kind, in words.
const fn review(due: &Due) -> &'static str {
    match due.kind {
        Some(ReviewKind::Initial) => "first rating",
        Some(ReviewKind::Triggered) => "review after a significant event",
        Some(ReviewKind::PreRelease) => "assessment before release",
        Some(ReviewKind::Release) => "review after release",
        Some(ReviewKind::Transfer) => "review after a transfer",
        Some(ReviewKind::SixWeekly) | None => "review",
    }
}

/// A due date in a few words: 3 May 2019, 4 days overdue.
fn in_short(due: &Due) -> String {
    let state = spoken(due.state.as_str());
    match (due.due, due.days_overdue) {
        (Some(by), 0) => format!("{}, {state}", date(by)),
        (Some(by), late) => format!("{}, {late} days overdue", date(by)),
        (None, _) => state,
    }
}
