//! A folder as a commit of a git repository has it. In: a revision, such as `HEAD~3`, and a folder. Out: the files in it, read from
//! the objects of the repository. Nothing is checked out, written or run, and no configuration is read: no hook, filter or
//! attribute of a repository has a say.

mod commit_folder;
mod git_fault;
mod history;
mod revision;

pub use self::{
    commit_folder::{CommitFolder, Item},
    git_fault::GitFault,
    history::PastFolder,
};

use gix_hash::ObjectId;
use std::{
    fmt, fs, io,
    path::{Component, Path, PathBuf},
};

/// The largest file that is compared with what is committed, in bytes.
const MOST_COMPARED: u64 = 1 << 24;

/// A repository, open for reading.
pub struct Repository {
    refs: gix_ref::file::Store,
    objects: gix_odb::Handle,
    /// The folder that its files are checked out to; none of a bare one.
    work: Option<PathBuf>,
    /// The folder of what all its worktrees share.
    common: PathBuf,
}

impl fmt::Debug for Repository {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Repository").field("common", &self.common).finish_non_exhaustive()
    }
}

impl Repository {
    /// The repository that a folder lies in: with its files, as a worktree of one, or bare. Nothing where it lies in none.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be read.
    pub fn around(folder: &Path) -> Result<Option<Self>, GitFault> {
        use gix_discover::upwards::Error as Search;
        let folder = folder.canonicalize().map_err(|error| GitFault::unreadable(&error))?;
        let found = match gix_discover::upwards(&folder) {
            Ok((found, _)) => found,
            Err(Search::NoGitRepository { .. } | Search::NoGitRepositoryWithinFs { .. }) => return Ok(None),
            Err(error) => return Err(GitFault::unreadable(&error)),
        };
        let (git, work) = found.into_repository_and_work_tree_directories();
        let common = match fs::read_to_string(git.join("commondir")) {
            Ok(text) => git.join(text.trim_end()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => git.clone(),
            Err(error) => return Err(GitFault::unreadable(&error)),
        };
        let objects = gix_odb::at(common.join("objects")).map_err(|error| GitFault::unreadable(&error))?;
        let refs =
            gix_ref::file::Store::for_linked_worktree(git, common.clone(), gix_ref::store::init::Options::default());
        Ok(Some(Self { refs, objects, work, common }))
    }

    /// The top folder as a revision has it.
    ///
    /// # Errors
    ///
    /// When there is no such revision, or the repository does not hold it.
    pub fn top(&self, revision: &str) -> Result<CommitFolder, GitFault> {
        Ok(CommitFolder::new(self.objects.clone(), self.tree_of(self.commit(revision)?)?))
    }

    /// What the repository is called: the name of its folder.
    #[must_use]
    pub fn name(&self) -> String {
        let folder = self.work.as_ref().unwrap_or(&self.common).canonicalize().unwrap_or_default();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.strip_suffix(".git").map(str::to_owned).unwrap_or(name)
    }

    /// Whether a file of the repository says something else than in the last commit, or is in none; its path counts from the file
    /// system. Ends of lines and the mark that some editors put before UTF-8 do not count: a checkout may have other ones. A file
    /// that lies elsewhere has not changed here.
    ///
    /// # Errors
    ///
    /// When the repository cannot be read.
    pub fn has_changed(&self, file: &Path, text: &str) -> Result<bool, GitFault> {
        let real = file.canonicalize().map_err(|error| GitFault::unreadable(&error))?;
        let place = real.parent().and_then(|folder| self.from_top(".", folder)).zip(real.file_name());
        let Some((folder, Some(name))) = place.map(|(folder, name)| (folder, name.to_str())) else { return Ok(false) };
        let top = match self.top("HEAD") {
            // There is no commit yet.
            Err(GitFault::Unknown { .. }) => return Ok(true),
            top => top?,
        };
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let Some(Item::File(id)) = top.item(&path)? else { return Ok(true) };
        let committed = top.bytes(id, MOST_COMPARED)?.unwrap_or_default();
        let plain = |text: &str| text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        Ok(str::from_utf8(&committed).map_or(true, |committed| plain(committed) != plain(text)))
    }

    /// Whether the last commit has a file at a path that counts from a folder.
    ///
    /// # Errors
    ///
    /// When the repository cannot be read.
    pub fn holds(&self, path: &str, folder: &Path) -> Result<bool, GitFault> {
        let Some(path) = self.from_top(&format!("./{path}"), folder) else { return Ok(false) };
        match self.top("HEAD") {
            // There is no commit yet.
            Err(GitFault::Unknown { .. }) => Ok(false),
            top => Ok(top?.item(&path)?.is_some()),
        }
    }

    /// A path from the top of the repository, its steps with `/` between them; nothing where it leads out of it. One that begins
    /// with a `.` counts from the folder `here`.
    #[must_use]
    pub fn from_top(&self, path: &str, here: &Path) -> Option<String> {
        let mut steps: Vec<String> = Vec::new();
        if path == "." || path.starts_with("./") || path == ".." || path.starts_with("../") {
            let top = self.work.as_ref()?.canonicalize().ok()?;
            let below = here.canonicalize().ok()?;
            for step in below.strip_prefix(top).ok()?.components() {
                steps.push(step.as_os_str().to_str()?.to_owned());
            }
        }
        for step in Path::new(path).components() {
            match step {
                Component::Normal(step) => steps.push(step.to_str()?.to_owned()),
                Component::CurDir => {}
                Component::ParentDir => drop(steps.pop()?),
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(steps.join("/"))
    }

    /// The commits from which on a shallow clone has no history.
    fn is_cut_off_at(&self, commit: ObjectId) -> bool {
        let shallow = fs::read_to_string(self.common.join("shallow")).unwrap_or_default();
        shallow.lines().any(|line| line.trim() == commit.to_string())
    }
}
