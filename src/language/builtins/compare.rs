//! Comparison, made safe: a language that finds nothing, a word and a number comparable answers false. Here that is a fault
//! with a remedy, because a threshold silently missed is a person silently placed too low.

use super::{Builtin, Env, Given, Run, word};
use crate::language::{datum::Datum, kinds::Kinds, wrong::Wrong};
use std::cmp::Ordering;

/// The rows.
pub static WORDS: &[Builtin] = &[
    word!(Operator "==" "a == b" [Kinds::ANY, Kinds::ANY] Kinds::BOOL, Run::Plain(same),
        "Whether two values are the same: numbers by what they count, words by their letters, lists entry by entry."),
    word!(Operator "!=" "a != b" [Kinds::ANY, Kinds::ANY] Kinds::BOOL, Run::Plain(differ), "The contrary."),
    word!(Operator "<" "a < b" [ORDERED, ORDERED] Kinds::BOOL, Run::Plain(|_, given| ordered("<", given, Ordering::is_lt)),
        "Of two numbers or two dates; of anything else a fault, and so are the three that follow."),
    word!(Operator "<=" "a <= b" [ORDERED, ORDERED] Kinds::BOOL, Run::Plain(|_, given| ordered("<=", given, Ordering::is_le)),
        "At most."),
    word!(Operator ">" "a > b" [ORDERED, ORDERED] Kinds::BOOL, Run::Plain(|_, given| ordered(">", given, Ordering::is_gt)),
        "More, or later."),
    word!(Operator ">=" "a >= b" [ORDERED, ORDERED] Kinds::BOOL, Run::Plain(|_, given| ordered(">=", given, Ordering::is_ge)),
        "At least."),
    word!(Operator "contains" "a in list" [HOLDING, Kinds::ANY] Kinds::BOOL, Run::Plain(contains),
        "Whether a list holds a value, a text another, or a table a name; `!(a in list)` for the contrary."),
];

const ORDERED: Kinds = Kinds::NUMBER.or(Kinds::DATE);
const HOLDING: Kinds = Kinds::LIST.or(Kinds::TEXT).or(Kinds::TABLE);

fn same(env: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [left, right] => env.same(left, right).map(Datum::Bool),
        _ => Ok(Datum::Absent),
    }
}

fn differ(env: &mut Env, given: &mut [Datum]) -> Given {
    match given {
        [left, right] => env.same(left, right).map(|same| Datum::Bool(!same)),
        _ => Ok(Datum::Absent),
    }
}

/// Which of two numbers or dates comes first.
pub(super) fn order(left: &Datum, right: &Datum) -> Option<Ordering> {
    match (left, right) {
        (Datum::Whole(left), Datum::Whole(right)) => Some(left.cmp(right)),
        (Datum::Date(left), Datum::Date(right)) => Some(left.cmp(right)),
        _ => Some(left.as_number()?.cmp(&right.as_number()?)),
    }
}

fn ordered(operator: &str, given: &[Datum], holds: fn(Ordering) -> bool) -> Given {
    let [left, right] = given else { return Ok(Datum::Absent) };
    match order(left, right) {
        Some(order) => Ok(Datum::Bool(holds(order))),
        None => Err(incomparable(operator, left, right)),
    }
}

/// What to say of two values that cannot be put in order.
fn incomparable(operator: &str, left: &Datum, right: &Datum) -> Wrong {
    if left.is_absent() || right.is_absent() {
        return Wrong::new(format!("`{operator}` compares an input that this case does not give"))
            .help("test it first: `known(...) && ...`");
    }
    if left.as_text().is_some() && right.as_text().is_some() {
        return Wrong::new(format!("`{operator}` would put words in alphabetical order"))
            .help("for levels of risk write `reaches(level, \"medium\")`");
    }
    Wrong::new(format!("`{operator}` compares {} with {}", left.kind(), right.kind()))
        .help("compare numbers with numbers and dates with dates")
}

pub(super) fn contains(env: &mut Env, given: &mut [Datum]) -> Given {
    let [whole, item] = given else { return Ok(Datum::Absent) };
    Ok(Datum::Bool(match whole {
        // `in` finds no table in a list, whatever its fields.
        Datum::List(_) if matches!(item, Datum::Table(_)) => false,
        Datum::List(list) => {
            env.budget.work(list.items.len() / 4)?;
            env.is_among(&list.items, item)?
        }
        Datum::Table(table) => match item.as_text() {
            Some(name) => {
                env.budget.work(table.entries.len() / 16)?;
                table.get(name).is_some()
            }
            None => return Err(not_inside(whole, item)),
        },
        other => match (other.as_text(), item.as_text()) {
            (Some(whole), Some(part)) => {
                env.budget.work(whole.len() / 16)?;
                whole.contains(part)
            }
            _ => return Err(not_inside(other, item)),
        },
    }))
}

fn not_inside(whole: &Datum, item: &Datum) -> Wrong {
    if whole.is_absent() {
        return Wrong::new("`in` looks into an input that this case does not give")
            .help("test it first: `known(...) && ...`");
    }
    Wrong::new(format!("`in` looks for {} in {}", item.kind(), whole.kind())).help("write `word in [\"a\", \"b\"]`")
}
