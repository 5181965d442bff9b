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
            let are_several = case.assessments.len() > 1;
            Arc::make_mut(&mut known).take_latest_assessment(are_several);
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

    /// The path of what a value that counts on a date was taken from, where that is another than its own: a register, or one of
    /// several assessments.
    #[must_use]
    pub fn taken_from(&self, path: &str, on: Date) -> Option<String> {
        let are_several = self.assessments.len() > 1;
        let all = self.assessments.iter().enumerate();
        let known = all.filter(|(_, one)| !one.is_later(on) && can_count(one, are_several));
        let latest = known.max_by_key(|(_, one)| one.ranked());
        let assessed = latest.map_or(Some(&self.oasys).filter(|one| !one.is_later(on)), |(_, one)| Some(one));
        let register = self.register_of(path, assessed.and_then(|one| one.rosh), on);
        register.map(|index| format!("registrations[{index}]")).or_else(|| {
            let inside = path.strip_prefix("oasys.")?;
            latest.map(|(index, _)| format!("assessments[{index}].{inside}"))
        })
    }

    /// Takes the latest complete assessment for the one that counts, those that are later left out before.
    fn take_latest_assessment(&mut self, are_several: bool) {
        let known = std::mem::take(&mut self.assessments).into_iter().filter(|one| can_count(one, are_several));
        // Where none is complete, the latest that there is says most.
        let latest = known.max_by_key(Oasys::ranked);
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

/// Of several assessments one without a date is never the latest: on no day is it known whether there was one yet.
const fn can_count(one: &Oasys, are_several: bool) -> bool {
    one.completed_on.is_some() || !are_several
}
