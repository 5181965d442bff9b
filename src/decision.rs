//! Stage three. In: a [`Case`](crate::case::Case), a [`Policy`](crate::policy::Policy) and a date. Out: a [`Decision`], the
//! tier with its standards and every reason for it. Next: [`crate::report`] shows it.

pub mod assessor;
pub mod change;
pub mod companion;
pub mod condition;
pub mod decide;
mod doubts;
pub mod explain;
pub mod explained_value;
pub mod judgement;
pub mod laws;
pub mod nearest;
mod pairs;
pub mod range;
pub mod rating;
pub mod reason;
mod recorded;
pub mod ruling;
pub mod sourced;
pub mod standards;

pub mod unrecorded;
pub mod unsettled;
pub mod verdict;
mod what_if;
pub mod why_not;

use crate::{
    case::digest::{CaseDigest, DIGEST},
    decision::{
        judgement::Judgement,
        reason::{Flag, ParameterInForce, Reason},
        unsettled::Unsettled,
    },
    language::standard::{Allocation, ContactStandard, ReviewStandard},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// The answer for one case on one date, with everything that it rests on. Its keys are stable.
// What an answer in short leaves out, as `--reasons` asks, its schema does not require.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decision {
    /// Case reference.
    pub crn: Arc<str>,
    /// The date the answer is for.
    pub assessed_on: Date,
    /// Reference of the case manager, where the case has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<Arc<str>>,
    /// Local delivery unit, where the case has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<Arc<str>>,
    /// The policy that gave it.
    pub policy: PolicyMark,
    /// SHA-256 over what the case says, not over how it is written: the same for one case in YAML, JSON and CSV, and in any order of its
    /// fields.
    pub case_digest: CaseDigest,
    /// Version of the program that gave it.
    pub engine: &'static str,
    /// The tier to act on: the top of the range, unless professional judgement moved it. Null in a policy without tiers.
    pub tier: Option<String>,
    /// The tier that the rules give: the top of the range.
    pub computed: Option<String>,
    /// Whether the answer rests on incomplete evidence.
    pub provisional: bool,
    /// Lowest and highest tier that the missing facts leave open; null when they leave nothing open.
    pub range: Option<[String; 2]>,
    /// Whether a way to fill the missing facts in is known to each end of the range. Where false, less may be open than the range
    /// says, never more.
    pub range_exact: bool,
    /// The missing facts that would settle the tier, the most decisive first.
    pub unsettled: Vec<Unsettled>,
    /// What is recorded and cannot be weighed, so that the tier could be higher: a sentence each. Left out where there is nothing of the
    /// kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// The inputs that they are about.
    #[serde(skip)]
    pub doubted: Vec<String>,
    /// Points by axis, in a points model.
    pub points: BTreeMap<String, i64>,
    /// Every rule in force, fired or not, in the order of the policy; with `--reasons fired` those that fired.
    #[schemars(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// What a person must look at.
    pub flags: Vec<Flag>,
    /// How often the person must be seen, the first of several standards; null where the policy asks for nothing.
    pub contact: Option<ContactStandard>,
    /// Further standards of contact; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further_contact: Vec<ContactStandard>,
    /// When the rating is reviewed.
    pub review: Option<ReviewDue>,
    /// Who holds the case, and from where.
    pub allocation: Option<Allocation>,
    /// Points of the work that the case asks for, where the policy reckons them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workload: Option<u32>,
    /// Professional judgement that moved the tier, or was refused.
    #[serde(rename = "override")]
    pub judgement: Option<Judgement>,
    /// What the policy took for granted, because the case does not say: paths of inputs.
    pub presumed: Vec<Arc<str>>,
    /// The numbers in force.
    #[schemars(skip_serializing_if = "<[ParameterInForce]>::is_empty")]
    pub parameters: Arc<[ParameterInForce]>,
}

/// Which policy gave an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PolicyMark {
    /// Its name.
    pub name: Arc<str>,
    /// SHA-256 over everything that its answers rest on: its files, the ones it imports, the policies that run with it, and what the run
    /// took otherwise.
    #[schemars(regex(pattern = DIGEST))]
    pub digest: Arc<str>,
    /// What the run took otherwise than the files say, a line each: numbers set, other bank holidays. Such an answer is a trial.
    #[schemars(length(min = 1))]
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub trial: Arc<[String]>,
    /// The date whose rules and numbers gave the answer, where that is not the date that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Date>,
}

impl PolicyMark {
    /// What the answer rests on otherwise than on the policy's files on its date; nothing where it rests on them alone.
    #[must_use]
    pub fn otherwise(&self) -> Option<String> {
        otherwise(&self.trial, self.law)
    }
}

/// What an answer rests on otherwise than on the policy's files on its date; nothing where it rests on them alone.
#[must_use]
pub fn otherwise(trial: &[String], law: Option<Date>) -> Option<String> {
    let law = law.map(|law| format!("rules and numbers of {law}"));
    let all: Vec<String> = trial.iter().cloned().chain(law).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// When a rating is reviewed, counted from the date of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReviewDue {
    /// The date; null past the last year of the calendar.
    pub due: Option<Date>,
    /// The kind of review.
    pub kind: String,
    /// The standard.
    #[serde(flatten)]
    pub standard: ReviewStandard,
}

impl Decision {
    /// The tiers that it names: the one to act on, that of the rules, and what missing facts leave open.
    #[must_use]
    pub fn tiers(&self) -> Vec<&str> {
        let named = [&self.tier, &self.computed].into_iter().flatten();
        named.chain(self.range.iter().flatten()).map(String::as_str).collect()
    }

    /// The rule that the tier comes from: the one that decides it, or the first that sets its floor.
    #[must_use]
    pub fn deciding(&self) -> Option<&Reason> {
        let computed = self.computed.as_deref()?;
        let decides = |reason: &&Reason| reason.decides(computed);
        let floors = |reason: &&Reason| reason.floor() == Some(computed);
        self.reasons.iter().find(decides).or_else(|| self.reasons.iter().find(floors))
    }
}
