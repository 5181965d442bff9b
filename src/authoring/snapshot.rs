//! The snapshot of a worked case: what a reader cares for in an answer, as text that stays the same until the answer changes.
//! Digests, versions, line numbers and what the policy takes for granted stay out of it.

use crate::{
    authoring::worked::Answer,
    case::value::Value,
    decision::{
        Decision,
        rating::{InspectionRating, RatedQuestion, RatedStandard},
        reason::Reason,
    },
    evaluate::inputs::Origin,
    language::{
        effect::Effect,
        standard::{ContactStandard, Unit},
    },
    schedule::{Due, ReviewKind},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands in a snapshot, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// Case reference.
    pub case: String,
    /// The date of the answer.
    pub on: String,
    /// The tier to act on.
    pub tier: String,
    /// Lowest and highest tier that the missing facts leave open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// The missing facts that would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What became of professional judgement.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub judgement: Option<String>,
    /// Whether the tier rests on incomplete evidence.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
    /// Points by axis.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub points: BTreeMap<String, i64>,
    /// The rules that fired, in the order of the policy.
    pub rules: Vec<Fired>,
    /// What a person must look at, by code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub flags: BTreeMap<String, String>,
    /// How often the person must be seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
    /// How often the rating is reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
    /// Who holds the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocation: Option<String>,
    /// Points of the work that the case asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workload: Option<String>,
    /// What the policy rates, a line a standard and a line a question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rating: Vec<String>,
    /// What follows if the tier is adopted, and what is owed under the tier on record.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub due: BTreeMap<String, String>,
}

/// A rule that fired.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fired {
    /// The rule.
    pub rule: String,
    /// Its effects in words.
    pub says: String,
    /// The single values that it read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saw: Vec<String>,
}

/// The text of a snapshot.
#[must_use]
pub fn text(answer: &Answer) -> String {
    // Only a map with keys that are no text could fail, and a snapshot has none.
    serde_yaml::to_string(&snapshot(answer)).unwrap_or_default().trim_end().to_owned()
}

/// What a snapshot says of an answer.
#[must_use]
pub fn snapshot(answer: &Answer) -> Snapshot {
    let decision = &answer.assessment.decision;
    let mut due = BTreeMap::new();
    if let Some(next) = &answer.assessment.next {
        due.insert("contact if adopted".to_owned(), standing(&next.contact));
        due.insert("review if adopted".to_owned(), standing(&next.review));
        due.insert("contact on record".to_owned(), standing(&answer.due.contact));
        due.insert("review on record".to_owned(), standing(&answer.due.review));
    }
    Snapshot {
        case: decision.crn.to_string(),
        on: decision.assessed_on.to_string(),
        tier: decision.tier.clone().unwrap_or_else(|| "none".to_owned()),
        range: decision.range.as_ref().map(|[low, high]| format!("{low} to {high}")),
        missing: decision.unsettled.iter().map(|fact| fact.path.to_string()).collect(),
        judgement: judgement(decision),
        provisional: decision.provisional,
        points: decision.points.clone(),
        rules: decision.reasons.iter().filter(|reason| reason.fired).map(fired).collect(),
        flags: decision.flags.iter().map(|flag| (flag.code.to_string(), flag.text.clone())).collect(),
        contact: decision.contact.iter().chain(&decision.further_contact).map(contact).collect(),
        review: decision.review.as_ref().map(|review| period(review.standard.every, review.standard.unit)),
        allocation: decision.allocation.map(|held| format!("{}, {}", held.grade.as_str(), spoken(held.from.as_str()))),
        workload: decision.workload.map(|points| format!("{points} points")),
        rating: answer.rating.as_ref().map(rated).unwrap_or_default(),
        due,
    }
}

fn rated(rating: &InspectionRating) -> Vec<String> {
    let or_none = |rating: &Option<String>| rating.clone().unwrap_or_else(|| "no rating".to_owned());
    let of_standard = |standard: &RatedStandard| {
        let score = standard.score.map(|score| format!(", {score}")).unwrap_or_default();
        let moved = standard.discretion.as_ref().map(|moved| format!("; {}", moved.note)).unwrap_or_default();
        format!("{}: {}{score}{moved}", standard.title, or_none(&standard.rating))
    };
    let of_question = |question: &RatedQuestion| {
        let counts = question.sufficient.zip(question.relevant);
        let counts = counts.map_or_else(|| "no case".to_owned(), |(yes, of)| format!("{yes} of {of}"));
        let share = question.share.map(|share| format!(", {share}%")).unwrap_or_default();
        let decides = if question.decides { ", decides" } else { "" };
        format!("- {}: {counts}{share}, {}{decides}", question.title, or_none(&question.rating))
    };
    let total = rating.total.map_or_else(|| "no total".to_owned(), |total| format!("total {total}"));
    let standards = rating.standards.iter();
    let lines =
        standards.flat_map(|one| std::iter::once(of_standard(one)).chain(one.questions.iter().map(of_question)));
    lines.chain([total]).collect()
}

/// What a snapshot says; nothing when its text was not written by [`text`].
#[must_use]
pub fn read(text: &str) -> Option<Snapshot> {
    serde_yaml::from_str(text).ok()
}

fn judgement(decision: &Decision) -> Option<String> {
    let judgement = decision.judgement.as_ref()?;
    let moved = if judgement.applied { "moved to" } else { "not moved to" };
    Some(format!("computed {}, {moved} {}: {}", judgement.from, judgement.tier, judgement.note))
}

fn fired(reason: &Reason) -> Fired {
    let single = |value: &Value| !matches!(value, Value::List(_) | Value::Record(_));
    let given = reason.reads.iter().filter(|read| single(&read.value) && read.origin != Origin::Presumed);
    let mut saw: Vec<String> = given
        .map(|read| match &read.value {
            Value::Absent => format!("{} not known", read.path),
            value => format!("{} {value}", read.path),
        })
        .collect();
    saw.sort();
    saw.dedup();
    Fired { rule: reason.rule.to_string(), says: effects(&reason.effects), saw }
}

/// What a rule says.
#[must_use]
pub fn effects(effects: &[Effect]) -> String {
    effects.iter().map(Effect::describe).collect::<Vec<_>>().join(", ")
}

/// How it is said that reviews are six weekly: a policy may ask for the regular one at other times.
const SIX_WEEKS: [&str; 2] = ["every 42 days", "every 6 weeks"];

fn standing(due: &Due) -> String {
    let said = |kind: ReviewKind| match kind {
        ReviewKind::SixWeekly if !SIX_WEEKS.iter().any(|every| due.why.contains(every)) => "regular".to_owned(),
        kind => spoken(kind.as_str()),
    };
    let kind = due.kind.map(|kind| format!(", {}", said(kind))).unwrap_or_default();
    let late = if due.days_overdue > 0 { format!(" by {} days", due.days_overdue) } else { String::new() };
    let by = due.due.map(|date| format!("{date}, ")).unwrap_or_default();
    format!("{by}{}{late}{kind}", spoken(due.state.as_str()))
}

fn contact(standard: &ContactStandard) -> String {
    let times = if standard.times == 1 { String::new() } else { format!("{} ", standard.times) };
    format!("{times}{}, {}", period(standard.every, standard.unit), spoken(&standard.mode))
}

/// A period: every week, every 3 weeks.
#[must_use]
pub fn period(every: u32, unit: Unit) -> String {
    let unit = match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
    };
    if every == 1 { format!("every {unit}") } else { format!("every {every} {unit}s") }
}

/// A word of the case model as people say it: `face_to_face` is face to face.
#[must_use]
pub fn spoken(word: &str) -> String {
    word.replace('_', " ")
}
