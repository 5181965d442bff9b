//! What a mapping says of how its source is written, and of the tables beside it.

use super::{
    ROWS,
    entries::{Entries, Faults, expected, listed, text, under},
    source_path::SourcePath,
};
use crate::case::{
    document::Node,
    fault::{Fault, Wrong},
    table_form::{Delimiter, TableForm, TextEncoding},
};
use std::sync::Arc;

/// How a source is written.
#[derive(Debug, Default)]
pub struct SourceForm {
    /// In which form; by the ending of its file where that is not said.
    pub written: Option<Written>,
    /// As a table, what the table is like.
    pub table: TableForm,
    /// Whether several rows are of one person.
    pub grouped: bool,
    /// What is the case reference, the first that is there.
    pub(super) key: Vec<SourcePath>,
}

/// A form in which records are written one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// YAML.
    Yaml,
    /// JSON, one record or a list.
    Json,
    /// JSON, one record a line.
    Jsonl,
    /// Rows under a header.
    Csv,
}

impl Written {
    /// Every one, by its name.
    pub(super) const ALL: [(&'static str, Self); 4] =
        [("csv", Self::Csv), ("json", Self::Json), ("jsonl", Self::Jsonl), ("yaml", Self::Yaml)];

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, form)| *form == self).map_or("", |(name, _)| name)
    }
}

/// A table whose rows are joined to the records of the source.
#[derive(Debug)]
pub struct TableSource {
    /// Its name, under which its rows stand as a list.
    pub name: Arc<str>,
    /// The file, beside that of the cases.
    pub file: String,
    /// Whether there need be no such file.
    pub optional: bool,
    /// How it is written.
    pub form: SourceForm,
    /// What is the case reference in it.
    pub(super) key: Vec<SourcePath>,
}

/// What a mapping may say of its source.
pub(super) const SOURCE_KEYS: [&str; 7] = ["form", "key", "delimiter", "encoding", "title_lines", "sheet", "group"];
/// What a mapping may say of a table.
pub(super) const TABLE_KEYS: [&str; 8] =
    ["form", "key", "delimiter", "encoding", "title_lines", "sheet", "file", "optional"];
/// Most tables beside a source.
const MAX_TABLES: usize = 32;

/// What is said of the source.
pub(super) fn source(node: Option<&Node>, faults: &mut Faults) -> SourceForm {
    let Some(node) = node else { return SourceForm::default() };
    let entries = Entries::of(node, "source", faults);
    entries.only(&SOURCE_KEYS, "source", faults);
    let mut form = form(entries, "source", faults);
    form.grouped = entries.truth("group", "source", faults);
    if form.grouped && form.key.is_empty() {
        let said = "rows are grouped by `key`, which is missing".to_owned();
        faults.push(Fault::at("source", Some(entries.at), Wrong::Other { said }));
    }
    form
}

/// The tables beside it.
pub(super) fn tables(node: Option<&Node>, source: &SourceForm, faults: &mut Faults) -> Vec<TableSource> {
    let Some(node) = node else { return Vec::new() };
    let mut tables = Vec::new();
    for (key, node) in Entries::of(node, "tables", faults).all {
        let path = under("tables", &key.name);
        let entries = Entries::of(node, &path, faults);
        entries.only(&TABLE_KEYS, &path, faults);
        let form = form(entries, &path, faults);
        let key_paths = if form.key.is_empty() { source.key.clone() } else { form.key.clone() };
        let optional = entries.truth("optional", &path, faults);
        let file = entries.text("file", &path, faults).map_or_else(|| format!("{}.csv", key.name), str::to_owned);
        let is_plain = !key.name.is_empty() && !key.name.contains(['.', '[', '@']) && key.name != ROWS;
        if !is_plain || file.contains(['/', '\\']) {
            let what = "a plain name, and the name of a file that lies beside that of the cases";
            faults.push(expected(&path, key.at, what));
        }
        if tables.len() == MAX_TABLES {
            let said = format!("more than {MAX_TABLES} tables, the limit");
            faults.push(Fault::at(path, Some(key.at), Wrong::Other { said }));
            break;
        }
        tables.push(TableSource { name: key.name.as_str().into(), file, optional, form, key: key_paths });
    }
    tables
}

fn form(entries: Entries<'_>, path: &str, faults: &mut Faults) -> SourceForm {
    let written = entries.text("form", path, faults).and_then(|name| {
        let known = Written::ALL.iter().find(|(known, _)| *known == name);
        if known.is_none() {
            faults.push(expected(&under(path, "form"), entries.at, "one of `csv` `json` `jsonl` `yaml`"));
        }
        known.map(|(_, form)| *form)
    });
    let key = entries.get("key").map(listed).unwrap_or_default();
    let key = key.iter().filter_map(|node| {
        let read = text(node).and_then(SourcePath::parse);
        if read.is_none() {
            faults.push(expected(&under(path, "key"), node.at, "a column or a path, or a list of them"));
        }
        read
    });
    let key = key.collect();
    let mut said = |key: &str| entries.text(key, path, faults).map(|text| (text, entries.at));
    let (delimiter, encoding) = (said("delimiter"), said("encoding"));
    let (title_lines, sheet) = (said("title_lines"), said("sheet"));
    let mut wrong = |key: &str, said: String| {
        faults.push(Fault::at(under(path, key), Some(entries.at), Wrong::Other { said }));
    };
    let delimiter =
        delimiter.and_then(|(text, _)| Delimiter::parse(text).map_err(|said| wrong("delimiter", said)).ok());
    let encoding =
        encoding.and_then(|(text, _)| TextEncoding::parse(text).map_err(|said| wrong("encoding", said)).ok());
    let title_lines = title_lines.and_then(|(text, _)| {
        let lines = text.parse().ok().filter(|lines| *lines <= 1_000);
        lines.or_else(|| {
            wrong("title_lines", "expected a whole number from 0 to 1000".to_owned());
            None
        })
    });
    let sheet = sheet.map(|(text, _)| text.to_owned());
    if written.is_some_and(|written| written != Written::Csv) {
        for key in ["delimiter", "title_lines", "sheet", "group"] {
            if let Some(node) = entries.get(key) {
                let said = "is for rows, and `form` says that there are none".to_owned();
                faults.push(Fault::at(under(path, key), Some(node.at), Wrong::Other { said }));
            }
        }
    }
    SourceForm { written, table: TableForm { delimiter, encoding, title_lines, sheet }, grouped: false, key }
}
