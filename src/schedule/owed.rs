//! Something that is owed by a date, and what that date rests on.

use super::period::Period;
use crate::calendar::{OutOfYears, WorkingDays};
use jiff::civil::{Date, Weekday};
use std::fmt::Write;

/// What a due date is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    Start,
    Custody,
    Release,
    Return,
    Transfer,
    Seen,
    Raised,
    Rated,
    Event,
    ReleaseKnown,
}

/// How a due date follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// So many working days after something.
    Within { since: Since, date: Date, n: u32 },
    /// So many times in every period, the last of which began with something.
    Every { since: Since, date: Date, period: Period, times: u32 },
    /// So many calendar days before release.
    BeforeRelease { release: Date, days: u32 },
}

/// Why a due date outlived a lowered tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It had passed when the tier was lowered.
    Overdue(Date),
    /// The person had not been seen since the phase began when the tier was lowered.
    Unseen(Date),
}

/// Something owed by a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owed {
    pub(super) date: Date,
    pub(super) basis: Basis,
    pub(super) kept: Option<Kept>,
}

/// What is owed, if anything. It stays in doubt while its date rests on a day outside the calendar, and that is an error
/// only if the answer still rests on it in the end: a sentence may be older than the calendar.
pub(super) type Reckoned = Result<Option<Owed>, OutOfYears>;

/// So many working days after something.
pub(super) fn within(since: Since, date: Date, n: u32, days: &WorkingDays) -> Reckoned {
    let due = days.after(date, n)?;
    Ok(Some(Owed { date: due, basis: Basis::Within { since, date, n }, kept: None }))
}

/// One period after something.
pub(super) fn every(since: Since, date: Date, period: Period, times: u32, days: &WorkingDays) -> Reckoned {
    let due = period.due(date, days)?;
    Ok(Some(Owed { date: due, basis: Basis::Every { since, date, period, times }, kept: None }))
}

/// The earlier of two, the first when they fall together; nothing owed is never.
pub(super) fn earlier(one: Reckoned, other: Reckoned) -> Reckoned {
    Ok(match (one?, other?) {
        (Some(one), Some(other)) => Some(if one.date <= other.date { one } else { other }),
        (one, other) => one.or(other),
    })
}

/// The later of two, the first when they fall together; nothing owed is never.
pub(super) fn later(one: Reckoned, other: Reckoned) -> Reckoned {
    Ok(match (one?, other?) {
        (Some(one), Some(other)) => Some(if one.date >= other.date { one } else { other }),
        _ => None,
    })
}

/// A date as a person would say it.
pub(super) fn spoken(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

impl Owed {
    /// Why it is owed by its date, in words.
    pub(super) fn why(&self, days: &WorkingDays) -> String {
        let mut words = self.basis.words();
        let counted = self.basis.counted(days);
        if let Some(day) = counted.filter(|day| *day != self.date) {
            // Writing to a text cannot fail.
            let _ = write!(words, "; {} is {}", spoken(day), kind_of_day(day, days));
        }
        match self.kept {
            Some(Kept::Overdue(lowered)) => {
                let _ = write!(
                    words,
                    "; the tier was lowered on {} when it was overdue, which clears nothing",
                    spoken(lowered)
                );
            }
            Some(Kept::Unseen(lowered)) => {
                let _ = write!(
                    words,
                    "; the tier was lowered on {} before a contact, which moves nothing",
                    spoken(lowered)
                );
            }
            None => {}
        }
        words
    }
}

impl Basis {
    fn words(&self) -> String {
        match *self {
            Self::Within { since, date, n } => {
                let days = if n == 1 { "day" } else { "days" };
                format!("{}, due within {n} working {days}", since.words(date))
            }
            Self::Every { since, date, period, times: 0 | 1 } => format!("{}, every {period}", since.words(date)),
            Self::Every { since, date, period, times } => {
                format!("{}, {times} contacts every {period}", since.words(date))
            }
            Self::BeforeRelease { release, days } => {
                format!("release on {}, an assessment {days} days before", spoken(release))
            }
        }
    }

    /// The day that was counted to, before it moved to a working day.
    fn counted(&self, days: &WorkingDays) -> Option<Date> {
        match *self {
            Self::Within { .. } => None,
            Self::Every { date, period, .. } => period.end(date, days).ok(),
            Self::BeforeRelease { release, days } => days_before(release, days),
        }
    }
}

/// So many calendar days before a date.
pub(super) fn days_before(date: Date, days: u32) -> Option<Date> {
    let span = jiff::Span::new().try_days(i64::from(days)).ok()?;
    date.checked_sub(span).ok()
}

impl Since {
    fn words(self, date: Date) -> String {
        let what = match self {
            Self::Start => "started on",
            Self::Custody => "in custody since",
            Self::Release => "released on",
            Self::Return => "back on",
            Self::Transfer => "transferred on",
            Self::Seen => "seen on",
            Self::Raised => "tier raised on",
            Self::Rated => "rated on",
            Self::Event => "a significant event on",
            Self::ReleaseKnown => "release date known on",
        };
        format!("{what} {}", spoken(date))
    }
}

fn kind_of_day(day: Date, days: &WorkingDays) -> &'static str {
    match day.weekday() {
        Weekday::Saturday => "a Saturday",
        Weekday::Sunday => "a Sunday",
        _ if days.holiday(day).is_some() => "a bank holiday",
        _ => "a working day",
    }
}
