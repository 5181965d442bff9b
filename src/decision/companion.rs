//! A policy that runs with a tier policy and after it: it sees what became of the case and raises flags. It never changes a
//! tier.

use crate::{
    decision::{
        PolicyMark,
        decide::{Answer, CaseFile, facts_with},
        range::range,
        reason::{Flag, ParameterInForce, Reason, parameters_in_force},
    },
    policy::{Policy, fault::PolicyFault, session::Later},
};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// What a policy that runs with another found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Companion {
    /// Which policy.
    pub policy: PolicyMark,
    /// The rules that fired.
    pub reasons: Vec<Reason>,
    /// The numbers in force.
    pub parameters: Vec<ParameterInForce>,
    /// What it raised; the answer holds them among its own.
    #[serde(skip)]
    pub flags: Vec<Flag>,
}

/// Runs a policy over a case of which a later stage already knows something.
///
/// # Errors
///
/// When one of its rules fails.
pub fn accompany(
    policy: &Policy,
    file: &CaseFile,
    on: Date,
    later: Arc<dyn Later>,
) -> Result<Companion, Box<PolicyFault>> {
    let edition = policy.edition(on)?;
    let facts = facts_with(policy, file, on, Some(later));
    let range = range(&edition, &facts)?;
    let nothing = || Box::new(PolicyFault::failed(policy.name(), "no way through the rules"));
    let (assumed, top) = range.top(policy.tiers()).ok_or_else(nothing)?;
    let answer = Answer { policy, edition: &edition, facts: &facts, file, on, range: &range, assumed, top };
    Ok(Companion {
        policy: PolicyMark { name: policy.name().to_owned(), digest: policy.digest().to_owned() },
        reasons: answer.reasons().into_iter().filter(|reason| reason.fired).collect(),
        parameters: parameters_in_force(&edition),
        flags: answer.flags(),
    })
}
