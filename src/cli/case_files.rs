//! The cases that a command line names: files, folders, or `-` for standard input; each file of one case or of many.

use crate::{
    case::fault::{Fault, Wrong},
    caseload::{
        chunk::{Broken, Chunks, Written},
        lines::Stream,
        raw_case::RawCase,
        stream::{self, Form, Opened},
        unpack::Packing,
    },
    decision::decide::CaseFile,
    error::Error,
};
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use std::{
    fs::{File, metadata},
    io::{self, BufReader, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Which cases, and how they are gone through.
#[derive(Debug, Args)]
pub struct Cases {
    /// Case files (YAML, JSON, JSON lines or CSV, also .gz or .zst), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "CASES")]
    named: Vec<PathBuf>,
    /// How the cases are written, whatever the ending [default: by ending; standard input by how it begins]
    #[arg(long, value_name = "FORM")]
    input_format: Option<InputFormat>,
    /// How many threads work on the cases [default: one a processor]
    #[arg(long, env = "BRAG_THREADS", value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Stop after so many cases without an answer
    #[arg(long, value_name = "N")]
    pub max_errors: Option<NonZeroUsize>,
}

/// How cases are written one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    /// YAML, of one document or many
    Yaml,
    /// JSON: one case, or a list of them
    Json,
    /// One JSON document a line
    Jsonl,
    /// One row a case, under a header of paths
    Csv,
}

impl InputFormat {
    const fn form(self) -> Form {
        match self {
            Self::Yaml => Form::Yaml,
            Self::Json => Form::Json,
            Self::Jsonl => Form::Jsonl,
            Self::Csv => Form::Csv,
        }
    }
}

impl Cases {
    /// The files named, and those of the folders named.
    ///
    /// # Errors
    ///
    /// When a folder has no cases, or cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>, Error> {
        find(&self.named)
    }

    /// The cases, to be gone through once.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn source(&self) -> Result<Source, Error> {
        Ok(Source::of(self.files()?, self.input_format.map(InputFormat::form)))
    }
}

/// Reads the only case of a file, or of standard input for `-`.
///
/// # Errors
///
/// When it cannot be read, or is not the only one.
pub fn read_one(path: &Path) -> Result<CaseFile, Box<Error>> {
    let mut source = Source::of(vec![path.to_path_buf()], None);
    let first = source.next().map_or_else(|| Err(several(path, Wrong::Empty)), RawCase::read)?;
    if source.next().is_some() { Err(several(path, Wrong::SeveralDocuments)) } else { Ok(first) }
}

fn several(path: &Path, wrong: Wrong) -> Box<Error> {
    let (file, fault) = (named(path).to_string(), Fault::whole(wrong));
    Box::new(Error::Case { file, crn: None, fault, first_line: 1, text: String::new() })
}

/// The files that some arguments name, in the order given; those of a folder in order of name.
fn find(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for argument in arguments {
        if !argument.is_dir() {
            files.push(argument.clone());
            continue;
        }
        let mut inside = Vec::new();
        walk(argument, &mut inside)?;
        inside.sort();
        if inside.is_empty() {
            let help = "cases end in .yaml, .yml, .json, .jsonl, .ndjson or .csv, and may be packed: .gz, .zst";
            return Err(Error::input(argument.display().to_string(), "no case in this folder").with_help(help));
        }
        files.extend(inside);
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let unreadable = |error: io::Error| Error::unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if by_ending(&path).1.is_some() {
            files.push(path);
        }
    }
    Ok(())
}

/// How a file is packed and written, by its ending.
fn by_ending(path: &Path) -> (Option<Packing>, Option<Form>) {
    let ending = |path: &Path| path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let packing = Packing::of_name(path);
    let form = match ending(&if packing.is_some() { path.with_extension("") } else { path.to_path_buf() }).as_deref() {
        Some("yaml" | "yml") => Some(Form::Yaml),
        Some("json") => Some(Form::Json),
        Some("jsonl" | "ndjson") => Some(Form::Jsonl),
        Some("csv") => Some(Form::Csv),
        _ => None,
    };
    (packing, form)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn named(path: &Path) -> Arc<str> {
    if is_stdin(path) { "standard input".into() } else { path.display().to_string().into() }
}

/// Every case of some files, one after the other, each as it is written. A file that cannot be read is an entry, too.
pub struct Source {
    files: std::vec::IntoIter<PathBuf>,
    form: Option<Form>,
    open: Option<Open>,
    /// Shows the bytes read so far, packed as they are.
    pub bar: ProgressBar,
    /// Bytes that there are, where that is known.
    pub size: Option<u64>,
    /// Whether one file was named.
    pub one_file: bool,
}

struct Open {
    file: Arc<str>,
    written: Written,
    chunks: Box<dyn Chunks>,
}

impl Source {
    fn of(files: Vec<PathBuf>, form: Option<Form>) -> Self {
        let length = |path: &PathBuf| metadata(path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
        let size = files.iter().map(length).sum();
        let one_file = files.len() == 1;
        Self { files: files.into_iter(), form, open: None, bar: ProgressBar::hidden(), size, one_file }
    }

    fn open(&self, path: &Path) -> Result<Opened, Broken> {
        let (packing, form) = by_ending(path);
        let from: Box<dyn Read + Send> =
            if is_stdin(path) { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
        let counted = self.bar.wrap_read(from);
        let stream = match packing {
            Some(packing) => buffered(packing.unpack(counted)),
            None if is_stdin(path) => stream::unpacked(buffered(Box::new(counted)))?,
            None => buffered(Box::new(counted)),
        };
        match self.form.or(form) {
            Some(form) => stream::open(stream, form),
            None => {
                let (form, stream) = stream::guess(stream)?;
                stream::open(stream, form)
            }
        }
    }
}

fn buffered(from: Box<dyn Read + Send>) -> Stream {
    BufReader::with_capacity(256 << 10, from)
}

impl Iterator for Source {
    type Item = RawCase;

    fn next(&mut self) -> Option<RawCase> {
        loop {
            if let Some(open) = &mut self.open {
                match open.chunks.next() {
                    Ok(Some(chunk)) => {
                        let content = Ok((open.written.clone(), chunk));
                        return Some(RawCase { file: Arc::clone(&open.file), content });
                    }
                    Ok(None) => self.open = None,
                    Err(broken) => {
                        let file = Arc::clone(&open.file);
                        self.open = None;
                        return Some(failed(file, broken));
                    }
                }
            }
            let path = self.files.next()?;
            let file = named(&path);
            match self.open(&path) {
                Ok((written, chunks)) => self.open = Some(Open { file, written, chunks }),
                Err(broken) => return Some(failed(file, broken)),
            }
        }
    }
}

fn failed(file: Arc<str>, broken: Broken) -> RawCase {
    let error = match broken {
        Broken::Unreadable(error) => Error::unreadable(Path::new(&*file), &error),
        Broken::Wrong(fault) => {
            Error::Case { file: file.to_string(), crn: None, fault, first_line: 1, text: String::new() }
        }
    };
    RawCase { file, content: Err(Box::new(error)) }
}
