//! The present phase of supervision, for rules that look at how it has gone: when it began, when the person was seen in it,
//! and the longest time without.

use super::{
    events::{custody, last_day, start},
    standards::Standards,
    working_days::{OutOfYears, WorkingDays},
};
use crate::case::{
    Case,
    derived::days_between,
    words::{ContactMode, ContactOutcome, ContactWith},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

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
    dates.collect::<BTreeSet<Date>>().into_iter().collect()
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

/// The day by which the person had to be seen for the first time in the phase that holds on a date: after the start in
/// the time of the tier recorded then, after release in the time for that. Nothing when no tier is recorded.
///
/// # Errors
///
/// The day is outside the years of the calendar.
pub fn initial_deadline(
    case: &Case,
    on: Date,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Option<Date>, OutOfYears> {
    let Some(began) = phase_start(case, on) else { return Ok(None) };
    super::contact::first_deadline(&super::History::up_to(case, on, standards, None), began, standards, days)
}
