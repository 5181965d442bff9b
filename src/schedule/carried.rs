//! What an officer carries for a case: what is owed under the tier on record, and what that tier asks for.

use crate::{
    case::{Case, derived::in_custody, supervision::Rating},
    decision::{Decision, assessor::AtWork, standards},
    evaluate::inputs::{Assumed, Facts},
    language::{
        standard::{ContactStandard, ReviewStandard},
        tiers::Tiers,
    },
    schedule::{Schedule, assess::NoSchedule, assessed::Owed},
};
use jiff::civil::Date;
use std::sync::Arc;

/// What an officer carries for a case. A case without a tier on record is carried under the one that the rules give.
#[derive(Debug)]
pub struct Carried {
    /// The tier on record.
    pub recorded: Option<String>,
    /// What is owed; nothing under a policy that asks for neither contact nor review.
    pub schedule: Option<Schedule>,
    /// How often the person must be seen where they are now.
    pub contact: Arc<Vec<ContactStandard>>,
    /// How often the rating is reviewed where they are now.
    pub review: Option<ReviewStandard>,
    /// Points of the work, where the policy reckons them.
    pub workload: Option<u32>,
}

impl Carried {
    /// Of a case that is decided.
    pub(super) fn of(
        at: &mut AtWork<'_>,
        facts: &Arc<Facts>,
        decision: &Decision,
        owed: Option<&Owed>,
    ) -> Result<Self, NoSchedule> {
        let recorded = recorded_tier(&facts.case, facts.on, at.evaluator.tiers());
        let inside = in_custody(&facts.case, facts.on);
        let counts = |tier: &&String| inside || at.evaluator.tiers().rank(tier).is_some();
        let tier = recorded.as_ref().filter(counts).or(decision.tier.as_ref());
        let workload = match tier {
            Some(tier) if decision.tier.as_ref() != Some(tier) => {
                let assumed = Assumed::new();
                standards::Standards { evaluator: &mut at.evaluator, facts, assumed: &assumed }.workload(tier)?
            }
            _ => decision.workload,
        };
        let asked = owed.and_then(|owed| owed.standards.under(tier?));
        let contact = asked.map(|asked| Arc::clone(if inside { &asked.custody } else { &asked.community }));
        Ok(Self {
            recorded,
            schedule: owed.map(|owed| owed.schedule.clone()),
            contact: contact.unwrap_or_default(),
            review: asked.and_then(|asked| asked.review).filter(|_| !inside),
            workload,
        })
    }
}

/// The last rating on record by a date.
#[must_use]
pub fn recorded(case: &Case, on: Date) -> Option<&Rating> {
    case.ratings.iter().filter(|rating| rating.date.0 <= on).max_by_key(|rating| rating.date)
}

/// The tier of the last rating on record by a date, where it is one of the policy: one that asks for neither contact nor review takes cases
/// with the ratings of another, which are none of its own.
#[must_use]
pub fn recorded_tier(case: &Case, on: Date, tiers: &Tiers) -> Option<String> {
    tiers.spelt(recorded(case, on)?.tier.as_str()).map(str::to_owned)
}
