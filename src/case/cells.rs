//! The cells of a row of comma-separated values, told apart as RFC 4180 says, on one line.

use std::borrow::Cow;

/// A cell, and the byte of its row at which it begins.
pub(super) struct Cell<'a> {
    pub(super) at: usize,
    pub(super) text: Cow<'a, str>,
}

/// A cell as it is written, in quotes where it must be.
pub(super) fn written(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cells of a row, or the byte at which it cannot be read.
pub(super) fn cells(row: &str) -> Result<Vec<Cell<'_>>, usize> {
    let mut cells = Vec::with_capacity(16);
    let mut rest = row;
    loop {
        let at = row.len() - rest.len();
        let (cell, after) = length(rest).and_then(|length| rest.split_at_checked(length)).ok_or(at)?;
        let text = match cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
            Some(inside) if inside.contains('"') => Cow::Owned(inside.replace("\"\"", "\"")),
            Some(inside) => Cow::Borrowed(inside),
            None => Cow::Borrowed(cell),
        };
        cells.push(Cell { at, text });
        match after.strip_prefix(',') {
            Some(further) => rest = further,
            None => return Ok(cells),
        }
    }
}

/// The length of the first cell of a row, its quotes included; none where its quotes are not closed.
fn length(row: &str) -> Option<usize> {
    let bytes = row.as_bytes();
    if bytes.first() != Some(&b'"') {
        let end = memchr::memchr(b',', bytes).unwrap_or(bytes.len());
        return bytes.get(..end).filter(|cell| !cell.contains(&b'"')).map(|_| end);
    }
    let mut at = 1;
    loop {
        let quote = at + memchr::memchr(b'"', bytes.get(at..)?)?;
        match bytes.get(quote + 1) {
            Some(b'"') => at = quote + 2,
            Some(b',') | None => return Some(quote + 1),
            Some(_) => return None,
        }
    }
}
