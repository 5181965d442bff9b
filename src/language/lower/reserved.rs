//! The functions that a policy may define beside its rules: those of reserved names, and its laws.

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

/// Whether a reserved function says what follows from a tier.
#[must_use]
pub fn follows_from_tier(name: &str) -> bool {
    RESERVED.iter().any(|(reserved, handed)| *reserved == name && *handed == ["person", "tier"])
}
