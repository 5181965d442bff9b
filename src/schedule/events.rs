//! How a case file becomes dated events, for the folds of the contact and the review.

use super::{
    owed::spoken,
    standards::{Rank, Standards},
};
use crate::case::{
    Case,
    phase::{custody, joined, last_day, start},
    supervision::StatusPeriod,
    words::{ContactMode, ContactOutcome, ContactWith, Status},
};
use jiff::civil::Date;

/// What happened. The order of the variants is the order in which events of one date are applied: a phase begins before
/// anything happens in it, and a contact made on the day of a change of tier is made under the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// Supervision in the community begins with the sentence.
    Start,
    /// Custody begins.
    Custody,
    /// Release from custody.
    Release,
    /// A significant event asks for a review.
    Trigger,
    /// A rating was recorded; without a rank when its tier is outside the order, as Blue.
    Rating(Option<Rank>),
    /// The person was seen or spoken to by the case manager or the designated one.
    Contact(ContactMode),
    /// Contact is suspended, on evidence.
    Suspend(Status),
    /// Contact is owed again.
    Resume,
    /// The case came from another area.
    Transfer,
    /// The first day that the sentence does not cover.
    End,
}

/// Something that happened on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) date: Date,
    pub(super) what: What,
}

/// What the case file says about the time up to a date. Nothing dated later is in it.
#[derive(Debug, Clone)]
pub(super) struct History {
    /// In the order in which they are applied; the order of the lists in the file does not matter.
    pub(super) events: Vec<Event>,
    /// The rank of the last rating of each date, by date.
    pub(super) ratings: Vec<(Date, Option<Rank>)>,
    /// When the sentence starts, even when that is still to come.
    pub(super) starts: Option<Date>,
    /// Whether a sentence is given that stands beside the one that supervision is reckoned from.
    has_further: bool,
    /// The last day of supervision.
    pub(super) ends: Option<Date>,
    /// The date of release and the date on which it became known, where it is known by now.
    pub(super) release: Option<(Date, Option<Date>)>,
}

impl History {
    /// The history up to and including a date. `adopted` is a tier that is recorded on that date besides.
    pub(super) fn up_to(case: &Case, on: Date, standards: &Standards, adopted: Option<&str>) -> Self {
        let most = case.contacts.len() + case.ratings.len() + case.events.len() + 2 * case.custody.len() + 8;
        let mut history = Self {
            events: Vec::with_capacity(most),
            ratings: ratings(case, on, standards, adopted),
            starts: start(case),
            has_further: !case.other_sentences.is_empty(),
            ends: last_day(case, on),
            release: release(case, on),
        };
        history.phases(case);
        history.suspensions(case);
        let ratings = history.ratings.iter().map(|(date, rank)| Event { date: *date, what: What::Rating(*rank) });
        history.events.extend(ratings);
        for contact in &case.contacts {
            let manager = matches!(contact.with, Some(ContactWith::CaseManager | ContactWith::DesignatedCaseManager));
            if let (Some(mode), true, Some(ContactOutcome::Attended)) = (contact.mode, manager, contact.outcome) {
                history.add(contact.date.0, What::Contact(mode));
            }
        }
        for event in case.events.iter().filter(|event| event.significant == Some(true)) {
            history.add(event.date.0, What::Trigger);
        }
        for transfer in &case.supervision.transfers {
            history.add(transfer.date.0, What::Transfer);
        }
        if let Some(ended) = history.ends.and_then(|last| last.tomorrow().ok()) {
            history.add(ended, What::End);
        }
        history.events.retain(|event| event.date <= on);
        history.events.sort_unstable();
        history.events.dedup();
        history
    }

    fn add(&mut self, date: Date, what: What) {
        self.events.push(Event { date, what });
    }

    fn phases(&mut self, case: &Case) {
        let periods = custody(case);
        if let Some(start) = self.starts {
            let in_custody = periods.iter().any(|(from, to)| *from <= start && to.is_none_or(|to| start < to));
            if !in_custody {
                self.add(start, What::Start);
            }
        }
        for (from, to) in periods {
            // Custody that was over before the sentence began, as on remand, is no phase of it.
            if self.starts.is_some_and(|start| to.is_some_and(|to| to < start)) {
                continue;
            }
            self.add(from, What::Custody);
            if let Some(to) = to {
                self.add(to, What::Release);
            }
        }
    }

    fn suspensions(&mut self, case: &Case) {
        let periods = case.supervision.status.iter().filter(|period| suspends(period));
        let mut periods: Vec<_> = periods.map(|period| (period.from.0, found(case, period), period.status)).collect();
        periods.sort_unstable_by_key(|(from, to, _)| (*from, to.is_none(), *to));
        for (from, to) in joined(periods.iter().map(|(from, to, _)| (*from, *to))) {
            let status = periods.iter().find(|(begin, ..)| *begin == from);
            self.add(from, What::Suspend(status.map_or(Status::Suspended, |(.., status)| *status)));
            if let Some(to) = to {
                self.add(to, What::Resume);
            }
        }
    }

    /// The tier that holds when a phase begins: the one recorded on or before that day, else the first recorded after it.
    pub(super) fn tier_at(&self, date: Date) -> Option<Rank> {
        let until = self.ratings.partition_point(|(rated, _)| *rated <= date);
        let (before, after) = self.ratings.split_at(until);
        let mut nearest = before.iter().rev().chain(after);
        nearest.find_map(|(_, rank)| *rank)
    }

    /// Why nothing is owed in custody; where somebody should have been released by now, that may be all that is missing.
    pub(super) fn in_custody(&self, since: Date, on: Date) -> String {
        let said = format!("in custody since {}, where the policy asks for no contact", spoken(since));
        match self.release {
            Some((release, _)) if since < release && release < on => {
                format!("{said}; the release of {} has passed, and no end of the custody is recorded", spoken(release))
            }
            _ => said,
        }
    }

    /// Why nothing is owed before supervision begins.
    pub(super) fn not_started(&self) -> String {
        match self.starts {
            Some(start) => format!("supervision starts on {}", spoken(start)),
            None if self.has_further => {
                "the case does not say when its `sentence` starts; `other_sentences` stand beside that one".to_owned()
            }
            None => "no start of the sentence is known on this date".to_owned(),
        }
    }
}

fn suspends(period: &StatusPeriod) -> bool {
    let kind = matches!(period.status, Status::Absconded | Status::UnlawfullyAtLarge | Status::Suspended);
    kind && period.evidence == Some(true)
}

/// When a suspension ends. Somebody who was at large and is then taken into custody has been found, whether or not the
/// entry was closed: otherwise nobody would be asked to see that person after release.
fn found(case: &Case, period: &StatusPeriod) -> Option<Date> {
    // Whoever is recorded as active again is no longer suspended, whether or not the entry was closed.
    let again = case.supervision.status.iter().filter(|one| one.status == Status::Active && one.from > period.from);
    let closed = period.to.map(|to| to.0).into_iter().chain(again.map(|one| one.from.0)).min();
    let taken = case.custody.iter().map(|custody| custody.from.0).filter(|from| *from > period.from.0).min();
    match period.status {
        Status::Absconded | Status::UnlawfullyAtLarge => closed.into_iter().chain(taken).min(),
        _ => closed,
    }
}

/// The rank of the last rating of each date: of two on one date the later in the list wins.
fn ratings(case: &Case, on: Date, standards: &Standards, adopted: Option<&str>) -> Vec<(Date, Option<Rank>)> {
    let recorded = case.ratings.iter().filter(|rating| rating.date.0 <= on);
    let recorded = recorded.map(|rating| (rating.date.0, standards.rank(rating.tier.as_str())));
    let mut ratings: Vec<_> = recorded.chain(adopted.map(|tier| (on, standards.rank(tier)))).collect();
    ratings.sort_by_key(|(date, _)| *date);
    ratings.reverse();
    ratings.dedup_by_key(|(date, _)| *date);
    ratings.reverse();
    ratings
}

/// The date of release, once it is known.
fn release(case: &Case, on: Date) -> Option<(Date, Option<Date>)> {
    let known = case.release.known_on.map(|day| day.0);
    let date = case.release.date?.0;
    known.is_none_or(|known| known <= on).then_some((date, known))
}
