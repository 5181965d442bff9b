//! A [`Program`](crate::language::program::Program) and the inputs of a case in, an [`outcome`] out. One walk, two kinds of value:
//! with [known](known) values a condition holds or does not; with [possible](possible) ones it may be open, and then everything
//! that can come of it is found. Next: [`crate::policy`] says which rules and numbers are in force.

mod calling;
pub mod domain;
pub mod evaluator;
pub mod inputs;
pub mod known;
pub mod machine;
pub mod outcome;
pub mod possible;
pub mod presumed;
pub mod stop;
pub mod trace;
pub mod workings;
