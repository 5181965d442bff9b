//! `brag show`: what a policy says, its numbers, the inputs of a case.

use crate::{
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        out::spare_inputs,
        policy_choice,
        terminal::Terminal,
        usage,
    },
    error::{Error, Exit},
    policy::Policy,
    report::{Format, page::Page, schema_of::SchemaOf, show, show_definitions},
};
use clap::{Args, ValueEnum};
use serde_json::Value;

/// What a policy says, its numbers, the inputs of a case.
#[derive(Debug, Args)]
pub struct Show {
    /// What to show
    what: What,
    #[arg(value_name = "WORD", help = word_help())]
    of: Option<String>,
    /// Use another value for a parameter; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::what_if::assignment)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    format: FormatOption<Self>,
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
    /// The codes of what `brag check` finds
    Findings,
    /// The JSON Schema of what is read and of every answer: `show schema mapping`, `show schema decision`
    Schema,
}

fn word_help() -> String {
    let known = SchemaOf::names().join(", ");
    format!(
        "Of inputs, params and words those alone in which this stands; of `schema` what it is of, one of {known} [default: case]"
    )
}

impl Formats for Show {
    const FORMATS: &'static [Format] =
        &[Format::Text, Format::Md, Format::Json, Format::Csv, Format::Html, Format::Rhai];
}

impl Run for Show {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = match (self.what, self.format.chosen()) {
            // A schema is JSON, whatever is asked for.
            (What::Schema, _) => Format::Json,
            // The header of a table of cases.
            (what, Format::Csv) if what != What::Inputs => {
                return Ok(usage("only `show inputs` is written as csv", terminal));
            }
            // Definitions for an editor.
            (what, Format::Rhai) if what != What::Words => {
                return Ok(usage("only `show words` is written as rhai", terminal));
            }
            (_, format) => format,
        };
        let takes_more = matches!(self.what, What::Schema | What::Inputs | What::Params | What::Words);
        if self.of.is_some() && !takes_more {
            return Ok(usage("only inputs, params, words and schema take a further word", terminal));
        }
        if self.what == What::Schema && self.schema_of().is_none() {
            return Ok(usage(&format!("a schema is of one of {}", SchemaOf::names().join(", ")), terminal));
        }
        spare_inputs(None, || Ok(Vec::new()), &[global.policy.as_deref()], global)?;
        if format == Format::Rhai {
            terminal.answer(show_definitions::text())?;
            return Ok(Exit::Done);
        }
        if format == Format::Csv {
            let policy = policy_choice::load(global, &self.set, terminal)?;
            terminal.answer(format!("{}\n", show::header(&policy).line()))?;
            return Ok(Exit::Done);
        }
        let mut page = Page::of(format);
        let json = self.draw(&mut page, global, terminal)?;
        let listed = json.as_array().or_else(|| json.get("parameters")?.as_array());
        if self.of.is_some() && listed.is_some_and(Vec::is_empty) {
            return Err(Error::input("brag show", "nothing of that name").with_help("leave the word out to see all"));
        }
        let text = if format == Format::Json { format!("{json:#}\n") } else { page.end() };
        terminal.answer(&text)?;
        Ok(Exit::Done)
    }
}

impl Show {
    /// What a schema is asked of.
    fn schema_of(&self) -> Option<SchemaOf> {
        self.of.as_deref().map_or(Some(SchemaOf::Case), SchemaOf::named)
    }

    /// Draws the page for people, and gives the same for programs.
    fn draw(&self, page: &mut Page, global: &Global, terminal: &mut Terminal) -> Result<Value, Error> {
        let on = global.law.map_or_else(|| global.date(None), Ok)?;
        let asked = self.of.as_deref().unwrap_or_default();
        let policy = |terminal: &mut Terminal| policy_choice::load(global, &self.set, terminal);
        Ok(match self.what {
            What::Rules => show::rules(page, &policy(terminal)?, on),
            What::Params => show::parameters(page, &policy(terminal)?, on, asked),
            What::Timeline => show::timeline(page, &policy(terminal)?),
            What::Inputs => show::inputs(page, &policy(terminal)?, asked),
            What::Policies => {
                let load = |choice: policy_choice::Choice| {
                    let policy = Policy::load(&choice.shelf, &choice.name, &[])?;
                    Ok((policy, choice.shelf.shown(&choice.name)))
                };
                let all = policy_choice::all(global.policy.as_deref())?
                    .into_iter()
                    .map(load)
                    .collect::<Result<Vec<_>, Error>>()?;
                show::policies(page, &all)
            }
            What::Words => show::script_words(page, asked),
            What::Exits => show::exits(page),
            What::Findings => show::findings(page),
            What::Schema => self.schema_of().map(SchemaOf::schema).unwrap_or_default(),
        })
    }
}
