//! Goes through many cases: on all threads, with a progress bar, and with no more complaints than somebody will read.

use crate::{
    calendar::WorkingDays,
    caseload::{ordered_map::ordered_map, raw_case::RawCase},
    cli::{
        case_files::{Cases, Source},
        global::{Global, Terminal},
        mapping_choice::ChosenMapping,
        progress::Progress,
    },
    decision::{assessor::Assessor, decide::CaseFile},
    error::{Error, Exit},
    language::tiers::Tiers,
    policy::source::plain,
    report::failed::Failed,
    schedule::assess::NoSchedule,
};
use jiff::civil::Date;
use std::{
    io,
    iter::Peekable,
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

/// Errors that are drawn; of the others there is a count.
pub const DRAWN: usize = 20;

/// Threads that a processor is given at the most, whatever is asked for: more only take memory.
const A_PROCESSOR: NonZeroUsize = NonZeroUsize::new(4).unwrap();
/// Entries in a row that cannot be read before a run stops: what goes on like this is no book, and may be made never to end.
const HOPELESS: usize = 10_000;

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

/// The cases of a command line, the first of them looked at, and what each is judged with.
pub struct Batch<'a> {
    cases: &'a Cases,
    tiers: &'a Tiers,
    days: WorkingDays,
    /// The date of an answer where the command line says one, and today.
    dates: (Option<Date>, Result<Date, Error>),
    source: Peekable<Source>,
    progress: Progress,
    /// What makes cases of a service's own data.
    mapping: Option<Arc<ChosenMapping>>,
    /// Whether there is one case: one file that holds nothing else.
    pub is_one: bool,
}

/// A case that was read.
pub struct Read<'a> {
    /// How messages call its file.
    pub name: &'a str,
    /// The line that it begins at, in a file of many cases.
    pub line: Option<usize>,
    /// The case.
    pub file: CaseFile,
    /// The date that it is judged for.
    pub on: Date,
    /// The working days that due dates are reckoned with.
    pub days: &'a WorkingDays,
}

impl Read<'_> {
    /// What a stage says of the case.
    ///
    /// # Errors
    ///
    /// When a rule fails, or a date lies outside the calendar of working days.
    pub fn judged<T>(
        &self,
        assessor: &mut Assessor<'_>,
        by: impl Fn(&mut Assessor<'_>, &CaseFile, Date, &WorkingDays) -> Result<T, NoSchedule>,
    ) -> Result<T, Box<Error>> {
        by(assessor, &self.file, self.on, self.days).map_err(|why| self.failed(why))
    }

    /// The error of the case where it has no schedule.
    pub fn failed(&self, why: NoSchedule) -> Box<Error> {
        Box::new(Error::of_case(self.file.case.crn.as_str(), self.name, why))
    }
}

impl<'a> Batch<'a> {
    /// Finds the cases, whose tiers are these.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn of(cases: &'a Cases, tiers: &'a Tiers, global: &Global, terminal: &Terminal) -> Result<Self, Error> {
        let mut source = cases.source()?;
        let progress = Progress::of(&mut source, terminal);
        let (one_file, mapping) = (source.one_file, source.mapping.clone());
        let mut source = source.peekable();
        let is_one = one_file && source.peek().is_some_and(RawCase::is_alone);
        // The clock is looked at once.
        let (days, dates) = (global.working_days()?, (global.on, global.date(None)));
        Ok(Self { cases, tiers, days, dates, source, progress, mapping, is_one })
    }

    /// The same with this date for every case, or each with its own, whatever `--on` says.
    #[must_use]
    pub fn dated(self, on: Option<Date>) -> Self {
        let (_, today) = self.dates;
        Self { dates: (on, today), ..self }
    }

    /// Works on every case and hands the outcomes on in the order of the cases, each with what was written of it. Each thread
    /// works with a state of its own, mostly an [`Assessor`]. A case that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// The first that `receive` ends with.
    pub fn run<S, R: Send>(
        self,
        terminal: &mut Terminal,
        state: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, &Read<'_>, &mut Vec<u8>) -> Result<R, Box<Error>> + Sync,
        mut receive: impl FnMut(&mut Terminal, Result<R, Failed>, &[u8]) -> Result<(), Error>,
    ) -> Result<Ended, Error> {
        let begun = Instant::now();
        let mut ended = Ended { exit: Exit::Done, cases: 0, stopped: false, took: Duration::ZERO };
        let (mut failed, mut unread) = (0, 0);
        let mut broken = None;
        let Self { cases, tiers, days, dates: (asked, today), source, progress, is_one, mapping } = self;
        let threads = if is_one { NonZeroUsize::MIN } else { threads(cases.threads) };
        let work = |state: &mut S, entry: RawCase, text: &mut Vec<u8>| {
            let (name, line) = (Arc::clone(&entry.file), entry.line());
            let done = entry.read(tiers).and_then(|file| {
                let dated = asked.or(file.case.assessed_on.map(|day| day.0));
                let on = dated.map_or_else(|| today.clone(), Ok)?;
                work(state, &Read { name: &name, line, file, on, days: &days }, text)
            });
            done.map_err(|error| Failed { file: name, line, error })
        };
        let done = ordered_map(source, threads, RawCase::size, state, work, |mut outcome, text| {
            ended.cases += 1;
            progress.show(ended.cases);
            let fails = outcome.is_err();
            let is_unread = matches!(&outcome, Err(fault) if matches!(*fault.error, Error::Case { .. }));
            unread = if is_unread { unread + 1 } else { 0 };
            if let Err(fault) = &mut outcome {
                failed += 1;
                ended.exit = ended.exit.max(fault.error.exit());
                if failed <= DRAWN {
                    progress.aside(|| terminal.complain(&fault.error));
                }
                fault.error.forget_text();
            }
            if let Err(error) = receive(terminal, outcome, text) {
                broken = Some(error);
                return ControlFlow::Break(());
            }
            let is_enough = |most: NonZeroUsize| fails && failed >= most.get();
            ended.stopped = unread >= HOPELESS || cases.max_errors.is_some_and(is_enough);
            if ended.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        progress.end();
        done.map_err(|error| no_thread(&error))?;
        if let Some(error) = broken {
            return Err(error);
        }
        ended.took = begun.elapsed();
        tell(terminal, cases, &mut ended, failed, unread);
        if let Some(mapping) = mapping {
            mapping.tell(terminal);
        }
        Ok(ended)
    }
}

/// How many threads work, of so many that are asked for: without that one a processor.
pub fn threads(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    let processors = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    asked.unwrap_or(processors).min(processors.saturating_mul(A_PROCESSOR))
}

/// That the system gives no more threads.
pub fn no_thread(error: &io::Error) -> Error {
    let message = format!("a thread cannot be started: {}", plain(error));
    Error::input("--threads", message).with_help("ask for fewer")
}

/// Says how a run over many cases ended, where that is more than that they are done.
fn tell(terminal: &mut Terminal, cases: &Cases, ended: &mut Ended, failed: usize, unread: usize) {
    if ended.cases == 0 {
        let nothing = cases.nothing();
        terminal.complain(&nothing);
        ended.exit = nothing.exit();
    }
    if failed > DRAWN {
        terminal.warn(&format!("{} more errors; {failed} of {} cases have no answer", failed - DRAWN, ended.cases));
    }
    if unread >= HOPELESS {
        terminal.warn(&format!("stopped: {unread} entries in a row cannot be read as cases"));
    } else if ended.stopped {
        terminal.warn(&format!("stopped after {failed} errors, as --max-errors asks"));
    }
}
