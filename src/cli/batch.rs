//! Goes through many cases: on all threads, with a progress bar, and with no more complaints than somebody will read.

use crate::{
    calendar::WorkingDays,
    case::answer_date::AnswerDate,
    caseload::{
        ordered_map::ordered_map,
        raw_case::{KeptCase, RawCase},
    },
    cli::{
        case_files::{Cases, Duplicates},
        complaints::Complaints,
        duplicates::LastOnly,
        folders::FilesPassedOver,
        global::Global,
        mapping_choice::ChosenMapping,
        noticed::{Noticed, Notices},
        progress::Progress,
        terminal::Terminal,
    },
    decision::{assessor::Assessor, decide::CaseFile},
    error::{Error, Exit},
    policy::source::plain,
    policy::vocabulary::Vocabulary,
    report::{failed::Failed, shown::shown},
    schedule::assess::NoSchedule,
};
use jiff::civil::Date;
use std::{
    collections::HashSet,
    io,
    iter::Peekable,
    num::NonZeroUsize,
    ops::ControlFlow,
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

/// Threads that a processor is given at the most, whatever is asked for: more only take memory.
const A_PROCESSOR: NonZeroUsize = NonZeroUsize::new(4).unwrap();
/// Entries in a row that cannot be read before a run may stop: what goes on like this is no book, and may be made never to end.
const HOPELESS: usize = 10_000;
/// How many times the bytes that were read of the files those entries then hold, where each takes a byte of them at least: a few packed
/// bytes unpack to any number, and no book does to so many.
const UNPACKED: u64 = 50;

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
    known: &'a Vocabulary,
    days: WorkingDays,
    /// The date of an answer where the command line says one, and today.
    dates: (Option<Date>, Result<Date, Error>),
    source: Peekable<LastOnly>,
    progress: Progress,
    /// What makes cases of a service's own data.
    mapping: Option<Arc<ChosenMapping>>,
    /// Whether there is one case: one file that holds nothing else.
    pub is_one: bool,
    /// How much was passed over in folders.
    passed_over: FilesPassedOver,
    /// Whether each case is kept as it is written, too.
    keeps: bool,
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
    /// The case as it is written, where that is kept.
    pub kept: Option<KeptCase>,
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
        Box::new(Error::of_case(&self.file, self.name, why))
    }
}

impl<'a> Batch<'a> {
    /// Finds the cases, which speak of a policy in these words.
    ///
    /// # Errors
    ///
    /// When an argument names nothing, or a folder without cases.
    pub fn of(cases: &'a Cases, known: &'a Vocabulary, global: &Global, terminal: &Terminal) -> Result<Self, Error> {
        // A clock that cannot be read matters to an answer that needs it.
        let (days, dates) = (global.working_days()?, (global.on, global.date(None)));
        let mut source = cases.source(AnswerDate { asked: global.on, today: dates.1.as_ref().ok().copied() })?;
        source.input = Some(terminal.input());
        let progress = Progress::of(&mut source, terminal);
        let (one_file, passed_over, mapping) = (source.one_file, source.passed_over, source.mapping.clone());
        let is_last = cases.duplicates == Duplicates::Last;
        let followed = if is_last { cases.followed()? } else { HashSet::new() };
        let mut source = LastOnly { source, followed, at: 0 }.peekable();
        let is_one = one_file && source.peek().is_some_and(RawCase::is_alone);
        if let Some(first) = source.peek().filter(|_| one_file) {
            refuse_in_vain(first, global)?;
        }
        Ok(Self { cases, known, days, dates, source, progress, mapping, is_one, passed_over, keeps: false })
    }

    /// The same, which keeps each case as it is written beside what is read of it.
    #[must_use]
    pub fn keeping(self) -> Self {
        Self { keeps: true, ..self }
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
        let (begun, mut broken) = (Instant::now(), None);
        let mut ended = Ended { exit: Exit::Done, cases: 0, stopped: false, took: Duration::ZERO };
        let (mut complaints, mut unread, mut notices) = (Complaints::default(), Unread::default(), Notices::default());
        let Self { cases, known, days, dates: (asked, today), source, progress, is_one, mapping, passed_over, keeps } =
            self;
        whisper_of(passed_over, terminal);
        let threads = if is_one { NonZeroUsize::MIN } else { threads(cases.threads) };
        let work = |state: &mut S, entry: RawCase, text: &mut Vec<u8>| {
            let (name, line) = (Arc::clone(&entry.file), entry.line());
            let mut seen = Noticed::of(&entry);
            let kept = if keeps { entry.kept() } else { None };
            let done = entry.read(known).and_then(|file| {
                // Whoever keeps a case as it is written looks at its own inputs by themselves.
                seen.take(&file.case, (!keeps).then_some(known));
                let dates = AnswerDate { asked, today: None };
                let on = dates.of(&file.case).map_or_else(|| today.clone(), Ok)?;
                work(state, &Read { name: &name, line, file, on, days: &days, kept }, text)
            });
            (seen, done.map_err(|error| Failed { file: name, line, error }))
        };
        let done = ordered_map(source, threads, RawCase::weight, state, work, |(noticed, mut outcome), text| {
            ended.cases += 1;
            progress.show(ended.cases);
            if let Some(found) = &noticed.found {
                progress.aside(|| terminal.say(&shown(found)));
            }
            let fails = outcome.is_err();
            terminal.is_waited_for = noticed.is_last_at_hand;
            unread.take(noticed.size, matches!(&outcome, Err(fault) if matches!(*fault.error, Error::Case { .. })));
            notices.take(noticed);
            if let Err(fault) = &mut outcome {
                ended.exit = ended.exit.max(fault.error.exit());
                complaints.take(&fault.error);
                fault.error.forget_text();
            }
            if let Err(error) = terminal.still_asked().and_then(|()| receive(terminal, outcome, text)) {
                broken = Some(error);
                return ControlFlow::Break(());
            }
            let is_enough = |most: NonZeroUsize| fails && complaints.cases >= most.get();
            ended.stopped = unread.is_hopeless(progress.read()) || cases.max_errors.is_some_and(is_enough);
            if ended.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        progress.end();
        done.map_err(|error| no_thread(&error))?;
        if let Some(error) = broken {
            return Err(error);
        }
        ended.took = begun.elapsed();
        tell(terminal, cases, &mut ended, &complaints, &unread);
        notices.tell(cases.duplicates, &mut ended.exit, terminal);
        ended.exit = mapping.map_or(ended.exit, |mapping| ended.exit.max(mapping.tell(terminal)));
        Ok(ended)
    }
}

/// Refuses what the command line says of tables, where the only file is none.
fn refuse_in_vain(first: &RawCase, global: &Global) -> Result<(), Error> {
    let (is_row, is_of_sheet) = (first.is_row(), first.is_of_sheet());
    let options = [
        ("sheet", is_of_sheet, "--sheet", "no workbook"),
        ("delimiter", is_row && !is_of_sheet, "--delimiter", "no table of text"),
        ("title_lines", is_row, "--title-lines", "no table"),
    ];
    let in_vain = options.iter().find(|(id, counts, ..)| !counts && global.first_written(&[id]).is_some());
    match in_vain.filter(|_| first.content.is_ok()) {
        None => Ok(()),
        Some((_, _, option, is)) => {
            let message = format!("is {is}, so that {option} would count for nothing");
            Err(Error::input(&*first.file, message).with_help("leave it out, or name the file that is meant"))
        }
    }
}

/// Says how many files were passed over, to whoever wants to hear of it.
fn whisper_of(FilesPassedOver { hidden, others }: FilesPassedOver, terminal: &mut Terminal) {
    if hidden > 0 {
        terminal.whisper(&format!("hidden files passed over in folders: {hidden}"));
    }
    if others > 0 {
        terminal.whisper(&format!("files passed over in folders that end otherwise than those of cases: {others}"));
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

/// Entries in a row that cannot be read.
#[derive(Default)]
struct Unread {
    entries: usize,
    bytes: u64,
    /// How many there were when the run stopped for them.
    hopeless: Option<usize>,
}

impl Unread {
    fn take(&mut self, size: usize, is_unread: bool) {
        let bytes = u64::try_from(size).unwrap_or(u64::MAX);
        *self = if is_unread {
            Self { entries: self.entries + 1, bytes: self.bytes.saturating_add(bytes), ..*self }
        } else {
            Self::default()
        };
    }

    /// Whether nothing good can follow, after so many bytes of the files.
    fn is_hopeless(&mut self, read: u64) -> bool {
        let is_unpacked = self.bytes > read.saturating_mul(UNPACKED) || self.entries as u64 > read;
        let is_hopeless = self.entries >= HOPELESS && is_unpacked;
        self.hopeless = is_hopeless.then_some(self.entries);
        is_hopeless
    }
}

/// Says how a run over many cases ended, where that is more than that they are done.
fn tell(terminal: &mut Terminal, cases: &Cases, ended: &mut Ended, complaints: &Complaints, unread: &Unread) {
    complaints.tell(ended.cases, terminal);
    if ended.cases == 0 {
        let nothing = cases.nothing();
        terminal.complain(&nothing);
        ended.exit = nothing.exit();
    }
    if let Some(unread) = unread.hopeless {
        terminal.warn(&format!("stopped: {unread} entries in a row cannot be read as cases"));
    } else if ended.stopped {
        terminal.warn(&format!("stopped after {} errors, as --max-errors asks", complaints.cases));
    }
}
