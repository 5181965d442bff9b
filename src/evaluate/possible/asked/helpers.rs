//! What helpers give, as questions: a call of which nothing else is known, and what a helper of `person` alone can give.

use super::{answer, called, question::FIRST};
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
    language::{datum::Datum, kinds::Kinds, program::Expr},
};
use std::collections::BTreeSet;

/// A call of a function of the policy, told from others by what it is handed.
#[derive(Debug)]
pub struct Called {
    text: String,
    inputs: BTreeSet<InputId>,
    /// What it is handed, where all of that is known.
    given: Option<Vec<Datum>>,
}

/// How a call of a function is told from others; none where an argument is no one thing.
pub(in crate::evaluate::possible) fn call(
    machine: &Machine<'_, Open>,
    function: u32,
    arguments: usize,
) -> Option<Called> {
    machine.domain.questions.as_ref()?;
    let number = machine.domain.number_of(function);
    let handed = machine.stack.get(machine.stack.len().checked_sub(arguments)?..)?;
    let (mut texts, mut inputs, mut given) = (Vec::with_capacity(arguments), BTreeSet::new(), Some(Vec::new()));
    for value in handed {
        let (text, more) = called(machine, value)?;
        texts.push(text);
        inputs.extend(more);
        match (value, &mut given) {
            (Possible::Known(datum), Some(given)) => given.push(datum.clone()),
            _ => given = None,
        }
    }
    Some(Called { text: format!("#{number}({})", texts.join(", ")), inputs, given })
}

/// What a call of known values alone is held to, where that is one thing. The function is not walked then: that no case is held so is not
/// seen, and costs no more than regions.
pub(in crate::evaluate::possible) fn held_call(machine: &mut Machine<'_, Open>, called: &Called) -> Option<Possible> {
    called.given.as_ref()?;
    let at = machine.domain.questions.as_ref()?.by_text.get(&called.text)?;
    let id = InputId(FIRST + at);
    let [Atom::Known(held)] = &**machine.domain.held.get(&id)? else { return None };
    let held = Possible::Known(held.clone());
    machine.reads.push(Read::new(id, false));
    Some(held)
}

/// What a call gives: a question where nothing is known of it, and where it is handed known values alone, of what it is held to.
///
/// # Errors
///
/// As [`helper`].
pub(in crate::evaluate::possible) fn of_call(
    machine: &mut Machine<'_, Open>,
    Called { text, mut inputs, given }: Called,
    function: u32,
    from: usize,
    value: Possible,
) -> Walked<Possible> {
    if !matches!(value, Possible::Anything) {
        return match given {
            Some(given) => of_helper(machine, (text, function, given), from, value),
            None => Ok(value),
        };
    }
    read_all_within(machine, function);
    let reads = machine.reads.get(from..).unwrap_or_default();
    inputs.extend(reads.iter().filter(|read| !read.inside).map(|read| read.input));
    let Some(questions) = &mut machine.domain.questions else { return Ok(value) };
    for asked in inputs.clone() {
        inputs.extend(questions.get(asked).map(|question| question.inputs.clone()).unwrap_or_default());
    }
    questions.passed_over = true;
    Ok(match questions.number(text, Kinds::ANY, inputs) {
        Some(id) => answer(machine, id, Kinds::ANY, None),
        None => value,
    })
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
    let text = format!("#{}(person)", machine.domain.number_of(function));
    of_helper(machine, (text, function, Vec::new()), from, value)
}

/// The same of any function that is handed nothing but what is known, by how its call is told from others.
fn of_helper(
    machine: &mut Machine<'_, Open>,
    (text, function, given): (String, u32, Vec<Datum>),
    from: usize,
    value: Possible,
) -> Walked<Possible> {
    let reads = machine.reads.get(from..).unwrap_or_default();
    let mut inputs: BTreeSet<InputId> = reads.iter().filter(|read| !read.inside).map(|read| read.input).collect();
    let is_whole = machine.domain.version == 0 && machine.domain.held.is_empty();
    let Some(questions) = &mut machine.domain.questions else { return Ok(value) };
    for asked in inputs.clone() {
        inputs.extend(questions.get(asked).map(|question| question.inputs.clone()).unwrap_or_default());
    }
    let Some(id) = questions.number(text, Kinds::ANY, inputs) else { return Ok(value) };
    if matches!(value, Possible::Anything) {
        questions.passed_over = true;
        return Ok(answer(machine, id, Kinds::ANY, None));
    }
    let Some(atoms) = few(&value) else { return Ok(value) };
    if let Some(question) = questions.all.get_mut(usize::from(id.0 - FIRST)) {
        if is_whole {
            question.gives = Some(atoms.clone().into());
        }
        // Where another program asks, the number is one of its own functions.
        if machine.domain.functions.is_empty() {
            question.call.get_or_insert((function, given));
        }
    }
    let Some(held) = machine.domain.held.get(&id) else {
        machine.reads.push(Read::new(id, false));
        return Ok(value);
    };
    if held.len() == 1 {
        machine.reads.iter_mut().skip(from).for_each(|read| read.inside = true);
    }
    machine.reads.push(Read::new(id, false));
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
    machine.reads.extend(within.into_iter().map(|input| Read::new(input, false)));
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

/// A few known values that can be held; none where it is not a few, or they cannot.
pub fn few(value: &Possible) -> Option<Vec<Atom>> {
    match value {
        Possible::Several(atoms) => atoms.iter().map(known).collect(),
        Possible::Known(datum) => known(&Atom::Known(datum.clone())).map(|atom| vec![atom]),
        _ => None,
    }
}

/// A known value that can be held: it must be found again when it comes about anew.
fn known(atom: &Atom) -> Option<Atom> {
    matches!(atom, Atom::Known(datum) if is_looked_into(datum)).then(|| atom.clone())
}
