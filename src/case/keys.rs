//! The keys that the model of a case knows: all of a case file that a message may repeat. Any other word of it may be about a
//! person, a key that somebody made of a name, too.

use super::{
    fault::{Fault, Wrong, nearest},
    schema::case_schema,
};
use saphyr_parser::{Event, Parser};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// Every key of the model, whatever group it stands in.
fn known() -> &'static BTreeSet<String> {
    fn add(schema: &Value, keys: &mut BTreeSet<String>) {
        let properties = schema.get("properties").and_then(Value::as_object);
        keys.extend(properties.into_iter().flat_map(Map::keys).cloned());
        match schema {
            Value::Object(entries) => entries.values().for_each(|entry| add(entry, keys)),
            Value::Array(entries) => entries.iter().for_each(|entry| add(entry, keys)),
            _ => {}
        }
    }
    static KNOWN: OnceLock<BTreeSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut keys = BTreeSet::new();
        add(&case_schema().to_value(), &mut keys);
        keys
    })
}

/// Where the keys of the model stand in a text, as far as it can be read: line and column, from 1 and of a quote where there is
/// one, with the length in characters.
#[must_use]
pub fn known_keys_in(text: &str) -> BTreeMap<(usize, usize), usize> {
    let mut found = BTreeMap::new();
    // The lists and maps that are open; of a map, whether it awaits a key.
    let mut open: Vec<Option<bool>> = Vec::new();
    for event in Parser::new_from_str(&text.replace('\t', " ")) {
        let Ok((event, span)) = event else { break };
        match event {
            Event::SequenceStart(..) => open.push(None),
            Event::MappingStart(..) => open.push(Some(true)),
            Event::Scalar(key, ..) => {
                if open.last() == Some(&Some(true)) && known().contains(&*key) {
                    found.insert((span.start.line(), span.start.col() + 1), key.chars().count());
                }
                turn(&mut open);
            }
            Event::Alias(_) => turn(&mut open),
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                turn(&mut open);
            }
            _ => {}
        }
    }
    found
}

/// After a key a value, after a value a key.
fn turn(open: &mut [Option<bool>]) {
    if let Some(Some(awaits_key)) = open.last_mut() {
        *awaits_key = !*awaits_key;
    }
}

impl Fault {
    /// Whether it says of this key that the model does not know it.
    #[must_use]
    pub fn is_about_key(&self, key: &str) -> bool {
        matches!(&self.wrong, Wrong::UnknownKey { key: unknown, .. } if unknown == key)
    }

    /// The same fault without keys that the model does not have: its path ends before the first of them. One that is nearly a
    /// key of the model is a slip, and stays.
    #[must_use]
    pub(crate) fn spared(mut self) -> Self {
        let slip = match &self.wrong {
            Wrong::UnknownKey { key, known } if is_word(key) && nearest(key, known).is_some() => Some(key.as_str()),
            _ => None,
        };
        if slip == Some(&self.path) {
            return self;
        }
        let mut kept: Vec<&str> = Vec::new();
        for step in self.path.split('.') {
            let (name, places) = step.split_at(step.find('[').unwrap_or(step.len()));
            let is_place = |letter: char| letter.is_ascii_digit() || "[]".contains(letter);
            let is_known = name.is_empty() || known().contains(name) || slip == Some(name);
            if !is_known || !places.chars().all(is_place) {
                break;
            }
            kept.push(step);
        }
        self.path = kept.join(".");
        self
    }
}

fn is_word(key: &str) -> bool {
    key.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.".contains(letter))
}
