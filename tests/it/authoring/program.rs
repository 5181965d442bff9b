//! The real program in a folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A project in a temporary folder.
pub struct Project {
    folder: TempDir,
}

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Project {
    /// A project with a copy of the shipped policy `bgsw`, every answer of it accepted.
    pub fn with_bgsw() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        for name in ["bgsw", "lib"] {
            copy(&shipped.join(name), &project.path("policies").join(name));
        }
        for extra in ["assessment-quality"].iter().filter(|name| shipped.join(name).is_dir()) {
            copy(&shipped.join(extra), &project.path("policies").join(extra));
        }
        let ended = project.brag(&["test", "bgsw", "--update", "all"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        project
    }

    pub fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub fn brag(&self, arguments: &[&str]) -> Ended {
        self.brag_with(arguments, &[])
    }

    pub fn brag_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
        let mut command = crate::program::brag();
        command.args(arguments).current_dir(self.folder.path()).env("NO_COLOR", "1");
        let output = command.envs(variables.iter().copied()).output().unwrap();
        Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Replaces a text that stands once in a file.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.path(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old}");
        fs::write(path, text.replace(old, new)).unwrap();
    }

    /// The names of the snapshots that wait for review.
    pub fn pending(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("snapshots")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> =
            names.filter_map(|name| name.strip_suffix(".snap.new").map(str::to_owned)).collect();
        names.sort();
        names
    }

    /// The line that counts: the last.
    pub fn count(ended: &Ended) -> &str {
        ended.out.lines().last().unwrap_or_default()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(entry.file_name().unwrap());
        if entry.is_dir() { copy(&entry, &to) } else { assert!(fs::copy(&entry, &to).is_ok()) }
    }
}
