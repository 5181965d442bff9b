//! How far a policy may go with one case: work and memory, counted alike on every machine. There is no clock in it.

use crate::language::wrong::Wrong;

/// Steps and bytes that are left.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    steps: u64,
    bytes: u64,
}

/// Most steps for one case: a statement, a turn of a loop, a call, or an entry that a word looks at is one.
pub const MAX_STEPS: u64 = 2_000_000;
/// Most bytes that the values of one case may take, those that are gone again counted too.
pub const MAX_BYTES: u64 = 24 << 20;
/// Most steps for one look at a book of many cases.
const MAX_BOOK_STEPS: u64 = 60_000_000;
/// Most bytes for one look at a book of many cases.
const MAX_BOOK_BYTES: u64 = 1 << 30;

impl Budget {
    /// That of one case.
    #[must_use]
    pub const fn of_a_case() -> Self {
        Self { steps: MAX_STEPS, bytes: MAX_BYTES }
    }

    /// That of one look at a book of many cases.
    #[must_use]
    pub const fn of_a_book() -> Self {
        Self { steps: MAX_BOOK_STEPS, bytes: MAX_BOOK_BYTES }
    }

    /// A part of what is left, for a search that must leave something to others.
    #[must_use]
    pub const fn part(&self, one_in: u64) -> Self {
        Self { steps: self.steps / one_in, bytes: self.bytes / one_in }
    }

    /// How many steps are left.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// Counts work.
    ///
    /// # Errors
    ///
    /// When there is not so much left.
    #[inline]
    pub fn work(&mut self, steps: usize) -> Result<(), Wrong> {
        match self.steps.checked_sub(steps as u64) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(self.spent()),
        }
    }

    #[cold]
    fn spent(&mut self) -> Wrong {
        self.steps = 0;
        Wrong::limit(
            format!("still running after {MAX_STEPS} steps, the limit for one case"),
            "look for loops inside loops, and for lists that grow",
        )
    }

    /// Counts memory.
    ///
    /// # Errors
    ///
    /// When there is not so much left.
    #[inline]
    pub fn room(&mut self, bytes: u64) -> Result<(), Wrong> {
        match self.bytes.checked_sub(bytes) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => {
                self.bytes = 0;
                Err(Wrong::limit(
                    format!("its lists and texts take more than {} MB, the limit for one case", MAX_BYTES >> 20),
                    "look for a loop that adds to one of them",
                ))
            }
        }
    }
}
