//! `brag new caseload`: a book of made-up cases.

use crate::{
    calendar::WorkingDays,
    case::row::Header,
    cli::global::{Global, Terminal},
    error::{Error, Exit},
    policy::source::plain,
    report::Format,
};
use brag_made_up::Book;
use clap::Args;
use jiff::civil::Date;
use serde_json::Value;
use std::{
    fs::{File, OpenOptions},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// A book of made-up cases. Each case depends on the seed, its number and the date alone: a small book is the beginning of a
/// large one. One case in twenty lacks a fact. `--on` gives the date of the book [default: 2019-05-20], `--format` is jsonl
/// (the default), csv or yaml. docs/made-up-caseload.md says how the cases are made up, and what mix of tiers comes out.
#[derive(Debug, Args)]
pub struct NewCaseload {
    /// How many cases
    #[arg(long, value_name = "CASES")]
    size: usize,
    /// Another seed makes another book
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Write it here [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a book is written.
const FORMATS: &[Format] = &[Format::Jsonl, Format::Csv, Format::Yaml];
/// The years that a book may be of: every date in it lies within the calendar of working days.
const YEARS: std::ops::RangeInclusive<i16> = 2016..=2036;
/// So much is written at a time.
const CHUNK: usize = 1 << 16;

impl NewCaseload {
    /// Writes the book, one case at a time.
    ///
    /// # Errors
    ///
    /// When the date is outside the years of the calendar, or the book cannot be written.
    pub fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = if global.format.is_none() { Format::Jsonl } else { global.format_among(FORMATS)? };
        let on = date_of_book(global)?;
        let mut out = match &self.output {
            None => Out::Terminal(terminal),
            Some(path) => Out::File(path, new_file(path)?),
        };
        let mut text = String::with_capacity(2 * CHUNK);
        let header = Header::all([]);
        if format == Format::Csv {
            text.push_str(&header.line());
            text.push('\n');
        }
        let days = WorkingDays::shipped();
        let book = Book::new(self.seed, on, move |date| days.is_working(date).unwrap_or(true));
        for case in book.cases().take(self.size) {
            match format {
                Format::Yaml => write_document(&mut text, &case),
                Format::Csv => write_row(&mut text, &header, &case)?,
                _ => write_line(&mut text, &case),
            }
            if text.len() >= CHUNK {
                out.write(&text)?;
                text.clear();
            }
        }
        out.write(&text)?;
        out.finish()?;
        Ok(Exit::Done)
    }
}

fn write_document(text: &mut String, case: &Value) {
    text.push_str("---\n");
    text.push_str(&serde_yaml::to_string(case).unwrap_or_default());
}

fn write_line(text: &mut String, case: &Value) {
    // Nothing in a tree of JSON values is such that it could not be written.
    text.push_str(&serde_json::to_string(case).unwrap_or_default());
    text.push('\n');
}

fn write_row(text: &mut String, header: &Header, case: &Value) -> Result<(), Error> {
    let no_column = |path: String| Error::Input {
        file: "--format csv".to_owned(),
        message: format!("a made-up case has `{path}`, and a row has no column for it"),
        help: Some("write the book as jsonl".to_owned()),
    };
    text.push_str(&header.row(case).map_err(no_column)?);
    text.push('\n');
    Ok(())
}

fn date_of_book(global: &Global) -> Result<Date, Error> {
    let on = global.on.unwrap_or(brag_made_up::DATE);
    if YEARS.contains(&on.year()) {
        return Ok(on);
    }
    Err(Error::Input {
        file: format!("--on {on}"),
        message: format!("a book is made up for a date of the years {} to {}", YEARS.start(), YEARS.end()),
        help: Some("choose a date in those years; the calendar of bank holidays must cover every record".to_owned()),
    })
}

/// Where the book goes.
enum Out<'a> {
    Terminal(&'a mut Terminal),
    File(&'a Path, BufWriter<File>),
}

impl Out<'_> {
    fn write(&mut self, text: &str) -> Result<(), Error> {
        match self {
            Self::Terminal(terminal) => terminal.answer(text),
            Self::File(path, file) => file.write_all(text.as_bytes()).map_err(|error| unwritable(path, &error)),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        match self {
            Self::Terminal(_) => Ok(()),
            Self::File(path, file) => file.flush().map_err(|error| unwritable(path, &error)),
        }
    }
}

/// A file that is there is never written over.
fn new_file(path: &Path) -> Result<BufWriter<File>, Error> {
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    opened.map(|file| BufWriter::with_capacity(CHUNK, file)).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    let message = format!("cannot be written: {}", plain(error));
    let taken = error.kind() == std::io::ErrorKind::AlreadyExists;
    let help = taken.then(|| "choose another name: a file that is there is not written over".to_owned());
    Error::Input { file: path.display().to_string(), message, help }
}
