//! The rules that an edit changes on a date. Of most cases they say what they said before, and then nothing else need be asked.

use super::policy_change::named;
use crate::{
    case::Case,
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts},
        possible::value::alike,
    },
    language::program::{
        Entry, Expr, Function, Program,
        digest::{FunctionDigest, FunctionDigests},
    },
    policy::Policy,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The rules that do something else in one of two policies than in the other, between two changes of them.
#[derive(Debug)]
pub(super) struct Edited {
    /// Since when each policy has been as it is.
    pub since: [Date; 2],
    /// The rules that differ; nothing where more than rules does.
    rules: Option<EditedRules>,
    /// The tiers under which something else may be owed.
    owed_otherwise: BTreeSet<String>,
}

/// What tells whether the rules that differ say the same of a case.
#[derive(Debug)]
struct EditedRules {
    /// Their places in the old and in the new policy, nothing where one has not the rule.
    all: Vec<[Option<usize>; 2]>,
    /// The helpers of a case alone that differ, by their numbers in either, such that what they call beside each other does not.
    helpers: Vec<[u32; 2]>,
    /// The rules that differ in more than those helpers.
    beside: Vec<[Option<usize>; 2]>,
}

impl Edited {
    /// Those of an old and a new policy at work over some facts of a date, and whether they differ in a number that no rule reads.
    pub fn between(sides: [(&Policy, &mut Evaluator<'_>); 2], facts: &[Arc<Facts>; 2], beyond_the_rules: bool) -> Self {
        let on = facts[0].on;
        let [(old, of_old), (new, of_new)] = sides;
        let since = [old, new].map(|policy| policy.in_force_since(on));
        let does = [old, new].map(|policy| standards(policy, on));
        let alike = !beyond_the_rules && old.unlike(new, on).is_none() && does[0] == does[1];
        let rules = alike.then(|| EditedRules::between([old, new], [of_old.rules(), of_new.rules()], on));
        let differ: Vec<&str> = does[0].keys().chain(does[1].keys()).copied().collect();
        let differ: BTreeSet<&str> = differ.into_iter().filter(|name| does[0].get(name) != does[1].get(name)).collect();
        let mut owed_otherwise = BTreeSet::new();
        if !differ.is_empty() {
            let told = |evaluator: &mut Evaluator<'_>, facts: &Arc<Facts>| {
                evaluator.open(facts, Assumed::new());
                evaluator.open_everything();
                let tiers = old.tiers().all().into_iter().chain(new.tiers().all());
                let told = tiers.map(|tier| {
                    let owed = differ.iter().map(|name| evaluator.owed_of_any(name, &tier)).collect();
                    (tier, owed)
                });
                let told: BTreeMap<String, Vec<Option<String>>> = told.collect();
                evaluator.open(facts, Assumed::new());
                told
            };
            let (was, is) = (told(of_old, &facts[0]), told(of_new, &facts[1]));
            // What cannot be told may be another thing.
            let is_same = |tier: &String| {
                was.get(tier) == is.get(tier) && was.get(tier).is_some_and(|all| all.iter().all(Option::is_some))
            };
            owed_otherwise = was.keys().filter(|tier| !is_same(tier)).cloned().collect();
        }
        Self { since, rules, owed_otherwise }
    }

    /// Whether something else may be owed to a case, now or under a tier that it had.
    pub fn owes_otherwise(&self, case: &Case) -> bool {
        !self.owed_otherwise.is_empty()
            && case.ratings.iter().any(|rating| self.owed_otherwise.contains(rating.tier.as_str()))
    }

    /// Whether every one of them says the same of a case in both, and asks for nothing that is missing. Both are turned to the case.
    pub fn say_the_same(&self, [old, new]: [&mut Evaluator<'_>; 2]) -> bool {
        let Some(EditedRules { all, helpers, beside }) = &self.rules else { return false };
        let gives_the_same = |[was, is]: &[u32; 2]| {
            let given = old.helper(*was, &[]).zip(new.helper(*is, &[]));
            given.is_some_and(|(gave, gives)| alike(&gave, &gives))
        };
        let rules = if helpers.iter().all(gives_the_same) { beside } else { all };
        let said = |evaluator: &mut Evaluator<'_>, at: &Option<usize>| match at {
            Some(at) => evaluator.rule(*at).ok().map(|outcome| outcome.effects),
            None => Some(Vec::new()),
        };
        let is_same =
            |[was, is]: &[Option<usize>; 2]| said(old, was).is_some_and(|said_so| said(new, is) == Some(said_so));
        rules.iter().all(is_same) && new.is_half_left()
    }
}

impl EditedRules {
    /// Of two policies, by the rules that are in force in them on a date.
    fn between(policies: [&Policy; 2], in_force: [&[&Entry]; 2], on: Date) -> Self {
        let [old, new] = &mut policies.map(|policy| policy.function_digests(on));
        let [of_old, of_new] = in_force;
        let all = differing([by_name(of_old, old), by_name(of_new, new)]);
        let was = all.iter().filter_map(|[was, _]| of_old.get((*was)?));
        let is = all.iter().filter_map(|[_, is]| of_new.get((*is)?));
        let called = helpers(policies[1].program(), is);
        let pair = |(name, (depth, was))| Some((depth, [was, called.get(&name)?.1]));
        let mut pairs: Vec<(usize, [u32; 2])> =
            helpers(policies[0].program(), was).into_iter().filter_map(pair).collect();
        pairs.sort_unstable();
        let mut helpers = Vec::new();
        for (_, [was, is]) in pairs {
            // Where one differs in nothing but others that give the same, it gives the same itself.
            if old.of(was) != new.of(is) {
                new.take(is, old.of(was));
                helpers.push([was, is]);
            }
        }
        let beside = differing([by_name(of_old, old), by_name(of_new, new)]);
        Self { all, helpers, beside }
    }
}

/// The helpers that some rules call and that are handed nothing but the case, by name: on how many functions each stands, and its
/// number. None where it is asked whether what a helper gives is known: that rests on more than what it gives.
fn helpers<'e>(program: &Program, rules: impl Iterator<Item = &'e &'e Entry>) -> BTreeMap<String, (usize, u32)> {
    let called: BTreeSet<u32> = rules.flat_map(|entry| program.ground(entry.function).functions).collect();
    if called.iter().any(|number| asks_whether_known(program.function(*number))) {
        return BTreeMap::new();
    }
    let of_a_case = called.into_iter().filter_map(|number| {
        let function = program.function(number);
        let name = named(program.source(function.script)?, &function.name);
        let is_one = function.cell.is_some() && function.parameters == 0;
        is_one.then(|| (name, (program.ground(number).functions.len(), number)))
    });
    of_a_case.collect()
}

fn asks_whether_known(function: &Function) -> bool {
    let mut asks = false;
    function.body.walk(&mut |node| {
        if let Expr::Known(inner) = &node.expr {
            inner.walk(&mut |node| asks |= matches!(node.expr, Expr::Call(..)));
        }
    });
    asks
}

/// What follows from a tier, and makes one of points, by what it does on a date.
fn standards(policy: &Policy, on: Date) -> BTreeMap<&str, FunctionDigest> {
    let mut digests = policy.function_digests(on);
    policy.program().reserved.iter().map(|(name, entry)| (name.as_str(), digests.of(entry.function))).collect()
}

/// The rules in force by name, each with its place and what it does.
fn by_name<'p>(rules: &[&'p Entry], digests: &mut FunctionDigests<'_>) -> BTreeMap<&'p str, (usize, FunctionDigest)> {
    rules.iter().enumerate().map(|(at, entry)| (&*entry.rule.name, (at, digests.of(entry.function)))).collect()
}

fn differing([old, new]: [BTreeMap<&str, (usize, FunctionDigest)>; 2]) -> Vec<[Option<usize>; 2]> {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let sides = names.into_iter().map(|name| [old.get(name), new.get(name)]);
    let does = |side: Option<&(usize, FunctionDigest)>| side.map(|(_, does)| *does);
    let differ = sides.filter(|[was, is]| does(*was) != does(*is));
    differ.map(|sides| sides.map(|side| side.map(|(at, _)| *at))).collect()
}
