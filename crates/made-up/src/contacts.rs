//! Contacts: kept at the interval of the recorded tier, with absences, calls between them, and a gap here and there.

use crate::{
    days::{Days, later},
    dice::Dice,
    fields::Fields,
    person::Person,
    ratings::{Path, Rating},
    tier::Tier,
    timeline::{Phase, Timeline},
};
use jiff::civil::Date;
use serde_json::Value;

/// A contact on record.
pub struct Contact {
    /// When.
    pub date: Date,
    /// How it went.
    pub outcome: &'static str,
    mode: &'static str,
    with: &'static str,
}

impl Contact {
    /// Whether the person was met: in person or by video.
    pub fn is_meeting(&self) -> bool {
        self.outcome == "attended" && !matches!(self.mode, "telephone" | "letter")
    }

    /// As a case writes it.
    pub fn written(&self) -> Value {
        Fields::default()
            .day("date", self.date)
            .with("mode", self.mode)
            .with("with", self.with)
            .with("outcome", self.outcome)
            .into()
    }
}

/// Contacts being made, with what they need.
pub struct Contacts<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Working days.
    pub days: &'a Days,
    /// Who is seen.
    pub person: &'a Person,
    /// The tiers recorded.
    pub path: &'a Path,
    /// The ratings.
    pub ratings: &'a [Rating],
    /// Managed from the operational hub, by telephone too.
    pub hub: bool,
    /// From when the person cannot be seen: absconded or in hospital.
    pub away: Option<Date>,
    /// The date of the book.
    pub on: Date,
}

impl Contacts<'_> {
    /// Every contact of a sentence, in order.
    pub fn all(mut self, timeline: &Timeline) -> Vec<Contact> {
        let mut contacts = Vec::new();
        for (index, phase) in timeline.phases.iter().enumerate() {
            if phase.custody {
                self.inside(&mut contacts, *phase);
            } else {
                self.outside(&mut contacts, *phase, index > 0);
            }
        }
        contacts.sort_by_key(|contact| contact.date);
        contacts
    }

    fn inside(&mut self, contacts: &mut Vec<Contact>, phase: Phase) {
        let end = phase.to.unwrap_or(self.on);
        let mut date = later(phase.from, self.dice.between(4, 12));
        while date < end {
            let mode = self.dice.one_of(&[("prison_visit", 60), ("video", 40)]);
            contacts.push(Contact { date: self.days.working(date), outcome: "attended", mode, with: "case_manager" });
            let wait = if self.person.iom { self.dice.between(23, 28) } else { self.dice.between(60, 110) };
            date = later(date, wait);
        }
    }

    fn outside(&mut self, contacts: &mut Vec<Contact>, phase: Phase, released: bool) {
        let end = self.seen_until(phase);
        let gap_at = if self.dice.happens(35) { self.dice.between(1, 8) } else { -1 };
        let mut to_visit = self.is_to_be_visited(phase) && self.dice.happens(880);
        let mut date = self.first(phase, released);
        let mut count = 0;
        while date <= end {
            let outcome = self.outcome();
            let tier = self.path.on(self.ratings, date);
            let mode = self.mode(to_visit && count >= 1);
            let with =
                self.dice.one_of(&[("case_manager", 940), ("designated_case_manager", 45), ("duty_officer", 15)]);
            contacts.push(Contact { date, outcome, mode, with });
            let attended = outcome == "attended";
            to_visit &= !(mode == "home_visit" && attended);
            count += 1;
            if attended && count == gap_at {
                date = self.days.working(later(date, self.dice.between(50, 95)));
            } else {
                date = self.next(date, tier, attended && with != "duty_officer");
            }
            self.call_before(contacts, date, end);
        }
        if phase.to.is_none() && date > self.on && self.away.is_none() && self.dice.happens(550) {
            contacts.push(Contact { date, outcome: "planned", mode: "office", with: "case_manager" });
        }
    }

    /// The end of the time that is looked at; earlier where the person is away or contact has lapsed.
    fn seen_until(&mut self, phase: Phase) -> Date {
        let end = phase.to.map_or(self.on, |to| later(to, -1)).min(self.away.unwrap_or(self.on));
        let lapsed = phase.to.is_none() && self.dice.happens(45);
        if lapsed { later(end, -self.dice.between(10, 60)) } else { end }
    }

    fn first(&mut self, phase: Phase, released: bool) -> Date {
        let late = self.dice.happens(40);
        let within = match (released, self.path.on(self.ratings, phase.from)) {
            (true, _) => 1,
            (false, Tier::Red) => 2,
            (false, _) => 4,
        };
        let wait = if late { self.dice.between(6, 12) } else { self.dice.between(1, within) };
        self.days.after(phase.from, wait)
    }

    /// The next appointment: at the interval of the tier, or a few days after one that was missed.
    fn next(&mut self, date: Date, tier: Tier, seen: bool) -> Date {
        let interval = if self.hub { 40 } else { tier.interval() };
        let wait = match tier {
            _ if !seen => self.dice.between(2, 5),
            Tier::Red if !self.hub => self.dice.between(6, 7),
            _ => interval - self.dice.between(0, interval / 6),
        };
        let next = self.days.working(later(date, wait));
        if next > date { next } else { self.days.after(date, 1) }
    }

    /// Somebody whose children, partner or tier ask for it is to be seen at home.
    fn is_to_be_visited(&self, phase: Phase) -> bool {
        let at_home = [
            "domestic_abuse_perpetrator",
            "child_protection",
            "child_concerns",
            "risk_to_children",
            "stalking",
            "domestic_abuse_victim",
        ];
        let red = self.path.on(self.ratings, phase.from) == Tier::Red || self.path.recorded == Tier::Red;
        red || self.person.is("children_in_household") || self.person.has_any(&at_home)
    }

    fn outcome(&mut self) -> &'static str {
        let missed = match self.person.engagement {
            "good" => 12,
            "mixed" => 35,
            _ => 130,
        };
        self.dice.one_of(&[
            ("attended", 905 - missed),
            ("acceptable_absence", 65),
            ("rearranged", 30),
            ("unacceptable_absence", missed),
        ])
    }

    fn mode(&mut self, at_home: bool) -> &'static str {
        if at_home {
            return "home_visit";
        }
        let centre = if self.person.female { 180 } else { 0 };
        let near_home = if self.person.is("rural") { 300 } else { 60 };
        let telephone = if self.hub { 500 } else { 0 };
        self.dice.one_of(&[
            ("office", 800),
            ("home_visit", 12),
            ("community_hub", near_home),
            ("womens_centre", centre),
            ("telephone", telephone),
        ])
    }

    /// Now and then there is a call between two appointments.
    fn call_before(&mut self, contacts: &mut Vec<Contact>, next: Date, end: Date) {
        let date = self.days.working(later(next, -3));
        let free = contacts.last().is_some_and(|last| last.date < date) && date <= end;
        if free && self.dice.happens(50) {
            contacts.push(Contact { date, outcome: "attended", mode: "telephone", with: "case_manager" });
        }
    }
}
