//! A word is tried for each combination of what its operands can be.

use super::{
    Open, atoms_of,
    narrow::pieces,
    numbers::{Grain, number_of},
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
        wrong::Wrong,
    },
};
use rust_decimal::Decimal;

/// Most combinations that a word is asked of.
const MAX_COMBINATIONS: usize = 4_096;
/// Most whole numbers that are looked at one by one.
pub(super) const MAX_NUMBERS: usize = 128;

/// The numbers that stand beside one of the values that a word is given: where its answer can change.
pub(super) fn numbers_beside(machine: &Machine<'_, Open>, given: &[Possible], at: usize) -> Vec<Decimal> {
    fn collect(datum: &Datum, into: &mut Vec<Decimal>) {
        match datum {
            Datum::List(list) => list.items.iter().for_each(|item| collect(item, into)),
            other => into.extend(number_of(other)),
        }
    }
    fn collect_of(machine: &Machine<'_, Open>, value: &Possible, into: &mut Vec<Decimal>) {
        for atom in atoms_of(machine, value).unwrap_or_default() {
            match atom {
                Atom::Known(datum) => collect(&datum, into),
                Atom::Numbers(between) => into.extend([between.low, between.high]),
                Atom::List(items) => items.iter().for_each(|item| collect_of(machine, item, into)),
                Atom::Texts | Atom::Entries(_) | Atom::Table(_) => {}
            }
        }
    }
    let mut numbers = Vec::new();
    for (_, value) in given.iter().enumerate().filter(|(place, _)| *place != at) {
        collect_of(machine, value, &mut numbers);
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Where whole numbers are to be cut for a word: between two of them, where the word says the same of all up to one and of all from
/// the next on.
pub(super) fn between(word: &str, at: usize, grain: Grain, cuts: &[Decimal]) -> Vec<Decimal> {
    let half = match (word, at) {
        ("<" | ">=", 0) | (">" | "<=", 1) | ("band" | "pick" | "reaching", _) => Decimal::new(-5, 1),
        (">" | "<=", 0) | ("<" | ">=", 1) => Decimal::new(5, 1),
        _ => Decimal::ZERO,
    };
    let is_apart = |cut: &Decimal| grain == Grain::Whole && cut.is_integer();
    cuts.iter().map(|cut| if is_apart(cut) { *cut + half } else { *cut }).collect()
}

/// The known values that stand for everything that a value can be; none where no such few do.
fn representatives(
    machine: &mut Machine<'_, Open>,
    word: &Builtin,
    given: &[Possible],
    at: usize,
) -> Option<Vec<Datum>> {
    let value = given.get(at)?;
    let atoms = atoms_of(machine, value)?;
    let mut found = Vec::new();
    for atom in &atoms {
        match atom {
            Atom::Known(datum) => found.push(datum.clone()),
            Atom::Numbers(numbers) if word.is_stepwise() => {
                let cuts = numbers_beside(machine, given, at);
                let noted = between(word.name, at, numbers.grain, &cuts);
                let noted = if machine.domain.questions.is_some() { noted } else { cuts.clone() };
                machine.domain.cut(value, Some(&noted));
                for piece in pieces(atom, &cuts) {
                    let numbers = piece.numbers()?;
                    let [low, _] = numbers.ends();
                    found.push(numbers.datum(if numbers.contains(low) { low } else { numbers.low }));
                }
            }
            Atom::Numbers(numbers) if numbers.count().is_some_and(|count| count <= MAX_NUMBERS) => {
                machine.domain.cut(value, None);
                let count = i64::try_from(numbers.count()?).ok()?;
                found.extend((0..count).map(|step| numbers.datum(numbers.low + Decimal::from(step))));
            }
            Atom::List(items) => found.extend(lists(machine, items)?),
            Atom::Numbers(_) | Atom::Texts | Atom::Entries(_) | Atom::Table(_) => return None,
        }
    }
    Some(found)
}

/// Every list that a list of possible values can be.
fn lists(machine: &Machine<'_, Open>, items: &[Possible]) -> Option<Vec<Datum>> {
    let mut all: Vec<Vec<Datum>> = vec![Vec::new()];
    for item in items {
        let known = atoms_of(machine, item)?.into_iter().map(|atom| match atom {
            Atom::Known(datum) => Some(datum),
            _ => None,
        });
        let known: Vec<Datum> = known.collect::<Option<_>>()?;
        if all.len().saturating_mul(known.len()) > MAX_COMBINATIONS {
            return None;
        }
        let longer = all.iter().flat_map(|list| {
            known.iter().map(|item| list.iter().cloned().chain([item.clone()]).collect::<Vec<Datum>>())
        });
        all = longer.collect();
    }
    Some(all.into_iter().map(Datum::list).collect())
}

/// What a word gives of every combination of what it was given.
pub(super) fn combined(
    machine: &mut Machine<'_, Open>,
    word: &'static Builtin,
    given: &[Possible],
    place: Place,
) -> Walked<Possible> {
    let Run::Plain(run) = word.run else { return Ok(Possible::Anything) };
    let mut choices = Vec::with_capacity(given.len());
    for at in 0..given.len() {
        match representatives(machine, word, given, at) {
            Some(found) => choices.push(found),
            None => return Ok(Possible::Anything),
        }
    }
    let count = choices.iter().fold(1_usize, |count, found| count.saturating_mul(found.len()));
    if count > MAX_COMBINATIONS {
        return Ok(Possible::Anything);
    }
    machine.work(count / 4, place)?;
    let (mut atoms, mut wrong): (Vec<Atom>, Option<Wrong>) = (Vec::new(), None);
    for number in 0..count {
        let mut rest = number;
        let mut one: Vec<Datum> = Vec::with_capacity(choices.len());
        for found in &choices {
            one.extend(found.get(rest % found.len().max(1)).cloned());
            rest /= found.len().max(1);
        }
        match run(&mut machine.env, &mut one) {
            Ok(datum) => {
                if !add(&mut atoms, Atom::Known(datum)) {
                    return Ok(Possible::Anything);
                }
            }
            Err(found) if found.is_limit => return Err(machine.wrong(found, place)),
            Err(found) => wrong = Some(named(found, word, &one)),
        }
    }
    match wrong.map(|wrong| machine.wrong(wrong, place)) {
        Some(stop) if atoms.is_empty() => Err(stop),
        Some(Stop::Fault(fault)) => {
            machine.domain.may_fail(fault);
            Ok(Possible::of_atoms(atoms))
        }
        _ => Ok(Possible::of_atoms(atoms)),
    }
}
