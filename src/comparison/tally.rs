//! What comparisons of many cases add up to: who moves from where to where, why, and what it costs.

use super::{cause::MoveCause, compared::Compared, stand::Stand};
use crate::{case::words::Grade, language::tiers::Tiers};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Cases of a cause that are kept.
const KEPT: usize = 100;
/// What stands for the tier of a case without an answer.
pub const NO_ANSWER: &str = "no answer";
/// What stands for the tier of a case to which a policy gives none.
const NO_TIER: &str = "no tier";

/// What many cases add up to.
#[derive(Debug, Default)]
pub struct Tally {
    /// Cases that were looked at.
    pub cases: usize,
    /// Cases by their old and new tier.
    pub matrix: BTreeMap<(String, String), usize>,
    /// Cases by why they moved.
    pub causes: BTreeMap<Vec<MoveCause>, Moves>,
    /// Contacts and reviews a week, by whose: before and after.
    pub loads: BTreeMap<(Whose, Option<String>), [Load; 2]>,
    /// Cases of an officer that a policy gives to the officer's grade: before and after.
    pub held: BTreeMap<(Grade, String), [usize; 2]>,
    /// Flags by their code: gained and lost.
    pub flags: BTreeMap<Arc<str>, [usize; 2]>,
    /// Answers that became provisional, and that no longer are.
    pub provisional: [usize; 2],
    /// Cases that another grade of officer is to hold.
    pub grades: BTreeMap<(Option<Grade>, Option<Grade>), usize>,
    /// Cases whose standards of contact or review differ though their tier does not.
    pub only_standards: usize,
    /// Cases that move up and down the order of tiers.
    pub up_and_down: [usize; 2],
}

/// Whose load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// That of all cases.
    All,
    /// That of the officers of a grade.
    Grade,
    /// That of an office.
    Office,
    /// That of an officer.
    Officer,
}

/// What cases ask for in a week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Contacts.
    pub contacts: Decimal,
    /// Reviews.
    pub reviews: Decimal,
}

/// The cases that moved for one reason.
#[derive(Debug, Default)]
pub struct Moves {
    /// By their old and new tier.
    pub moves: BTreeMap<(String, String), usize>,
    /// The first of them.
    pub first: Vec<MovedCase>,
}

/// A case that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MovedCase {
    /// Case reference.
    pub crn: Arc<str>,
    /// The old tier.
    pub old: String,
    /// The new tier.
    pub new: String,
    /// What the rules that made the difference saw.
    pub saw: Vec<String>,
}

impl Moves {
    /// How many.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.moves.values().sum()
    }
}

/// What a side is called in the matrix.
pub fn tier_of<E>(stand: &Result<Stand, E>) -> &str {
    stand.as_ref().map_or(NO_ANSWER, |stand| stand.tier.as_deref().unwrap_or(NO_TIER))
}

/// Whether a case moves up or down the tiers of the new policy, or of the old one where that one knows both alone.
#[must_use]
pub fn direction(old: &str, new: &str, tiers: [&Tiers; 2]) -> Ordering {
    let [before, after] = tiers;
    let ranks = |tiers: &Tiers| tiers.rank(old).zip(tiers.rank(new));
    ranks(after).or_else(|| ranks(before)).map_or(Ordering::Equal, |(old, new)| new.cmp(&old))
}

impl Tally {
    /// Adds a case.
    pub fn add(&mut self, case: &Compared, tiers: [&Tiers; 2]) {
        self.cases += 1;
        let [old, new] = [&case.old, &case.new].map(|side| tier_of(side).to_owned());
        match direction(&old, &new, tiers) {
            Ordering::Greater => self.up_and_down[0] += 1,
            Ordering::Less => self.up_and_down[1] += 1,
            Ordering::Equal => {}
        }
        let pair = (old, new);
        if case.moved() {
            let group = self.causes.entry(case.causes.clone()).or_default();
            *group.moves.entry(pair.clone()).or_default() += 1;
            if group.first.len() < KEPT {
                let (old, new) = pair.clone();
                group.first.push(MovedCase { crn: Arc::clone(&case.crn), old, new, saw: case.saw.clone() });
            }
        }
        *self.matrix.entry(pair).or_default() += 1;
        self.add_loads(case);
        self.add_held(case);
        if let (Ok(old), Ok(new)) = (&case.old, &case.new) {
            self.add_rest(old, new);
        }
    }

    fn add_loads(&mut self, case: &Compared) {
        let whose = [
            (Whose::All, Some(None)),
            (Whose::Grade, case.grade.map(|grade| Some(grade.as_str().to_owned()))),
            (Whose::Office, case.office.clone().map(Some)),
            (Whose::Officer, case.officer.clone().map(Some)),
        ];
        for (whose, name) in whose {
            let Some(name) = name else { continue };
            let loads = self.loads.entry((whose, name)).or_default();
            for (load, stand) in loads.iter_mut().zip([&case.old, &case.new]) {
                if let Ok(stand) = stand {
                    load.contacts += stand.contacts;
                    load.reviews += stand.reviews;
                }
            }
        }
    }

    fn add_held(&mut self, case: &Compared) {
        let (Some(grade), Some(officer)) = (case.grade, &case.officer) else { return };
        let held = self.held.entry((grade, officer.clone())).or_default();
        for (held, stand) in held.iter_mut().zip([&case.old, &case.new]) {
            *held += usize::from(stand.as_ref().is_ok_and(|stand| stand.grade == Some(grade)));
        }
    }

    fn add_rest(&mut self, old: &Stand, new: &Stand) {
        for code in new.flags.difference(&old.flags) {
            self.flags.entry(Arc::clone(code)).or_default()[0] += 1;
        }
        for code in old.flags.difference(&new.flags) {
            self.flags.entry(Arc::clone(code)).or_default()[1] += 1;
        }
        self.provisional[0] += usize::from(new.provisional && !old.provisional);
        self.provisional[1] += usize::from(old.provisional && !new.provisional);
        if old.grade != new.grade {
            *self.grades.entry((old.grade, new.grade)).or_default() += 1;
        }
        let same_standards = (old.contacts, old.reviews) == (new.contacts, new.reviews);
        self.only_standards += usize::from(old.tier == new.tier && !same_standards);
    }

    /// How many have no answer under the old policy alone, and under the new one alone.
    #[must_use]
    pub fn without_answer(&self) -> [usize; 2] {
        let of = |is_it: fn(&(String, String)) -> bool| {
            self.matrix.iter().filter(|(pair, _)| is_it(pair)).map(|(_, count)| count).sum()
        };
        [of(|(old, _)| old == NO_ANSWER), of(|(_, new)| new == NO_ANSWER)]
    }

    /// How many moved, those that have an answer on one side only among them.
    #[must_use]
    pub fn moved(&self) -> usize {
        self.matrix.iter().filter(|((old, new), _)| old != new).map(|(_, count)| count).sum()
    }

    /// The names of the rows and columns: the tiers of both policies that some case has, the most intensive first, then those
    /// outside the order, then what is no tier.
    #[must_use]
    pub fn tiers(&self, tiers: [&Tiers; 2]) -> Vec<String> {
        let seen: BTreeSet<&String> = self.matrix.keys().flat_map(|(old, new)| [old, new]).collect();
        let [before, after] = tiers;
        let declared =
            [after, before].into_iter().flat_map(|tiers| tiers.ordered().iter().rev().chain(tiers.outside()));
        let mut names: Vec<String> = Vec::new();
        for name in declared.map(String::as_str).chain([NO_TIER, NO_ANSWER]) {
            if seen.iter().any(|one| *one == name) && !names.iter().any(|one| one == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}
