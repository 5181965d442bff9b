//! More risk never gives a lower tier: one input that speaks of risk is raised by a step, everything else stays as it is, and the
//! two tiers are held against each other. A highest floor of floors that each rise is one that rises, so that rules are looked at
//! one by one first, and together only where that does not settle it.

mod falls;
mod reckoned;
mod steps;
mod through;

use self::{
    falls::shown,
    reckoned::tier_rises,
    steps::{Rising, lists_of, of_fact, of_question},
    through::through,
};

use super::{
    Proof, Property, Verdict, ask,
    region::{Found, Said, Space, over, search},
    stretch::Stretch,
};
use crate::{
    case::{input::InputId, risk::grows},
    evaluate::{
        evaluator::{Held, Spread, Vacant},
        outcome::Outlook,
        possible::{asked::Questions, value::Atom},
    },
    language::lower::excepted,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Something that is raised, and what it is before and after.
type Step = (InputId, [Rc<[Atom]>; 2]);

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
    // Nor is it known which way what is done with each entry of a list goes when there is one more.
    let questions = stretch.evaluator.possible().domain.questions.as_ref();
    let each: Vec<InputId> =
        spread.reads.iter().copied().filter(|id| questions.is_some_and(|all| all.is_each(*id))).collect();
    for list in each.into_iter().flat_map(|id| lists_of(stretch, id)).collect::<Vec<_>>() {
        by_input.entry(list).or_default().1 = true;
    }
    let excepted: BTreeSet<String> =
        stretch.policy.list("NOT_RISK").iter().map(|one| excepted(one).to_owned()).collect();
    let asked = by_input.into_iter().filter(|(id, _)| !excepted.contains(&*inputs.get(*id).path));
    asked.map(|(id, (rising, is_unclear))| of_input(stretch, id, &rising, is_unclear)).collect()
}

fn of_input(stretch: &mut Stretch<'_>, id: InputId, rising: &[Rising], is_unclear: bool) -> Proof {
    let about = stretch.policy.inputs().get(id).path.to_string();
    let mut whole = Proof { property: Property::MoreRisk, about, verdict: Verdict::Proved { shown: None }, regions: 0 };
    let budget = stretch.budget;
    for one in rising {
        stretch.is_vacant = false;
        for (at, step) in one.steps.iter().chain(&one.far).enumerate() {
            // Steps one after the other are enough, unless one of them leads through cases without a tier.
            if at >= one.steps.len() && !stretch.is_vacant {
                break;
            }
            stretch.budget = budget.saturating_sub(whole.regions);
            let proof = of_step(stretch, id, step);
            stretch.budget = budget;
            whole.regions += proof.regions;
            match proof.verdict {
                Verdict::Proved { .. } => {}
                refuted @ Verdict::Refuted { .. } => return Proof { verdict: refuted, ..whole },
                Verdict::NotDecided { .. } if whole.regions >= budget => {
                    return Proof { verdict: Verdict::NotDecided { why: over(budget) }, ..whole };
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

fn of_step(stretch: &mut Stretch<'_>, input: InputId, step: &Step) -> Proof {
    let space = Space { root: stretch.root.clone(), apart: BTreeSet::from([step.0]), ..Space::default() };
    let mut regions = 0;
    let of = |verdict, regions| Proof { property: Property::MoreRisk, about: String::new(), verdict, regions };
    // Each rule by itself is enough where floors alone make the tier, or it is reckoned from points with which it rises.
    let is_reckoned = stretch.has_tier_function();
    let is_made_of_rules = if is_reckoned {
        tier_rises(stretch, step)
    } else {
        stretch.decides_outside_only() && !stretch.whole.all.anything
    };
    if is_made_of_rules {
        let reading = Vec::from_iter(reading(stretch, step.0));
        let mut all_rise = true;
        let mut asked: Vec<&[usize]> = reading.chunks(1).collect();
        // What one of them loses another may give.
        if is_reckoned && reading.len() > 1 {
            asked.push(&reading);
        }
        for rules in asked {
            let is_together = rules.len() > 1;
            if is_together && all_rise {
                break;
            }
            if let [at] = rules
                && let Some(cut) = through(stretch, *at, step)
            {
                regions += cut;
                continue;
            }
            let (found, cut) = search(
                stretch,
                &space,
                &mut |stretch, held| rules_rise(stretch, rules, &both(held, std::slice::from_ref(step))),
                &mut |stretch, held| shown(stretch, held, input, step),
            );
            regions += cut;
            match found {
                Found::Holds => all_rise |= is_together,
                Found::Case(shown) => return of(Verdict::Refuted { shown: Some(shown) }, regions),
                Found::Neither(_) => all_rise = false,
            }
        }
        if all_rise {
            return of(Verdict::Proved { shown: None }, regions);
        }
    }
    let proof = together(stretch, &space, input, step);
    Proof { regions: proof.regions + regions, ..proof }
}

/// Whether the floor that some rules give together, and the points of each axis where a tier is reckoned from them, are no lower in
/// the second of two regions.
fn rules_rise(stretch: &mut Stretch<'_>, rules: &[usize], regions: &[Held; 2]) -> (Said, BTreeSet<InputId>) {
    let mut reads = BTreeSet::new();
    let mut sides = [Outlook::default(), Outlook::default()];
    for (held, side) in regions.iter().zip(&mut sides) {
        stretch.evaluator.hold(held);
        for at in rules {
            let said = stretch.evaluator.says(*at);
            stretch.is_vacant |= matches!(said, Err(Vacant::Fails));
            let Ok((said, more)) = said else { return (Said::Holds, BTreeSet::new()) };
            *side = std::mem::take(side).and(&said, stretch.policy.tiers());
            reads.extend(more);
        }
    }
    let [before, after] = sides;
    let points = |of: &Outlook, axis: &String| of.points.get(axis).copied().unwrap_or_default();
    let mut axes = stretch.policy.tiers().axes().iter();
    let keeps_points = axes.all(|axis| points(&before, axis)[1] <= points(&after, axis)[0]);
    let holds = !before.anything
        && !after.anything
        && before.floor[1] <= after.floor[0]
        && (keeps_points || !stretch.has_tier_function());
    (if holds { Said::Holds } else { Said::Open }, reads)
}

/// A region before some steps that are made at once, and after them.
fn both(held: &Held, steps: &[Step]) -> [Held; 2] {
    let mut sides = [held.clone(), held.clone()];
    for (id, ends) in steps {
        for (side, set) in sides.iter_mut().zip(ends) {
            side.insert(*id, Rc::clone(set));
        }
    }
    sides
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

/// All rules together.
fn together(stretch: &mut Stretch<'_>, space: &Space, input: InputId, step: &Step) -> Proof {
    ask(
        stretch,
        (Property::MoreRisk, String::new()),
        space,
        &mut |stretch, held| {
            let sides = both(held, std::slice::from_ref(step)).map(|held| stretch.outlook(&held));
            let [Some(before), Some(mut after)] = sides else { return (Said::Holds, BTreeSet::new()) };
            let mut reads = before.reads.clone();
            reads.append(&mut after.reads);
            let said = compared(stretch, &before, &after);
            (said, reads)
        },
        &mut |stretch, held| shown(stretch, held, input, step),
    )
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
