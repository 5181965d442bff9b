//! What missing facts leave open. A policy is run for every value that a missing fact could have; the tiers that come out
//! are the range, and the top of it is acted on, so that a missing fact never lowers a tier.

use crate::{
    case::{input::InputId, value::Value},
    decision::{
        tried::{Sweep, values},
        verdict::{Said, Verdict},
    },
    policy::{
        edition::Stop,
        fault::PolicyFault,
        runner::Runner,
        sight::{Assumed, Facts, Unknown},
        tiers::Tiers,
    },
};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most combinations of missing facts that are tried.
const MAX_COMBINATIONS: usize = 4_096;

/// A fact that would settle the tier, or narrow what is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsettled {
    /// Path of the input.
    pub path: Arc<str>,
    /// How many of the values tried for it settle the tier by themselves.
    pub settles: usize,
    /// How many values were tried for it.
    pub tried: usize,
}

/// Every way a case could go.
#[derive(Debug, Clone)]
pub struct Range {
    /// Each combination of missing facts that was tried, with what came out.
    pub ways: Vec<(Assumed, Verdict)>,
    /// Whether every value was tried.
    pub exhaustive: bool,
}

/// Runs the rules for every value that the missing facts could have.
///
/// # Errors
///
/// The first fault that a rule meets on any of these ways: one that some value of a missing fact would bring about.
pub fn range(runner: &mut Runner, facts: &Arc<Facts>) -> Result<Range, Box<PolicyFault>> {
    runner.turn_to(facts, Assumed::new());
    let mut said = Said::by(runner, None)?;
    let one_way = |verdict| Ok(Range { ways: vec![(Assumed::new(), verdict)], exhaustive: true });
    if let Some(verdict) = said.settled(runner)? {
        return one_way(verdict);
    }
    if said.unknown.is_none() {
        match said.verdict(runner) {
            Ok(verdict) => return one_way(verdict),
            Err(Stop::Fault(fault)) => return Err(fault),
            // It is a function that runs after the rules which misses a fact.
            Err(Stop::Unknown(_)) => said = Said::by(runner, None)?,
        }
    }
    Walk { runner, facts, said, sweep: Sweep::Every, kinds: BTreeMap::new() }.range()
}

struct Walk<'a> {
    runner: &'a mut Runner,
    facts: &'a Arc<Facts>,
    /// What the rules say that ask for nothing missing.
    said: Said,
    sweep: Sweep,
    kinds: BTreeMap<InputId, Vec<Value>>,
}

impl Walk<'_> {
    fn range(mut self) -> Result<Range, Box<PolicyFault>> {
        let first = self.complete(Assumed::new(), false)?;
        if first.0.is_empty() {
            return Ok(Range { ways: vec![first], exhaustive: true });
        }
        for sweep in [Sweep::Every, Sweep::Kinds, Sweep::Ends] {
            self.sweep = sweep;
            if sweep == Sweep::Kinds {
                self.find_kinds(&first.0)?;
            }
            let combinations = first.0.keys().fold(1_usize, |all, fact| all.saturating_mul(self.values(*fact).len()));
            let mut ways = Vec::new();
            if combinations <= MAX_COMBINATIONS && self.every_way(Assumed::new(), &mut ways)? {
                return Ok(Range { ways, exhaustive: sweep == Sweep::Every });
            }
        }
        Ok(Range { ways: self.one_at_a_time()?, exhaustive: false })
    }

    /// Sorts the values of each missing fact into runs that no rule tells apart, with the other facts at their ends.
    fn find_kinds(&mut self, missing: &Assumed) -> Result<(), Box<PolicyFault>> {
        for last in [false, true] {
            let base = self.complete(Assumed::new(), last)?.0;
            for fact in missing.keys().chain(base.keys()) {
                let mut former: Option<Verdict> = None;
                for value in values(self.facts.inputs.get(*fact), self.runner.edition(), Sweep::Every) {
                    let mut assumed = base.clone();
                    assumed.insert(*fact, value.clone());
                    let (_, verdict) = self.complete(assumed, last)?;
                    let kinds = self.kinds.entry(*fact).or_default();
                    if former.as_ref().is_none_or(|former| !says_the_same(former, &verdict)) && !kinds.contains(&value)
                    {
                        kinds.push(value);
                    }
                    former = Some(verdict);
                }
            }
        }
        Ok(())
    }

    /// Tries every combination below `assumed`; false when there are too many.
    fn every_way(&mut self, assumed: Assumed, ways: &mut Vec<(Assumed, Verdict)>) -> Result<bool, Box<PolicyFault>> {
        match self.try_with(&assumed)? {
            Ok(verdict) => {
                ways.push((assumed, verdict));
                Ok(ways.len() <= MAX_COMBINATIONS)
            }
            Err(Unknown(fact)) => {
                for value in self.values(fact) {
                    let mut assumed = assumed.clone();
                    assumed.insert(fact, value);
                    if !self.every_way(assumed, ways)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// Too many facts are missing even for their ends: all at one end, all at the other, and each alone at the other.
    fn one_at_a_time(&mut self) -> Result<Vec<(Assumed, Verdict)>, Box<PolicyFault>> {
        let mut ways = Vec::new();
        for last in [false, true] {
            let base = self.complete(Assumed::new(), last)?;
            let facts: Vec<InputId> = base.0.keys().copied().collect();
            ways.push(base);
            for fact in facts {
                ways.push(self.complete(Assumed::from([(fact, self.end(fact, !last))]), last)?);
            }
        }
        Ok(ways)
    }

    /// Fills in what `assumed` leaves open with one end of each fact.
    fn complete(&mut self, mut assumed: Assumed, last: bool) -> Result<(Assumed, Verdict), Box<PolicyFault>> {
        loop {
            match self.try_with(&assumed)? {
                Ok(verdict) => return Ok((assumed, verdict)),
                Err(Unknown(fact)) => drop(assumed.insert(fact, self.end(fact, last))),
            }
        }
    }

    fn end(&self, fact: InputId, last: bool) -> Value {
        let values = values(self.facts.inputs.get(fact), self.runner.edition(), Sweep::Every);
        if last { values.last() } else { values.first() }.cloned().unwrap_or_default()
    }

    fn try_with(&mut self, assumed: &Assumed) -> Result<Result<Verdict, Unknown>, Box<PolicyFault>> {
        self.runner.turn_to(self.facts, assumed.clone());
        match Said::by(self.runner, Some(&self.said))?.verdict(self.runner) {
            Ok(verdict) => Ok(Ok(verdict)),
            Err(Stop::Unknown(unknown)) => Ok(Err(unknown)),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }

    fn values(&self, fact: InputId) -> Vec<Value> {
        match (self.sweep, self.kinds.get(&fact)) {
            (Sweep::Kinds, Some(kinds)) => kinds.clone(),
            _ => values(self.facts.inputs.get(fact), self.runner.edition(), self.sweep),
        }
    }
}

fn says_the_same(one: &Verdict, other: &Verdict) -> bool {
    let mut pairs = one.outcomes.iter().zip(&other.outcomes);
    one.tier == other.tier && one.points == other.points && pairs.all(|(one, other)| one.effects == other.effects)
}

impl Range {
    /// The way that gives the highest tier, the first of them. A tier outside the order is no intensity: it counts below
    /// every other, so that a case that may or may not be outside is acted on as if it were not.
    #[must_use]
    pub fn top(&self, tiers: &Tiers) -> Option<&(Assumed, Verdict)> {
        let rank = |way: &(Assumed, Verdict)| place(tiers, &way.1);
        self.ways.iter().reduce(|best, way| if rank(way) > rank(best) { way } else { best })
    }

    /// The lowest and the highest tier, when they differ.
    #[must_use]
    pub fn ends(&self, tiers: &Tiers) -> Option<[String; 2]> {
        let rank = |way: &&(Assumed, Verdict)| place(tiers, &way.1);
        let lowest = self.ways.iter().min_by_key(rank)?.1.tier.clone()?;
        let highest = self.top(tiers)?.1.tier.clone()?;
        (lowest != highest).then_some([lowest, highest])
    }

    /// The facts whose values bear on the tier, the most decisive first.
    #[must_use]
    pub fn unsettled(&self, facts: &Facts) -> Vec<Unsettled> {
        let asked: BTreeSet<InputId> = self.ways.iter().flat_map(|(assumed, _)| assumed.keys().copied()).collect();
        let mut unsettled: Vec<Unsettled> = asked.into_iter().filter_map(|fact| self.bearing(fact, facts)).collect();
        unsettled.sort_by_key(|one| std::cmp::Reverse((one.settles * 1_000).checked_div(one.tried)));
        unsettled
    }

    /// How a fact bears on the tier: for each of its values, which tiers are left.
    fn bearing(&self, fact: InputId, facts: &Facts) -> Option<Unsettled> {
        let mut places: FxHashMap<&Value, usize> = FxHashMap::default();
        let mut left: Vec<BTreeSet<&Option<String>>> = Vec::new();
        let mut anyway = BTreeSet::new();
        for (assumed, verdict) in &self.ways {
            let Some(value) = assumed.get(&fact) else {
                anyway.insert(&verdict.tier);
                continue;
            };
            let place = *places.entry(value).or_insert(left.len());
            match left.get_mut(place) {
                Some(tiers) => drop(tiers.insert(&verdict.tier)),
                None => left.push(BTreeSet::from([&verdict.tier])),
            }
        }
        for tiers in &mut left {
            tiers.extend(&anyway);
        }
        let bears = left.windows(2).any(|pair| matches!(pair, [one, other] if one != other));
        let settles = left.iter().filter(|tiers| tiers.len() == 1).count();
        let path = Arc::clone(&facts.inputs.get(fact).path);
        bears.then_some(Unsettled { path, settles, tried: left.len() })
    }
}

/// Where a tier stands in the order, counted from 1; 0 outside it.
fn place(tiers: &Tiers, verdict: &Verdict) -> usize {
    verdict.tier.as_deref().and_then(|tier| tiers.rank(tier)).map_or(0, |rank| rank + 1)
}
