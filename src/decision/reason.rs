//! Reasons: what each rule read and said, ready to be shown.

use crate::{
    case::{
        Case,
        document::Node,
        value::{InFull, Value},
    },
    decision::sourced::Sourced,
    evaluate::{
        inputs::{Inputs, Origin},
        machine::Read,
        outcome::Outcome,
    },
    language::{effect::Effect, rule::Rule},
    policy::Policy,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// What one rule read and said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// The rule.
    pub rule: Arc<str>,
    /// Whether it said anything.
    #[schemars(skip_serializing_if = "left_out")]
    pub fired: bool,
    /// What it means, in the policy's words.
    #[schemars(skip_serializing_if = "left_out")]
    pub text: Arc<str>,
    /// Where it comes from.
    #[schemars(skip_serializing_if = "left_out", extend("default" = null))]
    pub cite: Option<Arc<str>>,
    /// What it said.
    pub effects: Vec<Effect>,
    /// What it read, in order.
    pub reads: Vec<ReadReason>,
}

/// One input that a rule read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReadReason {
    /// Path of the input.
    pub path: Arc<str>,
    /// What the rule saw; null where the case does not say.
    pub value: Value,
    /// Line of the case file, where it stands there.
    #[schemars(skip_serializing_if = "left_out", extend("default" = null), range(min = 1))]
    pub line: Option<usize>,
    /// Where it stands in the service's own data that the case was made of, such as `registrations[1].code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// Where the value came from.
    pub origin: Origin,
}

/// Something that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Flag {
    /// Its code.
    pub code: Arc<str>,
    /// A sentence with the evidence.
    pub text: String,
    /// The rule that raised it.
    pub rule: Arc<str>,
    /// The policy of that rule.
    pub policy: Arc<str>,
    /// How grave it is, where the rule says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Arc<str>>,
    /// Who has looked at it, and why nothing needs doing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledged>,
}

/// Who has looked at a flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Acknowledged {
    /// Who.
    pub by: String,
    /// Why nothing needs doing, or what was done.
    pub reason: String,
    /// When.
    pub date: Date,
}

/// A number in force on the date of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ParameterInForce {
    /// Its name.
    pub name: String,
    /// Its value, as parameters.yaml has it: a number, a word, true or false, a date as text, or a list or table of them.
    #[schemars(with = "InFull<'_>")]
    #[serde(serialize_with = "in_full")]
    pub value: Value,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// The date from which it holds.
    pub since: Date,
    /// Where it comes from; `assumption` where no source settles it.
    pub source: String,
}

fn in_full<S: Serializer>(value: &Value, to: S) -> Result<S::Ok, S::Error> {
    InFull(value).serialize(to)
}

impl Reason {
    /// The reason that a rule gives.
    #[must_use]
    pub fn new(rule: &Rule, outcome: &Outcome, inputs: &Inputs, places: Places<'_>) -> Self {
        let mut reads: Vec<ReadReason> = Vec::with_capacity(outcome.reads.len());
        for read in outcome.reads.iter().filter_map(|read| ReadReason::new(*read, inputs, places)) {
            // `known(x) && x > 3` asks twice and sees one thing.
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        Self {
            rule: Arc::clone(&rule.name),
            fired: !outcome.effects.is_empty(),
            text: Arc::clone(&rule.text),
            cite: rule.cite.clone(),
            effects: outcome.effects.clone(),
            reads,
        }
    }

    /// Whether the rule settles this tier outright.
    #[must_use]
    pub fn decides(&self, tier: &str) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Decide(decided) if **decided == *tier))
    }

    /// The floor that the rule sets, the first of several.
    #[must_use]
    pub fn floor(&self) -> Option<&str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::AtLeast(tier) => Some(&**tier),
            _ => None,
        })
    }
}

/// Where the values of a case stand.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// The case as it is written.
    pub case: &'a Case,
    /// In its file.
    pub document: Option<&'a Node>,
    /// In the service's own data that it was made of.
    pub sourced: Option<&'a Sourced>,
}

impl ReadReason {
    /// What was seen of an input; nothing where it is a fact that is not known.
    fn new(read: Read, inputs: &Inputs, places: Places<'_>) -> Option<Self> {
        let (value, origin) = inputs.look_up(read.input, read.presence).ok()?;
        let path = Arc::clone(&inputs.facts.inputs.get(read.input).path);
        let given = matches!(origin, Origin::Case) && !value.is_absent();
        let document = places.document.filter(|_| given);
        let elsewhere = document.and_then(|_| places.case.taken_from(&path, inputs.facts.on));
        let written = elsewhere.as_deref().unwrap_or(&path);
        let stands = |document: &Node| document.nearest(written).map(|node| node.at.line).filter(|line| *line > 0);
        let line = document.and_then(stands);
        let source = document.zip(places.sourced).and_then(|(document, sourced)| sourced.place_of(document, written));
        let value = if origin == Origin::Assumed { Value::Absent } else { value };
        Some(Self { path, value, line, source: source.map(Arc::from), origin })
    }
}

/// The numbers in force on a date.
#[must_use]
pub fn parameters_in_force(policy: &Policy, on: Date) -> Vec<ParameterInForce> {
    let numbers = policy.numbers_on(on).map(|(name, since, dated)| ParameterInForce {
        name: name.to_owned(),
        value: dated.value.clone(),
        unit: dated.unit.clone(),
        since,
        source: dated.source.clone(),
    });
    numbers.collect()
}
