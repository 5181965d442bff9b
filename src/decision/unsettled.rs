//! What would settle an open tier: for each missing fact, which of its values leave which tiers, the most decisive fact first.

use crate::{
    case::{derived::given_as, value::Value},
    decision::range::{place, stretches},
    evaluate::{
        evaluator::Evaluator,
        inputs::Facts,
        possible::{
            numbers::{Grain, Numbers},
            value::Atom,
        },
    },
};
use rust_decimal::Decimal;
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// Numbers from this on; from the lowest where neither it nor `above` is there. One with decimals is written as text.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Value>,
    /// Numbers with decimals above this, which is not one of them.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Value>,
    /// Numbers below this; up to the highest where neither it nor `up_to` is there.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Value>,
    /// Numbers with decimals up to this, which is one of them.
    #[schemars(schema_with = "bound")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Value>,
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

impl Unsettled {
    /// The path at which a case gives it.
    #[must_use]
    pub fn to_find_out(&self) -> Arc<str> {
        match given_as(&self.path) {
            path if path == &*self.path => Arc::clone(&self.path),
            path => path.into(),
        }
    }
}

impl Stretch {
    /// Whether it settles the tier.
    #[must_use]
    pub fn settles(&self) -> bool {
        self.lowest == self.highest
    }
}

/// The facts whose values bear on the tier, the most decisive first; where none does by itself, those that do together. None leaves
/// more open than is: the lowest and the highest tier.
pub(super) fn unsettled(evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>, ends: &[String; 2]) -> Vec<Unsettled> {
    let within = ends.each_ref().map(|tier| place(evaluator.tiers(), Some(tier)));
    let tiers = evaluator.tiers().ordered().to_vec();
    // Where no tier lies outside the order, nothing is below the lowest of it.
    let lowest_place = usize::from(evaluator.tiers().outside().is_empty());
    let name = |place: usize| place.max(lowest_place).checked_sub(1).and_then(|rank| tiers.get(rank)).cloned();
    let (mut found, mut together): (Vec<(usize, Unsettled)>, Vec<Unsettled>) = (Vec::new(), Vec::new());
    for (input, spreads) in stretches(evaluator, facts) {
        let mut gives: Vec<(Vec<Atom>, [usize; 2])> = Vec::new();
        let mut settling = 0;
        for (piece, spread) in &spreads {
            let left = spread.places.map(|place| place.clamp(within[0], within[1]));
            settling += usize::from(left[0] == left[1]);
            match gives.last_mut().filter(|(_, places)| *places == left) {
                Some((atoms, _)) => atoms.extend(piece.iter().cloned()),
                None => gives.push((piece.to_vec(), left)),
            }
        }
        let is_alone = gives.len() > 1;
        let last = gives.len() - 1;
        let stretch = |(at, (atoms, places)): (usize, (Vec<Atom>, [usize; 2]))| {
            let numbers = atoms.first().and_then(Atom::numbers).zip(atoms.last().and_then(Atom::numbers));
            let mut one = Stretch { lowest: name(places[0]), highest: name(places[1]), ..Stretch::default() };
            match numbers {
                Some((first, last_of_it)) => {
                    bound_by(&mut one, (at > 0).then_some(first), (at < last).then_some(last_of_it));
                }
                None => one.words = words(&atoms),
            }
            one
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

/// Puts the bounds of a stretch of numbers: at its lower end those of the first, at its upper end those of the last.
fn bound_by(stretch: &mut Stretch, first: Option<Numbers>, last: Option<Numbers>) {
    let value = |numbers: &Numbers, number: Decimal| Value::try_from(&numbers.datum(number)).ok();
    match first {
        Some(numbers) if numbers.above_low => stretch.above = value(&numbers, numbers.low),
        Some(numbers) => stretch.from = value(&numbers, numbers.low),
        None => {}
    }
    match last {
        Some(numbers) if numbers.grain != Grain::Decimal => {
            stretch.below = value(&numbers, numbers.high + Decimal::ONE);
        }
        Some(numbers) if numbers.below_high => stretch.below = value(&numbers, numbers.high),
        Some(numbers) => stretch.up_to = value(&numbers, numbers.high),
        None => {}
    }
}

fn words(atoms: &[Atom]) -> Vec<Value> {
    let known = |atom: &Atom| match atom {
        Atom::Known(datum) => Value::try_from(datum).ok(),
        _ => None,
    };
    atoms.iter().filter_map(known).collect()
}
