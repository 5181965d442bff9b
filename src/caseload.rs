//! Stage five. In: many cases, each with what became of it. Out: the patterns that a policy's `caseload` function finds in
//! them, per officer, per office and over all. Next: a [`crate::report`] writes it.

pub mod book;
pub mod chunk;
mod json_stream;
pub mod lines;
pub mod ordered_map;
pub mod raw_case;
pub mod stream;
pub mod unpack;
mod yaml_stream;

pub use self::book::Level;

use self::book::{Row, book};
use crate::policy::{
    Policy,
    book::{CASELOAD, Pattern},
    fault::PolicyFault,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Most cases that are looked at as one book: a script has its limits, and a pattern over more says little.
pub const MAX_ROWS: usize = 1_500;

/// A book: whose cases, and how many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Book {
    /// Whose.
    pub level: Level,
    /// Reference of the officer, or the office; nothing over all.
    pub name: Option<String>,
    /// How many.
    pub of: usize,
}

/// A pattern and the book that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The book.
    #[serde(flatten)]
    pub book: Book,
    /// The policy that found it.
    pub policy: String,
    /// The pattern.
    #[serde(flatten)]
    pub pattern: Pattern,
}

/// What was found in many cases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Patterns {
    /// The patterns, by officer, by office, over all.
    pub found: Vec<Found>,
    /// Books with too many cases to be looked at as one.
    pub too_large: Vec<Book>,
}

/// The patterns that a policy, and those that run with it, find in many cases on a date.
///
/// # Errors
///
/// When a `caseload` function fails.
pub fn patterns(policy: &Policy, rows: &[Row], on: Date) -> Result<Patterns, Box<PolicyFault>> {
    let mut patterns = Patterns::default();
    let looking = std::iter::once(policy)
        .chain(policy.companions())
        .filter(|policy| policy.reserved().contains_key(CASELOAD))
        .map(|policy| Ok((policy, policy.book_edition(on)?)))
        .collect::<Result<Vec<_>, PolicyFault>>()?;
    for ((level, name), rows) in books(rows) {
        let whose = Book { level, name, of: rows.len() };
        if rows.len() > MAX_ROWS {
            patterns.too_large.push(whose);
            continue;
        }
        let book = book(level, whose.name.as_deref(), &rows);
        for (policy, edition) in &looking {
            let found = edition.caseload(&book)?;
            patterns.found.extend(found.into_iter().map(|pattern| Found {
                book: whose.clone(),
                policy: policy.name().to_string(),
                pattern,
            }));
        }
    }
    Ok(patterns)
}

type Books<'a> = BTreeMap<(Level, Option<String>), Vec<&'a Row>>;

fn books(rows: &[Row]) -> Books<'_> {
    let mut books = Books::new();
    for row in rows {
        for (level, name) in [(Level::Officer, &row.officer), (Level::Office, &row.office)] {
            if name.is_some() {
                books.entry((level, name.clone())).or_default().push(row);
            }
        }
        books.entry((Level::All, None)).or_default().push(row);
    }
    books
}
