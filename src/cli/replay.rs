//! `brag replay`: a decision log worked out again, line by line. Of a line no more is held than what finds its case and tells
//! whether the same comes out.

use crate::{
    caseload::ordered_map::ordered_map,
    cli::{
        Run,
        batch::{Batch, no_thread, threads},
        case_files::Cases,
        format_option::{FormatOption, Formats},
        global::Global,
        log_lines::{Log, LogLine},
        out::spare_inputs,
        replay_match::{Logged, Matcher},
        replay_policies,
        replay_with::{self, Today},
        terminal::Terminal,
        usage,
    },
    decision_log::{
        Entry,
        chain::{Chain, is_hash},
        line::ReadLine,
        standing::Standing,
    },
    error::{Error, Exit},
    report::{Format, replay::ReplayReport},
};
use clap::Args;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    path::PathBuf,
};

/// A decision log worked out again, each line on its own date. `--on` draws the decisions of that date.
#[derive(Debug, Args)]
#[command(mut_arg("named", |arg| arg.required(false)))]
pub struct Replay {
    /// The log, also .gz or .zst, or `-` for standard input
    #[arg(value_name = "LOG")]
    log: PathBuf,
    #[command(flatten)]
    cases: Cases,
    /// The hash that the last line must have, so that lines cut off at the end are missed
    #[arg(long, value_name = "HASH", value_parser = head)]
    head: Option<String>,
    /// Say what each decision would be today under this policy, a name or a folder, by the rules and numbers of `--law` [default:
    /// those of today]
    #[arg(long, value_name = "POLICY", requires = "named")]
    with: Option<String>,
    /// A git repository in whose history the policies of then are looked for, where those at hand are other ones
    #[arg(long, value_name = "FOLDER", requires = "named")]
    repo: Option<PathBuf>,
    /// Draw the decisions of this case, with rule, numbers and source
    #[arg(long, value_name = "CRN")]
    crn: Option<String>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

/// Reads what `--head` says.
fn head(text: &str) -> Result<String, String> {
    let text = text.to_lowercase();
    let expected = "expected the 64 digits that `brag replay` shows as the hash of the last line";
    if is_hash(&text) { Ok(text) } else { Err(expected.to_owned()) }
}

impl Formats for Replay {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Md];
}
/// What is written at once, in bytes.
const AT_ONCE: usize = 64 << 10;

impl Run for Replay {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        let read = || Ok(self.cases.files()?.into_iter().chain([self.log.clone()]).collect());
        spare_inputs(None, read, &[global.policy.as_deref(), self.with.as_deref()], global)?;
        if self.log.as_os_str() == "-" && self.cases.each().any(|(path, _)| path.as_os_str() == "-") {
            return Ok(usage("the log and the cases cannot both be read from standard input", terminal));
        }
        let log = Log::of(&self.log, || terminal.input())?;
        let (mut report, logged) = self.read(&log, global)?;
        if report.drawn.is_empty() {
            let message = match (&self.crn, global.on) {
                (Some(_), Some(_)) => Some(("--crn", "no line of the log is about this case on this date")),
                (Some(_), None) => Some(("--crn", "no line of the log is about this case")),
                // A variable stands for every verb.
                (None, _) => global.first_written(&["on"]).map(|_| ("--on", "no line of the log is of this date")),
            };
            if let Some((option, message)) = message {
                return Err(Error::input(option, message));
            }
        }
        if self.cases.any() {
            self.work_out(&mut report, &logged, format, global, terminal)?;
        }
        let shown = report.shown(format);
        if format == Format::Json {
            write_json(&log, &report, &shown, terminal)?;
        } else {
            let mut entries = BTreeMap::new();
            again(&log, &shown, |number, entry| {
                entries.extend(entry.map(|entry| (number, entry)));
                Ok(())
            })?;
            terminal.answer(report.page(format, &entries))?;
        }
        Ok(if report.is_whole() { Exit::Done } else { Exit::Finding })
    }
}

impl Replay {
    /// Reads the log once: its chain, and of each line what will be looked for.
    fn read(&self, log: &Log, global: &Global) -> Result<(ReplayReport, Logged), Error> {
        let mut report = ReplayReport::default();
        let (mut chain, mut logged) = (Chain::default(), Logged::default());
        let (mut is_whole, mut is_log, mut failed) = (true, false, None);
        let is_asked = self.crn.is_some() || global.on.is_some();
        let wanted = |entry: &Entry| {
            self.crn.as_ref().is_none_or(|crn| entry.crn == *crn) && global.on.is_none_or(|on| entry.on == on)
        };
        let read = |(): &mut (), line: std::io::Result<LogLine>, _: &mut Vec<u8>| -> Result<_, Error> {
            let line = line.map_err(|failed| log.unreadable(&failed))?;
            Ok((line.number, line.is_whole, ReadLine::of(&line.bytes)))
        };
        let size = |line: &std::io::Result<LogLine>| line.as_ref().map_or(0, |line| line.bytes.len());
        ordered_map(
            log.lines()?,
            threads(self.cases.threads),
            size,
            || (),
            read,
            |line, _| {
                let (number, whole, line) = match line {
                    Ok(line) => line,
                    Err(error) => {
                        failed = Some(error);
                        return ControlFlow::Break(());
                    }
                };
                is_whole = whole || line.link.is_right();
                is_log |= line.entry.is_some();
                chain.add(line.link);
                if is_asked && line.entry.as_ref().is_some_and(wanted) {
                    report.drawn.insert(number);
                }
                if self.cases.any() {
                    logged.add(&line);
                }
                ControlFlow::Continue(())
            },
        )
        .map_err(|failed| no_thread(&failed))?;
        if let Some(failed) = failed {
            return Err(failed);
        }
        if chain.is_empty() || !is_log {
            let nothing = Error::input(log.name(), "holds no decision");
            return Err(nothing.with_help("`brag assess CASES --log FILE` writes one"));
        }
        report.lines = standings(&chain, is_whole);
        report.head = chain.head();
        report.cut_short = self.head.as_ref().is_some_and(|head| **head != *report.head);
        report.head_at = self.head.as_ref().and_then(|head| chain.line_of(head));
        Ok((report, logged))
    }

    /// Works every line out again whose case is given, and says what each would be today, where that is asked for.
    fn work_out(
        &self,
        report: &mut ReplayReport,
        logged: &Logged,
        format: Format,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<(), Error> {
        let lines = &mut report.lines;
        let known = replay_policies::at_hand(&logged.policies, self.repo.as_deref(), global)?;
        report.looked_in = self.repo.as_ref().map(|repo| repo.display().to_string());
        for past in &known.past {
            let policy = logged.policies.get(past.at).map(|one| one.policy.clone());
            report.past.extend(policy.map(|policy| (policy, past.place.clone())));
        }
        let matcher = Matcher::new(logged, &known.policies, lines);
        let with = self.with.as_ref().map(|named| replay_with::policy(named, global).map(|policy| (named, policy)));
        let with = with.transpose()?;
        let today = with.as_ref().map(|(named, policy)| Today::new(named, policy, logged, &matcher));
        let mut compared =
            today.as_ref().map(|today| today.report(&self.log.display().to_string(), self.repo.is_some()));
        let known = with.iter().fold(matcher.vocabulary(), |all, (_, policy)| all.or(&policy.vocabulary()));
        let mut found: Vec<Option<Standing>> = vec![None; lines.len()];
        // `--on` chooses among the lines, each of which is of its own date.
        Batch::of(&self.cases, &known, &global.clone().dated(None), terminal)?.run(
            terminal,
            || (matcher.assessors(), today.as_ref().map(Today::at_work)),
            |(assessors, work), read, _| {
                let today =
                    today.as_ref().zip(work.as_mut()).map(|(today, work)| today.look(work, &matcher, (read, &known)));
                // A date outside the calendar is one for the line itself, too, which says so.
                let today = today.and_then(Result::ok).unwrap_or_default();
                Ok((matcher.look(assessors, read, &known), today))
            },
            |_, outcome, _| {
                let (looked, today) = outcome.unwrap_or_default();
                for (place, standing) in looked {
                    if let Some(known) = found.get_mut(place)
                        && (known.is_none() || standing != Standing::CaseChanged)
                    {
                        *known = Some(standing);
                    }
                }
                if let Some(report) = &mut compared {
                    for (on, case) in &today {
                        replay_with::take(report, case, *on, format);
                    }
                }
                Ok(())
            },
        )?;
        settle(lines, found, logged);
        report.today = compared;
        Ok(())
    }
}

/// Reads some lines of a log once more.
fn again(
    log: &Log,
    wanted: &BTreeSet<usize>,
    mut take: impl FnMut(usize, Option<Entry>) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(last) = wanted.last() else { return Ok(()) };
    for line in log.lines()? {
        let line = line.map_err(|failed| log.unreadable(&failed))?;
        if wanted.contains(&line.number) {
            take(line.number, ReadLine::of(&line.bytes).entry)?;
        }
        if line.number == *last {
            break;
        }
    }
    Ok(())
}

fn write_json(log: &Log, report: &ReplayReport, shown: &BTreeSet<usize>, terminal: &mut Terminal) -> Result<(), Error> {
    let [mut text, end] = report.json_frame(!shown.is_empty());
    let mut any = false;
    again(log, shown, |number, entry| {
        text.push_str(if any { "," } else { "" });
        any = true;
        text.push_str(&report.json_line(number, entry.as_ref()));
        if text.len() > AT_ONCE {
            terminal.answer(&text)?;
            text.clear();
        }
        Ok(())
    })?;
    text.push_str(&end);
    terminal.answer(text)
}

/// How the lines of a chain stand, before any of them is worked out.
fn standings(chain: &Chain, is_whole: bool) -> Vec<Standing> {
    let mut lines = vec![Standing::NotTried; chain.len()];
    for (number, damage) in chain.damaged(is_whole) {
        if let Some(line) = lines.get_mut(number - 1) {
            *line = Standing::Damaged(damage);
        }
    }
    lines
}

/// Where each line stands, by what was found of it; of one whose case was not given that is said.
fn settle(lines: &mut [Standing], found: Vec<Option<Standing>>, logged: &Logged) {
    for (line, found) in lines.iter_mut().zip(found) {
        if *line == Standing::NotTried {
            *line = found.unwrap_or(Standing::NoCase);
        }
    }
    for place in logged.unread() {
        if let Some(line) = lines.get_mut(place).filter(|line| **line == Standing::NoCase) {
            *line = Standing::NoDecision;
        }
    }
}
