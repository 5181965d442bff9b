//! Who the person is, and the two risks that everything else hangs on.

use crate::{
    days::later,
    dice::Dice,
    fields::{Fields, hundredths},
    offences::{Kind, Offences},
};
use jiff::civil::Date;
use serde_json::Value;

/// The sections of OASys in their order, with the highest score and the score from which it counts as a need. Finance and
/// emotional well-being count as none.
pub const SECTIONS: [(&str, i64, i64); 10] = [
    ("accommodation", 8, 2),
    ("ete", 8, 3),
    ("finance", 10, i64::MAX),
    ("relationships", 6, 2),
    ("lifestyle", 6, 2),
    ("drugs", 10, 2),
    ("alcohol", 8, 4),
    ("wellbeing", 10, i64::MAX),
    ("thinking", 8, 4),
    ("attitudes", 8, 2),
];

/// Somebody who does not exist.
pub struct Person {
    /// A woman.
    pub female: bool,
    /// Date of birth.
    pub born: Date,
    /// Risk of serious harm: 0 low, 1 medium, 2 high, 3 very high.
    pub harm: usize,
    /// Two-year predictors, percent.
    pub ogrs3: i64,
    /// Non-violent reoffending, percent.
    pub ogp: i64,
    /// Violent reoffending, percent.
    pub ovp: i64,
    /// Risk of serious recidivism, in hundredths of a percent.
    pub rsr: i64,
    /// The score of each section.
    pub scores: [i64; SECTIONS.len()],
    /// What was done.
    pub offences: Offences,
    /// Circumstances that hold.
    pub circumstances: Vec<&'static str>,
    /// Registrations in force.
    pub registrations: Vec<&'static str>,
    /// Category and level under MAPPA.
    pub mappa: Option<(i64, i64)>,
    /// Managed under Integrated Offender Management.
    pub iom: bool,
    /// How the person engages.
    pub engagement: &'static str,
}

impl Person {
    /// Makes somebody up, as of a date.
    pub fn new(dice: &mut Dice, on: Date) -> Self {
        let female = dice.happens(150);
        let age = 18 + dice.between(0, 46).min(dice.between(0, 46));
        let born = later(on, -(age * 365 + age / 4 + dice.between(1, 360)));
        let harm = dice.one_of(&[(0, 300), (1, 550), (2, 140), (3, 10)]);
        let offences = Offences::new(dice, female, harm);
        // The same inclination to reoffend drives every predictor and, half of it, the needs.
        let spread = if dice.happens(600) { dice.between(0, 99) } else { dice.middling(0, 99) };
        let inclined = spread + (36 - age) / 4 - if female { 5 } else { 0 };
        let violent = matches!(offences.kind, Kind::Violence | Kind::Domestic | Kind::Serious);
        let ogrs3 = (inclined - 6 + if harm == 0 { -6 } else { 2 }).clamp(2, 98);
        let ogp = (ogrs3 * 64 / 100 + dice.between(-7, 7)).clamp(1, 97);
        let ovp = (ogrs3 * if violent { 58 } else { 38 } / 100 + dice.between(-6, 8)).clamp(1, 95);
        let needy = i64::midpoint(inclined, dice.between(0, 99));
        let scores = SECTIONS.map(|(name, most, _)| score(dice, name, most, needy));
        let iom = ogrs3 >= 70 && offences.kind == Kind::Acquisitive && dice.happens(420);
        let circumstances = circumstances(dice, female);
        let registrations = registrations(dice, harm, offences.kind, &circumstances);
        let engagement = engagement(dice, ogrs3);
        let mappa = mappa(dice, harm, offences.kind);
        let rsr = rsr(dice, harm, ogrs3, violent);
        Self {
            female,
            born,
            harm,
            ogrs3,
            ogp,
            ovp,
            rsr,
            scores,
            offences,
            circumstances,
            registrations,
            mappa,
            iom,
            engagement,
        }
    }

    /// How many sections are at or over the score from which they count as a need.
    pub fn needs(&self) -> usize {
        SECTIONS.iter().zip(self.scores).filter(|((_, _, cut_off), score)| score >= cut_off).count()
    }

    /// The score of a section.
    pub fn score(&self, name: &str) -> i64 {
        SECTIONS.iter().zip(self.scores).find(|((section, _, _), _)| *section == name).map_or(0, |(_, score)| score)
    }

    /// Whether a circumstance holds.
    pub fn is(&self, circumstance: &str) -> bool {
        self.circumstances.contains(&circumstance)
    }

    /// Whether one of these registrations is in force.
    pub fn has_any(&self, registrations: &[&str]) -> bool {
        self.registrations.iter().any(|held| registrations.contains(held))
    }

    /// The predictors and scored sections, as OASys writes them.
    pub fn scored(&self, fields: Fields) -> Fields {
        let sections = SECTIONS.iter().zip(self.scores);
        let sections = sections.fold(Fields::default(), |all, ((name, _, _), score)| all.with(name, score));
        fields
            .with("ogrs3", self.ogrs3)
            .with("ogp", self.ogp)
            .with("ovp", self.ovp)
            .with("rsr", hundredths(self.rsr))
            .with("arp", Fields::default().with("score", hundredths(self.ogrs3 * 96)).with("type", "dynamic"))
            .with("csrp", Fields::default().with("score", hundredths(self.rsr * 11 / 10)).with("type", "dynamic"))
            .with("sections", Value::from(sections))
    }
}

fn score(dice: &mut Dice, name: &str, most: i64, needy: i64) -> i64 {
    // Most people have no problem at all with drugs or drink; a few have all of it.
    let clean = match name {
        "drugs" => 450,
        "alcohol" => 350,
        _ => 120,
    };
    if dice.happens(clean) {
        return 0;
    }
    ((needy - 31 + dice.between(-30, 30)) * most / 80).clamp(0, most)
}

fn circumstances(dice: &mut Dice, female: bool) -> Vec<&'static str> {
    let of_women = |women, men| if female { women } else { men };
    let shares = [
        ("domestic_abuse_victim", of_women(300, 25)),
        ("mental_health", of_women(420, 280)),
        ("learning_difficulty", 60),
        ("physical_disability", 50),
        ("neurodivergent", 45),
        ("interpreter_required", 20),
        ("care_leaver", 90),
        ("caring_responsibilities", of_women(220, 50)),
        ("children_in_household", of_women(250, 140)),
        ("vulnerable", 30),
        ("homeless", 50),
        ("rural", 110),
        ("evening_reporting", 60),
    ];
    shares.into_iter().filter(|(_, share)| dice.happens(*share)).map(|(name, _)| name).collect()
}

fn registrations(dice: &mut Dice, harm: usize, kind: Kind, circumstances: &[&str]) -> Vec<&'static str> {
    let grave = harm >= 1;
    let when = |holds: bool, share| if holds { share } else { 0 };
    let shares = [
        ("mental_health", when(circumstances.contains(&"mental_health"), 250)),
        ("suicide_self_harm", when(circumstances.contains(&"mental_health"), 110)),
        ("vulnerability", 12),
        ("child_concerns", when(grave, 45)),
        ("child_protection", when(grave, 30)),
        ("risk_to_children", when(grave && matches!(kind, Kind::Sexual | Kind::Domestic), 250)),
        ("adult_at_risk", 8),
        ("street_gangs", when(grave, 15)),
        ("domestic_abuse_perpetrator", when(grave && kind == Kind::Domestic, 750)),
        ("domestic_abuse_victim", when(circumstances.contains(&"domestic_abuse_victim"), 300)),
        ("stalking", when(grave && kind == Kind::Domestic, 40)),
        ("sex_offender", when(grave && kind == Kind::Sexual, 900)),
    ];
    shares.into_iter().filter(|(_, share)| dice.happens(*share)).map(|(name, _)| name).collect()
}

fn engagement(dice: &mut Dice, ogrs3: i64) -> &'static str {
    let poor = if ogrs3 >= 75 { 140 } else { 50 };
    dice.one_of(&[("good", 620), ("mixed", 380 - poor), ("poor", poor)])
}

/// Sexual offenders are category 1; violent ones of category 2 are those whose risk of serious harm is high.
fn mappa(dice: &mut Dice, harm: usize, kind: Kind) -> Option<(i64, i64)> {
    let category = match kind {
        Kind::Sexual if harm >= 1 => 1,
        Kind::Serious if harm >= 2 => 2,
        _ => return None,
    };
    let level = if harm == 3 { dice.between(2, 3) } else { dice.one_of(&[(1, 900), (2, 100)]) };
    dice.happens(700).then_some((category, level))
}

fn rsr(dice: &mut Dice, harm: usize, ogrs3: i64, violent: bool) -> i64 {
    let base =
        dice.between(8, 40) + ogrs3 * dice.between(40, 130) / 100 + if violent { dice.between(10, 60) } else { 0 };
    base * match harm {
        0 => 7,
        1 => 10,
        2 => 24,
        _ => 60,
    } / 10
}
