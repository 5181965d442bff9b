//! Words that change a list in a variable, where the list can be several.

use super::{
    Open, atoms_of, joined,
    nest::Nest,
    parts::{items_of, within},
    value::{Atom, Possible, add},
};
use crate::{
    evaluate::{
        known::named,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::{Builtin, Run},
        datum::Datum,
        tree::Place,
    },
};
use std::rc::Rc;

/// The values of some arguments, where each is known.
fn all_known(given: &[Possible]) -> Option<Vec<Datum>> {
    let known = |value: &Possible| match value {
        Possible::Known(datum) => Some(datum.clone()),
        _ => None,
    };
    given.iter().map(known).collect()
}

/// What a word answer that changes a variable: it is asked of each list that the variable can hold.
pub fn change(
    machine: &mut Machine<'_, Open>,
    word: &'static Builtin,
    target: &mut Possible,
    given: &mut [Possible],
    place: Place,
) -> Walked<Possible> {
    let Run::Changing(run) = word.run else { return Ok(Possible::Anything) };
    let values = all_known(given);
    let Some(atoms) = atoms_of(machine, target) else { return Ok(Possible::Anything) };
    // One list alone is changed in place.
    *target = Possible::default();
    let (mut changed, mut made): (Vec<Atom>, Option<Possible>) = (Vec::new(), None);
    let mut failed = None;
    for atom in atoms {
        let changed_one = match (atom, &values) {
            (Atom::Known(mut list), Some(values)) => {
                let mut values = values.clone();
                match run(&mut machine.env, &mut list, &mut values) {
                    Ok(answer) => Some((Atom::Known(list), Possible::Known(answer))),
                    Err(wrong) if wrong.is_limit => return Err(machine.wrong(wrong, place)),
                    // A way that ends here; the others go on.
                    Err(wrong) => {
                        let whole: Vec<Datum> = std::iter::once(list).chain(values).collect();
                        failed = Some(machine.wrong(named(wrong, word, &whole), place));
                        continue;
                    }
                }
            }
            (atom @ (Atom::Known(Datum::List(_)) | Atom::List(_)), _) => {
                let mut items = items_of(&atom);
                machine.work(items.len() / 4 + 1, place)?;
                let answer = change_items(word.name, &mut items, given);
                answer.map(|answer| (Atom::List(Rc::new(Nest::of(items))), answer))
            }
            _ => None,
        };
        let Some((after, answer)) = changed_one else {
            *target = Possible::Anything;
            return Ok(Possible::Anything);
        };
        made = Some(match made {
            Some(made) => joined(machine, made, &answer),
            None => answer,
        });
        if !add(&mut changed, after) {
            *target = Possible::Anything;
            return Ok(made.unwrap_or_default());
        }
    }
    match failed {
        Some(stop) if changed.is_empty() => return Err(stop),
        Some(Stop::Fault(fault)) => machine.domain.may_fail(fault),
        _ => {}
    }
    *target = within(Possible::of_atoms(changed));
    Ok(made.unwrap_or_default())
}

/// The same for a list of possible values; nothing where the word looks at more than places.
fn change_items(word: &str, items: &mut Vec<Possible>, given: &[Possible]) -> Option<Possible> {
    match (word, given) {
        ("push", [value]) => {
            items.push(value.clone());
            Some(Possible::default())
        }
        ("append", [Possible::Known(Datum::List(list))]) => {
            items.extend(list.items.iter().cloned().map(Possible::Known));
            Some(Possible::default())
        }
        ("append", [Possible::Several(atoms)]) => match &**atoms {
            [Atom::List(list)] => {
                items.extend(list.iter().cloned());
                Some(Possible::default())
            }
            _ => None,
        },
        ("pop", []) => Some(items.pop().unwrap_or_default()),
        ("shift", []) if !items.is_empty() => Some(items.remove(0)),
        ("reverse", []) => {
            items.reverse();
            Some(Possible::default())
        }
        ("clear", []) => {
            items.clear();
            Some(Possible::default())
        }
        _ => None,
    }
}
