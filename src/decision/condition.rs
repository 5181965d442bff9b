//! A rule condition by condition, with the operands that each saw.

use crate::{
    decision::{
        explain::Taken,
        explained_value::{ExplainedValue, ValueReader},
        reason::Flag,
    },
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts, Unknown},
        outcome::{NoOutcome, Outcome},
        trace::Comparison,
    },
    language::{effect::Effect, fault::PolicyFault, rule::Rule},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// One rule, condition by condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleExplained {
    /// The rule.
    pub rule: Arc<str>,
    /// Line of the script at which it begins.
    #[schemars(range(min = 1))]
    pub line: usize,
    /// What it means, in the policy's words.
    pub text: Arc<str>,
    /// Where it comes from.
    pub cite: Option<Arc<str>>,
    /// Whether it said anything.
    pub fired: bool,
    /// What it said.
    pub effects: Vec<Effect>,
    /// What it worked out, in order: facts, numbers and helpers.
    pub workings: Vec<ExplainedValue>,
    /// Its conditions, in the order in which they were met.
    pub conditions: Vec<Condition>,
    /// Of a rule that did not fire, the condition that failed: the last that did not hold, or the last of all where a rule
    /// ends early because one does.
    pub failed: Option<Condition>,
    /// The fact that it asked for in vain: path of the input.
    pub missing: Option<Arc<str>>,
}

/// One condition with the operands that it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// The script.
    pub file: String,
    /// Line of the script.
    pub line: usize,
    /// The line as it is written.
    pub source: String,
    /// Left operand, as seen; the path of an input that is a truth value, or whose presence is asked for.
    pub left: String,
    /// What the left operand is of, where it has a name: an input, a parameter, a helper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_of: Option<String>,
    /// The operator; `is` for truth values and presence.
    pub operator: String,
    /// Right operand, as seen.
    pub right: String,
    /// What the right operand is of, where it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right_of: Option<String>,
    /// Whether the condition holds. One that asks for the contrary, such as `!person.iom`, holds where the value is false.
    pub holds: bool,
}

impl RuleExplained {
    fn new(
        rule: &Rule,
        outcome: &Outcome,
        (workings, conditions): (Vec<ExplainedValue>, Vec<Condition>),
        missing: Option<Arc<str>>,
    ) -> Self {
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
            workings,
            conditions,
            failed,
            missing,
        }
    }

    /// Takes back the flags that the decision does not raise: only what is taken for a fact that is not known would.
    pub(super) fn raise_only(&mut self, flags: &[Flag], taken: &[Taken]) {
        let rule = &self.rule;
        let is_raised = |code: &Arc<str>| flags.iter().any(|flag| flag.rule == *rule && flag.code == *code);
        self.effects.retain(|effect| !matches!(effect, Effect::Flag { code, .. } if !is_raised(code)));
        if self.fired && self.effects.is_empty() {
            self.fired = false;
            let asks = |taken: &&Taken| {
                let is_it = |name: &str| *name == *taken.path;
                self.conditions.iter().any(|one| is_it(&one.left) || one.left_of.as_deref().is_some_and(is_it))
            };
            self.missing = taken.iter().find(asks).map(|taken| Arc::clone(&taken.path));
        }
    }
}

impl Condition {
    fn new(met: Comparison, reader: &ValueReader<'_>) -> Self {
        let file = reader.program.source(met.script).map_or("", |source| &source.file);
        let line = met.place.line as usize;
        let [left_of, right_of] = met.of.each_ref().map(|of| reader.name(of));
        Self {
            file: file.to_owned(),
            line,
            source: reader.program.source_line(file, line).trim().to_owned(),
            left: met.input.map_or(met.left, |input| reader.inputs.get(input).path.to_string()),
            left_of,
            right_of,
            operator: met.operator.to_owned(),
            right: met.right,
            holds: met.holds,
        }
    }
}

/// Every rule in force, condition by condition: each is run once more with what it meets kept.
///
/// # Errors
///
/// When a rule fails.
pub(super) fn conditions(
    evaluator: &mut Evaluator<'_>,
    facts: &Arc<Facts>,
    assumed: &Assumed,
    outcomes: &[Outcome],
) -> Result<Vec<RuleExplained>, Box<PolicyFault>> {
    evaluator.begin(facts);
    evaluator.turn_to(facts, assumed.clone());
    evaluator.keep_trace(true);
    let mut explained = Vec::with_capacity(outcomes.len());
    for (index, outcome) in outcomes.iter().enumerate() {
        let missing = match evaluator.rule(index) {
            Ok(_) => None,
            Err(NoOutcome::Unknown(Unknown(fact))) => Some(Arc::clone(&facts.inputs.get(fact).path)),
            Err(NoOutcome::Fault(fault)) => return Err(fault),
        };
        let mut trace = evaluator.take_trace();
        let reader = ValueReader { program: evaluator.program(), inputs: &facts.inputs };
        let workings = reader.workings(trace.workings.take());
        let conditions = trace.comparisons.into_iter().map(|met| Condition::new(met, &reader)).collect();
        let Some(entry) = evaluator.rules().get(index) else { continue };
        explained.push(RuleExplained::new(&entry.rule, outcome, (workings, conditions), missing));
    }
    evaluator.keep_trace(false);
    Ok(explained)
}
