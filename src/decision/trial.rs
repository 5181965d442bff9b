//! Trying a case with other values: which tier comes out, which rule it comes from, and what the rules read.

use crate::{
    case::{
        input::{Input, InputId, InputTable, Source},
        value::Value,
    },
    decision::{
        change::Present,
        range::range,
        verdict::{Verdict, verdict},
    },
    policy::{
        Policy,
        edition::{Edition, Outcome, Stop},
        effect::Effect,
        runner::Runner,
        sight::{Assumed, Facts, Origin, Sight},
        tiers::Tiers,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most ways through the rules that one explanation goes.
const MAX_WAYS: usize = 30_000;

/// A case whose inputs can be tried with other values.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub policy: &'a Policy,
    pub edition: &'a Edition,
    runner: &'a mut Runner,
    pub facts: &'a Arc<Facts>,
    pub tiers: &'a Tiers,
    /// What is taken for the facts that are not known, where the tier rests on them.
    pub assumed: &'a Assumed,
    /// What comes out as things are.
    pub base: &'a Verdict,
    /// Each rule, by its name, with a tier that was seen to come from it.
    pub reached: BTreeSet<(Arc<str>, String)>,
    ways: usize,
}

/// A rule that holds the tier as it is, with what it read: the one that decides it, or one whose floor is at least so high.
#[derive(Debug)]
pub(super) struct Holding {
    /// The rule, by its place among those in force.
    pub rule: usize,
    /// Whether the tier is decided, so that floors do not matter.
    pub is_decided: bool,
    /// The least place of a floor that holds the tier.
    pub least: usize,
    pub reads: BTreeSet<InputId>,
}

impl Holding {
    /// Whether what the rule says holds the tier.
    pub fn by(&self, outcome: &Outcome, bench: &Bench<'_>) -> bool {
        outcome.effects.iter().any(|effect| match effect {
            Effect::Decide(tier) => self.is_decided && bench.base.tier.as_deref() == Some(&**tier),
            Effect::AtLeast(tier) => !self.is_decided && bench.place(Some(tier)) >= self.least,
            _ => false,
        })
    }
}

impl<'a> Bench<'a> {
    pub fn new(
        policy: &'a Policy,
        (edition, runner): (&'a Edition, &'a mut Runner),
        facts: &'a Arc<Facts>,
        (assumed, base): &'a (Assumed, Verdict),
    ) -> Self {
        let mut bench = Self {
            policy,
            edition,
            runner,
            facts,
            tiers: policy.tiers(),
            assumed,
            base,
            reached: BTreeSet::new(),
            ways: 0,
        };
        bench.note(base);
        bench
    }

    /// Whether no more may be tried.
    pub const fn is_spent(&self) -> bool {
        self.ways >= MAX_WAYS
    }

    /// What comes out with other values and with what is taken for missing facts. Where a rule then asks for a further fact
    /// that is missing, the top of what that leaves open. Nothing where the policy fails: a value without an answer is no way
    /// to another tier.
    pub fn try_with(&mut self, instead: BTreeMap<InputId, Value>) -> Option<Verdict> {
        self.ways += 1;
        let facts = self.facts_with(instead.clone());
        self.runner.turn_to(&facts, self.assumed.clone());
        let top = match verdict(self.runner) {
            Ok(verdict) => verdict,
            Err(Stop::Fault(_)) => return None,
            Err(Stop::Unknown(_)) => self.top_of_range(instead)?,
        };
        self.note(&top);
        Some(top)
    }

    fn top_of_range(&mut self, instead: BTreeMap<InputId, Value>) -> Option<Verdict> {
        let mut taken = self.assumed.clone();
        taken.extend(instead);
        let range = range(self.runner, &self.facts_with(taken)).ok()?;
        self.ways += range.ways.len();
        range.top(self.tiers).map(|(_, verdict)| verdict.clone())
    }

    /// Whether a rule that holds the tier still does with other values. Quicker than a trial: the others need not run.
    pub fn holds(&mut self, holding: &[Holding], instead: &BTreeMap<InputId, Value>) -> bool {
        self.runner.turn_to(&self.facts_with(instead.clone()), self.assumed.clone());
        holding.iter().any(|held| self.runner.run(held.rule).is_ok_and(|outcome| held.by(&outcome, self)))
    }

    fn facts_with(&self, instead: BTreeMap<InputId, Value>) -> Arc<Facts> {
        Arc::new(Facts { instead, ..Facts::clone(self.facts) })
    }

    /// Notes the rule that a tier came from: the one that decides it, or the first that sets its floor.
    fn note(&mut self, verdict: &Verdict) {
        let Some(tier) = &verdict.tier else { return };
        let asks = |wanted: &dyn Fn(&Effect) -> bool| {
            let mut rules = self.edition.rules().iter().zip(&verdict.outcomes);
            rules.find(|(_, outcome)| outcome.effects.iter().any(wanted)).map(|(rule, _)| rule)
        };
        let from = asks(&|effect| matches!(effect, Effect::Decide(decided) if **decided == **tier))
            .or_else(|| asks(&|effect| matches!(effect, Effect::AtLeast(floor) if **floor == **tier)));
        if let Some(rule) = from
            && !self.reached.iter().any(|(name, known)| *name == rule.name && known == tier)
        {
            self.reached.insert((Arc::clone(&rule.name), tier.clone()));
        }
    }

    /// Where a tier stands in the order, counted from 1; 0 outside it.
    pub fn place(&self, tier: Option<&str>) -> usize {
        tier.and_then(|tier| self.tiers.rank(tier)).map_or(0, |rank| rank + 1)
    }

    /// The inputs that rules read for a verdict, each once, in order.
    ///
    /// What is computed from dates and histories, such as custody, stays out: they have no end of values.
    pub fn present(&self, verdict: &Verdict) -> Vec<Present<'a>> {
        let inputs: &'a InputTable = &self.facts.inputs;
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        let sight = Sight { facts: Arc::clone(self.facts), assumed: self.assumed.clone() };
        let outcomes = verdict.outcomes.iter().map(AsRef::as_ref).chain(&verdict.provisional);
        for read in outcomes.flat_map(|outcome| &outcome.asked) {
            let id = read.input;
            if !is_open(inputs.get(id)) || !seen.insert(id) {
                continue;
            }
            // A presence is asked for second: it is how a fact that nobody compares reads.
            let now = sight.look_up(id, false).or_else(|_| sight.look_up(id, true)).ok();
            let (value, origin) = now.unwrap_or((Value::Absent, Origin::Case));
            let assumed = matches!(origin, Origin::Assumed | Origin::Presumed);
            all.push(Present { id, input: inputs.get(id), value, assumed });
        }
        all
    }
}

/// Whether an input can be given another value: one that is computed cannot.
pub(super) const fn is_open(input: &Input) -> bool {
    matches!(input.source, Source::Field(_) | Source::Local(_) | Source::On)
}
