//! A case made as small as it can be and still move in the same way: what is not needed is left out, and what is needed is as low
//! as it can be.

use super::{Move, Search, Witness, WitnessInput};
use crate::case::{
    domain::Domain,
    input::{Input, InputTable},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::{Map, Value};

/// What a case keeps, whatever moves it.
const KEPT: [&str; 2] = ["/crn", "/assessed_on"];
/// The longest closed list of words that is taken for a scale.
const LONGEST_SCALE: usize = 5;
/// What a scale has among its words. Of another short list, such as that for sex, no word is lower than the others.
const LOW: [&str; 4] = ["low", "none", "no", "good"];
/// The reference of a case that nobody has.
const REFERENCE: &str = "W000000";

/// The smallest case found that moves like one does.
pub(super) fn smallest(search: &mut Search<'_, '_>, moved: &Move, mut case: Value) -> Witness {
    let tables = search.sides.tables();
    let mut is_same = |case: &Value| search.moves(case).as_ref() == Some(moved);
    // What is inside a thing that is left out need not be looked at: the outer ones come first.
    for pointer in pointers(&case) {
        let mut less = case.clone();
        if !KEPT.contains(&pointer.as_str()) && remove(&mut less, &pointer) && is_same(&less) {
            case = less;
        }
    }
    let mut inputs = Vec::new();
    for pointer in pointers(&case).into_iter().filter(|pointer| !KEPT.contains(&pointer.as_str())) {
        let path = pointer.trim_start_matches('/').replace('/', ".");
        let Some(now) = case.pointer(&pointer).filter(|value| !value.is_object()).cloned() else { continue };
        let input = input_at(tables, &path);
        let least = lowest(&case, &pointer, &now, input, &mut is_same);
        let is_lowest = input.filter(|input| has_low(input)).and_then(|input| values(input, &now).into_iter().next())
            == Some(least.clone());
        if let Some(place) = case.pointer_mut(&pointer) {
            *place = least.clone();
        }
        let is_inside = inputs.iter().any(|one: &WitnessInput| path.starts_with(&format!("{}.", one.path)));
        if !is_lowest && !is_inside {
            inputs.push(WitnessInput { path, value: least });
        }
    }
    if let Some(reference) = case.pointer_mut("/crn") {
        *reference = REFERENCE.into();
    }
    Witness { old: moved.old.clone(), new: moved.new.clone(), causes: moved.causes.clone(), inputs, case }
}

/// The lowest value with which the case still moves in the same way.
fn lowest(
    case: &Value,
    pointer: &str,
    now: &Value,
    input: Option<&Input>,
    is_same: &mut impl FnMut(&Value) -> bool,
) -> Value {
    let Some(input) = input else { return now.clone() };
    let lower = values(input, now);
    let with = |value: &Value| {
        let mut other = case.clone();
        if let Some(place) = other.pointer_mut(pointer) {
            *place = value.clone();
        }
        other
    };
    if let Some(first) = lower.first().filter(|value| is_same(&with(value))) {
        return first.clone();
    }
    // From some value on it moves: half of what is left is looked at each time.
    let (mut below, mut from) = (0, lower.len());
    while from.saturating_sub(below) > 1 {
        let middle = usize::midpoint(below, from);
        match lower.get(middle) {
            Some(value) if is_same(&with(value)) => from = middle,
            _ => below = middle,
        }
    }
    lower.get(from).unwrap_or(now).clone()
}

fn input_at<'p>(tables: [&'p InputTable; 2], path: &str) -> Option<&'p Input> {
    tables.into_iter().find_map(|table| {
        // A need may be written as its score alone.
        let id = table.find(path).or_else(|| table.find(&format!("{path}.score")))?;
        Some(table.get(id))
    })
}

/// Whether the first value of an input is lower than the others.
fn has_low(input: &Input) -> bool {
    !matches!(input.domain(), Some(Domain::Words(words)) if words.len() <= LONGEST_SCALE && !words.iter().any(|word| LOW.contains(word)))
}

/// The values that an input can have up to the present one, from the lowest.
fn values(input: &Input, now: &Value) -> Vec<Value> {
    match (input.domain(), now) {
        (Some(Domain::Bool), _) => vec![Value::Bool(false)],
        (Some(Domain::Whole { min, .. }), Value::Number(number)) => {
            let most = number.as_i64().unwrap_or(*min);
            (*min..=most).take(1_001).map(Value::from).collect()
        }
        (Some(Domain::Decimal { min, .. }), Value::Number(number)) => {
            let most: Decimal = number.to_string().parse().unwrap_or_default();
            let hundredths = (most * Decimal::ONE_HUNDRED).floor().to_i64().unwrap_or_default();
            let value =
                |hundredth: i64| Decimal::new(hundredth, 2).normalize().to_string().parse().map(Value::Number).ok();
            (*min * 100..=hundredths).filter_map(value).collect()
        }
        // Where a word stands in a catalogue means nothing: the one for all that has no name there is the plainest.
        (Some(Domain::Words(words)), Value::String(now)) if words.len() > LONGEST_SCALE => {
            let plainest = words.iter().find(|word| **word == "other").copied();
            plainest.into_iter().chain([now.as_str()]).map(Value::from).collect()
        }
        (Some(Domain::Words(words)), Value::String(now)) => {
            let place = words.iter().position(|word| word == now).unwrap_or_default();
            words.iter().take(place + 1).map(|word| Value::from(*word)).collect()
        }
        _ => Vec::new(),
    }
}

/// Where everything stands in a case, the outer things before those in them, the last of a list before the others.
fn pointers(case: &Value) -> Vec<String> {
    fn add(value: &Value, at: &str, to: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                let entries: &Map<String, Value> = entries;
                for (name, value) in entries {
                    let at = format!("{at}/{name}");
                    to.push(at.clone());
                    add(value, &at, to);
                }
            }
            Value::Array(items) => {
                for (place, value) in items.iter().enumerate().rev() {
                    let at = format!("{at}/{place}");
                    to.push(at.clone());
                    add(value, &at, to);
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    add(case, "", &mut all);
    all
}

/// Takes something out of a case; whether it was there.
fn remove(case: &mut Value, pointer: &str) -> bool {
    let Some((outer, name)) = pointer.rsplit_once('/') else { return false };
    match case.pointer_mut(outer) {
        Some(Value::Object(entries)) => entries.shift_remove(name).is_some(),
        Some(Value::Array(items)) => {
            let place = name.parse().ok().filter(|place| *place < items.len());
            place.map(|place: usize| items.remove(place)).is_some()
        }
        _ => false,
    }
}
