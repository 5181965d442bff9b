//! The outcome of a whole `brag test`, for the writers of its formats.

use crate::{
    authoring::{diff_cause::Difference, trial::Trial},
    error::Exit,
    report::{View, failed::described, page::Page, test_text},
};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

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
    /// The date whose rules and numbers the cases were run under, where it is not each case's own.
    pub law: Option<Date>,
}

impl Tested {
    /// The differences that wait for a decision.
    pub fn pending(&self) -> impl Iterator<Item = &Difference> {
        self.trials.iter().filter(|trial| trial.is_pending()).filter_map(|trial| trial.difference.as_ref())
    }

    /// How many cases were run, and passed.
    #[must_use]
    pub fn passed(&self) -> (usize, usize) {
        (self.trials.len(), self.count(Trial::passed))
    }

    fn count(&self, keep: impl Fn(&Trial) -> bool) -> usize {
        self.trials.iter().filter(|trial| keep(trial)).count()
    }

    /// How many of each finding there are, with its key for programs and its words for people.
    #[must_use]
    pub fn findings(&self) -> [(&'static str, usize, &'static str); 9] {
        let unchecked = self.trials.iter().map(|trial| trial.held.unchecked.len()).sum();
        [
            ("unexpected", self.count(|trial| !trial.held.wrong.is_empty()), "not as expected"),
            ("pending", self.count(Trial::is_pending), "changed"),
            ("updated", self.count(|trial| trial.updated), "accepted"),
            ("errors", self.count(|trial| trial.error.is_some()), "could not be run"),
            ("silent", self.count(|trial| trial.says_nothing), "without expectation"),
            ("orphans", self.orphans.len(), "orphaned"),
            ("unconfirmed", self.count(|trial| trial.unconfirmed), "unconfirmed"),
            ("unchecked", unchecked, "expected flags of another policy not checked"),
            ("not_run", self.not_run, "not run"),
        ]
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
        let (cases, passed) = self.passed();
        let counts = [("cases", cases), ("passed", passed)].into_iter();
        let counts = counts.chain(self.findings().map(|(key, count, _)| (key, count)));
        json!({
            "cases": self.trials.iter().map(trial).collect::<Vec<_>>(),
            "orphans": self.orphans,
            "without_cases": self.empty,
            "count": counts.map(|(key, count)| (key.to_owned(), json!(count))).collect::<Map<_, _>>(),
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
