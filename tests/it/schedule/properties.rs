//! What must hold of every record, over generated ones.

use super::{
    file::{DAYS, File},
    reference,
};
use crate::sampling::{config, is_long};
use brag::{
    case::Case,
    schedule::{Due, Schedule, State, schedule, schedule_if_adopted},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use proptest::{
    collection::vec,
    option,
    prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_assume, proptest},
    prop_oneof,
    test_runner::Config,
};

const TIERS: [&str; 4] = ["Green", "Amber", "Red-Amber", "Red"];
const IGNORED: [(&str, &str, &str); 9] = [
    ("office", "acceptable_absence", "case_manager"),
    ("office", "unacceptable_absence", "case_manager"),
    ("home_visit", "rearranged", "case_manager"),
    ("office", "planned", "case_manager"),
    ("telephone", "attended", "case_manager"),
    ("letter", "attended", "case_manager"),
    ("group", "attended", "case_manager"),
    ("office", "attended", "duty_officer"),
    ("office", "attended", "group_facilitator"),
];

/// The first day of every generated record; days are counted from it.
const FIRST: Date = date(2019, 1, 1);
const START: u16 = 20;

/// A record in numbers, so that a counterexample shrinks.
#[derive(Debug, Clone)]
struct Record {
    /// How much later than [`FIRST`] the record begins, so that holidays fall anywhere in it.
    shift: u16,
    ratings: Vec<(u16, usize)>,
    seen: Vec<u16>,
    ignored: Vec<(u16, usize)>,
    transfers: Vec<u16>,
    events: Vec<u16>,
    /// Days at large, with or without evidence, closed or not.
    away: Vec<(u16, Option<u16>, bool)>,
    /// Days free before each period in custody, and its length.
    custody: Vec<(u16, u16)>,
    in_custody_still: bool,
    release: Option<(u16, u16)>,
    iom: bool,
    on: u16,
}

fn records() -> impl Strategy<Value = Record> {
    // Half of what happens, happens around the start: that is where a first contact is still owed.
    let day = || prop_oneof![0..250u16, START - 5..START + 15];
    let record = (vec((day(), 0..4usize), 1..6), vec(day(), 0..12), vec((day(), 0..IGNORED.len()), 0..4));
    let further = (vec(day(), 0..3), vec(day(), 0..3), vec((day(), option::of(0..40u16), any::<bool>()), 0..3));
    let custody = prop_oneof![2 => Just(Vec::new()), 1 => vec((1..90u16, 0..50u16), 1..3)];
    let inside = (custody, any::<bool>(), option::of((day(), day())), any::<bool>());
    let on = prop_oneof![START..255u16, START..START + 20];
    // Anywhere in a year and more, and one time in three with a start close before Easter.
    let shift = prop_oneof![2 => 0..500u16, 1 => 80..90u16];
    (record, further, inside, on, shift).prop_map(|(record, further, inside, on, shift)| {
        let ((ratings, seen, ignored), (transfers, events, away)) = (record, further);
        let (custody, in_custody_still, release, iom) = inside;
        Record { shift, ratings, seen, ignored, transfers, events, away, custody, in_custody_still, release, iom, on }
    })
}

impl Record {
    fn day(&self, day: u16) -> Date {
        FIRST + i64::from(self.shift + day).days()
    }

    /// The record of somebody in the community throughout.
    fn in_community(mut self) -> Self {
        self.custody.clear();
        self.away.clear();
        self
    }

    /// One rating a date: which of two wins is a matter of their order, and tested as such.
    fn one_rating_a_date(mut self) -> Self {
        self.ratings.sort_by_key(|(day, _)| *day);
        self.ratings.dedup_by_key(|(day, _)| *day);
        self
    }

    fn file(&self) -> File {
        let text = |day: u16| self.day(day).to_string();
        let mut file = File::starting(&text(START)).with(&format!("iom: {}", self.iom));
        for (day, tier) in &self.ratings {
            file = file.rated(&text(*day), TIERS[*tier]);
        }
        file = self.seen.iter().fold(file, |file, day| file.seen(&text(*day)));
        for (day, which) in &self.ignored {
            let (mode, outcome, with) = IGNORED[*which];
            file = file.contact_with(&text(*day), mode, outcome, with);
        }
        file = self.transfers.iter().fold(file, |file, day| file.transferred(&text(*day)));
        file = self.events.iter().fold(file, |file, day| file.event(&text(*day)));
        for (from, length, evidence) in &self.away {
            let to = length.map(|length| text(from + length)).unwrap_or_default();
            file = file.status("absconded", &text(*from), &to, *evidence);
        }
        let mut day = 0;
        for (index, (free, length)) in self.custody.iter().enumerate() {
            let open = self.in_custody_still && index + 1 == self.custody.len();
            let (from, to) = (day + free, day + free + length);
            file = file.custody(&text(from), &if open { String::new() } else { text(to) });
            day = to;
        }
        match self.release {
            Some((release, known)) => file.release(&text(release), &text(known)),
            None => file,
        }
    }

    fn case(&self) -> Case {
        self.file().case()
    }

    fn now(&self) -> Date {
        self.day(self.on)
    }

    fn schedule(&self) -> Schedule {
        of(&self.case(), self.now())
    }

    /// The tier recorded by now.
    fn tier(&self) -> Option<usize> {
        let recorded = self.ratings.iter().filter(|(day, _)| *day <= self.on);
        recorded.max_by_key(|(day, _)| *day).map(|(_, tier)| *tier)
    }

    fn if_adopted(&self, tier: usize) -> Due {
        let case = self.case();
        schedule_if_adopted(&case, self.now(), TIERS[tier], &reference::standards(&case), &DAYS).unwrap().contact
    }

    /// When the person was last seen since the start.
    fn last_seen(&self) -> Option<u16> {
        self.seen.iter().copied().filter(|day| (START..=self.on).contains(day)).max()
    }
}

fn of(case: &Case, on: Date) -> Schedule {
    schedule(case, on, &reference::standards(case), &DAYS).unwrap()
}

/// The last day of the period that a tier allows after a contact.
fn allowed(tier: usize, seen: Date) -> Date {
    match tier {
        0 => seen + 1.month(),
        1 => seen + 21.days(),
        2 => seen + 14.days(),
        _ => seen + 7.days(),
    }
}

proptest! {
    #![proptest_config(Config { max_global_rejects: 100_000, ..config(if is_long() { 1500 } else { 500 }) })]

    #[test]
    fn the_gap_allowed_between_two_contacts_never_exceeds_the_standard(record in records()) {
        let record = record.in_community().one_rating_a_date();
        prop_assume!(record.last_seen().is_some() && record.tier().is_some());
        let last = record.last_seen().unwrap();
        // Somebody seen under one tier and lowered to another may have the time of either.
        let at_contact = record.ratings.iter().rfind(|(day, _)| *day <= last).or(record.ratings.first());
        let since = record.ratings.iter().filter(|(day, _)| (last + 1..=record.on).contains(day));
        let tiers: Vec<usize> = at_contact.into_iter().chain(since).map(|(_, tier)| *tier).collect();
        let longest = tiers.iter().map(|tier| allowed(*tier, record.day(last))).max();
        if let Some(due) = record.schedule().contact.due {
            prop_assert!(Some(due) <= longest, "{due} under {tiers:?}");
            prop_assert!(due > record.day(last), "{due}");
        }
    }

    #[test]
    fn a_lowered_tier_clears_nothing_and_makes_no_past_date(record in records(), lower in 0..3usize) {
        let before = record.schedule().contact;
        prop_assume!(record.tier().is_some_and(|tier| lower < tier) && before.due.is_some());
        prop_assume!(!record.ratings.iter().any(|(day, _)| *day == record.on));
        // A contact of today comes after a rating of today: what it leaves due is another matter.
        prop_assume!(!record.seen.contains(&record.on));
        let after = record.if_adopted(lower);
        if before.state == State::Overdue {
            prop_assert_eq!((after.state, after.due), (before.state, before.due));
        } else if record.on > START && record.last_seen().is_none() && record.custody.is_empty() && record.away.is_empty() {
            prop_assert_eq!(after.due, before.due, "a first contact is still owed");
        } else {
            prop_assert!(after.due >= before.due, "{after:?} before {before:?}");
            prop_assert!(after.due >= Some(record.now()));
        }
    }

    #[test]
    fn a_transfer_deadline_stands_until_a_contact(record in records(), day in START..250u16, lower in 0..4usize) {
        let mut record = record.in_community();
        record.on = record.on.max(day);
        record.transfers.push(day);
        record.seen.retain(|seen| *seen < day);
        prop_assume!(record.tier().is_some());
        let deadline = DAYS.after(record.day(day), 5).unwrap();
        let due = record.if_adopted(lower).due;
        prop_assert!(due.is_some_and(|due| due <= deadline), "{due:?} after {deadline}");
    }

    #[test]
    fn a_raised_tier_never_buys_time(record in records(), higher in 1..4usize) {
        let before = record.schedule().contact;
        prop_assume!(record.tier().is_some_and(|tier| higher > tier) && before.due.is_some());
        prop_assume!(!record.ratings.iter().any(|(day, _)| *day == record.on));
        let after = record.if_adopted(higher);
        prop_assert!(after.due.is_some() && after.due <= before.due, "{after:?} after {before:?}");
        prop_assert!(after.due >= before.due.min(Some(record.now())), "a date in the past: {after:?}");
    }

    #[test]
    fn every_tier_one_step_higher_is_never_later(record in records()) {
        let mut higher = record.clone();
        higher.ratings.iter_mut().for_each(|(_, tier)| *tier = (*tier + 1).min(3));
        let (low, high) = (record.schedule().contact.due, higher.schedule().contact.due);
        prop_assert_eq!(low.is_some(), high.is_some());
        prop_assert!(high <= low, "{:?} after {:?}", high, low);
    }

    #[test]
    fn somebody_seen_is_never_due_earlier(record in records(), day in 0..250u16) {
        let mut seen = record.clone();
        seen.seen.push(day);
        let mut never = record.clone();
        never.seen.clear();
        // Nothing owed is never due: so it is with nobody's tier recorded, once a deadline for every tier is met.
        let due = |record: &Record| record.schedule().contact.due.unwrap_or(Date::MAX);
        let (never, without, with) = (due(&never), due(&record), due(&seen));
        prop_assert!(without <= with, "{without} unless seen, {with} when seen");
        prop_assert!(never <= without, "{never} if never seen, {without} as it is");
    }

    #[test]
    fn a_contact_that_does_not_count_changes_nothing(record in records(), day in 0..250u16, which in 0..IGNORED.len()) {
        let mut more = record.clone();
        more.ignored.push((day, which));
        prop_assert_eq!(record.schedule(), more.schedule());
    }

    #[test]
    fn what_is_dated_later_is_ignored(record in records()) {
        let on = record.now();
        let mut case = record.case();
        let full = of(&case, on);
        case.ratings.retain(|one| one.date.0 <= on);
        case.contacts.retain(|one| one.date.0 <= on);
        case.events.retain(|one| one.date.0 <= on);
        case.supervision.transfers.retain(|one| one.date.0 <= on);
        case.supervision.status.retain(|one| one.from.0 <= on);
        case.supervision.status.iter_mut().for_each(|one| one.to = one.to.filter(|to| to.0 <= on));
        case.custody.retain(|one| one.from.0 <= on);
        case.custody.iter_mut().for_each(|one| one.to = one.to.filter(|to| to.0 <= on));
        if case.release.known_on.is_some_and(|known| known.0 > on) {
            case.release = brag::case::sentence::Release::default();
        }
        prop_assert_eq!(full, of(&case, on));
    }

    #[test]
    fn due_dates_are_working_days_and_reviews_within_six_weeks(record in records()) {
        let out = record.schedule();
        for due in [&out.contact, &out.review] {
            prop_assert!(due.due.is_none_or(|date| DAYS.is_working(date).unwrap()), "{due:?}");
            prop_assert_eq!(due.state == State::Overdue, due.days_overdue > 0);
            prop_assert_eq!(due.due.is_some_and(|date| date < record.now()), due.state == State::Overdue);
        }
        let rated = record.ratings.iter().map(|(day, _)| *day).filter(|day| (START..=record.on).contains(day)).max();
        if let (Some(day), true, Some(due)) = (rated, record.custody.is_empty(), out.review.due) {
            prop_assert!(due <= record.day(day) + 42.days());
        }
    }

    #[test]
    fn the_order_of_the_lists_does_not_matter(record in records(), turn in 0..24usize) {
        let record = record.one_rating_a_date();
        let (one, other) = (record.case(), record.file().shuffled(turn).case());
        prop_assert_eq!(of(&one, record.now()), of(&other, record.now()));
    }
}
