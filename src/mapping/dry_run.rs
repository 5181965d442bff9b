//! What a mapping makes of a whole source, counted: which names it reads and ignores, which it does not know, and what its tables
//! do not have. No word of the source is kept but where somebody asks for them.

use super::{Mapping, Record, convert::said, unnamed::Named};
use crate::case::{
    document::{Content, Node},
    fault::{Fault, Mark},
};
use std::collections::{BTreeMap, BTreeSet};

/// What was counted.
#[derive(Debug, Default)]
pub struct DryRun {
    /// Records.
    pub records: usize,
    /// Names of the source that a rule reads, as the mapping writes them.
    pub used: BTreeSet<String>,
    /// By pattern of `ignore`, how many names it covers.
    pub ignored: BTreeMap<String, BTreeSet<String>>,
    /// Names that nobody knows.
    pub unknown: BTreeMap<String, Unknown>,
    /// What is wrong, by line of the mapping, input and sentence.
    pub problems: BTreeMap<(usize, String, String), Counted>,
    /// Inputs that some record gives.
    pub given: BTreeSet<String>,
}

/// A name that the mapping does not know.
#[derive(Debug)]
pub struct Unknown {
    /// How often it is met.
    pub count: usize,
    /// Where first.
    pub at: Mark,
    /// The number of its column, in a table.
    pub column: Option<usize>,
}

/// Something that is wrong, and how often.
#[derive(Debug)]
pub struct Counted {
    /// How often.
    pub count: usize,
    /// Where first.
    pub at: Option<Mark>,
    /// In which file.
    pub file: String,
    /// The spellings that it is about, with how often each.
    pub spellings: BTreeMap<String, usize>,
    /// What to do.
    pub remedy: Option<String>,
}

impl DryRun {
    /// Counts the names of a header.
    pub fn header<'a>(
        &mut self,
        mapping: &Mapping,
        table: Option<&str>,
        names: impl Iterator<Item = &'a str>,
        at: Mark,
    ) {
        for (index, name) in names.enumerate() {
            let path = table.map_or_else(|| name.to_owned(), |table| format!("{table}[].{name}"));
            self.name(mapping, &path, mapping.column(table, name), at, Some(index + 1));
        }
    }

    fn name(&mut self, mapping: &Mapping, path: &str, named: Named, at: Mark, column: Option<usize>) {
        match named {
            Named::Used => drop(self.used.insert(path.to_owned())),
            Named::Above => {}
            Named::Ignored(index) => {
                let pattern = mapping.names.ignored(index).to_owned();
                self.ignored.entry(pattern).or_default().insert(path.to_owned());
            }
            Named::Unknown => {
                let first = Unknown { count: 0, at, column };
                self.unknown.entry(path.to_owned()).or_insert(first).count += 1;
            }
        }
    }

    /// Counts a record of a file and what the mapping made of it. `is_named` says that its names were counted with a header; `file_of`
    /// gives the file of a table.
    pub fn record(
        &mut self,
        mapping: &Mapping,
        (source, made): (&Node, &Record),
        is_named: bool,
        file_of: impl Fn(Option<&str>) -> String,
    ) {
        self.records += 1;
        if !is_named {
            let mut seen = Vec::new();
            mapping.names.each(source, &mut |path, key, named| seen.push((path.to_owned(), key.at, named)));
            for (path, at, named) in seen {
                self.name(mapping, &path, named, at, None);
            }
        }
        for problem in made.problems.iter().filter(|problem| problem.line.is_some()) {
            let key = (problem.line.unwrap_or_default(), plain(&problem.path), problem.said().to_owned());
            let remedy = || Some(problem.remedy(&mapping.file));
            self.counted(key, Some(problem.at), Some(source), remedy, || file_of(problem.table.as_deref()));
        }
        self.give(&made.document, "");
    }

    /// Counts a fault in a file: in a record, if it is one of a case that the mapping made by some line.
    pub fn fault(&mut self, line: Option<usize>, fault: &Fault, source: Option<&Node>, file: &str) {
        let said = Fault { path: String::new(), ..fault.clone() }.to_string();
        let key = (line.unwrap_or_default(), plain(&fault.path), said);
        self.counted(key, fault.at, source, || fault.help(), || file.to_owned());
    }

    fn counted(
        &mut self,
        key: (usize, String, String),
        at: Option<Mark>,
        source: Option<&Node>,
        remedy: impl Fn() -> Option<String>,
        file: impl Fn() -> String,
    ) {
        let first = || Counted { count: 0, at, file: file(), spellings: BTreeMap::new(), remedy: remedy() };
        let counted = self.problems.entry(key).or_insert_with(first);
        counted.count += 1;
        if let Some(text) = at.zip(source).and_then(|(at, source)| text_at(source, at)) {
            *counted.spellings.entry(said(text).to_owned()).or_default() += 1;
        }
    }

    fn give(&mut self, node: &Node, path: &str) {
        match &node.content {
            Content::Map(entries) => {
                for (key, value) in entries {
                    let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
                    self.give(value, &path);
                }
            }
            Content::Scalar { .. } | Content::List(_) => {
                if !self.given.contains(path) {
                    self.given.insert(path.to_owned());
                }
            }
        }
    }
}

/// A path with every place in a list alike.
fn plain(path: &str) -> String {
    let mut plain = String::new();
    let mut is_inside = false;
    for letter in path.chars() {
        is_inside &= letter != ']';
        if !is_inside {
            plain.push(letter);
        }
        is_inside |= letter == '[';
    }
    plain
}

/// The text that stands at a place.
fn text_at(node: &Node, at: Mark) -> Option<&str> {
    match &node.content {
        Content::Scalar { text, .. } => (node.at == at).then_some(text.as_str()),
        Content::List(items) => items.iter().find_map(|item| text_at(item, at)),
        Content::Map(entries) => entries.iter().find_map(|(_, value)| text_at(value, at)),
    }
}
