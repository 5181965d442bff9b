//! Stage two. In: a folder of rules and numbers. Out: a [`Policy`] that can be run over any number of cases.
//! Next: [`crate::decision`] runs it over one.

pub mod companions;
pub mod digest;
pub mod parameters;
mod presumptions;
pub mod source;

use crate::{
    calendar::WorkingDays,
    case::{
        document,
        input::{InputId, InputTable},
        value::Value,
    },
    evaluate::{evaluator::InForce, presumed::Presumed},
    language::{
        check,
        fault::PolicyFault,
        lower::{Known, lower},
        program::{Entry, Program},
        rule::Rule,
        syntax,
        tiers::Tiers,
        tree::Script,
    },
    policy::{
        digest::digest,
        parameters::{DatedValue, Parameters},
        presumptions::presumed,
        source::{PARAMETERS, PolicyFiles, RULES},
    },
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// A policy, read once and used for any number of cases, on any thread.
#[derive(Debug)]
pub struct Policy {
    name: Arc<str>,
    digest: Arc<str>,
    program: Program,
    parameters: Parameters,
    tiers: Arc<Tiers>,
    inputs: Arc<InputTable>,
    presumed: Arc<BTreeMap<InputId, Presumed>>,
    companions: Vec<Policy>,
    days: WorkingDays,
    changes: BTreeSet<Date>,
}

impl Policy {
    /// The policy by itself, and what was to be set that it does not have.
    fn from_files(files: PolicyFiles, set: &[(String, String)]) -> Result<(Self, Vec<(String, String)>), PolicyFault> {
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
        let main = syntax::parse(&files.shelf.shown(&format!("{}/{RULES}", files.name)), &files.rules)?;
        let imports = imports(&main, &files)?;
        let tiers = Arc::new(tiers(&main));
        let names: Vec<String> = parameters.by_name.keys().cloned().collect();
        let known = Known { inputs: &inputs, tiers: &tiers, parameters: &names };
        let program = lower(&main, &imports, known)?;
        check::check(&program, known)?;
        let presumed = presumed(&parameters, &inputs).map_err(|(at, said, help)| {
            PolicyFault::invalid(&shown, said).at(Some(at.line), Some(at.column)).text(&files.parameters).help(help)
        })?;
        let policy = Self {
            digest: digest(&files, &program),
            companions: Vec::new(),
            days: WorkingDays::shipped(),
            changes: changes(&program, &parameters),
            name: files.name.into(),
            program,
            parameters,
            tiers,
            inputs,
            presumed: Arc::new(presumed),
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

    /// Its rules, in the order of the file, whenever they hold.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.program.rules.iter().map(|entry| &entry.rule)
    }

    /// The reserved functions that it defines, in the order of their names.
    pub fn reserved(&self) -> impl Iterator<Item = &Rule> {
        self.program.reserved.values().map(|entry| &entry.rule)
    }

    /// Its functions, as they run.
    #[must_use]
    pub const fn program(&self) -> &Program {
        &self.program
    }

    /// Its tiers.
    #[must_use]
    pub const fn tiers(&self) -> &Arc<Tiers> {
        &self.tiers
    }

    /// The tiers that a case may have on record: its own, where it says what is owed under them. A policy that asks for neither
    /// contact nor review takes cases with the ratings of another.
    #[must_use]
    pub fn recorded_tiers(&self) -> Arc<Tiers> {
        let is_owed = self.program.has("contact") || self.program.has("review");
        if is_owed { Arc::clone(&self.tiers) } else { Arc::default() }
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

    /// The rules in force on a date, in the order of the file.
    pub fn rules_on(&self, on: Date) -> impl Iterator<Item = &Entry> {
        self.program.rules.iter().filter(move |entry| entry.rule.holds_on(on))
    }

    /// The numbers in force on a date, each with the date from which it holds.
    pub fn numbers_on(&self, on: Date) -> impl Iterator<Item = (&str, Date, &DatedValue)> {
        let all = self.parameters.by_name.iter();
        all.filter_map(move |(name, parameter)| parameter.on(on).map(|(since, dated)| (name.as_str(), since, dated)))
    }

    /// The value of a parameter on a date.
    #[must_use]
    pub fn number_on(&self, name: &str, on: Date) -> Option<&Value> {
        self.parameters.by_name.get(name)?.on(on).map(|(_, dated)| &dated.value)
    }

    /// Every word that its scripts and its numbers in force on a date spell.
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
        words
    }

    /// What is in force on a date, ready to be evaluated.
    #[must_use]
    pub fn in_force(&self, on: Date) -> InForce<'_> {
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
    let rules = program.rules.iter().map(|entry| &entry.rule);
    let begins = rules.clone().filter_map(|rule| rule.from);
    let ends = rules.filter_map(|rule| rule.until?.tomorrow().ok());
    parameters.changes().chain(begins).chain(ends).collect()
}

fn tiers(script: &Script) -> Tiers {
    let list = |name: &str| script.list(name).unwrap_or_default();
    Tiers::new(list("TIERS"), list("OUTSIDE"), list("AXES"))
}

/// Most scripts that a policy imports.
const MAX_IMPORTS: usize = 32;
/// Most bytes of all scripts that a policy imports.
const MAX_IMPORTED: usize = 2 << 20;

/// The scripts that a policy imports, each with the name that it is given and its path.
fn imports(main: &Script, files: &PolicyFiles) -> Result<Vec<(String, String, Script)>, PolicyFault> {
    let mut imports: Vec<(String, String, Script)> = Vec::new();
    let mut bytes = 0;
    for (path, alias, place) in &main.imports {
        let named = Path::new(path).extension().is_some_and(|ending| ending == "rhai");
        let path = if named { path.clone() } else { format!("{path}.rhai") };
        let here = |message: String| {
            PolicyFault::invalid(&main.file, message).at(Some(place.line as usize), None).text(&main.text)
        };
        if imports.len() == MAX_IMPORTS {
            let fault = here(format!("imports more than {MAX_IMPORTS} scripts, the limit"));
            return Err(fault.help("put helpers that belong together into one script"));
        }
        if matches!(alias.as_str(), "param" | "global" | "person") || imports.iter().any(|(known, ..)| known == alias) {
            let fault = here(format!("imports `{path}` under a name that is taken, `{alias}`"));
            return Err(fault.help("give it a name of its own: `import \"lib/needs\" as needs;`"));
        }
        let shelf = files.shelf.that_has(&path);
        let text = shelf.read(&path).map_err(|fault| {
            let help = "write the path from the policies folder, such as \"lib/needs\"".to_owned();
            here(format!("imports `{path}`, which {}", fault.message)).help(fault.help.unwrap_or(help))
        })?;
        bytes += text.len();
        if bytes > MAX_IMPORTED {
            let fault = here(format!("imports more than {MAX_IMPORTED} bytes of scripts, the limit"));
            return Err(fault.help("leave out what the policy does not call"));
        }
        let script = syntax::parse(&shelf.shown(&path), &text)?;
        if let Some((_, _, place)) = script.imports.first() {
            let message = "an imported script cannot import another";
            let fault = PolicyFault::invalid(&script.file, message).at(Some(place.line as usize), None);
            return Err(fault
                .text(&script.text)
                .help("import both into the policy, and hand on what is needed as an argument"));
        }
        imports.push((alias.clone(), path, script));
    }
    Ok(imports)
}
