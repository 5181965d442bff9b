//! What can be wrong in a function of a script: a condition, the edge of a comparison, a connective, a tier.

use super::{Alteration, Edit, Mutant, MutantKind};
use crate::language::{
    tiers::Tiers,
    tree::{Expr, ExprKind, Function, Script},
};
use rustc_hash::FxHashSet;

/// The comparisons, each with the one that differs at its edge alone.
const EDGES: &[(&str, &str)] = &[(">=", ">"), (">", ">="), ("<=", "<"), ("<", "<=")];
/// What is true or false wherever it stands.
const TRUTHS: &[&str] = &[">=", ">", "<=", "<", "==", "!=", "contains", "!"];
/// The words that name a tier.
const NAMING: &[&str] = &["at_least", "decide"];

/// Every mutant of one function.
pub(super) fn mutants<'s>(script: &'s Script, function: &'s Function, tiers: &Tiers) -> Vec<Mutant<'s>> {
    let (mut asked, mut turned): (FxHashSet<*const Expr>, FxHashSet<*const Expr>) = Default::default();
    let mut found = Vec::new();
    let mut add = |kind, of: &'s Expr, by: Expr| {
        let at = if matches!(kind, MutantKind::Edge | MutantKind::Connective) { of.place } else { of.first_place() };
        found.push(Mutant {
            alteration: Alteration {
                kind,
                of: function.name.clone(),
                file: script.file.clone(),
                line: at.line as usize,
                column: at.column as usize,
                was: of.to_string(),
                is: by.to_string(),
            },
            change: Edit::Expression { of, by },
        });
    };
    function.body.walk(&mut |expr| {
        note(expr, &mut asked, &mut turned);
        let here = std::ptr::from_ref(expr);
        if (asked.contains(&here) || is_truth(expr)) && !turned.contains(&here) {
            add(MutantKind::Negated, expr, negated(expr));
        }
        if let ExprKind::Operator(name, operands) = &expr.kind
            && let Some((_, other)) = EDGES.iter().find(|(known, _)| known == name)
            && operands.len() == 2
        {
            add(
                MutantKind::Edge,
                expr,
                Expr { kind: ExprKind::Operator((*other).to_owned(), operands.clone()), ..*expr },
            );
        }
        for by in reconnected(expr) {
            add(MutantKind::Connective, expr, by);
        }
        for by in other_tiers(expr, tiers) {
            add(MutantKind::Tier, expr, by);
        }
    });
    found
}

/// Notes which of the expressions inside are conditions, and which stand behind a `!` and so have their contrary there.
fn note(expr: &Expr, asked: &mut FxHashSet<*const Expr>, turned: &mut FxHashSet<*const Expr>) {
    match &expr.kind {
        ExprKind::If { condition, .. } => drop(asked.insert(&raw const **condition)),
        ExprKind::And(operands) | ExprKind::Or(operands) => {
            asked.extend(operands.iter().map(std::ptr::from_ref));
        }
        ExprKind::Switch { arms, .. } => {
            asked.extend(arms.iter().filter_map(|arm| arm.condition.as_ref()).map(std::ptr::from_ref));
        }
        ExprKind::Operator(name, operands) if name == "!" => turned.extend(operands.iter().map(std::ptr::from_ref)),
        _ => {}
    }
}

fn is_truth(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Operator(name, _) if TRUTHS.contains(&name.as_str()))
}

fn negated(expr: &Expr) -> Expr {
    match &expr.kind {
        ExprKind::Operator(name, operands) if name == "!" => operands.first().unwrap_or(expr).clone(),
        _ => Expr { place: expr.place, kind: ExprKind::Operator("!".to_owned(), vec![expr.clone()]) },
    }
}

/// Each `&&` of several as `||`, and the other way round: `&&` binds the closer of the two.
fn reconnected(expr: &Expr) -> Vec<Expr> {
    let made = |kind| Expr { place: expr.place, kind };
    let (ExprKind::And(operands) | ExprKind::Or(operands)) = &expr.kind else { return Vec::new() };
    let one = |mut some: Vec<Expr>, all: fn(Vec<Expr>) -> ExprKind| match (some.pop(), some.is_empty()) {
        (Some(only), true) => only,
        (last, _) => made(all(some.into_iter().chain(last).collect())),
    };
    let between = 1..operands.len();
    let at = |at: usize| {
        let (before, after) = operands.split_at(at);
        if matches!(expr.kind, ExprKind::And(_)) {
            return made(ExprKind::Or(vec![one(before.to_vec(), ExprKind::And), one(after.to_vec(), ExprKind::And)]));
        }
        let (mut before, mut after) = (before.to_vec(), after.to_vec());
        let joined = made(ExprKind::And(before.pop().into_iter().chain(after.drain(..1)).collect()));
        one(before.into_iter().chain([joined]).chain(after).collect(), ExprKind::Or)
    };
    between.map(at).collect()
}

/// A tier that is named, as the next one in either direction.
fn other_tiers(expr: &Expr, tiers: &Tiers) -> Vec<Expr> {
    let ExprKind::Call { module: None, name, arguments } = &expr.kind else { return Vec::new() };
    let [Expr { kind: ExprKind::Text(tier), place }] = arguments.as_slice() else { return Vec::new() };
    if !NAMING.contains(&name.as_str()) {
        return Vec::new();
    }
    let by = |tier: String| {
        let arguments = vec![Expr { place: *place, kind: ExprKind::Text(tier) }];
        Expr { place: expr.place, kind: ExprKind::Call { module: None, name: name.clone(), arguments } }
    };
    beside(tiers.ordered(), tier).map(by).collect()
}

/// The entries before and after one in a list.
pub(super) fn beside<'a, T: AsRef<str>>(all: &'a [T], one: &str) -> impl Iterator<Item = String> + use<'a, T> {
    let at = all.iter().position(|known| known.as_ref() == one);
    let places = at.into_iter().flat_map(|at| [at.checked_sub(1), at.checked_add(1)]).flatten();
    places.filter_map(|place| all.get(place).map(|one| one.as_ref().to_owned()))
}
