//! A case with other values: which tier comes out, which rule it comes from, and what the rules read.

use crate::{
    case::{
        input::{Input, InputId, InputTable, Source},
        value::Value,
    },
    decision::{
        change::Present,
        condition::{RuleExplained, conditions},
        range::{place, range},
        verdict::{Verdict, verdict},
    },
    evaluate::{
        evaluator::{Evaluator, Held},
        inputs::{Assumed, Facts, Inputs, Origin},
        outcome::{NoOutcome, Outcome, Outlook},
        possible::{OpenFact, value::Atom},
        presumed::Presumption,
    },
    language::{datum::Datum, effect::Effect, tiers::Tiers},
    policy::Policy,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Most ways through the rules that one explanation goes.
const MAX_WAYS: usize = 30_000;
/// Most steps of one explanation.
const MAX_STEPS: u64 = 40_000_000;
/// So many steps counts one over everything that facts could be: it is as much work.
const OPEN_STEP: u64 = 25;

/// A case whose inputs can be tried with other values.
#[derive(Debug)]
pub(super) struct WhatIf<'a, 'p> {
    pub policy: &'p Policy,
    pub evaluator: &'a mut Evaluator<'p>,
    pub facts: &'a Arc<Facts>,
    pub tiers: &'a Tiers,
    /// What is taken for the facts that are not known, where the tier rests on them.
    pub assumed: &'a Assumed,
    /// What comes out as things are.
    pub base: &'a Verdict,
    /// What each rule can say of any case.
    pub outlooks: Vec<Rc<Outlook>>,
    ways: usize,
    steps: u64,
    /// Told by somebody else that no more is to be tried.
    pub stop: Option<&'a AtomicBool>,
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
    pub fn by(&self, outcome: &Outcome, what_if: &WhatIf<'_, '_>) -> bool {
        outcome.effects.iter().any(|effect| match effect {
            Effect::Decide(tier) => self.is_decided && what_if.base.tier.as_deref() == Some(&**tier),
            Effect::AtLeast(tier) => !self.is_decided && what_if.place(Some(tier)) >= self.least,
            _ => false,
        })
    }
}

impl<'a, 'p> WhatIf<'a, 'p> {
    pub fn new(
        policy: &'p Policy,
        evaluator: &'a mut Evaluator<'p>,
        facts: &'a Arc<Facts>,
        (assumed, base): &'a (Assumed, Verdict),
    ) -> Self {
        evaluator.begin(facts);
        evaluator.open(facts, Assumed::new());
        evaluator.open_everything();
        let outlooks = evaluator.outlook().rules;
        Self { policy, evaluator, facts, tiers: policy.tiers(), assumed, base, outlooks, ways: 0, steps: 0, stop: None }
    }

    /// Whether no more may be tried.
    pub fn is_spent(&self) -> bool {
        let is_told = self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
        is_told || self.ways >= MAX_WAYS || self.steps >= MAX_STEPS
    }

    /// What comes out with other values. Where facts are missing, the top of what they leave open then, which is looked for
    /// only where what was taken for them gives another tier. Nothing where the policy fails: a value without an answer is no
    /// way to another tier.
    pub fn try_with(&mut self, instead: BTreeMap<InputId, Value>) -> Option<Verdict> {
        self.ways += 1;
        let facts = self.facts_with(instead);
        self.evaluator.begin(&facts);
        self.evaluator.turn_to(&facts, self.assumed_of(&facts));
        let top = match verdict(self.evaluator) {
            Ok(verdict) if self.assumed.is_empty() || verdict.tier == self.base.tier => Some(verdict),
            Err(NoOutcome::Fault(_)) => None,
            Ok(_) | Err(NoOutcome::Unknown(_)) => {
                self.ways += 4;
                range(self.evaluator, &facts).ok().map(|range| range.top.1)
            }
        };
        self.count();
        top
    }

    /// Counts what was done since the evaluator turned to a case.
    fn count(&mut self) {
        let [known, open] = self.evaluator.steps_taken();
        self.steps += known + open * OPEN_STEP;
    }

    /// Every rule in force with other values, condition by condition; nothing where the policy fails.
    pub fn rules_with(&mut self, instead: BTreeMap<InputId, Value>) -> Option<Vec<RuleExplained>> {
        let verdict = self.try_with(instead.clone())?;
        let facts = self.facts_with(instead);
        let assumed = self.assumed_of(&facts);
        conditions(self.evaluator, &facts, &assumed, &verdict.outcomes).ok()
    }

    /// Whether a rule that holds the tier still does with other values. Quicker than a trial: the others need not run.
    pub fn holds(&mut self, holding: &[Holding], instead: &BTreeMap<InputId, Value>) -> bool {
        let facts = self.facts_with(instead.clone());
        self.evaluator.begin(&facts);
        self.evaluator.turn_to(&facts, self.assumed_of(&facts));
        let holds =
            holding.iter().any(|held| self.evaluator.rule(held.rule).is_ok_and(|outcome| held.by(&outcome, self)));
        self.count();
        holds
    }

    /// What is taken for the facts that are not known with other values: what is presumed to be at most one of those goes with it.
    fn assumed_of(&self, facts: &Arc<Facts>) -> Assumed {
        let mut assumed = self.assumed.clone();
        let goes_with = |input: &InputId| match facts.presumed.get(input).map(|presumed| &presumed.is) {
            Some(Presumption::AtMost(other)) => facts.instead.contains_key(other),
            _ => false,
        };
        if assumed.keys().any(goes_with) {
            let inputs = Inputs { facts: Arc::clone(facts), assumed: Assumed::new() };
            for (input, level) in assumed.iter_mut().filter(|(input, _)| goes_with(input)) {
                *level = inputs.at_most(*input).unwrap_or_else(|| level.clone());
            }
        }
        assumed
    }

    fn facts_with(&self, instead: BTreeMap<InputId, Value>) -> Arc<Facts> {
        Arc::new(Facts { instead, ..Facts::clone(self.facts) })
    }

    /// Where a tier stands in the order, counted from 1; 0 outside it.
    pub fn place(&self, tier: Option<&str>) -> usize {
        place(self.tiers, tier)
    }

    /// Where the values of some inputs begin to matter to the rules, with the others as they are.
    pub fn thresholds(&mut self, inputs: BTreeSet<InputId>) -> Vec<OpenFact> {
        self.evaluator.begin(self.facts);
        self.evaluator.open(self.facts, self.assumed.clone());
        self.evaluator.possible().domain.open_these(inputs);
        self.evaluator.outlook();
        self.count();
        self.evaluator.possible().domain.facts.clone()
    }

    /// What each rule can say of any case in which what some rules read is as it is here, or one input of that is otherwise.
    pub fn around(&mut self, these: &[bool]) -> Vec<Vec<Rc<Outlook>>> {
        self.evaluator.begin(self.facts);
        self.evaluator.open(self.facts, Assumed::new());
        self.evaluator.open_everything();
        self.evaluator.outlook();
        let open = self.evaluator.possible().domain.facts.clone();
        let read = self.base.outcomes.iter().zip(these).filter(|(_, is_one)| **is_one);
        let read: BTreeSet<InputId> =
            read.flat_map(|(outcome, _)| &outcome.reads).filter(|read| !read.presence).map(|read| read.input).collect();
        let inputs = Inputs { facts: Arc::clone(self.facts), assumed: self.assumed.clone() };
        let mut as_is = Held::new();
        for fact in open.iter().filter(|fact| read.contains(&fact.input)) {
            let value = inputs.value(fact.input, false).unwrap_or_default();
            as_is.insert(fact.input, [Atom::Known(Datum::from(&value))].into());
        }
        let mut all = vec![as_is.clone()];
        for fact in open.iter().filter(|fact| as_is.contains_key(&fact.input)) {
            all.extend(fact.pieces(&fact.set).into_iter().map(|piece| {
                let mut held = as_is.clone();
                held.insert(fact.input, [piece].into());
                held
            }));
        }
        let mut outlooks = Vec::with_capacity(all.len());
        for held in all {
            self.evaluator.possible().domain.hold(held);
            outlooks.push(self.evaluator.outlook().rules);
        }
        self.count();
        outlooks
    }

    /// The inputs that rules read for a verdict, each once, in order.
    ///
    /// What is computed from dates and histories, such as custody, stays out: they have no end of values.
    pub fn present(&self, verdict: &Verdict) -> Vec<Present<'a>> {
        let inputs: &'a InputTable = &self.facts.inputs;
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        let sight = Inputs { facts: Arc::clone(self.facts), assumed: self.assumed.clone() };
        for id in verdict.reads().map(|read| read.input).filter(|id| can_change(inputs.get(*id))) {
            if !seen.insert(id) {
                continue;
            }
            // A presence is asked for second: it is how a fact that nobody compares reads.
            let origin = sight.look_up(id, false).or_else(|_| sight.look_up(id, true)).ok();
            let value = sight.value(id, false).or_else(|_| sight.value(id, true)).unwrap_or_default();
            let assumed = matches!(origin, Some((_, Origin::Assumed | Origin::Presumed)));
            all.push(Present { id, input: inputs.get(id), value, assumed });
        }
        all
    }
}

/// Whether a case can give another value for an input.
const fn can_change(input: &Input) -> bool {
    matches!(input.source, Source::Field(_) | Source::Local(_) | Source::On)
}
