//! Goes through many cases: on all threads, with a progress bar, and with no more complaints than somebody will read.

use crate::{
    caseload::{ordered_map::ordered_map, raw_case::RawCase},
    cli::{
        case_files::{Cases, Source},
        global::Terminal,
        progress::Progress,
    },
    error::{Error, Exit},
};
use std::{
    iter::Peekable,
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

/// Errors that are drawn; of the others there is a count.
const DRAWN: usize = 20;

/// What came of one case.
pub struct Outcome<R> {
    /// How messages call its file.
    pub file: Arc<str>,
    /// The line that it begins at, in a file of many cases.
    pub line: Option<usize>,
    /// The result, or why there is none.
    pub result: Result<R, Box<Error>>,
}

/// How it ended.
#[derive(Debug)]
pub struct Ended {
    /// The worst that happened.
    pub exit: Exit,
    /// Cases gone through.
    pub cases: usize,
    /// Whether `--max-errors` ended it.
    pub stopped: bool,
    /// How long it took.
    pub took: Duration,
}

/// The cases of a command line, the first of them looked at.
pub struct Each {
    source: Peekable<Source>,
    progress: Progress,
    threads: NonZeroUsize,
    max_errors: Option<NonZeroUsize>,
    /// Whether there is one case: one file that holds nothing else.
    pub is_one: bool,
}

impl Each {
    /// Finds the cases.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn of(cases: &Cases, terminal: &Terminal) -> Result<Self, Error> {
        let source = cases.source()?;
        let progress = if source.one_file && source.size.is_some_and(|size| size < 1 << 20) {
            Progress::none()
        } else {
            Progress::of(&source, terminal)
        };
        let one_file = source.one_file;
        let mut source = source.peekable();
        let is_one = one_file && source.peek().is_some_and(RawCase::is_alone);
        let all = || available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let threads = if is_one { NonZeroUsize::MIN } else { cases.threads.unwrap_or_else(all) };
        Ok(Self { source, progress, threads, max_errors: cases.max_errors, is_one })
    }

    /// Works on every case, with a state for each thread, and hands the outcomes on in the order of the cases, each with what
    /// was written of it. A case that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// The first that `receive` ends with.
    pub fn run<S, R: Send>(
        self,
        terminal: &mut Terminal,
        state: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, RawCase, &mut Vec<u8>) -> Result<R, Box<Error>> + Sync,
        mut receive: impl FnMut(&mut Terminal, Outcome<R>, &[u8]) -> Result<(), Error>,
    ) -> Result<Ended, Error> {
        let begun = Instant::now();
        let mut ended = Ended { exit: Exit::Done, cases: 0, stopped: false, took: Duration::ZERO };
        let mut failed = 0;
        let mut broken = None;
        let work = |state: &mut S, entry: RawCase, text: &mut Vec<u8>| {
            let (file, line) = (Arc::clone(&entry.file), entry.line());
            Outcome { file, line, result: work(state, entry, text) }
        };
        ordered_map(self.source, self.threads, state, work, |outcome, text| {
            ended.cases += 1;
            self.progress.show(ended.cases);
            let fails = outcome.result.as_ref().err();
            if let Some(error) = fails {
                failed += 1;
                ended.exit = ended.exit.max(error.exit());
                if failed <= DRAWN {
                    self.progress.aside(|| terminal.complain(error));
                }
            }
            let fails = fails.is_some();
            if let Err(error) = receive(terminal, outcome, text) {
                broken = Some(error);
                return ControlFlow::Break(());
            }
            ended.stopped = fails && self.max_errors.is_some_and(|most| failed >= most.get());
            if ended.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        self.progress.end();
        if let Some(error) = broken {
            return Err(error);
        }
        if failed > DRAWN {
            terminal.warn(&format!("{} more errors; {failed} of {} cases have no answer", failed - DRAWN, ended.cases));
        }
        if ended.stopped {
            terminal.warn(&format!("stopped after {failed} errors, as --max-errors asks"));
        }
        ended.took = begun.elapsed();
        Ok(ended)
    }
}
