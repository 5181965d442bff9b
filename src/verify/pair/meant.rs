//! What functions mean in two policies, and what is left to be asked of them.

use super::super::stretch::Stretch;
use crate::{
    language::program::meaning::{Meaning, Meanings},
    policy::Policy,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What functions mean in both policies.
#[derive(Debug, Clone)]
pub(super) struct Both<'p> {
    /// In the old one.
    pub old: Meanings<'p>,
    /// In the new one.
    pub new: Meanings<'p>,
}

/// The rules in force, by their place, each with what it means.
pub(super) fn of_rules(stretch: &Stretch<'_>, meanings: &mut Meanings<'_>) -> Vec<(String, Meaning)> {
    let rules = stretch.evaluator.rules().iter();
    rules.map(|entry| (entry.rule.name.to_string(), meanings.of(entry.function))).collect()
}

/// The places of the rules that the other policy has not, or otherwise, of those that bear on the tier.
pub(super) fn differ(
    here: &[(String, Meaning)],
    there: &[(String, Meaning)],
    bearing: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let is_other = |at: &usize| bearing.contains(at) && here.get(*at).is_some_and(|rule| !there.contains(rule));
    (0..here.len()).filter(is_other).collect()
}

/// What functions mean under the numbers in force from a day on.
pub(super) fn meanings(policy: &Policy, from: Date) -> Meanings<'_> {
    let values = policy.in_force(from).parameters.iter().map(|value| format!("{value:?}")).collect();
    Meanings::new(policy.program(), values)
}

/// The helpers of the same name in both policies that are given nothing but inputs, each after those that it calls.
pub(super) fn helpers(old: &Policy, new: &Policy) -> Vec<[u32; 2]> {
    let of = |policy: &Policy| -> Vec<(String, u32)> {
        let program = policy.program();
        let called: BTreeSet<u32> = program.entries().map(|entry| entry.function).collect();
        let functions = (0..).zip(&program.functions).filter(|(number, _)| !called.contains(number));
        let helpers = functions.filter(|(_, function)| function.cell.is_some() && function.parameters == 0);
        helpers.map(|(number, function)| (function.name.to_string(), number)).collect()
    };
    let of_new = of(new);
    let mut pairs: Vec<[u32; 2]> = Vec::new();
    for (name, was) in of(old) {
        pairs.extend(of_new.iter().filter(|(other, _)| *other == name).map(|(_, is)| [was, *is]));
    }
    pairs.sort_by_key(|[_, is]| new.program().ground(*is).functions.len());
    pairs
}
