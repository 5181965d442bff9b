//! What is wrong with a record that a mapping makes a case of: all of it, in the order of its file.

use super::{
    mapped::{MappedRecords, crn_of},
    raw_case::{beside, in_case},
};
use crate::{
    case::{
        document::Content,
        fault::{Fault, Mark, Wrong},
        faults::Faults,
        text::Reference,
    },
    decision::sourced::Sourced,
    error::Error,
    mapping::{Maker, Record},
    policy::vocabulary::Vocabulary,
};
use std::sync::Arc;

/// What is wrong with a record: the fault with its place in a file, and the table, where it is one beside the source.
#[derive(Debug, Clone)]
pub struct Wronged {
    /// What, with its place.
    pub fault: Fault,
    /// The line of the mapping that made what is wrong, where one did.
    pub line: Option<usize>,
    /// How messages call the file of the table that it is in.
    pub table: Option<String>,
    /// The case reference, where that came so far.
    pub crn: Option<String>,
}

impl From<Fault> for Wronged {
    fn from(fault: Fault) -> Self {
        Self { fault, line: None, table: None, crn: None }
    }
}

/// Where a record begins, and whether it is all that its file holds.
pub type Place = (Mark, bool);

/// The error of a record in a file: everything that is wrong with it in the file of the first, and how much there is in others.
pub(super) fn refused(
    first: Wronged,
    records: &MappedRecords,
    text: &str,
    (at, alone): Place,
    known: &Vocabulary,
    file: &str,
) -> Box<Error> {
    let mut all = records.wrong(text, (at, alone), known);
    if all.is_empty() {
        all.push(first.clone());
    }
    all.sort_by(|one, other| (&one.table, one.fault.at).cmp(&(&other.table, other.fault.at)));
    let table = all.first().and_then(|first| first.table.clone());
    let (faults, elsewhere): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.table == table);
    // What stands in another file, or in rows that are far apart, is not drawn.
    let is_here = table.is_none() && !records.is_grouped();
    let sheet = records.sheet().filter(|_| is_here);
    let drawn = if is_here && sheet.is_none() { beside(text, at.column - 1) } else { String::new() };
    // What is no reference may be a name.
    let is_reference = |crn: &String| Reference::parse(crn).is_some();
    let crn = first.crn.or_else(|| records.reference(text, at, alone).filter(is_reference));
    let faults = faults.into_iter().map(|one| one.fault);
    let error = Error::of_text(table.as_deref().unwrap_or(file), faults, at.line, drawn);
    Box::new(error.and_more(elsewhere.len()).in_case(crn).in_sheet(sheet))
}

impl MappedRecords {
    /// Everything that is wrong with a record that [`Self::read`] refuses: first what the mapping does not say, then what cannot be
    /// in a case. Nothing where the record itself cannot be read.
    #[must_use]
    pub fn wrong(&self, text: &str, (at, alone): (Mark, bool), known: &Vocabulary) -> Vec<Wronged> {
        let mapping = self.mapping();
        let Ok(record) = self.record(text, at, alone) else { return Vec::new() };
        let Content::Map(entries) = &record.content else { return Vec::new() };
        for table in &self.source.tables {
            let rows = entries.iter().find(|(key, _)| key.name == table.name()).map(|(_, rows)| &rows.content);
            if let Some(Content::List(rows)) = rows {
                table.put_back(rows.len());
            }
        }
        let Record { document, problems } = mapping.apply_again(&record, self.has_columns(), None);
        let crn = crn_of(&document);
        // What could not be mapped is not missing as well.
        let is_told = |fault: &Fault| {
            let Wrong::Missing { key } = &fault.wrong else { return false };
            let path = if fault.path.is_empty() { key.clone() } else { format!("{}.{key}", fault.path) };
            problems.iter().any(|problem| problem.path == path)
        };
        let mut of_case = in_case(Faults::of(document), known, |_| None);
        of_case.retain(|fault| !is_told(fault));
        let sourced = Sourced::new(record, Arc::clone(mapping), self.has_columns());
        let mapped = problems.iter().map(|problem| Wronged {
            fault: problem.fault(&mapping.file),
            line: problem.line,
            table: self.file_of(problem.table.as_deref()),
            crn: crn.clone(),
        });
        mapped.chain(of_case.into_iter().map(|fault| self.wronged(fault, &sourced, crn.clone()))).collect()
    }

    /// A fault of what the mapping made, with the line that made it and the file that it is in.
    pub(super) fn wronged(&self, fault: Fault, sourced: &Sourced, crn: Option<String>) -> Wronged {
        let Some(Maker { line, table, .. }) = sourced.maker_of(&fault.path) else {
            return Wronged { crn, ..fault.into() };
        };
        let mut by = format!("{}, line {line}", self.mapping().file);
        if self.mapping().takes_the_name_of_the_file(&fault.path) {
            by.push_str(", which takes the name of the file");
        }
        let fault = Fault { wrong: Wrong::Mapped { wrong: Box::new(fault.wrong), by }, ..fault };
        Wronged { fault, line: Some(*line), table: self.file_of(table.as_deref()), crn }
    }
}
