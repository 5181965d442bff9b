//! What was asked of a policy, and what became of it.

use crate::case::digest::DIGEST;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// What can be asked of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// Every case gets a tier.
    AlwaysATier,
    /// A function fails on no case.
    NeverFails,
    /// More risk never gives a lower tier.
    MoreRisk,
    /// A missing fact never gives a lower tier than the fact would.
    MissingFact,
    /// A higher tier is seen at least as often.
    Contact,
    /// A rule says something of some case.
    CanFire,
    /// A condition can come out both ways.
    BothWays,
    /// A flag is raised for some case.
    CanBeRaised,
    /// A law of the policy holds of every case.
    Law,
    /// Two policies give every case the same tier.
    Same,
    /// The second of two policies gives no case a lower tier.
    NeverLower,
    /// The second of two policies gives no case a higher tier.
    NeverHigher,
}

impl Property {
    /// What is asked of one policy.
    pub const OF_ONE: [Self; 9] = [
        Self::AlwaysATier,
        Self::Law,
        Self::MoreRisk,
        Self::MissingFact,
        Self::Contact,
        Self::NeverFails,
        Self::CanFire,
        Self::CanBeRaised,
        Self::BothWays,
    ];

    /// Its name, as answers spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AlwaysATier => "always-a-tier",
            Self::NeverFails => "never-fails",
            Self::MoreRisk => "more-risk",
            Self::MissingFact => "missing-fact",
            Self::Contact => "contact",
            Self::CanFire => "can-fire",
            Self::BothWays => "both-ways",
            Self::CanBeRaised => "can-be-raised",
            Self::Law => "law",
            Self::Same => "same",
            Self::NeverLower => "never-lower",
            Self::NeverHigher => "never-higher",
        }
    }

    /// Whether it is proved by one case, and refuted where there is none.
    #[must_use]
    pub const fn wants_a_case(self) -> bool {
        matches!(self, Self::CanFire | Self::BothWays | Self::CanBeRaised)
    }

    /// What it says, as a heading over what it was asked of.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::AlwaysATier => "every case gets a tier",
            Self::NeverFails => "no function fails on any case",
            Self::MoreRisk => "more risk never gives a lower tier",
            Self::MissingFact => "a missing fact never gives a lower tier than the fact would",
            Self::Contact => "a higher tier is seen at least as often",
            Self::CanFire => "every rule says something of some case",
            Self::BothWays => "every condition can come out both ways",
            Self::CanBeRaised => "every flag is raised for some case",
            Self::Law => "the laws of the policy hold of every case",
            Self::Same => "both policies give every case that lacks nothing the same tier",
            Self::NeverLower => "the new policy gives no case that lacks nothing a lower tier than the old one",
            Self::NeverHigher => "the new policy gives no case that lacks nothing a higher tier than the old one",
        }
    }
}

/// A case, or two that differ in one thing, that shows something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shown {
    /// What it shows, one sentence.
    pub said: String,
    /// The date that it is decided for.
    pub on: Date,
    /// The case as YAML; of two, the second has more risk.
    pub cases: Vec<String>,
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Verdict {
    /// It holds, of every case that the model allows; of what wants a case, here is one.
    Proved {
        /// A case that shows it, where one is what proves it.
        #[serde(skip_serializing_if = "Option::is_none")]
        shown: Option<Shown>,
    },
    /// It does not hold.
    Refuted {
        /// The smallest case found that shows it; left out where it wants a case and there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        shown: Option<Shown>,
    },
    /// Neither was found.
    NotDecided {
        /// Why not, and what was searched.
        why: String,
    },
}

impl Verdict {
    /// Its name, as answers spell it.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Proved { .. } => "proved",
            Self::Refuted { .. } => "refuted",
            Self::NotDecided { .. } => "not decided",
        }
    }
}

/// One question and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proof {
    /// What was asked.
    pub property: Property,
    /// What it was asked of: an input, a rule, a condition, a law, two tiers; left out where that is the whole policy.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Into how many regions the cases were cut.
    pub regions: usize,
}

/// Everything that was asked of a policy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// The policies, as they were named.
    pub policies: Vec<String>,
    /// The digest of each.
    #[schemars(inner(regex(pattern = DIGEST)))]
    pub digests: Vec<String>,
    /// The date whose rules and numbers were asked of, whatever the date of a case, where that was wanted; of two policies, of the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Date>,
    /// The stretches of dates that were looked at, each with its first day; the last has no end.
    pub stretches: Vec<Date>,
    /// The inputs that the policy excepts from those that speak of risk, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excepted: Vec<String>,
    /// The questions, in the order in which they were asked.
    pub proofs: Vec<Proof>,
}

impl Report {
    /// How many were proved, refuted and not decided.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let count = |wanted: &str| self.proofs.iter().filter(|proof| proof.verdict.as_str() == wanted).count();
        ["proved", "refuted", "not decided"].map(count)
    }
}
