//! Two changes at a time, where no single one gives the tier that is looked for.
//!
//! Numbers are tried where they pass a threshold in force, and of a long catalogue of words those that the policy can tell
//! apart. Two inputs are first tried with their numbers at the ends, and in full only where that gives what is looked for: a
//! policy in which a number between the ends does more than either of them can have pairs that are not found. A pair is left
//! out where it cannot matter: when a rule that holds the tier as it is read neither of the two inputs.

use crate::{
    case::{input::InputId, value::Value},
    decision::{
        change::{Candidate, Change, Grain, Present, candidates},
        nearest::{Goal, other_tier},
        what_if::{Holding, WhatIf},
    },
    evaluate::outcome::Outcome,
    language::effect::Effect,
};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Most pairs that are tried, the ends and the rest together.
const MAX_PAIRS: usize = 12_000;
/// Most pairs that are reported, the nearest first.
const MAX_FOUND: usize = 8;

/// The nearest pairs of changes that give what is looked for, of two inputs and a tier the nearest; and what was not tried.
pub(super) fn pairs(what_if: &mut WhatIf<'_, '_>, goal: Goal<'_>) -> (Vec<Change>, Option<String>) {
    let (holding, deciders) = (holding(what_if, goal), deciders(what_if));
    let mut search = Search { goal, holding, deciders, all: Vec::new(), of: BTreeMap::new(), tried: 0 };
    let live = search.live(what_if);
    let changes = search.nearest(what_if, live);
    let said = || format!("{} pairs of changes were, of those that could matter", search.tried);
    (changes, (search.tried >= MAX_PAIRS || what_if.is_spent()).then(said))
}

struct Search<'a> {
    goal: Goal<'a>,
    /// The rules that hold the tier as it is.
    holding: Vec<Holding>,
    /// What each rule has read that settles a tier outright, but not in this case.
    deciders: Vec<BTreeSet<InputId>>,
    /// Every candidate of every input.
    all: Vec<Candidate>,
    /// Where the candidates of an input stand.
    of: BTreeMap<InputId, Range<usize>>,
    /// How many pairs were tried.
    tried: usize,
}

impl Search<'_> {
    /// The pairs of inputs that give what is looked for with numbers at their ends. At least one of two inputs that matter
    /// together is read as things are; the other is too, or is read once the first has changed.
    fn live(&mut self, what_if: &mut WhatIf<'_, '_>) -> BTreeSet<(InputId, InputId)> {
        let known = what_if.present(what_if.base);
        for present in &known {
            self.add(present, &BTreeSet::new(), what_if);
        }
        let mut live = BTreeSet::new();
        for (index, first) in known.iter().enumerate() {
            for one in self.ends(first.id) {
                let later = self.read_after(what_if, one, &known);
                for second in known.iter().skip(index + 1).chain(&later).map(|present| present.id) {
                    if !self.may(first.id, second) || live.contains(&(first.id, second)) {
                        continue;
                    }
                    if self.ends(second).into_iter().any(|other| self.give(what_if, one, other).is_some()) {
                        live.insert((first.id, second));
                    }
                }
            }
        }
        live
    }

    fn nearest(&mut self, what_if: &mut WhatIf<'_, '_>, live: BTreeSet<(InputId, InputId)>) -> Vec<Change> {
        let mut pairs: Vec<(Decimal, usize, usize)> = Vec::new();
        for (first, second) in live {
            for one in self.range(first) {
                pairs.extend(self.range(second).map(|other| (self.distance(one) + self.distance(other), one, other)));
            }
        }
        pairs.sort_unstable();
        let mut found = BTreeSet::new();
        let mut changes = Vec::new();
        for (distance, one, other) in pairs {
            if changes.len() == MAX_FOUND {
                break;
            }
            let Some(tier) = self.give(what_if, one, other) else { continue };
            let (Some(first), Some(second)) = (self.all.get(one), self.all.get(other)) else { continue };
            if found.insert((first.input, second.input, tier.clone())) {
                changes.push(Change { changes: vec![first.change.clone(), second.change.clone()], tier, distance });
            }
        }
        changes
    }

    /// Whether two inputs can matter: every rule that holds the tier read one of them, or one that could settle another did.
    fn may(&self, first: InputId, second: InputId) -> bool {
        let bears = |reads: &BTreeSet<InputId>| reads.contains(&first) || reads.contains(&second);
        self.holding.iter().all(|rule| bears(&rule.reads)) || self.deciders.iter().any(bears)
    }

    fn add(&mut self, present: &Present<'_>, others: &BTreeSet<InputId>, what_if: &mut WhatIf<'_, '_>) {
        if !self.of.contains_key(&present.id) {
            let start = self.all.len();
            let found = candidates(what_if, std::slice::from_ref(present), others, Grain::Thresholds);
            self.all.extend(found.into_iter().flatten());
            self.of.insert(present.id, start..self.all.len());
        }
    }

    fn range(&self, input: InputId) -> Range<usize> {
        self.of.get(&input).cloned().unwrap_or_default()
    }

    fn distance(&self, candidate: usize) -> Decimal {
        self.all.get(candidate).map(|candidate| candidate.distance).unwrap_or_default()
    }

    /// The candidates of an input; of a number the ends, which stand first and last.
    fn ends(&self, input: InputId) -> Vec<usize> {
        let range = self.range(input);
        let is_number =
            |at: &usize| self.all.get(*at).is_some_and(|one| matches!(one.value, Value::Whole(_) | Value::Decimal(_)));
        let (numbers, others): (Vec<usize>, Vec<usize>) = range.partition(is_number);
        let last = numbers.last().filter(|_| numbers.len() > 1);
        numbers.first().into_iter().chain(last).copied().chain(others).collect()
    }

    /// The tier that a pair gives, where it is what is looked for.
    fn give(&mut self, what_if: &mut WhatIf<'_, '_>, one: usize, other: usize) -> Option<String> {
        if self.tried >= MAX_PAIRS || what_if.is_spent() {
            return None;
        }
        self.tried += 1;
        let (one, other) = (self.all.get(one)?, self.all.get(other)?);
        let instead = BTreeMap::from([(one.input, one.value.clone()), (other.input, other.value.clone())]);
        let decides = |reads: &BTreeSet<InputId>| reads.contains(&one.input) || reads.contains(&other.input);
        if !self.deciders.iter().any(decides) && what_if.holds(&self.holding, &instead) {
            return None;
        }
        other_tier(what_if, instead).filter(|tier| self.goal.is_met(tier, what_if))
    }

    /// The inputs that are read only once a first change is made.
    fn read_after<'b>(
        &mut self,
        what_if: &mut WhatIf<'b, '_>,
        first: usize,
        known: &[Present<'_>],
    ) -> Vec<Present<'b>> {
        let Some(first) = self.all.get(first).filter(|_| !what_if.is_spent()) else { return Vec::new() };
        let instead = BTreeMap::from([(first.input, first.value.clone())]);
        let Some(verdict) = what_if.try_with(instead) else { return Vec::new() };
        let mut later = what_if.present(&verdict);
        later.retain(|present| known.iter().all(|one| one.id != present.id));
        // As things are nobody compares what is read later.
        let known: BTreeSet<InputId> = known.iter().map(|present| present.id).collect();
        for present in &later {
            self.add(present, &known, what_if);
        }
        later
    }
}

/// The rules that hold the tier as it is: all of them must say something else for the tier to move. None where the policy
/// makes the tier by a function of its own.
fn holding(what_if: &WhatIf<'_, '_>, goal: Goal<'_>) -> Vec<Holding> {
    if what_if.evaluator.program().has("tier") {
        return Vec::new();
    }
    let least = match goal {
        Goal::Up => usize::MAX,
        Goal::Down => what_if.place(what_if.base.tier.as_deref()),
        Goal::Exactly(tier) if what_if.tiers.is_outside(tier) => usize::MAX,
        Goal::Exactly(tier) => what_if.place(Some(tier)) + 1,
    };
    let is_decided = what_if.base.outcomes.iter().any(decides);
    let rules = what_if.base.outcomes.iter().enumerate();
    rules
        .map(|(rule, outcome)| (outcome, Holding { rule, is_decided, least, reads: read_by(outcome) }))
        .filter(|(outcome, holding)| holding.by(outcome, what_if))
        .map(|(_, holding)| holding)
        .collect()
}

/// What each rule has read that settles a tier outright, but not in this case: it could, whatever the others say.
fn deciders(what_if: &WhatIf<'_, '_>) -> Vec<BTreeSet<InputId>> {
    let rules = what_if.outlooks.iter().zip(&what_if.base.outcomes);
    let could =
        rules.filter(|(outlook, outcome)| !decides(outcome) && (outlook.anything || !outlook.decides.is_empty()));
    could.map(|(_, outcome)| read_by(outcome)).collect()
}

fn decides(outcome: &Outcome) -> bool {
    outcome.effects.iter().any(|effect| matches!(effect, Effect::Decide(_)))
}

fn read_by(outcome: &Outcome) -> BTreeSet<InputId> {
    outcome.reads.iter().map(|read| read.input).collect()
}
