//! More risk never gives a lower tier: one input that speaks of risk is raised by a step, everything else stays as it is, and the
//! two tiers are held against each other. A highest floor of floors that each rise is one that rises, so that rules are looked at
//! one by one first, and together only where that does not settle it.

mod falls;
mod steps;
mod through;

use self::{
    falls::shown,
    steps::{Rising, lists_of, of_fact, of_question},
};

use super::{
    Numbers, Proof, Property, Verdict, ask,
    region::{Found, Said, Space, search},
    stretch::Stretch,
};
use crate::{
    case::{input::InputId, risk::grows},
    evaluate::{
        evaluator::{Held, Spread, Vacant},
        possible::{asked::Questions, numbers::Grain, value::Atom},
    },
    language::lower::excepted,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Numbers of what rules that do not read an input give together, one an axis.
const REST: u16 = 0x7000;

/// More risk never gives a lower tier: a proof for each input that speaks of it and bears on the tier.
pub(super) fn more_risk(stretch: &mut Stretch<'_>) -> Vec<Proof> {
    let Some(spread) = stretch.outlook(&stretch.root.clone()) else { return Vec::new() };
    let mut by_input: BTreeMap<InputId, (Vec<Rising>, bool)> = BTreeMap::new();
    let facts = stretch.evaluator.possible().domain.facts.clone();
    for fact in facts.iter().filter(|fact| spread.reads.contains(&fact.input)) {
        if !Questions::is_one(fact.input) {
            if let Some(rising) = of_fact(stretch, fact) {
                by_input.entry(fact.input).or_default().0.push(rising);
            }
            continue;
        }
        for list in lists_of(stretch, fact.input) {
            let known = by_input.entry(list).or_default();
            match of_question(stretch, fact) {
                Some(rising) => known.0.push(rising),
                None => known.1 = true,
            }
        }
    }
    // What is read where it is not followed has no step, and then nothing is known of it.
    let inputs = stretch.policy.inputs();
    let unfollowed = spread.reads.iter().filter(|id| !Questions::is_one(**id) && grows(inputs.get(**id)).is_some());
    for id in unfollowed {
        by_input.entry(*id).or_insert_with(|| (Vec::new(), true));
    }
    let excepted: BTreeSet<String> =
        stretch.policy.list("NOT_RISK").iter().map(|one| excepted(one).to_owned()).collect();
    let asked = by_input.into_iter().filter(|(id, _)| !excepted.contains(&*inputs.get(*id).path));
    asked.map(|(id, (rising, is_unclear))| of_input(stretch, id, &rising, is_unclear)).collect()
}

fn of_input(stretch: &mut Stretch<'_>, id: InputId, rising: &[Rising], is_unclear: bool) -> Proof {
    let about = stretch.policy.inputs().get(id).path.to_string();
    let mut whole = Proof { property: Property::MoreRisk, about, verdict: Verdict::Proved { shown: None }, regions: 0 };
    for one in rising {
        stretch.is_vacant = false;
        for (at, step) in one.steps.iter().chain(&one.far).enumerate() {
            // Steps one after the other are enough, unless one of them leads through cases without a tier.
            if at >= one.steps.len() && !stretch.is_vacant {
                break;
            }
            let proof = of_step(stretch, id, one.id, step);
            whole.regions += proof.regions;
            match proof.verdict {
                Verdict::Proved { .. } => {}
                refuted @ Verdict::Refuted { .. } => {
                    whole.verdict = refuted;
                    return whole;
                }
                verdict @ Verdict::NotDecided { .. } => whole.verdict = verdict,
            }
        }
    }
    if is_unclear && matches!(whole.verdict, Verdict::Proved { .. }) {
        let why = "it is read where it is not followed, or asked in a way of which it is not known which way it goes"
            .to_owned();
        whole.verdict = Verdict::NotDecided { why };
    }
    whole
}

fn of_step(stretch: &mut Stretch<'_>, input: InputId, id: InputId, step: &[Rc<[Atom]>; 2]) -> Proof {
    let space = Space { root: stretch.root.clone(), apart: BTreeSet::from([id]), ..Space::default() };
    let mut regions = 0;
    // Each rule by itself is enough where floors alone make the tier.
    if !stretch.has_tier_function() && stretch.decides_outside_only() && !stretch.whole.all.anything {
        let mut all_rise = true;
        for at in reading(stretch, id) {
            if let Some(cut) = through::through(stretch, at, id, step) {
                regions += cut;
                continue;
            }
            let (found, cut) = search(
                stretch,
                &space,
                &mut |stretch, held| rule_rises(stretch, at, &both(held, id, step)),
                &mut |stretch, held| shown(stretch, held, input, id, step),
            );
            regions += cut;
            match found {
                Found::Holds => {}
                Found::Case(shown) => {
                    let verdict = Verdict::Refuted { shown: Some(shown) };
                    return Proof { property: Property::MoreRisk, about: String::new(), verdict, regions };
                }
                Found::Neither(_) => all_rise = false,
            }
        }
        if all_rise {
            let verdict = Verdict::Proved { shown: None };
            return Proof { property: Property::MoreRisk, about: String::new(), verdict, regions };
        }
    }
    let proof = together(stretch, space, input, id, step);
    Proof { regions: proof.regions + regions, ..proof }
}

/// Whether the floor of a rule is no lower in the second of two regions.
fn rule_rises(stretch: &mut Stretch<'_>, at: usize, regions: &[Held; 2]) -> (Said, BTreeSet<InputId>) {
    let [before, after] = regions.each_ref().map(|held| {
        stretch.evaluator.hold(held);
        stretch.evaluator.says(at)
    });
    stretch.is_vacant |= [&before, &after].iter().any(|said| matches!(said, Err(Vacant::Fails)));
    let (Ok((before, mut reads)), Ok((after, more))) = (before, after) else {
        return (Said::Holds, BTreeSet::new());
    };
    reads.extend(more);
    let holds = !before.anything && !after.anything && before.floor[1] <= after.floor[0];
    (if holds { Said::Holds } else { Said::Open }, reads)
}

/// A region before a step, and after it.
fn both(held: &Held, id: InputId, step: &[Rc<[Atom]>; 2]) -> [Held; 2] {
    step.each_ref().map(|set| {
        let mut held = held.clone();
        held.insert(id, Rc::clone(set));
        held
    })
}

/// The rules that bear on the tier and read an input.
fn reading(stretch: &mut Stretch<'_>, id: InputId) -> BTreeSet<usize> {
    stretch.evaluator.hold(&stretch.root.clone());
    let bearing = stretch.bearing.clone();
    let reads = |at: &usize| match stretch.evaluator.says(*at) {
        Ok((said, reads)) => said.anything || reads.contains(&id),
        Err(_) => true,
    };
    bearing.into_iter().filter(reads).collect()
}

/// All rules together. What those that do not read the input give is the same before and after.
fn together(stretch: &mut Stretch<'_>, mut space: Space, input: InputId, id: InputId, step: &[Rc<[Atom]>; 2]) -> Proof {
    let axes: Vec<String> = stretch.policy.tiers().axes().to_vec();
    let reading = reading(stretch, id);
    let rest: BTreeSet<usize> = stretch.bearing.difference(&reading).copied().collect();
    let of_rest = stretch.evaluator.outlook_of(Some(&rest)).all;
    let gives_points_only = of_rest.floor == [0, 0] && of_rest.decides.is_empty() && !of_rest.anything;
    let points_only = !axes.is_empty() && stretch.has_tier_function() && gives_points_only;
    if points_only {
        for (axis, number) in axes.iter().zip(REST..) {
            let [least, most] = of_rest.points.get(axis).copied().unwrap_or_default();
            let numbers = Numbers::new(least.into(), most.into(), Grain::Whole);
            space.more.push((InputId(number), [numbers.atom()].into()));
        }
    }
    let more = space.more.clone();
    ask(
        stretch,
        (Property::MoreRisk, String::new()),
        &space,
        &mut |stretch, held| {
            let sides = both(held, id, step).map(|held| {
                if !points_only {
                    return stretch.outlook(&held);
                }
                stretch.evaluator.hold(&held);
                let rest = axes.iter().zip(&more).map(|(axis, (id, set))| {
                    let set = held.get(id).unwrap_or(set);
                    (axis.clone(), bounds(set))
                });
                let spread = stretch.evaluator.outlook_beside(&reading, rest.collect());
                stretch.is_vacant |= spread.fails.is_some();
                (!spread.is_impossible && spread.fails.is_none()).then_some(spread)
            });
            let [Some(before), Some(mut after)] = sides else { return (Said::Holds, BTreeSet::new()) };
            let mut reads = before.reads.clone();
            reads.append(&mut after.reads);
            let said = compared(stretch, &before, &after);
            (said, reads)
        },
        &mut |stretch, held| shown(stretch, held, input, id, step),
    )
}

fn bounds(set: &[Atom]) -> [i64; 2] {
    use rust_decimal::prelude::ToPrimitive;
    let numbers = set.iter().filter_map(Atom::numbers).reduce(|one, other| one.hull(&other));
    numbers.map_or([0, 0], |numbers| [numbers.low, numbers.high].map(|end| end.to_i64().unwrap_or_default()))
}

/// Whether the tier after a step is no lower. A tier outside the order is neither higher nor lower.
fn compared(stretch: &mut Stretch<'_>, before: &Spread, after: &Spread) -> Said {
    let has_function = stretch.has_tier_function();
    let is_outside = |spread: &Spread| {
        if has_function { spread.places == [0, 0] } else { spread.all.surely_decides && spread.places == [0, 0] }
    };
    if is_outside(before) || is_outside(after) {
        stretch.is_vacant = true;
        return Said::Holds;
    }
    // A decision that leads outside the order leaves the floors for what is compared.
    let lowest = if has_function || !stretch.decides_outside_only() { after.places[0] } else { after.all.floor[0] };
    if before.all.anything || after.all.anything {
        Said::Open
    } else if before.places[1] <= lowest {
        Said::Holds
    } else if before.places[0] > after.places[1] && after.places[0] > 0 {
        Said::Fails
    } else {
        Said::Open
    }
}
