//! The present phase of supervision, for rules that look at how it has gone: when it began, when the person was seen in it,
//! the longest time without, and by when the person had to be seen first.

use super::standards::Standards;
use crate::{
    calendar::{OutOfYears, WorkingDays},
    case::Case,
};
use jiff::civil::Date;

pub use crate::case::phase::{last_day_of_supervision, longest_gap, phase_start, times_seen};

/// The day by which the person had to be seen for the first time in the phase that holds on a date: after the start in
/// the time of the tier recorded then, after release in the time for that. Where none is recorded that asks for contact, `tier` is the
/// one to act on; nothing where there is neither.
///
/// # Errors
///
/// The day is outside the years of the calendar.
pub fn initial_deadline(
    case: &Case,
    on: Date,
    tier: Option<&str>,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Option<Date>, OutOfYears> {
    let Some(began) = phase_start(case, on) else { return Ok(None) };
    let carried = super::carried_by(case, on, tier, standards);
    super::contact::first_deadline(&super::History::up_to(case, on, standards, carried), began, standards, days)
}
