//! Stage two. In: a folder of rules and numbers. Out: a [`Policy`] that can be run over any number of cases.
//! Next: [`crate::decision`] runs it over one.
//!
//! This module and what is below it are the only ones that know the script language.

pub mod answers;
mod blank;
mod blank_words;
pub mod book;
pub mod company;
pub(crate) mod digest;
pub mod edition;
pub mod effect;
pub mod engine;
mod failure;
pub mod fault;
pub mod inquiry;
mod looked;
pub mod memo;
mod names;
mod operators;
pub mod parameters;
mod presence;
pub mod question;
pub mod rule;
pub mod runner;
pub mod script;
mod script_text;
mod script_value;
pub mod seen;
mod seen_words;
pub mod session;
pub mod sight;
pub mod source;
mod stages;
pub mod tiers;
mod told;
pub mod vocabulary;
mod vouched;
pub mod watch;
mod watch_words;
pub mod word;

use crate::{
    calendar::WorkingDays,
    case::{
        document,
        fault::nearest,
        input::{InputId, InputTable},
        record::Kind,
    },
    policy::{
        digest::digest,
        edition::Edition,
        engine::{engine, roomy_engine},
        fault::PolicyFault,
        names::Known,
        parameters::{Parameters, Presumed},
        rule::Rule,
        script::{Program, compile},
        source::{PARAMETERS, PolicyFiles, Shelf},
        tiers::Tiers,
        watch::Watch,
    },
};
use jiff::civil::Date;
use rhai::Engine;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

/// A policy, compiled once and used for any number of cases, on any thread.
#[derive(Debug)]
pub struct Policy {
    name: Arc<str>,
    digest: Arc<str>,
    program: Program,
    parameters: Parameters,
    tiers: Arc<Tiers>,
    inputs: Arc<InputTable>,
    presumed: Arc<BTreeMap<InputId, Presumed>>,
    as_written: bool,
    companions: Vec<Policy>,
    days: WorkingDays,
    changes: BTreeSet<Date>,
    editions: Mutex<BTreeMap<Date, Arc<Edition>>>,
}

impl Policy {
    /// Loads a policy from a shelf.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, a script does not compile, or a name in it is known to nobody.
    ///
    /// ```
    /// use brag::policy::{Policy, source::Shelf};
    /// let policy = Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap();
    /// assert_eq!(policy.tiers().ordered(), ["Green", "Amber", "Red-Amber", "Red"]);
    /// ```
    pub fn load(shelf: &Shelf, name: &str, set: &[(String, String)]) -> Result<Self, PolicyFault> {
        let (policy, unknown) = Self::with_company(shelf, name, set, false)?;
        match unknown.first() {
            None => Ok(policy),
            Some((name, value)) => {
                let shown = shelf.shown(&format!("{}/{PARAMETERS}", policy.name));
                let said = policy.parameters.clone().set(name, value).err().unwrap_or_default();
                Err(PolicyFault::invalid(shown, said))
            }
        }
    }

    /// The policy by itself, and what was to be set that it does not have.
    fn from_files(
        files: PolicyFiles,
        set: &[(String, String)],
        watch: Option<Watch>,
    ) -> Result<(Self, Vec<(String, String)>), PolicyFault> {
        let shown = files.shelf.shown(&format!("{}/{PARAMETERS}", files.name));
        let read = document::parse(&files.parameters).and_then(|document| Parameters::read(&document));
        let mut parameters = read.map_err(|fault| {
            let place = fault.at.map(|at| (at.line, at.column)).unzip();
            PolicyFault::invalid(&shown, fault.to_string())
                .at(place.0, place.1)
                .text(&files.parameters)
                .helped(fault.help())
        })?;
        let (own, others): (Vec<_>, Vec<_>) =
            set.iter().cloned().partition(|(name, _)| parameters.by_name.contains_key(name));
        for (name, value) in &own {
            parameters.set(name, value).map_err(|said| PolicyFault::invalid(&shown, said))?;
        }
        let own = parameters.own_inputs.iter().map(|(name, (domain, doc))| (name.clone(), domain.clone(), doc.clone()));
        let inputs = Arc::new(InputTable::with_own(own));
        let program = compile(&edition::compiler(&parameters), &files.shelf, &files.name, &files.rules, watch)?;
        let list = |name: &str| program.lists.get(name).cloned().unwrap_or_default();
        let tiers = Arc::new(Tiers::new(list("TIERS"), list("OUTSIDE"), list("AXES")));
        check_names(&program, &inputs, &tiers, &parameters)?;
        let presumed =
            Arc::new(presumed_by_input(&parameters, &inputs).map_err(|said| PolicyFault::invalid(&shown, said))?);
        let policy = Self {
            digest: digest(&files, &program),
            as_written: program.words.get("ON_MISSING").is_some_and(|word| word == "as-written"),
            companions: Vec::new(),
            days: WorkingDays::shipped(),
            changes: changes(&program, &parameters),
            editions: Mutex::new(BTreeMap::new()),
            name: files.name.into(),
            program,
            parameters,
            tiers,
            inputs,
            presumed,
        };
        Ok((policy, others))
    }

    /// Its name, that of its folder.
    #[must_use]
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// SHA-256 over its files and the ones it imports, in hexadecimal.
    #[must_use]
    pub const fn digest(&self) -> &Arc<str> {
        &self.digest
    }

    /// What the script says of itself: title first.
    #[must_use]
    pub fn about(&self) -> &[String] {
        &self.program.about
    }

    /// Its tiers.
    #[must_use]
    pub fn tiers(&self) -> &Arc<Tiers> {
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

    /// Its rules, in the order of the file, whenever they hold.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.program.rules
    }

    /// The reserved functions that it defines, by name.
    #[must_use]
    pub const fn reserved(&self) -> &BTreeMap<String, Rule> {
        &self.program.reserved
    }

    /// What it takes for granted where a case does not say.
    #[must_use]
    pub const fn presumed(&self) -> &Arc<BTreeMap<InputId, Presumed>> {
        &self.presumed
    }

    /// Whether it has rules of its own for absent inputs.
    #[must_use]
    pub const fn is_as_written(&self) -> bool {
        self.as_written
    }

    /// What its conditions come out as; none unless it was loaded by [`Policy::that_runs`] to be watched.
    #[must_use]
    pub const fn watch(&self) -> Option<&Watch> {
        self.program.watch.as_ref()
    }

    /// The rules and numbers in force on a date. Dates between two changes share one edition.
    ///
    /// # Errors
    ///
    /// When an imported script fails to load.
    pub fn edition(&self, on: Date) -> Result<Arc<Edition>, PolicyFault> {
        let since = self.in_force_since(on);
        let mut editions = self.editions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(edition) = editions.get(&since) {
            return Ok(Arc::clone(edition));
        }
        let edition = Arc::new(self.build(engine(), since)?);
        editions.insert(since, Arc::clone(&edition));
        Ok(edition)
    }

    /// The same with the room that a book of many cases needs, for [`Edition::caseload`]. It is built for the occasion.
    ///
    /// # Errors
    ///
    /// As [`Policy::edition`].
    pub fn book_edition(&self, on: Date) -> Result<Edition, PolicyFault> {
        self.build(roomy_engine(), self.in_force_since(on))
    }

    fn build(&self, engine: Engine, since: Date) -> Result<Edition, PolicyFault> {
        Edition::build(engine, &self.program, &self.parameters, &self.tiers, &self.days, since, &self.inputs)
    }

    /// Every date on which a number changes or a rule begins or ends to hold.
    #[must_use]
    pub const fn changes(&self) -> &BTreeSet<Date> {
        &self.changes
    }

    /// The last of those dates up to a date.
    #[must_use]
    pub fn in_force_since(&self, on: Date) -> Date {
        self.changes.range(..=on).next_back().copied().unwrap_or(Date::MIN)
    }
}

fn changes(program: &Program, parameters: &Parameters) -> BTreeSet<Date> {
    let begins = program.rules.iter().filter_map(|rule| rule.from);
    let ends = program.rules.iter().filter_map(|rule| rule.until?.tomorrow().ok());
    parameters.changes().chain(begins).chain(ends).collect()
}

fn check_names(
    program: &Program,
    inputs: &InputTable,
    tiers: &Tiers,
    parameters: &Parameters,
) -> Result<(), PolicyFault> {
    let known = Known { inputs, tiers, parameters };
    std::iter::once(&program.main).chain(program.imports.values()).try_for_each(|script| names::check(script, &known))
}

fn presumed_by_input(parameters: &Parameters, inputs: &InputTable) -> Result<BTreeMap<InputId, Presumed>, String> {
    let mut presumed = BTreeMap::new();
    for (path, value) in &parameters.presumed {
        let known: Vec<&str> = inputs.all().iter().map(|input| &*input.path).collect();
        let meant = nearest(path, &known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let input = inputs.find(path).ok_or(format!("`presumed.{path}`: unknown input{meant}"))?;
        if inputs.get(input).kind != Kind::Fact {
            return Err(format!(
                "`presumed.{path}`: only a fact can be presumed; this is a {}",
                inputs.get(input).kind.as_str()
            ));
        }
        presumed.insert(input, value.clone());
    }
    Ok(presumed)
}
