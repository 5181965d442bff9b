//! Case tiering as code.
#![warn(missing_docs)]
pub mod case;
pub mod decision;
pub mod report;
pub mod schedule;
