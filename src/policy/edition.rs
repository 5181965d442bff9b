//! An edition: the rules and numbers of a policy that are in force between two changes, ready to run.

use crate::{
    calendar::WorkingDays,
    case::{input::InputTable, value::Value},
    policy::{
        blank::is_ambiguous,
        effect::Effect,
        engine::{engine, within_book_time, within_time},
        failure::Running,
        fault::PolicyFault,
        parameters::{DatedValue, Parameters},
        rule::Rule,
        script::{Program, Script},
        script_value::{Person, to_script},
        session::{Asked, SharedSession},
        sight::Unknown,
        tiers::Tiers,
        vocabulary::{contact_modes, effects_of, register_effects, register_standards, register_working_days},
        vouched::vouched,
    },
};
use jiff::civil::Date;
use rhai::{CallFnOptions, Dynamic, Engine, FuncArgs, Module, Scope};
use std::{collections::BTreeMap, sync::Arc};

/// The rules and numbers in force between two changes.
#[derive(Debug)]
pub struct Edition {
    engine: Engine,
    main: Script,
    imports: Vec<Script>,
    pub(super) rules: Vec<Rule>,
    pub(super) reserved: BTreeMap<String, Rule>,
    parameters: BTreeMap<String, (Date, DatedValue)>,
    not_yet: BTreeMap<String, Date>,
    pub(super) tiers: Arc<Tiers>,
    days: WorkingDays,
    vouched: BTreeMap<String, bool>,
    has_marks: bool,
    is_watched: bool,
}

/// What a rule said about one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its effects; none when it did not fire.
    pub effects: Vec<Effect>,
    /// What it asked for, in order.
    pub asked: Vec<Asked>,
}

impl Outcome {
    /// That of a rule that did not fire.
    #[must_use]
    pub const fn silent(asked: Vec<Asked>) -> Self {
        Self { effects: Vec::new(), asked }
    }
}

/// Why a rule gave no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It asked for a fact that is not known.
    Unknown(Unknown),
    /// It failed.
    Fault(Box<PolicyFault>),
}

/// What the rules have said so far, for the functions that run after them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoFar {
    /// The tier that the floors and decisions give.
    pub tier: Option<String>,
    /// Points by axis.
    pub points: BTreeMap<String, i64>,
    /// The floor of every rule that set one.
    pub floors: BTreeMap<Arc<str>, Arc<str>>,
}

impl SoFar {
    /// The same as one value.
    #[must_use]
    pub fn as_value(&self) -> Value {
        let tier = self.tier.as_deref().map_or(Value::Absent, |tier| Value::Text(tier.into()));
        let points = self.points.values().map(|points| Value::Whole(*points));
        let floors =
            self.floors.iter().flat_map(|(rule, tier)| [Value::Text(Arc::clone(rule)), Value::Text(Arc::clone(tier))]);
        Value::list(std::iter::once(tier).chain(points).chain(floors))
    }
}

/// An engine that compiles but does not run: it knows which names exist.
pub(super) fn compiler(parameters: &Parameters) -> Engine {
    let mut engine = engine();
    let mut module = Module::new();
    for name in parameters.by_name.keys() {
        module.set_var(name, Dynamic::UNIT);
    }
    engine.register_static_module("param", module.into());
    engine
}

/// An engine with the numbers, tiers and imports of an edition.
fn furnished(
    mut engine: Engine,
    program: &Program,
    in_force: &BTreeMap<String, (Date, DatedValue)>,
    tiers: &Arc<Tiers>,
    days: &WorkingDays,
    not_yet: &BTreeMap<String, Date>,
) -> Result<Engine, PolicyFault> {
    let mut module = Module::new();
    for (name, (_, dated)) in in_force {
        module.set_var(name, to_script(&dated.value));
    }
    engine.register_static_module("param", module.into());
    register_effects(&mut engine, tiers);
    register_working_days(&mut engine, days);
    let values: BTreeMap<String, Value> =
        in_force.iter().map(|(name, (_, dated))| (name.clone(), dated.value.clone())).collect();
    register_standards(&mut engine, &Arc::new(contact_modes(&values)));
    if let Some(watch) = &program.watch {
        watch.register(&mut engine);
    }
    for (alias, script) in &program.imports {
        let module = Module::eval_ast_as_new(Scope::new(), &script.ast, &engine)
            .map_err(|error| Running { scripts: vec![script], rule: None, not_yet, seen: Vec::new() }.fault(&error))?;
        engine.register_static_module(alias, module.into());
    }
    Ok(engine)
}

impl Edition {
    pub(super) fn build(
        engine: Engine,
        program: &Program,
        parameters: &Parameters,
        tiers: &Arc<Tiers>,
        days: &WorkingDays,
        since: Date,
        inputs: &InputTable,
    ) -> Result<Self, PolicyFault> {
        let mut in_force = BTreeMap::new();
        let mut not_yet = BTreeMap::new();
        for (name, parameter) in &parameters.by_name {
            if let Some((from, dated)) = parameter.on(since) {
                in_force.insert(name.clone(), (from, dated.clone()));
            } else if let Some(first) = parameter.values.keys().next() {
                not_yet.insert(name.clone(), *first);
            }
        }
        let engine = furnished(engine, program, &in_force, tiers, days, &not_yet)?;
        let rules: Vec<Rule> = program.rules.iter().filter(|rule| rule.holds_on(since)).cloned().collect();
        Ok(Self {
            engine,
            main: program.main.clone(),
            imports: program.imports.values().cloned().collect(),
            days: days.clone(),
            vouched: vouched(program, inputs),
            has_marks: in_force.values().any(|(_, dated)| is_ambiguous(&dated.value)),
            is_watched: program.watch.is_some(),
            rules,
            reserved: program.reserved.clone(),
            parameters: in_force,
            not_yet,
            tiers: Arc::clone(tiers),
        })
    }

    /// The rules in force, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The numbers in force, with the date from which each holds.
    #[must_use]
    pub const fn parameters(&self) -> &BTreeMap<String, (Date, DatedValue)> {
        &self.parameters
    }

    /// The text of the rules, to draw a line from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.main.text
    }

    /// The tiers of the policy.
    #[must_use]
    pub fn tiers(&self) -> &Tiers {
        &self.tiers
    }

    /// Whether the policy defines a function of a reserved name.
    #[must_use]
    pub fn has(&self, reserved: &str) -> bool {
        self.reserved.contains_key(reserved)
    }

    /// The working days that its words reckon with.
    #[must_use]
    pub const fn days(&self) -> &WorkingDays {
        &self.days
    }

    /// Whether its conditions are watched, so that every rule must run for every case.
    #[must_use]
    pub const fn is_watched(&self) -> bool {
        self.is_watched
    }

    /// Whether a function of the policy can be run without knowing the values of the case.
    #[must_use]
    pub fn vouches_for(&self, name: &str) -> bool {
        self.vouched.contains_key(name)
    }

    /// Whether such a function can also be given texts with blanks where something of the case stands.
    #[must_use]
    pub fn leaves_blanks(&self, name: &str) -> bool {
        !self.has_marks && self.vouched.get(name).is_some_and(|leaves| *leaves)
    }

    /// Runs one rule over the case of a session.
    ///
    /// # Errors
    ///
    /// When the rule asks for a fact that is not known, or fails.
    pub fn run_script(&self, rule: &Rule, session: &SharedSession) -> Result<Outcome, Stop> {
        session.lock().begin();
        let returned = self.call(&rule.name, (Person(crate::case::input::InputTable::root()),), session)?;
        let effects = effects_of(&returned).map_err(|found| {
            let message = format!("returned {found}, which is no effect");
            let help = "a rule returns nothing, one effect, or a list of effects";
            let fault = PolicyFault::failed(&rule.file, message).at(Some(rule.line), None).text(&self.main.text);
            Stop::Fault(Box::new(fault.rule(&rule.name).help(help)))
        })?;
        Ok(Outcome { effects, asked: session.lock().end() })
    }

    pub(super) fn wrong(&self, rule: &Rule, message: &str, help: &str) -> Stop {
        let fault = PolicyFault::failed(&rule.file, message).at(Some(rule.line), None).text(&self.main.text);
        Stop::Fault(Box::new(fault.rule(&rule.name).help(help)))
    }

    /// Runs a function that is about no single case.
    pub(super) fn call_without_case(&self, name: &str, arguments: impl FuncArgs) -> Result<Dynamic, Box<PolicyFault>> {
        let options = CallFnOptions::new().eval_ast(false);
        let mut scope = Scope::new();
        let called =
            || self.engine.call_fn_with_options::<Dynamic>(options, &mut scope, &self.main.ast, name, arguments);
        within_book_time(called).map_err(|error| {
            let scripts = std::iter::once(&self.main).chain(&self.imports).collect();
            let rule = self.reserved.get(name);
            Box::new(Running { scripts, rule, not_yet: &self.not_yet, seen: Vec::new() }.fault(&error))
        })
    }

    pub(super) fn call(&self, name: &str, arguments: impl FuncArgs, session: &SharedSession) -> Result<Dynamic, Stop> {
        let options = CallFnOptions::new().eval_ast(false).with_tag(session.clone());
        let mut scope = Scope::new();
        let called =
            || self.engine.call_fn_with_options::<Dynamic>(options, &mut scope, &self.main.ast, name, arguments);
        within_time(called).map_err(|error| {
            let mut session = session.lock();
            if let Some(unknown) = session.unknown() {
                return Stop::Unknown(unknown);
            }
            let asked = session.end();
            let seen = asked.iter().filter_map(|asked| {
                let (value, _) = session.sight().look_up(asked.input, asked.presence).ok()?;
                Some((session.facts().inputs.get(asked.input).path.clone(), value))
            });
            let seen = seen.collect();
            let rule = self.rules.iter().find(|rule| *rule.name == *name).or(self.reserved.get(name));
            let scripts = std::iter::once(&self.main).chain(&self.imports).collect();
            Stop::Fault(Box::new(Running { scripts, rule, not_yet: &self.not_yet, seen }.fault(&error)))
        })
    }
}
