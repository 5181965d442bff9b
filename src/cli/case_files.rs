//! The cases that a command line names: files, folders, or `-` for standard input; each file of one case or of many.

use crate::{
    case::answer_date::AnswerDate,
    case::table_form::TableForm,
    caseload::{
        chunk::{Broken, Written},
        lines::buffered,
        mapped::{self, MappedRecords},
        raw_case::RawCase,
        stream::{self, Form, Opened},
    },
    cli::{
        folders::{CasePath, FilesPassedOver, Found, find},
        input_form::{InputFormat, TableOptions},
        mapping_choice::{ChosenMapping, MappingOptions},
        opened_file::{Unopened, by_ending, unpacked_file},
    },
    error::Error,
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
    /// Case files (YAML, JSON, JSON lines, CSV or .xlsx, also .gz or .zst), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "CASES")]
    named: Vec<PathBuf>,
    /// How the cases are written, whatever the ending [default: by ending; standard input by how it begins]
    #[arg(long, value_name = "FORM")]
    input_format: Option<InputFormat>,
    #[command(flatten)]
    pub mapping: MappingOptions,
    #[command(flatten)]
    table: TableOptions,
    /// Refuse a case with a registration that no list knows, instead of counting it
    #[arg(long)]
    pub strict: bool,
    /// What to do about a reference that stands in several cases: end with exit code 3, say so, or take the last of them
    #[arg(long, value_name = "WHAT", default_value = "warn")]
    pub duplicates: Duplicates,
    /// How many threads work on the cases [default: one a processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    /// Stop after so many cases without an answer
    #[arg(long, value_name = "N")]
    pub max_errors: Option<NonZeroUsize>,
}

/// What to do about a reference that stands in several cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Duplicates {
    /// End with exit code 3
    Error,
    /// Say so at the end
    Warn,
    /// Take the last of them; the files are read twice
    Last,
}

impl Cases {
    /// Whether any are named; most verbs need some.
    pub const fn any(&self) -> bool {
        !self.named.is_empty()
    }

    /// Those of standard input instead, as this model writes them, whatever is said of the others.
    #[cfg(feature = "serve")]
    pub fn of_standard_input(&self) -> Self {
        Self { strict: false, duplicates: Duplicates::Warn, ..self.of_file(Path::new("-")) }
    }

    /// One further file, of one case as this model writes it.
    pub fn of_file(&self, path: &Path) -> Self {
        let (mapping, table) = (MappingOptions::default(), TableOptions::default());
        Self { named: vec![path.to_owned()], input_format: None, mapping, table, ..self.clone() }
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
        let chosen = self.mapping.chosen(false, AnswerDate::default())?;
        let found = self.found(chosen.as_deref())?;
        let mut files: Vec<PathBuf> = found.files.into_iter().map(|found| found.path).collect();
        if let Some(chosen) = &chosen {
            let beside: Vec<PathBuf> = files.iter().flat_map(|cases| chosen.files_beside(cases)).collect();
            files.extend(beside);
            files.extend(self.mapping.map.as_ref().map(PathBuf::from));
        }
        Ok(files)
    }

    fn found(&self, chosen: Option<&ChosenMapping>) -> Result<Found, Error> {
        let mut found = find(&self.named, |path| by_ending(path).1.is_some())?;
        if let Some(chosen) = chosen {
            found.files.retain(|found| found.is_named || !chosen.is_table(&found.path));
        }
        Ok(found)
    }

    /// The cases, to be gone through once, for answers of these dates.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn source(&self, dates: AnswerDate) -> Result<Source, Error> {
        let chosen = self.mapping.chosen(false, dates)?;
        let Found { files, passed_over } = self.found(chosen.as_deref())?;
        let source = Source::of(files, self.input_format.map(InputFormat::form), self.table.form(), chosen);
        Ok(Source { passed_over, strict: self.strict, dates, ..source })
    }
}

/// The records of these files and folders, which a mapping makes cases of.
///
/// # Errors
///
/// When one is not there.
pub fn named_source(
    named: &[PathBuf],
    table: &TableOptions,
    mapping: Option<Arc<ChosenMapping>>,
) -> Result<Source, Error> {
    let mut found = find(named, |path| by_ending(path).1.is_some())?.files;
    found.retain(|found| found.is_named || !mapping.as_ref().is_some_and(|mapping| mapping.is_table(&found.path)));
    Ok(Source::of(found, None, table.form(), mapping))
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
    /// What is said of tables.
    table: TableForm,
    open: Option<Open>,
    /// The mapped files that were opened, where their columns are looked at: one may have no record.
    pub opened: Vec<(Arc<str>, Arc<MappedRecords>)>,
    /// Shows the bytes read so far, packed as they are.
    pub bar: ProgressBar,
    /// Bytes that there are, where that is known.
    pub size: Option<u64>,
    /// Whether one file was named.
    pub one_file: bool,
    /// How much was passed over in folders.
    pub passed_over: FilesPassedOver,
    /// Whether a register that the model does not list is a fault.
    strict: bool,
    /// The date of the answers that the cases are read for.
    dates: AnswerDate,
    /// What is read for `-`; standard input where nothing is said.
    pub input: Option<Box<dyn Read + Send>>,
}

struct Open {
    file: Arc<str>,
    is: Opened,
}

impl Source {
    fn of(files: Vec<CasePath>, form: Option<Form>, table: TableForm, mapping: Option<Arc<ChosenMapping>>) -> Self {
        let length =
            |found: &CasePath| metadata(&found.path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len());
        let size = files.iter().map(length).sum();
        let one_file = files.len() == 1;
        Self {
            files: files.into_iter(),
            form,
            table,
            mapping,
            open: None,
            opened: Vec::new(),
            bar: ProgressBar::hidden(),
            size,
            one_file,
            passed_over: FilesPassedOver::default(),
            strict: false,
            dates: AnswerDate::default(),
            input: None,
        }
    }

    fn open(&mut self, CasePath { path, is_named }: &CasePath) -> Result<Opened, Unopened> {
        // What somebody names may be a pipe, such as `<(...)`; what merely lies in a folder may not.
        if !is_named {
            must_be_file(path)?;
        }
        let (packing, form) = by_ending(path);
        let from: Box<dyn Read + Send> = if is_stdin(path) {
            self.input.take().unwrap_or_else(|| Box::new(io::stdin()))
        } else {
            Box::new(File::open(path)?)
        };
        let counted = self.bar.wrap_read(from);
        let stream = stream::unpacked(buffered(Box::new(counted)), packing)?;
        let said = self.form.or_else(|| self.mapping.as_ref()?.form()).or(form);
        let Some(mapping) = &self.mapping else { return Ok(stream::open(stream, said, &self.table)?) };
        let (form, stream) = match said {
            Some(form) => (form, stream),
            None => stream::guess(stream)?,
        };
        Ok(mapped::open(stream, form, &mapping.source_of(path, &self.table, unpacked_file)?)?)
    }
}

impl Iterator for Source {
    type Item = RawCase;

    fn next(&mut self) -> Option<RawCase> {
        loop {
            if let Some(open) = &mut self.open {
                match open.is.chunks.next() {
                    Ok(Some(chunk)) => {
                        let content = Ok((open.is.written.clone(), chunk));
                        let found = std::mem::take(&mut open.is.found);
                        let is_last_at_hand = !open.is.chunks.is_at_hand();
                        let (file, strict, dates) = (Arc::clone(&open.file), self.strict, self.dates);
                        return Some(RawCase { file, found, strict, dates, is_last_at_hand, content });
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
                Ok(is) => {
                    let is_looked_at = self.mapping.as_ref().is_some_and(|mapping| mapping.is_looked_at);
                    if let (true, Written::Mapped(records)) = (is_looked_at, &is.written) {
                        self.opened.push((Arc::clone(&file), Arc::clone(records)));
                    }
                    self.open = Some(Open { file, is });
                }
                Err(Unopened::Broken(broken)) => return Some(failed(file, broken)),
                Err(Unopened::Beside(error)) => return Some(no_case(error.file().into(), error)),
            }
        }
    }
}

fn failed(file: Arc<str>, broken: Broken) -> RawCase {
    let error = broken.in_file(&file);
    no_case(file, Box::new(error))
}

fn no_case(file: Arc<str>, error: Box<Error>) -> RawCase {
    let (found, dates) = (Vec::new(), AnswerDate::default());
    RawCase { file, found, strict: false, dates, is_last_at_hand: false, content: Err(error) }
}
