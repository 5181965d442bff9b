//! What differs between two policies by what their functions do, and so is left to be asked of.

use super::super::stretch::Stretch;
use crate::{
    language::program::digest::{FunctionDigest, FunctionDigests},
    policy::Policy,
};
use std::collections::BTreeSet;

/// What functions do in both policies.
#[derive(Debug, Clone)]
pub(super) struct Both<'p> {
    /// In the old one.
    pub old: FunctionDigests<'p>,
    /// In the new one.
    pub new: FunctionDigests<'p>,
}

/// The rules in force, by their place, each with what it does.
pub(super) fn of_rules(stretch: &Stretch<'_>, digests: &mut FunctionDigests<'_>) -> Vec<(String, FunctionDigest)> {
    let rules = stretch.evaluator.rules().iter();
    rules.map(|entry| (entry.rule.name.to_string(), digests.of(entry.function))).collect()
}

/// The places of the rules that the other policy has not, or otherwise, of those that bear on the tier.
pub(super) fn differ(
    here: &[(String, FunctionDigest)],
    there: &[(String, FunctionDigest)],
    bearing: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let is_other = |at: &usize| bearing.contains(at) && here.get(*at).is_some_and(|rule| !there.contains(rule));
    (0..here.len()).filter(is_other).collect()
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
