//! The words for levels of risk, bands of a score, tables and lists.

#![expect(clippy::needless_pass_by_value, reason = "the script engine hands its values over")]

use crate::{
    case::words::Level,
    policy::{
        engine::fault_at,
        operators::keep,
        script_value::{Scripted, in_words},
    },
};
use rhai::{Array, Dynamic, Engine, ImmutableString, NativeCallContext};
use rust_decimal::Decimal;

/// Adds the words to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_fn(
        "reaches",
        |context: NativeCallContext<'_>, level: Dynamic, floor: ImmutableString| -> Scripted<bool> {
            let least = rank(&context, &floor)?;
            match level.as_immutable_string_ref() {
                Ok(word) => {
                    let holds = rank(&context, &word)? >= least;
                    Ok(keep(&context, &level, "reaches", &floor.into(), holds))
                }
                Err(_) => {
                    let help = "test it first: `known(...) && ...`".to_owned();
                    Err(fault_at(
                        "`reaches` asks for a level that this case does not give".to_owned(),
                        Some(help),
                        context.call_position(),
                    ))
                }
            }
        },
    );
    engine.register_fn("worst", worst);
    engine.register_fn("band", band);
    engine.register_fn("pick", pick);
    engine.register_fn("overlap", overlap);
    engine.register_fn("join", |words: Array, between: ImmutableString| {
        words.iter().map(in_words).collect::<Vec<_>>().join(&between)
    });
}

fn rank(context: &NativeCallContext<'_>, level: &str) -> Scripted<usize> {
    Level::WORDS.iter().position(|word| *word == level).ok_or_else(|| {
        let words: Vec<String> = Level::WORDS.iter().map(|word| format!("`{word}`")).collect();
        let help = format!("the levels are {}", words.join(" "));
        fault_at(format!("`{level}` is no level of risk"), Some(help), context.call_position())
    })
}

fn worst(context: NativeCallContext<'_>, levels: Array) -> Scripted<Dynamic> {
    let mut worst: Option<(usize, ImmutableString)> = None;
    for level in levels.iter().filter(|level| !level.is_unit()) {
        let level = level.clone().into_immutable_string().unwrap_or_default();
        let rank = rank(&context, &level)?;
        if worst.as_ref().is_none_or(|(highest, _)| rank > *highest) {
            worst = Some((rank, level));
        }
    }
    Ok(worst.map_or(Dynamic::UNIT, |(_, level)| level.into()))
}

fn number(value: &Dynamic) -> Option<Decimal> {
    value.as_int().ok().map(Decimal::from).or_else(|| value.as_decimal().ok())
}

fn band(context: NativeCallContext<'_>, score: Dynamic, cut_offs: Array) -> Scripted<ImmutableString> {
    let numbers: Option<Vec<Decimal>> = cut_offs.iter().map(number).collect();
    let (Some(score), Some(cut_offs)) = (number(&score), numbers) else {
        let help = "test the score first: `known(...) && ...`".to_owned();
        let message = "`band` needs a score and a list of cut-offs".to_owned();
        return Err(fault_at(message, Some(help), context.call_position()));
    };
    let reached = cut_offs.iter().filter(|cut_off| score >= **cut_off).count();
    Level::WORDS
        .get(reached)
        .map(|word| (*word).into())
        .ok_or_else(|| fault_at("`band` knows three cut-offs at most".to_owned(), None, context.call_position()))
}

fn pick(context: NativeCallContext<'_>, table: Array, score: Dynamic) -> Scripted<Dynamic> {
    let wrong = |what: &str| {
        let help = "the table is a list of `[from, entry]`".to_owned();
        fault_at(format!("`pick` {what}"), Some(help), context.call_position())
    };
    let score = number(&score).ok_or_else(|| wrong("needs a score that is known"))?;
    let mut best: Option<(Decimal, Dynamic)> = None;
    for row in &table {
        let row = row.read_lock::<Array>().ok_or_else(|| wrong("found a row that is no list"))?;
        let (from, entry) = (row.first().and_then(number), row.get(1));
        let (Some(from), Some(entry)) = (from, entry) else { return Err(wrong("found a row without its two parts")) };
        if score >= from && best.as_ref().is_none_or(|(highest, _)| from > *highest) {
            best = Some((from, entry.clone()));
        }
    }
    Ok(best.map_or(Dynamic::UNIT, |(_, entry)| entry))
}

fn overlap(left: Array, right: Array) -> Array {
    let has = |word: &Dynamic| {
        right.iter().any(|one| matches!((one.as_immutable_string_ref(), word.as_immutable_string_ref()), (Ok(one), Ok(word)) if *one == *word))
    };
    left.iter().filter(|word| has(word)).cloned().collect()
}
