//! The variables of the environment that stand for options: `BRAG_ON_MISSING` for `--on-missing`.

use crate::{cli::format_option::FORMAT, report::Format};
use clap::{
    Arg, ArgAction, Command, ValueEnum,
    builder::BoolishValueParser,
    error::{ContextKind, ContextValue},
};
use std::{env, ffi::OsString};

/// The value of the variable of an option; an empty one is none.
pub fn value(option: &str) -> Option<String> {
    env::var(name(option)).ok().filter(|value| !value.is_empty())
}

fn name(option: &str) -> String {
    format!("BRAG_{}", option.to_uppercase().replace('-', "_"))
}

/// What is wrong with a value of an option, which nobody wrote where a variable says it.
pub fn naming_variable(mut said: clap::Error, words: &[OsString]) -> clap::Error {
    let Some(ContextValue::String(named)) = said.get(ContextKind::InvalidArg) else { return said };
    let option = named.trim_start_matches('-').split([' ', '=']).next().unwrap_or_default().to_owned();
    let is_written = |word: &OsString| {
        let rest = word.to_str().and_then(|word| word.strip_prefix("--")?.strip_prefix(option.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    if value(&option).is_some() && !words.iter().any(is_written) {
        let tip = format!("the variable {} says so", name(&option));
        said.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    said
}

/// A command whose options, and those of its verbs, have their variables.
pub fn counted(command: Command) -> Command {
    command.mut_args(with_variable).mut_subcommands(counted)
}

/// The variables that are set and stand for options which other verbs have and this one has not.
#[cfg(feature = "serve")]
pub fn of_other_verbs(command: &Command, verb: &str) -> Vec<String> {
    use std::collections::BTreeSet;
    fn set(command: &Command) -> BTreeSet<String> {
        let own = command.get_arguments().filter_map(Arg::get_long);
        let own = own.filter(|option| value(option).is_some()).map(name);
        own.chain(command.get_subcommands().flat_map(set)).collect()
    }
    let everywhere = command.get_arguments().filter_map(Arg::get_long).map(name);
    let own: BTreeSet<String> = everywhere.chain(command.find_subcommand(verb).into_iter().flat_map(set)).collect();
    set(command).difference(&own).cloned().collect()
}

fn with_variable(arg: Arg) -> Arg {
    let Some(option) = arg.get_long() else { return arg };
    let variable = name(option);
    let counts = match env::var(&variable) {
        // One that is no text is an error, which clap says.
        Err(env::VarError::NotUnicode(_)) => true,
        // A format counts for those verbs alone that write it; what is none is an error of every verb that has some.
        Ok(value) if option == FORMAT && Format::from_str(&value, false).is_ok() => {
            arg.get_possible_values().iter().any(|known| known.matches(&value, false))
        }
        Ok(value) => !value.is_empty(),
        Err(env::VarError::NotPresent) => false,
    };
    match arg.get_action() {
        _ if !counts => arg,
        ArgAction::SetTrue => arg.env(variable).hide_env(true).value_parser(BoolishValueParser::new()),
        _ => arg.env(variable).hide_env(true),
    }
}
