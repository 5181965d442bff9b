//! A case as it was known on a date: nothing that is dated later may influence an answer for that date.

use super::{
    day::Day,
    model::Case,
    sentence::{Requirement, Sentence},
};
use jiff::civil::Date;
use std::sync::Arc;

impl Case {
    /// The same case without what is dated after `on`: contacts, ratings, events, registrations and the like.
    ///
    /// A custody period that begins by then stays with its end, which may be later; so does a release that was known.
    #[must_use]
    pub fn as_known_on(case: &Arc<Self>, on: Date) -> Arc<Self> {
        let later = |day: Day| day.0 > on;
        let mut known = Arc::clone(case);
        // A case is copied when something must go, and few are: most of a book is as it was known.
        macro_rules! without {
            ($one:ident in $($list:ident).+ if $is_later:expr) => {
                if known.$($list).+.iter().any(|$one| $is_later) {
                    Arc::make_mut(&mut known).$($list).+.retain(|$one| !$is_later);
                }
            };
            ($part:ident if $day:ident) => {
                if known.$part.$day.is_some_and(later) {
                    Arc::make_mut(&mut known).$part = Default::default();
                }
            };
        }
        without!(one in contacts if later(one.date));
        without!(one in ratings if later(one.date));
        without!(one in events if later(one.date));
        without!(one in enforcement if later(one.date));
        without!(one in custody if later(one.from));
        without!(one in registrations if one.date.is_some_and(later));
        without!(one in oasys.rosh_history if later(one.date));
        without!(one in supervision.transfers if later(one.date));
        without!(one in supervision.status if later(one.from));
        without!(one in acknowledged if later(one.date));
        without!(plan if completed_on);
        without!(induction if date);
        without!(release if known_on);
        let begun_later = |one: &Requirement| one.missed_on.iter().chain(&one.first_session_on).any(|day| later(*day));
        let is_later = |sentence: &Sentence| sentence.requirements.iter().any(begun_later);
        if std::iter::once(&case.sentence).chain(&case.other_sentences).any(is_later) {
            let known = Arc::make_mut(&mut known);
            let sentences = std::iter::once(&mut known.sentence).chain(&mut known.other_sentences);
            for requirement in sentences.flat_map(|sentence| &mut sentence.requirements) {
                requirement.missed_on.retain(|day| !later(*day));
                requirement.first_session_on.take_if(|day| later(*day));
            }
        }
        known
    }
}
