//! Stage two. In: a folder of rules and numbers. Out: a [`Policy`] that can be run over any number of cases.
//! Next: [`crate::decision`] runs it over one.

pub mod committed;
pub mod companions;
pub mod digest;
pub mod otherwise;
pub mod parameters;
mod presumptions;
pub mod reading;
pub mod source;
mod unlike;
pub mod vocabulary;

use crate::{
    calendar::WorkingDays,
    case::{
        input::{InputId, InputTable},
        value::Value,
    },
    evaluate::{evaluator::InForce, presumed::Presumed},
    language::{
        program::{Entry, Program, digest::FunctionDigests},
        rule::Rule,
        tiers::Tiers,
    },
    policy::parameters::{DatedValue, Parameters},
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A policy, read once and used for any number of cases, on any thread.
#[derive(Debug, Clone)]
pub struct Policy {
    name: Arc<str>,
    digest: Arc<str>,
    program: Arc<Program>,
    parameters: Parameters,
    tiers: Arc<Tiers>,
    inputs: Arc<InputTable>,
    presumed: Arc<BTreeMap<InputId, Presumed>>,
    companions: Vec<Policy>,
    days: WorkingDays,
    changes: BTreeSet<Date>,
    /// The date whose rules and numbers are in force, whatever date an answer is for.
    law: Option<Date>,
    /// What a run takes otherwise than the files say, a line each.
    trial: Vec<String>,
    /// What of its files is in no commit, where they lie in a repository. No part of the digest: that is of what they say.
    uncommitted: Option<String>,
    /// Digest of its own files alone.
    files_digest: Arc<str>,
}

/// A file that a policy was read from.
#[derive(Debug, Clone, Copy)]
pub struct FileOfPolicy<'p> {
    /// How messages call it; of one on disk its path.
    pub shown: &'p str,
    /// Its text.
    pub text: &'p str,
}

impl Policy {
    /// Its name, that of its folder.
    #[must_use]
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// SHA-256 over everything that its answers rest on, in hexadecimal: its files and the ones it imports, the policies that run
    /// with it, and what a run takes otherwise: numbers that are set, another law, other bank holidays. The same content has the
    /// same digest in any folder.
    #[must_use]
    pub const fn digest(&self) -> &Arc<str> {
        &self.digest
    }

    /// What the script says of itself: title first.
    #[must_use]
    pub fn about(&self) -> &[String] {
        &self.program.about
    }

    /// Its rules, in the order of the file, whenever they hold.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.program.rules.iter().map(|entry| &entry.rule)
    }

    /// The reserved functions that it defines, in the order of their names.
    pub fn reserved(&self) -> impl Iterator<Item = &Rule> {
        self.program.reserved.values().map(|entry| &entry.rule)
    }

    /// What must hold of every case and its tier, in the order of the file.
    pub fn laws(&self) -> impl Iterator<Item = &Rule> {
        self.program.laws.iter().map(|entry| &entry.rule)
    }

    /// Its functions, as they run.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Its tiers.
    #[must_use]
    pub const fn tiers(&self) -> &Arc<Tiers> {
        &self.tiers
    }

    /// The inputs that it can read.
    #[must_use]
    pub const fn inputs(&self) -> &Arc<InputTable> {
        &self.inputs
    }

    /// Its numbers.
    #[must_use]
    pub const fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// What it takes for granted where a case does not say.
    #[must_use]
    pub const fn presumed(&self) -> &Arc<BTreeMap<InputId, Presumed>> {
        &self.presumed
    }

    /// Whether it has rules of its own for absent inputs.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        self.program.words.get("ON_MISSING").is_some_and(|word| word == "as-written")
    }

    /// The words of a list that its script declares; empty where it declares none of the name.
    #[must_use]
    pub fn list(&self, name: &str) -> &[String] {
        self.program.lists.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The same under the rules and numbers of one date, whatever date an answer is for; so are those that run with it.
    #[must_use]
    pub fn under_law_of(mut self, law: Date) -> Self {
        self.law = Some(law);
        self.companions = self.companions.into_iter().map(|companion| companion.under_law_of(law)).collect();
        self.seal();
        self
    }

    /// What a run takes otherwise than the files say, those of the policies that run with it included: an answer that rests on
    /// any of it is a trial.
    #[must_use]
    pub fn trial(&self) -> Vec<String> {
        let mut all = self.trial.clone();
        let of_companions = self.companions.iter().flat_map(|one| &one.trial);
        all.extend(of_companions.filter(|one| !self.trial.contains(one)).cloned());
        all.extend(self.uncommitted.clone());
        all
    }

    /// The files that it was read from, and those that run with it.
    #[must_use]
    pub fn files(&self) -> Vec<FileOfPolicy<'_>> {
        let numbers = FileOfPolicy { shown: &self.parameters.file, text: &self.parameters.text };
        let scripts =
            self.program.scripts.iter().map(|source| FileOfPolicy { shown: &source.file, text: &source.text });
        let own = scripts.chain([numbers]);
        own.chain(self.companions.iter().flat_map(Self::files)).collect()
    }

    /// The files that are built into the program and that a policy of a folder rests on, by their path below the policies folder:
    /// those it imports or runs with and has none of its own of. None of a policy that is built in itself.
    #[must_use]
    pub fn built_in_beside(&self) -> Vec<&str> {
        let paths: Vec<Option<&str>> = self.files().iter().map(|file| source::built_in(file.shown)).collect();
        let mut found: Vec<&str> = paths.iter().flatten().copied().collect();
        let mut seen = BTreeSet::new();
        found.retain(|path| seen.insert(*path));
        if paths.iter().all(Option::is_some) { Vec::new() } else { found }
    }

    /// The same, said to rest on files that are in no commit: an answer that does is a trial.
    #[must_use]
    pub fn with_uncommitted(mut self, files: &[String]) -> Self {
        self.uncommitted = (!files.is_empty()).then(|| format!("uncommitted changes in {}", files.join(", ")));
        self
    }

    /// The working days that its words reckon with.
    #[must_use]
    pub const fn days(&self) -> &WorkingDays {
        &self.days
    }

    /// The date whose rules and numbers are in force, where that is not the date that an answer is for.
    #[must_use]
    pub const fn law(&self) -> Option<Date> {
        self.law
    }

    /// The rules in force on a date, in the order of the file.
    pub fn rules_on(&self, on: Date) -> impl Iterator<Item = &Entry> {
        let on = self.law.unwrap_or(on);
        self.program.rules.iter().filter(move |entry| entry.rule.holds_on(on))
    }

    /// The numbers in force on a date, each with the date from which it holds.
    pub fn numbers_on(&self, on: Date) -> impl Iterator<Item = (&str, Date, &DatedValue)> {
        let on = self.law.unwrap_or(on);
        let all = self.parameters.by_name.iter();
        all.filter_map(move |(name, parameter)| parameter.on(on).map(|(since, dated)| (name.as_str(), since, dated)))
    }

    /// The value of a parameter on a date.
    #[must_use]
    pub fn number_on(&self, name: &str, on: Date) -> Option<&Value> {
        let on = self.law.unwrap_or(on);
        self.parameters.by_name.get(name)?.on(on).map(|(_, dated)| &dated.value)
    }

    /// The same of a parameter that is a whole number from 0.
    #[must_use]
    pub fn whole_on(&self, name: &str, on: Date) -> Option<u32> {
        match self.number_on(name, on) {
            Some(Value::Whole(number)) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    /// Every word that its scripts and its numbers in force on a date spell, but for the names of its tiers.
    #[must_use]
    pub fn words_on(&self, on: Date) -> BTreeSet<String> {
        fn collect(value: &Value, into: &mut BTreeSet<String>) {
            match value {
                Value::Text(text) => drop(into.insert(text.to_string())),
                Value::Word(word) => drop(into.insert((*word).to_owned())),
                Value::List(values) => values.iter().for_each(|value| collect(value, into)),
                Value::Record(values) => values.iter().for_each(|(name, value)| {
                    into.insert(name.to_string());
                    collect(value, into);
                }),
                _ => {}
            }
        }
        let mut words = BTreeSet::new();
        self.program.constants.iter().for_each(|value| collect(value, &mut words));
        self.numbers_on(on).for_each(|(_, _, dated)| collect(&dated.value, &mut words));
        words.retain(|word| !self.tiers().all().contains(word));
        words
    }

    /// What is in force on a date, ready to be evaluated.
    #[must_use]
    pub fn in_force(&self, on: Date) -> InForce<'_> {
        let on = self.law.unwrap_or(on);
        let value = |name: &String| {
            let parameter = self.parameters.by_name.get(name);
            let first = parameter.and_then(|parameter| parameter.values.keys().next().copied());
            parameter.and_then(|parameter| parameter.on(on)).map(|(_, dated)| &dated.value).ok_or(first)
        };
        InForce {
            program: &self.program,
            tiers: &self.tiers,
            rules: self.rules_on(on).collect(),
            parameters: self.program.parameters.iter().map(value).collect(),
            days: &self.days,
        }
    }

    /// Every date on which a number changes, or a rule or a law begins or ends to hold.
    #[must_use]
    pub const fn changes(&self) -> &BTreeSet<Date> {
        &self.changes
    }

    /// What its functions do under the numbers in force on a date.
    #[must_use]
    pub fn function_digests(&self, on: Date) -> FunctionDigests<'_> {
        let values = self.in_force(on).parameters.iter().map(|value| format!("{value:?}")).collect();
        FunctionDigests::new(self.program(), values)
    }

    /// The last of those dates up to a date.
    #[must_use]
    pub fn in_force_since(&self, on: Date) -> Date {
        let on = self.law.unwrap_or(on);
        self.changes.range(..=on).next_back().copied().unwrap_or(Date::MIN)
    }
}

fn changes(program: &Program, parameters: &Parameters) -> BTreeSet<Date> {
    let rules = program.rules.iter().chain(&program.laws).map(|entry| &entry.rule);
    let begins = rules.clone().filter_map(|rule| rule.from);
    let ends = rules.filter_map(|rule| rule.until?.tomorrow().ok());
    parameters.changes().chain(begins).chain(ends).collect()
}
