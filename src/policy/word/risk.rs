//! What is asked of levels of risk, of scores, and of lists of words.

use super::order::{number, number_order, text};
use crate::case::{value::Value, words::Level};
use rust_decimal::Decimal;

/// The place of a level of risk among the levels, from 0.
pub(super) fn level_rank(level: &Value) -> Option<usize> {
    let level = text(level)?;
    Level::WORDS.iter().position(|word| *word == level)
}

pub(super) fn worst(levels: &[&Value]) -> Option<Value> {
    let mut worst: Option<usize> = None;
    for level in levels.iter().filter(|level| !level.is_absent()) {
        worst = worst.max(Some(level_rank(level)?));
    }
    Some(worst.and_then(|worst| Level::WORDS.get(worst)).map_or(Value::Absent, |word| Value::Word(word)))
}

/// How many of some scores reach the cut-off of the row `[name, cut-off]` in the same place.
pub(super) fn reaching(scores: &[&Value], table: &[Value]) -> Option<Value> {
    let mut count = 0;
    for (score, row) in scores.iter().zip(table) {
        let Value::List(row) = row else { return None };
        count += i64::from(number_order(score, row.get(1)?)?.is_ge());
    }
    (scores.len() == table.len()).then_some(Value::Whole(count))
}

pub(super) fn band(score: &Value, cut_offs: &[Value]) -> Option<Value> {
    if cut_offs.len() >= Level::WORDS.len() {
        return None;
    }
    let mut reached = 0;
    for cut_off in cut_offs {
        reached += usize::from(number_order(score, cut_off)?.is_ge());
    }
    Level::WORDS.get(reached).map(|word| Value::Word(word))
}

pub(super) fn pick(table: &[Value], score: &Value) -> Option<Value> {
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

pub(super) fn overlap(left: &[Value], right: &[Value]) -> Value {
    let is_there = |value: &&Value| text(value).is_some_and(|word| right.iter().any(|one| text(one) == Some(word)));
    Value::list(left.iter().filter(is_there).cloned())
}
