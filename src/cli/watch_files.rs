//! Waits until files change, by looking at their times now and then.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, SystemTime},
};

/// How long it waits between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// The files of some folders as they were when last looked at.
#[derive(Debug, Default)]
pub struct Watched {
    files: BTreeMap<PathBuf, (SystemTime, u64)>,
}

impl Watched {
    /// Looks at the files, and gives those that changed since the last look.
    pub fn look(&mut self, folders: &[PathBuf]) -> Vec<String> {
        let mut now = BTreeMap::new();
        for folder in folders {
            add(folder, &mut now);
        }
        let is_other = |path: &&PathBuf| now.get(*path) != self.files.get(*path);
        let mut changed: Vec<&PathBuf> = now.keys().chain(self.files.keys()).filter(is_other).collect();
        changed.sort();
        changed.dedup();
        let changed = changed.into_iter().map(|path| path.display().to_string()).collect();
        self.files = now;
        changed
    }

    /// Takes the files of a folder as they are now: what the run itself wrote there is no change.
    pub fn renew(&mut self, folder: &Path) {
        self.files.retain(|path, _| !path.starts_with(folder));
        add(folder, &mut self.files);
    }

    /// Waits until something changes and then stays as it is for a moment: an editor may write several files.
    pub fn wait(&mut self, folders: impl Fn() -> Vec<PathBuf>) -> Vec<String> {
        let mut changed = Vec::new();
        loop {
            sleep(PAUSE);
            let more = self.look(&folders());
            if more.is_empty() && !changed.is_empty() {
                return changed;
            }
            changed.extend(more.into_iter().filter(|path| !changed.contains(path)).collect::<Vec<_>>());
        }
    }
}

fn add(folder: &Path, files: &mut BTreeMap<PathBuf, (SystemTime, u64)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        let is_ours = entry.file_name().to_str().is_some_and(|name| !name.starts_with('.'));
        match entry.metadata() {
            Ok(about) if about.is_dir() => add(&path, files),
            Ok(about) if is_ours => {
                files.insert(path, (about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len()));
            }
            _ => {}
        }
    }
}
