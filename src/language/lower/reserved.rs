//! The functions that a policy may define beside its rules: those of reserved names, and its laws.

use super::refusal::{Refusal, marked};
use crate::language::{rule::dated_at, tree::Script};

/// The functions that a policy may define beside its rules, with their parameters.
pub static RESERVED: &[(&str, &[&str])] = &[
    ("tier", &["person", "so_far"]),
    ("provisional", &["person", "so_far"]),
    ("contact", &["person", "tier"]),
    ("review", &["person", "tier"]),
    ("allocate", &["person", "tier"]),
    ("workload", &["person", "tier"]),
    ("caseload", &["book"]),
    ("rating", &["person"]),
];

/// What a law is handed.
pub(super) const LAW: &[&str] = &["person", "tier"];

/// Whether a function of this name is a law: what must hold of every case and its tier.
#[must_use]
pub fn is_law(name: &str) -> bool {
    name.starts_with("law_")
}

/// Dates above functions that hold on every day: only rules and laws begin and end.
pub(super) fn dated_in_vain(script: &Script, is_policy: bool) -> Vec<Refusal> {
    let may_begin = |name: &str| is_policy && !RESERVED.iter().any(|(reserved, _)| *reserved == name);
    let in_vain = script.functions.iter().filter(|function| function.private || !may_begin(&function.name));
    let refused = in_vain.filter_map(|function| {
        let place = marked(script, function, dated_at(&function.comment)?).unwrap_or(function.body.place);
        let message = format!("`{}` holds on every day: only rules and laws begin and end", function.name);
        let help = "give the numbers that it reads their dates, or ask for `person.assessed_on` in it".to_owned();
        Some(Refusal { place, code: "bad-mark", message, help })
    });
    refused.collect()
}

/// Whether a reserved function says what follows from a tier.
#[must_use]
pub fn follows_from_tier(name: &str) -> bool {
    RESERVED.iter().any(|(reserved, handed)| *reserved == name && *handed == ["person", "tier"])
}
