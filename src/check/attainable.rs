//! What some way of a rule leads to when every input is open, between one change of a policy and the next. The evaluator goes every
//! way with the inputs narrowed to what the way says of them: what it does not come to, no case comes to.

use super::{
    asking::{Wanted, asking},
    surroundings::reached,
};
use crate::{
    case::Case,
    evaluate::{
        evaluator::{Evaluator, Held, halves},
        inputs::{Assumed, Facts},
        possible::{
            OpenFact,
            numbers::{Grain, Numbers, number_of},
            value::{Atom, Possible},
        },
        stop::Stop,
    },
    language::{
        datum::Datum,
        lower::{follows_from_tier, is_law},
        program::{Entry, Expr as Lowered},
        tree::{Expr, ExprKind, Place},
    },
    policy::{Policy, otherwise::Scripts},
};
use jiff::civil::{Date, date};
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Most parts that what is open is held in.
const MAX_PARTS: usize = 128;

/// Most runs of functions for one policy; what is not looked into then is not known.
const MAX_RUNS: usize = 10_000;

/// What is asked where an expression stands: conditions, and the words that they are about.
struct Asked<'w> {
    numbers: Vec<u32>,
    words: &'w [String],
    left: &'w Cell<usize>,
}

impl Asked<'_> {
    /// Whether an input can be one of the words.
    fn is_of(&self, fact: &OpenFact) -> bool {
        let is_word = |atom: &Atom| matches!(atom, Atom::Known(datum) if datum.as_text().is_some_and(|text| self.words.iter().any(|word| word == text)));
        fact.set.iter().any(is_word)
    }
}

/// The day from which a policy is looked at that nothing says the beginning of.
const BEGINNING: Date = date(2000, 1, 1);

/// The last day that is looked at.
const LAST: Date = date(2999, 12, 31);

/// The days from which something of a policy is in force, in order: the day of the law where it is looked at under one.
pub(super) fn days(policy: &Policy) -> Vec<Date> {
    match policy.law() {
        Some(law) => vec![law],
        None => {
            policy.changes().iter().copied().chain(beginning(policy)).collect::<BTreeSet<_>>().into_iter().collect()
        }
    }
}

/// A day that stands for all before the first change. Without numbers nothing says when a policy begins: its rules hold before the first of
/// them begins or ends, too.
pub(super) fn beginning(policy: &Policy) -> Option<Date> {
    let is_open = policy.law().is_none() && policy.parameters().changes().next().is_none();
    let before = policy.changes().first().and_then(|first| first.yesterday().ok());
    is_open.then(|| before.unwrap_or(BEGINNING).min(BEGINNING))
}

/// A case of which nothing is known.
#[must_use]
pub fn facts(policy: &Policy, on: Date) -> Arc<Facts> {
    Arc::new(Facts {
        case: Arc::new(Case::default()),
        on,
        inputs: Arc::clone(policy.inputs()),
        presumed: Arc::clone(policy.presumed()),
        as_written: policy.is_as_written(),
        instead: BTreeMap::new(),
        later: None,
    })
}

/// What a function that the program calls is handed beside `person`, one time after the other.
pub(super) fn handed(policy: &Policy, name: &str) -> Vec<Vec<Possible>> {
    match name {
        name if follows_from_tier(name) || is_law(name) => {
            policy.tiers().all().iter().map(|tier| vec![Possible::Known(Datum::text(tier))]).collect()
        }
        "tier" | "provisional" | "caseload" => vec![vec![Possible::Anything]],
        _ => vec![Vec::new()],
    }
}

/// The scripts of a policy, in which something can be asked where an expression stands.
pub(super) struct Attainable<'p> {
    policy: &'p Policy,
    scripts: Option<Scripts>,
    /// How many runs are left.
    left: Cell<usize>,
}

impl<'p> Attainable<'p> {
    pub(super) fn of(policy: &'p Policy) -> Self {
        Self { policy, scripts: policy.scripts(), left: Cell::new(MAX_RUNS) }
    }

    /// Whether the key of a lookup, or the value of a `switch` for which it has no way, can be each of some words; of none,
    /// whether any way leads there. Nothing where that is not known.
    pub(super) fn can_be(&self, (script, place): (u16, Place), words: &[String]) -> Option<Vec<bool>> {
        let is_it = |expr: &Expr| {
            expr.place == place
                && matches!(expr.kind, ExprKind::Index { .. } | ExprKind::Switch { otherwise: None, .. })
        };
        // What is done for several labels of a `switch` stands there once for each.
        let all = self.expressions(script, &is_it).into_iter().map(|of| self.can_hold(of, Wanted::Words(words), None));
        let all: Vec<Vec<bool>> = all.collect::<Option<_>>()?;
        all.into_iter().reduce(|one, other| one.iter().zip(other).map(|(one, other)| *one || other).collect())
    }

    /// Whether the key of a lookup can be a number from one on; nothing where that is not known.
    pub(super) fn can_reach(&self, (script, place): (u16, Place), least: i64) -> Option<bool> {
        let is_it = |expr: &Expr| expr.place == place && matches!(expr.kind, ExprKind::Index { .. });
        let mut all = self.expressions(script, &is_it).into_iter();
        all.try_fold(false, |any, of| Some(any | self.can_hold(of, Wanted::From(least), None)?.contains(&true)))
    }

    /// Whether a function reads a parameter on some day before another.
    pub(super) fn reads_before(&self, function: &str, parameter: &str, until: Date) -> Option<bool> {
        let is_it = |expr: &Expr| matches!(&expr.kind, ExprKind::Qualified(module, name) if module == "param" && name == parameter);
        let scripts = self.scripts.as_ref()?.all().map(|(number, _)| number);
        for of in scripts.flat_map(|script| self.expressions(script, &is_it)) {
            if self.can_hold(of, Wanted::Anything, Some((function, until)))?.contains(&true) {
                return Some(true);
            }
        }
        Some(false)
    }

    fn expressions(&self, script: u16, is_it: &dyn Fn(&Expr) -> bool) -> Vec<&Expr> {
        let mut found = Vec::new();
        let all = self.scripts.iter().flat_map(Scripts::all).filter(|(number, _)| *number == script);
        for function in all.flat_map(|(_, script)| &script.functions) {
            function.body.walk(&mut |expr| found.extend(Some(expr).filter(|expr| is_it(expr))));
        }
        found
    }

    /// Whether the key of an expression can be each of what is wanted where it is worked out; of anything, whether it is worked out
    /// at all.
    fn can_hold(&self, of: &Expr, wanted: Wanted<'_>, only: Option<(&str, Date)>) -> Option<Vec<bool>> {
        let (by, columns) = asking(of, wanted);
        let words = if let Wanted::Words(words) = wanted { words } else { &[] };
        let policy = self.policy.with_expression(self.scripts.as_ref()?, of, &by)?;
        let conditions = &policy.program().conditions;
        let number = |column: &u32| conditions.iter().position(|one| one.column == *column as usize);
        let numbers: Vec<u32> =
            columns.iter().map(|column| u32::try_from(number(column)?).ok()).collect::<Option<_>>()?;
        let asked = Asked { numbers, words, left: &self.left };
        let held = met(&policy, &asked, only)?;
        Some(asked.numbers.iter().map(|number| held.contains(number)).collect())
    }
}

/// Which of some conditions can hold on some way of the functions that have them; nothing where that is not known. Of one function and
/// before a day, where these are given.
fn met(policy: &Policy, asked: &Asked<'_>, only: Option<(&str, Date)>) -> Option<BTreeSet<u32>> {
    let program = policy.program();
    let asks = |entry: &&Entry| {
        let mut asks = false;
        for function in reached(program, [entry.function]) {
            program.function(function).body.walk(&mut |node| {
                asks |= matches!(node.expr, Lowered::Condition(number, _) if asked.numbers.contains(&number));
            });
        }
        asks
    };
    let is_meant = |entry: &&Entry| only.is_none_or(|(name, _)| &*entry.rule.name == name);
    let entries: Vec<&Entry> = program.entries().filter(is_meant).filter(asks).collect();
    let mut held = BTreeSet::new();
    let days = days(policy);
    for (at, from) in days.iter().enumerate().filter(|(_, from)| only.is_none_or(|(_, until)| **from < until)) {
        let last = days.get(at + 1).and_then(|next| next.yesterday().ok()).unwrap_or(LAST).max(*from);
        let facts = facts(policy, *from);
        let mut evaluator = Evaluator::new(policy.in_force(*from), &facts);
        for entry in entries.iter().filter(|entry| entry.rule.holds_on(*from)) {
            for arguments in handed(policy, &entry.rule.name) {
                let root = on_days(policy, *from, last);
                in_parts(&mut evaluator, &facts, (entry.function, arguments), root, asked, &mut held)?;
                if held.len() == asked.numbers.len() {
                    return Some(held);
                }
            }
        }
    }
    Some(held)
}

/// Adds those of one function, of which what is open is held in ever smaller parts: a `switch` is not seen to say of its value that it is
/// the one of its label.
fn in_parts(
    evaluator: &mut Evaluator<'_>,
    facts: &Arc<Facts>,
    (function, arguments): (u32, Vec<Possible>),
    root: Held,
    asked: &Asked<'_>,
    held: &mut BTreeSet<u32>,
) -> Option<()> {
    let (mut parts, mut whole) = (vec![root], None);
    for _ in 0..MAX_PARTS {
        let Some(part) = parts.pop() else { return Some(()) };
        asked.left.set(asked.left.get().checked_sub(1)?);
        evaluator.open(facts, Assumed::new());
        evaluator.open_everything();
        let machine = evaluator.possible();
        machine.domain.met = Some(BTreeMap::new());
        machine.domain.hold(part.clone());
        match machine.run(function, arguments.clone()) {
            Err(Stop::Fault(fault)) if fault.wrong.is_limit => return None,
            Ok(_) | Err(Stop::Fault(_) | Stop::Impossible) => {}
            Err(_) => return None,
        }
        let met = machine.domain.met.take().unwrap_or_default();
        let can = |number: &&u32| met.get(*number).is_some_and(|met| met.can[1]);
        let here: BTreeSet<u32> = asked.numbers.iter().filter(can).copied().collect();
        whole.get_or_insert_with(|| here.clone());
        if here.is_subset(held) {
            continue;
        }
        // First what can be one of the words.
        let mut open: Vec<&OpenFact> = machine.domain.facts.iter().collect();
        open.sort_by_key(|fact| !asked.is_of(fact));
        match halves(open, &part) {
            Some(halves) => parts.extend(halves),
            None => held.extend(here),
        }
    }
    held.extend(whole?);
    Some(())
}

/// That a case is looked at on one of some days.
fn on_days(policy: &Policy, from: Date, last: Date) -> Held {
    let days = [from, last].map(|day| number_of(&Datum::Date(day)).unwrap_or_default());
    let on = policy.inputs().find("assessed_on");
    on.into_iter().map(|on| (on, [Numbers::new(days[0], days[1], Grain::Day).atom()].into())).collect()
}
