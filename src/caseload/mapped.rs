//! Cases that a mapping makes of a service's own rows or payloads.

use super::{
    chunk::{Broken, Chunk, Chunks, START, Written},
    joined::Joined,
    lines::Stream,
    rows::Rows,
    stream::{self, Form, Opened},
};
use crate::{
    case::{
        Case,
        document::{self, Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        json,
        table_form::TableForm,
    },
    decision::{decide::CaseFile, sourced::Sourced},
    language::tiers::Tiers,
    mapping::{DryRun, FILE, Mapping, Record},
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
    source: Arc<MappedSource>,
    form: RecordForm,
}

/// Takes a mapped stream apart.
///
/// # Errors
///
/// When it cannot be read, or has a column that the mapping does not name.
pub fn open(stream: Stream, form: Form, source: &Arc<MappedSource>) -> Result<Opened, Broken> {
    let mapping = &source.mapping;
    let mut found = Vec::new();
    let (form, chunks): (RecordForm, Box<dyn Chunks>) = match form {
        Form::Csv if mapping.source.grouped => {
            let table =
                Joined::read(&source.file_name, mapping, None, &source.form, stream, form, source.is_looked_at)?;
            let keys = table.keys().into_iter();
            (RecordForm::Group(table), Box::new(Keys(keys)))
        }
        Form::Csv => {
            let (rows, chunks, told) = Rows::open(stream, &source.form, mapping, None, source.is_looked_at)?;
            found = told;
            (RecordForm::Row(rows), chunks)
        }
        Form::Yaml | Form::Json | Form::Jsonl => {
            let Opened { written, chunks, found: told } = stream::open(stream, Some(form), &source.form)?;
            found = told;
            (RecordForm::Document(written), chunks)
        }
    };
    let written = Written::Mapped(Arc::new(MappedRecords { source: Arc::clone(source), form }));
    Ok(Opened { written, chunks, found })
}

/// The references of a table, one after the other.
struct Keys(std::vec::IntoIter<(Mark, String)>);

impl Chunks for Keys {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        Ok(self.0.next().map(|(at, key)| Chunk::new(at, key.into_bytes())))
    }
}

/// What is wrong with a record: the fault with its place in a file, and the table, where it is one beside the source.
pub struct Wronged {
    /// What, with its place.
    pub fault: Fault,
    /// The file of the table that it is in.
    pub table: Option<String>,
    /// The case reference, where that came so far.
    pub crn: Option<String>,
}

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

    /// The case of a record that begins at a place.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn read(&self, text: &str, at: Mark, alone: bool, tiers: &Tiers) -> Result<CaseFile, Wronged> {
        let record = self.record(text, at, alone).map_err(|fault| Wronged { fault, table: None, crn: None })?;
        let file = self.case(record)?;
        let crn = Some(file.case.crn.to_string());
        file.under(tiers).map_err(|fault| Wronged { table: self.table_of(&fault), fault: self.by_line(fault), crn })
    }

    /// The record of a text, with what is joined to it.
    ///
    /// # Errors
    ///
    /// When it is not well-formed.
    pub fn record(&self, text: &str, at: Mark, alone: bool) -> Result<Node, Fault> {
        let mut record = match &self.form {
            RecordForm::Row(rows) => rows.read(text, at.line)?,
            RecordForm::Group(table) => table.group(text, at)?,
            RecordForm::Document(Written::Json) => placed(json::parse(text)?, at),
            RecordForm::Document(_) => placed(document::parse(text)?, at),
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
        if !self.source.tables.is_empty()
            && let Some(key) = self.source.mapping.key_of(&record)
        {
            let mut joined = Vec::new();
            for table in &self.source.tables {
                joined.push((table.name().to_owned(), table.rows_of(&key, alone)?));
            }
            if let Content::Map(entries) = &mut record.content {
                entries.extend(joined.into_iter().map(|(name, rows)| (Key { name, at }, rows)));
            }
        }
        Ok(record)
    }

    /// The case of a record.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn case(&self, record: Node) -> Result<CaseFile, Wronged> {
        let mapping = &self.source.mapping;
        let mapped = mapping.apply(&record, self.has_columns());
        self.case_of(record, mapped)
    }

    /// The case of what the mapping made of a record.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    pub fn case_of(&self, record: Node, mapped: Record) -> Result<CaseFile, Wronged> {
        let mapping = &self.source.mapping;
        let crn = crn_of(&mapped.document);
        let wronged = |fault: Fault| Wronged { table: self.table_of(&fault), fault, crn: crn.clone() };
        if let Some(problem) = mapped.problems.first() {
            return Err(wronged(problem.fault(&mapping.file)));
        }
        let (case, document) = Case::from_document(mapped.document).map_err(|fault| wronged(self.by_line(fault)))?;
        let sourced = Sourced { record, mapping: Arc::clone(mapping) };
        Ok(CaseFile {
            case: Arc::new(case),
            document: Some(Arc::new(document)),
            digest: Arc::default(),
            sourced: Some(Arc::new(sourced)),
        })
    }

    /// Whether its names are those of columns, which were looked at with their header.
    #[must_use]
    pub const fn has_columns(&self) -> bool {
        matches!(self.form, RecordForm::Row(_) | RecordForm::Group(_))
    }

    /// Counts the names of its columns, and of those of the tables beside it.
    pub fn count_header(&self, run: &mut DryRun) {
        let mapping = &self.source.mapping;
        let own = match &self.form {
            RecordForm::Row(rows) => Some(rows),
            RecordForm::Group(table) => table.columns(),
            RecordForm::Document(_) => None,
        };
        let beside = self.source.tables.iter().filter_map(|table| Some((Some(table.name()), table.columns()?)));
        for (table, rows) in own.map(|rows| (None, rows)).into_iter().chain(beside) {
            let (names, at) = rows.names();
            run.header(mapping, table, names, at);
            // A column that the mapping reads, and there is not.
            if let Some(fault) = rows.wrong().filter(|fault| fault.at.is_some_and(|at| at.column == 1)) {
                run.fault(mapping, &Node { at, content: Content::Map(Vec::new()) }, fault);
            }
        }
    }

    /// Whether what is read is not the record itself, but what holds its rows.
    #[must_use]
    pub const fn is_grouped(&self) -> bool {
        matches!(self.form, RecordForm::Group(_))
    }

    /// A fault of what the mapping made, with the line that made it.
    #[must_use]
    pub fn by_line(&self, fault: Fault) -> Fault {
        let mapping = &self.source.mapping;
        let Some(line) = mapping.line_of(&fault.path) else { return fault };
        let by = format!("{}, line {line}", mapping.file);
        Fault { wrong: Wrong::Mapped { wrong: Box::new(fault.wrong), by }, ..fault }
    }

    /// How messages call the file of the table that a fault is in, where it is in one.
    fn table_of(&self, fault: &Fault) -> Option<String> {
        let name = self.source.mapping.table_of(&fault.path)?;
        self.source.tables.iter().find(|table| table.name() == name).map(|table| table.file().to_owned())
    }
}

/// The case reference of a tree, where it is one.
pub(super) fn crn_of(document: &Node) -> Option<String> {
    let Content::Map(entries) = &document.content else { return None };
    match &entries.iter().find(|(key, _)| key.name == "crn")?.1.content {
        Content::Scalar { text, .. } => crate::case::text::Reference::parse(text).map(|crn| crn.to_string()),
        _ => None,
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
