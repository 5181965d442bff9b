//! A register flag on the record: written as a word, or as a word with the date from which it holds.

use super::{
    day::Day,
    record::{Part, Shape, View, record},
    words::Registration,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::{borrow::Cow, fmt};

record! {
    /// A register flag with its date.
    pub entry DatedRegistration {
        /// Which.
        r#type: Registration = Required, "nDelius",
        /// From when.
        date: Option<Day> = Detail, "nDelius"
    }
}

/// A register flag on the record. A script sees the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// Which.
    pub r#type: Registration,
    /// From when; always, when not said.
    pub date: Option<Day>,
}

impl<'de> Deserialize<'de> for Registered {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Either)
    }
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Registered;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a registration: a word, or its `type` and `date`")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<Registered, E> {
        let r#type = Registration::deserialize(de::value::StrDeserializer::new(word))?;
        Ok(Registered { r#type, date: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Registered, A::Error> {
        let dated = DatedRegistration::deserialize(MapAccessDeserializer::new(fields))?;
        Ok(Registered { r#type: dated.r#type, date: dated.date })
    }
}

impl JsonSchema for Registered {
    fn schema_name() -> Cow<'static, str> {
        "Registered".into()
    }

    fn json_schema(of: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [of.subschema_for::<Registration>(), of.subschema_for::<DatedRegistration>()] })
    }
}

impl Part for Registered {
    fn shape() -> Shape {
        Registration::shape()
    }

    fn view(&self) -> View<'_> {
        self.r#type.view()
    }
}
