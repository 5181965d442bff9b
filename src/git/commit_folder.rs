//! The files of a folder as a commit has it.

use super::GitFault;
use gix_hash::ObjectId;
use gix_object::{Find, FindExt, FindHeader, tree::EntryKind};
use std::fmt;

/// What a file begins with that stands for one kept in LFS.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A folder as a commit has it.
#[derive(Clone)]
pub struct CommitFolder {
    objects: gix_odb::Handle,
    tree: ObjectId,
}

impl fmt::Debug for CommitFolder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("CommitFolder").field("tree", &self.tree).finish_non_exhaustive()
    }
}

/// What stands in a folder under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A folder.
    Folder(ObjectId),
    /// A file.
    File(ObjectId),
    /// A link.
    Link,
    /// Another repository.
    Submodule,
}

impl CommitFolder {
    pub(super) const fn new(objects: gix_odb::Handle, tree: ObjectId) -> Self {
        Self { objects, tree }
    }

    /// What stands in it, by name, in order.
    ///
    /// # Errors
    ///
    /// When the repository lacks it.
    pub fn items(&self) -> Result<Vec<(String, Item)>, GitFault> {
        let mut buffer = Vec::new();
        let tree = self.objects.find_tree(&self.tree, &mut buffer).map_err(|_| GitFault::Lacking)?;
        let entries = tree.entries.iter().map(|entry| {
            let id = entry.oid.to_owned();
            let item = match entry.mode.kind() {
                EntryKind::Tree => Item::Folder(id),
                EntryKind::Blob | EntryKind::BlobExecutable => Item::File(id),
                EntryKind::Link => Item::Link,
                EntryKind::Commit => Item::Submodule,
            };
            (entry.filename.to_string(), item)
        });
        Ok(entries.collect())
    }

    /// What stands at a path below it.
    ///
    /// # Errors
    ///
    /// When the repository lacks a folder on the way, or one is a link or a repository of its own.
    pub fn item(&self, path: &str) -> Result<Option<Item>, GitFault> {
        let (folder, name) = path.rsplit_once('/').map_or((None, path), |(folder, name)| (Some(folder), name));
        let inside = match folder {
            Some(folder) => self.folder(folder)?,
            None => Some(self.clone()),
        };
        let Some(inside) = inside else { return Ok(None) };
        Ok(inside.items()?.into_iter().find(|(known, _)| known == name).map(|(_, item)| item))
    }

    /// The folder at a path below it.
    ///
    /// # Errors
    ///
    /// As [`CommitFolder::item`].
    pub fn folder(&self, path: &str) -> Result<Option<Self>, GitFault> {
        let mut folder = self.clone();
        for step in path.split('/') {
            match folder.item(step)? {
                Some(Item::Folder(tree)) => folder.tree = tree,
                Some(Item::Submodule) => return Err(GitFault::Submodule { path: path.to_owned() }),
                Some(Item::Link) => return Err(GitFault::Link),
                Some(Item::File(_)) | None => return Ok(None),
            }
        }
        Ok(Some(folder))
    }

    /// The bytes of a file; nothing where there are more than so many.
    ///
    /// # Errors
    ///
    /// When the repository lacks it, or has only a pointer to it.
    pub fn bytes(&self, file: ObjectId, most: u64) -> Result<Option<Vec<u8>>, GitFault> {
        let about = FindHeader::try_header(&self.objects, &file).map_err(|error| GitFault::unreadable(&*error))?;
        if about.ok_or(GitFault::Lacking)?.size > most {
            return Ok(None);
        }
        let mut buffer = Vec::new();
        let found = self.objects.try_find(&file, &mut buffer).map_err(|error| GitFault::unreadable(&*error))?;
        let bytes = found.ok_or(GitFault::Lacking)?.data.to_vec();
        if bytes.starts_with(LFS) { Err(GitFault::Lfs) } else { Ok(Some(bytes)) }
    }
}
