//! What a word gives of possible values. For most words that follows from what it gives of known ones: it is asked of every
//! combination, or of one for each stretch of numbers on which it says the same.

use super::{
    Open,
    asked::{self, Questions},
    atoms_of,
    combined::{MAX_NUMBERS, between, combined},
    numbers::{Grain, Numbers},
    value::{Atom, Possible, add},
};
use crate::{
    case::{input::Source, record::Tense},
    evaluate::{known::named, machine::Machine, stop::Walked},
    language::{
        builtins::{Builtin, Run},
        datum::Datum,
        effect::Effect,
        kinds::Kinds,
        tree::Place,
    },
};
use rust_decimal::Decimal;
use std::rc::Rc;

/// What a word gives.
pub fn apply(
    machine: &mut Machine<'_, Open>,
    word: &'static Builtin,
    given: &mut [Possible],
    place: Place,
) -> Walked<Possible> {
    let Run::Plain(run) = word.run else { return Ok(Possible::Anything) };
    if let Some(mut known) = all_known(given) {
        let made = run(&mut machine.env, &mut known);
        return made.map(Possible::Known).map_err(|wrong| machine.wrong(named(wrong, word, &known), place));
    }
    machine.work(1, place)?;
    let made = match special(machine, word, given) {
        Some(made) => {
            // What it says is told whatever the text is, and the text may be none.
            if matches!(word.name, "flag" | "provisional") && !asked::never_fails(machine, word, given) {
                machine.domain.pass_over();
            }
            made
        }
        None => combined(machine, word, given, place)?,
    };
    match made {
        Possible::Anything => Ok(asked::ask(machine, word, given).unwrap_or_else(|| unknown(word))),
        made => Ok(made),
    }
}

fn all_known(given: &[Possible]) -> Option<Vec<Datum>> {
    let known = |value: &Possible| match value {
        Possible::Known(datum) => Some(datum.clone()),
        _ => None,
    };
    given.iter().map(known).collect()
}

/// What is known of what a word gives, where nothing is known of what it was given.
fn unknown(word: &Builtin) -> Possible {
    if word.gives == Kinds::BOOL {
        Possible::either()
    } else if word.gives == Kinds::TEXT {
        Possible::Several([Atom::Texts].into())
    } else {
        Possible::Anything
    }
}

/// Words whose answer is told better than by asking them of every combination.
fn special(machine: &mut Machine<'_, Open>, word: &'static Builtin, given: &[Possible]) -> Option<Possible> {
    match (word.name, given) {
        ("flag", [Possible::Known(code), _]) => {
            let code = code.as_text()?.into();
            Some(Possible::Known(Datum::Effect(Rc::new(Effect::Flag { code, text: String::new() }))))
        }
        ("provisional", [_]) => Some(Possible::Known(Datum::Effect(Rc::new(Effect::Provisional(String::new()))))),
        ("reaching", [scores, Possible::Known(table)]) => reaching(machine, scores, table),
        ("len" | "is_empty", [list]) => {
            let atoms = atoms_of(machine, list)?;
            let mut counts = Vec::new();
            for atom in atoms {
                let count = match atom {
                    Atom::Entries(_) if word.name == "len" => {
                        add(&mut counts, Numbers::new(0.into(), asked::MOST_COUNTED.into(), Grain::Whole).atom());
                        continue;
                    }
                    Atom::List(list) => list.len(),
                    Atom::Table(table) => table.len(),
                    Atom::Known(Datum::List(list)) => list.items.len(),
                    Atom::Known(Datum::Table(table)) => table.entries.len(),
                    _ => return None,
                };
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                let datum = if word.name == "len" { Datum::Whole(count) } else { Datum::Bool(count == 0) };
                add(&mut counts, Atom::Known(datum));
            }
            Some(Possible::of_atoms(counts))
        }
        ("<" | "<=" | ">" | ">=", [left, right]) => ordered(machine, word.name, left, right),
        ("+" | "-" | "*", [left, right]) => arithmetic(machine, word.name, left, right),
        ("/", [left, Possible::Known(Datum::Whole(by))]) if *by > 0 => {
            let numbers = hull(machine, left).filter(|numbers| numbers.grain == Grain::Whole)?;
            machine.domain.cut(left, None);
            let by = Decimal::from(*by);
            let (low, high) = ((numbers.low / by).trunc(), (numbers.high / by).trunc());
            Some(Possible::of_atoms(vec![Numbers::new(low, high, Grain::Whole).atom()]))
        }
        ("worst", [list]) => worst(machine, list),
        _ => None,
    }
}

/// The bounds of a value that is a number, whichever.
pub(super) fn hull(machine: &Machine<'_, Open>, value: &Possible) -> Option<Numbers> {
    let atoms = atoms_of(machine, value)?;
    let mut numbers = atoms.iter().map(Atom::numbers);
    let first = numbers.next()??;
    numbers.try_fold(first, |hull, numbers| Some(hull.hull(&numbers?)))
}

/// A comparison of two numbers of which neither is known.
fn ordered(machine: &mut Machine<'_, Open>, operator: &str, left: &Possible, right: &Possible) -> Option<Possible> {
    if matches!(left, Possible::Known(_)) || matches!(right, Possible::Known(_)) {
        return None;
    }
    let (one, other) = (hull(machine, left)?, hull(machine, right)?);
    if (one.grain == Grain::Day) != (other.grain == Grain::Day) {
        return None;
    }
    machine.domain.cut(left, None);
    machine.domain.cut(right, None);
    let below = one.high < other.low || (one.high == other.low && (one.below_high || other.above_low));
    let above = one.low > other.high || (one.low == other.high && (one.above_low || other.below_high));
    let at_most = below || one.high <= other.low || is_known_by(machine, left, right);
    let at_least = above || one.low >= other.high || is_known_by(machine, right, left);
    let holds = match operator {
        "<" => (below, at_least),
        "<=" => (at_most, above),
        ">" => (above, at_most),
        _ => (at_least, below),
    };
    Some(match holds {
        (true, _) => Possible::Known(Datum::Bool(true)),
        (_, true) => Possible::Known(Datum::Bool(false)),
        _ => Possible::Anything,
    })
}

/// Whether one is a day on which something happened, and the other that of the answer: what is later is not known on it.
fn is_known_by(machine: &Machine<'_, Open>, happened: &Possible, on: &Possible) -> bool {
    let inputs = &machine.domain.inputs().facts.inputs;
    let input = |value: &Possible| {
        let Possible::Fact(place) = value else { return None };
        let id = machine.domain.facts.get(usize::from(*place))?.input;
        (!Questions::is_one(id)).then(|| inputs.get(id))
    };
    input(happened).is_some_and(|input| matches!(input.tense, Some(Tense::Dates | Tense::Happened)))
        && input(on).is_some_and(|input| matches!(input.source, Source::On))
}

/// A sum, difference or product of which a part has bounds only.
fn arithmetic(machine: &mut Machine<'_, Open>, operator: &str, left: &Possible, right: &Possible) -> Option<Possible> {
    let (one, other) = (hull(machine, left)?, hull(machine, right)?);
    if one.grain == Grain::Day || other.grain == Grain::Day {
        return None;
    }
    let few = |value: &Possible| {
        atoms_of(machine, value).map_or(usize::MAX, |atoms| {
            if atoms.iter().all(|atom| matches!(atom, Atom::Known(_))) { atoms.len() } else { usize::MAX }
        })
    };
    if few(left).saturating_mul(few(right)) <= MAX_NUMBERS {
        return None;
    }
    machine.domain.cut(left, None);
    machine.domain.cut(right, None);
    let ends = [(one.low, other.low), (one.low, other.high), (one.high, other.low), (one.high, other.high)];
    let made = ends.iter().map(|(left, right)| match operator {
        "+" => left.checked_add(*right),
        "-" => left.checked_sub(*right),
        _ => left.checked_mul(*right),
    });
    let made: Vec<Decimal> = made.collect::<Option<_>>()?;
    let grain = if one.grain == Grain::Whole && other.grain == Grain::Whole { Grain::Whole } else { Grain::Decimal };
    let (low, high) = (made.iter().min()?, made.iter().max()?);
    if grain == Grain::Whole && (*low < i64::MIN.into() || *high > i64::MAX.into()) {
        machine.domain.pass_over();
    }
    Some(Possible::of_atoms(vec![Numbers::new(*low, *high, grain).atom()]))
}

/// How many of some scores reach their cut-offs: from those that certainly do to those that may.
fn reaching(machine: &mut Machine<'_, Open>, scores: &Possible, table: &Datum) -> Option<Possible> {
    let Possible::Several(atoms) = scores else { return None };
    let [Atom::List(scores)] = &**atoms else { return None };
    let rows = table.as_list().filter(|rows| rows.len() == scores.len())?;
    let (mut least, mut most) = (0_i64, 0_i64);
    for (score, row) in scores.iter().zip(rows) {
        let cut_off = row.as_list().and_then(|row| row.get(1)).and_then(Datum::as_number)?;
        let numbers = hull(machine, score).filter(|numbers| numbers.grain != Grain::Day)?;
        let noted = between("reaching", 0, numbers.grain, &[cut_off]);
        let noted = if machine.domain.questions.is_some() { noted } else { vec![cut_off] };
        machine.domain.cut(score, Some(&noted));
        let certainly = numbers.low >= cut_off;
        let may = if numbers.below_high { numbers.high > cut_off } else { numbers.high >= cut_off };
        least += i64::from(certainly);
        most += i64::from(may);
    }
    Some(Possible::of_atoms((least..=most).map(|count| Atom::Known(Datum::Whole(count))).collect()))
}

/// The highest of some levels, each of which can be several.
fn worst(machine: &mut Machine<'_, Open>, list: &Possible) -> Option<Possible> {
    let Possible::Several(atoms) = list else { return None };
    let [Atom::List(levels)] = &**atoms else { return None };
    let words = crate::case::words::Level::WORDS;
    let mut certain: Option<usize> = None;
    let mut all: Vec<Option<usize>> = Vec::new();
    for level in levels.iter() {
        let mut lowest: Option<Option<usize>> = None;
        for atom in atoms_of(machine, level)? {
            let rank = match atom {
                Atom::Known(Datum::Absent) => None,
                Atom::Known(datum) => Some(words.iter().position(|word| Some(*word) == datum.as_text())?),
                _ => return None,
            };
            lowest = Some(lowest.map_or(rank, |lowest| lowest.min(rank)));
            all.push(rank);
        }
        certain = certain.max(lowest.flatten());
    }
    let mut atoms = Vec::new();
    for rank in all.into_iter().chain([certain]).filter(|rank| *rank >= certain) {
        let word = rank.and_then(|rank| words.get(rank)).map_or(Datum::Absent, |word| Datum::Word(word));
        add(&mut atoms, Atom::Known(word));
    }
    Some(Possible::of_atoms(atoms))
}
