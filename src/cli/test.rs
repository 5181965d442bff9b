//! `brag test`: runs the worked cases of a policy and says what changed, by which rule.

use crate::{
    authoring::{
        accepted_numbers::{changed, keep},
        coverage::{WaysTaken, cover, unreached_values},
        trial::{Terms, Trial, Update, orphans_of_no_policy},
    },
    calendar::WorkingDays,
    check,
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        mutants::Mutants,
        policy_choice, stopped_cases,
        suite::{self, Suite},
        terminal::Terminal,
        usage,
        watch_files::Watched,
    },
    decision::assessor::Assessor,
    error::{Error, Exit},
    policy::{Policy, source::Shelf},
    report::{
        Format, View, coverage_html, coverage_lcov, coverage_text, shown::shown, test_junit, test_summary::Tested,
    },
};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::{collections::BTreeSet, path::PathBuf};

/// Runs the worked cases.
#[derive(Debug, Args)]
pub struct Test {
    /// Policies: names, or folders [default: all of the project]
    #[arg(value_name = "POLICY|PATH")]
    policies: Vec<String>,
    /// What to do with an answer that is not the accepted one [default: new; no where `CI` is set]
    #[arg(long, value_name = "WHAT")]
    update: Option<UpdateWord>,
    #[command(flatten)]
    mutants: Mutants,
    /// Only the cases whose `policy/case` contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Stop at the first finding
    #[arg(long)]
    fail_fast: bool,
    /// Run again whenever a script, a number, a case or a snapshot changes
    #[arg(long)]
    watch: bool,
    /// Say which rules and conditions the cases reach: as text below the result, or as html or lcov instead of it
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "text", group = "measured")]
    coverage: Option<How>,
    /// With `--coverage` or `--mutants`: the least share of ways that must be taken, or of changes noticed, in percent
    #[arg(long, value_name = "PERCENT", requires = "measured", value_parser = percentage)]
    fail_under: Option<f64>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

/// Whether a run takes the law, the day or the bank holidays otherwise than the worked cases and the policy have them.
const fn is_trial(global: &Global) -> bool {
    global.law.is_some() || global.on.is_some() || global.holidays.is_some()
}

/// Reads a percentage of the command line.
fn percentage(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a percentage from 0 to 100, such as 80".to_owned())
}

/// How coverage is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum How {
    /// For people
    Text,
    /// In the source, a page
    Html,
    /// For editors and servers
    Lcov,
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

impl Formats for Test {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Junit];
}

impl Run for Test {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if self.mutants.asked {
            let choices = suite::choices(&self.policies, global.policy.as_deref())?;
            let suites = choices.into_iter().map(Suite::of).collect::<Result<Vec<_>, _>>()?;
            let format = self.format.chosen();
            if format == Format::Junit {
                return Ok(usage("--mutants is written as text or json", terminal));
            }
            return self.mutants.run(&suites, self.filter.as_deref(), self.fail_under, format, global, terminal);
        }
        if global.first_written(&["threads"]).is_some() {
            return Ok(usage("--threads would count for nothing without --mutants", terminal));
        }
        if !self.watch {
            return self.once(global, terminal);
        }
        let mut files = Watched::default();
        loop {
            // Looked at before the run, so that an edit made while it runs is not missed.
            files.look(&self.watched_folders(global));
            // An edit half done is a fault now and none in a moment: it is shown, and the watch goes on.
            if let Err(error) = self.once(global, terminal) {
                terminal.complain(&error);
            }
            for snapshots in self.snapshot_folders(global) {
                files.renew(&snapshots);
            }
            let changed = files.wait(|| self.watched_folders(global));
            terminal.answer(format!("\nchanged: {}\n\n", shown(&changed.join(", "))))?;
        }
    }
}

impl Test {
    fn snapshot_folders(&self, global: &Global) -> Vec<PathBuf> {
        let choices = suite::choices(&self.policies, global.policy.as_deref()).unwrap_or_default();
        choices.iter().filter_map(suite::snapshots).map(|folder| folder.path().to_path_buf()).collect()
    }

    /// The folders whose files bear on the result.
    fn watched_folders(&self, global: &Global) -> Vec<PathBuf> {
        let choices = suite::choices(&self.policies, global.policy.as_deref()).unwrap_or_default();
        let folders = choices.iter().flat_map(|choice| {
            let root = if let Shelf::Folder(root) = &choice.shelf { Some(root) } else { None };
            let own = root.map(|root| root.join(&choice.name));
            let shared = root.map(|root| root.join("lib"));
            [own, shared].into_iter().flatten()
        });
        folders.chain(self.snapshot_folders(global)).collect()
    }

    fn once(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        let (tested, exit) = self.tested(global, terminal)?;
        let text = if format == Format::Junit { test_junit::text(&tested) } else { tested.written(format) };
        // A drawing of coverage is the result; what was tested then stands beside it.
        match self.coverage {
            Some(How::Html | How::Lcov) => terminal.say(text.trim_end()),
            Some(How::Text) | None => match terminal.answer(&text) {
                // Whoever reads along may have seen enough; how the run ends is the same.
                Err(Error::ReaderGone) => return Ok(exit.max(tested.exit())),
                written => written?,
            },
        }
        let covered = self.coverage.map_or(Ok(Exit::Done), |how| self.covered(how, global, terminal))?;
        Ok(exit.max(tested.exit()).max(covered))
    }

    fn covered(&self, how: How, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let days = global.working_days()?;
        let mut all = Vec::new();
        for choice in suite::choices(&self.policies, global.policy.as_deref())? {
            let mut suite = Suite::of(choice)?;
            suite.cases.retain(|case| self.wants(&case.policy, &case.name));
            all.push(cover(&suite.choice.shelf, &suite.choice.name, &suite.cases, global.on, &days)?);
        }
        let text: String = match how {
            How::Text => all.iter().map(coverage_text::text).collect(),
            How::Html => coverage_html::text(&all),
            How::Lcov => all.iter().map(coverage_lcov::text).collect(),
        };
        terminal.answer(&text)?;
        let share = WaysTaken::of(&all);
        match self.fail_under.filter(|least| share.percent() < *least) {
            None => Ok(Exit::Done),
            Some(least) => {
                terminal.say(&format!("{share} are taken, under {least}%"));
                Ok(Exit::Finding)
            }
        }
    }

    fn wants(&self, policy: &str, case: &str) -> bool {
        self.filter.as_ref().is_none_or(|text| format!("{policy}/{case}").contains(text.as_str()))
    }

    fn tested(&self, global: &Global, terminal: &mut Terminal) -> Result<(Tested, Exit), Error> {
        let days = global.working_days()?;
        let choices = suite::choices(&self.policies, global.policy.as_deref())?;
        let names: Vec<String> = choices.iter().map(|choice| choice.name.clone()).collect();
        let everything = self.policies.is_empty() && global.policy.is_none();
        let proposed = self.update() == Update::New && !is_trial(global);
        if global.law.is_none() && is_trial(global) && self.update() != Update::No {
            terminal.say(
                "on another day, or by other bank holidays, than the worked cases: nothing is left to be accepted",
            );
        }
        let mut tested = Tested { proposed, law: global.law, ..Tested::default() };
        let (mut exit, mut folders) = (Exit::Done, BTreeSet::new());
        for choice in choices {
            let suite = Suite::of(choice)?;
            if let (Some(folder), true) = (&suite.snapshots, everything)
                && folders.insert(folder.clone())
            {
                let beside = suite.choice.shelf.names();
                let known: Vec<String> = names.iter().cloned().chain(beside).collect();
                tested.orphans.extend(orphans_of_no_policy(folder, &known));
            }
            exit = exit.max(self.one(&suite, global, &days, terminal, &mut tested)?);
        }
        if tested.trials.is_empty() && exit == Exit::Done {
            let asked = self.filter.clone().unwrap_or_else(|| names.join(", "));
            let help = "worked cases are the YAML files in `cases` of a policy";
            return Err(Error::input(asked, "no worked case found").with_help(help));
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
            if self.update() != Update::No {
                folder.remove_leftovers();
            }
            tested.orphans.extend(suite.orphans(folder));
        }
        let policy = match Policy::that_runs(&suite.choice.shelf, name) {
            Ok(policy) => policy_choice::under(global, policy),
            Err(fault) => {
                let error = Error::from(fault);
                let reading = Policy::read(&suite.choice.shelf, name, &[]).ok();
                terminal.say_after_error(reading.filter(|one| !one.faults.is_empty()).map(|one| check::summary(&one)));
                terminal.complain(&error);
                let exit = error.exit();
                tested.failed.push((name.clone(), error));
                return Ok(exit);
            }
        };
        let mut assessor = Assessor::new(&policy);
        // What another law, day or calendar would bring is looked at, and is nothing to be accepted.
        let update = if is_trial(global) { Update::No } else { self.update() };
        let snapshots = suite.snapshots.as_ref();
        let changed = snapshots.map_or(Ok(Vec::new()), |folder| changed(&policy, folder))?;
        let terms = Terms { on: global.on, days, shelf: &suite.choice.shelf, snapshots, update, changed: &changed };
        for case in suite.cases.iter().filter(|case| self.wants(name, &case.name)) {
            if self.fail_fast && tested.exit() != Exit::Done {
                tested.not_run += 1;
                continue;
            }
            let trial = Trial::run(&mut assessor, case, &terms)?;
            tested.trials.push(trial);
        }
        stopped_cases::complain(&tested.trials, name, terminal);
        let of_it = || tested.trials.iter().filter(|trial| trial.policy == *name);
        let is_whole = of_it().count() == suite.cases.len() && of_it().all(|trial| trial.error.is_none());
        if let Some(folder) = snapshots.filter(|_| is_whole && update != Update::No && !suite.cases.is_empty()) {
            keep(policy.member(name), folder, of_it().any(Trial::is_pending))?;
        }
        if self.filter.is_none() && !self.fail_fast && global.law.is_none() {
            let dates: Vec<Date> = suite.cases.iter().filter_map(|case| case.date(global.on)).collect();
            let unreached = unreached_values(policy.member(name), &dates);
            if !unreached.is_empty() {
                terminal.say(&format!("{name}: no worked case is dated while these hold: {}", unreached.join(", ")));
            }
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
