//! The most cases that a policy wants in an officer's name, the parameter `target_po` and its like, and the shares of it from which
//! a workload is amber and red.

use crate::{case::words::Grade, policy::Policy};
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

/// Inspectors' words for the workload of an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// At risk.
    Amber,
    /// Dangerously high.
    Red,
}

impl Band {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }
}

/// Most cases of an officer, as a policy or one that runs with it has it.
#[must_use]
pub fn target(policy: &Policy, grade: Grade, on: Date) -> Option<Decimal> {
    number(policy, &format!("target_{}", grade.as_str()), on)
}

/// The band of so many percent of the target, where the policy or one that runs with it has bands.
#[must_use]
pub fn band(policy: &Policy, share: Decimal, on: Date) -> Option<Band> {
    let reached = |name| number(policy, name, on).is_some_and(|from| share >= from);
    match (reached("workload_red"), reached("workload_amber")) {
        (true, _) => Some(Band::Red),
        (false, true) => Some(Band::Amber),
        (false, false) => None,
    }
}

fn number(policy: &Policy, name: &str, on: Date) -> Option<Decimal> {
    let mut all = std::iter::once(policy).chain(policy.companions());
    all.find_map(|one| one.number_on(name, on))?.number()
}
