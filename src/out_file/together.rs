//! Several files that belong together: all of them are written, or none is.

use super::{Existing, OutFile, write_whole};
use crate::{error::Error, policy::source::plain_line_ends};
use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Files that are written aside, until all of them get their names.
#[derive(Debug, Default)]
pub struct Together {
    begun: Vec<(OutFile, Before)>,
}

/// A file, and what was there before; nothing where there was none.
#[derive(Debug)]
struct Before {
    path: PathBuf,
    text: Option<String>,
}

impl Together {
    /// Writes one aside, its lines ended as those are that are there. They get their names in the order in which they are added.
    /// What is there must be what it is taken for, or the new text already, of which nothing is written again.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or something else is there.
    pub fn add(&mut self, path: &Path, text: &str, before: Option<&str>) -> Result<(), Error> {
        let mut file = OutFile::create(path, Existing::Replace)?;
        // Only now nobody else writes it.
        let there = read(path)?;
        let text = match &there {
            Some(there) if there.contains("\r\n") => &plain_line_ends(text).replace('\n', "\r\n"),
            _ => text,
        };
        if there.as_deref() == Some(text) {
            return Ok(());
        }
        if there.as_deref() != before {
            let message = if before.is_none() { "is there already" } else { "was changed meanwhile" };
            let kept = Error::input(path.display().to_string(), message);
            return Err(kept.with_help("nothing was written; look at the file, and run this again"));
        }
        file.write_all(text.as_bytes()).map_err(|failed| file.unwritable(&failed))?;
        self.begun.push((file, Before { path: path.to_path_buf(), text: there }));
        Ok(())
    }

    /// Gives all of them their names.
    ///
    /// # Errors
    ///
    /// When that fails for one of them: then those before it are as they were.
    pub fn finish(self) -> Result<(), Error> {
        let mut done: Vec<Before> = Vec::new();
        for (file, before) in self.begun {
            if let Err(failed) = file.finish() {
                done.iter().rev().for_each(Before::restore);
                return Err(failed);
            }
            done.push(before);
        }
        Ok(())
    }
}

impl Before {
    /// What cannot be undone is said by the next `brag check` or `brag test`.
    fn restore(&self) {
        let _ = match &self.text {
            Some(text) => write_whole(&self.path, text, Existing::Replace),
            None => fs::remove_file(&self.path).map_err(|failed| Error::unwritable(&self.path, &failed)),
        };
    }
}

/// The text of a file; nothing where there is none.
///
/// # Errors
///
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(failed) if failed.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(failed) => Err(Error::unreadable(path, &failed)),
    }
}
