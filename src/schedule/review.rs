//! When a rating must next be reviewed: a fold over the events of the record.

use super::{
    due::{Answer, Due, ReviewKind, State, sentence_ended},
    events::{Event, History, What},
    owed::{Basis, Owed, Reckoned, Since, days_before, every, spoken, within},
    period::Period,
    standards::{Rank, Standards},
};
use crate::calendar::{OutOfYears, WorkingDays, days_between};
use jiff::civil::Date;

/// Days ahead of what is upcoming in which no working day could move it there.
const FAR: i64 = 30;

/// The next review of a history, as of a date.
pub(super) fn review(
    history: &History,
    on: Date,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Due, OutOfYears> {
    let mut fold = Fold {
        history,
        standards,
        days,
        place: Place::NotStarted,
        ended: false,
        due: Ok(None),
        kind: ReviewKind::Initial,
        triggers: Vec::new(),
        assessed: Vec::new(),
    };
    for event in &history.events {
        fold.apply(*event);
    }
    fold.due_on(on)
}

/// Where the person is.
#[derive(Debug, Clone, Copy)]
enum Place {
    NotStarted,
    Community,
    Custody { since: Date },
}

struct Fold<'a> {
    history: &'a History,
    standards: &'a Standards,
    days: &'a WorkingDays,
    place: Place,
    ended: bool,
    /// The regular review, and what it is for.
    due: Reckoned,
    kind: ReviewKind,
    /// Significant events that no rating has answered yet.
    triggers: Vec<Date>,
    /// The ratings of this time in custody that say how the person is to be supervised in the community.
    assessed: Vec<Date>,
}

impl Fold<'_> {
    fn apply(&mut self, Event { date, what }: Event) {
        let rules = self.standards.rules;
        match (what, self.place) {
            (What::Start, _) => {
                self.place = Place::Community;
                self.set(within(Since::Start, date, rules.review_first, self.days), ReviewKind::Initial);
            }
            (What::Custody, _) => {
                self.place = Place::Custody { since: date };
                self.assessed.clear();
            }
            (What::Release, _) => {
                self.place = Place::Community;
                let tier = self.history.tier_at(date);
                self.set(self.regular(Since::Release, date, tier), ReviewKind::Release);
            }
            (What::Rating(rank), place) => self.rated(date, rank, place),
            (What::Trigger, Place::Community) => self.triggers.push(date),
            (What::Transfer, Place::Community) => {
                self.bring_forward(within(Since::Transfer, date, rules.review_after_transfer, self.days));
            }
            (What::End, _) => self.ended = true,
            // Contact may be suspended; reviews never are.
            (What::Trigger | What::Transfer | What::Contact(_) | What::Suspend(_) | What::Resume, _) => {}
        }
    }

    fn set(&mut self, due: Reckoned, kind: ReviewKind) {
        (self.due, self.kind) = (due, kind);
    }

    fn bring_forward(&mut self, deadline: Reckoned) {
        let sooner = match (&self.due, &deadline) {
            (Ok(Some(due)), Ok(Some(deadline))) => deadline.date < due.date,
            (Ok(None), _) | (_, Err(_)) => true,
            (Err(_), Ok(_)) | (_, Ok(None)) => false,
        };
        if sooner {
            self.set(deadline, ReviewKind::Transfer);
        }
    }

    /// A rating answers every event up to its own date.
    fn rated(&mut self, date: Date, rank: Option<Rank>, place: Place) {
        self.triggers.retain(|trigger| *trigger > date);
        match place {
            Place::NotStarted => {}
            Place::Community => self.set(self.regular(Since::Rated, date, rank), ReviewKind::SixWeekly),
            Place::Custody { .. } => self.assessed.extend(rank.map(|_| date)),
        }
    }

    fn regular(&self, since: Since, date: Date, tier: Option<Rank>) -> Reckoned {
        let Some(standard) = self.standards.review(tier) else { return Ok(None) };
        every(since, date, Period { every: standard.every, unit: standard.unit }, 1, self.days)
    }

    fn due_on(self, on: Date) -> Result<Due, OutOfYears> {
        match self.place {
            _ if self.ended => Ok(Due::none(sentence_ended(self.history))),
            Place::NotStarted => Ok(Due::none(self.history.not_started())),
            Place::Community => self.in_community(on),
            Place::Custody { since } => self.before_release(on, since),
        }
    }

    fn in_community(self, on: Date) -> Result<Due, OutOfYears> {
        let (mut owed, mut kind) = (self.due?, self.kind);
        // The first event is the first due; the others wait behind it.
        if let Some(event) = self.triggers.iter().min() {
            let triggered = within(Since::Event, *event, self.standards.rules.review_triggered, self.days)?;
            if owed.is_none_or(|owed| triggered.is_some_and(|triggered| triggered.date <= owed.date)) {
                (owed, kind) = (triggered, ReviewKind::Triggered);
            }
        }
        let Some(owed) = owed else {
            return Ok(Due::none("the policy asks for no regular review".to_owned()));
        };
        Ok(self.answer(on, owed, kind, self.standards.rules.review_upcoming))
    }

    fn before_release(self, on: Date, since: Date) -> Result<Due, OutOfYears> {
        let rules = self.standards.rules;
        // A release up to the day on which custody began was another one.
        let Some((release, known)) = self.history.release.filter(|(release, _)| *release > since) else {
            return Ok(Due::none(format!("in custody since {}, release date not known", spoken(since))));
        };
        let known = known.map_or(since, |known| known.max(since));
        let counted = days_before(release, rules.pre_release).ok_or_else(|| self.days.outside(Date::MIN))?;
        let date = match self.days.previous_or_same(counted) {
            Err(years)
                if counted.year() > years.last
                    && days_between(on, counted) > FAR + i64::from(rules.pre_release_upcoming) =>
            {
                let why = format!("release on {}, past the years of the calendar of bank holidays", spoken(release));
                return Ok(Due { state: State::NotDue, ..Due::none(why) });
            }
            date => date?,
        };
        let owed = match date {
            date if date >= known => {
                let basis = Basis::BeforeRelease { release, days: rules.pre_release };
                Some(Owed { date, basis, kept: None })
            }
            _ => within(Since::ReleaseKnown, known, rules.pre_release_late, self.days)?,
        };
        let Some(owed) = owed else { return Ok(Due::none("nothing is owed before release".to_owned())) };
        let earliest = days_before(owed.date, rules.pre_release_early).unwrap_or(owed.date);
        if let Some(done) = self.assessed.iter().rev().find(|date| **date >= earliest) {
            return Ok(Due::none(format!("assessed for release on {}", spoken(*done))));
        }
        Ok(self.answer(on, owed, ReviewKind::PreRelease, rules.pre_release_upcoming))
    }

    fn answer(&self, on: Date, owed: Owed, kind: ReviewKind, upcoming: u32) -> Due {
        // The days of grace are for contacts: a review that is late is late.
        let answer = Answer { on, ends: self.history.ends, upcoming, grace: 0 };
        let due = answer.due(owed, self.days);
        Due { kind: due.due.map(|_| kind), ..due }
    }
}
