//! A missing fact never gives a lower tier than the fact would. Whatever is not known is taken as what asks for most; a rule that
//! asks whether something is known can undo that.

use super::{
    Proof, Property, Shown, ask,
    pool::put,
    region::{Said, Space},
    stretch::{Stretch, alone},
};
use crate::{
    case::{input::InputId, record::Kind, value::Value},
    decision::range::place,
    evaluate::{
        evaluator::Held,
        possible::{
            OpenFact,
            value::{Atom, end},
        },
    },
    language::datum::Datum,
};
use std::{collections::BTreeSet, rc::Rc};

/// Most values of a fact that its absence is held against one by one.
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
    let values: Vec<Atom> = pieces.into_iter().filter(|atom| !matches!(atom, Atom::Known(Datum::Absent))).collect();
    let given: Vec<Rc<[Atom]>> = match values.len() {
        0..=MAX_VALUES => values.iter().map(alone).collect(),
        // Where they are many, all at once: what comes of one is within what can come of them.
        _ => vec![values.into()],
    };
    let apart: BTreeSet<InputId> = presence.into_iter().chain([id]).collect();
    let space = Space { root: stretch.root.clone(), apart, ..Space::default() };
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
        &mut |stretch, held| shown(stretch, held, &path, &given),
    )
}

/// A case of a region whose tier is lower without the fact.
fn shown(stretch: &mut Stretch<'_>, held: &Held, path: &str, given: &[Rc<[Atom]>]) -> Option<Shown> {
    let mut values: Vec<Value> = given.iter().rev().map(|set| end(set, true)).collect();
    values.extend(given.iter().map(|set| end(set, false)).filter(|value| !values.contains(value)).collect::<Vec<_>>());
    stretch.show(held, &mut |pool, text| {
        std::iter::once(None).chain(values.iter().map(Some)).find_map(|value| {
            let mut with = text.clone();
            if let Some(value) = value {
                put(&mut with, path, value)?;
            }
            let tier = pool.run(&mut with)?.1.ok()?.tier?;
            let mut without = with.clone();
            if !without.unset(path) {
                return None;
            }
            let acted_on = pool.acted_on(&without)?;
            let places = [&acted_on, &tier].map(|tier| place(pool.tiers(), Some(tier)));
            // A tier outside the order is neither higher nor lower.
            let is_lower = places[0] > 0 && places[0] < places[1];
            is_lower.then(|| (format!("without `{path}` the tier is {acted_on}, with it {tier}"), vec![without, with]))
        })
    })
}
