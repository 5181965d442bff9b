//! The steps by which risk grows: of an input from one value to the next, of a list by what is asked of it.

use super::Step;
use crate::{
    case::{
        input::InputId,
        record::Kind,
        risk::{Grows, NO_STEP, grows},
    },
    evaluate::possible::{OpenFact, asked::Questions, numbers::Grain, value::Atom},
    language::datum::Datum,
    verify::stretch::{Stretch, alone},
};

/// An input that speaks of risk, or a question of a list that does, and its steps upwards.
pub(super) struct Rising {
    /// Each step.
    pub steps: Vec<Step>,
    /// The steps over others.
    pub far: Vec<Step>,
}

/// The risk lists that a question rests on; what else it rests on has steps of its own.
pub(super) fn lists_of(stretch: &mut Stretch<'_>, question: InputId) -> Vec<InputId> {
    let questions = stretch.evaluator.possible().domain.questions.as_ref();
    let Some(question) = questions.and_then(|questions| questions.get(question)) else { return Vec::new() };
    if question.gives.is_some() {
        return Vec::new();
    }
    let inputs = stretch.policy.inputs();
    let of_list = |id: &&InputId| !Questions::is_one(**id) && grows(inputs.get(**id)) == Some(Grows::WithEntries);
    question.inputs.iter().filter(of_list).copied().collect()
}

fn is_absent(atom: &Atom) -> bool {
    matches!(atom, Atom::Known(Datum::Absent))
}

/// The steps of an input upwards; none where it does not speak of risk.
pub(super) fn of_fact(stretch: &Stretch<'_>, fact: &OpenFact) -> Option<Rising> {
    let input = stretch.policy.inputs().get(fact.input);
    let is_step = |atom: &Atom| match atom {
        Atom::Known(datum) => !datum.as_text().is_some_and(|word| NO_STEP.contains(&word)),
        _ => true,
    };
    // Where it is not seen what they are compared with, each of a few numbers is a stretch of its own.
    let is_few = |atom: &Atom| atom.numbers().is_none_or(|numbers| numbers.grain == Grain::Whole);
    let every = fact.every || (fact.loose && fact.set.iter().all(is_few));
    let fact = &OpenFact { every, ..fact.clone() };
    let (nothing, mut values): (Vec<Atom>, Vec<Atom>) =
        fact.pieces(&fact.set).into_iter().filter(is_step).partition(is_absent);
    match grows(input)? {
        Grows::WhenThere => {
            let before = nothing.first()?;
            let steps = values.iter().map(|value| (fact.input, [alone(before), alone(value)])).collect();
            Some(Rising { steps, far: Vec::new() })
        }
        Grows::Upwards => {
            // A register that is not there is the least; a fact that is not there is none.
            if input.kind == Kind::Register {
                values.splice(0..0, nothing);
            }
            Some(upwards(fact, &values))
        }
        Grows::WithEntries => None,
    }
}

/// The steps of a question upwards; none where it is not known whether an entry more makes it more.
pub(super) fn of_question(stretch: &mut Stretch<'_>, fact: &OpenFact) -> Option<Rising> {
    let questions = stretch.evaluator.possible().domain.questions.as_ref()?;
    let grows = questions.get(fact.input)?.grows?;
    let mut values = fact.pieces(&fact.set);
    if !grows {
        values.reverse();
    }
    Some(upwards(fact, &values))
}

fn upwards(fact: &OpenFact, values: &[Atom]) -> Rising {
    let pair = |(below, above): (&Atom, &Atom)| (fact.input, [alone(below), alone(above)]);
    let mut steps: Vec<Step> = values.iter().zip(values.iter().skip(1)).map(pair).collect();
    // Where it is not seen what its numbers are compared with, two of one stretch may differ too.
    let is_wide = |atom: &&Atom| atom.numbers().is_some_and(|numbers| numbers.low < numbers.high);
    if fact.loose || fact.every {
        steps.extend(values.iter().filter(is_wide).map(|value| pair((value, value))));
    }
    let from = |at: usize| values.iter().skip(at + 2);
    let far = values.iter().enumerate().flat_map(|(at, below)| from(at).map(move |above| pair((below, above))));
    Rising { steps, far: far.collect() }
}
