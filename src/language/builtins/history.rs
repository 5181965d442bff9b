//! Words for histories: lists of dated entries, such as contacts and ratings, and lists of dates.

use super::{Builtin, Env, Given, Run, word};
use crate::{
    calendar::days_between,
    language::{datum::Datum, kinds::Kinds, wrong::Wrong},
};
use jiff::civil::Date;
use std::collections::HashMap;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Word "latest" "latest(list)" [Kinds::LIST] Kinds::ANY, Run::Plain(|env, given| extreme(env, given, true)),
        "The entry of a history with the latest `date`, of several the last; `()` of an empty one."),
    word!(Word "earliest" "earliest(list)" [Kinds::LIST] Kinds::ANY, Run::Plain(|env, given| extreme(env, given, false)),
        "The entry with the earliest `date`, of several the first; `()` of an empty one."),
    word!(Word "changes" "changes(list, field)" [Kinds::LIST, Kinds::TEXT] Kinds::LIST, Run::Plain(changes),
        "The entries of a history that differ in a field from the one before."),
    word!(Word "dates" "dates(list)" [Kinds::LIST] Kinds::LIST, Run::Plain(dates), "The dates of a history, in order."),
    word!(Word "between" "between(list, from, to)" [Kinds::LIST, Kinds::DATE, Kinds::DATE] Kinds::LIST, Run::Plain(between),
        "The entries of a history, or the dates of a list, from one date to another, both included."),
    word!(Word "having" "having(list, field, wanted)" [Kinds::LIST, Kinds::TEXT, Kinds::ANY] Kinds::LIST, Run::Plain(having),
        "The entries of a history of which a field is a value, or one of a list of values."),
    word!(Word "longest_gap" "longest_gap(dates, from, to)" [Kinds::LIST, Kinds::DATE, Kinds::DATE] Kinds::TABLE, Run::Plain(longest_gap),
        "The longest time without one of the dates: `.from`, `.to` and `.days`."),
    word!(Word "covers" "covers(periods, date)" [Kinds::LIST, Kinds::DATE] Kinds::BOOL, Run::Plain(covers),
        "Whether one of the periods holds on a date: from its `from` to before its `to`; without `to` it is open."),
    word!(Word "grouped" "grouped(list, fields)" [Kinds::LIST, Kinds::LIST] Kinds::LIST, Run::Plain(grouped),
        "The entries that agree in some fields, as lists, in order of first appearance."),
    word!(Word "counted" "counted(n, thing)" [Kinds::NUMBER, Kinds::TEXT] Kinds::TEXT, Run::Plain(counted),
        "A number with its noun: 1 day, 2 days."),
];

/// A number with its noun.
#[must_use]
pub fn with_noun(n: i64, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

fn field<'a>(entry: &'a Datum, name: &str) -> Option<&'a Datum> {
    match entry {
        Datum::Table(table) => table.get(name),
        _ => None,
    }
}

/// The date of an entry: the entry itself, or its field `date`.
fn date_of(entry: &Datum) -> Option<Date> {
    match entry {
        Datum::Date(date) => Some(*date),
        _ => match field(entry, "date")? {
            Datum::Date(date) => Some(*date),
            _ => None,
        },
    }
}

/// Counts a look at a field of each entry: a table has no index of its names.
fn look_through(env: &mut Env, list: &[Datum]) -> Result<(), Wrong> {
    let names = |entry: &Datum| if let Datum::Table(table) = entry { table.entries.len() } else { 0 };
    env.budget.work(list.len() / 4 + list.iter().map(names).sum::<usize>() / 16)
}

fn extreme(env: &mut Env, given: &mut [Datum], latest: bool) -> Given {
    let list = given.first().and_then(Datum::as_list).ok_or_else(Wrong::given)?;
    look_through(env, list)?;
    let dated = list.iter().filter(|entry| date_of(entry).is_some());
    let found =
        if latest { dated.max_by_key(|entry| date_of(entry)) } else { dated.min_by_key(|entry| date_of(entry)) };
    Ok(found.cloned().unwrap_or_default())
}

fn dates(env: &mut Env, given: &mut [Datum]) -> Given {
    let list = given.first().and_then(Datum::as_list).ok_or_else(Wrong::given)?;
    env.budget.work(list.len())?;
    look_through(env, list)?;
    let mut dates: Vec<Date> = list.iter().filter_map(date_of).collect();
    dates.sort_unstable();
    env.list(dates.into_iter().map(Datum::Date).collect())
}

fn between(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), Datum::Date(from), Datum::Date(to)] = given else { return Err(Wrong::given()) };
    look_through(env, &list.items)?;
    let within = |entry: &&Datum| date_of(entry).is_some_and(|date| (*from..=*to).contains(&date));
    let found = list.items.iter().filter(within).cloned().collect();
    env.list(found)
}

/// The first of the longest times between neighbours among the dates and the two ends.
fn longest_gap(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), Datum::Date(from), Datum::Date(to)] = given else { return Err(Wrong::given()) };
    if to < from {
        return Err(Wrong::new("`longest_gap` looks from one date to a later one, and the second is earlier here"));
    }
    env.budget.work(list.items.len())?;
    look_through(env, &list.items)?;
    let mut points: Vec<Date> =
        list.items.iter().filter_map(date_of).filter(|date| (*from..=*to).contains(date)).collect();
    points.extend([*from, *to]);
    points.sort_unstable();
    let mut gap = (*from, *from);
    for (one, next) in points.iter().zip(points.iter().skip(1)) {
        if days_between(*one, *next) > days_between(gap.0, gap.1) {
            gap = (*one, *next);
        }
    }
    let days = Datum::Whole(days_between(gap.0, gap.1));
    Ok(Datum::table(vec![
        ("from".into(), Datum::Date(gap.0)),
        ("to".into(), Datum::Date(gap.1)),
        ("days".into(), days),
    ]))
}

/// From its `from` to before its `to`; without `to` a period is open.
fn holds_on(period: &Datum, date: Date) -> bool {
    let day = |name| match field(period, name) {
        Some(Datum::Date(day)) => Some(*day),
        _ => None,
    };
    day("from").is_some_and(|from| from <= date) && day("to").is_none_or(|to| date < to)
}

fn covers(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(periods), Datum::Date(date)] = given else { return Err(Wrong::given()) };
    look_through(env, &periods.items)?;
    Ok(Datum::Bool(periods.items.iter().any(|period| holds_on(period, *date))))
}

/// The entries that differ in a field from the one before them, by date.
fn changes(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), name] = given else { return Err(Wrong::given()) };
    let name = name.as_text().unwrap_or_default();
    env.budget.work(list.items.len())?;
    look_through(env, &list.items)?;
    let mut dated: Vec<(Date, &Datum)> = list.items.iter().filter_map(|entry| Some((date_of(entry)?, entry))).collect();
    dated.sort_by_key(|(date, _)| *date);
    let mut changed = Vec::new();
    for ((_, former), (_, entry)) in dated.iter().zip(dated.iter().skip(1)) {
        let same = match (field(former, name), field(entry, name)) {
            (Some(former), Some(entry)) => env.same(former, entry)?,
            (None, None) => true,
            _ => false,
        };
        if !same {
            changed.push((*entry).clone());
        }
    }
    env.list(changed)
}

fn having(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), name, wanted] = given else { return Err(Wrong::given()) };
    let name = name.as_text().unwrap_or_default();
    look_through(env, &list.items)?;
    let wanted = wanted.as_list().unwrap_or(std::slice::from_ref(wanted));
    env.budget.work(list.items.len().saturating_mul(wanted.len()) / 4)?;
    let mut found = Vec::new();
    for entry in &list.items {
        let Some(value) = field(entry, name) else { continue };
        if env.is_among(wanted, value)? {
            found.push(entry.clone());
        }
    }
    env.list(found)
}

fn grouped(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), Datum::List(fields)] = given else { return Err(Wrong::given()) };
    env.budget.work(list.items.len() * (1 + fields.items.len()))?;
    for _ in &fields.items {
        look_through(env, &list.items)?;
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<Datum>> = Vec::new();
    for entry in &list.items {
        let mut key = String::new();
        for name in fields.items.iter().filter_map(Datum::as_text) {
            if let Some(value) = field(entry, name) {
                env.write_words(value, &mut key)?;
            }
            key.push('\n');
        }
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(entry.clone()),
            None => groups.push(vec![entry.clone()]),
        }
    }
    let lists = groups.into_iter().map(|group| env.list(group)).collect::<Result<_, _>>()?;
    env.list(lists)
}

fn counted(_: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::Whole(n), thing] if thing.as_text().is_some() => {
            Ok(Datum::Text(with_noun(*n, thing.as_text().unwrap_or_default()).into()))
        }
        _ => Err(Wrong::given()),
    }
}
