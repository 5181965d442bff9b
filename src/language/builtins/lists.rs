//! What a list or a table can be asked, and how a list in a variable grows.

use super::{Builtin, Calling, Env, Given, Run, word};
use crate::language::{
    datum::{Datum, List},
    kinds::Kinds,
    wrong::Wrong,
};
use std::rc::Rc;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Method "len" ".len()" [MANY] Kinds::NUMBER, Run::Plain(len), "How many entries or letters there are."),
    word!(Method "is_empty" ".is_empty()" [MANY] Kinds::BOOL, Run::Plain(is_empty), "Whether there is none."),
    word!(Method "get" ".get(at)" [MANY, AT] Kinds::ANY, Run::Plain(get),
        "The entry at a place, from 0, or of a name; `()` where there is none."),
    word!(Method "index_of" ".index_of(value)" [ORDERED, Kinds::ANY] Kinds::NUMBER, Run::Plain(index_of),
        "The first place of a value, from 0; -1 where it is not."),
    word!(Method "extract" ".extract(from, count)" [Kinds::LIST, Kinds::NUMBER, Kinds::NUMBER] Kinds::LIST, Run::Plain(extract),
        "So many entries from a place on."),
    word!(Method "keys" ".keys()" [Kinds::TABLE] Kinds::LIST, Run::Plain(|env, given| names(env, given, true)),
        "The names in a table, in alphabetical order."),
    word!(Method "values" ".values()" [Kinds::TABLE] Kinds::LIST, Run::Plain(|env, given| names(env, given, false)),
        "The values in a table, in the order of their names."),
    word!(Method "filter" ".filter(|one| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::LIST, Run::Calling(Calling::Filter),
        "The entries of which something holds."),
    word!(Method "map" ".map(|one| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::LIST, Run::Calling(Calling::Map),
        "What comes of each entry."),
    word!(Method "some" ".some(|one| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::BOOL, Run::Calling(Calling::Some),
        "Whether something holds of an entry."),
    word!(Method "all" ".all(|one| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::BOOL, Run::Calling(Calling::All),
        "Whether it holds of every entry."),
    word!(Method "find" ".find(|one| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::ANY, Run::Calling(Calling::Find),
        "The first entry of which it holds; `()` of none."),
    word!(Method "reduce" ".reduce(|sum, one| ..., first)" [Kinds::LIST, Kinds::CLOSURE, Kinds::ANY] Kinds::ANY, Run::Calling(Calling::Reduce),
        "One value from all entries, two at a time."),
    word!(Method "call" "closure.call(...)" [Kinds::CLOSURE] Kinds::ANY, Run::Calling(Calling::Call), "What a closure gives."),
    word!(Method "sort" ".sort(|a, b| ...)" [Kinds::LIST, Kinds::CLOSURE] Kinds::ABSENT, Run::Calling(Calling::Sort),
        "Puts a list in a variable in the order of a number: below 0 where the first comes before."),
    word!(Method "sort" ".sort()" [Kinds::LIST] Kinds::ABSENT, Run::Changing(sort),
        "Puts a list of numbers, of texts or of dates in a variable in order."),
    word!(Method "push" ".push(value)" [Kinds::LIST, Kinds::ANY] Kinds::ABSENT, Run::Changing(push), "Adds an entry at the end."),
    word!(Method "insert" ".insert(at, value)" [Kinds::LIST, Kinds::NUMBER, Kinds::ANY] Kinds::ABSENT, Run::Changing(insert),
        "Adds an entry at a place."),
    word!(Method "append" ".append(list)" [Kinds::LIST, Kinds::LIST] Kinds::ABSENT, Run::Changing(append), "Adds the entries of another list; `+=` does too."),
    word!(Method "pop" ".pop()" [Kinds::LIST] Kinds::ANY, Run::Changing(|env, list, _| take(env, list, Vec::pop)), "Takes the last entry away, and gives it."),
    word!(Method "shift" ".shift()" [Kinds::LIST] Kinds::ANY,
        Run::Changing(|env, list, _| take(env, list, |items| (!items.is_empty()).then(|| items.remove(0)))), "Takes the first entry away, and gives it."),
    word!(Method "remove" ".remove(at)" [Kinds::LIST, Kinds::NUMBER] Kinds::ANY, Run::Changing(remove), "Takes the entry at a place away, and gives it."),
    word!(Method "reverse" ".reverse()" [Kinds::LIST] Kinds::ABSENT, Run::Changing(reverse), "Turns the order round."),
    word!(Method "truncate" ".truncate(count)" [Kinds::LIST, Kinds::NUMBER] Kinds::ABSENT, Run::Changing(truncate), "Keeps the first so many entries."),
    word!(Method "clear" ".clear()" [Kinds::LIST] Kinds::ABSENT, Run::Changing(clear), "Takes every entry away."),
];

const ORDERED: Kinds = Kinds::LIST.or(Kinds::TEXT);
const MANY: Kinds = ORDERED.or(Kinds::TABLE);
const AT: Kinds = Kinds::NUMBER.or(Kinds::TEXT);

fn count(env: &mut Env, given: &[Datum]) -> Result<usize, Wrong> {
    Ok(match given.first() {
        Some(Datum::List(list)) => list.items.len(),
        Some(Datum::Table(table)) => table.entries.len(),
        Some(other) => {
            let text = other.as_text().ok_or_else(Wrong::given)?;
            env.budget.work(text.len() / 16)?;
            text.chars().count()
        }
        None => return Err(Wrong::given()),
    })
}

fn whole(count: usize) -> Datum {
    Datum::Whole(i64::try_from(count).unwrap_or(i64::MAX))
}

fn len(env: &mut Env, given: &mut [Datum]) -> Given {
    count(env, given).map(whole)
}

fn is_empty(env: &mut Env, given: &mut [Datum]) -> Given {
    count(env, given).map(|count| Datum::Bool(count == 0))
}

/// The place that a number means, from 0; a negative one counts from the end.
pub(crate) fn place(at: i64, len: usize) -> Option<usize> {
    let at = if at < 0 { at.checked_add(i64::try_from(len).ok()?)? } else { at };
    usize::try_from(at).ok().filter(|at| *at < len)
}

fn get(env: &mut Env, given: &mut [Datum]) -> Given {
    Ok(match given {
        [Datum::List(list), Datum::Whole(at)] => {
            place(*at, list.items.len()).and_then(|at| list.items.get(at)).cloned().unwrap_or_default()
        }
        [Datum::Table(table), name] => {
            let name = name.as_text().ok_or_else(Wrong::given)?;
            env.budget.work(table.entries.len() / 16)?;
            table.get(name).cloned().unwrap_or_default()
        }
        _ => return Err(Wrong::given()),
    })
}

fn index_of(env: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [Datum::List(list), value] => {
            env.budget.work(list.items.len())?;
            for (at, item) in list.items.iter().enumerate() {
                if env.same(item, value)? {
                    return Ok(whole(at));
                }
            }
            Ok(Datum::Whole(-1))
        }
        [text, part] => {
            let (text, part) = text.as_text().zip(part.as_text()).ok_or_else(Wrong::given)?;
            env.budget.work(text.len() / 8)?;
            let at = text.find(part).and_then(|at| text.get(..at));
            Ok(at.map_or(Datum::Whole(-1), |before| whole(before.chars().count())))
        }
        _ => Err(Wrong::given()),
    }
}

fn extract(env: &mut Env, given: &mut [Datum]) -> Given {
    let [Datum::List(list), Datum::Whole(from), Datum::Whole(count)] = given else { return Err(Wrong::given()) };
    let count = usize::try_from(*count).unwrap_or(0);
    let from = place(*from, list.items.len()).unwrap_or(if *from < 0 { 0 } else { list.items.len() });
    let items = list.items.iter().skip(from).take(count).cloned().collect();
    env.list(items)
}

fn names(env: &mut Env, given: &mut [Datum], keys: bool) -> Given {
    let [Datum::Table(table)] = given else { return Err(Wrong::given()) };
    env.budget.work(table.entries.len())?;
    env.budget.room(table.entries.iter().map(|(name, _)| name.len() as u64).sum())?;
    let mut entries: Vec<&(crate::case::value::Name, Datum)> = table.entries.iter().collect();
    entries.sort_by_key(|entry| &*entry.0);
    let items = entries.into_iter().map(|(name, value)| if keys { Datum::text(name) } else { value.clone() });
    let items = items.collect();
    env.list(items)
}

/// The list in a variable, to be changed; one that something else holds too is copied first.
fn changed<'a>(env: &mut Env, list: &'a mut Datum) -> Result<&'a mut List, Wrong> {
    let Datum::List(list) = list else { return Err(Wrong::given()) };
    if Rc::strong_count(list) > 1 {
        env.budget.work(list.items.len() / 4)?;
        env.budget.room((list.items.len() * size_of::<Datum>()) as u64)?;
    }
    Ok(Rc::make_mut(list))
}

fn added(env: &mut Env, list: &mut Datum, value: &Datum) -> Result<(), Wrong> {
    env.budget.work(1)?;
    env.budget.room(2 * size_of::<Datum>() as u64)?;
    let list = changed(env, list)?;
    list.depth = list.depth.max(value.depth().saturating_add(1));
    super::within_depth(list.depth)
}

fn push(env: &mut Env, list: &mut Datum, given: &mut [Datum]) -> Given {
    let [value] = given else { return Err(Wrong::given()) };
    added(env, list, value)?;
    changed(env, list)?.items.push(std::mem::take(value));
    Ok(Datum::Absent)
}

fn insert(env: &mut Env, list: &mut Datum, given: &mut [Datum]) -> Given {
    let [Datum::Whole(at), value] = given else { return Err(Wrong::given()) };
    added(env, list, value)?;
    let items = &mut changed(env, list)?.items;
    let at = place(*at, items.len()).unwrap_or(if *at < 0 { 0 } else { items.len() });
    let moved = items.len() - at;
    items.insert(at, std::mem::take(value));
    env.budget.work(moved / 16)?;
    Ok(Datum::Absent)
}

fn append(env: &mut Env, list: &mut Datum, given: &mut [Datum]) -> Given {
    let [Datum::List(more)] = given else { return Err(Wrong::given()) };
    env.budget.work(more.items.len() / 4)?;
    env.budget.room((more.items.len() * size_of::<Datum>()) as u64)?;
    let list = changed(env, list)?;
    list.depth = list.depth.max(more.depth);
    list.items.extend(more.items.iter().cloned());
    Ok(Datum::Absent)
}

fn take(env: &mut Env, list: &mut Datum, out: fn(&mut Vec<Datum>) -> Option<Datum>) -> Given {
    let items = &mut changed(env, list)?.items;
    let moved = items.len();
    let taken = out(items).unwrap_or_default();
    env.budget.work(moved / 64)?;
    Ok(taken)
}

fn remove(env: &mut Env, list: &mut Datum, given: &mut [Datum]) -> Given {
    let [Datum::Whole(at)] = given else { return Err(Wrong::given()) };
    let items = &mut changed(env, list)?.items;
    let moved = items.len();
    let taken = place(*at, moved).map(|at| items.remove(at)).unwrap_or_default();
    env.budget.work(moved / 64)?;
    Ok(taken)
}

fn reverse(env: &mut Env, list: &mut Datum, _: &mut [Datum]) -> Given {
    let list = changed(env, list)?;
    list.items.reverse();
    let moved = list.items.len();
    env.budget.work(moved / 8)?;
    Ok(Datum::Absent)
}

fn truncate(env: &mut Env, list: &mut Datum, given: &mut [Datum]) -> Given {
    let [Datum::Whole(count)] = given else { return Err(Wrong::given()) };
    changed(env, list)?.items.truncate(usize::try_from(*count).unwrap_or(0));
    Ok(Datum::Absent)
}

fn clear(env: &mut Env, list: &mut Datum, _: &mut [Datum]) -> Given {
    changed(env, list)?.items.clear();
    Ok(Datum::Absent)
}

fn sort(env: &mut Env, list: &mut Datum, _: &mut [Datum]) -> Given {
    let items = &mut changed(env, list)?.items;
    let all = |kind: fn(&Datum) -> bool| items.iter().all(kind);
    let is_ordered = all(|one| one.as_number().is_some())
        || all(|one| matches!(one, Datum::Date(_)))
        || all(|one| one.as_text().is_some());
    if !is_ordered {
        return Err(Wrong::new("`sort` orders numbers, texts or dates, and these are of several kinds or of another")
            .help("say how: `sort(|a, b| days_between(b.date, a.date))`"));
    }
    let letters: usize = items.iter().filter_map(Datum::as_text).map(str::len).sum();
    env.budget.work(items.len() * 2 + letters / 8)?;
    items.sort_by(|left, right| {
        let texts = left.as_text().zip(right.as_text()).map(|(left, right)| left.cmp(right));
        texts.or_else(|| super::compare::order(left, right)).unwrap_or(std::cmp::Ordering::Equal)
    });
    Ok(Datum::Absent)
}
