//! Beside the stages, for the officer who edits a policy. In: a policy and its worked cases. Out: what differs from what was
//! expected and from what came out before, which rule did it, and which rules and conditions no case reaches.
//! Next: a [`crate::report`] shows it.

pub mod accepted_numbers;
pub mod boundary;
pub mod case_text;
pub mod coverage;
pub mod diff_cause;
pub mod expected;
pub mod held;
pub mod made_up;
pub mod mutants;
pub mod scaffold;
mod script_thresholds;
pub mod snapshot;
pub mod snapshot_store;
pub mod trial;
pub mod worked;
