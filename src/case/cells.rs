//! The cells of a row, told apart as RFC 4180 says, whatever stands between them.

use super::{
    fault::{Fault, Mark, Wrong},
    sheet_cell::{SheetCell, TYPED},
    table_form::Delimiter,
};
use std::{borrow::Cow, sync::Arc};

/// A cell, and the byte of its row at which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Where it begins, its quote included, in bytes of the row.
    pub at: usize,
    /// What it says, without quotes.
    pub text: Cow<'a, str>,
    /// Whether it is a value of a sheet, and no text.
    pub is_typed: bool,
}

/// How the rows of a table are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// The sheet that they are from, where it is a workbook. What stands in a sheet has a row and a column, and no text around it.
    pub sheet: Option<Arc<str>>,
}

impl Dialect {
    /// The cells of a row.
    ///
    /// # Errors
    ///
    /// When its quotes cannot be told apart, at the cell, counted from the row as line 1.
    pub fn cells<'a>(&self, row: &'a str) -> Result<Vec<Cell<'a>>, Fault> {
        let mut cells = Vec::with_capacity(16);
        let (delimiter, mut rest) = (self.delimiter.byte(), row);
        loop {
            let at = row.len() - rest.len();
            let split = length(rest, delimiter).and_then(|length| rest.split_at_checked(length));
            let Some((cell, after)) = split else {
                let said =
                    "a quote that is not closed, or that stands inside a cell: double it, and put the cell in quotes";
                return Err(Fault::at("", Some(mark(row, at)), Wrong::Syntax { said: said.to_owned() }));
            };
            let text = match cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
                Some(inside) if inside.contains('"') => Cow::Owned(inside.replace("\"\"", "\"")),
                Some(inside) => Cow::Borrowed(inside),
                None => Cow::Borrowed(cell),
            };
            let typed =
                self.sheet.as_ref().and_then(|_| text.strip_prefix(TYPED)).map(|typed| Cow::Owned(typed.to_owned()));
            cells.push(Cell { at, is_typed: typed.is_some(), text: typed.unwrap_or(text) });
            match after.strip_prefix(char::from(delimiter)) {
                Some(further) => rest = further,
                None => return Ok(cells),
            }
        }
    }

    /// Why a cell of a sheet holds nothing that can be taken, if it does.
    #[must_use]
    pub fn unreadable(&self, cell: &Cell<'_>) -> Option<SheetCell> {
        self.sheet.as_ref().and_then(|_| SheetCell::of(&cell.text))
    }

    /// Where a cell of a row stands, counted from the row as line 1.
    #[must_use]
    pub fn place(&self, row: &str, cells: &[Cell<'_>], index: usize) -> Mark {
        match (&self.sheet, cells.get(index)) {
            (Some(_), cell) => {
                let far = cell.and_then(|cell| SheetCell::far_column(&cell.text));
                Mark { line: 1, column: far.unwrap_or(index) + 1 }
            }
            (None, Some(cell)) => mark(row, cell.at),
            (None, None) => Mark { line: 1, column: 1 },
        }
    }
}

fn mark(row: &str, at: usize) -> Mark {
    let before = row.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    Mark { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// A cell as it is written between commas, in quotes where it must be.
pub(crate) fn written(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The length of the first cell of a row, its quotes included; none where its quotes are not closed.
fn length(row: &str, delimiter: u8) -> Option<usize> {
    let bytes = row.as_bytes();
    if bytes.first() != Some(&b'"') {
        let end = memchr::memchr(delimiter, bytes).unwrap_or(bytes.len());
        return bytes.get(..end).filter(|cell| !cell.contains(&b'"')).map(|_| end);
    }
    let mut at = 1;
    loop {
        let quote = at + memchr::memchr(b'"', bytes.get(at..)?)?;
        match bytes.get(quote + 1) {
            Some(b'"') => at = quote + 2,
            Some(next) if *next != delimiter => return None,
            _ => return Some(quote + 1),
        }
    }
}
