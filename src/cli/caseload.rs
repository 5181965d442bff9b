//! `brag caseload`: what many cases show together, per officer and office.

use crate::{
    case::Case,
    caseload::{book::Row, patterns, raw_case::RawCase},
    cli::{
        case_files::Cases,
        each::Each,
        global::{Global, Terminal},
        policy_choice,
    },
    decision::desk::Desk,
    error::{Error, Exit},
    report::{
        Format,
        caseload::{CaseloadReport, render},
    },
    schedule::{assess::assess, working_days::WorkingDays},
};
use clap::Args;
use jiff::civil::Date;
use std::sync::Arc;

/// What many cases show together.
#[derive(Debug, Args)]
pub struct Caseload {
    #[command(flatten)]
    cases: Cases,
    /// Use another value for a parameter, on every date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::what_if::assignment)]
    set: Vec<(String, String)>,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
}

const FORMATS: &[Format] = &[Format::Text, Format::Json];

impl Caseload {
    /// Assesses every case and looks at them together; one that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// When nothing can be looked at at all: no policy, no case, no output; or when a `caseload` function fails.
    pub fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = global.format_among(FORMATS)?;
        let mut policy = policy_choice::load(global, &self.set, terminal)?;
        policy_choice::without(&mut policy, &self.without)?;
        let days = global.working_days()?;
        let (mut rows, mut report) = (Vec::new(), CaseloadReport::default());
        let on = global.dates();
        let work = |desk: &mut Desk<'_>, entry: RawCase, _: &mut Vec<u8>| one(desk, entry, &on, &days);
        let ended = Each::of(&self.cases, terminal)?.run(
            terminal,
            || self.cases.desk(&policy),
            work,
            |_, outcome, _| {
                match outcome.result {
                    Ok((on, row)) => {
                        report.on = report.on.max(Some(on));
                        rows.push(row);
                    }
                    Err(error) => report.failed.push((outcome.file.to_string(), *error)),
                }
                Ok(())
            },
        )?;
        report.cases = rows.len();
        if let Some(on) = report.on {
            report.patterns = patterns(&policy, &rows, on).map_err(|fault| Error::from(*fault))?;
        }
        terminal.answer(&render(format, &report))?;
        Ok(ended.exit)
    }
}

fn one(
    desk: &mut Desk<'_>,
    entry: RawCase,
    on: impl Fn(&Case) -> Date,
    days: &WorkingDays,
) -> Result<(Date, Row), Box<Error>> {
    let name = Arc::clone(&entry.file);
    let file = entry.read()?;
    let on = on(&file.case);
    let crn = file.case.crn.as_str();
    let assessment = assess(desk, &file, on, days).map_err(|why| Error::of_case(crn, &name, why))?;
    Ok((on, Row::new(&Case::as_known_on(&file.case, on), &assessment, desk.policy().tiers())))
}
