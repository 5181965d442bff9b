//! What can be wrong in the numbers of a policy: each is the next one, by its smallest step or as its neighbour in a list.

use super::{Alteration, Edit, Mutant, MutantKind, expressions::beside};
use crate::{
    case::{
        document::{Content, Node, parse},
        fault::Mark,
        value::Value,
        words::Level,
    },
    language::tiers::Tiers,
    policy::Policy,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// A value with one thing in it otherwise.
struct Moved {
    kind: MutantKind,
    at: Mark,
    was: String,
    is: String,
    /// The whole value.
    value: Value,
}

/// Every mutant of the numbers that are in force on some date.
pub(super) fn mutants<'s>(policy: &Policy, tiers: &Tiers, dates: &BTreeSet<Date>) -> Vec<Mutant<'s>> {
    let parameters = policy.parameters();
    let Ok(document) = parse(&parameters.text) else { return Vec::new() };
    let mut in_force: BTreeSet<(&str, Date)> = BTreeSet::new();
    for date in dates {
        in_force.extend(policy.numbers_on(*date).map(|(name, since, _)| (name, since)));
    }
    let mut all = Vec::new();
    for (name, from) in in_force {
        let value = parameters.by_name.get(name).and_then(|parameter| Some(&parameter.values.get(&from)?.value));
        let node = inside(&document, name)
            .and_then(|node| inside(node, "values"))
            .and_then(|node| inside(node, &from.to_string()))
            .and_then(|node| inside(node, "value"));
        let Some((value, node)) = value.zip(node) else { continue };
        all.extend(moved(value, node, tiers).into_iter().map(|other| Mutant {
            alteration: Alteration {
                kind: other.kind,
                of: name.to_owned(),
                file: parameters.file.clone(),
                line: other.at.line,
                column: other.at.column,
                was: other.was,
                is: other.is,
            },
            change: Edit::Number { from, value: other.value },
        }));
    }
    all
}

fn inside<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Content::Map(entries) = &node.content else { return None };
    entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
}

fn moved(value: &Value, node: &Node, tiers: &Tiers) -> Vec<Moved> {
    match (value, &node.content) {
        (Value::List(values), Content::List(nodes)) => {
            let nodes: Vec<&Node> = nodes.iter().collect();
            within(values, &nodes, tiers, |at, value| {
                let others = values.iter().enumerate();
                Value::list(others.map(|(number, one)| if number == at { value.clone() } else { one.clone() }))
            })
        }
        (Value::Record(entries), Content::Map(written)) => {
            let values: Vec<Value> = entries.iter().map(|(_, value)| value.clone()).collect();
            let nodes: Vec<&Node> = written.iter().map(|(_, node)| node).collect();
            within(&values, &nodes, tiers, |at, value| {
                let others = entries.iter().enumerate();
                let entry = |(number, (name, one)): (usize, &(crate::case::value::Name, Value))| {
                    (name.clone(), if number == at { value.clone() } else { one.clone() })
                };
                Value::record(others.map(entry))
            })
        }
        (_, Content::Scalar { text, .. }) => {
            next(value, text, tiers).into_iter().map(|(kind, other)| single(kind, value, other, node.at)).collect()
        }
        _ => Vec::new(),
    }
}

fn single(kind: MutantKind, value: &Value, other: Value, at: Mark) -> Moved {
    Moved { kind, at, was: value.to_string(), is: other.to_string(), value: other }
}

/// What can be otherwise inside a list or table, `put` together with the rest of it again.
fn within(values: &[Value], nodes: &[&Node], tiers: &Tiers, put: impl Fn(usize, &Value) -> Value) -> Vec<Moved> {
    let numbers: Vec<usize> = (0..values.len()).filter(|at| values.get(*at).is_some_and(is_number)).collect();
    let mut all = Vec::new();
    for (at, (value, node)) in values.iter().zip(nodes).enumerate() {
        let mut others = moved(value, node, tiers);
        let beside = numbers.iter().position(|number| *number == at).into_iter();
        let beside = beside.flat_map(|place| [place.checked_sub(1), place.checked_add(1)]).flatten();
        for neighbour in beside.filter_map(|place| values.get(*numbers.get(place)?)) {
            if neighbour != value && others.iter().all(|other| other.value != *neighbour) {
                others.push(single(MutantKind::Number, value, neighbour.clone(), node.at));
            }
        }
        all.extend(others.into_iter().map(|other| Moved { value: put(at, &other.value), ..other }));
    }
    all
}

const fn is_number(value: &Value) -> bool {
    matches!(value, Value::Whole(_) | Value::Decimal(_))
}

/// The values next to a single one, as it is written: 0.60 has a smaller step than 0.6.
fn next(value: &Value, written: &str, tiers: &Tiers) -> Vec<(MutantKind, Value)> {
    let number = |value| (MutantKind::Number, value);
    match value {
        Value::Bool(value) => vec![number(Value::Bool(!value))],
        Value::Whole(whole) => {
            let both = [whole.checked_sub(1), whole.checked_add(1)];
            both.into_iter().flatten().map(Value::Whole).map(number).collect()
        }
        Value::Decimal(decimal) => {
            let step = Decimal::new(1, Decimal::from_str_exact(written).unwrap_or(*decimal).scale());
            let both = [decimal.checked_sub(step), decimal.checked_add(step)];
            both.into_iter().flatten().map(|other| number(whole_or_decimal(other))).collect()
        }
        Value::Text(word) => {
            let word_of = |word: String| Value::Text(word.into());
            let levels = beside(Level::WORDS, word).map(|word| number(word_of(word)));
            beside(tiers.ordered(), word).map(|tier| (MutantKind::Tier, word_of(tier))).chain(levels).collect()
        }
        _ => Vec::new(),
    }
}

/// A number as it would be read: one without decimals is whole.
fn whole_or_decimal(number: Decimal) -> Value {
    let normal = number.normalize();
    i64::try_from(normal).ok().filter(|_| normal.scale() == 0).map_or(Value::Decimal(normal), Value::Whole)
}
