//! Why a case has its tier: the deciding rule, every rule condition by condition with the operands it saw, and the nearest
//! changes that would move the tier. The rules are run once more for it, with every condition kept.

use crate::{
    case::value::Value,
    decision::{
        Decision,
        decide::{CaseFile, decide_facts},
        desk::Desk,
        nearest::{Nearest, nearest},
        range::range,
        trial::Bench,
        verdict::Verdict,
        why_not::{WhyNot, why_not},
    },
    policy::{
        Policy,
        edition::{Edition, Outcome, Stop},
        effect::Effect,
        fault::PolicyFault,
        rule::Rule,
        session::{Comparison, SharedSession},
        sight::{Assumed, Facts, Unknown},
    },
};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// The answer to why, and to what would change it. Its JSON keys are stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Path of the input.
    pub path: Arc<str>,
    /// The value.
    pub value: Value,
}

/// One rule, condition by condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleExplained {
    /// The rule.
    pub rule: Arc<str>,
    /// Line of the script at which it begins.
    pub line: usize,
    /// What it means, in the policy's words.
    pub text: Arc<str>,
    /// Where it comes from.
    pub cite: Option<Arc<str>>,
    /// Whether it said anything.
    pub fired: bool,
    /// What it said.
    pub effects: Vec<Effect>,
    /// Its conditions, in the order in which they were met.
    pub conditions: Vec<Condition>,
    /// Of a rule that did not fire, the condition that failed: the last that did not hold, or the last of all where a rule
    /// ends early because one does.
    pub failed: Option<Condition>,
    /// The fact that it asked for in vain.
    pub missing: Option<Arc<str>>,
}

/// One condition with the operands that it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// The script.
    pub file: String,
    /// Line of the script.
    pub line: usize,
    /// The line as it is written.
    pub source: String,
    /// Left operand, as seen; the path of an input that is a truth value, or whose presence is asked for.
    pub left: String,
    /// The operator; `is` for truth values and presence.
    pub operator: String,
    /// Right operand, as seen.
    pub right: String,
    /// Whether the condition holds. One that asks for the contrary, such as `!person.iom`, holds where the value is false.
    pub holds: bool,
}

/// Explains the decision on a case.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn explain(policy: &Policy, file: &CaseFile, on: Date) -> Result<Explanation, Box<PolicyFault>> {
    explained(policy, file, on, None)
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
    explained(policy, file, on, Some(asked))
}

fn explained(policy: &Policy, file: &CaseFile, on: Date, asked: Option<&str>) -> Result<Explanation, Box<PolicyFault>> {
    let mut desk = Desk::new(policy);
    let facts = desk.facts(&file.case, on);
    let decision = decide_facts(&mut desk, file, &facts)?;
    let runner = &mut desk.at(&facts)?.runner;
    let edition = Arc::clone(runner.edition());
    let range = range(runner, &facts)?;
    let nothing = || Box::new(PolicyFault::failed(&**policy.name(), "no way through the rules"));
    let top = range.top(policy.tiers()).ok_or_else(nothing)?;
    let rules = rules(policy, &edition, &facts, top)?;
    let mut bench = Bench::new(policy, (&edition, runner), &facts, top);
    let nearest = nearest(&mut bench);
    let why_not = asked.map(|tier| why_not(&mut bench, &rules, &nearest, tier));
    let taken =
        top.0.iter().map(|(input, value)| Taken { path: facts.inputs.get(*input).path.clone(), value: value.clone() });
    Ok(Explanation {
        deciding: decision.deciding().map(|reason| reason.rule.clone()),
        assumed: taken.collect(),
        rules,
        nearest,
        why_not,
        decision,
    })
}

fn rules(
    policy: &Policy,
    edition: &Edition,
    facts: &Arc<Facts>,
    (assumed, verdict): &(Assumed, Verdict),
) -> Result<Vec<RuleExplained>, Box<PolicyFault>> {
    let each = edition.rules().iter().zip(&verdict.outcomes);
    each.map(|(rule, outcome)| {
        let session = SharedSession::new(Arc::clone(facts), assumed.clone());
        session.lock().keep_comparisons();
        let missing = match edition.run_script(rule, &session) {
            Ok(_) => None,
            Err(Stop::Unknown(Unknown(fact))) => Some(facts.inputs.get(fact).path.clone()),
            Err(Stop::Fault(fault)) => return Err(fault),
        };
        let met = session.lock().comparisons();
        let conditions = met.into_iter().map(|met| Condition::new(met, policy)).collect();
        Ok(RuleExplained::new(rule, outcome, conditions, missing))
    })
    .collect()
}

impl RuleExplained {
    fn new(rule: &Rule, outcome: &Outcome, conditions: Vec<Condition>, missing: Option<Arc<str>>) -> Self {
        let fired = !outcome.effects.is_empty();
        let failing = || conditions.iter().rev().find(|condition| !condition.holds).or(conditions.last());
        let failed = if fired || missing.is_some() { None } else { failing().cloned() };
        Self {
            rule: rule.name.clone(),
            line: rule.line,
            text: rule.text.clone(),
            cite: rule.cite.clone(),
            fired,
            effects: outcome.effects.clone(),
            conditions,
            failed,
            missing,
        }
    }
}

impl Condition {
    fn new(met: Comparison, policy: &Policy) -> Self {
        let source = policy.source_line(&met.file, met.line);
        let negated = met.operator == "is" && is_negated(source, met.column);
        Self {
            source: source.trim().to_owned(),
            file: met.file,
            line: met.line,
            left: met.left,
            operator: met.operator.to_owned(),
            right: met.right,
            holds: met.holds != negated,
        }
    }
}

/// Whether the input at a column of a line stands behind a `!`, as in `!person.iom` and `!known(person.sex)`.
fn is_negated(source: &str, column: usize) -> bool {
    let before: String = source.chars().take(column.saturating_sub(1)).collect();
    let in_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let before = before.trim_end_matches(in_path);
    before.strip_suffix("known(").unwrap_or(before).ends_with('!')
}
