//! A column of a table of cases: its path, and how what stands in its cells is written and read.

use super::{
    domain::Domain,
    fault::Wrong,
    model::Case,
    record::{Field, Shape},
};
use serde_json::Value;

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) path: String,
    pub(super) holds: Holds,
}

/// What stands in a cell, so that it can be told from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Truth,
    Number,
    Texts,
    Numbers,
    Records,
    Object,
    Anything,
    /// A column without a name, under which nothing may stand.
    Nothing,
}

/// Every column that the model has, in its order; a policy's own inputs are not among them.
pub(super) fn model() -> Vec<Column> {
    fn add(prefix: &str, fields: &[Field], columns: &mut Vec<Column>) {
        for field in fields {
            let path = if prefix.is_empty() { field.name.to_owned() } else { format!("{prefix}.{}", field.name) };
            let holds = match (field.shape)() {
                Shape::Record(inner) if !inner.is_empty() => {
                    add(&path, inner, columns);
                    continue;
                }
                Shape::Record(_) if path == "local" => continue,
                Shape::Record(_) => Holds::Object,
                Shape::Leaf(domain) => one(&domain),
                Shape::List(of) => match *of {
                    Shape::Leaf(domain) if one(&domain) == Holds::Number => Holds::Numbers,
                    Shape::Leaf(domain) if one(&domain) == Holds::Text => Holds::Texts,
                    _ => Holds::Records,
                },
            };
            columns.push(Column { path, holds });
        }
    }
    let mut columns = Vec::new();
    add("", Case::FIELDS, &mut columns);
    columns
}

const fn one(domain: &Domain) -> Holds {
    match domain {
        Domain::Bool => Holds::Truth,
        Domain::Whole { .. } | Domain::Decimal { .. } => Holds::Number,
        Domain::Answers => Holds::Object,
        Domain::Words(_) | Domain::OwnWords(_) | Domain::Date | Domain::Text => Holds::Text,
    }
}

/// A text as JSON.
pub(super) fn text(text: &str, json: &mut String) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        json.push_str(&Value::from(text).to_string());
    }
}

/// Writes what stands in a cell as JSON, so that what is no value of its column is read as what it is.
pub(super) fn write_cell(holds: Holds, cell: &str, json: &mut String) -> Result<(), Wrong> {
    match holds {
        Holds::Truth => match cell {
            "true" | "True" | "TRUE" => json.push_str("true"),
            "false" | "False" | "FALSE" => json.push_str("false"),
            _ => number(cell, json),
        },
        Holds::Number if matches!(cell, "TRUE" | "FALSE") => json.push_str(&cell.to_lowercase()),
        Holds::Number if matches!(cell, "true" | "false") => json.push_str(cell),
        Holds::Anything if matches!(cell, "true" | "false") => json.push_str(cell),
        Holds::Anything if cell.starts_with('"') => as_it_is(cell, json)?,
        Holds::Anything | Holds::Number => number(cell, json),
        Holds::Texts | Holds::Numbers if !cell.starts_with('[') => {
            for (index, entry) in cell.split(';').enumerate() {
                json.push(if index == 0 { '[' } else { ',' });
                if holds == Holds::Numbers { number(entry, json) } else { text(entry, json) }
            }
            json.push(']');
        }
        Holds::Texts | Holds::Numbers => as_it_is(cell, json)?,
        Holds::Records if cell.starts_with('[') => as_it_is(cell, json)?,
        Holds::Object if cell.starts_with('{') => as_it_is(cell, json)?,
        Holds::Records => return Err(not_json("a list", LIST)),
        Holds::Object => return Err(not_json("named values", VALUES)),
        Holds::Text | Holds::Nothing => text(cell, json),
    }
    Ok(())
}

const LIST: &str = "write a list of JSON into the cell, such as [{\"date\": \"2026-06-15\"}]";
const VALUES: &str = "write named values of JSON into the cell, such as {\"8.1\": \"none\"}";

/// What is wrong with a cell that takes JSON, and holds none.
fn not_json(expected: &str, advice: &'static str) -> Wrong {
    Wrong::WrongKind { found: "text", expected: expected.to_owned(), advice: Some(advice) }
}

/// A cell that is JSON, once it is sure that it is one value of it.
fn as_it_is(cell: &str, json: &mut String) -> Result<(), Wrong> {
    serde_json::from_str::<serde::de::IgnoredAny>(cell).map_err(|error| {
        let said = error.to_string();
        Wrong::Syntax { said: said.split(" at line ").next().unwrap_or(&said).to_owned() }
    })?;
    json.push_str(cell);
    Ok(())
}

fn is_number(cell: &str) -> bool {
    cell.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<serde::de::IgnoredAny>(cell).is_ok()
        && !cell.ends_with(char::is_whitespace)
}

/// A number where it is one; anything else is left for the reader to complain about.
fn number(cell: &str, json: &mut String) {
    if is_number(cell) { json.push_str(cell) } else { text(cell, json) }
}

pub(super) fn cell_of(holds: Holds, value: &Value) -> String {
    match (holds, value) {
        (Holds::Anything, Value::String(word)) => {
            let is_another = matches!(word.as_str(), "" | "true" | "false") || word.starts_with('"') || is_number(word);
            if is_another { value.to_string() } else { word.clone() }
        }
        (_, Value::String(word)) => word.clone(),
        (Holds::Texts | Holds::Numbers, Value::Array(entries)) => {
            let simple = |entry: &Value| match entry {
                Value::String(word) => !word.is_empty() && !word.contains(';') && !word.starts_with('['),
                other => holds == Holds::Numbers && other.is_number(),
            };
            if !entries.iter().all(simple) {
                return value.to_string();
            }
            let word = |entry: &Value| entry.as_str().map_or_else(|| entry.to_string(), str::to_owned);
            entries.iter().map(word).collect::<Vec<_>>().join(";")
        }
        (_, other) => other.to_string(),
    }
}
