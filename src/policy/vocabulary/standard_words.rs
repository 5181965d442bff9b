//! The words for standards and for allocation.

use crate::{
    case::{
        fault::nearest,
        value::Value,
        words::{ContactMode, Grade, Place},
    },
    decision::standard::{Allocation, ContactStandard, ReviewStandard, Unit},
    policy::{engine::fault_at, script_value::Scripted},
};
use rhai::{Engine, ImmutableString, NativeCallContext};
use std::{collections::BTreeMap, sync::Arc};

/// What `contact`, `review` and `allocate` return.
#[derive(Debug, Clone)]
pub enum Standard {
    /// Of contact.
    Contact(ContactStandard),
    /// Of review.
    Review(ReviewStandard),
    /// Who holds the case.
    Allocation(Allocation),
}

/// Adds the words to an engine. `modes` says which modes of contact each kind of contact takes.
pub fn register_standards(engine: &mut Engine, modes: &Arc<BTreeMap<String, Vec<ContactMode>>>) {
    engine.register_type_with_name::<Standard>("standard");
    let modes = Arc::clone(modes);
    engine.register_fn(
        "every",
        move |context: NativeCallContext<'_>,
              n: i64,
              unit: ImmutableString,
              mode: ImmutableString|
              -> Scripted<Standard> {
            let (every, unit) = period(&context, n, &unit)?;
            let accepts = modes.get(mode.as_str()).cloned().ok_or_else(|| unknown_mode(&context, &modes, &mode))?;
            let mode = mode.to_string();
            Ok(Standard::Contact(ContactStandard {
                every,
                unit,
                mode,
                times: 1,
                accepts,
                first_within: None,
                upcoming: 0,
            }))
        },
    );
    engine.register_fn("every", |context: NativeCallContext<'_>, n: i64, unit: ImmutableString| {
        let (every, unit) = period(&context, n, &unit)?;
        Ok::<_, Box<rhai::EvalAltResult>>(Standard::Review(ReviewStandard { every, unit }))
    });
    refine(engine, "times", |standard, times| standard.times = times.max(1));
    refine(engine, "first_within", |standard, days| standard.first_within = Some(days));
    refine(engine, "upcoming", |standard, days| standard.upcoming = days);
    engine.register_fn("held_by", |context: NativeCallContext<'_>, grade: ImmutableString, place: ImmutableString| {
        let grade = one_of(&context, "grade", &grade, Grade::WORDS, Grade::ALL)?;
        let from = one_of(&context, "place", &place, Place::WORDS, Place::ALL)?;
        Ok::<_, Box<rhai::EvalAltResult>>(Standard::Allocation(Allocation { grade, from }))
    });
}

fn refine(engine: &mut Engine, name: &'static str, change: fn(&mut ContactStandard, u32)) {
    engine.register_fn(name, move |context: NativeCallContext<'_>, standard: Standard, n: i64| -> Scripted<Standard> {
        let wrong = |message: String| fault_at(message, None, context.call_position());
        let n = u32::try_from(n).map_err(|_| wrong(format!("`{name}` needs a number from 0")))?;
        match standard {
            Standard::Contact(mut contact) => {
                change(&mut contact, n);
                Ok(Standard::Contact(contact))
            }
            _ => Err(wrong(format!("`{name}` belongs to a standard of contact"))),
        }
    });
}

fn period(context: &NativeCallContext<'_>, n: i64, unit: &str) -> Scripted<(u32, Unit)> {
    let wrong = |message: String, help: &str| fault_at(message, Some(help.to_owned()), context.call_position());
    let unit = match unit {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        other => return Err(wrong(format!("`{other}` is no unit of time"), "the units are `day` `week` `month`")),
    };
    match u32::try_from(n) {
        Ok(every) if (1..=1000).contains(&every) => Ok((every, unit)),
        _ => Err(wrong(format!("`every` needs a number from 1 to 1000, not {n}"), "give the length of the period")),
    }
}

fn unknown_mode(
    context: &NativeCallContext<'_>,
    modes: &BTreeMap<String, Vec<ContactMode>>,
    mode: &str,
) -> Box<rhai::EvalAltResult> {
    let known: Vec<&String> = modes.keys().collect();
    let help = match nearest(mode, &known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "declare it under `contact_modes` in parameters.yaml, or use a mode of the case model".to_owned(),
    };
    fault_at(format!("unknown mode of contact `{mode}`"), Some(help), context.call_position())
}

fn one_of<T: Copy>(context: &NativeCallContext<'_>, what: &str, word: &str, words: &[&str], all: &[T]) -> Scripted<T> {
    let found = words.iter().position(|one| *one == word).and_then(|index| all.get(index));
    found.copied().ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        fault_at(
            format!("unknown {what} `{word}`"),
            Some(format!("known: {}", words.join(" "))),
            context.call_position(),
        )
    })
}

/// The modes of contact that each kind of contact takes: every mode by its own name, and the kinds that the parameter
/// `contact_modes` names.
#[must_use]
pub fn contact_modes(parameters: &BTreeMap<String, Value>) -> BTreeMap<String, Vec<ContactMode>> {
    let mut modes: BTreeMap<String, Vec<ContactMode>> =
        ContactMode::ALL.iter().map(|mode| (mode.as_str().to_owned(), vec![*mode])).collect();
    if let Some(Value::Record(kinds)) = parameters.get("contact_modes") {
        for (kind, words) in kinds.iter() {
            let Value::List(words) = words else { continue };
            let named = |word: &Value| ContactMode::ALL.iter().find(|mode| mode.as_str() == word.to_string()).copied();
            modes.insert(kind.to_string(), words.iter().filter_map(named).collect());
        }
    }
    modes
}
