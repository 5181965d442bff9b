//! A case that moves, looked for by splitting what the rules that differ read: with those inputs open both policies say which
//! tiers can be; where both can give one and the same, nothing moves, and elsewhere the inputs are halved at the thresholds of
//! both.

use super::Search;
use crate::{
    case::{
        input::{Input, InputId, Source},
        record::Shape,
        value::Value,
    },
    evaluate::{
        evaluator::{Held, halves},
        inputs::{Assumed, Facts},
        possible::{OpenFact, value::end},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most parts that the inputs of one case are split into.
const MAX_PARTS: usize = 200;

/// The case with other values of what some rules read, so that it moves; nothing where none was found.
pub(super) fn moving(
    search: &mut Search<'_, '_>,
    case: &serde_json::Value,
    rules: &BTreeSet<Arc<str>>,
) -> Option<serde_json::Value> {
    let parsed = Arc::new(crate::case::Case::quick_json(&case.to_string())?);
    let facts = search.sides.facts(&parsed, search.on);
    let read: BTreeSet<InputId> =
        search.sides.read_by(&facts, rules).into_iter().filter(|input| can_be_set(&facts, *input)).collect();
    let mut open = vec![Held::new()];
    for _ in 0..MAX_PARTS {
        if search.is_spent() {
            return None;
        }
        let held = open.pop()?;
        let (places, thresholds) = places(search, &facts, &read, &held);
        if places[0] == places[1] && places[0][0] == places[0][1] {
            continue;
        }
        for last in [true, false] {
            let values = thresholds.values().filter_map(|fact| {
                let set = held.get(&fact.input).unwrap_or(&fact.set);
                Some((input_of_both(&facts, fact.input)?, end(set, last)))
            });
            let other = with(case, values)?;
            if search.moves(&other).is_some() {
                return Some(other);
            }
        }
        open.extend(halves(thresholds.values(), &held).into_iter().flatten());
    }
    None
}

/// The input of a number, unless the number is of one input in the old policy and of another in the new one, as those of their own
/// can be.
fn input_of_both(facts: &[Arc<Facts>; 2], id: InputId) -> Option<&Input> {
    let [old, new] = facts.each_ref().map(|facts| facts.inputs.all().get(usize::from(id.0)));
    match (old, new) {
        (Some(old), Some(new)) => (old.path == new.path).then_some(new),
        (old, new) => old.or(new),
    }
}

/// Whether a case can give the input a value of its own.
fn can_be_set(facts: &[Arc<Facts>; 2], id: InputId) -> bool {
    input_of_both(facts, id).is_some_and(|input| {
        matches!((&input.source, &input.shape), (Source::Field(_) | Source::Local(_), Shape::Leaf(_)))
    })
}

/// The tiers that can be while the inputs are open, of both policies, and where the values of the inputs begin to matter.
fn places(
    search: &mut Search<'_, '_>,
    facts: &[Arc<Facts>; 2],
    read: &BTreeSet<InputId>,
    held: &Held,
) -> ([[usize; 2]; 2], BTreeMap<InputId, OpenFact>) {
    let mut all: BTreeMap<InputId, OpenFact> = BTreeMap::new();
    let mut places = [[0; 2]; 2];
    for ((evaluator, facts), places) in search.sides.evaluators(facts).into_iter().zip(facts).zip(&mut places) {
        evaluator.open(facts, Assumed::new());
        evaluator.possible().domain.open_these(read.clone());
        evaluator.possible().domain.hold(held.clone());
        *places = evaluator.outlook().places;
        for fact in &evaluator.possible().domain.facts {
            let known = all.entry(fact.input).or_insert_with(|| fact.clone());
            known.cuts.extend(&fact.cuts);
            known.every |= fact.every;
        }
    }
    search.count(facts);
    (places, all)
}

/// The case with other values.
fn with<'i>(case: &serde_json::Value, values: impl Iterator<Item = (&'i Input, Value)>) -> Option<serde_json::Value> {
    let mut case = case.clone();
    for (input, value) in values {
        let path = &input.path;
        let value = match &value {
            Value::Decimal(number) => serde_json::Value::Number(number.to_string().parse().ok()?),
            value => serde_json::to_value(value).ok()?,
        };
        let mut place = &mut case;
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            // A need may be written as its score alone.
            if step == "score" && place.is_number() && steps.peek().is_none() {
                break;
            }
            place =
                place.as_object_mut()?.entry(step).or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
        }
        *place = value;
    }
    Some(case)
}
