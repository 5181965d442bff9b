//! Why a case has its tier: the deciding rule, every rule condition by condition with the operands it saw, and the nearest
//! changes that would move the tier. The rules are run once more for it, with every condition kept.

use crate::{
    case::value::Value,
    decision::{
        Decision,
        assessor::Assessor,
        condition::{RuleExplained, conditions},
        decide::{CaseFile, decide_facts},
        nearest::{Nearest, nearest},
        range::{no_further, range},
        what_if::WhatIf,
        why_not::{WhyNot, why_not},
    },
    language::fault::PolicyFault,
    policy::Policy,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::{Arc, atomic::AtomicBool};

/// The answer to why, and to what would change it. Its JSON keys are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Explanation {
    /// The decision that is explained.
    pub decision: Decision,
    /// The rule that the tier comes from.
    pub deciding: Option<Arc<str>>,
    /// What is taken for facts that are not known, where the tier rests on it.
    pub assumed: Vec<Taken>,
    /// Every rule in force, in the order of the policy.
    pub rules: Vec<RuleExplained>,
    /// What would move the tier that the rules give.
    pub nearest: Nearest,
    /// What keeps the case from a tier that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<WhyNot>,
}

/// A value taken for a fact that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Taken {
    /// Path of the input.
    pub path: Arc<str>,
    /// The value.
    pub value: Value,
}

/// Explains the decision on a case.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn explain(policy: &Policy, file: &CaseFile, on: Date) -> Result<Explanation, Box<PolicyFault>> {
    explained(policy, file, on, None, None)
}

/// Explains the decision on a case for somebody who may say meanwhile that they no longer wait for it: then no further change is looked for.
///
/// # Errors
///
/// When a rule of the policy fails.
#[cfg(feature = "serve")]
pub fn explain_until(
    policy: &Policy,
    file: &CaseFile,
    on: Date,
    stop: &AtomicBool,
) -> Result<Explanation, Box<PolicyFault>> {
    explained(policy, file, on, None, Some(stop))
}

/// Explains the decision on a case, and what keeps it from the tier `asked`.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn explain_why_not(
    policy: &Policy,
    file: &CaseFile,
    on: Date,
    asked: &str,
) -> Result<Explanation, Box<PolicyFault>> {
    explained(policy, file, on, Some(asked), None)
}

fn explained(
    policy: &Policy,
    file: &CaseFile,
    on: Date,
    asked: Option<&str>,
    stop: Option<&AtomicBool>,
) -> Result<Explanation, Box<PolicyFault>> {
    let mut assessor = Assessor::new(policy);
    let facts = assessor.facts(&file.case, on);
    let decision = decide_facts(&mut assessor, file, &facts)?;
    let evaluator = &mut assessor.begin(&facts).evaluator;
    let mut top = range(evaluator, &facts)?.top;
    no_further(evaluator, &facts, &mut top);
    let (assumed, verdict) = &top;
    let mut rules = conditions(evaluator, &facts, assumed, &verdict.outcomes)?;
    let taken = assumed
        .iter()
        .map(|(input, value)| Taken { path: Arc::clone(&facts.inputs.get(*input).path), value: value.clone() });
    let taken: Vec<Taken> = taken.collect();
    for rule in &mut rules {
        rule.raise_only(&decision.flags, &taken);
    }
    let mut what_if = WhatIf::new(policy, evaluator, &facts, &top);
    what_if.stop = stop;
    let nearest = nearest(&mut what_if);
    let why_not = asked.map(|tier| why_not(&mut what_if, &rules, &nearest, tier));
    Ok(Explanation {
        deciding: decision.deciding().map(|reason| reason.rule.clone()),
        assumed: taken,
        rules,
        nearest,
        why_not,
        decision,
    })
}
