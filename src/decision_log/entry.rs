//! One line of a decision log: what was decided, for whom, by which rule and numbers, and on which facts. What the facts were
//! stands in it only where that is asked for; else their seal does, which nobody can guess who does not have the case.

use crate::{
    case::{
        Case,
        digest::{DIGEST, hexadecimal},
        words::{Grade, Place},
    },
    decision::{PolicyMark, judgement::Judgement},
    language::standard::ContactStandard,
    policy::Policy,
    schedule::assess::Assessment,
};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The version of a line. A program reads those that it knows.
pub const VERSION: u32 = 1;

/// One decision as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The version of the line.
    #[schemars(extend("const" = VERSION))]
    pub log: u32,
    /// When the run began that gave it. It is no part of the answer.
    pub at: Timestamp,
    /// Who ran it, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Case reference.
    pub crn: String,
    /// The date that the answer is for.
    pub on: Date,
    /// SHA-256 over what the case said.
    #[schemars(regex(pattern = DIGEST))]
    pub case_digest: String,
    /// Version of the program.
    pub engine: String,
    /// The policy.
    pub policy: LoggedPolicy,
    /// The policies that ran with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<LoggedPolicy>,
    /// The numbers that the rules which fired can read, as they were in force.
    pub parameters: Vec<LoggedNumber>,
    /// What the rules which fired read.
    pub reads: Vec<LoggedRead>,
    /// Professional judgement that moved the tier, or was refused.
    #[serde(default, rename = "override", skip_serializing_if = "Option::is_none")]
    pub judgement: Option<LoggedOverride>,
    /// What came out.
    pub outcome: LoggedAnswer,
}

/// A line as it is written: what was decided, in its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
pub struct SealedEntry {
    /// What was decided.
    #[schemars(flatten)]
    pub entry: Entry,
    /// The hash of the line before; zeros in the first.
    #[schemars(regex(pattern = DIGEST))]
    pub prev: String,
    /// SHA-256 over the line up to here.
    #[schemars(regex(pattern = DIGEST))]
    pub hash: String,
}

/// Which policy, by its content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LoggedPolicy {
    /// Its name.
    pub name: String,
    /// SHA-256 over everything that its answers rested on.
    #[schemars(regex(pattern = DIGEST))]
    pub digest: String,
    /// What the run took otherwise than the files say, a line each: such an answer is a trial.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trial: Vec<String>,
    /// The date whose rules and numbers gave the answer, where that is not the date that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<Date>,
}

/// A number in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoggedNumber {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The date from which it holds.
    pub since: Date,
    /// Where it comes from.
    pub source: String,
}

/// An input that a rule read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoggedRead {
    /// Its path.
    pub path: String,
    /// Its value, where values are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Else a digest of the value and of everything else that the case says.
    #[schemars(regex(pattern = DIGEST))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
}

/// Professional judgement as it was weighed. Who and why stands there where values are logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoggedOverride {
    /// The tier that it asks for.
    pub tier: String,
    /// The tier that the rules gave.
    pub from: String,
    /// When it was made.
    pub date: Option<Date>,
    /// Whether it moved the tier.
    pub applied: bool,
    /// Why it did not count, or what to know where it did.
    pub note: String,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The manager who agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorised_by: Option<String>,
    /// Its reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl LoggedOverride {
    fn of(judgement: &Judgement, with_values: bool) -> Self {
        let value = |text: &Option<String>| text.clone().filter(|_| with_values);
        Self {
            tier: judgement.tier.clone(),
            from: judgement.from.clone(),
            date: judgement.date,
            applied: judgement.applied,
            note: judgement.note.clone(),
            by: value(&judgement.by),
            authorised_by: value(&judgement.authorised_by),
            reason: value(&judgement.reason),
        }
    }
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoggedAnswer {
    /// The tier to act on.
    pub tier: Option<String>,
    /// The tier that the rules gave.
    pub computed: Option<String>,
    /// Whether it rested on incomplete evidence.
    pub provisional: bool,
    /// The lowest and highest tier that missing facts left open.
    pub range: Option<[String; 2]>,
    /// The rule that the tier came from.
    pub rule: Option<String>,
    /// What that rule says.
    pub text: Option<String>,
    /// Where that rule comes from.
    pub cite: Option<String>,
    /// The codes of the flags.
    pub flags: Vec<String>,
    /// How often the person must be seen.
    #[schemars(with = "Vec<ContactStandard>")]
    pub contact: Vec<serde_json::Value>,
    /// When the rating is reviewed.
    pub review: Option<Date>,
    /// The grade of officer.
    pub grade: Option<Grade>,
    /// From where the case is managed.
    pub place: Option<Place>,
}

/// What a run says of each of its lines.
#[derive(Debug, Clone)]
pub struct LoggedRun {
    /// When it began.
    pub at: Timestamp,
    /// Who ran it.
    pub by: Option<String>,
    /// Whether values of the case are logged.
    pub with_values: bool,
    /// The numbers that each rule can read.
    numbers: BTreeMap<Arc<str>, BTreeSet<String>>,
}

impl LoggedRun {
    /// A run under a policy.
    #[must_use]
    pub fn new(policy: &Policy, at: Timestamp, by: Option<String>, with_values: bool) -> Self {
        let program = policy.program();
        let entries = program.rules.iter().chain(program.reserved.values());
        let numbers = entries.map(|entry| {
            let numbers = program.ground(entry.function).numbers.into_iter().map(str::to_owned).collect();
            (Arc::clone(&entry.rule.name), numbers)
        });
        Self { at, by, with_values, numbers: numbers.collect() }
    }
}

impl Entry {
    /// The line of an answer.
    #[must_use]
    pub fn new(run: &LoggedRun, case: &Case, assessment: &Assessment) -> Self {
        let decision = &assessment.decision;
        let mark = |mark: &PolicyMark| LoggedPolicy {
            name: mark.name.to_string(),
            digest: mark.digest.to_string(),
            trial: mark.trial.to_vec(),
            law: mark.law,
        };
        let fired = || decision.reasons.iter().filter(|reason| reason.fired);
        let read: BTreeSet<&String> = fired().filter_map(|reason| run.numbers.get(&reason.rule)).flatten().collect();
        let parameters =
            decision.parameters.iter().filter(|number| read.contains(&number.name)).map(|number| LoggedNumber {
                name: number.name.clone(),
                value: number.value.written(),
                since: number.since,
                source: number.source.clone(),
            });
        let mut seen = BTreeSet::new();
        let reads = fired().flat_map(|reason| &reason.reads).filter(|read| seen.insert(read.path.clone()));
        let key = Sha256::new_with_prefix(b"values of a case\n").chain_update(case.content());
        let fact = |path: &str, value: String| {
            let seal = || hexadecimal(key.clone().chain_update(format!("\n{path}={value}")).finalize().into());
            let (value, seal) = if run.with_values { (Some(value), None) } else { (None, Some(seal().to_string())) };
            LoggedRead { path: path.to_owned(), value, seal }
        };
        Self {
            log: VERSION,
            at: run.at,
            by: run.by.clone(),
            crn: decision.crn.to_string(),
            on: decision.assessed_on,
            case_digest: decision.case_digest.as_str().to_owned(),
            engine: decision.engine.to_owned(),
            policy: mark(&decision.policy),
            with: assessment.with.iter().map(|one| mark(&one.policy)).collect(),
            parameters: parameters.collect(),
            reads: reads.map(|read| fact(&read.path, read.value.to_string())).collect(),
            judgement: decision.judgement.as_ref().map(|judgement| LoggedOverride::of(judgement, run.with_values)),
            outcome: LoggedAnswer::of(assessment),
        }
    }
}

impl LoggedAnswer {
    /// What an answer says.
    #[must_use]
    pub fn of(assessment: &Assessment) -> Self {
        let decision = &assessment.decision;
        let deciding = decision.deciding();
        // A standard has no key that is not a text.
        let contact = |standard| serde_json::to_value(standard).unwrap_or_default();
        Self {
            tier: decision.tier.clone(),
            computed: decision.computed.clone(),
            provisional: decision.provisional,
            range: decision.range.clone(),
            rule: deciding.map(|reason| reason.rule.to_string()),
            text: deciding.map(|reason| reason.text.to_string()),
            cite: deciding.and_then(|reason| reason.cite.as_deref()).map(str::to_owned),
            flags: decision.flags.iter().map(|flag| flag.code.to_string()).collect(),
            contact: decision.contact.iter().chain(&decision.further_contact).map(contact).collect(),
            review: decision.review.as_ref().and_then(|review| review.due),
            grade: decision.allocation.map(|held| held.grade),
            place: decision.allocation.map(|held| held.from),
        }
    }
}
