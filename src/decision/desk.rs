//! A desk: where one thread decides cases under a policy. It keeps the rules in force at work between cases, so that what a
//! rule said of one case is told of the next that answers its questions in the same way.

use crate::{
    decision::{
        reason::{ParameterInForce, parameters_in_force},
        standard::CalendarRules,
    },
    policy::{Policy, fault::PolicyFault, runner::Runner, sight::Facts},
};
use jiff::civil::Date;
use std::sync::Arc;

/// Where one thread decides cases under a policy and those that run with it.
#[derive(Debug)]
pub struct Desk<'p> {
    policy: &'p Policy,
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
        Self { policy, remembers, only_fired: false, at_work: Vec::new(), companions }
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
                let runner = Runner::new(edition, Arc::clone(facts), self.remembers);
                self.at_work.push(AtWork { since, runner, parameters, calendar: None });
                self.at_work.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the index was found or made just above")]
        Ok(&mut self.at_work[index])
    }
}
