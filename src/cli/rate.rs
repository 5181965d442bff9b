//! `brag rate`: what a sample of judged cases comes to, by a policy that rates it.

use crate::{
    caseload::sample::{JudgedCase, Own, Questions, with_counts},
    cli::{
        Run,
        batch::{Batch, Read},
        case_files::Cases,
        complaints::Complaints,
        format_option::Formats,
        global::Global,
        out::{Output, spare_inputs},
        policy_choice,
        terminal::Terminal,
        what_if::WhatIf,
    },
    decision::{assessor::Assessor, decide::CaseFile, rating::rating},
    error::{Error, Exit},
    policy::Policy,
    report::{Format, View, rating::RatingReport, rating_csv},
    schedule::assess::assess,
};
use clap::Args;
use std::path::PathBuf;

/// What a sample of judged cases comes to.
#[derive(Debug, Args)]
pub struct Rate {
    #[command(flatten)]
    cases: Cases,
    /// What is rated otherwise than from cases, and professional discretion: one case, under `local`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    #[command(flatten)]
    what_if: WhatIf,
    #[command(flatten)]
    output: Output<Self>,
}

/// What is rated where no record names it.
const UNNAMED: &str = "crn: SAMPLE\n";

impl Formats for Rate {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Csv, Format::Md, Format::Html];
}

impl Run for Rate {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.output.format()?;
        spare_inputs(self.output.file(), || Ok(self.record.iter().cloned().collect()), &[], global)?;
        let mut out = self.output.open(format.is_for_people(), &self.cases, global)?;
        let policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        let Some(questions) = Questions::of(&policy).filter(|_| policy.program().has("rating")) else {
            let help =
                "name one that has a function `rating(person)` and `ANSWERS`, such as `--policy inspection-ratings`";
            return Err(Error::input(policy.name().to_string(), "rates no sample").with_help(help));
        };
        let judged = |read: &Read<'_>| Some(JudgedCase::new(read.kept.clone()?, &read.file.case));
        let (sample, exit) = kept(&self.cases, &policy, global, terminal, judged)?;
        if exit > Exit::Done {
            return Ok(exit);
        }
        let counts = match questions.count(&sample) {
            Ok(counts) => counts,
            Err(wrong) => return Ok(complain(&wrong, sample.len(), terminal)),
        };
        let inspection = match self.inspection(&policy, counts, global, terminal)? {
            Ok(inspection) => inspection,
            Err(exit) => return Ok(exit),
        };
        let on = global.date(inspection.case.assessed_on.map(|day| day.0))?;
        let mut assessor = Assessor::new(&policy);
        let assessment = assess(&mut assessor, &inspection, on, &global.working_days()?)
            .map_err(|why| Error::of_case(&inspection, &self.shown(), why))?;
        let facts = assessor.facts(&inspection.case, on);
        let Some(rating) = rating(&mut assessor, &facts).map_err(|fault| Error::from(*fault))? else {
            return Ok(Exit::Done);
        };
        let report = RatingReport {
            decision: &assessment.decision,
            rating: &rating,
            cases: sample.len(),
            is_in_full: global.verbose,
        };
        match format {
            Format::Csv => out.write(rating_csv::csv(&report).as_bytes(), terminal)?,
            format => out.write(report.written(format).as_bytes(), terminal)?,
        }
        out.end(true, terminal)?;
        Ok(Exit::Done)
    }
}

impl Rate {
    /// How messages call what is rated.
    fn shown(&self) -> String {
        self.record.as_ref().map_or_else(|| "the sample".to_owned(), |path| path.display().to_string())
    }

    /// The case of the inspection: what its record says, with what the sample counts; or how the run ends where the record cannot be
    /// read, which is told then.
    fn inspection(
        &self,
        policy: &Policy,
        counts: Own,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Result<CaseFile, Exit>, Error> {
        let Some(path) = &self.record else {
            let unnamed = CaseFile::parse(UNNAMED).map_err(|fault| vec![fault]);
            let counted = unnamed.and_then(|file| with_counts(file, policy, counts));
            return counted.map(Ok).map_err(|faults| Error::of_text(&self.shown(), faults, 1, String::new()));
        };
        let cases = self.cases.of_file(path);
        let record = |read: &Read<'_>| Some((read.file.clone(), read.kept.clone()?));
        let (mut records, exit) = kept(&cases, policy, global, terminal, record)?;
        match (records.pop(), records.is_empty()) {
            _ if exit > Exit::Done => Ok(Err(exit)),
            (Some((record, as_written)), true) => {
                with_counts(record, policy, counts).map(Ok).map_err(|faults| as_written.refused(faults))
            }
            _ => {
                let error = Error::input(self.shown(), "holds several cases, and a record is one");
                Err(error.with_help("write what is said of the inspection into a file of its own"))
            }
        }
    }
}

/// What is kept of each case, in their order, and how the reading ended.
fn kept<T: Send>(
    cases: &Cases,
    policy: &Policy,
    global: &Global,
    terminal: &mut Terminal,
    keep: impl Fn(&Read<'_>) -> Option<T> + Sync,
) -> Result<(Vec<T>, Exit), Error> {
    let (known, mut kept) = (policy.vocabulary(), Vec::new());
    let ended = Batch::of(cases, &known, global, terminal)?.keeping().run(
        terminal,
        || (),
        |(), read, _| Ok(keep(read)),
        |_, outcome, _| {
            kept.extend(outcome.ok().flatten());
            Ok(())
        },
    )?;
    Ok((kept, ended.exit))
}

/// Says what is wrong with a sample. A rating of what is left of it would be one of another sample.
fn complain(wrong: &[Error], cases: usize, terminal: &mut Terminal) -> Exit {
    let mut complaints = Complaints::default();
    for error in wrong {
        complaints.take(error);
    }
    complaints.tell(cases, terminal);
    wrong.iter().map(Error::exit).max().unwrap_or(Exit::Done)
}
