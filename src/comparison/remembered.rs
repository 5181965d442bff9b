//! What a policy says of a case, kept so that one edit of it after another can be compared with it.

use super::Stand;
use crate::{
    case::Case,
    decision::{
        assessor::Assessor,
        decide::CaseFile,
        ruling::{Ruling, rule},
    },
    language::standard::{Allocation, ContactStandard, ReviewStandard},
    schedule::{Standards, assess::tier_standards},
};
use jiff::civil::Date;
use std::sync::Arc;

/// What a policy says of a case.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// In short.
    pub(super) stand: Stand,
    /// What the policies that run with it are told.
    pub(super) told: Handed,
    /// Whether half of what the policy may take over a case was left.
    pub(super) has_room: bool,
}

/// What the policies that run with another are told of a case: where it is the same, so is what they say.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Handed {
    tier: Option<String>,
    computed: Option<String>,
    ends: Option<[String; 2]>,
    contact: Arc<Vec<ContactStandard>>,
    review: Option<ReviewStandard>,
    allocation: Option<Allocation>,
}

impl Handed {
    /// Of a ruling.
    pub(super) fn of(ruling: &Ruling) -> Self {
        Self {
            tier: ruling.tier.clone(),
            computed: ruling.range.top.1.tier.clone(),
            ends: ruling.range.ends.clone(),
            contact: Arc::clone(&ruling.contact),
            review: ruling.review,
            allocation: ruling.allocation,
        }
    }
}

impl Remembered {
    /// What a policy says of a case on a date; nothing where it has no answer.
    pub fn of(assessor: &mut Assessor<'_>, file: &CaseFile, on: Date) -> Option<Self> {
        Ruled::of(assessor, &Case::as_known_on(&file.case, on), on).map(|ruled| ruled.remembered())
    }
}

/// What a policy says of what is known of a case, and what it asks for it.
#[derive(Debug)]
pub(super) struct Ruled {
    pub(super) ruling: Ruling,
    /// What it asks, tier by tier; nothing also where it has not the numbers for that.
    pub(super) standards: Option<Standards>,
    /// Whether half of what it may take over a case was left.
    pub(super) has_room: bool,
}

impl Ruled {
    /// Of a case on a date; nothing where an assessment has no answer.
    pub(super) fn of(assessor: &mut Assessor<'_>, known: &Arc<Case>, on: Date) -> Option<Self> {
        let facts = assessor.facts_with(Arc::clone(known), on, None);
        let ruling = rule(assessor, &facts).ok()?;
        let standards = tier_standards(assessor, &facts, &ruling).ok()?;
        let has_room = assessor.at(&facts).evaluator.is_half_left();
        Some(Self { ruling, standards, has_room })
    }

    /// What is kept of it.
    pub(super) fn remembered(&self) -> Remembered {
        Remembered { stand: Stand::of(&self.ruling), told: Handed::of(&self.ruling), has_room: self.has_room }
    }
}
