//! `brag rate`: what a sample of judged cases comes to, by a policy that rates it.

use crate::{
    case::fault::Fault,
    caseload::sample::{Judged, Questions, with_counts},
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
use std::path::{Path, PathBuf};

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
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Csv, Format::Md];
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
        let sample = |read: &Read<'_>| Judged::new(read.name, read.line, &read.file.case);
        let (sample, exit) = kept(&self.cases, &policy, global, terminal, sample)?;
        if exit > Exit::Done {
            return Ok(exit);
        }
        let counts = match questions.count(&sample) {
            Ok(counts) => counts,
            Err(wrong) => return Ok(complain(&wrong, sample.len(), terminal)),
        };
        let (file, mut inspection) = match &self.record {
            None => ("the sample".to_owned(), CaseFile::parse(UNNAMED).map_err(|fault| of_record("", fault))?),
            Some(path) => match self.recorded(path, &policy, global, terminal)? {
                Ok(record) => (path.display().to_string(), record),
                Err(exit) => return Ok(exit),
            },
        };
        inspection.case = with_counts(&inspection.case, counts).map_err(|fault| of_record(&file, fault))?;
        let on = global.date(inspection.case.assessed_on.map(|day| day.0))?;
        let mut assessor = Assessor::new(&policy);
        let assessment = assess(&mut assessor, &inspection, on, &global.working_days()?)
            .map_err(|why| Error::of_case(inspection.case.crn.as_str(), &file, why))?;
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
    /// What the inspection says of itself, or how the run ends where that cannot be read.
    fn recorded(
        &self,
        path: &Path,
        policy: &Policy,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Result<CaseFile, Exit>, Error> {
        let cases = self.cases.of_file(path);
        let (mut records, exit) = kept(&cases, policy, global, terminal, |read| read.file.clone())?;
        match (records.pop(), records.is_empty()) {
            _ if exit > Exit::Done => Ok(Err(exit)),
            (Some(record), true) => Ok(Ok(record)),
            _ => {
                let error = Error::input(path.display().to_string(), "holds several cases, and a record is one");
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
    keep: impl Fn(&Read<'_>) -> T + Sync,
) -> Result<(Vec<T>, Exit), Error> {
    let (tiers, mut kept) = (policy.recorded_tiers(), Vec::new());
    let ended = Batch::of(cases, &tiers, global, terminal)?.run(
        terminal,
        || (),
        |(), read, _| Ok(keep(read)),
        |_, outcome, _| {
            kept.extend(outcome.ok());
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

fn of_record(file: &str, fault: Fault) -> Error {
    Error::of_text(file, [fault], 1, String::new())
}
