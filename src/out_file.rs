//! Everything that is written to a file goes through here: aside, and under its name when it is whole, so that a run that is
//! stopped, or killed, leaves no half file under it and nothing of what was there is lost.
//!
//! The file aside is `.NAME.part` in the same folder. It is made anew, never through a link, and locked while it is written. One
//! that was left behind by a run that was killed is not locked, so that the next run takes it away.

pub mod folder;
pub mod together;

use crate::error::{Error, Exit};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    thread::sleep,
    time::Duration,
};

/// How often it is looked whether another run is done with a file, and how long is waited between.
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(25);

/// The files that are being written aside, for whoever must remove them.
static ASIDE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn aside() -> MutexGuard<'static, Vec<PathBuf>> {
    ASIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C and a signal to end (SIGTERM, SIGHUP) end the run at once, and remove what is being written aside. Nobody
/// can write or rename it meanwhile.
pub fn end_cleanly_on_interrupt() {
    let end = || {
        let mut aside = aside();
        for path in aside.drain(..) {
            // The run is at its end: a file that stays is taken away by the next one.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        std::process::exit(i32::from(Exit::Interrupted.code()))
    };
    // The handler is set once a run. Without one the system ends the run, and the next one takes away what is left.
    let _ = ctrlc::set_handler(end);
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// The new one takes its place.
    Replace,
    /// It stays, and nothing is written.
    Keep,
}

/// A file that is being written.
#[derive(Debug)]
pub struct OutFile {
    shown: PathBuf,
    name: PathBuf,
    part: PathBuf,
    existing: Existing,
    to: File,
}

impl OutFile {
    /// Begins a file. Behind a link, the file that it leads to is meant.
    ///
    /// # Errors
    ///
    /// When its folder cannot be written to, another run is writing the same file, the name is that of a folder or a device, or
    /// of a file that is to be kept.
    pub fn create(shown: &Path, existing: Existing) -> Result<Self, Error> {
        let refused = |message| Error::input(shown.display().to_string(), message);
        let no_file = |message| refused(message).with_help("name a file, or `-` for standard output");
        let unwritable = |failed: io::Error| Error::unwritable(shown, &failed);
        let (name, before) = match shown.canonicalize() {
            Ok(real) => (real.clone(), Some(real.metadata().map_err(unwritable)?)),
            Err(_) if shown.is_symlink() => return Err(no_file("is a link that leads nowhere")),
            Err(_) => (shown.to_path_buf(), None),
        };
        let file = name.file_name().filter(|_| before.as_ref().is_none_or(fs::Metadata::is_file));
        let file = file.ok_or_else(|| no_file("is no file that could be replaced"))?;
        if before.is_some() && existing == Existing::Keep {
            return Err(kept(shown));
        }
        let part = name.with_file_name(format!(".{}.part", file.to_string_lossy()));
        end_cleanly_on_interrupt();
        let mut tries = TRIES;
        let to = loop {
            match locked(&part) {
                Ok(to) => break to,
                // A snapshot is written in no time: who waits for a moment need not fail.
                Err(failed) if failed.kind() != io::ErrorKind::WouldBlock => return Err(unwritable(failed)),
                Err(_) if tries > 0 => sleep(PAUSE),
                Err(_) => return Err(refused("is being written by another run")),
            }
            tries -= 1;
        };
        let begun = Self { shown: shown.to_path_buf(), name, part, existing, to };
        if let Some(before) = before {
            begun.to.set_permissions(before.permissions()).map_err(unwritable)?;
        }
        Ok(begun)
    }

    /// Where it is written aside.
    #[must_use]
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// An error of the system about this file.
    #[must_use]
    pub fn unwritable(&self, why: &io::Error) -> Error {
        Error::unwritable(&self.shown, why)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or a file that is to be kept has come up meanwhile.
    pub fn finish(self) -> Result<(), Error> {
        self.to.sync_all().map_err(|failed| self.unwritable(&failed))?;
        let mut aside = aside();
        // Whoever else would write this name with `brag` waits for the lock of the file aside.
        if self.existing == Existing::Keep && self.name.symlink_metadata().is_ok() {
            return Err(kept(&self.shown));
        }
        fs::rename(&self.part, &self.name).map_err(|failed| self.unwritable(&failed))?;
        aside.retain(|part| *part != self.part);
        Ok(())
    }
}

impl Write for OutFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Drop for OutFile {
    /// A run that ends early leaves nothing behind.
    fn drop(&mut self) {
        let mut aside = aside();
        if let Some(at) = aside.iter().position(|part| *part == self.part) {
            // What cannot be removed is taken away by the next run.
            let _ = fs::remove_file(aside.swap_remove(at));
        }
    }
}

/// Writes a file at once.
///
/// # Errors
///
/// As [`OutFile::create`] and [`OutFile::finish`].
pub fn write_whole(path: &Path, text: &str, existing: Existing) -> Result<(), Error> {
    let mut file = OutFile::create(path, existing)?;
    file.write_all(text.as_bytes()).map_err(|failed| file.unwritable(&failed))?;
    file.finish()
}

/// Removes what a killed run left behind, unless somebody is writing it.
pub fn remove_leftover(part: &Path) {
    // What cannot be removed stays in nobody's way.
    let _ = cleared(part);
}

fn kept(path: &Path) -> Error {
    let there = Error::input(path.display().to_string(), "is there already");
    there.with_help("choose another name: a file that is there is not written over")
}

/// Makes the file aside anew, for this run alone.
fn locked(part: &Path) -> io::Result<File> {
    loop {
        let mut aside = aside();
        match OpenOptions::new().write(true).create_new(true).open(part) {
            Ok(file) => {
                // Another run may have taken the new file for a leftover before it was locked.
                if file.try_lock().is_ok() {
                    match is_at(&file, part) {
                        Ok(true) => {
                            aside.push(part.to_path_buf());
                            return Ok(file);
                        }
                        Ok(false) => {}
                        Err(failed) => {
                            // What cannot be removed is taken away by the next run.
                            let _ = fs::remove_file(part);
                            return Err(failed);
                        }
                    }
                }
            }
            Err(failed) if failed.kind() == io::ErrorKind::AlreadyExists => cleared(part)?,
            Err(failed) => return Err(failed),
        }
    }
}

/// Takes away what stands where the file aside is to be: a leftover, or a link, but nothing that another run is writing.
fn cleared(part: &Path) -> io::Result<()> {
    let gone = |failed: io::Error| if failed.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(failed) };
    let is_file = match part.symlink_metadata() {
        Ok(about) => about.is_file(),
        Err(failed) => return gone(failed),
    };
    if !is_file {
        return fs::remove_file(part).or_else(gone);
    }
    let left = match File::open(part) {
        Ok(left) => left,
        Err(failed) => return gone(failed),
    };
    left.try_lock()?;
    if is_at(&left, part)? { fs::remove_file(part).or_else(gone) } else { Ok(()) }
}

/// Whether an open file is the one that has this name.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let open = same_file::Handle::from_file(file.try_clone()?)?;
    match same_file::Handle::from_path(path) {
        Err(failed) if failed.kind() == io::ErrorKind::NotFound => Ok(false),
        named => Ok(named? == open),
    }
}
