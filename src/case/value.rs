//! One value of a case, as policies, reasons and reports see it.

use jiff::civil::Date;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::{borrow::Cow, fmt, ops::Deref, sync::Arc};

/// One value of a case. With a mark as wide as a pointer what stands behind it is moved in whole words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[repr(usize)]
pub enum Value {
    /// Nothing is known.
    #[default]
    Absent,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A word of the case model.
    Word(&'static str),
    /// A word or reference of the service's own.
    Text(Arc<str>),
    /// A calendar date.
    Date(Date),
    /// Several values.
    List(List),
    /// Values by name, in the order of the model or of the file.
    Record(Arc<[(Name, Value)]>),
}

/// The entries of a list. Most lists of most cases are empty, and an empty one holds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct List(Option<Arc<[Value]>>);

impl Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        let mut values = values.into_iter();
        // Anything that says it has an entry, or does not know, is asked for the first.
        let Some(first) = values.next() else { return Self(None) };
        Self(Some(std::iter::once(first).chain(values).collect()))
    }
}

/// The name of a field of a record: one of the case model, or one of a service's own.
pub type Name = Cow<'static, str>;

/// How many entries there are, for people: what they hold would be too much.
#[must_use]
pub fn entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}

impl Value {
    /// The number that it is, exact, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        match self {
            Self::Whole(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// A list of values.
    pub fn list(values: impl IntoIterator<Item = Value>) -> Self {
        Self::List(values.into_iter().collect())
    }

    /// Values by name.
    pub fn record<N: Into<Name>>(values: impl IntoIterator<Item = (N, Value)>) -> Self {
        Self::Record(values.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => out.write_str("not known"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Whole(value) => write!(out, "{value}"),
            Self::Decimal(value) => write!(out, "{value}"),
            Self::Word(value) => out.write_str(value),
            Self::Text(value) => out.write_str(value),
            Self::Date(value) => write!(out, "{value}"),
            Self::List(values) if values.iter().all(Self::is_scalar) => {
                let words: Vec<String> = values.iter().map(ToString::to_string).collect();
                write!(out, "[{}]", words.join(", "))
            }
            Self::List(values) => out.write_str(&entries(values.len())),
            Self::Record(values) => write!(out, "{} fields", values.len()),
        }
    }
}

impl Value {
    /// It on one line, with everything that is in it: for the numbers of a policy. A value of a case is shown in short.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::List(values) => format!("[{}]", values.iter().map(Self::written).collect::<Vec<_>>().join(", ")),
            Self::Record(entries) => {
                let entry = |(name, value): &(Name, Self)| format!("{name}: {}", value.written());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            value => value.to_string(),
        }
    }

    const fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Record(_))
    }
}

/// A value with everything that is in it, as programs take it: numbers as numbers, lists and tables as such. So the numbers of a
/// policy are written.
#[derive(Debug)]
pub struct InFull<'a>(pub &'a Value);

impl Serialize for InFull<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Decimal(number) => match number.to_f64() {
                Some(number) => to.serialize_f64(number),
                None => to.collect_str(number),
            },
            Value::List(values) => to.collect_seq(values.iter().map(InFull)),
            Value::Record(entries) => to.collect_map(entries.iter().map(|(name, value)| (name, InFull(value)))),
            value => value.serialize(to),
        }
    }
}

/// Values of histories are written as counts: a reason needs the evidence, not a copy of the case.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => to.serialize_none(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Whole(value) => to.serialize_i64(*value),
            _ => to.collect_str(self),
        }
    }
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A value: dates, words and decimals as text, a list as its entries or their number; null where nothing is known.",
            "type": ["boolean", "integer", "string", "null"],
        })
    }
}

impl JsonSchema for InFull<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string", "boolean", "array", "object"] })
    }
}
