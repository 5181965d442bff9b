//! A file that is written aside and takes its name when it is whole, so that a run that is stopped, or killed, leaves no half
//! file under it.
//!
//! The file aside is `.NAME.part` in the same folder. It is locked while it is written: a second run to the same file is
//! refused, and one that was left behind by a run that was killed is not locked, so that the next run takes it over.

use crate::{
    caseload::unpack::Packing,
    error::{Error, Exit},
};
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::{
    fs::{File, Metadata, OpenOptions, TryLockError, remove_file, rename},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The file that is being written aside, for whoever must remove it.
static ASIDE: Mutex<Option<PathBuf>> = Mutex::new(None);

fn aside() -> MutexGuard<'static, Option<PathBuf>> {
    ASIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C ends the run at once, and removes what is being written aside. Nobody can write or rename it meanwhile.
pub fn end_cleanly_on_interrupt() {
    let end = || {
        let mut aside = aside();
        if let Some(path) = aside.take() {
            // The run is at its end: a file that stays is taken over by the next one.
            let _ = remove_file(path);
        }
        std::process::exit(i32::from(Exit::Interrupted.code()))
    };
    // Without a handler the system ends the run, and the next one takes over what is left.
    let _ = ctrlc::set_handler(end);
}

/// A file that is being written.
pub struct OutFile {
    name: PathBuf,
    part: PathBuf,
    to: Packer,
}

/// What is packed into one zstd frame, in bytes. Frames one after the other are one zstd file.
const FRAME: usize = 1 << 20;

enum Packer {
    Plain(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
    Zstd { waiting: Vec<u8>, to: BufWriter<File> },
}

impl OutFile {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// When its folder cannot be written to, or another run is writing the same file.
    pub fn create(name: &Path) -> Result<Self, Error> {
        let shown = || name.display().to_string();
        // Behind a link, the file that it leads to is replaced; a folder or a device never is.
        let target = name.canonicalize().unwrap_or_else(|_| name.to_path_buf());
        let file = target.file_name().filter(|_| !target.exists() || target.is_file());
        let file = file.ok_or_else(|| Error::input(shown(), "is no file that could be replaced"))?;
        let part = target.with_file_name(format!(".{}.part", file.to_string_lossy()));
        let open = locked(&part).map_err(|failed| match failed {
            TryLockError::WouldBlock => Error::input(shown(), "is being written by another run"),
            TryLockError::Error(failed) => Error::unwritable(name, &failed),
        })?;
        *aside() = Some(part.clone());
        let to = BufWriter::with_capacity(256 << 10, open);
        let to = match Packing::of_name(name) {
            None => Packer::Plain(to),
            Some(Packing::Gzip) => Packer::Gzip(GzEncoder::new(to, Compression::fast())),
            Some(Packing::Zstd) => Packer::Zstd { waiting: Vec::new(), to },
        };
        Ok(Self { name: target, part, to })
    }

    /// Writes a part.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.to.write(bytes).map_err(|failed| Error::unwritable(&self.name, &failed))
    }

    /// Writes the rest and gives the file its name.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<(), Error> {
        let named = self.to.finish().and_then(|()| {
            let mut aside = aside();
            rename(&self.part, &self.name)?;
            *aside = None;
            Ok(())
        });
        named.map_err(|failed| Error::unwritable(&self.name, &failed))
    }
}

impl Drop for OutFile {
    /// A run that ends early leaves nothing behind.
    fn drop(&mut self) {
        if let Some(part) = aside().take_if(|part| *part == self.part) {
            // What cannot be removed is taken over by the next run.
            let _ = remove_file(part);
        }
    }
}

impl Packer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(to) => to.write_all(bytes),
            Self::Gzip(to) => to.write_all(bytes),
            Self::Zstd { waiting, to } => {
                waiting.extend_from_slice(bytes);
                if waiting.len() < FRAME {
                    return Ok(());
                }
                let frame = compress_to_vec(waiting.as_slice(), CompressionLevel::Fastest);
                waiting.clear();
                to.write_all(&frame)
            }
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        let to = match self {
            Self::Plain(to) => to,
            Self::Gzip(to) => {
                to.try_finish()?;
                to.get_mut()
            }
            Self::Zstd { waiting, to } => {
                to.write_all(&compress_to_vec(waiting.as_slice(), CompressionLevel::Fastest))?;
                to
            }
        };
        to.flush()?;
        to.get_ref().sync_all()
    }
}

/// Opens the file aside for this run alone, and empty.
fn locked(part: &Path) -> Result<File, TryLockError> {
    loop {
        let file =
            OpenOptions::new().create(true).truncate(false).write(true).open(part).map_err(TryLockError::Error)?;
        file.try_lock()?;
        // Another run may have given the file its name between the two: then this is no longer the one aside.
        if is_at(&file, part) {
            file.set_len(0).map_err(TryLockError::Error)?;
            return Ok(file);
        }
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |about: io::Result<Metadata>| about.ok().map(|about| (about.dev(), about.ino()));
    number(file.metadata()).is_some_and(|one| number(path.metadata()) == Some(one))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
