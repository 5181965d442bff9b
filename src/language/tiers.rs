//! The tiers of a policy and their order, as its script declares them.

/// The tiers and axes that a policy declares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiers {
    ordered: Vec<String>,
    outside: Vec<String>,
    axes: Vec<String>,
}

impl Tiers {
    /// Tiers from the least to the most intensive, those outside the order, and the axes of a points model.
    #[must_use]
    pub const fn new(ordered: Vec<String>, outside: Vec<String>, axes: Vec<String>) -> Self {
        Self { ordered, outside, axes }
    }

    /// The tiers in order, least intensive first.
    #[must_use]
    pub fn ordered(&self) -> &[String] {
        &self.ordered
    }

    /// The tiers outside the order, such as Blue.
    #[must_use]
    pub fn outside(&self) -> &[String] {
        &self.outside
    }

    /// The axes of a points model.
    #[must_use]
    pub fn axes(&self) -> &[String] {
        &self.axes
    }

    /// Every tier.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        self.ordered.iter().chain(&self.outside).cloned().collect()
    }

    /// The place of a tier in the order, from 0; none outside it.
    #[must_use]
    pub fn rank(&self, tier: &str) -> Option<usize> {
        self.ordered.iter().position(|one| one == tier)
    }

    /// Whether a tier is one outside the order.
    #[must_use]
    pub fn is_outside(&self, tier: &str) -> bool {
        self.outside.iter().any(|one| one == tier)
    }

    /// Whether the policy knows a tier.
    #[must_use]
    pub fn contains(&self, tier: &str) -> bool {
        self.rank(tier).is_some() || self.is_outside(tier)
    }

    /// Whether the policy gives tiers at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ordered.is_empty() && self.outside.is_empty()
    }
}
