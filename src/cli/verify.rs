//! `brag verify`: what can be proved of a policy, over every case that there could be.

use crate::{
    authoring::{case_text::CaseText, worked},
    case::input::Entry,
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        policy_choice::{self, Choice},
        terminal::Terminal,
        what_if::WhatIf,
    },
    error::{Error, Exit},
    out_file::{Existing, write_whole},
    policy::Policy,
    report::{Format, shown::shown, verify as page},
    verify::{BUDGET, Report, Verdict, excepted_path, verify},
};
use clap::Args;
use std::path::{Path, PathBuf};

/// What can be proved of a policy, over every case that there could be.
#[derive(Debug, Args)]
pub struct Verify {
    /// The policy: a name, or a folder [default: as for `assess`]
    #[arg(value_name = "POLICY|PATH")]
    named: Option<String>,
    #[command(flatten)]
    what_if: WhatIf,
    /// Most regions that the cases are cut into for one question; what takes more is not decided
    #[arg(long, value_name = "N", default_value_t = BUDGET)]
    budget: usize,
    /// Write the cases that refute something to a folder, a file each
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for Verify {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Md];
}

impl Run for Verify {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let choice = policy_choice::named(self.named.as_deref().or(global.policy.as_deref()))?;
        let policy = Policy::load(&choice.shelf, &choice.name, &self.what_if.set)?;
        let policy = policy_choice::under(global, policy);
        exceptions(&policy, &choice)?;
        let cases = worked::all(&choice.shelf, &choice.name)?;
        let texts: Vec<String> = cases.into_iter().map(|case| case.text).collect();
        let report = verify(&policy, &texts, self.budget);
        if let Some(folder) = &self.write {
            write(&report, folder)?;
        }
        match self.format.chosen() {
            Format::Json => {
                let text =
                    serde_json::to_string_pretty(&report).map_err(|error| Error::input("", error.to_string()))?;
                terminal.answer(format!("{text}\n"))?;
            }
            format => terminal.answer(page::text(&report, format, global.verbose))?,
        }
        Ok(match report.counts() {
            [_, 0, 0] => Exit::Done,
            [_, 0, _] => Exit::NotDecided,
            _ => Exit::Finding,
        })
    }
}

/// What the policy excepts must be an input, and have a reason.
fn exceptions(policy: &Policy, choice: &Choice) -> Result<(), Error> {
    for excepted in policy.list("NOT_RISK") {
        let path = excepted_path(excepted);
        let reason = excepted.split_once(':').map(|(_, reason)| reason.trim()).unwrap_or_default();
        let is_input = matches!(policy.inputs().entry(path), Some(Entry::Input(_)));
        let wrong = match (is_input, reason.is_empty()) {
            (false, _) => "names something that is no input",
            (_, true) => "gives no reason",
            _ => continue,
        };
        let help =
            "write the path of the input and why more of it is no more risk: `\"engagement: officers judge it anew\"`";
        return Err(Error::input(choice.name.clone(), format!("`NOT_RISK` {wrong}")).with_help(help));
    }
    Ok(())
}

/// Writes the cases that refute something, each with what it shows above it.
fn write(report: &Report, folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::unwritable(folder, &error))?;
    let mut number = 0;
    for proof in &report.proofs {
        let Verdict::Refuted { shown: Some(found) } = &proof.verdict else { continue };
        for case in &found.cases {
            number += 1;
            let path = folder.join(format!("refutes-{number:02}.yaml"));
            let said = format!("{} {}: {}", proof.property.as_str(), proof.about, found.said);
            let text = CaseText::read(case).map(|case| case.as_file(&shown(&said))).unwrap_or_default();
            write_whole(&path, &text, Existing::Keep)?;
        }
    }
    Ok(())
}
