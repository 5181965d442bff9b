//! The steps by which risk grows: of an input from one value to the next, of a list by what is asked of it.

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
use std::rc::Rc;

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

fn pairs(steps: &[Atom]) -> Vec<[Rc<[Atom]>; 2]> {
    steps.iter().zip(steps.iter().skip(1)).map(|(below, above)| [alone(below), alone(above)]).collect()
}

fn is_absent(atom: &Atom) -> bool {
    matches!(atom, Atom::Known(Datum::Absent))
}

/// The steps of an input upwards; none where it does not speak of risk.
pub(super) fn steps_of_input(stretch: &Stretch<'_>, fact: &OpenFact) -> Option<Vec<[Rc<[Atom]>; 2]>> {
    let input = stretch.policy.inputs().get(fact.input);
    let is_step = |atom: &Atom| match atom {
        Atom::Known(datum) => !datum.as_text().is_some_and(|word| NO_STEP.contains(&word)),
        _ => true,
    };
    let (nothing, mut steps): (Vec<Atom>, Vec<Atom>) =
        fact.pieces(&fact.set).into_iter().filter(is_step).partition(is_absent);
    match grows(input)? {
        Grows::WhenThere => {
            let before = nothing.first()?;
            Some(steps.iter().map(|step| [alone(before), alone(step)]).collect())
        }
        Grows::Upwards => {
            // A register that is not there is the least; a fact that is not there is none.
            if input.kind == Kind::Register {
                steps.splice(0..0, nothing);
            }
            let mut all = pairs(&steps);
            // Where numbers cannot be told apart one by one, two of one stretch may differ too.
            let is_loose = |atom: &&Atom| {
                fact.every
                    && atom
                        .numbers()
                        .is_some_and(|numbers| numbers.grain == Grain::Decimal && numbers.low < numbers.high)
            };
            all.extend(steps.iter().filter(is_loose).map(|step| [alone(step), alone(step)]));
            Some(all)
        }
        Grows::WithEntries => None,
    }
}

/// The steps of a question upwards; none where it is not known whether an entry more makes it more.
pub(super) fn steps_of_question(stretch: &mut Stretch<'_>, fact: &OpenFact) -> Option<Vec<[Rc<[Atom]>; 2]>> {
    let questions = stretch.evaluator.possible().domain.questions.as_ref()?;
    let grows = questions.get(fact.input)?.grows?;
    let mut steps = fact.pieces(&fact.set);
    if !grows {
        steps.reverse();
    }
    Some(pairs(&steps))
}
