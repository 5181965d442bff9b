//! What is known to come for a case, week by week: contacts and reviews, a release, the end of supervision. New cases are not
//! known, and neither is what a release will ask for beyond itself.

use crate::{
    calendar::days_between,
    case::{Case, derived::in_custody, phase::last_day},
    caseload::standing::is_owed,
    language::standard::Unit,
    schedule::carried::Carried,
};
use jiff::civil::Date;

/// Something that comes in a week, counted from 0, the seven days that begin with the date of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The week.
    pub week: u16,
    /// What.
    pub what: What,
}

/// What comes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// So many contacts, under a tier.
    Contacts(String, u32),
    /// A review of the rating, or the assessment before release.
    Review,
    /// A release from custody.
    Release,
    /// The end of supervision.
    End,
}

/// What comes for a case in so many weeks from a date. What is overdue is still to be done, in the first of them.
#[must_use]
pub fn coming(case: &Case, carried: &Carried, tier: Option<&String>, on: Date, weeks: u16) -> Vec<Coming> {
    let mut all = Vec::new();
    let Ok(end) = on.checked_add(jiff::Span::new().weeks(weeks)) else { return all };
    let last = last_day(case, on);
    let release = case.release.date.filter(|_| in_custody(case, on)).map(|date| date.0);
    let mut add = |date: Date, what: What| {
        let is_within = (on..end).contains(&date) && (what == What::End || last.is_none_or(|last| date <= last));
        if let (true, Ok(week)) = (is_within, u16::try_from(days_between(on, date) / 7)) {
            all.push(Coming { week, what });
        }
    };
    // One that has not come though its date has passed is still to come.
    let release_ahead = release.map(|date| (date.max(on), What::Release));
    for (date, what) in release_ahead.into_iter().chain(last.map(|date| (date, What::End))) {
        add(date, what);
    }
    let Some(schedule) = &carried.schedule else { return all };
    if let (Some(tier), true) = (tier, is_owed(&schedule.contact)) {
        // The standard of custody ends with it, and what the release will ask for is not known.
        let until = release.map_or(end, |release| release.max(on).min(end));
        for (place, standard) in carried.contact.iter().enumerate() {
            let own = schedule.each_contact.iter().find(|(of, _)| *of == place).map(|(_, date)| *date);
            let first = if schedule.each_contact.is_empty() { schedule.contact.due } else { own };
            for date in recurring(first, Some((standard.every, standard.unit)), on, until) {
                add(date, What::Contacts(tier.clone(), standard.times));
            }
        }
    }
    let each = carried.review.map(|standard| (standard.every, standard.unit));
    for date in recurring(schedule.review.due, each, on, end) {
        add(date, What::Review);
    }
    all
}

/// The dates before an end of something that is due, and from then on every so often.
fn recurring(due: Option<Date>, each: Option<(u32, Unit)>, on: Date, end: Date) -> Vec<Date> {
    let first = due.map(|due| due.max(on));
    let next = |date: &Date| each.and_then(|(every, unit)| unit.after(*date, every.max(1)));
    std::iter::successors(first, next).take_while(|date| *date < end).collect()
}
