//! What is asked of a history: a list of dated entries, or of dates.

use super::order::same;
use crate::{calendar::days_between, case::value::Value};
use jiff::{Span, civil::Date};

pub(super) fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Value::Record(fields) = value else { return None };
    fields.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
}

pub(super) fn entry(list: &[Value], index: i64) -> Option<&Value> {
    let index = if index < 0 { index.checked_add(i64::try_from(list.len()).ok()?)? } else { index };
    list.get(usize::try_from(index).ok()?)
}

/// The date of an entry: the entry itself, or its field `date`.
pub(super) fn date_of(entry: &Value) -> Option<Date> {
    match entry {
        Value::Date(date) => Some(*date),
        _ => match field(entry, "date")? {
            Value::Date(date) => Some(*date),
            _ => None,
        },
    }
}

/// From its `from` to before its `to`; without `to` a period is open.
pub(super) fn holds_on(period: &Value, date: Date) -> bool {
    let day = |name| match field(period, name) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    day("from").is_some_and(|from| from <= date) && day("to").is_none_or(|to| date < to)
}

/// The first of the longest times between neighbours among the dates and the two ends.
pub(super) fn longest_gap(dates: &[Value], from: Date, to: Date) -> Option<Value> {
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
pub(super) fn changes(list: &[Value], name: &str) -> Value {
    let mut dated: Vec<(Date, &Value)> = list.iter().filter_map(|entry| Some((date_of(entry)?, entry))).collect();
    dated.sort_by_key(|(date, _)| *date);
    let seen = |entry: &Value| field(entry, name).map_or_else(String::new, ToString::to_string);
    let pairs = dated.iter().zip(dated.iter().skip(1));
    let changed = pairs.filter(|((_, former), (_, entry))| seen(former) != seen(entry));
    Value::list(changed.map(|(_, (_, entry))| (*entry).clone()))
}

/// The entries of which a field is a value, or one of a list of values.
pub(super) fn having(list: &[Value], name: &str, wanted: &Value) -> Value {
    let is_wanted = |found: &Value| match wanted {
        Value::List(wanted) => wanted.iter().any(|one| same(one, found)),
        wanted => same(wanted, found),
    };
    Value::list(list.iter().filter(|entry| field(entry, name).is_some_and(is_wanted)).cloned())
}

pub(super) fn later(date: Date, by: Result<Span, jiff::Error>) -> Option<Value> {
    by.and_then(|by| date.checked_add(by)).ok().map(Value::Date)
}
