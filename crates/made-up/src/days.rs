//! Days of a made-up case: people are seen and assessed on working days.

use jiff::{ToSpan, civil::Date};
use std::iter::successors;

/// The working days, for dates that are made up.
pub struct Days(Box<dyn Fn(Date) -> bool>);

impl Days {
    /// The days that a calendar calls working days.
    pub fn new(is_working: impl Fn(Date) -> bool + 'static) -> Self {
        Self(Box::new(is_working))
    }

    /// The date, or the last working day before it.
    pub fn working(&self, date: Date) -> Date {
        let mut before = successors(Some(date), |day| day.yesterday().ok());
        before.find(|day| (self.0)(*day)).unwrap_or(date)
    }

    /// The `n`-th working day after a date.
    pub fn after(&self, date: Date, n: i64) -> Date {
        let Ok(n @ 1..) = usize::try_from(n) else { return date };
        let following = successors(date.tomorrow().ok(), |day| day.tomorrow().ok());
        following.filter(|day| (self.0)(*day)).nth(n - 1).unwrap_or(date)
    }
}

/// The date so many days later, or earlier where the number is negative.
pub fn later(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}

/// How many days lie from one date to another.
pub fn from_to(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
