//! Stage five, beside the caseload. In: where every case of a book stood, and where it stands in a later one. Out: what changed
//! in between, a change a row: who is newly overdue and who is no longer, whose tier moved, who was reviewed, who came and who
//! left, per officer. Next: a [`crate::report`] writes it.

pub mod change;
pub mod ledger;
pub mod position;
pub mod recorded_answer;

pub use self::{change::BookChange, ledger::Ledger, position::Position};
