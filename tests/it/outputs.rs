//! What is written to files: nothing of the user's is lost, whatever happens.

mod at_once;
mod inputs_spared;
mod nth_fault;
pub mod work;
