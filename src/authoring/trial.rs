//! A trial: every worked case of a policy run, held against what must come out and against its snapshot.

use crate::{
    authoring::{
        accepted_numbers::ChangedNumber,
        diff_cause::{Difference, difference},
        expected,
        held::Held,
        snapshot,
        snapshot_store::{About, Folder},
        worked::WorkedCase,
    },
    calendar::WorkingDays,
    decision::assessor::Assessor,
    error::{Error, Exit},
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What becomes of a text that is not the accepted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// Nothing is written.
    No,
    /// It is left for review.
    New,
    /// It is accepted.
    All,
}

/// How a trial is run.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The date instead of each case's own.
    pub on: Option<Date>,
    /// The calendar.
    pub days: &'a WorkingDays,
    /// Where the policy stands.
    pub shelf: &'a Shelf,
    /// Where the snapshots are; nowhere for the policies that are built in.
    pub snapshots: Option<&'a Folder>,
    /// What is written.
    pub update: Update,
    /// The numbers that are not those under which the snapshots were accepted.
    pub changed: &'a [ChangedNumber],
}

impl Terms<'_> {
    /// The numbers whose change makes a case come out otherwise than it was accepted: each that would bring the accepted answer
    /// back by itself, else all of them where they would together.
    fn blamed(&self, policy: &Policy, case: &WorkedCase, accepted: &str) -> Vec<ChangedNumber> {
        let gives_it = |policy: &Policy| {
            let ran = case.run(&mut Assessor::new(policy), self.on, self.days);
            ran.is_ok_and(|answer| snapshot::text(&answer) == accepted)
        };
        let alone = self.changed.iter().filter(|changed| gives_it(&changed.undone(policy)));
        let alone: Vec<ChangedNumber> = alone.cloned().collect();
        if !alone.is_empty() || self.changed.len() < 2 {
            return alone;
        }
        let all = self.changed.iter().fold(policy.clone(), |policy, changed| changed.undone(&policy));
        if gives_it(&all) { self.changed.to_vec() } else { Vec::new() }
    }
}

/// What became of one worked case.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is counted by itself")]
pub struct Trial {
    /// The policy.
    pub policy: String,
    /// The case.
    pub case: String,
    /// Name of its snapshot.
    pub name: String,
    /// How messages call its file.
    pub file: String,
    /// Why it could not be run.
    pub error: Option<Box<Error>>,
    /// What differs from what must come out.
    pub held: Held,
    /// What differs from its snapshot.
    pub difference: Option<Difference>,
    /// Whether a program wrote the expectation and nobody confirmed it.
    pub unconfirmed: bool,
    /// Whether it says what must come out.
    pub expects: bool,
    /// Whether it has neither an expectation nor an accepted snapshot, so that nothing is tested.
    pub says_nothing: bool,
    /// Whether the difference was accepted in this run.
    pub updated: bool,
}

impl Trial {
    /// Runs one worked case. What cannot be run is an outcome too.
    ///
    /// # Errors
    ///
    /// When a snapshot cannot be read or written.
    pub fn run(assessor: &mut Assessor<'_>, case: &WorkedCase, terms: &Terms<'_>) -> Result<Self, Error> {
        let mut trial = Self {
            policy: case.policy.clone(),
            case: case.name.clone(),
            name: case.snapshot_name(),
            file: case.file.clone(),
            error: None,
            held: Held::default(),
            difference: None,
            unconfirmed: false,
            expects: false,
            says_nothing: false,
            updated: false,
        };
        match case.run(assessor, terms.on, terms.days) {
            Err(error) => trial.error = Some(error),
            Ok(answer) => {
                let expect = answer.expect.as_ref();
                let unknown =
                    expect.and_then(|expect| expected::unknown(expect, assessor.policy(), terms.shelf, &case.text));
                trial.error = unknown.map(|fault| case.fault(fault));
                trial.held = answer.held(assessor.policy());
                trial.unconfirmed = answer.is_unconfirmed();
                trial.expects = expect.is_some_and(|expect| !expect.is_empty());
                trial.says_nothing = !trial.expects;
                if let (Some(folder), None) = (terms.snapshots, &trial.error) {
                    trial.compare(folder, &snapshot::text(&answer), case, terms)?;
                    if let Some(difference) = trial.difference.as_mut().filter(|one| one.old_tier.is_some()) {
                        difference.cause.numbers = terms.blamed(assessor.policy(), case, &difference.old);
                    }
                }
            }
        }
        Ok(trial)
    }

    fn compare(&mut self, folder: &Folder, text: &str, case: &WorkedCase, terms: &Terms<'_>) -> Result<(), Error> {
        let update = terms.update;
        let accepted = folder.accepted(&self.name)?;
        self.says_nothing &= accepted.is_none();
        if accepted.as_deref() == Some(text) {
            // What waits for review is of an earlier run and no longer comes out.
            return if update == Update::No { Ok(()) } else { folder.reject(&self.name) };
        }
        self.difference = Some(difference(&self.name, accepted.as_deref(), text));
        let about = About { source: case.source(), expression: format!("brag test {}", self.policy) };
        match update {
            Update::No => {}
            Update::New if folder.pending(&self.name)?.as_deref() == Some(text) => {}
            Update::New => folder.propose(&self.name, text, &about)?,
            Update::All => {
                folder.replace(&self.name, text, &about)?;
                self.updated = true;
                self.says_nothing = false;
            }
        }
        Ok(())
    }

    /// Whether nothing about it needs looking at. An expectation that nobody confirmed is listed, and does not fail.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.error.is_none() && self.held.wrong.is_empty() && !self.says_nothing && !self.is_pending()
    }

    /// Whether its difference waits for a decision.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.difference.is_some() && !self.updated
    }

    /// How the run ends because of it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match &self.error {
            Some(error) => error.exit(),
            None if self.passed() => Exit::Done,
            None => Exit::Finding,
        }
    }
}

/// The snapshots of a policy whose case is gone, accepted or pending; `beside` are the policies whose snapshots stand there too.
#[must_use]
pub fn orphans(folder: &Folder, policy: &str, beside: &[String], cases: &[WorkedCase]) -> Vec<String> {
    let expected: BTreeSet<String> = cases.iter().map(WorkedCase::snapshot_name).collect();
    let names = folder.accepted_names().into_iter().chain(folder.pending_names());
    let gone: BTreeSet<String> = names.filter(|name| is_of(name, policy, beside) && !expected.contains(name)).collect();
    gone.into_iter().collect()
}

/// Whether a snapshot is that of a policy, and not of one beside it whose name begins with the same words.
#[must_use]
pub fn is_of(name: &str, policy: &str, beside: &[String]) -> bool {
    let begins = |policy: &str| name.strip_prefix(policy).is_some_and(|rest| rest.starts_with("__"));
    begins(policy) && !beside.iter().any(|other| other.len() > policy.len() && begins(other))
}

/// The accepted snapshots of policies that are gone altogether.
#[must_use]
pub fn orphans_of_no_policy(folder: &Folder, policies: &[String]) -> Vec<String> {
    let known = |name: &str| policies.iter().any(|policy| is_of(name, policy, &[]));
    folder.accepted_names().into_iter().filter(|name| !known(name) && folder.is_ours(name)).collect()
}
