//! One due date as an answer: where it stands on a date, and why.

use super::{
    events::History,
    owed::{Owed, days_before, spoken},
};
use crate::calendar::{WorkingDays, days_between};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// Where a due date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The date has passed.
    Overdue,
    /// The date has passed, by no more days than the policy tolerates.
    InGrace,
    /// It is due today.
    Due,
    /// It is due soon.
    Upcoming,
    /// It is due later.
    NotDue,
    /// Contact is suspended, on evidence.
    Suspended,
    /// The sentence ends before it would be due.
    EndsFirst,
    /// Nothing is owed: the sentence has ended, or nothing is asked for.
    None,
}

impl State {
    /// The word for it, as every format writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::InGrace => "in_grace",
            Self::Due => "due",
            Self::Upcoming => "upcoming",
            Self::NotDue => "not_due",
            Self::Suspended => "suspended",
            Self::EndsFirst => "ends_first",
            Self::None => "none",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// What a review is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// The first confirmed rating.
    Initial,
    /// The regular review.
    SixWeekly,
    /// A significant event.
    Triggered,
    /// The assessment before release.
    PreRelease,
    /// The first review after release.
    Release,
    /// A transfer from another area.
    Transfer,
}

impl ReviewKind {
    /// The word for it, as every format writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::SixWeekly => "six_weekly",
            Self::Triggered => "triggered",
            Self::PreRelease => "pre_release",
            Self::Release => "release",
            Self::Transfer => "transfer",
        }
    }
}

impl fmt::Display for ReviewKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// A contact or a review: by when it is owed, where that stands, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Due {
    /// By when; null when nothing is owed, or not before the sentence ends.
    pub due: Option<Date>,
    /// Where that stands on the date asked about.
    pub state: State,
    /// Calendar days since the due date, when it is overdue.
    pub days_overdue: u32,
    /// What a review is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ReviewKind>,
    /// Why, in one line of words.
    pub why: String,
}

impl Due {
    const fn without_date(state: State, why: String) -> Self {
        Self { due: None, state, days_overdue: 0, kind: None, why }
    }

    pub(super) const fn none(why: String) -> Self {
        Self::without_date(State::None, why)
    }

    pub(super) const fn suspended(why: String) -> Self {
        Self::without_date(State::Suspended, why)
    }

    pub(super) fn ended(history: &History) -> Self {
        Self::without_date(State::None, sentence_ended(history))
    }
}

/// When the sentence ended, in words.
pub(super) fn sentence_ended(history: &History) -> String {
    let ended = history.ends.map(|last| format!(" on {}", spoken(last)));
    format!("supervision ended{}", ended.unwrap_or_default())
}

/// What a due date is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    /// The date asked about.
    pub(super) on: Date,
    /// The last day of supervision.
    pub(super) ends: Option<Date>,
    /// Calendar days before a due date from which it is upcoming.
    pub(super) upcoming: u32,
    /// Calendar days after a due date that are tolerated.
    pub(super) grace: u32,
}

impl Answer {
    /// Where something owed stands.
    pub(super) fn due(&self, owed: Owed, days: &WorkingDays) -> Due {
        let why = owed.why(days);
        if let Some(ends) = self.ends.filter(|ends| owed.date > *ends) {
            let why = format!("supervision ends on {}, before {}: {why}", spoken(ends), spoken(owed.date));
            return Due::without_date(State::EndsFirst, why);
        }
        let late = u32::try_from(days_between(owed.date, self.on)).unwrap_or(0);
        let opens = days_before(owed.date, self.upcoming);
        let state = match self.on {
            on if on == owed.date => State::Due,
            on if on > owed.date && late > self.grace => State::Overdue,
            on if on > owed.date => State::InGrace,
            on if opens.is_none_or(|opens| on >= opens) => State::Upcoming,
            _ => State::NotDue,
        };
        let days_overdue = if state == State::Overdue { late } else { 0 };
        Due { due: Some(owed.date), state, days_overdue, kind: None, why }
    }
}
