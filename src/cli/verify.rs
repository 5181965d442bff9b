//! `brag verify`: what can be proved of a policy, or of two, over every case that there could be.

use crate::{
    authoring::{case_text::CaseText, worked},
    check::findings,
    cli::{
        Run,
        format_option::{FormatOption, Formats},
        global::Global,
        policy_choice::{self, Choice},
        terminal::Terminal,
        what_if::{WhatIf, called},
    },
    error::{Error, Exit},
    language::fault::PolicyFault,
    out_file::{Existing, write_whole},
    policy::Policy,
    report::{Format, shown::shown, verify as page},
    verify::{
        BUDGET, Property, Report, Verdict,
        pair::{Claim, verify_two},
        verify,
    },
};
use clap::{
    Args,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// The law that tells which cases are asked about.
const ONLY: &str = "law_only";

/// What can be proved of a policy, over every case that there could be.
#[derive(Debug, Args)]
pub struct Verify {
    /// The policy: a name, or a folder [default: as for `assess`]
    #[arg(value_name = "POLICY|PATH")]
    named: Option<String>,
    /// Another policy: is the tier of every case the same under both, never lower or never higher?
    #[arg(value_name = "NEW", requires = "claim")]
    new: Option<String>,
    #[command(flatten)]
    claims: Claims,
    /// Ask this alone, one or more of the claims
    #[arg(long, value_name = "CLAIM", value_delimiter = ',', value_parser = claim(), conflicts_with = "new")]
    only: Vec<Property>,
    /// Of two policies, ask about these cases alone: a condition of `person`, in the words and with the helpers of the new policy,
    /// such as 'person.iom || person.oasys.ogrs3 >= 75'
    #[arg(long = "where", value_name = "CONDITION", requires = "new")]
    cases: Option<String>,
    #[command(flatten)]
    what_if: WhatIf,
    /// Most regions that the cases are cut into for one question; what takes more is not decided
    #[arg(long, value_name = "N", default_value_t = BUDGET)]
    budget: usize,
    /// Write the cases that refute something to a folder, a file each
    #[arg(long, value_name = "FOLDER")]
    write: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOption<Self>,
}

/// What is asked of two policies.
#[derive(Debug, Args)]
#[group(id = "claim", multiple = true)]
struct Claims {
    /// Both policies give every case the same tier
    #[arg(long, requires = "new")]
    same: bool,
    /// The new policy gives no case a lower tier
    #[arg(long, requires = "new")]
    never_lower: bool,
    /// The new policy gives no case a higher tier
    #[arg(long, requires = "new")]
    never_higher: bool,
}

impl Claims {
    fn asked(&self) -> impl Iterator<Item = Property> {
        let claims = [
            (self.same, Property::Same),
            (self.never_lower, Property::NeverLower),
            (self.never_higher, Property::NeverHigher),
        ];
        claims.into_iter().filter_map(|(is_asked, property)| is_asked.then_some(property))
    }
}

impl Formats for Verify {
    const FORMATS: &'static [Format] = &[Format::Text, Format::Json, Format::Md, Format::Html];
}

impl Run for Verify {
    fn run(&self, global: &Global, terminal: &mut Terminal) -> Result<Exit, Error> {
        let choice = policy_choice::named(self.named.as_deref().or(global.policy.as_deref()))?;
        let report = match &self.new {
            Some(new) => self.of_two(&choice, new, global)?,
            None => {
                let policy = Policy::load(&choice.shelf, &choice.name, &self.what_if.set)?;
                policy_choice::warn_of_never_met(&choice, &policy, terminal);
                let policy = policy_choice::under(global, policy);
                let report = verify(&policy, &texts(&choice)?, self.asked(), self.budget);
                self.tell_of_nothing(&report, &policy, terminal);
                report
            }
        };
        if let Some(folder) = &self.write {
            write(&report, folder)?;
        }
        match self.format.chosen() {
            Format::Json => {
                let text =
                    serde_json::to_string_pretty(&report).map_err(|error| Error::input("", error.to_string()))?;
                terminal.answer(format!("{text}\n"))?;
            }
            format => terminal.answer(page::text(&report, format, global.verbose))?,
        }
        Ok(match report.counts() {
            [0, 0, 0] if !self.only.is_empty() => Exit::NotDecided,
            [_, 0, 0] => Exit::Done,
            [_, 0, _] => Exit::NotDecided,
            _ => Exit::Finding,
        })
    }
}

/// Reads the name of a claim.
fn claim() -> impl TypedValueParser<Value = Property> {
    PossibleValuesParser::new(Property::OF_ONE.map(Property::as_str)).try_map(|name| {
        Property::OF_ONE.into_iter().find(|property| property.as_str() == name).ok_or("there is no such claim")
    })
}

impl Verify {
    /// What is asked of one policy.
    fn asked(&self) -> &[Property] {
        if self.only.is_empty() { &Property::OF_ONE } else { &self.only }
    }

    /// Says of which claims that are named there is nothing to ask: a check of nothing must not look like one that passed.
    fn tell_of_nothing(&self, report: &Report, policy: &Policy, terminal: &mut Terminal) {
        let is_asked = |property: Property| report.proofs.iter().any(|proof| proof.property == property);
        let named: BTreeSet<Property> = self.only.iter().copied().collect();
        for property in named.into_iter().filter(|property| !is_asked(*property)) {
            let (claim, name) = (property.as_str(), shown(policy.name()));
            let why = page::why_nothing_is_asked(property, policy);
            terminal.warn(&format!("--only {claim}: nothing of the kind is to be asked of {name}: {why}"));
        }
    }

    /// What holds of two policies.
    fn of_two(&self, choice: &Choice, new: &str, global: &Global) -> Result<Report, Error> {
        let old = Policy::load(&choice.shelf, &choice.name, &[])?;
        let of_new = policy_choice::named(Some(new))?;
        let whole = Policy::load(&of_new.shelf, &of_new.name, &self.what_if.set)?;
        for policy in [&old, &whole] {
            if policy.tiers().is_empty() {
                let message = "gives no tier, so that there is nothing to hold against another policy";
                return Err(Error::input(policy.name().to_string(), message).with_help("name policies that give tiers"));
            }
        }
        let asking = match &self.cases {
            Some(condition) => policy_choice::under(global, self.with_law(&of_new, condition)?),
            None => policy_choice::under(global, whole.clone()),
        };
        let law = asking.program().laws.iter().find(|law| *law.rule.name == *ONLY);
        let only = self.cases.as_deref().and_then(|condition| Some((law?, condition)));
        let claims: Vec<Claim<'_>> = self.claims.asked().map(|property| Claim { property, only }).collect();
        let worked: Vec<String> = texts(choice)?.into_iter().chain(texts(&of_new)?).collect();
        let mut report = verify_two([&old, &asking], &worked, &claims, self.budget);
        report.policies = vec![called(self.named.as_deref().unwrap_or(&choice.name), &old), called(new, &asking)];
        report.digests = [&old, &whole].map(|policy| policy.digest().to_string()).to_vec();
        Ok(report)
    }

    /// The new policy with the condition of `--where` as a law of its own.
    fn with_law(&self, choice: &Choice, condition: &str) -> Result<Policy, Error> {
        let wrong = |said: String, help: Option<String>| {
            let error = Error::input("--where", said);
            let example = "write a condition, such as 'person.iom || person.oasys.ogrs3 >= 75'".to_owned();
            error.with_help(help.unwrap_or(example))
        };
        if condition.trim().is_empty() {
            return Err(wrong("there is no condition".to_owned(), None));
        }
        let mut files = choice.shelf.policy(&choice.name)?;
        let last = files.rules.lines().count();
        files.rules.push_str(&format!(
            "\n/// The cases that are asked about.\n/// @cite --where\nfn {ONLY}(person, tier) {{\n    {condition}\n}}\n"
        ));
        let reading = Policy::read_files(files, &self.what_if.set)?;
        let is_its = |fault: &PolicyFault| fault.line.is_none_or(|line| line > last);
        let file = reading.policy.program().source(0).map(|source| source.file.clone()).unwrap_or_default();
        let found = findings(&reading).into_iter().map(|finding| finding.fault);
        if let Some(fault) = found.into_iter().find(|fault| fault.file == file && is_its(fault)) {
            return Err(wrong(fault.message.replace(&format!("`{ONLY}`"), "the condition"), fault.help));
        }
        Ok(reading.whole()?)
    }
}

/// The worked cases of a policy as texts.
fn texts(choice: &Choice) -> Result<Vec<String>, Error> {
    Ok(worked::all(&choice.shelf, &choice.name)?.into_iter().map(|case| case.text).collect())
}

/// Writes the cases that refute something, each with what it shows above it.
fn write(report: &Report, folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::unwritable(folder, &error))?;
    let mut number = 0;
    for proof in &report.proofs {
        let Verdict::Refuted { shown: Some(found) } = &proof.verdict else { continue };
        for case in &found.cases {
            number += 1;
            let path = folder.join(format!("refutes-{number:02}.yaml"));
            let said = format!("{} {}: {}", proof.property.as_str(), proof.about, found.said);
            let text = CaseText::read(case).map(|case| case.as_file(&shown(&said))).unwrap_or_default();
            write_whole(&path, &text, Existing::Keep)?;
        }
    }
    Ok(())
}
