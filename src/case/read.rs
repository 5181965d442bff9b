//! From a tree of values to a type: serde's side of [`super::document`]. A plain scalar is a number, a truth value or
//! nothing where YAML 1.2 and JSON agree that it is; everything else is text.

use super::{
    document::{Content, Key, Node},
    fault::Fault,
    number::{DIGITS, OWN_VALUE, integer},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};

/// Reads a type from a tree of values.
///
/// # Errors
///
/// The first thing that is wrong, with its path and place.
pub fn from_node<'a, T: Deserialize<'a>>(node: &'a Node) -> Result<T, Fault> {
    T::deserialize(node).map_err(|fault| fault.within("", node.at))
}

/// What a scalar is, in serde's terms.
fn meaning(text: &str, plain: bool) -> Unexpected<'_> {
    match text {
        _ if !plain => Unexpected::Str(text),
        "" | "~" | "null" | "Null" | "NULL" => Unexpected::Unit,
        "true" | "True" | "TRUE" => Unexpected::Bool(true),
        "false" | "False" | "FALSE" => Unexpected::Bool(false),
        _ if !is_number(text) => Unexpected::Str(text),
        _ => match (integer(text), text.parse()) {
            (Some(whole), _) => Unexpected::Signed(whole),
            (None, Ok(number)) => Unexpected::Float(number),
            (None, Err(_)) => Unexpected::Str(text),
        },
    }
}

/// A number as JSON writes it: what starts with a needless zero means different numbers to different YAML readers.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let needless_zero = unsigned.starts_with('0') && unsigned.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    let starts_well = unsigned.starts_with(|first: char| first.is_ascii_digit());
    starts_well && !needless_zero && !unsigned.ends_with('.') && unsigned.parse::<f64>().is_ok()
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.content {
            Content::Scalar { text, plain } => match meaning(text, *plain) {
                Unexpected::Unit => visitor.visit_unit(),
                Unexpected::Bool(truth) => visitor.visit_bool(truth),
                Unexpected::Signed(whole) => visitor.visit_i64(whole),
                Unexpected::Float(number) => visitor.visit_f64(number),
                _ => visitor.visit_borrowed_str(text),
            },
            Content::List(items) => visitor.visit_seq(Items { items: items.iter(), index: 0 }),
            Content::Map(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if matches!(self.found(), Unexpected::Unit) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match &self.content {
            Content::Scalar { text, plain: true } if name == DIGITS && is_number(text) => visitor.visit_str(text),
            _ if name == DIGITS => Err(Fault::invalid_type(self.found(), &visitor)),
            Content::Scalar { text, plain } if name == OWN_VALUE => match meaning(text, *plain) {
                Unexpected::Float(_) => visitor.visit_bytes(text.as_bytes()),
                _ => self.deserialize_any(visitor),
            },
            _ if name == OWN_VALUE => Err(Fault::invalid_type(self.found(), &visitor)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    /// Only a group of fields is a record: a list would fill its fields by position.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.content {
            Content::Map(_) => self.deserialize_any(visitor),
            _ => Err(Fault::invalid_type(self.found(), &visitor)),
        }
    }

    /// A word of a closed list; `true` and `false` count as the words that they are.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.content {
            Content::Scalar { text, .. } => visitor.visit_str(text),
            _ => Err(Fault::invalid_type(self.found(), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct struct enum ignored_any
    }
}

impl Node {
    fn found(&self) -> Unexpected<'_> {
        match &self.content {
            Content::Scalar { text, plain } => meaning(text, *plain),
            Content::List(_) => Unexpected::Seq,
            Content::Map(_) => Unexpected::Map,
        }
    }
}

struct Items<'de> {
    items: std::slice::Iter<'de, Node>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let step = format!("[{}]", self.index);
        self.index += 1;
        seed.deserialize(item).map(Some).map_err(|fault| fault.within(&step, item.at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, (Key, Node)>,
    value: Option<(&'de Key, &'de Node)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((key, value));
        let name: StrDeserializer<'_, Fault> = key.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|fault| fault.within(&key.name, key.at))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (key, value) = self.value.take().ok_or_else(|| Fault::custom("a value without a key"))?;
        let read = match value.found() {
            Unexpected::Unit => seed.deserialize(Nothing(value)),
            _ => seed.deserialize(value),
        };
        read.map_err(|fault| fault.within(&key.name, value.at))
    }
}

/// A field of which nothing is given, as under a heading whose entries were deleted: a list or a group of fields is empty then.
struct Nothing<'de>(&'de Node);

impl<'de> Deserializer<'de> for Nothing<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items { items: [].iter(), index: 0 })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Entries { entries: [].iter(), value: None })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.0.deserialize_identifier(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct struct enum ignored_any
    }
}
