//! Ways to fill missing facts in: every value of a closed domain, of numbers those near one that the policy could care about.

use crate::draw::Draw;
use brag::{
    case::{
        domain::Domain,
        input::{Input, InputId},
        record::{Kind, Shape},
        value::Value,
        words::Level,
    },
    decision::verdict::{Verdict, verdict},
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts, Inputs, Unknown},
        outcome::NoOutcome,
        presumed::Presumption,
    },
    language::fault::PolicyFault,
    policy::Policy,
};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use std::{collections::BTreeSet, sync::Arc};

/// The numbers that a policy could care about: those of its scripts and of its parameters in force.
pub fn numbers_of(policy: &Policy, on: Date) -> BTreeSet<Decimal> {
    fn collect(value: &Value, into: &mut BTreeSet<Decimal>) {
        match value {
            Value::Whole(number) => drop(into.insert(Decimal::from(*number))),
            Value::Decimal(number) => drop(into.insert(*number)),
            Value::List(values) => values.iter().for_each(|value| collect(value, into)),
            Value::Record(values) => values.iter().for_each(|(_, value)| collect(value, into)),
            _ => {}
        }
    }
    let mut numbers = BTreeSet::new();
    policy.numbers_on(on).for_each(|(_, _, dated)| collect(&dated.value, &mut numbers));
    for source in &policy.program().scripts {
        numbers.extend(numbers_in(&source.text));
    }
    numbers
}

/// The numbers that a script spells.
pub fn numbers_in(script: &str) -> BTreeSet<Decimal> {
    let code = script.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words = code.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '.'));
    words.filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}

/// The facts that a case can give itself and that the policy does not take for granted, among those that it asks for. One that
/// is presumed to be at most another is open below that.
pub fn facts<'p>(policy: &'p Policy, asked: &BTreeSet<InputId>) -> Vec<(InputId, &'p Input)> {
    let is_granted =
        |id: &InputId| policy.presumed().get(id).is_some_and(|presumed| matches!(presumed.is, Presumption::Value(_)));
    let asked = asked.iter().map(|id| (*id, policy.inputs().get(*id)));
    asked.filter(|(id, input)| input.kind == Kind::Fact && input.domain().is_some() && !is_granted(id)).collect()
}

/// Those of some values that a fact can have in a case: one that is presumed to be at most another, none above that.
pub fn allowed(facts: &Arc<Facts>, input: InputId, mut values: Vec<Value>) -> Vec<Value> {
    let inputs = Inputs { facts: Arc::clone(facts), assumed: Assumed::new() };
    if let Some(most) = inputs.at_most(input) {
        let rank = |value: &Value| Level::WORDS.iter().position(|word| *word == value.to_string());
        values.retain(|value| rank(value) <= rank(&most));
    }
    values
}

/// The values of a domain at which something may change.
pub fn thresholds(domain: &Domain, numbers: &BTreeSet<Decimal>) -> Vec<Value> {
    let near = |step: Decimal, min: i64, max: i64| -> BTreeSet<Decimal> {
        let ends = [Decimal::from(min), Decimal::from(max)];
        let beside = numbers.iter().flat_map(|number| [number - step, *number, number + step]);
        beside.filter(|number| (ends[0]..=ends[1]).contains(number)).chain(ends).collect()
    };
    match domain {
        Domain::Bool => vec![Value::Bool(false), Value::Bool(true)],
        Domain::Words(words) => words.iter().map(|word| Value::Word(word)).collect(),
        Domain::OwnWords(words) => words.iter().map(|word| Value::Text(word.as_str().into())).collect(),
        Domain::Whole { min, max } => {
            let numbers = near(Decimal::ONE, *min, *max);
            let whole: BTreeSet<i64> = numbers.iter().filter_map(|number| i64::try_from(number.floor()).ok()).collect();
            whole.into_iter().filter(|number| (min..=max).contains(&number)).map(Value::Whole).collect()
        }
        Domain::Decimal { min, max } => {
            near(Decimal::new(1, 3), *min, *max).into_iter().map(|number| Value::Decimal(number.normalize())).collect()
        }
        Domain::Date => [date(1960, 2, 29), date(1990, 1, 1), date(2018, 5, 20), date(2019, 5, 19), date(2019, 5, 20)]
            .map(Value::Date)
            .to_vec(),
        Domain::Text => ["", "x", "high"].map(|text| Value::Text(text.into())).to_vec(),
        Domain::Answers => vec![Value::record(Vec::<(String, Value)>::new())],
    }
}

/// Fills facts in at random, each near a threshold as often as anywhere.
#[derive(Debug)]
pub struct Filler {
    /// The numbers that the policy could care about.
    pub numbers: BTreeSet<Decimal>,
}

impl Filler {
    /// One value of a fact.
    pub fn value(&self, facts: &Arc<Facts>, input: InputId, draw: &mut Draw) -> Value {
        let described = facts.inputs.get(input);
        let domain = match &described.shape {
            Shape::Leaf(domain) => domain,
            Shape::List(_) => return Value::list([]),
            Shape::Record(_) => return Value::Absent,
        };
        let mut values = match domain {
            Domain::Whole { min, max } if draw.happens(40) => {
                let width = usize::try_from(max.saturating_sub(*min).min(1_000)).unwrap();
                vec![Value::Whole(min + i64::try_from(draw.below(width + 1)).unwrap())]
            }
            Domain::Decimal { min, max } if draw.happens(40) => {
                let tenths = usize::try_from((max - min) * 100).unwrap();
                let number = Decimal::from(*min) + Decimal::new(i64::try_from(draw.below(tenths + 1)).unwrap(), 2);
                vec![Value::Decimal(number.normalize())]
            }
            domain => thresholds(domain, &self.numbers),
        };
        values = allowed(facts, input, values);
        draw.one(&values).clone()
    }

    /// What comes out when some facts have these values; others that are asked for have values of their own. Nothing where a
    /// rule fails.
    pub fn go(
        &self,
        evaluator: &mut Evaluator<'_>,
        facts: &Arc<Facts>,
        mut assumed: Assumed,
        draw: &mut Draw,
    ) -> Result<(Assumed, Verdict), Box<PolicyFault>> {
        for _ in 0..200 {
            evaluator.begin(facts);
            evaluator.turn_to(facts, assumed.clone());
            match verdict(evaluator) {
                Ok(verdict) => return Ok((assumed, verdict)),
                Err(NoOutcome::Unknown(Unknown(input))) => {
                    assumed.insert(input, self.value(facts, input, draw));
                }
                Err(NoOutcome::Fault(fault)) => return Err(fault),
            }
        }
        panic!("more than 200 facts are asked for")
    }
}
