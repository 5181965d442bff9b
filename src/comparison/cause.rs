//! Why a case comes out otherwise: the rules that say something else of its tier, each with what differs in them.

use crate::{
    case::value::Value,
    decision::ruling::Ruling,
    evaluate::{
        inputs::{Inputs, Origin},
        outcome::Outcome,
    },
    language::{effect::Effect, fault::PolicyFault, rule::Rule, standard::CalendarRules},
    policy::Policy,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A rule that says something else of the tier, and what differs in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct MoveCause {
    /// The rule; `override` where professional judgement made the difference, `tier` where the function of that name did.
    pub rule: Arc<str>,
    /// What differs: `uplift_needs: 5 to 4`, `needs_at is changed, line 12`, `new rule`.
    pub differs: Vec<String>,
}

/// What a rule of one policy stands on: the numbers that it can read and the functions that it can call.
#[derive(Debug, Default)]
struct Reach {
    numbers: BTreeSet<String>,
    functions: BTreeSet<String>,
}

/// What the causes of two policies are looked up in.
#[derive(Debug)]
pub struct Causes<'p> {
    policies: [&'p Policy; 2],
    /// By rule or reserved function, what it stands on in either.
    grounds: BTreeMap<Arc<str>, Reach>,
    /// The functions that are written otherwise, each with the line from which.
    functions: BTreeMap<String, Option<usize>>,
    /// What else differs.
    others: Vec<String>,
}

/// One side of a case: what the rules said, with the rules in force.
pub struct Side<'a> {
    /// The rules in force.
    pub rules: &'a [Rule],
    /// What they come to.
    pub ruling: &'a Ruling,
}

impl<'p> Causes<'p> {
    /// For two policies, an old and a new one.
    #[must_use]
    pub fn between(old: &'p Policy, new: &'p Policy) -> Self {
        let change = super::PolicyChange::between(old, new);
        let mut grounds: BTreeMap<Arc<str>, Reach> = BTreeMap::new();
        for program in [old.program(), new.program()] {
            for entry in program.rules.iter().chain(program.reserved.values()) {
                let (ground, known) =
                    (program.ground(entry.function), grounds.entry(Arc::clone(&entry.rule.name)).or_default());
                known.numbers.extend(ground.numbers.into_iter().map(str::to_owned));
                let functions = ground.functions.into_iter().map(|number| program.function(number));
                known.functions.extend(functions.filter_map(|function| {
                    Some(super::policy_change::named(program.source(function.script)?, &function.name))
                }));
            }
        }
        let functions = change.functions.into_iter().map(|function| (function.name, function.line)).collect();
        Self { policies: [old, new], grounds, functions, others: change.others }
    }

    /// Whether a number differs on some date that the calendar reads, or that neither a rule reads nor what follows from a tier.
    #[must_use]
    pub fn beyond_the_rules(&self) -> bool {
        let [old, new] = self.policies;
        let read: BTreeSet<&String> = self.grounds.values().flat_map(|ground| &ground.numbers).collect();
        let is_beyond = |name: &String| CalendarRules::NUMBERS.contains(&name.as_str()) || !read.contains(name);
        super::PolicyChange::between(old, new).numbers.iter().any(|number| is_beyond(&number.name))
    }

    /// The rules and reserved functions of either policy that stand on something that differs: itself one, a function or a number;
    /// all of them on what else a script declares.
    #[must_use]
    pub fn rules_on(&self, difference: &str) -> BTreeSet<Arc<str>> {
        let is_other = self.others.iter().any(|other| other == difference);
        let stands = |(rule, ground): &(&Arc<str>, &Reach)| {
            is_other
                || ***rule == *difference
                || ground.numbers.contains(difference)
                || ground.functions.contains(difference)
        };
        self.grounds.iter().filter(stands).map(|(rule, _)| Arc::clone(rule)).collect()
    }

    /// Why a case whose tier differs comes out otherwise.
    #[must_use]
    pub fn of(&self, old: &Side<'_>, new: &Side<'_>, on: Date) -> Vec<MoveCause> {
        let [before, after] = [old, new].map(|side| &side.ruling.range.top.1);
        if before.tier == after.tier {
            // It lapses at the next review, so what that stands on can end it.
            let differs = self.cause(&"review".into(), on).differs;
            return vec![MoveCause { rule: "override".into(), differs }];
        }
        let mut names: Vec<&Arc<str>> = Vec::new();
        for rule in new.rules.iter().chain(old.rules) {
            if !names.contains(&&rule.name) {
                names.push(&rule.name);
            }
        }
        let said = |side: &Side<'_>, name: &str| -> Vec<Effect> {
            let outcome = side.outcome(name).map(|outcome| outcome.effects.iter());
            let of_tier = |effect: &&Effect| !matches!(effect, Effect::Flag { .. } | Effect::Provisional(_));
            outcome.into_iter().flatten().filter(of_tier).cloned().collect()
        };
        let differing: Vec<_> = names
            .into_iter()
            .map(|name| (name, said(old, name), said(new, name)))
            .filter(|(_, was, is)| was != is)
            .collect();
        let gives = |effects: &[Effect], tier: &Option<String>| {
            effects.iter().any(|effect| match effect {
                Effect::AtLeast(given) | Effect::Decide(given) => Some(&**given) == tier.as_deref(),
                _ => false,
            })
        };
        // Of several rules that say something else those count that give the tier, on the side where it comes from, and of those the
        // ones in which something differs: others may say it because less or more is taken for what is missing.
        let standing_on = |rules: &mut dyn Iterator<Item = &Arc<str>>| -> Vec<MoveCause> {
            let all: Vec<MoveCause> = rules.map(|name| self.cause(name, on)).collect();
            all.into_iter().filter(|cause| !cause.differs.is_empty()).collect()
        };
        let deciding = differing.iter().filter(|(_, was, is)| gives(was, &before.tier) || gives(is, &after.tier));
        let mut causes = standing_on(&mut deciding.map(|(name, ..)| *name));
        if causes.is_empty() {
            causes = standing_on(&mut differing.iter().map(|(name, ..)| *name));
        }
        if causes.is_empty() {
            causes.push(self.cause(&"tier".into(), on));
        }
        causes
    }

    /// Why one policy alone has no answer: the rule that fails, where it is a rule that does.
    #[must_use]
    pub fn of_fault(&self, fault: &PolicyFault, on: Date) -> Vec<MoveCause> {
        fault.rule.as_deref().map(|rule| self.cause(&rule.into(), on)).into_iter().collect()
    }

    fn cause(&self, name: &Arc<str>, on: Date) -> MoveCause {
        let [old, new] = self.policies;
        let holds = |policy: &Policy| policy.rules_on(on).any(|entry| entry.rule.name == *name);
        let exists = |policy: &Policy| policy.rules().any(|rule| rule.name == *name);
        let mut differs = Vec::new();
        match ((exists(old), holds(old)), (exists(new), holds(new))) {
            ((false, _), (true, true)) => differs.push("new rule".to_owned()),
            ((true, true), (false, _)) => differs.push("rule gone".to_owned()),
            ((true, false), (true, true)) => differs.push("rule in force".to_owned()),
            ((true, true), (true, false)) => differs.push("rule no longer in force".to_owned()),
            _ => {}
        }
        if let (Some(ground), true) = (self.grounds.get(name), differs.is_empty()) {
            for number in &ground.numbers {
                let [was, is] = [old, new].map(|policy| policy.number_on(number, on));
                if was != is {
                    let [was, is] = [was, is].map(|value| value.map_or_else(|| "none".to_owned(), Value::written));
                    differs.push(format!("{number}: {was} to {is}"));
                }
            }
            let changed = self.functions.iter().filter(|(function, _)| ground.functions.contains(*function));
            differs.extend(changed.map(|(function, line)| {
                let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
                format!("{function} is changed{line}")
            }));
        }
        if differs.is_empty() {
            differs.extend(self.others.iter().map(|other| format!("{other} is changed")));
        }
        MoveCause { rule: Arc::clone(name), differs }
    }
}

impl Side<'_> {
    fn outcome(&self, name: &str) -> Option<&Outcome> {
        let at = self.rules.iter().position(|rule| *rule.name == *name)?;
        self.ruling.range.top.1.outcomes.get(at)
    }

    /// The single values that a rule saw, each by its path.
    #[must_use]
    pub fn saw(&self, name: &str) -> Vec<String> {
        let inputs: &Inputs = &self.ruling.inputs;
        let reads = self.outcome(name).map(|outcome| outcome.reads.as_slice()).unwrap_or_default();
        let mut saw: Vec<String> = reads
            .iter()
            .filter_map(|read| {
                let (value, origin) = inputs.look_up(read.input, read.presence).ok()?;
                // What the search took for it is nothing that anybody recorded.
                let value = if origin == Origin::Assumed { "not known".to_owned() } else { value.to_string() };
                Some(format!("{} {value}", inputs.facts.inputs.get(read.input).path))
            })
            .collect();
        let mut seen = BTreeSet::new();
        saw.retain(|one| seen.insert(one.clone()));
        saw
    }
}
