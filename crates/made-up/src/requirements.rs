//! What the court requires, with what is done of it.

use crate::{
    days::{Days, from_to, later},
    dice::Dice,
    fields::{Fields, written},
    offences::Kind,
    person::Person,
    timeline::Timeline,
};
use jiff::civil::Date;
use serde_json::Value;

/// The requirements of a sentence.
#[derive(Default)]
pub struct Requirements {
    /// As a case writes them.
    pub written: Vec<Value>,
    /// Unpaid work is all that is required.
    pub unpaid_work_alone: bool,
}

impl Requirements {
    /// Makes up what a court would require of somebody. A custodial sentence has none.
    pub fn new(dice: &mut Dice, days: &Days, person: &Person, timeline: &Timeline, on: Date) -> Self {
        if !matches!(timeline.kind, "community_order" | "suspended_sentence_order") {
            return Self::default();
        }
        let unpaid_work_alone = dice.happens(if person.harm == 0 { 420 } else { 40 });
        let mut order = Order { dice, days, start: timeline.start, served: from_to(timeline.start, on), on };
        let mut all = Vec::new();
        if unpaid_work_alone || order.dice.happens(230) {
            all.push(order.unpaid_work());
        }
        if !unpaid_work_alone {
            all.push(order.rehabilitation());
            order.further(person, &mut all);
        }
        Self { written: all, unpaid_work_alone }
    }
}

struct Order<'a> {
    dice: &'a mut Dice,
    days: &'a Days,
    start: Date,
    served: i64,
    on: Date,
}

impl Order<'_> {
    fn unpaid_work(&mut self) -> Value {
        let hours = self.dice.one_of(&[(60, 15), (80, 25), (100, 25), (120, 15), (150, 12), (200, 8)]);
        let begun = self.begun(2, 13, 60);
        let done = begun.map_or(0, |begun| (from_to(begun, self.on) / 7 * self.dice.between(4, 7)).min(hours));
        let missed = begun.filter(|begun| from_to(*begun, self.on) > 30 && self.dice.happens(60)).map(|begun| {
            let day = self.days.working(later(begun, self.dice.between(7, 28)));
            Value::from(written(day))
        });
        Fields::default()
            .with("type", "unpaid_work")
            .with("hours", hours)
            .with("done", done)
            .truth("completed", done == hours)
            .maybe_day("first_session_on", begun)
            .unless_empty("missed_on", missed.into_iter().collect::<Vec<_>>())
            .maybe("stand_downs", self.dice.happens(130).then(|| self.dice.between(1, 3)))
            .into()
    }

    fn rehabilitation(&mut self) -> Value {
        let ordered = self.dice.one_of(&[(10, 25), (15, 30), (20, 25), (25, 10), (30, 10)]);
        let begun = self.begun(14, 80, 80);
        let done = begun.map_or(0, |begun| (from_to(begun, self.on) / self.dice.between(14, 25) + 1).min(ordered));
        Fields::default()
            .with("type", "rehabilitation_activity")
            .with("days", ordered)
            .with("done", done)
            .truth("completed", done == ordered)
            .maybe_day("first_session_on", begun)
            .into()
    }

    /// Programmes, treatment and what restricts, as the needs suggest.
    fn further(&mut self, person: &Person, all: &mut Vec<Value>) {
        let share = |holds: bool, share| if holds { share } else { 0 };
        let programme = matches!(person.offences.kind, Kind::Domestic | Kind::Sexual | Kind::Serious);
        let several: [(&str, &str, i64, u32); 3] = [
            ("accredited_programme", "sessions", 26, share(programme, 500)),
            ("drug_rehabilitation", "months", 6, share(person.score("drugs") >= 6, 450)),
            ("alcohol_treatment", "months", 6, share(person.score("alcohol") >= 6, 400)),
        ];
        for (kind, unit, ordered, share) in several {
            if !self.dice.happens(share) {
                continue;
            }
            let begun = self.begun(21, 85, 90);
            let each = if unit == "months" { 30 } else { 8 };
            let done = begun.map_or(0, |begun| (from_to(begun, self.on) / each).min(ordered));
            all.push(
                Fields::default()
                    .with("type", kind)
                    .with(unit, ordered)
                    .with("done", done)
                    .truth("completed", done == ordered)
                    .maybe_day("first_session_on", begun)
                    .into(),
            );
        }
        if self.dice.happens(120) {
            let curfew =
                Fields::default().with("type", "curfew").with("months", 4).truth("completed", self.served > 124);
            all.push(curfew.truth("restrictive", true).into());
        }
    }

    /// The first session, within so many days of the sentence; later than that in so many of a thousand orders. Nothing
    /// where the day has not come.
    fn begun(&mut self, soonest: i64, latest: i64, late: u32) -> Option<Date> {
        let wait = if self.dice.happens(late) {
            latest + self.dice.between(4, 70)
        } else {
            self.dice.between(soonest, latest)
        };
        let day = self.days.working(later(self.start, wait)).max(self.days.after(self.start, 1));
        (day <= self.on).then_some(day)
    }
}
