//! Which policy a run uses: the one named on the command line, in `brag.toml`, or the shipped default.

use crate::{
    check,
    cli::{
        global::Global,
        project::{PROJECT_FILE, Project},
        terminal::Terminal,
    },
    error::Error,
    git::{GitFault, Repository},
    policy::{
        Policy,
        committed::Committed,
        source::{PARAMETERS, RULES, Shelf},
    },
    report::shown::shown,
};
use std::path::{Path, PathBuf};

/// The policy that a run uses when nothing else is said.
const DEFAULT: &str = "bgsw";
/// Words that nothing ever has that are told of one by one.
const TOLD_OF_WORDS: usize = 3;

/// Where a policy stands.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The shelf.
    pub shelf: Shelf,
    /// Its name there.
    pub name: String,
}

/// The policy that a word names: a name, a folder with a `policy.rhai`, or one of a commit, `HEAD:policies/bgsw`; without one that
/// whose folder this is, or the default.
///
/// # Errors
///
/// When there is no such policy, or `brag.toml` is invalid.
pub fn named(asked: Option<&str>) -> Result<Choice, Error> {
    if let Some(path) = asked.filter(|asked| Path::new(asked).join(RULES).is_file()) {
        return from_folder(Path::new(path));
    }
    if let (None, Some(choice)) = (asked, around()) {
        return Ok(choice);
    }
    // A letter before the colon is a drive.
    let of_commit =
        asked.and_then(|asked| asked.split_once(':')).filter(|(revision, _)| revision.len() != 1 || *revision == "@");
    if let Some((revision, folder)) = of_commit {
        return from_commit(revision, folder)
            .map_err(|fault| Error::input(asked.unwrap_or_default(), fault.to_string()).with_help(fault.help()));
    }
    let project = Project::here()?;
    let own = project.shelf()?;
    let name = asked.or(project.policy.as_deref()).unwrap_or(DEFAULT).to_owned();
    let mut shelves = own.into_iter().chain([Shelf::Shipped]);
    let mut known = Vec::new();
    match shelves.find(|shelf| {
        known.extend(shelf.names());
        shelf.names().contains(&name)
    }) {
        Some(shelf) => Ok(Choice { shelf, name }),
        None => {
            known.sort();
            known.dedup();
            let meant = crate::case::fault::nearest(&name, &known).map(|meant| format!("did you mean `{meant}`? "));
            let help = format!("{}known: {}; a folder needs a {RULES}", meant.unwrap_or_default(), known.join(", "));
            match project.no_policy(&help).filter(|_| asked.is_none()) {
                Some(fault) => Err(fault.into()),
                None => Err(Error::input(name, "there is no such policy").with_help(help)),
            }
        }
    }
}

/// Every policy that can be named, with its shelf: those beside the one that is asked for first, then the project's own.
///
/// # Errors
///
/// When there is no such policy, or `brag.toml` is invalid.
pub fn all(asked: Option<&str>) -> Result<Vec<Choice>, Error> {
    let own = Project::here()?.shelf()?;
    let asked = asked.map(|asked| named(Some(asked))).transpose()?.map(|choice| choice.shelf);
    let asked = asked.filter(|shelf| !matches!(shelf, Shelf::Shipped));
    let mut all: Vec<Choice> = Vec::new();
    for shelf in asked.into_iter().chain(own).chain([Shelf::Shipped]) {
        let further = shelf.names().into_iter().filter(|name| all.iter().all(|known| known.name != *name));
        let further: Vec<Choice> = further.map(|name| Choice { shelf: shelf.clone(), name }).collect();
        all.extend(further);
    }
    Ok(all)
}

/// The policies of the project, or the one whose folder this is; those that are built in where there is no project.
///
/// # Errors
///
/// When `brag.toml` is invalid.
pub fn of_project() -> Result<Vec<Choice>, Error> {
    if let Some(choice) = around() {
        return Ok(vec![choice]);
    }
    let shelf = Project::here()?.shelf()?.unwrap_or(Shelf::Shipped);
    Ok(shelf.names().into_iter().map(|name| Choice { shelf: shelf.clone(), name }).collect())
}

/// The folder that a new policy belongs into: that of the project, or `policies` here.
///
/// # Errors
///
/// When `brag.toml` is invalid.
pub fn folder_of_policies() -> Result<PathBuf, Error> {
    Ok(Project::here()?.folder_of_policies())
}

/// The policy in whose folder this is, or in a folder of which; nothing where a project begins nearer.
fn around() -> Option<Choice> {
    let here = std::env::current_dir().ok()?;
    let mut shelf = PathBuf::new();
    for folder in here.ancestors() {
        shelf.push("..");
        if folder.join(RULES).is_file() {
            let name = folder.file_name()?.to_string_lossy().into_owned();
            return Some(Choice { shelf: Shelf::Folder(shelf), name });
        }
        if folder.join(PROJECT_FILE).is_file() || folder.join("policies").is_dir() {
            return None;
        }
    }
    None
}

/// Whether a folder of policies is that of the project, wherever `brag.toml` puts it.
pub fn is_of_project(root: &Path) -> bool {
    let own = Project::here().and_then(|project| project.shelf()).ok().flatten();
    matches!(own, Some(Shelf::Folder(own)) if own.canonicalize().ok() == root.canonicalize().ok())
}

fn from_folder(path: &Path) -> Result<Choice, Error> {
    let real = path.canonicalize().map_err(|error| Error::unreadable(path, &error))?;
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
    let shown = path.parent().map(Path::to_path_buf).filter(|parent| !parent.as_os_str().is_empty());
    let ends_in_name = path.file_name().map(|last| last.to_string_lossy().into_owned()) == name;
    let shelf = match (shown, ends_in_name) {
        (Some(parent), true) => parent,
        (None, true) => PathBuf::from("."),
        _ => real.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf),
    };
    Ok(Choice { shelf: Shelf::Folder(shelf), name: name.unwrap_or_default() })
}

fn from_commit(revision: &str, folder: &str) -> Result<Choice, GitFault> {
    let here = Path::new(".");
    let repository = Repository::around(here)?.ok_or(GitFault::NoRepository)?;
    let top = repository.top(revision)?;
    let nowhere = || GitFault::NoFolder { revision: revision.to_owned(), path: folder.to_owned() };
    let path = repository.from_top(folder, here).ok_or_else(nowhere)?;
    if path.is_empty() {
        let name = repository.name();
        let shelf = Committed::new(top, format!("{revision}:"), Some(name.clone()));
        return Ok(Choice { shelf: Shelf::Commit(Box::new(shelf)), name });
    }
    if top.folder(&path)?.ok_or_else(nowhere)?.item(RULES)?.is_none() {
        return Err(GitFault::NoPolicy { revision: revision.to_owned(), path });
    }
    let (parent, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let inside = if parent.is_empty() { top } else { top.folder(parent)?.ok_or_else(nowhere)? };
    let shelf = Committed::new(inside, format!("{revision}:{parent}"), None);
    Ok(Choice { shelf: Shelf::Commit(Box::new(shelf)), name: name.to_owned() })
}

/// The files that a run may read of the policies that these words name: `brag.toml`, and every script and every file of numbers in the folders beside it,
/// from which it may import, and which may run with it.
///
/// # Errors
///
/// When there is no such policy, or `brag.toml` is invalid.
pub fn files(words: &[Option<&str>]) -> Result<Vec<PathBuf>, Error> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut files: Vec<PathBuf> = here.ancestors().map(|folder| folder.join(PROJECT_FILE)).collect();
    let inside = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        entries.map(|entry| entry.path())
    };
    let read = |path: &PathBuf| path.ends_with(PARAMETERS) || path.extension().is_some_and(|ending| ending == "rhai");
    for word in words {
        if let Shelf::Folder(root) = named(*word)?.shelf {
            files.extend(inside(root).flat_map(inside).filter(read));
        }
    }
    Ok(files)
}

/// Loads the policy that the command line asks for.
///
/// # Errors
///
/// When there is no such policy, or it is invalid.
pub fn load(global: &Global, set: &[(String, String)], terminal: &mut Terminal) -> Result<Policy, Error> {
    let choice = named(global.policy.as_deref())?;
    let reading = Policy::read(&choice.shelf, &choice.name, set)?;
    let beside = with_built_in(&reading.policy);
    let from = choice.shelf.shown(&choice.name);
    terminal.whisper(&shown(&format!("policy {} from {from}{}", choice.name, beside.unwrap_or_default())));
    if !reading.faults.is_empty() {
        // What this run sets is no fault of the policy.
        let alone = Policy::read(&choice.shelf, &choice.name, &[])?;
        terminal.say_after_error((!alone.faults.is_empty()).then(|| check::summary(&alone)));
    }
    let policy = marked(&choice.shelf, under(global, reading.whole()?), terminal);
    warn_of_never_met(&choice, &policy, terminal);
    Ok(if global.holidays.is_some() { policy.reckoning_with(&global.working_days()?) } else { policy })
}

/// Says which words of a policy nothing ever has: it is run all the same, and somebody may come out too low. What is built in has none.
pub fn warn_of_never_met(choice: &Choice, policy: &Policy, terminal: &mut Terminal) {
    let found = if matches!(choice.shelf, Shelf::Shipped) { Vec::new() } else { check::never_met(policy) };
    for fault in found.iter().take(TOLD_OF_WORDS) {
        let place = [fault.line, fault.column].into_iter().flatten().map(|number| format!(":{number}"));
        let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let place: String = place.collect();
        terminal.say(&shown(&format!("{}{place}: warning: {}{help}", fault.file, fault.message)));
    }
    if found.len() > TOLD_OF_WORDS {
        let more = found.len() - TOLD_OF_WORDS;
        terminal.say(&shown(&format!("{more} more of the kind: `brag check {}`", choice.name)));
    }
}

/// What is said of a policy of a folder that rests on files which are built into the program; nothing of any other.
pub fn with_built_in(policy: &Policy) -> Option<String> {
    let files = policy.built_in_beside();
    (!files.is_empty()).then(|| format!(", with what is built in of {}", files.join(", ")))
}

/// The policy, which says so where it rests on files of a repository that are in no commit, or on those of the program in place of
/// files that are in one.
pub fn marked(shelf: &Shelf, policy: Policy, terminal: &mut Terminal) -> Policy {
    let Shelf::Folder(root) = shelf else { return policy };
    let uncommitted = || -> Result<Vec<String>, GitFault> {
        let Some(repository) = Repository::around(&root.join(&**policy.name()))? else { return Ok(Vec::new()) };
        let mut files = Vec::new();
        for path in policy.built_in_beside() {
            if repository.holds(path, root)? {
                files.push(path.to_owned());
            }
        }
        for file in policy.files() {
            let path = Path::new(file.shown);
            if path.is_file() && repository.has_changed(path, file.text)? {
                let near = path.strip_prefix(root).unwrap_or(path);
                let near = near.display().to_string();
                if !files.contains(&near) {
                    files.push(near);
                }
            }
        }
        Ok(files)
    };
    match uncommitted() {
        Ok(files) => policy.with_uncommitted(&files),
        Err(fault) => {
            terminal.whisper(&shown(&format!("whether {} is committed: {fault}", policy.name())));
            policy
        }
    }
}

/// The policy under the rules and numbers that the command line names.
#[must_use]
pub fn under(global: &Global, policy: Policy) -> Policy {
    match global.law {
        Some(law) => policy.under_law_of(law),
        None => policy,
    }
}

/// Leaves out policies that would run with the chosen one.
///
/// # Errors
///
/// When one named runs with no policy.
pub fn without(policy: &mut Policy, names: &[String]) -> Result<(), Error> {
    for name in names {
        let known: Vec<String> = policy.companions().iter().map(|one| one.name().to_string()).collect();
        if !policy.leave_out(name) {
            let message = format!("does not run with {}", policy.name());
            let known = if known.is_empty() { "none does".to_owned() } else { format!("{} does", known.join(", ")) };
            return Err(Error::input(format!("--without {name}"), message).with_help(known));
        }
    }
    Ok(())
}
