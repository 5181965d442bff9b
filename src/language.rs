//! The policy language. In: the text of scripts. Out: a [`program::Program`], in which every name is resolved and every construct
//! is one that always ends. Next: [`crate::evaluate`] runs it over a case, whose facts may be known or open.
//!
//! The grammar is that of Rhai, read by its own parser in [`syntax`] and nowhere else.

pub mod budget;
pub mod builtins;
pub mod check;
pub mod datum;
pub mod effect;
pub mod fault;
pub mod fault_list;
pub mod kinds;
pub mod lower;
pub mod pattern;
pub mod program;
pub mod refuse;
pub mod rule;
pub mod standard;
pub mod syntax;
pub mod tiers;
pub mod tree;
mod visit;
pub mod wrong;
