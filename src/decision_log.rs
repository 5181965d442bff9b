//! Stage five, beside the caseload. In: answers as they were given. Out: one line each in a file that only grows, every line with
//! the hash of the one before, so that nothing can be changed, taken out or put elsewhere without being seen. Next:
//! `brag replay` reads it back and works every answer out again.

pub mod chain;
pub mod entry;
pub mod line;
pub mod standing;

pub use self::entry::Entry;
