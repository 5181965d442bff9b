//! A policy that runs with a tier policy and after it: it sees what became of the case and raises flags. It never changes a
//! tier.

use crate::{
    decision::{
        PolicyMark,
        decide::{Answer, CaseFile},
        desk::Desk,
        range::range,
        reason::{Flag, ParameterInForce, Reason},
        ruling::top,
    },
    policy::{
        fault::PolicyFault,
        sight::{Facts, Later, Sight},
    },
};
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
    pub parameters: Arc<[ParameterInForce]>,
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
    desk: &mut Desk<'_>,
    file: &CaseFile,
    known: &Facts,
    later: Arc<dyn Later>,
) -> Result<Companion, Box<PolicyFault>> {
    let policy = desk.policy();
    let (facts, mark) = (desk.facts_with(Arc::clone(&known.case), known.on, Some(later)), desk.mark().clone());
    let at = desk.at(&facts)?;
    let range = range(&mut at.runner, &facts)?;
    let (assumed, top) = top(&range, policy.name(), policy.tiers())?;
    let sight = Sight { facts, assumed };
    let parameters = Arc::clone(&at.parameters);
    let answer = Answer { policy, mark, at, sight: &sight, file, range: &range, top: &top };
    Ok(Companion { policy: answer.mark.clone(), reasons: answer.reasons(true), parameters, flags: answer.flags() })
}
