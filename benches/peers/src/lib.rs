//! The bgsw decision in several languages, each given the same cases and checked against brag's own answer.
//!
//! A peer says what each rule gives and which standards follow from a tier; [`range`] does what is outside a rule language:
//! missing facts, overrides, flags. [`timing`] runs the peers in turns and [`table`] prints what came out.
#![warn(missing_docs)]

pub mod answer;
pub mod book;
pub mod brag_peer;
pub mod check;
pub mod facts;
pub mod hard_coded;
pub mod inputs;
pub mod lua_peer;
pub mod peer;
pub mod pipeline;
pub mod processes;
pub mod range;
pub mod table;
pub mod timing;
