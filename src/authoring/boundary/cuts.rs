//! The numbers that stand in the rules as thresholds, whatever a case is.

use crate::{
    case::{
        domain::Domain,
        input::{Input, InputId},
        value::Value,
    },
    decision::assessor::Assessor,
    evaluate::{inputs::Assumed, possible::OpenFact},
    policy::Policy,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::{collections::BTreeSet, sync::Arc};

/// An input, and a number that the rules hold it against.
pub(super) type InputCut = (InputId, Decimal);

/// The numbers that the rules in force on a date hold an input against. What a table of `pick` gives for an input is none: the
/// evaluator cuts at every number of the table, at the results too.
pub(super) fn cuts_of_rules(policy: &Policy, on: Date) -> BTreeSet<InputCut> {
    let mut standing = cuts_on(policy, on);
    let mut without_results = policy.clone();
    let mut tables = Vec::new();
    for (name, parameter) in &policy.parameters().by_name {
        let Some((since, dated)) = parameter.on(policy.law().unwrap_or(on)) else { continue };
        let mut table = PickTable::default();
        let rest = table.read(&dated.value);
        if !table.results.is_empty() {
            without_results = without_results.with_number(name, since, &rest);
            tables.push(table);
        }
    }
    let is_asked_of = |table: &PickTable, id: InputId| {
        let mut cut_offs = table.cut_offs.iter().filter(|cut| is_within(policy.inputs().get(id), **cut)).peekable();
        cut_offs.peek().is_some() && cut_offs.all(|cut| standing.contains(&(id, *cut)))
    };
    let is_result = |(id, at): &&InputCut| tables.iter().any(|one| one.results.contains(at) && is_asked_of(one, *id));
    let results: Vec<InputCut> = standing.iter().filter(is_result).copied().collect();
    if !results.is_empty() {
        let others = cuts_on(&without_results, on);
        standing.retain(|one| others.contains(one) || !results.contains(one));
    }
    standing
}

/// The numbers at which the evaluator cuts an input, but for those at the ends of what the input can be.
fn cuts_on(policy: &Policy, on: Date) -> BTreeSet<InputCut> {
    let mut assessor = Assessor::new(policy);
    let facts = assessor.facts(&Arc::default(), on);
    let evaluator = &mut assessor.begin(&facts).evaluator;
    evaluator.open(&facts, Assumed::new());
    evaluator.open_everything();
    evaluator.outlook();
    let open = evaluator.possible().domain.facts.clone();
    let of_fact = |fact: &OpenFact| {
        let input = policy.inputs().get(fact.input);
        fact.cuts.iter().filter(|cut| is_within(input, **cut)).map(|cut| (fact.input, *cut)).collect::<Vec<_>>()
    };
    open.iter().flat_map(of_fact).collect()
}

fn is_within(input: &Input, cut: Decimal) -> bool {
    match input.domain() {
        Some(Domain::Whole { min, max } | Domain::Decimal { min, max }) => {
            Decimal::from(*min) < cut && cut <= Decimal::from(*max)
        }
        _ => false,
    }
}

/// What the rows `[from, result]` of a number are made of.
#[derive(Debug, Default)]
struct PickTable {
    cut_offs: BTreeSet<Decimal>,
    /// The results that are numbers.
    results: BTreeSet<Decimal>,
}

impl PickTable {
    /// Reads the rows that stand in a value; gives the value with the cut-off of each row in place of its results that are numbers.
    fn read(&mut self, value: &Value) -> Value {
        match value {
            Value::List(rows) => {
                Value::List(rows.iter().map(|row| self.row(row).unwrap_or_else(|| row.clone())).collect())
            }
            Value::Record(entries) => {
                Value::Record(entries.iter().map(|(name, value)| (name.clone(), self.read(value))).collect())
            }
            other => other.clone(),
        }
    }

    fn row(&mut self, row: &Value) -> Option<Value> {
        let Value::List(row) = row else { return None };
        let (first, results) = row.split_first().filter(|(_, results)| !results.is_empty())?;
        let cut_off = first.number()?;
        self.cut_offs.insert(cut_off);
        let without = results.iter().map(|result| match result.number() {
            Some(given) => {
                self.results.insert(given);
                first.clone()
            }
            None => result.clone(),
        });
        Some(Value::List(std::iter::once(first.clone()).chain(without).collect()))
    }
}
