//! The laws of a policy, held against a case, the tier that the rules give it and the one that is acted on.

use crate::{
    decision::{Decision, assessor::Assessor, decide::CaseFile, reason::Flag},
    evaluate::outcome::NoOutcome,
    language::{fault::PolicyFault, rule::Rule},
};
use std::sync::Arc;

/// A law that does not hold.
#[derive(Debug)]
pub struct BrokenLaw<'p> {
    /// The law.
    pub law: &'p Rule,
    /// The tiers of which it does not hold, as a sentence names them.
    of: String,
}

/// The laws in force that a case breaks with the tier which the rules give it, or with the one that an override moves it to. What a law
/// asks for and nobody knows breaks none.
///
/// # Errors
///
/// When a law fails.
pub fn broken_laws<'p>(
    assessor: &mut Assessor<'p>,
    file: &CaseFile,
    decision: &Decision,
) -> Result<Vec<BrokenLaw<'p>>, Box<PolicyFault>> {
    let (policy, on) = (assessor.policy(), decision.assessed_on);
    let Some(computed) = &decision.computed else { return Ok(Vec::new()) };
    let moved = decision.tier.as_ref().filter(|tier| *tier != computed);
    let laws = policy.program().laws.iter().filter(|law| law.rule.holds_on(policy.law().unwrap_or(on)));
    let facts = assessor.facts(&file.case, on);
    // All of them together have the budget of one case.
    let evaluator = &mut assessor.begin(&facts).evaluator;
    let mut is_broken = |law, tier| match evaluator.law(law, tier) {
        Ok(true) | Err(NoOutcome::Unknown(_)) => Ok(false),
        Ok(false) => Ok(true),
        Err(NoOutcome::Fault(fault)) => Err(fault),
    };
    let mut broken = Vec::new();
    for law in laws {
        let by_rules = is_broken(law, computed)?.then(|| match moved {
            None => computed.clone(),
            Some(_) => format!("{computed}, which the rules give"),
        });
        let by_override = match moved {
            Some(tier) => is_broken(law, tier)?.then(|| format!("{tier}, to which an override moves it")),
            None => None,
        };
        let of: Vec<String> = by_rules.into_iter().chain(by_override).collect();
        if !of.is_empty() {
            broken.push(BrokenLaw { law: &law.rule, of: of.join(", nor of ") });
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
    let flag = |BrokenLaw { law, of }: BrokenLaw<'_>| Flag {
        code: Arc::clone(&law.name),
        text: format!("does not hold of {of}: {}", law.text),
        rule: Arc::clone(&law.name),
        policy: Arc::clone(&decision.policy.name),
        severity: Some("high".into()),
        acknowledged: None,
    };
    Ok(broken_laws(assessor, file, decision)?.into_iter().map(flag).collect())
}
