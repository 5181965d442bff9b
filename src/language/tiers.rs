//! The tiers of a policy and their order, as its script declares them.

use crate::case::fault::nearest;

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

    /// The tiers of both, for what may be spelt as either does.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        let both = |own: &[String], more: &[String]| {
            let new = more.iter().filter(|tier| !self.contains(tier)).cloned();
            own.iter().cloned().chain(new).collect()
        };
        Self::new(both(&self.ordered, &other.ordered), both(&self.outside, &other.outside), self.axes.clone())
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

    /// The tier that somebody writes, as the policy spells it: capitals, blanks, `/`, `-` and `_` make no other tier. None where
    /// no tier is written so, or several are.
    ///
    /// ```
    /// use brag::language::tiers::Tiers;
    /// let tiers = Tiers::new(vec!["Amber".into(), "Red-Amber".into()], vec!["Blue".into()], Vec::new());
    /// assert_eq!(tiers.spelt("red/amber "), Some("Red-Amber"));
    /// assert_eq!(tiers.spelt("R/A"), None);
    /// assert_eq!(tiers.meant("R/A"), Some("Red-Amber"));
    /// assert_eq!(tiers.meant("Ambre"), Some("Amber"));
    /// ```
    #[must_use]
    pub fn spelt(&self, written: &str) -> Option<&str> {
        let all = || self.ordered.iter().chain(&self.outside);
        if let Some(tier) = all().find(|tier| *tier == written) {
            return Some(tier);
        }
        let wanted = Self::folded(written);
        let mut alike = all().filter(|tier| Self::folded(tier) == wanted);
        alike.next().filter(|_| alike.next().is_none()).map(String::as_str)
    }

    /// Whether two tiers are written alike: a recorded one could be either.
    #[must_use]
    pub fn are_alike(one: &str, other: &str) -> bool {
        Self::folded(one) == Self::folded(other)
    }

    /// What two spellings of one tier have in common.
    #[must_use]
    pub fn folded(tier: &str) -> String {
        tier.chars().filter(|letter| !BETWEEN.contains(letter)).flat_map(char::to_lowercase).collect()
    }

    /// The tier that was probably meant by something that is none: one of these initials, or one that is near.
    #[must_use]
    pub fn meant(&self, written: &str) -> Option<&str> {
        let wanted = Self::folded(written);
        let all: Vec<&str> = self.ordered.iter().chain(&self.outside).map(String::as_str).collect();
        let mut of_initials = all.iter().filter(|tier| initials(tier) == wanted);
        if let (Some(tier), None) = (of_initials.next(), of_initials.next()) {
            return Some(tier);
        }
        let near: Vec<String> = all.iter().map(|tier| Self::folded(tier)).collect();
        let nearest = nearest(&wanted, &near)?;
        near.iter().zip(all).find(|(folded, _)| *folded == nearest).map(|(_, tier)| tier)
    }

    /// Whether the policy gives tiers at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ordered.is_empty() && self.outside.is_empty()
    }
}

/// What stands between the words of a tier.
const BETWEEN: [char; 4] = [' ', '/', '-', '_'];

fn initials(tier: &str) -> String {
    tier.split(BETWEEN).filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
}
