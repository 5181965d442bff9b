//! What would settle an open tier: for each missing fact, which of its values leave which tiers, the most decisive fact first.

use crate::{
    case::value::Value,
    decision::range::stretches,
    evaluate::{evaluator::Evaluator, inputs::Facts, possible::value::Atom},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use std::sync::Arc;

/// A fact that would settle the tier, or narrow what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unsettled {
    /// Path of the input.
    pub path: Arc<str>,
    /// Its values, one stretch after another from the lowest, each with the tiers that it leaves open; one stretch of all of them where it
    /// settles something together with other facts only.
    #[schemars(length(min = 1))]
    pub gives: Vec<Stretch>,
}

/// Some values of a fact, numbers between two bounds, or words or truth values, and the tiers that they leave open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// Numbers from this on; from the lowest where it is not there. One with decimals is written as text.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// Numbers below this; up to the highest where it is not there.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Value>,
    /// These words or truth values.
    #[schemars(length(min = 1), schema_with = "known_values")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Value>,
    /// The lowest tier that is left; null where that is outside the order.
    pub lowest: Option<String>,
    /// The highest tier that is left.
    pub highest: Option<String>,
}

/// A number that is known.
fn bound(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["integer", "string"] })
}

/// Values that are known.
fn known_values(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": { "type": ["boolean", "integer", "string"] } })
}

impl Stretch {
    /// Whether it settles the tier.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.lowest == self.highest
    }
}

/// The facts whose values bear on the tier, the most decisive first; where none does by itself, those that do together.
pub(super) fn unsettled(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>) -> Vec<Unsettled> {
    let tiers = evaluator.tiers().ordered().to_vec();
    // Where no tier lies outside the order, nothing is below the lowest of it.
    let lowest_place = usize::from(evaluator.tiers().outside().is_empty());
    let name = |place: usize| place.max(lowest_place).checked_sub(1).and_then(|rank| tiers.get(rank)).cloned();
    let (mut found, mut together): (Vec<(usize, Unsettled)>, Vec<Unsettled>) = (Vec::new(), Vec::new());
    for (input, spreads) in stretches(evaluator, facts) {
        let mut gives: Vec<(Vec<Atom>, [usize; 2])> = Vec::new();
        let mut settling = 0;
        for (piece, spread) in &spreads {
            settling += usize::from(spread.places[0] == spread.places[1]);
            match gives.last_mut().filter(|(_, places)| *places == spread.places) {
                Some((atoms, _)) => atoms.extend(piece.iter().cloned()),
                None => gives.push((piece.to_vec(), spread.places)),
            }
        }
        let is_alone = gives.len() > 1;
        let last = gives.len() - 1;
        let stretch = |(at, (atoms, places)): (usize, (Vec<Atom>, [usize; 2]))| {
            let next = |bound: Option<Value>, is_end: bool| bound.filter(|_| !is_end);
            let (from, below) = bounds(&atoms);
            let words = if from.is_some() || below.is_some() { Vec::new() } else { words(&atoms) };
            Stretch {
                from: next(from, at == 0),
                below: next(below, at == last),
                words,
                lowest: name(places[0]),
                highest: name(places[1]),
            }
        };
        let path = Arc::clone(&facts.inputs.get(input).path);
        let fact = Unsettled { path, gives: gives.into_iter().enumerate().map(stretch).collect() };
        if is_alone {
            found.push((settling * 1_000 / spreads.len().max(1), fact));
        } else {
            together.push(fact);
        }
    }
    // Where none of them narrows it by itself, all of them do together.
    if found.is_empty() {
        return together;
    }
    found.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    found.into_iter().map(|(_, one)| one).collect()
}

/// The first number of a stretch, and the first past it.
fn bounds(atoms: &[Atom]) -> (Option<Value>, Option<Value>) {
    let is_number = |atom: &Atom| atom.numbers();
    let (Some(first), Some(last)) = (atoms.first().and_then(is_number), atoms.last().and_then(is_number)) else {
        return (None, None);
    };
    let value = |datum| Value::try_from(&datum).ok();
    let step = |whole: bool| if whole { rust_decimal::Decimal::ONE } else { rust_decimal::Decimal::ZERO };
    let is_whole = last.grain != crate::evaluate::possible::numbers::Grain::Decimal;
    (value(first.datum(first.low)), value(last.datum(last.high + step(is_whole))))
}

fn words(atoms: &[Atom]) -> Vec<Value> {
    let known = |atom: &Atom| match atom {
        Atom::Known(datum) => Value::try_from(datum).ok(),
        _ => None,
    };
    atoms.iter().filter_map(known).collect()
}
