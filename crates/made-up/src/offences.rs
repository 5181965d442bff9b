//! What the person is sentenced for, and what came before it.

use crate::{dice::Dice, fields::Fields};

/// The kind of offending, which goes with the risks.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Theft, burglary, fraud.
    #[default]
    Acquisitive,
    /// Driving.
    Driving,
    /// Drugs.
    Drugs,
    /// Violence short of the serious.
    Violence,
    /// Within a relationship or family.
    Domestic,
    /// Serious violence.
    Serious,
    /// Sexual.
    Sexual,
    /// Public order and the rest.
    Other,
}

/// The offences of a case.
pub struct Offences {
    /// Their kind.
    pub kind: Kind,
    /// The one that the sentence is for.
    pub index: &'static str,
    /// Earlier ones.
    pub previous: Vec<&'static str>,
    relationship: &'static str,
    victim_known: bool,
    victim_vulnerable: bool,
}

impl Offences {
    /// Makes offences up that fit a risk of serious harm.
    pub fn new(dice: &mut Dice, female: bool, harm: usize) -> Self {
        let kind = kind(dice, female, harm);
        let index = dice.one_of(categories(kind));
        let relationship = relationship(dice, kind);
        let victim_known = !matches!(relationship, "none" | "stranger");
        let victim_vulnerable = harm > 0 && relationship != "none" && dice.happens(50);
        let previous = previous(dice, kind, harm);
        Self { kind, index, previous, relationship, victim_known, victim_vulnerable }
    }

    /// The offence of the sentence, with its victim.
    pub fn written(&self) -> Fields {
        let victim = Fields::default().with("relationship", self.relationship);
        let victim = match self.relationship {
            "none" => victim,
            _ => victim.with("known", self.victim_known).truth("vulnerable", self.victim_vulnerable),
        };
        Fields::default().with("category", self.index).with("victim", victim)
    }

    /// Whether there is a victim whom the person knows.
    pub const fn victim_known(&self) -> bool {
        self.victim_known
    }

    /// Whether something here contradicts a low risk of serious harm.
    pub fn dispute_low(&self) -> bool {
        self.victim_vulnerable || is_grave(self.index) || self.previous.iter().any(|offence| is_grave(offence))
    }
}

/// Serious and domestic abuse offences.
fn is_grave(offence: &str) -> bool {
    [Kind::Domestic, Kind::Serious, Kind::Sexual]
        .into_iter()
        .any(|kind| categories(kind).iter().any(|(one, _)| *one == offence))
}

fn kind(dice: &mut Dice, female: bool, harm: usize) -> Kind {
    use Kind::{Acquisitive, Domestic, Driving, Drugs, Other, Serious, Sexual, Violence};
    let of_men = |share| if female { share / 4 } else { share };
    match harm {
        0 => dice.one_of(&[
            (Acquisitive, 420),
            (Driving, 240),
            (Drugs, 170),
            (Violence, 80),
            (Other, 80),
            (Domestic, of_men(10)),
        ]),
        1 => dice.one_of(&[
            (Acquisitive, 240),
            (Driving, 60),
            (Drugs, 150),
            (Violence, 230),
            (Domestic, of_men(180)),
            (Serious, 60),
            (Other, 80),
            (Sexual, of_men(20)),
        ]),
        _ => dice.one_of(&[(Serious, 420), (Sexual, of_men(300)), (Domestic, of_men(200)), (Violence, 80)]),
    }
}

const fn categories(kind: Kind) -> &'static [(&'static str, u32)] {
    match kind {
        Kind::Acquisitive => &[
            ("theft_shop", 38),
            ("theft", 18),
            ("burglary_dwelling", 14),
            ("burglary_non_dwelling", 12),
            ("fraud", 10),
            ("fraud_benefit", 8),
        ],
        Kind::Driving => &[("drink_drive", 60), ("driving_disqualified", 28), ("driving_no_insurance", 12)],
        Kind::Drugs => &[("drug_possession", 45), ("drug_supply", 55)],
        Kind::Violence => {
            &[("common_assault", 34), ("assault_abh", 36), ("assault_emergency_worker", 18), ("affray", 12)]
        }
        Kind::Domestic => &[
            ("domestic_assault", 64),
            ("restraining_order_breach", 18),
            ("non_molestation_order_breach", 8),
            ("coercive_control", 5),
            ("stalking", 5),
        ],
        Kind::Serious => &[
            ("wounding_gbh", 44),
            ("robbery", 42),
            ("firearm", 6),
            ("arson_endanger_life", 4),
            ("kidnap", 2),
            ("manslaughter", 2),
        ],
        Kind::Sexual => &[("sexual", 75), ("rape", 25)],
        Kind::Other => &[("public_order", 40), ("criminal_damage", 35), ("weapon_possession", 15), ("other", 10)],
    }
}

fn relationship(dice: &mut Dice, kind: Kind) -> &'static str {
    match kind {
        Kind::Driving | Kind::Drugs => "none",
        Kind::Acquisitive => dice.one_of(&[("none", 45), ("stranger", 48), ("acquaintance", 7)]),
        Kind::Domestic => dice.one_of(&[("partner", 45), ("former_partner", 40), ("parent", 7), ("other_family", 8)]),
        Kind::Violence | Kind::Serious => dice.one_of(&[("stranger", 62), ("acquaintance", 34), ("other_family", 4)]),
        Kind::Sexual => dice.one_of(&[("stranger", 30), ("acquaintance", 40), ("child", 30)]),
        Kind::Other => dice.one_of(&[("none", 50), ("stranger", 40), ("acquaintance", 10)]),
    }
}

/// Up to six earlier offences, most of the same kind. Beside a low risk of serious harm a grave one is a rare slip.
fn previous(dice: &mut Dice, kind: Kind, harm: usize) -> Vec<&'static str> {
    let mut offences = Vec::new();
    for _ in 0..dice.between(0, 6).min(dice.between(0, 6)) {
        let another = dice.one_of(&[
            (Kind::Acquisitive, 35),
            (Kind::Driving, 14),
            (Kind::Drugs, 20),
            (Kind::Violence, 15),
            (Kind::Other, 16),
        ]);
        let kind = if dice.happens(500) && (harm > 0 || !matches!(kind, Kind::Domestic | Kind::Serious | Kind::Sexual))
        {
            kind
        } else {
            another
        };
        let offence = dice.one_of(categories(kind));
        if !offences.contains(&offence) {
            offences.push(offence);
        }
    }
    if dice.happens(if harm == 0 { 25 } else { 40 }) {
        offences.push("robbery");
    }
    offences.dedup();
    offences
}
