//! What stands in a cell of a sheet, as the text that a table has for it.

use crate::case::sheet_cell::{SheetCell, TYPED};
use calamine::{DataRef, ExcelDateTime};

/// The text of a value: of a formula what it gave, of a date its day. An error, and a percentage, which is stored as another
/// number than is seen, are marked as what cannot be read.
pub(super) fn text_of(value: &DataRef<'_>, is_percent: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(_) | DataRef::Float(_) if is_percent => SheetCell::Percentage.mark(),
        DataRef::Int(number) => format!("{TYPED}{number}"),
        DataRef::Float(number) => format!("{TYPED}{}", as_shown(*number)),
        DataRef::String(text) => SheetCell::cleaned(text),
        DataRef::SharedString(text) => SheetCell::cleaned(text),
        DataRef::Bool(truth) => format!("{TYPED}{truth}"),
        DataRef::DateTime(moment) => format!("{TYPED}{}", day(moment)),
        DataRef::DateTimeIso(text) => format!("{TYPED}{}", text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) => SheetCell::Error.mark(),
    }
}

/// A number with the digits that a spreadsheet program keeps, shows and compares: what `=2.3*3` leaves is 6.9 there, and a binary
/// fraction a little below it in the file.
fn as_shown(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// The serial numbers of days in a sheet, from 1 January 1900 to the last of the year 9999. Others are shown as no date.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

/// A day, with the time where there is one.
fn day(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match (hour, minute, second) {
        _ if moment.is_duration() || !DAYS.contains(&moment.as_f64()) => moment.as_f64().to_string(),
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}
