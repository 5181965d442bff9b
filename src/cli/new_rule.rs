//! `brag new rule`: one rule more for a policy, with a worked case at its edge and one that just misses it.

use crate::{
    authoring::scaffold::{Scaffold, rule},
    case::text::FreeWord,
    cli::{Run, global::Global, new_policy::accepted, policy_choice, suite::Suite, terminal::Terminal},
    error::{Error, Exit},
    language::{builtins, lower::RESERVED, syntax},
    out_file::together::{Together, read},
    policy::{
        Policy,
        source::{PARAMETERS, RULES, Shelf},
    },
    report::shown::shown,
};
use clap::Args;
use std::{fs, path::Path};

/// A rule more for the policy: a flag on an input of the policy's own, with its number, a worked case at its edge and one that
/// just misses it. Nothing that was accepted comes out otherwise, until the rule is edited.
#[derive(Debug, Args)]
pub struct NewRule {
    /// Its name: lower-case letters, digits and underscores
    #[arg(value_name = "NAME")]
    name: String,
}

/// Longest name, in characters: those of its worked cases are longer.
const MAX_NAME: usize = 60;
/// What a script calls the case, the numbers and its constants.
const SPACES: &[&str] = &["person", "param", "global"];

impl Run for NewRule {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let choice = policy_choice::named(global.policy.as_deref())?;
        let Shelf::Folder(root) = &choice.shelf else {
            let message = match choice.shelf {
                Shelf::Commit(_) => "this policy is one of a commit, and has no folder to write to",
                _ => "this policy is built in and has no folder to write to",
            };
            let help = "go to the folder of a policy, or name one: --policy FOLDER";
            return Err(Error::input(&choice.name, message).with_help(help));
        };
        let folder = root.join(&choice.name);
        let before = (read(&folder.join(PARAMETERS))?, read(&folder.join(RULES))?);
        let suite = Suite::of(choice.clone())?;
        let files = choice.shelf.policy(&choice.name)?;
        let policy = Policy::load(&choice.shelf, &choice.name, &[])?;
        self.is_free(&policy)?;
        // On the day of the latest worked case the numbers of the policy are in force.
        let latest = suite.cases.iter().filter_map(|case| case.date(None)).max();
        let numbers = policy.parameters().by_name.values().filter_map(|number| number.values.keys().next());
        let begun = numbers.copied().max().unwrap_or(brag_made_up::DATE).max(brag_made_up::DATE);
        let on = global.on.or(latest).unwrap_or(begun);
        let drafted = rule(files, &policy, &self.name, on, &global.working_days()?)?;
        write(&folder, &drafted, &suite, &before)?;
        let (name, folder) = (&self.name, folder.display().to_string());
        terminal.answer(format!(
            "{name} is written into {}: the rule into {RULES}, its number and its input into {PARAMETERS}, and the worked cases\n\
             {name} and {name}-near-miss; what is still to be said is marked `write here`\n",
            shown(&folder)
        ))?;
        Ok(Exit::Done)
    }
}

/// Writes what belongs to the rule, and the rule last: a run that is killed before has written no rule, and the next one takes up
/// what is there.
fn write(
    folder: &Path,
    drafted: &Scaffold,
    suite: &Suite,
    (parameters, rules): &(Option<String>, Option<String>),
) -> Result<(), Error> {
    let cases = folder.join("cases");
    let snapshots = suite.snapshots.as_ref().map_or_else(|| folder.join("snapshots"), |one| one.path().to_path_buf());
    for folder in [&cases, &snapshots] {
        fs::create_dir_all(folder).map_err(|failed| Error::unwritable(folder, &failed))?;
    }
    let mut together = Together::default();
    together.add(&folder.join(PARAMETERS), &drafted.files.parameters, parameters.as_deref())?;
    let numbers = snapshots.join(format!("{}.{PARAMETERS}", suite.choice.name));
    // The numbers under which the answers were accepted, where they are those of before.
    if parameters.is_some() && read(&numbers)? == *parameters {
        together.add(&numbers, &drafted.files.parameters, parameters.as_deref())?;
    }
    for (case, answer) in &drafted.cases {
        together.add(&snapshots.join(format!("{}.snap", case.snapshot_name())), &accepted(case, answer), None)?;
        together.add(&cases.join(format!("{}.yaml", case.name)), &case.text, None)?;
    }
    together.add(&folder.join(RULES), &drafted.files.rules, rules.as_deref())?;
    together.finish()
}

impl NewRule {
    /// Refuses a name that a rule cannot have, or that something in the policy has.
    fn is_free(&self, policy: &Policy) -> Result<(), Error> {
        let name = self.name.as_str();
        let refused = |message: &str, help: &str| Err(Error::input(name, message).with_help(help));
        let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
        if FreeWord::parse(name).is_none() || !begins || name.len() > MAX_NAME {
            let help = "write lower-case letters, digits and underscores, a letter first: `unseen_for_long`";
            return refused("is no name for a rule", help);
        }
        let is_keyword = syntax::parse(RULES, &format!("fn {name}(person) {{ 1 }}")).is_err();
        let is_reserved = RESERVED.iter().any(|(reserved, _)| *reserved == name) || SPACES.contains(&name);
        if is_keyword || is_reserved || builtins::exists(name) {
            return refused("is a word of the language of policies", "choose another name");
        }
        if policy.program().functions.iter().any(|function| *function.name == *name) {
            let help = "choose another name: nothing is written over";
            return refused("a rule or helper of this name is there already", help);
        }
        Ok(())
    }
}
