//! Rows of a mapped table as records: of each the cells of the columns that the mapping reads.

use super::{
    chunk::{Broken, Chunks},
    decoded::{decoded, with_lines},
    lines::Stream,
    table::{Table, table},
};
use crate::{
    case::{
        cells::{Cell, Dialect},
        document::{Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        row::name_of,
        sheet_cell::SheetCell,
        table_form::TableForm,
    },
    mapping::{Mapping, Named},
};
use std::sync::Arc;

/// The columns of a table of which a mapping reads some.
#[derive(Debug)]
pub struct Rows {
    /// How a line is told apart into cells.
    dialect: Dialect,
    /// Of each column its name, where the mapping reads it.
    columns: Vec<Option<String>>,
    /// What every column is called.
    names: Vec<String>,
    /// Where the header begins.
    at: Mark,
    /// What is wrong with the columns, where that is to be found out and not to be refused.
    wrong: Option<Fault>,
}

/// A table that is opened: its columns, its rows, and what was found out of how it is written.
pub type OpenRows = (Rows, Box<dyn Chunks>, Vec<String>);

impl Rows {
    /// The sheet that they are from, where it is a workbook.
    #[must_use]
    pub const fn sheet(&self) -> Option<&Arc<str>> {
        self.dialect.sheet.as_ref()
    }

    /// Finds the columns of a table, the source itself or one beside it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or, unless it is only looked at, has a column that the mapping does not name or lacks one that it
    /// reads.
    pub fn open(
        stream: Stream,
        form: &TableForm,
        mapping: &Mapping,
        name: Option<&str>,
        is_looked_at: bool,
    ) -> Result<OpenRows, Broken> {
        let (stream, _) = decoded(stream, form.encoding)?;
        let (stream, _) = with_lines(stream)?;
        // The line that names the columns is the first with one that the mapping reads.
        let names = |cells: &[Cell<'_>]| {
            form.title_lines.is_some()
                || cells.iter().any(|cell| mapping.column(name, name_of(&cell.text)) == Named::Used)
        };
        let Table { header, at, dialect, rows, found } = table(stream, form, &names)?;
        let on_line = |fault: Fault| Fault { at: fault.at.map(|mark| Mark { line: at.line, ..mark }), ..fault };
        let cells = dialect.cells(&header).map_err(|fault| Broken::Wrong(on_line(fault)))?;
        let (columns, wrong) = columns(&cells, mapping, name);
        let wrong =
            wrong.map(|(column, wrong)| on_line(Fault::at("", Some(dialect.place(&header, &cells, column)), wrong)));
        if let Some(fault) = wrong.as_ref().filter(|_| !is_looked_at) {
            return Err(Broken::Wrong(fault.clone()));
        }
        let names = cells.iter().map(|cell| name_of(&cell.text).to_owned()).collect();
        Ok((Self { dialect, columns, names, at, wrong }, rows, found))
    }

    /// What every column is called, and where the header begins.
    pub fn names(&self) -> (impl Iterator<Item = &str>, Mark) {
        (self.names.iter().map(String::as_str), self.at)
    }

    /// What is wrong with the columns, where they were only looked at.
    #[must_use]
    pub const fn wrong(&self) -> Option<&Fault> {
        self.wrong.as_ref()
    }

    /// The record of a row that begins on a line of its file.
    ///
    /// # Errors
    ///
    /// When its cells cannot be told apart, or are not as many as the columns.
    pub fn read(&self, row: &str, line: usize) -> Result<Node, Fault> {
        let start = Mark { line, column: 1 };
        let placed = |at: Mark| Mark { line: line + at.line - 1, ..at };
        let cells = self.dialect.cells(row).map_err(|fault| Fault { at: fault.at.map(placed), ..fault })?;
        if self.dialect.sheet.is_some() && cells.len() > self.columns.len() {
            let far = self.dialect.place(row, &cells, cells.len() - 1);
            return Err(Fault::at("", Some(placed(far)), Wrong::SheetCell(SheetCell::Far)));
        }
        if cells.len() != self.columns.len() {
            let said = format!("{} cells in the row, {} columns in the header", cells.len(), self.columns.len());
            return Err(Fault::at("", Some(start), Wrong::Other { said }));
        }
        let mut entries = Vec::with_capacity(self.columns.len());
        // Where the cells before this one end, so that the row is walked once.
        let (mut walked, mut at) = (0, start);
        for (index, (column, cell)) in self.columns.iter().zip(&cells).enumerate() {
            let Some(name) = column.as_ref().filter(|_| !cell.text.is_empty()) else { continue };
            let between = row.get(walked..cell.at).unwrap_or_default();
            at = if self.dialect.sheet.is_some() {
                placed(self.dialect.place(row, &cells, index))
            } else {
                after(at, between)
            };
            if let Some(why) = self.dialect.unreadable(cell) {
                return Err(Fault::at("", Some(at), Wrong::SheetCell(why)));
            }
            walked = cell.at;
            let key = Key { name: name.clone(), at };
            entries.push((
                key,
                Node { at, content: Content::Scalar { text: cell.text.clone().into_owned(), plain: true } },
            ));
        }
        Ok(Node { at: start, content: Content::Map(entries) })
    }
}

fn after(at: Mark, text: &str) -> Mark {
    match text.rsplit_once('\n') {
        None => Mark { column: at.column + text.chars().count(), ..at },
        Some((before, last)) => {
            Mark { line: at.line + before.matches('\n').count() + 1, column: last.chars().count() + 1 }
        }
    }
}

/// A column of this number, and what is wrong with it.
type WrongColumn = (usize, Wrong);

/// The columns, and the first that is wrong.
fn columns(cells: &[Cell<'_>], mapping: &Mapping, table: Option<&str>) -> (Vec<Option<String>>, Option<WrongColumn>) {
    let mut columns: Vec<Option<String>> = Vec::new();
    let mut unknown = Vec::new();
    let mut wrong = None;
    for (index, cell) in cells.iter().enumerate() {
        let name = name_of(&cell.text);
        match mapping.column(table, name) {
            Named::Used | Named::Above => {
                if columns.iter().flatten().any(|known| known == name) {
                    wrong.get_or_insert((index, Wrong::DuplicateKey));
                }
                columns.push(Some(name.to_owned()));
            }
            Named::Ignored(_) => columns.push(None),
            Named::Unknown => {
                unknown.push(index);
                columns.push(None);
            }
        }
    }
    if let Some(first) = unknown.first() {
        let said = match unknown.len() {
            1 => format!("column {} has a name that the mapping does not know", first + 1),
            many => {
                format!("{many} columns have names that the mapping does not know, the first is column {}", first + 1)
            }
        };
        let remedy =
            format!("map them in {}, or name them under `ignore`; `brag map check` lists them all", mapping.file);
        wrong.get_or_insert((*first, Wrong::Unmapped { said, remedy }));
    }
    let is_there = |name: &str| columns.iter().flatten().any(|known| known == name);
    if let Some((name, line)) = mapping.lacking(table, is_there) {
        let said = format!("there is no column `{name}`, which the mapping reads");
        let remedy = format!("{}, line {line}: name the column that holds this, or take the rule away", mapping.file);
        wrong.get_or_insert((0, Wrong::Unmapped { said, remedy }));
    }
    (columns, wrong)
}
