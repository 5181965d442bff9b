//! What is put into a case so that it lies in a region.

use crate::{
    authoring::case_text::CaseText,
    case::{input::Source, record::Shape, value::Value},
    evaluate::{
        evaluator::Held,
        possible::{
            asked::Questions,
            numbers::number_of,
            value::{Atom, alike, end},
        },
    },
    language::datum::Datum,
    policy::Policy,
};
use jiff::civil::Date;

/// A case with all its dates moved, so that it is looked at on a date.
pub(super) fn moved(text: &mut CaseText, on: Date) {
    let dates = text.dates();
    let own = dates.iter().find(|(path, _)| path == "assessed_on").map(|(_, date)| *date);
    let Some(by) = own.and_then(|own| own.until(on).ok()) else { return };
    for (path, date) in dates {
        if let Ok(date) = date.checked_add(by) {
            drop(text.set(&path, &date.to_string()));
        }
    }
}

/// Whether a set has a value.
pub(super) fn holds(set: &[Atom], value: &Datum) -> bool {
    set.iter().any(|atom| match atom {
        Atom::Known(known) => alike(known, value),
        Atom::Numbers(numbers) => number_of(value).is_some_and(|number| numbers.contains(number)),
        _ => true,
    })
}

/// Puts what a region holds into a case.
pub(super) fn hold(text: &mut CaseText, policy: &Policy, held: &Held, questions: &Questions, last: bool) -> Option<()> {
    let table = policy.inputs();
    for (id, set) in held {
        if let Some(question) = questions.get(*id) {
            let path = question.text.strip_prefix("known(").and_then(|rest| rest.strip_suffix(')'));
            if let (Some(path), [Atom::Known(Datum::Absent)]) = (path, &**set) {
                text.unset(path);
            }
            continue;
        }
        if usize::from(id.0) >= table.all().len() {
            continue;
        }
        let input = table.get(*id);
        if matches!(input.source, Source::Field(_) | Source::Local(_)) && matches!(input.shape, Shape::Leaf(_)) {
            put(text, &input.path, &end(set, last))?;
        }
    }
    Some(())
}

/// Puts one value into a case.
pub fn put(text: &mut CaseText, path: &str, value: &Value) -> Option<()> {
    if value.is_absent() {
        text.unset(path);
        return Some(());
    }
    let written = match value {
        Value::List(list) => format!("[{}]", list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        Value::Text(text) if text.is_empty() => "\"\"".to_owned(),
        value => value.to_string(),
    };
    text.set_input(path, &written).ok()
}
