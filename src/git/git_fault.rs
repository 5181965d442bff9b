//! What can be wrong with a revision, or with a folder in it.

use std::error::Error;
use thiserror::Error;

/// Why a folder of a commit cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GitFault {
    /// The folder lies in no repository.
    #[error("this folder lies in no git repository")]
    NoRepository,
    /// Nothing is called so.
    #[error("there is no branch, tag or commit `{revision}`")]
    Unknown {
        /// What was asked for.
        revision: String,
        /// A branch or tag that is called nearly so.
        near: Option<String>,
    },
    /// Several commits begin so.
    #[error("several commits begin with `{revision}`")]
    Ambiguous {
        /// What was asked for.
        revision: String,
    },
    /// It is written in a way that is not read here.
    #[error("`{revision}` is written in a way that is not read here")]
    NotRead {
        /// What was asked for.
        revision: String,
    },
    /// There is something of that name, and it is no commit.
    #[error("`{revision}` is no commit")]
    NoCommit {
        /// What was asked for.
        revision: String,
    },
    /// The history does not go so far back.
    #[error("`{revision}` goes back further than the history")]
    TooFar {
        /// What was asked for.
        revision: String,
    },
    /// The history goes on, but not in this clone.
    #[error("`{revision}` is not in this clone, which is shallow")]
    Shallow {
        /// What was asked for.
        revision: String,
    },
    /// The commit has no such folder.
    #[error("there is no folder `{path}` in `{revision}`")]
    NoFolder {
        /// What was asked for.
        revision: String,
        /// The folder.
        path: String,
    },
    /// The folder has no rules.
    #[error("the folder `{path}` is no policy in `{revision}`")]
    NoPolicy {
        /// What was asked for.
        revision: String,
        /// The folder.
        path: String,
    },
    /// What stands there is another repository.
    #[error("`{path}` is a submodule, a repository of its own")]
    Submodule {
        /// The folder.
        path: String,
    },
    /// What stands there points elsewhere.
    #[error("is a link, and a link in a commit is not followed")]
    Link,
    /// What stands there is kept elsewhere.
    #[error("is kept in LFS: the commit has only a pointer to it")]
    Lfs,
    /// An object is not there.
    #[error("the repository lacks an object of this commit")]
    Lacking,
    /// It cannot be read at all.
    #[error("the repository cannot be read: {why}")]
    Unreadable {
        /// Why.
        why: String,
    },
}

impl GitFault {
    pub(super) fn unreadable(error: &dyn Error) -> Self {
        let mut last = error;
        while let Some(cause) = last.source() {
            last = cause;
        }
        Self::Unreadable { why: last.to_string().to_lowercase() }
    }

    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        let known = "`git log --oneline` lists commits, `git branch -a` and `git tag` what else has a name";
        match self {
            Self::NoRepository => "run it in a clone of the repository, or name two folders".to_owned(),
            Self::Unknown { near: Some(near), .. } => format!("did you mean `{near}`? {known}"),
            Self::Unknown { near: None, .. } | Self::NoCommit { .. } | Self::TooFar { .. } => known.to_owned(),
            Self::Ambiguous { .. } => "write more of its digits".to_owned(),
            Self::NotRead { .. } => {
                "write HEAD, a branch, a tag or the digits of a commit, with `~2` or `^2` behind it where a parent is meant"
                    .to_owned()
            }
            Self::Shallow { .. } => "fetch the rest with `git fetch --unshallow`".to_owned(),
            Self::NoFolder { revision, .. } => format!(
                "a path counts from the top of the repository, and one with `./` before it from here: `git ls-tree -r --name-only {revision}` lists the files"
            ),
            Self::NoPolicy { .. } => "a policy is a folder with a `policy.rhai`".to_owned(),
            Self::Submodule { .. } => "run it in that repository".to_owned(),
            Self::Link => "name the folder that it leads to, or commit a copy".to_owned(),
            Self::Lfs => "check the commit out with `git worktree add`, and name the folder".to_owned(),
            Self::Lacking => "fetch it: `git fetch --unshallow`, or `git fetch --refetch` in a partial clone".to_owned(),
            Self::Unreadable { .. } => "`git fsck` says more".to_owned(),
        }
    }
}
