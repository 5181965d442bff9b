//! Words for standards and for allocation.

use super::{Builtin, Env, Given, Run, word};
use crate::{
    case::{
        fault::nearest,
        value::Value,
        words::{ContactMode, Grade, Place},
    },
    language::{
        datum::Datum,
        kinds::Kinds,
        standard::{Allocation, ContactStandard, ReviewStandard, Standard, Unit},
        wrong::Wrong,
    },
};
use std::{collections::BTreeMap, rc::Rc};

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Word "every" "every(n, unit, mode)" [Kinds::NUMBER, Kinds::TEXT, Kinds::TEXT] Kinds::CONTACT, Run::Plain(every_contact),
        "A standard of contact: once in every n `day`, `week` or `month`, of a mode that `contact_modes` names."),
    word!(Word "every" "every(n, unit)" [Kinds::NUMBER, Kinds::TEXT] Kinds::REVIEW, Run::Plain(every_review), "A standard of review."),
    word!(Word "times" ".times(k)" [Kinds::CONTACT, Kinds::NUMBER] Kinds::CONTACT,
        Run::Plain(|_, given| refined(("times", 1), given, |standard, times| standard.times = times)), "So many contacts in each period."),
    word!(Word "first_within" ".first_within(n)" [Kinds::CONTACT, Kinds::NUMBER] Kinds::CONTACT,
        Run::Plain(|_, given| refined(("first_within", 0), given, |standard, days| standard.first_within = Some(days))),
        "The first contact of a sentence within n working days."),
    word!(Word "upcoming" ".upcoming(n)" [Kinds::CONTACT, Kinds::NUMBER] Kinds::CONTACT,
        Run::Plain(|_, given| refined(("upcoming", 0), given, |standard, days| standard.upcoming = days)),
        "A contact counts as upcoming n days before it is due."),
    word!(Word "held_by" "held_by(grade, place)" [Kinds::TEXT, Kinds::TEXT] Kinds::ALLOCATION, Run::Plain(held_by),
        "Who holds the case and from where."),
];

fn standard(standard: Standard) -> Datum {
    Datum::Standard(Rc::new(standard))
}

fn every_contact(env: &mut Env, given: &mut [Datum]) -> Given {
    let [n, unit, mode] = given else { return Err(Wrong::given()) };
    let (every, unit) = period(n, unit)?;
    let mode = mode.as_text().ok_or_else(Wrong::given)?;
    let accepts = env.modes.get(mode).cloned().ok_or_else(|| unknown_mode(&env.modes, mode))?;
    let mode = mode.to_owned();
    let contact = ContactStandard { every, unit, mode, times: 1, accepts, first_within: None, upcoming: 0 };
    Ok(standard(Standard::Contact(contact)))
}

fn every_review(_: &mut Env, given: &mut [Datum]) -> Given {
    let [n, unit] = given else { return Err(Wrong::given()) };
    let (every, unit) = period(n, unit)?;
    Ok(standard(Standard::Review(ReviewStandard { every, unit })))
}

fn period(n: &Datum, unit: &Datum) -> Result<(u32, Unit), Wrong> {
    let (Datum::Whole(n), Some(unit)) = (n, unit.as_text()) else { return Err(Wrong::given()) };
    let unit = match unit {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        other => {
            return Err(Wrong::about(other, "{} is no unit of time").help("the units are `day` `week` `month`"));
        }
    };
    match u32::try_from(*n) {
        Ok(every) if (1..=1000).contains(&every) => Ok((every, unit)),
        _ => Err(Wrong::new("`every` needs a number from 1 to 1000").help("give the length of the period")),
    }
}

fn unknown_mode(modes: &BTreeMap<String, Vec<ContactMode>>, mode: &str) -> Wrong {
    let known: Vec<&String> = modes.keys().collect();
    let wrong = Wrong::about(mode, "unknown mode of contact {}");
    match nearest(mode, &known) {
        Some(meant) => wrong.help(format!("did you mean `{meant}`?")),
        None => wrong.help("declare it under `contact_modes` in parameters.yaml, or use a mode of the case model"),
    }
}

fn refined((name, least): (&str, u32), given: &mut [Datum], change: fn(&mut ContactStandard, u32)) -> Given {
    let [Datum::Standard(of), Datum::Whole(n)] = given else { return Err(Wrong::given()) };
    let n = u32::try_from(*n).ok().filter(|n| *n >= least);
    let n = n.ok_or_else(|| Wrong::new(format!("`{name}` needs a number from {least}")))?;
    match Rc::make_mut(of) {
        Standard::Contact(contact) => {
            change(contact, n);
            Ok(Datum::Standard(Rc::clone(of)))
        }
        _ => Err(Wrong::new(format!("`{name}` belongs to a standard of contact"))),
    }
}

fn held_by(_: &mut Env, given: &mut [Datum]) -> Given {
    let [grade, place] = given else { return Err(Wrong::given()) };
    let grade = one_of("grade", grade, Grade::WORDS, Grade::ALL)?;
    let from = one_of("place", place, Place::WORDS, Place::ALL)?;
    Ok(standard(Standard::Allocation(Allocation { grade, from })))
}

fn one_of<T: Copy>(what: &str, word: &Datum, words: &[&str], all: &[T]) -> Result<T, Wrong> {
    let word = word.as_text().ok_or_else(Wrong::given)?;
    let found = words.iter().position(|one| *one == word).and_then(|index| all.get(index));
    found.copied().ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        Wrong::about(word, format!("unknown {what} {{}}")).help(format!("known: {}", words.join(" ")))
    })
}

/// The modes of contact that each kind of contact takes: every mode by its own name, and the kinds that the parameter
/// `contact_modes` names.
#[must_use]
pub fn contact_modes(kinds: Option<&Value>) -> BTreeMap<String, Vec<ContactMode>> {
    let mut modes: BTreeMap<String, Vec<ContactMode>> =
        ContactMode::ALL.iter().map(|mode| (mode.as_str().to_owned(), vec![*mode])).collect();
    if let Some(Value::Record(kinds)) = kinds {
        for (kind, words) in kinds.iter() {
            let Value::List(words) = words else { continue };
            let named = |word: &Value| ContactMode::ALL.iter().find(|mode| mode.as_str() == word.to_string()).copied();
            modes.insert(kind.to_string(), words.iter().filter_map(named).collect());
        }
    }
    modes
}
