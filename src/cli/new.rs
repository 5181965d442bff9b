//! `brag new`: a policy or a rule to begin with, a case made from another one, worked cases at the thresholds of a policy, and a
//! book of made-up cases.

use crate::{
    authoring::{boundary, case_text::CaseText, worked::WorkedCase},
    case::{derived::DERIVED, fault::Fault, oasys::need_of},
    cli::{
        Run,
        global::{Global, read_file},
        new_caseload::NewCaseload,
        new_policy::NewPolicy,
        new_rule::NewRule,
        out::spare_inputs,
        policy_choice,
        suite::Suite,
        terminal::Terminal,
        what_if::name_and_value,
    },
    error::{Error, Exit},
    out_file::{Existing, write_whole},
    policy::Policy,
    report::shown::shown,
};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::{fs, path::PathBuf};

/// Writes policies, rules and cases.
#[derive(Debug, Args)]
pub struct New {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A policy to begin with, which passes `brag check` and `brag test` as it is
    Policy(NewPolicy),
    /// A rule more for a policy, with a worked case at its edge and one that just misses it
    Rule(NewRule),
    /// A case made from another one, with some values changed and without its `expect`
    Case(NewCase),
    /// Worked cases at, just below and just above every threshold of a policy
    Cases(NewCases),
    /// A book of made-up cases, as many as wanted
    Caseload(NewCaseload),
}

#[derive(Debug, Args)]
struct NewCase {
    /// The case to start from
    #[arg(long, value_name = "CASE")]
    from: PathBuf,
    /// Another value for a field, such as oasys.ogrs3=75; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = field_value)]
    set: Vec<(String, String)>,
    /// Write it to this file, which must not be there yet [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct NewCases {
    /// The policy: a name, or a folder with a `policy.rhai`
    #[arg(long, value_name = "POLICY")]
    boundary: String,
    /// Write them into this folder [default: `cases` of the policy]
    #[arg(long, short, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// Reads `PATH=VALUE`.
fn field_value(text: &str) -> Result<(String, String), String> {
    name_and_value(text).ok_or_else(|| "expected PATH=VALUE, such as oasys.ogrs3=75".to_owned())
}

impl Run for New {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let what: &dyn Run = match &self.what {
            What::Policy(what) => what,
            What::Rule(what) => what,
            What::Case(what) => what,
            What::Cases(what) => what,
            What::Caseload(what) => what,
        };
        what.run(global, terminal)
    }
}

impl Run for NewCase {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        spare_inputs(None, || Ok(vec![self.from.clone()]), &[global.policy.as_deref()], global)?;
        let file = self.from.display().to_string();
        let invalid = |message: String| Error::input(file.clone(), message);
        let text = String::from_utf8(read_file(&self.from)?).map_err(|_| invalid("is not text in UTF-8".to_owned()))?;
        let failed = |fault, text: &str| Error::of_text(&file, [fault], 1, text.to_owned());
        let mut case = CaseText::read(&text).map_err(|fault| failed(fault, &text))?;
        // What must come out of the one case says nothing about the other.
        case.remove("expect");
        for (path, value) in &self.set {
            let leads_nowhere = |said| invalid(said).with_help("`brag show inputs` lists every path");
            case.set_input(path, value).map_err(leads_nowhere)?;
        }
        let written = case.as_file("");
        let made = WorkedCase { policy: String::new(), name: String::new(), file: file.clone(), text: written.clone() };
        made.read().map_err(|error| self.of_command_line(*error))?;
        match &self.output {
            None => terminal.answer(&written)?,
            Some(path) => write_whole(path, &written, Existing::Keep)?,
        }
        Ok(Exit::Done)
    }
}

impl NewCase {
    /// An error of a value that the command line sets, and not the other case, as one of the command line.
    fn of_command_line(&self, error: Error) -> Error {
        let Error::Case { fault, .. } = &error else { return error };
        let path = fault.path.clone();
        let is_whole = |set: &str| path.is_empty() || *set == *path || need_of(set) == Some(&*path);
        let leads =
            |set: &str| path.strip_prefix(set).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        let within = |set: &str| set.strip_prefix(&*path).is_some_and(|rest| rest.starts_with('.')) || path.is_empty();
        let Some((set, _)) = self.set.iter().find(|(set, _)| leads(set) || within(set)) else { return error };
        let derived = DERIVED.iter().find(|one| one.path == set);
        let said = match derived {
            Some(_) => "derived from other inputs".to_owned(),
            // What stands inside of a list or group that is set is named.
            None if is_whole(set) => Fault { path: String::new(), ..fault.clone() }.to_string(),
            None => fault.to_string(),
        };
        let help = match (set.as_str(), derived) {
            ("age", Some(_)) => return Error::input(format!("--set {set}"), "derived from `date_of_birth`; set that"),
            (_, Some(_)) => Some("set what it is reckoned from: see `brag show inputs`".to_owned()),
            (_, None) => fault.help(),
        };
        let error = Error::input(format!("--set {set}"), said);
        match help {
            Some(help) => error.with_help(help),
            None => error,
        }
    }
}

impl Run for NewCases {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let suite = Suite::of(policy_choice::named(Some(&self.boundary))?)?;
        let days = global.working_days()?;
        let policy = policy_choice::under(global, Policy::load(&suite.choice.shelf, &suite.choice.name, &[])?);
        let own = || suite.cases_folder().map_err(|error| error.with_help("say where: --output FOLDER"));
        let folder = self.output.clone().map_or_else(own, Ok)?;
        // What an earlier call wrote is no base: it would breed.
        let existing: Vec<WorkedCase> =
            suite.cases.iter().filter(|case| !case.name.starts_with("boundary-")).cloned().collect();
        // A worked case says on which day it is looked at, and so which law holds: that day is of the law that was asked for.
        let on = global.on.or(global.law);
        let boundary = boundary::cases(&policy, &existing, on, &days).map_err(|error| *error)?;
        if boundary.dates.is_empty() {
            return Err(nothing_to_begin_with(&suite, &existing));
        }
        fs::create_dir_all(&folder).map_err(|error| Error::unwritable(&folder, &error))?;
        let (mut written, mut kept) = (0, 0);
        for case in &boundary.drafted {
            let path = folder.join(format!("{}{}.yaml", case.name, of_day(global.law, global.on)));
            if path.exists() {
                kept += 1;
                continue;
            }
            write_whole(&path, &case.text, Existing::Keep)?;
            written += 1;
        }
        let folder = folder.display().to_string();
        let shown = shown(&folder);
        terminal.answer(format!("{written} worked cases written to {shown}, {kept} were there already\n"))?;
        for missed in &boundary.missed {
            terminal.answer(format!("no case at {} {}: {}\n", missed.path, missed.at.normalize(), missed.why))?;
        }
        if boundary.drafted.is_empty() && boundary.missed.is_empty() {
            terminal.answer("the rules hold no input against a number\n")?;
        }
        Ok(Exit::Done)
    }
}

/// The end of the name of a case of another law or day than its base has: beside it stands the one of that day.
fn of_day(law: Option<Date>, on: Option<Date>) -> String {
    match (law, on) {
        (None, None) => String::new(),
        (Some(law), Some(on)) if law != on => format!("-{law}-on-{on}"),
        (Some(day), _) | (None, Some(day)) => format!("-{day}"),
    }
}

/// That no case is there from which one at a threshold could be made.
fn nothing_to_begin_with(suite: &Suite, existing: &[WorkedCase]) -> Error {
    let name = suite.choice.name.as_str();
    if !existing.is_empty() {
        let none = Error::input(name, "none of its worked cases says which day it is for");
        return none.with_help("give each its `assessed_on`, or name a day: --on DATE");
    }
    let but = if suite.cases.is_empty() { "" } else { " but for those at thresholds" };
    let none = Error::input(name, format!("has no worked case{but}, and one at a threshold is made from another"));
    let file = suite.cases_folder().map(|folder| folder.join("NAME.yaml").display().to_string());
    none.with_help(match file {
        Ok(file) => format!("write one first: `brag new case --from CASE -o {}`", shown(&file)),
        Err(_) => "name a policy with worked cases".to_owned(),
    })
}
