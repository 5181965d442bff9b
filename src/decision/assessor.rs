//! An assessor: where one thread decides cases under a policy and those that run with it. What every answer points at, such as
//! the names of rules, it has copies of: threads that count the users of the same text wait for each other.

use crate::{
    case::{
        Case,
        input::{Input, InputId, InputTable, Source},
    },
    decision::{
        PolicyMark,
        reason::{ParameterInForce, parameters_in_force},
    },
    evaluate::{
        evaluator::Evaluator,
        inputs::{Facts, Later},
        presumed::Presumed,
        trace::{CameOut, came_out},
    },
    language::{program::Entry, rule::Rule, standard::CalendarRules},
    policy::Policy,
};
use jiff::civil::Date;
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Where one thread decides cases under a policy and those that run with it.
#[derive(Debug)]
pub struct Assessor<'p> {
    policy: &'p Policy,
    mark: PolicyMark,
    inputs: Arc<InputTable>,
    presumed: Arc<BTreeMap<InputId, Presumed>>,
    only_fired: bool,
    watches: bool,
    looks_back: bool,
    at_work: Vec<AtWork<'p>>,
    companions: Vec<Assessor<'p>>,
}

/// The rules in force between two changes of the policy, at work.
#[derive(Debug)]
pub struct AtWork<'p> {
    since: Date,
    /// The rules.
    pub evaluator: Evaluator<'p>,
    /// What each of them says of itself, in the same order.
    pub rules: Vec<Rule>,
    /// The numbers in force.
    pub parameters: Arc<[ParameterInForce]>,
    /// Those of them that the calendar is reckoned with, once they were asked for.
    pub calendar: Option<CalendarRules>,
    /// The words that the policy spells, once they were asked for.
    pub words: OnceCell<BTreeSet<String>>,
}

impl<'p> Assessor<'p> {
    /// An assessor under a policy.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Self {
        Self {
            mark: PolicyMark {
                name: (&**policy.name()).into(),
                digest: (&**policy.digest()).into(),
                trial: policy.trial().into(),
                law: policy.law(),
            },
            inputs: Arc::new(policy.inputs().copied()),
            presumed: Arc::new(BTreeMap::clone(policy.presumed())),
            only_fired: false,
            watches: false,
            looks_back: false,
            at_work: Vec::new(),
            companions: policy.companions().iter().map(Self::new).collect(),
            policy,
        }
    }

    /// The same, whose decisions name only the rules that fired: enough for a book, and less to write out.
    #[must_use]
    pub const fn telling_what_fired(mut self, only_fired: bool) -> Self {
        self.only_fired = only_fired;
        self
    }

    /// The same, which keeps which conditions came out false and true.
    #[must_use]
    pub fn watching(mut self) -> Self {
        self.watches = true;
        self.companions = self.companions.into_iter().map(Self::watching).collect();
        self
    }

    /// The same, where of the policies that run with it only those rules are asked that look at what became of the case: the others say
    /// the same whatever that is.
    #[must_use]
    pub fn with_what_looks_back(mut self) -> Self {
        self.companions.iter_mut().for_each(|companion| companion.looks_back = true);
        self
    }

    /// Which conditions of the policy of that name came out false and true since the last time, by their number.
    pub fn take_seen(&mut self, policy: &str) -> CameOut {
        let own = match self.companions.iter_mut().find(|one| *one.mark.name == *policy) {
            Some(companion) => &mut companion.at_work,
            None => &mut self.at_work,
        };
        let mut all = CameOut::new();
        let seen = own.iter_mut().flat_map(|at| at.evaluator.take_seen());
        seen.for_each(|(number, came)| came_out(&mut all, number, came));
        all
    }

    /// Whether decisions name only the rules that fired.
    #[must_use]
    pub const fn tells_what_fired(&self) -> bool {
        self.only_fired
    }

    /// What answers call the policy.
    #[must_use]
    pub const fn mark(&self) -> &PolicyMark {
        &self.mark
    }

    /// What the policy sees of a case on a date: nothing that is dated later.
    #[must_use]
    pub fn facts(&self, case: &Arc<Case>, on: Date) -> Arc<Facts> {
        self.facts_with(Case::as_known_on(case, on), on, None)
    }

    /// The same of what is known, with what a later stage knows.
    #[must_use]
    pub fn facts_with(&self, case: Arc<Case>, on: Date, later: Option<Arc<dyn Later>>) -> Arc<Facts> {
        Arc::new(Facts {
            case,
            on,
            inputs: Arc::clone(&self.inputs),
            presumed: Arc::clone(&self.presumed),
            as_written: self.policy.is_as_written(),
            instead: BTreeMap::new(),
            later,
        })
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The assessors of the policies that run with it.
    pub const fn companions(&mut self) -> &mut [Self] {
        self.companions.as_mut_slice()
    }

    /// What the rules in force on a date say of themselves, in the order of the file, once a case was decided on it.
    #[must_use]
    pub fn rules_on(&self, on: Date) -> &[Rule] {
        let since = self.policy.in_force_since(on);
        self.at_work.iter().find(|at| at.since == since).map_or(&[], |at| &at.rules)
    }

    /// The rules in force on the date of some facts, turned to them.
    pub fn begin(&mut self, facts: &Arc<Facts>) -> &mut AtWork<'p> {
        let at = self.at(facts);
        at.evaluator.begin(facts);
        at
    }

    /// The rules in force on the date of some facts.
    pub fn at(&mut self, facts: &Arc<Facts>) -> &mut AtWork<'p> {
        let since = self.policy.in_force_since(facts.on);
        let index = self.at_work.iter().position(|at| at.since == since).unwrap_or_else(|| {
            let mut in_force = self.policy.in_force(since);
            let is_later = |input: &Input| matches!(input.source, Source::Later(_));
            let looks_back = |entry: &&Entry| self.policy.program().can_read(entry.function, &self.inputs, is_later);
            in_force.rules.retain(|entry| !self.looks_back || looks_back(entry));
            let rules = in_force.rules.iter().map(|entry| entry.rule.copied()).collect();
            let mut evaluator = Evaluator::new(in_force, facts);
            if self.watches {
                evaluator.watch();
            }
            self.at_work.push(AtWork {
                since,
                evaluator,
                rules,
                parameters: parameters_in_force(self.policy, since).into(),
                calendar: None,
                words: OnceCell::new(),
            });
            self.at_work.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the index was found or made just above")]
        &mut self.at_work[index]
    }
}
