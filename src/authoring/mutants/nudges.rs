//! How a worked case can be otherwise in one thing that a mutant bears on: an input on both sides of a number, another word, a
//! date a little earlier.

use super::{Edit, Mutant};
use crate::{
    authoring::case_text::CaseText,
    case::{
        domain::Domain,
        input::{Input, InputId, Source},
        record::Shape,
        value::Value,
    },
    language::program::Expr,
    policy::Policy,
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Widest step that a date is moved by, in days.
const FAR: i64 = 800;
/// Days that the date of the answer is moved by.
const NEAR: i64 = 15;

/// What a mutant bears on.
#[derive(Debug, Default)]
pub(super) struct Concern {
    /// The inputs that the function of the mutant can read, then those that the rules which lead to it can read besides.
    inputs: [BTreeSet<InputId>; 2],
    /// The numbers that those are held against.
    numbers: BTreeSet<Decimal>,
    /// The words that those are held against.
    words: BTreeSet<String>,
    /// The numbers of the mutant itself.
    own: BTreeSet<Decimal>,
}

/// One thing otherwise: the path in the case and the value there, as YAML; nothing where it goes.
pub(super) type Nudge = (String, Option<String>);

impl Concern {
    /// What a mutant of a policy bears on.
    pub fn of(mutant: &Mutant<'_>, policy: &Policy) -> Self {
        let program = policy.program();
        let mut concern = Self::default();
        let slot = program.parameters.iter().position(|name| *name == mutant.alteration.of);
        let is_its = |number: u32| {
            let function = program.function(number);
            match &mutant.change {
                Edit::Number { .. } => {
                    let mut reads = false;
                    function.body.walk(&mut |node| {
                        reads |= matches!(node.expr, Expr::Parameter(at) if Some(usize::from(at)) == slot);
                    });
                    reads
                }
                _ => *function.name == *mutant.alteration.of,
            }
        };
        let entries = program.rules.iter().chain(program.reserved.values());
        for entry in entries {
            let ground = program.ground(entry.function);
            let its: Vec<u32> = ground.functions.iter().copied().filter(|number| is_its(*number)).collect();
            for own in &its {
                concern.note(policy, &program.ground(*own).functions, 0);
            }
            if !its.is_empty() {
                concern.note(policy, &ground.functions, 1);
            }
        }
        let [own, around] = &mut concern.inputs;
        around.retain(|input| !own.contains(input));
        concern.own = mutant.numbers().into_iter().filter_map(|number| number.parse().ok()).collect();
        concern
    }

    fn note(&mut self, policy: &Policy, functions: &BTreeSet<u32>, ring: usize) {
        let program = policy.program();
        for number in functions {
            program.function(*number).body.walk(&mut |node| match &node.expr {
                Expr::Input(input) => self.inputs.get_mut(ring).into_iter().for_each(|ring| ring.extend([*input])),
                Expr::Keyed { inputs, .. } => {
                    let ids = inputs.iter().map(|(_, input)| *input);
                    self.inputs.get_mut(ring).into_iter().for_each(|ring| ring.extend(ids.clone()));
                }
                Expr::Index { of, .. } => {
                    if let Expr::Group(group) = of.expr {
                        let below = policy.inputs().below(group);
                        self.inputs.get_mut(ring).into_iter().for_each(|ring| ring.extend(&below));
                    }
                }
                Expr::Whole(number) => drop(self.numbers.insert((*number).into())),
                Expr::Constant(number) => {
                    program.constants.get(usize::from(*number)).into_iter().for_each(|value| self.hold(value));
                }
                Expr::Parameter(slot) => {
                    let named = program.parameters.get(usize::from(*slot));
                    let parameter = named.and_then(|name| policy.parameters().by_name.get(name));
                    parameter.into_iter().flat_map(|one| one.values.values()).for_each(|dated| self.hold(&dated.value));
                }
                _ => {}
            });
        }
    }

    fn hold(&mut self, value: &Value) {
        match value {
            Value::Whole(number) => drop(self.numbers.insert((*number).into())),
            Value::Decimal(number) => drop(self.numbers.insert(*number)),
            Value::Text(word) => drop(self.words.insert(word.to_string())),
            Value::List(values) => values.iter().for_each(|value| self.hold(value)),
            Value::Record(entries) => entries.iter().for_each(|(_, value)| self.hold(value)),
            _ => {}
        }
    }

    /// What could be otherwise among the inputs: of the function itself, or of the rules around it.
    pub fn of_inputs(&self, policy: &Policy, ring: usize) -> Vec<Nudge> {
        let inputs = self.inputs.get(ring).into_iter().flatten().map(|id| policy.inputs().get(*id));
        let mut all: Vec<Nudge> = inputs.flat_map(|input| self.of_input(input)).collect();
        // What lies at the mutant's own numbers comes first.
        let near = |value: &str| {
            let value: Option<Decimal> = value.parse().ok();
            value.is_some_and(|value| self.own.iter().any(|own| (value - *own).abs() <= Decimal::ONE))
        };
        all.sort_by_key(|(_, value)| !value.as_deref().is_some_and(near));
        all
    }

    fn of_input(&self, input: &Input) -> Vec<Nudge> {
        if !matches!(input.source, Source::Field(_) | Source::Local(_)) {
            return Vec::new();
        }
        let set = |value: String| (input.path.to_string(), Some(value));
        let gone = (input.path.to_string(), None);
        match &input.shape {
            Shape::Leaf(domain) => self.of_domain(domain).into_iter().map(set).chain([gone]).collect(),
            Shape::List(of) => {
                let Shape::Leaf(domain) = &**of else { return vec![gone] };
                let lists = self.of_domain(domain).into_iter().map(|one| set(format!("[{one}]")));
                lists.chain([gone]).collect()
            }
            Shape::Record(_) => vec![gone],
        }
    }

    fn of_domain(&self, domain: &Domain) -> Vec<String> {
        let near = |step: Decimal, min: i64, max: i64| -> Vec<String> {
            let ends = [Decimal::from(min), Decimal::from(max.min(1_000))];
            let near = self.numbers.iter().flat_map(|number| [number - step, *number, number + step]);
            let all: BTreeSet<Decimal> = near.chain(ends).filter(|one| (ends[0]..=ends[1]).contains(one)).collect();
            all.into_iter().map(|number| number.normalize().to_string()).collect()
        };
        // Of a long catalogue the words that the rules name, and one that they do not.
        let words = |all: Vec<&str>| -> Vec<String> {
            let (named, rest): (Vec<&str>, Vec<&str>) = all.iter().partition(|word| self.words.contains(**word));
            let rest = if all.len() > 8 { rest.into_iter().take(1).collect() } else { rest };
            named.into_iter().chain(rest).map(str::to_owned).collect()
        };
        match domain {
            Domain::Bool => vec!["true".to_owned(), "false".to_owned()],
            Domain::Whole { min, max } => {
                near(Decimal::ONE, *min, *max).into_iter().filter(|one| !one.contains('.')).collect()
            }
            Domain::Decimal { min, max } => near(Decimal::new(1, 2), *min, *max),
            Domain::Words(all) => words(all.to_vec()),
            Domain::OwnWords(all) => words(all.iter().map(String::as_str).collect()),
            Domain::Text => self.words.iter().cloned().collect(),
            Domain::Date | Domain::Answers => Vec::new(),
        }
    }

    /// What could be otherwise among the dates of a case that is looked at on a day: each so long before or after it as the
    /// mutant's numbers say, and the day itself.
    pub fn of_dates(&self, case: &CaseText, on: Date) -> Vec<Nudge> {
        let spans: BTreeSet<i64> = self
            .own
            .iter()
            .filter_map(|number| i64::try_from(*number).ok())
            .flat_map(|number| [number.saturating_sub(1), number, number.saturating_add(1)])
            .flat_map(|number| [number, number.saturating_mul(7)])
            .filter(|days| (0..=FAR).contains(days))
            .collect();
        let moved = |from: Date, days: i64| from.checked_add(days.days()).ok();
        let mut all = Vec::new();
        for (path, date) in case.dates() {
            if path == "date_of_birth" {
                continue;
            }
            if path == "assessed_on" {
                let days = (1..=NEAR).chain(spans.iter().copied()).flat_map(|days| [days, -days]);
                all.extend(days.filter_map(|days| moved(on, days)).map(|day| (path.clone(), day)));
                continue;
            }
            let from_today = spans.iter().flat_map(|days| [-*days, *days]).filter_map(|days| moved(on, days));
            let from_itself = [1, -1, 7, -7].into_iter().filter_map(|days| moved(date, days));
            all.extend(from_today.chain(from_itself).filter(|day| *day != date).map(|day| (path.clone(), day)));
        }
        all.into_iter().map(|(path, day)| (path, Some(day.to_string()))).collect()
    }
}
