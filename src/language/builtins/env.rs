//! What words look at beside their arguments, at work.

use super::{Env, Given, nested};
use crate::language::{datum::Datum, wrong::Wrong};
use std::fmt::Write;

impl Env {
    /// Whether two values are the same: numbers by what they count, words by their letters, lists entry by entry. What only
    /// a rule makes is the same as nothing.
    ///
    /// # Errors
    ///
    /// When the budget is spent.
    pub fn same(&mut self, left: &Datum, right: &Datum) -> Result<bool, Wrong> {
        Ok(match (left, right) {
            (Datum::Absent, Datum::Absent) => true,
            (Datum::Bool(left), Datum::Bool(right)) => left == right,
            (Datum::Whole(left), Datum::Whole(right)) => left == right,
            (Datum::Date(left), Datum::Date(right)) => left == right,
            (Datum::List(left), Datum::List(right)) => {
                self.budget.work(left.items.len().min(right.items.len()))?;
                if left.items.len() != right.items.len() {
                    return Ok(false);
                }
                for (left, right) in left.items.iter().zip(&right.items) {
                    if !self.same(left, right)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Datum::Table(left), Datum::Table(right)) => {
                self.budget.work(left.entries.len() * right.entries.len())?;
                if left.entries.len() != right.entries.len() {
                    return Ok(false);
                }
                for (name, value) in &left.entries {
                    match right.get(name) {
                        Some(other) if self.same(value, other)? => {}
                        _ => return Ok(false),
                    }
                }
                true
            }
            _ => match (left.as_text(), right.as_text()) {
                (Some(left), Some(right)) => {
                    self.budget.work(left.len() / 64)?;
                    left == right
                }
                _ => left.as_number().zip(right.as_number()).is_some_and(|(left, right)| left == right),
            },
        })
    }

    /// Whether a value is the same as one of some. Their number is to be counted before.
    ///
    /// # Errors
    ///
    /// When the budget is spent.
    pub fn is_among(&mut self, some: &[Datum], value: &Datum) -> Result<bool, Wrong> {
        for one in some {
            if self.same(one, value)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A value in words, for texts and reasons.
    ///
    /// # Errors
    ///
    /// When the budget is spent.
    pub fn in_words(&mut self, value: &Datum) -> Result<String, Wrong> {
        let mut text = String::new();
        self.write_words(value, &mut text)?;
        Ok(text)
    }

    /// The same, written behind a text.
    ///
    /// # Errors
    ///
    /// When the budget is spent.
    pub fn write_words(&mut self, value: &Datum, into: &mut String) -> Result<(), Wrong> {
        self.budget.work(1)?;
        let before = into.len();
        match value {
            Datum::Absent => into.push_str("not known"),
            Datum::Bool(value) => into.push_str(if *value { "true" } else { "false" }),
            // Writing into a string cannot fail.
            Datum::Whole(value) => drop(write!(into, "{value}")),
            Datum::Decimal(value) => drop(write!(into, "{value}")),
            Datum::Date(value) => drop(write!(into, "{value}")),
            Datum::Word(word) => into.push_str(word),
            Datum::Text(text) => {
                self.budget.room(text.len() as u64)?;
                into.push_str(text);
            }
            Datum::List(list) => {
                into.push('[');
                for (number, item) in list.items.iter().enumerate() {
                    into.push_str(if number > 0 { ", " } else { "" });
                    self.write_words(item, into)?;
                }
                into.push(']');
            }
            Datum::Table(table) => {
                into.push_str("#{");
                for (number, (name, item)) in table.entries.iter().enumerate() {
                    self.budget.room(name.len() as u64)?;
                    let _ = write!(into, "{}{name:?}: ", if number > 0 { ", " } else { "" }, name = &**name);
                    self.write_words(item, into)?;
                }
                into.push('}');
            }
            other => into.push_str(other.kind()),
        }
        self.budget.room((into.len() - before).min(64) as u64)
    }

    /// Counts the room for a list of so many entries.
    ///
    /// # Errors
    ///
    /// When the budget is spent.
    pub fn list(&mut self, items: Vec<Datum>) -> Given {
        self.budget.work(items.len() / 4)?;
        self.budget.room((items.len() * size_of::<Datum>() + 32) as u64)?;
        nested(Datum::list(items))
    }
}
