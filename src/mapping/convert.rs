//! From a text of the source to a value of a case: its spellings, its dates and its numbers, as the mapping says and never guessed.

use super::spelling::Spellings;
use crate::case::domain::Domain;
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
    NoNumber,
    NoMatch,
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
        let text = text.trim();
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
            return dates
                .read(text)
                .map_or(Converted::Fault(Unfit::NoDate), |date| Converted::Value(date.to_string().into()));
        }
        if let Some(number) = &self.number {
            return number
                .read(text)
                .map_or(Converted::Fault(Unfit::NoNumber), |number| Converted::Value(number.into()));
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
    /// By its parts, such as `%d/%m/%Y`; a `*` at the end stands for whatever follows.
    Parts(String),
}

impl DateForm {
    /// Reads a form; nothing where it could never give a date.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "iso" => Some(Self::Iso),
            "excel" => Some(Self::Excel),
            _ => {
                let parts = text.strip_suffix('*').unwrap_or(text);
                let written = jiff::fmt::strtime::format(parts, date(2026, 12, 31).at(1, 2, 3, 0)).ok()?;
                let (read, _) = BrokenDownTime::parse_prefix(parts, written.as_bytes()).ok()?;
                (read.to_date().ok()? == date(2026, 12, 31)).then(|| Self::Parts(text.to_owned()))
            }
        }
    }

    /// Whether it has a year of two digits.
    pub(super) fn is_short(&self) -> bool {
        matches!(self, Self::Parts(parts) if ["%y", "%D", "%-y", "%x", "%c"].iter().any(|short| parts.contains(short)))
    }
}

impl Dates {
    /// As they stand in most exports of programs.
    pub(super) fn iso() -> Self {
        Self { forms: vec![DateForm::Iso], pivot: None }
    }

    /// The day that a text names.
    pub(super) fn read(&self, text: &str) -> Option<Date> {
        let text = text.trim();
        self.forms.iter().find_map(|form| match form {
            DateForm::Iso => iso(text),
            DateForm::Excel => excel(text),
            DateForm::Parts(parts) => {
                let day = match parts.strip_suffix('*') {
                    Some(parts) => BrokenDownTime::parse_prefix(parts, text.as_bytes()).ok()?.0.to_date(),
                    None => BrokenDownTime::parse(parts, text.as_bytes()).ok()?.to_date(),
                };
                match self.pivot.filter(|_| form.is_short()) {
                    Some(pivot) => turned(day.ok()?, pivot),
                    None => day.ok(),
                }
            }
        })
    }
}

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
