//! The elements of one JSON list, told apart without being parsed: only strings and brackets are looked at. Whether an
//! element is a case is for its reader to say.

use super::{
    chunk::{Broken, Chunk, Chunks, START},
    lines::{GIVE_UP, Stream},
};
use crate::case::{
    document::MAX_BYTES,
    fault::{Fault, Mark, Wrong},
};
use std::io::BufRead;

/// Reads elements one after the other.
pub struct JsonStream {
    from: Stream,
    at: Mark,
    /// What stands before the next element; nothing where the list has ended.
    before: Option<u8>,
}

/// What has been seen of an element.
#[derive(Default)]
struct Seen {
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl JsonStream {
    /// Those of a stream that begins with `[`.
    #[must_use]
    pub const fn of(from: Stream) -> Self {
        Self { from, at: START, before: Some(b'[') }
    }

    fn fault(&self, said: &str) -> Broken {
        Broken::Wrong(Fault::at("", Some(self.at), Wrong::Syntax { said: said.to_owned() }))
    }

    /// Passes over bytes up to one that ends them, which stays. They are cut after the limit for a case.
    fn pass(&mut self, endless: &str, mut ends: impl FnMut(u8) -> bool) -> Result<(Vec<u8>, Option<u8>), Broken> {
        let (mut bytes, mut passed) = (Vec::new(), 0);
        loop {
            let buffer = self.from.fill_buf()?;
            let end = buffer.iter().position(|byte| ends(*byte)).unwrap_or(buffer.len());
            let (part, rest) = buffer.split_at(end);
            let (next, is_last) = (rest.first().copied(), buffer.is_empty());
            let room = (MAX_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(part.get(..room).unwrap_or(part));
            self.at = after(self.at, part);
            self.from.consume(end);
            passed += end;
            if next.is_some() || is_last {
                return Ok((bytes, next));
            }
            if passed > GIVE_UP {
                return Err(self.fault(endless));
            }
        }
    }

    /// Passes over blanks, and gives the byte after them, which stays.
    fn peek(&mut self) -> Result<Option<u8>, Broken> {
        let ends = |byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.pass("nothing but blanks", ends).map(|(_, next)| next)
    }

    fn take(&mut self) {
        self.at.column += 1;
        self.from.consume(1);
    }

    /// Reads up to the comma or bracket that ends an element.
    fn element(&mut self) -> Result<Chunk, Broken> {
        let (at, mut seen) = (self.at, Seen::default());
        let (mut bytes, next) = self.pass("a case that does not end", |byte| seen.ends_before(byte))?;
        bytes.truncate(bytes.trim_ascii_end().len());
        // A list that is cut short after a whole case has that case.
        if next.is_none() && (seen.depth > 0 || seen.quoted || bytes.is_empty()) {
            return Err(self.fault("the list does not end"));
        }
        Ok(Chunk::new(at, bytes))
    }
}

impl Chunks for JsonStream {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        let Some(before) = self.before else { return Ok(None) };
        let mut next = self.peek()?;
        let is_there = next == Some(before);
        if is_there {
            self.before = Some(b',');
            self.take();
            next = self.peek()?;
        }
        match next {
            // No comma stands before the end.
            Some(b']') if is_there == (before == b'[') => {
                self.before = None;
                self.take();
                if self.peek()?.is_some() { Err(self.fault("something after the list")) } else { Ok(None) }
            }
            Some(b']') if is_there => Err(self.fault("trailing comma before the end of the list")),
            _ if is_there => self.element().map(Some),
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
