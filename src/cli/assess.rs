//! `brag assess`: the tier of each case, with everything that it rests on.

use crate::{
    case::Case,
    caseload::raw_case::RawCase,
    cli::{
        case_files::Cases,
        each::{Each, Ended, Outcome},
        global::{Global, Terminal},
        out::{Out, Output},
        policy_choice,
        progress::rate,
        what_if::{OnMissing, WhatIf},
    },
    decision::desk::Desk,
    error::{Error, Exit},
    policy::tiers::Tiers,
    report::{
        self, Answer, Format, Reasons, Style, Writer,
        assess_summary::{Counted, Summary},
    },
    schedule::{
        assess::{Assessment, assess},
        working_days::WorkingDays,
    },
};
use clap::Args;
use jiff::civil::Date;
use std::sync::Arc;

/// The tier of each case.
#[derive(Debug, Args)]
pub struct Assess {
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    what_if: WhatIf,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    #[command(flatten)]
    output: Output,
    /// How much of the reasons json, jsonl and yaml hold [default: all; of jsonl fired]
    #[arg(long, value_name = "WHICH")]
    reasons: Option<Reasons>,
    /// Count tiers, flags and errors; of the text format write nothing else
    #[arg(long)]
    summary: bool,
}

const FORMATS: &[Format] =
    &[Format::Text, Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Yaml, Format::Md];

/// What the threads need of the command line.
struct Task<'a, D> {
    days: &'a WorkingDays,
    on: D,
    on_missing: OnMissing,
    /// How to write; nothing where only the counts are asked for.
    writer: Option<&'a dyn Writer>,
    counts: bool,
}

impl Assess {
    /// Assesses every case; one that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// When nothing can be assessed at all: no policy, no case, no output.
    pub fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = global.format_among(FORMATS)?;
        let mut policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        policy_choice::without(&mut policy, &self.without)?;
        let days = global.working_days()?;
        let out = self.output.open(format.is_for_people())?;
        let each = Each::of(&self.cases, terminal)?;
        let reasons = self.reasons.unwrap_or(if format == Format::Jsonl { Reasons::Fired } else { Reasons::All });
        let writer = report::writer(format, Style { one: each.is_one, reasons });
        let counts_only = self.summary && format == Format::Text && self.output.output.is_none();
        let writer = Some(&*writer).filter(|_| !counts_only);
        let mut out = Answers { out, writer, summary: Summary::default() };
        let (on_missing, counts) = (self.what_if.on_missing, self.summary);
        let only_fired = reasons != Reasons::All || matches!(format, Format::Csv | Format::Table) || writer.is_none();
        let task = Task { days: &days, on: global.dates(), on_missing, writer, counts };
        let work = |desk: &mut Desk<'_>, entry: RawCase, text: &mut Vec<u8>| task.one(desk, entry, text);
        let ended = each.run(
            terminal,
            || self.cases.desk(&policy).telling_what_fired(only_fired),
            work,
            |terminal, outcome, text| out.take(outcome, text, terminal),
        )?;
        let summary = out.end(&ended, terminal)?;
        if self.summary {
            self.show(&summary, policy.tiers(), format, terminal)?;
            let per_second = rate(ended.cases, ended.took);
            terminal.say(&format!("{:.1} seconds, {per_second} cases a second", ended.took.as_secs_f64()));
        }
        Ok(ended.exit)
    }

    /// The counts go where the answers do not: to standard output, or beside data on it to standard error.
    fn show(&self, counts: &Summary, tiers: &Tiers, format: Format, terminal: &mut Terminal) -> Result<(), Error> {
        let text = counts.text(tiers);
        if self.output.output.is_some() || format == Format::Text {
            return terminal.answer(&text);
        }
        terminal.warn(text.trim_end());
        Ok(())
    }
}

impl<D: Fn(&Case) -> Date> Task<'_, D> {
    /// Writes the answer for one case; gives what it adds to the counts.
    fn one(&self, desk: &mut Desk<'_>, entry: RawCase, text: &mut Vec<u8>) -> Result<Option<Counted>, Box<Error>> {
        let (file, line) = (Arc::clone(&entry.file), entry.line());
        let assessment = self.assess(desk, entry, &file)?;
        if let Some(writer) = self.writer {
            writer.answer(&Answer::Decided { assessment: &assessment, line }, text);
        }
        Ok(self.counts.then(|| Counted::of(&assessment)))
    }

    fn assess(&self, desk: &mut Desk<'_>, entry: RawCase, file: &str) -> Result<Assessment, Box<Error>> {
        let case = entry.read()?;
        let on = (self.on)(&case.case);
        let crn = case.case.crn.as_str();
        let assessment = assess(desk, &case, on, self.days).map_err(|why| Error::of_case(crn, file, why))?;
        let decision = &assessment.decision;
        if self.on_missing == OnMissing::Refuse && decision.range.is_some() {
            let unsettled = decision.unsettled.iter().map(|fact| fact.path.to_string()).collect();
            return Err(Box::new(Error::NoFirmTier { crn: crn.to_owned(), file: file.to_owned(), unsettled }));
        }
        Ok(assessment)
    }
}

/// The answers on their way out.
struct Answers<'a> {
    out: Out,
    writer: Option<&'a dyn Writer>,
    summary: Summary,
}

impl Answers<'_> {
    fn take(&mut self, outcome: Outcome<Option<Counted>>, text: &[u8], terminal: &mut Terminal) -> Result<(), Error> {
        let mut failed = Vec::new();
        let text = match outcome.result {
            Ok(counted) => {
                if let Some(counted) = counted {
                    self.summary.count(counted);
                }
                text
            }
            Err(error) => {
                self.summary.count_error(&error);
                if let Some(writer) = self.writer {
                    let answer = Answer::Failed { file: &outcome.file, line: outcome.line, error: &error };
                    writer.answer(&answer, &mut failed);
                }
                &failed
            }
        };
        let Some(writer) = self.writer.filter(|_| !text.is_empty()) else { return Ok(()) };
        let before = if self.out.any { writer.between() } else { writer.start() };
        self.out.write(before.as_bytes(), terminal)?;
        self.out.write(text, terminal)
    }

    /// Writes what stands after the last answer. A run that stopped early leaves no file under the final name.
    fn end(mut self, ended: &Ended, terminal: &mut Terminal) -> Result<Summary, Error> {
        if let Some(writer) = self.writer {
            let last = if self.out.any { writer.end() } else { writer.nothing() };
            self.out.write(last.as_bytes(), terminal)?;
        }
        self.out.end(!ended.stopped, terminal)?;
        Ok(self.summary)
    }
}
