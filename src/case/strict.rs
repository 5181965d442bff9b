//! How the types of the case are read, from a tree or straight from JSON: a record from named fields only, a word from text
//! only, and a map with no key twice. serde by itself takes more: a list for a record, a map for a word, the last of two keys.

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Unexpected, Visitor},
    forward_to_deserialize_any,
};
use std::{collections::BTreeMap, fmt, marker::PhantomData};

/// Reads some records from a group of named fields, and from nothing else. serde's own code for each stands, by
/// `#[serde(remote = "Self")]`, in its inherent `deserialize`.
macro_rules! only_as_fields {
    ($($record:ident),+) => {$(
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::deserialize($crate::case::strict::AsFields(from))
            }
        }
    )+};
}

/// Reads what may be written in short, as one value, or in full, as named fields; and says so in a schema, which may be one of
/// a type of its own.
macro_rules! short_or_full {
    (
        $(const $max:ident in)? $type:ty, $schema:ident, $inline:literal, $expected:expr,
        $($visit:ident($scalar:ty))|+ => $short:ty: $of_short:expr,
        $full:ty: $of_full:expr
        $(, nothing: $nothing:expr)?
    ) => {
        impl<'de $(, const $max: i64)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                use serde::de::{Error, IntoDeserializer, MapAccess, Visitor, value::MapAccessDeserializer};

                struct Either $(<const $max: i64>)?;

                impl<'de $(, const $max: i64)?> Visitor<'de> for Either $(<$max>)? {
                    type Value = $type;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(out, "{}", $expected)
                    }

                    $(fn $visit<E: Error>(self, short: $scalar) -> Result<$type, E> {
                        <$short>::deserialize(short.into_deserializer()).map($of_short)
                    })+

                    $(fn visit_unit<E: Error>(self) -> Result<$type, E> {
                        Ok($nothing)
                    })?

                    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<$type, A::Error> {
                        <$full>::deserialize(MapAccessDeserializer::new(fields)).map($of_full)
                    }
                }

                from.deserialize_any(Either $(::<$max>)?)
            }
        }

        impl $(<const $max: i64>)? schemars::JsonSchema for $schema $(<$max>)? {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($schema).into()
            }

            fn inline_schema() -> bool {
                $inline
            }

            fn json_schema(of: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "anyOf": [of.subschema_for::<$short>(), of.subschema_for::<$full>()] })
            }
        }
    };
}

pub(crate) use {only_as_fields, short_or_full};

/// A reader that shows a record its named fields.
pub struct AsFields<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AsFields<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Reads a text of some form, or says what was expected in place of this one.
pub fn text<'de, D: Deserializer<'de>, T>(
    from: D,
    expected: &'static str,
    parse: fn(&str) -> Result<T, &'static str>,
) -> Result<T, D::Error> {
    struct Text<T> {
        expected: &'static str,
        parse: fn(&str) -> Result<T, &'static str>,
    }

    impl<T> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str(self.expected)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.parse)(text).map_err(|expected| E::invalid_value(Unexpected::Str(text), &expected))
        }
    }

    from.deserialize_str(Text { expected, parse })
}

/// Reads a word of a closed list.
pub fn word<'de, D: Deserializer<'de>, T>(
    from: D,
    words: &'static [&'static str],
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Word<T> {
        words: &'static [&'static str],
        parse: fn(&str) -> Option<T>,
    }

    impl<T> Visitor<'_> for Word<T> {
        type Value = T;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a word")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.parse)(text).ok_or_else(|| E::unknown_variant(text, self.words))
        }
    }

    from.deserialize_identifier(Word { words, parse })
}

/// Reads a map whose keys are the service's own.
pub fn map<'de, D: Deserializer<'de>, K, V>(from: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    struct Map<K, V>(PhantomData<(K, V)>);

    impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Visitor<'de> for Map<K, V> {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = entries.next_entry()? {
                if map.insert(key, value).is_some() {
                    return Err(de::Error::custom("a key that stands twice"));
                }
            }
            Ok(map)
        }
    }

    from.deserialize_map(Map(PhantomData))
}
