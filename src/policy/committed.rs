//! A folder of policies as a commit has it.

use crate::{
    git::{CommitFolder, GitFault, Item},
    language::fault::PolicyFault,
};

/// A folder of policies as a commit has it.
#[derive(Debug, Clone)]
pub struct Committed {
    folder: CommitFolder,
    /// How messages call the folder: `HEAD:policies`.
    called: String,
    /// The policy that the folder itself is, where it stands at the top of a repository.
    only: Option<String>,
}

impl Committed {
    /// A folder that is called so; itself a policy of the name, or one that policies stand in.
    #[must_use]
    pub const fn new(folder: CommitFolder, called: String, only: Option<String>) -> Self {
        Self { folder, called, only }
    }

    /// The path in the commit for one of the shelf.
    fn path<'a>(&self, path: &'a str) -> Option<&'a str> {
        match &self.only {
            Some(only) => path.strip_prefix(only.as_str())?.trim_start_matches('/').into(),
            None => Some(path),
        }
    }

    /// What stands in a folder, by name, each with whether it is a folder.
    #[must_use]
    pub fn inside(&self, folder: &str) -> Vec<(String, bool)> {
        if let Some(only) = self.only.as_ref().filter(|_| folder.is_empty()) {
            return vec![(only.clone(), true)];
        }
        let found = match self.path(folder) {
            Some("") => Some(self.folder.clone()),
            Some(path) => self.folder.folder(path).ok().flatten(),
            None => None,
        };
        let items = found.and_then(|folder| folder.items().ok()).unwrap_or_default();
        items.into_iter().map(|(name, item)| (name, matches!(item, Item::Folder(_)))).collect()
    }

    /// Whether there is something at a path, if only something that cannot be read.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.path(path).is_some_and(|path| !matches!(self.folder.item(path), Ok(None)))
    }

    /// How messages call a file.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        let path = self.path(path).unwrap_or(path);
        let between = if self.called.ends_with(':') || path.is_empty() { "" } else { "/" };
        format!("{}{between}{path}", self.called)
    }

    /// The bytes of a file; nothing where there are more than so many.
    ///
    /// # Errors
    ///
    /// When the commit has no such file, or what stands there is none.
    pub fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, PolicyFault> {
        let wrong = |fault: &GitFault| PolicyFault::invalid(self.shown(path), fault.to_string()).help(fault.help());
        let item = self.path(path).map_or(Ok(None), |path| self.folder.item(path)).map_err(|fault| wrong(&fault))?;
        match item {
            Some(Item::File(file)) => self.folder.bytes(file, most).map_err(|fault| wrong(&fault)),
            Some(Item::Link) => Err(wrong(&GitFault::Link)),
            Some(Item::Submodule) => Err(wrong(&GitFault::Submodule { path: path.to_owned() })),
            Some(Item::Folder(_)) | None => Err(PolicyFault::invalid(self.shown(path), "is not in this commit")),
        }
    }
}
