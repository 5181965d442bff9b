//! Inputs that are computed from others, on the date of the assessment.
//!
//! They rest on what the case records, dates and histories, which is never uncertain. What rests on a fact is for a policy to
//! compute, so that a missing one is met where it matters.

use super::{
    Case,
    domain::Domain,
    phase::{self, MET, SEEN, SPOKEN},
    record::{Kind, Part, Shape},
    sentence::Requirement,
    text::Label,
    value::Value,
    words::{ContactMode, ContactOutcome, ContactWith, RequirementType},
};
use crate::calendar::days_between;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// An input computed from others.
#[derive(Debug)]
pub struct Derived {
    /// Its path.
    pub path: &'static str,
    /// What it means, one sentence.
    pub doc: &'static str,
    /// What its absence means.
    pub kind: Kind,
    /// What it can hold.
    pub shape: fn() -> Shape,
    /// How it is computed, for a case on a date.
    pub rule: fn(&Case, Date) -> Value,
}

const fn flag() -> Shape {
    Shape::Leaf(Domain::Bool)
}

const fn days() -> Shape {
    Shape::Leaf(Domain::Whole { min: 0, max: i64::MAX })
}

const fn day() -> Shape {
    Shape::Leaf(Domain::Date)
}

fn dates() -> Shape {
    Shape::List(Box::new(day()))
}

fn requirements() -> Shape {
    Vec::<Requirement>::shape()
}

const fn years() -> Shape {
    Shape::Leaf(Domain::Whole { min: *AGES.start(), max: *AGES.end() })
}

macro_rules! derived {
    ($($path:literal: $kind:ident, $shape:expr, $rule:expr, $doc:literal;)*) => {
        &[$(Derived { path: $path, doc: $doc, kind: Kind::$kind, shape: $shape, rule: $rule }),*]
    };
}

/// Every derived input.
pub static DERIVED: &[Derived] = derived! {
    "age": Fact, years, age, "Age in whole years.";
    "in_custody": Register, flag, |case, on| Value::Bool(in_custody(case, on)),
        "In custody: a custody period begins on or before the date and has not ended by it.";
    "in_community": Register, flag, |case, on| Value::Bool(!in_custody(case, on)), "Not in custody.";
    "weeks_to_release": Detail, days, weeks_to_release, "Whole weeks until release, in custody with a release date.";
    "days_to_release": Detail, days, days_to_release, "Days until release, in custody with a release date.";
    "days_since_release": Detail, days, days_since_release, "Days since the last release from custody.";
    "days_since_start": Detail, days, days_since_start, "Days since the sentence started.";
    "single_requirement_unpaid_work": Register, flag, |case, on| Value::Bool(single_unpaid_work(case, on)),
        "Exactly one requirement in all, of unpaid work.";
    "last_attended_on": Detail, day, |case, on| last_attended(case, on).map_or(Value::Absent, Value::Date),
        "Last time seen: attended, face to face, with the case manager or the designated one.";
    "days_since_contact": Detail, days, |case, on| since(last_attended(case, on), on), "Days since last seen.";
    "previous_tier": Detail, Label::shape, previous_tier, "The tier last recorded.";
    "days_since_review": Detail, days, |case, on| since(last_rating(case, on).map(|rating| rating.date.0), on),
        "Days since the last rating.";
    "seen_on": History, dates, |case, on| phase::met(case, SEEN, None, on),
        "Dates on which the person was seen: attended, face to face, with the case manager or the designated one.";
    "met_on": History, dates, |case, on| phase::met(case, MET, None, on),
        "The same with meetings in prison and by video.";
    "absent_on": History, dates, phase::absent,
        "Dates of contacts that the person missed without an acceptable reason.";
    "phase.started_on": Detail, day, |case, on| phase::phase_start(case, on).map_or(Value::Absent, Value::Date),
        "When the present phase began: with the sentence, or the last release from custody.";
    "phase.last_day": Detail, day, |case, on| Value::Date(phase::last_day_of_supervision(case, on)),
        "The last day to look at: the date, or the end of supervision where that is earlier.";
    "phase.seen": History, dates, |case, on| phase::met(case, SEEN, phase::phase_start(case, on), on),
        "Dates in this phase on which the person was seen.";
    "phase.seen_or_spoken": History, dates, |case, on| phase::met(case, SPOKEN, phase::phase_start(case, on), on),
        "The same with contacts by telephone and video.";
    "requirements": History, requirements, phase::requirements,
        "Every requirement of every current sentence, each with its sentence's `starts_on` and `ends_on`.";
};

/// The path at which a case gives what an input is computed from, where that is one fact.
#[must_use]
pub fn given_as(path: &str) -> &str {
    if path == "age" { "date_of_birth" } else { path }
}

/// Whether a custody period covers the date: from its first day up to, not including, its last.
#[must_use]
pub fn in_custody(case: &Case, on: Date) -> bool {
    case.custody.iter().any(|period| period.from.0 <= on && period.to.is_none_or(|to| on < to.0))
}

/// Exactly one requirement over all sentences that are current on a date, of unpaid work.
#[must_use]
pub fn single_unpaid_work(case: &Case, on: Date) -> bool {
    let mut requirements = phase::current_sentences(case, on).flat_map(|sentence| &sentence.requirements);
    let first = requirements.next();
    first.is_some_and(|one| one.r#type == RequirementType::UnpaidWork) && requirements.next().is_none()
}

/// Ages that somebody under supervision can have, in whole years: criminal responsibility begins at ten.
const AGES: RangeInclusive<i64> = 10..=120;

/// The age on a date, in whole years; nothing where nobody under supervision is of that age.
pub(super) fn age_on(born: Date, on: Date) -> Option<i64> {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    let years = i64::from(on.year()) - i64::from(born.year()) - i64::from(!had_birthday);
    AGES.contains(&years).then_some(years)
}

fn age(case: &Case, on: Date) -> Value {
    case.date_of_birth.and_then(|born| age_on(born.0, on)).map_or(Value::Absent, Value::Whole)
}

fn weeks_to_release(case: &Case, on: Date) -> Value {
    match days_to_release(case, on) {
        Value::Whole(days) => Value::Whole(days / 7),
        _ => Value::Absent,
    }
}

fn days_to_release(case: &Case, on: Date) -> Value {
    match case.release.date {
        Some(release) if in_custody(case, on) && release.0 >= on => Value::Whole(days_between(on, release.0)),
        _ => Value::Absent,
    }
}

fn days_since_release(case: &Case, on: Date) -> Value {
    let ends = case.custody.iter().filter_map(|period| period.to).map(|to| to.0);
    since(ends.filter(|to| *to <= on).max(), on)
}

fn days_since_start(case: &Case, on: Date) -> Value {
    let start = case.sentence.starts_on.or(case.sentence.imposed_on).map(|day| day.0);
    since(start.filter(|start| *start <= on), on)
}

fn last_attended(case: &Case, on: Date) -> Option<Date> {
    case.contacts
        .iter()
        .filter(|contact| contact.is_seen())
        .map(|contact| contact.date.0)
        .filter(|date| *date <= on)
        .max()
}

fn last_rating(case: &Case, on: Date) -> Option<&super::supervision::Rating> {
    case.ratings.iter().filter(|rating| rating.date.0 <= on).max_by_key(|rating| rating.date)
}

fn previous_tier(case: &Case, on: Date) -> Value {
    last_rating(case, on).map_or(Value::Absent, |rating| Value::Text(rating.tier.as_str().into()))
}

fn since(date: Option<Date>, on: Date) -> Value {
    date.map_or(Value::Absent, |date| Value::Whole(days_between(date, on)))
}

impl super::supervision::Contact {
    /// Whether the person was seen: attended, face to face, with the case manager or the designated one.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        use ContactMode as Mode;
        let face_to_face =
            matches!(self.mode, Some(Mode::Office | Mode::HomeVisit | Mode::CommunityHub | Mode::WomensCentre));
        let with_manager = matches!(self.with, Some(ContactWith::CaseManager | ContactWith::DesignatedCaseManager));
        face_to_face && with_manager && self.outcome == Some(ContactOutcome::Attended)
    }
}
