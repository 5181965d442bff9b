//! `brag replay`: a decision log worked out again, line by line.

use crate::{
    cli::{
        Run,
        batch::Batch,
        case_files::Cases,
        global::{Global, Terminal},
        out::spare_inputs,
        policy_choice,
    },
    decision::{assessor::Assessor, decide::CaseFile},
    decision_log::{
        Entry,
        chain::{damaged, hash_of},
        entry::{LoggedAnswer, VERSION},
    },
    error::{Error, Exit},
    language::tiers::Tiers,
    policy::Policy,
    report::{
        Format, View,
        replay::{Line, ReplayReport, Standing},
    },
    schedule::assess::assess,
};
use clap::Args;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// A decision log worked out again.
#[derive(Debug, Args)]
#[command(mut_arg("named", |arg| arg.required(false)))]
pub struct Replay {
    /// The log
    #[arg(value_name = "LOG")]
    log: PathBuf,
    #[command(flatten)]
    cases: Cases,
    /// The hash that the last line must have, so that lines cut off at the end are missed
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// Draw the decisions of this case, with rule, numbers and source
    #[arg(long, value_name = "CRN")]
    crn: Option<String>,
}

const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Md];

impl Run for Replay {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = global.format_among(FORMATS)?;
        let read = || Ok(self.cases.files()?.into_iter().chain([self.log.clone()]).collect());
        spare_inputs(None, read, &[global.policy.as_deref()], global)?;
        let name = self.log.display().to_string();
        let invalid = |message: &str| Error::input(name.clone(), message);
        let text = String::from_utf8(self.bytes()?).map_err(|_| invalid("is not text in UTF-8"))?;
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() {
            return Err(invalid("holds no decision").with_help("`brag assess CASES --log FILE` writes one"));
        }
        let broken = damaged(&lines, text.ends_with('\n'));
        let mut report = ReplayReport::default();
        for (number, line) in lines.iter().enumerate() {
            let entry = serde_json::from_str::<Entry>(line).ok().filter(|entry| entry.log == VERSION);
            let standing = broken.get(&(number + 1)).map(|broken| Standing::Damaged(*broken));
            report.lines.push(Line { number: number + 1, entry, standing: standing.unwrap_or(Standing::NotTried) });
        }
        let last = lines.last().and_then(|line| hash_of(line)).unwrap_or_default();
        last.clone_into(&mut report.head);
        report.cut_short = self.head.as_ref().is_some_and(|head| head != last);
        if self.cases.any() {
            self.work_out(&mut report, global, terminal)?;
        }
        report.only(self.crn.as_deref(), global.on);
        terminal.answer(report.written(format))?;
        Ok(if report.is_whole() { Exit::Done } else { Exit::Finding })
    }
}

impl Replay {
    /// The log. It grows for years, and has no limit of size; only a file is one.
    fn bytes(&self) -> Result<Vec<u8>, Error> {
        if std::fs::metadata(&self.log).is_ok_and(|known| !known.is_file()) {
            return Err(Error::input(self.log.display().to_string(), "is no file, and so no decision log"));
        }
        std::fs::read(&self.log).map_err(|error| Error::unreadable(&self.log, &error))
    }

    /// Works every line out again whose case is given.
    fn work_out(&self, report: &mut ReplayReport, global: &Global, terminal: &mut Terminal) -> Result<(), Error> {
        let wanted: BTreeSet<&str> = report.entries().map(|(_, entry)| entry.crn.as_str()).collect();
        let mut cases: BTreeMap<String, Vec<CaseFile>> = BTreeMap::new();
        let policies = policies(report, global)?;
        let tiers = policies.values().fold(Tiers::default(), |all, policy| all.or(&policy.recorded_tiers()));
        let batch = Batch::of(&self.cases, &tiers, global, terminal)?;
        batch.run(
            terminal,
            || (),
            |(), read, _| Ok(wanted.contains(read.file.case.crn.as_str()).then(|| read.file.clone())),
            |_, outcome, _| {
                if let Ok(Some(file)) = outcome {
                    cases.entry(file.case.crn.to_string()).or_default().push(file);
                }
                Ok(())
            },
        )?;
        let mut assessors: BTreeMap<&str, Assessor<'_>> =
            policies.iter().map(|(name, policy)| (name.as_str(), Assessor::new(policy))).collect();
        let days = global.working_days()?;
        for line in &mut report.lines {
            let (Some(entry), Standing::NotTried) = (&line.entry, &line.standing) else { continue };
            let known = cases.get(&entry.crn).map(Vec::as_slice).unwrap_or_default();
            let file = known.iter().find(|file| *file.digest == *entry.case_digest);
            line.standing = match (file, known.first(), assessors.get_mut(entry.policy.name.as_str())) {
                (None, None, _) => Standing::NoCase,
                (None, Some(_), _) => Standing::CaseChanged,
                (_, _, None) => Standing::NoPolicy,
                (Some(_), _, Some(assessor)) if *assessor.policy().digest().as_ref() != *entry.policy.digest => {
                    Standing::PolicyChanged
                }
                (Some(file), _, Some(assessor)) => match assess(assessor, file, entry.on, &days) {
                    Err(_) => Standing::Differs(None),
                    Ok(now) if LoggedAnswer::of(&now) == entry.outcome => Standing::Same,
                    Ok(now) => Standing::Differs(now.decision.tier),
                },
            };
        }
        Ok(())
    }
}

/// The policies that a log names, as they are now.
fn policies(report: &ReplayReport, global: &Global) -> Result<BTreeMap<String, Policy>, Error> {
    let names: BTreeSet<&String> = report.entries().map(|(_, entry)| &entry.policy.name).collect();
    let mut policies = BTreeMap::new();
    for name in names {
        // One that is no longer there is told of at each of its lines.
        let choice = policy_choice::named(global.policy.as_deref().or(Some(name.as_str())));
        let Ok(choice) = choice else { continue };
        let policy = Policy::load(&choice.shelf, &choice.name, &[])?;
        let policy = if global.holidays.is_some() { policy.reckoning_with(&global.working_days()?) } else { policy };
        policies.insert(name.clone(), policy);
    }
    Ok(policies)
}
