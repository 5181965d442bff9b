//! How many officers hold more cases than the target of their grade, where a policy has one: the parameter `target_po` and its like.

use super::tally::Tally;
use crate::{case::words::Grade, caseload::target::target, policy::Policy};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The officers of a grade beside their target. The cases of an officer are those in their name that a policy gives to their grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTarget {
    /// The grade.
    pub grade: Grade,
    /// Most cases of an officer, under the old policy.
    pub old_target: Option<Decimal>,
    /// The same under the new policy.
    pub new_target: Option<Decimal>,
    /// How many officers of the grade hold a case.
    pub officers: usize,
    /// How many of them hold more than the target, under the old policy.
    pub before: usize,
    /// The same under the new policy.
    pub after: usize,
}

/// The officers beside their targets on a date, of each grade that either policy has a target for.
#[must_use]
pub fn over_target(tally: &Tally, policies: [&Policy; 2], on: Date) -> Vec<OverTarget> {
    let grades: BTreeSet<Grade> = tally.held.keys().map(|(grade, _)| *grade).collect();
    let of_grade = |grade: Grade| {
        let [old_target, new_target] = policies.map(|policy| target(policy, grade, on));
        let held: Vec<&[usize; 2]> =
            tally.held.iter().filter(|((of, _), _)| *of == grade).map(|(_, held)| held).collect();
        let over = |side: usize, target: Option<Decimal>| {
            let is_over = |held: &&&[usize; 2]| {
                let cases = held.get(side).copied().unwrap_or_default();
                target.is_some_and(|target| Decimal::from(cases) > target)
            };
            held.iter().filter(is_over).count()
        };
        let (before, after) = (over(0, old_target), over(1, new_target));
        let any = old_target.or(new_target).is_some();
        any.then_some(OverTarget { grade, old_target, new_target, officers: held.len(), before, after })
    };
    grades.into_iter().filter_map(of_grade).collect()
}
