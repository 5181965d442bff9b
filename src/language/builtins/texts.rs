//! What a text can be asked.

use super::{Builtin, Env, Given, Run, word};
use crate::language::{datum::Datum, kinds::Kinds, wrong::Wrong};

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Method "starts_with" ".starts_with(text)" [Kinds::TEXT, Kinds::TEXT] Kinds::BOOL,
        Run::Plain(|env, given| asked(env, given, |text, part| text.starts_with(part))), "Whether a text begins with another."),
    word!(Method "ends_with" ".ends_with(text)" [Kinds::TEXT, Kinds::TEXT] Kinds::BOOL,
        Run::Plain(|env, given| asked(env, given, |text, part| text.ends_with(part))), "Whether a text ends with another."),
    word!(Method "contains" ".contains(value)" [Kinds::LIST.or(Kinds::TEXT).or(Kinds::TABLE), Kinds::ANY] Kinds::BOOL,
        Run::Plain(super::compare::contains), "As `value in list`."),
    word!(Method "to_upper" ".to_upper()" [Kinds::TEXT] Kinds::TEXT, Run::Plain(|env, given| made(env, given, str::to_uppercase)),
        "The text in capital letters."),
    word!(Method "to_lower" ".to_lower()" [Kinds::TEXT] Kinds::TEXT, Run::Plain(|env, given| made(env, given, str::to_lowercase)),
        "The text in small letters."),
    word!(Method "sub_string" ".sub_string(from, count)" [Kinds::TEXT, Kinds::NUMBER, Kinds::NUMBER] Kinds::TEXT, Run::Plain(sub_string),
        "So many letters from a place on."),
    word!(Method "split" ".split(between)" [Kinds::TEXT, Kinds::TEXT] Kinds::LIST, Run::Plain(split),
        "The parts of a text between others."),
    word!(Method "to_string" ".to_string()" [Kinds::ANY] Kinds::TEXT, Run::Plain(to_string), "A value in words."),
];

fn asked(env: &mut Env, given: &[Datum], asked: fn(&str, &str) -> bool) -> Given {
    let [text, part] = given else { return Err(Wrong::given()) };
    let (text, part) = text.as_text().zip(part.as_text()).ok_or_else(Wrong::given)?;
    env.budget.work(part.len() / 64)?;
    Ok(Datum::Bool(asked(text, part)))
}

fn made(env: &mut Env, given: &[Datum], make: fn(&str) -> String) -> Given {
    let text = given.first().and_then(Datum::as_text).ok_or_else(Wrong::given)?;
    env.budget.work(text.len() / 8)?;
    env.budget.room(3 * text.len() as u64)?;
    Ok(Datum::Text(make(text).into()))
}

fn sub_string(env: &mut Env, given: &mut [Datum]) -> Given {
    let [text, Datum::Whole(from), Datum::Whole(count)] = given else { return Err(Wrong::given()) };
    let text = text.as_text().ok_or_else(Wrong::given)?;
    env.budget.work(text.len() / 8)?;
    env.budget.room(text.len() as u64)?;
    let letters = text.chars().count();
    let from = super::lists::place(*from, letters).unwrap_or(if *from < 0 { 0 } else { letters });
    let part: String = text.chars().skip(from).take(usize::try_from(*count).unwrap_or(0)).collect();
    Ok(Datum::Text(part.into()))
}

fn split(env: &mut Env, given: &mut [Datum]) -> Given {
    let [text, between] = given else { return Err(Wrong::given()) };
    let (text, between) = text.as_text().zip(between.as_text()).ok_or_else(Wrong::given)?;
    env.budget.work(text.len())?;
    env.budget.room((text.len() as u64 + 2) * 2 * size_of::<Datum>() as u64)?;
    let parts = text.split(between).map(Datum::text).collect();
    env.list(parts)
}

fn to_string(env: &mut Env, given: &mut [Datum]) -> Given {
    let value = given.first().cloned().unwrap_or_default();
    env.in_words(&value).map(|text| Datum::Text(text.into()))
}
