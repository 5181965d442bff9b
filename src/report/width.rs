//! How wide a page for people is: as the reader's terminal, or as a sheet where none is known.

use std::{ops::RangeInclusive, sync::OnceLock};

/// Width that lines are kept within where no terminal is known.
const LINES: usize = 96;
/// That of tables then.
const TABLES: usize = 100;
/// The widths that a terminal is believed to have.
const BELIEVED: RangeInclusive<usize> = 40..=400;
/// Columns of the reader's terminal.
static COLUMNS: OnceLock<usize> = OnceLock::new();

/// Says how many columns the reader's terminal has, before anything is drawn. What is said later, or cannot be, is not heard.
pub fn fit(columns: usize) {
    if BELIEVED.contains(&columns) {
        let _ = COLUMNS.set(columns);
    }
}

/// The columns of the reader's terminal, where they are known.
#[must_use]
pub fn fitted() -> Option<usize> {
    COLUMNS.get().copied()
}

/// Width that lines are kept within.
#[must_use]
pub fn width() -> usize {
    fitted().unwrap_or(LINES)
}

/// Width that tables are kept within.
#[must_use]
pub fn of_tables() -> usize {
    fitted().unwrap_or(TABLES)
}
