//! A policy's `caseload` function: patterns that no single case shows, found in a book of many.

use crate::{
    case::value::Value,
    policy::{edition::Edition, fault::PolicyFault, operators::kind, script_value::to_script},
};
use rhai::{Array, Dynamic};
use serde::Serialize;

/// The reserved function.
pub const CASELOAD: &str = "caseload";

/// A pattern over many cases that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

impl Edition {
    /// The patterns that the policy's `caseload` function finds in a book.
    ///
    /// # Errors
    ///
    /// When the function fails, or returns something else than patterns.
    pub fn caseload(&self, book: &Value) -> Result<Vec<Pattern>, Box<PolicyFault>> {
        let returned = self.call_without_case(CASELOAD, (to_script(book),))?;
        patterns_of(&returned).map_err(|found| {
            let message = format!("returned {found}, which is no pattern");
            let help = "`caseload` returns nothing, a `pattern(...)`, or a list of them";
            let file = self.rules().first().map_or(CASELOAD, |rule| &rule.file);
            Box::new(PolicyFault::failed(file, message).rule(CASELOAD).help(help))
        })
    }
}

fn patterns_of(returned: &Dynamic) -> Result<Vec<Pattern>, &'static str> {
    if returned.is_unit() {
        return Ok(Vec::new());
    }
    if let Some(pattern) = returned.clone().try_cast::<Pattern>() {
        return Ok(vec![pattern]);
    }
    match returned.read_lock::<Array>() {
        Some(items) => items.iter().map(patterns_of).collect::<Result<Vec<_>, _>>().map(|found| found.concat()),
        None => Err(kind(returned)),
    }
}
