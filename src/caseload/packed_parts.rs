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

/// Texts that the cells of a workbook may share, which are as many as fit into the part that holds them.
const MAX_SHARED: usize = 4 << 20;
/// Bytes of shared texts that the cells of any workbook may come to, beside each text once.
const SHARED: u64 = 16 << 20;
/// Bytes of them that they may come to for each byte of the sheets. A cell is some thirty bytes there, and says a few words; only what is
/// said again and again in long texts comes to more.
const SHARED_PER_BYTE: u64 = 8;

/// What was met in the parts of a workbook. What is rare in a sheet need not be looked for where it was not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Met {
    /// A formula.
    pub formulas: bool,
    /// A merged range.
    pub merged: bool,
    /// Parts that are sheets.
    pub sheets: usize,
    /// Bytes that the cells of a sheet may take of the texts that they share, each use counted: a few bytes name a text of any
    /// length.
    pub room: u64,
}

/// What unpacks, or comes to, more than is read.
pub(super) fn too_large() -> Broken {
    no_workbook("it unpacks to more than a workbook may hold")
}

/// Unpacks every part once, and keeps nothing of it.
///
/// # Errors
///
/// When it is no archive, or a part is larger than is read.
pub(super) fn check(bytes: &[u8]) -> Result<Met, Broken> {
    // Each part has such a mark in the list at the end.
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_PARTS + 1).count() > MAX_PARTS {
        return Err(no_workbook("it has more parts than any workbook"));
    }
    let damaged = |_| no_workbook("it is damaged, or of another kind");
    let mut parts = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let (mut left, mut met) = (MAX_ALL, Met { room: SHARED, ..Met::default() });
    for index in 0..parts.len() {
        let part = parts.by_index(index).map_err(damaged)?;
        let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
        let most = if is_sheet { left } else { left.min(MAX_KEPT) };
        let mut text = Text::default();
        // A part that is damaged is said to be where it is read.
        let unpacked = io::copy(&mut part.take(most + 1), &mut text).unwrap_or(0);
        if unpacked > most || text.longest > MAX_TEXT || text.is_endless {
            return Err(too_large());
        }
        left -= unpacked;
        met.sheets += usize::from(is_sheet);
        met.formulas |= text.met.formulas;
        met.merged |= text.met.merged;
        met.room += if is_sheet { unpacked * SHARED_PER_BYTE } else { unpacked };
    }
    Ok(met)
}

/// What passes between two tags at the most, and which tags were met.
#[derive(Default)]
struct Text {
    now: usize,
    longest: usize,
    met: Met,
    /// Whether it says of itself that it holds more texts than it can, for which a reader would make room at once.
    is_endless: bool,
    /// The end of what was written before, which may be the beginning of a tag.
    before: Vec<u8>,
}

/// The longest that is looked at to see what a tag is called, in bytes.
const TAG: usize = 40;

impl Text {
    /// Looks at the tags that begin in what was written before and in this.
    fn meet(&mut self, bytes: &[u8]) {
        let is_met = |text: &[u8], tag: &str| memchr::memmem::find(text, tag.as_bytes()).is_some();
        let seam: Vec<u8> = self.before.iter().chain(bytes.iter().take(TAG)).copied().collect();
        // A name may have a prefix, with a colon behind.
        for text in [seam.as_slice(), bytes] {
            self.met.merged |= is_met(text, "mergeCell");
            self.met.formulas |= ["<f>", "<f ", ":f>", ":f "].iter().any(|tag| is_met(text, tag));
            self.is_endless |= says_too_many(text);
        }
        let kept = self.before.len().saturating_sub(TAG.saturating_sub(bytes.len()));
        self.before.drain(..kept.min(self.before.len()));
        self.before.extend_from_slice(bytes.get(bytes.len().saturating_sub(TAG)..).unwrap_or_default());
    }
}

/// Whether a part says that it holds more shared texts than it can.
fn says_too_many(text: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    memchr::memmem::find_iter(text, COUNT).any(|at| match text.get(at + COUNT.len()..).unwrap_or_default() {
        // A number that is cut off is met whole with what is written next.
        [b'=', _, said @ ..] if !said.is_empty() => {
            let digits = said.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let number = said.get(..digits).and_then(|digits| str::from_utf8(digits).ok()?.parse::<usize>().ok());
            digits > TAG / 4 || number.is_none_or(|number| number > MAX_SHARED)
        }
        // No program writes it so.
        [after, ..] => after.is_ascii_whitespace(),
        [] => false,
    })
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
        self.meet(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
