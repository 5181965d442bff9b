//! Many cases on many threads: each thread takes a few entries at a time, and what they give is handed on in the order in
//! which the entries came, whatever the threads. Only a few batches are ever in memory.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

/// What a batch gives: results, each with where its text ends among the texts of the batch.
struct Batch<R> {
    results: Vec<(R, usize)>,
    texts: Vec<u8>,
}

/// Entries that a thread takes at a time.
const BATCH: usize = 64;
/// Batches for each thread that may be taken and not yet handed on.
const AHEAD: usize = 12;

/// What is taken and done so far.
struct Progress<R> {
    taken: usize,
    handed_on: usize,
    done: BTreeMap<usize, Batch<R>>,
    /// No further batch will be taken.
    ended: bool,
}

struct Shared<I, R> {
    source: Mutex<I>,
    progress: Mutex<Progress<R>>,
    changed: Condvar,
}

/// Works on every entry with so many threads and hands the results on in order, until the receiver has enough.
///
/// Each thread makes itself a state, which `work` may use from one entry to the next. What `work` writes goes with its result
/// to the receiver: the texts of a batch share their memory, because most of what a thread makes of a case is text.
pub fn run<T, S, R: Send>(
    mut source: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T, &mut Vec<u8>) -> R + Sync,
    mut receive: impl FnMut(R, &[u8]) -> ControlFlow<()>,
) {
    if threads.get() == 1 {
        let mut state = state();
        let mut text = Vec::new();
        let _ = source.try_for_each(|entry| {
            text.clear();
            let result = work(&mut state, entry, &mut text);
            receive(result, &text)
        });
        return;
    }
    let progress = Progress { taken: 0, handed_on: 0, done: BTreeMap::new(), ended: false };
    let shared = Shared { source: Mutex::new(source), progress: Mutex::new(progress), changed: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                let _ends = EndsOnPanic(&shared);
                let mut state = state();
                let mut most = 0;
                while let Some((number, batch)) = shared.take(AHEAD * threads.get()) {
                    let mut texts = Vec::with_capacity(most);
                    let each = batch.into_iter().map(|entry| (work(&mut state, entry, &mut texts), texts.len()));
                    let results = each.collect();
                    most = texts.len().max(most);
                    shared.lock().done.insert(number, Batch { results, texts });
                    shared.changed.notify_all();
                }
            });
        }
        while let Some(Batch { results, texts }) = shared.next() {
            let mut begins = 0;
            let handed_on = results.into_iter().try_for_each(|(result, ends)| {
                let text = texts.get(begins..ends).unwrap_or_default();
                begins = ends;
                receive(result, text)
            });
            if handed_on.is_break() {
                break;
            }
        }
        shared.end();
    });
}

impl<I, R> Shared<I, R> {
    /// A thread that panics leaves nothing half done behind these locks.
    fn lock(&self) -> MutexGuard<'_, Progress<R>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// The results that are next in order, when they are there; none after the last.
    fn next(&self) -> Option<Batch<R>> {
        let waits = |progress: &mut Progress<R>| {
            let is_last = progress.ended && progress.handed_on == progress.taken;
            !is_last && !progress.done.contains_key(&progress.handed_on)
        };
        let waited = self.changed.wait_while(self.lock(), waits);
        let mut progress = waited.unwrap_or_else(PoisonError::into_inner);
        let number = progress.handed_on;
        let batch = progress.done.remove(&number)?;
        progress.handed_on += 1;
        drop(progress);
        self.changed.notify_all();
        Some(batch)
    }
}

impl<T, I: Iterator<Item = T>, R> Shared<I, R> {
    /// The next batch, once there is room for its results.
    fn take(&self, room: usize) -> Option<(usize, Vec<T>)> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |progress: &mut Progress<R>| !progress.ended && progress.taken - progress.handed_on >= room;
        let waited = self.changed.wait_while(self.lock(), full);
        let progress = waited.unwrap_or_else(PoisonError::into_inner);
        if progress.ended {
            return None;
        }
        drop(progress);
        let batch: Vec<T> = source.by_ref().take(BATCH).collect();
        let mut progress = self.lock();
        if batch.is_empty() {
            progress.ended = true;
            drop(progress);
            self.changed.notify_all();
            return None;
        }
        let number = progress.taken;
        progress.taken += 1;
        Some((number, batch))
    }
}

/// Ends the run when a thread panics, so that nobody waits for its results.
struct EndsOnPanic<'a, I, R>(&'a Shared<I, R>);

impl<I, R> Drop for EndsOnPanic<'_, I, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut progress = self.0.lock();
            progress.ended = true;
            progress.taken = progress.handed_on;
            progress.done.clear();
            drop(progress);
            self.0.changed.notify_all();
        }
    }
}
