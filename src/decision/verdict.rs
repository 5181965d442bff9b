//! From what every rule said to one tier: a decision settles it, otherwise the highest floor does.

use crate::policy::{
    edition::{Edition, Outcome, SoFar, Stop},
    effect::Effect,
    fault::PolicyFault,
    rule::Rule,
    runner::Runner,
    sight::Unknown,
};
use std::{collections::BTreeMap, rc::Rc, sync::Arc};

/// What the rules make of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The tier; none in a policy that gives no tiers.
    pub tier: Option<String>,
    /// Points by axis.
    pub points: BTreeMap<String, i64>,
    /// The outcome of every rule in force, in order.
    pub outcomes: Vec<Rc<Outcome>>,
    /// What the policy's `provisional` function said.
    pub provisional: Option<Outcome>,
}

/// What every rule said, as far as that is known: nothing of a rule that came to a fact which is not.
#[derive(Debug, Clone)]
pub struct Said {
    /// By rule, in order.
    pub outcomes: Vec<Option<Rc<Outcome>>>,
    /// The first fact that a rule asked for in vain.
    pub unknown: Option<Unknown>,
}

impl Said {
    /// Runs every rule over the case that is looked at; those of which it is known what they say need not run.
    ///
    /// # Errors
    ///
    /// When a rule fails.
    pub fn by(runner: &mut Runner, known: Option<&Self>) -> Result<Self, Box<PolicyFault>> {
        let count = runner.edition().rules().len();
        let mut said = Self { outcomes: Vec::with_capacity(count), unknown: None };
        for index in 0..count {
            if let Some(outcome) = known.and_then(|known| known.outcomes.get(index)?.as_ref()) {
                said.outcomes.push(Some(Rc::clone(outcome)));
                continue;
            }
            match runner.run(index) {
                Ok(outcome) => said.outcomes.push(Some(outcome)),
                Err(Stop::Unknown(unknown)) => {
                    said.unknown = said.unknown.or(Some(unknown));
                    said.outcomes.push(None);
                }
                Err(Stop::Fault(fault)) => return Err(fault),
            }
        }
        Ok(said)
    }

    /// The verdict, where every rule said something.
    ///
    /// # Errors
    ///
    /// The first fact that is missing; when a function of the policy fails; when two rules decide differently; when a policy
    /// that has tiers gives none.
    pub fn verdict(self, runner: &mut Runner) -> Result<Verdict, Stop> {
        if let Some(unknown) = self.unknown {
            return Err(Stop::Unknown(unknown));
        }
        let outcomes: Vec<Rc<Outcome>> = self.outcomes.into_iter().flatten().collect();
        let mut so_far = so_far(runner.edition(), &outcomes).map_err(|fault| Stop::Fault(Box::new(fault)))?;
        if runner.edition().has("tier")
            && let Some(tier) = runner.tier(&so_far)?
        {
            so_far.tier = Some(tier);
        }
        let provisional = if runner.edition().has("provisional") { runner.provisional(&so_far)? } else { None };
        if so_far.tier.is_none() && !runner.edition().tiers().is_empty() {
            return Err(Stop::Fault(Box::new(no_tier(runner.edition()))));
        }
        Ok(Verdict { tier: so_far.tier, points: so_far.points, outcomes, provisional })
    }

    /// The verdict of a case that a rule settles outright on what is known, whatever the facts that other rules miss:
    /// somebody in custody is Blue with or without an assessment. A rule that misses a fact counts as not fired.
    ///
    /// # Errors
    ///
    /// When two rules decide differently.
    pub fn settled(&self, runner: &mut Runner) -> Result<Option<Verdict>, Box<PolicyFault>> {
        let decides = |effect: &Effect| matches!(effect, Effect::Decide(_));
        let known = self.outcomes.iter().flatten();
        if runner.edition().has("tier") || !known.flat_map(|outcome| &outcome.effects).any(decides) {
            return Ok(None);
        }
        let each = self.outcomes.iter().enumerate();
        let silent = |index| Rc::new(Outcome::silent(runner.asked_in_vain(index)));
        let outcomes: Vec<Rc<Outcome>> = {
            let mut silent = silent;
            each.map(|(index, outcome)| outcome.clone().unwrap_or_else(|| silent(index))).collect()
        };
        let so_far = so_far(runner.edition(), &outcomes)?;
        let provisional =
            if runner.edition().has("provisional") { runner.provisional(&so_far).ok().flatten() } else { None };
        Ok(Some(Verdict { tier: so_far.tier, points: so_far.points, outcomes, provisional }))
    }
}

/// The verdict on the case that is looked at.
///
/// # Errors
///
/// As [`Said::verdict`]; also when a rule fails.
pub fn verdict(runner: &mut Runner) -> Result<Verdict, Stop> {
    Said::by(runner, None).map_err(Stop::Fault)?.verdict(runner)
}

/// The order of rules never matters: floors are compared, points are added, and two different decisions are a fault.
fn so_far(edition: &Edition, outcomes: &[Rc<Outcome>]) -> Result<SoFar, PolicyFault> {
    let mut so_far = SoFar::default();
    so_far.points.extend(edition.tiers().axes().iter().map(|axis| (axis.clone(), 0)));
    // Only a function of the policy sees which rule set which floor.
    let asks_for_floors = edition.has("tier") || edition.has("provisional");
    let mut decided: Option<(&str, &str)> = None;
    let mut highest: Option<(usize, &str)> = None;
    for (rule, outcome) in edition.rules().iter().zip(outcomes) {
        for effect in &outcome.effects {
            match effect {
                Effect::AtLeast(tier) => {
                    let place = edition.tiers().rank(tier).unwrap_or_default();
                    if highest.is_none_or(|(known, _)| place > known) {
                        highest = Some((place, tier));
                    }
                    if asks_for_floors {
                        let floor = so_far.floors.entry(Arc::clone(&rule.name)).or_insert_with(|| Arc::clone(tier));
                        if edition.tiers().rank(tier) > edition.tiers().rank(floor) {
                            *floor = Arc::clone(tier);
                        }
                    }
                }
                Effect::Decide(tier) => match decided {
                    Some((other, first)) if *other != **tier => {
                        return Err(two_decisions(rule, tier, first, other).text(edition.text()));
                    }
                    _ => decided = Some((tier, &rule.name)),
                },
                Effect::Points { axis, points } => *so_far.points.entry(axis.clone()).or_default() += points,
                Effect::Flag { .. } | Effect::Provisional(_) => {}
            }
        }
    }
    so_far.tier = decided.map(|(tier, _)| tier).or(highest.map(|(_, tier)| tier)).map(str::to_owned);
    Ok(so_far)
}

fn two_decisions(rule: &Rule, tier: &str, first: &str, other: &str) -> PolicyFault {
    let message = format!("decides {tier}, and rule `{first}` decides {other}");
    let help = "a case can be settled only once: let one of them say `at_least`, or tell them apart";
    PolicyFault::failed(&rule.file, message).at(Some(rule.line), None).rule(&rule.name).help(help)
}

fn no_tier(edition: &Edition) -> PolicyFault {
    let file = edition.rules().first().map_or("policy.rhai", |rule| &rule.file);
    let lowest = edition.tiers().ordered().first().map_or("", String::as_str);
    PolicyFault::failed(file, "no rule gives this case a tier")
        .help(format!("add a rule for everybody that ends in `at_least(\"{lowest}\")`"))
}
