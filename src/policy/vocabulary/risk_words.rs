//! The words for levels of risk, bands of a score, tables and lists.

#![expect(clippy::needless_pass_by_value, reason = "the script engine hands its values over")]

use crate::{
    case::words::Level,
    policy::{
        engine::fault_at,
        operators::keep,
        script_value::{Scripted, in_words, of_plain},
        seen::holds_seen,
        seen_words::{about, compared},
        word::Word,
    },
};
use rhai::{Array, Dynamic, Engine, ImmutableString, NativeCallContext};

/// Adds the words to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_fn(
        "reaches",
        |context: NativeCallContext<'_>, level: Dynamic, floor: ImmutableString| -> Scripted<bool> {
            if let Some(answer) = compared(&context, Word::Reaches, &level, &Dynamic::from(floor.clone())) {
                return answer;
            }
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
    engine.register_fn("reaching", reaching);
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

/// `worst`, of plain values or of something of the case.
fn worst(context: NativeCallContext<'_>, levels: Array) -> Scripted<Dynamic> {
    let whole: Dynamic = levels.clone().into();
    if holds_seen(&whole) {
        return about(&context, "worst", &Word::Worst, &[&whole]);
    }
    for level in levels.iter().filter(|level| !level.is_unit()) {
        rank(&context, &level.clone().into_immutable_string().unwrap_or_default())?;
    }
    Ok(of_plain(&Word::Worst, &levels.iter().collect::<Vec<_>>()).unwrap_or(Dynamic::UNIT))
}

/// `band`, of plain values or of something of the case.
fn band(context: NativeCallContext<'_>, score: Dynamic, cut_offs: Dynamic) -> Scripted<Dynamic> {
    if holds_seen(&score) || holds_seen(&cut_offs) {
        return about(&context, "band", &Word::Band, &[&score, &cut_offs]);
    }
    let wrong = |message: &str, help: Option<&str>| {
        Err(fault_at(message.to_owned(), help.map(str::to_owned), context.call_position()))
    };
    if cut_offs.read_lock::<Array>().is_some_and(|cut_offs| cut_offs.len() >= Level::WORDS.len()) {
        return wrong("`band` knows three cut-offs at most", None);
    }
    match of_plain(&Word::Band, &[&score, &cut_offs]) {
        Some(band) => Ok(band),
        None => wrong("`band` needs a score and a list of cut-offs", Some("test the score first: `known(...) && ...`")),
    }
}

/// `pick`, of plain values or of something of the case.
fn pick(context: NativeCallContext<'_>, table: Dynamic, score: Dynamic) -> Scripted<Dynamic> {
    if holds_seen(&table) || holds_seen(&score) {
        return about(&context, "pick", &Word::Pick, &[&table, &score]);
    }
    let wrong = |what: &str| {
        let help = "the table is a list of `[from, entry]`".to_owned();
        fault_at(format!("`pick` {what}"), Some(help), context.call_position())
    };
    if score.as_int().is_err() && score.as_decimal().is_err() {
        return Err(wrong("needs a score that is known"));
    }
    of_plain(&Word::Pick, &[&table, &score]).ok_or_else(|| {
        let is_list = |row: &Dynamic| row.is_array();
        let rows = table.read_lock::<Array>();
        match rows.as_ref().and_then(|rows| rows.iter().find(|row| !is_list(row))) {
            Some(_) => wrong("found a row that is no list"),
            None => wrong("found a row without its two parts"),
        }
    })
}

/// `reaching`, of plain values or of something of the case. Each comparison is one that `explain` shows.
fn reaching(context: NativeCallContext<'_>, scores: Dynamic, table: Dynamic) -> Scripted<Dynamic> {
    if holds_seen(&scores) || holds_seen(&table) {
        return about(&context, "reaching", &Word::Reaching, &[&scores, &table]);
    }
    let each = scores.read_lock::<Array>().map(|scores| scores.iter().cloned().collect::<Vec<Dynamic>>());
    let each = each.unwrap_or_default();
    let about: Vec<&Dynamic> = each.iter().chain([&table]).collect();
    let count = of_plain(&Word::Reaching, &about).ok_or_else(|| {
        let help = "give one score for each row `[name, cut-off]`; test each first: `known(...) && ...`".to_owned();
        let message = "`reaching` needs a list of scores and a table of as many rows".to_owned();
        fault_at(message, Some(help), context.call_position())
    })?;
    if let (Some(scores), Some(rows)) = (scores.read_lock::<Array>(), table.read_lock::<Array>()) {
        for (score, row) in scores.iter().zip(rows.iter()) {
            let cut_off = row.read_lock::<Array>().and_then(|row| row.get(1).cloned()).unwrap_or_default();
            let one = of_plain(&Word::AtLeast, &[score, &cut_off]).is_some_and(|holds| holds.as_bool() == Ok(true));
            keep(&context, score, ">=", &cut_off, one);
        }
    }
    Ok(count)
}

fn overlap(context: NativeCallContext<'_>, left: Array, right: Array) -> Scripted<Dynamic> {
    let (left, right): (Dynamic, Dynamic) = (left.into(), right.into());
    if holds_seen(&left) || holds_seen(&right) {
        return about(&context, "overlap", &Word::Overlap, &[&left, &right]);
    }
    of_plain(&Word::Overlap, &[&left, &right]).ok_or_else(|| {
        let message = "`overlap` needs two lists of words".to_owned();
        fault_at(message, None, context.call_position())
    })
}
