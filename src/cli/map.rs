//! `brag map`: mappings of a service's own data: tried, drafted, and used to write cases.

use crate::{
    case::answer_date::AnswerDate,
    case::{
        document::MAX_BYTES,
        fault::{Fault, Wrong},
    },
    caseload::{
        chunk::{Chunk, Written},
        mapped::MappedRecords,
        raw_case::RawCase,
    },
    cli::{
        Run,
        case_files::{Source, named_source},
        format_option::{FormatOption, Formats},
        global::Global,
        input_form::TableOptions,
        map_check::Check,
        map_new::New,
        mapping_choice::MappingOptions,
        out::spare_inputs,
        packed_file::PackedFile,
        terminal::Terminal,
    },
    error::{Error, Exit},
    out_file::Existing,
    policy::vocabulary::Vocabulary,
    report::{Format, mapped_case},
};
use clap::{Args, Subcommand};
use std::{path::PathBuf, sync::Arc};

/// Mappings of a service's own data.
#[derive(Debug, Args)]
pub struct Map {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A dry run: what is read, ignored and not known, what no table has, and what the source never gives
    Check(Check),
    /// A draft of a mapping, from the header of a table or from a first payload
    New(New),
    /// The cases that a mapping makes, written down with where each value is from
    Run(MapRun),
}

/// What is mapped.
#[derive(Debug, Args)]
pub struct Mapped {
    /// The mapping: the name of a shipped one, or a file
    #[arg(value_name = "MAPPING")]
    pub mapping: String,
    /// The service's own data: files or folders, or `-` for standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The file of a table that the mapping joins, such as contacts=visits.csv; may be given several times
    #[arg(long, value_name = "NAME=FILE", value_parser = super::what_if::assignment)]
    pub table: Vec<(String, String)>,
    #[command(flatten)]
    pub form: TableOptions,
}

/// Cases made by a mapping.
#[derive(Debug, Args)]
struct MapRun {
    #[command(flatten)]
    mapped: Mapped,
    /// Write them to this file, which must not be there yet; packed when it ends in .gz or .zst [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for MapRun {
    const FORMATS: &'static [Format] = &[Format::Yaml, Format::Jsonl];
}

impl Run for Map {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let what: &dyn Run = match &self.what {
            What::Check(what) => what,
            What::New(what) => what,
            What::Run(what) => what,
        };
        what.run(global, terminal)
    }
}

impl Mapped {
    /// Its records, one after the other, for answers of these dates. `is_looked_at` says that columns which the mapping does not name are no fault.
    ///
    /// # Errors
    ///
    /// When there is no such mapping, or it is invalid, or a source is not there.
    pub fn source(&self, is_looked_at: bool, dates: AnswerDate) -> Result<Source, Error> {
        let options = MappingOptions { map: Some(self.mapping.clone()), table: self.table.clone() };
        named_source(&self.sources, &self.form, options.chosen(is_looked_at, dates)?)
    }
}

/// A record as it is written, with what maps it.
pub type MappedChunk = (Arc<str>, Arc<MappedRecords>, Chunk);

/// The record of an entry.
///
/// # Errors
///
/// Why its file gives none.
pub fn record_of(raw: RawCase) -> Result<MappedChunk, Box<Error>> {
    let RawCase { file, content, .. } = raw;
    let (written, chunk) = content?;
    let wrong = match written {
        Written::Mapped(records) if chunk.bytes.len() <= MAX_BYTES => return Ok((file, records, chunk)),
        Written::Mapped(_) => Wrong::TooLarge { limit: MAX_BYTES },
        Written::Yaml | Written::Json | Written::Row(_) => Wrong::Empty,
    };
    Err(Box::new(Error::of_text(&file, [Fault::at("", Some(chunk.at), wrong)], 1, String::new())))
}

impl Run for MapRun {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        spare_inputs(self.output.as_deref(), || Ok(self.mapped.sources.clone()), &[global.policy.as_deref()], global)?;
        let source = self.mapped.source(false, global.answer_date()?)?;
        let mapping = source.mapping.clone();
        let mut file = self.output.as_deref().map(|path| PackedFile::create(path, Existing::Keep)).transpose()?;
        let mut exit = Exit::Done;
        for raw in source {
            let case = raw.read(&Vocabulary::default());
            let text = match &case {
                Ok(case) => mapped_case::written(case, format),
                Err(error) => {
                    terminal.complain(error);
                    exit = exit.max(error.exit());
                    continue;
                }
            };
            match &mut file {
                Some(file) => file.write(text.as_bytes())?,
                None => terminal.answer(&text)?,
            }
        }
        if let Some(mapping) = mapping {
            let silent = &mapping.mapping.not_exported;
            if !silent.is_empty() {
                let said =
                    "a case file cannot say of what its source knows nothing: flags may be raised on the absence of";
                terminal.say(&format!("{said} {}", silent.join(", ")));
            }
            exit = exit.max(mapping.tell(terminal));
        }
        file.map_or(Ok(()), PackedFile::finish)?;
        Ok(exit)
    }
}
