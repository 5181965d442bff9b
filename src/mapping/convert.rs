//! From a text of the source to a value of a case: its spellings, its dates and its numbers, as the mapping says and never guessed.

use super::{
    dates::Dates,
    spelling::{Ambiguous, Spellings},
};
use crate::case::{domain::Domain, sheet_cell::TYPED};
use regex::Regex;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How a text becomes a value.
#[derive(Debug)]
pub(super) struct Convert {
    /// Between the entries of a list that stands in one text.
    pub(super) split: Option<char>,
    /// The part of the text that counts.
    pub(super) pattern: Option<Regex>,
    /// Spellings of nothing, where there is no value table that has them, too.
    pub(super) absent: Spellings,
    /// The value table, where there is one: what each spelling means, [`NOTHING`] or the word of a number.
    pub(super) words: Option<(Spellings, Vec<String>)>,
    pub(super) other: Other,
    pub(super) dates: Option<Dates>,
    pub(super) number: Option<NumberForm>,
    /// Whether the value may be a number or a truth value, as in YAML without quotes.
    pub(super) plain: bool,
}

/// What a spelling of nothing means in a value table.
pub(super) const NOTHING: usize = usize::MAX;

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
    Ambiguous,
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
        if self.absent.has(text) {
            return Converted::Nothing;
        }
        let Some(text) = self.part(text) else { return Converted::Fault(Unfit::NoMatch) };
        if let Some((spellings, words)) = &self.words {
            let means = match spellings.find(text) {
                Ok(Some(NOTHING)) => return Converted::Nothing,
                Ok(means) => means,
                Err(Ambiguous) => return Converted::Fault(Unfit::Ambiguous),
            };
            return match (means.and_then(|means| words.get(means)), &self.other) {
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

    /// The part of a text that counts; nothing where the pattern finds none, or an empty one, which would be taken for absent.
    fn part<'a>(&self, text: &'a str) -> Option<&'a str> {
        let Some(pattern) = &self.pattern else { return Some(text) };
        let found = pattern.captures(text)?.get(usize::from(pattern.captures_len() > 1))?;
        Some(found.as_str()).filter(|part| !part.trim().is_empty())
    }

    /// A converter that fits a domain without being told anything.
    pub(super) fn of(domain: Option<&Domain>) -> Self {
        let plain = matches!(domain, None | Some(Domain::Bool | Domain::Whole { .. } | Domain::Decimal { .. }));
        Self::none(plain)
    }
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
