//! The variables of the environment that stand for options: `BRAG_ON_MISSING` for `--on-missing`.

use crate::{cli::format_option::FORMAT, report::Format};
use clap::{Arg, ArgAction, Command, ValueEnum, builder::BoolishValueParser};
use std::env;

/// The value of the variable of an option; an empty one is none.
pub fn value(option: &str) -> Option<String> {
    env::var(name(option)).ok().filter(|value| !value.is_empty())
}

fn name(option: &str) -> String {
    format!("BRAG_{}", option.to_uppercase().replace('-', "_"))
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
