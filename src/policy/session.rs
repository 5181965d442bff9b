//! One case under evaluation: gives a script the inputs it asks for, and keeps what was read, in order.
//!
//! Everything that the answer promises stands on this: reasons are the reads of a rule, a range comes from the facts that
//! were asked for and are not known, and an outcome can be kept by the values that were read.

use crate::{
    case::{
        Case,
        derived::{Rule, needs_count},
        input::{InputId, InputTable, Source},
        record::{Kind, Shape},
        value::Value,
    },
    policy::parameters::Presumed,
};
use jiff::civil::Date;
use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

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

/// One input that a rule read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Read {
    /// Which.
    pub input: InputId,
    /// Only whether it is known was asked.
    pub presence: bool,
    /// What was seen.
    pub value: Value,
    /// Where the value came from.
    pub origin: Origin,
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

/// One condition that a rule met, for `explain`: a comparison, a truth value that it read, or whether an input is known. Of
/// the last two the left operand is the input's path and the operator is `is`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The script, as messages call it.
    pub file: String,
    /// Line of the script.
    pub line: usize,
    /// Column of the operator.
    pub column: usize,
    /// Left operand, as seen.
    pub left: String,
    /// The operator.
    pub operator: &'static str,
    /// Right operand, as seen.
    pub right: String,
    /// What came out.
    pub holds: bool,
}

/// A rule asked for a fact that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unknown(pub InputId);

/// The state of one evaluation.
#[derive(Debug)]
pub struct Session {
    facts: Arc<Facts>,
    assumed: BTreeMap<InputId, Value>,
    reads: Vec<Read>,
    comparisons: Option<Vec<Comparison>>,
    asking_presence: u32,
    unknown: Option<Unknown>,
}

/// A session as scripts hold it.
#[derive(Debug, Clone)]
pub struct SharedSession(Arc<Mutex<Session>>);

impl SharedSession {
    /// A session over some facts, with values taken for facts that are not known.
    #[must_use]
    pub fn new(facts: Arc<Facts>, assumed: BTreeMap<InputId, Value>) -> Self {
        let session =
            Session { facts, assumed, reads: Vec::new(), comparisons: None, asking_presence: 0, unknown: None };
        Self(Arc::new(Mutex::new(session)))
    }

    /// The session, for a moment. A panic elsewhere cannot leave it half changed: every change is one assignment.
    pub fn lock(&self) -> MutexGuard<'_, Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// The facts it is over.
    #[must_use]
    pub const fn facts(&self) -> &Arc<Facts> {
        &self.facts
    }

    /// The value of an input, as a script sees it; kept among the reads.
    ///
    /// # Errors
    ///
    /// When it is a fact that is neither known, nor presumed, nor assumed.
    pub fn read(&mut self, input: InputId) -> Result<Value, Unknown> {
        let presence = self.asking_presence > 0;
        let (value, origin) = self.look_up(input, presence)?;
        self.reads.push(Read { input, presence, value: value.clone(), origin });
        Ok(value)
    }

    /// The value of an input without keeping it among the reads.
    ///
    /// # Errors
    ///
    /// As [`Session::read`].
    pub fn look_up(&mut self, input: InputId, presence: bool) -> Result<(Value, Origin), Unknown> {
        let facts = Arc::clone(&self.facts);
        let described = facts.inputs.get(input);
        if let Some(value) = facts.instead.get(&input) {
            return Ok((value.clone(), Origin::Assumed));
        }
        let value = match &described.source {
            Source::Derived(derived) => match derived.rule {
                Rule::Recorded(compute) => compute(&facts.case, facts.on),
                Rule::NeedsCount(severity) => {
                    let mut read = |path: &str| match facts.inputs.find(path) {
                        Some(input) => self.look_up(input, false).map(|(value, _)| value),
                        None => Ok(Value::Absent),
                    };
                    return needs_count(severity, &mut read).map(|value| (value, Origin::Derived));
                }
            },
            Source::Field(_) if described.path == "assessed_on" => Value::Date(facts.on),
            Source::Field(_) | Source::Local(_) => facts.inputs.given(input, &facts.case),
            Source::Later(path) => facts.later.as_ref().map_or(Value::Absent, |later| later.value(path)),
        };
        if !value.is_absent() {
            let computed = matches!(described.source, Source::Derived(_) | Source::Later(_));
            let origin = if computed { Origin::Derived } else { Origin::Case };
            return Ok((value, origin));
        }
        self.absent(input, presence)
    }

    /// What an input reads as that the case does not give.
    fn absent(&mut self, input: InputId, presence: bool) -> Result<(Value, Origin), Unknown> {
        let described = self.facts.inputs.get(input);
        let value = match described.kind {
            Kind::Register | Kind::Standing => absent_register(described.kind, &described.shape),
            Kind::Fact if presence => Value::Absent,
            Kind::Fact => {
                if let Some(presumed) = self.facts.presumed.get(&input) {
                    return Ok((presumed.value.clone(), Origin::Presumed));
                }
                if let Some(value) = self.assumed.get(&input) {
                    return Ok((value.clone(), Origin::Assumed));
                }
                if !self.facts.as_written {
                    self.unknown = Some(Unknown(input));
                    return Err(Unknown(input));
                }
                Value::Absent
            }
            Kind::Required | Kind::History | Kind::Detail => Value::Absent,
        };
        Ok((value, Origin::Case))
    }

    /// Starts a rule: forgets what the one before it read.
    pub fn begin(&mut self) {
        self.reads.clear();
        self.unknown = None;
        self.asking_presence = 0;
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.clear();
        }
    }

    /// Ends a rule: what it read, in order, each input once.
    #[must_use]
    pub fn end(&mut self) -> Vec<Read> {
        let mut reads: Vec<Read> = Vec::with_capacity(self.reads.len());
        for read in self.reads.drain(..) {
            if !reads.contains(&read) {
                reads.push(read);
            }
        }
        reads
    }

    /// Whether values are tried for facts that are not known.
    #[must_use]
    pub fn is_trying(&self) -> bool {
        !self.assumed.is_empty()
    }

    /// The fact that stopped the rule, if one did.
    #[must_use]
    pub const fn unknown(&self) -> Option<Unknown> {
        self.unknown
    }

    /// From here on, or no longer, only whether an input is known is asked.
    pub const fn ask_presence(&mut self, asking: bool) {
        self.asking_presence = if asking { self.asking_presence + 1 } else { self.asking_presence.saturating_sub(1) };
    }

    /// Whether only the presence of inputs is asked for at the moment.
    #[must_use]
    pub const fn asks_presence(&self) -> bool {
        self.asking_presence > 0
    }

    /// The input that was read last.
    #[must_use]
    pub fn last_read(&self) -> Option<InputId> {
        self.reads.last().map(|read| read.input)
    }

    /// Keeps every comparison from here on.
    pub fn keep_comparisons(&mut self) {
        self.comparisons = Some(Vec::new());
    }

    /// Whether comparisons are kept.
    #[must_use]
    pub const fn keeps_comparisons(&self) -> bool {
        self.comparisons.is_some()
    }

    /// Keeps one comparison, if they are kept.
    pub fn compared(&mut self, comparison: Comparison) {
        if let Some(comparisons) = &mut self.comparisons {
            comparisons.push(comparison);
        }
    }

    /// The comparisons of the rule, in order.
    #[must_use]
    pub fn comparisons(&mut self) -> Vec<Comparison> {
        self.comparisons.as_mut().map(std::mem::take).unwrap_or_default()
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
