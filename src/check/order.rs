//! Lists of numbers that are out of order: cut-offs rise or fall, and those of one table all the same way.

use super::numbers::NumberUses;
use crate::{
    case::document::{Content, Node},
    language::fault::PolicyFault,
    policy::parameters::scalar,
};
use rust_decimal::Decimal;
use std::{cmp::Ordering, collections::BTreeMap};

/// Which way the lists of numbers of each place in a table go, by the names on the way to them.
type Ways<'n> = BTreeMap<String, Vec<(&'n Node, Option<Ordering>)>>;

impl NumberUses<'_> {
    /// Lists of numbers in one value that go neither way, or another way than their like.
    pub(super) fn order(&self, value: &Node, found: &mut Vec<PolicyFault>) {
        let mut ways = Ways::new();
        collect(value, "", &mut ways);
        // Rows of a table hold numbers of several meanings, and what a list alone is for is not seen here.
        for lists in ways.iter().filter(|(path, _)| !path.is_empty() && !path.ends_with("[]")).map(|(_, lists)| lists) {
            let falls = lists.iter().filter(|(_, way)| *way == Some(Ordering::Greater)).count();
            let rises = lists.iter().filter(|(_, way)| *way == Some(Ordering::Less)).count();
            let usual = if falls > rises { Ordering::Greater } else { Ordering::Less };
            for (list, way) in lists {
                let is_odd = way.is_some_and(|way| way != usual) && falls != rises;
                if way.is_none() || is_odd {
                    let message = if is_odd {
                        "these numbers go the other way than those beside them"
                    } else {
                        "these numbers neither rise nor fall"
                    };
                    let help = "write them in order: a cut-off out of order is never reached";
                    found.push(self.at("not-rising", list.at.line, list.at.column, message.to_owned(), help));
                }
            }
        }
    }
}

fn collect<'n>(node: &'n Node, path: &str, into: &mut Ways<'n>) {
    match &node.content {
        Content::Scalar { .. } => {}
        Content::Map(entries) => {
            for (key, node) in entries {
                collect(node, &format!("{path}.{}", key.name), into);
            }
        }
        Content::List(items) => {
            let numbers: Option<Vec<Decimal>> = items.iter().map(number).collect();
            match numbers.filter(|numbers| numbers.len() > 1) {
                Some(numbers) => into.entry(path.to_owned()).or_default().push((node, way(&numbers))),
                None => items.iter().for_each(|item| collect(item, &format!("{path}[]"), into)),
            }
        }
    }
}

/// Whether numbers rise or fall, each past the one before.
fn way(numbers: &[Decimal]) -> Option<Ordering> {
    let mut steps = numbers.iter().zip(numbers.iter().skip(1)).map(|(one, next)| one.cmp(next));
    let first = steps.next().filter(|first| first.is_ne())?;
    steps.all(|step| step == first).then_some(first)
}

fn number(node: &Node) -> Option<Decimal> {
    let Content::Scalar { text, plain } = &node.content else { return None };
    scalar(text, *plain).number()
}
