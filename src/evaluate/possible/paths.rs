//! Ways through a program: where a condition is open both are gone, and the ways that meet again are joined.

use super::{
    Open, Sets,
    asked::few,
    frame, joined, narrow,
    value::{Atom, Possible},
};
use crate::{
    evaluate::{
        domain::Way,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{datum::Datum, program::Node},
};
use std::rc::Rc;

/// Where a way stands: its variables, and what it says of open facts.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The variables of the function.
    pub locals: Vec<Possible>,
    /// What each open fact can be.
    pub(super) narrowed: Sets,
    /// Under which narrowing.
    pub version: u32,
}

pub(super) fn set_frame(machine: &mut Machine<'_, Open>, frame: Frame) {
    machine.stack.truncate(machine.base);
    machine.stack.extend(frame.locals);
    machine.domain.take_up_narrowed(frame.narrowed);
    machine.domain.version = frame.version;
}

/// Joins a way with the one that is being gone.
pub(super) fn join(machine: &mut Machine<'_, Open>, other: Frame) {
    let here = frame(machine);
    let joined_sets = both_say(&machine.domain, &here.narrowed, &other.narrowed);
    let mut locals = Vec::with_capacity(here.locals.len());
    for (one, two) in here.locals.into_iter().zip(other.locals) {
        locals.push(match (&one, &two) {
            (Possible::Fact(left), Possible::Fact(right)) if left == right => one,
            _ => {
                machine.domain.loosen(&one);
                machine.domain.loosen(&two);
                let (one, two) = (settled(one, &here.narrowed), settled(two, &other.narrowed));
                joined(machine, one, &two)
            }
        });
    }
    machine.stack.truncate(machine.base);
    machine.stack.extend(locals);
    if joined_sets.is_some() || here.version != other.version {
        machine.domain.version = machine.domain.next_version();
    }
    machine.domain.narrowed = joined_sets.unwrap_or(here.narrowed);
}

/// What two ways say of the facts, where that is less than what the first says: it is dropped where they say different things.
fn both_say(open: &Open, here: &Sets, other: &Sets) -> Option<Sets> {
    if Rc::ptr_eq(here, other) {
        return None;
    }
    let both = here.iter().enumerate().map(|(place, one)| match other.get(place) {
        Some(two) if Rc::ptr_eq(one, two) => Rc::clone(one),
        _ => open.set_of(place).unwrap_or_else(|| Rc::clone(one)),
    });
    let both: Vec<Rc<[Atom]>> = both.collect();
    let is_less = both.iter().zip(here.iter()).any(|(one, two)| !Rc::ptr_eq(one, two));
    is_less.then(|| Rc::new(both))
}

/// Notes how a way ended that another goes on without.
pub(super) fn note(machine: &mut Machine<'_, Open>, stop: Stop) -> Walked<()> {
    match stop {
        Stop::Return => {
            if let Some(returned) = machine.returned.take() {
                machine.domain.loosen(&returned);
                let returned = settled(returned, &machine.domain.narrowed);
                let depth = machine.depth;
                machine.domain.pending.push((depth, returned));
            }
        }
        Stop::Break | Stop::Continue => {
            let here = frame(machine);
            if let Some(ends) = machine.domain.loops.last_mut() {
                if matches!(stop, Stop::Break) { ends.broken.push(here) } else { ends.continued.push(here) }
            }
        }
        Stop::Fault(fault) if !fault.wrong.is_limit => {
            machine.domain.may_fail(fault);
        }
        stop => return Err(stop),
    }
    Ok(())
}

/// A value that leaves a way on which facts are narrowed: what they can be there, not their numbers.
fn settled(value: Possible, narrowed: &[Rc<[Atom]>]) -> Possible {
    match value {
        Possible::Fact(fact) => match narrowed.get(usize::from(fact)) {
            Some(set) => Possible::of_atoms(set.to_vec()),
            None => Possible::Fact(fact),
        },
        other => other,
    }
}

/// Goes both ways.
pub fn both<'p>(
    machine: &mut Machine<'p, Open>,
    condition: Option<&'p Node>,
    yes: Way<'_, 'p, Open>,
    no: Way<'_, 'p, Open>,
) -> Walked<Possible> {
    let before = frame(machine);
    let first = one_way(machine, condition, true, yes);
    let after = frame(machine);
    set_frame(machine, before.clone());
    let second = one_way(machine, condition, false, no);
    let (first, second) = (first?, second?);
    match (first, second) {
        (Some(Ok(one)), Some(Ok(other))) => {
            let value = match (&one, &other) {
                (Possible::Fact(left), Possible::Fact(right)) if left == right => one,
                _ => {
                    machine.domain.loosen(&one);
                    machine.domain.loosen(&other);
                    let (one, other) = (settled(one, &after.narrowed), settled(other, &machine.domain.narrowed));
                    joined(machine, one, &other)
                }
            };
            join(machine, after);
            // Where both ways go on, nothing is left of what each said of the facts.
            machine.domain.take_up_narrowed(before.narrowed);
            machine.domain.version = before.version;
            Ok(value)
        }
        (Some(Ok(one)), Some(Err(stop))) => {
            note(machine, stop)?;
            set_frame(machine, after);
            Ok(one)
        }
        (Some(Err(stop)), Some(Ok(other))) => {
            let here = frame(machine);
            set_frame(machine, after);
            note(machine, stop)?;
            set_frame(machine, here);
            Ok(other)
        }
        (Some(Err(one)), Some(Err(other))) => {
            let here = frame(machine);
            set_frame(machine, after);
            // A fault on one way leaves the other as the way that is gone.
            note(machine, one)?;
            set_frame(machine, here);
            Err(other)
        }
        (Some(one), None) => {
            set_frame(machine, after);
            one
        }
        (None, Some(other)) => other,
        (None, None) => Ok(Possible::Anything),
    }
}

/// One way; nothing where the facts rule it out. A limit that is hit, and values that are lost, end the whole walk.
fn one_way<'p>(
    machine: &mut Machine<'p, Open>,
    condition: Option<&'p Node>,
    holds: bool,
    way: Way<'_, 'p, Open>,
) -> Walked<Option<Walked<Possible>>> {
    if let Some(condition) = condition
        && !narrow::assume(machine, condition, holds)?
    {
        return Ok(None);
    }
    match way(machine) {
        Err(Stop::Lost) => Err(Stop::Lost),
        Err(Stop::Fault(fault)) if fault.wrong.is_limit => Err(Stop::Fault(fault)),
        // What a way returns is kept apart: the other way may return too.
        Err(Stop::Return) => {
            note(machine, Stop::Return)?;
            Ok(Some(Err(Stop::Return)))
        }
        Err(Stop::Impossible) => Ok(None),
        walked => Ok(Some(walked)),
    }
}

/// What is taken up again when a function ends.
#[derive(Debug)]
pub struct Mark {
    narrowed: Sets,
    version: u32,
    stood_for: u32,
}

/// A function begins.
pub fn mark(machine: &Machine<'_, Open>) -> Mark {
    let Open { narrowed, version, stood_for, .. } = &machine.domain;
    Mark { narrowed: Rc::clone(narrowed), version: *version, stood_for: *stood_for }
}

/// The end of a function: what it returned on every way. What comes of an entry that stood for all, and is neither a number nor a few
/// known values, has no name of its own by which two askings of it were seen to be one: it is asked of as a whole.
pub fn leave(
    machine: &mut Machine<'_, Open>,
    Mark { narrowed, version, stood_for }: Mark,
    walked: Walked<Possible>,
) -> Walked<Possible> {
    let stands_for_all = std::mem::replace(&mut machine.domain.stood_for, stood_for) != stood_for;
    let depth = machine.depth;
    let mut value = match walked {
        Ok(value) => Some(settled_where_narrowed(machine, value)),
        Err(Stop::Lost) => {
            machine.domain.pass_over();
            Some(Possible::Anything)
        }
        Err(Stop::Return) => machine.returned.take().map(|value| settled_where_narrowed(machine, value)),
        Err(Stop::Impossible) if machine.domain.pending.last().is_some_and(|(at, _)| *at >= depth) => None,
        Err(Stop::Fault(fault))
            if !fault.wrong.is_limit && machine.domain.pending.last().is_some_and(|(at, _)| *at >= depth) =>
        {
            note(machine, Stop::Fault(fault))?;
            None
        }
        Err(stop) => return Err(stop),
    };
    let locals = machine.stack.get(machine.base..).unwrap_or_default().to_vec();
    set_frame(machine, Frame { locals, narrowed, version });
    while let Some((_, one)) = machine.domain.pending.pop_if(|(at, _)| *at >= depth) {
        value = Some(match value {
            Some(value) => joined(machine, value, &one),
            None => one,
        });
    }
    match value.ok_or(Stop::Lost)? {
        value if stands_for_all && few(&value).is_none() && !is_number(&value) => {
            machine.domain.pass_over();
            Ok(Possible::Anything)
        }
        value => Ok(value),
    }
}

/// A fact keeps its number where nothing was said of it on the way.
fn settled_where_narrowed(machine: &mut Machine<'_, Open>, value: Possible) -> Possible {
    let Possible::Fact(fact) = value else { return value };
    let (narrowed, whole) = (machine.domain.narrowed.get(usize::from(fact)), machine.domain.set_of(usize::from(fact)));
    match (narrowed, whole) {
        (Some(narrowed), Some(whole)) if !Rc::ptr_eq(narrowed, &whole) => {
            let atoms = narrowed.to_vec();
            machine.domain.loosen(&value);
            Possible::of_atoms(atoms)
        }
        _ => Possible::Fact(fact),
    }
}

/// Whether a value is a number, a date or nothing, whichever.
fn is_number(value: &Possible) -> bool {
    let Possible::Several(atoms) = value else { return false };
    atoms.iter().all(|atom| matches!(atom, Atom::Known(Datum::Absent)) || atom.numbers().is_some())
}
