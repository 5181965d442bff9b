//! How many cases may be run: for a question, for a region of it, and for all questions together.

use super::Pool;

/// Cases that are run for one question.
pub(super) const MAX_RUN: usize = 1_500;
/// Cases that are run for one region that is not cut further.
const MAX_RUN_HERE: usize = 160;
/// Cases that are run for one that is.
const MAX_RUN_WHERE_CUT: usize = 24;
/// Steps that a case takes for one run of it; one that takes more counts for as many more.
const STEPS_OF_A_RUN: u64 = 5_000;
/// Steps of the cases that are run for all questions together.
pub(super) const MAX_STEPS: u64 = 30_000_000;
/// Cases that may still be run for one question where others have taken all of those.
const MAX_RUN_AFTER: usize = 50;

impl Pool<'_> {
    /// Begins with another question.
    pub const fn begin(&mut self) {
        self.left = self.may_run(MAX_RUN);
    }

    /// How many cases of so many may be run for a question.
    pub(super) const fn may_run(&self, most: usize) -> usize {
        if self.steps_left > 0 { most } else { MAX_RUN_AFTER }
    }

    /// Takes so many runs, and as many more as some steps stand for, from those that are left; nothing where none is.
    pub(super) fn pay(&mut self, runs: usize, steps: u64) -> Option<()> {
        let runs = usize::try_from(steps / STEPS_OF_A_RUN).unwrap_or(usize::MAX).saturating_add(runs);
        let is_left = self.left > 0;
        self.left = self.left.saturating_sub(runs);
        self.steps_left = self.steps_left.saturating_sub(steps);
        is_left.then_some(())
    }

    /// Turns to a region, which is cut further or is not.
    pub const fn turn_to_region(&mut self, is_cut: bool) {
        self.left_here = Some(if is_cut { MAX_RUN_WHERE_CUT } else { MAX_RUN_HERE });
    }

    /// Turns to all cases, of which some are drawn.
    pub const fn turn_to_all(&mut self) {
        self.left_here = None;
    }
}
