//! What changed between two books as a workbook: a sheet of the changes, and one of the totals.

use crate::{
    error::Error,
    report::{
        book_diff::BookDiffReport,
        book_diff_csv::{HEAD, cells},
        sheet::{Sheet, workbook as of_sheets},
    },
};

/// The workbook.
///
/// # Errors
///
/// When there are more changes than a sheet may have rows.
pub fn workbook(report: &BookDiffReport) -> Result<Vec<u8>, Error> {
    let mut changes = Sheet::new("Changes", HEAD);
    report.ledger.changes.iter().for_each(|change| changes.row(cells(change)));
    let (columns, rows) = report.totals();
    let head = std::iter::once("officer").chain(columns).map(str::to_owned).collect();
    let mut totals = Sheet::with_head("Totals", head).numbers_from(1);
    for row in rows {
        totals.row(row);
    }
    of_sheets(&[changes, totals])
}
