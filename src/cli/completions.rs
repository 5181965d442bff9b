//! `brag completions` and `brag man`: for the shell.

use crate::{
    cli::{Run, command, global::Global, help::verb_called, terminal::Terminal, usage},
    error::{Error, Exit},
};
use clap::Args;

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
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "brag", &mut script);
        terminal.answer(script)?;
        Ok(Exit::Done)
    }
}

impl Run for Man {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let Some(verb) = verb_called(&self.verb) else {
            return Ok(usage(&format!("`{}` is no verb: see `brag help`", self.verb.join(" "))));
        };
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(verb).render(&mut page);
        rendered.map_err(|error| Error::input("manual page", error.to_string()))?;
        terminal.answer(page)?;
        Ok(Exit::Done)
    }
}
