//! The laws of a policy, held against a case and the tier that the rules give it.

use crate::{
    decision::{Decision, assessor::Assessor, decide::CaseFile, reason::Flag},
    evaluate::outcome::NoOutcome,
    language::{fault::PolicyFault, rule::Rule},
};
use std::sync::Arc;

/// The laws in force that a case and the tier which the rules give it break. What a law asks for and nobody knows breaks none.
///
/// # Errors
///
/// When a law fails.
pub fn broken_laws<'p>(
    assessor: &mut Assessor<'p>,
    file: &CaseFile,
    decision: &Decision,
) -> Result<Vec<&'p Rule>, Box<PolicyFault>> {
    let (policy, on) = (assessor.policy(), decision.assessed_on);
    let Some(tier) = &decision.computed else { return Ok(Vec::new()) };
    let laws = policy.program().laws.iter().filter(|law| law.rule.holds_on(policy.law().unwrap_or(on)));
    let facts = assessor.facts(&file.case, on);
    // All of them together have the budget of one case.
    let evaluator = &mut assessor.begin(&facts).evaluator;
    let mut broken = Vec::new();
    for law in laws {
        match evaluator.law(law, tier) {
            Ok(true) | Err(NoOutcome::Unknown(_)) => {}
            Ok(false) => broken.push(&law.rule),
            Err(NoOutcome::Fault(fault)) => return Err(fault),
        }
    }
    Ok(broken)
}

/// A flag for each law that does not hold.
///
/// # Errors
///
/// As [`broken_laws`].
pub fn flags_of_laws(
    assessor: &mut Assessor<'_>,
    file: &CaseFile,
    decision: &Decision,
) -> Result<Vec<Flag>, Box<PolicyFault>> {
    let tier = decision.computed.as_deref().unwrap_or_default();
    let flag = |law: &Rule| Flag {
        code: Arc::clone(&law.name),
        text: format!("does not hold of {tier}: {}", law.text),
        rule: Arc::clone(&law.name),
        policy: Arc::clone(&decision.policy.name),
        severity: Some("high".into()),
        acknowledged: None,
    };
    Ok(broken_laws(assessor, file, decision)?.into_iter().map(flag).collect())
}
