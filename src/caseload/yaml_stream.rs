//! The documents of a YAML stream. A line that begins with `---` or `...` ends a document wherever it stands, in YAML even
//! within a text block, so that documents can be told apart without being parsed.

use super::{
    chunk::{Broken, Chunk, Chunks, START},
    lines::Lines,
};
use crate::case::{document::MAX_BYTES, fault::Mark};
use std::io;

/// Reads documents one after the other.
pub struct YamlStream {
    lines: Lines,
    /// The document after the one that was asked for: whether there is one decides how the first is read.
    ahead: Option<Chunk>,
    /// The line that the last document ended at, if the next one begins on it.
    opening: Option<Vec<u8>>,
    begun: bool,
    ended: bool,
}

impl YamlStream {
    /// Those of a stream.
    #[must_use]
    pub const fn of(lines: Lines) -> Self {
        Self { lines, ahead: None, opening: None, begun: false, ended: false }
    }

    /// Reads up to the end of the next document that holds anything.
    fn document(&mut self) -> io::Result<Option<Chunk>> {
        let mut text = self.opening.take().unwrap_or_default();
        let mut at = self.lines.number.max(1);
        let (mut holds_something, mut directives) = (!text.is_empty(), false);
        while !self.ended {
            if !self.lines.advance()? {
                self.ended = true;
                break;
            }
            let line = self.lines.line();
            let follows = is_content(line.get(3..).unwrap_or_default()) && line.starts_with(b"---");
            if is_mark(line) && holds_something {
                self.opening = follows.then(|| self.lines.text.clone());
                break;
            }
            let is_mark = is_mark(line);
            if is_mark && !directives {
                text.clear();
                if !follows {
                    continue;
                }
            }
            directives = !is_mark && (directives || (!holds_something && line.starts_with(b"%")));
            holds_something |= if is_mark { follows } else { is_content(line) && !line.starts_with(b"%") };
            if text.is_empty() {
                at = self.lines.number;
            }
            if text.len() <= MAX_BYTES {
                text.extend_from_slice(&self.lines.text);
                if holds_something {
                    self.lines.useful();
                }
            }
        }
        Ok(holds_something.then(|| Chunk::new(Mark { line: at, column: 1 }, text)))
    }
}

impl Chunks for YamlStream {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        if self.begun {
            return match self.ahead.take() {
                Some(chunk) => Ok(Some(chunk)),
                None => Ok(self.document()?),
            };
        }
        self.begun = true;
        let first = self.document()?;
        let second = if first.is_some() { self.document()? } else { None };
        self.ahead = second;
        // Where there is nothing in it, the reader says so.
        let first = first.unwrap_or(Chunk::new(START, Vec::new()));
        Ok(Some(if self.ahead.is_some() { first } else { first.alone() }))
    }
}

/// Whether a line ends a document.
fn is_mark(line: &[u8]) -> bool {
    (line.starts_with(b"---") || line.starts_with(b"..."))
        && line.get(3).is_none_or(|next| matches!(next, b' ' | b'\t'))
}

/// Whether a line holds more than blanks and a comment.
fn is_content(line: &[u8]) -> bool {
    line.trim_ascii_start().first().is_some_and(|first| *first != b'#')
}
