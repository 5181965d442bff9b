//! The standards that follow from a tier: contact, review, allocation.

use crate::{
    decision::{
        standard::{Allocation, ContactStandard, ReviewStandard},
        tried::{Sweep, values},
    },
    policy::{
        edition::Stop,
        fault::PolicyFault,
        runner::Runner,
        sight::{Assumed, Facts, Unknown},
    },
};
use std::sync::Arc;

/// The standards of a tier. Where they too rest on missing facts, the most demanding that those leave open counts.
#[derive(Debug)]
pub struct Standards<'a> {
    /// The rules in force.
    pub runner: &'a mut Runner,
    /// What is known.
    pub facts: &'a Arc<Facts>,
    /// What is taken for the facts that the tier rests on.
    pub assumed: &'a Assumed,
}

/// Most ways that are tried for a standard.
const MAX_WAYS: usize = 256;

impl Standards<'_> {
    /// How often somebody of the tier must be seen.
    ///
    /// # Errors
    ///
    /// When the policy's `contact` function fails.
    pub fn contact(&mut self, tier: &str) -> Result<Arc<Vec<ContactStandard>>, Box<PolicyFault>> {
        let found = self.every_way(|runner| runner.contact(tier))?;
        let demand = |standards: &Arc<Vec<ContactStandard>>| {
            let gaps = standards.iter().map(|standard| standard.unit.days() * standard.every / standard.times.max(1));
            (gaps.min().unwrap_or(u32::MAX), standards.iter().map(|standard| standard.accepts.len()).min())
        };
        Ok(found.into_iter().min_by_key(demand).unwrap_or_default())
    }

    /// How often the rating of the tier must be reviewed.
    ///
    /// # Errors
    ///
    /// When the policy's `review` function fails.
    pub fn review(&mut self, tier: &str) -> Result<Option<ReviewStandard>, Box<PolicyFault>> {
        let found = self.every_way(|runner| runner.review(tier))?;
        Ok(found.into_iter().flatten().min_by_key(|standard| standard.unit.days() * standard.every))
    }

    /// Who holds a case of the tier.
    ///
    /// # Errors
    ///
    /// When the policy's `allocate` function fails.
    pub fn allocation(&mut self, tier: &str) -> Result<Option<Allocation>, Box<PolicyFault>> {
        let found = self.every_way(|runner| runner.allocation(tier))?;
        Ok(found.into_iter().flatten().min_by_key(|allocation| (allocation.grade, allocation.from)))
    }

    fn every_way<T>(&mut self, run: impl Fn(&mut Runner) -> Result<T, Stop>) -> Result<Vec<T>, Box<PolicyFault>> {
        let mut open = vec![self.assumed.clone()];
        let mut found = Vec::new();
        while let Some(assumed) = open.pop() {
            self.look(&assumed);
            match run(self.runner) {
                Ok(standard) => found.push(standard),
                Err(Stop::Fault(fault)) => return Err(fault),
                Err(Stop::Unknown(Unknown(fact))) => {
                    let sweep = if found.len() + open.len() < MAX_WAYS { Sweep::Every } else { Sweep::Ends };
                    let values = values(self.facts.inputs.get(fact), self.runner.edition(), sweep);
                    open.extend(values.into_iter().map(|value| {
                        let mut assumed = assumed.clone();
                        assumed.insert(fact, value);
                        assumed
                    }));
                }
            }
        }
        Ok(found)
    }

    /// Turns to the case, unless it is looked at already: what it answered so far need not be asked again.
    fn look(&mut self, assumed: &Assumed) {
        let sight = self.runner.sight();
        if !Arc::ptr_eq(&sight.facts, self.facts) || sight.assumed != *assumed {
            self.runner.turn_to(self.facts, assumed.clone());
        }
    }
}
