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
mod lacking;
mod life;
mod offences;
mod officers;
mod person;
mod ratings;
mod requirements;
mod tier;
mod timeline;

use self::days::Days;
use jiff::civil::{Date, date};
use serde_json::Value;

/// The date of a book that is not given another: every record in it is from before that day.
pub const DATE: Date = date(2019, 5, 20);

/// The cases of a book, without end: take as many as wanted. Each is a case as JSON, its keys in the order of the case
/// model, assessed on this date.
///
/// ```
/// use brag::{authoring::made_up, case::Case};
/// let book: Vec<_> = made_up::caseload(1, made_up::DATE).take(3).collect();
/// assert_eq!(book[2], made_up::case(1, made_up::DATE, 2));
/// assert!(Case::parse(&book[2].to_string()).is_ok());
/// ```
pub fn caseload(seed: u64, on: Date) -> impl Iterator<Item = Value> {
    let days = Days::shipped();
    (0..).map(move |number| life::case(&days, seed, number, on))
}

/// The case of this number, from 0.
#[must_use]
pub fn case(seed: u64, on: Date, number: u64) -> Value {
    life::case(&Days::shipped(), seed, number, on)
}

/// Whether the case of this number is the one of its run of twenty that lacks a fact the tier is decided by.
#[must_use]
pub fn lacks_a_fact(seed: u64, number: u64) -> bool {
    lacking::lacks_a_fact(seed, number)
}
