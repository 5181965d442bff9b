//! From what every rule said to one tier: a decision settles it, otherwise the highest floor does.

use crate::{
    evaluate::{
        evaluator::Evaluator,
        inputs::Unknown,
        machine::Read,
        outcome::{NoOutcome, Outcome, SoFar},
    },
    language::{effect::Effect, fault::PolicyFault, rule::Rule},
};
use std::{collections::BTreeMap, sync::Arc};

/// What the rules make of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The tier; none in a policy that gives no tiers.
    pub tier: Option<String>,
    /// Points by axis.
    pub points: BTreeMap<String, i64>,
    /// The outcome of every rule in force, in order.
    pub outcomes: Vec<Outcome>,
    /// What the policy's `provisional` function said.
    pub provisional: Option<Outcome>,
}

impl Verdict {
    /// Everything that was read for it.
    pub fn reads(&self) -> impl Iterator<Item = &Read> {
        self.outcomes.iter().chain(&self.provisional).flat_map(|outcome| &outcome.reads)
    }
}

/// What every rule said, as far as that is known: nothing of a rule that came to a fact which is not.
#[derive(Debug)]
struct RulesSaid {
    /// By rule, in order; of one that was stopped, what it had read.
    outcomes: Vec<Outcome>,
    /// The first fact that a rule asked for in vain.
    unknown: Option<Unknown>,
}

impl RulesSaid {
    fn by(evaluator: &mut Evaluator<'_>) -> Result<Self, Box<PolicyFault>> {
        let count = evaluator.rules().len();
        let mut said = Self { outcomes: Vec::with_capacity(count), unknown: None };
        for index in 0..count {
            match evaluator.rule(index) {
                Ok(outcome) => said.outcomes.push(outcome),
                Err(NoOutcome::Unknown(unknown)) => {
                    said.unknown = said.unknown.or(Some(unknown));
                    said.outcomes.push(Outcome { effects: Vec::new(), reads: evaluator.reads_so_far() });
                }
                Err(NoOutcome::Fault(fault)) => return Err(fault),
            }
        }
        Ok(said)
    }

    fn verdict(self, evaluator: &mut Evaluator<'_>) -> Result<Verdict, NoOutcome> {
        let mut so_far = so_far(evaluator, &self.outcomes).map_err(|fault| NoOutcome::Fault(Box::new(fault)))?;
        if let Some(tier) = evaluator.tier(&so_far)? {
            so_far.tier = Some(tier);
        }
        let provisional = evaluator.provisional(&so_far)?;
        if so_far.tier.is_none() && !evaluator.tiers().is_empty() {
            return Err(NoOutcome::Fault(Box::new(no_tier(evaluator))));
        }
        Ok(Verdict { tier: so_far.tier, points: so_far.points, outcomes: self.outcomes, provisional })
    }

    /// The verdict of a case that a rule settles outright on what is known, whatever the facts that other rules miss:
    /// somebody in custody is Blue with or without an assessment. A rule that misses a fact counts as not fired.
    fn is_settled(&self, evaluator: &Evaluator<'_>) -> bool {
        let decides = |effect: &Effect| matches!(effect, Effect::Decide(_));
        !evaluator.program().has("tier") && self.outcomes.iter().flat_map(|outcome| &outcome.effects).any(decides)
    }
}

/// The verdict on the case that is looked at.
///
/// # Errors
///
/// The first fact that is missing, unless a rule settles the tier without it; when a function of the policy fails; when two rules
/// decide differently; when a policy that has tiers gives none.
pub fn verdict(evaluator: &mut Evaluator<'_>) -> Result<Verdict, NoOutcome> {
    let said = RulesSaid::by(evaluator).map_err(NoOutcome::Fault)?;
    match said.unknown {
        None => said.verdict(evaluator),
        Some(_) if said.is_settled(evaluator) => {
            let so_far = so_far(evaluator, &said.outcomes).map_err(|fault| NoOutcome::Fault(Box::new(fault)))?;
            let provisional = evaluator.provisional(&so_far).ok().flatten();
            Ok(Verdict { tier: so_far.tier, points: so_far.points, outcomes: said.outcomes, provisional })
        }
        Some(unknown) => Err(NoOutcome::Unknown(unknown)),
    }
}

/// The order of rules never matters: floors are compared, points are added, and two different decisions are a fault.
fn so_far(evaluator: &Evaluator<'_>, outcomes: &[Outcome]) -> Result<SoFar, PolicyFault> {
    let (tiers, program) = (evaluator.tiers(), evaluator.program());
    let mut so_far = SoFar::default();
    so_far.points.extend(tiers.axes().iter().map(|axis| (axis.clone(), 0)));
    // Only a function of the policy sees which rule set which floor.
    let asks_for_floors = program.has("tier") || program.has("provisional");
    let mut decided: Option<(&str, &str)> = None;
    let mut highest: Option<(usize, &str)> = None;
    for (rule, outcome) in evaluator.rules().iter().map(|entry| &entry.rule).zip(outcomes) {
        for effect in &outcome.effects {
            match effect {
                Effect::AtLeast(tier) => {
                    let place = tiers.rank(tier).unwrap_or_default();
                    if highest.is_none_or(|(known, _)| place > known) {
                        highest = Some((place, tier));
                    }
                    if asks_for_floors {
                        let floor = so_far.floors.entry(Arc::clone(&rule.name)).or_insert_with(|| Arc::clone(tier));
                        if tiers.rank(tier) > tiers.rank(floor) {
                            *floor = Arc::clone(tier);
                        }
                    }
                }
                Effect::Decide(tier) => match decided {
                    Some((other, first)) if *other != **tier => {
                        let text = program.source(0).map_or("", |source| &source.text);
                        return Err(two_decisions(rule, tier, first, other).text(text));
                    }
                    _ => decided = Some((tier, &rule.name)),
                },
                Effect::Points { axis, points } => {
                    let known = so_far.points.entry(axis.clone()).or_default();
                    *known = known.checked_add(*points).ok_or_else(|| too_many_points(rule))?;
                }
                Effect::Flag { .. } | Effect::Provisional(_) => {}
            }
        }
    }
    so_far.tier = decided.map(|(tier, _)| tier).or(highest.map(|(_, tier)| tier)).map(str::to_owned);
    Ok(so_far)
}

/// Points that no longer fit would come round to the lowest tier.
fn too_many_points(rule: &Rule) -> PolicyFault {
    let fault = PolicyFault::failed(&rule.file, "adds more points than can be counted");
    fault.at(Some(rule.line), None).rule(&rule.name).help("look for a number that is far too large")
}

fn two_decisions(rule: &Rule, tier: &str, first: &str, other: &str) -> PolicyFault {
    let message = format!("decides {tier}, and rule `{first}` decides {other}");
    let help = "a case can be settled only once: let one of them say `at_least`, or tell them apart";
    PolicyFault::failed(&rule.file, message).at(Some(rule.line), None).rule(&rule.name).help(help)
}

fn no_tier(evaluator: &Evaluator<'_>) -> PolicyFault {
    let file = evaluator.rules().first().map_or("policy.rhai", |entry| &entry.rule.file);
    let lowest = evaluator.tiers().ordered().first().map_or("", String::as_str);
    PolicyFault::failed(file, "no rule gives this case a tier")
        .help(format!("add a rule for everybody that ends in `at_least(\"{lowest}\")`"))
}
