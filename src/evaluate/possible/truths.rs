//! Whether something holds, of a value that can be several.

use super::{
    Open, asked, atoms_of,
    value::{Atom, Possible},
};
use crate::{
    evaluate::{
        domain::Truth,
        known::no_condition,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{datum::Datum, tree::Place},
};

/// Whether a condition that comes to a value holds.
pub(super) fn truth(machine: &mut Machine<'_, Open>, value: &Possible, place: Place) -> Walked<Truth<()>> {
    if let Possible::Known(Datum::Bool(holds)) = value {
        return Ok((*holds).into());
    }
    if let Possible::Asked(id) = value {
        if !asked::is_truth(machine, *id) {
            machine.domain.pass_over();
        }
        return Ok(asked::truth_of(machine, *id, ""));
    }
    let Some(atoms) = atoms_of(machine, value) else {
        machine.domain.pass_over();
        return Ok(Truth::Open(()));
    };
    let (mut can, mut wrong) = ([false, false], None);
    for atom in &atoms {
        match atom {
            Atom::Known(Datum::Bool(holds)) => {
                if let Some(can) = can.get_mut(usize::from(*holds)) {
                    *can = true;
                }
            }
            Atom::Known(other) => wrong = Some(no_condition(other)),
            _ => wrong = Some(no_condition(&Datum::text(""))),
        }
    }
    match wrong.map(|wrong| machine.wrong(wrong, place)) {
        Some(stop) if can == [false, false] => return Err(stop),
        Some(Stop::Fault(fault)) => machine.domain.may_fail(fault),
        _ => {}
    }
    Ok(match can {
        [true, false] => Truth::No,
        [false, true] => Truth::Yes,
        _ => Truth::Open(()),
    })
}

/// Whether a value is nothing.
pub(super) fn is_absent(machine: &mut Machine<'_, Open>, value: &Possible) -> Truth<()> {
    if let Possible::Asked(id) = value {
        return asked::truth_of(machine, *id, "known").contrary();
    }
    let Some(atoms) = atoms_of(machine, value) else { return Truth::Open(()) };
    let absent = atoms.iter().filter(|atom| matches!(atom, Atom::Known(Datum::Absent))).count();
    if absent == 0 {
        Truth::No
    } else if absent == atoms.len() {
        Truth::Yes
    } else {
        Truth::Open(())
    }
}
