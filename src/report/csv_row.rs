//! The one writer of comma-separated values that a spreadsheet opens.

use crate::report::shown::shown;

/// Signs with which a spreadsheet begins a formula, the full-width ones too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Writes a row, a line each: what a spreadsheet would take for a formula stands behind an apostrophe. The numbers that this
/// program writes are counts, which have no sign.
pub fn write(cells: impl IntoIterator<Item = String>, to: &mut Vec<u8>) {
    let safe = |cell: String| {
        let cell = shown(&cell);
        if cell.trim_start().starts_with(FORMULA) { format!("'{cell}") } else { cell.into_owned() }
    };
    // Writing to memory cannot fail.
    let _ = csv::Writer::from_writer(to).write_record(cells.into_iter().map(safe));
}
