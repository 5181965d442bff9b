//! Where answers go: standard output, or a file that appears under its name only when it is whole.

use crate::{
    caseload::unpack::Packing,
    cli::{
        case_files::Cases,
        format_option::{FormatOption, Formats},
        global::Global,
        packed_file::PackedFile,
        policy_choice,
        terminal::Terminal,
    },
    error::Error,
    out_file::{Existing, end_cleanly_on_interrupt},
    report::{Format, shown::lines},
};
use clap::{Args, ValueEnum};
use same_file::Handle;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Where answers go.
#[derive(Debug, Args)]
pub struct Output<V: Formats> {
    /// Write the answers to this file, which is no input of the run, or `-` for standard output; its format by its ending, packed when that is .gz or .zst
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption<V>,
}

/// An open output.
pub struct Out {
    file: Option<PackedFile>,
    /// For people: with colours where they are seen.
    colored: bool,
    buffer: Vec<u8>,
    /// Whether anything was written.
    pub any: bool,
}

/// What is collected before it is handed to the system, in bytes.
const BUFFER: usize = 256 << 10;

impl<V: Formats> Output<V> {
    /// The format: as asked for, or as the ending of the file says.
    ///
    /// # Errors
    ///
    /// When the ending says none that the verb writes, or a format that is no text has no file.
    pub fn format(&self) -> Result<Format, Error> {
        let format = match (self.format.asked(), self.file()) {
            (None, Some(file)) => by_ending(file, V::FORMATS)?.unwrap_or_else(|| self.format.chosen()),
            _ => self.format.chosen(),
        };
        if format == Format::Xlsx && self.file().is_none() {
            return Err(Error::input("--format xlsx", "is no text").with_help("say where it goes: `-o FILE.xlsx`"));
        }
        Ok(format)
    }

    /// The file, where it is none of the streams.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| path.as_os_str() != "-")
    }

    /// Opens it.
    ///
    /// # Errors
    ///
    /// When it is one of the files that the run reads, the file cannot be written, or another run is writing it.
    pub fn open(&self, colored: bool, cases: &Cases, global: &Global) -> Result<Out, Error> {
        self.open_beside(colored, cases, &[global.policy.as_deref()], global)
    }

    /// The same of a run that reads the policies which these words name.
    ///
    /// # Errors
    ///
    /// As [`Output::open`].
    pub fn open_beside(
        &self,
        colored: bool,
        cases: &Cases,
        policies: &[Option<&str>],
        global: &Global,
    ) -> Result<Out, Error> {
        end_cleanly_on_interrupt();
        spare_inputs(self.file(), || cases.files(), policies, global)?;
        let begin = |path| PackedFile::create(path, Existing::Replace);
        let file = self.file().map(begin).transpose()?;
        Ok(Out { file, colored, buffer: Vec::new(), any: false })
    }
}

/// The format that the ending of a file says, below that of what it is packed with; none where it has no ending.
fn by_ending(file: &Path, known: &[Format]) -> Result<Option<Format>, Error> {
    let unpacked = if Packing::of_name(file).is_some() { file.with_extension("") } else { file.to_path_buf() };
    let Some(ending) = unpacked.extension() else { return Ok(None) };
    let ending = ending.to_str().unwrap_or_default().to_lowercase();
    let is_of = |format: &&Format| format.endings().contains(&ending.as_str());
    let named = Format::value_variants().iter().find(is_of);
    if let Some(format) = named.filter(|format| known.contains(format)) {
        return Ok(Some(*format));
    }
    let usual = known.iter().filter_map(|format| format.endings().first());
    let endings: Vec<String> = usual.map(|ending| format!(".{ending}")).collect();
    let help = format!("this verb writes {}; or say `--format`", endings.join(", "));
    let what = if named.is_some() {
        "its ending names a format that this verb does not write"
    } else {
        "its ending names no format"
    };
    Err(Error::input(file.display().to_string(), what).with_help(help))
}

/// Refuses to write over what the run reads, by whatever name: the file that answers are to go to, or where the shell leads
/// standard output.
///
/// # Errors
///
/// When one of the two is a case file, a file of a policy, `brag.toml` or the file of bank holidays.
pub fn spare_inputs(
    output: Option<&Path>,
    cases: impl Fn() -> Result<Vec<PathBuf>, Error>,
    policies: &[Option<&str>],
    global: &Global,
) -> Result<(), Error> {
    let is_file = |handle: &Handle| handle.as_file().metadata().is_ok_and(|about| about.is_file());
    let to = match output {
        Some(path) if path.is_file() => {
            Some(Handle::from_path(path).map_err(|failed| Error::unwritable(path, &failed))?)
        }
        Some(_) => None,
        None => Handle::stdout().ok().filter(is_file),
    };
    let Some(to) = to else { return Ok(()) };
    let refused = |input: &str| {
        let shown = output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
        let message = format!("is an input of this run, `{input}`, which the answers would be written over");
        Err(Error::input(shown, message).with_help("write the answers to another file"))
    };
    let mut files = cases()?;
    files.extend(global.holidays.clone());
    // A policy that there is not is said where it is loaded.
    files.extend(policy_choice::files(policies).unwrap_or_default());
    for file in files {
        let is_stdin = file.as_os_str() == "-";
        if is_stdin && Handle::stdin().is_ok_and(|from| from == to) {
            return refused("standard input");
        }
        // Only what is a file can be the same one; to open a pipe would wait for somebody to write to it.
        if is_stdin || !file.is_file() {
            continue;
        }
        match Handle::from_path(&file) {
            Ok(from) if from == to => return refused(&file.display().to_string()),
            // What may not be read is not written over either: the file to write could be opened.
            Err(failed) if failed.kind() != io::ErrorKind::PermissionDenied => {
                return Err(Error::unreadable(&file, &failed));
            }
            _ => {}
        }
    }
    Ok(())
}

impl Out {
    /// Writes a part.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, part: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        self.any |= !part.is_empty();
        self.buffer.extend_from_slice(&lines(part));
        // Somebody who reads along sees an answer before the error after it, and before they write more.
        let is_read_along = self.colored || terminal.is_waited_for;
        if is_read_along || self.buffer.len() >= BUFFER { self.flush(terminal) } else { Ok(()) }
    }

    /// Writes a part that is no text.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_bytes(&mut self, part: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        self.any = true;
        self.buffer.extend_from_slice(part);
        self.flush(terminal)
    }

    /// Hands on what is collected.
    fn flush(&mut self, terminal: &mut Terminal) -> Result<(), Error> {
        let part = &self.buffer;
        let written = match &mut self.file {
            Some(file) if self.colored => file.write(&anstream::adapter::strip_bytes(part).into_vec()),
            Some(file) => file.write(part),
            None if self.colored => terminal.answer(part),
            None => terminal.data(part),
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
        self.file.filter(|_| whole).map_or(Ok(()), PackedFile::finish)
    }
}
