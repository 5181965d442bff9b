//! What a joined table takes of memory, and how much of it is kept: its rows may stand in any order, so none can be let go.

use super::joined::Row;
use crate::case::fault::{Fault, Mark, Wrong};
use std::sync::atomic::AtomicBool;

/// The most that the tables of a run may take, in bytes: some three million rows.
pub const MAX_SIZE: usize = 768 << 20;
/// The most rows of one case: more would not fit into it, and each becomes a tree.
pub(super) const MAX_ROWS: usize = 50_000;

/// What a row takes beside its text: its place in a list, which has room for as many more, and what the memory of a text takes.
pub(super) const ROW: usize = 2 * size_of::<(Mark, Row)>() + 24;
/// What a row takes with which something is wrong.
pub(super) const WRONG: usize = 2 * size_of::<(Fault, AtomicBool)>() + 256;
/// What a case takes, however many rows it has.
pub(super) const OF_CASE: usize = 320;

/// The fault of a table that is not kept. `is_beside_others` says that those before it take a part of the room.
pub(super) fn too_large(is_beside_others: bool) -> Fault {
    let with = if is_beside_others { ", with the tables before it" } else { "" };
    let said = format!("its rows would take more than {} MB of memory{with}", MAX_SIZE >> 20);
    let remedy = "divide the cases, by office or by team, and run each part with the rows that are its own".to_owned();
    Fault::whole(Wrong::Unmapped { said, remedy })
}

/// The fault of a case with more rows than are joined to one, at the first too many.
pub(super) fn too_many(at: Mark) -> Fault {
    let said = format!("more than {MAX_ROWS} rows have the reference of one case, and this is the first too many");
    let remedy = "give each row the reference of its own case, or take out what is too old to count".to_owned();
    Fault::at("", Some(at), Wrong::Unmapped { said, remedy })
}
