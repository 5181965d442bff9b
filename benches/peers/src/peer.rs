//! What the harness asks of a peer, and what the shared helper asks of a rule language.

use crate::{
    answer::{Answer, Effects, Standards, Tier},
    book::Book,
    facts::{Assumed, Fact},
    range::{Frame, settled_by_filling},
};
use brag::case::Case;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Why a language gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It needs a fact that the case does not give.
    Missing(Fact),
    /// It failed.
    Failed(String),
}

impl From<Fact> for Stop {
    fn from(fact: Fact) -> Self {
        Self::Missing(fact)
    }
}

/// The rules in some language. `at` is the place of the case in the book, for inputs that were prepared before.
pub trait Language {
    /// What every rule says.
    ///
    /// # Errors
    ///
    /// The first fact that a rule misses, or what failed.
    fn rules(&mut self, at: usize, case: &Case, assumed: &Assumed) -> Result<Effects, Stop>;

    /// What every rule says by itself: one that misses a fact counts as not fired.
    ///
    /// # Errors
    ///
    /// What failed.
    fn settled(&mut self, at: usize, case: &Case, frame: &Frame) -> Result<Effects, Stop> {
        settled_by_filling(self, at, case, frame)
    }

    /// What follows from a tier.
    ///
    /// # Errors
    ///
    /// As [`Language::rules`].
    fn standards(&mut self, at: usize, case: &Case, assumed: &Assumed, tier: Tier) -> Result<Standards, Stop>;
}

/// One way to decide the cases of a book.
pub trait Peer {
    /// Its name in the table.
    fn name(&self) -> &'static str;

    /// Converts the inputs of the cases, before anything is timed, and forgets what an earlier run left.
    ///
    /// # Errors
    ///
    /// What cannot be converted.
    fn prepare(&mut self, book: &Book) -> Result<(), String>;

    /// Decides one case, for checking.
    ///
    /// # Errors
    ///
    /// What failed.
    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String>;

    /// The time that deciding some cases of the book takes, one after the other.
    ///
    /// # Errors
    ///
    /// What failed.
    fn pass(&mut self, book: &Book, which: &[usize]) -> Result<Duration, String> {
        let began = Instant::now();
        for at in which {
            black_box(self.decide(book, *at)?);
        }
        Ok(began.elapsed())
    }
}
