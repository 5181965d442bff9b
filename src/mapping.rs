//! A service's own data as cases: a mapping says, input by input, where it is read in a row or a payload and what its values mean.
//! In: a record of the source, as a tree that knows the place of every value. Out: the same tree that a case file gives, each
//! value at its place in the source, so that one reader checks both.
//!
//! Nothing is guessed. A column or key that the mapping does not name, and a value that its tables do not have, is a fault.

mod apply;
mod convert;
mod dates;
mod draft;
mod dry_run;
mod entries;
mod lookup;
mod pick;
mod problem;
mod read;
mod read_convert;
mod read_form;
mod read_list;
mod read_pick;
mod required;
mod rule;
mod schema;
pub mod shipped;
mod source_path;
mod spelling;
mod tally;
mod target;
mod tree;
mod unnamed;

pub use self::{
    apply::{Maker, Record},
    draft::{draft, meant},
    dry_run::{Counted, DryRun, Unknown},
    problem::Problem,
    read_form::{SourceForm, TableSource, Written},
    schema::mapping_schema,
    tally::Tally,
    unnamed::{JOINED, Named},
};

use self::{
    required::Required,
    rule::{FieldRule, Rule, Take},
    source_path::{SourcePath, Whole},
    unnamed::Names,
};
use crate::case::{
    answer_date::AnswerDate,
    document::{Content, Node},
    fault::Fault,
};
use std::sync::Arc;

/// The name under which the name of the file stands in a record, without its ending: some payloads do not say whose they are.
pub const FILE: &str = "@file";
/// The name under which the rows of one person stand, where a source has several for each.
pub const ROWS: &str = "rows";
/// The name of a record itself, as a list of it alone: a row may hold the last contact in columns of its own.
pub const ROW: &str = "@row";
/// The largest mapping, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// A mapping, checked: every input that it fills is one of a case, and every word of its tables one that the input can have.
#[derive(Debug)]
pub struct Mapping {
    /// How messages call its file.
    pub file: String,
    /// How the source is written.
    pub source: SourceForm,
    /// Tables beside it, whose rows are joined by the case reference.
    pub tables: Vec<TableSource>,
    /// Inputs of which this source can say nothing, so that their absence says nothing either.
    pub not_exported: Arc<[String]>,
    /// The date of an answer: of several entries the latest up to it counts.
    pub dates: AnswerDate,
    /// What was counted so far, of what the mapping passes over or takes for another word.
    pub tallies: Vec<Tally>,
    fields: Vec<FieldRule>,
    names: Names,
    required: Vec<Required>,
}

impl Mapping {
    /// Reads a mapping. Also everything that is wrong with it, in the order of the file; what is wrong is not to be used.
    #[must_use]
    pub fn read(file: &str, document: &Node) -> (Self, Vec<Fault>) {
        read::read(file, document)
    }

    /// What the mapping does with a column of the source, or of a table beside it.
    #[must_use]
    pub fn column(&self, table: Option<&str>, name: &str) -> Named {
        match table {
            Some(table) => self.names.about(&format!("{table}[].{name}")),
            None => match self.names.about(name) {
                Named::Unknown | Named::Ignored(_)
                    if self.source.grouped && self.column(Some(ROWS), name) == Named::Used =>
                {
                    Named::Used
                }
                named => named,
            },
        }
    }

    /// The case reference of a record, by which tables are joined, without regard to case.
    #[must_use]
    pub fn key_of(&self, record: &Node) -> Option<String> {
        key(&self.source.key, record)
    }

    /// Under which names of a record its case reference may stand.
    #[must_use]
    pub fn reference_names(&self) -> Vec<&str> {
        let rules = self.fields.iter().filter(|field| field.target.path == "crn").flat_map(|field| &field.rules);
        let read = rules.filter_map(|rule| match &rule.take {
            Take::Value { from, .. } => Some(from),
            _ => None,
        });
        self.source.key.iter().chain(read.flatten()).map(SourcePath::text).collect()
    }

    /// Whether an input can be filled from the name of the file.
    #[must_use]
    pub fn takes_the_name_of_the_file(&self, input: &str) -> bool {
        let is_name =
            |rule: &Rule| matches!(&rule.take, Take::Value { from, .. } if from.iter().any(|path| path.text() == FILE));
        self.fields.iter().any(|field| field.target.path == input && field.rules.iter().any(is_name))
    }
}

impl TableSource {
    /// The case reference of a record of the table, without regard to case.
    #[must_use]
    pub fn key_of(&self, record: &Node) -> Option<String> {
        key(&self.key, record)
    }
}

fn key(paths: &[SourcePath], record: &Node) -> Option<String> {
    let text = |node: &Node| match &node.content {
        Content::Scalar { text, .. } if !source_path::is_nothing(node) => {
            Some(spelling::fold(convert::said(text)).into_owned())
        }
        _ => None,
    };
    let whole = Whole::of(record);
    let key = paths.iter().find_map(|path| path.get(record, &whole).and_then(text));
    // Which of several counts is not to be guessed.
    key.filter(|_| whole.several.take().is_none())
}
