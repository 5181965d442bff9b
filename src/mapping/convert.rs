//! From a text of the source to a value of a case: its spellings, its dates and its numbers, as the mapping says and never guessed.

use super::spelling::Spellings;
use crate::case::{domain::Domain, sheet_cell::TYPED};
use jiff::{
    civil::{Date, date},
    fmt::strtime::BrokenDownTime,
};
use regex::Regex;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::borrow::Cow;

/// How a text becomes a value.
#[derive(Debug)]
pub(super) struct Convert {
    /// Between the entries of a list that stands in one text.
    pub(super) split: Option<char>,
    /// The part of the text that counts.
    pub(super) pattern: Option<Regex>,
    /// Spellings of nothing.
    pub(super) absent: Spellings,
    /// The value table, where there is one: what each spelling means.
    pub(super) words: Option<(Spellings, Vec<String>)>,
    pub(super) other: Other,
    pub(super) dates: Option<Dates>,
    pub(super) number: Option<NumberForm>,
    /// Whether the value may be a number or a truth value, as in YAML without quotes.
    pub(super) plain: bool,
}

/// What a spelling means that the value table does not have.
#[derive(Debug, Clone)]
pub(super) enum Other {
    /// Nobody knows: a fault.
    Fault,
    /// This word, counted.
    Word(String, usize),
    /// Nothing, counted.
    Absent(usize),
}

/// What is made of a text.
pub(super) enum Converted<'a> {
    Value(Cow<'a, str>),
    Nothing,
    /// Something that the mapping does not say is passed over or taken for another word: counted under this number.
    Counted(Option<String>, usize),
    Fault(Unfit),
}

/// Why a text is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    NotInTable,
    NoDate,
    ShortYear,
    NoNumber,
    NoMatch,
}

/// A text of the source, without the mark of what is a value already.
pub(super) fn said(text: &str) -> &str {
    text.strip_prefix(TYPED).unwrap_or(text)
}

impl Convert {
    /// Leaves a text as it is.
    pub(super) fn none(plain: bool) -> Self {
        Self {
            split: None,
            pattern: None,
            absent: Spellings::default(),
            words: None,
            other: Other::Fault,
            dates: None,
            number: None,
            plain,
        }
    }

    /// The value of one text, which is not empty.
    pub(super) fn apply<'a>(&'a self, text: &'a str) -> Converted<'a> {
        let (whole, text) = (text, said(text).trim());
        if self.absent.find(text).is_some() {
            return Converted::Nothing;
        }
        let text = match self.pattern.as_ref().map(|pattern| pattern.captures(text)) {
            Some(Some(found)) => found.get(1).or_else(|| found.get(0)).map_or("", |part| part.as_str()),
            Some(None) => return Converted::Fault(Unfit::NoMatch),
            None => text,
        };
        if let Some((spellings, words)) = &self.words {
            return match (spellings.find(text).and_then(|means| words.get(means)), &self.other) {
                (Some(word), _) => Converted::Value(Cow::Borrowed(word)),
                (None, Other::Fault) => Converted::Fault(Unfit::NotInTable),
                (None, Other::Word(word, count)) => Converted::Counted(Some(word.clone()), *count),
                (None, Other::Absent(count)) => Converted::Counted(None, *count),
            };
        }
        if let Some(dates) = &self.dates {
            return dates.read(whole).map_or_else(Converted::Fault, |date| Converted::Value(date.to_string().into()));
        }
        if let Some(number) = &self.number {
            // A number of a sheet is written in no form.
            let read = if whole.starts_with(TYPED) { number.plain().read(text) } else { number.read(text) };
            return read.map_or(Converted::Fault(Unfit::NoNumber), |number| Converted::Value(number.into()));
        }
        Converted::Value(Cow::Borrowed(text))
    }

    /// A converter that fits a domain without being told anything.
    pub(super) fn of(domain: Option<&Domain>) -> Self {
        let plain = matches!(domain, None | Some(Domain::Bool | Domain::Whole { .. } | Domain::Decimal { .. }));
        Self::none(plain)
    }
}

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

/// How numbers are written.
#[derive(Debug, Clone, Default)]
pub(super) struct NumberForm {
    pub(super) decimal: Option<char>,
    pub(super) thousands: Option<char>,
    pub(super) percent: bool,
    /// What stands before the number.
    pub(super) strip: Option<String>,
    pub(super) divide: Option<Decimal>,
}

impl NumberForm {
    /// The same of a number that is none of a text.
    fn plain(&self) -> Self {
        Self { divide: self.divide, ..Self::default() }
    }

    fn read(&self, text: &str) -> Option<String> {
        let text = self.strip.as_ref().map_or(Some(text), |strip| text.strip_prefix(strip.as_str()))?;
        let text = if self.percent { text.strip_suffix('%').unwrap_or(text).trim_end() } else { text };
        let (whole, part) = match self.decimal.or(Some('.')).and_then(|mark| text.split_once(mark)) {
            Some((whole, part)) => (whole, Some(part)),
            None => (text, None),
        };
        let whole = match self.thousands {
            Some(mark) if whole.contains(mark) => {
                let mut groups = whole.split(mark);
                let first = groups.next()?.trim_start_matches('-');
                let rest: Vec<&str> = groups.collect();
                let fits = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
                fits.then(|| whole.replace(mark, ""))?
            }
            _ => whole.to_owned(),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole.strip_prefix('-').unwrap_or(&whole)) || !part.is_none_or(is_digits) {
            return None;
        }
        let written = part.map_or(whole.clone(), |part| format!("{whole}.{part}"));
        let number = Decimal::from_str_exact(&written).ok()?;
        let number = self.divide.map_or(Some(number), |by| number.checked_div(by))?;
        Some(number.normalize().to_string())
    }
}
