//! A policy's own inputs, under `local` in a case. What they are called and may hold is declared in its parameters.

use super::{
    day::Day,
    domain::Domain,
    number::{DecimalVisitor, OWN_VALUE, integer},
    record::{Part, Shape, View},
    strict,
    text::FreeWord,
    value::Value,
};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

/// The values of a policy's own inputs, by name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Local(#[serde(deserialize_with = "strict::map")] pub BTreeMap<FreeWord, LocalValue>);

impl Part for Local {
    fn shape() -> Shape {
        Shape::Record(&[])
    }

    fn view(&self) -> View<'_> {
        View::Leaf(Value::Absent)
    }
}

/// One value of a policy's own.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalValue(pub Value);

impl LocalValue {
    /// The value, if it lies in a domain.
    #[must_use]
    pub fn within(&self, domain: &Domain) -> Option<Value> {
        let fits = match (domain, &self.0) {
            (Domain::Bool, Value::Bool(_)) => true,
            // Blanks and strokes say nothing, and would count as said.
            (Domain::Text, Value::Text(text)) => text.chars().any(char::is_alphanumeric),
            (Domain::Whole { min, max } | Domain::Decimal { min, max }, Value::Whole(value)) => {
                (min..=max).contains(&value)
            }
            (Domain::Decimal { min, max }, Value::Decimal(value)) => {
                (Decimal::from(*min)..=Decimal::from(*max)).contains(value)
            }
            (Domain::OwnWords(words), Value::Text(word)) => words.iter().any(|one| one.as_str() == &**word),
            (Domain::Date, Value::Text(text)) => Day::parse(text).is_some(),
            _ => false,
        };
        fits.then(|| match (domain, &self.0) {
            (Domain::Decimal { .. }, Value::Whole(value)) => Value::Decimal(Decimal::from(*value)),
            (Domain::Date, Value::Text(text)) => Day::parse(text).map_or(Value::Absent, |day| Value::Date(day.0)),
            (_, value) => value.clone(),
        })
    }
}

impl<'de> Deserialize<'de> for LocalValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(OWN_VALUE, AnyValue).map(Self)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number, a word, a date, true or false")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Whole(value))
    }

    /// The digits of a number with decimals, from a reader that knows [`OWN_VALUE`].
    fn visit_bytes<E: de::Error>(self, digits: &[u8]) -> Result<Value, E> {
        DecimalVisitor.visit_str(str::from_utf8(digits).unwrap_or_default()).map(Value::Decimal)
    }

    /// A reader of JSON, which gives what is written.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let text = <&RawValue>::deserialize(from)?.get();
        match (text, integer(text)) {
            (_, Some(whole)) => self.visit_i64(whole),
            ("true" | "false", _) => self.visit_bool(text == "true"),
            _ if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                self.visit_bytes(text.as_bytes())
            }
            _ => self.visit_str(&serde_json::from_str::<Cow<'_, str>>(text).map_err(de::Error::custom)?),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        let text: Arc<str> = value.into();
        Ok(Value::Text(text))
    }
}

impl JsonSchema for LocalValue {
    fn schema_name() -> Cow<'static, str> {
        "LocalValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}
