//! The worked cases of a policy, read once, to be run under one mutant after the other.

use crate::{
    authoring::{
        snapshot::{Snapshot, snapshot, text},
        snapshot_store::Folder,
        worked::{Answer, Ready, WorkedCase},
    },
    calendar::WorkingDays,
    decision::assessor::Assessor,
    error::Error,
    policy::Policy,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The worked cases.
#[derive(Debug)]
pub struct Bench<'c> {
    /// The policy as it is.
    pub policy: &'c Policy,
    /// The working days that due dates are reckoned with.
    pub days: &'c WorkingDays,
    /// The date instead of each case's own.
    pub on: Option<Date>,
    /// The cases that say something, in order of name.
    pub cases: Vec<Usual<'c>>,
    /// Those that do not come out as they must: what they would notice cannot be told.
    pub failing: Vec<String>,
}

/// A worked case, and what comes out of it under the policy as it is.
#[derive(Debug)]
pub struct Usual<'c> {
    /// The case.
    pub worked: &'c WorkedCase,
    /// The case, read.
    pub ready: Ready,
    /// What comes out.
    pub answer: Answer,
    /// What its snapshot holds, where it has an accepted one.
    accepted: Option<Snapshot>,
}

impl<'c> Bench<'c> {
    /// Reads and runs the worked cases once.
    ///
    /// # Errors
    ///
    /// When a case or a snapshot cannot be read.
    pub fn of(
        policy: &'c Policy,
        cases: impl Iterator<Item = &'c WorkedCase>,
        on: Option<Date>,
        days: &'c WorkingDays,
        snapshots: Option<&Folder>,
    ) -> Result<Self, Error> {
        let mut bench = Self { policy, days, on, cases: Vec::new(), failing: Vec::new() };
        let mut assessor = Assessor::new(policy);
        for worked in cases {
            let ready = worked.ready(policy, on).map_err(|error| *error)?;
            let Ok(answer) = ready.run(&mut assessor, days) else {
                bench.failing.push(worked.name.clone());
                continue;
            };
            let accepted = snapshots.map_or(Ok(None), |folder| folder.accepted(&worked.snapshot_name()))?;
            let differs = accepted.as_ref().is_some_and(|accepted| *accepted != text(&answer));
            if differs || !answer.held(policy).wrong.is_empty() {
                bench.failing.push(worked.name.clone());
            }
            let says = answer.expect.is_some() || accepted.is_some();
            if says {
                let accepted = accepted.map(|_| snapshot(&answer));
                bench.cases.push(Usual { worked, ready, answer, accepted });
            }
        }
        Ok(bench)
    }

    /// Why nothing can be learnt from the cases, where that is so.
    #[must_use]
    pub fn unfit(&self) -> Option<String> {
        let failing = (!self.failing.is_empty()).then(|| {
            let those = self.failing.join(", ");
            format!("worked cases do not come out as they must, which `brag test` tells more of: {those}")
        });
        let none = || self.cases.is_empty().then(|| "it has no worked case that says what must come out".to_owned());
        failing.or_else(none)
    }

    /// The dates that the cases are run on.
    #[must_use]
    pub fn dates(&self) -> BTreeSet<Date> {
        self.cases.iter().map(|case| case.ready.on).collect()
    }

    /// The first case that comes out otherwise under another policy than it must; a case that cannot be run does.
    #[must_use]
    pub fn noticed_by(&self, other: &Policy) -> Option<&str> {
        let mut assessor = Assessor::new(other);
        let notices = |case: &&Usual<'_>| {
            let Ok(answer) = case.ready.run(&mut assessor, self.days) else { return true };
            let differs = case.accepted.as_ref().is_some_and(|accepted| *accepted != snapshot(&answer));
            differs || !answer.held(other).wrong.is_empty()
        };
        self.cases.iter().find(notices).map(|case| case.worked.name.as_str())
    }

    /// Whether a case of this text notices another policy by what it expects.
    #[must_use]
    pub fn notices(&self, text: &str, other: &Policy) -> bool {
        let Some(any) = self.cases.first() else { return false };
        let case = WorkedCase { text: text.to_owned(), ..any.worked.clone() };
        // One that does not run under the policy as it is shows nothing.
        let runs = case.run(&mut Assessor::new(self.policy), self.on, self.days).is_ok();
        let ran = case.run(&mut Assessor::new(other), self.on, self.days);
        runs && ran.map_or(true, |answer| !answer.held(other).wrong.is_empty())
    }
}
