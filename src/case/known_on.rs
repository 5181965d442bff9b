//! A case as it was known on a date: nothing that is dated later may influence an answer for that date.

use super::{Case, day::Day, sentence::Sentence};
use jiff::civil::Date;
use std::sync::Arc;

impl Case {
    /// The same case without what is dated after `on`: contacts, ratings, events, registrations and the like.
    ///
    /// A custody period that begins by then stays with its end, which may be later; so does a release that was known.
    #[must_use]
    pub fn as_known_on(case: &Arc<Self>, on: Date) -> Arc<Self> {
        let later = |day: Day| day.0 > on;
        let nothing_later = !case.contacts.iter().any(|one| later(one.date))
            && !case.ratings.iter().any(|one| later(one.date))
            && !case.events.iter().any(|one| later(one.date))
            && !case.enforcement.iter().any(|one| later(one.date))
            && !case.custody.iter().any(|one| later(one.from))
            && !case.registrations.iter().any(|one| one.date.is_some_and(later))
            && !case.oasys.rosh_history.iter().any(|one| later(one.date))
            && !case.supervision.transfers.iter().any(|one| later(one.date))
            && !case.supervision.status.iter().any(|one| later(one.from))
            && !case.acknowledged.iter().any(|one| later(one.date))
            && !case.plan.completed_on.is_some_and(later)
            && !case.induction.date.is_some_and(later)
            && !sentences(case).any(|sentence| has_later(sentence, on))
            && !case.release.known_on.is_some_and(later);
        if nothing_later {
            return Arc::clone(case);
        }
        let mut known = Self::clone(case);
        known.contacts.retain(|one| !later(one.date));
        known.ratings.retain(|one| !later(one.date));
        known.events.retain(|one| !later(one.date));
        known.enforcement.retain(|one| !later(one.date));
        known.custody.retain(|one| !later(one.from));
        known.registrations.retain(|one| !one.date.is_some_and(later));
        known.oasys.rosh_history.retain(|one| !later(one.date));
        known.supervision.transfers.retain(|one| !later(one.date));
        known.supervision.status.retain(|one| !later(one.from));
        known.acknowledged.retain(|one| !later(one.date));
        if known.plan.completed_on.is_some_and(later) {
            known.plan = super::planning::Plan::default();
        }
        if known.induction.date.is_some_and(later) {
            known.induction = super::planning::Induction::default();
        }
        for sentence in std::iter::once(&mut known.sentence).chain(&mut known.other_sentences) {
            for requirement in &mut sentence.requirements {
                requirement.missed_on.retain(|day| !later(*day));
                requirement.first_session_on = requirement.first_session_on.filter(|day| !later(*day));
            }
        }
        if known.release.known_on.is_some_and(later) {
            known.release = super::sentence::Release::default();
        }
        Arc::new(known)
    }
}

fn sentences(case: &Case) -> impl Iterator<Item = &Sentence> {
    std::iter::once(&case.sentence).chain(&case.other_sentences)
}

/// Whether a requirement of the sentence was begun or missed only later.
fn has_later(sentence: &Sentence, on: Date) -> bool {
    let mut days = sentence.requirements.iter().flat_map(|one| one.missed_on.iter().chain(&one.first_session_on));
    days.any(|day| day.0 > on)
}
