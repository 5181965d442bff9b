//! Inputs that are computed from others, on the date of the assessment.
//!
//! A derived input that rests on a fact reads it through [`Reader`], so that a missing fact is met where it matters and
//! tried with every value it could have, just as when a rule reads it.

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

/// Gives the value of another input by its path; stops where that is a fact still to be settled.
pub type Reader<'a, S> = &'a mut dyn FnMut(&str) -> Result<Value, S>;

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
    /// How it is computed.
    pub rule: Rule,
}

/// How a derived input is computed.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// From what the case records: dates and histories, which are never uncertain.
    Recorded(fn(&Case, Date) -> Value),
    /// The number of needs of one severity, from the scores of the sections.
    NeedsCount(Severity),
}

/// Severity of a need in the national tier model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// At or over the cut-off, below the severe one.
    Standard,
    /// At or over the severe cut-off.
    Severe,
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

const fn needs() -> Shape {
    Shape::Leaf(Domain::Whole { min: 0, max: 8 })
}

const fn years() -> Shape {
    Shape::Leaf(Domain::Whole { min: 10, max: 120 })
}

macro_rules! derived {
    ($($path:literal: $kind:ident, $shape:expr, $rule:expr, $doc:literal;)*) => {
        &[$(Derived { path: $path, doc: $doc, kind: Kind::$kind, shape: $shape, rule: $rule }),*]
    };
}

/// Every derived input.
pub static DERIVED: &[Derived] = derived! {
    "age": Fact, years, Rule::Recorded(age), "Age in whole years.";
    "in_custody": Register, flag, Rule::Recorded(|case, on| Value::Bool(in_custody(case, on))),
        "In custody: a custody period begins on or before the date and has not ended by it.";
    "in_community": Register, flag, Rule::Recorded(|case, on| Value::Bool(!in_custody(case, on))), "Not in custody.";
    "weeks_to_release": Detail, days, Rule::Recorded(weeks_to_release), "Whole weeks until release, in custody with a release date.";
    "days_since_release": Detail, days, Rule::Recorded(days_since_release), "Days since the last release from custody.";
    "days_since_start": Detail, days, Rule::Recorded(days_since_start), "Days since the sentence started.";
    "single_requirement_unpaid_work": Register, flag, Rule::Recorded(|case, _| Value::Bool(single_unpaid_work(case))),
        "Exactly one requirement in all, of unpaid work.";
    "last_attended_on": Detail, day, Rule::Recorded(|case, on| last_attended(case, on).map_or(Value::Absent, Value::Date)),
        "Last time seen: attended, face to face, with the case manager or the designated one.";
    "days_since_contact": Detail, days, Rule::Recorded(|case, on| since(last_attended(case, on), on)), "Days since last seen.";
    "previous_tier": Detail, Label::shape, Rule::Recorded(previous_tier), "The tier last recorded.";
    "days_since_review": Detail, days, Rule::Recorded(|case, on| since(last_rating(case, on).map(|rating| rating.date.0), on)),
        "Days since the last rating.";
    "seen_on": History, dates, Rule::Recorded(|case, on| phase::met(case, SEEN, None, on)),
        "Dates on which the person was seen: attended, face to face, with the case manager or the designated one.";
    "met_on": History, dates, Rule::Recorded(|case, on| phase::met(case, MET, None, on)),
        "The same with meetings in prison and by video.";
    "absent_on": History, dates, Rule::Recorded(phase::absent),
        "Dates of contacts that the person missed without an acceptable reason.";
    "phase.started_on": Detail, day, Rule::Recorded(|case, on| phase::phase_start(case, on).map_or(Value::Absent, Value::Date)),
        "When the present phase began: with the sentence, or the last release from custody.";
    "phase.last_day": Detail, day, Rule::Recorded(|case, on| Value::Date(phase::last_day_of_supervision(case, on))),
        "The last day to look at: the date, or the end of supervision where that is earlier.";
    "phase.seen": History, dates, Rule::Recorded(|case, on| phase::met(case, SEEN, phase::phase_start(case, on), on)),
        "Dates in this phase on which the person was seen.";
    "phase.seen_or_spoken": History, dates, Rule::Recorded(|case, on| phase::met(case, SPOKEN, phase::phase_start(case, on), on)),
        "The same with contacts by telephone and video.";
    "requirements": History, requirements, Rule::Recorded(|case, _| phase::requirements(case)),
        "Every requirement of every current sentence, each with its sentence's `starts_on` and `ends_on`.";
    "needs_count.standard": Fact, needs, Rule::NeedsCount(Severity::Standard),
        "Needs at or over the cut-off of the national tier model and below its severe one.";
    "needs_count.severe": Fact, needs, Rule::NeedsCount(Severity::Severe), "Needs at or over the severe cut-off.";
};

/// Whether a custody period covers the date: from its first day up to, not including, its last.
#[must_use]
pub fn in_custody(case: &Case, on: Date) -> bool {
    case.custody.iter().any(|period| period.from.0 <= on && period.to.is_none_or(|to| on < to.0))
}

/// Exactly one requirement over all sentences, of unpaid work.
#[must_use]
pub fn single_unpaid_work(case: &Case) -> bool {
    let sentences = std::iter::once(&case.sentence).chain(&case.other_sentences);
    let mut requirements = sentences.flat_map(|sentence| &sentence.requirements);
    let first = requirements.next();
    first.is_some_and(|one| one.r#type == RequirementType::UnpaidWork) && requirements.next().is_none()
}

fn age(case: &Case, on: Date) -> Value {
    let Some(born) = case.date_of_birth else { return Value::Absent };
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    Value::Whole(i64::from(on.year()) - i64::from(born.year()) - i64::from(!had_birthday))
}

fn weeks_to_release(case: &Case, on: Date) -> Value {
    match case.release.date {
        Some(release) if in_custody(case, on) && release.0 >= on => Value::Whole(days_between(on, release.0) / 7),
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

/// A scored need: its section, and the cut-offs for a need and for a severe one, without and with SAN.
struct CutOffs {
    score: &'static str,
    usual: (i64, i64),
    san: (i64, i64),
}

const fn cut_offs(score: &'static str, usual: (i64, i64), san: (i64, i64)) -> CutOffs {
    CutOffs { score, usual, san }
}

/// Source: ministryofjustice/hmpps-tier, `NeedSection`.
static CUT_OFFS: &[CutOffs] = &[
    cut_offs("oasys.sections.accommodation.score", (2, 7), (3, 5)),
    cut_offs("oasys.sections.ete.score", (3, 7), (3, 7)),
    cut_offs("oasys.sections.relationships.score", (2, 5), (2, 5)),
    cut_offs("oasys.sections.lifestyle.score", (2, 5), (2, 5)),
    cut_offs("oasys.sections.drugs.score", (2, 8), (2, 6)),
    cut_offs("oasys.sections.alcohol.score", (4, 7), (2, 4)),
    cut_offs("oasys.sections.thinking.score", (4, 7), (3, 5)),
    cut_offs("oasys.sections.attitudes.score", (2, 7), (1, 5)),
];

/// The number of scored needs of one severity.
///
/// # Errors
///
/// Whatever the reader stops with.
pub fn needs_count<S>(severity: Severity, read: Reader<'_, S>) -> Result<Value, S> {
    let san = read("oasys.san")? == Value::Bool(true);
    let mut count = 0;
    for need in CUT_OFFS {
        let Value::Whole(score) = read(need.score)? else { continue };
        let (standard, severe) = if san { need.san } else { need.usual };
        let is = match severity {
            Severity::Standard => (standard..severe).contains(&score),
            Severity::Severe => score >= severe,
        };
        count += i64::from(is);
    }
    Ok(Value::Whole(count))
}
