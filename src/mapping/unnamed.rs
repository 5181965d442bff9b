//! What stands in a source and is in no rule: either the mapping ignores it by name, or it is a fault.

use super::{FILE, ROWS, read_form::TableSource, spelling::is_like};
use crate::case::{
    document::{Content, Key, Node},
    fault::Mark,
};
use std::collections::BTreeSet;

/// The names of a source that a mapping knows.
#[derive(Debug, Default)]
pub(super) struct Names {
    used: BTreeSet<String>,
    /// Those above them: groups and lists that hold something which is used.
    above: BTreeSet<String>,
    ignored: Vec<String>,
    tables: BTreeSet<String>,
}

/// What a mapping does with a name of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A rule reads it.
    Used,
    /// It holds something that may be read.
    Above,
    /// It is ignored, by this pattern of the mapping.
    Ignored(usize),
    /// Nobody knows it.
    Unknown,
}

impl Names {
    pub(super) fn new(used: BTreeSet<String>, ignored: Vec<String>, tables: &[TableSource]) -> Self {
        let mut above = BTreeSet::new();
        // What is ignored inside of something lets that be there.
        for path in used.iter().chain(&ignored) {
            let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
            above.extend(ends.filter_map(|end| path.get(..end)).map(str::to_owned));
            above.extend(path.match_indices("[]").filter_map(|(at, _)| path.get(..at + 2)).map(str::to_owned));
        }
        let tables = tables.iter().map(|table| table.name.to_string()).chain([ROWS.to_owned()]).collect();
        Self { used, above, ignored, tables }
    }

    /// What is done with a path of the source.
    pub(super) fn about(&self, path: &str) -> Named {
        if self.used.contains(path) {
            return Named::Used;
        }
        if self.above.contains(path) {
            return Named::Above;
        }
        let ignores = |pattern: &String| is_like(path, pattern);
        self.ignored.iter().position(ignores).map_or(Named::Unknown, Named::Ignored)
    }

    /// The pattern with this number.
    pub(super) fn ignored(&self, index: usize) -> &str {
        self.ignored.get(index).map_or("", String::as_str)
    }

    /// Goes through every name of a record, with its path and what is done with it. What is ignored or unknown is not entered, and
    /// tables beside the source have names of their own.
    pub(super) fn each<'a>(&self, record: &'a Node, see: &mut dyn FnMut(&str, &'a Key, Named)) {
        self.within(record, "", see);
    }

    fn within<'a>(&self, node: &'a Node, path: &str, see: &mut dyn FnMut(&str, &'a Key, Named)) {
        match &node.content {
            Content::Scalar { .. } => {}
            Content::List(items) => {
                let path = format!("{path}[]");
                for item in items {
                    self.within(item, &path, see);
                }
            }
            Content::Map(entries) => {
                for (key, value) in entries {
                    // The columns of joined rows were looked at when their header was read.
                    if path.is_empty() && (key.name == FILE || self.tables.contains(&key.name) && value.at == JOINED) {
                        continue;
                    }
                    let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
                    let named = self.about(&path);
                    see(&path, key, named);
                    if matches!(named, Named::Used | Named::Above) {
                        self.within(value, &path, see);
                    }
                }
            }
        }
    }
}

/// Where rows that were joined to a record stand as a list: at no place of its file.
pub const JOINED: Mark = Mark { line: 0, column: 0 };
