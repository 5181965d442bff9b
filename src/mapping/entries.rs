//! The entries of a part of a mapping, looked up by key, with a fault for each that it does not know.

use crate::case::{
    document::{Content, Key, Node},
    fault::{Fault, Mark, Wrong},
};

/// A part of a mapping that consists of keys and values.
#[derive(Clone, Copy)]
pub(super) struct Entries<'a> {
    pub(super) at: Mark,
    pub(super) all: &'a [(Key, Node)],
}

/// Takes what is wrong.
pub(super) type Faults = Vec<Fault>;

impl<'a> Entries<'a> {
    /// The entries of a value; none and a fault where it has no keys.
    pub(super) fn of(node: &'a Node, path: &str, faults: &mut Faults) -> Self {
        let all = match &node.content {
            Content::Map(all) => all.as_slice(),
            _ => {
                faults.push(expected(path, node.at, "its entries, by name"));
                &[]
            }
        };
        Self { at: node.at, all }
    }

    /// Complains of every key that is none of these.
    pub(super) fn only(&self, known: &[&str], path: &str, faults: &mut Faults) {
        for (key, _) in self.all.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            let known = known.iter().map(|name| (*name).to_owned()).collect();
            faults.push(Fault::at(
                under(path, &key.name),
                Some(key.at),
                Wrong::UnknownKey { key: key.name.clone(), known },
            ));
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Node> {
        self.all.iter().find(|(known, _)| known.name == key).map(|(_, value)| value)
    }

    /// The text of a key that may be left out.
    pub(super) fn text(&self, key: &str, path: &str, faults: &mut Faults) -> Option<&'a str> {
        let node = self.get(key)?;
        let text = text(node);
        if text.is_none() {
            faults.push(expected(&under(path, key), node.at, "text"));
        }
        text
    }

    /// The truth value of a key, false where it is left out.
    pub(super) fn truth(&self, key: &str, path: &str, faults: &mut Faults) -> bool {
        match self.get(key).map(|node| (node, text(node))) {
            None | Some((_, Some("false"))) => false,
            Some((_, Some("true"))) => true,
            Some((node, _)) => {
                faults.push(expected(&under(path, key), node.at, "true or false"));
                false
            }
        }
    }
}

/// A fault that names what should stand there.
pub(super) fn expected(path: &str, at: Mark, what: &str) -> Fault {
    Fault::at(path, Some(at), Wrong::OutOfDomain { expected: what.to_owned(), advice: None })
}

/// A path one step further down.
pub(super) fn under(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// The text of a value that is one.
pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.content {
        Content::Scalar { text, .. } => Some(text),
        Content::List(_) | Content::Map(_) => None,
    }
}

/// The values of a list, or the one value that stands for a list of itself.
pub(super) fn listed(node: &Node) -> &[Node] {
    match &node.content {
        Content::List(items) => items,
        Content::Scalar { .. } | Content::Map(_) => std::slice::from_ref(node),
    }
}
