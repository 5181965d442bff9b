//! What every peer must come to for a case: the tier, what each rule said, flags, standards and allocation.

use brag::{
    case::words::{Grade, Place},
    decision::Decision,
    language::{effect::Effect as BragEffect, standard::Unit},
};
use jiff::civil::Date;

/// A tier; the order is that of the policy, with Blue outside it counted below every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the policy's")]
pub enum Tier {
    Blue,
    Green,
    Amber,
    RedAmber,
    Red,
}

impl Tier {
    /// The policy's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "Blue",
            Self::Green => "Green",
            Self::Amber => "Amber",
            Self::RedAmber => "Red-Amber",
            Self::Red => "Red",
        }
    }

    /// The tier of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Blue, Self::Green, Self::Amber, Self::RedAmber, Self::Red].into_iter().find(|tier| tier.as_str() == word)
    }
}

/// The rules of the policy, in its order.
pub const RULES: [&str; 13] = [
    "custody",
    "iom",
    "risk_matrix",
    "serious_recidivism",
    "safeguarding",
    "many_needs",
    "vulnerability",
    "engagement",
    "low_rosh_disputed",
    "release_near",
    "induction_one_to_one",
    "reporting",
    "female_case_manager",
];

/// A flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the policy's")]
pub enum Code {
    ReassessRosh,
    AssessForRelease,
    InductionOneToOne,
    ReportingArrangements,
    OfferFemaleOfficer,
    OverrideLowers,
    OverrideNotApplied,
}

impl Code {
    const ALL: [Self; 7] = [
        Self::ReassessRosh,
        Self::AssessForRelease,
        Self::InductionOneToOne,
        Self::ReportingArrangements,
        Self::OfferFemaleOfficer,
        Self::OverrideLowers,
        Self::OverrideNotApplied,
    ];

    /// The policy's word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReassessRosh => "reassess_rosh",
            Self::AssessForRelease => "assess_for_release",
            Self::InductionOneToOne => "induction_one_to_one",
            Self::ReportingArrangements => "reporting_arrangements",
            Self::OfferFemaleOfficer => "offer_female_officer",
            Self::OverrideLowers => "override_lowers",
            Self::OverrideNotApplied => "override_not_applied",
        }
    }

    /// The flag of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
}

/// What one rule said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effect {
    /// It did not fire.
    #[default]
    Nothing,
    /// A floor.
    AtLeast(Tier),
    /// It settles the tier.
    Decide(Tier),
    /// It raises a flag.
    Flag(Code),
}

/// What every rule said, in the order of [`RULES`].
pub type Effects = [Effect; RULES.len()];

/// The tier that the rules give together: a decision settles it, otherwise the highest floor does.
#[must_use]
pub fn tier_of(effects: &Effects) -> Option<Tier> {
    let mut floor = None;
    for effect in effects {
        match effect {
            Effect::Decide(tier) => return Some(*tier),
            Effect::AtLeast(tier) => floor = floor.max(Some(*tier)),
            Effect::Flag(_) | Effect::Nothing => {}
        }
    }
    floor
}

/// A set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u8);

impl Flags {
    /// The flags among what rules said.
    #[must_use]
    pub fn of(effects: &Effects) -> Self {
        let mut flags = Self::default();
        for effect in effects {
            if let Effect::Flag(code) = effect {
                flags.raise(*code);
            }
        }
        flags
    }

    /// Adds one.
    pub const fn raise(&mut self, code: Code) {
        self.0 |= 1 << code as u8;
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The flags, in the order of [`Code`].
    pub fn codes(self) -> impl Iterator<Item = Code> {
        Code::ALL.into_iter().filter(move |code| self.0 & (1 << *code as u8) != 0)
    }
}

/// How often somebody must be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// Length of the period, in `unit`.
    pub every: u32,
    /// Its unit.
    pub unit: Unit,
    /// The kind of contact.
    pub mode: &'static str,
    /// Working days to the first contact.
    pub first_within: Option<u32>,
    /// Days before it is due from which a contact is upcoming.
    pub upcoming: u32,
    /// How many modes of contact count.
    pub accepts: usize,
}

/// Who holds a case, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// Grade of officer.
    pub grade: Grade,
    /// From where.
    pub from: Place,
}

/// What follows from a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standards {
    /// How often somebody must be seen.
    pub contact: Option<Contact>,
    /// Days between reviews of the rating.
    pub review_days: Option<u32>,
    /// Who holds the case.
    pub allocation: Option<Allocation>,
}

/// The answer for one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The tier to act on.
    pub tier: Tier,
    /// The tier that the rules give: the top of the range.
    pub computed: Tier,
    /// The lowest tier that missing facts leave open.
    pub lowest: Tier,
    /// What each rule said.
    pub effects: Effects,
    /// The flags.
    pub flags: Flags,
    /// Standards and allocation.
    pub standards: Standards,
}

impl Answer {
    /// When the rating is reviewed next.
    #[must_use]
    pub fn review_due(&self, on: Date) -> Option<Date> {
        Unit::Day.after(on, self.standards.review_days?)
    }

    /// The same without what each rule said.
    #[must_use]
    pub fn without_reasons(&self) -> Self {
        Self { effects: Effects::default(), ..*self }
    }

    /// Brag's own answer in this form.
    ///
    /// # Errors
    ///
    /// What it says that no peer could: another rule, flag, tier or kind of contact.
    pub fn of(decision: &Decision) -> Result<Self, String> {
        let tier = |word: Option<&str>| {
            word.and_then(Tier::parse).ok_or_else(|| format!("{}: no tier {word:?}", decision.crn))
        };
        let computed = tier(decision.computed.as_deref())?;
        let lowest = decision.range.as_ref().map_or(Ok(computed), |[lowest, _]| tier(Some(lowest)))?;
        let mut effects = Effects::default();
        let names: Vec<&str> = decision.reasons.iter().map(|reason| &*reason.rule).collect();
        if names != RULES {
            return Err(format!("the policy has other rules than these peers: {names:?}"));
        }
        for (effect, reason) in effects.iter_mut().zip(&decision.reasons) {
            *effect = match reason.effects.as_slice() {
                [] => Effect::Nothing,
                [BragEffect::AtLeast(word)] => Effect::AtLeast(tier(Some(word))?),
                [BragEffect::Decide(word)] => Effect::Decide(tier(Some(word))?),
                [BragEffect::Flag { code, .. }] => Effect::Flag(code_of(code)?),
                other => return Err(format!("rule `{}` says {other:?}", reason.rule)),
            };
        }
        let mut flags = Flags::default();
        for flag in &decision.flags {
            flags.raise(code_of(&flag.code)?);
        }
        let standards = Standards {
            contact: decision.contact.as_ref().map(|contact| {
                let mode = ["face_to_face", "hub", "custody"].into_iter().find(|mode| *mode == contact.mode);
                Contact {
                    every: contact.every,
                    unit: contact.unit,
                    mode: mode.unwrap_or_default(),
                    first_within: contact.first_within,
                    upcoming: contact.upcoming,
                    accepts: contact.accepts.len(),
                }
            }),
            review_days: decision.review.as_ref().map(|review| review.standard.unit.days() * review.standard.every),
            allocation: decision.allocation.map(|one| Allocation { grade: one.grade, from: one.from }),
        };
        Ok(Self { tier: tier(decision.tier.as_deref())?, computed, lowest, effects, flags, standards })
    }
}

fn code_of(word: &str) -> Result<Code, String> {
    Code::parse(word).ok_or_else(|| format!("no flag `{word}` among those of the policy"))
}
