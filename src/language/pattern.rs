//! A pattern over many cases: what a policy's `caseload` function finds.

use schemars::JsonSchema;
use serde::Serialize;

/// A pattern over many cases that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pattern {
    /// Its code.
    pub code: String,
    /// How grave it is.
    pub severity: String,
    /// A sentence with the counts.
    pub text: String,
    /// The references of the cases that show it, each once, in the order of the book.
    pub cases: Vec<String>,
}
