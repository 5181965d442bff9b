//! A table whose rows are joined to cases by their reference. It is held in memory as it is written, and read row by row when its
//! case is.

use super::{
    chunk::{Broken, Chunk, START, Written},
    lines::Stream,
    rows::Rows,
    stream::{self, Form, Opened},
};
use crate::{
    case::{
        document::{self, Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        json,
        table_form::TableForm,
    },
    mapping::{JOINED, Mapping, ROWS, TableSource},
};
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The rows of a table, by case reference.
#[derive(Debug)]
pub struct Joined {
    name: String,
    /// How messages call its file.
    file: String,
    form: RowForm,
    by_key: FxHashMap<String, Vec<(Mark, Box<str>)>>,
    /// The one record of a table that does not say whose it is.
    nameless: Option<(Mark, Box<str>)>,
    rows: usize,
    taken: AtomicUsize,
}

#[derive(Debug)]
enum RowForm {
    Row(Rows),
    Document(Written),
}

impl Joined {
    /// Reads a table, of which this is said: one beside the source, or the source itself. `is_looked_at` says that columns
    /// which the mapping does not name are no fault, `is_of_one` that there is a single file of cases that it can belong to.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or a row does not say whose it is.
    pub fn read(
        file: &str,
        mapping: &Mapping,
        (table, said): (Option<&TableSource>, &TableForm),
        stream: Stream,
        form: Form,
        (is_looked_at, is_of_one): (bool, bool),
    ) -> Result<Self, Broken> {
        let (form, mut chunks) = match form {
            Form::Csv => {
                let name = table.map(|table| &*table.name);
                let (rows, chunks, _) = Rows::open(stream, said, mapping, name, is_looked_at)?;
                (RowForm::Row(rows), chunks)
            }
            form => {
                let Opened { written, chunks, .. } = stream::open(stream, Some(form), said)?;
                (RowForm::Document(written), chunks)
            }
        };
        let name = table.map_or(ROWS, |table| &table.name).to_owned();
        let (by_key, taken) = (FxHashMap::default(), AtomicUsize::new(0));
        let mut joined = Self { name, file: file.to_owned(), form, by_key, nameless: None, rows: 0, taken };
        while let Some(chunk) = chunks.next()? {
            let key_of = |record: &Node| table.map_or_else(|| mapping.key_of(record), |table| table.key_of(record));
            joined.keep(chunk, key_of, is_of_one).map_err(Broken::Wrong)?;
        }
        Ok(joined)
    }

    fn keep(&mut self, chunk: Chunk, key_of: impl Fn(&Node) -> Option<String>, is_of_one: bool) -> Result<(), Fault> {
        let Chunk { at, bytes, alone } = chunk;
        let text = String::from_utf8(bytes).map_err(|_| Fault::at("", Some(at), Wrong::NotUtf8))?;
        let record = self.record(&text, at)?;
        self.rows += 1;
        match key_of(&record) {
            Some(key) => self.by_key.entry(key).or_default().push((at, text.into())),
            None if alone && is_of_one => self.nameless = Some((at, text.into())),
            None => {
                let said =
                    "does not say whose it is: no column or key of the mapping's `key` holds anything".to_owned();
                let remedy =
                    "add the case reference; only a record that lies beside the file of one case, and of no other, \
                              can do without"
                        .to_owned();
                return Err(Fault::at("", Some(at), Wrong::Unmapped { said, remedy }));
            }
        }
        Ok(())
    }

    fn record(&self, text: &str, at: Mark) -> Result<Node, Fault> {
        match &self.form {
            RowForm::Row(rows) => rows.read(text, at.line),
            RowForm::Document(Written::Json) => json::parse(text).map(|node| placed(node, at)),
            RowForm::Document(_) => document::parse(text).map(|node| placed(node, at)),
        }
    }

    /// Its columns, where it has some.
    #[must_use]
    pub const fn columns(&self) -> Option<&Rows> {
        match &self.form {
            RowForm::Row(rows) => Some(rows),
            RowForm::Document(_) => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How messages call its file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How many of its rows no case took so far.
    #[must_use]
    pub fn left(&self) -> usize {
        self.rows.saturating_sub(self.taken.load(Ordering::Relaxed))
    }

    /// The references, each where it is first met.
    #[must_use]
    pub fn keys(&self) -> Vec<(Mark, String)> {
        let first = |(key, rows): (&String, &Vec<(Mark, Box<str>)>)| Some((rows.first()?.0, key.clone()));
        let mut keys: Vec<(Mark, String)> = self.by_key.iter().filter_map(first).collect();
        keys.sort_by_key(|(at, _)| (at.line, at.column));
        keys
    }

    /// The rows of a case as a list. `is_one` says that the source holds this case and no other, which a record that does not say
    /// whose it is can only belong to.
    ///
    /// # Errors
    ///
    /// When one is not well-formed.
    pub fn rows_of(&self, key: &str, is_one: bool) -> Result<Node, Fault> {
        let nameless = self.nameless.iter().filter(|_| is_one);
        let rows = self.by_key.get(key).into_iter().flatten().chain(nameless);
        let items: Vec<Node> = rows.map(|(at, text)| self.record(text, *at)).collect::<Result<_, _>>()?;
        self.taken.fetch_add(items.len(), Ordering::Relaxed);
        Ok(Node { at: JOINED, content: Content::List(items) })
    }

    /// Takes back that rows were taken, of a case that is looked at again.
    pub fn put_back(&self, rows: usize) {
        self.taken.fetch_sub(rows, Ordering::Relaxed);
    }

    /// The rows of a case as one record: its columns hold what all rows say alike, or a list of all where they differ.
    ///
    /// # Errors
    ///
    /// As [`Joined::rows_of`].
    pub fn group(&self, key: &str, at: Mark) -> Result<Node, Fault> {
        let rows = self.rows_of(key, false)?;
        let mut entries: Vec<(Key, Node)> = Vec::new();
        if let Content::List(items) = &rows.content {
            for item in items {
                let Content::Map(cells) = &item.content else { continue };
                for (key, cell) in cells {
                    match entries.iter_mut().find(|(known, _)| known.name == key.name) {
                        None => entries.push((key.clone(), cell.clone())),
                        Some((_, known)) => add(known, cell),
                    }
                }
            }
        }
        entries.push((Key { name: ROWS.to_owned(), at }, rows));
        Ok(Node { at, content: Content::Map(entries) })
    }
}

/// Adds a value to those of the same column that differ.
fn add(known: &mut Node, cell: &Node) {
    if known.content == cell.content {
        return;
    }
    if let Content::List(values) = &mut known.content {
        if values.iter().all(|one| one.content != cell.content) {
            values.push(cell.clone());
        }
    } else {
        let first = known.clone();
        known.content = Content::List(vec![first, cell.clone()]);
    }
}

/// A tree of a text that begins at a place of its file.
pub(super) fn placed(mut node: Node, start: Mark) -> Node {
    fn shift(node: &mut Node, start: Mark) {
        let moved = |at: Mark| match at.line {
            1 => Mark { line: start.line, column: start.column + at.column - 1 },
            line => Mark { line: start.line + line - 1, ..at },
        };
        node.at = moved(node.at);
        match &mut node.content {
            Content::Scalar { .. } => {}
            Content::List(items) => items.iter_mut().for_each(|item| shift(item, start)),
            Content::Map(entries) => {
                for (key, value) in entries {
                    key.at = moved(key.at);
                    shift(value, start);
                }
            }
        }
    }
    if start != START {
        shift(&mut node, start);
    }
    node
}
