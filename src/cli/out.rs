//! Where answers go: standard output, or a file that appears under its name only when it is whole.

use crate::{
    cli::{
        global::Terminal,
        out_file::{OutFile, end_cleanly_on_interrupt},
    },
    error::Error,
};
use clap::Args;
use std::path::PathBuf;

/// Where answers go.
#[derive(Debug, Args)]
pub struct Output {
    /// Write the answers to this file; packed when it ends in .gz or .zst
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// An open output.
pub struct Out {
    file: Option<OutFile>,
    /// For people: with colours where they are seen.
    colored: bool,
    buffer: Vec<u8>,
    /// Whether anything was written.
    pub any: bool,
}

/// What is collected before it is handed to the system, in bytes.
const BUFFER: usize = 256 << 10;

impl Output {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, or another run is writing it.
    pub fn open(&self, colored: bool) -> Result<Out, Error> {
        end_cleanly_on_interrupt();
        let file = self.output.as_deref().map(OutFile::create).transpose()?;
        Ok(Out { file, colored, buffer: Vec::new(), any: false })
    }
}

impl Out {
    /// Writes a part.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, part: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        self.any |= !part.is_empty();
        self.buffer.extend_from_slice(part);
        // Somebody who reads along sees an answer before the error after it.
        if self.colored || self.buffer.len() >= BUFFER { self.flush(terminal) } else { Ok(()) }
    }

    /// Hands on what is collected.
    fn flush(&mut self, terminal: &mut Terminal) -> Result<(), Error> {
        let part = &self.buffer;
        let written = match &mut self.file {
            Some(file) if self.colored => file.write(&anstream::adapter::strip_bytes(part).into_vec()),
            Some(file) => file.write(part),
            None if self.colored => terminal.answer(part),
            None => Terminal::data(part),
        };
        self.buffer.clear();
        written
    }

    /// Ends it: a file appears under its name if it is whole, and else is nowhere.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn end(mut self, whole: bool, terminal: &mut Terminal) -> Result<(), Error> {
        self.flush(terminal)?;
        self.file.filter(|_| whole).map_or(Ok(()), OutFile::finish)
    }
}
