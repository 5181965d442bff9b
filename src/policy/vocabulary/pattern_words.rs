//! The word for a pattern over many cases.

#![expect(clippy::needless_pass_by_value, reason = "the script engine hands its values over")]

use crate::{
    case::text::FreeWord,
    policy::{book::Pattern, engine::fault_at, script_value::Scripted},
};
use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};

/// Adds the word to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Pattern>("pattern");
    engine.register_fn("pattern", pattern);
}

fn pattern(
    context: NativeCallContext<'_>,
    code: ImmutableString,
    severity: ImmutableString,
    text: ImmutableString,
    rows: Array,
) -> Scripted<Pattern> {
    if FreeWord::parse(&code).is_none() {
        let help = "write it in lower-case letters, digits and underscores".to_owned();
        return Err(fault_at(format!("`{code}` is no code for a pattern"), Some(help), context.call_position()));
    }
    let mut cases: Vec<String> = Vec::new();
    for row in &rows {
        let Some(crn) = crn_of(row) else {
            let help = "give it entries of the book, which all have a `crn`".to_owned();
            let message = "`pattern` needs the entries that show it".to_owned();
            return Err(fault_at(message, Some(help), context.call_position()));
        };
        if !cases.contains(&crn) {
            cases.push(crn);
        }
    }
    Ok(Pattern { code: code.into(), severity: severity.into(), text: text.into(), cases })
}

fn crn_of(row: &Dynamic) -> Option<String> {
    row.read_lock::<Map>()?.get("crn")?.clone().into_string().ok()
}
