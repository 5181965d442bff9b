//! A folder that appears under its name with everything in it, or not at all.

use super::{Existing, aside, end_cleanly_on_interrupt, kept, write_whole};
use crate::error::Error;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A folder that is being written, in `.NAME.part` beside where it will stand.
#[derive(Debug)]
pub struct OutFolder {
    name: PathBuf,
    part: PathBuf,
    /// Its first file, which nobody else can lock meanwhile.
    lock: Option<File>,
}

impl OutFolder {
    /// Begins a folder, which must not be there yet, with a first file.
    ///
    /// # Errors
    ///
    /// When something of its name is there, another run is writing it, or it cannot be written.
    pub fn create(name: &Path, first: &str, text: &str) -> Result<Self, Error> {
        if name.symlink_metadata().is_ok() {
            return Err(kept(name));
        }
        end_cleanly_on_interrupt();
        let last = name.file_name().unwrap_or_default().to_string_lossy();
        let part = name.with_file_name(format!(".{last}.part"));
        if part.is_dir() && File::open(part.join(first)).is_ok_and(|held| held.try_lock().is_err()) {
            return Err(Error::input(name.display().to_string(), "is being written by another run"));
        }
        let unwritable = |failed: io::Error| Error::unwritable(name, &failed);
        // Nobody is writing it: what is there was left behind by a run that was killed.
        let cleared = if part.is_dir() { fs::remove_dir_all(&part) } else { Ok(()) };
        cleared.and_then(|()| fs::create_dir(&part)).map_err(unwritable)?;
        aside().push(part.clone());
        let mut begun = Self { name: name.to_path_buf(), part, lock: None };
        let lock = OpenOptions::new().write(true).create_new(true).open(begun.part.join(first));
        let written = lock.and_then(|mut lock| {
            lock.lock()?;
            lock.write_all(text.as_bytes())?;
            lock.sync_all()?;
            Ok(lock)
        });
        begun.lock = Some(written.map_err(unwritable)?);
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
    pub fn finish(mut self) -> Result<(), Error> {
        let mut aside = aside();
        if self.name.symlink_metadata().is_ok() {
            return Err(kept(&self.name));
        }
        // Not every system renames a folder of which a file is open.
        drop(self.lock.take());
        fs::rename(&self.part, &self.name).map_err(|failed| Error::unwritable(&self.name, &failed))?;
        aside.retain(|part| *part != self.part);
        Ok(())
    }
}

impl Drop for OutFolder {
    /// A run that ends early leaves nothing behind.
    fn drop(&mut self) {
        let mut aside = aside();
        if let Some(at) = aside.iter().position(|part| *part == self.part) {
            // What cannot be removed is taken away by the next run.
            let _ = fs::remove_dir_all(aside.swap_remove(at));
        }
    }
}
