//! The outcome of a whole `brag test`, for the writers of its formats.

use crate::{
    authoring::{cause::Difference, trial::Trial},
    error::Exit,
    report::{View, failed::described, page::Page, test_text},
};
use serde::Serialize;
use serde_json::{Value, json};

/// What became of every case.
#[derive(Debug, Default)]
pub struct Tested {
    /// The cases that were run, in order.
    pub trials: Vec<Trial>,
    /// Snapshots whose case is gone.
    pub orphans: Vec<String>,
    /// Policies without a worked case.
    pub empty: Vec<String>,
    /// Cases that were not run, because the run stopped at the first finding.
    pub not_run: usize,
    /// Whether differences were left for review.
    pub proposed: bool,
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Cases that were run.
    pub cases: usize,
    /// Of these, those without a finding.
    pub passed: usize,
    /// Not as expected.
    pub unexpected: usize,
    /// With a difference that waits for a decision.
    pub pending: usize,
    /// With a difference that was accepted in this run.
    pub updated: usize,
    /// That could not be run.
    pub errors: usize,
    /// With neither expectation nor snapshot.
    pub silent: usize,
    /// Snapshots without a case.
    pub orphans: usize,
    /// Expectations that nobody confirmed.
    pub unconfirmed: usize,
    /// Expected flags that no rule of the policy can raise.
    pub unchecked: usize,
    /// Not run.
    pub not_run: usize,
}

impl Tested {
    /// The differences that wait for a decision.
    pub fn pending(&self) -> impl Iterator<Item = &Difference> {
        self.trials.iter().filter(|trial| trial.is_pending()).filter_map(|trial| trial.difference.as_ref())
    }

    /// How many of each there are.
    #[must_use]
    pub fn count(&self) -> Count {
        let of = |keep: fn(&Trial) -> bool| self.trials.iter().filter(|trial| keep(trial)).count();
        Count {
            cases: self.trials.len(),
            passed: of(Trial::passed),
            unexpected: of(|trial| !trial.held.wrong.is_empty()),
            pending: of(Trial::is_pending),
            updated: of(|trial| trial.updated),
            errors: of(|trial| trial.error.is_some()),
            silent: of(|trial| trial.says_nothing),
            orphans: self.orphans.len(),
            unconfirmed: of(|trial| trial.unconfirmed),
            unchecked: self.trials.iter().map(|trial| trial.held.unchecked.len()).sum(),
            not_run: self.not_run,
        }
    }

    /// How the run ends.
    #[must_use]
    pub fn exit(&self) -> Exit {
        let found = if self.orphans.is_empty() && self.empty.is_empty() { Exit::Done } else { Exit::Finding };
        self.trials.iter().map(Trial::exit).fold(found, Exit::max)
    }
}

impl View for Tested {
    fn draw(&self, page: &mut Page) {
        page.raw(&test_text::text(self));
    }

    fn json(&self) -> Value {
        json!({
            "cases": self.trials.iter().map(trial).collect::<Vec<_>>(),
            "orphans": self.orphans,
            "without_cases": self.empty,
            "count": self.count(),
        })
    }
}

fn trial(trial: &Trial) -> Value {
    json!({
        "policy": trial.policy,
        "case": trial.case,
        "file": trial.file,
        "snapshot": trial.name,
        "passed": trial.passed(),
        "error": trial.error.as_deref().map(|error| described(error, None)),
        "not_as_expected": trial.held.wrong,
        "not_checked": trial.held.unchecked,
        "difference": trial.difference,
        "accepted": trial.updated,
        "expects": trial.expects,
        "unconfirmed": trial.unconfirmed,
    })
}
