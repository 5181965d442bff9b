//! The files of cases in folders: each once, however many links lead to it or round in a circle.

use crate::{
    error::Error,
    policy::source::{RULES, is_hidden},
};
use std::{
    collections::BTreeSet,
    fs::read_dir,
    io,
    path::{Path, PathBuf},
};

/// A file of cases.
#[derive(Debug)]
pub struct CasePath {
    /// Its path.
    pub path: PathBuf,
    /// Whether somebody names it, and not merely its folder.
    pub is_named: bool,
}

/// The files of cases that were found.
#[derive(Debug)]
pub struct Found {
    /// The files.
    pub files: Vec<CasePath>,
    /// What was passed over in folders.
    pub passed_over: FilesPassedOver,
}

/// How much in folders was passed over.
#[derive(Debug, Clone, Copy, Default)]
pub struct FilesPassedOver {
    /// Files and folders that are hidden: see [`is_hidden`].
    pub hidden: usize,
    /// Files whose ending is none of cases.
    pub others: usize,
}

/// The files that some arguments name, in the order given; those of a folder in order of name.
///
/// # Errors
///
/// When a folder cannot be read, has no such file in it, or is that of a policy.
pub fn find(arguments: &[PathBuf], is_case: fn(&Path) -> bool) -> Result<Found, Error> {
    let mut files = Vec::new();
    let mut before = BTreeSet::new();
    let mut passed_over = FilesPassedOver::default();
    for argument in arguments {
        if !argument.is_dir() {
            files.push(CasePath { path: argument.clone(), is_named: true });
            continue;
        }
        if argument.join(RULES).is_file() {
            let help = format!("its worked cases are in {}", argument.join("cases").display());
            return Err(
                Error::input(argument.display().to_string(), "is a policy, and no folder of cases").with_help(help)
            );
        }
        let mut walk = FolderWalk {
            is_case,
            before,
            seen: BTreeSet::new(),
            links: BTreeSet::new(),
            files: Vec::new(),
            any: false,
            passed_over,
        };
        walk.through(argument)?;
        passed_over = walk.passed_over;
        if !walk.any {
            let help =
                "cases end in .yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv or .xlsx, and may be packed: .gz, .zst";
            return Err(Error::input(argument.display().to_string(), "no case in this folder").with_help(help));
        }
        walk.files.sort();
        files.extend(walk.files.into_iter().map(|path| CasePath { path, is_named: false }));
        before = walk.before;
        before.extend(walk.seen);
    }
    Ok(Found { files, passed_over })
}

/// A walk through a folder and those in it.
struct FolderWalk {
    is_case: fn(&Path) -> bool,
    /// The folders and files of arguments before this one, by the one path of each that has no link in it.
    before: BTreeSet<PathBuf>,
    /// The same of this one, as far as they were met.
    seen: BTreeSet<PathBuf>,
    /// Links, which are followed after everything else, so that what lies in the folder is called by its own name.
    links: BTreeSet<PathBuf>,
    files: Vec<PathBuf>,
    /// Whether there was any file, even one that was met before.
    any: bool,
    passed_over: FilesPassedOver,
}

impl FolderWalk {
    fn through(&mut self, folder: &Path) -> Result<(), Error> {
        self.follow(folder)?;
        while let Some(link) = self.links.pop_first() {
            if link.is_dir() {
                self.follow(&link)?;
            } else if (self.is_case)(&link) {
                let real = link.canonicalize();
                self.meet(link, real.ok());
            }
        }
        Ok(())
    }

    /// Enters a folder whose path may have links in it.
    fn follow(&mut self, folder: &Path) -> Result<(), Error> {
        let real = folder.canonicalize().map_err(|error| Error::unreadable(folder, &error))?;
        self.enter(folder, &real)
    }

    /// Enters a folder. `real` is its path without a link in it, which is not asked for again: each time the system would walk
    /// through all the folders above.
    fn enter(&mut self, folder: &Path, real: &Path) -> Result<(), Error> {
        let unreadable = |error: io::Error| Error::unreadable(folder, &error);
        if !self.is_new(real.to_owned()) {
            return Ok(());
        }
        // All entries at once: a folder that stays open while those in it are walked uses up what a process may open.
        let entries: io::Result<Vec<_>> = read_dir(folder).map_err(unreadable)?.collect();
        for entry in entries.map_err(unreadable)? {
            if is_hidden(&entry.file_name().to_string_lossy()) {
                self.passed_over.hidden += 1;
                continue;
            }
            let (path, kind) = (entry.path(), entry.file_type().map_err(unreadable)?);
            let real = real.join(entry.file_name());
            if kind.is_symlink() {
                self.links.insert(path);
            } else if kind.is_dir() {
                self.enter(&path, &real)?;
            } else if (self.is_case)(&path) {
                self.meet(path, Some(real));
            } else {
                self.passed_over.others += 1;
            }
        }
        Ok(())
    }

    /// Takes a file that was not met before. One that does not exist is taken as well: to open it says why.
    fn meet(&mut self, path: PathBuf, real: Option<PathBuf>) {
        self.any = true;
        if real.is_none_or(|real| self.is_new(linked(&real).unwrap_or(real))) {
            self.files.push(path);
        }
    }

    fn is_new(&mut self, real: PathBuf) -> bool {
        let met_before = self.before.contains(&real);
        self.any |= met_before;
        !met_before && self.seen.insert(real)
    }
}

/// What a file with several names is known by, whichever of them it was met under.
#[cfg(unix)]
fn linked(path: &Path) -> Option<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let about = path.metadata().ok().filter(|about| about.nlink() > 1)?;
    // No path has such a name.
    Some(PathBuf::from(format!("\0{}:{}", about.dev(), about.ino())))
}

/// Where nothing tells that a file has several names, it is known by its path.
#[cfg(not(unix))]
fn linked(_: &Path) -> Option<PathBuf> {
    None
}
