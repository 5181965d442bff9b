//! Case files for tests, written line by line.

use super::reference;
use brag::{
    calendar::WorkingDays,
    case::Case,
    schedule::{Due, Schedule, schedule},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, fmt::Write, sync::LazyLock};

pub static DAYS: LazyLock<WorkingDays> = LazyLock::new(WorkingDays::shipped);

/// A case file in the making.
#[derive(Debug, Clone, Default)]
pub struct File {
    head: Vec<String>,
    lists: BTreeMap<&'static str, Vec<String>>,
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl File {
    /// An order in the community.
    pub fn starting(date: &str) -> Self {
        Self::default().with(&format!("sentence: {{type: community_order, imposed_on: {date}, starts_on: {date}}}"))
    }

    /// An order in the community with an end.
    pub fn from_to(start: &str, end: &str) -> Self {
        Self::default().with(&format!("sentence: {{type: community_order, starts_on: {start}, ends_on: {end}}}"))
    }

    /// A sentence that begins in custody; a `to` is the day of release.
    pub fn in_custody(date: &str, to: &str) -> Self {
        Self::default()
            .with(&format!("sentence: {{type: custody, imposed_on: {date}, starts_on: {date}}}"))
            .custody(date, to)
    }

    /// Any line at the top level.
    pub fn with(mut self, line: &str) -> Self {
        self.head.push(line.to_owned());
        self
    }

    fn entry(mut self, list: &'static str, entry: String) -> Self {
        self.lists.entry(list).or_default().push(entry);
        self
    }

    pub fn rated(self, date: &str, tier: &str) -> Self {
        self.entry("ratings", format!("{{date: {date}, tier: {tier}}}"))
    }

    pub fn seen(self, date: &str) -> Self {
        self.contact(date, "office", "attended")
    }

    pub fn contact(self, date: &str, mode: &str, outcome: &str) -> Self {
        self.contact_with(date, mode, outcome, "case_manager")
    }

    pub fn contact_with(self, date: &str, mode: &str, outcome: &str, with: &str) -> Self {
        self.entry("contacts", format!("{{date: {date}, mode: {mode}, with: {with}, outcome: {outcome}}}"))
    }

    pub fn event(self, date: &str) -> Self {
        self.entry("events", format!("{{date: {date}, type: other, significant: true}}"))
    }

    pub fn quiet_event(self, date: &str) -> Self {
        self.entry("events", format!("{{date: {date}, type: other}}"))
    }

    pub fn transferred(self, date: &str) -> Self {
        self.entry("transfers", format!("{{date: {date}}}"))
    }

    pub fn custody(self, from: &str, to: &str) -> Self {
        let to = if to.is_empty() { String::new() } else { format!(", to: {to}") };
        self.entry("custody", format!("{{from: {from}{to}}}"))
    }

    pub fn status(self, status: &str, from: &str, to: &str, evidence: bool) -> Self {
        let to = if to.is_empty() { String::new() } else { format!(", to: {to}") };
        self.entry("status", format!("{{status: {status}, from: {from}{to}, evidence: {evidence}}}"))
    }

    pub fn release(self, date: &str, known: &str) -> Self {
        self.with(&format!("release: {{date: {date}, known_on: {known}}}"))
    }

    /// The same file with every list written in another order; ratings of one date keep theirs.
    pub fn shuffled(mut self, turn: usize) -> Self {
        for entries in self.lists.values_mut() {
            let by = (turn / 2).checked_rem(entries.len()).unwrap_or(0);
            entries.rotate_left(by);
            if turn % 2 == 1 {
                entries.reverse();
            }
        }
        self
    }

    pub fn case(&self) -> Case {
        let mut text = "crn: X000001\n".to_owned();
        for line in &self.head {
            writeln!(text, "{line}").unwrap();
        }
        let list = |name: &str| self.lists.get(name).map(|entries| entries.join(", ")).unwrap_or_default();
        for name in ["ratings", "contacts", "events", "custody"] {
            writeln!(text, "{name}: [{}]", list(name)).unwrap();
        }
        if !self.head.iter().any(|line| line.starts_with("supervision")) {
            writeln!(text, "supervision: {{transfers: [{}], status: [{}]}}", list("transfers"), list("status"))
                .unwrap();
        }
        Case::parse(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}")).0
    }

    pub fn schedule(&self, on: Date) -> Schedule {
        let case = self.case();
        schedule(&case, on, &reference::standards(&case), &DAYS).unwrap()
    }

    /// The contact on a date, as `state` or `state date`.
    pub fn contact_on(&self, on: &str) -> String {
        short(&self.schedule(day(on)).contact)
    }

    /// The review on a date, as `state` or `state date kind`.
    pub fn review_on(&self, on: &str) -> String {
        short(&self.schedule(day(on)).review)
    }
}

/// An answer on one line: its state, how late, its date and its kind.
pub fn short(due: &Due) -> String {
    let mut text = due.state.to_string();
    if due.days_overdue > 0 {
        write!(text, " by {}", due.days_overdue).unwrap();
    }
    if let Some(date) = due.due {
        write!(text, " {date}").unwrap();
    }
    if let Some(kind) = due.kind {
        write!(text, " {kind}").unwrap();
    }
    text
}
