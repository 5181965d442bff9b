//! The sentence over time: the phases in custody and in the community.

use crate::{
    days::{from_to, later},
    dice::Dice,
    fields::Fields,
    tier::Tier,
};
use jiff::civil::Date;
use serde_json::Value;

/// A time in custody or in the community.
#[derive(Clone, Copy)]
pub struct Phase {
    /// From when.
    pub from: Date,
    /// The day it ended; open while it lasts.
    pub to: Option<Date>,
    /// In custody.
    pub custody: bool,
}

/// The way of a sentence up to a date.
pub struct Timeline {
    /// The kind of sentence.
    pub kind: &'static str,
    /// When it was imposed and began.
    pub start: Date,
    /// When it ends.
    pub ends: Date,
    /// Its phases, in order; the last one is open.
    pub phases: Vec<Phase>,
    /// The release, past or to come.
    pub release: Option<Date>,
}

impl Timeline {
    /// Makes a sentence up that is being served on a date. The more intensive the tier, the shorter somebody has been in the
    /// community: weekly contact over years would be a record of its own kind.
    pub fn new(dice: &mut Dice, on: Date, tier: Tier) -> Self {
        let longest = match tier {
            Tier::Red => 205,
            Tier::RedAmber => 330,
            Tier::Amber | Tier::Green => 450,
        };
        let community = dice.between(12, longest);
        match dice.one_of(&[(1, 400), (2, 205), (3, 185), (4, 190), (5, 20)]) {
            1 => Self::order(dice, "community_order", on, community),
            2 => Self::order(dice, "suspended_sentence_order", on, community),
            3 => Self::licence(dice, on, community, None),
            4 => Self::custody(dice, on),
            _ => {
                let recalled = later(on, -dice.between(3, 25));
                Self::licence(dice, recalled, community.min(150), Some(recalled))
            }
        }
    }

    fn order(dice: &mut Dice, kind: &'static str, on: Date, served: i64) -> Self {
        let start = later(on, -served);
        let length = dice.one_of(&[(180, 10), (365, 55), (547, 20), (730, 15)]);
        let length = if length > served + 7 { length } else { 730 };
        let phases = vec![Phase { from: start, to: None, custody: false }];
        Self { kind, start, ends: later(start, length), phases, release: None }
    }

    fn custody(dice: &mut Dice, on: Date) -> Self {
        let start = later(on, -dice.between(15, 500));
        let release = later(on, dice.between(4, 560).min(dice.between(4, 900)));
        let ends = later(release, from_to(start, release).max(365));
        let phases = vec![Phase { from: start, to: None, custody: true }];
        Self { kind: kind_of(from_to(start, release)), start, ends, phases, release: Some(release) }
    }

    /// On licence until a date; then, where there was a recall, back in custody.
    fn licence(dice: &mut Dice, until: Date, served: i64, recalled: Option<Date>) -> Self {
        let released = later(until, -served);
        let inside = dice.between(40, 420).max(dice.between(40, 200));
        let start = later(released, -inside);
        let ends = later(released, inside.max(365).max(served + dice.between(40, 300)));
        let mut phases = vec![
            Phase { from: start, to: Some(released), custody: true },
            Phase { from: released, to: recalled, custody: false },
        ];
        phases.extend(recalled.map(|from| Phase { from, to: None, custody: true }));
        // A recall for a fixed term ends after 28 days.
        let release = recalled.map_or(released, |from| later(from, 28));
        Self { kind: kind_of(inside), start, ends, phases, release: Some(release) }
    }

    /// Whether the person is in custody.
    pub fn in_custody(&self) -> bool {
        self.phases.last().is_some_and(|phase| phase.custody)
    }

    /// The present phase began.
    pub fn since(&self) -> Date {
        self.phases.last().map_or(self.start, |phase| phase.from)
    }

    /// Whether the person was recalled.
    pub const fn recalled(&self) -> bool {
        self.phases.len() == 3
    }

    /// The periods in custody.
    pub fn periods(&self) -> Vec<Value> {
        let inside = self.phases.iter().filter(|phase| phase.custody).enumerate();
        let written = inside.map(|(index, phase)| {
            let reason = if index == 0 { "sentence" } else { "recall" };
            Fields::default().day("from", phase.from).maybe_day("to", phase.to).with("reason", reason).into()
        });
        written.collect()
    }

    /// The release, with the day from which its date was known.
    pub fn written_release(&self) -> Fields {
        let Some(date) = self.release else { return Fields::default() };
        let (kind, known) =
            if self.recalled() { ("fixed_term_recall", self.since()) } else { ("automatic", self.start) };
        Fields::default().day("date", date).with("type", kind).day("known_on", known)
    }
}

/// The kind of a custodial sentence, of which half is served inside.
const fn kind_of(inside: i64) -> &'static str {
    if inside < 365 { "custody_ora" } else { "custody" }
}
