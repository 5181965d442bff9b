//! `brag help`: the help of a verb, or a page on a topic.

use crate::{
    cli::{Run, command, global::Global, policy_choice, terminal::Terminal, usage},
    error::{Error, Exit},
    report::{Format, markdown_page, page::Page, show},
};
use clap::{Args, Command};
use std::collections::BTreeSet;

/// The help of a verb, or a page on a topic.
#[derive(Debug, Args)]
pub struct Help {
    /// A verb, such as `assess` or `map check`, or a topic
    #[arg(value_name = "VERB|TOPIC")]
    of: Vec<String>,
}

/// What the pages are taken from.
const README: &str = include_str!("../../README.md");
/// The topic that is not of it.
const INPUTS: &str = "inputs";
/// The topics, each with the heading under which the README has it.
pub const TOPICS: &[(&str, &str)] = &[
    ("data", "Your data in ten minutes"),
    ("editing", "Editing a policy in five minutes"),
    ("effects", "What a rule may return"),
    ("exit-codes", "Exit codes"),
    ("language", "The language of a policy"),
    ("questions", "Ten questions"),
    ("words", "The words of a policy script"),
];

impl Run for Help {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        if let [topic] = self.of.as_slice() {
            if topic == INPUTS {
                let mut page = Page::of(Format::Text);
                show::inputs(&mut page, &policy_choice::load(global, &[], terminal)?, "");
                terminal.answer(page.end())?;
                return Ok(Exit::Done);
            }
            if let Some((_, heading)) = TOPICS.iter().find(|(known, _)| known == topic) {
                let mut page = Page::of(Format::Text);
                page.heading(1, heading);
                page.raw("\n");
                markdown_page::draw(&section(heading), &mut page);
                terminal.answer(page.end())?;
                return Ok(Exit::Done);
            }
        }
        let Some(mut verb) = verb_called(&self.of) else {
            let topics: BTreeSet<&str> = TOPICS.iter().map(|(topic, _)| *topic).chain([INPUTS]).collect();
            let topics = topics.into_iter().collect::<Vec<_>>().join(", ");
            let wrong = format!("`{}` is no verb and no topic", self.of.join(" "));
            return Ok(usage(&format!("{wrong}; the topics are {topics}, and `brag help` lists the verbs"), terminal));
        };
        terminal.answer(verb.render_long_help().ansi().to_string())?;
        Ok(Exit::Done)
    }
}

/// A verb by its words, such as `map check`; without any, the whole command line.
pub fn verb_called(words: &[String]) -> Option<Command> {
    let mut command = command();
    command.build();
    words.iter().try_fold(&command, |of, word| of.find_subcommand(word)).cloned()
}

/// A section of the README, without its marks for the tests.
fn section(heading: &str) -> String {
    let (_, from) = README.split_once(&format!("\n## {heading}\n")).unwrap_or_default();
    let text = from.split("\n## ").next().unwrap_or(from);
    text.lines().filter(|line| !line.starts_with("<!--")).collect::<Vec<_>>().join("\n")
}
