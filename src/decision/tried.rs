//! The values that a missing fact is tried with.

use crate::{
    case::{domain::Domain, input::Input, value::Value},
    policy::edition::Edition,
};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// How many values of a missing fact are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sweep {
    /// Every value; of a decimal, the ends and every threshold in force with the value just below it.
    Every,
    /// One value of each run of values that all rules treat alike while the other missing facts stand at one of their ends.
    Kinds,
    /// The ends.
    Ends,
}

/// The values to try for a fact. A date, a text or a list has no end of them: it is tried as not given, which a rule that
/// reads it must be ready for.
pub(super) fn values(input: &Input, edition: &Edition, sweep: Sweep) -> Vec<Value> {
    let ends = |values: Vec<Value>| match (sweep, values.as_slice()) {
        (Sweep::Ends, [first, .., last]) => vec![first.clone(), last.clone()],
        _ => values,
    };
    match input.domain() {
        Some(Domain::Bool) => vec![Value::Bool(false), Value::Bool(true)],
        Some(Domain::Words(words)) => ends(words.iter().map(|word| Value::Word(word)).collect()),
        Some(Domain::OwnWords(words)) => ends(words.iter().map(|word| Value::Text(word.as_str().into())).collect()),
        Some(Domain::Whole { min, max }) if sweep != Sweep::Ends => (*min..=*max).map(Value::Whole).collect(),
        Some(Domain::Whole { min, max }) => vec![Value::Whole(*min), Value::Whole(*max)],
        Some(Domain::Decimal { min, max }) => {
            let just_below = |step: Decimal| step - Decimal::new(1, step.scale() + 2);
            let near = numbers_in_force(edition).into_iter().flat_map(|step| [just_below(step), step]);
            let kept = near.chain([(*min).into(), (*max).into()]).filter(|step| within(*step, *min, *max));
            let kept: BTreeSet<Decimal> = kept.map(|step| step.normalize()).collect();
            ends(kept.into_iter().map(Value::Decimal).collect())
        }
        Some(Domain::Date | Domain::Text | Domain::Answers) | None => vec![Value::Absent],
    }
}

fn within(step: Decimal, min: i64, max: i64) -> bool {
    (Decimal::from(min)..=Decimal::from(max)).contains(&step)
}

/// Every number among the parameters in force, in lists and tables too.
#[must_use]
pub fn numbers_in_force(edition: &Edition) -> BTreeSet<Decimal> {
    fn add(value: &Value, to: &mut BTreeSet<Decimal>) {
        match value {
            Value::Whole(number) => drop(to.insert(Decimal::from(*number))),
            Value::Decimal(number) => drop(to.insert(*number)),
            Value::List(values) => values.iter().for_each(|value| add(value, to)),
            Value::Record(values) => values.iter().for_each(|(_, value)| add(value, to)),
            _ => {}
        }
    }
    let mut numbers = BTreeSet::new();
    edition.parameters().values().for_each(|(_, dated)| add(&dated.value, &mut numbers));
    numbers
}
