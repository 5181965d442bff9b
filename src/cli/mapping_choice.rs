//! Which mapping makes cases of a service's own data: a shipped one by name, or a file; and the tables beside the cases.

use crate::{
    case::answer_date::AnswerDate,
    case::{
        document,
        fault::{Fault, nearest},
        table_form::TableForm,
    },
    caseload::{
        chunk::Broken, joined::Joined, joined_size::MAX_SIZE, lines::Stream, mapped::MappedSource, stream::Form,
    },
    cli::{global::read_file, opened_file::by_ending, terminal::Terminal},
    error::{Error, Exit},
    language::fault::PolicyFault,
    mapping::{Mapping, TableSource, Written, shipped},
    report::{phrases::count_of, shown::shown},
};
use clap::Args;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

/// How a service's own data becomes cases.
#[derive(Debug, Clone, Default, Args)]
pub struct MappingOptions {
    /// Make cases of a service's own export or payloads: the name of a shipped mapping, or a mapping file
    #[arg(long, value_name = "NAME|FILE")]
    pub map: Option<String>,
    /// The file of a table that the mapping joins, such as contacts=visits.csv; may be given several times
    #[arg(long, value_name = "NAME=FILE", value_parser = super::what_if::assignment)]
    pub table: Vec<(String, String)>,
}

/// A mapping as it is used in a run.
pub struct ChosenMapping {
    /// The mapping.
    pub mapping: Arc<Mapping>,
    given: Vec<(String, String)>,
    pub is_looked_at: bool,
    /// The tables of the folder that cases were last read from.
    joined: Mutex<Vec<(PathBuf, Vec<Arc<Joined>>)>>,
}

impl MappingOptions {
    /// The mapping that is asked for, if one is, for answers of these dates. `is_looked_at` says that columns which it does not name are no fault.
    ///
    /// # Errors
    ///
    /// When there is no such mapping, it is invalid, or has no table that a file is given for.
    pub fn chosen(&self, is_looked_at: bool, dates: AnswerDate) -> Result<Option<Arc<ChosenMapping>>, Error> {
        let Some(name) = &self.map else {
            return match self.table.first() {
                None => Ok(None),
                Some(_) => {
                    Err(Error::input("--table", "is for a table that a mapping joins").with_help("say which: `--map`"))
                }
            };
        };
        let mut mapping = load(name)?;
        mapping.dates = dates;
        for (number, (table, _)) in self.table.iter().enumerate() {
            if self.table.iter().take(number).any(|(other, _)| other == table) {
                return Err(Error::input(format!("--table {table}"), "is given twice").with_help("name one file"));
            }
            let known: Vec<&str> = mapping.tables.iter().map(|table| &*table.name).collect();
            if !known.contains(&table.as_str()) {
                let help = if known.is_empty() {
                    "it joins none".to_owned()
                } else {
                    format!("it joins {}", known.join(", "))
                };
                return Err(
                    Error::input(format!("--table {table}"), format!("`{name}` joins no such table")).with_help(help)
                );
            }
        }
        let joined = Mutex::new(Vec::new());
        Ok(Some(Arc::new(ChosenMapping {
            mapping: Arc::new(mapping),
            given: self.table.clone(),
            is_looked_at,
            joined,
        })))
    }
}

/// Reads a mapping.
///
/// # Errors
///
/// When there is no such mapping, or it is invalid: the first thing that is wrong.
pub fn load(name: &str) -> Result<Mapping, Error> {
    let (file, text) = text_of(name)?;
    let (mapping, mut faults) = read(&file, &text);
    match mapping {
        Some(mapping) if faults.is_empty() => Ok(mapping),
        _ => Err(faults.drain(..).next().unwrap_or_else(|| Error::input(file, "cannot be read"))),
    }
}

/// How messages call a mapping, and its text: that of a file, else that of a shipped one.
///
/// # Errors
///
/// When there is none of that name.
pub fn text_of(name: &str) -> Result<(String, String), Error> {
    if let Some((file, text)) = shipped::text(name).filter(|_| !Path::new(name).is_file()) {
        return Ok((file, text.to_owned()));
    }
    let path = Path::new(name);
    if !path.exists() && !name.contains(['.', '/', '\\']) {
        let known = shipped::names();
        let meant = nearest(name, &known).map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
        let help = format!("{meant}shipped: {}; or name a file", known.join(", "));
        return Err(Error::input(name, "there is no such mapping").with_help(help));
    }
    let bytes = read_file(path)?;
    let file = path.display().to_string();
    let text = String::from_utf8(bytes).map_err(|_| Error::input(&file, "is not text in UTF-8"))?;
    Ok((file, text))
}

/// A mapping of a text, with everything that is wrong with it.
pub fn read(file: &str, text: &str) -> (Option<Mapping>, Vec<Error>) {
    let failed = |fault: &Fault| {
        let (line, column) = fault.at.map(|at| (at.line, at.column)).unzip();
        let said = PolicyFault::invalid(file, fault.to_string()).code("mapping").at(line, column);
        // A file of cases in the place of a mapping: nothing of it is shown.
        let is_mapping = text.lines().any(|line| ["source:", "fields:"].iter().any(|key| line.starts_with(key)));
        Error::from(said.text(if is_mapping { text } else { "" }).helped(fault.help()))
    };
    match document::parse(text) {
        Ok(document) => {
            let (mapping, faults) = Mapping::read(file, &document);
            (Some(mapping), faults.iter().map(failed).collect())
        }
        Err(fault) => (None, vec![failed(&fault)]),
    }
}

impl ChosenMapping {
    /// The form that the mapping says its source has.
    pub fn form(&self) -> Option<Form> {
        self.mapping.source.written.map(form_of)
    }

    /// Whether a file of a folder is one of its tables, and so no file of cases.
    pub fn is_table(&self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default();
        self.mapping.tables.iter().any(|table| name == table.file.as_str())
    }

    /// Whether a single file of cases lies in a folder.
    fn is_of_one(&self, folder: &Path) -> bool {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let is_cases = |path: &PathBuf| {
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let is_mapping = path.file_name() == Path::new(&self.mapping.file).file_name();
            !is_hidden && !is_mapping && by_ending(path).1.is_some() && !self.is_table(path)
        };
        files.filter(is_cases).take(2).count() == 1
    }

    /// The tables that lie beside a file of cases.
    pub fn files_beside(&self, cases: &Path) -> Vec<PathBuf> {
        let folder = cases.parent().unwrap_or(Path::new(""));
        self.mapping.tables.iter().map(|table| self.file_of(table, folder)).collect()
    }

    fn file_of(&self, table: &TableSource, folder: &Path) -> PathBuf {
        let given = self.given.iter().find(|(name, _)| **name == *table.name);
        given.map_or_else(|| folder.join(&table.file), |(_, file)| PathBuf::from(file))
    }

    /// What maps the records of a file, of whose tables the command line says something.
    ///
    /// # Errors
    ///
    /// When a table beside it cannot be read.
    pub fn source_of(
        &self,
        cases: &Path,
        said: &TableForm,
        open: impl Fn(&Path) -> std::io::Result<Stream>,
    ) -> Result<Arc<MappedSource>, Box<Error>> {
        let folder = cases.parent().unwrap_or(Path::new("")).to_path_buf();
        let file_name = cases.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let mut all = self.joined.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let tables = match all.iter().find(|(known, _)| *known == folder) {
            Some((_, tables)) => tables.clone(),
            None => {
                let held: usize = all.iter().flat_map(|(_, tables)| tables).map(|table| table.size).sum();
                let mut room = MAX_SIZE.saturating_sub(held);
                let mut tables = Vec::new();
                for table in &self.mapping.tables {
                    if let Some(joined) = self.table(table, said, &folder, &open, room)? {
                        room = room.saturating_sub(joined.size);
                        tables.push(joined);
                    }
                }
                all.push((folder, tables.clone()));
                tables
            }
        };
        Ok(Arc::new(MappedSource {
            mapping: Arc::clone(&self.mapping),
            form: said.or(&self.mapping.source.table),
            tables,
            file_name,
            is_looked_at: self.is_looked_at,
        }))
    }

    fn table(
        &self,
        table: &TableSource,
        said: &TableForm,
        folder: &Path,
        open: &impl Fn(&Path) -> std::io::Result<Stream>,
        room: usize,
    ) -> Result<Option<Arc<Joined>>, Box<Error>> {
        let path = self.file_of(table, folder);
        if !path.exists() {
            let is_given = self.given.iter().any(|(name, _)| **name == *table.name);
            if table.optional && !is_given {
                return Ok(None);
            }
            let message = format!("is not there, and {} joins it as `{}`", self.mapping.file, table.name);
            let help = format!("put it beside the cases, or say where it is: --table {}=FILE", table.name);
            return Err(Box::new(Error::input(path.display().to_string(), message).with_help(help)));
        }
        let file = path.display().to_string();
        let broken = |broken: Broken| Box::new(broken.in_file(&file));
        let stream = open(&path).map_err(|error| broken(Broken::Unreadable(error)))?;
        let form = table.form.written.map(form_of).or(by_ending(&path).1).unwrap_or(Form::Csv);
        let is_of_one = path.parent() == Some(folder) && self.is_of_one(folder);
        // Nothing else of what is said of the cases is true of what lies beside them.
        let of_table = &table.form.table;
        let read_as = TableForm { encoding: of_table.encoding.or(said.encoding), ..of_table.clone() };
        Joined::read(&file, &self.mapping, (Some(table), &read_as), stream, form, (self.is_looked_at, is_of_one), room)
            .map(|joined| Some(Arc::new(joined)))
            .map_err(broken)
    }

    /// The tables that were joined.
    pub fn tables(&self) -> Vec<Arc<Joined>> {
        let all = self.joined.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.iter().flat_map(|(_, tables)| tables).cloned().collect()
    }

    /// Says what was passed over or taken for another word, because the mapping says so, and what belongs to no case; gives how that
    /// ends the run.
    pub fn tell(&self, terminal: &mut Terminal) -> Exit {
        for tally in self.mapping.tallies.iter().filter(|tally| tally.count() > 0) {
            let (file, line, path, what) = (&self.mapping.file, tally.at.line, &tally.path, &tally.what);
            terminal.say(&shown(&format!("{file}, line {line}: `{path}`: {what}: {}", tally.count())));
        }
        let tables = self.tables();
        for table in self.mapping.tables.iter().filter(|table| table.optional) {
            if !tables.iter().any(|joined| joined.name() == &*table.name) {
                terminal.whisper(&shown(&format!("{} is not there, and need not be", table.file)));
            }
        }
        let mut exit = Exit::Done;
        for table in tables {
            if table.left() > 0 {
                let rows = count_of(table.left(), "row");
                terminal.say(&shown(&format!("{}: {rows} of no case that was read", table.file())));
            }
            let stray = table.stray();
            if !stray.is_empty() {
                let error = Error::of_text(table.file(), stray, 1, String::new());
                terminal.complain(&error);
                exit = exit.max(error.exit());
            }
        }
        exit
    }
}

const fn form_of(written: Written) -> Form {
    match written {
        Written::Yaml => Form::Yaml,
        Written::Json => Form::Json,
        Written::Jsonl => Form::Jsonl,
        Written::Csv => Form::Csv,
    }
}
