//! The books of an office beside the targets of its officers: who carries more than the target, and what would bring them back.

use crate::{
    case::words::Grade,
    caseload::{
        figures::{Books, Figures},
        level::Level,
        target::{Band, band, target},
    },
    policy::Policy,
};
use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A book of an officer, an office, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrying {
    /// Whose.
    pub level: Level,
    /// Reference of the officer, or the office; nothing over all, and for cases that name none.
    pub name: Option<String>,
    /// What it adds up to.
    pub figures: Figures,
    /// The officer's grade: that of most of the cases.
    pub grade: Option<Grade>,
    /// The officer beside the target of the grade, where the policy has one.
    pub against: Option<Against>,
    /// Whether the policy has a target for the grade that nobody can stand beside: 0 or less.
    pub is_target_idle: bool,
    /// Its officers, of an office or of all: by the office of most of their cases.
    pub officers: Officers,
}

/// An officer beside the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// Most cases.
    pub target: Decimal,
    /// The cases as a share of it, in percent.
    pub share: Decimal,
    /// The inspectors' word for that.
    pub band: Option<Band>,
    /// Cases over it.
    pub over: usize,
    /// Cases that the officers of the grade in the office could take in all before they reach it; not known where the office is
    /// not, or other officers were not looked at.
    pub room: Option<usize>,
}

/// Officers with a target.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Officers {
    /// How many.
    pub officers: usize,
    /// Those over it.
    pub over_target: usize,
    /// Those whose workload is amber.
    pub amber: usize,
    /// Those whose workload is red.
    pub red: usize,
}

/// The books beside the targets that a policy, or one that runs with it, has on a date. Whether they are whole says that no
/// officer was left out.
#[must_use]
pub fn carrying(books: Books, policy: &Policy, on: Date, is_whole: bool) -> Vec<Carrying> {
    let mut all: Vec<Carrying> = books
        .all()
        .map(|(level, name, figures)| {
            let is_officer = level == Level::Officer && name.is_some();
            let grade = Figures::most(&figures.grades).filter(|_| is_officer);
            let target = grade.and_then(|grade| target(policy, grade, on));
            let is_target_idle = target.is_some_and(|target| target <= Decimal::ZERO);
            let target = target.filter(|_| !is_target_idle);
            let against = target.and_then(|target| against(&figures, target, policy, on));
            Carrying { level, name, figures, grade, against, is_target_idle, officers: Officers::default() }
        })
        .collect();
    let mut rooms: BTreeMap<(Option<String>, Option<Grade>), usize> = BTreeMap::new();
    let mut officers: BTreeMap<Option<String>, Officers> = BTreeMap::new();
    let mut total = Officers::default();
    for one in &all {
        let Some(against) = &one.against else { continue };
        let office = Figures::most(&one.figures.offices);
        officers.entry(office.clone()).or_default().take(against);
        total.take(against);
        *rooms.entry((office, one.grade)).or_default() += room(against, one.figures.cases);
    }
    for one in &mut all {
        let (office, grade) = (Figures::most(&one.figures.offices), one.grade);
        if let Some(against) = &mut one.against {
            let is_known = is_whole && office.is_some();
            against.room = is_known.then(|| rooms.get(&(office, grade)).copied().unwrap_or_default());
        }
        one.officers = match one.level {
            Level::Officer => Officers::default(),
            Level::Office => officers.get(&one.name).copied().unwrap_or_default(),
            Level::All => total,
        };
    }
    all
}

impl Officers {
    fn take(&mut self, against: &Against) {
        self.officers += 1;
        self.over_target += usize::from(against.over > 0);
        self.amber += usize::from(against.band == Some(Band::Amber));
        self.red += usize::from(against.band == Some(Band::Red));
    }
}

fn against(figures: &Figures, target: Decimal, policy: &Policy, on: Date) -> Option<Against> {
    let cases = Decimal::from(figures.cases);
    let share = (cases * Decimal::ONE_HUNDRED).checked_div(target)?;
    let over = (cases - target).max(Decimal::ZERO).ceil().to_usize()?;
    Some(Against { target, share, band: band(policy, share, on), over, room: None })
}

fn room(against: &Against, cases: usize) -> usize {
    (against.target - Decimal::from(cases)).max(Decimal::ZERO).floor().to_usize().unwrap_or_default()
}
