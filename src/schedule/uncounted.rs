//! Contacts that are on record and owe nobody anything.

use crate::case::{Case, words::ContactOutcome};
use jiff::civil::Date;
use serde::Serialize;

/// Contacts on record that do not count for what is owed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Uncounted {
    /// Those by the date of which it is not said how they went.
    pub without_outcome: usize,
    /// Those after the date.
    pub later: usize,
}

impl Uncounted {
    /// Those of a case, on a date.
    #[must_use]
    pub fn of(case: &Case, on: Date) -> Self {
        let later = case.contacts.iter().filter(|contact| contact.date.0 > on).count();
        let open = |outcome: Option<ContactOutcome>| outcome.is_none_or(|outcome| outcome == ContactOutcome::Planned);
        let past = case.contacts.iter().filter(|contact| contact.date.0 <= on);
        Self { without_outcome: past.filter(|contact| open(contact.outcome)).count(), later }
    }

    /// In a sentence; nothing where all count.
    #[must_use]
    pub fn in_words(self) -> Option<String> {
        let told = [(self.without_outcome, "without an outcome"), (self.later, "after the date")];
        let told: Vec<String> =
            told.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}")).collect();
        (!told.is_empty()).then(|| format!("contacts not counted: {}", told.join(", ")))
    }
}
