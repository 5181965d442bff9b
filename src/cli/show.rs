//! `brag show`: what a policy says, its numbers, the inputs of a case.

use crate::{
    case::schema::case_schema,
    cli::{
        global::{Global, Terminal},
        policy_choice,
    },
    error::{Error, Exit},
    policy::Policy,
    report::{
        Format,
        page::Page,
        show::{self, Shown},
    },
};
use clap::{Args, ValueEnum};

/// What a policy says, its numbers, the inputs of a case.
#[derive(Debug, Args)]
pub struct Show {
    /// What to show
    what: What,
    /// Use another value for a parameter; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::what_if::assignment)]
    set: Vec<(String, String)>,
}

/// What can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The rules in force on a date, with their text and sources
    Rules,
    /// The numbers in force on a date, assumptions first
    Params,
    /// Every change of a rule or number, by date
    Timeline,
    /// The policies that can be named
    Policies,
    /// Every input that a script can read
    Inputs,
    /// The words of a policy script
    Words,
    /// The exit codes
    Exits,
    /// The JSON Schema of a case
    Schema,
}

const FORMATS: &[Format] = &[Format::Text, Format::Md, Format::Json];
/// Of the inputs also the header of a table of cases.
const FORMATS_OF_INPUTS: &[Format] = &[Format::Text, Format::Md, Format::Json, Format::Csv];

impl Show {
    /// Prints the page.
    ///
    /// # Errors
    ///
    /// When the policy is invalid, or standard output cannot be written.
    pub fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if self.what == What::Schema {
            terminal.answer(&format!("{:#}\n", case_schema().as_value()))?;
            return Ok(Exit::Done);
        }
        let of_inputs = self.what == What::Inputs;
        let format = global.format_among(if of_inputs { FORMATS_OF_INPUTS } else { FORMATS })?;
        if of_inputs && format == Format::Csv {
            let policy = policy_choice::load(global, &self.set, terminal)?;
            terminal.answer(&format!("{}\n", show::header(&policy).line()))?;
            return Ok(Exit::Done);
        }
        let shown = self.shown(global, terminal)?;
        let text = match format {
            Format::Json => format!("{:#}\n", shown.json),
            Format::Md => shown.page.markdown(),
            _ => shown.page.text(),
        };
        terminal.answer(&text)?;
        Ok(Exit::Done)
    }

    fn shown(&self, global: &Global, terminal: &mut Terminal) -> Result<Shown, Error> {
        let on = global.date(None);
        let policy = |terminal: &mut Terminal| policy_choice::load(global, &self.set, terminal);
        Ok(match self.what {
            What::Rules => show::rules(&policy(terminal)?, on),
            What::Params => show::parameters(&policy(terminal)?, on),
            What::Timeline => show::timeline(&policy(terminal)?),
            What::Inputs => show::inputs(&policy(terminal)?),
            What::Policies => {
                let all = policy_choice::all()?;
                let load = |choice: &policy_choice::Choice| {
                    let policy = Policy::load(&choice.shelf, &choice.name, &[])?;
                    Ok((policy, choice.shelf.shown(&choice.name)))
                };
                show::policies(&all.iter().map(load).collect::<Result<Vec<_>, Error>>()?)
            }
            What::Words => show::script_words(),
            What::Exits => show::exits(),
            What::Schema => Shown { page: Page::default(), json: serde_json::Value::Null },
        })
    }
}
