//! Which of two values comes first, and whether they are the same.

use crate::case::value::{Name, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A word or text.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Word(word) => Some(word),
        Value::Text(text) => Some(text),
        _ => None,
    }
}

pub(super) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Whole(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

pub(super) fn number_order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Whole(left), Value::Whole(right)) => Some(left.cmp(right)),
        _ => Some(number(left)?.cmp(&number(right)?)),
    }
}

pub(super) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        _ => number_order(left, right),
    }
}

/// Whether two values are the same: numbers by what they count, words by their letters, lists entry by entry.
pub(super) fn same(left: &Value, right: &Value) -> bool {
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
