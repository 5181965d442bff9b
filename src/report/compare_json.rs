//! The comparison of two policies for programs. The keys are stable.

use crate::{
    case::words::Grade,
    comparison::{
        cause::MoveCause,
        policy_change::PolicyChange,
        tally::{Load, MovedCase, Moves, Whose},
        target::OverTarget,
        witness::Witnesses,
    },
    report::{
        compare::{CompareReport, NAMED},
        compare_row::MoveRecord,
        failed::Failed,
    },
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use std::{collections::BTreeMap, sync::Arc};

/// Two dates with all between them.
#[derive(Serialize, JsonSchema)]
pub(super) struct Span {
    /// The first.
    pub(super) first: Date,
    /// The last.
    pub(super) last: Date,
}

/// What differs between two policies, who moves, why, and what it costs. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Comparison")]
pub(super) struct CompareDocument<'a> {
    /// The old policy.
    old: PolicySide<'a>,
    /// The new policy.
    new: PolicySide<'a>,
    /// The date that every case was looked at for; null without cases, and where each has its own.
    on: Option<Date>,
    /// The first and the last date that a case was looked at for; null without cases.
    dates: Option<Span>,
    /// What differs between the policies, and between those that run with them.
    changes: &'a [PolicyChange],
    /// Cases that at least one policy has an answer for.
    cases: usize,
    /// Cases whose tier differs, or that one policy has no answer for.
    moved: usize,
    /// Cases that move up the order of tiers.
    up: usize,
    /// Cases that move down.
    down: usize,
    /// Cases by their old and new tier.
    matrix: Vec<TierPair<'a>>,
    /// Cases that moved, by why.
    causes: Vec<CauseGroup<'a>>,
    /// What the cases ask for in a week.
    loads: Vec<LoadChange<'a>>,
    /// Flags that only one policy raises.
    flags: Vec<FlagChange<'a>>,
    /// Answers that rest on incomplete evidence under one policy only.
    provisional: ProvisionalChange,
    /// Cases that another grade of officer is to hold.
    grades: Vec<GradePair>,
    /// Cases that are seen or reviewed otherwise in the same tier.
    only_standards: usize,
    /// The officers of each grade beside the most cases that the policies have for one: `target_po` and its like. The cases of an officer are
    /// those in their name that a policy gives to their grade.
    over_target: Vec<GradeTargets>,
    /// Who could move, looked for where no cases are given; else null.
    witnesses: Option<&'a Witnesses>,
    /// Every case that moved.
    #[schemars(with = "Vec<MoveRecord<'_>>")]
    moves: &'a [Box<RawValue>],
    /// Cases without an answer under either.
    failed: &'a [Failed],
}

/// One of two policies.
#[derive(Serialize, JsonSchema)]
struct PolicySide<'a> {
    /// As the command line names it, with what was set.
    name: &'a str,
    /// SHA-256 over everything that its answers rest on; of the several policies of a decision log each, with a blank between them.
    #[schemars(regex(pattern = "^[0-9a-f]{64}( [0-9a-f]{64})*$"))]
    digest: &'a str,
}

/// Cases with an old and a new tier. `no tier` stands where the policy gives none, `no answer` where it fails.
#[derive(Serialize, JsonSchema)]
struct TierPair<'a> {
    /// The old tier.
    old: &'a str,
    /// The new tier.
    new: &'a str,
    /// How many cases.
    cases: usize,
}

/// Cases that moved for one reason.
#[derive(Serialize, JsonSchema)]
struct CauseGroup<'a> {
    /// The rules; where one policy has no answer the one that fails, if a rule does.
    causes: &'a [MoveCause],
    /// How many cases.
    cases: usize,
    /// The same by their tiers.
    moves: Vec<TierPair<'a>>,
    /// The first ten of them.
    first: Vec<&'a MovedCase>,
}

/// What some cases ask for in a week, before and after.
#[derive(Serialize, JsonSchema)]
struct LoadChange<'a> {
    /// Whose: that of all cases, of the officers of a grade, of an office, of an officer.
    whose: Whose,
    /// Which; null of all cases.
    name: Option<&'a str>,
    /// Under the old policy.
    before: WeeklyLoad,
    /// Under the new policy.
    after: WeeklyLoad,
}

/// What cases ask for in a week, with two digits behind the point.
#[derive(Serialize, JsonSchema)]
struct WeeklyLoad {
    /// Contacts a week.
    #[schemars(with = "f64", range(min = 0))]
    contacts: Value,
    /// Reviews a week.
    #[schemars(with = "f64", range(min = 0))]
    reviews: Value,
}

/// A flag that only one policy raises of some cases.
#[derive(Serialize, JsonSchema)]
struct FlagChange<'a> {
    /// Its code.
    code: &'a str,
    /// Cases that gain it.
    gained: usize,
    /// Cases that lose it.
    lost: usize,
}

/// Answers that rest on incomplete evidence under one policy only.
#[derive(Serialize, JsonSchema)]
struct ProvisionalChange {
    /// Under the new one.
    gained: usize,
    /// Under the old one.
    lost: usize,
}

/// Cases that another grade of officer is to hold.
#[derive(Serialize, JsonSchema)]
struct GradePair {
    /// The old grade; null where the policy says none.
    old: Option<Grade>,
    /// The new grade.
    new: Option<Grade>,
    /// How many cases.
    cases: usize,
}

/// The officers of a grade beside their targets.
#[derive(Serialize, JsonSchema)]
struct GradeTargets {
    /// The grade.
    grade: Grade,
    /// Most cases of an officer under the old policy; null where it has no target.
    #[schemars(with = "Option<f64>", range(min = 0))]
    old_target: Option<Value>,
    /// The same under the new policy.
    #[schemars(with = "Option<f64>", range(min = 0))]
    new_target: Option<Value>,
    /// Officers of the grade who hold a case.
    officers: usize,
    /// How many of them hold more than the target under the old policy.
    before: usize,
    /// The same under the new policy.
    after: usize,
}

impl<'a> CompareDocument<'a> {
    /// The comparison as one document.
    pub(super) fn of(report: &'a CompareReport) -> Self {
        let tally = &report.tally;
        let [up, down] = tally.up_and_down;
        let [old, new] = report.sides();
        let [gained, lost] = tally.provisional;
        let flag =
            |(code, [gained, lost]): (&'a Arc<str>, &[usize; 2])| FlagChange { code, gained: *gained, lost: *lost };
        let grade = |((old, new), cases): (&(_, _), &usize)| GradePair { old: *old, new: *new, cases: *cases };
        let load = |((whose, name), [before, after]): (&'a (Whose, Option<String>), &[Load; 2])| LoadChange {
            whose: *whose,
            name: name.as_deref(),
            before: WeeklyLoad::of(before),
            after: WeeklyLoad::of(after),
        };
        Self {
            old,
            new,
            on: report.dates.only(),
            dates: report.dates.ends().map(|[first, last]| Span { first, last }),
            changes: &report.changes,
            cases: tally.cases,
            moved: tally.moved(),
            up,
            down,
            matrix: pairs(&tally.matrix),
            causes: tally.causes.iter().map(|(causes, group)| CauseGroup::of(causes, group)).collect(),
            loads: tally.loads.iter().map(load).collect(),
            flags: tally.flags.iter().map(flag).collect(),
            provisional: ProvisionalChange { gained, lost },
            grades: tally.grades.iter().map(grade).collect(),
            only_standards: tally.only_standards,
            over_target: report.over_target.iter().map(GradeTargets::of).collect(),
            witnesses: report.witnesses.as_ref(),
            moves: &report.moved,
            failed: &report.failed,
        }
    }
}

impl CompareReport {
    fn sides(&self) -> [PolicySide<'_>; 2] {
        let ([old, new], [before, after]) = (&self.names, &self.digests);
        [(old, before), (new, after)].map(|(name, digest)| PolicySide { name, digest })
    }
}

fn pairs(pairs: &BTreeMap<(String, String), usize>) -> Vec<TierPair<'_>> {
    pairs.iter().map(|((old, new), cases)| TierPair { old, new, cases: *cases }).collect()
}

impl<'a> CauseGroup<'a> {
    fn of(causes: &'a [MoveCause], group: &'a Moves) -> Self {
        let first = group.first.iter().take(NAMED).collect();
        Self { causes, cases: group.cases(), moves: pairs(&group.moves), first }
    }
}

impl WeeklyLoad {
    fn of(load: &Load) -> Self {
        Self { contacts: hundredth(load.contacts), reviews: hundredth(load.reviews) }
    }
}

impl GradeTargets {
    fn of(over: &OverTarget) -> Self {
        Self {
            grade: over.grade,
            old_target: over.old_target.map(hundredth),
            new_target: over.new_target.map(hundredth),
            officers: over.officers,
            before: over.before,
            after: over.after,
        }
    }
}

/// A number with two digits behind the point.
pub(super) fn hundredth(number: Decimal) -> Value {
    number.round_dp(2).normalize().to_string().parse::<serde_json::Number>().map_or(Value::Null, Value::Number)
}
