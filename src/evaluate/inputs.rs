//! What a policy sees of a case: the value of every input, or that it is a fact which is not known.

use crate::{
    case::{
        Case,
        input::{InputId, InputTable, Source},
        record::{Kind, Part, View},
        value::Value,
        words::Level,
    },
    evaluate::presumed::{Presumed, Presumption},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Debug, sync::Arc};

/// What is known about a case on a date, as a policy sees it.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The case, with nothing in it that is dated after the date.
    pub case: Arc<Case>,
    /// The date the answer is for.
    pub on: Date,
    /// The inputs that the policy can read.
    pub inputs: Arc<InputTable>,
    /// What the policy takes for granted, by input.
    pub presumed: Arc<BTreeMap<InputId, Presumed>>,
    /// Whether absent facts read as nothing, because the policy has rules of its own for them.
    pub as_written: bool,
    /// Values taken for an input instead of the case's own: the what-ifs of `explain`.
    pub instead: BTreeMap<InputId, Value>,
    /// What a later stage knows, for a policy that runs with another.
    pub later: Option<Arc<dyn Later>>,
}

/// Gives inputs that only a later stage knows, each computed when it is first asked for.
pub trait Later: Debug + Send + Sync {
    /// The value at a path of [`crate::case::later::LATER`]; absent where there is none.
    fn value(&self, path: &str) -> Value;
}

/// Where a value that a rule saw came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The case, or what absence means there.
    Case,
    /// Computed from the case.
    Derived,
    /// The policy takes it for granted where the case does not say.
    Presumed,
    /// Not known, and tried with this value.
    Assumed,
}

/// A rule asked for a fact that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown(pub InputId);

/// Values taken for facts that are not known.
pub type Assumed = BTreeMap<InputId, Value>;

/// A case as rules see it: its facts, with values taken for those that are not known.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// What is known.
    pub facts: Arc<Facts>,
    /// What is taken for facts that are not known.
    pub assumed: Assumed,
}

impl Inputs {
    /// The value of an input and where it comes from; with `presence`, of an input that is only asked whether it is known. Of
    /// a fact that is presumed to be at most something, those words.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn look_up(&self, input: InputId, presence: bool) -> Result<(Value, Origin), Unknown> {
        if let Some((view, origin)) = self.found(input) {
            return Ok((view.value(), origin));
        }
        let origin = self.origin_of_absent(input, presence);
        if origin == Origin::Presumed
            && let Some(level) = self.at_most(input)
        {
            return Ok((Value::Text(format!("at most {level}").into()), origin));
        }
        Ok((self.absent(input, presence)?, origin))
    }

    /// The value that a fact is presumed not to pass, where it is not given and that one is.
    #[must_use]
    pub fn at_most(&self, input: InputId) -> Option<Value> {
        match self.facts.presumed.get(&input)?.is {
            Presumption::AtMost(other) => self.found(other).map(|(level, _)| level.value()),
            Presumption::Value(_) => None,
        }
    }

    /// Where the value of an input comes from that the case does not give.
    fn origin_of_absent(&self, input: InputId, presence: bool) -> Origin {
        let is_presumed = |presumed: &Presumed| match presumed.is {
            Presumption::Value(_) => true,
            Presumption::AtMost(_) => self.at_most(input).is_some(),
        };
        if presence || self.facts.inputs.get(input).kind != Kind::Fact {
            Origin::Case
        } else if self.facts.presumed.get(&input).is_some_and(is_presumed) {
            Origin::Presumed
        } else if self.assumed.contains_key(&input) {
            Origin::Assumed
        } else {
            Origin::Case
        }
    }

    /// The value of an input, as [`Inputs::look_up`] gives it.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn value(&self, input: InputId, presence: bool) -> Result<Value, Unknown> {
        Ok(self.view(input, presence)?.value())
    }

    /// What stands there, as [`Inputs::value`] gives it in one piece.
    ///
    /// # Errors
    ///
    /// As that.
    pub fn view(&self, input: InputId, presence: bool) -> Result<View<'_>, Unknown> {
        match self.found(input) {
            Some((view, _)) => Ok(view),
            None => self.absent(input, presence).map(View::Leaf),
        }
    }

    /// What is taken instead of what the case gives, or what the case gives, and where that comes from.
    fn found(&self, input: InputId) -> Option<(View<'_>, Origin)> {
        if !self.facts.instead.is_empty()
            && let Some(value) = self.facts.instead.get(&input)
        {
            return Some((View::Leaf(value.clone()), Origin::Assumed));
        }
        let is_derived = matches!(self.facts.inputs.get(input).source, Source::Derived(_) | Source::Later(_));
        let given = Some(self.given(input)).filter(|view| !view.is_absent())?;
        Some((given, if is_derived { Origin::Derived } else { Origin::Case }))
    }

    /// What the case gives, or what is computed from it.
    fn given(&self, input: InputId) -> View<'_> {
        let facts = &*self.facts;
        View::Leaf(match &facts.inputs.get(input).source {
            Source::Field(steps) => return facts.case.at(steps),
            Source::Local(name) => {
                let given = facts.case.local.0.iter().find(|(key, _)| key.as_str() == name);
                let domain = facts.inputs.get(input).domain();
                given.zip(domain).and_then(|((_, value), domain)| value.within(domain)).unwrap_or_default()
            }
            Source::On => Value::Date(facts.on),
            Source::Derived(derived) => (derived.rule)(&facts.case, facts.on),
            Source::Later(path) => facts.later.as_ref().map_or(Value::Absent, |later| later.value(path)),
        })
    }

    /// What an input reads as that the case does not give.
    fn absent(&self, input: InputId, presence: bool) -> Result<Value, Unknown> {
        let described = self.facts.inputs.get(input);
        Ok(match described.kind {
            Kind::Fact if presence => Value::Absent,
            Kind::Fact => {
                let presumed = self.facts.presumed.get(&input).map(|presumed| &presumed.is);
                match (presumed, self.assumed.get(&input)) {
                    (Some(Presumption::Value(value)), _) | (_, Some(value)) => value.clone(),
                    // No level is below the lowest.
                    (Some(Presumption::AtMost(_)), None) if self.at_most(input) == lowest() => {
                        lowest().unwrap_or_default()
                    }
                    _ if self.facts.as_written => Value::Absent,
                    _ => return Err(Unknown(input)),
                }
            }
            kind => kind.when_absent(&described.shape),
        })
    }
}

fn lowest() -> Option<Value> {
    Level::WORDS.first().map(|word| Value::Word(word))
}
