//! `--log`: a file that only grows. Whoever appends to it has it to himself meanwhile; a line is whole or not there.

use crate::{
    caseload::unpack::Packing,
    cli::{
        global::Global,
        out::{Out, spare_inputs},
        terminal::Terminal,
    },
    decision_log::{
        chain::{FIRST, Link, hash_of, sealed},
        entry::LoggedRun,
    },
    error::Error,
    policy::Policy,
};
use clap::Args;
use jiff::Timestamp;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Whether decisions are logged, and how.
#[derive(Debug, Args)]
pub struct Logging {
    /// Append a line for each decision to this file, with the hash of the line before; `brag replay` reads it back
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Who runs this, for the log
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Write values of the case into the log, and not only what proves them
    #[arg(long)]
    log_values: bool,
}

impl Logging {
    /// Refuses a log that the run reads, or that its answers would be written over.
    ///
    /// # Errors
    ///
    /// When it is an input, the file that answers go to, or where the shell leads standard output.
    pub fn spare(
        &self,
        output: Option<&Path>,
        cases: impl Fn() -> Result<Vec<PathBuf>, Error>,
        global: &Global,
    ) -> Result<(), Error> {
        let Some(log) = &self.log else { return Ok(()) };
        if log.as_os_str() == "-" {
            let what = Error::input("--log -", "is no file that a log could be appended to");
            return Err(what.with_help("name a file: the answers alone go to standard output"));
        }
        if Packing::of_name(log).is_some() {
            let what = Error::input(log.display().to_string(), "is the name of a packed file, and a log is not packed");
            return Err(
                what.with_help("name it without that ending; `brag replay` reads it when it is packed later, too")
            );
        }
        spare_inputs(Some(log), cases, &[global.policy.as_deref()], global)?;
        let place = |path: &Path| std::path::absolute(path).ok();
        if output.is_some_and(|output| place(output) == place(log)) {
            let what = Error::input(log.display().to_string(), "is the log, which the answers would be written over");
            return Err(what.with_help("write the answers to another file"));
        }
        spare_inputs(output, || Ok(vec![log.clone()]), &[], global)
    }

    /// Opens the log, where there is to be one, and says what goes into each line of it.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or is no log.
    pub fn open(
        &self,
        policy: &Policy,
        terminal: &mut Terminal,
    ) -> Result<(Option<LogFile>, Option<LoggedRun>), Error> {
        let Some(path) = &self.log else { return Ok((None, None)) };
        let run = LoggedRun::new(policy, Timestamp::now(), self.by.clone(), self.log_values);
        Ok((Some(LogFile::open(path, terminal)?), Some(run)))
    }
}

/// Answers on their way out, none of which is seen before it stands in the log.
pub struct Recorded {
    out: Out,
    log: Option<LogFile>,
    held: Vec<u8>,
}

impl Recorded {
    /// An output with its log.
    pub const fn new(out: Out, log: Option<LogFile>) -> Self {
        Self { out, log, held: Vec::new() }
    }

    /// Whether anything was written.
    pub const fn any(&self) -> bool {
        self.out.any || !self.held.is_empty()
    }

    /// Writes a part that is no answer.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, part: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        if self.log.is_none() {
            return self.out.write(part, terminal);
        }
        self.held.extend_from_slice(part);
        Ok(())
    }

    /// Writes a part that is no text.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_bytes(&mut self, part: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        self.flush(terminal)?;
        self.out.write_bytes(part, terminal)
    }

    /// Writes an answer with its line for the log.
    ///
    /// # Errors
    ///
    /// When one of the two cannot be written.
    pub fn decided(&mut self, answer: &[u8], line: Option<String>, terminal: &mut Terminal) -> Result<(), Error> {
        self.write(answer, terminal)?;
        let is_enough = self.log.as_mut().zip(line).is_some_and(|(log, line)| log.add(line));
        // Somebody who waits for this answer writes no more before it is there.
        if is_enough || terminal.is_waited_for { self.flush(terminal) } else { Ok(()) }
    }

    fn flush(&mut self, terminal: &mut Terminal) -> Result<(), Error> {
        if let Some(log) = &mut self.log {
            log.flush()?;
        }
        let held = std::mem::take(&mut self.held);
        self.out.write(&held, terminal)
    }

    /// Ends both.
    ///
    /// # Errors
    ///
    /// When one of the two cannot be written.
    pub fn end(mut self, whole: bool, terminal: &mut Terminal) -> Result<(), Error> {
        self.flush(terminal)?;
        self.out.end(whole, terminal)
    }
}

/// Lines that are appended at once.
const AT_ONCE: usize = 1_024;
/// How much of the end of a log is looked at first, in bytes.
const LOOK: u64 = 64 << 10;

/// How every line of a log begins.
const BEGIN: &str = "{\"log\":";

/// How a log ends.
struct End {
    /// The last whole line.
    last: String,
    /// Bytes behind it that are no line.
    cut_off: u64,
    /// Whether those are the beginning of one.
    is_torn: bool,
    /// Whether no break stands behind it.
    lacks_break: bool,
}

/// A log that is appended to.
pub struct LogFile {
    path: PathBuf,
    file: File,
    /// What was decided and not yet written.
    waiting: Vec<String>,
}

impl LogFile {
    /// Opens a log, or begins one.
    ///
    /// # Errors
    ///
    /// When it cannot be written, or is no log.
    pub fn open(path: &Path, terminal: &mut Terminal) -> Result<Self, Error> {
        let failed = |error: &io::Error| Error::unwritable(path, error);
        let leads_nowhere = path.is_symlink() && !path.exists();
        if leads_nowhere || std::fs::metadata(path).is_ok_and(|known| !known.is_file()) {
            let what = Error::input(path.display().to_string(), "is no file that a log could be appended to");
            return Err(what.with_help("name a file, or one that is still to be made"));
        }
        let opened = OpenOptions::new().read(true).append(true).create(true).open(path);
        let mut log =
            Self { path: path.to_path_buf(), file: opened.map_err(|error| failed(&error))?, waiting: Vec::new() };
        let locked = log.file.lock().and_then(|()| log.last());
        let End { last, cut_off, is_torn, .. } = locked.map_err(|error| failed(&error))?;
        log.file.unlock().map_err(|error| failed(&error))?;
        if (!last.is_empty() && hash_of(&last).is_none()) || (cut_off > 0 && !is_torn) {
            let what = Error::input(path.display().to_string(), "does not end in a line of a decision log");
            return Err(what.with_help("name another file; a log is never mixed with something else"));
        }
        if cut_off > 0 {
            terminal.warn(&format!("{}: the last line was cut off; what is left of it goes", path.display()));
        }
        Ok(log)
    }

    fn last(&mut self) -> io::Result<End> {
        let length = self.file.seek(SeekFrom::End(0))?;
        let mut look = LOOK;
        loop {
            let from = length.saturating_sub(look);
            self.file.seek(SeekFrom::Start(from))?;
            let mut tail = Vec::new();
            (&self.file).take(length - from).read_to_end(&mut tail)?;
            let ends = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let (whole, rest) = tail.split_at_checked(ends).unwrap_or((&[], &tail));
            let mut lines = whole.trim_ascii_end().rsplitn(2, |byte| *byte == b'\n');
            let last = lines.next().unwrap_or_default();
            if from == 0 || (!last.is_empty() && lines.next().is_some()) {
                let behind = String::from_utf8_lossy(rest);
                // A line whose hash is right is whole, though an editor took away the break behind it.
                if Link::of(&behind).is_right() {
                    return Ok(End { last: behind.into_owned(), cut_off: 0, is_torn: false, lacks_break: true });
                }
                let last = String::from_utf8_lossy(last).into_owned();
                // Anything else than the beginning of a line was put there by somebody, and is not to be lost.
                let is_torn = behind.starts_with(BEGIN) || (!last.is_empty() && BEGIN.starts_with(&*behind));
                return Ok(End { last, cut_off: rest.len() as u64, is_torn, lacks_break: false });
            }
            look = look.saturating_mul(4);
        }
    }

    /// Adds a decision; whether so many wait that they should be written.
    pub fn add(&mut self, body: String) -> bool {
        self.waiting.push(body);
        self.waiting.len() >= AT_ONCE
    }

    /// Writes what waits, all of it or nothing.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let written = self.file.lock().and_then(|()| {
            let done = self.append(&waiting);
            self.file.unlock().and(done)
        });
        written.map_err(|error| Error::unwritable(&self.path, &error))
    }

    fn append(&mut self, bodies: &[String]) -> io::Result<()> {
        let End { last, cut_off, is_torn, lacks_break } = self.last()?;
        if cut_off > 0 && !is_torn {
            return Err(io::Error::other("something else than a line of a log was put behind the last one"));
        }
        let length = self.file.metadata()?.len() - cut_off;
        if cut_off > 0 {
            self.file.set_len(length)?;
        }
        let mut before = hash_of(&last).unwrap_or(FIRST).to_owned();
        let mut lines = if lacks_break { "\n".to_owned() } else { String::new() };
        for body in bodies {
            let line = sealed(body, &before);
            hash_of(&line).unwrap_or(FIRST).clone_into(&mut before);
            lines.push_str(&line);
            lines.push('\n');
        }
        let done = self.file.write_all(lines.as_bytes()).and_then(|()| self.file.sync_data());
        if done.is_err() {
            // Half of what was to be written is nothing to keep.
            self.file.set_len(length)?;
        }
        done
    }
}
