//! The words of the language that ask something of a case, as functions of values. The script engine calls them, and so does
//! a rule that is answered without it: one definition, two callers.

mod history;
mod order;
mod risk;

use self::{
    history::{changes, date_of, entry, field, having, holds_on, later, longest_gap},
    order::{order, same, text},
    risk::{band, level_rank, overlap, pick, reaching, worst},
};
use crate::{
    calendar::{WorkingDays, days_between},
    case::value::Value,
    policy::{engine::MAX_ENTRIES, vocabulary::counted},
};
use jiff::{Span, civil::Date};
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
    /// `counted(n, thing)`.
    Counted,
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
                | Self::Counted
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
            (Self::Counted, [Value::Whole(n), thing]) => Some(Value::Text(counted(*n, text(thing)?).into())),
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
