//! A stream of cases: how they are written in it, and what takes it apart.

use super::{
    chunk::{Broken, Chunk, Chunks, START, Written},
    json_stream::JsonStream,
    lines::{Lines, Stream},
    unpack::Packing,
    yaml_stream::YamlStream,
};
use crate::case::{
    document::MAX_BYTES,
    fault::{Fault, Mark, Wrong},
    row::Header,
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
    /// One row a case, under a header of paths.
    Csv,
}

/// A stream with the way in which its chunks are written.
pub type Opened = (Written, Box<dyn Chunks>);

/// Takes a stream apart.
///
/// # Errors
///
/// When it cannot be read, or its header is wrong.
pub fn open(mut stream: Stream, form: Form) -> Result<Opened, Broken> {
    Ok(match form {
        Form::Yaml => (Written::Yaml, Box::new(YamlStream::of(Lines::of(stream)))),
        Form::Jsonl => (Written::Json, Box::new(EachLine { lines: Lines::of(stream), blank: BLANK })),
        Form::Json => {
            let begins = stream.fill_buf()?;
            let text = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
            let mark = begins.len() - text.len();
            if text.trim_ascii_start().starts_with(b"[") {
                stream.consume(mark);
                (Written::Json, Box::new(JsonStream::of(stream)))
            } else {
                (Written::Json, Box::new(Whole(Some(stream))))
            }
        }
        Form::Csv => {
            let mut lines = Lines::of(stream);
            let mut is_there = lines.advance()?;
            // Some spreadsheets say first what stands between cells.
            if is_there && lines.line() == b"sep=," {
                is_there = lines.advance()?;
            }
            if !is_there {
                return Err(Broken::Wrong(Fault::whole(Wrong::Empty)));
            }
            let line = str::from_utf8(lines.line()).map_err(|_| Broken::Wrong(Fault::whole(Wrong::NotUtf8)))?;
            let first = lines.number;
            let header = Header::parse(line).map_err(|fault| Broken::Wrong(on_line(fault, first)))?;
            (Written::Row(Arc::new(header)), Box::new(EachLine { lines, blank: BLANK_ROW }))
        }
    })
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
    Ok((form, BufReader::new(Box::new(Cursor::new(head).chain(stream)))))
}

/// A stream without a name, unpacked if it begins like a packed one.
///
/// # Errors
///
/// When it cannot be read.
pub fn unpacked(mut stream: Stream) -> io::Result<Stream> {
    let mut head = Vec::new();
    stream.by_ref().take(4).read_to_end(&mut head)?;
    let packing = Packing::of(&head);
    let whole = Cursor::new(head).chain(stream);
    Ok(BufReader::new(match packing {
        Some(packing) => packing.unpack(whole),
        None => Box::new(whole),
    }))
}

fn form_of(head: &[u8]) -> Form {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let is_json = |line: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    let is_crn = |cell: &[u8]| matches!(cell.trim_ascii(), b"crn" | b"\"crn\"");
    if text.starts_with(b"[") {
        Form::Json
    } else if text.starts_with(b"{") && second.starts_with(b"{") && is_json(first) {
        Form::Jsonl
    } else if first.contains(&b',') && first.split(|byte| *byte == b',').any(is_crn) {
        Form::Csv
    } else {
        Form::Yaml
    }
}

/// A fault in the first line of a table as one of a line of its file.
fn on_line(fault: Fault, line: usize) -> Fault {
    Fault { at: fault.at.map(|at| Mark { line, ..at }), ..fault }
}

/// What a line holds that holds nothing.
const BLANK: &[u8] = b" \t\r\x0c";
/// The same of a row, which may consist of empty cells: spreadsheets write such rows for those that were used once.
const BLANK_ROW: &[u8] = b" \t\r\x0c,";

/// Every line that is not blank.
struct EachLine {
    lines: Lines,
    blank: &'static [u8],
}

impl Chunks for EachLine {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        while self.lines.advance()? {
            let line = self.lines.line();
            if line.iter().any(|byte| !self.blank.contains(byte)) {
                let chunk = Chunk::new(Mark { line: self.lines.number, column: 1 }, line.to_vec());
                if chunk.bytes.len() <= MAX_BYTES {
                    self.lines.useful();
                }
                return Ok(Some(chunk));
            }
        }
        Ok(None)
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
