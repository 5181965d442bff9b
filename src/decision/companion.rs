//! A policy that runs with a tier policy and after it: it sees what became of the case and raises flags. It never changes a
//! tier.

use crate::{
    decision::{
        PolicyMark,
        assessor::Assessor,
        decide::{Answer, CaseFile},
        range::range,
        reason::{Flag, ParameterInForce, Reason},
    },
    evaluate::inputs::{Facts, Inputs, Later},
    language::fault::PolicyFault,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What a policy that runs with another found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Companion {
    /// Which policy.
    pub policy: PolicyMark,
    /// The rules that fired.
    pub reasons: Vec<Reason>,
    /// The numbers in force.
    #[schemars(skip_serializing_if = "<[ParameterInForce]>::is_empty")]
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
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    known: &Facts,
    later: Arc<dyn Later>,
) -> Result<Companion, Box<PolicyFault>> {
    let policy = assessor.policy();
    let (facts, mark) = (assessor.facts_with(Arc::clone(&known.case), known.on, Some(later)), assessor.mark().clone());
    let at = assessor.begin(&facts);
    let range = range(&mut at.evaluator, &facts)?;
    let inputs = Inputs { facts, assumed: range.top.0.clone() };
    let parameters = Arc::clone(&at.parameters);
    let answer = Answer { policy, mark, at, inputs: &inputs, file, range: &range };
    Ok(Companion { policy: answer.mark.clone(), reasons: answer.reasons(true), parameters, flags: answer.flags() })
}
