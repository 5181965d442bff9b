//! The variables of the environment that stand for options: `BRAG_ON_MISSING` for `--on-missing`.

use crate::cli::format_option::FORMAT;
use clap::{Arg, ArgAction, Command, builder::BoolishValueParser};
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

fn with_variable(arg: Arg) -> Arg {
    let Some(option) = arg.get_long() else { return arg };
    let variable = name(option);
    let counts = match env::var(&variable) {
        // One that is no text is an error, which clap says.
        Err(env::VarError::NotUnicode(_)) => true,
        // A format counts for those verbs alone that write it.
        Ok(value) if option == FORMAT => arg.get_possible_values().iter().any(|known| known.matches(&value, false)),
        Ok(value) => !value.is_empty(),
        Err(env::VarError::NotPresent) => false,
    };
    match arg.get_action() {
        _ if !counts => arg,
        ArgAction::SetTrue => arg.env(variable).hide_env(true).value_parser(BoolishValueParser::new()),
        _ => arg.env(variable).hide_env(true),
    }
}
