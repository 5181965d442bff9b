//! How the dates of a source are written, as the mapping says and never guessed.

use super::convert::{Unfit, said};
use crate::case::sheet_cell::TYPED;
use jiff::{
    civil::{Date, Time, date},
    fmt::strtime::BrokenDownTime,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// How dates are written, the first form that fits counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Dates {
    pub(super) forms: Vec<DateForm>,
    /// The last two-digit year that is of this century.
    pub(super) pivot: Option<i16>,
}

/// How a date is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `YYYY-MM-DD`, with or without a time behind it.
    Iso,
    /// Days since the beginning of 1900 as spreadsheets count them, with or without a time as a fraction.
    Excel,
    /// By its parts, such as `%d/%m/%Y`.
    Parts {
        parts: String,
        /// Whether anything may follow: written with a `*` at the end.
        is_open: bool,
        /// Whether its year has two digits.
        is_short: bool,
    },
}

impl DateForm {
    /// Reads a form; nothing where it could never give a date.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "iso" => Some(Self::Iso),
            "excel" => Some(Self::Excel),
            _ => {
                let parts = text.strip_suffix('*').unwrap_or(text);
                let day = date(2026, 12, 31);
                let is_short = written_and_read(parts, date(1926, 12, 31)) != Some(date(1926, 12, 31));
                let form = Self::Parts { parts: parts.to_owned(), is_open: parts != text, is_short };
                (written_and_read(parts, day)? == day).then_some(form)
            }
        }
    }

    /// Whether it has a year of two digits.
    pub(super) const fn is_short(&self) -> bool {
        matches!(self, Self::Parts { is_short: true, .. })
    }
}

/// What is read of a day that was written in a form.
fn written_and_read(parts: &str, day: Date) -> Option<Date> {
    let written = jiff::fmt::strtime::format(parts, day.at(1, 2, 3, 0)).ok()?;
    BrokenDownTime::parse_prefix(parts, written.as_bytes()).ok()?.0.to_date().ok()
}

/// The day that parts of a form give. What follows, where something may, goes on with no digit: it would belong to the year.
fn in_parts(parts: &str, is_open: bool, text: &str) -> Option<Date> {
    let (read, length) = BrokenDownTime::parse_prefix(parts, text.as_bytes()).ok()?;
    let after = text.get(length..)?;
    let ends = if is_open { !after.starts_with(|next: char| next.is_ascii_digit()) } else { after.is_empty() };
    read.to_date().ok().filter(|_| ends)
}

impl Dates {
    /// Whether a text may be one day by one form and another day by the next.
    pub(super) fn are_ambiguous(&self) -> bool {
        let day = date(2026, 4, 3);
        let parts = self.forms.iter().filter_map(|form| match form {
            DateForm::Parts { parts, .. } => Some(parts.as_str()),
            DateForm::Iso | DateForm::Excel => None,
        });
        let written = |parts: &str| jiff::fmt::strtime::format(parts, day.at(1, 2, 3, 0)).ok();
        let is_other = |parts: &str, text: &str| {
            in_parts(parts, true, text).is_some_and(|read| read != day && read.year() >= FIRST_YEAR)
        };
        parts.clone().filter_map(written).any(|text| parts.clone().any(|parts| is_other(parts, &text)))
    }

    /// As they stand in most exports of programs.
    pub(super) fn iso() -> Self {
        Self { forms: vec![DateForm::Iso], pivot: None }
    }

    /// The day that a text names. A date of a sheet is written in no form.
    ///
    /// # Errors
    ///
    /// When it is of none of the forms, or its year has fewer digits than the form says.
    pub(super) fn read(&self, text: &str) -> Result<Date, Unfit> {
        if let Some(day) = text.strip_prefix(TYPED).and_then(iso) {
            return Ok(day);
        }
        let (text, mut unfit) = (said(text).trim(), Unfit::NoDate);
        for form in &self.forms {
            let day = match form {
                DateForm::Iso => iso(text),
                DateForm::Excel => excel(text),
                DateForm::Parts { parts, is_open, is_short } => match (in_parts(parts, *is_open, text), self.pivot) {
                    (Some(day), Some(pivot)) if *is_short => turned(day, pivot),
                    (day, _) => day,
                },
            };
            match day {
                Some(day) if day.year() >= FIRST_YEAR => return Ok(day),
                Some(_) => unfit = Unfit::ShortYear,
                None => {}
            }
        }
        Err(unfit)
    }

    /// The time of day that follows a day, where one does, and none of a zone that it would be reckoned in.
    pub(super) fn time_of(&self, text: &str) -> Option<Time> {
        let text = said(text).trim();
        let after = text.split_at_checked(10).map(|(_, after)| after).filter(|_| iso(text).is_some())?;
        let time = after.get(1..).filter(|_| self.forms.contains(&DateForm::Iso))?;
        let is_plain = time.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
        is_plain.then(|| time.parse().ok()).flatten()
    }
}

/// A year before this one was written with fewer digits than four.
const FIRST_YEAR: i16 = 1000;

/// A date whose century is that of the pivot.
fn turned(day: Date, pivot: i16) -> Option<Date> {
    let year = day.year().rem_euclid(100);
    Date::new(if year <= pivot { 2000 + year } else { 1900 + year }, day.month(), day.day()).ok()
}

/// The day of a date that a time may follow, as it is written.
fn iso(text: &str) -> Option<Date> {
    let (day, after) = text.split_at_checked(10)?;
    let is_time = after.is_empty()
        || (after.starts_with(['T', ' ']) && after.get(1..)?.starts_with(|first: char| first.is_ascii_digit()));
    crate::case::day::Day::parse(day).map(|day| day.0).filter(|_| is_time)
}

/// The day that a spreadsheet counts. Before March 1900 it counts a day that there never was.
fn excel(text: &str) -> Option<Date> {
    let days = Decimal::from_str_exact(text).ok()?.trunc().to_i64().filter(|days| (61..=109_573).contains(days))?;
    date(1899, 12, 30).checked_add(jiff::Span::new().days(days)).ok()
}
