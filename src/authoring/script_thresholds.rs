//! The numbers of a policy that its rules hold something against, wherever that is from: an input, a count, a sum of points, days
//! between two dates.

use crate::{
    case::{domain::Domain, value::Value},
    language::{
        lower::{RESERVED, is_law},
        tree::{Expr, ExprKind},
    },
    policy::Policy,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The operators that have an edge.
const EDGES: &[&str] = &[">=", ">", "<=", "<"];
/// The words that take cut-offs.
const CUT_OFFS: &[&str] = &["band", "pick"];
/// The functions that a tier or points come of, of those that the engine calls.
const GIVE_TIERS: &[&str] = &["tier", "provisional"];

/// A number of `parameters.yaml` and what it is held against.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ScriptThreshold {
    /// What is asked, as it is written in the script.
    pub asked: String,
    /// The number.
    pub number: Decimal,
    /// Whether what is held against it may be an input, by way of a variable or a word: else it is counted, added up or reckoned.
    pub may_be_input: bool,
}

/// Each number in force on a date that the policy's own script holds something else against than an input itself; of the table of
/// `pick` all but the least, from which on everything is.
pub(super) fn script_thresholds(policy: &Policy, on: Date) -> BTreeSet<ScriptThreshold> {
    let mut found = BTreeSet::new();
    let Some(scripts) = policy.scripts() else { return found };
    let is_asked = |name: &str| {
        let is_reserved = RESERVED.iter().any(|(reserved, _)| *reserved == name);
        !is_law(name) && (!is_reserved || GIVE_TIERS.contains(&name))
    };
    let functions = scripts.all().take(1).flat_map(|(_, script)| &script.functions);
    for function in functions.filter(|function| is_asked(&function.name)) {
        function.body.walk(&mut |expr| {
            let operands = operands(expr);
            let is_table =
                matches!(&expr.kind, ExprKind::Call { name, .. } | ExprKind::Method { name, .. } if name == "pick");
            let inside = if is_table { cut_offs } else { inside };
            let numbers = |operand: &Expr| number(policy, operand, on).map(inside).unwrap_or_default();
            let (cuts, held): (Vec<&Expr>, Vec<&Expr>) =
                operands.into_iter().partition(|operand| !numbers(operand).is_empty());
            if cuts.is_empty() || held.iter().any(|held| is_input(policy, held)) {
                return;
            }
            let may_be_input = held.iter().any(|held| mentions_input(policy, held));
            let all: BTreeSet<Decimal> = cuts.into_iter().flat_map(numbers).collect();
            let threshold = |number| ScriptThreshold { asked: expr.to_string(), number, may_be_input };
            found.extend(all.into_iter().skip(usize::from(is_table)).map(threshold));
        });
    }
    found
}

/// The path that an expression reads of the case.
fn path(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Field { of, name, .. } => Some(match path(of)? {
            root if root.is_empty() => name.clone(),
            group => format!("{group}.{name}"),
        }),
        ExprKind::Name(name) if name == "person" => Some(String::new()),
        _ => None,
    }
}

/// Whether an expression is an input that is a number, and nothing else.
fn is_input(policy: &Policy, expr: &Expr) -> bool {
    let input = path(expr).and_then(|path| policy.inputs().find(&path));
    let domain = input.and_then(|input| policy.inputs().get(input).domain());
    matches!(domain, Some(Domain::Whole { .. } | Domain::Decimal { .. }))
}

/// Whether what an expression gives may be an input: a variable, or what a word makes of some.
fn mentions_input(policy: &Policy, expr: &Expr) -> bool {
    let is_it = |expr: &Expr| mentions_input(policy, expr) || is_input(policy, expr);
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Call { arguments, .. } | ExprKind::Operator(_, arguments) => arguments.iter().any(is_it),
        _ => false,
    }
}

/// What is held against each other.
fn operands(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Operator(name, operands) if EDGES.contains(&name.as_str()) => operands.iter().collect(),
        ExprKind::Call { module: None, name, arguments } if CUT_OFFS.contains(&name.as_str()) => {
            arguments.iter().collect()
        }
        ExprKind::Method { of, name, arguments } if CUT_OFFS.contains(&name.as_str()) => {
            std::iter::once(&**of).chain(arguments).collect()
        }
        _ => Vec::new(),
    }
}

/// The parameter that an expression is, or is a part of.
fn number<'p>(policy: &'p Policy, expr: &Expr, on: Date) -> Option<&'p Value> {
    match &expr.kind {
        ExprKind::Qualified(module, name) if module == "param" => policy.number_on(name, on),
        ExprKind::Field { of, .. } | ExprKind::Index { of, .. } => number(policy, of, on),
        _ => None,
    }
}

/// The numbers in a value.
fn inside(value: &Value) -> Vec<Decimal> {
    match value {
        Value::Whole(number) => vec![Decimal::from(*number)],
        Value::Decimal(number) => vec![*number],
        Value::List(values) => values.iter().flat_map(inside).collect(),
        Value::Record(entries) => entries.iter().flat_map(|(_, value)| inside(value)).collect(),
        _ => Vec::new(),
    }
}

/// The numbers from which the rows `[from, result]` of a table of `pick` hold.
fn cut_offs(value: &Value) -> Vec<Decimal> {
    let from = |row: &Value| match row {
        Value::List(row) => row.first().map(inside).unwrap_or_default(),
        _ => Vec::new(),
    };
    match value {
        Value::List(rows) => rows.iter().flat_map(from).collect(),
        Value::Record(entries) => entries.iter().flat_map(|(_, value)| cut_offs(value)).collect(),
        _ => Vec::new(),
    }
}
