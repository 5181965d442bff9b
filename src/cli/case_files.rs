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
    cli::folders::{CasePath, find},
    decision::decide::CaseFile,
    error::Error,
    language::tiers::Tiers,
    policy::source::must_be_file,
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
    /// Whether any are named; most verbs need some.
    pub const fn any(&self) -> bool {
        !self.named.is_empty()
    }

    /// The error of files in which there is none.
    pub fn nothing(&self) -> Error {
        let file =
            if let [one] = self.named.as_slice() { named(one).to_string() } else { "the files named".to_owned() };
        Error::input(file, "no case in it")
    }

    /// The files named, and those of the folders named.
    ///
    /// # Errors
    ///
    /// When a folder has no cases, or cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>, Error> {
        Ok(self.found()?.into_iter().map(|found| found.path).collect())
    }

    fn found(&self) -> Result<Vec<CasePath>, Error> {
        find(&self.named, |path| by_ending(path).1.is_some())
    }

    /// The cases, to be gone through once.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn source(&self) -> Result<Source, Error> {
        Ok(Source::of(self.found()?, self.input_format.map(InputFormat::form)))
    }
}

/// Reads the only case of a file, or of standard input for `-`, to be judged by a policy of these tiers.
///
/// # Errors
///
/// When it cannot be read, or is not the only one.
pub fn read_one(path: &Path, tiers: &Tiers) -> Result<CaseFile, Box<Error>> {
    let mut source = Source::of(vec![CasePath { path: path.to_path_buf(), is_named: true }], None);
    let first = source.next().map_or_else(|| Err(several(path, Wrong::Empty)), |one| one.read(tiers))?;
    if source.next().is_some() { Err(several(path, Wrong::SeveralDocuments)) } else { Ok(first) }
}

fn several(path: &Path, wrong: Wrong) -> Box<Error> {
    let (file, fault) = (named(path).to_string(), Fault::whole(wrong));
    Box::new(Error::Case { file, crn: None, fault, first_line: 1, text: String::new() })
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
    files: std::vec::IntoIter<CasePath>,
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
    fn of(files: Vec<CasePath>, form: Option<Form>) -> Self {
        let length =
            |found: &CasePath| metadata(&found.path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
        let size = files.iter().map(length).sum();
        let one_file = files.len() == 1;
        Self { files: files.into_iter(), form, open: None, bar: ProgressBar::hidden(), size, one_file }
    }

    fn open(&self, CasePath { path, is_named }: &CasePath) -> Result<Opened, Broken> {
        // What somebody names may be a pipe, such as `<(...)`; what merely lies in a folder may not.
        if !is_named {
            must_be_file(path)?;
        }
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
            let found = self.files.next()?;
            let file = named(&found.path);
            match self.open(&found) {
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
