//! Where a policy comes from: a folder, one of a commit, or the copies that are built into the program.

use super::committed::Committed;
use crate::language::fault::PolicyFault;
use include_dir::{Dir, include_dir};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// The file that holds the rules.
pub const RULES: &str = "policy.rhai";
/// The file that holds the numbers.
pub const PARAMETERS: &str = "parameters.yaml";
/// What messages say behind a file of a policy that is built into the program.
const BUILT_IN: &str = " (built in)";
/// The largest script or parameter file, in bytes.
pub const MAX_BYTES: u64 = 1 << 20;

/// A folder of policies.
#[derive(Debug, Clone)]
pub enum Shelf {
    /// The policies that are built into the program.
    Shipped,
    /// A folder on disk.
    Folder(PathBuf),
    /// A folder as a commit has it.
    Commit(Box<Committed>),
}

/// The files of one policy, and the scripts beside it that it may import.
#[derive(Debug, Clone)]
pub struct PolicyFiles {
    /// Its name, that of its folder.
    pub name: String,
    /// How messages call its folder.
    pub shown: String,
    /// Text of the rules.
    pub rules: String,
    /// Text of the parameters.
    pub parameters: String,
    /// The shelf it stands on, from which it may import.
    pub shelf: Shelf,
}

impl Shelf {
    /// The policies on the shelf, by name.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let folders = self.inside("").into_iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name);
        folders.filter(|name| self.has(&format!("{name}/{RULES}"))).collect()
    }

    /// What stands in a folder of the shelf, by name, in order, each with whether it is a folder; nothing that is hidden.
    fn inside(&self, folder: &str) -> Vec<(String, bool)> {
        let mut items: Vec<(String, bool)> = match self {
            Self::Shipped => {
                let folder = if folder.is_empty() { Some(&SHIPPED) } else { SHIPPED.get_dir(folder) };
                let entries = folder.into_iter().flat_map(Dir::entries);
                let named =
                    entries.filter_map(|entry| Some((entry.path().file_name()?.to_str()?, entry.as_dir().is_some())));
                named.map(|(name, is_folder)| (name.to_owned(), is_folder)).collect()
            }
            Self::Folder(root) => fs::read_dir(root.join(folder))
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir())))
                .collect(),
            Self::Commit(commit) => commit.inside(folder),
        };
        items.retain(|(name, _)| !is_hidden(name));
        items.sort();
        items
    }

    /// Whether there is something at a path of the shelf.
    fn has(&self, path: &str) -> bool {
        match self {
            Self::Shipped => SHIPPED.get_file(path).is_some(),
            Self::Folder(root) => root.join(path).exists(),
            Self::Commit(commit) => commit.has(path),
        }
    }

    /// The shelf to import a file from: this one, or the shipped one where this has no such file, so that a policy copied
    /// out of it keeps the helpers it came with.
    #[must_use]
    pub fn that_has(&self, path: &str) -> Self {
        if !self.has(path) && Self::Shipped.has(path) { Self::Shipped } else { self.clone() }
    }

    /// How messages call a file of the shelf.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        match self {
            Self::Shipped => format!("policies/{path}{BUILT_IN}"),
            Self::Folder(root) => root.join(path).display().to_string(),
            Self::Commit(commit) => commit.shown(path),
        }
    }

    /// The text of a file of the shelf.
    ///
    /// # Errors
    ///
    /// When there is no such file, it lies outside the shelf, or it is too large or not text.
    pub fn read(&self, path: &str) -> Result<String, PolicyFault> {
        let inside = Path::new(path).components().all(|step| matches!(step, Component::Normal(_)));
        let shown = self.shown(path);
        if !inside {
            let help = "import by a path below the policies folder, such as \"lib/needs\"";
            return Err(PolicyFault::invalid(shown, "lies outside the policies folder").help(help));
        }
        match self {
            Self::Shipped => SHIPPED
                .get_file(path)
                .and_then(include_dir::File::contents_utf8)
                .map(plain_line_ends)
                .ok_or_else(|| PolicyFault::invalid(shown, "there is no such file")),
            Self::Folder(root) => text_of(read_inside(root, path, &shown)?, shown),
            Self::Commit(commit) => text_of(commit.read(path, MAX_BYTES)?, shown),
        }
    }

    /// The files of the policy in a folder of this shelf.
    ///
    /// # Errors
    ///
    /// When the rules cannot be read. A policy without numbers needs no parameter file.
    pub fn policy(&self, name: &str) -> Result<PolicyFiles, PolicyFault> {
        let rules = self.read(&format!("{name}/{RULES}"))?;
        let path = format!("{name}/{PARAMETERS}");
        let parameters = if self.has(&path) { self.read(&path)? } else { "{}".to_owned() };
        Ok(PolicyFiles { name: name.to_owned(), shown: self.shown(name), rules, parameters, shelf: self.clone() })
    }

    /// Whether a script of the shelf has a word between quotation marks.
    #[must_use]
    pub fn spells(&self, word: &str) -> bool {
        let folders = self.inside("").into_iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name);
        let mut scripts = folders.flat_map(|folder| {
            let inside = self.inside(&folder).into_iter().map(move |(name, _)| format!("{folder}/{name}"));
            inside.filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "rhai"))
        });
        scripts.any(|path| self.read(&path).is_ok_and(|text| text.contains(&format!("\"{word}\""))))
    }

    /// The folders among the worked cases of a policy, in order.
    #[must_use]
    pub fn folders_of_cases(&self, policy: &str) -> Vec<String> {
        let inside = self.inside(&format!("{policy}/cases")).into_iter();
        inside.filter(|(_, is_folder)| *is_folder).map(|(name, _)| name).collect()
    }

    /// The worked cases of a policy: path and text, in order of name.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn worked_cases(&self, policy: &str) -> Result<BTreeMap<String, String>, PolicyFault> {
        let folder = format!("{policy}/cases");
        let cases = self.inside(&folder).into_iter().map(|(name, _)| name).filter(|name| {
            let ending = Path::new(name).extension().map(std::ffi::OsStr::to_ascii_lowercase);
            matches!(ending.as_ref().and_then(|ending| ending.to_str()), Some("yaml" | "yml" | "json"))
        });
        cases.map(|name| Ok((name.clone(), self.read(&format!("{folder}/{name}"))?))).collect()
    }
}

/// Whether something in a folder is nothing of its own: hidden, left behind by a Macintosh or an editor, or held by a spreadsheet
/// that is open.
#[must_use]
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

/// The path below the policies folder of a file that is built into the program, by how messages call it.
#[must_use]
pub fn built_in(shown: &str) -> Option<&str> {
    shown.strip_prefix("policies/")?.strip_suffix(BUILT_IN)
}

/// The bytes of a file, as far as there are not too many. A link inside the folder may not lead out of it either.
fn read_inside(root: &Path, path: &str, shown: &str) -> Result<Option<Vec<u8>>, PolicyFault> {
    let unreadable = |error: io::Error| PolicyFault::invalid(shown, format!("cannot be read: {}", plain(&error)));
    let real = root.join(path).canonicalize().map_err(unreadable)?;
    if !real.starts_with(root.canonicalize().map_err(unreadable)?) {
        let help = "copy the file into the policies folder";
        return Err(PolicyFault::invalid(shown, "is a link that leads outside the policies folder").help(help));
    }
    read_whole(&real, MAX_BYTES).map_err(unreadable)
}

fn text_of(bytes: Option<Vec<u8>>, shown: String) -> Result<String, PolicyFault> {
    let Some(bytes) = bytes else {
        return Err(PolicyFault::invalid(shown, format!("is larger than {MAX_BYTES} bytes, the limit for one file")));
    };
    // Some editors put a mark before UTF-8.
    let text = str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let text = text.map_err(|_| PolicyFault::invalid(shown, "is not text in UTF-8").help("save it as UTF-8"))?;
    Ok(plain_line_ends(text))
}

/// A text with the line ends that a commit has, whatever those of a checkout are: how lines end makes no policy another one.
#[must_use]
pub fn plain_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The bytes of a file, or nothing where there are more than so many. A pipe or a device may never end, and is no file.
///
/// # Errors
///
/// When it cannot be read, or is no file.
pub fn read_whole(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    must_be_file(path)?;
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Refuses what is no file: opening a pipe, a socket or a device may wait without end.
///
/// # Errors
///
/// When there is nothing, or no file. A folder says so itself when it is read.
pub fn must_be_file(path: &Path) -> io::Result<()> {
    let about = fs::metadata(path)?;
    if about.is_file() || about.is_dir() {
        return Ok(());
    }
    Err(io::Error::other("it is a pipe, a socket or a device, and only files are read here"))
}

/// An error of the file system without the number that the system gives it.
#[must_use]
pub fn plain(error: &io::Error) -> String {
    let said = error.to_string();
    let end = said.find(" (os error").unwrap_or(said.len());
    said.get(..end).unwrap_or(&said).to_lowercase()
}
