//! The policies that the lines of a log name: as they are now, and where that is not what they were, as a commit of a git history
//! had them. A trial is run with what it took otherwise.

use crate::{
    cli::{global::Global, policy_choice},
    decision_log::entry::LoggedPolicy,
    error::Error,
    git::{GitFault, Item, Repository},
    language::fault::PolicyFault,
    policy::{
        Policy,
        committed::Committed,
        source::{RULES, Shelf},
    },
};
use std::{ops::ControlFlow, path::Path};

/// A policy as lines of a log name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPolicy {
    /// Its name, its digest and what it took otherwise.
    pub policy: LoggedPolicy,
    /// The names of those that ran with it.
    pub with: Vec<String>,
}

/// A policy that a commit had.
#[derive(Debug, Clone)]
pub struct PastPolicy {
    /// Its place among those that the log names.
    pub at: usize,
    /// Where it stood: the commit, and the folder in it.
    pub place: String,
}

/// The policies that are at hand, in the order in which the log names them, each of the name if not of the digest; and which of
/// them a commit had.
#[derive(Debug, Default)]
pub struct PoliciesAtHand {
    /// The policies; none where there is none of the name.
    pub policies: Vec<Option<Policy>>,
    /// Those that were found in the history.
    pub past: Vec<PastPolicy>,
}

impl NamedPolicy {
    fn is_that(&self, policy: &Policy) -> bool {
        **policy.digest() == *self.policy.digest
    }

    /// The policy of a shelf, run as this one was.
    fn of(&self, place: &Shelf, called: &str, global: &Global) -> Result<Policy, Error> {
        let set = |line: &String| line.split_once(" = ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        let set: Vec<(String, String)> = self.policy.trial.iter().filter_map(set).collect();
        let plain = |_: PolicyFault| Policy::load(place, called, &[]);
        let mut policy = Policy::load(place, called, &set).or_else(plain)?;
        let known: Vec<String> = policy.companions().iter().map(|one| one.name().to_string()).collect();
        for companion in known.iter().filter(|name| !self.with.contains(name)) {
            policy.leave_out(companion);
        }
        let policy = match self.policy.law {
            Some(law) => policy.under_law_of(law),
            None => policy,
        };
        Ok(if global.holidays.is_some() { policy.reckoning_with(&global.working_days()?) } else { policy })
    }
}

/// The policies that a log names: those of `--policy`, else those of their names, and where they are no longer the same those of
/// a repository.
///
/// # Errors
///
/// When one of them is invalid, or there is no repository.
pub fn at_hand(named: &[NamedPolicy], repo: Option<&Path>, global: &Global) -> Result<PoliciesAtHand, Error> {
    let now = |one: &NamedPolicy| {
        // One that is no longer there is told of at each of its lines.
        let choice = policy_choice::named(global.policy.as_deref().or(Some(one.policy.name.as_str()))).ok();
        choice.map(|choice| one.of(&choice.shelf, &choice.name, global)).transpose()
    };
    let policies = named.iter().map(now).collect::<Result<Vec<_>, Error>>()?;
    let mut found = PoliciesAtHand { policies, past: Vec::new() };
    if let Some(repo) = repo {
        let unreadable =
            |fault: GitFault| Error::input(repo.display().to_string(), fault.to_string()).with_help(fault.help());
        let repository = Repository::around(repo).map_err(unreadable)?;
        let repository = repository.ok_or_else(|| unreadable(GitFault::NoRepository))?;
        found.look_back(named, &repository, global);
    }
    Ok(found)
}

impl PoliciesAtHand {
    /// The places of those that are not what they were.
    fn missing(&self, named: &[NamedPolicy]) -> Vec<usize> {
        let all = named.iter().zip(&self.policies).enumerate();
        let is_other =
            |policy: &Option<Policy>, one: &NamedPolicy| !policy.as_ref().is_some_and(|now| one.is_that(now));
        all.filter(|(_, (one, policy))| is_other(policy, one)).map(|(at, _)| at).collect()
    }

    /// Looks for the missing ones in the history of a repository, whose files may be a policy by themselves.
    fn look_back(&mut self, named: &[NamedPolicy], repository: &Repository, global: &Global) {
        let own = repository.name();
        repository.past_folders(|past| {
            let missing = self.missing(named);
            if missing.is_empty() {
                return ControlFlow::Break(());
            }
            for (at, one) in missing.into_iter().filter_map(|at| Some((at, named.get(at)?))) {
                let name = &one.policy.name;
                let is_policy = |path: &str| matches!(past.folder.item(path), Ok(Some(Item::File(_))));
                let only = (past.path.is_empty() && own == *name && is_policy(RULES)).then(|| own.clone());
                if only.is_none() && !is_policy(&format!("{name}/{RULES}")) {
                    continue;
                }
                let called = format!("{}:{}", past.commit, past.path);
                let stands = Shelf::Commit(Box::new(Committed::new(past.folder.clone(), called, only)));
                // One that this program cannot read is not the one that gave the answer.
                let Some(policy) = one.of(&stands, name, global).ok().filter(|policy| one.is_that(policy)) else {
                    continue;
                };
                self.past.push(PastPolicy { at, place: stands.shown(name) });
                if let Some(place) = self.policies.get_mut(at) {
                    *place = Some(policy);
                }
            }
            ControlFlow::Continue(())
        });
        self.past.sort_by_key(|past| past.at);
    }
}
