//! `brag test`: runs the worked cases of a policy and says what changed, by which rule.

use crate::{
    authoring::trial::{Terms, Trial, Update, orphans, orphans_of_no_policy},
    cli::{
        global::{Global, Terminal},
        suite::{self, Suite},
    },
    error::{Error, Exit},
    policy::Policy,
    report::{Format, test_json, test_junit, test_text, tested::Tested},
    schedule::working_days::WorkingDays,
};
use clap::{Args, ValueEnum};

/// Runs the worked cases.
#[derive(Debug, Args)]
pub struct Test {
    /// Policies: names, or folders [default: all of the project]
    #[arg(value_name = "POLICY|PATH")]
    policies: Vec<String>,
    /// What to do with an answer that is not the accepted one [default: new; no where `CI` is set]
    #[arg(long, value_name = "WHAT", env = "BRAG_UPDATE")]
    update: Option<UpdateWord>,
    /// Only the cases whose `policy/case` contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Stop at the first finding
    #[arg(long)]
    fail_fast: bool,
}

/// What to do with an answer that is not the accepted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UpdateWord {
    /// Write nothing
    No,
    /// Leave it for `brag review`
    New,
    /// Accept it
    All,
}

const FORMATS: &[Format] = &[Format::Text, Format::Json, Format::Junit];

impl Test {
    /// Runs the worked cases; one that cannot be run does not stop the others.
    ///
    /// # Errors
    ///
    /// When there is no such policy, no case at all, or a snapshot cannot be read or written.
    pub fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = global.format_among(FORMATS)?;
        let (tested, exit) = self.tested(global, terminal)?;
        let text = match format {
            Format::Json => test_json::text(&tested),
            Format::Junit => test_junit::text(&tested),
            _ => test_text::text(&tested),
        };
        terminal.answer(&text)?;
        Ok(exit.max(tested.exit()))
    }

    fn tested(&self, global: &Global, terminal: &mut Terminal) -> Result<(Tested, Exit), Error> {
        let days = global.working_days()?;
        let choices = suite::choices(&self.policies, global.policy.as_deref())?;
        let names: Vec<String> = choices.iter().map(|choice| choice.name.clone()).collect();
        let everything = self.policies.is_empty() && global.policy.is_none();
        let mut tested = Tested { proposed: self.update() == Update::New, ..Tested::default() };
        let mut exit = Exit::Done;
        for (index, choice) in choices.into_iter().enumerate() {
            let suite = Suite::of(choice)?;
            if let (Some(folder), true, 0) = (&suite.snapshots, everything, index) {
                tested.orphans.extend(orphans_of_no_policy(folder, &names));
            }
            exit = exit.max(self.one(&suite, global, &days, terminal, &mut tested)?);
        }
        if tested.trials.is_empty() && exit == Exit::Done {
            return Err(Error::Input {
                file: self.filter.clone().unwrap_or_else(|| names.join(", ")),
                message: "no worked case found".to_owned(),
                help: Some("worked cases are the YAML files in `cases` of a policy".to_owned()),
            });
        }
        Ok((tested, exit))
    }

    fn one(
        &self,
        suite: &Suite,
        global: &Global,
        days: &WorkingDays,
        terminal: &mut Terminal,
        tested: &mut Tested,
    ) -> Result<Exit, Error> {
        let name = &suite.choice.name;
        if suite.cases.is_empty() {
            tested.empty.push(name.clone());
        }
        if let Some(folder) = &suite.snapshots {
            tested.orphans.extend(orphans(folder, name, &suite.cases));
        }
        let policy = match Policy::load(&suite.choice.shelf, name, &[]) {
            Ok(policy) => policy,
            Err(fault) => {
                let error = Error::from(fault);
                terminal.complain(&error);
                return Ok(error.exit());
            }
        };
        let terms = Terms { on: global.on, days, snapshots: suite.snapshots.as_ref(), update: self.update() };
        let wanted =
            |case: &str| self.filter.as_ref().is_none_or(|text| format!("{name}/{case}").contains(text.as_str()));
        for case in suite.cases.iter().filter(|case| wanted(&case.name)) {
            if self.fail_fast && tested.exit() != Exit::Done {
                tested.not_run += 1;
                continue;
            }
            let trial = Trial::run(&policy, case, &terms)?;
            if let Some(error) = &trial.error {
                terminal.complain(error);
            }
            tested.trials.push(trial);
        }
        Ok(Exit::Done)
    }

    /// A machine that only checks must never change what it checks against.
    fn update(&self) -> Update {
        let checking = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false" && ci != "0");
        match self.update {
            _ if checking => Update::No,
            Some(UpdateWord::No) => Update::No,
            Some(UpdateWord::All) => Update::All,
            Some(UpdateWord::New) | None => Update::New,
        }
    }
}
