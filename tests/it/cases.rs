//! Cases for tests, made of JSON.

use brag::{
    case::{Case, fault::Fault},
    decision::decide::CaseFile,
};
use std::sync::Arc;

/// A case of its JSON, without the places of its values: much quicker to read, and tests read a great many.
pub fn case_of(json: &str) -> Case {
    read(json).unwrap_or_else(|fault| panic!("{fault}: {json}"))
}

/// The same, or what is wrong with it.
pub fn read(json: &str) -> Result<Case, Fault> {
    Case::quick_json(json).map_or_else(|| Ok(Case::parse(json)?.0), Ok)
}

/// The same as a file to be decided.
pub fn case_file(json: &str) -> CaseFile {
    CaseFile { case: Arc::new(case_of(json)), document: None, sourced: None }
}
