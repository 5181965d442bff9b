//! A policy with one thing in it otherwise than its files say: what would come out if it were written so.

use super::{Policy, changes, parameters::Parameter};
use crate::{
    case::value::Value,
    language::{
        check,
        lower::{Known, lower_with},
        program::{Program, Source},
        syntax,
        tree::{Expr, Script},
    },
};
use jiff::civil::Date;
use std::sync::Arc;

/// The scripts of a policy as they were written: its own, then the imported ones, each with the name that it is given and its
/// path.
#[derive(Debug)]
pub struct Scripts {
    main: Script,
    imports: Vec<(String, String, Script)>,
}

impl Scripts {
    /// Each script with its number in the program.
    pub fn all(&self) -> impl Iterator<Item = (u16, &Script)> {
        (0..).zip(std::iter::once(&self.main).chain(self.imports.iter().map(|(.., script)| script)))
    }
}

impl Policy {
    /// Its scripts, read again; nothing of a policy that could not be read whole.
    #[must_use]
    pub fn scripts(&self) -> Option<Scripts> {
        let read = |source: &Source| syntax::parse(&source.file, &source.text).ok();
        let (own, imported) = self.program.scripts.split_first()?;
        let main = read(own)?;
        let named = main.imports.iter().zip(imported);
        let imports = named.map(|((_, alias, _), source)| Some((alias.clone(), source.path.clone(), read(source)?)));
        Some(Scripts { imports: imports.collect::<Option<_>>()?, main })
    }

    /// The same with another expression in the place of one of its scripts'; nothing where the language does not take that.
    #[must_use]
    pub fn with_expression(&self, scripts: &Scripts, of: &Expr, by: &Expr) -> Option<Self> {
        let names: Vec<String> = self.parameters.by_name.keys().cloned().collect();
        let known = Known { inputs: &self.inputs, tiers: &self.tiers, parameters: &names };
        let (program, faults) = lower_with(&scripts.main, &scripts.imports, known, Some((of, by)));
        let is_sound = faults.is_empty() && check::faults(&program, known).is_empty();
        is_sound.then(|| Self { program: Arc::new(program), ..self.clone() })
    }

    /// The same without one of its rules.
    #[must_use]
    pub fn without_rule(&self, name: &str) -> Self {
        let mut program = Program::clone(&self.program);
        program.rules.retain(|entry| *entry.rule.name != *name);
        Self { program: Arc::new(program), ..self.clone() }
    }

    /// The same with another value of a parameter from a date on.
    #[must_use]
    pub fn with_number(&self, name: &str, from: Date, value: &Value) -> Self {
        let mut other = self.clone();
        let parameter = other.parameters.by_name.get_mut(name);
        if let Some(dated) = parameter.and_then(|parameter| parameter.values.get_mut(&from)) {
            dated.value = value.clone();
        }
        other
    }

    /// The same with another course of a parameter through time, or without it.
    #[must_use]
    pub fn with_parameter(&self, name: &str, parameter: Option<Parameter>) -> Self {
        let mut other = self.clone();
        match parameter {
            Some(parameter) => drop(other.parameters.by_name.insert(name.to_owned(), parameter)),
            None => drop(other.parameters.by_name.remove(name)),
        }
        other.changes = changes(&other.program, &other.parameters);
        other
    }

    /// The same with another policy in the place of the one of its name: of itself, or of one that runs with it.
    #[must_use]
    pub fn with_member(&self, member: Self) -> Self {
        if *member.name == *self.name {
            return member;
        }
        let mut other = self.clone();
        other.companions.iter_mut().filter(|one| *one.name == *member.name).for_each(|one| *one = member.clone());
        other
    }
}
