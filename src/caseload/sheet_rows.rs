//! The rows of a sheet as a stream: a thread of its own walks through the sheet, a little ahead of whoever reads.

use super::chunk::{Broken, Chunk, Chunks};
use std::{
    mem,
    sync::mpsc::{Receiver, sync_channel},
    thread,
};

/// Bytes of rows that are handed over together: a row may be as large as a case, so what waits is counted in bytes.
const TOGETHER: usize = 64 << 10;
/// How many times that waits.
const AHEAD: usize = 4;

pub(super) struct SheetRows {
    from: Receiver<Result<Vec<Chunk>, Broken>>,
    /// What was handed over last and not yet given.
    given: std::vec::IntoIter<Chunk>,
}

impl SheetRows {
    /// The rows that a walk gives, until it is told that nobody reads further.
    ///
    /// # Errors
    ///
    /// When no thread can be had.
    pub(super) fn of(
        walk: impl FnOnce(&mut dyn FnMut(Chunk) -> bool) -> Result<(), Broken> + Send + 'static,
    ) -> Result<Self, Broken> {
        let (to, from) = sync_channel(AHEAD);
        let walk = move || {
            let (mut rows, mut size) = (Vec::new(), 0);
            let ended = walk(&mut |row| {
                // A short row takes room as well.
                size += row.bytes.len() + size_of::<Chunk>();
                rows.push(row);
                size < TOGETHER || {
                    size = 0;
                    to.send(Ok(mem::take(&mut rows))).is_ok()
                }
            });
            // Whoever reads no further has seen enough.
            let _ = to.send(Ok(rows));
            let _ = ended.map_err(|broken| to.send(Err(broken)));
        };
        thread::Builder::new().spawn(walk)?;
        Ok(Self { from, given: Vec::new().into_iter() })
    }
}

impl Chunks for SheetRows {
    fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        loop {
            if let Some(row) = self.given.next() {
                return Ok(Some(row));
            }
            match self.from.recv() {
                Ok(rows) => self.given = rows?.into_iter(),
                Err(_) => return Ok(None),
            }
        }
    }
}
