//! `brag caseload`: what many cases show together, per officer and office.

use crate::{
    case::Case,
    caseload::{book::Row, patterns},
    cli::{
        case_files::{self, NamedCase},
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
use std::path::PathBuf;

/// What many cases show together.
#[derive(Debug, Args)]
pub struct Caseload {
    /// Case files (YAML or JSON), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "CASES")]
    cases: Vec<PathBuf>,
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
        let mut desk = Desk::new(&policy);
        let (mut rows, mut report, mut exit) = (Vec::new(), CaseloadReport::default(), Exit::Done);
        for file in &case_files::find(&self.cases)? {
            let named = case_files::read(file);
            let name = named.file.clone();
            match one(named, &mut desk, global, &days) {
                Ok((on, row)) => {
                    report.on = report.on.max(Some(on));
                    rows.push(row);
                }
                Err(error) => {
                    terminal.complain(&error);
                    exit = exit.max(error.exit());
                    report.failed.push((name, *error));
                }
            }
        }
        report.cases = rows.len();
        if let Some(on) = report.on {
            report.patterns = patterns(&policy, &rows, on).map_err(|fault| Error::from(*fault))?;
        }
        terminal.answer(&render(format, &report))?;
        Ok(exit)
    }
}

fn one(named: NamedCase, desk: &mut Desk<'_>, global: &Global, days: &WorkingDays) -> Result<(Date, Row), Box<Error>> {
    let file = named.case?;
    let on = global.date(file.case.assessed_on.map(|day| day.0));
    let crn = file.case.crn.to_string();
    let assessment = assess(desk, &file, on, days).map_err(|why| Error::of_case(&crn, &named.file, why))?;
    Ok((on, Row::new(&Case::as_known_on(&file.case, on), &assessment, desk.policy().tiers())))
}
