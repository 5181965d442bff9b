//! What must come out of a worked case. Tests read it; it is never an input of a rule.

use super::{
    day::Day,
    number::Count,
    record::{Part, Shape, View},
    strict::{self, only_as_fields, short_or_full},
    text::{FreeWord, Label},
    value::Value,
    words::{Grade, Place},
};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What must come out of a worked case.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct Expect {
    /// The tier.
    pub tier: Option<ExpectedTier>,
    /// What the sources behind the policy say of the tier.
    pub tier_by_seed: Option<ExpectedTier>,
    /// Whether the answer is provisional.
    pub provisional: Option<bool>,
    /// Points by axis.
    #[serde(deserialize_with = "strict::map")]
    pub points: BTreeMap<FreeWord, i64>,
    /// Flags.
    pub flags: ExpectedFlags,
    /// Rules that must have fired.
    pub fired: Vec<FreeWord>,
    /// The next contact.
    pub contact: Option<ExpectedDue>,
    /// The next review.
    pub review: Option<ExpectedDue>,
    /// Who holds the case, from where.
    pub allocation: Option<ExpectedAllocation>,
    /// Points of the work that the case asks for.
    pub workload: Option<Count>,
    /// Written by a program and not yet confirmed by a person.
    pub unconfirmed: Option<bool>,
}

/// The tier that must come out.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpectedTier {
    /// This one.
    Is(Label),
    /// One of these, none of those, at least that.
    Within(TierBounds),
}

/// Bounds on the tier that must come out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct TierBounds {
    /// One of these.
    pub one_of: Vec<Label>,
    /// None of these.
    pub not: Vec<Label>,
    /// This or a more intensive one.
    pub at_least: Option<Label>,
}

/// Flags that must and must not come out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct ExpectedFlags {
    /// These must be raised.
    pub include: Vec<FreeWord>,
    /// These must not.
    pub exclude: Vec<FreeWord>,
    /// Of the codes of the quality policy, these and no others.
    pub all_by_reference: Option<Vec<FreeWord>>,
}

/// The due date that must come out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct ExpectedDue {
    /// The date.
    pub due: Option<Day>,
    /// The state on the date of the assessment.
    pub state: Option<FreeWord>,
    /// Calendar days overdue.
    pub days_overdue: Option<Count>,
    /// The kind of review.
    pub kind: Option<FreeWord>,
}

/// The allocation that must come out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, remote = "Self")]
pub struct ExpectedAllocation {
    /// Grade of officer.
    pub grade: Option<Grade>,
    /// From where.
    pub from: Option<Place>,
}

short_or_full! {
    ExpectedTier, ExpectedTier, false, "a tier, or `one_of`, `not`, `at_least`",
    visit_str(&str) => Label: ExpectedTier::Is,
    TierBounds: ExpectedTier::Within
}

only_as_fields! { Expect, TierBounds, ExpectedFlags, ExpectedDue, ExpectedAllocation }

impl Expect {
    /// Whether it holds whatever comes out, so that nothing is expected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let holds = |tier: &Option<ExpectedTier>| {
            tier.as_ref().is_none_or(|tier| *tier == ExpectedTier::Within(TierBounds::default()))
        };
        let rest = Self { tier: None, tier_by_seed: None, unconfirmed: None, ..self.clone() };
        holds(&self.tier) && holds(&self.tier_by_seed) && rest == Self::default()
    }
}

impl Part for Expect {
    fn shape() -> Shape {
        Shape::Record(&[])
    }

    fn view(&self) -> View<'_> {
        View::Leaf(Value::Absent)
    }
}
