//! `brag map new`: a draft of a mapping.

use crate::{
    case::{
        cells::Cell,
        document::{self, Content, Key, Node},
        fault::{Fault, Wrong},
        json,
        row::name_of,
        table_form::Delimiter,
    },
    caseload::{
        chunk::{Broken, Chunk, START, Written as HowWritten},
        decoded::{decoded, with_lines},
        stream::{self, Form, Opened},
        table::table,
    },
    cli::{
        Run,
        global::Global,
        input_form::TableOptions,
        opened_file::{by_ending, unpacked_file},
        terminal::Terminal,
    },
    error::{Error, Exit},
    mapping::{Written, draft, meant},
    out_file::{Existing, write_whole},
};
use clap::Args;
use std::path::PathBuf;

/// A draft of a mapping. It holds the names of columns or keys, and no value.
#[derive(Debug, Args)]
pub struct New {
    /// A table, or a payload: its header or its first record is looked at
    #[arg(value_name = "SOURCE")]
    source: PathBuf,
    #[command(flatten)]
    table: TableOptions,
    /// Write it to this file, which must not be there yet [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Run for New {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let draft = self.draft().map_err(|broken| broken.in_file(&self.source.display().to_string()))?;
        match &self.output {
            None => terminal.answer(&draft)?,
            Some(path) => write_whole(path, &draft, Existing::Keep)?,
        }
        Ok(Exit::Done)
    }
}

/// Whether cells may be the names of columns and no values: none begins with a digit or is a sentence or another row.
fn are_names(cells: &[Cell<'_>]) -> bool {
    let is_name = |name: &str| {
        name.len() <= 60 && !name.starts_with(|first: char| first.is_ascii_digit()) && !name.contains([';', '\t', '|'])
    };
    cells.len() > 1 && cells.iter().all(|cell| is_name(name_of(&cell.text)))
}

/// Whether cells are surely the names of columns: among them is what a case reference is called, or two other inputs.
fn is_header(cells: &[Cell<'_>]) -> bool {
    let known: Vec<String> = cells.iter().filter_map(|cell| meant(name_of(&cell.text))).collect();
    are_names(cells) && (known.len() > 1 || known.iter().any(|input| input == "crn"))
}

/// What to do where no line of a table is surely the names of its columns.
const NO_HEADER: &str = "say with `--title-lines` how many lines stand before the one that names the columns, 0 for none; where none does, \
                         write one above the rows";

fn no_header(broken: Broken) -> Broken {
    match broken {
        Broken::Wrong(Fault { wrong: Wrong::NoHeader, at, .. }) => {
            let said =
                "no line is surely the names of columns: none is called like a case reference or like two inputs"
                    .to_owned();
            Broken::Wrong(Fault::at("", at, Wrong::Unmapped { said, remedy: NO_HEADER.to_owned() }))
        }
        broken => broken,
    }
}

impl New {
    fn draft(&self) -> Result<String, Broken> {
        let (stream, said) = (unpacked_file(&self.source)?, self.table.form());
        let form = by_ending(&self.source).1.unwrap_or(Form::Csv);
        let written = match form {
            Form::Csv => {
                let (stream, _) = with_lines(decoded(stream, said.encoding)?.0)?;
                // Whoever says which line it is may still be wrong about it: a draft is kept, and holds nobody's data.
                let is_said = said.title_lines.is_some();
                let may_name = |cells: &[Cell<'_>]| if is_said { are_names(cells) } else { is_header(cells) };
                let found = table(stream, &said, &may_name).map_err(no_header)?;
                let cells = found.dialect.cells(&found.header).map_err(Broken::Wrong)?;
                let nothing = || Node { at: START, content: Content::Scalar { text: String::new(), plain: true } };
                let names =
                    cells.iter().map(|cell| name_of(&cell.text).split_whitespace().collect::<Vec<_>>().join(" "));
                let names = names.filter(|name| !name.is_empty());
                let entries = names.map(|name| (Key { name, at: START }, nothing())).collect();
                return Ok(draft(
                    Written::Csv,
                    found.dialect.delimiter,
                    &Node { at: START, content: Content::Map(entries) },
                ));
            }
            Form::Json => Written::Json,
            Form::Jsonl => Written::Jsonl,
            Form::Yaml => Written::Yaml,
        };
        let Opened { written: how, mut chunks, .. } = stream::open(stream, Some(form), &said)?;
        let Chunk { bytes, .. } = chunks.next()?.unwrap_or(Chunk::new(START, Vec::new()));
        let text = String::from_utf8_lossy(&bytes);
        let record = match how {
            HowWritten::Json => json::parse(&text),
            _ => document::parse(&text),
        };
        Ok(draft(written, Delimiter::Comma, &record.map_err(Broken::Wrong)?))
    }
}
