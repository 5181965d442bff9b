//! What could be otherwise in a case: every other value that an input could have, with how far it is from the present one.
//!
//! The distance of a number, or of a word on a short scale such as the levels of risk, is how far it moves as a share of the
//! whole domain: from 62 to 75 on a score of 0 to 100 is 0.13. Truth values, entries of lists, and words of long catalogues
//! such as offences, where the place in the list means nothing, are a fixed share of a quarter.

use crate::{
    case::{
        domain::Domain,
        input::{Input, InputId},
        record::{Kind, Shape},
        value::{List, Value},
    },
    decision::what_if::WhatIf,
    evaluate::possible::value::Atom,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::{collections::BTreeSet, sync::Arc};

/// What a truth value, an entry of a list or a word of a catalogue counts.
const FIXED_SHARE: Decimal = Decimal::from_parts(25, 0, 0, false, 2);
/// The longest closed list of words that is taken for a scale.
const LONGEST_SCALE: usize = 5;
/// The widest range of whole numbers that is tried in full, and the width that an open one counts as.
const WIDEST: i64 = 1_000;

/// How an input changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It has another value.
    Set,
    /// An entry is added to the list.
    Add,
    /// An entry is removed from the list, wherever it stands there.
    Remove,
}

/// One input that would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InputChange {
    /// Path of the input.
    pub path: Arc<str>,
    /// How it changes.
    pub how: How,
    /// What it is now; null where the case does not say, or where an entry is added.
    pub from: Value,
    /// What it would be; null where an entry or a detail goes.
    pub to: Value,
}

/// A change of one or two inputs, and the tier that it gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// The inputs that would be otherwise.
    pub changes: Vec<InputChange>,
    /// The tier that would come out.
    pub tier: String,
    /// How far it is: the sum over its inputs, each a share of its domain.
    #[schemars(with = "f64")]
    #[serde(serialize_with = "as_number")]
    pub distance: Decimal,
}

/// A value to try for an input.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub input: InputId,
    /// The whole value that the rules would see.
    pub value: Value,
    pub change: InputChange,
    pub distance: Decimal,
}

/// What an input is now, as the rules see it.
#[derive(Debug, Clone)]
pub(super) struct Present<'a> {
    pub id: InputId,
    pub input: &'a Input,
    /// What the rules see.
    pub value: Value,
    /// Whether the case does not say, and the value is only taken for it.
    pub assumed: bool,
}

/// How closely the words of an input are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    /// Every one.
    Every,
    /// Of a long catalogue those that the policy can tell apart.
    Thresholds,
}

fn as_number<S: Serializer>(distance: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64(distance.round_dp(4).to_f64().unwrap_or_default())
}

/// Every other value of some inputs; none for dates, texts and histories, which have no end of them. Of numbers those at the
/// ends and on both sides of each threshold that is met when others can be otherwise too: between two of them the rules say
/// the same.
pub(super) fn candidates(
    what_if: &mut WhatIf<'_, '_>,
    present: &[Present<'_>],
    others: &BTreeSet<InputId>,
    grain: Grain,
) -> Vec<Vec<Candidate>> {
    let thresholds =
        what_if.thresholds(present.iter().map(|present| present.id).chain(others.iter().copied()).collect());
    let numbers = |present: &Present<'_>| {
        let fact = thresholds.iter().find(|fact| fact.input == present.id);
        fact.map_or_else(Vec::new, |fact| fact.pieces(&fact.set))
    };
    let named = match grain {
        Grain::Every => BTreeSet::new(),
        Grain::Thresholds => what_if.policy.words_on(what_if.facts.on),
    };
    present.iter().map(|present| of_one(present, &numbers(present), &named, grain)).collect()
}

fn of_one(present: &Present<'_>, pieces: &[Atom], named: &BTreeSet<String>, grain: Grain) -> Vec<Candidate> {
    // The words of a catalogue that a policy can tell apart are those that it names; of the rest one is enough.
    let words = |all: &'static [&'static str]| -> Vec<&'static str> {
        if grain == Grain::Every || all.len() <= LONGEST_SCALE {
            return all.to_vec();
        }
        let is_named = |word: &&&str| named.contains(**word);
        let rest = all.iter().find(|word| !is_named(word));
        all.iter().filter(is_named).chain(rest).copied().collect()
    };
    match &present.input.shape {
        Shape::Leaf(Domain::Date | Domain::Text | Domain::Answers) | Shape::Record(_) => Vec::new(),
        Shape::Leaf(domain) => {
            let mut others: Vec<Value> = match domain {
                Domain::Words(all) => words(all).into_iter().map(Value::Word).collect(),
                Domain::OwnWords(all) => all.iter().map(|word| Value::Text(word.as_str().into())).collect(),
                Domain::Bool => vec![Value::Bool(false), Value::Bool(true)],
                // Of a number that nobody recorded it may be enough that it is.
                Domain::Whole { min, .. } if pieces.is_empty() && present.value.is_absent() => vec![Value::Whole(*min)],
                Domain::Decimal { min, .. } if pieces.is_empty() && present.value.is_absent() => {
                    vec![Value::Decimal(Decimal::from(*min))]
                }
                _ => pieces.iter().flat_map(ends).collect(),
            };
            // A detail that is not there is known not to be, nor is a number of a register; a fact cannot become unknown.
            let of_register = match domain {
                Domain::Whole { min, max } if present.input.kind == Kind::Register => Some([*min, *max]),
                _ => None,
            };
            others.extend(of_register.into_iter().flatten().map(Value::Whole));
            if of_register.is_some() || present.input.kind == Kind::Detail {
                others.push(Value::Absent);
            }
            let other = others.into_iter().filter(|value| *value != present.value);
            other.map(|value| set(present, domain, value)).collect()
        }
        Shape::List(of) => match of.as_ref() {
            Shape::Leaf(Domain::Words(all)) => {
                let kept = words(all);
                let is_there = |word: &&'static str| matches!(&present.value, Value::List(now) if now.contains(&Value::Word(word)));
                let tried = all.iter().filter(|word| kept.contains(word) || is_there(word));
                entries(present, tried.map(|word| Value::Word(word)))
            }
            _ => Vec::new(),
        },
    }
}

/// The first and the last number of a stretch. An open end that counts for nothing is left out.
fn ends(piece: &Atom) -> Vec<Value> {
    let Some(numbers) = piece.numbers() else { return Vec::new() };
    let [low, high] = numbers.ends();
    let kept: BTreeSet<Decimal> = [low, high].into_iter().filter(|end| *end < Decimal::from(i64::MAX)).collect();
    kept.into_iter().filter_map(|end| Value::try_from(&numbers.datum(end)).ok()).collect()
}

fn set(present: &Present<'_>, domain: &Domain, value: Value) -> Candidate {
    let from = if present.assumed { Value::Absent } else { present.value.clone() };
    let change = InputChange { path: Arc::clone(&present.input.path), how: How::Set, from, to: value.clone() };
    Candidate { input: present.id, distance: distance(domain, &present.value, &value), value, change }
}

/// The list with one entry less, and with one more at its end.
fn entries(present: &Present<'_>, words: impl Iterator<Item = Value>) -> Vec<Candidate> {
    let now = match &present.value {
        Value::List(now) => now.clone(),
        _ => List::default(),
    };
    let candidate = |word: Value| {
        let rest = now.iter().filter(|one| **one != word).cloned();
        let (how, from, to, value) = if now.contains(&word) {
            (How::Remove, word.clone(), Value::Absent, Value::list(rest))
        } else {
            (How::Add, Value::Absent, word.clone(), Value::list(rest.chain([word.clone()])))
        };
        let change = InputChange { path: Arc::clone(&present.input.path), how, from, to };
        Candidate { input: present.id, value, change, distance: FIXED_SHARE }
    };
    words.map(candidate).collect()
}

/// How far two values of a domain are apart, as a share of its width.
fn distance(domain: &Domain, from: &Value, to: &Value) -> Decimal {
    let position = |value: &Value| match (domain, value) {
        (Domain::Words(words), Value::Word(word)) if words.len() <= LONGEST_SCALE => {
            words.iter().position(|one| one == word).map(Decimal::from)
        }
        (_, value) => value.number(),
    };
    let width = match domain {
        Domain::Words(words) => Decimal::from(words.len().saturating_sub(1)),
        Domain::Whole { min, max } => Decimal::from(max.saturating_sub(*min).min(WIDEST)),
        Domain::Decimal { min, max } => Decimal::from(max - min),
        _ => Decimal::ONE,
    };
    match (position(from), position(to)) {
        (Some(from), Some(to)) => (to - from).abs().checked_div(width).unwrap_or(Decimal::ONE),
        _ => FIXED_SHARE,
    }
}
