//! Where a case stands in a book, as far as two books are compared.

use crate::{
    case::{
        Case,
        phase::{last_day, start},
    },
    schedule::{Due, State, assess::DueCase},
};
use jiff::civil::Date;
use std::sync::Arc;

/// Where a case stands. What an output does not say is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The date that it is looked at for.
    pub on: Date,
    /// The tier to act on.
    pub tier: Option<Arc<str>>,
    /// What the tier comes from: a rule, or `override`.
    pub rule: Option<Arc<str>>,
    /// The rating last recorded.
    pub rated: Option<(Date, Arc<str>)>,
    /// The next contact.
    pub contact: Owed,
    /// The next review.
    pub review: Owed,
    /// Whether it says who holds the case, where somebody does.
    pub says_officer: bool,
    /// Reference of the case manager.
    pub officer: Option<Arc<str>>,
    /// Local delivery unit.
    pub office: Option<Arc<str>>,
    /// Whether supervision has ended.
    pub ended: bool,
}

/// What is owed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Owed {
    /// By when.
    pub due: Option<Date>,
    /// Whether that has passed.
    pub is_overdue: bool,
    /// Calendar days since then, when it is overdue.
    pub days: u32,
}

impl Position {
    /// Where a case of a book stands.
    #[must_use]
    pub fn of(case: &Case, due: &DueCase) -> Self {
        let word = |word: &Option<String>| word.as_deref().map(Arc::from);
        let ratings = case.ratings.iter().filter(|rating| rating.date.0 <= due.on);
        let rated = ratings.max_by_key(|rating| rating.date).map(|rating| (rating.date.0, rating.tier.as_str().into()));
        // A last day that lies before the first is a mistake in the record, and nothing that has ended.
        let last = last_day(case, due.on).filter(|last| start(case).is_none_or(|start| start <= *last));
        Self {
            on: due.on,
            tier: word(&due.tier),
            rule: due.rule.clone(),
            rated,
            contact: Owed::of(&due.contact),
            review: Owed::of(&due.review),
            says_officer: true,
            officer: word(&due.officer),
            office: word(&due.office),
            ended: last.is_some_and(|last| last < due.on),
        }
    }
}

impl Owed {
    const fn of(due: &Due) -> Self {
        Self { due: due.due, is_overdue: matches!(due.state, State::Overdue), days: due.days_overdue }
    }
}
