//! Cases that a mapping makes of a service's own rows or payloads.

use super::{
    chunk::{Broken, Chunk, Chunks, START, Written},
    joined::Joined,
    joined_size::MAX_SIZE,
    lines::Stream,
    placed::parsed,
    raw_case::{crn_in, unlisted},
    rows::Rows,
    stream::{self, Form, Opened},
    wronged::Wronged,
};
use crate::{
    case::{
        Case,
        check::of_no_age,
        document::{Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        table_form::TableForm,
    },
    decision::{decide::CaseFile, sourced::Sourced},
    mapping::{DryRun, FILE, Mapping, Record},
    policy::vocabulary::Vocabulary,
};
use std::sync::Arc;

/// A source of a run: its mapping, how its records are written, and the tables beside it.
#[derive(Debug)]
pub struct MappedSource {
    /// The mapping.
    pub mapping: Arc<Mapping>,
    /// How its tables are written: as the command line says, else the mapping.
    pub form: TableForm,
    /// The tables that are joined to each record.
    pub tables: Vec<Arc<Joined>>,
    /// The name of the file, without its ending.
    pub file_name: String,
    /// Whether its columns are only looked at, so that one which the mapping does not name is no fault.
    pub is_looked_at: bool,
}

/// How one record is written.
#[derive(Debug)]
pub enum RecordForm {
    /// A row under columns.
    Row(Rows),
    /// All rows of a person, which a table holds under the reference.
    Group(Joined),
    /// A document.
    Document(Written),
}

/// A record that is mapped, with all that it takes.
#[derive(Debug)]
pub struct MappedRecords {
    pub(super) source: Arc<MappedSource>,
    form: RecordForm,
}

/// Takes a mapped stream apart.
///
/// # Errors
///
/// When it cannot be read, or has a column that the mapping does not name.
pub fn open(stream: Stream, form: Form, source: &Arc<MappedSource>) -> Result<Opened, Broken> {
    let mapping = &source.mapping;
    let said = &source.form;
    if mapping.source.grouped && form != Form::Csv {
        let said = format!("is no table, and {} groups its rows with `group`", mapping.file);
        return Err(Broken::Wrong(Fault::whole(Wrong::Other { said })));
    }
    let mut found = Vec::new();
    let (form, chunks): (RecordForm, Box<dyn Chunks>) = match form {
        Form::Csv if mapping.source.grouped => {
            let room = MAX_SIZE.saturating_sub(source.tables.iter().map(|table| table.size).sum());
            let looked_at = (source.is_looked_at, false);
            let table = Joined::read(&source.file_name, mapping, (None, said), stream, form, looked_at, room)?;
            let keys = Keys { keys: table.keys().into_iter(), nobodys: table.nobodys().cloned() };
            (RecordForm::Group(table), Box::new(keys))
        }
        Form::Csv => {
            let (rows, chunks, told) = Rows::open(stream, said, mapping, None, source.is_looked_at)?;
            found = told;
            (RecordForm::Row(rows), chunks)
        }
        Form::Yaml | Form::Json | Form::Jsonl => {
            let Opened { written, chunks, found: told } = stream::open(stream, Some(form), said)?;
            found = told;
            (RecordForm::Document(written), chunks)
        }
    };
    let written = Written::Mapped(Arc::new(MappedRecords { source: Arc::clone(source), form }));
    Ok(Opened { written, chunks, found })
}

/// The references of a table, one after the other.
struct Keys {
    keys: std::vec::IntoIter<(Mark, String)>,
    /// What is wrong with the first row that does not say whose it is.
    nobodys: Option<Fault>,
}

impl Chunks for Keys {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        let key = self.keys.next().map(|(at, key)| Chunk::new(at, key.into_bytes()));
        if key.is_some() { Ok(key) } else { self.nobodys.take().map_or(Ok(None), |fault| Err(Broken::Wrong(fault))) }
    }
}

/// Looks at a record and at what the mapping made of it.
pub type Sees<'a> = &'a mut dyn FnMut(&Node, &Record);

impl MappedRecords {
    /// The sheet that its rows are from.
    #[must_use]
    pub const fn sheet(&self) -> Option<&Arc<str>> {
        match &self.form {
            RecordForm::Row(rows) => rows.sheet(),
            RecordForm::Group(_) | RecordForm::Document(_) => None,
        }
    }

    /// The mapping.
    #[must_use]
    pub fn mapping(&self) -> &Arc<Mapping> {
        &self.source.mapping
    }

    /// The case of a record that begins at a place, to be judged by a policy of this vocabulary. `is_strict` says that a register which the
    /// model does not list is a fault; `see` is shown what was made on the way.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn read(
        &self,
        text: &str,
        (at, alone): (Mark, bool),
        known: &Vocabulary,
        is_strict: bool,
        see: Sees<'_>,
    ) -> Result<CaseFile, Wronged> {
        let mapping = &self.source.mapping;
        let record = self.record(text, at, alone)?;
        let mapped = mapping.apply(&record, self.has_columns());
        see(&record, &mapped);
        let crn = crn_of(&mapped.document);
        if let Some(problem) = mapped.problems.first() {
            let (fault, table) = (problem.fault(&mapping.file), self.file_of(problem.table.as_deref()));
            return Err(Wronged { fault, line: problem.line, table, crn });
        }
        let sourced = Arc::new(Sourced::new(record, Arc::clone(mapping), self.has_columns()));
        let wronged = |fault: Fault| self.wronged(fault, &sourced, crn.clone());
        let (case, document) = Case::from_document(mapped.document).map_err(wronged)?;
        let unlisted = unlisted(&case).next().filter(|_| is_strict);
        let of_no_age = || mapping.dates.of(&case).and_then(|on| of_no_age(&case, on));
        if let Some(fault) = unlisted.or_else(of_no_age) {
            let at = document.nearest(&fault.path).map(|node| node.at);
            return Err(wronged(Fault { at, ..fault }));
        }
        let file =
            CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: Some(Arc::clone(&sourced)) };
        file.under(known).map_err(wronged)
    }

    /// The case reference of a record, as far as the record itself gives it.
    #[must_use]
    pub fn reference(&self, text: &str, at: Mark, alone: bool) -> Option<String> {
        let record = match &self.form {
            RecordForm::Row(rows) => rows.readable(text, at.line).ok()?.0,
            RecordForm::Group(_) => self.own(text, at, alone).ok()?,
            RecordForm::Document(written) => match self.own(text, at, alone) {
                Ok(record) => record,
                Err(_) => return crn_in(text, written, &self.source.mapping.reference_names()),
            },
        };
        self.source.mapping.reference(&record)
    }

    /// The record of a text, with what is joined to it.
    pub(super) fn record(&self, text: &str, at: Mark, alone: bool) -> Result<Node, Wronged> {
        let mut record = self.own(text, at, alone)?;
        if !self.source.tables.is_empty()
            && let Some(key) = self.source.mapping.key_of(&record)
        {
            let mut joined = Vec::new();
            for table in &self.source.tables {
                let in_table = |fault| Wronged { table: Some(table.file().to_owned()), ..Wronged::from(fault) };
                joined.push((table.name().to_owned(), table.rows_of(&key, alone).map_err(in_table)?));
            }
            if let Content::Map(entries) = &mut record.content {
                entries.extend(joined.into_iter().map(|(name, rows)| (Key { name, at }, rows)));
            }
        }
        Ok(record)
    }

    /// The record of a text.
    fn own(&self, text: &str, at: Mark, alone: bool) -> Result<Node, Fault> {
        let mut record = match &self.form {
            RecordForm::Row(rows) => rows.read(text, at.line)?,
            RecordForm::Group(table) => table.group(text, at)?,
            RecordForm::Document(written) => parsed(text, written, at)?,
        };
        let Content::Map(entries) = &mut record.content else {
            return Err(Fault::at(
                "",
                Some(at),
                Wrong::OutOfDomain { expected: "a record with names".to_owned(), advice: None },
            ));
        };
        let name = Content::Scalar { text: self.source.file_name.clone(), plain: false };
        if alone && !entries.iter().any(|(key, _)| key.name == FILE) {
            entries.push((Key { name: FILE.to_owned(), at }, Node { at: START, content: name }));
        }
        Ok(record)
    }

    /// Whether its names are those of columns, which were looked at with their header.
    #[must_use]
    pub const fn has_columns(&self) -> bool {
        matches!(self.form, RecordForm::Row(_) | RecordForm::Group(_))
    }

    /// Counts the names of its columns, and of those of the tables beside it. The file of the source is called so.
    pub fn count_header(&self, run: &mut DryRun, file: &str) {
        let mapping = &self.source.mapping;
        let own = match &self.form {
            RecordForm::Row(rows) => Some(rows),
            RecordForm::Group(table) => table.columns(),
            RecordForm::Document(_) => None,
        };
        let beside =
            self.source.tables.iter().filter_map(|table| Some((Some(table.name()), table.file(), table.columns()?)));
        for (table, file, rows) in own.map(|rows| (None, file, rows)).into_iter().chain(beside) {
            let (names, at) = rows.names();
            run.header(mapping, table, names, at);
            for fault in rows.wrong() {
                run.fault(None, fault, None, file);
            }
        }
    }

    /// Whether what is read is not the record itself, but what holds its rows.
    #[must_use]
    pub const fn is_grouped(&self) -> bool {
        matches!(self.form, RecordForm::Group(_))
    }

    /// How messages call the file of a table.
    #[must_use]
    pub fn file_of(&self, table: Option<&str>) -> Option<String> {
        self.source.tables.iter().find(|known| Some(known.name()) == table).map(|table| table.file().to_owned())
    }
}

/// A case reference as it is written; a word without quotes that stands for nothing, or a truth value, is none.
pub(super) fn said_reference(text: &str, plain: bool) -> Option<String> {
    let is_none = plain && ["null", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    crate::case::text::Reference::parse(text).filter(|_| !is_none).map(|crn| crn.to_string())
}

/// The case reference of a tree, where it is one.
pub(super) fn crn_of(document: &Node) -> Option<String> {
    let Content::Map(entries) = &document.content else { return None };
    match &entries.iter().find(|(key, _)| key.name == "crn")?.1.content {
        Content::Scalar { text, plain } => said_reference(text, *plain),
        _ => None,
    }
}
