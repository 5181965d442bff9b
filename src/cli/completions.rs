//! `brag completions` and `brag man`: for the shell.

use crate::{
    cli::{Run, command, global::Global, help::verb_called, offers::offered, terminal::Terminal, usage},
    error::{Error, Exit},
};
use clap::Args;
use clap_complete::{CompleteEnv, env::Shells};

/// What the program is called in a shell.
const NAME: &str = "brag";
/// The variable by which the script of a shell asks the program what a word can be.
const COMPLETE: &str = "BRAG_COMPLETE";

/// Answers the script of a shell, where that is what asks, and ends.
pub fn answer_shell() {
    CompleteEnv::with_factory(|| offered(command())).var(COMPLETE).bin(NAME).completer(NAME).complete();
}

/// A completion script for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// The manual page.
#[derive(Debug, Args)]
pub struct Man {
    /// Of this verb, such as `assess` or `map check` [default: of all of them]
    verb: Vec<String>,
}

impl Run for Completions {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let shells = Shells::builtins();
        let name = self.shell.to_string();
        let shell = shells.completer(&name).ok_or_else(|| Error::input(&*name, "no script is known for this shell"))?;
        let mut script = Vec::new();
        let written = shell.write_registration(COMPLETE, NAME, NAME, NAME, &mut script);
        written.map_err(|error| Error::input("completion script", error.to_string()))?;
        terminal.answer(script)?;
        Ok(Exit::Done)
    }
}

impl Run for Man {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let Some(verb) = verb_called(&self.verb) else {
            return Ok(usage(&format!("`{}` is no verb: see `brag help`", self.verb.join(" ")), terminal));
        };
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(verb).render(&mut page);
        rendered.map_err(|error| Error::input("manual page", error.to_string()))?;
        terminal.answer(page)?;
        Ok(Exit::Done)
    }
}
