//! A desk: where one thread decides cases under a policy. It keeps the rules in force at work between cases, so that what a
//! rule said of one case is told of the next that answers its questions in the same way.
//!
//! What every answer points at, such as the names of rules, a desk has copies of: threads that count the users of the same
//! text wait for each other.

use crate::{
    case::{
        Case,
        input::{InputId, InputTable},
    },
    decision::{
        PolicyMark,
        reason::{ParameterInForce, parameters_in_force},
        standard::CalendarRules,
    },
    policy::{
        Policy,
        fault::PolicyFault,
        parameters::Presumed,
        rule::Rule,
        runner::Runner,
        sight::{Facts, Later},
    },
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Where one thread decides cases under a policy and those that run with it.
#[derive(Debug)]
pub struct Desk<'p> {
    policy: &'p Policy,
    mark: PolicyMark,
    inputs: Arc<InputTable>,
    presumed: Arc<BTreeMap<InputId, Presumed>>,
    remembers: bool,
    only_fired: bool,
    at_work: Vec<AtWork>,
    companions: Vec<Desk<'p>>,
}

/// The rules in force between two changes of the policy, at work.
#[derive(Debug)]
pub struct AtWork {
    since: Date,
    /// The rules.
    pub runner: Runner,
    /// What each of them says of itself, in the same order.
    pub rules: Vec<Rule>,
    /// The numbers in force.
    pub parameters: Arc<[ParameterInForce]>,
    /// Those of them that the calendar is reckoned with, once they were asked for.
    pub calendar: Option<CalendarRules>,
}

impl<'p> Desk<'p> {
    /// A desk that remembers what rules said.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Self {
        Self::that(policy, true)
    }

    /// A desk at which every rule is run for every case: the same answers, more slowly.
    #[must_use]
    pub fn without_memory(policy: &'p Policy) -> Self {
        Self::that(policy, false)
    }

    fn that(policy: &'p Policy, remembers: bool) -> Self {
        let companions = policy.companions().iter().map(|companion| Self::that(companion, remembers)).collect();
        let mark = PolicyMark { name: (&**policy.name()).into(), digest: (&**policy.digest()).into() };
        let inputs = Arc::new(policy.inputs().copied());
        let presumed = Arc::new(BTreeMap::clone(policy.presumed()));
        Self { policy, mark, inputs, presumed, remembers, only_fired: false, at_work: Vec::new(), companions }
    }

    /// The same desk, whose decisions name only the rules that fired: enough for a book, and less to write out.
    #[must_use]
    pub const fn telling_what_fired(mut self, only_fired: bool) -> Self {
        self.only_fired = only_fired;
        self
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
    pub(super) fn facts_with(&self, case: Arc<Case>, on: Date, later: Option<Arc<dyn Later>>) -> Arc<Facts> {
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

    /// The desks of the policies that run with it.
    pub const fn companions(&mut self) -> &mut [Self] {
        self.companions.as_mut_slice()
    }

    /// The rules in force on the date of some facts.
    ///
    /// # Errors
    ///
    /// When an imported script fails to load.
    pub fn at(&mut self, facts: &Arc<Facts>) -> Result<&mut AtWork, PolicyFault> {
        let since = self.policy.in_force_since(facts.on);
        let known = self.at_work.iter().position(|at| at.since == since);
        let index = match known {
            Some(index) => index,
            None => {
                let edition = self.policy.edition(facts.on)?;
                let parameters = parameters_in_force(&edition).into();
                let rules = edition.rules().iter().map(Rule::copied).collect();
                let runner = Runner::new(edition, Arc::clone(facts), self.remembers);
                self.at_work.push(AtWork { since, runner, rules, parameters, calendar: None });
                self.at_work.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the index was found or made just above")]
        Ok(&mut self.at_work[index])
    }
}
