//! From what every rule said to one tier: a decision settles it, otherwise the highest floor does.

use crate::policy::{
    edition::{Edition, Outcome, SoFar, Stop},
    effect::Effect,
    fault::PolicyFault,
    session::SharedSession,
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
    pub outcomes: Vec<Arc<Outcome>>,
    /// What the policy's `provisional` function said.
    pub provisional: Option<Outcome>,
}

/// Runs every rule over the case of a session and combines what they say.
///
/// # Errors
///
/// When a rule asks for a fact that is not known, or fails; when two rules decide differently; when a policy that has tiers
/// gives none.
pub fn verdict(edition: &Edition, session: &SharedSession) -> Result<Verdict, Stop> {
    let outcomes =
        (0..edition.rules().len()).map(|index| edition.run(index, session)).collect::<Result<Vec<_>, _>>()?;
    let mut so_far = so_far(edition, &outcomes).map_err(|fault| Stop::Fault(Box::new(fault)))?;
    if let Some(tier) = edition.tier(session, &so_far)? {
        so_far.tier = Some(tier);
    }
    let provisional = edition.provisional(session, &so_far)?;
    if so_far.tier.is_none() && !edition.tiers().is_empty() {
        return Err(Stop::Fault(Box::new(no_tier(edition))));
    }
    Ok(Verdict { tier: so_far.tier, points: so_far.points, outcomes, provisional })
}

/// The verdict of a case that a rule settles outright on what is known, whatever the facts that other rules miss: somebody
/// in custody is Blue with or without an assessment. A rule that misses a fact counts as not fired.
///
/// # Errors
///
/// When a rule fails, or two rules decide differently.
pub fn settled(edition: &Edition, session: &SharedSession) -> Result<Option<Verdict>, Box<PolicyFault>> {
    if edition.has_tier_function() {
        return Ok(None);
    }
    let mut outcomes = Vec::with_capacity(edition.rules().len());
    let mut decided = false;
    for index in 0..edition.rules().len() {
        match edition.run(index, session) {
            Ok(outcome) => {
                decided |= outcome.effects.iter().any(|effect| matches!(effect, Effect::Decide(_)));
                outcomes.push(outcome);
            }
            Err(Stop::Unknown(_)) => {
                outcomes.push(Arc::new(Outcome { effects: Vec::new(), reads: session.lock().end() }));
            }
            Err(Stop::Fault(fault)) => return Err(fault),
        }
    }
    if !decided {
        return Ok(None);
    }
    let so_far = so_far(edition, &outcomes)?;
    let provisional = edition.provisional(session, &so_far).ok().flatten();
    Ok(Some(Verdict { tier: so_far.tier, points: so_far.points, outcomes, provisional }))
}

/// The order of rules never matters: floors are compared, points are added, and two different decisions are a fault.
fn so_far(edition: &Edition, outcomes: &[Arc<Outcome>]) -> Result<SoFar, PolicyFault> {
    let mut so_far = SoFar::default();
    so_far.points.extend(edition.tiers().axes().iter().map(|axis| (axis.clone(), 0)));
    let mut decided: Option<(&str, &str)> = None;
    for (rule, outcome) in edition.rules().iter().zip(outcomes) {
        for effect in &outcome.effects {
            match effect {
                Effect::AtLeast(tier) => {
                    let floor = so_far.floors.entry(rule.name.clone()).or_insert_with(|| tier.clone());
                    if edition.tiers().rank(tier) > edition.tiers().rank(floor) {
                        floor.clone_from(tier);
                    }
                }
                Effect::Decide(tier) => match decided {
                    Some((other, first)) if other != tier => return Err(two_decisions(rule, tier, first, other)),
                    _ => decided = Some((tier, &rule.name)),
                },
                Effect::Points { axis, points } => *so_far.points.entry(axis.clone()).or_default() += points,
                Effect::Flag { .. } | Effect::Provisional(_) => {}
            }
        }
    }
    let highest = so_far.floors.values().max_by_key(|tier| edition.tiers().rank(tier));
    so_far.tier = decided.map(|(tier, _)| tier.to_owned()).or_else(|| highest.cloned());
    Ok(so_far)
}

fn two_decisions(rule: &crate::policy::rule::Rule, tier: &str, first: &str, other: &str) -> PolicyFault {
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
