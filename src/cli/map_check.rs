//! `brag map check`: what a mapping makes of a source, before anybody relies on it.

use crate::{
    CaseFile,
    case::{
        fault::{Fault, Wrong},
        input::{InputTable, Source},
    },
    caseload::{chunk::Chunk, mapped::MappedRecords},
    cli::{
        Run,
        case_files::Source as CaseSource,
        format_option::{FormatOption, Formats},
        global::Global,
        map::{Mapped, record_of},
        mapping_choice, policy_choice,
        terminal::Terminal,
    },
    decision::{Decision, assessor::Assessor},
    error::{Error, Exit},
    evaluate::inputs::Origin,
    mapping::DryRun,
    policy::Policy,
    policy::vocabulary::Vocabulary,
    report::{
        Format, View,
        map_check::{MapCheck, PassedOver},
    },
    schedule::assess::assess,
};
use clap::Args;
use std::collections::BTreeSet;

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
        let source = self.mapped.source(true, global.answer_date()?)?;
        let mapping = source.mapping.clone();
        let exit = looking.through(source, &policy, global, terminal)?;
        if let Some(mapping) = mapping {
            let passed_over = mapping.mapping.tallies.iter().filter(|tally| tally.count() > 0).map(PassedOver::from);
            looking.report.passed_over = passed_over.collect();
            for table in &mapping.tables() {
                looking
                    .report
                    .of_no_case
                    .extend(Some((table.file().to_owned(), table.left())).filter(|(_, left)| *left > 0));
                for fault in table.stray() {
                    looking.report.run.fault(None, &fault, None, table.file());
                }
            }
        }
        looking.own(&policy.vocabulary());
        let report = looking.done(policy.inputs());
        terminal.answer(report.written(format))?;
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
    /// Goes through the records as an assessment of them does.
    fn through(
        &mut self,
        mut source: CaseSource,
        policy: &Policy,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Result<Exit, Error> {
        let (mut assessor, days, mut exit) = (Assessor::new(policy), global.working_days()?, Exit::Done);
        let mut is_empty = true;
        loop {
            let raw = source.next();
            for (file, records) in source.opened.drain(..) {
                records.count_header(&mut self.report.run, &file);
            }
            let Some(raw) = raw else { break };
            is_empty = false;
            let (file, records, chunk) = match record_of(raw) {
                Ok(record) => record,
                Err(error) => {
                    terminal.complain(&error);
                    exit = exit.max(error.exit());
                    continue;
                }
            };
            let Some(case) = self.made(&file, &records, &chunk, &policy.whole_vocabulary()) else { continue };
            let on = global.date(case.case.assessed_on.map(|day| day.0))?;
            match assess(&mut assessor, &case, on, &days) {
                Ok(assessment) => self.answered(&assessment.decision),
                Err(why) => {
                    let error = Error::of_case(&case, &file, why);
                    terminal.complain(&error);
                    exit = exit.max(error.exit());
                }
            }
        }
        if is_empty && self.report.is_clean() {
            return Err(Error::input("the files named", "no case in it"));
        }
        Ok(exit)
    }

    /// The case of a record, as a run with the mapping reads it; what is wrong is counted.
    fn made(&mut self, file: &str, records: &MappedRecords, chunk: &Chunk, known: &Vocabulary) -> Option<CaseFile> {
        let run: &mut DryRun = &mut self.report.run;
        let Ok(text) = str::from_utf8(&chunk.bytes) else {
            run.fault(None, &Fault::at("", Some(chunk.at), Wrong::NotUtf8), None, file);
            return None;
        };
        let (mut source, mut counted) = (None, 0);
        let read = records.read(text, (chunk.at, chunk.alone), known, false, &mut |record, made| {
            let file_of = |table: Option<&str>| records.file_of(table).unwrap_or_else(|| file.to_owned());
            run.record(records.mapping(), (record, made), records.has_columns(), file_of);
            (source, counted) = (Some(record.clone()), made.problems.len());
        });
        read.map_err(|first| {
            let mut all = records.wrong(text, (chunk.at, chunk.alone), known);
            if all.is_empty() {
                all.push(first);
            }
            for wronged in all.iter().skip(counted) {
                let file = wronged.table.as_deref().unwrap_or(file);
                run.fault(wronged.line, &wronged.fault, source.as_ref(), file);
            }
        })
        .ok()
    }

    fn answered(&mut self, decision: &Decision) {
        self.report.answers[0] += 1;
        self.report.answers[1] += usize::from(decision.provisional);
        let reads =
            decision.reasons.iter().flat_map(|reason| &reason.reads).filter(|read| read.origin != Origin::Derived);
        self.read.extend(reads.map(|read| read.path.to_string()));
        self.open.extend(decision.unsettled.iter().map(|fact| fact.to_find_out().to_string()));
    }

    /// Complains of inputs of a policy's own that none declares.
    fn own(&mut self, known: &Vocabulary) {
        let is_own = |path: &&String| path.strip_prefix("local.").is_some_and(|name| !known.declares(name));
        let own: Vec<String> = self.report.run.given.iter().filter(is_own).cloned().collect();
        for path in own {
            let said = "no policy here has such an input of its own".to_owned();
            self.report.run.fault(None, &Fault::at(path, None, Wrong::Other { said }), None, "");
        }
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
