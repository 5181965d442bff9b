//! Syntax trees in, program out. A helper that is handed `person`, or a part of it, is lowered once for each part, so that
//! every input is known before a case comes; one that is handed nothing else gets a place for its answer.

mod calls;
mod constants;
mod expressions;
mod names;
mod refusal;
mod reserved;
mod scope;
mod statements;

pub use self::{
    constants::{CONSTANTS, excepted},
    names::unknown_name,
    reserved::{RESERVED, follows_from_tier, is_law},
};

use self::{
    constants::{flag_codes, misdeclared, read_constants, source, unused},
    names::{means_person, misnamed},
    refusal::{Lowered, Refusal, marked, outside, refuse},
    reserved::{LAW, dated_in_vain},
    scope::{Scope, changes},
};
use crate::{
    case::{input::InputTable, value::Value},
    language::{
        fault::PolicyFault,
        fault_list::FaultList,
        program::{Argument, Entry, Function, Program},
        rule::{Rule, text},
        tiers::Tiers,
        tree::{self, Place, Script},
    },
};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Deepest nesting of calls.
const MAX_CALLS: usize = 24;
/// Deepest nesting of everything that one rule does, through its calls.
const MAX_NESTING: u16 = 240;
/// Most functions, each counted for every part of `person` that it is handed.
const MAX_FUNCTIONS: usize = 4_000;
/// Most variables of one function.
const MAX_SLOTS: u16 = 200;

/// What scripts are lowered against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The inputs.
    pub inputs: &'a InputTable,
    /// The tiers.
    pub tiers: &'a Tiers,
    /// Names of the parameters, in order.
    pub parameters: &'a [String],
}

/// Lowers a policy's script and what it imports, each with the name that it is given and its path.
///
/// # Errors
///
/// The first thing that the language does not have, or that nothing bears the name of, with its line and what to write.
pub fn lower(main: &Script, imports: &[(String, String, Script)], known: Known<'_>) -> Result<Program, PolicyFault> {
    let (program, found) = lower_on(main, imports, known);
    found.into_iter().next().map_or(Ok(program), Err)
}

/// The same, going on after a fault, with all of them: what is wrong is left out of the program, which is not to be run then.
#[must_use]
pub fn lower_on(main: &Script, imports: &[(String, String, Script)], known: Known<'_>) -> (Program, Vec<PolicyFault>) {
    lower_with(main, imports, known, None)
}

/// The same, with another expression in the place of one of the scripts': what would be if the script said that.
#[must_use]
pub fn lower_with<'a>(
    main: &'a Script,
    imports: &'a [(String, String, Script)],
    known: Known<'a>,
    instead: Option<(&'a tree::Expr, &'a tree::Expr)>,
) -> (Program, Vec<PolicyFault>) {
    let mut program =
        Program { about: main.about.clone(), parameters: known.parameters.to_vec(), ..Program::default() };
    let sources = imports.iter().map(|(_, path, script)| source(script, path));
    program.scripts.extend(std::iter::once(source(main, "")).chain(sources));
    let scripts: Vec<&Script> = std::iter::once(main).chain(imports.iter().map(|(_, _, script)| script)).collect();
    read_constants(main, &mut program);
    let modules = imports.iter().enumerate().map(|(at, (alias, ..))| (alias.as_str(), at + 1)).collect();
    let mut lowering = Lowering {
        program,
        scripts,
        modules,
        known,
        instances: BTreeMap::new(),
        constants: FxHashMap::default(),
        numbers: BTreeMap::new(),
        calling: Vec::new(),
        found: FaultList::default(),
        used: BTreeSet::new(),
        instead,
    };
    for (number, script) in lowering.scripts.clone().into_iter().enumerate() {
        let dated = dated_in_vain(script, number == 0);
        for refusal in misdeclared(script, number == 0, known.inputs).into_iter().chain(dated) {
            lowering.note(number, refusal);
        }
    }
    lowering.names();
    lowering.entries(main);
    lowering.helpers();
    lowering.program.flag_codes = flag_codes(main);
    lowering.program.unused = unused(main, &lowering.used);
    lowering.whole();
    (lowering.program, lowering.found.into_vec())
}

/// One function of one script, for one way of handing it parts of `person`.
type Instance = (usize, String, Vec<Argument>);

struct Lowering<'a> {
    program: Program,
    /// The policy's own script, then the imported ones.
    scripts: Vec<&'a Script>,
    /// Imported scripts by the name that they are given.
    modules: BTreeMap<&'a str, usize>,
    known: Known<'a>,
    instances: BTreeMap<Instance, u32>,
    constants: FxHashMap<Value, usize>,
    /// Conditions by where they stand.
    numbers: BTreeMap<(usize, Place, bool), u32>,
    /// What is being lowered, for calls that go round.
    calling: Vec<(usize, String)>,
    /// What is wrong so far.
    found: FaultList,
    /// The constants and imports of the policy's own script that are used, by name.
    used: BTreeSet<&'a str>,
    /// An expression of the scripts, and what is lowered in its place.
    instead: Option<(&'a tree::Expr, &'a tree::Expr)>,
}

impl<'a> Lowering<'a> {
    /// What is lowered for an expression.
    fn taken(&self, expr: &'a tree::Expr) -> &'a tree::Expr {
        self.instead.filter(|(of, _)| std::ptr::eq(*of, expr)).map_or(expr, |(_, by)| by)
    }

    fn script(&self, number: usize) -> Option<&'a Script> {
        self.scripts.get(number).copied()
    }

    /// The rules and the reserved functions.
    fn entries(&mut self, main: &'a Script) {
        for function in main.functions.iter().filter(|function| !function.private) {
            if let Err(refusal) = self.entry(main, function) {
                self.note(0, *refusal);
            }
        }
        if main.functions.iter().all(|function| function.private) {
            let place = Place { line: 1, column: 0 };
            let (message, help) = ("holds no rule".to_owned(), "a rule is `fn name(person) { ... }`".to_owned());
            self.note(0, Refusal { place, code: "not-a-rule", message, help });
        }
    }

    fn entry(&mut self, main: &'a Script, function: &'a tree::Function) -> Lowered<()> {
        let place = Place { line: function.body.place.line, column: 0 };
        let rule = Rule::read(&function.name, &function.comment, &main.file, place.line as usize).or_else(|bad| {
            refuse("bad-mark", marked(main, function, bad.at).unwrap_or(place), bad.message, bad.help)
        })?;
        let parameters: Vec<&str> = function.parameters.iter().map(String::as_str).collect();
        let reserved = RESERVED.iter().find(|(name, _)| *name == function.name);
        match reserved {
            Some((_, expected)) if parameters == *expected => {}
            Some((name, expected)) => {
                let message = format!("`{name}` takes {}", expected.join(" and "));
                return refuse("not-a-rule", place, message, "give it these parameters, or another name");
            }
            None if is_law(&function.name) && parameters == LAW => {}
            None if is_law(&function.name) => {
                let message = format!("`{}` is a law, and a law takes person and tier", function.name);
                return refuse(
                    "not-a-rule",
                    place,
                    message,
                    "write `fn law_...(person, tier)`, or give it another name",
                );
            }
            None if parameters == ["person"] => {}
            None if means_person(&function.parameters) => return misnamed(function, place),
            None => {
                let message = format!("`{}` is not a rule: a rule takes one parameter, `person`", function.name);
                return refuse("not-a-rule", place, message, "make a helper `private fn`");
            }
        }
        let handed = |name: &&str| if *name == "person" { Argument::Group(0) } else { Argument::Value };
        let arguments = parameters.iter().map(handed).collect();
        let number = self.instance(0, &function.name, arguments, place)?;
        let entry = Entry { rule, function: number };
        match reserved {
            Some((name, _)) => drop(self.program.reserved.insert((*name).to_owned(), entry)),
            None if is_law(&function.name) => self.program.laws.push(entry),
            None => self.program.rules.push(entry),
        }
        Ok(())
    }

    /// Helpers that nothing calls are lowered too: what is wrong in them is wrong now, not on the day of their first call.
    fn helpers(&mut self) {
        for number in 0..self.scripts.len() {
            let Some(script) = self.script(number) else { continue };
            for function in &script.functions {
                let is_known = self.instances.keys().any(|(at, name, handed)| {
                    *at == number && *name == function.name && handed.len() == function.parameters.len()
                });
                // What a rule does that takes `Person` is looked at once it takes `person`.
                if is_known || (!function.private && means_person(&function.parameters)) {
                    continue;
                }
                let handed = |name: &String| if name == "person" { Argument::Group(0) } else { Argument::Value };
                let arguments = function.parameters.iter().map(handed).collect();
                if let Err(refusal) = self.instance(number, &function.name, arguments, function.body.place) {
                    self.note(number, *refusal);
                }
            }
        }
    }

    /// The number of a function that is handed these parts of `person`.
    fn instance(&mut self, script: usize, name: &str, arguments: Vec<Argument>, from: Place) -> Lowered<u32> {
        let key = (script, name.to_owned(), arguments);
        if let Some(number) = self.instances.get(&key) {
            return Ok(*number);
        }
        let Some(function) = self.script(script).and_then(|script| {
            script.functions.iter().find(|one| one.name == name && one.parameters.len() == key.2.len())
        }) else {
            return refuse("unknown-name", from, format!("nothing is called `{name}`"), "name a helper of the script");
        };
        let calls = (script, name.to_owned());
        if self.calling.contains(&calls) {
            let message = format!("`{name}` calls itself, so it might never end");
            return refuse("outside-language", from, message, "go through a list with `for`");
        }
        if self.calling.len() >= MAX_CALLS {
            let message = format!("calls nested more than {MAX_CALLS} deep, the limit");
            return refuse("limit", from, message, "call fewer helpers from helpers");
        }
        if self.program.functions.len() >= MAX_FUNCTIONS {
            let message = format!("more than {MAX_FUNCTIONS} functions, the limit");
            return refuse("limit", from, message, "hand `person` itself to helpers");
        }
        self.calling.push(calls);
        let lowered = self.function(script, function, &key.2);
        self.calling.pop();
        let number = self.add(lowered);
        self.instances.insert(key, number);
        Ok(number)
    }

    fn add(&mut self, function: Function) -> u32 {
        self.program.functions.push(function);
        u32::try_from(self.program.functions.len() - 1).unwrap_or(u32::MAX)
    }

    fn function(&mut self, script: usize, function: &'a tree::Function, arguments: &[Argument]) -> Function {
        let mut scope = Scope::new(script, &function.parameters, arguments);
        scope.changes = changes(&function.body);
        let body = self.block(&function.body, &mut scope);
        let only_groups = !arguments.is_empty() && arguments.iter().all(|one| matches!(one, Argument::Group(_)));
        let place = function.body.place;
        if scope.slots > MAX_SLOTS {
            let message = format!("more than {MAX_SLOTS} variables in one function, the limit");
            let help = "move a part of it into a `private fn`".to_owned();
            self.note(script, Refusal { place, code: "limit", message, help });
        }
        let cell = only_groups.then_some(self.program.cells);
        self.program.cells += u16::from(only_groups);
        if scope.nesting > MAX_NESTING {
            let message = "what this function does is nested too deeply, with the helpers that it calls".to_owned();
            let help = "call fewer helpers from helpers".to_owned();
            self.note(script, Refusal { place, code: "limit", message, help });
        }
        Function {
            name: function.name.as_str().into(),
            text: text(&function.comment),
            place,
            script: u16::try_from(script).unwrap_or(u16::MAX),
            parameters: u16::try_from(arguments.iter().filter(|one| **one == Argument::Value).count())
                .unwrap_or(u16::MAX),
            slots: scope.slots,
            own_nesting: scope.own_nesting,
            nesting: scope.nesting,
            cell,
            body,
        }
    }
}
