//! What a book holds of each case, and how a script sees it.

use crate::{
    case::{Case, phase, supervision::Rating, text::Label, value::Value},
    policy::tiers::Tiers,
    schedule::assess::Assessment,
};
use jiff::civil::Date;
use serde::Serialize;

/// Whose cases a book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Those of one officer.
    Officer,
    /// Those of one office.
    Office,
    /// All of them.
    All,
}

impl Level {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Office => "office",
            Self::All => "all",
        }
    }
}

/// What a book holds of one case.
#[derive(Debug, Clone)]
pub struct Row {
    /// Case reference.
    pub crn: String,
    /// Reference of the case manager.
    pub officer: Option<String>,
    /// Local delivery unit.
    pub office: Option<String>,
    case: Value,
    reviews: Vec<Value>,
    overrides: Vec<Value>,
}

impl Row {
    /// What a book holds of a case, as it was known on the date of its assessment.
    #[must_use]
    pub fn new(case: &Case, assessment: &Assessment, tiers: &Tiers) -> Self {
        let word = |label: &Option<Label>| label.as_ref().map(ToString::to_string);
        let (crn, supervision) = (case.crn.to_string(), &case.supervision);
        let mut ratings: Vec<&Rating> =
            case.ratings.iter().filter(|rating| rating.date.0 <= assessment.decision.assessed_on).collect();
        ratings.sort_by_key(|rating| rating.date);
        let (officer, office) = (word(&supervision.officer.id), word(&supervision.office));
        let recorded = ratings.last().map(|rating| rating.tier.to_string());
        Self {
            case: row(case, assessment, [&Some(crn.clone()), &officer, &office, &recorded]),
            reviews: ratings.windows(2).filter_map(|pair| review(&crn, pair)).collect(),
            overrides: overrides(&crn, &ratings, assessment, tiers),
            crn,
            officer,
            office,
        }
    }
}

fn row(case: &Case, assessment: &Assessment, [crn, officer, office, recorded]: [&Option<String>; 4]) -> Value {
    let decision = &assessment.decision;
    let lowest = decision.range.as_ref().map(|[lowest, _]| lowest.clone()).or_else(|| decision.computed.clone());
    let whole = |score: Option<i64>| score.map_or(Value::Absent, Value::Whole);
    let oasys = &case.oasys;
    Value::record([
        ("crn", text(crn.as_deref())),
        ("officer", text(officer.as_deref())),
        ("office", text(office.as_deref())),
        ("recorded", text(recorded.as_deref())),
        ("computed", text(lowest.as_deref())),
        ("flags", Value::list(decision.flags.iter().map(|flag| text(Some(&flag.code))))),
        ("started_on", day(phase::start(case))),
        ("plan_on", day(case.plan.completed_on.map(|date| date.0))),
        ("ogrs3", whole(oasys.ogrs3.map(|score| score.0))),
        ("ogp", whole(oasys.ogp.map(|score| score.0))),
        ("ovp", whole(oasys.ovp.map(|score| score.0))),
    ])
}

/// A rating that follows another: a review, which may have changed the tier.
fn review(crn: &str, pair: &[&Rating]) -> Option<Value> {
    let [former, rating] = pair else { return None };
    Some(Value::record([
        ("crn", text(Some(crn))),
        ("by", text(rating.by.as_ref().map(Label::as_str))),
        ("date", Value::Date(rating.date.0)),
        ("was", text(Some(former.tier.as_str()))),
        ("tier", text(Some(rating.tier.as_str()))),
        ("changed", Value::Bool(former.tier != rating.tier)),
    ]))
}

/// Every override on record: those that ratings rest on, and the one that stands now.
fn overrides(crn: &str, ratings: &[&Rating], assessment: &Assessment, tiers: &Tiers) -> Vec<Value> {
    let moved = |date: Option<Date>, from: &str, to: &str| {
        let (from_rank, to_rank) = (tiers.rank(from)?, tiers.rank(to)?);
        Some(Value::record([
            ("crn", text(Some(crn))),
            ("date", day(date)),
            ("from", text(Some(from))),
            ("to", text(Some(to))),
            ("lowers", Value::Bool(to_rank < from_rank)),
            ("raises", Value::Bool(to_rank > from_rank)),
        ]))
    };
    let recorded = ratings.iter().filter_map(|rating| {
        let from = rating.r#override.as_ref()?.from.as_ref()?;
        moved(Some(rating.date.0), from.as_str(), rating.tier.as_str())
    });
    let now = assessment.decision.judgement.iter();
    recorded.chain(now.filter_map(|now| moved(now.date, &now.from, &now.tier))).collect()
}

/// A book as a script sees it.
#[must_use]
pub fn book(level: Level, name: Option<&str>, rows: &[&Row]) -> Value {
    Value::record([
        ("level", text(Some(level.as_str()))),
        ("name", text(name)),
        ("cases", Value::list(rows.iter().map(|row| row.case.clone()))),
        ("reviews", Value::list(rows.iter().flat_map(|row| row.reviews.clone()))),
        ("overrides", Value::list(rows.iter().flat_map(|row| row.overrides.clone()))),
    ])
}

fn text(word: Option<&str>) -> Value {
    word.map_or(Value::Absent, |word| Value::Text(word.into()))
}

fn day(date: Option<Date>) -> Value {
    date.map_or(Value::Absent, Value::Date)
}
