//! The lines of a stream, each with its number, and none of them larger in memory than a case may be.

use crate::case::document::MAX_BYTES;
use std::io::{self, BufRead, BufReader, Read};

/// A stream of text that cases are read from.
pub type Stream = BufReader<Box<dyn Read + Send>>;

/// A stream with room for much at a time.
#[must_use]
pub fn buffered(from: Box<dyn Read + Send>) -> Stream {
    BufReader::with_capacity(256 << 10, from)
}

/// The most that is passed over to find the end of something too large, in bytes. What goes on for longer, such as an archive
/// of a few bytes that unpacks to nothing but zeros, ends the reading of its file.
pub const GIVE_UP: usize = 16 * MAX_BYTES;

/// The lines of a stream.
pub struct Lines {
    from: Stream,
    /// The line last read, as it stands.
    pub text: Vec<u8>,
    /// Its number, from 1.
    pub number: usize,
    /// Bytes passed over since something was last of use.
    idle: usize,
}

impl Lines {
    /// The lines of a stream.
    #[must_use]
    pub fn of(from: Stream) -> Self {
        Self { from, text: Vec::new(), number: 0, idle: 0 }
    }

    /// Reads the next line; false at the end. A line that is too large is cut a byte after the limit.
    ///
    /// # Errors
    ///
    /// When the stream cannot be read, or a line is so long that nothing good can follow.
    pub fn advance(&mut self) -> io::Result<bool> {
        self.text.clear();
        let mut any = false;
        loop {
            let buffer = match self.from.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                self.number += usize::from(any);
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', buffer);
            let (line, _) = buffer.split_at(end.map_or(buffer.len(), |end| end + 1));
            let room = (MAX_BYTES + 1).saturating_sub(self.text.len());
            self.text.extend_from_slice(line.get(..room).unwrap_or(line));
            let used = line.len();
            self.idle += used;
            self.from.consume(used);
            if self.idle > GIVE_UP {
                return Err(io::Error::other(format!(
                    "no end of a case in {GIVE_UP} bytes; the rest of the file is not read"
                )));
            }
            if end.is_some() {
                self.number += 1;
                break;
            }
        }
        Ok(any)
    }

    /// Whether nothing that was read is left but blanks and the beginning of a line, so that a further line has to be waited for.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        let left = self.from.buffer();
        let (lines, _) = left.split_at(memchr::memrchr(b'\n', left).unwrap_or(0));
        lines.trim_ascii().is_empty()
    }

    /// Says that what was read is of use.
    pub const fn useful(&mut self) {
        self.idle = 0;
    }

    /// The line without its line break, and without the mark that some programs put before UTF-8.
    #[must_use]
    pub fn line(&self) -> &[u8] {
        let mut line = self.text.strip_suffix(b"\n").unwrap_or(&self.text);
        // A program that writes `\r\n` where the system makes that of `\n` leaves two.
        while let Some(shorter) = line.strip_suffix(b"\r") {
            line = shorter;
        }
        if self.number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line }
    }
}
