//! A map of parameters.yaml that may have some fields and no others.

use super::{ASSUMPTION, entries, is_blank, text};
use crate::case::{
    document::{Content, Key, Node},
    fault::{Fault, Wrong},
};

/// The fields of a map that may have these and no others.
pub(super) struct Fields<'a> {
    node: &'a Node,
    entries: &'a [(Key, Node)],
}

impl<'a> Fields<'a> {
    pub(super) fn of(node: &'a Node, known: &[&str]) -> Result<Self, Fault> {
        let entries = entries(node, "")?;
        match entries.iter().find(|(key, _)| !known.contains(&key.name.as_str())) {
            None => Ok(Self { node, entries }),
            Some((key, node)) if is_behind_a_comma(key, node) => {
                let whole = entries.iter().take_while(|(before, _)| before.at != key.at).last();
                let whole = whole.and_then(|(_, node)| match &node.content {
                    Content::Scalar { text, .. } => Some(text.as_str()),
                    _ => None,
                });
                let said = format!("a decimal has a point: write `{}.{}`", whole.unwrap_or("0"), key.name);
                Err(Fault::at("", Some(key.at), Wrong::Other { said }))
            }
            Some((key, _)) => {
                let known = known.iter().map(|name| (*name).to_owned()).collect();
                let wrong = Wrong::UnknownKey { key: key.name.clone(), known };
                Err(Fault::at(&key.name, Some(key.at), wrong))
            }
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&'a Node> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    pub(super) fn required(&self, name: &str) -> Result<&'a Node, Fault> {
        let missing = || Fault::at("", Some(self.node.at), Wrong::Missing { key: name.to_owned() });
        self.get(name).ok_or_else(missing)
    }

    pub(super) fn text(&self, name: &str) -> Result<String, Fault> {
        text(self.required(name)?).map_err(|fault| fault.within(name, self.node.at))
    }

    /// Where a value comes from. The word for no source means that however it is written.
    pub(super) fn source(&self) -> Result<String, Fault> {
        let node = self.required("source")?;
        let expected = || format!("where the value comes from, or `{ASSUMPTION}`");
        let wrong = |_| Fault::at("source", Some(node.at), Wrong::OutOfDomain { expected: expected(), advice: None });
        let source = text(node).map_err(wrong)?;
        Ok(if source.trim().eq_ignore_ascii_case(ASSUMPTION) { ASSUMPTION.to_owned() } else { source })
    }
}

/// Whether a key is what stood behind the comma of a number: digits, and nothing given for them.
fn is_behind_a_comma(key: &Key, node: &Node) -> bool {
    let is_nothing = matches!(&node.content, Content::Scalar { text, plain } if is_blank(text, *plain));
    is_nothing && key.name.chars().all(|sign| sign.is_ascii_digit())
}
