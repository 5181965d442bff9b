//! What changed between two books: the totals of each officer, and every change; and the same for programs.

use crate::{
    book_diff::{
        BookChange, Ledger,
        change::ChangeKind,
        ledger::{BookRead, HANDED_OVER, OfficerTotals, TAKEN_OVER, Totals},
        recorded_answer::ON_TRIAL,
    },
    decision::PolicyMark,
    report::{
        View,
        book_diff_json::BookDiffDocument,
        page::Page,
        phrases::{count_of, date, on_dates},
        table::Table,
    },
};
use serde::Serialize;
use std::sync::Arc;

/// What changed between two books.
#[derive(Debug)]
pub struct BookDiffReport {
    /// How the two are called, the earlier one first.
    pub names: [String; 2],
    /// The policy that both were looked at with; none for two outputs, which say what came out of them.
    pub policy: Option<PolicyMark>,
    /// The books.
    pub ledger: Ledger,
}

/// The columns of the totals: what they are called, and what they add up.
const COLUMNS: &[(&str, &[&str])] = &[
    ("new", &["new"]),
    ("closed", &["closed"]),
    ("taken", &[TAKEN_OVER]),
    ("given", &[HANDED_OVER]),
    ("overdue", &["contact_overdue", "review_overdue"]),
    ("cleared", &["contact_cleared", "review_cleared"]),
    ("up", &["tier_up"]),
    ("down", &["tier_down"]),
    ("other tier", &["tier_changed"]),
    ("reviewed", &["reviewed"]),
    ("rating gone", &["rating_gone"]),
    ("no answer", &["no_answer"]),
    ("answer", &["answered"]),
];

impl View for BookDiffReport {
    fn draw(&self, page: &mut Page) {
        page.heading(1, &self.title());
        self.sentences().iter().for_each(|sentence| page.paragraph(sentence));
        self.draw_totals(page);
        for group in self.by_officer() {
            group.iter().take(1).for_each(|first| page.section(&whose(first.officer.as_ref())));
            for change in group {
                page.named(2, 12, change.crn.as_deref().unwrap_or("no reference"), &said(change));
            }
        }
    }

    fn json(&self) -> impl Serialize {
        BookDiffDocument::of(self)
    }
}

impl BookDiffReport {
    /// The columns of the totals, and a row an officer: of what there was, and of no more.
    pub(super) fn totals(&self) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let (officers, all) = self.ledger.totals();
        let sum = |totals: &Totals, words: &[&str]| words.iter().filter_map(|word| totals.get(word)).sum::<usize>();
        let columns: Vec<_> = COLUMNS.iter().filter(|(_, words)| sum(&all, words) > 0).collect();
        let row = |name: &str, totals: &Totals| -> Vec<String> {
            let number = |number: usize| if number == 0 { String::new() } else { number.to_string() };
            let numbers = columns.iter().map(|(_, words)| number(sum(totals, words)));
            std::iter::once(name.to_owned()).chain(numbers).collect()
        };
        let of_officer = |(officer, totals): &OfficerTotals| row(officer.as_deref().unwrap_or("no officer"), totals);
        let mut rows: Vec<Vec<String>> = officers.iter().map(of_officer).collect();
        if !self.ledger.changes.is_empty() {
            rows.push(row("all", &all));
        }
        (columns.iter().map(|(name, _)| *name).collect(), rows)
    }

    fn draw_totals(&self, page: &mut Page) {
        let (columns, rows) = self.totals();
        let head: Vec<&str> = std::iter::once("").chain(columns).collect();
        let mut table = Table::new(&head).of_numbers();
        for row in rows {
            table.cells(row);
        }
        page.table(&table);
    }

    /// What it is called.
    pub(super) fn title(&self) -> String {
        let [from, to] = self.names.each_ref();
        let [before, after] = &self.ledger.read;
        let when = |read: &BookRead, name: &String| match read.dates {
            Some([first, last]) if first == last => date(last),
            _ => name.clone(),
        };
        format!("What changed from {} to {}", when(before, from), when(after, to))
    }

    /// How much there is, and what must be said of the books, a sentence each.
    pub(super) fn sentences(&self) -> Vec<String> {
        let [before, after] = &self.ledger.read;
        let many = self.ledger.changes.len();
        let otherwise = self.policy.as_ref().and_then(PolicyMark::otherwise);
        let otherwise = otherwise.map(|otherwise| format!(" A trial with {otherwise}.")).unwrap_or_default();
        let (cases, changes) = (count_of(before.cases, "case"), count_of(many, "change"));
        let mut all = vec![format!("{cases} before, {} after: {changes}.{otherwise}", after.cases)];
        if before.made_by != after.made_by {
            // A table says what a trial took otherwise, and not its policy.
            let is_trial = [before, after].iter().any(|read| read.made_by.iter().any(|by| by.contains(ON_TRIAL)));
            let alike = if !is_trial && [before, after].iter().any(|read| read.made_by.is_empty()) {
                "It is not told whether they were made alike; if not, some changes are none of a case"
            } else {
                "They were not made alike, so that not every change is one of a case"
            };
            let made_by = |read: &BookRead| {
                let policies = read.made_by.iter().cloned().collect::<Vec<_>>().join(" and ");
                if policies.is_empty() { "a policy that it does not name, on no trial".to_owned() } else { policies }
            };
            all.push(format!("{alike}: the earlier one by {}, the later one by {}.", made_by(before), made_by(after)));
        }
        for (name, read) in self.names.iter().zip(&self.ledger.read) {
            if let Some([first, last]) = read.dates.filter(|[first, last]| first != last) {
                all.push(format!("In {name}{}.", on_dates(first, last)));
            }
        }
        for (name, read) in self.names.iter().zip(&self.ledger.read).filter(|(_, read)| !read.twice.is_empty()) {
            let crns: Vec<&str> = read.twice.iter().map(|crn| &**crn).collect();
            all.push(format!("More than once in {name}, where the first counts: {}.", crns.join(", ")));
        }
        all
    }

    /// The changes, those of an officer together.
    pub(super) fn by_officer(&self) -> impl Iterator<Item = &[BookChange]> {
        self.ledger.changes.chunk_by(|one, next| one.officer == next.officer)
    }
}

pub(super) fn whose(officer: Option<&Arc<str>>) -> String {
    officer.map_or_else(|| "Without an officer".to_owned(), |officer| format!("Officer {officer}"))
}

/// A change in a line.
pub(super) fn said(change: &BookChange) -> String {
    let [before, after] = [&change.before, &change.after].map(|text| text.as_deref().unwrap_or("none"));
    let why = change.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    let on = change.date.map(date).unwrap_or_default();
    let late = count_of(change.days_overdue as usize, "day");
    match change.change {
        ChangeKind::New => format!("new, {after}{why}"),
        ChangeKind::Closed => format!("closed, was {before}{why}"),
        ChangeKind::NoAnswer => format!("no answer{why}"),
        ChangeKind::Answered => format!("has an answer again, {after}"),
        ChangeKind::OfficerChanged => format!("officer {before} to {after}"),
        ChangeKind::TierUp => format!("tier up, {before} to {after}{why}"),
        ChangeKind::TierDown => format!("tier down, {before} to {after}{why}"),
        ChangeKind::TierChanged => format!("tier {before} to {after}{why}"),
        ChangeKind::RatingGone => format!("the rating of {on}, {before}, is on record no longer; now {after}"),
        ChangeKind::Reviewed if before == after => format!("reviewed on {on}, {after} as before"),
        ChangeKind::Reviewed => format!("reviewed on {on}, {before} to {after}"),
        ChangeKind::ContactOverdue => format!("contact overdue since {on}, {late}"),
        ChangeKind::ReviewOverdue => format!("review overdue since {on}, {late}"),
        ChangeKind::ContactCleared => format!("contact no longer overdue, was due on {on}"),
        ChangeKind::ReviewCleared => format!("review no longer overdue, was due on {on}"),
    }
}
