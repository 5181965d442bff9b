//! Rows of a mapped table as records: of each the cells of the columns that the mapping reads.

use super::{
    chunk::{Broken, Chunks},
    decoded::decoded,
    lines::Stream,
    table::{Table, table},
};
use crate::{
    case::{
        cells::{Cell, Dialect},
        document::{Content, Key, Node},
        fault::{Fault, Mark, Wrong},
        row::{is_blank, name_of},
        sheet_cell::{SheetCell, TYPED},
        table_form::TableForm,
    },
    mapping::{Mapping, Named},
};
use std::{borrow::Cow, sync::Arc};

/// The columns of a table of which a mapping reads some.
#[derive(Debug)]
pub struct Rows {
    /// How a line is told apart into cells.
    dialect: Dialect,
    columns: Vec<Column>,
    /// What every column is called.
    names: Vec<String>,
    /// Where the header begins.
    at: Mark,
    /// What is wrong with the columns beside names that the mapping does not know, where that is to be found out and not to be
    /// refused.
    wrong: Vec<Fault>,
}

/// What is done with the cells of a column.
#[derive(Debug, PartialEq, Eq)]
enum Column {
    /// The mapping reads them, by this name.
    Read(String),
    Ignored,
    /// It has no name: nothing may stand in them.
    Nameless,
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
        // What the mapping says of text in bytes is for those of its tables that are text.
        let of_mapping = match name {
            Some(name) => mapping.tables.iter().find(|table| *table.name == *name).map(|table| &table.form),
            None => Some(&mapping.source),
        };
        let encoding = form.encoding.filter(|said| of_mapping.is_none_or(|form| form.table.encoding != Some(*said)));
        let own = TableForm { encoding, ..form.clone() };
        // The line that names the columns is the first with one that the mapping reads.
        let names = |cells: &[Cell<'_>]| cells.iter().any(|cell| called(cell, mapping, name).1 == Named::Used);
        let Table { header, at, dialect, rows, found } =
            table(stream, &own, &names).map_err(|broken| no_header(broken, form, mapping))?;
        let on_line = |mark: Mark| Mark { line: at.line + mark.line - 1, ..mark };
        let on_line = |fault: Fault| Fault { at: fault.at.map(on_line), ..fault };
        let cells = dialect.cells(&header).map_err(|fault| Broken::Wrong(on_line(fault)))?;
        let (columns, unnamed, wrong) = columns(&cells, mapping, name);
        let placed = |(column, wrong)| on_line(Fault::at("", Some(dialect.place(&header, &cells, column)), wrong));
        let (unnamed, wrong) = (unnamed.map(placed), wrong.into_iter().map(placed).collect::<Vec<_>>());
        if let Some(fault) = unnamed.as_ref().or(wrong.first()).filter(|_| !is_looked_at) {
            return Err(Broken::Wrong(fault.clone()));
        }
        let names = cells.iter().map(|cell| called(cell, mapping, name).0.into_owned()).collect();
        Ok((Self { dialect, columns, names, at, wrong }, rows, found))
    }

    /// What every column is called, and where the header begins.
    pub fn names(&self) -> (impl Iterator<Item = &str>, Mark) {
        (self.names.iter().map(String::as_str), self.at)
    }

    /// What is wrong with the columns beside names that the mapping does not know, where they were only looked at.
    #[must_use]
    pub fn wrong(&self) -> &[Fault] {
        &self.wrong
    }

    /// The record of a row that begins on a line of its file.
    ///
    /// # Errors
    ///
    /// When its cells cannot be told apart or are not as many as the columns, or one holds what cannot be read.
    pub fn read(&self, row: &str, line: usize) -> Result<Node, Fault> {
        let (record, fault) = self.readable(row, line)?;
        fault.map_or(Ok(record), Err)
    }

    /// What can be read of a row, and the first thing that cannot.
    ///
    /// # Errors
    ///
    /// When its cells cannot be told apart.
    pub fn readable(&self, row: &str, line: usize) -> Result<(Node, Option<Fault>), Fault> {
        let start = Mark { line, column: 1 };
        let placed = |at: Mark| Mark { line: line + at.line - 1, ..at };
        let cells = self.dialect.cells(row).map_err(|fault| Fault { at: fault.at.map(placed), ..fault })?;
        let (there, known) = (cells.len(), self.columns.len());
        let far = (known..).zip(cells.iter().skip(known)).find(|(_, cell)| !is_blank(&cell.text));
        let mut wrong = match far {
            Some((index, _)) if self.dialect.sheet.is_some() => {
                let at = placed(self.dialect.place(row, &cells, index));
                Some(Fault::at("", Some(at), Wrong::SheetCell(SheetCell::Far)))
            }
            far => (there < known || far.is_some())
                .then(|| Fault::at("", Some(start), Wrong::Cells { there, known, delimiter: self.dialect.delimiter })),
        };
        let mut entries = Vec::with_capacity(known);
        // Where the cells before this one end, so that the row is walked once.
        let (mut walked, mut at) = (0, start);
        for (index, (column, cell)) in self.columns.iter().zip(&cells).enumerate() {
            if *column == Column::Ignored || is_blank(&cell.text) {
                continue;
            }
            at = match self.dialect.sheet {
                Some(_) => placed(self.dialect.place(row, &cells, index)),
                None => after(at, row.get(walked..cell.at).unwrap_or_default()),
            };
            walked = cell.at;
            let unread = match (self.dialect.unreadable(cell), column) {
                (Some(why), _) => Wrong::SheetCell(why),
                (None, Column::Read(name)) => {
                    let text = &cell.text;
                    let text = if cell.is_typed { format!("{TYPED}{text}") } else { text.clone().into_owned() };
                    let content = Content::Scalar { text, plain: true };
                    entries.push((Key { name: name.clone(), at }, Node { at, content }));
                    continue;
                }
                (None, _) => Wrong::NamelessColumn,
            };
            wrong.get_or_insert_with(|| Fault::at("", Some(at), unread));
        }
        Ok((Node { at: start, content: Content::Map(entries) }, wrong))
    }
}

/// What a mapping says of a table whose columns are not found, as one that reads it needs to hear.
fn no_header(broken: Broken, form: &TableForm, mapping: &Mapping) -> Broken {
    let Broken::Wrong(Fault { wrong, at, path }) = broken else { return broken };
    let after = form.title_lines.map(|lines| format!("`title_lines` passes over {lines}"));
    let between = form.delimiter.map(|one| format!("`delimiter` says {one} between cells"));
    let said = [after, between].into_iter().flatten().collect::<Vec<_>>().join(", and ");
    let said = if said.is_empty() { said } else { format!(": {said}") };
    let file = &mapping.file;
    let (said, remedy) = match &wrong {
        Wrong::NoHeader => (
            format!("no line names a column that the mapping reads{said}"),
            format!("{file}: say what the columns are called, or how the source is written"),
        ),
        Wrong::NoHeadedSheet { hidden } => (
            format!("no sheet has a row that names a column which the mapping reads{said}"),
            if hidden.is_empty() {
                format!("{file}: say what the columns are called, or which row names them")
            } else {
                format!("hidden sheets are passed over, unless one is named with `--sheet` or `sheet`: {hidden}")
            },
        ),
        Wrong::SeveralSheets { known } => (
            "several sheets have a column that the mapping reads".to_owned(),
            format!("say which with `--sheet`, or `sheet` in {file}: {known}"),
        ),
        _ => return Broken::Wrong(Fault { path, at, wrong }),
    };
    Broken::Wrong(Fault { path, at, wrong: Wrong::Unmapped { said, remedy } })
}

fn after(at: Mark, text: &str) -> Mark {
    match text.rsplit_once('\n') {
        None => Mark { column: at.column + text.chars().count(), ..at },
        Some((before, last)) => {
            Mark { line: at.line + before.matches('\n').count() + 1, column: last.chars().count() + 1 }
        }
    }
}

/// What a column is called, and what the mapping does with it. A mapping may write a name over several lines as one with blanks.
fn called<'a>(cell: &'a Cell<'_>, mapping: &Mapping, table: Option<&str>) -> (Cow<'a, str>, Named) {
    let name = name_of(&cell.text);
    let named = mapping.column(table, name);
    if named == Named::Unknown && name.contains(['\n', '\r']) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = mapping.column(table, &name);
        return (Cow::Owned(name), named);
    }
    (Cow::Borrowed(name), named)
}

/// A column of this number, and what is wrong with it.
type WrongColumn = (usize, Wrong);

/// The columns, that some are not known, and what else is wrong with them.
fn columns(
    cells: &[Cell<'_>],
    mapping: &Mapping,
    table: Option<&str>,
) -> (Vec<Column>, Option<WrongColumn>, Vec<WrongColumn>) {
    let (mut columns, mut unknown, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let is_read = |columns: &[Column], name: &str| {
        columns.iter().any(|column| matches!(column, Column::Read(known) if known == name))
    };
    for (index, cell) in cells.iter().enumerate() {
        let (name, named) = called(cell, mapping, table);
        columns.push(match named {
            _ if name.is_empty() => Column::Nameless,
            Named::Used | Named::Above => {
                if is_read(&columns, &name) {
                    wrong.push((index, Wrong::DuplicateKey));
                }
                Column::Read(name.into_owned())
            }
            Named::Ignored(_) => Column::Ignored,
            Named::Unknown => {
                unknown.push(index);
                Column::Ignored
            }
        });
    }
    let unnamed = unknown.first().map(|first| {
        let said = match unknown.len() {
            1 => format!("column {} has a name that the mapping does not know", first + 1),
            many => {
                format!("{many} columns have names that the mapping does not know, the first is column {}", first + 1)
            }
        };
        let remedy =
            format!("map them in {}, or name them under `ignore`; `brag map check` lists them all", mapping.file);
        (*first, Wrong::Unmapped { said, remedy })
    });
    for (name, line) in mapping.lacking(table, |name| is_read(&columns, name)) {
        let said = format!("there is no column `{name}`, which the mapping reads");
        let remedy = format!("{}, line {line}: name the column that holds this, or take the rule away", mapping.file);
        wrong.push((0, Wrong::Unmapped { said, remedy }));
    }
    (columns, unnamed, wrong)
}
