//! One case under two policies.

use super::{Stand, cause::MoveCause};
use crate::{
    case::{Case, words::Grade},
    language::fault::PolicyFault,
};
use std::sync::Arc;

/// One case under two policies. A side that has no answer says why.
#[derive(Debug)]
pub struct Compared {
    /// Case reference.
    pub crn: Arc<str>,
    /// Reference of the case manager.
    pub officer: Option<String>,
    /// The case manager's grade.
    pub grade: Option<Grade>,
    /// Local delivery unit.
    pub office: Option<String>,
    /// What the old policy says.
    pub old: Result<Stand, Box<PolicyFault>>,
    /// What the new policy says.
    pub new: Result<Stand, Box<PolicyFault>>,
    /// Why the tier differs, where it does, or why one side has no answer.
    pub causes: Vec<MoveCause>,
    /// What the rules that made the difference saw, of the new policy or else of the old one.
    pub saw: Vec<String>,
}

impl Compared {
    /// A case of which the two policies say this.
    pub(super) fn of(case: &Case, [old, new]: [Result<Stand, Box<PolicyFault>>; 2]) -> Self {
        let officer = &case.supervision.officer;
        Self {
            crn: case.crn.shared(),
            officer: officer.id.as_ref().map(ToString::to_string),
            grade: officer.grade,
            office: case.supervision.office.as_ref().map(ToString::to_string),
            old,
            new,
            causes: Vec::new(),
            saw: Vec::new(),
        }
    }

    /// Whether the tier differs, or one side has no answer.
    #[must_use]
    pub fn moved(&self) -> bool {
        match (&self.old, &self.new) {
            (Ok(old), Ok(new)) => old.tier != new.tier,
            (Err(_), Err(_)) => false,
            _ => true,
        }
    }
}
