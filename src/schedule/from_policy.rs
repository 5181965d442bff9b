//! What a policy asks for one case, tier by tier, in the community and in custody: the policy's own functions say it.

use crate::{
    case::{derived, value::Value},
    decision::{assessor::AtWork, standards},
    evaluate::inputs::{Assumed, Facts},
    language::{fault::PolicyFault, standard::CalendarRules},
    policy::{Policy, source::PARAMETERS},
    schedule::{Standards, TierStandards},
};
use jiff::civil::Date;
use std::sync::Arc;

/// The standards that a case can come under: of the tiers on its record and those that are `given`, which the rules leave open, and of
/// the most intensive one, which holds where none is known; also where a tier outside the order is recorded that the rules do not give.
/// Nothing where the policy asks for neither contact nor review.
///
/// # Errors
///
/// When a function of the policy fails, or a number that the calendar needs is missing from its parameters.
pub fn standards(
    policy: &Policy,
    at: &mut AtWork<'_>,
    facts: &Arc<Facts>,
    given: &[&str],
) -> Result<Option<Standards>, Box<PolicyFault>> {
    if !policy.program().has("contact") && !policy.program().has("review") {
        return Ok(None);
    }
    let rules = match at.calendar {
        Some(rules) => rules,
        None => *at.calendar.insert(rules(policy, facts.on)?),
    };
    let evaluator = &mut at.evaluator;
    let tiers = policy.tiers().ordered().iter();
    let no_standards = Arc::default();
    let mut tiers: Vec<TierStandards> = tiers.map(|tier| TierStandards::asking(tier, &no_standards)).collect();
    let most = tiers.len().saturating_sub(1);
    let held =
        |tier: &str| given.contains(&tier) || facts.case.ratings.iter().any(|rating| rating.tier.as_str() == tier);
    let mut held: Vec<&mut TierStandards> = tiers
        .iter_mut()
        .enumerate()
        .filter(|(rank, one)| *rank == most || held(&one.tier))
        .map(|(_, one)| one)
        .collect();
    let nothing_assumed = Assumed::new();
    if !facts.case.custody.is_empty() {
        let inside = placed(facts, true);
        let mut custody =
            standards::Standards { evaluator: &mut *evaluator, facts: &inside, assumed: &nothing_assumed };
        for standards in &mut held {
            standards.custody = custody.contact(&standards.tier)?;
        }
    }
    let at_large = placed(facts, false);
    let mut community =
        standards::Standards { evaluator: &mut *evaluator, facts: &at_large, assumed: &nothing_assumed };
    for standards in held {
        standards.community = community.contact(&standards.tier)?;
        standards.review = community.review(&standards.tier)?;
    }
    let mut here = standards::Standards { evaluator, facts, assumed: &nothing_assumed };
    let mut outside = Vec::new();
    for tier in policy.tiers().outside().iter().filter(|tier| given.contains(&tier.as_str())) {
        let asked = TierStandards { review: here.review(tier)?, ..TierStandards::asking(tier, &here.contact(tier)?) };
        outside.push(asked);
    }
    Ok(Some(Standards { tiers, outside, rules }))
}

/// The same facts, in custody or not: what is owed rests on where somebody was at each point of the record. Where the person is
/// there anyway they are the very same, and what helpers gave for the decision still holds.
fn placed(facts: &Arc<Facts>, in_custody: bool) -> Arc<Facts> {
    if facts.instead.is_empty() && derived::in_custody(&facts.case, facts.on) == in_custody {
        return Arc::clone(facts);
    }
    let mut instead = facts.instead.clone();
    for (path, holds) in [("in_custody", in_custody), ("in_community", !in_custody)] {
        instead.extend(facts.inputs.find(path).map(|input| (input, Value::Bool(holds))));
    }
    Arc::new(Facts { instead, ..Facts::clone(facts) })
}

fn rules(policy: &Policy, on: Date) -> Result<CalendarRules, Box<PolicyFault>> {
    let number = |name: &str| {
        policy.whole_on(name, on).ok_or_else(|| {
            let (message, help) = if policy.number_on(name, on).is_none() {
                (
                    format!("a policy with `contact` or `review` needs the number `{name}`, in force on the date"),
                    "see the parameters of bgsw under `Calendar`",
                )
            } else {
                (format!("`{name}` is a whole number from 0, and its value is none"), "give a number of days")
            };
            let file = format!("{}/{PARAMETERS}", policy.name());
            Box::new(PolicyFault::invalid(file, message).help(help))
        })
    };
    Ok(CalendarRules {
        grace_days: number("grace_days")?,
        contact_after_release: number("contact_after_release")?,
        contact_after_return: number("contact_after_return")?,
        contact_after_transfer: number("contact_after_transfer")?,
        catch_up: number("catch_up")?,
        review_first: number("review_first")?,
        review_triggered: number("review_triggered")?,
        review_after_transfer: number("review_after_transfer")?,
        review_upcoming: number("review_upcoming")?,
        pre_release: number("pre_release")?,
        pre_release_late: number("pre_release_late")?,
        pre_release_upcoming: number("pre_release_upcoming")?,
        pre_release_early: number("pre_release_early")?,
    })
}
