//! `brag completions` and `brag man`: for the shell.

use crate::{
    cli::{Cli, global::Terminal},
    error::{Error, Exit},
};
use clap::{Args, CommandFactory};

/// A completion script for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints the script.
    ///
    /// # Errors
    ///
    /// When standard output cannot be written.
    pub fn run(&self, terminal: &mut Terminal) -> Result<Exit, Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "brag", &mut script);
        terminal.answer(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Done)
    }
}

/// Prints the manual page.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn man(terminal: &mut Terminal) -> Result<Exit, Error> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
    rendered.map_err(|error| Error::Input {
        file: "manual page".to_owned(),
        message: error.to_string(),
        help: None,
    })?;
    terminal.answer(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}
