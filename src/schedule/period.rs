//! A period of a standard on the calendar.

use crate::calendar::{OutOfYears, WorkingDays};
use crate::language::standard::Unit;
use jiff::{Span, civil::Date};
use std::fmt;

/// A length of time in the unit that a policy gave it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) every: u32,
    pub(super) unit: Unit,
}

impl Period {
    /// The date one period later, before weekends and holidays are looked at. A month ends on the same day number, or
    /// on the last day of a shorter month.
    pub(super) fn end(self, from: Date, days: &WorkingDays) -> Result<Date, OutOfYears> {
        let every = i64::from(self.every);
        let span = match self.unit {
            Unit::Day => Span::new().try_days(every),
            Unit::Week => Span::new().try_weeks(every),
            Unit::Month => Span::new().try_months(every),
        };
        span.and_then(|span| from.checked_add(span)).map_err(|_| days.outside(Date::MAX))
    }

    /// The last working day within one period from a date: what is due by then keeps to the period. A period so short
    /// that it holds no working day ends on the next one: nothing can be due before it began.
    pub(super) fn due(self, from: Date, days: &WorkingDays) -> Result<Date, OutOfYears> {
        let due = days.previous_or_same(self.end(from, days)?)?;
        if due > from { Ok(due) } else { days.after(from, 1) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
        };
        match self.every {
            1 => write!(out, "{unit}"),
            n => write!(out, "{n} {unit}s"),
        }
    }
}
