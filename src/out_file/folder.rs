//! A folder that appears under its name with everything in it, or not at all.

use super::{Existing, aside, end_cleanly_on_interrupt, kept, locked, write_whole};
use crate::error::Error;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// A folder that is being written, in `.NAME.part` beside where it will stand. Whoever writes it holds `.NAME.lock.part` meanwhile.
#[derive(Debug)]
pub struct OutFolder {
    name: PathBuf,
    part: PathBuf,
    lock: PathBuf,
    /// Held until the folder has its name.
    held: File,
}

impl OutFolder {
    /// Begins a folder, which must not be there yet.
    ///
    /// # Errors
    ///
    /// When something of its name is there, another run is writing it, or it cannot be written.
    pub fn create(name: &Path) -> Result<Self, Error> {
        if name.symlink_metadata().is_ok() {
            return Err(kept(name));
        }
        end_cleanly_on_interrupt();
        let last = name.file_name().unwrap_or_default().to_string_lossy();
        let [part, lock] = ["part", "lock.part"].map(|end| name.with_file_name(format!(".{last}.{end}")));
        let unwritable = |failed: io::Error| Error::unwritable(name, &failed);
        let held = locked(&lock).map_err(|failed| match failed.kind() {
            io::ErrorKind::WouldBlock => Error::input(name.display().to_string(), "is being written by another run"),
            _ => unwritable(failed),
        })?;
        let begun = Self { name: name.to_path_buf(), part, lock, held };
        // Nobody is writing it: what is there was left behind by a run that was killed.
        let cleared = if begun.part.is_dir() { fs::remove_dir_all(&begun.part) } else { Ok(()) };
        cleared.and_then(|()| fs::create_dir(&begun.part)).map_err(unwritable)?;
        aside().push(begun.part.clone());
        Ok(begun)
    }

    /// Writes a file into it.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or is there already.
    pub fn write(&self, inside: &str, text: &str) -> Result<(), Error> {
        let path = self.part.join(inside);
        let folder = path.parent().unwrap_or(&self.part);
        fs::create_dir_all(folder).map_err(|failed| Error::unwritable(folder, &failed))?;
        write_whole(&path, text, Existing::Keep)
    }

    /// Gives the folder its name.
    ///
    /// # Errors
    ///
    /// When that fails, or something of its name has come up meanwhile.
    pub fn finish(self) -> Result<(), Error> {
        let mut aside = aside();
        if self.name.symlink_metadata().is_ok() {
            return Err(kept(&self.name));
        }
        fs::rename(&self.part, &self.name).map_err(|failed| Error::unwritable(&self.name, &failed))?;
        aside.retain(|part| *part != self.part);
        Ok(())
    }
}

impl Drop for OutFolder {
    /// A run that ends early leaves nothing behind, and none leaves its lock. What cannot be removed is taken away by the next run.
    fn drop(&mut self) {
        let mut aside = aside();
        if let Some(at) = aside.iter().position(|part| *part == self.part) {
            let _ = fs::remove_dir_all(aside.swap_remove(at));
        }
        if let Some(at) = aside.iter().position(|lock| *lock == self.lock) {
            let _ = fs::remove_file(aside.swap_remove(at));
        }
        // It is let go only now, with the name of its file.
        let _ = self.held.unlock();
    }
}
