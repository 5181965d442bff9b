//! The digest of a case: of what it says and not of how it is written. The same case in YAML, JSON and a row of a table has one
//! digest, and so it has with its fields in another order.

use super::{
    model::Case,
    record::{Part, Record, View, named_parts},
    value::Value,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

/// What must come out is no part of what is known.
const EXPECT: &str = "expect";

/// How a digest is written: SHA-256 in hexadecimal.
pub const DIGEST: &str = "^[0-9a-f]{64}$";

/// The digest of a case, worked out when it is first asked for: many an answer never shows it.
#[derive(Clone)]
pub struct CaseDigest(Arc<(Arc<Case>, OnceLock<Arc<str>>)>);

impl CaseDigest {
    /// That of a case.
    #[must_use]
    pub fn of(case: &Arc<Case>) -> Self {
        Self(Arc::new((Arc::clone(case), OnceLock::new())))
    }

    /// SHA-256 in hexadecimal.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let (case, digest) = &*self.0;
        digest.get_or_init(|| case.digest())
    }
}

impl fmt::Debug for CaseDigest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(out)
    }
}

impl PartialEq for CaseDigest {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for CaseDigest {}

impl Serialize for CaseDigest {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl JsonSchema for CaseDigest {
    fn schema_name() -> Cow<'static, str> {
        "CaseDigest".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": DIGEST })
    }
}

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
        // A rule sees of a registration which it is; the case also says from when and until when.
        let registered = self.registrations.iter().enumerate().filter(|(_, one)| one.date.or(one.to).is_some());
        let dates = registered.flat_map(|(index, one)| {
            [("date", &one.date), ("to", &one.to)]
                .map(|(name, day)| (format!("registrations[{index}].{name}"), day.view()))
        });
        entries(dates, &mut content);
        entries(self.local.0.iter().map(|(name, value)| (name.as_str(), View::Leaf(value.0.clone()))), &mut content);
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
            write(part, content);
        }
        if content.len() == empty {
            content.truncate(before);
        } else {
            content.push(b'\n');
        }
    }
}

/// What stands in a field: of a record each field that it has, what absence means among them. A value has the mark of its kind, so
/// that no two are written alike; of an absent one or an empty list there is nothing.
fn write(part: View<'_>, content: &mut Vec<u8>) {
    match part {
        View::Record(record) => entries(named_parts(record), content),
        View::List(parts) => list((0..parts.count()).map(|index| parts.entry(index)), content),
        View::Leaf(Value::Record(values)) => {
            entries(values.iter().map(|(name, value)| (&**name, View::Leaf(value.clone()))), content);
        }
        View::Leaf(Value::List(values)) => list(values.iter().cloned().map(View::Leaf), content),
        View::Leaf(Value::Absent) => {}
        View::Leaf(Value::Whole(number)) => {
            content.push(b'n');
            content.extend_from_slice(&number.to_be_bytes());
        }
        View::Leaf(Value::Decimal(number)) => {
            let number = number.normalize();
            match i64::try_from(number) {
                Ok(whole) if number.is_integer() => write(View::Leaf(Value::Whole(whole)), content),
                _ => marked(b'm', &number.to_string(), content),
            }
        }
        View::Leaf(Value::Bool(holds)) => content.push(if holds { b'+' } else { b'-' }),
        View::Leaf(Value::Word(word)) => marked(b't', word, content),
        View::Leaf(Value::Text(word)) => marked(b't', &word, content),
        View::Leaf(Value::Date(date)) => {
            content.push(b'd');
            content.extend_from_slice(&date.year().to_be_bytes());
            content.extend_from_slice(&date.month().to_be_bytes());
            content.extend_from_slice(&date.day().to_be_bytes());
        }
    }
}

fn list<'a>(parts: impl Iterator<Item = View<'a>>, content: &mut Vec<u8>) {
    for part in parts {
        content.push(b'[');
        write(part, content);
        content.push(b']');
    }
}

fn entries<'a>(parts: impl Iterator<Item = (impl AsRef<str>, View<'a>)>, content: &mut Vec<u8>) {
    for (name, part) in parts.filter(|(_, part)| !part.is_absent()) {
        content.extend_from_slice(name.as_ref().as_bytes());
        content.push(b'=');
        write(part, content);
        content.push(b'\n');
    }
}

/// A text behind the mark of its kind and its length.
fn marked(mark: u8, text: &str, content: &mut Vec<u8>) {
    content.push(mark);
    content.extend_from_slice(&text.len().to_be_bytes());
    content.extend_from_slice(text.as_bytes());
}

/// A digest as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(digest: [u8; 32]) -> Arc<str> {
    let shifted = |[high, low]: [u128; 2], byte: &u8| [high << 8 | low >> 120, low << 8 | u128::from(*byte)];
    let [high, low] = digest.iter().fold([0; 2], shifted);
    format!("{high:032x}{low:032x}").into()
}
