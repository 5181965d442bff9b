//! `brag new caseload`: a book of made-up cases.

use crate::{
    authoring::made_up::{BOOK_YEARS, made_up},
    calendar::WorkingDays,
    case::row::Header,
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        packed_file::PackedFile,
        policy_choice,
        terminal::Terminal,
    },
    error::{Error, Exit},
    out_file::Existing,
    report::Format,
};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// A book of made-up cases. Each case depends on the seed, its number and the date alone: a small book is the beginning of a
/// large one. One case in twenty lacks a fact. Ratings have the tiers of `--policy`, where one is named. `--on` gives the date of the book [default: 2019-05-20], `--format` is jsonl
/// (the default), csv or yaml. docs/made-up-caseload.md says how the cases are made up, and what mix of tiers comes out.
#[derive(Debug, Args)]
pub struct NewCaseload {
    /// How many cases
    #[arg(long, value_name = "CASES")]
    size: usize,
    /// Another seed makes another book
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Write it to this file, which must not be there yet; packed when it ends in .gz or .zst [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for NewCaseload {
    const FORMATS: &'static [Format] = &[Format::Jsonl, Format::Csv, Format::Yaml];
}
/// So much is written at a time.
const CHUNK: usize = 1 << 16;

impl Run for NewCaseload {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        let on = date_of_book(global)?;
        // Without a policy it is for the shipped one.
        let policy = global.policy.as_ref().map(|_| policy_choice::load(global, &[], terminal)).transpose()?;
        let tiers = policy.map(|policy| policy.vocabulary().tiers);
        let mut file = self.output.as_deref().map(|path| PackedFile::create(path, Existing::Keep)).transpose()?;
        let mut write = |text: &mut String| {
            let written = match &mut file {
                Some(file) => file.write(text.as_bytes()),
                None => terminal.answer(&*text),
            };
            text.clear();
            written
        };
        let mut text = String::with_capacity(2 * CHUNK);
        let header = Header::all([]);
        let no_column = |path: String| {
            Error::input("--format csv", format!("a made-up case has `{path}`, and a row has no column for it"))
                .with_help("write the book as jsonl")
        };
        if format == Format::Csv {
            text.push_str(&header.line());
            text.push('\n');
        }
        for case in made_up(self.seed, on, WorkingDays::shipped(), tiers.as_deref()).take(self.size) {
            match format {
                Format::Yaml => text.push_str(&format!("---\n{}", serde_yaml::to_string(&case).unwrap_or_default())),
                Format::Csv => text.push_str(&format!("{}\n", header.row(&case).map_err(no_column)?)),
                _ => text.push_str(&format!("{case}\n")),
            }
            if text.len() >= CHUNK {
                write(&mut text)?;
            }
        }
        write(&mut text)?;
        file.map_or(Ok(()), PackedFile::finish)?;
        Ok(Exit::Done)
    }
}

fn date_of_book(global: &Global) -> Result<Date, Error> {
    let on = global.on.unwrap_or(brag_made_up::DATE);
    if BOOK_YEARS.contains(&on.year()) {
        return Ok(on);
    }
    let message = format!("a book is made up for a date of the years {} to {}", BOOK_YEARS.start(), BOOK_YEARS.end());
    let help = "choose a date in those years; the calendar of bank holidays must cover every record";
    Err(Error::input(format!("--on {on}"), message).with_help(help))
}
