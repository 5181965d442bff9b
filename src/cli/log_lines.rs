//! The lines of a decision log, read one after the other: it grows for years, and has no limit of size.

use crate::{
    caseload::lines::{Lines, buffered},
    cli::opened_file::unpacked_file,
    error::Error,
};
use std::{
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

/// A decision log that can be read more than once: a file, or standard input, which is held.
#[derive(Debug)]
pub enum Log {
    /// A file.
    File(PathBuf),
    /// What came from standard input.
    Held(Arc<[u8]>),
}

/// One line, or why there is none to read.
#[derive(Debug)]
pub struct LogLine {
    /// Its number, from 1.
    pub number: usize,
    /// What stands there.
    pub bytes: Vec<u8>,
    /// Whether it ends in a line break.
    pub is_whole: bool,
}

/// Goes through the lines of a log.
pub struct LogLines(Lines);

impl Log {
    /// That of a path; `-` is standard input.
    ///
    /// # Errors
    ///
    /// When standard input cannot be read.
    pub fn of<R: Read>(path: &Path, input: impl FnOnce() -> R) -> Result<Self, Error> {
        if path.as_os_str() != "-" {
            return Ok(Self::File(path.to_path_buf()));
        }
        let mut held = Vec::new();
        input().read_to_end(&mut held).map_err(|failed| Error::unreadable(Path::new("standard input"), &failed))?;
        Ok(Self::Held(held.into()))
    }

    /// Its lines, from the first on.
    ///
    /// # Errors
    ///
    /// When it is no file, or cannot be read.
    pub fn lines(&self) -> Result<LogLines, Error> {
        let stream = match self {
            Self::Held(held) => buffered(Box::new(Cursor::new(Arc::clone(held)))),
            Self::File(path) if std::fs::metadata(path).is_ok_and(|known| !known.is_file()) => {
                return Err(Error::input(self.name(), "is no file, and so no decision log"));
            }
            Self::File(path) => unpacked_file(path).map_err(|failed| Error::unreadable(path, &failed))?,
        };
        Ok(LogLines(Lines::of(stream)))
    }

    /// How messages call it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Held(_) => "standard input".to_owned(),
        }
    }

    /// That it cannot be read.
    #[must_use]
    pub fn unreadable(&self, failed: &io::Error) -> Error {
        Error::unreadable(Path::new(&self.name()), failed)
    }
}

impl Iterator for LogLines {
    type Item = io::Result<LogLine>;

    fn next(&mut self) -> Option<io::Result<LogLine>> {
        match self.0.advance() {
            Err(failed) => Some(Err(failed)),
            Ok(false) => None,
            Ok(true) => {
                self.0.useful();
                let bytes = self.0.line().to_vec();
                Some(Ok(LogLine { number: self.0.number, bytes, is_whole: self.0.text.ends_with(b"\n") }))
            }
        }
    }
}
