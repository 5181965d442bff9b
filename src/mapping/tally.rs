//! What a mapping passes over, or takes for another word, because it says so: counted, so that nobody has to wonder.

use crate::case::fault::Mark;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count of one thing that a mapping does.
#[derive(Debug)]
pub struct Tally {
    /// The input that it is done for.
    pub path: String,
    /// Where the mapping says so.
    pub at: Mark,
    /// What is done, after a number.
    pub what: String,
    count: AtomicUsize,
}

impl Tally {
    pub(super) fn new(path: String, at: Mark, what: String) -> Self {
        Self { path, at, what, count: AtomicUsize::new(0) }
    }

    /// How often so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    pub(super) fn once_more(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}
