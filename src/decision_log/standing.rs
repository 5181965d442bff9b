//! How a line of a log stands, once it was looked at or worked out again.

use super::chain::Damage;
use std::sync::Arc;

/// How a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nobody gave the cases: only the chain was looked at, and that is whole here.
    NotTried,
    /// The same comes out again.
    Same,
    /// The log was changed.
    Damaged(Damage),
    /// Something else comes out of the same case under the same policy: this tier, or none.
    Differs(Option<Arc<str>>),
    /// The case says something else now.
    CaseChanged,
    /// The policy is another one now.
    PolicyChanged,
    /// The case was not given.
    NoCase,
    /// There is no policy of that name any more.
    NoPolicy,
    /// It has its hash, and cannot be read as a decision: it is none, or one of another version.
    NoDecision,
}

impl Standing {
    /// Whether nothing speaks against the line.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        matches!(self, Self::NotTried | Self::Same)
    }

    /// Every word for programs.
    pub const WORDS: [&'static str; 13] = [
        "chained",
        "same",
        "altered",
        "removed_before",
        "reordered",
        "repeated",
        "cut_off",
        "differs",
        "case_changed",
        "policy_changed",
        "no_case",
        "no_policy",
        "no_decision",
    ];

    /// The word for it, for programs.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotTried => "chained",
            Self::Same => "same",
            Self::Damaged(Damage::Altered) => "altered",
            Self::Damaged(Damage::Removed) => "removed_before",
            Self::Damaged(Damage::Reordered) => "reordered",
            Self::Damaged(Damage::Repeated) => "repeated",
            Self::Damaged(Damage::CutOff) => "cut_off",
            Self::Differs(_) => "differs",
            Self::CaseChanged => "case_changed",
            Self::PolicyChanged => "policy_changed",
            Self::NoCase => "no_case",
            Self::NoPolicy => "no_policy",
            Self::NoDecision => "no_decision",
        }
    }

    /// What it means, in words.
    #[must_use]
    pub const fn said(&self) -> &'static str {
        match self {
            Self::NotTried => "whole, and in its place",
            Self::Same => "the same comes out again",
            Self::Damaged(Damage::Altered) => "altered: its hash is not that of what it says",
            Self::Damaged(Damage::Removed) => "the line before it was removed",
            Self::Damaged(Damage::Reordered) => "stands in another place than it was written at",
            Self::Damaged(Damage::Repeated) => "stands there twice",
            Self::Damaged(Damage::CutOff) => "cut off in the middle",
            Self::Differs(_) => "something else comes out of the same case and policy",
            Self::CaseChanged => "the case says something else now",
            Self::PolicyChanged => "the policy is another one now",
            Self::NoCase => "the case was not given",
            Self::NoPolicy => "there is no such policy any more",
            Self::NoDecision => "no decision that this version can read",
        }
    }
}
