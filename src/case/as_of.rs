//! A case as it was known on a date: nothing that is dated later may influence an answer for that date. What a date says of
//! when something was known stands with it in the declarations of the records: see [`super::record::Tense`].

use super::{day::Day, model::Case, oasys::Oasys, record::Part, sentence::Release};
use jiff::civil::Date;
use std::sync::Arc;

impl Case {
    /// The same case without what is dated after `on`: contacts, ratings, an assessment completed later with all that it holds.
    ///
    /// A custody period that begins by then stays with its end, which may be later: then that is the planned release, where the
    /// case gives no other.
    #[must_use]
    pub fn as_known_on(case: &Arc<Self>, on: Date) -> Arc<Self> {
        let mut known = Arc::clone(case);
        // A case is copied when something must go, and few are: most of a book is as it was known.
        if known.holds_later(on) {
            Arc::make_mut(&mut known).forget_later(on);
        }
        if !known.assessments.is_empty() {
            Arc::make_mut(&mut known).take_latest_assessment();
        }
        // What a register says holds as long as it does, and beside whichever assessment counts.
        if known.unlisted().next().is_some() {
            Arc::make_mut(&mut known).place_registers();
        }
        if let Some(planned) = known.planned_release(on) {
            Arc::make_mut(&mut known).release = Release { date: Some(planned), ..Release::default() };
        }
        known
    }

    /// Takes the latest complete assessment for the one that counts, those that are later left out before.
    fn take_latest_assessment(&mut self) {
        // Where none is complete, the latest that there is says most.
        let latest = std::mem::take(&mut self.assessments).into_iter().max_by_key(Oasys::ranked);
        self.oasys = latest.unwrap_or_default();
    }

    /// The end of the custody period that holds on a date, where the case has no release after the beginning of that period.
    fn planned_release(&self, on: Date) -> Option<Day> {
        let holds = |to: Option<Day>| to.is_some_and(|to| to.0 > on);
        let period = self.custody.iter().find(|period| period.from.0 <= on && holds(period.to))?;
        let is_another = self.release.date.is_none_or(|release| release <= period.from);
        period.to.filter(|_| is_another)
    }
}
