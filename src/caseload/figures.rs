//! What a book adds up to, per officer, per office and over all: as much memory as there are officers, however many the cases.

use crate::{
    case::words::Grade,
    caseload::{
        forecast::What,
        level::Level,
        standing::{Relief, Standing},
    },
};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, sync::Arc};

/// What some cases add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many.
    pub cases: usize,
    /// The grades that they give their officer.
    pub grades: BTreeMap<Grade, usize>,
    /// Their offices.
    pub offices: BTreeMap<String, usize>,
    /// By the tier on record.
    pub recorded: BTreeMap<Option<String>, usize>,
    /// By the tier to act on.
    pub to_act_on: BTreeMap<Option<String>, usize>,
    /// Points of their work under the tiers on record, and under those to act on.
    pub points: [u64; 2],
    /// Contacts owed in a week.
    pub contacts: Decimal,
    /// Those of them that are home visits and nothing else.
    pub home_visits: Decimal,
    /// Contacts and reviews overdue.
    pub overdue: [usize; 2],
    /// Reviews due within six weeks.
    pub reviews_near: usize,
    /// Tiers that rest on incomplete evidence.
    pub provisional: usize,
    /// Recorded under a lower tier than the one to act on.
    pub below: usize,
    /// Of which something is not recorded.
    pub incomplete: usize,
    /// What is not recorded, by its path.
    pub missing: BTreeMap<Arc<str>, usize>,
    /// How cases could leave the officer.
    pub relief: BTreeMap<Relief, usize>,
    /// What is known to come, by week.
    pub coming: BTreeMap<(u16, What), u64>,
}

impl Figures {
    fn add(&mut self, case: &Standing) {
        self.cases += 1;
        case.grade.into_iter().for_each(|grade| *self.grades.entry(grade).or_default() += 1);
        count(&mut self.recorded, &case.recorded);
        count(&mut self.to_act_on, &case.to_act_on);
        if let Some(office) = &case.office {
            count(&mut self.offices, office);
        }
        for (sum, points) in self.points.iter_mut().zip(case.points) {
            *sum += u64::from(points);
        }
        self.contacts += case.contacts;
        self.home_visits += case.home_visits;
        for (sum, is_overdue) in self.overdue.iter_mut().zip(case.is_overdue) {
            *sum += usize::from(is_overdue);
        }
        self.reviews_near += usize::from(case.is_review_near);
        self.provisional += usize::from(case.is_provisional);
        self.below += usize::from(case.is_below);
        self.incomplete += usize::from(!case.missing.is_empty());
        case.missing.iter().for_each(|path| count(&mut self.missing, path));
        case.relief.into_iter().for_each(|relief| *self.relief.entry(relief).or_default() += 1);
        for coming in &case.coming {
            let (what, many) = match &coming.what {
                What::Contacts(tier, times) => (What::Contacts(tier.clone(), 1), u64::from(*times)),
                what => (what.clone(), 1),
            };
            *self.coming.entry((coming.week, what)).or_default() += many;
        }
    }

    /// What most of the cases say; of several that as many say the first.
    pub(super) fn most<K: Clone + Ord>(said: &BTreeMap<K, usize>) -> Option<K> {
        said.iter().rev().max_by_key(|(_, many)| **many).map(|(key, _)| key.clone())
    }
}

fn count<K: Clone + Ord>(counts: &mut BTreeMap<K, usize>, key: &K) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.clone(), 1)),
    }
}

/// Books by whose they are. Cases without an officer or an office are a book too, one without a name.
#[derive(Debug, Clone, Default)]
pub struct Books(BTreeMap<Level, BTreeMap<Option<String>, Figures>>);

impl Books {
    /// Takes a case.
    pub fn add(&mut self, case: &Standing) {
        for (level, name) in [(Level::Officer, &case.officer), (Level::Office, &case.office), (Level::All, &None)] {
            let of_level = self.0.entry(level).or_default();
            if !of_level.contains_key(name) {
                of_level.insert(name.clone(), Figures::default());
            }
            of_level.get_mut(name).into_iter().for_each(|figures| figures.add(case));
        }
    }

    /// The books: officers, offices, all; by name, those without one last.
    pub(super) fn all(self) -> impl Iterator<Item = (Level, Option<String>, Figures)> {
        self.0.into_iter().flat_map(|(level, books)| {
            let (named, nameless): (Vec<_>, Vec<_>) = books.into_iter().partition(|(name, _)| name.is_some());
            named.into_iter().chain(nameless).map(move |(name, figures)| (level, name, figures))
        })
    }
}
