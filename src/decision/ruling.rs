//! What a policy says of one case, with everything that it rests on, before any of it is written out for a reader. This is
//! what many cases are compared by.

use crate::{
    decision::{
        desk::Desk,
        judgement::{Judgement, judge},
        range::{Range, range},
        standard::{Allocation, ContactStandard, ReviewStandard},
        standards::Standards,
        verdict::Verdict,
    },
    policy::{
        fault::PolicyFault,
        sight::{Assumed, Facts, Sight},
    },
};
use std::sync::Arc;

/// What a policy says of one case.
#[derive(Debug)]
pub struct Ruling {
    /// Every way that the case could go, with what every rule said on it.
    pub range: Range,
    /// The case, with what is taken for facts that are not known on the way that is acted on.
    pub sight: Sight,
    /// What the rules make of it on that way.
    pub top: Verdict,
    /// The tier to act on: that of the rules, unless professional judgement moved it.
    pub tier: Option<String>,
    /// Professional judgement that moved the tier, or was refused.
    pub judgement: Option<Judgement>,
    /// How often the person must be seen.
    pub contact: Arc<Vec<ContactStandard>>,
    /// How often the rating is reviewed.
    pub review: Option<ReviewStandard>,
    /// Who holds the case, and from where.
    pub allocation: Option<Allocation>,
}

/// Decides a case on what is known of it.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn rule(desk: &mut Desk<'_>, facts: &Arc<Facts>) -> Result<Ruling, Box<PolicyFault>> {
    let policy = desk.policy();
    let at = desk.at(facts)?;
    let range = range(&mut at.runner, facts)?;
    let (assumed, top) = top(&range, policy.name(), policy.tiers())?;
    let mut standards = Standards { runner: &mut at.runner, facts, assumed: &assumed };
    let mut ruling = Ruling {
        tier: top.tier.clone(),
        judgement: None,
        contact: Arc::default(),
        review: None,
        allocation: None,
        sight: Sight { facts: Arc::clone(facts), assumed: assumed.clone() },
        range,
        top,
    };
    if let (Some(computed), Some(_)) = (&ruling.top.tier, &facts.case.r#override) {
        let review = standards.review(computed)?;
        ruling.judgement = judge(&facts.case, computed, policy.tiers(), review, facts.on);
        if let Some(judgement) = ruling.judgement.as_ref().filter(|judgement| judgement.applied) {
            ruling.tier = Some(judgement.tier.clone());
        }
    }
    if let Some(tier) = &ruling.tier {
        ruling.contact = standards.contact(tier)?;
        ruling.review = standards.review(tier)?;
        ruling.allocation = standards.allocation(tier)?;
    }
    Ok(ruling)
}

/// The way that is acted on.
pub(super) fn top(
    range: &Range,
    policy: &str,
    tiers: &crate::policy::tiers::Tiers,
) -> Result<(Assumed, Verdict), Box<PolicyFault>> {
    let nothing = || Box::new(PolicyFault::failed(policy, "no way through the rules"));
    range.top(tiers).cloned().ok_or_else(nothing)
}
