//! The variables of a function that is walked, and what a function is called with.

use super::{
    book,
    meaning::{Leaf, Meaning, One, Spot, Table},
    walk::Walk,
};
use crate::{
    case::{domain::Domain, later::LOWERED, record::Field},
    language::{
        kinds::Kinds,
        lower::{follows_from_tier, is_law},
        tree::Place,
    },
};
use std::{ptr, rc::Rc};

impl Walk<'_> {
    /// The same, where the tiers that are recorded are those of the policy.
    pub(super) fn recorded(&self, of: Meaning) -> Meaning {
        let recorded = |leaf: &Leaf| {
            let paths = [
                "previous_tier",
                "override.tier",
                "assessed.computed",
                "assessed.computed_at_least",
                "assessed.recorded",
                "tier",
            ];
            paths.contains(&leaf.path.as_str())
        };
        match of.ones() {
            [One::Of(leaf)] if recorded(leaf) => self.tier_of(of),
            _ => of,
        }
    }

    /// A field of an entry: those of a list that the engine makes name tiers as those of a case do.
    pub(super) fn field_as(&self, fields: &'static [Field], of: Meaning) -> Meaning {
        let is_made = [book::CASES, book::REVIEWS, book::OVERRIDES, LOWERED].iter().any(|made| ptr::eq(*made, fields));
        let is_tier = |leaf: &Leaf| ["recorded", "computed", "was", "tier", "from", "to"].contains(&leaf.path.as_str());
        match of.ones() {
            [One::Of(leaf)] if is_made && is_tier(leaf) => self.tier_of(of),
            _ => self.recorded(of),
        }
    }

    /// The same as a tier of the policy, where it is a text.
    fn tier_of(&self, of: Meaning) -> Meaning {
        let all = self.tiers.all();
        match of.ones() {
            [One::Of(leaf)] if leaf.domain == Domain::Text && !all.is_empty() => {
                Meaning::of_domain(leaf.path.clone(), Domain::OwnWords(all), leaf.input)
            }
            _ => of,
        }
    }

    /// What a function is called with beside `person`.
    pub(super) fn given(&self, name: &str) -> Vec<Meaning> {
        let tiers = self.policy.tiers();
        let tier = |path: &str| Meaning::of_domain(path, Domain::OwnWords(tiers.all()), None);
        match name {
            name if follows_from_tier(name) || is_law(name) => vec![tier("tier")],
            "tier" | "provisional" => {
                let spot = Spot::Script(0, Place::default());
                let table = |entries: Vec<(String, Meaning)>| {
                    let entries = entries.into_iter().map(|(name, meaning)| (name, spot, meaning)).collect();
                    Meaning::one(One::Table(Rc::new(Table { entries, spot })))
                };
                let number = || Meaning::of_kinds(Kinds::NUMBER);
                let points = tiers.axes().iter().map(|axis| (axis.clone(), number())).collect();
                let floors = self
                    .policy
                    .rules()
                    .map(|rule| (rule.name.to_string(), tier("so_far.floors").or(Meaning::one(One::Absent))));
                let floors = floors.collect();
                let tier = tier("so_far.tier").or(Meaning::one(One::Absent));
                vec![table(vec![
                    ("tier".to_owned(), tier),
                    ("points".to_owned(), table(points)),
                    ("floors".to_owned(), table(floors)),
                ])]
            }
            "caseload" => vec![book::book()],
            _ => Vec::new(),
        }
    }

    pub(super) fn locals(&self) -> Vec<Meaning> {
        self.frames.last().map(|frame| frame.locals.clone()).unwrap_or_default()
    }

    pub(super) fn replace(&mut self, locals: Vec<Meaning>) -> Vec<Meaning> {
        self.frames.last_mut().map(|frame| std::mem::replace(&mut frame.locals, locals)).unwrap_or_default()
    }

    pub(super) fn join(&mut self, others: Vec<Meaning>) {
        if let Some(frame) = self.frames.last_mut() {
            for (one, other) in frame.locals.iter_mut().zip(others) {
                *one = std::mem::replace(one, Meaning::never()).or(other);
            }
        }
    }

    pub(super) fn local(&self, slot: u16) -> Meaning {
        let frame = self.frames.last();
        frame.and_then(|frame| frame.locals.get(usize::from(slot))).cloned().unwrap_or(Meaning::ANYTHING)
    }

    pub(super) fn set(&mut self, slot: u16, value: Meaning) {
        let place = self.frames.last_mut().and_then(|frame| frame.locals.get_mut(usize::from(slot)));
        if let Some(place) = place {
            *place = value;
        }
    }
}
