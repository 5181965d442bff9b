//! Many cases on many threads: one thread reads entries a few at a time and deals them out in turn; what the others make of
//! them is collected in the same turn, and so is in the order in which the entries came. Only a few batches are ever in memory.

use std::{io, num::NonZeroUsize, ops::ControlFlow, sync::mpsc::sync_channel, thread};

/// What a batch gives: results, each with where its text ends among the texts of the batch.
struct Batch<R> {
    results: Vec<(R, usize)>,
    texts: Vec<u8>,
}

impl<R> Batch<R> {
    fn hand_on(self, receive: &mut impl FnMut(R, &[u8]) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut begins = 0;
        self.results.into_iter().try_for_each(|(result, ends)| {
            let text = self.texts.get(begins..ends).unwrap_or_default();
            begins = ends;
            receive(result, text)
        })
    }
}

/// Entries that a thread takes at a time.
const BATCH: usize = 64;
/// Bytes of entries that a thread takes at a time, where they are large.
const BATCH_BYTES: usize = 1 << 20;
/// Batches that wait for each thread.
const TO_DO: usize = 2;
/// Batches of each thread that wait for the receiver, who may be slow for a while.
const DONE: usize = 9;

/// Works on every entry with so many threads and hands the results on in order, until the receiver has enough.
///
/// Each thread makes itself a state, which `work` may use from one entry to the next. What `work` writes goes with its result
/// to the receiver: the texts of a batch share their memory, because most of what a thread makes of a case is text. `size` is
/// how many bytes an entry holds.
///
/// # Errors
///
/// When the system gives no more threads; nothing was worked on then.
pub fn ordered_map<T: Send, S, R: Send>(
    mut source: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    size: impl Fn(&T) -> usize + Send,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T, &mut Vec<u8>) -> R + Sync,
    mut receive: impl FnMut(R, &[u8]) -> ControlFlow<()>,
) -> io::Result<()> {
    if threads.get() == 1 {
        let mut state = state();
        let mut text = Vec::new();
        let _ = source.try_for_each(|entry| {
            text.clear();
            let result = work(&mut state, entry, &mut text);
            receive(result, &text)
        });
        return Ok(());
    }
    let (state, work) = (&state, &work);
    // Whoever stops, at the end, early, or in a panic, lets go of its ends of the channels, and so stops those beside it.
    thread::scope(|scope| {
        let worker = |_| {
            let (deal, to_do) = sync_channel::<Vec<T>>(TO_DO);
            let (hand_in, done) = sync_channel(DONE);
            thread::Builder::new().spawn_scoped(scope, move || {
                let mut state = state();
                let mut most = 0;
                for batch in to_do {
                    let mut texts = Vec::with_capacity(most);
                    let each = batch.into_iter().map(|entry| (work(&mut state, entry, &mut texts), texts.len()));
                    let results = each.collect();
                    most = texts.len().max(most);
                    if hand_in.send(Batch { results, texts }).is_err() {
                        break;
                    }
                }
            })?;
            Ok((deal, done))
        };
        let workers: io::Result<Vec<_>> = (0..threads.get()).map(worker).collect();
        let (deals, dones): (Vec<_>, Vec<_>) = workers?.into_iter().unzip();
        thread::Builder::new().spawn_scoped(scope, move || {
            for deal in deals.iter().cycle() {
                let batch = next_batch(&mut source, &size);
                if batch.is_empty() || deal.send(batch).is_err() {
                    break;
                }
            }
        })?;
        // The first thread with nothing more in its turn is the first that was dealt nothing more.
        let mut batches = dones.iter().cycle().map_while(|done| done.recv().ok());
        let _ = batches.try_for_each(|batch| batch.hand_on(&mut receive));
        drop(dones);
        Ok(())
    })
}

/// The next entries for a thread, few where they are large.
fn next_batch<T>(source: &mut impl Iterator<Item = T>, size: impl Fn(&T) -> usize) -> Vec<T> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(entry) = source.next() else { break };
        bytes = size(&entry).saturating_add(bytes);
        batch.push(entry);
    }
    batch
}
