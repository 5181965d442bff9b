//! Two changes at a time, where no single one gives the tier that is looked for.
//!
//! Numbers are tried where they pass a threshold in force. A pair is left out where it cannot matter: when a rule that holds
//! the tier as it is read neither of the two inputs.

use crate::{
    case::input::InputId,
    decision::{
        change::{Candidate, Change, Grain, Present, candidates},
        nearest::{Goal, other_tier},
        trial::{Bench, sources},
    },
    policy::{edition::Outcome, effect::Effect},
};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most pairs that are tried, the nearest first.
const MAX_PAIRS: usize = 4_000;
/// Most pairs that are reported, the nearest first.
const MAX_FOUND: usize = 8;

/// A pair to try: the sum of the two distances, and where the two stand in the list of candidates.
type Pair = (Decimal, usize, usize);

/// The nearest pairs of changes that give what is looked for; of two inputs and a tier the nearest.
pub(super) fn pairs(bench: &mut Bench<'_>, goal: Goal<'_>) -> (Vec<Change>, Option<String>) {
    let (all, untried) = listed(bench, goal);
    let mut found: BTreeSet<(InputId, InputId, String)> = BTreeSet::new();
    let mut changes = Vec::new();
    for (tried, (distance, first, second)) in untried.iter().enumerate() {
        if tried >= MAX_PAIRS || bench.is_spent() {
            let said = format!("{tried} of {} pairs of changes were tried, the nearest first", untried.len());
            return (changes, Some(said));
        }
        let (Some(first), Some(second)) = (all.get(*first), all.get(*second)) else { continue };
        let instead = BTreeMap::from([(first.input, first.value.clone()), (second.input, second.value.clone())]);
        let Some(tier) = other_tier(bench, instead).filter(|tier| goal.is_met(tier, bench)) else { continue };
        if found.insert((first.input, second.input, tier.clone())) {
            let both = vec![first.change.clone(), second.change.clone()];
            changes.push(Change { changes: both, tier, distance: *distance });
        }
        if changes.len() == MAX_FOUND {
            break;
        }
    }
    (changes, None)
}

/// Every pair that could matter, the nearest first. At least one of two inputs that matter together is read as things are;
/// the other is too, or is read once the first has changed.
fn listed(bench: &mut Bench<'_>, goal: Goal<'_>) -> (Vec<Candidate>, Vec<Pair>) {
    let present = bench.present(bench.base);
    let (holding, deciders) = (holding(bench, goal), deciders(bench));
    let mut all: Vec<Candidate> = Vec::new();
    let mut of: BTreeMap<InputId, std::ops::Range<usize>> = BTreeMap::new();
    let mut add = |present: &Present<'_>, all: &mut Vec<Candidate>, bench: &Bench<'_>| {
        let start = all.len();
        let place = of.entry(present.id).or_insert_with(|| {
            all.extend(candidates(present, bench.edition, Grain::Thresholds));
            start..all.len()
        });
        place.clone()
    };
    let known: Vec<(InputId, std::ops::Range<usize>)> =
        present.iter().map(|present| (present.id, add(present, &mut all, bench))).collect();
    let mut pairs: Vec<Pair> = Vec::new();
    for (index, (first, firsts)) in known.iter().enumerate() {
        for one in firsts.clone() {
            let later = read_after(bench, all.get(one), &known);
            let later = later.iter().map(|present| (present.id, add(present, &mut all, bench)));
            let others: Vec<_> = known.iter().skip(index + 1).cloned().chain(later).collect();
            for (second, seconds) in others {
                let bears = |reads: &BTreeSet<InputId>| reads.contains(first) || reads.contains(&second);
                if holding.iter().all(bears) || deciders.iter().any(bears) {
                    pairs.extend(seconds.map(|other| (sum(&all, one, other), one, other)));
                }
            }
        }
    }
    pairs.sort_unstable();
    (all, pairs)
}

fn sum(all: &[Candidate], one: usize, other: usize) -> Decimal {
    [one, other].iter().filter_map(|index| all.get(*index)).map(|candidate| candidate.distance).sum()
}

/// The inputs that are read only once a first change is made.
fn read_after<'a>(
    bench: &mut Bench<'a>,
    first: Option<&Candidate>,
    known: &[(InputId, std::ops::Range<usize>)],
) -> Vec<Present<'a>> {
    let Some(first) = first.filter(|_| !bench.is_spent()) else { return Vec::new() };
    let Some(verdict) = bench.try_with(BTreeMap::from([(first.input, first.value.clone())])) else { return Vec::new() };
    let mut later = bench.present(&verdict);
    later.retain(|present| known.iter().all(|(id, _)| *id != present.id));
    later
}

/// What each rule that holds the tier as it is has read: all of them must say something else for the tier to move. None
/// where the policy makes the tier by a function of its own.
fn holding(bench: &Bench<'_>, goal: Goal<'_>) -> Vec<BTreeSet<InputId>> {
    if bench.edition.has_tier_function() {
        return Vec::new();
    }
    let base = bench.place(bench.base.tier.as_deref());
    let bound = match goal {
        Goal::Up => usize::MAX,
        Goal::Down => base,
        Goal::Exactly(tier) if bench.tiers.is_outside(tier) => usize::MAX,
        Goal::Exactly(tier) => bench.place(Some(tier)) + 1,
    };
    let is_decided = bench.base.outcomes.iter().any(|outcome| decides(outcome));
    let holds = |outcome: &&Arc<Outcome>| {
        let floor = |effect: &Effect| matches!(effect, Effect::AtLeast(tier) if bench.place(Some(tier)) >= bound);
        if is_decided { decides(outcome) } else { outcome.effects.iter().any(floor) }
    };
    bench.base.outcomes.iter().filter(holds).map(|outcome| read_by(outcome, bench)).collect()
}

/// What each rule has read that settles a tier outright, but not in this case: it could, whatever the others say.
fn deciders(bench: &Bench<'_>) -> Vec<BTreeSet<InputId>> {
    let rules = bench.edition.rules().iter().zip(&bench.base.outcomes);
    let could = rules.filter(|(rule, outcome)| !decides(outcome) && bench.policy.rule_text(rule).contains("decide("));
    could.map(|(_, outcome)| read_by(outcome, bench)).collect()
}

fn decides(outcome: &Outcome) -> bool {
    outcome.effects.iter().any(|effect| matches!(effect, Effect::Decide(_)))
}

fn read_by(outcome: &Outcome, bench: &Bench<'_>) -> BTreeSet<InputId> {
    outcome.reads.iter().flat_map(|read| sources(read.input, &bench.facts.inputs)).collect()
}
