//! `brag caseload`: what many cases show together, per officer and office.

use crate::{
    case::Case,
    caseload::{book::Row, patterns},
    cli::{
        Run,
        batch::Batch,
        case_files::Cases,
        format_option::{FormatOption, Formats},
        global::Global,
        out::spare_inputs,
        policy_choice,
        terminal::Terminal,
        what_if::WhatIf,
    },
    decision::assessor::Assessor,
    error::{Error, Exit},
    report::{Format, View, caseload::CaseloadReport, failed::Failed},
    schedule::assess::assess,
};
use clap::Args;

/// What many cases show together.
#[derive(Debug, Args)]
pub struct Caseload {
    #[command(flatten)]
    cases: Cases,
    #[command(flatten)]
    what_if: WhatIf,
    /// Leave out a policy that runs with the chosen one; may be given several times
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for Caseload {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json];
}

impl Run for Caseload {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        spare_inputs(None, || self.cases.files(), &[global.policy.as_deref()], global)?;
        let mut policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        policy_choice::without(&mut policy, &self.without)?;
        let (mut rows, mut report) = (Vec::new(), CaseloadReport::default());
        let tiers = policy.recorded_tiers();
        let ended = Batch::of(&self.cases, &tiers, global, terminal)?.run(
            terminal,
            || Assessor::new(&policy),
            |assessor, read, _| {
                let assessment = read.judged(assessor, assess)?;
                let known = Case::as_known_on(&read.file.case, read.on);
                Ok((read.on, Row::new(&known, &assessment, assessor.policy().tiers())))
            },
            |_, outcome, _| {
                match outcome {
                    Ok((on, row)) => {
                        report.on = report.on.max(Some(on));
                        rows.push(row);
                    }
                    Err(failed) => report.failed.push(Failed { line: None, ..failed }),
                }
                Ok(())
            },
        )?;
        (report.cases, report.law) = (rows.len(), policy.law());
        if let Some(on) = report.on {
            report.patterns = patterns(&policy, &rows, on).map_err(|fault| Error::from(*fault))?;
        }
        terminal.answer(report.written(format))?;
        Ok(ended.exit)
    }
}
