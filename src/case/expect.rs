//! What must come out of a worked case. Tests read it; it is never an input of a rule.

use super::{
    day::Day,
    number::Count,
    record::{Part, Shape, View},
    text::{FreeWord, Label},
    value::Value,
    words::{Grade, Place},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{borrow::Cow, collections::BTreeMap, fmt};

/// What must come out of a worked case.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    /// The tier.
    pub tier: Option<ExpectedTier>,
    /// What the sources behind the policy say of the tier.
    pub tier_by_seed: Option<ExpectedTier>,
    /// Whether the answer is provisional.
    pub provisional: Option<bool>,
    /// Points by axis.
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
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
pub struct ExpectedAllocation {
    /// Grade of officer.
    pub grade: Option<Grade>,
    /// From where.
    pub from: Option<Place>,
}

impl<'de> Deserialize<'de> for ExpectedTier {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Either)
    }
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = ExpectedTier;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a tier, or `one_of`, `not`, `at_least`")
    }

    fn visit_str<E: de::Error>(self, tier: &str) -> Result<ExpectedTier, E> {
        Label::deserialize(de::value::StrDeserializer::new(tier)).map(ExpectedTier::Is)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<ExpectedTier, A::Error> {
        TierBounds::deserialize(MapAccessDeserializer::new(fields)).map(ExpectedTier::Within)
    }
}

impl JsonSchema for ExpectedTier {
    fn schema_name() -> Cow<'static, str> {
        "ExpectedTier".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [of.subschema_for::<Label>(), of.subschema_for::<TierBounds>()] })
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
