//! The cases that a command line names: files, folders, or `-` for standard input; each file of one case or of many.

use crate::{
    case::fault::{Fault, Wrong},
    caseload::{
        chunk::{Broken, Chunks, Written},
        mapped,
        raw_case::RawCase,
        stream::{self, Form, Opened},
    },
    cli::{
        folders::{CasePath, find},
        mapping_choice::{ChosenMapping, MappingOptions},
        opened_file::{Unopened, buffered, by_ending, unpacked_file},
    },
    decision::decide::CaseFile,
    error::Error,
    language::tiers::Tiers,
    policy::source::must_be_file,
};
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use std::{
    fs::{File, metadata},
    io::{self, Read},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Which cases, and how they are gone through.
#[derive(Debug, Clone, Args)]
pub struct Cases {
    /// Case files (YAML, JSON, JSON lines or CSV, also .gz or .zst), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "CASES")]
    named: Vec<PathBuf>,
    /// How the cases are written, whatever the ending [default: by ending; standard input by how it begins]
    #[arg(long, value_name = "FORM")]
    input_format: Option<InputFormat>,
    #[command(flatten)]
    pub mapping: MappingOptions,
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

    /// Each of the arguments by itself, read as all of them are.
    pub fn each(&self) -> impl Iterator<Item = (&Path, Self)> {
        self.named.iter().map(|path| (path.as_path(), Self { named: vec![path.clone()], ..self.clone() }))
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
        let chosen = self.mapping.chosen(false)?;
        let mut files: Vec<PathBuf> = self.found(chosen.as_deref())?.into_iter().map(|found| found.path).collect();
        if let Some(chosen) = &chosen {
            let beside: Vec<PathBuf> = files.iter().flat_map(|cases| chosen.files_beside(cases)).collect();
            files.extend(beside);
            files.extend(self.mapping.map.as_ref().map(PathBuf::from));
        }
        Ok(files)
    }

    fn found(&self, chosen: Option<&ChosenMapping>) -> Result<Vec<CasePath>, Error> {
        let mut found = find(&self.named, |path| by_ending(path).1.is_some())?;
        if let Some(chosen) = chosen {
            found.retain(|found| found.is_named || !chosen.is_table(&found.path));
        }
        Ok(found)
    }

    /// The cases, to be gone through once.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn source(&self) -> Result<Source, Error> {
        let chosen = self.mapping.chosen(false)?;
        Ok(Source::of(self.found(chosen.as_deref())?, self.input_format.map(InputFormat::form), chosen))
    }
}

/// The records of these files and folders, which a mapping makes cases of.
///
/// # Errors
///
/// When one is not there.
pub fn named_source(named: &[PathBuf], mapping: Option<Arc<ChosenMapping>>) -> Result<Source, Error> {
    let mut found = find(named, |path| by_ending(path).1.is_some())?;
    found.retain(|found| found.is_named || !mapping.as_ref().is_some_and(|mapping| mapping.is_table(&found.path)));
    Ok(Source::of(found, None, mapping))
}

/// Reads the only case of a file, or of standard input for `-`, to be judged by a policy of these tiers.
///
/// # Errors
///
/// When it cannot be read, or is not the only one.
pub fn read_one(path: &Path, mapping: &MappingOptions, tiers: &Tiers) -> Result<CaseFile, Box<Error>> {
    let chosen = mapping.chosen(false).map_err(Box::new)?;
    let mut source = Source::of(vec![CasePath { path: path.to_path_buf(), is_named: true }], None, chosen);
    let first = source.next().map_or_else(|| Err(several(path, Wrong::Empty)), |one| one.read(tiers))?;
    if source.next().is_some() { Err(several(path, Wrong::SeveralDocuments)) } else { Ok(first) }
}

fn several(path: &Path, wrong: Wrong) -> Box<Error> {
    let (file, fault) = (named(path).to_string(), Fault::whole(wrong));
    Box::new(Error::Case { file, crn: None, fault, first_line: 1, text: String::new() })
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
    /// What makes cases of a service's own data.
    pub mapping: Option<Arc<ChosenMapping>>,
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
    fn of(files: Vec<CasePath>, form: Option<Form>, mapping: Option<Arc<ChosenMapping>>) -> Self {
        let length =
            |found: &CasePath| metadata(&found.path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
        let size = files.iter().map(length).sum();
        let one_file = files.len() == 1;
        Self { files: files.into_iter(), form, mapping, open: None, bar: ProgressBar::hidden(), size, one_file }
    }

    fn open(&self, CasePath { path, is_named }: &CasePath) -> Result<Opened, Unopened> {
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
        let said = self.form.or_else(|| self.mapping.as_ref()?.form()).or(form);
        let (form, stream) = match said {
            Some(form) => (form, stream),
            None => stream::guess(stream)?,
        };
        Ok(match &self.mapping {
            None => stream::open(stream, form)?,
            Some(mapping) => mapped::open(stream, form, &mapping.source_of(path, unpacked_file)?)?,
        })
    }
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
                Err(Unopened::Broken(broken)) => return Some(failed(file, broken)),
                Err(Unopened::Beside(error)) => return Some(RawCase { file, content: Err(error) }),
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
