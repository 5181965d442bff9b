//! Loops, and words that go through a list: the ways that leave early join those that come to the end.

use super::{
    Entries, Open, asked, atoms_of, entries,
    paths::{Frame, both, join, note, set_frame},
    value::{Atom, Possible},
};
use crate::{
    evaluate::{
        domain::ListWay,
        known::no_list,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{datum::Datum, tree::Place},
};

/// The ways that left a loop, or a turn of it, before its end.
#[derive(Debug, Default)]
pub struct LoopEnds {
    pub(super) broken: Vec<Frame>,
    pub(super) continued: Vec<Frame>,
}

/// Goes on with each list that a value can be.
pub fn each_list<'p>(
    machine: &mut Machine<'p, Open>,
    lists: &[Entries],
    run: ListWay<'_, 'p, Open>,
) -> Walked<Possible> {
    match lists {
        [] => Err(Stop::Lost),
        [only] => run(machine, only),
        [first, rest @ ..] => {
            // The two ways are never gone at once, but each wants the closure for itself.
            let run = std::cell::RefCell::new(run);
            both(machine, None, &mut |machine| (run.borrow_mut())(machine, first), &mut |machine| {
                each_list(machine, rest, &mut **run.borrow_mut())
            })
        }
    }
}

/// The end of a turn: the ways that are left go on together.
pub fn after_turn(machine: &mut Machine<'_, Open>, walked: Walked<()>) -> Walked<bool> {
    let continued = machine.domain.loops.last_mut().map(|ends| std::mem::take(&mut ends.continued)).unwrap_or_default();
    let goes_on = match walked {
        Ok(()) | Err(Stop::Continue) => true,
        Err(Stop::Break) => {
            note(machine, Stop::Break)?;
            false
        }
        Err(stop) => {
            let others =
                !continued.is_empty() || machine.domain.loops.last().is_some_and(|ends| !ends.broken.is_empty());
            if !others {
                return Err(stop);
            }
            note(machine, stop)?;
            false
        }
    };
    let mut continued = continued.into_iter();
    if !goes_on {
        let Some(first) = continued.next() else { return Ok(false) };
        set_frame(machine, first);
    }
    for other in continued {
        join(machine, other);
    }
    Ok(true)
}

/// The end of a loop: the ways that broke out of it join the one that came to its end.
pub fn end_loop(machine: &mut Machine<'_, Open>, ended: Walked<()>) -> Walked<()> {
    let ends = machine.domain.loops.pop().unwrap_or_default();
    let mut broken = ends.broken.into_iter();
    if let Err(stop) = ended {
        let Some(first) = broken.next() else { return Err(stop) };
        note(machine, stop)?;
        set_frame(machine, first);
    }
    for other in broken {
        join(machine, other);
    }
    Ok(())
}

/// The lists that a value can be, to be gone through one by one.
pub(super) fn lists(
    machine: &mut Machine<'_, Open>,
    value: &Possible,
    by_itself: bool,
    place: Place,
) -> Walked<Vec<Entries>> {
    if let Possible::Asked(id) = value
        && by_itself
        && let Some(entry) = entries::of_list(machine, *id)
    {
        asked::each(machine, *id);
        return Ok(entries::standing_for(machine, &entry).into());
    }
    let Some(atoms) = atoms_of(machine, value) else { return Err(Stop::Lost) };
    let mut lists = Vec::new();
    let mut wrong = None;
    for atom in atoms {
        match atom {
            Atom::Known(Datum::List(list)) => lists.push(Entries::Known(list)),
            Atom::List(list) => lists.push(Entries::Possible(list)),
            Atom::Entries(entry) if by_itself => lists.extend(entries::standing_for(machine, &entry)),
            Atom::Known(other) => wrong = Some(no_list(&other)),
            _ => return Err(Stop::Lost),
        }
    }
    match wrong.map(|wrong| machine.wrong(wrong, place)) {
        Some(stop) if lists.is_empty() => return Err(stop),
        Some(Stop::Fault(fault)) => machine.domain.may_fail(fault),
        _ => {}
    }
    Ok(lists)
}
