//! The snapshot files of a project: `NAME.snap` is what was accepted, `NAME.snap.new` what waits for a decision. Both are read
//! and written by the types of `insta`, so that `cargo insta` and this program see the same files alike.
//!
//! Every change is written aside and renamed into its place: a run that is stopped leaves either the old or the new.

use crate::{
    case::advice::{CONFLICT, conflict},
    error::Error,
    out_file::{Existing, OutFile, remove_leftover, together::read as read_text, write_whole},
    policy::source::plain_line_ends,
};
use insta::Snapshot;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

const ACCEPTED: &str = ".snap";
const PENDING: &str = ".snap.new";
const NUMBERS: &str = ".parameters.yaml";
const PENDING_NUMBERS: &str = ".parameters.yaml.new";

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

impl About {
    /// A text as a snapshot file holds it.
    #[must_use]
    pub fn above(&self, text: &str) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        format!("---\nsource: {}\nexpression: {}\n---\n{text}\n", quoted(&self.source), quoted(&self.expression))
    }
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
        let snapshot = read(&self.accepted_file(name)).ok();
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
        let accepted = OutFile::create(&self.accepted_file(name), Existing::Replace)?;
        if !pending.is_file() {
            let message = "waits for no decision any more: another run accepted or rejected it";
            return Err(Error::input(pending.display().to_string(), message));
        }
        let snapshot = read(&pending)?;
        save(&snapshot, accepted)?;
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

    /// The numbers of a policy under which its answers were accepted, if they are known.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn numbers(&self, policy: &str) -> Result<Option<String>, Error> {
        Ok(read_text(&self.numbers_file(policy))?.map(|text| plain_line_ends(&text)))
    }

    /// Keeps the numbers of a policy as those under which its answers are accepted.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn keep_numbers(&self, policy: &str, text: &str) -> Result<(), Error> {
        fs::create_dir_all(&self.path).map_err(|error| Error::unwritable(&self.path, &error))?;
        write_whole(&self.numbers_file(policy), text, Existing::Replace)?;
        self.reject_numbers(policy)
    }

    /// Keeps the numbers of a policy as those under which the answers came out that wait for a decision.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn propose_numbers(&self, policy: &str, text: &str) -> Result<(), Error> {
        write_whole(&self.pending_numbers_file(policy), text, Existing::Replace)
    }

    /// Takes the numbers under which answers came out for accepted, as those answers are.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or not be written.
    pub fn accept_numbers(&self, policy: &str) -> Result<(), Error> {
        match read_text(&self.pending_numbers_file(policy))? {
            Some(text) => self.keep_numbers(policy, &text),
            None => Ok(()),
        }
    }

    /// Drops the numbers under which answers came out that wait, if there are any.
    ///
    /// # Errors
    ///
    /// When the file cannot be removed.
    pub fn reject_numbers(&self, policy: &str) -> Result<(), Error> {
        remove(&self.pending_numbers_file(policy))
    }

    fn numbers_file(&self, policy: &str) -> PathBuf {
        self.path.join(format!("{policy}{NUMBERS}"))
    }

    fn pending_numbers_file(&self, policy: &str) -> PathBuf {
        self.path.join(format!("{policy}{PENDING_NUMBERS}"))
    }

    /// A snapshot has no public constructor: it is written once plainly and read back, and then its own type writes it.
    fn write(&self, to: &Path, text: &str, about: &About) -> Result<(), Error> {
        fs::create_dir_all(&self.path).map_err(|error| Error::unwritable(&self.path, &error))?;
        let file = OutFile::create(to, Existing::Replace)?;
        fs::write(file.part(), about.above(text)).map_err(|error| file.unwritable(&error))?;
        let snapshot = Snapshot::from_file(file.part()).map_err(|error| unusable(to, error.as_ref()))?;
        save(&snapshot, file)
    }

    /// Takes away what runs that were killed left aside: `.NAME.snap.part`, and `.NAME.snap.PID` of former versions.
    pub fn remove_leftovers(&self) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().filter_map(Result::ok) {
            let name = entry.file_name().into_string().unwrap_or_default();
            let ending = name.rsplit_once(".snap").map_or("", |(_, ending)| ending.trim_start_matches(".new"));
            let is_aside = ending.strip_prefix('.').is_some_and(|ending| {
                ending == "part" || (!ending.is_empty() && ending.bytes().all(|digit| digit.is_ascii_digit()))
            });
            if name.starts_with('.') && is_aside {
                remove_leftover(&entry.path());
            }
        }
    }
}

fn save(snapshot: &Snapshot, to: OutFile) -> Result<(), Error> {
    let failed = |error: Box<dyn std::error::Error>| to.unwritable(&io::Error::other(first_line(error.as_ref())));
    snapshot.save(to.part()).map_err(failed)?;
    to.finish()
}

/// A snapshot as its own type reads it. What does not begin as one does would be taken for an old one, with advice that is of no
/// use here.
fn read(file: &Path) -> Result<Snapshot, Error> {
    let text = fs::read_to_string(file).map_err(|error| unusable(file, &error))?;
    if !text.starts_with("---") {
        return Err(unusable(file, &io::Error::other("it does not begin with `---`")));
    }
    if conflict(&text).is_some() {
        return Err(unusable(file, &io::Error::other(CONFLICT)));
    }
    Snapshot::from_file(file).map_err(|error| unusable(file, error.as_ref()))
}

fn text_of(file: &Path) -> Result<Option<String>, Error> {
    if !file.is_file() {
        return Ok(None);
    }
    let snapshot = read(file)?;
    Ok(snapshot.as_text().map(ToString::to_string))
}

fn remove(file: &Path) -> Result<(), Error> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::unwritable(file, &error)),
        _ => Ok(()),
    }
}

fn unusable(file: &Path, error: &dyn std::error::Error) -> Error {
    let message = format!("is no snapshot: {}", first_line(error));
    let help = "remove the file, or restore it from version control";
    Error::input(file.display().to_string(), message).with_help(help)
}

fn first_line(error: &dyn std::error::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
