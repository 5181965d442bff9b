//! A missing fact never gives a lower tier than the fact would. Whatever is not known is taken as what asks for most; a rule that
//! asks whether something is known can undo that.

use super::{
    Proof, Property, ask,
    pool::put,
    region::{Said, Space},
    stretch::{Stretch, alone},
};
use crate::{
    case::{input::InputId, record::Kind, value::Value},
    decision::{range::place, ruling::rule},
    evaluate::possible::{
        OpenFact,
        value::{Atom, end},
    },
    language::datum::Datum,
};
use std::{collections::BTreeSet, rc::Rc};

/// Most values of a fact that its absence is held against.
const MAX_VALUES: usize = 24;

/// A proof for each fact of which the rules that bear on the tier ask whether it is known.
pub(super) fn missing(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let root = stretch.root.clone();
    let Some(spread) = stretch.outlook(&root) else { return Vec::new() };
    let domain = &stretch.evaluator.possible().domain;
    let (facts, questions) = (domain.facts.clone(), domain.questions.clone().unwrap_or_default());
    let inputs = stretch.policy.inputs();
    let asked = facts.iter().filter(|fact| spread.reads.contains(&fact.input)).filter_map(|fact| {
        let is_given = |atom: &Atom| !matches!(atom, Atom::Known(Datum::Absent));
        match questions.get(fact.input) {
            // Asked by itself: the value, if it is read at all, is a fact beside it.
            Some(question) if question.text.starts_with("known(") => {
                let id = question.inputs.iter().next().copied()?;
                let value = facts.iter().find(|fact| fact.input == id);
                (inputs.get(id).kind == Kind::Fact).then(|| (id, Some(fact.input), value.cloned()))
            }
            Some(_) => None,
            // Told by its value.
            None => {
                let described = inputs.get(fact.input);
                let can_lack = described.kind == Kind::Fact && !fact.set.iter().all(is_given);
                can_lack.then(|| (fact.input, None, Some(fact.clone())))
            }
        }
    });
    let asked: Vec<_> = asked.collect();
    asked.into_iter().map(|(id, presence, value)| of_fact(stretch, id, presence, value.as_ref())).collect()
}

fn of_fact(stretch: &mut Stretch<'_>, id: InputId, presence: Option<InputId>, fact: Option<&OpenFact>) -> Proof {
    let path = stretch.policy.inputs().get(id).path.to_string();
    let nothing: Rc<[Atom]> = alone(&Atom::Known(Datum::Absent));
    let pieces: Vec<Atom> = fact.map(|fact| fact.pieces(&fact.set)).unwrap_or_default();
    let given: Vec<Rc<[Atom]>> =
        pieces.iter().filter(|atom| !matches!(atom, Atom::Known(Datum::Absent))).take(MAX_VALUES).map(alone).collect();
    let apart: BTreeSet<InputId> = presence.into_iter().chain([id]).collect();
    let space = Space { root: stretch.root.clone(), apart, more: Vec::new() };
    let there: Rc<[Atom]> = alone(&Atom::Known(Datum::Bool(true)));
    ask(
        stretch,
        (Property::MissingFact, path.clone()),
        &space,
        &mut |stretch, held| {
            let mut reads = BTreeSet::new();
            let mut places = |stretch: &mut Stretch<'_>, is_there: bool, value: Option<&Rc<[Atom]>>| {
                let mut held = held.clone();
                match (presence, is_there) {
                    (Some(presence), true) => drop(held.insert(presence, Rc::clone(&there))),
                    (Some(presence), false) => drop(held.insert(presence, Rc::clone(&nothing))),
                    (None, false) => drop(held.insert(id, Rc::clone(&nothing))),
                    (None, true) => {}
                }
                if let Some(value) = value {
                    held.insert(id, Rc::clone(value));
                }
                let spread = stretch.outlook(&held)?;
                reads.extend(spread.reads.iter().copied());
                // A tier outside the order is neither higher nor lower.
                let is_outside = spread.all.surely_decides && spread.places == [0, 0];
                (!is_outside).then_some(spread.places)
            };
            let ways: Vec<Option<&Rc<[Atom]>>> =
                if given.is_empty() { vec![None] } else { given.iter().map(Some).collect() };
            let highest = ways.iter().filter_map(|value| places(stretch, true, *value)).map(|places| places[1]).max();
            // Without a value of its own the highest that it could have counts.
            let lacking: Vec<[usize; 2]> = match presence {
                Some(_) => ways.iter().filter_map(|value| places(stretch, false, *value)).collect(),
                None => places(stretch, false, None).into_iter().collect(),
            };
            let lowest = lacking.iter().map(|places| places[0]).max();
            let said = match (highest, lowest) {
                (Some(highest), Some(lowest)) if highest > lowest => Said::Open,
                _ => Said::Holds,
            };
            (said, reads)
        },
        &mut |stretch, held| {
            let values: Vec<Value> = given.iter().rev().map(|set| end(set, false)).collect();
            stretch.show(held, &mut |pool, text| {
                let values: Vec<Option<&Value>> =
                    if values.is_empty() { vec![None] } else { values.iter().map(Some).collect() };
                values.into_iter().find_map(|value| {
                    let mut given = text.clone();
                    if let Some(value) = value {
                        put(&mut given, &path, value)?;
                    }
                    let tier = pool.run(&mut given)?.1.ok()?.tier?;
                    let mut lacking = given.clone();
                    if !lacking.unset(&path) {
                        return None;
                    }
                    let facts = pool.facts(&lacking)?;
                    let without = rule(&mut pool.assessor, &facts).ok()?.tier?;
                    if pool.tiers().is_outside(&without) {
                        return None;
                    }
                    let places = [&without, &tier].map(|tier| place(pool.tiers(), Some(tier)));
                    let is_lower = places[0] > 0 && places[0] < places[1];
                    is_lower.then(|| {
                        (format!("without `{path}` the tier is {without}, with it {tier}"), vec![lacking, given])
                    })
                })
            })
        },
    )
}
