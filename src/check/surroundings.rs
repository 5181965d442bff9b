//! What a finding stands beside: the function around it, and what that leads to.

use super::finding::Finding;
use crate::{
    language::{
        fault::PolicyFault,
        program::{Entry, Expr, Function, Program},
    },
    policy::Policy,
};
use std::collections::BTreeSet;

/// The functions in which something is wrong, and those that they call: what holds in these rests on what is wrong.
pub(super) fn behind(policy: &Policy, errors: &[Finding]) -> BTreeSet<u32> {
    let wrong = errors.iter().flat_map(|error| functions_at(policy, &error.fault));
    reached(policy.program(), wrong)
}

/// The function that a finding stands in, once for each way of calling it.
pub(super) fn functions_at(policy: &Policy, fault: &PolicyFault) -> Vec<u32> {
    let program = policy.program();
    let Some(line) = fault.line else { return Vec::new() };
    let script = program.scripts.iter().position(|script| script.file == fault.file);
    let begun = |function: &Function| {
        Some(usize::from(function.script)) == script
            && function.place.line as usize <= line
            && &*function.name != "closure"
    };
    let last = program.functions.iter().filter(|function| begun(function)).map(|function| function.place.line).max();
    let numbered = (0..).zip(&program.functions);
    let here = numbered.filter(|(_, function)| begun(function) && Some(function.place.line) == last);
    here.map(|(number, _)| number).collect()
}

/// Whether two findings stand in the same function of a script.
pub(super) fn is_in_one_function(policy: &Policy, one: &PolicyFault, other: &PolicyFault) -> bool {
    let script = policy.program().scripts.iter().find(|script| script.file == one.file);
    let Some((script, (Some(one_line), Some(other_line)))) =
        script.filter(|_| one.file == other.file).zip(Some((one.line, other.line)))
    else {
        return false;
    };
    // A function ends with a brace at the beginning of a line.
    let (from, to) = (one_line.min(other_line), one_line.max(other_line));
    !script.text.lines().skip(from.saturating_sub(1)).take(to - from).any(|line| line.starts_with('}'))
}

/// The functions that only rules lead to which the law is not of, where a policy is looked at under that of one day.
pub(super) fn of_other_days(policy: &Policy) -> BTreeSet<u32> {
    let law = policy.law();
    let is_other = |entry: &&Entry| law.is_some_and(|law| !entry.rule.holds_on(law));
    let others = policy.program().entries().filter(is_other).map(|entry| entry.function);
    reached(policy.program(), others)
}

/// The functions that some lead to, themselves among them.
pub(super) fn reached(program: &Program, from: impl IntoIterator<Item = u32>) -> BTreeSet<u32> {
    let (mut reached, mut open) = (BTreeSet::new(), from.into_iter().collect::<Vec<u32>>());
    while let Some(number) = open.pop() {
        if reached.insert(number) {
            program.function(number).body.walk(&mut |node| match node.expr {
                Expr::Call(called, _) | Expr::Closure(called, _) => open.push(called),
                _ => {}
            });
        }
    }
    reached
}
