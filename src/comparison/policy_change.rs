//! What differs between two policies before any case comes: functions, numbers, and what else a script declares.

mod lines_about;
mod provenance;

pub use self::lines_about::LinesAbout;

use self::provenance::provenance;
use crate::{
    case::{domain::Domain, value::Value},
    language::{
        program::{Entry, Source},
        rule::Rule,
    },
    policy::{Policy, parameters::DeclaredPresumption},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What differs between two policies, or two that run with them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PolicyChange {
    /// The name of the policy.
    pub policy: String,
    /// The functions that differ: rules, what follows from the tier, laws, and helpers.
    pub functions: Vec<FunctionChange>,
    /// The numbers that differ, each with the date from which it does.
    pub numbers: Vec<NumberChange>,
    /// What else differs, by name: constants of a script, the policy's own inputs, and entries of `presumed`.
    pub others: Vec<String>,
    /// What no answer rests on: where a number or presumption comes from, its unit, its description, and a date that only says it again.
    pub provenance: Vec<String>,
    /// The lines of a decision log whose policies differ so from today's; left out where no log is replayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<LinesAbout>,
}

/// What a function is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A rule.
    Rule,
    /// What follows from the tier, or makes one of points.
    Standard,
    /// What must hold of every case and its tier.
    Law,
    /// What others call.
    Helper,
}

/// A function that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FunctionChange {
    /// Its name; of an imported one with the path of its script.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// As the old policy has it; null where it is new.
    pub old: Option<String>,
    /// As the new policy has it; null where it is gone.
    pub new: Option<String>,
    /// The line of the new script, from 1, from which it is written otherwise; null where it is new or gone.
    #[schemars(range(min = 1))]
    pub line: Option<usize>,
    /// The first day on which it holds under the old policy; null where it says none.
    pub held_from: Option<Date>,
    /// The last day on which it holds under the old policy; null where it says none.
    pub held_until: Option<Date>,
    /// The first day on which it holds under the new policy; null where it says none.
    pub holds_from: Option<Date>,
    /// The last day on which it holds under the new policy; null where it says none.
    pub holds_until: Option<Date>,
}

/// A number that differs from a date on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NumberChange {
    /// Its name.
    pub name: String,
    /// The date from which it differs.
    pub from: Date,
    /// The old value in force from then, as it is written; null where there is none.
    pub old: Option<String>,
    /// The new value in force from then; null where there is none.
    pub new: Option<String>,
    /// The date from which the policy itself has the value of the source, where the rules and numbers of one date are taken for all; null elsewhere.
    pub since: Option<Date>,
    /// Its unit.
    pub unit: Option<String>,
    /// The source of the new value, else of the old one.
    pub source: String,
}

impl PolicyChange {
    /// What differs between two policies by themselves.
    #[must_use]
    pub fn between(old: &Policy, new: &Policy) -> Self {
        Self {
            policy: new.name().to_string(),
            functions: functions(old, new),
            numbers: numbers(old, new),
            others: others(old, new),
            provenance: provenance(old, new),
            lines: None,
        }
    }

    /// What differs between two policies and those that run with them; those that are alike are left out.
    #[must_use]
    pub fn of_all(old: &Policy, new: &Policy) -> Vec<Self> {
        let mut all = vec![Self::between(old, new)];
        for companion in new.companions() {
            match old.companions().iter().find(|one| one.name() == companion.name()) {
                Some(former) => all.push(Self::between(former, companion)),
                None => all.push(Self::whole(companion, "runs with it from now on")),
            }
        }
        let gone = |one: &&Policy| !new.companions().iter().any(|other| other.name() == one.name());
        all.extend(old.companions().iter().filter(gone).map(|one| Self::whole(one, "runs with it no longer")));
        all.retain(|one| !one.is_empty());
        all
    }

    fn whole(policy: &Policy, said: &str) -> Self {
        Self { policy: policy.name().to_string(), others: vec![said.to_owned()], ..Self::default() }
    }

    /// Whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.functions.is_empty() && self.numbers.is_empty() && self.others.is_empty() && self.provenance.is_empty()
    }
}

/// The name of a function and, of an imported one, where it is from.
pub(super) fn named(source: &Source, function: &str) -> String {
    if source.path.is_empty() { function.to_owned() } else { format!("{}: {function}", source.path) }
}

/// A function as a script has it.
struct FunctionText<'p> {
    role: Role,
    text: &'p str,
    /// The line of its script that it begins on.
    line: usize,
    /// Of a rule or law what it says of itself.
    rule: Option<&'p Rule>,
}

fn called<'p>(entries: &'p [Entry], name: &str) -> Option<&'p Rule> {
    entries.iter().map(|entry| &entry.rule).find(|rule| *rule.name == *name)
}

/// Every function as it is written; a rule that does not hold on the one date whose rules are in force is not there.
fn function_texts(policy: &Policy) -> BTreeMap<String, FunctionText<'_>> {
    let mut all = BTreeMap::new();
    let program = policy.program();
    let rule_of = |name: &str| called(&program.rules, name);
    let law_of = |name: &str| called(&program.laws, name);
    let holds = |name: &str| policy.law().zip(rule_of(name)).is_none_or(|(law, rule)| rule.holds_on(law));
    for source in &program.scripts {
        let own = source.path.is_empty();
        for (name, text) in source.functions().filter(|(name, _)| !own || holds(name)) {
            let [as_rule, as_law] = if own { [rule_of(name), law_of(name)] } else { [None, None] };
            let role = match (as_rule, as_law) {
                (Some(_), _) => Role::Rule,
                (_, Some(_)) => Role::Law,
                _ if own && program.reserved.contains_key(name) => Role::Standard,
                _ => Role::Helper,
            };
            let before = source.text.split(text).next().unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            all.insert(named(source, name), FunctionText { role, text, line, rule: as_rule.or(as_law) });
        }
    }
    all
}

/// How many lines two texts have alike before they part.
fn alike(old: &str, new: &str) -> usize {
    old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count()
}

fn functions(old: &Policy, new: &Policy) -> Vec<FunctionChange> {
    let (old, new) = (function_texts(old), function_texts(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |name: &String| {
        let (before, after) = (old.get(name), new.get(name));
        let text = |of: Option<&FunctionText<'_>>| of.map(|of| of.text.to_owned());
        let day = |of: Option<&FunctionText<'_>>, day: fn(&Rule) -> Option<Date>| of?.rule.and_then(day);
        let change = FunctionChange {
            name: name.clone(),
            role: after.or(before)?.role,
            old: text(before),
            new: text(after),
            line: before.zip(after).map(|(old, new)| new.line + alike(old.text, new.text)),
            held_from: day(before, |rule| rule.from),
            held_until: day(before, |rule| rule.until),
            holds_from: day(after, |rule| rule.from),
            holds_until: day(after, |rule| rule.until),
        };
        (change.old != change.new).then_some(change)
    };
    let mut changes: Vec<FunctionChange> = names.into_iter().filter_map(change).collect();
    changes.sort_by_key(|change| change.role as u8);
    changes
}

/// The numbers that differ, each as it is in force from a date on: of a policy under the law of one date always as on that.
fn numbers(old: &Policy, new: &Policy) -> Vec<NumberChange> {
    let laws = [old, new].map(Policy::law);
    let (before, after) = (&old.parameters().by_name, &new.parameters().by_name);
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for name in names {
        let (before, after) = (before.get(name), after.get(name));
        let dates: BTreeSet<Date> =
            before.into_iter().chain(after).flat_map(|one| one.values.keys().copied()).collect();
        let mut known = [None, None];
        for from in dates {
            let [was, is] =
                [(before, laws[0]), (after, laws[1])].map(|(one, law)| one.and_then(|one| one.on(law.unwrap_or(from))));
            let pair = [was, is].map(|dated| dated.map(|(_, dated)| &dated.value));
            let is_news = pair[0] != pair[1] && pair != known;
            known = pair;
            if !is_news {
                continue;
            }
            let shown_by = is.or(was);
            let [old, new] = pair.map(|value| value.map(Value::written));
            changes.push(NumberChange {
                name: name.clone(),
                from,
                old,
                new,
                since: shown_by.map(|(since, _)| since).filter(|since| *since > from),
                unit: shown_by.and_then(|(_, dated)| dated.unit.clone()),
                source: shown_by.map(|(_, dated)| dated.source.clone()).unwrap_or_default(),
            });
        }
    }
    changes
}

/// The names that two tables hold otherwise.
fn differing<'a, K: Ord, V: PartialEq>(old: &'a BTreeMap<K, V>, new: &'a BTreeMap<K, V>) -> Vec<&'a K> {
    let names: BTreeSet<&K> = old.keys().chain(new.keys()).collect();
    names.into_iter().filter(|name| old.get(*name) != new.get(*name)).collect()
}

fn others(old: &Policy, new: &Policy) -> Vec<String> {
    let [before, after] = [old, new].map(Policy::program);
    let mut others: BTreeSet<String> = differing(&before.lists, &after.lists).into_iter().cloned().collect();
    others.extend(differing(&before.words, &after.words).into_iter().cloned());
    // Those that are neither a word nor a list of words, and those of imported scripts.
    let constants = [before, after].map(|program| -> BTreeMap<String, &String> {
        let is_one = |source: &Source, name: &String| {
            source.path.is_empty() && (program.lists.contains_key(name) || program.words.contains_key(name))
        };
        let all = program.scripts.iter().flat_map(|source| source.constants.iter().map(move |one| (source, one)));
        let others = all.filter(|(source, (name, _))| !is_one(source, name));
        others.map(|(source, (name, written))| (named(source, name), written)).collect()
    });
    others.extend(differing(&constants[0], &constants[1]).into_iter().cloned());
    let mut others = Vec::from_iter(others);
    let [before, after] = [old, new].map(Policy::parameters);
    let domains = [before, after].map(|parameters| -> BTreeMap<&String, &Domain> {
        parameters.own_inputs.iter().map(|(name, (domain, _))| (name, domain)).collect()
    });
    let both = |name: &&&String| domains.iter().all(|one| one.contains_key(**name));
    let differ = differing(&domains[0], &domains[1]);
    others.extend(differ.into_iter().filter(both).map(|name| format!("local: {name}")));
    let presumed = [before, after].map(|parameters| -> BTreeMap<&String, &DeclaredPresumption> {
        parameters.presumed.iter().map(|(name, declared)| (name, &declared.is)).collect()
    });
    others.extend(differing(&presumed[0], &presumed[1]).into_iter().map(|name| format!("presumed: {name}")));
    others
}
