//! What was worked out of what while a rule was walked: helpers with what they gave, down to the facts and the numbers.

use crate::{
    case::{input::InputId, value::Value},
    language::{
        datum::Datum,
        program::{Expr, Node},
    },
};
use std::sync::Arc;

/// What a value is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An input.
    Input(InputId),
    /// Whether an input is known.
    Presence(InputId),
    /// A parameter by its slot, or the entry of one that these keys lead to.
    Parameter(u16, Vec<Arc<str>>),
    /// What a helper gives, by the number of the function.
    Helper(u32),
    /// What a word makes of others.
    Word(&'static str, Vec<Self>),
    /// A value that speaks for itself, or that has no name.
    Value,
}

/// A value with what it was worked out of.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// What it is of.
    pub of: Subject,
    /// The value.
    pub gave: Value,
    /// What was worked out for it, in order.
    pub parts: Vec<Self>,
}

impl Subject {
    /// What the value of an expression is of.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        match &node.expr {
            Expr::Input(input) => Self::Input(*input),
            Expr::Parameter(slot) => Self::Parameter(*slot, Vec::new()),
            Expr::Call(function, _) => Self::Helper(*function),
            Expr::Condition(_, inner) => Self::of(inner),
            Expr::Builtin(word, operands) => {
                let operands: Vec<Self> = operands.iter().map(Self::of).collect();
                if operands.contains(&Self::Value) { Self::Value } else { Self::Word(word.name, operands) }
            }
            Expr::Field { of, name, .. } => match Self::of(of) {
                Self::Parameter(slot, keys) => Self::Parameter(slot, with(keys, name)),
                _ => Self::Value,
            },
            _ => Self::Value,
        }
    }
}

fn with(mut keys: Vec<Arc<str>>, key: &str) -> Vec<Arc<str>> {
    keys.push(key.into());
    keys
}

/// Most values, with those inside them, that are kept of one rule: what nobody could read is not worth its memory.
const MOST: usize = 20_000;
/// Most that stand side by side.
const MOST_BESIDE: usize = 200;

/// The workings of one rule, while it is walked.
#[derive(Debug, Default)]
pub struct Workings {
    /// How many values were kept.
    kept: usize,
    /// What is whole.
    done: Vec<Working>,
    /// The parts of what is being worked out, the innermost last.
    open: Vec<Vec<Working>>,
}

impl Workings {
    /// Forgets them.
    pub fn clear(&mut self) {
        self.kept = 0;
        self.done.clear();
        self.open.clear();
    }

    /// Those of the rule itself.
    pub fn take(&mut self) -> Vec<Working> {
        std::mem::take(&mut self.done)
    }

    /// How many stand beside what comes next.
    pub fn mark(&mut self) -> usize {
        self.level().len()
    }

    fn level(&mut self) -> &mut Vec<Working> {
        self.open.last_mut().unwrap_or(&mut self.done)
    }

    /// Notes a fact or a number; one that was noted beside it before stands once.
    pub fn note(&mut self, of: Subject, gave: &Datum) {
        if !self.level().iter().any(|beside| beside.of == of) {
            self.add(of, gave, Vec::new());
        }
    }

    fn add(&mut self, of: Subject, gave: &Datum, parts: Vec<Working>) {
        if self.kept >= MOST || self.level().len() >= MOST_BESIDE {
            return;
        }
        let gave = value(gave);
        self.kept += 1 + within(&gave);
        self.put(Working { of, gave, parts });
    }

    fn put(&mut self, working: Working) {
        let level = self.level();
        if level.len() < MOST_BESIDE && !level.contains(&working) {
            level.push(working);
        }
    }

    /// What comes next is a part of something.
    pub fn begin(&mut self) {
        self.open.push(Vec::new());
    }

    /// What a helper gave.
    pub fn helper(&mut self, function: u32, gave: &Datum) {
        let parts = self.open.pop().unwrap_or_default();
        self.add(Subject::Helper(function), gave, parts);
    }

    /// What a word gave: by itself where it held facts against numbers, as `band` does; else its parts are those of what it is in.
    pub fn word(&mut self, name: &'static str, gave: &Datum) {
        let parts = self.open.pop().unwrap_or_default();
        let has = |is: fn(&Subject) -> bool| parts.iter().any(|part| is(&part.of));
        let holds = has(|of| matches!(of, Subject::Input(_))) && has(|of| matches!(of, Subject::Parameter(..)));
        // What a word makes and nobody could read, such as an effect, is told of by what says it.
        if holds && !matches!(value(gave), Value::Bool(_) | Value::Absent) {
            self.add(Subject::Word(name, Vec::new()), gave, parts);
        } else {
            for part in parts {
                self.put(part);
            }
        }
    }

    /// Whether the last that was noted since a mark is a parameter, or an entry of one.
    pub fn is_parameter(&mut self, mark: usize) -> bool {
        let level = self.level();
        level.len() == mark + 1 && level.last().is_some_and(|last| matches!(last.of, Subject::Parameter(..)))
    }

    /// An entry of the parameter that was noted after a mark was looked up: it stands in its place, after what led to it.
    pub fn entry(&mut self, mark: usize, key: &str, gave: &Datum) {
        let level = self.level();
        if mark < level.len()
            && let Working { of: Subject::Parameter(slot, keys), .. } = level.remove(mark)
        {
            self.note(Subject::Parameter(slot, with(keys, key)), gave);
        }
    }
}

/// A value as it can be told; of one that cannot, such as an effect, nothing.
fn value(datum: &Datum) -> Value {
    Value::try_from(datum).unwrap_or_default()
}

/// How many values lie inside one.
fn within(value: &Value) -> usize {
    match value {
        Value::List(items) => items.iter().map(|item| 1 + within(item)).sum(),
        Value::Record(entries) => entries.iter().map(|(_, entry)| 1 + within(entry)).sum(),
        _ => 0,
    }
}
