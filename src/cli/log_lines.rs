//! The lines of a decision log, read one after the other: it grows for years, and has no limit of size.

use crate::{
    caseload::lines::{Lines, buffered},
    error::Error,
};
use std::{fs::File, io, path::Path};

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

impl LogLines {
    /// Those of a file.
    ///
    /// # Errors
    ///
    /// When it is no file, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if std::fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            return Err(Error::input(path.display().to_string(), "is no file, and so no decision log"));
        }
        let file = File::open(path).map_err(|failed| Error::unreadable(path, &failed))?;
        Ok(Self(Lines::of(buffered(Box::new(file)))))
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
