//! Earlier ratings: the first one, a review about every six weeks, some late, some too low.

use crate::{
    days::{Days, from_to, later},
    dice::Dice,
    fields::Fields,
    tier::Tier,
    timeline::{Phase, Timeline},
};
use jiff::civil::Date;
use serde_json::Value;

/// A rating on record.
pub struct Rating {
    /// When.
    pub date: Date,
    /// The tier; in custody it is Blue for all but IOM cases.
    pub tier: &'static str,
    /// It asks why the person did not comply.
    pub addresses_noncompliance: bool,
    trigger: &'static str,
    pre_release: bool,
    agencies_input: bool,
    overridden: Option<&'static str>,
}

/// The tiers that were recorded over time.
pub struct Path {
    /// What the officer reckons.
    pub reckoned: Tier,
    /// What is recorded now.
    pub recorded: Tier,
    /// What was recorded at first.
    first: Tier,
    iom: bool,
}

impl Path {
    /// Most ratings are what the officer reckons. One in twelve is a step too low, as the inspectors found, and a few are
    /// higher; one in four changed since the first.
    pub fn new(dice: &mut Dice, reckoned: Tier, iom: bool) -> Self {
        let recorded = match dice.below(1000) {
            0..85 if !iom || reckoned == Tier::Red => reckoned.lower(),
            85..105 => reckoned.higher(),
            _ => reckoned,
        };
        let first = match dice.below(1000) {
            0..130 if !iom => recorded.lower(),
            130..260 => recorded.higher(),
            _ => recorded,
        };
        Self { reckoned, recorded, first, iom }
    }

    fn word(&self, tier: Tier, custody: bool) -> &'static str {
        if custody && !self.iom { "Blue" } else { tier.word() }
    }

    /// The tier in force on a date, as the ratings of a time in the community have it.
    pub fn on(&self, ratings: &[Rating], date: Date) -> Tier {
        let tiers = [Tier::Green, Tier::Amber, Tier::RedAmber, Tier::Red];
        let rated = ratings.iter().rev().find(|rating| rating.date <= date && rating.tier != "Blue");
        rated.and_then(|rating| tiers.into_iter().find(|tier| tier.word() == rating.tier)).unwrap_or(self.first)
    }
}

/// Ratings being made, with what they need.
pub struct Ratings<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Working days.
    pub days: &'a Days,
    /// The tiers recorded.
    pub path: &'a Path,
    /// Days of significant events.
    pub events: &'a [Date],
    /// The date of the book.
    pub on: Date,
}

impl Ratings<'_> {
    /// Every rating of a sentence, in order.
    pub fn all(mut self, timeline: &Timeline) -> Vec<Rating> {
        let mut ratings = Vec::new();
        for (index, phase) in timeline.phases.iter().enumerate() {
            if phase.custody {
                self.inside(&mut ratings, *phase, if index == 0 { "initial" } else { "recall" }, timeline.release);
            } else {
                self.outside(&mut ratings, *phase, if index == 0 { "initial" } else { "release" });
            }
        }
        ratings.retain(|rating| rating.date <= self.on);
        self.justify(&mut ratings);
        ratings
    }

    /// Some of those who depart from what they reckon say why, and a manager agrees: more often when they go higher.
    fn justify(&mut self, ratings: &mut [Rating]) {
        let (reckoned, recorded) = (self.path.reckoned, self.path.recorded);
        let share = if recorded < reckoned { 200 } else { 750 };
        let Some(last) = ratings.last_mut().filter(|last| last.tier == recorded.word()) else { return };
        if recorded != reckoned && self.dice.happens(share) {
            last.overridden = Some(reckoned.word());
        }
    }

    /// In custody: one rating, and one for release twelve weeks before it.
    fn inside(&mut self, ratings: &mut Vec<Rating>, phase: Phase, trigger: &'static str, release: Option<Date>) {
        let first = self.days.after(phase.from, self.dice.between(1, 6));
        ratings.push(self.rating(first, self.path.first, true, trigger));
        let (Some(release), true) = (phase.to.or(release), self.dice.happens(930)) else { return };
        let wanted = self.days.working(later(release, -84 - self.dice.between(0, 9)));
        let date = wanted.max(self.days.after(phase.from, 4));
        let mut rating = self.rating(date.max(first), self.path.first, false, "pre_release");
        rating.pre_release = true;
        if date < release {
            ratings.push(rating);
        }
    }

    /// In the community: a rating every six weeks, and after every significant event.
    fn outside(&mut self, ratings: &mut Vec<Rating>, phase: Phase, trigger: &'static str) {
        let first = if self.dice.happens(60) { self.dice.between(16, 24) } else { self.dice.between(3, 12) };
        let mut date = self.days.after(phase.from, first);
        let end = self.reviewed_until(phase).max(date.min(self.on));
        let length = from_to(phase.from, end).max(1);
        let changes_on = later(phase.from, 30 + length * self.dice.between(10, 70) / 100);
        let mut trigger = trigger;
        while date <= end {
            let tier = if date >= changes_on { self.path.recorded } else { self.path.first };
            ratings.push(self.rating(date, tier, false, trigger));
            let wait = if self.dice.happens(55) { self.dice.between(45, 66) } else { self.dice.between(37, 42) };
            let next = self.days.working(later(date, wait));
            let event = self.events.iter().find(|event| **event > date && **event < next);
            let reviewed = event.filter(|_| self.dice.happens(850)).map(|event| self.days.after(*event, 1));
            trigger = if reviewed.is_some() { "significant_change" } else { "six_weekly" };
            date = reviewed.unwrap_or(next);
        }
    }

    /// The end of the time that is looked at; where reviews have lapsed, some weeks earlier.
    fn reviewed_until(&mut self, phase: Phase) -> Date {
        let end = phase.to.map_or(self.on, |to| later(to, -1));
        if phase.to.is_none() && self.dice.happens(60) { later(end, -self.dice.between(42, 100)) } else { end }
    }

    fn rating(&mut self, date: Date, tier: Tier, custody: bool, trigger: &'static str) -> Rating {
        Rating {
            date,
            tier: self.path.word(tier, custody),
            addresses_noncompliance: false,
            trigger,
            pre_release: false,
            agencies_input: self.dice.happens(120),
            overridden: None,
        }
    }
}

impl Rating {
    /// As a case writes it.
    pub fn written(&self, by: &str, manager: &str) -> Value {
        let override_ = self.overridden.map(|from| {
            let reason = "What the agencies involved know of the person weighs more than the scores.";
            Fields::default().with("from", from).with("reason", reason).with("authorised_by", manager)
        });
        Fields::default()
            .day("date", self.date)
            .with("tier", self.tier)
            .with("trigger", self.trigger)
            .with("by", by)
            .truth("pre_release", self.pre_release)
            .truth("addresses_noncompliance", self.addresses_noncompliance)
            .truth("agencies_input", self.agencies_input)
            .maybe("override", override_)
            .into()
    }
}
