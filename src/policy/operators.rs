//! Comparison, made safe: the language by itself finds nothing, a word and a number comparable, and answers false. Here
//! that is a fault with a remedy, because a threshold silently missed is a person silently placed too low.

use crate::policy::{
    engine::fault_at,
    script_value::{in_words, of_plain, session_of},
    seen_words::compared,
    session::Comparison,
    word::Word,
};
use jiff::civil::Date;
use rhai::{Array, Dynamic, Engine, NativeCallContext};

/// Adds the operators to an engine.
pub fn register(engine: &mut Engine) {
    for (operator, word) in ORDERINGS {
        engine.register_fn(*operator, move |context: NativeCallContext<'_>, left: Dynamic, right: Dynamic| {
            if let Some(answer) = compared(&context, word.clone(), &left, &right) {
                return answer;
            }
            match of_plain(word, &[&left, &right]).and_then(|holds| holds.as_bool().ok()) {
                Some(holds) => Ok(keep(&context, &left, operator, &right, holds)),
                None => Err(incomparable(&context, operator, &left, &right)),
            }
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
        let found = holds(&Word::Holds, &whole, &item);
        Ok::<_, Box<rhai::EvalAltResult>>(keep(&context, &item, "in", &whole, found))
    });
}

static ORDERINGS: &[(&str, Word)] =
    &[("<", Word::Less), ("<=", Word::AtMost), (">", Word::More), (">=", Word::AtLeast)];

/// Whether a condition holds of two plain values; of what no case could have, none does.
fn holds(word: &Word, left: &Dynamic, right: &Dynamic) -> bool {
    of_plain(word, &[left, right]).is_some_and(|holds| holds.as_bool() == Ok(true))
}

fn same(left: &Dynamic, right: &Dynamic) -> bool {
    holds(&Word::Same, left, right)
}

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

/// What to say of two values that cannot be put in order.
fn incomparable(
    context: &NativeCallContext<'_>,
    operator: &str,
    left: &Dynamic,
    right: &Dynamic,
) -> Box<rhai::EvalAltResult> {
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
    fault_at(message, Some(help.to_owned()), context.call_position())
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
