//! The nearest changes: what would have to be otherwise for another tier to come out, the smallest change first.
//!
//! Every value of every input that a rule read is tried alone. Where no single change moves the tier in a direction, two at
//! a time are tried, up to a limit. Facts that stay missing count at the top of what they leave open. What a rule computes from
//! dates and histories, such as custody, is not changed.

use crate::{
    case::{input::InputId, value::Value},
    decision::{
        change::{Candidate, Change, Grain, candidates},
        pairs::pairs,
        what_if::WhatIf,
    },
};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The nearest changes that give another tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nearest {
    /// Those that give a more intensive tier, the smallest first.
    pub up: Vec<Change>,
    /// Those that give a less intensive tier, or one outside the order, the smallest first.
    pub down: Vec<Change>,
    /// What was not tried, where a limit was reached.
    pub limit: Option<String>,
}

/// Which change of tier is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal<'a> {
    /// A more intensive one.
    Up,
    /// A less intensive one.
    Down,
    /// This one.
    Exactly(&'a str),
}

impl Goal<'_> {
    /// Whether a tier is what is looked for.
    pub fn is_met(self, tier: &str, what_if: &WhatIf<'_, '_>) -> bool {
        let base = what_if.base.tier.as_deref();
        let (place, now) = (what_if.place(Some(tier)), what_if.place(base));
        match self {
            Self::Up => place > now,
            Self::Down => place <= now && base != Some(tier),
            Self::Exactly(asked) => asked == tier,
        }
    }
}

/// Looks for the nearest changes, up and down.
pub(super) fn nearest(what_if: &mut WhatIf<'_, '_>) -> Nearest {
    let mut nearest = Nearest::default();
    if what_if.base.tier.is_none() {
        return nearest;
    }
    let (singles, limit) = singles(what_if);
    nearest.limit = limit;
    let up = |change: &Change| Goal::Up.is_met(&change.tier, what_if);
    (nearest.up, nearest.down) = singles.into_iter().partition(up);
    let base = what_if.place(what_if.base.tier.as_deref());
    let highest = what_if.tiers.ordered().len();
    // No pair is looked for where there is no tier to go to.
    for (goal, found, possible) in
        [(Goal::Up, &mut nearest.up, base < highest), (Goal::Down, &mut nearest.down, base > 1)]
    {
        if found.is_empty() && possible {
            let (pairs, limit) = pairs(what_if, goal);
            *found = pairs;
            nearest.limit = nearest.limit.take().or(limit);
        }
    }
    nearest
}

/// Every single change that gives another tier; of each input and tier the nearest.
fn singles(what_if: &mut WhatIf<'_, '_>) -> (Vec<Change>, Option<String>) {
    let present = what_if.present(what_if.base);
    let mut all: Vec<Candidate> =
        candidates(what_if, &present, &BTreeSet::new(), Grain::Every).into_iter().flatten().collect();
    // Equal distances stay in the order of the model: the sort is stable.
    all.sort_by(|left, right| (left.distance, &left.change.path).cmp(&(right.distance, &right.change.path)));
    let mut found: BTreeSet<(InputId, String)> = BTreeSet::new();
    let mut changes = Vec::new();
    for (tried, candidate) in all.iter().enumerate() {
        if what_if.is_spent() {
            return (changes, Some(format!("{tried} of {} single changes were tried, the nearest first", all.len())));
        }
        let instead = BTreeMap::from([(candidate.input, candidate.value.clone())]);
        let Some(tier) = other_tier(what_if, instead) else { continue };
        if found.insert((candidate.input, tier.clone())) {
            changes.push(Change { changes: vec![candidate.change.clone()], tier, distance: candidate.distance });
        }
    }
    (changes, None)
}

/// The tier that other values give, where it is another.
pub(super) fn other_tier(what_if: &mut WhatIf<'_, '_>, instead: BTreeMap<InputId, Value>) -> Option<String> {
    let base = what_if.base;
    what_if.try_with(instead)?.tier.filter(|tier| Some(tier) != base.tier.as_ref())
}
