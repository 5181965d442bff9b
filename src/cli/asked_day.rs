//! A day of the command line: a date, or one counted from today.

use crate::{case::day::Day, cli::global::Global, error::Error};
use jiff::{Span, civil::Date};
use std::fmt;

/// A day of the command line.
#[derive(Debug, Clone, Copy)]
pub enum AskedDay {
    /// This one.
    Exactly(Date),
    /// So far from today.
    FromToday(Span),
}

impl AskedDay {
    /// Reads a date, `today`, `yesterday`, `tomorrow`, or a distance from today: `+6w`, `-10d`, `+3mo`, `-1y`.
    ///
    /// # Errors
    ///
    /// When it is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let days = match text {
            "today" => Some(0),
            "yesterday" => Some(-1),
            "tomorrow" => Some(1),
            _ => None,
        };
        if let Some(days) = days {
            return Ok(Self::FromToday(Span::new().days(days)));
        }
        let expected =
            "expected a date that exists, written YYYY-MM-DD; today, yesterday, tomorrow; or +6w, -10d, +3mo";
        if text.starts_with(['+', '-']) {
            let span = text.parse::<Span>().ok().filter(is_of_days);
            return span.map(Self::FromToday).ok_or_else(|| expected.to_owned());
        }
        Day::parse(text).map(|day| Self::Exactly(day.0)).ok_or_else(|| expected.to_owned())
    }

    /// The date, where the user is.
    ///
    /// # Errors
    ///
    /// When `TZ` names no time zone, or it lies outside the calendar.
    pub fn date(self, global: &Global) -> Result<Date, Error> {
        match self {
            Self::Exactly(date) => Ok(date),
            Self::FromToday(span) => {
                // A day that could not be written as a date is none that may be meant.
                let day = global.today()?.checked_add(span).ok().and_then(|date| Day::parse(&date.to_string()));
                let wrong = || Error::input(self.to_string(), "leads outside the calendar");
                day.map(|day| day.0).ok_or_else(|| wrong().with_help("name a date, as YYYY-MM-DD"))
            }
        }
    }
}

/// As it is written on a command line.
impl fmt::Display for AskedDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(date) => date.fmt(out),
            Self::FromToday(span) if span.is_zero() => out.write_str("today"),
            Self::FromToday(span) => write!(out, "{}{:#}", if span.is_negative() { '-' } else { '+' }, span.abs()),
        }
    }
}

/// Whether it is of whole days: `m` is a minute, `mo` a month.
fn is_of_days(span: &Span) -> bool {
    let whole = Span::new()
        .try_years(span.get_years())
        .and_then(|whole| whole.try_months(span.get_months()))
        .and_then(|whole| whole.try_weeks(span.get_weeks()))
        .and_then(|whole| whole.try_days(span.get_days()));
    whole.is_ok_and(|whole| whole.fieldwise() == span.fieldwise())
}
