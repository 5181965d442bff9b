//! The words for histories: lists of dated entries, such as contacts and ratings, and lists of dates.

#![expect(clippy::needless_pass_by_value, reason = "the script engine hands its values over")]

use crate::{
    case::derived::days_between,
    policy::{
        engine::fault_at,
        script_value::{Scripted, in_words},
    },
};
use jiff::civil::Date;
use rhai::{Array, Dynamic, Engine, ImmutableString, Map, NativeCallContext};
use std::collections::HashMap;

/// Adds the words to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_fn("latest", |list: Array| {
        list.iter()
            .filter(|entry| date_of(entry).is_some())
            .max_by_key(|entry| date_of(entry))
            .cloned()
            .unwrap_or(Dynamic::UNIT)
    });
    engine.register_fn("dates", |list: Array| {
        let mut dates: Vec<Date> = list.iter().filter_map(date_of).collect();
        dates.sort_unstable();
        dates.into_iter().map(Dynamic::from).collect::<Array>()
    });
    engine.register_fn("between", |list: Array, from: Date, to: Date| {
        let within = |entry: &Dynamic| date_of(entry).is_some_and(|date| (from..=to).contains(&date));
        list.into_iter().filter(within).collect::<Array>()
    });
    engine.register_fn("longest_gap", longest_gap);
    engine.register_fn("covers", |periods: Array, date: Date| periods.iter().any(|period| holds_on(period, date)));
    engine.register_fn("grouped", grouped);
    engine.register_fn("earliest", |list: Array| {
        list.iter()
            .filter(|entry| date_of(entry).is_some())
            .min_by_key(|entry| date_of(entry))
            .cloned()
            .unwrap_or(Dynamic::UNIT)
    });
    engine.register_fn("changes", |list: Array, name: ImmutableString| changes(list, &name));
    engine.register_fn(
        "counted",
        |n: i64, thing: ImmutableString| {
            if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
        },
    );
}

/// The date of an entry: the entry itself, or its field `date`.
fn date_of(entry: &Dynamic) -> Option<Date> {
    entry.clone().try_cast::<Date>().or_else(|| field(entry, "date")?.try_cast::<Date>())
}

fn field(entry: &Dynamic, name: &str) -> Option<Dynamic> {
    entry.read_lock::<Map>()?.get(name).cloned()
}

fn holds_on(period: &Dynamic, date: Date) -> bool {
    let day = |name| field(period, name).and_then(Dynamic::try_cast::<Date>);
    day("from").is_some_and(|from| from <= date) && day("to").is_none_or(|to| date < to)
}

/// The first of the longest times between neighbours among the dates and the two ends.
fn longest_gap(context: NativeCallContext<'_>, dates: Array, from: Date, to: Date) -> Scripted<Map> {
    if to < from {
        let message = format!("`longest_gap` looks from one date to a later one, not from {from} to {to}");
        return Err(fault_at(message, None, context.call_position()));
    }
    let mut points: Vec<Date> = dates.iter().filter_map(date_of).filter(|date| (from..=to).contains(date)).collect();
    points.extend([from, to]);
    points.sort_unstable();
    let mut gap = (from, from);
    for (one, next) in points.iter().zip(points.iter().skip(1)) {
        if days_between(*one, *next) > days_between(gap.0, gap.1) {
            gap = (*one, *next);
        }
    }
    let days = days_between(gap.0, gap.1);
    Ok(Map::from_iter([
        ("from".into(), Dynamic::from(gap.0)),
        ("to".into(), Dynamic::from(gap.1)),
        ("days".into(), days.into()),
    ]))
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

/// The entries that differ in a field from the one before them, by date.
fn changes(list: Array, name: &str) -> Array {
    let mut dated: Vec<(Date, Dynamic)> =
        list.into_iter().filter_map(|entry| Some((date_of(&entry)?, entry))).collect();
    dated.sort_by_key(|(date, _)| *date);
    let seen = |entry: &Dynamic| field(entry, name).map_or_else(String::new, |value| in_words(&value));
    let former: Vec<String> = dated.iter().map(|(_, entry)| seen(entry)).collect();
    let changed = dated.into_iter().skip(1).zip(former).filter(|((_, entry), former)| seen(entry) != *former);
    changed.map(|((_, entry), _)| entry).collect()
}
