//! The snapshot files of a project: `NAME.snap` is what was accepted, `NAME.snap.new` what waits for a decision. Both are read
//! and written by the types of `insta`, so that `cargo insta` and this program see the same files alike.
//!
//! Every change is written aside and renamed into its place: a run that is stopped leaves either the old or the new.

use crate::error::Error;
use insta::Snapshot;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

const ACCEPTED: &str = ".snap";
const PENDING: &str = ".snap.new";

/// A folder of snapshots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    path: PathBuf,
}

/// What a snapshot file says of itself beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The case file.
    pub source: String,
    /// What makes the text.
    pub expression: String,
}

impl Folder {
    /// A folder, whether or not it exists.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the accepted snapshot of a name stands.
    #[must_use]
    pub fn accepted_file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{ACCEPTED}"))
    }

    /// Where the pending snapshot of a name stands.
    #[must_use]
    pub fn pending_file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{PENDING}"))
    }

    /// The accepted text of a name, if there is one.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn accepted(&self, name: &str) -> Result<Option<String>, Error> {
        text_of(&self.accepted_file(name))
    }

    /// The pending text of a name, if there is one.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn pending(&self, name: &str) -> Result<Option<String>, Error> {
        text_of(&self.pending_file(name))
    }

    /// The names with an accepted snapshot, in order.
    #[must_use]
    pub fn accepted_names(&self) -> BTreeSet<String> {
        self.names(ACCEPTED)
    }

    /// The names with a pending snapshot, in order.
    #[must_use]
    pub fn pending_names(&self) -> BTreeSet<String> {
        self.names(PENDING)
    }

    fn names(&self, ending: &str) -> BTreeSet<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().filter_map(Result::ok);
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names
            .filter_map(|name| name.strip_suffix(ending).filter(|name| !name.starts_with('.')).map(str::to_owned))
            .collect()
    }

    /// Whether an accepted snapshot was made by this program.
    #[must_use]
    pub fn is_ours(&self, name: &str) -> bool {
        let snapshot = Snapshot::from_file(&self.accepted_file(name)).ok();
        let expression = snapshot.as_ref().and_then(|snapshot| snapshot.metadata().expression());
        expression.is_some_and(|expression| expression.starts_with("brag test "))
    }

    /// Leaves a text for review.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn propose(&self, name: &str, text: &str, about: &About) -> Result<(), Error> {
        self.write(&self.pending_file(name), text, about)
    }

    /// Takes a text over without review.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn replace(&self, name: &str, text: &str, about: &About) -> Result<(), Error> {
        self.write(&self.accepted_file(name), text, about)?;
        self.reject(name)
    }

    /// Accepts the pending snapshot of a name.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or the accepted one cannot be written.
    pub fn accept(&self, name: &str) -> Result<(), Error> {
        let pending = self.pending_file(name);
        let to = self.accepted_file(name);
        let snapshot = Snapshot::from_file(&pending).map_err(|error| unusable(&pending, error.as_ref()))?;
        save(&snapshot, &to)?;
        self.reject(name)
    }

    /// Drops the pending snapshot of a name, if there is one.
    ///
    /// # Errors
    ///
    /// When the file cannot be removed.
    pub fn reject(&self, name: &str) -> Result<(), Error> {
        remove(&self.pending_file(name))
    }

    /// Drops the accepted snapshot of a name whose case is gone, and what is pending for it.
    ///
    /// # Errors
    ///
    /// When a file cannot be removed.
    pub fn forget(&self, name: &str) -> Result<(), Error> {
        remove(&self.accepted_file(name))?;
        self.reject(name)
    }

    /// A snapshot has no public constructor: it is written once plainly and read back, and then its own type writes it.
    fn write(&self, to: &Path, text: &str, about: &About) -> Result<(), Error> {
        fs::create_dir_all(&self.path).map_err(|error| Error::unwritable(&self.path, &error))?;
        let aside = aside(to);
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let plain =
            format!("---\nsource: {}\nexpression: {}\n---\n{text}\n", quoted(&about.source), quoted(&about.expression));
        fs::write(&aside, plain).map_err(|error| Error::unwritable(&aside, &error))?;
        let snapshot = Snapshot::from_file(&aside).map_err(|error| unusable(&aside, error.as_ref()))?;
        save(&snapshot, to)
    }
}

/// A name beside a file that nobody takes for a snapshot.
fn aside(file: &Path) -> PathBuf {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    file.with_file_name(format!(".{name}.{}", std::process::id()))
}

fn save(snapshot: &Snapshot, to: &Path) -> Result<(), Error> {
    let aside = aside(to);
    snapshot.save(&aside).map_err(|error| unusable(to, error.as_ref()))?;
    fs::rename(&aside, to).map_err(|error| Error::unwritable(to, &error))
}

fn text_of(file: &Path) -> Result<Option<String>, Error> {
    if !file.is_file() {
        return Ok(None);
    }
    let snapshot = Snapshot::from_file(file).map_err(|error| unusable(file, error.as_ref()))?;
    Ok(snapshot.as_text().map(ToString::to_string))
}

fn remove(file: &Path) -> Result<(), Error> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::unwritable(file, &error)),
        _ => Ok(()),
    }
}

fn unusable(file: &Path, error: &dyn std::error::Error) -> Error {
    let said = error.to_string();
    let message = format!("is no snapshot: {}", said.lines().next().unwrap_or_default());
    let help = "remove the file, or restore it from version control";
    Error::input(file.display().to_string(), message).with_help(help)
}
