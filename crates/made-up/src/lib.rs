//! A made-up caseload: cases of people who do not exist, as many as wanted, the same for a seed on every machine.
//!
//! A case depends on the seed, its number and the date alone. So a book of 1,000 cases is the beginning of a book of
//! 250,000, and a book of any size needs the memory of one case.
//!
//! What it is meant to look like, and where that comes from, stands in `docs/made-up-caseload.md`.

mod assessment;
mod contacts;
mod days;
mod dice;
mod fields;
mod history;
mod lacking;
mod life;
mod offences;
mod officers;
mod person;
mod preparations;
mod ratings;
mod requirements;
mod tier;
mod timeline;

pub use crate::dice::Dice;

use crate::days::Days;
use jiff::civil::{Date, date};
use serde_json::Value;

/// The date of a book that is not given another: every record in it is from before that day.
pub const DATE: Date = date(2019, 5, 20);
/// The last date of a book.
const LATEST: Date = date(9_900, 1, 1);

/// A book of made-up cases, without end.
///
/// ```
/// use brag_made_up::{Book, DATE};
/// use jiff::civil::Weekday;
///
/// let is_working = |date: jiff::civil::Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
/// let book = Book::new(1, DATE, is_working);
/// let cases: Vec<_> = book.cases().take(3).collect();
/// assert_eq!(cases[0]["crn"], "A000000");
/// assert_eq!(cases[2], book.case(2));
/// ```
pub struct Book {
    seed: u64,
    on: Date,
    days: Days,
}

impl Book {
    /// The book of a seed on a date, at the end of time on one some years before it, for a case has dates that lie ahead. People are
    /// seen and assessed on the days that `is_working` says are working days.
    pub fn new(seed: u64, on: Date, is_working: impl Fn(Date) -> bool + 'static) -> Self {
        Self { seed, on: on.min(LATEST), days: Days::new(is_working) }
    }

    /// The cases, as many as wanted. Each is a case as JSON, its keys in the order of the case model, assessed on the date
    /// of the book.
    pub fn cases(&self) -> impl Iterator<Item = Value> + '_ {
        (0..).map(|number| self.case(number))
    }

    /// The case of this number, from 0.
    #[must_use]
    pub fn case(&self, number: u64) -> Value {
        life::case(&self.days, self.seed, number, self.on)
    }
}

/// Whether the case of this number is the one of its run of twenty that lacks a fact the tier is decided by.
#[must_use]
pub fn lacks_a_fact(seed: u64, number: u64) -> bool {
    lacking::lacks_a_fact(seed, number)
}
