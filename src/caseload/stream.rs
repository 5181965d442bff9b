//! A stream of cases: how they are written in it, and what takes it apart.

use super::{
    chunk::{Broken, Chunk, Chunks, START, Written},
    decoded::decoded,
    json_stream::JsonStream,
    lines::{Lines, Stream, buffered},
    table::{Table, names_crn, table},
    unpack::Packing,
    workbook::is_workbook,
    yaml_stream::YamlStream,
};
use crate::case::{
    cells::Cell,
    document::MAX_BYTES,
    fault::{Fault, Mark},
    row::Header,
    table_form::TableForm,
};
use std::{
    io::{self, BufRead, BufReader, Cursor, Read},
    sync::Arc,
};

/// How cases are written one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// YAML, of one document or many.
    Yaml,
    /// JSON: one case, or a list of cases.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// One row a case, under a header of paths: a table of text, or a sheet of a workbook.
    Csv,
}

/// A stream that is taken apart into cases.
pub struct Opened {
    /// How each of its chunks is written.
    pub written: Written,
    /// What is left of it.
    pub chunks: Box<dyn Chunks>,
    /// What was found out of how it is written, where that is not what is usual.
    pub found: Vec<String>,
}

impl Opened {
    fn of(written: Written, chunks: impl Chunks + 'static) -> Self {
        Self { written, chunks: Box::new(chunks), found: Vec::new() }
    }
}

/// Takes a stream apart: in a form, or in the one that it begins like. What is said of tables holds for those.
///
/// # Errors
///
/// When it cannot be read, or its header is wrong.
pub fn open(stream: Stream, form: Option<Form>, said: &TableForm) -> Result<Opened, Broken> {
    let (stream, encoding) = decoded(stream, said.encoding)?;
    let (form, mut stream) = match form {
        Some(form) => (form, stream),
        None => guess(stream)?,
    };
    let mut opened = match form {
        Form::Yaml => Opened::of(Written::Yaml, YamlStream::of(Lines::of(stream))),
        Form::Jsonl => Opened::of(Written::Json, EachLine(Lines::of(stream))),
        Form::Json => {
            let begins = stream.fill_buf()?;
            let text = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
            let mark = begins.len() - text.len();
            if text.trim_ascii_start().starts_with(b"[") {
                stream.consume(mark);
                Opened::of(Written::Json, JsonStream::of(stream))
            } else if are_json_lines(text) {
                Opened::of(Written::Json, EachLine(Lines::of(stream)))
            } else {
                Opened::of(Written::Json, Whole(Some(stream)))
            }
        }
        Form::Csv => rows(stream, said)?,
    };
    if let Some(encoding) = encoding.filter(|_| said.encoding.is_none()) {
        opened.found.push(format!("its text is in {encoding}"));
    }
    Ok(opened)
}

fn rows(stream: Stream, said: &TableForm) -> Result<Opened, Broken> {
    let Table { header, at, dialect, rows, found } = table(stream, said, &names_crn)?;
    let sheet = dialect.sheet.clone();
    let header = Header::of(&header, dialect).map_err(|fault| {
        let fault = on_line(fault, at.line);
        sheet.map_or_else(|| Broken::Wrong(fault.clone()), |sheet| Broken::InSheet(fault.clone(), sheet))
    })?;
    Ok(Opened { written: Written::Row(Arc::new(header)), chunks: rows, found })
}

/// How much of a stream without a name is looked at to see what it is, in bytes.
const LOOK: usize = 64 << 10;

/// The form of a stream by how it begins, and the stream from the beginning.
///
/// # Errors
///
/// When it cannot be read.
pub fn guess(mut stream: Stream) -> io::Result<(Form, Stream)> {
    let mut head = Vec::new();
    stream.by_ref().take(LOOK as u64).read_to_end(&mut head)?;
    let form = form_of(&head);
    Ok((form, buffered(Box::new(Cursor::new(head).chain(stream)))))
}

/// A stream, unpacked if it begins like a packed one, or is named like one and is no text.
///
/// # Errors
///
/// When it cannot be read.
pub fn unpacked(mut stream: Stream, named: Option<Packing>) -> io::Result<Stream> {
    let head = stream.fill_buf()?;
    // A letter may be cut off where the buffer ends.
    let is_text = !head.contains(&0) && str::from_utf8(head).map_or_else(|wrong| wrong.error_len().is_none(), |_| true);
    Ok(match Packing::of(head).or(named.filter(|_| !is_text)) {
        Some(packing) => {
            let mut stream = buffered(packing.unpack(stream));
            if Packing::of(stream.fill_buf()?).is_some() {
                return Err(io::Error::other("it is packed twice: unpack it once"));
            }
            stream
        }
        None => stream,
    })
}

fn form_of(head: &[u8]) -> Form {
    if is_workbook(head) {
        return Form::Csv;
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"[") {
        Form::Json
    } else if are_json_lines(text) {
        Form::Jsonl
    } else if is_table(text) {
        Form::Csv
    } else {
        Form::Yaml
    }
}

/// Whether a text begins with two lines that are a JSON document each.
fn are_json_lines(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let is_json = |line: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    [first, second].iter().all(|line| line.trim_ascii_start().starts_with(b"{")) && is_json(first)
}

/// Whether a line near the beginning names the columns of a table of cases.
fn is_table(text: &[u8]) -> bool {
    let stream: Stream = BufReader::new(Box::new(Cursor::new(text.to_vec())));
    table(stream, &TableForm::default(), &|cells: &[Cell<'_>]| cells.len() > 1 && names_crn(cells)).is_ok()
}

/// A fault in the first line of a table as one of a line of its file.
fn on_line(fault: Fault, line: usize) -> Fault {
    Fault { at: fault.at.map(|at| Mark { line, ..at }), ..fault }
}

/// Every line that is not blank.
struct EachLine(Lines);

impl Chunks for EachLine {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        let Self(lines) = self;
        while lines.advance()? {
            let line = lines.line();
            if line.iter().any(|byte| !b" \t\r\x0c".contains(byte)) {
                let chunk = Chunk::new(Mark { line: lines.number, column: 1 }, line.to_vec());
                if chunk.bytes.len() <= MAX_BYTES {
                    lines.useful();
                }
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    fn is_at_hand(&self) -> bool {
        !self.0.is_used_up()
    }
}

/// A stream that is one case.
struct Whole(Option<Stream>);

impl Chunks for Whole {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        let Some(stream) = self.0.take() else { return Ok(None) };
        let mut bytes = Vec::new();
        stream.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Some(Chunk::new(START, bytes).alone()))
    }
}
