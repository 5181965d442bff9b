//! Stage one. In: a case file. Out: a [`Case`], what is known about one person, checked against the case model.
//! Next: a [`crate::policy`] decides it.
//!
//! A field is declared once, in a `record!` of this module: that gives its type, its line in the JSON Schema, its row in
//! the table of inputs, and its name in a policy script.

pub(crate) mod advice;
pub mod answer_date;
pub mod as_of;
pub mod cells;
pub mod check;
mod column;
pub mod dated;
pub mod day;
pub mod derived;
pub mod digest;
pub mod document;
pub mod domain;
pub mod expect;
pub mod fault;
pub mod faults;
mod grouped;
pub mod input;
pub mod json;
pub mod keys;
pub mod later;
mod leaf;
pub mod local;
pub mod model;
pub mod number;
pub mod oasys;
pub mod parse;
pub mod phase;
pub mod planning;
pub mod read;
pub mod record;
pub mod registered;
pub mod risk;
pub mod row;
pub mod schema;
pub mod sentence;
pub mod sheet_cell;
mod slips;
mod strict;
pub mod supervision;
pub mod table_form;
pub mod text;
pub mod value;
pub mod words;

pub use self::model::Case;
