//! What keeps cases under two policies from being held against each other, before any rule is looked at.

use super::{Policy, parameters::DeclaredPresumption};
use jiff::civil::Date;
use std::collections::BTreeMap;

impl Policy {
    /// Why this policy and a newer one cannot be held against each other, case by case, on a date.
    #[must_use]
    pub fn unlike(&self, new: &Self, on: Date) -> Option<String> {
        let modes = [self, new].map(|policy| policy.number_on("contact_modes", on));
        let inputs = [self, new].map(|policy| format!("{:?}", policy.inputs().all()));
        let differs = match () {
            () if self.tiers() != new.tiers() => "the tiers and axes",
            () if inputs[0] != inputs[1] => "the inputs of their own",
            () if modes[0] != modes[1] => "`contact_modes`",
            () if presumed(self) != presumed(new) => "what is presumed of missing facts",
            () if self.is_as_written() != new.is_as_written() => "what a missing fact does",
            () => return None,
        };
        Some(format!("{differs} of the two policies differ, so that their cases are not held against each other"))
    }
}

/// What is presumed, by path; not where that stands in a file, nor why it is.
fn presumed(policy: &Policy) -> BTreeMap<&str, &DeclaredPresumption> {
    policy.parameters().presumed.iter().map(|(path, declared)| (path.as_str(), &declared.is)).collect()
}
