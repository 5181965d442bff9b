//! `brag explain`: why a case has its tier, why not another, and what would change it.

use crate::{
    cli::{
        Run,
        batch::{Batch, Read},
        case_files::Cases,
        format_option::{FormatOption, Formats},
        global::Global,
        out::spare_inputs,
        policy_choice,
        terminal::Terminal,
        what_if::WhatIf,
    },
    decision::explain::{Explanation, explain, explain_why_not},
    error::{Error, Exit},
    policy::Policy,
    report::{Format, View, answers::Frame, explain_page::ExplainPage},
    schedule::uncounted::Uncounted,
};
use clap::Args;
use std::collections::BTreeMap;

/// Why a case has its tier. Of a book of many cases `--crn` says which; of a folder, or of several files, each is explained.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    cases: Cases,
    /// Only the case with this reference; may be given several times
    #[arg(long, value_name = "REFERENCE")]
    crn: Vec<String>,
    /// What keeps the case from this tier, and what would give it
    #[arg(long, value_name = "TIER")]
    why_not: Option<String>,
    #[command(flatten)]
    what_if: WhatIf,
    #[command(flatten)]
    format: FormatOption<Self>,
}

impl Formats for Explain {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Md, Format::Json, Format::Jsonl];
}

/// What became of a case.
enum Became {
    /// The case with this reference was explained, and so many of its contacts do not count.
    Explained(String, Option<String>),
    /// It is not one of those asked for.
    PassedOver,
    /// It is one of the many of this file, and nobody said which.
    OneOf(String),
}

impl Run for Explain {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let format = self.format.chosen();
        spare_inputs(None, || self.cases.files(), &[global.policy.as_deref()], global)?;
        let policy = policy_choice::load(global, &self.what_if.set, terminal)?;
        let asked = self.why_not.as_ref().map(|tier| tier_of("--why-not", tier, &policy)).transpose()?;
        let known = policy.vocabulary();
        let batch = Batch::of(&self.cases, &known, global, terminal)?;
        let is_one = batch.is_one;
        let frame = Frame::of(format, is_one);
        let (mut any, mut books) = (false, BTreeMap::<String, usize>::new());
        let mut unknown: Vec<&String> = self.crn.iter().collect();
        let ended = batch.run(
            terminal,
            || (),
            |(), read, text| {
                if !self.crn.is_empty() && !self.crn.iter().any(|crn| *crn == *read.file.case.crn.as_str()) {
                    return Ok(Became::PassedOver);
                }
                if self.crn.is_empty() && read.line.is_some() {
                    return Ok(Became::OneOf(read.name.to_owned()));
                }
                let explanation = &explanation(&policy, asked, read)?;
                let page = ExplainPage { explanation, every_condition: global.verbose };
                let written = page.written(format);
                // Of JSON the frame ends the lines.
                let written = if format == Format::Json { written.trim_end() } else { &written };
                text.extend_from_slice(written.as_bytes());
                let said = Uncounted::of(&read.file.case, read.on).in_words();
                Ok(Became::Explained(read.file.case.crn.to_string(), said))
            },
            |terminal, outcome, text| {
                match outcome {
                    Ok(Became::Explained(crn, said)) => {
                        unknown.retain(|asked| **asked != crn);
                        let said = said.map(|said| if is_one { said } else { format!("{crn}: {said}") });
                        said.inspect(|said| terminal.say(said))
                    }
                    Ok(Became::OneOf(file)) => {
                        *books.entry(file).or_default() += 1;
                        return Ok(());
                    }
                    Ok(Became::PassedOver) | Err(_) => return Ok(()),
                };
                terminal.answer(if any { frame.between } else { frame.start })?;
                any = true;
                terminal.answer(text)
            },
        )?;
        if any {
            terminal.answer(frame.end)?;
        }
        let complaints = unexplained(&books, &unknown, ended.exit);
        for error in &complaints {
            terminal.complain(error);
        }
        Ok(complaints.iter().map(Error::exit).fold(ended.exit, Exit::max))
    }
}

/// What was asked for and is not explained: books of which no case was named, and references that no case has.
fn unexplained(books: &BTreeMap<String, usize>, unknown: &[&String], ended: Exit) -> Vec<Error> {
    let of_book = |(book, count): (&String, &usize)| {
        let cases = if *count == 1 { "one case".to_owned() } else { format!("{count} cases") };
        Error::input(book, format!("a book, of {cases}")).with_help("name one with `--crn`")
    };
    let of = if ended == Exit::Done { "no case" } else { "no case that has an answer" };
    let of_reference = |crn: &&String| Error::input("--crn", format!("{of} has the reference `{crn}`"));
    books.iter().map(of_book).chain(unknown.iter().map(of_reference)).collect()
}

/// Why a case has its tier, or not the one that is asked about.
fn explanation(policy: &Policy, asked: Option<&str>, read: &Read<'_>) -> Result<Explanation, Box<Error>> {
    let explained = match asked {
        Some(tier) => explain_why_not(policy, &read.file, read.on, tier),
        None => explain(policy, &read.file, read.on),
    };
    let crn = || Some(read.file.case.crn.to_string());
    explained.map_err(|fault| Box::new(Error::Policy { crn: crn(), fault: *fault }))
}

/// The tier that an option asks about, as the policy spells it.
pub(super) fn tier_of<'p>(option: &str, tier: &str, policy: &'p Policy) -> Result<&'p str, Error> {
    let tiers = policy.tiers();
    if let Some(spelt) = tiers.spelt(tier) {
        return Ok(spelt);
    }
    let meant = tiers.meant(tier).map(|meant| format!("did you mean `{meant}`? ")).unwrap_or_default();
    let help = match tiers.all().as_slice() {
        [] => format!("policy `{}` gives no tiers", policy.name()),
        known => format!("{meant}policy `{}` has {}", policy.name(), known.join(", ")),
    };
    Err(Error::input(option, format!("unknown tier `{tier}`")).with_help(help))
}
