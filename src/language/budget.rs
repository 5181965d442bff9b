//! How far a policy may go with one case, or with one look at a book: work and memory, counted alike on every machine. There is no clock in it.

use crate::language::wrong::Wrong;

/// Steps and bytes that are left.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    steps: u64,
    bytes: u64,
    /// Steps that there were at first.
    given: u64,
    /// What it is, or is a part of.
    limits: Limits,
}

#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Most steps: a statement, a turn of a loop, a call, or an entry that a word looks at is one.
    steps: u64,
    /// Most bytes that values may take, those that are gone again counted too.
    bytes: u64,
    /// What they are for.
    subject: &'static str,
}

const OF_A_CASE: Limits = Limits { steps: 2_000_000, bytes: 24 << 20, subject: "one case" };
/// Of a book as large as any.
const OF_A_BOOK: Limits = Limits { steps: 60_000_000, bytes: 1 << 30, subject: "one look at a book" };
/// Of one without cases, and what each case adds to that.
const OF_NO_CASE: Limits = Limits { steps: 4_000_000, bytes: 96 << 20, ..OF_A_BOOK };
const EACH_CASE: Limits = Limits { steps: 2_000, bytes: 8 << 10, ..OF_A_BOOK };

impl Budget {
    /// That of one case.
    #[must_use]
    pub const fn of_a_case() -> Self {
        Self::of(OF_A_CASE)
    }

    /// That of one look at a book of so many cases.
    #[must_use]
    pub fn of_a_book(cases: usize) -> Self {
        let cases = cases as u64;
        let steps = cases.saturating_mul(EACH_CASE.steps).saturating_add(OF_NO_CASE.steps).min(OF_A_BOOK.steps);
        let bytes = cases.saturating_mul(EACH_CASE.bytes).saturating_add(OF_NO_CASE.bytes).min(OF_A_BOOK.bytes);
        Self::of(Limits { steps, bytes, ..OF_A_BOOK })
    }

    const fn of(limits: Limits) -> Self {
        Self { steps: limits.steps, bytes: limits.bytes, given: limits.steps, limits }
    }

    /// A part of what is left, for a search that must leave something to others.
    #[must_use]
    pub const fn part(&self, one_in: u64) -> Self {
        let steps = self.steps / one_in;
        Self { steps, bytes: self.bytes / one_in, given: steps, limits: self.limits }
    }

    /// How many steps were taken.
    #[must_use]
    pub const fn taken(&self) -> u64 {
        self.given.saturating_sub(self.steps)
    }

    /// Whether half of it is left.
    #[must_use]
    pub const fn is_half_left(&self) -> bool {
        self.taken() <= self.limits.steps / 2 && self.bytes >= self.limits.bytes / 2
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
        let Limits { steps, subject, .. } = self.limits;
        Wrong::limit(
            format!("still running after {steps} steps, the limit for {subject}"),
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
                let Limits { bytes, subject, .. } = self.limits;
                Err(Wrong::limit(
                    format!("its lists and texts take more than {} MB, the limit for {subject}", bytes >> 20),
                    "look for a loop that adds to one of them",
                ))
            }
        }
    }
}
