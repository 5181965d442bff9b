//! `brag map new`: a draft of a mapping.

use crate::{
    case::{
        cells::Cell,
        document::{self, Content, Key, Node},
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
    mapping::{Written, draft},
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
    /// Write it to this file, which must not be there yet [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    table: TableOptions,
}

impl Run for New {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let draft = self.draft().map_err(|broken| match broken {
            Broken::Unreadable(error) => Error::unreadable(&self.source, &error),
            Broken::Wrong(fault) => {
                let file = self.source.display().to_string();
                Error::of_text(&file, [fault], 1, String::new())
            }
        })?;
        match &self.output {
            None => terminal.answer(&draft)?,
            Some(path) => write_whole(path, &draft, Existing::Keep)?,
        }
        Ok(Exit::Done)
    }
}

/// Whether cells are probably the names of columns: several, each with something in it that is no sentence and no other row.
fn is_header(cells: &[Cell<'_>]) -> bool {
    let is_name = |cell: &Cell<'_>| {
        let name = name_of(&cell.text);
        !name.is_empty() && name.len() <= 60 && !name.contains([';', '\t', '|'])
    };
    cells.len() > 1 && cells.iter().all(is_name)
}

impl New {
    fn draft(&self) -> Result<String, Broken> {
        let (stream, said) = (unpacked_file(&self.source)?, self.table.form());
        let form = by_ending(&self.source).1.unwrap_or(Form::Csv);
        let written = match form {
            Form::Csv => {
                let (stream, _) = with_lines(decoded(stream, said.encoding)?.0)?;
                let found = table(stream, &said, &is_header)?;
                let cells = found.dialect.cells(&found.header).map_err(Broken::Wrong)?;
                let nothing = || Node { at: START, content: Content::Scalar { text: String::new(), plain: true } };
                let names = cells.iter().map(|cell| name_of(&cell.text).to_owned()).filter(|name| !name.is_empty());
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
