//! What a case was made of, where a mapping made it of a service's own data: so that an answer can name the place of a value there,
//! and raises nothing on the absence of what the source could never say.

use crate::{
    case::document::{Content, Node},
    mapping::{JOINED, Mapping},
};
use std::sync::Arc;

/// A record of a service's own, of which a mapping made a case.
#[derive(Debug, Clone)]
pub struct Sourced {
    /// The record, each value where it stands.
    pub record: Node,
    /// The mapping.
    pub mapping: Arc<Mapping>,
}

impl Sourced {
    /// The place in the source that a value of the case is from, such as `registrations[1].code`; none for what is the same in
    /// every case.
    #[must_use]
    pub fn place_of(&self, document: &Node, path: &str) -> Option<String> {
        // What is nearest may stand above: then the case does not say it.
        let node = document.nearest(path)?;
        let above = path.rfind(['.', '[']).and_then(|end| document.nearest(path.get(..end)?));
        if above.is_some_and(|above| std::ptr::eq(above, node)) {
            return None;
        }
        let at = node.at;
        let Content::Map(entries) = &self.record.content else { return None };
        let table = self.mapping.table_of(path);
        if let Some(table) = table {
            let (_, rows) = entries.iter().find(|(key, _)| key.name == table)?;
            let inside = if at == JOINED { String::new() } else { rows.path_to(at).unwrap_or_default() };
            return Some(format!("{table}{inside}"));
        }
        entries.iter().filter(|(_, value)| value.at != JOINED).find_map(|(key, value)| {
            if value.at == at {
                return Some(key.name.clone());
            }
            let inside = value.path_to(at)?;
            let joint = if inside.starts_with('[') { "" } else { "." };
            Some(format!("{}{joint}{inside}", key.name))
        })
    }

    /// Whether an input is one of which the source can say nothing.
    #[must_use]
    pub fn cannot_know(&self, path: &str) -> bool {
        let leads =
            |one: &String| path.strip_prefix(one.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.mapping.not_exported.iter().any(leads)
    }
}
