//! When somebody must next be seen: a fold over the events of the record, one for every lane of the standards.

use super::{
    due::{Answer, Due},
    events::{Event, History, What},
    owed::{Kept, Owed, Reckoned, Since, earlier, every, later, spoken, within},
    period::Period,
    standards::{Lane, Rank, Standards},
};
use crate::{
    calendar::{OutOfYears, WorkingDays},
    case::words::{ContactMode, Status},
    language::standard::ContactStandard,
};
use jiff::civil::Date;

/// The next contact of a history, as of a date: of several standards the one that is due first; then also when each of them is next owed,
/// by its place among those of where the person is.
pub(super) fn contact(
    history: &History,
    on: Date,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<(Due, Vec<(usize, Date)>), OutOfYears> {
    let lanes = standards.lanes();
    let (is_several, mut each) = (lanes.len() > 1, Vec::new());
    let mut folds = lanes.into_iter().map(|lane| Fold::over(history, standards, days, lane));
    let Some(mut first) = folds.next() else { return Ok((Due::none("no standard".to_owned()), each)) };
    let mut owed = first.due?;
    each.extend(first.place().zip(owed.map(|owed| owed.date)).filter(|_| is_several));
    for fold in folds {
        let other = fold.due?;
        each.extend(fold.place().zip(other.map(|other| other.date)));
        if other.is_some_and(|other| owed.is_none_or(|owed| other.date < owed.date)) {
            (owed, first) = (other, fold);
        }
    }
    Ok((first.due_on(on, owed), each))
}

/// The deadline for the first contact in the community of the phase that began on a date.
pub(super) fn first_deadline(
    history: &History,
    began: Date,
    standards: &Standards,
    days: &WorkingDays,
) -> Result<Option<Date>, OutOfYears> {
    let begins = |event: &Event| event.date == began && matches!(event.what, What::Start | What::Release);
    let mut fold = Fold::new(history, standards, days, Lane::Main);
    for event in history.events.iter().filter(|event| begins(event)) {
        fold.apply(*event);
    }
    Ok(fold.due?.map(|owed| owed.date))
}

/// A stretch of supervision: contacts made before it began do not count in it.
#[derive(Debug, Clone, Copy)]
struct Phase {
    began: Date,
    since: Since,
}

struct Fold<'a> {
    history: &'a History,
    standards: &'a Standards,
    days: &'a WorkingDays,
    lane: Lane,
    phase: Option<Phase>,
    /// Since when the person is in custody.
    custody: Option<Date>,
    ended: bool,
    suspended: Option<(Date, Status)>,
    tier: Option<Rank>,
    /// The standard that applied last in this phase: what is overdue under it can still be made good.
    last: Option<&'a ContactStandard>,
    /// The dates of the contacts that count, in order, one a date.
    hits: Vec<Date>,
    /// What is owed, unless it is still to be counted.
    due: Reckoned,
    /// The standard under which it is to be counted from the contacts: the last of a run of them decides.
    to_count: Option<&'a ContactStandard>,
    /// The deadline of a transfer, until the next contact.
    one_off: Reckoned,
}

impl<'a> Fold<'a> {
    fn over(history: &'a History, standards: &'a Standards, days: &'a WorkingDays, lane: Lane) -> Self {
        let mut fold = Self::new(history, standards, days, lane);
        for event in &history.events {
            fold.apply(*event);
        }
        fold.count();
        fold
    }

    fn new(history: &'a History, standards: &'a Standards, days: &'a WorkingDays, lane: Lane) -> Self {
        Self {
            history,
            standards,
            days,
            lane,
            phase: None,
            custody: None,
            ended: false,
            suspended: None,
            tier: None,
            last: None,
            hits: Vec::new(),
            due: Ok(None),
            to_count: None,
            one_off: Ok(None),
        }
    }

    fn apply(&mut self, Event { date, what }: Event) {
        let rules = self.standards.rules;
        if !matches!(what, What::Contact(_)) {
            self.count();
        }
        match what {
            What::Start => self.begin(date, Since::Start, false),
            What::Custody => self.begin(date, Since::Custody, true),
            What::Release => self.begin(date, Since::Release, false),
            What::Resume if self.suspended.take().is_some() => self.restart(date, Since::Return),
            What::Suspend(status) => self.suspended = Some((date, status)),
            What::Rating(Some(rank)) => self.rated(date, rank),
            What::Contact(mode) => self.contact(date, mode),
            What::Transfer if self.is_asked() && self.lane == Lane::Main => {
                let deadline = within(Since::Transfer, date, rules.contact_after_transfer, self.days);
                self.one_off = earlier(self.one_off, deadline);
                self.due = earlier(self.due, self.one_off);
            }
            What::End => self.ended = true,
            What::Resume | What::Transfer | What::Rating(None) | What::Trigger => {}
        }
    }

    fn begin(&mut self, date: Date, since: Since, custody: bool) {
        self.custody = custody.then_some(date);
        self.tier = self.history.tier_at(date);
        self.restart(date, since);
    }

    /// A new phase: nobody has been seen in it yet.
    fn restart(&mut self, date: Date, since: Since) {
        self.phase = Some(Phase { began: date, since });
        self.hits.clear();
        self.one_off = Ok(None);
        self.last = None;
        let standard = self.standard().or(self.last);
        self.due = standard.map_or(Ok(None), |standard| self.first(standard, Phase { began: date, since }));
    }

    /// The standard under the recorded tier. Without one nothing is asked in the community beyond the deadlines that hold
    /// for every tier, and what counts as a contact is what counts under the most intensive one.
    fn standard(&mut self) -> Option<&'a ContactStandard> {
        let standard = self.standards.contact(self.tier, self.custody.is_some(), &self.lane);
        self.last = standard.or(self.last);
        standard.filter(|_| self.custody.is_some() || self.tier.is_some())
    }

    /// Its standard's place among those of where the person is.
    fn place(&self) -> Option<usize> {
        self.lane.place(self.standards.contacts(self.tier, self.custody.is_some()))
    }

    /// Whether a phase runs in which contact is asked for at all.
    fn is_asked(&self) -> bool {
        self.phase.is_some() && self.standards.contact(self.tier, self.custody.is_some(), &self.lane).is_some()
    }

    /// The first contact of a phase. The deadlines after release and after a return are for one contact, so a further
    /// standard does not have them.
    fn first(&self, standard: &ContactStandard, phase: Phase) -> Reckoned {
        let rules = &self.standards.rules;
        let deadline = match (phase.since, &self.lane) {
            (Since::Release, Lane::Main) => Some(rules.contact_after_release),
            (Since::Return, Lane::Main) if self.custody.is_none() => Some(rules.contact_after_return),
            _ if self.custody.is_some() => None,
            _ if self.tier.is_none() => return Ok(None),
            _ => standard.first_within,
        };
        match deadline {
            Some(n) => within(phase.since, phase.began, n, self.days),
            None => every(phase.since, phase.began, period(standard), standard.times, self.days),
        }
    }

    fn contact(&mut self, date: Date, mode: ContactMode) {
        let standard = self.standard();
        let accepted = standard.or(self.last).is_some_and(|standard| standard.accepts.contains(&mode));
        if self.phase.is_none() || !accepted || self.suspended.is_some() {
            return;
        }
        if self.hits.last() != Some(&date) {
            self.hits.push(date);
        }
        self.one_off = Ok(None);
        (self.due, self.to_count) = (Ok(None), standard);
    }

    /// Counts what is still to be counted.
    fn count(&mut self) {
        if let (Some(standard), Some(phase)) = (self.to_count.take(), self.phase) {
            self.due = self.counted_from_contacts(standard, phase);
        }
    }

    /// What the contacts made so far leave owed: counted from the one that opens the latest full set.
    fn counted_from_contacts(&self, standard: &ContactStandard, phase: Phase) -> Reckoned {
        let (since, from) = self.opening(standard).map_or((phase.since, phase.began), |date| (Since::Seen, date));
        every(since, from, period(standard), standard.times, self.days)
    }

    /// The most recent contact but so many as the standard asks for in a period, if there were that many.
    fn opening(&self, standard: &ContactStandard) -> Option<Date> {
        let times = usize::try_from(standard.times.max(1)).ok()?;
        self.hits.iter().rev().nth(times - 1).copied()
    }

    fn rated(&mut self, date: Date, new: Rank) {
        let old = self.tier.replace(new);
        let Some(phase) = self.phase else { return };
        let newly_asked = self.due == Ok(None);
        match old {
            Some(old) if old == new => {}
            Some(old) if new < old && !newly_asked => self.lowered(date, phase),
            _ => self.raised(date, phase),
        }
    }

    /// A raised tier brings the contact forward, with a little time to catch up, and never buys time.
    fn raised(&mut self, date: Date, phase: Phase) {
        let Some(new) = self.standard() else { return };
        let cap = every(Since::Raised, date, period(new), new.times, self.days);
        let base = match (self.opening(new), phase.since) {
            (Some(_), _) => self.counted_from_contacts(new, phase),
            (None, Since::Start) => self.first(new, phase),
            (None, _) => self.due,
        };
        let catch_up = within(Since::Raised, date, self.standards.rules.catch_up, self.days);
        self.due = earlier(self.due, earlier(cap, later(base, catch_up)));
    }

    /// A lowered tier clears nothing that is overdue, nor a first contact, nor the deadline of a transfer.
    fn lowered(&mut self, date: Date, phase: Phase) {
        let new = self.standard();
        let kept = match self.due {
            Ok(Some(owed)) if owed.date < date => Some(Kept::Overdue(date)),
            _ if self.hits.is_empty() => Some(Kept::Unseen(date)),
            _ => None,
        };
        if kept.is_some() {
            self.due = self.due.map(|owed| owed.map(|owed| Owed { kept: owed.kept.or(kept), ..owed }));
            return;
        }
        let next = new.map_or(Ok(None), |new| self.counted_from_contacts(new, phase));
        self.due = earlier(later(self.due, next), self.one_off);
    }

    fn due_on(&mut self, on: Date, owed: Option<Owed>) -> Due {
        if self.ended {
            return Due::ended(self.history);
        }
        if let Some((since, status)) = self.suspended {
            return Due::suspended(suspension(since, status, owed));
        }
        let Some(owed) = owed else { return Due::none(self.why_nothing(on)) };
        let upcoming = self.standard().or(self.last).map_or(0, |standard| standard.upcoming);
        let answer = Answer { on, ends: self.history.ends, upcoming, grace: self.standards.rules.grace_days };
        answer.due(owed, self.days)
    }

    fn why_nothing(&self, on: Date) -> String {
        match (self.custody, self.tier) {
            _ if self.phase.is_none() => self.history.not_started(),
            (Some(since), _) => self.history.in_custody(since, on),
            (_, None) => "no tier is recorded that asks for contact".to_owned(),
            (_, Some(tier)) => format!("the policy asks for no contact under {}", self.standards.name(tier)),
        }
    }
}

fn period(standard: &ContactStandard) -> Period {
    Period { every: standard.every, unit: standard.unit }
}

/// Why contact is suspended; what was missed before stays on the record.
fn suspension(since: Date, status: Status, owed: Option<Owed>) -> String {
    let what = match status {
        Status::Absconded => "absconded",
        Status::UnlawfullyAtLarge => "unlawfully at large",
        _ => "suspended",
    };
    let missed = owed.filter(|owed| owed.date < since);
    let missed = missed.map(|owed| format!("; the contact due on {} had been missed", spoken(owed.date)));
    format!("{what} since {}, with evidence{}", spoken(since), missed.unwrap_or_default())
}
