//! What is prepared and done around the person: induction, agencies, checks, disclosed needs, resettlement.

use crate::{days::Days, dice::Dice, fields::Fields, person::Person, timeline::Timeline};
use jiff::civil::Date;
use serde_json::Value;

/// Preparations being made up, with what they need.
pub struct Preparations<'a> {
    /// Chance.
    pub dice: &'a mut Dice,
    /// Working days.
    pub days: &'a Days,
    /// For whom.
    pub person: &'a Person,
    /// The sentence.
    pub timeline: &'a Timeline,
    /// The date of the book.
    pub on: Date,
}

impl Preparations<'_> {
    /// The induction: in a group for nearly half of those whom nothing speaks against it for.
    pub fn induction(&mut self) -> Fields {
        if self.timeline.in_custody() || self.dice.happens(250) {
            return Fields::default();
        }
        let date = self.days.after(self.timeline.since(), self.dice.between(3, 12));
        if date > self.on {
            return Fields::default();
        }
        let personal = ["vulnerable", "interpreter_required", "learning_difficulty", "domestic_abuse_victim"];
        let personal = personal.into_iter().any(|circumstance| self.person.is(circumstance));
        let group = self.dice.happens(if personal { 60 } else { 450 });
        let outcome = self.dice.one_of(&[("attended", 955), ("missed", 35), ("turned_away", 10)]);
        Fields::default()
            .day("date", date)
            .with("mode", if group { "group" } else { "one_to_one" })
            .with("outcome", outcome)
    }

    /// Agencies that are involved; in one of twelve nobody works with them.
    pub fn agencies(&mut self) -> Vec<Value> {
        let person = self.person;
        let when = |holds: bool, share, else_| if holds { share } else { else_ };
        let involved = [
            ("police_iom_unit", when(person.iom, 950, 0)),
            ("childrens_services", when(self.children(), 850, 5)),
            ("substance_misuse_service", when(person.score("drugs") >= 5, 450, 20)),
            ("mental_health_team", when(person.is("mental_health"), 160, 0)),
        ];
        let mut agencies = Vec::new();
        for (name, share) in involved {
            if self.dice.happens(share) {
                let liaison = self.dice.happens(920);
                agencies
                    .push(Fields::default().with("name", name).with("involved", true).with("liaison", liaison).into());
            }
        }
        agencies
    }

    /// Checks with other agencies: made where there is a reason, in nineteen of twenty cases.
    pub fn checks(&mut self) -> Fields {
        let abuse = self.person.has_any(&["domestic_abuse_perpetrator", "domestic_abuse_victim"]);
        let children = self.children();
        Fields::default()
            .with("police_domestic_abuse", self.check(abuse))
            .with("childrens_services", self.check(children))
    }

    fn check(&mut self, asked: bool) -> &'static str {
        if asked {
            self.dice.one_of(&[("done", 950), ("not_done", 50)])
        } else {
            self.dice.one_of(&[("not_needed", 800), ("done", 200)])
        }
    }

    fn children(&self) -> bool {
        self.person.has_any(&["child_protection", "child_concerns", "risk_to_children"])
    }

    /// Needs that came to light; most were explored.
    pub fn disclosed_needs(&mut self) -> Vec<Value> {
        let mut disclosed = Vec::new();
        for need in ["substance_misuse", "mental_health", "debt"] {
            if self.dice.happens(110) {
                disclosed.push(Fields::default().with("need", need).with("explored", self.dice.happens(870)).into());
            }
        }
        disclosed
    }

    /// Resettlement of those who were released.
    pub fn through_the_gate(&mut self) -> Fields {
        let released = self.timeline.release.is_some() && !self.timeline.in_custody();
        if !released {
            return Fields::default();
        }
        let followed_up = self.dice.happens(900);
        let referral = Fields::default().with("to", "housing").with("followed_up", followed_up);
        Fields::default()
            .with("based_on", self.dice.one_of(&[("verified", 880), ("self_report_only", 120)]))
            .with(
                "accommodation_on_release",
                self.dice.one_of(&[("settled", 800), ("supported_application", 120), ("homeless", 80)]),
            )
            .unless_empty("referrals", if self.dice.happens(350) { vec![Value::from(referral)] } else { Vec::new() })
            .truth("undisclosed_custody_event", self.dice.happens(10))
    }
}
