//! A folder that appears under its name with everything in it, or not at all.

use super::{Existing, aside, end_cleanly_on_interrupt, kept, write_whole};
use crate::error::Error;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// A folder that is being written, in `.NAME.part` beside where it will stand.
#[derive(Debug)]
pub struct OutFolder {
    name: PathBuf,
    part: PathBuf,
    /// The folder that it will stand in, locked: whoever else would make one there waits. Where a system opens or locks no folders, nobody
    /// does.
    _outer: Option<File>,
}

impl OutFolder {
    /// Begins a folder, which must not be there yet.
    ///
    /// # Errors
    ///
    /// When something of its name is there, or it cannot be written.
    pub fn create(name: &Path) -> Result<Self, Error> {
        end_cleanly_on_interrupt();
        let outer = name.parent().filter(|outer| !outer.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unwritable = |failed: io::Error| Error::unwritable(name, &failed);
        let outer = if cfg!(windows) { None } else { Some(File::open(outer).map_err(unwritable)?) };
        let outer = outer.filter(|outer| outer.lock().is_ok());
        if name.symlink_metadata().is_ok() {
            return Err(kept(name));
        }
        let part = name.with_file_name(format!(".{}.part", name.file_name().unwrap_or_default().to_string_lossy()));
        // Nobody is writing it: what is there was left behind by a run that was killed.
        let cleared = if part.is_dir() { fs::remove_dir_all(&part) } else { Ok(()) };
        cleared.and_then(|()| fs::create_dir(&part)).map_err(unwritable)?;
        aside().push(part.clone());
        Ok(Self { name: name.to_path_buf(), part, _outer: outer })
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
    /// A run that ends early leaves nothing behind.
    fn drop(&mut self) {
        let mut aside = aside();
        if let Some(at) = aside.iter().position(|part| *part == self.part) {
            // What cannot be removed is taken away by the next run.
            let _ = fs::remove_dir_all(aside.swap_remove(at));
        }
    }
}
