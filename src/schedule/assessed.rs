//! What became of a case under a tier policy, for the policies that run after it: the computed tier beside the recorded one,
//! and what the calendar says of both. Each fold is made when a rule first asks for it.

use super::{
    Due, Schedule,
    period::Period,
    phase::initial_deadline,
    schedule,
    standards::{Lane, Standards},
};
use crate::{
    calendar::{OutOfYears, WorkingDays, days_between},
    case::{
        Case,
        phase::{SEEN, last_day_of_supervision, phase_start, times_seen},
        supervision::Rating,
        value::Value,
    },
    evaluate::inputs::{Facts, Later},
    policy::Policy,
};
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// What became of one case under a tier policy.
#[derive(Debug)]
pub struct Assessed {
    case: Arc<Case>,
    on: Date,
    policy: Arc<str>,
    computed: Option<String>,
    at_least: Option<String>,
    recorded: Option<String>,
    below: Option<bool>,
    owed: Option<Owed>,
    lowered: OnceLock<Value>,
    gaps: OnceLock<Value>,
}

/// What a policy asks for a case, and what is owed of it under the recorded tier.
#[derive(Debug)]
pub struct Owed {
    /// The tier to act on.
    pub tier: Option<String>,
    /// What it asks.
    pub standards: Standards,
    /// What is owed.
    pub schedule: Schedule,
    /// The working days that this was reckoned with.
    pub days: WorkingDays,
}

impl Owed {
    /// What is owed of what a policy asks, where it asks for something.
    pub(super) fn of(
        facts: &Facts,
        tier: Option<&str>,
        standards: Option<Standards>,
        days: &WorkingDays,
    ) -> Result<Option<Self>, OutOfYears> {
        let owed = standards.map(|standards| {
            let schedule = owed_for(facts, tier, &standards, days)?;
            Ok(Self { tier: tier.map(str::to_owned), standards, schedule, days: days.clone() })
        });
        owed.transpose()
    }
}

/// What is owed under the tier on record, or the one that the rules give where none is recorded that asks for contact.
pub(super) fn owed_for(
    facts: &Facts,
    tier: Option<&str>,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Schedule, OutOfYears> {
    let recorded = schedule(&facts.case, facts.on, standards, days)?;
    recorded.carried(&facts.case, facts.on, tier, standards, days)
}

impl Assessed {
    /// What became of a case, as known on the date of the answer: its computed tier, and the lowest and highest that missing facts
    /// leave open, if they do.
    #[must_use]
    pub fn new(
        policy: &Policy,
        facts: &Facts,
        (computed, ends): (Option<&str>, Option<&[String; 2]>),
        owed: Option<Owed>,
    ) -> Self {
        let at_least = ends.map(|[lowest, _]| lowest.as_str()).or(computed);
        let recorded = in_order(&facts.case, facts.on).last().map(|rating| rating.tier.to_string());
        let rank = |tier: Option<&str>| policy.tiers().rank(tier?);
        Self {
            below: recorded.is_some().then(
                || matches!((rank(recorded.as_deref()), rank(at_least)), (Some(one), Some(other)) if one < other),
            ),
            case: Arc::clone(&facts.case),
            on: facts.on,
            policy: Arc::clone(policy.name()),
            computed: computed.map(str::to_owned),
            at_least: at_least.map(str::to_owned),
            recorded,
            owed,
            lowered: OnceLock::new(),
            gaps: OnceLock::new(),
        }
    }

    fn initial_deadline(&self) -> Option<Date> {
        let owed = self.owed.as_ref()?;
        initial_deadline(&self.case, self.on, owed.tier.as_deref(), &owed.standards, &owed.days).ok()?
    }

    /// Each rating that is lower than the one before it, with what was owed on its date under that one.
    fn lowered(&self) -> Value {
        let Some(owed) = &self.owed else { return Value::Absent };
        let ratings = in_order(&self.case, self.on);
        let pairs = ratings.iter().zip(ratings.iter().skip(1)).enumerate();
        Value::list(pairs.filter_map(|(index, (former, next))| {
            let (from, to) = (owed.standards.rank(former.tier.as_str())?, owed.standards.rank(next.tier.as_str())?);
            if to >= from {
                return None;
            }
            let mut case = Case::clone(&self.case);
            case.ratings = ratings.iter().take(index + 1).map(|rating| (*rating).clone()).collect();
            let contact = schedule(&case, next.date.0, &owed.standards, &owed.days).ok().map(|then| then.contact);
            Some(Value::record([
                ("date", Value::Date(next.date.0)),
                ("from", text(former.tier.as_str())),
                ("to", text(next.tier.as_str())),
                ("due", contact.as_ref().and_then(|contact| contact.due).map_or(Value::Absent, Value::Date)),
                ("days_overdue", Value::Whole(contact.map_or(0, |contact| contact.days_overdue.into()))),
            ]))
        }))
    }

    /// Each time between two meetings, or since the last, that is longer than the computed tier allows, while a lower tier
    /// was recorded.
    fn gaps_over_computed(&self) -> Option<Value> {
        let owed = self.owed.as_ref()?;
        let computed = owed.standards.rank(self.at_least.as_deref()?)?;
        let standard = owed.standards.contact(Some(computed), false, &Lane::Main)?;
        let period = Period { every: standard.every, unit: standard.unit };
        let last = last_day_of_supervision(&self.case, self.on);
        let seen = times_seen(&self.case, SEEN, phase_start(&self.case, self.on)?, last);
        let ratings = in_order(&self.case, self.on);
        let was_lower = |date: Date| {
            let rating = ratings.iter().rev().find(|rating| rating.date.0 <= date);
            rating.and_then(|rating| owed.standards.rank(rating.tier.as_str())).is_some_and(|rank| rank < computed)
        };
        let ends = seen.iter().skip(1).copied().chain([last]);
        Some(Value::list(seen.iter().zip(ends).filter_map(|(from, to)| {
            let allowed = period.end(*from, &owed.days).ok()?;
            let changes = ratings.iter().map(|rating| rating.date.0).filter(|date| (allowed..=to).contains(date));
            let lower = to > allowed && changes.chain([allowed, to]).any(was_lower);
            lower.then(|| {
                Value::record([
                    ("from", Value::Date(*from)),
                    ("to", Value::Date(to)),
                    ("days", Value::Whole(days_between(*from, to))),
                    ("allowed_to", Value::Date(allowed)),
                ])
            })
        })))
    }
}

impl Later for Assessed {
    fn value(&self, path: &str) -> Value {
        let word = |word: Option<&String>| word.map_or(Value::Absent, |word| text(word));
        let owed = self.owed.as_ref().map(|owed| &owed.schedule);
        match path.strip_prefix("assessed.").unwrap_or(path) {
            "policy" => Value::Text(Arc::clone(&self.policy)),
            "computed" => word(self.computed.as_ref()),
            "computed_at_least" => word(self.at_least.as_ref()),
            "recorded" => word(self.recorded.as_ref()),
            "recorded_below_computed" => self.below.map_or(Value::Absent, Value::Bool),
            "initial_deadline" => self.initial_deadline().map_or(Value::Absent, Value::Date),
            "lowered" => self.lowered.get_or_init(|| self.lowered()).clone(),
            "gaps_over_computed" => self.gaps.get_or_init(|| self.gaps_over_computed().unwrap_or_default()).clone(),
            "review.kind" => owed.and_then(|owed| owed.review.kind).map_or(Value::Absent, |kind| text(kind.as_str())),
            other => match (other.split_once('.'), owed) {
                (Some(("contact", field)), Some(owed)) => part(&owed.contact, field),
                (Some(("review", field)), Some(owed)) => part(&owed.review, field),
                _ => Value::Absent,
            },
        }
    }
}

fn part(due: &Due, field: &str) -> Value {
    match field {
        "state" => text(due.state.as_str()),
        "due" => due.due.map_or(Value::Absent, Value::Date),
        "days_overdue" => Value::Whole(due.days_overdue.into()),
        _ => Value::Absent,
    }
}

fn text(word: &str) -> Value {
    Value::Text(word.into())
}

/// The ratings up to a date in their order: of two on one date the later in the list comes last.
fn in_order(case: &Case, on: Date) -> Vec<&Rating> {
    let mut ratings: Vec<&Rating> = case.ratings.iter().filter(|rating| rating.date.0 <= on).collect();
    ratings.sort_by_key(|rating| rating.date);
    ratings
}
