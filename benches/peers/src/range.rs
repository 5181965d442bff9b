//! What no rule language does by itself, done for all of them alike: the range that missing facts leave open, whose top is
//! acted on; flags only on evidence; professional judgement. It is part of the decision and timed with it.
//!
//! Every value of a missing fact is tried: brag works with possible values instead, and its reasons may be those of another way
//! to the same tier.

use crate::{
    answer::{Answer, Code, Effect, Effects, Flags, Standards, Tier, tier_of},
    facts::{Assumed, Domains, Fact},
    hard_coded::HardCoded,
    peer::{Language, Stop},
};
use brag::{
    calendar::WorkingDays,
    case::Case,
    decision::judgement::{Reviews, judge},
    language::{
        standard::{ReviewStandard, Unit},
        tiers::Tiers,
    },
};
use jiff::civil::Date;

/// Most combinations of missing facts that are tried.
const MAX_COMBINATIONS: usize = 4_096;

/// Working days within which a significant event asks for a review.
const REVIEW_TRIGGERED: u32 = 1;

/// What the helper knows of the policy.
#[derive(Debug)]
pub struct Frame {
    /// The date the answers are for.
    pub on: Date,
    /// The values to try for missing facts.
    pub domains: Domains,
    /// The tiers, for professional judgement.
    pub tiers: Tiers,
    /// The rules in Rust, which know what each rule reads.
    pub reads: HardCoded,
}

impl Frame {
    /// Whether a case misses so little that every way to fill it in can be tried.
    #[must_use]
    pub fn can_be_filled_in(&self, case: &Case) -> bool {
        let missing = Fact::ALL.into_iter().filter(|fact| fact.given(case).is_none());
        let ways = missing.map(|fact| self.domains.values(fact, case).count());
        ways.fold(1, usize::saturating_mul) <= MAX_COMBINATIONS
    }

    /// The frame of rules whose numbers are constants.
    #[must_use]
    pub fn hard_coded(on: Date) -> Self {
        let ordered = [Tier::Green, Tier::Amber, Tier::RedAmber, Tier::Red].map(|tier| tier.as_str().to_owned());
        let tiers = Tiers::new(ordered.to_vec(), vec![Tier::Blue.as_str().to_owned()], Vec::new());
        Self { on, domains: Domains::hard_coded(), tiers, reads: HardCoded::on(on) }
    }
}

struct Way {
    assumed: Assumed,
    effects: Effects,
    tier: Tier,
}

/// Decides a case in a language.
///
/// # Errors
///
/// What failed.
pub fn decide(language: &mut impl Language, at: usize, case: &Case, frame: &Frame) -> Result<Answer, String> {
    let mut walk = Walk { language, at, case, frame };
    let answer = match walk.language.rules(at, case, &NOTHING) {
        Ok(effects) => tier(&effects).and_then(|tier| walk.answer(&NOTHING, effects, tier, tier, Flags::of(&effects))),
        Err(Stop::Missing(_)) => walk.open(),
        Err(stop) => Err(stop),
    };
    answer.map_err(failed)
}

/// Nothing is taken for any fact: so it is with most cases.
const NOTHING: Assumed = Assumed::nothing();

fn tier(effects: &Effects) -> Result<Tier, Stop> {
    tier_of(effects).ok_or_else(|| Stop::Failed("no rule gives a tier".to_owned()))
}

fn failed(stop: Stop) -> String {
    match stop {
        Stop::Missing(fact) => format!("`{}` is missing where it must be known", fact.name()),
        Stop::Failed(message) => message,
    }
}

struct Walk<'a, L> {
    language: &'a mut L,
    at: usize,
    case: &'a Case,
    frame: &'a Frame,
}

impl<L: Language> Walk<'_, L> {
    fn try_with(&mut self, assumed: &Assumed) -> Result<Result<Way, Fact>, Stop> {
        match self.language.rules(self.at, self.case, assumed) {
            Ok(effects) => Ok(Ok(Way { assumed: *assumed, tier: tier(&effects)?, effects })),
            Err(Stop::Missing(fact)) => Ok(Err(fact)),
            Err(stop) => Err(stop),
        }
    }

    /// A case that misses a fact: one that a rule settles outright is settled, otherwise every way is tried.
    fn open(&mut self) -> Result<Answer, Stop> {
        let settled = self.language.settled(self.at, self.case, self.frame)?;
        if settled.iter().any(|effect| matches!(effect, Effect::Decide(_)))
            && let Some(tier) = tier_of(&settled)
        {
            return self.answer(&NOTHING, settled, tier, tier, Flags::of(&settled));
        }
        let ways = self.ways()?;
        let lowest = ways.iter().map(|way| way.tier).min();
        let top = ways.iter().reduce(|best, way| if way.tier > best.tier { way } else { best });
        let (Some(top), Some(lowest)) = (top, lowest) else {
            return Err(Stop::Failed("no way through the rules".to_owned()));
        };
        let flags = ways.iter().fold(Flags::of(&top.effects), |flags, way| flags.and(Flags::of(&way.effects)));
        self.answer(&top.assumed, top.effects, top.tier, lowest, flags)
    }

    fn ways(&mut self) -> Result<Vec<Way>, Stop> {
        let mut ways = Vec::new();
        if self.every_way(&NOTHING, &mut ways)? {
            return Ok(ways);
        }
        Err(Stop::Failed(format!("more than {MAX_COMBINATIONS} ways to fill in what is missing")))
    }

    /// Tries every combination below `assumed`; false when there are too many.
    fn every_way(&mut self, assumed: &Assumed, ways: &mut Vec<Way>) -> Result<bool, Stop> {
        match self.try_with(assumed)? {
            Ok(way) => {
                ways.push(way);
                Ok(ways.len() <= MAX_COMBINATIONS)
            }
            Err(fact) => {
                for value in self.frame.domains.values(fact, self.case) {
                    if !self.every_way(&assumed.with(fact, value), ways)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// The answer by one way: professional judgement may move its tier, and standards follow from that.
    fn answer(
        &mut self,
        assumed: &Assumed,
        effects: Effects,
        computed: Tier,
        lowest: Tier,
        mut flags: Flags,
    ) -> Result<Answer, Stop> {
        let mut tier = computed;
        let mut standards = self.standards(assumed, tier)?;
        if self.case.r#override.is_some() {
            let regular = standards.review_days.map(|every| ReviewStandard { every, unit: Unit::Day });
            let reviews = Reviews { regular, triggered: Some(REVIEW_TRIGGERED), days: &WorkingDays::shipped() };
            let judged = judge(self.case, tier.as_str(), &self.frame.tiers, reviews, self.frame.on);
            if let Some(judged) = judged {
                let to = Tier::parse(&judged.tier).filter(|_| judged.applied);
                match (judged.applied, judged.lowers) {
                    (true, true) => flags.raise(Code::OverrideLowers),
                    (true, false) => {}
                    (false, _) => flags.raise(Code::OverrideNotApplied),
                }
                if let Some(to) = to {
                    tier = to;
                    standards = self.standards(assumed, tier)?;
                }
            }
        }
        Ok(Answer { tier, computed, lowest, effects, flags, standards })
    }

    /// Where the standards too rest on missing facts, the most demanding that those leave open counts.
    fn standards(&mut self, assumed: &Assumed, tier: Tier) -> Result<Standards, Stop> {
        match self.language.standards(self.at, self.case, assumed, tier) {
            Err(Stop::Missing(fact)) => {
                let mut found = Vec::new();
                // The last value first, as brag takes them from its stack.
                for value in self.frame.domains.values(fact, self.case).rev() {
                    found.push(self.standards(&assumed.with(fact, value), tier)?);
                }
                let demand = |standards: &Standards| {
                    let gap = standards.contact.map_or(u32::MAX, |contact| contact.unit.days() * contact.every);
                    (gap, standards.contact.map(|contact| contact.accepts))
                };
                Ok(Standards {
                    contact: found.iter().min_by_key(|one| demand(one)).and_then(|one| one.contact),
                    review_days: found.iter().filter_map(|one| one.review_days).min(),
                    allocation: found.iter().filter_map(|one| one.allocation).min_by_key(|one| (one.grade, one.from)),
                })
            }
            found => found,
        }
    }
}

/// What every rule says by itself, for a language that runs them all at once: missing facts are filled with the first of
/// their values, and what rests on them is then taken out again.
///
/// # Errors
///
/// What failed.
pub fn settled_by_filling(
    language: &mut (impl Language + ?Sized),
    at: usize,
    case: &Case,
    frame: &Frame,
) -> Result<Effects, Stop> {
    let first = |fact: Fact| frame.domains.values(fact, case).next();
    let missing = Fact::ALL.into_iter().filter(|fact| fact.given(case).is_none());
    let values = missing.filter_map(|fact| first(fact).map(|value| (fact, value)));
    let assumed = values.fold(Assumed::default(), |assumed, (fact, value)| assumed.with(fact, value));
    let mut effects = language.rules(at, case, &assumed)?;
    let alone = frame.reads.each_rule(case, &Assumed::default());
    for (effect, alone) in effects.iter_mut().zip(alone) {
        if alone.is_err() {
            *effect = Effect::Nothing;
        }
    }
    Ok(effects)
}
