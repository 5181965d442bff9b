//! The Common Expression Language, through `cel`. It has no functions and no statements: what several rules share is an
//! expression of its own, worked out once a case and bound as a variable; each rule is one expression that gives a tier, a
//! flag or nothing. That the highest floor wins and what record a standard's name stands for is said outside, in Rust.

use crate::{
    answer::{Effects, Standards, Tier},
    eager::{Whole, effect, parameters, standards},
    facts::{Fact, Value as FactValue},
    inputs::fact_value,
};
use cel::{Context, Program, Value};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

const SHARED: [(&str, &str); 10] = [
    ("levels", "[rosh, rosh_public, rosh_children, rosh_known_adult, rosh_staff]"),
    (
        "level",
        "'very_high' in levels ? 'very_high' : 'high' in levels ? 'high' : 'medium' in levels ? 'medium' : 'low'",
    ),
    (
        "disputed",
        "registrations.exists(r, r in p.disputing) || mappa || previous_offences.exists(o, o in p.disputing_offences) \
         || victim_vulnerable || category in p.disputing_offences",
    ),
    ("harm", "level == 'low' && disputed ? 'medium' : level"),
    (
        "likely",
        "ogrs3 >= 90 || ogp >= 85 || ovp >= 80 ? 'very_high' : ogrs3 >= 75 || ogp >= 67 || ovp >= 60 ? 'high' : \
         ogrs3 >= 50 || ogp >= 34 || ovp >= 30 ? 'medium' : 'low'",
    ),
    (
        "needs",
        "(accommodation >= 2 ? 1 : 0) + (ete >= 3 ? 1 : 0) + (relationships >= 2 ? 1 : 0) + (lifestyle >= 2 ? 1 : 0) \
         + (drugs >= 2 ? 1 : 0) + (alcohol >= 4 ? 1 : 0) + (thinking >= 4 ? 1 : 0) + (attitudes >= 2 ? 1 : 0)",
    ),
    ("is_vulnerable", "domestic_abuse_victim || vulnerable || registrations.exists(r, r in p.vulnerable)"),
    ("is_safeguarding", "registrations.exists(r, r in p.safeguarding)"),
    (
        "engages_poorly",
        "engagement == 'poor' || \
         contacts.filter(c, c.outcome == 'unacceptable_absence' && c.day >= today - 90).size() >= 2",
    ),
    (
        "risk",
        "harm == 'medium' && likely == 'low' && needs <= 1 && !is_vulnerable && !is_safeguarding && !engages_poorly \
         && !disputed ? 'Green' : p.matrix[harm][likely]",
    ),
];

const RULES: [&str; 13] = [
    "in_custody && !iom ? 'Blue' : ''",
    "!iom ? '' : harm != 'low' || likely == 'very_high' ? 'Red' : 'Red-Amber'",
    "risk",
    "rsr >= 6.9 ? 'Red' : rsr >= 3.0 ? 'Amber' : ''",
    "is_safeguarding ? 'Amber' : ''",
    "needs >= 5 ? p.one_step_up[risk] : ''",
    "is_vulnerable ? p.one_step_up[risk] : ''",
    "engages_poorly ? p.one_step_up[risk] : ''",
    "level == 'low' && disputed ? 'reassess_rosh' : ''",
    "weeks_to_release >= 0 && weeks_to_release < 12 ? 'assess_for_release' : ''",
    "vulnerable || learning_difficulty || interpreter_required || domestic_abuse_victim || rural \
     ? 'induction_one_to_one' : ''",
    "rural || evening_reporting || caring_responsibilities || interpreter_required ? 'reporting_arrangements' : ''",
    "sex == 'female' && !female_officer_asked ? 'offer_female_officer' : ''",
];

const CONTACT: &str = "in_custody ? (iom ? 'iom_custody' : '') : tier != 'Green' ? tier : \
    managed_from == 'operational_hub' && single_unpaid_work && level == 'low' ? 'hub' : \
    level == 'low' ? 'green_low' : 'green_medium'";
const REVIEW: &str = "in_community ? 42 : 0";
const ALLOCATION: &str = "tier == 'Green' && single_unpaid_work && level == 'low' ? 'hub' : \
    tier == 'Red' || (tier == 'Blue' && iom) ? 'po' : 'pso'";

/// The programs, and a context for each case that its inputs are bound in before anything is timed.
pub struct Cel {
    root: &'static Context<'static, 'static>,
    cases: Vec<Context<'static, 'static>>,
    shared: Vec<(&'static str, Program)>,
    rules: Vec<Program>,
    contact: Program,
    review: Program,
    allocation: Program,
    /// The level of the case that was decided last, for its standards.
    last: Option<(usize, Value)>,
}

impl Cel {
    /// Compiles the expressions.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them.
    pub fn new() -> Result<Self, String> {
        let mut root = Context::default();
        root.add_variable_from_value("p", to_cel(&parameters()));
        let shared = SHARED.iter().map(|(name, text)| Ok((*name, compile(text)?)));
        Ok(Self {
            // One context for the life of the program, which those of the cases refer to.
            root: Box::leak(Box::new(root)),
            cases: Vec::new(),
            shared: shared.collect::<Result<_, String>>()?,
            rules: RULES.iter().map(|text| compile(text)).collect::<Result<_, String>>()?,
            contact: compile(CONTACT)?,
            review: compile(REVIEW)?,
            allocation: compile(ALLOCATION)?,
            last: None,
        })
    }

    fn scope(&self, at: usize, extra: &[(Fact, FactValue)]) -> Result<Context<'_, 'static>, String> {
        let mut scope = self.cases.get(at).ok_or("no such case")?.new_inner_scope();
        for (fact, value) in extra {
            scope.add_variable_from_value(fact.name(), to_cel(&fact_value(*value)));
        }
        Ok(scope)
    }
}

impl Whole for Cel {
    const NAME: &'static str = "cel";

    fn prepare(&mut self, cases: Vec<Map<String, Json>>) -> Result<(), String> {
        self.cases.clear();
        for inputs in cases {
            let mut context = self.root.new_inner_scope();
            for (name, value) in inputs {
                context.add_variable_from_value(name, to_cel(&value));
            }
            self.cases.push(context);
        }
        Ok(())
    }

    fn rules(&mut self, at: usize, extra: &[(Fact, FactValue)]) -> Result<Effects, String> {
        let mut effects = Effects::default();
        let mut level = Value::Null;
        let mut scope = self.scope(at, extra)?;
        for (name, program) in &self.shared {
            let value = run(program, &scope)?;
            if *name == "level" {
                level = value.clone();
            }
            scope.add_variable_from_value(*name, value);
        }
        for (rule, (program, said)) in self.rules.iter().zip(&mut effects).enumerate() {
            *said = effect(rule, &word(run(program, &scope)?)?);
        }
        drop(scope);
        self.last = extra.is_empty().then_some((at, level));
        Ok(effects)
    }

    fn standards(&mut self, at: usize, extra: &[(Fact, FactValue)], tier: Tier) -> Result<Standards, String> {
        let mut scope = self.scope(at, extra)?;
        scope.add_variable_from_value("tier", tier.as_str());
        match &self.last {
            Some((last, level)) if *last == at && extra.is_empty() => {
                scope.add_variable_from_value("level", level.clone());
            }
            _ => {
                for (name, program) in self.shared.iter().take(2) {
                    let value = run(program, &scope)?;
                    scope.add_variable_from_value(*name, value);
                }
            }
        }
        let contact = word(run(&self.contact, &scope)?)?;
        let Value::Int(days) = run(&self.review, &scope)? else { return Err("a review is no number".to_owned()) };
        Ok(standards(&contact, days, &word(run(&self.allocation, &scope)?)?))
    }
}

fn compile(text: &str) -> Result<Program, String> {
    Program::compile(text).map_err(|error| format!("{text}: {error}"))
}

fn run(program: &Program, scope: &Context<'_, '_>) -> Result<Value, String> {
    program.execute(scope).map_err(|error| error.to_string())
}

fn word(value: Value) -> Result<std::sync::Arc<String>, String> {
    match value {
        Value::String(word) => Ok(word),
        other => Err(format!("{other:?} is no word")),
    }
}

fn to_cel(value: &Json) -> Value {
    match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| number.as_f64().map_or(Value::Null, Value::Float), Value::Int)
        }
        Json::String(text) => Value::String(text.clone().into()),
        Json::Array(items) => items.iter().map(to_cel).collect::<Vec<_>>().into(),
        Json::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), to_cel(value))).collect::<HashMap<_, _>>().into()
        }
    }
}
