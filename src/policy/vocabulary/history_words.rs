//! The words for histories: lists of dated entries, such as contacts and ratings, and lists of dates.

use crate::policy::{
    engine::fault_at,
    script_value::{Scripted, in_words, of_plain},
    seen::holds_seen,
    seen_words::about,
    word::Word,
};
use jiff::civil::Date;
use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};
use std::collections::HashMap;

/// Adds the words to an engine.
pub fn register(engine: &mut Engine) {
    for (name, word) in [("latest", Word::Latest), ("earliest", Word::Earliest), ("dates", Word::Dates)] {
        engine.register_fn(name, move |context: NativeCallContext<'_>, list: Array| {
            of_values(&context, name, &word, &[list.into()])
        });
    }
    engine.register_fn("between", |context: NativeCallContext<'_>, list: Array, from: Date, to: Date| {
        of_values(&context, "between", &Word::Between, &[list.into(), Dynamic::from(from), Dynamic::from(to)])
    });
    engine.register_fn("longest_gap", |context: NativeCallContext<'_>, dates: Array, from: Date, to: Date| {
        if to < from {
            let message = format!("`longest_gap` looks from one date to a later one, not from {from} to {to}");
            return Err(fault_at(message, None, context.call_position()));
        }
        of_values(&context, "longest_gap", &Word::LongestGap, &[dates.into(), Dynamic::from(from), Dynamic::from(to)])
    });
    engine.register_fn("covers", |context: NativeCallContext<'_>, periods: Array, date: Date| {
        of_values(&context, "covers", &Word::Covers, &[periods.into(), Dynamic::from(date)])
    });
    engine.register_fn("changes", |context: NativeCallContext<'_>, list: Array, name: ImmutableString| {
        of_values(&context, "changes", &Word::Changes, &[list.into(), name.into()])
    });
    engine.register_fn(
        "having",
        |context: NativeCallContext<'_>, list: Array, name: ImmutableString, wanted: Dynamic| {
            of_values(&context, "having", &Word::Having, &[list.into(), name.into(), wanted])
        },
    );
    engine.register_fn("grouped", grouped);
    engine.register_fn("counted", |n: i64, thing: ImmutableString| counted(n, &thing));
}

/// A number with its noun.
#[must_use]
pub fn counted(n: i64, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

/// A word of plain values of the script.
fn of_values(context: &NativeCallContext<'_>, name: &str, word: &Word, values: &[Dynamic]) -> Scripted<Dynamic> {
    let values: Vec<&Dynamic> = values.iter().collect();
    if values.iter().any(|value| holds_seen(value)) {
        return about(context, name, word, &values);
    }
    of_plain(word, &values).ok_or_else(|| {
        let message = format!("`{name}` needs a list of dates or of entries with a date");
        fault_at(message, None, context.call_position())
    })
}

fn field(entry: &Dynamic, name: &str) -> Option<Dynamic> {
    entry.read_lock::<Map>()?.get(name).cloned()
}

fn grouped(list: Array, fields: Array) -> Array {
    let fields: Vec<ImmutableString> =
        fields.into_iter().filter_map(|name| name.into_immutable_string().ok()).collect();
    let mut places: HashMap<Vec<String>, usize> = HashMap::new();
    let mut groups: Vec<Array> = Vec::new();
    for entry in list {
        let key = fields.iter().map(|name| field(&entry, name).map_or_else(String::new, |value| in_words(&value)));
        let place = *places.entry(key.collect()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(entry),
            None => groups.push(vec![entry]),
        }
    }
    groups.into_iter().map(Dynamic::from).collect()
}
