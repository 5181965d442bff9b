//! A table of text as a stream of rows: what stands between its cells, and which of its lines names its columns, is found out
//! where it is not said.

use super::{
    chunk::{Broken, Chunk, Chunks},
    decoded::with_lines,
    lines::{Lines, Stream},
    workbook::{is_workbook, workbook},
};
use crate::case::{
    cells::{Cell, Dialect},
    document::MAX_BYTES,
    fault::{Fault, Mark, Wrong},
    row::name_of,
    table_form::{Delimiter, TableForm},
};
use std::{
    collections::VecDeque,
    io::{BufRead, Read},
};

/// Lines among which the one that names the columns is looked for.
pub(super) const HEAD: usize = 20;
/// The largest workbook, in bytes as it is packed.
const MAX_WORKBOOK: usize = 64 << 20;
/// Lines that a row may have: a quote that is never closed would make one of all that follow.
const MAX_LINES: usize = 100;

/// Says of cells whether they name the columns of a table.
pub type NamesColumns<'a> = &'a dyn Fn(&[Cell<'_>]) -> bool;

/// A table whose columns are named.
pub struct Table {
    /// The line that names the columns, and where it begins.
    pub header: String,
    /// Where that line begins.
    pub at: Mark,
    /// How a line is told apart into cells.
    pub dialect: Dialect,
    /// Its rows, each a chunk of that dialect.
    pub rows: Box<dyn Chunks>,
    /// What was found out of how it is written, where that is not what is usual.
    pub found: Vec<String>,
}

/// Finds the columns of a table of text, or of a sheet of a workbook. `names` says of the cells of a line whether they name columns; the first such line does, below
/// as many as are passed over.
///
/// # Errors
///
/// When the stream cannot be read, is empty, or has no such line.
pub fn table(mut stream: Stream, form: &TableForm, names: NamesColumns<'_>) -> Result<Table, Broken> {
    if is_workbook(stream.fill_buf()?) {
        let mut bytes = Vec::new();
        stream.take(MAX_WORKBOOK as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_WORKBOOK {
            return Err(Broken::Wrong(Fault::whole(Wrong::TooLarge { limit: MAX_WORKBOOK })));
        }
        return workbook(bytes, form, names);
    }
    let (stream, is_old) = with_lines(stream)?;
    let mut table = text(stream, form, names)?;
    if is_old {
        table.found.push("its lines end as on an old Macintosh".to_owned());
    }
    Ok(table)
}

fn text(stream: Stream, form: &TableForm, names: NamesColumns<'_>) -> Result<Table, Broken> {
    let (lines, ahead, dialect) = (Lines::of(stream), VecDeque::new(), Dialect::default());
    let mut rows = TextRows { lines, ahead, dialect, columns: 0 };
    for _ in 0..form.title_lines.unwrap_or(0) {
        rows.lines.advance()?;
    }
    let nothing = || Broken::Wrong(Fault::whole(Wrong::Empty));
    let mut line = rows.useful()?.ok_or_else(nothing)?;
    let said = separator(&line.text);
    if said.is_some() {
        line = rows.useful()?.ok_or_else(nothing)?;
    }
    let delimiters = form.delimiter.or(said).map_or(Delimiter::ALL.to_vec(), |one| vec![one]);
    // By which dialect a text names the columns.
    let header_by = |text: &[u8]| {
        let text = str::from_utf8(text).ok()?;
        let dialects = delimiters.iter().map(|delimiter| Dialect { delimiter: *delimiter, sheet: None });
        dialects.into_iter().find(|dialect| dialect.cells(text).is_ok_and(|cells| names(&cells)))
    };
    // A zero byte stands in text of two bytes a letter.
    let is_text = str::from_utf8(&line.text).is_ok_and(|text| !text.contains('\0'));
    let (first, most) = (line.number, if form.title_lines.is_some() { 1 } else { HEAD });
    let mut passed = 0;
    let dialect = loop {
        if let Some(dialect) = header_by(&line.text) {
            break dialect;
        }
        // A name may have a line break in it.
        if is_open(&line.text)
            && let Some(text) = rows.joined(&line, |text| header_by(text).is_some())?
        {
            line.text = text;
            continue;
        }
        passed += 1;
        // No line more is waited for than is needed: whoever writes a row and waits has its answer.
        let next = if passed < most { rows.useful()? } else { None };
        let wrong = if is_text { Wrong::NoHeader } else { Wrong::NotUtf8 };
        line = next.ok_or_else(|| Broken::Wrong(Fault::at("", Some(Mark { line: first, column: 1 }), wrong)))?;
    };
    let header = line;
    let mut found = Vec::new();
    if dialect.delimiter != Delimiter::Comma && form.delimiter.is_none() {
        found.push(format!("cells are separated by {}", dialect.delimiter));
    }
    if passed > 0 {
        found.push(format!("line {} names the columns", header.number));
    }
    let rows = TextRows { columns: columns(&dialect, &header.text), dialect: dialect.clone(), ..rows };
    let text = String::from_utf8(header.text).map_err(|_| Broken::Wrong(Fault::whole(Wrong::NotUtf8)))?;
    Ok(Table { header: text, at: Mark { line: header.number, column: 1 }, dialect, rows: Box::new(rows), found })
}

/// Whether cells name the columns of a table of cases.
#[must_use]
pub fn names_crn(cells: &[Cell<'_>]) -> bool {
    cells.iter().any(|cell| name_of(&cell.text).eq_ignore_ascii_case("crn"))
}

#[derive(Debug, Clone, Default)]
struct Line {
    number: usize,
    text: Vec<u8>,
}

/// What a spreadsheet says first of what stands between cells.
fn separator(line: &[u8]) -> Option<Delimiter> {
    let text = str::from_utf8(line).ok()?.trim_start_matches('"');
    let sign = text.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| text.get(4..5))?;
    Delimiter::parse(sign).ok()
}

fn columns(dialect: &Dialect, header: &[u8]) -> usize {
    str::from_utf8(header).ok().and_then(|text| dialect.cells(text).ok()).map_or(0, |cells| cells.len())
}

/// Whether nothing stands in a row, which may consist of empty cells: spreadsheets write such rows for those that were used once.
fn is_blank(line: &[u8], delimiters: &[Delimiter]) -> bool {
    let is_nothing = |byte: &u8| b" \t\r\x0c\"".contains(byte) || delimiters.iter().any(|one| one.byte() == *byte);
    line.iter().all(is_nothing) && !is_open(line)
}

/// Every row on which something stands.
struct TextRows {
    lines: Lines,
    /// Lines that were read and not yet given.
    ahead: VecDeque<Line>,
    dialect: Dialect,
    columns: usize,
}

impl TextRows {
    fn next_line(&mut self) -> Result<Option<Line>, Broken> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let is_there = self.lines.advance()?;
        Ok(is_there.then(|| Line { number: self.lines.number, text: self.lines.line().to_vec() }))
    }

    /// The next line on which something stands, before the columns are known.
    fn useful(&mut self) -> Result<Option<Line>, Broken> {
        while let Some(line) = self.next_line()? {
            if !is_blank(&line.text, &Delimiter::ALL) {
                self.lines.useful();
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// The row that begins on a line whose quotes are open, if the lines that follow make it one. Else they are rows by themselves.
    fn joined(&mut self, line: &Line, is_row: impl Fn(&[u8]) -> bool) -> Result<Option<Vec<u8>>, Broken> {
        let mut row = line.text.clone();
        for taken in 0..MAX_LINES {
            while self.ahead.len() <= taken {
                if !self.lines.advance()? {
                    return Ok(None);
                }
                let text = self.lines.line().to_vec();
                self.ahead.push_back(Line { number: self.lines.number, text });
            }
            let Some(next) = self.ahead.get(taken) else { return Ok(None) };
            let closes = is_open(&next.text);
            row.push(b'\n');
            row.extend_from_slice(&next.text);
            if row.len() > MAX_BYTES {
                return Ok(None);
            }
            if closes {
                let is_row = is_row(&row);
                self.ahead.drain(..if is_row { taken + 1 } else { 0 });
                return Ok(is_row.then_some(row));
            }
        }
        Ok(None)
    }
}

/// Whether a line has quotes that are not closed on it, or closes some.
fn is_open(line: &[u8]) -> bool {
    memchr::memchr_iter(b'"', line).count() % 2 == 1
}

impl Chunks for TextRows {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        while let Some(line) = self.next_line()? {
            if is_blank(&line.text, &[self.dialect.delimiter]) {
                continue;
            }
            let (dialect, known) = (self.dialect.clone(), self.columns);
            let is_row = |row: &[u8]| columns(&dialect, row) >= known;
            let joined = if is_open(&line.text) { self.joined(&line, is_row)? } else { None };
            let chunk = Chunk::new(Mark { line: line.number, column: 1 }, joined.unwrap_or(line.text));
            if chunk.bytes.len() <= MAX_BYTES {
                self.lines.useful();
            }
            return Ok(Some(chunk));
        }
        Ok(None)
    }

    fn is_at_hand(&self) -> bool {
        !(self.ahead.is_empty() && self.lines.is_used_up())
    }
}
