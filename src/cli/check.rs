//! `brag check`: every fault of a policy that can be found without a case.

use crate::{
    case::fault::nearest,
    check::{
        self, catalogue,
        finding::{Finding, Severity, counted},
    },
    cli::{
        Run,
        drawn::Drawn,
        format_option::{FormatOption, Formats},
        global::Global,
        policy_choice, suite,
        terminal::Terminal,
        usage,
    },
    error::{Error, Exit},
    policy::Policy,
    report::{Format, check_github, check_json, check_page, check_sarif, shown::shown},
};
use clap::{Args, ValueEnum};

/// Most findings that are drawn, those of the first lines: nobody reads on.
const TOLD: usize = 100;

/// Every fault of a policy that can be found without a case.
#[derive(Debug, Args)]
pub struct Check {
    /// Policies: names, or folders [default: all of the project]
    #[arg(value_name = "POLICY|PATH")]
    policies: Vec<String>,
    /// Take these for errors
    #[arg(long, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Say what a code means, with an example that is wrong and the same put right
    #[arg(long, value_name = "CODE", conflicts_with_all = ["policies", "deny"])]
    explain: Option<String>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

/// What is taken for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// What would be said and stop nobody
    Warnings,
}

impl Formats for Check {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Sarif, Format::Github];
}

impl Run for Check {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if let Some(code) = &self.explain {
            return explain(code, terminal);
        }
        if global.first_written(&["on"]).is_some() {
            let said = "`brag check` looks at the rules of every date, so that --on would count for nothing; --law looks at those of one day";
            return Ok(usage(said, terminal));
        }
        let format = self.format.chosen();
        let mut findings: Vec<Finding> = Vec::new();
        let mut names = Vec::new();
        for choice in suite::choices(&self.policies, global.policy.as_deref())? {
            let mut reading = Policy::read(&choice.shelf, &choice.name, &[])?;
            reading.policy = policy_choice::under(global, reading.policy);
            if let Some(beside) = policy_choice::with_built_in(&reading.policy) {
                terminal.say(&shown(&format!("{}{beside}", choice.name)));
            }
            let found = check::findings(&reading);
            // A policy that runs with several is looked at with each, and said once.
            findings.extend(found.into_iter().filter(|one| !findings.contains(one)).collect::<Vec<_>>());
            names.push(choice.name);
        }
        if names.is_empty() {
            let help = "name one, or the folder of policies: --policy FOLDER";
            return Err(Error::input("brag check", "no policy found").with_help(help));
        }
        if self.deny == Some(Denied::Warnings) {
            for finding in &mut findings {
                finding.severity = Severity::Error;
            }
        }
        findings.sort_by(|one, other| one.order().cmp(&other.order()));
        let text = match format {
            Format::Json => check_json::text(&findings),
            Format::Sarif => check_sarif::text(&findings),
            Format::Github => check_github::text(&findings),
            _ => {
                let mut text = String::new();
                for finding in findings.iter().take(TOLD) {
                    text.push_str(terminal.drawn(&Drawn::finding(finding)).trim_end());
                    text.push_str("\n\n");
                }
                if findings.len() > TOLD {
                    let more = findings.len() - TOLD;
                    text.push_str(&format!("{more} more findings, all in the other formats\n\n"));
                }
                let under = global.law.map(|law| format!(", by the rules and numbers of {law}")).unwrap_or_default();
                text.push_str(&format!("{}{under}: {}\n", names.join(", "), counted(&findings)));
                text
            }
        };
        match terminal.answer(&text) {
            // Whoever reads along may have seen enough; how the run ends is the same.
            Ok(()) | Err(Error::ReaderGone) => Ok(if findings.is_empty() { Exit::Done } else { Exit::Finding }),
            Err(error) => Err(error),
        }
    }
}

fn explain(code: &str, terminal: &mut Terminal) -> Result<Exit, Error> {
    let Some(page) = catalogue::page(code) else {
        let codes: Vec<&str> = catalogue::pages().into_iter().map(|page| page.code).collect();
        let meant = nearest(code, &codes).map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
        let help = format!("{meant}known: {}", codes.join(", "));
        return Err(Error::input(format!("--explain {code}"), "there is no such code").with_help(help));
    };
    terminal.answer(check_page::text(page))?;
    Ok(Exit::Done)
}
