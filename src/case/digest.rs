//! The digest of a case: of what it says and not of how it is written. The same case in YAML, JSON and a row of a table has one
//! digest, and so it has with its fields in another order.

use super::{
    model::Case,
    record::{Record, View, fields},
    value::Value,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What must come out is no part of what is known.
const EXPECT: &str = "expect";

impl Case {
    /// SHA-256 over everything that the case gives, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> Arc<str> {
        hexadecimal(Sha256::digest(self.content()).into())
    }

    /// Everything that the case gives, in one way of writing: fields in the order of the model, what is absent left out.
    pub(crate) fn content(&self) -> Vec<u8> {
        let mut content = Vec::with_capacity(2 << 10);
        record(self, &mut content);
        for (name, value) in &self.local.0 {
            content.extend_from_slice(name.as_str().as_bytes());
            write(&value.0, &mut content);
        }
        content
    }
}

/// Each field that is given: its name, and what stands in it. Of a group that gives nothing there is nothing.
fn record(record: &dyn Record, content: &mut Vec<u8>) {
    for (index, field) in record.fields().iter().enumerate().filter(|(_, field)| field.name != EXPECT) {
        let part = record.part(index);
        if part.is_absent() {
            continue;
        }
        let before = content.len();
        content.extend_from_slice(field.name.as_bytes());
        let empty = content.len() + 1;
        if let View::Record(inner) = part {
            content.push(b'{');
            self::record(inner, content);
        } else {
            content.push(b'=');
            view(&part, content);
        }
        if content.len() == empty {
            content.truncate(before);
        } else {
            content.push(b'\n');
        }
    }
}

/// What stands in a field: of a record each field that it has, what absence means among them.
fn view(part: &View<'_>, content: &mut Vec<u8>) {
    match part {
        View::Leaf(value) => write(value, content),
        View::List(list) => {
            for index in 0..list.count() {
                content.push(b'[');
                view(&list.entry(index), content);
                content.push(b']');
            }
        }
        View::Record(record) => {
            for (name, part) in fields(*record).filter(|(_, part)| !part.is_absent()) {
                content.extend_from_slice(name.as_bytes());
                content.push(b'=');
                view(&part, content);
                content.push(b'\n');
            }
        }
    }
}

/// A value with the mark of its kind, so that no two values are written alike; nothing of an absent one or an empty list.
fn write(value: &Value, content: &mut Vec<u8>) {
    let text = |mark: u8, text: &str, content: &mut Vec<u8>| {
        content.push(mark);
        content.extend_from_slice(&text.len().to_be_bytes());
        content.extend_from_slice(text.as_bytes());
    };
    match value {
        Value::Absent => {}
        Value::Whole(number) => {
            content.push(b'n');
            content.extend_from_slice(&number.to_be_bytes());
        }
        Value::Decimal(number) => {
            let number = number.normalize();
            match i64::try_from(number) {
                Ok(whole) if number.is_integer() => write(&Value::Whole(whole), content),
                _ => text(b'm', &number.to_string(), content),
            }
        }
        Value::Bool(holds) => content.push(if *holds { b'+' } else { b'-' }),
        Value::Word(word) => text(b't', word, content),
        Value::Text(word) => text(b't', word, content),
        Value::Date(date) => {
            content.push(b'd');
            content.extend_from_slice(&date.year().to_be_bytes());
            content.extend_from_slice(&date.month().to_be_bytes());
            content.extend_from_slice(&date.day().to_be_bytes());
        }
        Value::List(values) => {
            for value in values.iter() {
                content.push(b'[');
                write(value, content);
                content.push(b']');
            }
        }
        Value::Record(entries) => {
            for (name, value) in entries.iter().filter(|(_, value)| !value.is_absent()) {
                content.extend_from_slice(name.as_bytes());
                content.push(b'=');
                write(value, content);
                content.push(b'\n');
            }
        }
    }
}

/// A digest as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(digest: [u8; 32]) -> Arc<str> {
    let (halves, _) = digest.as_chunks();
    let [high, low] = [0, 1].map(|at| halves.get(at).map_or(0, |half| u128::from_be_bytes(*half)));
    format!("{high:032x}{low:032x}").into()
}
