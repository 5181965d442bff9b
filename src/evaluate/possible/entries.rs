//! Entries of lists that can be of any length, such as histories. Where each entry is looked at by itself, none and one, which can be
//! any, stand for all of them: a turn more can do nothing that one of these two does not, but add to a sum.

use super::{
    Entries, Open,
    asked::{MOST_COUNTED, Questions},
    lift,
    nest::Nest,
    numbers::{Grain, Numbers},
    value::{Atom, Possible, of_shape},
};
use crate::{
    case::{
        domain::Domain as Leaf,
        input::InputId,
        record::{Field, Kind, Shape},
        words::Answer,
    },
    evaluate::{
        domain::Way,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::{Builtin, Calling, Run},
        datum::{Datum, List},
        tree::Place,
    },
};
use rust_decimal::Decimal;
use std::rc::Rc;

/// Everything that an entry of an input or of what is asked can be, where that is a list of any length.
pub(super) fn of_list(machine: &Machine<'_, Open>, id: InputId) -> Option<Rc<Possible>> {
    match machine.domain.questions.as_ref().and_then(|questions| questions.get(id)) {
        Some(question) => question.entry.clone(),
        None => match &machine.domain.inputs().facts.inputs.get(id).shape {
            Shape::List(of) => Some(any(of).into()),
            Shape::Leaf(_) | Shape::Record(_) => None,
        },
    }
}

/// Everything that an entry can be of a list that a word makes.
pub(super) fn of_made(machine: &Machine<'_, Open>, word: &Builtin, given: &[Possible]) -> Option<Rc<Possible>> {
    let Some(Possible::Asked(id)) = given.first() else { return None };
    match word.name {
        "filter" | "having" | "between" => of_list(machine, *id),
        "values" if !Questions::is_one(*id) => match machine.domain.inputs().facts.inputs.get(*id).shape {
            Shape::Leaf(Leaf::Answers) => Some(any(&Shape::Leaf(Leaf::Words(Answer::WORDS))).into()),
            _ => None,
        },
        _ => None,
    }
}

/// Everything that a value of a shape can be.
fn any(shape: &Shape) -> Possible {
    match shape {
        Shape::Leaf(_) => of_shape(shape).map_or(Possible::Anything, Possible::of_atoms),
        Shape::Record(fields) => {
            let named = fields.iter().map(|field| (field.name.into(), part(field))).collect();
            Possible::Several([Atom::Table(Rc::new(Nest::by_name(named)))].into())
        }
        Shape::List(of) => Possible::Several([Atom::Entries(Rc::new(any(of)))].into()),
    }
}

/// Everything that a field of an entry can be: nothing, too, where the model does not give it a value of its own.
fn part(field: &Field) -> Possible {
    let shape = (field.shape)();
    let has_value = match (field.kind, &shape) {
        (_, Shape::List(_)) | (Kind::Required, _) => true,
        (Kind::Register | Kind::Standing, Shape::Leaf(leaf)) => *leaf == Leaf::Bool,
        _ => false,
    };
    match any(&shape) {
        Possible::Several(atoms) if !has_value => {
            Possible::of_atoms(atoms.iter().cloned().chain([Atom::Known(Datum::Absent)]).collect())
        }
        any => any,
    }
}

/// The lists that stand for one of any length.
pub(super) fn standing_for(machine: &mut Machine<'_, Open>, entry: &Rc<Possible>) -> [Entries; 2] {
    machine.domain.stood_for += 1;
    [Entries::Known(Rc::new(List::default())), Entries::Any(Rc::clone(entry))]
}

/// Goes through a list: where one entry stands for all, what it adds to some slots any number of them adds.
pub(super) fn with_sums<'p>(
    machine: &mut Machine<'p, Open>,
    sums: &[u16],
    list: &Entries,
    run: Way<'_, 'p, Open>,
) -> Walked<Possible> {
    let Entries::Any(_) = list else { return run(machine) };
    let mut before = Vec::with_capacity(sums.len());
    for slot in sums {
        before.push(number(machine, *slot)?);
        machine.set(*slot, Possible::Known(Datum::Whole(0)));
    }
    let value = run(machine)?;
    for (slot, before) in sums.iter().zip(before) {
        let added = number(machine, *slot)?;
        let most = Decimal::from(MOST_COUNTED);
        let low = added.low.min(Decimal::ZERO).checked_mul(most).and_then(|added| before.low.checked_add(added));
        let high = added.high.max(Decimal::ZERO).checked_mul(most).and_then(|added| before.high.checked_add(added));
        let (Some(low), Some(high)) = (low, high) else { return Err(Stop::Lost) };
        if low < i64::MIN.into() || high > i64::MAX.into() {
            machine.domain.pass_over();
        }
        let grain = if before.grain == added.grain { before.grain } else { Grain::Decimal };
        machine.set(*slot, Possible::of_atoms(vec![Numbers::new(low, high, grain).atom()]));
    }
    Ok(value)
}

/// The bounds of what a slot holds, where that is a number.
fn number(machine: &Machine<'_, Open>, slot: u16) -> Walked<Numbers> {
    lift::hull(machine, &machine.get(slot)).filter(|numbers| numbers.grain != Grain::Day).ok_or(Stop::Lost)
}

/// Whether what a word does with each entry of a list was gone through, whatever the entry is: what fails of that is noted.
pub(super) fn are_gone_through(
    machine: &mut Machine<'_, Open>,
    word: &'static Builtin,
    list: InputId,
    others: &[Possible],
) -> bool {
    let takes_one = matches!(word.run, Run::Calling(Calling::Filter | Calling::Some | Calling::All | Calling::Find));
    let (Some(entry), [closure], true) = (of_list(machine, list), others, takes_one) else { return false };
    let (closure, stood_for) = (closure.clone(), machine.domain.stood_for);
    let said = machine.invoke(&closure, [(*entry).clone()], word, Place::default());
    machine.domain.stood_for = stood_for;
    let said = said.and_then(|said| super::truths::truth(machine, &said, Place::default()));
    match said {
        Ok(_) => true,
        Err(stop) => super::paths::note(machine, stop).is_ok(),
    }
}
