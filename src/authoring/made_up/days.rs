//! Days of a made-up case: people are seen and assessed on working days.

use crate::calendar::WorkingDays;
use jiff::{ToSpan, civil::Date};

/// The working days, for dates that are made up. Outside the years of the calendar every day counts as one.
pub struct Days(WorkingDays);

impl Days {
    /// The days of England and Wales.
    pub fn shipped() -> Self {
        Self(WorkingDays::shipped())
    }

    /// The date, or the last working day before it.
    pub fn working(&self, date: Date) -> Date {
        self.0.previous_or_same(date).unwrap_or(date)
    }

    /// The `n`-th working day after a date.
    pub fn after(&self, date: Date, n: i64) -> Date {
        self.0.after(date, u32::try_from(n).unwrap_or(0)).unwrap_or(date)
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
