//! Parts of possible values: fields, entries, and what changes them.

use super::{
    Open, asked, atoms_of, joined,
    nest::Nest,
    value::{Atom, Possible},
};
use crate::{
    case::{
        input::{Entry, InputId},
        value::Name,
    },
    evaluate::{
        domain::Domain,
        known::no_fields,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::place as place_in,
        datum::{Datum, MAX_DEPTH},
        tree::Place,
        wrong::Wrong,
    },
};
use rust_decimal::Decimal;
use std::{rc::Rc, sync::Arc};

const NO_ENTRY: &str = "asks a list for an entry that it does not have";

/// What comes of each alternative, joined; a fault only where every one is a fault.
fn of_each(
    machine: &mut Machine<'_, Open>,
    value: &Possible,
    each: &mut dyn FnMut(&mut Machine<'_, Open>, &Atom) -> Walked<Possible>,
) -> Walked<Possible> {
    let Some(atoms) = atoms_of(machine, value) else { return Ok(passed_over(machine)) };
    let (mut made, mut wrong): (Option<Possible>, Option<Stop>) = (None, None);
    for atom in &atoms {
        match each(machine, atom) {
            Ok(one) => {
                made = Some(match made {
                    Some(made) => joined(machine, made, &one),
                    None => one,
                });
            }
            Err(Stop::Fault(fault)) if !fault.wrong.is_limit => wrong = Some(Stop::Fault(fault)),
            Err(stop) => return Err(stop),
        }
    }
    match (made, wrong) {
        (Some(made), Some(Stop::Fault(fault))) => {
            machine.domain.may_fail(fault);
            Ok(made)
        }
        (Some(made), _) => Ok(made),
        (None, Some(stop)) => Err(stop),
        (None, None) => Ok(Possible::Anything),
    }
}

/// The input of a name in a group of groups.
pub fn keyed(
    machine: &mut Machine<'_, Open>,
    key: &Possible,
    inputs: &[(Arc<str>, InputId)],
    place: Place,
) -> Walked<Possible> {
    of_each(machine, key, &mut |machine, atom| {
        let Atom::Known(key) = atom else { return Ok(passed_over(machine)) };
        match key.as_text().and_then(|key| inputs.iter().find(|(name, _)| **name == *key)) {
            Some((_, input)) => Open::input(machine, *input, place),
            None => fails(machine, "has nothing of the name that it is asked for", place),
        }
    })
}

/// A part of which nothing is known: there may be none.
fn passed_over(machine: &mut Machine<'_, Open>) -> Possible {
    machine.domain.pass_over();
    Possible::Anything
}

fn fails(machine: &Machine<'_, Open>, message: &str, place: Place) -> Walked<Possible> {
    Err(machine.wrong(Wrong::new(message).help("test it first: `known(...) && ...`"), place))
}

/// A field of a value.
pub fn field(machine: &mut Machine<'_, Open>, of: &Possible, name: &str, safe: bool, place: Place) -> Walked<Possible> {
    if let Some(asked) = asked::ask_part(machine, of, name, safe) {
        return Ok(asked);
    }
    of_each(machine, of, &mut |machine, atom| match atom {
        Atom::Known(Datum::Table(table)) => match table.get(name) {
            Some(value) => Ok(Possible::Known(value.clone())),
            None => fails(machine, &format!("nothing here is called `{name}`"), place),
        },
        Atom::Table(table) => match table.iter().find(|(known, _)| **known == *name) {
            Some((_, value)) => Ok(value.clone()),
            None => fails(machine, &format!("nothing here is called `{name}`"), place),
        },
        Atom::Known(Datum::Group(group)) => {
            let inputs = Arc::clone(&machine.domain.inputs().facts.inputs);
            match inputs.group(*group).entries.get(name) {
                Some(Entry::Group(inner)) => Ok(Possible::Known(Datum::Group(*inner))),
                Some(Entry::Input(input)) => Open::input(machine, *input, place),
                None => fails(machine, &format!("nothing here is called `{name}`"), place),
            }
        }
        Atom::Known(Datum::Absent) if safe => Ok(Possible::default()),
        Atom::Known(other) => Err(machine.wrong(no_fields(other, name), place)),
        Atom::List(_) | Atom::Entries(_) => Err(machine.wrong(no_fields(&Datum::list(Vec::new()), name), place)),
        _ => fails(machine, &format!("asks for `{name}` of another value"), place),
    })
}

/// An entry of a value.
pub fn index(
    machine: &mut Machine<'_, Open>,
    of: &Possible,
    at: &Possible,
    safe: bool,
    place: Place,
) -> Walked<Possible> {
    of_each(machine, of, &mut |machine, whole| {
        let mut entry = |machine: &mut Machine<'_, Open>, key: &Atom| entry(machine, whole, key, safe, place);
        let atoms = atoms_of(machine, at).unwrap_or_default();
        if atoms.iter().any(|atom| matches!(atom, Atom::Numbers(_))) {
            machine.domain.cut(at, None);
            let there = Decimal::from(entries_in(whole));
            let is_there = |atom: &Atom| atom.numbers().is_some_and(|at| -there <= at.low && at.high < there);
            if !atoms.iter().all(is_there)
                && let Err(Stop::Fault(fault)) = fails(machine, NO_ENTRY, place)
            {
                machine.domain.may_fail(fault);
            }
            return Ok(any_entry(machine, whole));
        }
        of_each(machine, at, &mut entry)
    })
}

/// Whichever entry of a list.
fn any_entry(machine: &mut Machine<'_, Open>, whole: &Atom) -> Possible {
    let items = items_of(whole);
    items.into_iter().reduce(|one, other| joined(machine, one, &other)).unwrap_or(Possible::Anything)
}

fn entry(machine: &mut Machine<'_, Open>, whole: &Atom, key: &Atom, safe: bool, place: Place) -> Walked<Possible> {
    match (whole, key) {
        (Atom::Known(Datum::List(list)), Atom::Known(Datum::Whole(at))) => {
            match place_in(*at, list.items.len()).and_then(|at| list.items.get(at)) {
                Some(item) => Ok(Possible::Known(item.clone())),
                None => fails(machine, NO_ENTRY, place),
            }
        }
        (Atom::List(list), Atom::Known(Datum::Whole(at))) => {
            match place_in(*at, list.len()).and_then(|at| list.get(at)) {
                Some(item) => Ok(item.clone()),
                None => fails(machine, NO_ENTRY, place),
            }
        }
        (Atom::Known(Datum::Absent), _) if safe => Ok(Possible::default()),
        (_, Atom::Known(name)) if name.as_text().is_some() => {
            let name = name.as_text().unwrap_or_default().to_owned();
            field(machine, &Possible::of_atoms(vec![whole.clone()]), &name, safe, place)
        }
        (_, Atom::Known(_)) => fails(machine, "asks a value for an entry that it does not have", place),
        _ => Ok(passed_over(machine)),
    }
}

/// A list or table with another entry.
pub fn with_part(machine: &Machine<'_, Open>, whole: &Possible, at: &Possible, part: Possible) -> Possible {
    let (Some(atoms), Possible::Known(at)) = (atoms_of(machine, whole), at) else { return Possible::Anything };
    let [atom] = atoms.as_slice() else { return Possible::Anything };
    match (atom, at) {
        (Atom::Known(Datum::List(_)) | Atom::List(_), Datum::Whole(number)) => {
            let mut items = items_of(atom);
            match place_in(*number, items.len()).and_then(|at| items.get_mut(at)) {
                Some(item) => {
                    *item = part;
                    within(Possible::Several([Atom::List(Rc::new(Nest::of(items)))].into()))
                }
                None => Possible::Anything,
            }
        }
        (Atom::Known(Datum::Table(known)), name) if name.as_text().is_some() => {
            let entries = known.entries.iter().map(|(name, value)| (name.clone(), Possible::Known(value.clone())));
            with_entry(entries.collect(), name, part)
        }
        (Atom::Table(known), name) if name.as_text().is_some() => with_entry(known.to_vec(), name, part),
        _ => Possible::Anything,
    }
}

fn with_entry(mut entries: Vec<(Name, Possible)>, name: &Datum, part: Possible) -> Possible {
    let name = name.as_text().unwrap_or_default();
    match entries.iter_mut().find(|(known, _)| **known == *name) {
        Some((_, value)) => *value = part,
        None => entries.push((name.to_owned().into(), part)),
    }
    within(Possible::Several([Atom::Table(Rc::new(Nest::by_name(entries)))].into()))
}

/// A value, unless it is nested too deeply: then the known one is a fault, and nothing needs to be said of it.
pub(super) fn within(value: Possible) -> Possible {
    if value.depth() > MAX_DEPTH { Possible::Anything } else { value }
}

/// How many entries are copied when one is changed.
pub(super) fn entries_of(value: &Possible) -> usize {
    match value {
        Possible::Known(datum) => entries_in(&Atom::Known(datum.clone())),
        Possible::Several(atoms) => atoms.iter().map(entries_in).sum(),
        _ => 0,
    }
}

fn entries_in(atom: &Atom) -> usize {
    match atom {
        Atom::Known(Datum::List(list)) => list.items.len(),
        Atom::Known(Datum::Table(table)) => table.entries.len(),
        Atom::List(items) => items.len(),
        Atom::Table(entries) => entries.len(),
        _ => 0,
    }
}

pub(super) fn items_of(atom: &Atom) -> Vec<Possible> {
    match atom {
        Atom::Known(Datum::List(list)) => list.items.iter().cloned().map(Possible::Known).collect(),
        Atom::List(list) => list.to_vec(),
        _ => Vec::new(),
    }
}

/// A list of values.
pub fn list(machine: &mut Machine<'_, Open>, items: Vec<Possible>, place: Place) -> Walked<Possible> {
    machine.work(items.len() / 4, place)?;
    let room = (items.len() * size_of::<Possible>() + 32) as u64;
    machine.env.budget.room(room).map_err(|wrong| machine.wrong(wrong, place))?;
    let known: Option<Vec<Datum>> = items
        .iter()
        .map(|item| match item {
            Possible::Known(datum) => Some(datum.clone()),
            _ => None,
        })
        .collect();
    match known {
        Some(known) => {
            let list = crate::language::builtins::nested(Datum::list(known));
            list.map(Possible::Known).map_err(|wrong| machine.wrong(wrong, place))
        }
        None => Ok(within(Possible::Several([Atom::List(Rc::new(Nest::of(items)))].into()))),
    }
}

/// Values by name.
pub fn table(entries: Vec<(Name, Possible)>) -> Possible {
    let known: Option<Vec<(Name, Datum)>> = entries
        .iter()
        .map(|(name, value)| match value {
            Possible::Known(datum) => Some((name.clone(), datum.clone())),
            _ => None,
        })
        .collect();
    match known {
        Some(known) => within(Possible::Known(Datum::table(known))),
        None => within(Possible::Several([Atom::Table(Rc::new(Nest::by_name(entries)))].into())),
    }
}

/// Whole numbers from one to another.
pub fn range(
    machine: &mut Machine<'_, Open>,
    (from, to): (&Possible, &Possible),
    inclusive: bool,
    place: Place,
) -> Walked<Possible> {
    let (Possible::Known(Datum::Whole(from)), Possible::Known(Datum::Whole(to))) = (from, to) else {
        machine.domain.pass_over();
        return Ok(Possible::Anything);
    };
    let to = if inclusive { to.saturating_add(1) } else { *to };
    let count = usize::try_from(to.saturating_sub(*from)).unwrap_or(0);
    machine.work(count, place)?;
    Ok(Possible::Known(Datum::list((*from..to).map(Datum::Whole).collect())))
}

/// A text with values in it.
pub fn template(machine: &mut Machine<'_, Open>, parts: &[Possible], place: Place) -> Walked<Possible> {
    let mut text = String::new();
    for part in parts {
        let Possible::Known(datum) = part else { return Ok(Possible::Several([Atom::Texts].into())) };
        machine.env.write_words(datum, &mut text).map_err(|wrong| machine.wrong(wrong, place))?;
    }
    Ok(Possible::Known(Datum::Text(text.into())))
}
