//! `brag completions` and `brag man`: for the shell.

use crate::{
    cli::{Cli, Run, global::Global, terminal::Terminal},
    error::{Error, Exit},
};
use clap::{Args, CommandFactory};

/// A completion script for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// The manual page.
#[derive(Debug, Args)]
pub struct Man;

impl Run for Completions {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "brag", &mut script);
        terminal.answer(script)?;
        Ok(Exit::Done)
    }
}

impl Run for Man {
    fn run(&self, _: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
        rendered.map_err(|error| Error::input("manual page", error.to_string()))?;
        terminal.answer(page)?;
        Ok(Exit::Done)
    }
}
