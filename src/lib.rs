//! Case tiering as code.
#![warn(missing_docs)]

pub mod authoring;
pub mod case;
pub mod cli;
pub mod decision;
pub mod error;
pub mod policy;
pub mod report;
pub mod schedule;
