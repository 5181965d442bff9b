//! What came of a rule, and what can come of it where facts are open.

use crate::{
    evaluate::{
        inputs::Unknown,
        machine::Read,
        possible::value::{Atom, Possible},
    },
    language::{
        builtins::{MAX_RETURNED, effects_of},
        datum::Datum,
        effect::Effect,
        fault::PolicyFault,
        tiers::Tiers,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What a rule said about one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its effects; none when it did not fire.
    pub effects: Vec<Effect>,
    /// What it read, in order.
    pub reads: Vec<Read>,
}

/// Why a rule gave no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoOutcome {
    /// It asked for a fact that is not known.
    Unknown(Unknown),
    /// It failed.
    Fault(Box<PolicyFault>),
}

/// What the rules have said so far, for the functions that run after them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoFar {
    /// The tier that the floors and decisions give.
    pub tier: Option<String>,
    /// Points by axis.
    pub points: BTreeMap<String, i64>,
    /// The floor of every rule that set one.
    pub floors: BTreeMap<Arc<str>, Arc<str>>,
}

/// Everything that rules can say of a case whose facts are open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlook {
    /// The lowest and the highest floor, by its place in the order of tiers from 1; 0 is none.
    pub floor: [usize; 2],
    /// The tiers that may be decided.
    pub decides: BTreeSet<Arc<str>>,
    /// Whether one is decided in any case.
    pub surely_decides: bool,
    /// The least and the most points by axis.
    pub points: BTreeMap<String, [i64; 2]>,
    /// The codes of flags that are raised in any case.
    pub flags: BTreeSet<Arc<str>>,
    /// Whether nothing is known of what they say.
    pub anything: bool,
}

impl Outlook {
    /// Nothing is known of what a rule says.
    #[must_use]
    pub fn anything(tiers: &Tiers) -> Self {
        Self { floor: [0, tiers.ordered().len()], anything: true, ..Self::default() }
    }

    /// What a rule that returns this can say; what is no effect is left out, as a fault of the policy.
    #[must_use]
    pub fn of(value: &Possible, tiers: &Tiers) -> Self {
        Self::within(value, tiers, &mut { MAX_RETURNED })
    }

    /// The same, looking at so many values at most.
    fn within(value: &Possible, tiers: &Tiers, left: &mut usize) -> Self {
        let Some(less) = left.checked_sub(1) else { return Self::anything(tiers) };
        *left = less;
        let atoms = match value {
            Possible::Several(atoms) => atoms.to_vec(),
            Possible::Known(datum) => vec![Atom::Known(datum.clone())],
            Possible::Fact(_) | Possible::Asked(_) | Possible::Closure(_) | Possible::Anything => {
                return Self::anything(tiers);
            }
        };
        let mut all = atoms.iter().filter_map(|atom| match atom {
            Atom::Known(Datum::Bool(_)) => Some(Self::default()),
            Atom::Known(datum) => effects_of(datum).ok().map(|effects| Self::of_effects(&effects, tiers)),
            Atom::List(items) => {
                let each = items.iter().map(|item| Self::within(item, tiers, left));
                Some(each.fold(Self::default(), |all, one| all.and(&one, tiers)))
            }
            _ => Some(Self::anything(tiers)),
        });
        let first = all.next().unwrap_or_default();
        all.fold(first, |either, one| either.or(&one))
    }

    /// What a rule that says this says.
    #[must_use]
    pub fn of_effects(effects: &[Effect], tiers: &Tiers) -> Self {
        let each = effects.iter().map(|effect| {
            let mut one = Self::default();
            match effect {
                Effect::AtLeast(tier) => one.floor = [tiers.rank(tier).map_or(0, |rank| rank + 1); 2],
                Effect::Decide(tier) => {
                    one.decides.insert(Arc::clone(tier));
                    one.surely_decides = true;
                }
                Effect::Points { axis, points } => drop(one.points.insert(axis.clone(), [*points; 2])),
                Effect::Flag { code, .. } => drop(one.flags.insert(Arc::clone(code))),
                Effect::Provisional(_) => {}
            }
            one
        });
        each.fold(Self::default(), |all, one| all.and(&one, tiers))
    }

    /// What both say.
    #[must_use]
    pub fn and(mut self, other: &Self, tiers: &Tiers) -> Self {
        let [low, high] = other.floor;
        self.floor = [self.floor[0].max(low), self.floor[1].max(high)];
        self.decides.extend(other.decides.iter().cloned());
        self.surely_decides |= other.surely_decides;
        self.flags.extend(other.flags.iter().cloned());
        self.anything |= other.anything;
        for (axis, [least, most]) in &other.points {
            let known = self.points.entry(axis.clone()).or_default();
            match (known[0].checked_add(*least), known[1].checked_add(*most)) {
                (Some(least), Some(most)) => *known = [least, most],
                _ => return Self::anything(tiers),
            }
        }
        self
    }

    /// What one or the other says.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        let [low, high] = other.floor;
        self.floor = [self.floor[0].min(low), self.floor[1].max(high)];
        self.decides.extend(other.decides.iter().cloned());
        self.surely_decides &= other.surely_decides;
        self.flags.retain(|code| other.flags.contains(code));
        self.anything |= other.anything;
        for axis in other.points.keys() {
            self.points.entry(axis.clone()).or_default();
        }
        for (axis, known) in &mut self.points {
            let [least, most] = other.points.get(axis).copied().unwrap_or_default();
            *known = [known[0].min(least), known[1].max(most)];
        }
        self
    }

    /// The lowest and the highest place that the tier can have, from 1; 0 is outside the order or none. Without what a `tier`
    /// function makes of it.
    #[must_use]
    pub fn places(&self, tiers: &Tiers) -> [usize; 2] {
        if self.anything {
            return [0, tiers.ordered().len()];
        }
        let place = |tier: &Arc<str>| tiers.rank(tier).map_or(0, |rank| rank + 1);
        let decided = self.decides.iter().map(place);
        match (decided.clone().min(), decided.max()) {
            (Some(low), Some(high)) if self.surely_decides => [low, high],
            (Some(low), Some(high)) => [low.min(self.floor[0]), high.max(self.floor[1])],
            _ => self.floor,
        }
    }

    /// The tiers that can come of it. Without what a `tier` function makes of it.
    #[must_use]
    pub fn tiers(&self, tiers: &Tiers) -> BTreeSet<String> {
        if self.anything {
            return tiers.all().into_iter().collect();
        }
        let decided = self.decides.iter().map(ToString::to_string);
        let [low, high] = if self.surely_decides { [1, 0] } else { self.floor };
        let floors = (low.max(1)..=high).filter_map(|place| tiers.ordered().get(place - 1).cloned());
        decided.chain(floors).collect()
    }

    /// Whether a tier can come of it: it may be decided, or lies among the floors that there can be.
    #[must_use]
    pub fn allows(&self, tier: &str, tiers: &Tiers) -> bool {
        let within = tiers.rank(tier).is_some_and(|rank| (self.floor[0].max(1)..=self.floor[1]).contains(&(rank + 1)));
        self.anything || within || self.decides.iter().any(|decided| **decided == *tier)
    }
}
