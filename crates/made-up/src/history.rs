//! What came of the supervision so far: ratings, contacts, what happened, and what was done about absences.

use crate::{
    contacts::{Contact, Contacts},
    days::{Days, from_to, later},
    dice::Dice,
    fields::Fields,
    person::Person,
    ratings::{Path, Rating, Ratings},
    timeline::Timeline,
};
use jiff::civil::Date;
use serde_json::Value;

/// The records of a supervision.
pub struct History {
    /// Transfers from another area.
    pub transfers: Vec<Date>,
    /// Since when the person cannot be seen, and why.
    pub away: Option<(Date, &'static str)>,
    /// Ratings, in order.
    pub ratings: Vec<Rating>,
    /// Contacts, in order.
    pub contacts: Vec<Contact>,
    events: Vec<Date>,
    enforcement: Vec<(Date, &'static str)>,
}

/// Records being made, with what they need.
pub struct Records<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Working days.
    pub days: &'a Days,
    /// Who is supervised.
    pub person: &'a Person,
    /// The tiers recorded.
    pub path: &'a Path,
    /// The sentence.
    pub timeline: &'a Timeline,
    /// Managed from the operational hub.
    pub hub: bool,
    /// The date of the book.
    pub on: Date,
}

impl Records<'_> {
    /// Everything on record.
    pub fn history(mut self) -> History {
        let outside = (!self.timeline.in_custody()).then(|| self.timeline.since());
        let events = outside.map_or_else(Vec::new, |since| self.some_days(since, 120));
        let transfers = outside.map_or_else(Vec::new, |since| self.some_days(since, 25));
        let away = outside.and_then(|since| self.away(since));
        let mut asked = events.clone();
        asked.extend(&transfers);
        asked.sort_unstable();
        let (path, days, on) = (self.path, self.days, self.on);
        let mut ratings = Ratings { dice: self.dice, days, path, events: &asked, on }.all(self.timeline);
        let contacts = Contacts {
            dice: self.dice,
            days,
            person: self.person,
            path,
            ratings: &ratings,
            hub: self.hub,
            away: away.map(|(from, _)| from),
            on,
        };
        let contacts = contacts.all(self.timeline);
        let enforcement = self.enforcement(&contacts, &mut ratings);
        History { transfers, away, ratings, contacts, events, enforcement }
    }

    /// One person in a hundred is not to be found, or in hospital.
    fn away(&mut self, since: Date) -> Option<(Date, &'static str)> {
        if from_to(since, self.on) <= 40 || !self.dice.happens(12) {
            return None;
        }
        let status = self.dice.one_of(&[("absconded", 55), ("unlawfully_at_large", 25), ("hospital", 20)]);
        Some((later(self.on, -self.dice.between(5, 35)), status))
    }

    /// A day, now and then two, on which something happened since a date; in so many of a thousand cases.
    fn some_days(&mut self, since: Date, per_thousand: u32) -> Vec<Date> {
        let length = from_to(since, self.on);
        if length < 35 || !self.dice.happens(per_thousand) {
            return Vec::new();
        }
        let count = self.dice.one_of(&[(1, 85), (2, 15)]);
        let mut days: Vec<Date> =
            (0..count).map(|_| self.days.working(later(since, self.dice.between(25, length)))).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// A warning for the first absence without good reason; from the second on breach or recall, or a waiver, nearly always.
    fn enforcement(&mut self, contacts: &[Contact], ratings: &mut [Rating]) -> Vec<(Date, &'static str)> {
        let on_licence = self.timeline.release.is_some();
        let breach = if on_licence { "recall_requested" } else { "breach_initiated" };
        let mut taken = Vec::new();
        let missed = contacts.iter().filter(|contact| contact.outcome == "unacceptable_absence");
        for (index, absence) in missed.enumerate() {
            let action = match index {
                0 => "warning",
                _ => self.dice.one_of(&[("breach_waived", 60), (breach, 40)]),
            };
            let date = self.days.after(absence.date, self.dice.between(1, 8));
            if date > self.on || !self.dice.happens(if index == 0 { 800 } else { 920 }) {
                continue;
            }
            taken.push((date, action));
            let review = ratings.iter_mut().find(|rating| rating.date >= date);
            if let (true, Some(review), true) = (is_grave(action), review, self.dice.happens(880)) {
                review.addresses_noncompliance = true;
            }
        }
        taken.sort_unstable();
        taken
    }
}

impl History {
    /// The day of the first meeting.
    pub fn first_meeting(&self) -> Option<Date> {
        self.contacts.iter().find(|contact| contact.is_meeting()).map(|contact| contact.date)
    }

    /// Whether the order failed: breach or recall.
    pub fn failed(&self) -> bool {
        self.enforcement.iter().any(|(_, action)| is_grave(action))
    }

    /// Enforcement, as a case writes it.
    pub fn enforced(&self) -> Vec<Value> {
        let written =
            |(date, action): &(Date, &str)| Fields::default().day("date", *date).with("action", *action).into();
        self.enforcement.iter().map(written).collect()
    }

    /// What happened: each of it asks for a review at once.
    pub fn events(&self, dice: &mut Dice) -> Vec<Value> {
        let of = |dice: &mut Dice, date: &Date| {
            let kind = dice.one_of(&[
                ("new_offence", 25),
                ("change_of_accommodation", 30),
                ("domestic_abuse_callout", 15),
                ("relationship_breakdown", 20),
                ("relapse", 10),
            ]);
            Fields::default().day("date", *date).with("type", kind).with("significant", true).into()
        };
        self.events.iter().map(|date| of(dice, date)).collect()
    }
}

/// Whether an action means that the order failed.
fn is_grave(action: &str) -> bool {
    matches!(action, "breach_initiated" | "recall_requested")
}
