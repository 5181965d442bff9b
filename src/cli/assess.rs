//! `brag assess`: the tier of each case, with everything that it rests on.

use crate::{
    cli::{
        Run,
        batch::{Batch, Ended, Read},
        case_files::Cases,
        format_option::Formats,
        global::Global,
        log_file::{Logging, Recorded},
        out::Output,
        policy_choice,
        progress::rate,
        terminal::Terminal,
        usage, variables,
        what_if::WhatIf,
    },
    decision::{assessor::Assessor, laws::flags_of_laws},
    decision_log::{Entry, entry},
    error::{Error, Exit},
    report::{
        Format, Reasons,
        answers::{Answer, Writer},
        assess_summary::{Counted, Summary},
    },
    schedule::assess::assess,
};
use clap::{Args, ValueEnum};

/// The tier of each case.
#[derive(Debug, Args)]
pub struct Assess {
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    what_if: WhatIf,
    /// What to do when missing facts leave the tier open
    #[arg(long, value_name = "WHAT", default_value = "range")]
    on_missing: OnMissing,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// Look whether the laws of the policy hold of each case, under the tier of the rules and that of an override; one that does not is a flag, and a finding (exit code 1)
    #[arg(long, conflicts_with = "log")]
    laws: bool,
    #[command(flatten)]
    output: Output<Self>,
    /// How much of the reasons json, jsonl and yaml hold [default: all; of jsonl fired]
    #[arg(long, value_name = "WHICH")]
    reasons: Option<Reasons>,
    #[command(flatten)]
    logging: Logging,
    /// Count tiers, flags and errors; of the text format write nothing else
    #[arg(long)]
    summary: bool,
}

/// What to do when missing facts leave the tier open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnMissing {
    /// Act on the top of the range, and say what is open.
    Range,
    /// Refuse: exit code 4.
    Refuse,
}

impl Formats for Assess {
    const FORMATS: &'static [Format] = &[
        Format::Text,
        Format::Table,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Xlsx,
        Format::Yaml,
        Format::Md,
    ];
}

impl Run for Assess {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if let Some(said) = in_vain(global) {
            return Ok(usage(said, terminal));
        }
        let format = self.output.format()?;
        self.logging.spare(self.output.file(), || self.cases.files(), global)?;
        let out = self.output.open(format.is_for_people(), &self.cases, global)?;
        let mut policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        policy_choice::without(&mut policy, &self.without)?;
        let (log, run) = self.logging.open(&policy, terminal)?;
        let mut out = Recorded::new(out, log);
        let known = policy.vocabulary();
        let batch = Batch::of(&self.cases, &known, global, terminal)?;
        let reasons = self.reasons.unwrap_or(if format == Format::Jsonl { Reasons::Fired } else { Reasons::All });
        let counts_only = self.summary && format == Format::Text && self.output.file().is_none();
        let writer = (!counts_only).then_some(Writer { format, one: batch.is_one, reasons });
        let (mut sheet, frame) = (writer.and_then(Writer::sheet), writer.map(Writer::frame).unwrap_or_default());
        let only_fired =
            counts_only || reasons != Reasons::All || matches!(format, Format::Csv | Format::Xlsx | Format::Table);
        let (mut summary, mut breaks_law) = (Summary::default(), false);
        let ended = batch.run(
            terminal,
            || Assessor::new(&policy).telling_what_fired(only_fired),
            |assessor, read, text| self.one(assessor, read, writer, run.as_ref(), text),
            |terminal, outcome, text| {
                let mut failure = Vec::new();
                let (text, line) = match outcome {
                    Ok(told) => {
                        summary.count(told.counted);
                        breaks_law |= told.breaks_law;
                        (text, told.line)
                    }
                    Err(failed) => {
                        summary.count_error(&failed.error);
                        writer.inspect(|writer| writer.write(&Answer::Failed(&failed), &mut failure));
                        (failure.as_slice(), None)
                    }
                };
                if let Some(sheet) = &mut sheet {
                    // What was written as JSON just now is JSON.
                    sheet.row(serde_json::from_slice::<Vec<String>>(text).unwrap_or_default());
                    return out.decided(&[], line, terminal);
                }
                if !text.is_empty() {
                    out.write(if out.any() { frame.between } else { frame.start }.as_bytes(), terminal)?;
                }
                out.decided(text, line, terminal)
            },
        )?;
        out.write(if out.any() { frame.end } else { frame.nothing }.as_bytes(), terminal)?;
        if let Some(sheet) = sheet {
            out.write_bytes(&sheet.workbook()?, terminal)?;
        }
        // A run that stopped early leaves no file under the final name.
        out.end(!ended.stopped, terminal)?;
        if self.summary {
            self.tell(&summary.text(policy.tiers()), &ended, format, terminal)?;
        }
        Ok(if breaks_law { ended.exit.max(Exit::Finding) } else { ended.exit })
    }
}

/// What the command line says of a log where there is none. A variable says it of whichever run has one.
fn in_vain(global: &Global) -> Option<&'static str> {
    let has_log = global.first_written(&["log"]).is_some() || variables::value("log").is_some();
    match global.first_written(&["by", "log_values"]).filter(|_| !has_log)? {
        "by" => Some("--by is said in the lines of a log, so that it would count for nothing without --log FILE"),
        _ => Some("--log-values is about the lines of a log, so that it would count for nothing without --log FILE"),
    }
}

/// What is told of a case beside its answer.
struct Aside {
    /// What it adds to the counts.
    counted: Option<Counted>,
    /// Its line for the log.
    line: Option<String>,
    /// Whether a law does not hold of it.
    breaks_law: bool,
}

impl Assess {
    /// The counts go where the answers do not: to standard output, or beside data on it to standard error.
    fn tell(&self, counts: &str, ended: &Ended, format: Format, terminal: &mut Terminal) -> Result<(), Error> {
        if self.output.file().is_some() || format == Format::Text {
            terminal.answer(counts)?;
        } else {
            terminal.warn(counts.trim_end());
        }
        let per_second = rate(ended.cases, ended.took);
        terminal.say(&format!("{:.1} seconds, {per_second} cases a second", ended.took.as_secs_f64()));
        Ok(())
    }

    /// Writes the answer for one case; gives what else is told of it.
    fn one(
        &self,
        assessor: &mut Assessor<'_>,
        read: &Read<'_>,
        writer: Option<Writer>,
        run: Option<&entry::LoggedRun>,
        text: &mut Vec<u8>,
    ) -> Result<Aside, Box<Error>> {
        let (assessment, breaks_law) = read.judged(assessor, |assessor, file, on, days| {
            let mut assessment = assess(assessor, file, on, days)?;
            let broken = if self.laws { flags_of_laws(assessor, file, &assessment.decision)? } else { Vec::new() };
            let breaks_law = !broken.is_empty();
            assessment.decision.flags.extend(broken);
            Ok((assessment, breaks_law))
        })?;
        let decision = &assessment.decision;
        if self.on_missing == OnMissing::Refuse && (decision.range.is_some() || !decision.doubts.is_empty()) {
            let paths = decision.unsettled.iter().map(|fact| fact.to_find_out().to_string());
            // What stands in a registration is no text for messages.
            let unsettled = paths.chain(decision.doubted.iter().cloned()).collect();
            let (crn, file) = (decision.crn.to_string(), read.name.to_owned());
            return Err(Box::new(Error::NoFirmTier { crn, file, unsettled }));
        }
        writer.inspect(|writer| writer.write(&Answer::Decided { assessment: &assessment, line: read.line }, text));
        let entry = run.map(|run| Entry::new(run, &read.file.case, &assessment));
        // An entry has no key that is not a text.
        let line = entry.and_then(|entry| serde_json::to_string(&entry).ok());
        Ok(Aside { counted: self.summary.then(|| Counted::of(&assessment)), line, breaks_law })
    }
}
