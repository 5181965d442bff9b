//! A place in a record of the source: the name of a column, or a path such as `assessments[0].dateCompleted`.

use crate::case::{
    document::{Content, Node},
    fault::Mark,
};
use std::{cell::Cell, fmt};

/// The record that paths lead through, and what was met on the way.
pub(super) struct Whole<'a> {
    pub(super) root: &'a Node,
    /// The second of several entries of a list of which a path takes one by its place; and what the path begins with, where it leads
    /// from the whole record.
    pub(super) several: Cell<Option<(Mark, Option<String>)>>,
}

impl<'a> Whole<'a> {
    pub(super) const fn of(root: &'a Node) -> Self {
        Self { root, several: Cell::new(None) }
    }
}

/// A path from a record of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourcePath {
    /// As the mapping writes it.
    text: String,
    /// From the whole record, where an entry of a list is read: written with `$.` before it.
    from_root: bool,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, places) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() && places.is_empty() {
            return None;
        }
        if !key.is_empty() {
            steps.push(Step::Key(key.to_owned()));
        }
        for place in places.split('[').skip(1) {
            steps.push(Step::Index(place.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(steps)
}

impl SourcePath {
    /// Reads a path. A name with brackets that hold no number is that of a column.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (from_root, path) = text.strip_prefix("$.").map_or((false, text), |path| (true, path));
        let steps = steps(path).unwrap_or_else(|| vec![Step::Key(path.to_owned())]);
        // Every entry of a list is for a rule of a list to read.
        (!path.is_empty() && !path.contains("[]")).then(|| Self { text: path.to_owned(), from_root, steps })
    }

    /// The value that it leads to; a name of a column may hold any sign, so that one called like the whole path comes first. Where
    /// it takes an entry of a list by its place, there may be no other: which of several counts is for a rule to say.
    pub(super) fn get<'a>(&self, record: &'a Node, whole: &Whole<'a>) -> Option<&'a Node> {
        let from = if self.from_root { whole.root } else { record };
        if self.is_record() {
            return Some(from);
        }
        value_of(from, &self.text).or_else(|| {
            let mut at = from;
            for step in &self.steps {
                at = match (step, &at.content) {
                    (Step::Key(key), _) => value_of(at, key)?,
                    (Step::Index(index), Content::List(items)) => {
                        if let Some(second) = items.get(1) {
                            let is_whole = std::ptr::eq(from, whole.root);
                            whole.several.set(Some((second.at, is_whole.then(|| self.first().to_owned()))));
                        }
                        items.get(*index)?
                    }
                    (Step::Index(_), _) => return None,
                };
            }
            Some(at)
        })
    }

    /// Whether it is the record itself.
    pub(super) fn is_record(&self) -> bool {
        self.text == super::ROW
    }

    /// The path of the entries of a list that it leads to.
    pub(super) fn entries(&self, base: &str) -> String {
        if self.is_record() { base.to_owned() } else { format!("{}[]", self.known_as(base)) }
    }

    /// The path as it is known among those that a source may have, every place in brackets alike.
    pub(super) fn known_as(&self, base: &str) -> String {
        if self.is_record() {
            return base.to_owned();
        }
        let mut path = if self.from_root { String::new() } else { base.to_owned() };
        for step in &self.steps {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", key]),
                Step::Index(_) => path.push_str("[]"),
            }
        }
        path
    }

    /// The name that a column has to have.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it leads from the whole record.
    pub(super) const fn is_from_root(&self) -> bool {
        self.from_root
    }

    /// The table or list that it begins in.
    pub(super) fn first(&self) -> &str {
        match self.steps.first() {
            Some(Step::Key(key)) => key,
            _ => &self.text,
        }
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// The value of a key of a record.
pub(super) fn value_of<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.content {
        Content::Map(entries) => entries.iter().find(|(known, _)| known.name == key).map(|(_, value)| value),
        _ => None,
    }
}

/// Whether nothing stands there: no value, an empty cell, or one of blanks.
pub(super) fn is_nothing(node: &Node) -> bool {
    match &node.content {
        Content::Scalar { text, plain } => {
            text.trim().is_empty() || (*plain && matches!(text.as_str(), "null" | "~" | "Null" | "NULL"))
        }
        Content::List(_) | Content::Map(_) => false,
    }
}

impl Node {
    /// The path to the value that stands at a place, such as `registrations[1].code`.
    #[must_use]
    pub fn path_to(&self, at: Mark) -> Option<String> {
        fn within(node: &Node, at: Mark, path: &mut String) -> bool {
            let before = path.len();
            match &node.content {
                Content::Scalar { .. } => node.at == at,
                Content::List(items) => items.iter().enumerate().any(|(index, item)| {
                    path.truncate(before);
                    path.push_str(&format!("[{index}]"));
                    item.at == at && matches!(item.content, Content::Map(_)) || within(item, at, path)
                }),
                Content::Map(entries) => entries.iter().any(|(key, value)| {
                    path.truncate(before);
                    let joint = if before == 0 { "" } else { "." };
                    path.extend([joint, &key.name]);
                    within(value, at, path) || value.at == at
                }),
            }
        }
        let mut path = String::new();
        within(self, at, &mut path).then_some(path)
    }
}
