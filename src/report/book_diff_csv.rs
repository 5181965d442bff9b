//! What changed between two books as comma-separated values, a change a row.

use crate::{book_diff::BookChange, report::csv_row};

/// The names of the columns.
pub(super) const HEAD: &str = "crn,officer,office,change,tier,before,after,date,days_overdue,why\n";

/// The changes under a line of column names.
#[must_use]
pub fn csv(changes: &[BookChange]) -> String {
    let mut written = HEAD.as_bytes().to_vec();
    for change in changes {
        csv_row::write(cells(change), &mut written);
    }
    String::from_utf8(written).unwrap_or_default()
}

/// The cells of a change.
pub(super) fn cells(change: &BookChange) -> [String; 10] {
    let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    [
        text(&change.crn),
        text(&change.officer),
        text(&change.office),
        change.change.as_str().to_owned(),
        text(&change.tier),
        text(&change.before),
        text(&change.after),
        change.date.map(|date| date.to_string()).unwrap_or_default(),
        if change.days_overdue == 0 { String::new() } else { change.days_overdue.to_string() },
        text(&change.why),
    ]
}
