//! What a policy takes for granted about a fact that a case does not give.

use crate::case::{input::InputId, value::Value};

/// What is taken for granted about one fact, with the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Presumed {
    /// What.
    pub is: Presumption,
    /// Why.
    pub description: String,
    /// Where it comes from.
    pub source: String,
}

/// What is taken for granted.
#[derive(Debug, Clone, PartialEq)]
pub enum Presumption {
    /// This value.
    Value(Value),
    /// No more than what another input holds, where the case gives that one: a group's risk of serious harm is no higher than
    /// the overall level, which is the highest of them.
    AtMost(InputId),
}
