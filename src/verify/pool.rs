//! Cases to show something with: what possible values say can be is told of only once a real case shows it. They are made from the
//! worked cases of the policy and from made-up ones, with what a region holds put in.

mod allowance;
mod drawn;
mod filling;
mod lists;

pub use self::filling::put;

use self::filling::{hold, holds, moved};
use super::proof::Shown;
use crate::{
    authoring::{case_text::CaseText, made_up::made_up},
    calendar::WorkingDays,
    case::{
        input::{InputId, Source},
        value::Value,
    },
    decision::{
        assessor::Assessor,
        decide::CaseFile,
        ruling::rule,
        verdict::{Verdict, verdict},
    },
    evaluate::{
        evaluator::Held,
        inputs::{Assumed, Facts, Inputs, Unknown},
        outcome::NoOutcome,
        possible::{
            Open,
            asked::Questions,
            value::{end, of_shape},
        },
        trace::CameOut,
    },
    language::{datum::Datum, fault::PolicyFault, lower::follows_from_tier, program::Entry, tiers::Tiers},
    policy::{Policy, vocabulary::Vocabulary},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc};

/// Made-up cases that are taken beside the worked ones.
const MADE_UP: usize = 150;
/// The seed of their book.
const SEED: u64 = 1;
/// Cases that one region is tried with.
const BASES: usize = 16;
/// Facts that one case is completed with.
const MAX_UNKNOWN: usize = 64;
/// Cases that are run to make one smaller.
const MAX_SMALLER: usize = 400;
/// What a case keeps, whatever it shows.
const KEPT: [&str; 2] = ["crn", "assessed_on"];
/// The reference of a case that nobody has.
const REFERENCE: &str = "W000000";

/// A case to begin with.
#[derive(Debug, Clone)]
pub struct Base {
    text: CaseText,
    facts: Arc<Facts>,
    /// What helpers give of it, as far as that was asked.
    gives: BTreeMap<InputId, Option<Datum>>,
}

/// What comes of a case: what the policy sees of it, and its verdict.
pub type Ran = (Arc<Facts>, Result<Verdict, Box<PolicyFault>>);

/// What a case shows, if anything: one sentence, and the case as it was run, or two that differ in one thing.
pub type Shows<'a, 'p> = &'a mut dyn FnMut(&mut Pool<'p>, &CaseText) -> Option<(String, Vec<CaseText>)>;

/// Cases to show something with.
#[derive(Debug)]
pub struct Pool<'p> {
    /// The policy at work over known cases.
    pub assessor: Assessor<'p>,
    policy: &'p Policy,
    /// What a case may have on record under it.
    known: Vocabulary,
    bases: Vec<Base>,
    /// How many of them are worked cases, or the one of which nothing is known.
    written: usize,
    on: Date,
    /// How many more cases may be run for the question at hand.
    left: usize,
    /// How many more steps they may take for all questions together.
    steps_left: u64,
    /// How many of them for one region; none where cases are drawn from everywhere.
    left_here: Option<usize>,
}

impl<'p> Pool<'p> {
    /// The worked cases of a policy, as texts, and made-up ones, all as of one date.
    #[must_use]
    pub fn new(policy: &'p Policy, worked: &[String], on: Date) -> Self {
        let mut pool = Self {
            assessor: Assessor::new(policy).watching(),
            policy,
            known: policy.vocabulary(),
            bases: Vec::new(),
            written: 0,
            on,
            left: allowance::MAX_RUN,
            steps_left: allowance::MAX_STEPS,
            left_here: Some(0),
        };
        let book = made_up(SEED, on, WorkingDays::shipped(), Some(&pool.known.tiers));
        let made_up = book.take(MADE_UP).map(|case| case.to_string());
        let plain = format!("crn: {REFERENCE}\n");
        for (at, text) in worked.iter().cloned().chain([plain]).chain(made_up).enumerate() {
            let Ok(mut text) = CaseText::read(&text) else { continue };
            text.remove("expect");
            text.remove("override");
            moved(&mut text, on);
            if let (Ok(()), Some(facts)) = (text.set("assessed_on", &on.to_string()), pool.facts(&text)) {
                pool.bases.push(Base { text, facts, gives: BTreeMap::new() });
                pool.written += usize::from(at <= worked.len());
            }
        }
        pool
    }

    /// What the policy sees of a case; nothing where it would be refused.
    #[must_use]
    pub fn facts(&self, text: &CaseText) -> Option<Arc<Facts>> {
        let file = CaseFile { case: Arc::new(text.case().ok()?), document: None, sourced: None };
        Some(self.assessor.facts(&file.under(&self.known).ok()?.case, self.on))
    }

    /// Runs a case; what it lacks and a rule asks for is put in, the least that it can be.
    pub fn run(&mut self, text: &mut CaseText) -> Option<Ran> {
        for _ in 0..MAX_UNKNOWN {
            let facts = self.facts(text)?;
            let evaluator = &mut self.assessor.begin(&facts).evaluator;
            let ran = verdict(evaluator);
            let [steps, _] = evaluator.steps_taken();
            self.pay(1, steps)?;
            match ran {
                Ok(verdict) => return Some((facts, Ok(verdict))),
                Err(NoOutcome::Fault(fault)) => return Some((facts, Err(fault))),
                Err(NoOutcome::Unknown(Unknown(input))) => {
                    let input = self.policy.inputs().get(input);
                    let least = of_shape(&input.shape).map(|set| end(&set, false));
                    put(text, &input.path, &least.unwrap_or(Value::list([])))?;
                }
            }
        }
        None
    }

    /// The tier that is acted on of a case that may lack facts.
    pub fn acted_on(&mut self, text: &CaseText) -> Option<String> {
        let facts = self.facts(text)?;
        let ruled = rule(&mut self.assessor, &facts);
        let steps = self.assessor.at(&facts).evaluator.steps_taken();
        self.pay(0, steps.iter().sum())?;
        ruled.ok()?.tier
    }

    /// Looks for a case of a region that shows something, and makes it as small as it still shows the same.
    pub fn show(&mut self, held: &Held, domain: &Open, shows: Shows<'_, 'p>) -> Option<Shown> {
        let Some(left_here) = self.left_here else { return self.draw(domain, shows) };
        let questions = domain.questions.as_ref()?;
        if self.left == 0 {
            return None;
        }
        let mut order: Vec<(usize, usize)> =
            (0..self.bases.len()).map(|at| (self.misses(at, held, questions), at)).collect();
        order.sort_unstable();
        let lists = lists::ways(self.policy, self.on, held, questions);
        let policy = self.policy;
        let until = self.left.saturating_sub(left_here);
        for (_, at) in order.into_iter().take(BASES) {
            let Some(base) = self.bases.get(at).map(|base| base.text.clone()) else { continue };
            for list in &lists {
                for last in [false, true] {
                    let mut text = base.clone();
                    if hold(&mut text, policy, held, questions, last).is_none() {
                        continue;
                    }
                    if list.iter().any(|(path, words)| text.set(path, words).is_err()) {
                        continue;
                    }
                    if self.left <= until {
                        return None;
                    }
                    if shows(self, &text).is_some() {
                        return self.smallest(text, shows);
                    }
                }
            }
        }
        None
    }

    /// The tiers of the policy.
    #[must_use]
    pub fn tiers(&self) -> &'p Tiers {
        self.policy.tiers()
    }

    /// Runs what follows from each tier, whether or not the case has it: professional judgement can give it that.
    pub fn follow(&mut self, facts: &Arc<Facts>) {
        for tier in self.policy.tiers().all() {
            for name in self.policy.program().reserved.keys().filter(|name| follows_from_tier(name)) {
                // What fails is asked by itself.
                drop(self.assessor.at(facts).evaluator.follows(name, &tier));
            }
        }
    }

    /// Which conditions of the policy came out false and true since the last time.
    #[must_use]
    pub fn take_seen(&mut self) -> CameOut {
        self.assessor.take_seen(self.policy.name())
    }

    /// How a case and its tier break a law, if they do.
    pub fn breaks(&mut self, law: &Entry, text: &CaseText, tier: &str) -> Option<String> {
        let facts = self.facts(text)?;
        match self.assessor.begin(&facts).evaluator.law(law, tier) {
            Ok(true) | Err(NoOutcome::Unknown(_)) => None,
            Ok(false) => Some(format!("as {tier} the case breaks the law")),
            Err(NoOutcome::Fault(fault)) => Some(format!("the law fails: {}", fault.message)),
        }
    }

    /// Every base with what the policy sees of it.
    #[must_use]
    pub fn bases(&self) -> Vec<CaseText> {
        self.bases.iter().map(|base| base.text.clone()).collect()
    }

    /// A case made as small as it still shows the same.
    pub fn smallest(&mut self, mut text: CaseText, shows: Shows<'_, 'p>) -> Option<Shown> {
        self.left = self.left.max(MAX_SMALLER);
        drop(text.set("crn", REFERENCE));
        let (mut said, mut cases) = shows(self, &text)?;
        for path in text.paths() {
            let mut less = text.clone();
            if KEPT.contains(&path.as_str()) || !less.unset(&path) {
                continue;
            }
            if let Some(found) = shows(self, &less).filter(|(also, _)| *also == said) {
                (text, (said, cases)) = (less, found);
            }
        }
        Some(Shown { said, on: self.on, cases: cases.iter().map(|case| case.write("")).collect() })
    }

    /// How many of the computed inputs and of the helpers that a region holds a case has otherwise.
    fn misses(&mut self, at: usize, held: &Held, questions: &Questions) -> usize {
        let Some(base) = self.bases.get_mut(at) else { return usize::MAX };
        let of_helpers = held.iter().filter(|(id, set)| {
            let Some(call) = questions.get(**id).and_then(|question| question.call.as_ref()) else { return false };
            let (facts, (function, handed)) = (Arc::clone(&base.facts), call);
            let given = base.gives.entry(**id);
            let given = given.or_insert_with(|| self.assessor.begin(&facts).evaluator.helper(*function, handed));
            given.as_ref().is_some_and(|given| !holds(set, given))
        });
        let inputs = Inputs { facts: Arc::clone(&base.facts), assumed: Assumed::new() };
        let known = self.policy.inputs().all().len();
        let of_computed = held.iter().filter(|(id, _)| usize::from(id.0) < known);
        let misses = of_computed.filter(|(id, set)| {
            let is_computed = matches!(self.policy.inputs().get(**id).source, Source::Derived(_));
            is_computed && inputs.value(**id, false).is_ok_and(|value| !holds(set, &Datum::from(&value)))
        });
        of_helpers.count() + misses.count()
    }
}
