//! Whether the parts of a workbook unpack to what can be read: a few bytes may unpack to any number, and a reader keeps some parts whole.

use super::{chunk::Broken, workbook::no_workbook};
use std::io::{self, Cursor, Read, Write};
use zip::ZipArchive;

/// Parts that a workbook may have.
const MAX_PARTS: usize = 10_000;
/// Bytes that all parts together may unpack to.
const MAX_ALL: u64 = 1 << 30;
/// Bytes that a part which is kept whole may unpack to: all but the sheets are.
const MAX_KEPT: u64 = 64 << 20;
/// Bytes that may stand between two tags, which is kept whole as well.
const MAX_TEXT: usize = 4 << 20;

/// Unpacks every part once, and keeps nothing of it.
///
/// # Errors
///
/// When it is no archive, or a part is larger than is read.
pub(super) fn check(bytes: &[u8]) -> Result<(), Broken> {
    // Each part has such a mark in the list at the end.
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_PARTS + 1).count() > MAX_PARTS {
        return Err(no_workbook("it has more parts than any workbook"));
    }
    let damaged = |_| no_workbook("it is damaged, or of another kind");
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MAX_ALL;
    for index in 0..parts.len() {
        let part = parts.by_index(index).map_err(damaged)?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
        let most = if is_sheet { left } else { left.min(MAX_KEPT) };
        let mut text = Text::default();
        // A part that is damaged is said to be where it is read.
        let unpacked = io::copy(&mut part.take(most + 1), &mut text).unwrap_or(0);
        if unpacked > most || text.longest > MAX_TEXT {
            return Err(no_workbook("it unpacks to more than a workbook may hold"));
        }
        left -= unpacked;
    }
    Ok(())
}

/// What passes between two tags at the most.
#[derive(Default)]
struct Text {
    now: usize,
    longest: usize,
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut begins = 0;
        for at in memchr::memchr_iter(b'<', bytes) {
            self.longest = self.longest.max(self.now + at - begins);
            (self.now, begins) = (0, at);
        }
        self.now += bytes.len() - begins;
        self.longest = self.longest.max(self.now);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
