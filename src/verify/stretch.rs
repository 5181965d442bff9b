//! A policy between two changes of its rules or numbers, at work over every case that there could be.

use super::{
    pool::{Pool, Shows},
    proof::Shown,
};
use crate::{
    case::input::InputId,
    check::attainable::facts,
    evaluate::{
        evaluator::{Evaluator, Held, Spread},
        possible::{
            asked::Questions,
            numbers::{Grain, Numbers, number_of},
            value::Atom,
        },
    },
    language::datum::Datum,
    policy::Policy,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The last day that is asked about.
const LAST: Date = jiff::civil::date(2999, 12, 31);

/// Whether a rule rises with a change of what a helper gives, and whether it fails on some cases on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rises {
    /// Whether it does, wherever it gives something.
    pub does: bool,
    /// Whether it fails somewhere.
    pub is_vacant: bool,
}

/// A policy between two changes.
#[derive(Debug)]
pub struct Stretch<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// Its first day.
    pub from: Date,
    /// The first day after it.
    pub until: Option<Date>,
    /// Its rules over every case.
    pub evaluator: Evaluator<'p>,
    /// What can come of every case.
    pub whole: Spread,
    /// The rules that bear on the tier, by their place among those in force.
    pub bearing: BTreeSet<usize>,
    /// What is held everywhere: the dates of the stretch.
    pub root: Held,
    /// Most regions for one question.
    pub budget: usize,
    /// Whether a rule, by its place, rises where a helper gives one value instead of another, by their places among what it gives:
    /// what was found so far.
    pub rises: BTreeMap<(usize, InputId, [usize; 2]), Rises>,
    /// Whether the tier that the policy reckons rises with the points, once that was looked at.
    pub rises_with_points: Option<bool>,
    /// Whether something was passed over since it was last set, because a case had no tier in the order, or a rule failed on it.
    pub is_vacant: bool,
    /// Cases to show something with.
    pub pool: Pool<'p>,
}

impl<'p> Stretch<'p> {
    /// A policy from one day to the last before another.
    pub fn new(policy: &'p Policy, from: Date, until: Option<Date>, pool: Pool<'p>, budget: usize) -> Self {
        Self::asking(policy, (from, until), pool, budget, (None, Vec::new()))
    }

    /// The same, with the questions of another policy, and how they call each function of this one.
    pub fn asking(
        policy: &'p Policy,
        (from, until): (Date, Option<Date>),
        pool: Pool<'p>,
        budget: usize,
        (questions, functions): (Option<Questions>, Vec<u32>),
    ) -> Self {
        let facts = facts(policy, from);
        let mut evaluator = Evaluator::new(policy.in_force(from), &facts);
        let domain = &mut evaluator.possible().domain;
        (domain.questions, domain.functions) = (questions, functions);
        evaluator.open_questions(&facts);
        let last = until.and_then(|until| until.yesterday().ok()).unwrap_or(LAST).max(from);
        let days = [from, last].map(|day| number_of(&Datum::Date(day)).unwrap_or_default());
        let mut root = Held::new();
        if let Some(on) = policy.inputs().find("assessed_on") {
            root.insert(on, [Numbers::new(days[0], days[1], Grain::Day).atom()].into());
        }
        evaluator.hold(&root);
        let whole = evaluator.outlook();
        let bears = |at: &usize| {
            whole.rules.get(*at).is_some_and(|said| {
                said.anything || said.floor != [0, 0] || !said.decides.is_empty() || !said.points.is_empty()
            })
        };
        let bearing = (0..whole.rules.len()).filter(bears).collect();
        Self {
            policy,
            from,
            until,
            evaluator,
            whole,
            bearing,
            root,
            budget,
            rises: BTreeMap::new(),
            rises_with_points: None,
            is_vacant: false,
            pool,
        }
    }

    /// What can come of every case of a region, by the rules that bear on the tier; nothing where there is no such
    /// case, or a rule fails on all of them.
    pub fn outlook(&mut self, held: &Held) -> Option<Spread> {
        self.evaluator.hold(held);
        let bearing = std::mem::take(&mut self.bearing);
        let spread = self.evaluator.outlook_of(Some(&bearing));
        self.bearing = bearing;
        self.is_vacant |= spread.fails.is_some();
        (!spread.is_impossible && spread.fails.is_none()).then_some(spread)
    }

    /// Whether the policy reckons its tier with a function of its own.
    #[must_use]
    pub fn has_tier_function(&self) -> bool {
        self.policy.program().has("tier")
    }

    /// Whether every tier that rules decide lies outside the order.
    #[must_use]
    pub fn decides_outside_only(&self) -> bool {
        self.whole.all.decides.iter().all(|tier| self.policy.tiers().is_outside(tier))
    }
}

/// A set with one value after the other alone.
#[must_use]
pub fn alone(atom: &Atom) -> std::rc::Rc<[Atom]> {
    [atom.clone()].into()
}

impl<'p> Stretch<'p> {
    /// Looks for a case of a region that shows something.
    pub fn show(&mut self, held: &Held, shows: Shows<'_, 'p>) -> Option<Shown> {
        self.pool.show(held, &self.evaluator.possible().domain, shows)
    }

    /// Whether something was passed over that may fail, since it was last asked; what is to be taken for it from here on.
    pub fn passes_over(&mut self, is: bool) -> bool {
        let questions = &mut self.evaluator.possible().domain.questions;
        questions.as_mut().is_some_and(|questions| std::mem::replace(&mut questions.passed_over, is))
    }
}
