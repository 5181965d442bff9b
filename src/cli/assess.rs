//! `brag assess`: the tier of each case, with everything that it rests on.

use crate::{
    cli::{
        case_files::{self, NamedCase},
        global::{Global, Terminal},
        policy_choice,
        what_if::{OnMissing, WhatIf},
    },
    decision::desk::Desk,
    error::{Error, Exit},
    report::{self, Answer, Format},
    schedule::{
        assess::{Assessment, assess},
        working_days::WorkingDays,
    },
};
use clap::Args;
use std::path::PathBuf;

/// The tier of each case.
#[derive(Debug, Args)]
pub struct Assess {
    /// Case files (YAML or JSON), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<PathBuf>,
    #[command(flatten)]
    what_if: WhatIf,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
}

const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Jsonl, Format::Yaml, Format::Md];

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
        let files = case_files::find(&self.cases)?;
        let mut writer = report::writer(format, files.len());
        let mut exit = Exit::Done;
        let mut desk = Desk::new(&policy);
        for file in &files {
            let named = case_files::read(file);
            let file = named.file.clone();
            let answer = self.one(named, &mut desk, global, &days);
            if let Err(error) = &answer {
                terminal.complain(error);
                exit = exit.max(error.exit());
            }
            let answer = match &answer {
                Ok(decision) => Answer::Decided(decision),
                Err(error) => Answer::Failed { file: &file, error },
            };
            terminal.answer(&writer.write(&answer))?;
        }
        terminal.answer(&writer.end())?;
        Ok(exit)
    }

    fn one(
        &self,
        named: NamedCase,
        desk: &mut Desk<'_>,
        global: &Global,
        days: &WorkingDays,
    ) -> Result<Assessment, Box<Error>> {
        let case = named.case?;
        let on = global.date(case.case.assessed_on.map(|day| day.0));
        let crn = case.case.crn.to_string();
        let assessment = assess(desk, &case, on, days).map_err(|why| Error::of_case(&crn, &named.file, why))?;
        let decision = &assessment.decision;
        if self.what_if.on_missing == OnMissing::Refuse && decision.range.is_some() {
            let unsettled = decision.unsettled.iter().map(|fact| fact.path.clone()).collect();
            return Err(Box::new(Error::NoFirmTier { crn, file: named.file, unsettled }));
        }
        Ok(assessment)
    }
}
