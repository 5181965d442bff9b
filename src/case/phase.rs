//! Phases of supervision: from the start of the sentence or a release from custody to now, and when the person was seen in
//! the present one.

use super::{
    Case,
    record::named_parts,
    sentence::{Custody, Sentence},
    value::Value,
    words::{ContactMode, ContactOutcome, ContactWith},
};
use crate::calendar::days_between;
use jiff::civil::Date;

/// The modes in which somebody is seen: face to face.
pub const SEEN: &[ContactMode] =
    &[ContactMode::Office, ContactMode::HomeVisit, ContactMode::CommunityHub, ContactMode::WomensCentre];

/// The modes in which somebody is met: in prison and by video too.
pub const MET: &[ContactMode] = &[
    ContactMode::Office,
    ContactMode::HomeVisit,
    ContactMode::CommunityHub,
    ContactMode::WomensCentre,
    ContactMode::PrisonVisit,
    ContactMode::Video,
];

/// The modes in which somebody is seen or spoken to.
pub const SPOKEN: &[ContactMode] = &[
    ContactMode::Office,
    ContactMode::HomeVisit,
    ContactMode::CommunityHub,
    ContactMode::WomensCentre,
    ContactMode::Telephone,
    ContactMode::Video,
];

/// The sentences that are current on a date: the index sentence, which the case is about even after its end, and of the others those
/// that have neither ended before that day nor been terminated by it.
pub fn current_sentences(case: &Case, on: Date) -> impl Iterator<Item = &Sentence> {
    let is_over = move |sentence: &Sentence| {
        sentence.ends_on.is_some_and(|day| day.0 < on) || sentence.terminated_on.is_some_and(|day| day.0 <= on)
    };
    std::iter::once(&case.sentence).chain(case.other_sentences.iter().filter(move |sentence| !is_over(sentence)))
}

/// When supervision starts; a file that says only when the sentence was imposed means that day.
#[must_use]
pub fn start(case: &Case) -> Option<Date> {
    case.sentence.starts_on.or(case.sentence.imposed_on).map(|day| day.0)
}

/// The last day of supervision: the end of the sentence or, once that has happened, its termination; of several current
/// sentences the last, and none when one of them has no end.
#[must_use]
pub fn last_day(case: &Case, on: Date) -> Option<Date> {
    let sentences = std::iter::once(&case.sentence).chain(&case.other_sentences);
    let ends = sentences.map(|sentence| {
        let terminated = sentence.terminated_on.filter(|day| day.0 <= on);
        sentence.ends_on.into_iter().chain(terminated).min().map(|day| day.0)
    });
    ends.collect::<Option<Vec<Date>>>()?.into_iter().max()
}

/// The periods in custody in their order; two that touch are one, because nobody was released between them.
#[must_use]
pub fn custody(case: &Case) -> Vec<(Date, Option<Date>)> {
    let mut periods: Vec<&Custody> = case.custody.iter().collect();
    periods.sort_by_key(|period| (period.from, period.to.is_none(), period.to));
    joined(periods.into_iter().map(|period| (period.from.0, period.to.map(|to| to.0))))
}

/// Periods in the order of their beginnings, made one where they overlap or touch.
#[must_use]
pub fn joined(periods: impl Iterator<Item = (Date, Option<Date>)>) -> Vec<(Date, Option<Date>)> {
    let mut joined: Vec<(Date, Option<Date>)> = Vec::new();
    for (from, to) in periods {
        match joined.last_mut() {
            Some((_, last)) if last.is_none_or(|last| from <= last) => {
                *last = last.and_then(|last| to.map(|to| last.max(to)));
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// When the phase began that holds on a date: the latest of the sentence's start and the releases from custody, up to and
/// including that date.
#[must_use]
pub fn phase_start(case: &Case, on: Date) -> Option<Date> {
    let releases = custody(case).into_iter().filter_map(|(_, to)| to);
    releases.chain(start(case)).filter(|date| *date <= on).max()
}

/// The last day that a rule can look at: the date, or the end of supervision when that comes first.
#[must_use]
pub fn last_day_of_supervision(case: &Case, on: Date) -> Date {
    last_day(case, on).map_or(on, |last| last.min(on))
}

/// The dates, each once and in order, on which somebody attended a contact of one of the modes with the case manager or
/// the designated one, from one date to another, both included.
#[must_use]
pub fn times_seen(case: &Case, modes: &[ContactMode], from: Date, to: Date) -> Vec<Date> {
    let attended = case.contacts.iter().filter(|contact| {
        let manager = matches!(contact.with, Some(ContactWith::CaseManager | ContactWith::DesignatedCaseManager));
        manager
            && contact.outcome == Some(ContactOutcome::Attended)
            && contact.mode.is_some_and(|mode| modes.contains(&mode))
    });
    let dates = attended.map(|contact| contact.date.0).filter(|date| (from..=to).contains(date));
    let mut dates: Vec<Date> = dates.collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// The longest time without being seen in the phase that holds on a date, in calendar days: between its beginning, the
/// times seen, and the date or the end of supervision. Nothing when no phase has begun.
#[must_use]
pub fn longest_gap(case: &Case, modes: &[ContactMode], on: Date) -> Option<i64> {
    let began = phase_start(case, on)?;
    let last = last_day_of_supervision(case, on);
    let seen = times_seen(case, modes, began, last);
    let points: Vec<Date> = std::iter::once(began).chain(seen).chain([last]).collect();
    points.iter().zip(points.iter().skip(1)).map(|(one, next)| days_between(*one, *next)).max()
}

/// The dates of [`times_seen`] as an input: from a date, or from the first contact on record.
#[must_use]
pub fn met(case: &Case, modes: &[ContactMode], from: Option<Date>, to: Date) -> Value {
    Value::list(times_seen(case, modes, from.unwrap_or(Date::MIN), to).into_iter().map(Value::Date))
}

/// The dates, each once and in order, of the contacts up to a date that were missed without an acceptable reason.
#[must_use]
pub fn absent(case: &Case, on: Date) -> Value {
    let missed = case.contacts.iter().filter(|contact| contact.outcome == Some(ContactOutcome::UnacceptableAbsence));
    let mut dates: Vec<Date> = missed.map(|contact| contact.date.0).filter(|date| *date <= on).collect();
    dates.sort_unstable();
    Value::list(dates.into_iter().map(Value::Date))
}

/// The requirements of every current sentence, each with the dates between which its sentence runs.
#[must_use]
pub fn requirements(case: &Case, on: Date) -> Value {
    Value::list(current_sentences(case, on).flat_map(|sentence| {
        let date = |day: Option<super::day::Day>| day.map_or(Value::Absent, |day| Value::Date(day.0));
        let runs =
            [("starts_on", date(sentence.starts_on.or(sentence.imposed_on))), ("ends_on", date(sentence.ends_on))];
        sentence.requirements.iter().map(move |requirement| {
            let own = named_parts(requirement).map(|(name, part)| (name, part.value()));
            Value::record(own.chain(runs.iter().cloned()))
        })
    }))
}
