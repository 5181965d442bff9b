//! The quick way to read a case: straight from JSON text, without a tree in between and without the place of any value.
//!
//! It takes nothing that the careful reader ([`super::json`], [`super::read`]) would refuse, and what it takes is the same
//! case. What it refuses, rightly or out of caution, the careful reader looks at again and explains.

use super::{Case, check, number::DIGITS};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};
use serde_json::value::RawValue;
use std::fmt;

/// The longest text read this way, in bytes: a longer one could hold more values than a case may have.
const MAX_QUICK: usize = 100_000;
/// The most entries of a map with keys of the service's own that are looked through for a key that stands twice.
const MAX_KEYS: usize = 64;

impl Case {
    /// Reads a case from JSON text, if that can be done quickly; for anything else there is [`Case::parse_json`].
    ///
    /// ```
    /// use brag::case::Case;
    /// let text = r#"{ "crn": "X320741", "oasys": { "rsr": 1.40 } }"#;
    /// assert_eq!(Case::quick_json(text).unwrap(), Case::parse_json(text).unwrap().0);
    /// assert!(Case::quick_json(r#"["X320741"]"#).is_none());
    /// ```
    #[must_use]
    pub fn quick_json(text: &str) -> Option<Self> {
        if text.len() > MAX_QUICK {
            return None;
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let case = Self::deserialize(Strict(&mut json)).ok()?;
        json.end().ok()?;
        check::check_dates(&case, None).ok()?;
        Some(case)
    }
}

/// A reader of JSON that takes no list for a record, no record for a word, no key twice, and no number that has been
/// through a binary fraction.
struct Strict<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Watched::keys_known(visitor))
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_i64(Watched::keys_known(visitor))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_bool(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Watched::keys_known(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Watched::keys_known(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Watched { visitor, own_keys: true })
    }

    /// serde's own code for a record refuses a key that stands twice.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Watched::keys_known(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_str(AsWord(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        if name != DIGITS {
            return self.0.deserialize_newtype_struct(name, Watched::keys_known(visitor));
        }
        let digits = <&RawValue>::deserialize(self.0)?.get();
        if digits.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            visitor.visit_str(digits)
        } else {
            Err(de::Error::invalid_type(de::Unexpected::Other("no number"), &visitor))
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

/// A visitor that hands on what it is shown, and keeps everything further in strict.
struct Watched<V> {
    visitor: V,
    /// The keys of a map are the service's own, so that nothing else would notice one that stands twice.
    own_keys: bool,
}

impl<V> Watched<V> {
    const fn keys_known(visitor: V) -> Self {
        Self { visitor, own_keys: false }
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<V> {
    type Value = V::Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(out)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.visitor.visit_bool(value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.visitor.visit_i64(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.visitor.visit_u64(value)
    }

    /// JSON's reader rounds the last digits in its own way: the careful reader decides.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<V::Value, E> {
        Err(E::invalid_type(de::Unexpected::Float(value), &self.visitor))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<V::Value, E> {
        self.visitor.visit_str(value)
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<V::Value, E> {
        self.visitor.visit_borrowed_str(value)
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Strict(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Strict(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_seq(StrictItems(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(StrictEntries { entries, seen: self.own_keys.then(Vec::new) })
    }
}

/// Shows a text as a word of a closed list.
struct AsWord<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for AsWord<V> {
    type Value = V::Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(out)
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<V::Value, E> {
        self.0.visit_enum(word.into_deserializer())
    }
}

struct StrictSeed<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for StrictSeed<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(from))
    }
}

struct StrictItems<A>(A);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for StrictItems<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.0.next_element_seed(StrictSeed(seed))
    }
}

struct StrictEntries<A> {
    entries: A,
    /// The keys so far, where they must be looked through.
    seen: Option<Vec<String>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for StrictEntries<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(known) = &mut self.seen else { return self.entries.next_key_seed(seed) };
        let Some(key) = self.entries.next_key::<String>()? else { return Ok(None) };
        if known.len() >= MAX_KEYS || known.contains(&key) {
            return Err(de::Error::custom("a key that stands twice, or too many keys"));
        }
        let value = seed.deserialize(key.as_str().into_deserializer())?;
        known.push(key);
        Ok(Some(value))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.entries.next_value_seed(StrictSeed(seed))
    }
}
