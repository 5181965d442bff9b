//! What a revision names: `HEAD`, a branch, a tag or the first digits of a commit, with `~2` or `^2` behind it for a parent.

use super::{GitFault, Repository};
use crate::case::fault::nearest;
use gix_hash::{ObjectId, Prefix};
use gix_object::{FindExt, FindHeader, Kind};
use gix_ref::file::ReferenceExt;
use std::collections::HashSet;

/// Most commits that a revision goes back, and tags that point to one another.
const MAX_STEPS: usize = 100_000;
/// Fewest digits that name a commit.
const FEWEST_DIGITS: usize = 4;

impl Repository {
    /// The commit that a revision names.
    ///
    /// # Errors
    ///
    /// When there is none, there are several, or the clone does not have it.
    pub fn commit(&self, revision: &str) -> Result<ObjectId, GitFault> {
        let (name, steps) =
            revision.split_at_checked(revision.find(['~', '^']).unwrap_or(revision.len())).unwrap_or_default();
        let not_read = || GitFault::NotRead { revision: revision.to_owned() };
        if name.is_empty() || name.contains("@{") || name.starts_with(['-', ':']) {
            return Err(not_read());
        }
        let mut commit = self.peeled(self.named(name)?, name)?;
        for step in steps_of(steps).ok_or_else(not_read)? {
            let revision = || revision.to_owned();
            commit = match self.parent(commit, step)? {
                Some(parent) => parent,
                None if self.is_cut_off_at(commit) => return Err(GitFault::Shallow { revision: revision() }),
                None => return Err(GitFault::TooFar { revision: revision() }),
            };
        }
        Ok(commit)
    }

    /// What a name or some digits stand for; a name comes first.
    fn named(&self, name: &str) -> Result<ObjectId, GitFault> {
        let known = if name == "@" { "HEAD" } else { name };
        // What cannot be the name of a branch or a tag can still be the digits of a commit, or is unknown.
        if let Ok(Some(mut reference)) = self.refs.try_find(known) {
            return reference.peel_to_id(&self.refs, &self.objects).map_err(|_| self.unknown(name));
        }
        let is_digits = name.len() >= FEWEST_DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let prefix = is_digits.then(|| Prefix::from_hex(name).ok()).flatten().ok_or_else(|| self.unknown(name))?;
        let mut all = HashSet::default();
        match self.objects.lookup_prefix(prefix, Some(&mut all)) {
            Ok(Some(Ok(id))) => Ok(id),
            Ok(Some(Err(()))) => {
                all.retain(|id| matches!(self.kind(*id), Ok(Kind::Commit | Kind::Tag)));
                let mut all = all.into_iter();
                match (all.next(), all.next()) {
                    (Some(only), None) => Ok(only),
                    _ => Err(GitFault::Ambiguous { revision: name.to_owned() }),
                }
            }
            Ok(None) => Err(self.unknown(name)),
            Err(error) => Err(GitFault::unreadable(&error)),
        }
    }

    fn unknown(&self, name: &str) -> GitFault {
        let names: Vec<String> = self
            .refs
            .iter()
            .ok()
            .and_then(|all| all.all().ok().map(|all| all.flatten().map(|one| one.name.shorten().to_string()).collect()))
            .unwrap_or_default();
        GitFault::Unknown { revision: name.to_owned(), near: nearest(name, &names).map(str::to_owned) }
    }

    fn kind(&self, id: ObjectId) -> Result<Kind, GitFault> {
        let about = FindHeader::try_header(&self.objects, &id).map_err(|error| GitFault::unreadable(&*error))?;
        Ok(about.ok_or(GitFault::Lacking)?.kind)
    }

    /// The commit that a tag leads to.
    fn peeled(&self, mut id: ObjectId, name: &str) -> Result<ObjectId, GitFault> {
        for _ in 0..MAX_STEPS {
            match self.kind(id)? {
                Kind::Commit => return Ok(id),
                Kind::Tag => {
                    let mut buffer = Vec::new();
                    id =
                        self.objects.find_tag(&id, &mut buffer).map_err(|error| GitFault::unreadable(&error))?.target();
                }
                Kind::Tree | Kind::Blob => break,
            }
        }
        Err(GitFault::NoCommit { revision: name.to_owned() })
    }

    /// A parent of a commit, counted from 1, where the repository has it.
    fn parent(&self, commit: ObjectId, number: usize) -> Result<Option<ObjectId>, GitFault> {
        let mut buffer = Vec::new();
        let commit = self.objects.find_commit(&commit, &mut buffer).map_err(|error| GitFault::unreadable(&error))?;
        let parent = commit.parents().nth(number.saturating_sub(1));
        Ok(parent.filter(|parent| self.kind(*parent).is_ok()))
    }

    pub(super) fn tree_of(&self, commit: ObjectId) -> Result<ObjectId, GitFault> {
        let mut buffer = Vec::new();
        self.objects.find_commit(&commit, &mut buffer).map(|commit| commit.tree()).map_err(|_| GitFault::Lacking)
    }
}

/// The parents to go to one after the other, counted from 1: `~2` is the first one twice, `^2` the second one, `^0` and
/// `^{commit}` the commit itself.
fn steps_of(text: &str) -> Option<Vec<usize>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        rest = rest.strip_prefix(sign)?;
        if let Some(after) = rest.strip_prefix("{commit}").or_else(|| rest.strip_prefix("{}")).filter(|_| sign == '^') {
            rest = after;
            continue;
        }
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let (number, after) = rest.split_at_checked(digits)?;
        let number: usize = if number.is_empty() { 1 } else { number.parse().ok()? };
        rest = after;
        match sign {
            '~' if steps.len().saturating_add(number) <= MAX_STEPS => steps.extend(std::iter::repeat_n(1, number)),
            '^' if number == 0 => {}
            '^' => steps.push(number),
            _ => return None,
        }
    }
    Some(steps)
}
