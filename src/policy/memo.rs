//! Outcomes kept by the values that a rule read.
//!
//! A rule is a pure function of its reads, so what it read, in order, is a path down a tree: at each node stands the input
//! that is read next, below it one branch for every value seen, and at the end the outcome. The same values always lead to
//! the same next read, so a look-up needs no script. Reads of absent facts stop the look-up exactly where they would stop
//! the rule.

use crate::{
    case::{input::InputId, value::Value},
    policy::{
        edition::Outcome,
        session::{Origin, SharedSession, Unknown},
    },
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Most outcomes kept of one rule; past it, further ones are computed each time.
const MAX_KEPT: usize = 20_000;

/// The outcomes kept of one rule.
#[derive(Debug, Default)]
pub struct Memo {
    tree: Mutex<Tree>,
}

#[derive(Debug, Default)]
struct Tree {
    root: Option<Node>,
    kept: usize,
}

#[derive(Debug)]
enum Node {
    Reads { input: InputId, presence: bool, branches: HashMap<(Value, Origin), Option<Node>> },
    Gives(Arc<Outcome>),
}

impl Memo {
    /// The outcome for the case of a session, if one is kept for what the rule would read.
    ///
    /// # Errors
    ///
    /// When the rule would read a fact that is not known.
    pub fn look_up(&self, session: &SharedSession) -> Result<Option<Arc<Outcome>>, Unknown> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        let mut session = session.lock();
        let mut node = tree.root.as_ref();
        while let Some(Node::Reads { input, presence, branches }) = node {
            let seen = session.look_up(*input, *presence)?;
            node = branches.get(&seen).and_then(Option::as_ref);
        }
        Ok(match node {
            Some(Node::Gives(outcome)) => Some(Arc::clone(outcome)),
            _ => None,
        })
    }

    /// Keeps an outcome by what was read for it.
    pub fn keep(&self, outcome: &Arc<Outcome>) {
        // Two cases hardly ever have the same history: keeping it would fill the memory and find nothing again.
        if outcome.reads.iter().any(|read| is_history(&read.value)) {
            return;
        }
        let mut tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        if tree.kept >= MAX_KEPT {
            return;
        }
        tree.kept += 1;
        let mut slot = &mut tree.root;
        for read in &outcome.reads {
            let next = || Node::Reads { input: read.input, presence: read.presence, branches: HashMap::new() };
            let Node::Reads { branches, .. } = slot.get_or_insert_with(next) else { return };
            slot = branches.entry((read.value.clone(), read.origin)).or_default();
        }
        *slot = Some(Node::Gives(Arc::clone(outcome)));
    }
}

/// Whether a value is a list of records or dates.
fn is_history(value: &Value) -> bool {
    matches!(value, Value::List(entries) if matches!(entries.first(), Some(Value::Record(_) | Value::Date(_))))
}
