//! The OASys assessment and what is planned on it.

use crate::{
    days::{Days, from_to, later},
    dice::Dice,
    fields::Fields,
    person::Person,
    ratings::Rating,
};
use jiff::civil::Date;
use serde_json::Value;

const LEVELS: [&str; 4] = ["low", "medium", "high", "very_high"];
fn level(harm: usize) -> &'static str {
    LEVELS.get(harm).copied().unwrap_or("low")
}

const SOURCES: [&str; 5] = ["court_papers", "police", "previous_assessment", "family", "treatment_service"];

/// An assessment being made, with what it needs.
pub struct Assessment<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Working days.
    pub days: &'a Days,
    /// Who is assessed.
    pub person: &'a Person,
    /// The day of the first meeting, or of the sentence where nobody has met yet.
    pub met: Date,
    /// Days of transfer.
    pub transfers: &'a [Date],
    /// The date of the book.
    pub on: Date,
}

impl Assessment<'_> {
    /// The assessment and the date on which it was completed.
    pub fn oasys(&mut self) -> (Date, Fields) {
        let completed = self.completed();
        let layer =
            if self.dice.happens([320, 120, 20, 0].get(self.person.harm).copied().unwrap_or(0)) { 1 } else { 3 };
        let status = if self.dice.happens(18) { "locked_incomplete" } else { "complete" };
        let fields = Fields::default().day("completed_on", completed).with("layer", layer).with("status", status);
        let fields = self.pulled_through(fields, completed);
        let fields = self.sources(fields);
        let fields = fields.with("rosh", level(self.person.harm)).with("rosh_to", self.levels_to());
        let fields = self.person.scored(fields.unless_empty("rosh_history", self.history(completed)));
        let parent = if self.person.is("children_in_household") || self.person.is("caring_responsibilities") {
            "yes"
        } else {
            "no"
        };
        let problem = |dice: &mut Dice, thinking: i64| match thinking + dice.between(-2, 2) {
            ..3 => "none",
            3..6 => "some",
            _ => "significant",
        };
        let thinking = self.person.score("thinking");
        let fields = fields
            .with("parenting_responsibilities", parent)
            .with("impulsivity", problem(self.dice, thinking))
            .with("temper_control", problem(self.dice, thinking - 1))
            .truth("ever_committed_sexual_offence", self.person.mappa.is_some_and(|(category, _)| category == 1));
        (completed, fields)
    }

    /// One in thirty was made before anybody met the person; most are made anew within the year.
    fn completed(&mut self) -> Date {
        let wait = if self.dice.happens(30) { -self.dice.between(2, 6) } else { self.dice.between(2, 18) };
        let first = self.days.working(later(self.met, wait)).min(self.on);
        let first = if wait > 0 { first.max(self.met.min(self.on)) } else { first };
        let age = from_to(first, self.on);
        if age <= 330 || self.dice.happens(130) {
            return first;
        }
        self.days.working(later(self.on, -self.dice.between(5, 320)))
    }

    fn pulled_through(&mut self, fields: Fields, completed: Date) -> Fields {
        if !self.dice.happens(90) {
            return fields;
        }
        let likely = ["accommodation", "ete", "relationships", "attitudes"];
        let carried: Vec<&str> = likely.into_iter().filter(|_| self.dice.happens(600)).collect();
        let copied = later(completed, -self.dice.between(200, 600));
        fields
            .day("copied_from", copied)
            .unless_empty("sections_carried_forward", carried)
            .truth("contradictions", self.dice.happens(100))
    }

    /// Which sources there were and which were used: in one of twenty-five assessments not all of them.
    fn sources(&mut self, fields: Fields) -> Fields {
        let available: Vec<&str> = SOURCES.into_iter().filter(|_| self.dice.happens(550)).collect();
        let unused = usize::from(self.dice.happens(45));
        let used: Vec<&str> = available.iter().skip(unused).copied().collect();
        fields.unless_empty("sources_available", available).unless_empty("sources_used", used)
    }

    /// The levels by group: one of them, that of the known adult or of the public, is the overall one.
    fn levels_to(&mut self) -> Fields {
        let person = self.person;
        let to_known = person.offences.victim_known();
        let below = |dice: &mut Dice| if person.harm > 0 && dice.happens(300) { person.harm - 1 } else { 0 };
        let to_children = person.has_any(&["child_protection", "risk_to_children"]);
        let (public, adult) = if to_known { (below(self.dice), person.harm) } else { (person.harm, below(self.dice)) };
        let staff = if self.dice.happens(60) { person.harm.min(1) } else { 0 };
        let children = if to_children { person.harm } else { below(self.dice) };
        Fields::default()
            .with("public", level(public))
            .with("children", level(children))
            .with("known_adult", level(adult))
            .with("staff", level(staff))
    }

    /// After a transfer the level was assessed again; in one of fifteen it came out lower, without new evidence.
    fn history(&mut self, completed: Date) -> Vec<Value> {
        let Some(transfer) = self.transfers.first() else { return Vec::new() };
        let before = later(*transfer, -self.dice.between(20, 50));
        let after = later(*transfer, self.dice.between(5, 25)).min(self.on);
        let was = if self.person.harm < 2 && self.dice.happens(70) { self.person.harm + 1 } else { self.person.harm };
        if after < *transfer || completed < before {
            return Vec::new();
        }
        let entry = |date, harm| Value::from(Fields::default().day("date", date).with("level", level(harm)));
        vec![entry(before, was), entry(after, self.person.harm)]
    }

    /// The sentence plan: soon after the assessment, and anew when the tier changes.
    pub fn plan(&mut self, assessed: Date, ratings: &[Rating]) -> Fields {
        let wait = if self.dice.happens(30) { -self.dice.between(1, 12) } else { self.dice.between(0, 9) };
        let base = if wait < 0 { self.met } else { assessed.max(self.met) };
        let made = self.days.working(later(base, wait));
        let made = if wait < 0 { made } else { made.max(self.met) };
        let changed = ratings.windows(2).rev().find(|pair| matches!(pair, [one, other] if one.tier != other.tier));
        let changed = changed.and_then(|pair| pair.last()).map(|rating| rating.date);
        let renewed = changed.filter(|date| *date > made && self.dice.happens(860));
        let made = renewed.map_or(made, |date| self.days.after(date, self.dice.between(0, 8)));
        if made > self.on && renewed.is_none() {
            return Fields::default();
        }
        Fields::default()
            .day("completed_on", made.min(self.on))
            .with("person_involved", self.dice.happens(820))
            .with("diversity_considered", self.dice.happens(880))
    }

    /// The plan for managing the risk of serious harm.
    pub fn risk_plan(&mut self) -> Fields {
        let grave = self.person.harm >= 1 || self.person.offences.dispute_low();
        if !grave {
            return Fields::default();
        }
        let absent = self.dice.happens(28);
        let quality = self.dice.one_of(&[("sufficient", 730), ("superficial", 150), ("poor", 80), ("inadequate", 40)]);
        let contingency = self.dice.one_of(&[("present", 930), ("poor", 50), ("absent", 20)]);
        Fields::default()
            .with("quality", if absent { "absent" } else { quality })
            .with("contingency", if absent { "absent" } else { contingency })
            .with("victim_safety", !absent && self.dice.happens(950))
    }
}
