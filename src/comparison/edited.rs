//! The rules that an edit changes on a date. Of most cases they say what they said before, and then nothing else need be asked.

use crate::{
    evaluate::evaluator::Evaluator,
    language::program::{Entry, digest::FunctionDigest},
    policy::Policy,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The rules that do something else in one of two policies than in the other, between two changes of them.
#[derive(Debug)]
pub(super) struct Edited {
    /// Since when each policy has been as it is.
    pub since: [Date; 2],
    /// Their places in the old and in the new policy, nothing where one has not the rule; nothing at all where more than rules differs.
    rules: Option<Vec<[Option<usize>; 2]>>,
}

impl Edited {
    /// Those of an old and a new policy, each with its rules in force on a date, and whether they differ in a number that no rule reads.
    pub fn between(policies: [(&Policy, &[&Entry]); 2], on: Date, beyond_the_rules: bool) -> Self {
        let since = policies.map(|(policy, _)| policy.in_force_since(on));
        let [old, new] = policies.map(|(policy, _)| policy);
        let alike = !beyond_the_rules && old.unlike(new, on).is_none() && standards(old, on) == standards(new, on);
        Self { since, rules: alike.then(|| differing(policies.map(|(policy, rules)| by_name(policy, rules, on)))) }
    }

    /// Whether every one of them says the same of a case in both, and asks for nothing that is missing. Both are turned to the case.
    pub fn say_the_same(&self, [old, new]: [&mut Evaluator<'_>; 2]) -> bool {
        let Some(rules) = &self.rules else { return false };
        let said = |evaluator: &mut Evaluator<'_>, at: &Option<usize>| match at {
            Some(at) => evaluator.rule(*at).ok().map(|outcome| outcome.effects),
            None => Some(Vec::new()),
        };
        let is_same =
            |[was, is]: &[Option<usize>; 2]| said(old, was).is_some_and(|said_so| said(new, is) == Some(said_so));
        rules.iter().all(is_same) && new.is_half_left()
    }
}

/// What follows from a tier, and makes one of points, by what it does on a date.
fn standards(policy: &Policy, on: Date) -> BTreeMap<&str, FunctionDigest> {
    let mut digests = policy.function_digests(on);
    policy.program().reserved.iter().map(|(name, entry)| (name.as_str(), digests.of(entry.function))).collect()
}

/// The rules in force by name, each with its place and what it does on a date.
fn by_name<'p>(policy: &Policy, rules: &[&'p Entry], on: Date) -> BTreeMap<&'p str, (usize, FunctionDigest)> {
    let mut digests = policy.function_digests(on);
    rules.iter().enumerate().map(|(at, entry)| (&*entry.rule.name, (at, digests.of(entry.function)))).collect()
}

fn differing([old, new]: [BTreeMap<&str, (usize, FunctionDigest)>; 2]) -> Vec<[Option<usize>; 2]> {
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let sides = names.into_iter().map(|name| [old.get(name), new.get(name)]);
    let does = |side: Option<&(usize, FunctionDigest)>| side.map(|(_, does)| *does);
    let differ = sides.filter(|[was, is]| does(*was) != does(*is));
    differ.map(|sides| sides.map(|side| side.map(|(at, _)| *at))).collect()
}
