//! `brag map check`: what a mapping makes of a source, before anybody relies on it.

use crate::{
    case::{
        document::{Content, Node},
        fault::{Fault, Wrong},
        input::{InputTable, Source},
    },
    caseload::chunk::START,
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        map::{Mapped, MappedChunk, record_of},
        mapping_choice, policy_choice,
        terminal::Terminal,
    },
    decision::{Decision, assessor::Assessor},
    error::{Error, Exit},
    mapping::{DryRun, Mapping},
    report::{Format, View, map_check::MapCheck},
    schedule::assess::assess,
};
use clap::Args;
use std::{collections::BTreeSet, sync::Arc};

/// A dry run of a mapping. Ends with exit code 1 when something is to be decided.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    mapped: Mapped,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for Check {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Md, Format::Json];
}

impl Run for Check {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        let (file, text) = mapping_choice::text_of(&self.mapped.mapping)?;
        let (_, faults) = mapping_choice::read(&file, &text);
        for fault in &faults {
            terminal.complain(fault);
        }
        if !faults.is_empty() {
            return Ok(Exit::Invalid);
        }
        let policy = policy_choice::load(global, &[], terminal)?;
        let mut looking = Looking {
            report: MapCheck {
                mapping: file,
                policy: policy.name().to_string(),
                show_values: global.show_values,
                ..MapCheck::default()
            },
            read: BTreeSet::new(),
            open: Vec::new(),
        };
        let source = self.mapped.source(true)?;
        let mapping = source.mapping.clone();
        let (mut assessor, days, mut exit) = (Assessor::new(&policy), global.working_days()?, Exit::Done);
        let mut headers: Option<usize> = None;
        for raw in source {
            let (_, records, chunk) = match record_of(raw) {
                Ok(Some(record)) => record,
                Ok(None) => continue,
                Err(error) => {
                    terminal.complain(&error);
                    exit = exit.max(error.exit());
                    continue;
                }
            };
            let here = Arc::as_ptr(&records) as usize;
            if headers.replace(here) != Some(here) {
                records.count_header(&mut looking.report.run);
            }
            let made = looking.made(&(Arc::from(""), records, chunk));
            let Some(case) = made else { continue };
            let on = global.date(case.case.assessed_on.map(|day| day.0))?;
            if let Ok(assessment) = assess(&mut assessor, &case, on, &days) {
                looking.answered(&assessment.decision);
            }
        }
        let report = looking.done(policy.inputs());
        terminal.answer(report.written(format))?;
        if let Some(mapping) = mapping {
            mapping.tell(terminal);
        }
        Ok(if report.is_clean() { exit } else { exit.max(Exit::Finding) })
    }
}

/// What is found out so far.
struct Looking {
    report: MapCheck,
    /// Inputs that a rule looked at.
    read: BTreeSet<String>,
    /// Of each provisional answer the facts that would settle it.
    open: Vec<String>,
}

impl Looking {
    /// The case of a record, if there is nothing wrong with it; what is wrong is counted.
    fn made(&mut self, (_, records, chunk): &MappedChunk) -> Option<crate::CaseFile> {
        let mapping: &Mapping = records.mapping();
        let run: &mut DryRun = &mut self.report.run;
        let nothing = Node { at: START, content: Content::Map(Vec::new()) };
        let text = str::from_utf8(&chunk.bytes).map_err(|_| Fault::at("", Some(chunk.at), Wrong::NotUtf8));
        let record = match text.and_then(|text| records.record(text, chunk.at, chunk.alone)) {
            Ok(record) => record,
            Err(fault) => {
                run.fault(mapping, &nothing, &fault);
                return None;
            }
        };
        let made = mapping.apply(&record, records.has_columns());
        run.record(mapping, &record, &made, records.has_columns());
        if !made.problems.is_empty() {
            return None;
        }
        match records.case_of(record.clone(), made) {
            Ok(case) => Some(case),
            Err(wronged) => {
                run.fault(mapping, &record, &wronged.fault);
                None
            }
        }
    }

    fn answered(&mut self, decision: &Decision) {
        self.report.answers[0] += 1;
        self.report.answers[1] += usize::from(decision.provisional);
        let reads = decision.reasons.iter().flat_map(|reason| &reason.reads).filter(|read| read.origin != "derived");
        self.read.extend(reads.map(|read| read.path.to_string()));
        self.open.extend(decision.unsettled.iter().map(|fact| fact.path.to_string()));
    }

    fn done(mut self, inputs: &InputTable) -> MapCheck {
        self.read.extend(self.open.iter().cloned());
        let given = &self.report.run.given;
        let is_given = |path: &str| {
            let within = |one: &str, other: &str| {
                one.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            given.iter().any(|given| within(given, path) || within(path, given))
        };
        // What is computed from other inputs is nobody's to give, and the date of the answer is asked for.
        let is_input = |path: &str| {
            let input = inputs.find(path).map(|id| &inputs.get(id).source);
            matches!(input, Some(Source::Field(_) | Source::Local(_))) && path != "assessed_on"
        };
        for path in self.read.iter().filter(|path| is_input(path) && !is_given(path)) {
            let costs = self.open.iter().filter(|open| *open == path).count();
            self.report.never_given.insert(path.clone(), costs);
        }
        self.report
    }
}
