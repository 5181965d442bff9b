//! What helpers give, as questions: a call of which nothing else is known, and what a helper of `person` alone can give.

use super::{FIRST, answer, called};
use crate::{
    case::input::InputId,
    evaluate::{
        machine::{Machine, Read},
        possible::{
            Open,
            value::{Atom, Possible, alike, is_looked_into},
        },
        stop::{Stop, Walked},
    },
    language::{kinds::Kinds, program::Expr},
};
use std::collections::BTreeSet;

/// How a call of a function is told from others; none where an argument is no one thing.
pub(in crate::evaluate::possible) fn call(
    machine: &Machine<'_, Open>,
    function: u32,
    arguments: usize,
) -> Option<(String, BTreeSet<InputId>)> {
    machine.domain.questions.as_ref()?;
    let number = machine.domain.number_of(function);
    let given = machine.stack.get(machine.stack.len().checked_sub(arguments)?..)?;
    let (mut texts, mut inputs) = (Vec::with_capacity(arguments), BTreeSet::new());
    for value in given {
        let (text, more) = called(machine, value)?;
        texts.push(text);
        inputs.extend(more);
    }
    Some((format!("#{number}({})", texts.join(", ")), inputs))
}

/// What a call gives of which nothing is known.
pub(in crate::evaluate::possible) fn of_call(
    machine: &mut Machine<'_, Open>,
    (text, mut inputs): (String, BTreeSet<InputId>),
    function: u32,
    from: usize,
) -> Possible {
    read_all_within(machine, function);
    let reads = machine.reads.get(from..).unwrap_or_default();
    inputs.extend(reads.iter().map(|read| read.input));
    let Some(questions) = &mut machine.domain.questions else { return Possible::Anything };
    for asked in inputs.clone() {
        inputs.extend(questions.get(asked).map(|question| question.inputs.clone()).unwrap_or_default());
    }
    questions.passed_over = true;
    match questions.number(text, Kinds::ANY, inputs) {
        Some(id) => answer(machine, id, Kinds::ANY, None),
        None => Possible::Anything,
    }
}

/// What a helper gave that is handed nothing but `person`: of what it is held to, where it is held.
///
/// # Errors
///
/// Where it gives nothing of what it is held to: no case is so.
pub(in crate::evaluate) fn helper(
    machine: &mut Machine<'_, Open>,
    function: u32,
    from: usize,
    value: Possible,
) -> Walked<Possible> {
    if machine.domain.questions.is_none() {
        return Ok(value);
    }
    if matches!(value, Possible::Anything) {
        read_all_within(machine, function);
    }
    let reads = machine.reads.get(from..).unwrap_or_default();
    let mut inputs: BTreeSet<InputId> = reads.iter().map(|read| read.input).collect();
    let is_whole = machine.domain.version == 0 && machine.domain.held.is_empty();
    let number = machine.domain.number_of(function);
    let Some(questions) = &mut machine.domain.questions else { return Ok(value) };
    for asked in inputs.clone() {
        inputs.extend(questions.get(asked).map(|question| question.inputs.clone()).unwrap_or_default());
    }
    let Some(id) = questions.number(format!("#{number}(person)"), Kinds::ANY, inputs) else { return Ok(value) };
    let atoms: Option<Vec<Atom>> = match &value {
        Possible::Anything => {
            questions.passed_over = true;
            return Ok(answer(machine, id, Kinds::ANY, None));
        }
        Possible::Several(atoms) => atoms.iter().map(known).collect(),
        Possible::Known(datum) => known(&Atom::Known(datum.clone())).map(|atom| vec![atom]),
        _ => None,
    };
    let Some(atoms) = atoms else { return Ok(value) };
    let at = usize::from(id.0 - FIRST);
    if let Some(question) = questions.all.get_mut(at).filter(|_| is_whole) {
        question.gives = Some(atoms.clone().into());
        // Where another program asks, the number is one of its own functions.
        if machine.domain.functions.is_empty() {
            question.function = Some(function);
        }
    }
    let Some(held) = machine.domain.held.get(&id) else {
        machine.reads.push(Read { input: id, presence: false });
        return Ok(value);
    };
    if held.len() == 1 {
        let inside: Vec<Read> = machine.reads.drain(from..).collect();
        let questions = machine.domain.questions.as_mut();
        if let Some(questions) = questions {
            questions.inside.extend(inside.iter().map(|read| read.input));
        }
    }
    machine.reads.push(Read { input: id, presence: false });
    let is_held = |atom: &Atom| match atom {
        Atom::Known(datum) => held.iter().any(|held| matches!(held, Atom::Known(held) if alike(held, datum))),
        _ => true,
    };
    let kept: Vec<Atom> = atoms.into_iter().filter(is_held).collect();
    if kept.is_empty() { Err(Stop::Impossible) } else { Ok(Possible::of_atoms(kept)) }
}

/// Takes everything that a function can read for read: what it does in part is not seen.
fn read_all_within(machine: &mut Machine<'_, Open>, function: u32) {
    let within = inputs_within(machine, function);
    machine.reads.extend(within.into_iter().map(|input| Read { input, presence: false }));
}

/// The inputs that a function can read, in whatever it does.
pub(super) fn inputs_within(machine: &Machine<'_, Open>, function: u32) -> BTreeSet<InputId> {
    let (program, table) = (machine.program, &machine.domain.inputs().facts.inputs);
    let mut found = BTreeSet::new();
    for number in program.ground(function).functions {
        program.function(number).body.walk(&mut |node| match &node.expr {
            Expr::Input(input) => drop(found.insert(*input)),
            Expr::Keyed { inputs, .. } => found.extend(inputs.iter().map(|(_, input)| *input)),
            Expr::Group(group) => found.extend(table.below(*group)),
            _ => {}
        });
    }
    found
}

/// A known value that can be held: it must be found again when it comes about anew.
fn known(atom: &Atom) -> Option<Atom> {
    matches!(atom, Atom::Known(datum) if is_looked_into(datum)).then(|| atom.clone())
}
