//! Professional judgement: an override moves a tier on the record, never silently. One without a reason does not count; one
//! that lowers the tier needs another person's name, lapses at the next review, and is always flagged.

use crate::{
    calendar::WorkingDays,
    case::{Case, derived::in_custody, supervision::Override},
    decision::reason::Flag,
    language::{standard::ReviewStandard, tiers::Tiers},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// What became of an override.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Judgement {
    /// The tier that it asks for.
    pub tier: String,
    /// The tier that the rules give.
    pub from: String,
    /// Its reason.
    pub reason: Option<String>,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The manager who agreed.
    pub authorised_by: Option<String>,
    /// Whether it moves the tier.
    pub applied: bool,
    /// Whether it lowers the tier.
    pub lowers: bool,
    /// Why it does not count, or what to know where it does.
    pub note: String,
}

/// When a rating is to be reviewed, as far as a lowering override waits for it.
#[derive(Debug, Clone, Copy)]
pub struct Reviews<'p> {
    /// How often.
    pub regular: Option<ReviewStandard>,
    /// Working days within which a significant event asks for one, where the policy says so.
    pub triggered: Option<u32>,
    /// The working days.
    pub days: &'p WorkingDays,
}

/// Weighs the override of a case against the tier that the rules give.
///
/// Returns nothing where the case has none, or one that is dated later.
#[must_use]
pub fn judge(case: &Case, computed: &str, tiers: &Tiers, reviews: Reviews<'_>, on: Date) -> Option<Judgement> {
    let asked = case.r#override.as_ref()?;
    if asked.date.is_some_and(|date| date.0 > on) {
        return None;
    }
    let tier = asked.tier.to_string();
    let is_less = matches!((tiers.rank(&tier), tiers.rank(computed)), (Some(to), Some(from)) if to < from);
    let is_floor = is_less && raised(asked, case, tiers);
    let lowers = is_less && !is_floor;
    let refused = if is_floor {
        Some("it raised the tier, and the rules give more by now".to_owned())
    } else {
        refusal(asked, case, computed, tiers, lowers, reviews, on)
    };
    let applied = refused.is_none();
    let note = refused.unwrap_or_else(|| {
        if lowers { "lowers the tier until the next review".to_owned() } else { "moves the tier".to_owned() }
    });
    Some(Judgement {
        from: computed.to_owned(),
        reason: asked.reason.as_ref().map(ToString::to_string),
        by: asked.by.as_ref().map(ToString::to_string),
        date: asked.date.map(|date| date.0),
        authorised_by: asked.authorised_by.as_ref().map(ToString::to_string),
        tier,
        applied,
        lowers,
        note,
    })
}

/// Whether an override raised the tier when it was made, as the rating that rests on it says: nobody decided that it lowers one.
fn raised(asked: &Override, case: &Case, tiers: &Tiers) -> bool {
    case.ratings.iter().any(|rating| {
        let from = rating.r#override.as_ref().and_then(|rests_on| rests_on.from.as_ref());
        let is_it = Some(rating.date) == asked.date && rating.tier == asked.tier;
        is_it && from.and_then(|from| tiers.rank(from.as_str())) < tiers.rank(asked.tier.as_str()) && from.is_some()
    })
}

/// When a tier that was decided on a date must be reviewed: on the last working day of the period, as the calendar says it.
fn due(date: Date, review: ReviewStandard, days: &WorkingDays) -> Option<Date> {
    let end = review.unit.after(date, review.every)?;
    let due = days.previous_or_same(end).unwrap_or(end);
    if due > date { Some(due) } else { days.after(date, 1).ok() }
}

/// Why an override does not count, if it does not.
fn refusal(
    asked: &Override,
    case: &Case,
    computed: &str,
    tiers: &Tiers,
    lowers: bool,
    reviews: Reviews<'_>,
    on: Date,
) -> Option<String> {
    let tier = asked.tier.as_str();
    if !tiers.contains(tier) {
        return Some(format!("`{tier}` is no tier of this policy"));
    }
    if tiers.rank(tier).is_none() || tiers.rank(computed).is_none() {
        return Some("a tier outside the order is a fact, not a judgement".to_owned());
    }
    if asked.reason.is_none() {
        return Some("it gives no reason".to_owned());
    }
    if !lowers {
        return None;
    }
    match (&asked.authorised_by, &asked.by) {
        (None, _) => return Some("it lowers the tier without a manager's name".to_owned()),
        (Some(manager), Some(by)) if manager.as_str().to_lowercase() == by.as_str().to_lowercase() => {
            return Some("it lowers the tier and is authorised by its own author".to_owned());
        }
        _ => {}
    }
    let Some(date) = asked.date else { return Some("it lowers the tier and has no date to lapse from".to_owned()) };
    reviews.lapse(case, date.0, on).map(str::to_owned)
}

impl Reviews<'_> {
    /// Why an override of a date that lowers the tier has lapsed, if it has: a review was made since, or should have been.
    fn lapse(self, case: &Case, date: Date, on: Date) -> Option<&'static str> {
        let reviewed = case.ratings.iter().any(|rating| rating.date.0 > date && rating.date.0 <= on);
        let due = self.regular.and_then(|review| due(date, review, self.days));
        if reviewed {
            return Some("it lapsed at the review");
        }
        if due.is_some_and(|due| due < on) {
            return Some("it lapsed when it was to be reviewed");
        }
        // As in the calendar of reviews, nothing that happens in custody asks for one.
        let asks = |day: &Date| *day > date && !in_custody(case, *day);
        let events = case.events.iter().filter(|event| event.significant == Some(true)).map(|event| event.date.0);
        let asked_for = |event| self.triggered.and_then(|within| self.days.after(event, within).ok());
        let is_late = events.filter(asks).filter_map(asked_for).any(|due| due < on);
        is_late.then_some("it lapsed at the review that a significant event asked for")
    }
}

impl Judgement {
    /// The flag that it always raises where it lowers the tier or does not count.
    #[must_use]
    pub fn flag(&self, policy: &Arc<str>) -> Option<Flag> {
        let (code, text) = match (self.applied, self.lowers) {
            (true, true) => {
                ("override_lowers", format!("an override lowers the tier from {} to {}", self.from, self.tier))
            }
            (true, false) => return None,
            (false, _) => {
                ("override_not_applied", format!("an override to {} does not count: {}", self.tier, self.note))
            }
        };
        let (code, rule, policy) = (code.into(), "override".into(), Arc::clone(policy));
        Some(Flag { code, text, rule, policy, severity: None, acknowledged: None })
    }
}
