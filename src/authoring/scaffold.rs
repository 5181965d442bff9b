//! What a policy and a rule begin with: texts that are right as they stand, and say what is still to be written. In: names.
//! Out: files with worked cases, run once, so that nothing is written that `brag check` or `brag test` would find fault with.

use crate::{
    authoring::{snapshot, worked::WorkedCase},
    calendar::WorkingDays,
    check::{finding::Finding, findings},
    decision::assessor::Assessor,
    error::Error,
    policy::{
        Policy,
        source::{self, PolicyFiles},
    },
};
use jiff::{ToSpan, civil::Date};
use std::{collections::BTreeSet, path::Path};

const RULES: &str = include_str!("scaffold/policy.rhai");
const PARAMETERS: &str = include_str!("scaffold/parameters.yaml");
const README: &str = include_str!("scaffold/README.md");
const CASE: &str = include_str!("scaffold/case.yaml");
const RULE: &str = include_str!("scaffold/rule.rhai");
const NUMBER: &str = include_str!("scaffold/rule.yaml");
const RULE_CASE: &str = include_str!("scaffold/rule_case.yaml");
/// The key under which parameters declare a policy's own inputs.
const OWN_INPUTS: &str = "local:";
/// The date from which the numbers of a policy hold that has none yet: the first of the calendar.
pub const FIRST: &str = "2010-01-01";

/// What is to be written, and what comes out of its worked cases.
#[derive(Debug)]
pub struct Scaffold {
    /// The rules and numbers of the policy.
    pub files: PolicyFiles,
    /// New worked cases, each with the text of its snapshot.
    pub cases: Vec<(WorkedCase, String)>,
}

/// Where the schemas are that an editor checks with, wherever a policy lies.
const SCHEMAS: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/raw/main/docs");

/// A text with values in the places of names in braces.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let values = values.iter().chain(&[("SCHEMAS", SCHEMAS)]);
    values.fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The README of a new policy.
#[must_use]
pub fn readme(name: &str) -> String {
    filled(README, &[("NAME", name)])
}

/// A policy of some tiers, least intensive first: one rule, and a worked case on each side of its edge. `files` has its name and
/// where it will stand.
///
/// # Errors
///
/// When a worked case cannot be run on the date, which the calendar must have.
pub fn policy(files: PolicyFiles, tiers: &[String], on: Date, days: &WorkingDays) -> Result<Scaffold, Error> {
    let listed = tiers.iter().map(|tier| format!("\"{tier}\"")).collect::<Vec<_>>().join(", ");
    let [lowest, highest] = [tiers.first(), tiers.last()].map(|tier| tier.map_or("", String::as_str));
    let values = [("NAME", files.name.as_str()), ("TIERS", &listed), ("LOWEST", lowest), ("HIGHEST", highest)];
    let (rules, parameters) = (filled(RULES, &values), filled(PARAMETERS, &values));
    let before = |days: i32| on.saturating_sub(days.days()).to_string();
    let case = |name: &str, about: &str, crn: &str, score: &str, tier: &str| {
        let text = filled(
            CASE,
            &[
                ("ABOUT", about),
                ("CRN", crn),
                ("ON", &on.to_string()),
                ("START", &before(56)),
                ("RATED", &before(35)),
                ("SEEN", &before(7)),
                ("SCORE", score),
                ("TIER", tier),
            ],
        );
        worked(&files, name, text)
    };
    let cases = vec![
        case("01-at-the-cut-off", &format!("At the cut-off of reoffending: {highest}"), "X000001", "50", highest),
        case("02-just-below", &format!("Just below the cut-off of reoffending: {lowest}"), "X000002", "49", lowest),
    ];
    run(PolicyFiles { rules, parameters, ..files }, cases, days, &BTreeSet::new())
}

/// A rule more for a policy: a flag that stands on an input of the policy's own, which no case has yet, so that nothing that was
/// accepted comes out otherwise; with a worked case at its edge and one that just misses it.
///
/// # Errors
///
/// When its parameters cannot be added to, or the policy would not pass `brag check` with it where it did before.
pub fn rule(files: PolicyFiles, policy: &Policy, name: &str, on: Date, days: &WorkingDays) -> Result<Scaffold, Error> {
    let ends = |text: &str| if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let rules = format!("{}{}{}", files.rules, ends(&files.rules), filled(RULE, &[("NAME", name)]));
    let parameters = with_number(&files, policy, name)?;
    let case = |file: &str, about: &str, crn: &str, value: &str, expected: &str| {
        let values = [
            ("ABOUT", about),
            ("CRN", crn),
            ("VALUE", value),
            ("EXPECTED", expected),
            ("NAME", name),
            ("ON", &on.to_string()),
        ];
        worked(&files, file, filled(RULE_CASE, &values))
    };
    let cases = vec![
        case(name, &format!("At the edge of {name}"), "X000001", "3", "include"),
        case(&format!("{name}-near-miss"), &format!("Just misses {name}"), "X000002", "2", "exclude"),
    ];
    let known = findings(&Policy::read_files(files.clone(), &[])?).iter().map(what_it_says).collect();
    let written = files.rules.lines().count();
    run(PolicyFiles { rules, parameters, ..files }, cases, days, &known).map_err(|error| of_name(name, written, error))
}

/// What is wrong with a rule that is nowhere written yet is wrong with its name, which alone is not ours.
fn of_name(name: &str, written: usize, error: Error) -> Error {
    match error {
        Error::Policy { fault, .. }
            if fault.line.is_some_and(|line| line > written) && Path::new(&fault.file).ends_with(source::RULES) =>
        {
            Error::input(name, fault.message).with_help(fault.help.unwrap_or_default())
        }
        error => error,
    }
}

/// What a finding says, wherever it stands.
fn what_it_says(finding: &Finding) -> (&'static str, String) {
    (finding.fault.code, finding.fault.message.clone())
}

fn worked(files: &PolicyFiles, name: &str, text: String) -> WorkedCase {
    let file = files.shelf.shown(&format!("{}/cases/{name}.yaml", files.name));
    WorkedCase { policy: files.name.clone(), name: name.to_owned(), file, text }
}

/// The parameters with the number of a rule, and its input.
fn with_number(files: &PolicyFiles, policy: &Policy, name: &str) -> Result<String, Error> {
    let known = policy.parameters();
    // No rule is in force before the numbers of its policy are.
    let since = known.changes().min().map_or_else(|| FIRST.to_owned(), |date| date.to_string());
    let (number, input) = (filled(NUMBER, &[("NAME", name), ("SINCE", &since)]), declared("  ", name));
    let is_there = [known.by_name.contains_key(&format!("{name}_from")), known.own_inputs.contains_key(name)];
    // A run that was killed has written both, and no rule: they are taken as they are.
    if is_there == [true, true] && files.parameters.contains(number.trim()) && files.parameters.contains(input.trim()) {
        return Ok(files.parameters.clone());
    }
    if is_there != [false, false] {
        let taken = Error::input(name, "a number or an input of this name is there already");
        return Err(taken.with_help("choose another name: nothing is written over"));
    }
    let text = with_input(files, name)?;
    let ends = if text.ends_with('\n') { "" } else { "\n" };
    Ok(format!("{text}{ends}{number}").trim_start_matches('\n').to_owned())
}

/// An input of a policy's own, as its parameters declare it.
fn declared(indent: &str, name: &str) -> String {
    let lines = ["type: whole", "description: write here what this counts", "min: 0", "max: 100"];
    let lines = lines.map(|line| format!("{indent}{indent}{line}\n")).concat();
    format!("{indent}{name}:\n{lines}")
}

/// The parameters with one more input of the policy's own, among those that it has already.
fn with_input(files: &PolicyFiles, name: &str) -> Result<String, Error> {
    let text = if files.parameters.trim() == "{}" { "" } else { files.parameters.as_str() };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(at) = lines.iter().position(|line| line.starts_with(OWN_INPUTS)) else {
        let ends = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return Ok(format!("{text}{ends}\n{OWN_INPUTS}\n{}", declared("  ", name)));
    };
    let is_said = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let next = lines.iter().skip(at + 1).find(is_said).copied().unwrap_or_default();
    let indent: String = next.chars().take_while(|letter| *letter == ' ').collect();
    let is_block =
        lines.get(at).is_some_and(|line| line.split('#').next().is_some_and(|line| line.trim() == OWN_INPUTS));
    if !is_block || indent.is_empty() {
        let message = format!("declares its own inputs in a way that `{name}` cannot be added to");
        let help = "write `local:` on a line of its own, and each input indented below it";
        return Err(
            Error::input(files.shelf.shown(&format!("{}/parameters.yaml", files.name)), message).with_help(help)
        );
    }
    let declared = declared(&indent, name);
    lines.insert(at + 1, &declared);
    Ok(lines.concat())
}

/// Runs the worked cases of a policy that is not written yet. What was `known` to be wrong with it is left to whoever wrote it.
fn run(
    files: PolicyFiles,
    cases: Vec<WorkedCase>,
    days: &WorkingDays,
    known: &BTreeSet<(&'static str, String)>,
) -> Result<Scaffold, Error> {
    let reading = Policy::read_files(files.clone(), &[])?;
    if let Some(finding) = findings(&reading).into_iter().find(|finding| !known.contains(&what_it_says(finding))) {
        return Err(finding.fault.into());
    }
    let policy = Policy::that_runs_with(&files.shelf, reading.whole()?)?;
    let mut assessor = Assessor::new(&policy);
    let mut run = Vec::new();
    for case in cases {
        let answer = case.run(&mut assessor, None, days).map_err(|error| *error)?;
        if let Some(wrong) = answer.held(&policy).wrong.first() {
            let message = format!("{}: must be {}, and would be {}", wrong.what, wrong.expected, wrong.found);
            return Err(Error::input(case.file, message));
        }
        run.push((case, snapshot::text(&answer)));
    }
    Ok(Scaffold { files, cases: run })
}
