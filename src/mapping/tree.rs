//! The tree of a case as a mapping builds it.

use super::{rule::Entry, target::Holds};
use crate::case::{
    document::{Content, Key, Node},
    domain::Domain,
    fault::{Fault, Mark},
    registered::is_slip,
    words::Registration,
};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::StrDeserializer},
};

/// The fields of a record.
pub(super) type Fields = Vec<(Key, Node)>;

pub(super) fn scalar(at: Mark, text: String, plain: bool) -> Node {
    Node { at, content: Content::Scalar { text, plain } }
}

/// Puts a value where its steps lead, unless something is there already. A group is filled up with what it does not have.
pub(super) fn put(fields: &mut Fields, steps: &[String], node: Node) {
    let Some((step, rest)) = steps.split_first() else { return };
    let at = node.at;
    let Some((_, there)) = fields.iter_mut().find(|(key, _)| key.name == *step) else {
        let mut value = node;
        for step in rest.iter().rev() {
            value = Node { at, content: Content::Map(vec![(Key { name: step.clone(), at }, value)]) };
        }
        fields.push((Key { name: step.clone(), at }, value));
        return;
    };
    match (&mut there.content, node.content) {
        (Content::Map(inner), content) if !rest.is_empty() => put(inner, rest, Node { at, content }),
        (Content::Map(inner), Content::Map(more)) => {
            for (key, value) in more {
                put(inner, &[key.name], value);
            }
        }
        _ => {}
    }
}

/// Whether two values say the same, wherever they stand.
pub(super) fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.content, &other.content) {
        (Content::Scalar { text, .. }, Content::Scalar { text: other, .. }) => text == other,
        (Content::List(items), Content::List(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(one, other)| is_same(one, other))
        }
        (Content::Map(entries), Content::Map(others)) => {
            entries.len() == others.len()
                && entries
                    .iter()
                    .zip(others)
                    .all(|((key, one), (other_key, other))| key.name == other_key.name && is_same(one, other))
        }
        _ => false,
    }
}

/// Whether every word of an entry is one that a case can have there, or a slip in one, which whoever reads the case refuses.
pub(super) fn is_known(entry: &Entry, node: &Node) -> bool {
    let Entry::Fields(rules) = entry else { return true };
    rules.iter().all(|field| {
        let Holds::Value(Domain::Words(words)) = &field.target.holds else { return true };
        let Content::Map(entries) = &node.content else { return true };
        let Some((_, value)) = entries.iter().find(|(key, _)| key.name == field.target.path) else { return true };
        let Content::Scalar { text, .. } = &value.content else { return true };
        words.contains(&text.as_str()) || (*words == Registration::WORDS && (is_registration(text) || is_slip(text)))
    })
}

/// Registrations are known by their codes, too.
fn is_registration(text: &str) -> bool {
    let text: StrDeserializer<'_, Fault> = text.into_deserializer();
    Registration::deserialize(text).is_ok()
}
