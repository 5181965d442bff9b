//! What a policy sees of a case: the value of every input, or that it is a fact which is not known.

use crate::{
    case::{
        Case,
        input::{InputId, InputTable, Source},
        record::{Kind, Part, Shape},
        value::Value,
    },
    policy::parameters::Presumed,
};
use jiff::civil::Date;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
pub struct Sight {
    /// What is known.
    pub facts: Arc<Facts>,
    /// What is taken for facts that are not known.
    pub assumed: Assumed,
}

impl Sight {
    /// The value of an input and where it comes from; with `presence`, of an input that is only asked whether it is known.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn look_up(&self, input: InputId, presence: bool) -> Result<(Value, Origin), Unknown> {
        let value = self.value(input, presence)?;
        Ok((value, self.origin(input, presence)))
    }

    /// Where the value of an input that [`Sight::value`] gives comes from.
    fn origin(&self, input: InputId, presence: bool) -> Origin {
        let facts = &*self.facts;
        if facts.instead.contains_key(&input) {
            return Origin::Assumed;
        }
        let described = facts.inputs.get(input);
        let (is_fact, given) = (described.kind == Kind::Fact, !self.given(input).is_absent());
        match &described.source {
            _ if is_fact && !given && !presence && facts.presumed.contains_key(&input) => Origin::Presumed,
            _ if is_fact && !given && !presence && self.assumed.contains_key(&input) => Origin::Assumed,
            Source::Derived(_) | Source::Later(_) if given => Origin::Derived,
            _ => Origin::Case,
        }
    }

    /// The value of an input, as [`Sight::look_up`] gives it.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn value(&self, input: InputId, presence: bool) -> Result<Value, Unknown> {
        let mut value = Value::Absent;
        self.read(input, presence, &mut value)?;
        Ok(value)
    }

    /// The same, written where it is to be kept.
    ///
    /// # Errors
    ///
    /// As [`Sight::value`].
    pub fn read(&self, input: InputId, presence: bool, into: &mut Value) -> Result<(), Unknown> {
        let facts = &*self.facts;
        if !facts.instead.is_empty()
            && let Some(value) = facts.instead.get(&input)
        {
            *into = value.clone();
            return Ok(());
        }
        self.read_given(input, into);
        if into.is_absent() {
            *into = self.absent(input, presence)?;
        }
        Ok(())
    }

    /// What the case gives, or what is computed from it.
    fn given(&self, input: InputId) -> Value {
        let mut value = Value::Absent;
        self.read_given(input, &mut value);
        value
    }

    fn read_given(&self, input: InputId, into: &mut Value) {
        let facts = &*self.facts;
        match &facts.inputs.get(input).source {
            Source::Field(steps) => facts.case.read(steps, into),
            Source::Local(_) => facts.inputs.read(input, &facts.case, into),
            Source::On => *into = Value::Date(facts.on),
            Source::Derived(derived) => *into = (derived.rule)(&facts.case, facts.on),
            Source::Later(path) => {
                *into = facts.later.as_ref().map_or(Value::Absent, |later| later.value(path));
            }
        }
    }

    /// What an input reads as that the case does not give.
    fn absent(&self, input: InputId, presence: bool) -> Result<Value, Unknown> {
        let described = self.facts.inputs.get(input);
        Ok(match described.kind {
            Kind::Register | Kind::Standing => absent_register(described.kind, &described.shape),
            Kind::Fact if presence => Value::Absent,
            Kind::Fact => {
                if let Some(presumed) = self.facts.presumed.get(&input) {
                    return Ok(presumed.value.clone());
                }
                if let Some(value) = self.assumed.get(&input) {
                    return Ok(value.clone());
                }
                if !self.facts.as_written {
                    return Err(Unknown(input));
                }
                Value::Absent
            }
            Kind::Required | Kind::History | Kind::Detail => Value::Absent,
        })
    }
}

/// A register that the case does not mention is false or empty, and one that stands is true.
fn absent_register(kind: Kind, shape: &Shape) -> Value {
    match shape {
        Shape::Leaf(crate::case::domain::Domain::Bool) => Value::Bool(kind == Kind::Standing),
        Shape::List(_) => Value::list([]),
        Shape::Leaf(_) | Shape::Record(_) => Value::Absent,
    }
}
