//! Coverage: which rules fired and did not, and which conditions came out both ways, in which worked case.

use crate::{
    authoring::worked::WorkedCase,
    calendar::WorkingDays,
    decision::assessor::Assessor,
    language::{fault::PolicyFault, program::Condition},
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::{self, Display, Formatter};

/// What the worked cases of a policy reach.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The policy.
    pub policy: String,
    /// Its rules, in the order of the file.
    pub rules: Vec<RuleCoverage>,
    /// Its conditions, in the order of the files.
    pub conditions: Vec<ConditionCoverage>,
    /// Its scripts, name and text.
    pub scripts: Vec<(String, String)>,
}

/// What the cases reach of a rule: the first case of each kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// A case in which it fired.
    pub fired: Option<String>,
    /// A case in which it did not.
    pub silent: Option<String>,
    /// In how many cases it fired.
    pub times: usize,
}

/// What the cases reach of a condition: the first case of each kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionCoverage {
    /// The condition.
    pub condition: Condition,
    /// A case in which it held, or the arm was taken.
    pub held: Option<String>,
    /// A case in which it did not hold.
    pub failed: Option<String>,
}

impl ConditionCoverage {
    /// The ways that no case takes.
    #[must_use]
    pub fn missing(&self) -> &'static str {
        match (self.condition.is_arm, &self.held, &self.failed) {
            (true, None, _) => "never taken",
            (true, Some(_), _) | (false, Some(_), Some(_)) => "",
            (false, None, None) => "never asked",
            (false, None, Some(_)) => "never true",
            (false, Some(_), None) => "never false",
        }
    }

    /// How many ways it has, and how many of them are taken.
    #[must_use]
    pub fn ways(&self) -> (usize, usize) {
        let held = usize::from(self.held.is_some());
        if self.condition.is_arm { (1, held) } else { (2, held + usize::from(self.failed.is_some())) }
    }
}

/// Runs the worked cases of a policy and keeps what they reach. A case that cannot be run reaches nothing.
///
/// # Errors
///
/// When the policy is invalid.
pub fn cover(
    shelf: &Shelf,
    name: &str,
    cases: &[WorkedCase],
    on: Option<Date>,
    days: &WorkingDays,
) -> Result<Coverage, PolicyFault> {
    let policy = Policy::that_runs(shelf, name)?;
    let own = policy.member(name);
    let mut coverage = Coverage::nothing_of(own);
    let mut assessor = Assessor::new(&policy).watching();
    for case in cases {
        let ran = case.run(&mut assessor, on, days);
        for (number, [no, yes]) in assessor.take_seen(own.name()) {
            let Some(reached) = coverage.conditions.get_mut(number as usize) else { continue };
            keep(&mut reached.failed, no, &case.name);
            keep(&mut reached.held, yes, &case.name);
        }
        let Ok(answer) = ran else { continue };
        let fired = answer.fired_rules(name);
        for reached in &mut coverage.rules {
            let has_fired = fired.contains(&reached.rule);
            keep(&mut reached.fired, has_fired, &case.name);
            keep(&mut reached.silent, !has_fired, &case.name);
            reached.times += usize::from(has_fired);
        }
    }
    // A law that holds has conditions that never fail: it is for `brag verify` to take them both ways.
    let of_laws = own.program().conditions_of_laws();
    let conditions = (0..).zip(coverage.conditions).filter(|(number, _)| !of_laws.contains(number));
    coverage.conditions = conditions.map(|(_, condition)| condition).collect();
    Ok(coverage)
}

fn keep(first: &mut Option<String>, happened: bool, case: &str) {
    if happened && first.is_none() {
        *first = Some(case.to_owned());
    }
}

impl Coverage {
    fn nothing_of(policy: &Policy) -> Self {
        let rules = policy.program().rules.iter().map(|entry| &entry.rule).map(|rule| RuleCoverage {
            rule: rule.name.to_string(),
            file: rule.file.clone(),
            line: rule.line,
            fired: None,
            silent: None,
            times: 0,
        });
        let conditions = policy.program().conditions.iter().cloned();
        Self {
            policy: policy.name().to_string(),
            rules: rules.collect(),
            conditions: conditions.map(|condition| ConditionCoverage { condition, held: None, failed: None }).collect(),
            scripts: policy.program().scripts.iter().map(|script| (script.file.clone(), script.text.clone())).collect(),
        }
    }

    /// The rules that fire in no case.
    pub fn uncovered(&self) -> impl Iterator<Item = &RuleCoverage> {
        self.rules.iter().filter(|rule| rule.fired.is_none())
    }

    /// The ways through its conditions.
    #[must_use]
    pub fn ways(&self) -> WaysTaken {
        WaysTaken::of([self])
    }
}

/// The ways through conditions, two of each and one of each arm, and those of them that some case takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaysTaken {
    /// How many there are.
    pub all: usize,
    /// How many some case takes.
    pub taken: usize,
}

impl WaysTaken {
    /// Those of several policies.
    #[must_use]
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Coverage>) -> Self {
        let ways = all.into_iter().flat_map(|coverage| &coverage.conditions).map(ConditionCoverage::ways);
        ways.fold(Self { all: 0, taken: 0 }, |sum, (all, taken)| Self { all: sum.all + all, taken: sum.taken + taken })
    }

    /// The share that is taken, in percent; all of none.
    #[must_use]
    pub fn percent(self) -> f64 {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        if self.all == 0 { 100.0 } else { count(self.taken) * 100.0 / count(self.all) }
    }
}

impl Display for WaysTaken {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        // Rounded down: what is not whole must not read as if it were.
        let tenths = self.taken.saturating_mul(1_000).checked_div(self.all).unwrap_or(1_000);
        let (Self { all, taken }, [whole, tenth]) = (self, [tenths / 10, tenths % 10]);
        write!(out, "{taken} of {all} ways through conditions ({whole}.{tenth}%)")
    }
}

/// The dated values of a policy, among several of a parameter, that are in force on none of some dates.
#[must_use]
pub fn unreached_values(policy: &Policy, dates: &[Date]) -> Vec<String> {
    let several = policy.parameters().by_name.iter().filter(|(_, parameter)| parameter.values.len() > 1);
    let each = several.flat_map(|(name, parameter)| {
        let reached =
            |from: &Date| dates.iter().any(|date| parameter.on(*date).is_some_and(|(since, _)| since == *from));
        parameter.values.keys().filter(move |from| !reached(from)).map(move |from| format!("{name} from {from}"))
    });
    each.collect()
}
