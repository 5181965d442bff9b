//! Stage five. In: many cases, each with what became of it. Out: what they add up to, per officer, per office and over all, and the
//! patterns that a policy's `caseload` function finds in them. Next: a [`crate::report`] writes it.

pub mod book;
pub mod carrying;
mod cell_text;
pub mod chunk;
pub mod decoded;
pub mod figures;
pub mod forecast;
pub mod joined;
pub mod joined_size;
mod json_stream;
pub mod level;
pub mod lines;
pub mod load;
pub mod mapped;
pub mod ordered_map;
mod packed_parts;
mod placed;
pub mod raw_case;
pub mod rows;
pub mod sample;
mod sheet_rows;
pub mod standing;
pub mod stream;
pub mod table;
pub mod target;
pub mod unpack;
mod unstored;
pub mod workbook;
pub mod wronged;
mod yaml_stream;

use self::{
    book::{Row, book},
    level::Level,
};
use crate::{
    case::Case,
    decision::assessor::Assessor,
    language::{fault::PolicyFault, pattern::Pattern},
    policy::Policy,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};

/// The function of a policy that looks at a book.
const CASELOAD: &str = "caseload";
/// A function that looks at a book sees no case: it is called on one of which nothing is known.
const NO_CASE: &str = r#"{"crn":"BOOK"}"#;

/// Most cases that are looked at as one book: a script has its limits, and a pattern over more says little.
pub const MAX_ROWS: usize = 1_500;

/// A book: whose cases, and how many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Book {
    /// Whose.
    pub level: Level,
    /// Reference of the officer, or the office; null over all.
    pub name: Option<Arc<str>>,
    /// How many cases.
    pub of: usize,
}

/// A pattern and the book that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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

/// Of a policy, and those that run with it, each that looks at a book.
pub fn looking(policy: &Policy) -> impl Iterator<Item = &Policy> {
    std::iter::once(policy).chain(policy.companions()).filter(|policy| policy.program().has(CASELOAD))
}

/// The patterns that a policy, and those that run with it, find in many cases on a date.
///
/// # Errors
///
/// When a `caseload` function fails.
pub fn patterns(policy: &Policy, rows: &[Row], on: Date) -> Result<Patterns, Box<PolicyFault>> {
    let mut patterns = Patterns::default();
    let mut looking: Vec<(&Policy, Assessor<'_>)> =
        looking(policy).map(|policy| (policy, Assessor::new(policy))).collect();
    let no_case: Arc<Case> = serde_json::from_str(NO_CASE)
        .map_err(|error| Box::new(PolicyFault::failed(&**policy.name(), error.to_string())))?;
    for ((level, name), rows) in books(rows) {
        let whose = Book { level, name, of: rows.len() };
        if rows.len() > MAX_ROWS {
            patterns.too_large.push(whose);
            continue;
        }
        let book = book(level, whose.name.as_ref(), &rows);
        for (policy, assessor) in &mut looking {
            let facts = assessor.facts(&no_case, on);
            let found = assessor.begin(&facts).evaluator.caseload(book.clone())?;
            patterns.found.extend(found.into_iter().map(|pattern| Found {
                book: whose.clone(),
                policy: policy.name().to_string(),
                pattern,
            }));
        }
    }
    Ok(patterns)
}

type Books<'a> = BTreeMap<(Level, Option<Arc<str>>), Vec<&'a Row>>;

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
