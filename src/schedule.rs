//! Stage four. In: a [`Case`], a date, and what a policy asks for under each tier ([`Standards`]). Out: a [`Schedule`], what is
//! owed under the tier that is recorded: when the person must next be seen, and when the rating must next be reviewed.
//! Next: a [`crate::report`] writes it.
//!
//! Both are folds over the dated events of the record. Nothing dated after the date asked about counts, no clock is read,
//! and the order of the lists in the case file does not matter.

pub mod assess;
pub mod assessed;
pub mod carried;
mod contact;
mod due;
mod events;
mod from_policy;
mod owed;
mod period;
pub mod phase;
mod review;
mod standards;
pub mod uncounted;

pub use self::{
    due::{Due, ReviewKind, State},
    standards::{Standards, TierStandards},
};

use self::{carried::recorded, events::History};
use crate::{
    calendar::{OutOfYears, WorkingDays},
    case::{Case, derived::in_custody},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is owed for one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Schedule {
    /// The next contact.
    pub contact: Due,
    /// The next review.
    pub review: Due,
    /// Where there are several contact standards, when each is next owed: its place among those of where the person is, and the date.
    #[serde(skip)]
    pub each_contact: Vec<(usize, Date)>,
}

impl Schedule {
    /// Nothing is owed, and why.
    #[must_use]
    pub fn nothing(why: &str) -> Self {
        let none = || Due::none(why.to_owned());
        Self { contact: none(), review: none(), each_contact: Vec::new() }
    }

    /// The same for somebody with no tier on record that asks for contact, as on the first days of a sentence: they must be seen as the tier
    /// asks that is to be acted on.
    ///
    /// # Errors
    ///
    /// The answer rests on a day outside the years of the calendar.
    pub fn carried(
        mut self,
        case: &Case,
        on: Date,
        tier: Option<&str>,
        standards: &Standards,
        days: &WorkingDays,
    ) -> Result<Self, OutOfYears> {
        let Some(tier) = carried_by(case, on, tier, standards) else { return Ok(self) };
        let standards = standards.held_to(Some(tier), in_custody(case, on));
        let adopted = History::up_to(case, on, &standards, Some(tier));
        let (contact, each_contact) = contact::contact(&adopted, on, &standards, days)?;
        if contact.state != State::None && contact != self.contact {
            let why =
                format!("{}; no tier is recorded that asks for contact, and the tier to act on is {tier}", contact.why);
            (self.contact, self.each_contact) = (Due { why, ..contact }, each_contact);
        }
        Ok(self)
    }
}

/// The tier to act on, where the person must be seen as that one asks because none is recorded that asks for contact.
fn carried_by<'t>(case: &Case, on: Date, tier: Option<&'t str>, standards: &Standards) -> Option<&'t str> {
    // Of two ratings of a day the later in the file counts.
    let mut of_days: BTreeMap<Date, &str> = BTreeMap::new();
    of_days.extend(case.ratings.iter().map(|rating| (rating.date.0, rating.tier.as_str())));
    let mut recorded = of_days.range(..=on).map(|(_, recorded)| *recorded);
    tier.filter(|_| !recorded.any(|recorded| standards.rank(recorded).is_some() || Some(recorded) == tier))
}

/// What is owed on a date under the tier that is recorded by then.
///
/// # Errors
///
/// The answer rests on a day outside the years of the calendar.
pub fn schedule(case: &Case, on: Date, standards: &Standards, days: &WorkingDays) -> Result<Schedule, OutOfYears> {
    let recorded = recorded(case, on).map(|rating| rating.tier.as_str());
    let standards = standards.held_to(recorded, in_custody(case, on));
    reckon(&History::up_to(case, on, &standards, None), on, &standards, days)
}

/// What would be owed on a date if a tier were recorded on that date.
///
/// # Errors
///
/// The answer rests on a day outside the years of the calendar.
pub fn schedule_if_adopted(
    case: &Case,
    on: Date,
    tier: &str,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Schedule, OutOfYears> {
    let standards = standards.held_to(Some(tier), in_custody(case, on));
    reckon(&History::up_to(case, on, &standards, Some(tier)), on, &standards, days)
}

fn reckon(history: &History, on: Date, standards: &Standards, days: &WorkingDays) -> Result<Schedule, OutOfYears> {
    let (contact, each_contact) = contact::contact(history, on, standards, days)?;
    Ok(Schedule { contact, review: review::review(history, on, standards, days)?, each_contact })
}
