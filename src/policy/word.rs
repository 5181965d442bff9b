//! The words of the language that ask something of a case, as functions of values. The script engine calls them, and so does
//! a rule that is answered without it: one definition, two callers.

use crate::{
    calendar::WorkingDays,
    case::{
        derived::days_between,
        value::{Name, Value},
        words::Level,
    },
    policy::engine::MAX_ENTRIES,
};
use jiff::{Span, civil::Date};
use rust_decimal::Decimal;
use std::{cmp::Ordering, sync::Arc};

/// Most working days that are counted.
pub const MAX_WORKING_DAYS: u32 = 1_000;

/// A word over values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// Whether there is a value at all.
    Known,
    /// `a < b`, of numbers or of dates, as are the three that follow.
    Less,
    /// `a <= b`.
    AtMost,
    /// `a > b`.
    More,
    /// `a >= b`.
    AtLeast,
    /// `a == b`.
    Same,
    /// Whether a list holds a value.
    Holds,
    /// A field of a record.
    Field(Arc<str>),
    /// An entry of a list, from 0; of a negative number, from its end.
    Entry(i64),
    /// The number of entries.
    Length,
    /// A list of the values.
    Listed,
    /// A sum of whole numbers, or one list after another.
    Plus,
    /// A difference of whole numbers.
    Minus,
    /// A product of whole numbers.
    Times,
    /// A quotient of whole numbers, without what is left over.
    Divided,
    /// `reaches(level, floor)`.
    Reaches,
    /// `worst(levels)`, of the levels one by one.
    Worst,
    /// `reaching(scores, table)`, of the scores one by one and then the table.
    Reaching,
    /// `band(score, cut_offs)`.
    Band,
    /// `pick(table, score)`.
    Pick,
    /// `overlap(list, list)`.
    Overlap,
    /// `latest(list)`.
    Latest,
    /// `earliest(list)`.
    Earliest,
    /// `dates(list)`.
    Dates,
    /// `between(list, from, to)`.
    Between,
    /// `longest_gap(dates, from, to)`.
    LongestGap,
    /// `covers(periods, date)`.
    Covers,
    /// `changes(list, field)`.
    Changes,
    /// `having(list, field, wanted)`.
    Having,
    /// `days_between(from, to)`.
    DaysBetween,
    /// `days_after(date, n)`.
    DaysAfter,
    /// `months_after(date, n)`.
    MonthsAfter,
    /// `years_after(date, n)`.
    YearsAfter,
    /// `working_days_after(date, n)`.
    WorkingDaysAfter,
}

impl Word {
    /// Whether the word looks at the entries of its first list one by one, so that no list need be made.
    #[must_use]
    pub const fn is_of_each(&self) -> bool {
        matches!(self, Self::Worst | Self::Reaching)
    }

    /// Whether there are values of the right kinds of which the word says nothing, because they are a fault: a date past
    /// the last year, an entry that a list does not have.
    #[must_use]
    pub const fn may_fail(&self) -> bool {
        !matches!(
            self,
            Self::Length
                | Self::Listed
                | Self::Overlap
                | Self::Dates
                | Self::Between
                | Self::Changes
                | Self::Having
                | Self::DaysBetween
        )
    }

    /// Whether what the word gives can be nothing.
    #[must_use]
    pub const fn may_be_absent(&self) -> bool {
        matches!(self, Self::Field(_) | Self::Entry(_) | Self::Latest | Self::Earliest | Self::Pick | Self::Worst)
    }

    /// What a condition says of two values; nothing where the word is no condition, or it cannot be said.
    #[must_use]
    pub fn holds(&self, left: &Value, right: &Value) -> Option<bool> {
        match self {
            Self::Same => Some(same(left, right)),
            Self::Less => order(left, right).map(Ordering::is_lt),
            Self::AtMost => order(left, right).map(Ordering::is_le),
            Self::More => order(left, right).map(Ordering::is_gt),
            Self::AtLeast => order(left, right).map(Ordering::is_ge),
            Self::Reaches => Some(level_rank(left)? >= level_rank(right)?),
            Self::Holds => match left {
                // `in` finds no record in a list, whatever its fields.
                Value::List(list) => {
                    Some(!matches!(right, Value::Record(_)) && list.iter().any(|one| same(one, right)))
                }
                _ => None,
            },
            Self::Covers => match (left, right) {
                (Value::List(periods), Value::Date(date)) => Some(periods.iter().any(|period| holds_on(period, *date))),
                _ => None,
            },
            _ => None,
        }
    }

    /// What the word gives of some values; nothing where it cannot be said, and the script must be asked for the fault.
    #[must_use]
    pub fn of(&self, values: &[&Value], days: &WorkingDays) -> Option<Value> {
        match (self, values) {
            (Self::Known, [value]) => Some(Value::Bool(!value.is_absent())),
            (Self::Field(name), [record]) => field(record, name).cloned(),
            (Self::Entry(index), [Value::List(list)]) => entry(list, *index).cloned(),
            (Self::Length, [Value::List(list)]) => i64::try_from(list.len()).ok().map(Value::Whole),
            (Self::Listed, values) => Some(Value::list(values.iter().map(|value| (*value).clone()))),
            (Self::Plus, [Value::List(left), Value::List(right)]) if left.len() + right.len() <= MAX_ENTRIES => {
                Some(Value::list(left.iter().chain(right.iter()).cloned()))
            }
            (Self::Plus, [Value::Whole(left), Value::Whole(right)]) => left.checked_add(*right).map(Value::Whole),
            (Self::Minus, [Value::Whole(left), Value::Whole(right)]) => left.checked_sub(*right).map(Value::Whole),
            (Self::Times, [Value::Whole(left), Value::Whole(right)]) => left.checked_mul(*right).map(Value::Whole),
            (Self::Divided, [Value::Whole(left), Value::Whole(right)]) => left.checked_div(*right).map(Value::Whole),
            (Self::Worst, levels) => worst(levels),
            (Self::Reaching, [scores @ .., Value::List(table)]) => reaching(scores, table),
            (Self::Band, [score, Value::List(cut_offs)]) => band(score, cut_offs),
            (Self::Pick, [Value::List(table), score]) => pick(table, score),
            (Self::Overlap, [Value::List(left), Value::List(right)]) => Some(overlap(left, right)),
            (
                Self::Same
                | Self::Less
                | Self::AtMost
                | Self::More
                | Self::AtLeast
                | Self::Reaches
                | Self::Holds
                | Self::Covers,
                [left, right],
            ) => self.holds(left, right).map(Value::Bool),
            _ => self.of_history(values, days),
        }
    }

    fn of_history(&self, values: &[&Value], days: &WorkingDays) -> Option<Value> {
        match (self, values) {
            (Self::Latest, [Value::List(list)]) => {
                let latest = list.iter().filter(|entry| date_of(entry).is_some()).max_by_key(|entry| date_of(entry));
                Some(latest.cloned().unwrap_or_default())
            }
            (Self::Earliest, [Value::List(list)]) => {
                let earliest = list.iter().filter(|entry| date_of(entry).is_some()).min_by_key(|entry| date_of(entry));
                Some(earliest.cloned().unwrap_or_default())
            }
            (Self::Dates, [Value::List(list)]) => {
                let mut dates: Vec<Date> = list.iter().filter_map(date_of).collect();
                dates.sort_unstable();
                Some(Value::list(dates.into_iter().map(Value::Date)))
            }
            (Self::Between, [Value::List(list), Value::Date(from), Value::Date(to)]) => {
                let within = |entry: &&Value| date_of(entry).is_some_and(|date| (*from..=*to).contains(&date));
                Some(Value::list(list.iter().filter(within).cloned()))
            }
            (Self::LongestGap, [Value::List(dates), Value::Date(from), Value::Date(to)]) => {
                longest_gap(dates, *from, *to)
            }
            (Self::Changes, [Value::List(list), name]) => Some(changes(list, text(name)?)),
            (Self::Having, [Value::List(list), name, wanted]) => Some(having(list, text(name)?, wanted)),
            (Self::DaysBetween, [Value::Date(from), Value::Date(to)]) => Some(Value::Whole(days_between(*from, *to))),
            (Self::DaysAfter, [Value::Date(date), Value::Whole(n)]) => later(*date, Span::new().try_days(*n)),
            (Self::MonthsAfter, [Value::Date(date), Value::Whole(n)]) => later(*date, Span::new().try_months(*n)),
            (Self::YearsAfter, [Value::Date(date), Value::Whole(n)]) => later(*date, Span::new().try_years(*n)),
            (Self::WorkingDaysAfter, [Value::Date(date), Value::Whole(n)]) => {
                let count = u32::try_from(*n).ok().filter(|n| *n <= MAX_WORKING_DAYS)?;
                days.after(*date, count).ok().map(Value::Date)
            }
            _ => None,
        }
    }
}

/// A word or text.
#[must_use]
pub fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Word(word) => Some(word),
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Whole(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

fn number_order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Whole(left), Value::Whole(right)) => Some(left.cmp(right)),
        _ => Some(number(left)?.cmp(&number(right)?)),
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        _ => number_order(left, right),
    }
}

/// Whether two values are the same: numbers by what they count, words by their letters, lists entry by entry.
#[must_use]
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Whole(left), Value::Whole(right)) => left == right,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Date(left), Value::Date(right)) => left == right,
        (Value::Absent, Value::Absent) => true,
        (Value::Record(left), Value::Record(right)) => {
            let has =
                |(name, value): &(Name, Value)| right.iter().any(|(other, found)| name == other && same(value, found));
            left.len() == right.len() && left.iter().all(has)
        }
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right))
        }
        _ => match (text(left), text(right)) {
            (Some(left), Some(right)) => left == right,
            _ => number(left).zip(number(right)).is_some_and(|(left, right)| left == right),
        },
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Value::Record(fields) = value else { return None };
    fields.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
}

fn entry(list: &[Value], index: i64) -> Option<&Value> {
    let index = if index < 0 { index.checked_add(i64::try_from(list.len()).ok()?)? } else { index };
    list.get(usize::try_from(index).ok()?)
}

/// The date of an entry: the entry itself, or its field `date`.
fn date_of(entry: &Value) -> Option<Date> {
    match entry {
        Value::Date(date) => Some(*date),
        _ => match field(entry, "date")? {
            Value::Date(date) => Some(*date),
            _ => None,
        },
    }
}

/// From its `from` to before its `to`; without `to` a period is open.
fn holds_on(period: &Value, date: Date) -> bool {
    let day = |name| match field(period, name) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    day("from").is_some_and(|from| from <= date) && day("to").is_none_or(|to| date < to)
}

/// The first of the longest times between neighbours among the dates and the two ends.
fn longest_gap(dates: &[Value], from: Date, to: Date) -> Option<Value> {
    if to < from {
        return None;
    }
    let mut points: Vec<Date> = dates.iter().filter_map(date_of).filter(|date| (from..=to).contains(date)).collect();
    points.extend([from, to]);
    points.sort_unstable();
    let mut gap = (from, from);
    for (one, next) in points.iter().zip(points.iter().skip(1)) {
        if days_between(*one, *next) > days_between(gap.0, gap.1) {
            gap = (*one, *next);
        }
    }
    let days = Value::Whole(days_between(gap.0, gap.1));
    Some(Value::record([("from", Value::Date(gap.0)), ("to", Value::Date(gap.1)), ("days", days)]))
}

/// The entries that differ in a field from the one before them, by date.
fn changes(list: &[Value], name: &str) -> Value {
    let mut dated: Vec<(Date, &Value)> = list.iter().filter_map(|entry| Some((date_of(entry)?, entry))).collect();
    dated.sort_by_key(|(date, _)| *date);
    let seen = |entry: &Value| field(entry, name).map_or_else(String::new, ToString::to_string);
    let pairs = dated.iter().zip(dated.iter().skip(1));
    let changed = pairs.filter(|((_, former), (_, entry))| seen(former) != seen(entry));
    Value::list(changed.map(|(_, (_, entry))| (*entry).clone()))
}

/// The entries of which a field is a value, or one of a list of values.
fn having(list: &[Value], name: &str, wanted: &Value) -> Value {
    let is_wanted = |found: &Value| match wanted {
        Value::List(wanted) => wanted.iter().any(|one| same(one, found)),
        wanted => same(wanted, found),
    };
    Value::list(list.iter().filter(|entry| field(entry, name).is_some_and(is_wanted)).cloned())
}

/// The place of a level of risk among the levels, from 0.
fn level_rank(level: &Value) -> Option<usize> {
    let level = text(level)?;
    Level::WORDS.iter().position(|word| *word == level)
}

fn worst(levels: &[&Value]) -> Option<Value> {
    let mut worst: Option<usize> = None;
    for level in levels.iter().filter(|level| !level.is_absent()) {
        worst = worst.max(Some(level_rank(level)?));
    }
    Some(worst.and_then(|worst| Level::WORDS.get(worst)).map_or(Value::Absent, |word| Value::Word(word)))
}

/// How many of some scores reach the cut-off of the row `[name, cut-off]` in the same place.
fn reaching(scores: &[&Value], table: &[Value]) -> Option<Value> {
    let mut count = 0;
    for (score, row) in scores.iter().zip(table) {
        let Value::List(row) = row else { return None };
        count += i64::from(number_order(score, row.get(1)?)?.is_ge());
    }
    (scores.len() == table.len()).then_some(Value::Whole(count))
}

fn band(score: &Value, cut_offs: &[Value]) -> Option<Value> {
    if cut_offs.len() >= Level::WORDS.len() {
        return None;
    }
    let mut reached = 0;
    for cut_off in cut_offs {
        reached += usize::from(number_order(score, cut_off)?.is_ge());
    }
    Level::WORDS.get(reached).map(|word| Value::Word(word))
}

fn pick(table: &[Value], score: &Value) -> Option<Value> {
    let score = number(score)?;
    let mut best: Option<(Decimal, &Value)> = None;
    for row in table {
        let Value::List(row) = row else { return None };
        let [from, entry, ..] = &**row else { return None };
        let from = number(from)?;
        if score >= from && best.is_none_or(|(highest, _)| from > highest) {
            best = Some((from, entry));
        }
    }
    Some(best.map_or(Value::Absent, |(_, entry)| entry.clone()))
}

fn overlap(left: &[Value], right: &[Value]) -> Value {
    let is_there = |value: &&Value| text(value).is_some_and(|word| right.iter().any(|one| text(one) == Some(word)));
    Value::list(left.iter().filter(is_there).cloned())
}

fn later(date: Date, by: Result<Span, jiff::Error>) -> Option<Value> {
    by.and_then(|by| date.checked_add(by)).ok().map(Value::Date)
}
