//! The worked cases and snapshots that a command line names: of some policies, or of all.

use crate::{
    authoring::{
        snapshot_store::Folder,
        trial,
        worked::{self, WorkedCase},
    },
    cli::policy_choice::{self, Choice},
    error::Error,
    policy::source::Shelf,
};
use std::path::{Path, PathBuf};

/// A policy with its worked cases and where their snapshots are.
#[derive(Debug)]
pub struct Suite {
    /// The policy.
    pub choice: Choice,
    /// Its worked cases.
    pub cases: Vec<WorkedCase>,
    /// Its snapshots; none for a policy that is built in.
    pub snapshots: Option<Folder>,
}

/// The policies that some words name; all of the project when there are none.
///
/// # Errors
///
/// When there is no such policy.
pub fn choices(words: &[String], global: Option<&str>) -> Result<Vec<Choice>, Error> {
    match (words, global) {
        ([], None) => policy_choice::of_project(),
        ([], Some(name)) => Ok(vec![policy_choice::named(Some(name))?]),
        (words, _) => words.iter().try_fold(Vec::new(), |mut all, word| {
            all.extend(one_or_folder(word)?);
            Ok(all)
        }),
    }
}

/// A word may also be a whole folder of policies.
fn one_or_folder(word: &str) -> Result<Vec<Choice>, Error> {
    let shelf = Shelf::Folder(PathBuf::from(word));
    let names = shelf.names();
    if names.is_empty() {
        return Ok(vec![policy_choice::named(Some(word))?]);
    }
    Ok(names.into_iter().map(|name| Choice { shelf: shelf.clone(), name }).collect())
}

impl Suite {
    /// The suite of a policy.
    ///
    /// # Errors
    ///
    /// When a worked case cannot be read.
    pub fn of(choice: Choice) -> Result<Self, Error> {
        let cases = worked::all(&choice.shelf, &choice.name)?;
        Ok(Self { cases, snapshots: snapshots(&choice), choice })
    }

    /// Its snapshots in a folder whose case is gone.
    pub fn orphans(&self, folder: &Folder) -> Vec<String> {
        trial::orphans(folder, &self.choice.name, &self.choice.shelf.names(), &self.cases)
    }

    /// Where its worked cases stand.
    ///
    /// # Errors
    ///
    /// When the policy is built in, or one of a commit.
    pub fn cases_folder(&self) -> Result<PathBuf, Error> {
        match &self.choice.shelf {
            Shelf::Folder(root) => Ok(root.join(&self.choice.name).join("cases")),
            Shelf::Shipped | Shelf::Commit(_) => {
                let message = "this policy is built in or one of a commit, and has no folder to write to";
                Err(Error::input(&self.choice.name, message))
            }
        }
    }
}

/// Where the snapshots of a policy are: in its `snapshots`, where it has them or stands alone, else beside the folder of policies.
pub fn snapshots(choice: &Choice) -> Option<Folder> {
    let Shelf::Folder(root) = &choice.shelf else { return None };
    let inside = root.join(&choice.name).join("snapshots");
    if inside.is_dir() {
        return Some(Folder::at(inside));
    }
    let is_shelf = |path: &Path| path.file_name().is_some_and(|name| name == "policies");
    let real = root.canonicalize().unwrap_or_else(|_| root.clone());
    if !is_shelf(&real) && !policy_choice::is_of_project(root) {
        return Some(Folder::at(inside));
    }
    let beside = root.parent().filter(|_| is_shelf(root)).or(real.parent());
    beside.map(|beside| Folder::at(beside.join("snapshots")))
}
