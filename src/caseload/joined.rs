//! A table whose rows are joined to cases by their reference. It is held in memory as it is written, and read row by row when its
//! case is.

use super::{
    chunk::{Broken, Chunk, Written},
    joined_size::{MAX_ROWS, MAX_SIZE, OF_CASE, ROW, WRONG, too_large, too_many},
    lines::Stream,
    placed::parsed,
    rows::Rows,
    stream::{self, Form, Opened},
};
use crate::{
    case::{
        document::{Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        table_form::TableForm,
    },
    mapping::{JOINED, Mapping, ROWS, TableSource},
};
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The rows of a table, by case reference.
#[derive(Debug)]
pub struct Joined {
    name: String,
    /// How messages call its file.
    file: String,
    form: RowForm,
    by_key: FxHashMap<String, Vec<(Mark, Row)>>,
    /// What is wrong with rows that say whose they are, each with whether its case was told.
    wronged: Vec<(Fault, AtomicBool)>,
    /// What is wrong with rows that do not.
    stray: Vec<Fault>,
    /// The one record of a table that does not say whose it is.
    nameless: Option<(Mark, Box<str>)>,
    rows: usize,
    /// Bytes of memory that it takes.
    pub size: usize,
    taken: AtomicUsize,
}

/// A row as it is written, or the number of what is wrong with it.
pub(super) type Row = Result<Box<str>, usize>;

#[derive(Debug)]
enum RowForm {
    Row(Rows),
    Document(Written),
}

impl Joined {
    /// Reads a table, of which this is said: one beside the source, or the source itself. `is_looked_at` says that columns
    /// which the mapping does not name are no fault, `is_of_one` that there is a single file of cases that it can belong to. `room`
    /// is what it may take of memory, in bytes.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or takes more. What is wrong with a row is one of its case, where it says whose it is.
    pub fn read(
        file: &str,
        mapping: &Mapping,
        (table, said): (Option<&TableSource>, &TableForm),
        stream: Stream,
        form: Form,
        (is_looked_at, is_of_one): (bool, bool),
        room: usize,
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
        let (file, by_key, taken) = (file.to_owned(), FxHashMap::default(), AtomicUsize::new(0));
        let (wronged, stray) = (Vec::new(), Vec::new());
        let mut joined = Self { name, file, form, by_key, wronged, stray, nameless: None, rows: 0, size: 0, taken };
        while let Some(chunk) = chunks.next()? {
            let key_of = |record: &Node| table.map_or_else(|| mapping.key_of(record), |table| table.key_of(record));
            joined.keep(chunk, key_of, is_of_one);
            if joined.size > room {
                return Err(Broken::Wrong(too_large(room < MAX_SIZE)));
            }
        }
        Ok(joined)
    }

    fn keep(&mut self, chunk: Chunk, key_of: impl Fn(&Node) -> Option<String>, is_of_one: bool) {
        let Chunk { at, bytes, alone } = chunk;
        let (text, unreadable) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(wrong) => {
                let text = String::from_utf8_lossy(wrong.as_bytes()).into_owned();
                (text, Some(Fault::at("", Some(at), Wrong::NotUtf8)))
            }
        };
        let (key, wrong) = match self.readable(&text, at) {
            Ok((record, wrong)) => (key_of(&record), unreadable.or(wrong)),
            Err(fault) => (None, unreadable.or(Some(fault))),
        };
        match (key, wrong) {
            (Some(key), wrong) => {
                // Of a case with too many none is read, so no more are kept, and none is looked for.
                if self.by_key.get(&key).is_some_and(|rows| rows.len() > MAX_ROWS) {
                    return;
                }
                self.rows += usize::from(wrong.is_none());
                self.size += ROW + if wrong.is_none() { text.len() } else { WRONG };
                let row = wrong.map_or(Ok(text.into()), |wrong| Err(self.wrong(wrong)));
                let rows = self.by_key.entry(key).or_default();
                self.size += if rows.is_empty() { OF_CASE } else { 0 };
                rows.push((at, row));
                if rows.len() > MAX_ROWS {
                    self.rows -= rows.iter().filter(|(_, row)| row.is_ok()).count();
                }
            }
            (None, None) if alone && is_of_one => {
                self.rows += 1;
                self.nameless = Some((at, text.into()));
            }
            (None, wrong) => {
                self.size += WRONG;
                self.stray.push(wrong.unwrap_or_else(|| nobodys(at)));
            }
        }
    }

    fn wrong(&mut self, fault: Fault) -> usize {
        self.wronged.push((fault, AtomicBool::new(false)));
        self.wronged.len() - 1
    }

    /// What can be read of a row, and the first thing that cannot.
    fn readable(&self, text: &str, at: Mark) -> Result<(Node, Option<Fault>), Fault> {
        match &self.form {
            RowForm::Row(rows) => rows.readable(text, at.line),
            RowForm::Document(written) => parsed(text, written, at).map(|record| (record, None)),
        }
    }

    fn record(&self, text: &str, at: Mark) -> Result<Node, Fault> {
        let (record, wrong) = self.readable(text, at)?;
        wrong.map_or(Ok(record), Err)
    }

    /// What is wrong with the first row that does not say whose it is.
    #[must_use]
    pub fn nobodys(&self) -> Option<&Fault> {
        self.stray.first()
    }

    /// What is wrong with rows of which no case was told: nobody knows whose they are.
    #[must_use]
    pub fn stray(&self) -> Vec<Fault> {
        let untold = self.wronged.iter().filter(|(_, told)| !told.load(Ordering::Relaxed)).map(|(fault, _)| fault);
        let mut stray: Vec<Fault> = self.stray.iter().chain(untold).cloned().collect();
        stray.sort_by_key(|fault| fault.at);
        stray
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
        let first = |(key, rows): (&String, &Vec<(Mark, Row)>)| Some((rows.first()?.0, key.clone()));
        let mut keys: Vec<(Mark, String)> = self.by_key.iter().filter_map(first).collect();
        keys.sort_by_key(|(at, _)| (at.line, at.column));
        keys
    }

    /// The rows of a case as a list. `is_one` says that the source holds this case and no other, which a record that does not say
    /// whose it is can only belong to.
    ///
    /// # Errors
    ///
    /// When one is not well-formed, or there are more than a case can hold.
    pub fn rows_of(&self, key: &str, is_one: bool) -> Result<Node, Fault> {
        let rows = self.by_key.get(key).map_or(&[][..], Vec::as_slice);
        if let Some((at, _)) = rows.get(MAX_ROWS) {
            return Err(too_many(*at));
        }
        let rows = rows.iter();
        // Each counts as told with the first, and the others as taken.
        let number = |(_, row): &(Mark, Row)| row.as_ref().err().copied();
        if let Some(first) = rows.clone().find_map(number) {
            let is_new: Vec<bool> = rows.clone().filter_map(number).map(|number| self.tell(number)).collect();
            let good = rows.clone().filter(|(_, row)| row.is_ok()).count();
            self.taken.fetch_add(if is_new.contains(&true) { good } else { 0 }, Ordering::Relaxed);
            return Err(self.wronged.get(first).map_or_else(|| Fault::whole(Wrong::Empty), |(fault, _)| fault.clone()));
        }
        let written = rows.filter_map(|(at, row)| Some((at, row.as_ref().ok()?)));
        let mut items: Vec<Node> = written.map(|(at, text)| self.record(text, *at)).collect::<Result<_, _>>()?;
        for (at, text) in self.nameless.iter().filter(|_| is_one) {
            items.push(self.record(text, *at)?);
        }
        self.taken.fetch_add(items.len(), Ordering::Relaxed);
        Ok(Node { at: JOINED, content: Content::List(items) })
    }

    /// Says that the case of a row is told what is wrong with it; whether that is new.
    fn tell(&self, number: usize) -> bool {
        self.wronged.get(number).is_some_and(|(_, told)| !told.swap(true, Ordering::Relaxed))
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

/// The fault of a row that no case can take.
fn nobodys(at: Mark) -> Fault {
    let said = "does not say whose it is: no column or key of the mapping's `key` holds anything".to_owned();
    let remedy =
        "add the case reference; only a record that lies beside the file of one case, and of no other, can do without";
    Fault::at("", Some(at), Wrong::Unmapped { said, remedy: remedy.to_owned() })
}

/// Whether two cells say the same, however they are spelt.
fn is_alike(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Scalar { text, .. }, Content::Scalar { text: other, .. }) => {
            text.trim().to_lowercase() == other.trim().to_lowercase()
        }
        _ => one == other,
    }
}

/// Adds a value to those of the same column that differ.
fn add(known: &mut Node, cell: &Node) {
    if is_alike(&known.content, &cell.content) {
        return;
    }
    if let Content::List(values) = &mut known.content {
        if values.iter().all(|one| !is_alike(&one.content, &cell.content)) {
            values.push(cell.clone());
        }
    } else {
        let first = known.clone();
        known.content = Content::List(vec![first, cell.clone()]);
    }
}
