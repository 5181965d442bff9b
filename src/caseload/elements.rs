//! The elements of one JSON list, told apart without being parsed: only strings and brackets are looked at. Whether an
//! element is a case is for its reader to say.

use super::{
    lines::{GIVE_UP, Stream},
    piece::{Broken, Piece, Pieces, START},
};
use crate::case::{
    document::MAX_BYTES,
    fault::{Fault, Mark, Wrong},
};
use std::io::BufRead;

/// Reads elements one after the other.
pub struct Elements {
    from: Stream,
    at: Mark,
    begun: bool,
    ended: bool,
}

/// What has been seen of an element.
#[derive(Default)]
struct Seen {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Elements {
    /// Those of a stream that begins with `[`.
    #[must_use]
    pub const fn of(from: Stream) -> Self {
        Self { from, at: START, begun: false, ended: false }
    }

    fn fault(&self, said: &str) -> Broken {
        Broken::Wrong(Fault::at("", Some(self.at), Wrong::Syntax { said: said.to_owned() }))
    }

    /// Passes over blanks, and gives the byte after them, which stays.
    fn peek(&mut self) -> Result<Option<u8>, Broken> {
        let mut passed = 0;
        loop {
            let chunk = self.from.fill_buf()?;
            let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            let length = chunk.iter().position(|byte| !blank(byte)).unwrap_or(chunk.len());
            let (blanks, rest) = chunk.split_at(length);
            let (first, empty) = (rest.first().copied(), chunk.is_empty());
            self.at = after(self.at, blanks);
            self.from.consume(length);
            passed += length;
            if first.is_some() || empty {
                return Ok(first);
            }
            if passed > GIVE_UP {
                return Err(self.fault("nothing but blanks"));
            }
        }
    }

    fn take(&mut self) {
        self.at.column += 1;
        self.from.consume(1);
    }

    /// Reads up to the comma or bracket that ends an element.
    fn element(&mut self) -> Result<Piece, Broken> {
        let (at, mut bytes, mut seen, mut passed) = (self.at, Vec::new(), Seen::default(), 0);
        loop {
            let chunk = self.from.fill_buf()?;
            if chunk.is_empty() {
                return Err(self.fault("the list does not end"));
            }
            let end = chunk.iter().position(|byte| seen.ends_before(*byte));
            let (part, _) = chunk.split_at(end.unwrap_or(chunk.len()));
            let room = (MAX_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(part.get(..room).unwrap_or(part));
            self.at = after(self.at, part);
            let length = part.len();
            self.from.consume(length);
            passed += length;
            if end.is_some() {
                bytes.truncate(bytes.trim_ascii_end().len());
                return Ok(Piece::new(at, bytes));
            }
            if passed > GIVE_UP {
                return Err(self.fault("a case that does not end"));
            }
        }
    }
}

impl Pieces for Elements {
    fn next(&mut self) -> Result<Option<Piece>, Broken> {
        if self.ended {
            return Ok(None);
        }
        let first = !self.begun;
        if first {
            self.begun = true;
            self.peek()?;
            self.take();
        }
        match self.peek()? {
            Some(b']') => {
                self.ended = true;
                self.take();
                if self.peek()?.is_some() { Err(self.fault("something after the list")) } else { Ok(None) }
            }
            Some(b',') if !first => {
                self.take();
                self.peek()?;
                self.element().map(Some)
            }
            _ if first => self.element().map(Some),
            None => Err(self.fault("the list does not end")),
            Some(_) => Err(self.fault("expected a comma or the end of the list")),
        }
    }
}

impl Seen {
    /// Takes note of a byte; true for the comma or bracket after the element.
    const fn ends_before(&mut self, byte: u8) -> bool {
        if self.quoted {
            self.quoted = self.escaped || byte != b'"';
            self.escaped = byte == b'\\' && !self.escaped;
            return false;
        }
        match byte {
            b'"' => self.quoted = true,
            b'{' | b'[' => self.depth += 1,
            b',' | b']' | b'}' if self.depth == 0 => return true,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        false
    }
}

/// The place after some bytes; a column is a character.
fn after(at: Mark, bytes: &[u8]) -> Mark {
    let letters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    match memchr::memrchr(b'\n', bytes) {
        None => Mark { line: at.line, column: at.column + letters(bytes) },
        Some(last) => {
            let lines = memchr::memchr_iter(b'\n', bytes).count();
            Mark { line: at.line + lines, column: 1 + letters(bytes.get(last + 1..).unwrap_or_default()) }
        }
    }
}
