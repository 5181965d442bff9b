//! The outcome of a whole `brag test`, for the writers of its formats.

use crate::{
    authoring::{diff_cause::Difference, held::Mismatch, trial::Trial},
    error::{Error, Exit},
    report::{
        View,
        failed::{DescribedError, described},
        page::Page,
        test_text,
    },
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

/// What became of every case.
#[derive(Debug, Default)]
pub struct Tested {
    /// The cases that were run, in order.
    pub trials: Vec<Trial>,
    /// Snapshots whose case is gone.
    pub orphans: Vec<String>,
    /// Policies without a worked case.
    pub empty: Vec<String>,
    /// Policies that cannot be run, and why.
    pub failed: Vec<(String, Error)>,
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

    fn count(&self, keep: impl Fn(&Trial) -> bool) -> usize {
        self.trials.iter().filter(|trial| keep(trial)).count()
    }

    /// How many cases there are of each kind.
    #[must_use]
    pub fn counts(&self) -> TestCounts {
        TestCounts {
            cases: self.trials.len(),
            passed: self.count(Trial::passed),
            unexpected: self.count(|trial| !trial.held.wrong.is_empty()),
            pending: self.count(Trial::is_pending),
            updated: self.count(|trial| trial.updated),
            errors: self.count(|trial| trial.error.is_some()) + self.failed.len(),
            silent: self.count(|trial| trial.says_nothing),
            orphans: self.orphans.len(),
            unconfirmed: self.count(|trial| trial.unconfirmed),
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

    fn json(&self) -> impl Serialize {
        json!(TestDocument {
            cases: self.trials.iter().map(TrialRecord::of).collect(),
            orphans: &self.orphans,
            without_cases: &self.empty,
            failed: self
                .failed
                .iter()
                .map(|(policy, error)| FailedPolicy { policy, error: described(error, None) })
                .collect(),
            count: self.counts(),
        })
    }
}

/// The outcome of a run of worked cases. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Tested")]
pub(super) struct TestDocument<'a> {
    /// The cases that were run, in order.
    cases: Vec<TrialRecord<'a>>,
    /// Snapshots whose case is gone.
    orphans: &'a [String],
    /// Policies without a worked case.
    without_cases: &'a [String],
    /// Policies that cannot be run.
    failed: Vec<FailedPolicy<'a>>,
    /// How many there are of each kind.
    count: TestCounts,
}

/// A policy that cannot be run.
#[derive(Serialize, JsonSchema)]
struct FailedPolicy<'a> {
    /// Its name.
    policy: &'a str,
    /// Why not.
    error: DescribedError,
}

/// What became of a worked case.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Trial")]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
struct TrialRecord<'a> {
    /// The policy.
    policy: &'a str,
    /// The case.
    case: &'a str,
    /// Its file, as messages call it.
    file: &'a str,
    /// Name of its snapshot.
    snapshot: &'a str,
    /// Whether everything came out as it must.
    passed: bool,
    /// Why it could not be run.
    error: Option<DescribedError>,
    /// What differs from what must come out.
    not_as_expected: &'a [Mismatch],
    /// Expected flags that no rule of the policy can raise, so that nothing was learnt.
    not_checked: &'a [String],
    /// What differs from what was accepted.
    difference: Option<&'a Difference>,
    /// Whether the difference was accepted in this run.
    accepted: bool,
    /// Whether the case says what must come out.
    expects: bool,
    /// Whether a program wrote the expectation and nobody confirmed it.
    unconfirmed: bool,
}

impl<'a> TrialRecord<'a> {
    fn of(trial: &'a Trial) -> Self {
        Self {
            policy: &trial.policy,
            case: &trial.case,
            file: &trial.file,
            snapshot: &trial.name,
            passed: trial.passed(),
            error: trial.error.as_deref().map(|error| described(error, None)),
            not_as_expected: &trial.held.wrong,
            not_checked: &trial.held.unchecked,
            difference: trial.difference.as_ref(),
            accepted: trial.updated,
            expects: trial.expects,
            unconfirmed: trial.unconfirmed,
        }
    }
}

/// How many worked cases there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TestCounts {
    /// Cases that were run.
    pub cases: usize,
    /// Those that passed.
    pub passed: usize,
    /// Those that did not come out as they must.
    pub unexpected: usize,
    /// Those whose answer changed since it was accepted.
    pub pending: usize,
    /// Those whose answer was accepted in this run.
    pub updated: usize,
    /// Those that could not be run.
    pub errors: usize,
    /// Those that say nothing of what must come out.
    pub silent: usize,
    /// Snapshots whose case is gone.
    pub orphans: usize,
    /// Those whose expectation nobody confirmed.
    pub unconfirmed: usize,
    /// Expected flags of another policy that were not checked.
    pub unchecked: usize,
    /// Cases that were not run.
    pub not_run: usize,
}

impl TestCounts {
    /// Each finding in words, with how many there are.
    #[must_use]
    pub const fn findings(self) -> [(usize, &'static str); 9] {
        [
            (self.unexpected, "not as expected"),
            (self.pending, "changed"),
            (self.updated, "accepted"),
            (self.errors, "could not be run"),
            (self.silent, "without expectation"),
            (self.orphans, "orphaned"),
            (self.unconfirmed, "unconfirmed"),
            (self.unchecked, "expected flags of another policy not checked"),
            (self.not_run, "not run"),
        ]
    }
}
