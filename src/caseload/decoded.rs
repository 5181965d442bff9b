//! Text that is not in UTF-8, or whose lines end as on an old Macintosh, as a stream of UTF-8.

use super::{
    lines::{Stream, buffered},
    workbook::is_workbook,
};
use crate::case::table_form::TextEncoding;
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of text that are made at a time.
const ROOM: usize = 64 << 10;

/// A stream as UTF-8: by what is said of it, or by the mark that it begins with. Gives the encoding where that is another one.
///
/// # Errors
///
/// When it cannot be read.
pub fn decoded(mut stream: Stream, said: Option<TextEncoding>) -> io::Result<(Stream, Option<TextEncoding>)> {
    let begins = stream.fill_buf()?;
    // A workbook says itself how its text is written.
    if is_workbook(begins) {
        return Ok((stream, None));
    }
    let marked = Encoding::for_bom(begins).map(|(encoding, _)| encoding);
    match marked.or(said.map(|said| said.0)).filter(|encoding| *encoding != UTF_8) {
        None => Ok((stream, None)),
        Some(encoding) => {
            let decoder = encoding.new_decoder();
            let text = Decoding { from: stream, decoder, text: Vec::new(), given: 0, ended: false };
            Ok((BufReader::with_capacity(ROOM, Box::new(text)), Some(TextEncoding(encoding))))
        }
    }
}

/// A stream whose lines end in a line feed alone, where at the beginning none does. Says whether it was made so.
///
/// # Errors
///
/// When it cannot be read.
pub fn with_lines(mut stream: Stream) -> io::Result<(Stream, bool)> {
    let begins = stream.fill_buf()?;
    let is_old = memchr::memchr(b'\n', begins).is_none()
        && memchr::memchr(b'\r', begins).is_some_and(|at| at + 1 < begins.len());
    Ok(if is_old { (buffered(Box::new(OldLines(stream))), true) } else { (stream, false) })
}

struct Decoding {
    from: Stream,
    decoder: Decoder,
    /// Text that was made, of which so many bytes were given.
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Decoding {
    /// Makes more text.
    fn more(&mut self) -> io::Result<()> {
        self.text.resize(ROOM, 0);
        let bytes = self.from.fill_buf()?;
        let is_last = bytes.is_empty();
        let (result, used, made, is_wrong) = self.decoder.decode_to_utf8(bytes, &mut self.text, is_last);
        self.from.consume(used);
        if is_wrong {
            let name = TextEncoding(self.decoder.encoding());
            return Err(io::Error::other(format!("it is not text in {name}, as its mark or `--encoding` says")));
        }
        self.text.truncate(made);
        self.given = 0;
        self.ended = is_last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl Read for Decoding {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.more()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let read = rest.read(into)?;
        self.given += read;
        Ok(read)
    }
}

struct OldLines(Stream);

impl Read for OldLines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        for byte in into.iter_mut().take(read).filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
        Ok(read)
    }
}
