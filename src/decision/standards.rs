//! The standards that follow from a tier: contact, review, allocation, and the points of its work.

use crate::{
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts, Unknown},
        outcome::NoOutcome,
    },
    language::{
        fault::PolicyFault,
        standard::{Allocation, ContactStandard, ReviewStandard, Standard},
    },
};
use std::sync::Arc;

/// The standards of a tier. Where they too rest on missing facts, the most demanding that those leave open counts.
#[derive(Debug)]
pub struct Standards<'a, 'p> {
    /// The rules in force.
    pub evaluator: &'a mut Evaluator<'p>,
    /// What is known.
    pub facts: &'a Arc<Facts>,
    /// What is taken for the facts that the tier rests on.
    pub assumed: &'a Assumed,
}

impl Standards<'_, '_> {
    /// How often somebody of the tier must be seen.
    ///
    /// # Errors
    ///
    /// When the policy's `contact` function fails.
    pub fn contact(&mut self, tier: &str) -> Result<Arc<Vec<ContactStandard>>, Box<PolicyFault>> {
        let found = self.every_way("contact", tier)?.into_iter().map(|standards| {
            let contact = |standard| match standard {
                Standard::Contact(contact) => Some(contact),
                _ => None,
            };
            standards.into_iter().filter_map(contact).collect::<Vec<_>>()
        });
        let demand = |standards: &Vec<ContactStandard>| {
            let gaps = standards.iter().map(|standard| standard.unit.days() * standard.every / standard.times.max(1));
            (gaps.min().unwrap_or(u32::MAX), standards.iter().map(|standard| standard.accepts.len()).min())
        };
        Ok(found.min_by_key(demand).unwrap_or_default().into())
    }

    /// How often the rating of the tier must be reviewed.
    ///
    /// # Errors
    ///
    /// When the policy's `review` function fails.
    pub fn review(&mut self, tier: &str) -> Result<Option<ReviewStandard>, Box<PolicyFault>> {
        let found = self.every_way("review", tier)?.into_iter().filter_map(|standards| standards.into_iter().next());
        let review = found.filter_map(|standard| match standard {
            Standard::Review(review) => Some(review),
            _ => None,
        });
        Ok(review.min_by_key(|standard| standard.unit.days() * standard.every))
    }

    /// Who holds a case of the tier.
    ///
    /// # Errors
    ///
    /// When the policy's `allocate` function fails.
    pub fn allocation(&mut self, tier: &str) -> Result<Option<Allocation>, Box<PolicyFault>> {
        let found = self.every_way("allocate", tier)?.into_iter().filter_map(|standards| standards.into_iter().next());
        let allocation = found.filter_map(|standard| match standard {
            Standard::Allocation(allocation) => Some(allocation),
            _ => None,
        });
        Ok(allocation.min_by_key(|allocation| (allocation.grade, allocation.from)))
    }

    /// Points of the work that a case of the tier asks for; the most where missing facts leave several open.
    ///
    /// # Errors
    ///
    /// When the policy's `workload` function fails.
    pub fn workload(&mut self, tier: &str) -> Result<Option<u32>, Box<PolicyFault>> {
        let points = self.every_way("workload", tier)?.into_iter().flatten().map(|standard| match standard {
            Standard::Workload(points) => points,
            _ => 0,
        });
        Ok(points.max())
    }

    fn every_way(&mut self, name: &str, tier: &str) -> Result<Vec<Vec<Standard>>, Box<PolicyFault>> {
        self.look();
        self.evaluator.follows(name, tier).map_err(|stop| match stop {
            NoOutcome::Fault(fault) => fault,
            NoOutcome::Unknown(Unknown(fact)) => {
                let path = &self.facts.inputs.get(fact).path;
                let message = format!("`{name}` cannot say what it gives while `{path}` is not known");
                let fault = PolicyFault::failed(self.evaluator.file(), message).rule(name);
                Box::new(fault.help("test it first: `known(...) && ...`"))
            }
        })
    }

    /// Turns to the case, unless it is looked at already: what it answered so far need not be asked again.
    fn look(&mut self) {
        let inputs = self.evaluator.inputs();
        if !Arc::ptr_eq(&inputs.facts, self.facts) || inputs.assumed != *self.assumed {
            self.evaluator.turn_to(self.facts, self.assumed.clone());
        }
    }
}
