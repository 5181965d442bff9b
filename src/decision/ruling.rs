//! What a policy says of one case, with everything that it rests on, before any of it is written out for a reader. This is
//! what many cases are compared by.

use crate::{
    decision::{
        assessor::Assessor,
        judgement::{Judgement, Reviews, judge},
        range::{Range, range},
        standards::Standards,
        unrecorded::unrecorded,
    },
    evaluate::inputs::{Facts, Inputs},
    language::{
        fault::PolicyFault,
        standard::{Allocation, ContactStandard, ReviewStandard},
    },
};
use std::sync::Arc;

/// What a policy says of one case.
#[derive(Debug)]
pub struct Ruling {
    /// Where the case can come out, with what every rule says on the way that is acted on.
    pub range: Range,
    /// The case, with what is taken for facts that are not known on the way that is acted on.
    pub inputs: Inputs,
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
    /// Points of the work that the case asks for.
    pub workload: Option<u32>,
    /// What is to be said of contacts without an outcome that could raise the tier.
    pub unrecorded: Option<String>,
}

impl Ruling {
    /// The tiers that it names: the one to act on, that of the rules, and what missing facts leave open.
    #[must_use]
    pub fn tiers(&self) -> Vec<&str> {
        let named = [&self.tier, &self.range.top.1.tier].into_iter().flatten();
        named.chain(self.range.ends.iter().flatten()).map(String::as_str).collect()
    }
}

/// Decides a case on what is known of it.
///
/// # Errors
///
/// When a rule of the policy fails.
pub fn rule(assessor: &mut Assessor<'_>, facts: &Arc<Facts>) -> Result<Ruling, Box<PolicyFault>> {
    let policy = assessor.policy();
    let evaluator = &mut assessor.begin(facts).evaluator;
    let range = range(evaluator, facts)?;
    let (assumed, top) = &range.top;
    let mut standards = Standards { evaluator, facts, assumed };
    let (mut tier, mut judgement) = (top.tier.clone(), None);
    if let (Some(computed), Some(_)) = (&top.tier, &facts.case.r#override) {
        let reviews = Reviews {
            regular: standards.review(computed)?,
            triggered: policy.whole_on("review_triggered", facts.on),
            days: policy.days(),
        };
        judgement = judge(&facts.case, computed, policy.tiers(), reviews, facts.on);
        if let Some(judgement) = judgement.as_ref().filter(|judgement| judgement.applied) {
            tier = Some(judgement.tier.clone());
        }
    }
    let (contact, review, allocation, workload) = match &tier {
        Some(tier) => {
            let (contact, review) = (standards.contact(tier)?, standards.review(tier)?);
            (contact, review, standards.allocation(tier)?, standards.workload(tier)?)
        }
        None => (Arc::default(), None, None, None),
    };
    let inputs = Inputs { facts: Arc::clone(facts), assumed: assumed.clone() };
    let mut ruling = Ruling { range, inputs, tier, judgement, contact, review, allocation, workload, unrecorded: None };
    ruling.unrecorded = unrecorded(assessor, facts, &ruling.range);
    Ok(ruling)
}
