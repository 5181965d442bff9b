//! Comparison, made safe: the language by itself finds nothing, a word and a number comparable, and answers false. Here
//! that is a fault with a remedy, because a threshold silently missed is a person silently placed too low.

use crate::policy::{
    engine::fault_at,
    script_value::{Scripted, in_words, session_of},
    seen::compared,
    session::Comparison,
    word::Word,
};
use jiff::civil::Date;
use rhai::{Array, Dynamic, Engine, NativeCallContext};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// Adds the operators to an engine.
pub fn register(engine: &mut Engine) {
    for (operator, holds, word) in ORDERINGS {
        engine.register_fn(*operator, move |context: NativeCallContext<'_>, left: Dynamic, right: Dynamic| {
            if let Some(answer) = compared(&context, word.clone(), &left, &right) {
                return answer;
            }
            let ordering = order(&context, operator, &left, &right)?;
            Ok::<_, Box<rhai::EvalAltResult>>(keep(&context, &left, operator, &right, holds(ordering)))
        });
    }
    engine.register_fn("==", |context: NativeCallContext<'_>, left: Dynamic, right: Dynamic| {
        compared(&context, Word::Same, &left, &right)
            .unwrap_or_else(|| Ok(keep(&context, &left, "==", &right, same(&left, &right))))
    });
    engine.register_fn("!=", |context: NativeCallContext<'_>, left: Dynamic, right: Dynamic| {
        match compared(&context, Word::Same, &left, &right) {
            Some(answer) => answer.map(|same| !same),
            None => Ok(keep(&context, &left, "!=", &right, !same(&left, &right))),
        }
    });
    engine.register_fn("contains", |context: NativeCallContext<'_>, list: &mut Array, item: Dynamic| {
        let whole = Dynamic::from(list.clone());
        if let Some(answer) = compared(&context, Word::Holds, &whole, &item) {
            return answer;
        }
        let found = list.iter().any(|one| same(one, &item));
        Ok::<_, Box<rhai::EvalAltResult>>(keep(&context, &item, "in", &whole, found))
    });
}

type Holds = fn(Ordering) -> bool;

static ORDERINGS: &[(&str, Holds, Word)] = &[
    ("<", Ordering::is_lt, Word::Less),
    ("<=", Ordering::is_le, Word::AtMost),
    (">", Ordering::is_gt, Word::More),
    (">=", Ordering::is_ge, Word::AtLeast),
];

/// Keeps the comparison where they are kept, and gives what came out.
pub(super) fn keep(
    context: &NativeCallContext<'_>,
    left: &Dynamic,
    operator: &'static str,
    right: &Dynamic,
    holds: bool,
) -> bool {
    if let Ok(session) = session_of(context) {
        let mut session = session.lock();
        if session.keeps_comparisons() {
            let at = context.call_position();
            let (line, column) = (at.line().unwrap_or(0), at.position().unwrap_or(0));
            let (left, right) = (in_words(left), in_words(right));
            let file = context.call_source().unwrap_or_default().to_owned();
            session.compared(Comparison { file, line, column, left, operator, right, holds });
        }
    }
    holds
}

fn order(context: &NativeCallContext<'_>, operator: &str, left: &Dynamic, right: &Dynamic) -> Scripted<Ordering> {
    if let (Some(left), Some(right)) = (number(left), number(right)) {
        return Ok(left.cmp(&right));
    }
    if let (Some(left), Some(right)) = (date(left), date(right)) {
        return Ok(left.cmp(&right));
    }
    let (message, help) = if left.is_unit() || right.is_unit() {
        let help = "test it first: `known(...) && ...`";
        (format!("`{operator}` compares an input that this case does not give"), help)
    } else if left.is_string() && right.is_string() {
        let help = "for levels of risk write `reaches(level, \"medium\")`";
        (format!("`{operator}` would put words in alphabetical order"), help)
    } else {
        let help = "compare numbers with numbers and dates with dates";
        (format!("`{operator}` compares {} with {}", kind(left), kind(right)), help)
    };
    Err(fault_at(message, Some(help.to_owned()), context.call_position()))
}

fn same(left: &Dynamic, right: &Dynamic) -> bool {
    if let (Some(left), Some(right)) = (number(left), number(right)) {
        return left == right;
    }
    if let (Some(left), Some(right)) = (left.read_lock::<Array>(), right.read_lock::<Array>()) {
        return left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right));
    }
    if let (Ok(left), Ok(right)) = (left.as_immutable_string_ref(), right.as_immutable_string_ref()) {
        return *left == *right;
    }
    match (left.as_bool(), right.as_bool()) {
        (Ok(left), Ok(right)) => left == right,
        _ => (left.is_unit() && right.is_unit()) || date(left).is_some_and(|left| date(right) == Some(left)),
    }
}

fn number(value: &Dynamic) -> Option<Decimal> {
    value.as_int().ok().map(Decimal::from).or_else(|| value.as_decimal().ok())
}

fn date(value: &Dynamic) -> Option<Date> {
    value.clone().try_cast::<Date>()
}

/// What a value of a script is, in an officer's words.
pub fn kind(value: &Dynamic) -> &'static str {
    match value.type_name() {
        "()" => "nothing",
        "bool" => "true or false",
        "i64" | "decimal" => "a number",
        "string" | "char" => "a word",
        "array" => "a list",
        "map" => "a table",
        _ if value.is::<Date>() => "a date",
        _ => "something else",
    }
}
