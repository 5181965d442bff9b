//! Rego, through `regorus`: the policy is `policy.rego`, compiled for its register machine. The whole decision of a case is
//! one query, read back from the object that it gives.

use crate::{
    answer::{Allocation, Code, Contact, Effect, Effects, Standards, Tier},
    eager::Whole,
    facts::{Fact, Value as FactValue},
    inputs::fact_value,
};
use brag::{
    case::words::{Grade, Place},
    decision::standard::Unit,
};
use regorus::{Engine, Value, languages::rego::compiler::Compiler, rvm::vm::RegoVM};
use serde_json::{Map, Value as Json};

const DECISION: &str = "data.bgsw.decision";

/// The compiled policy, and the input of each case.
pub struct Rego {
    vm: RegoVM,
    cases: Vec<Value>,
    /// The case that was decided last, its tier and what follows from that.
    last: Option<(usize, Tier, Standards)>,
}

impl Rego {
    /// Compiles the policy.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new() -> Result<Self, String> {
        let mut engine = Engine::new();
        let text = include_str!("policy.rego").to_owned();
        engine.add_policy("policy.rego".to_owned(), text).map_err(|error| error.to_string())?;
        let compiled = engine.compile_with_entrypoint(&DECISION.into()).map_err(|error| error.to_string())?;
        let program = Compiler::compile_from_policy(&compiled, &[DECISION]).map_err(|error| error.to_string())?;
        let mut vm = RegoVM::new();
        vm.load_program(program);
        Ok(Self { vm, cases: Vec::new(), last: None })
    }

    /// Runs the query for a case, with more of its input.
    fn query(&mut self, at: usize, more: impl Iterator<Item = (&'static str, Json)>) -> Result<Value, String> {
        let mut input = self.cases.get(at).ok_or("no such case")?.clone();
        let mut more = more.peekable();
        if more.peek().is_some() {
            let fields = input.as_object_mut().map_err(|error| error.to_string())?;
            for (name, value) in more {
                fields.insert(name.into(), value.into());
            }
        }
        self.vm.set_input(input);
        self.vm.execute_entry_point_by_index(0).map_err(|error| error.to_string())
    }
}

impl Whole for Rego {
    const NAME: &'static str = "regorus";

    fn prepare(&mut self, cases: Vec<Map<String, Json>>) -> Result<(), String> {
        self.cases = cases.into_iter().map(|inputs| Json::Object(inputs).into()).collect();
        self.last = None;
        Ok(())
    }

    fn rules(&mut self, at: usize, extra: &[(Fact, FactValue)]) -> Result<Effects, String> {
        let found = self.query(at, extra.iter().map(|(fact, value)| (fact.name(), fact_value(*value))))?;
        let said = field(&found, "effects").and_then(|said| said.as_array().ok()).ok_or("no effects")?;
        let mut effects = Effects::default();
        for (effect, said) in effects.iter_mut().zip(said.iter()) {
            *effect = read_effect(said);
        }
        let tier = field(&found, "tier").and_then(|tier| Tier::parse(word(tier)));
        self.last = match (tier, read_standards(&found)) {
            (Some(tier), Some(standards)) if extra.is_empty() => Some((at, tier, standards)),
            _ => None,
        };
        Ok(effects)
    }

    fn standards(&mut self, at: usize, extra: &[(Fact, FactValue)], tier: Tier) -> Result<Standards, String> {
        match self.last {
            Some((last, of, standards)) if last == at && of == tier && extra.is_empty() => return Ok(standards),
            _ => {}
        }
        let facts = extra.iter().map(|(fact, value)| (fact.name(), fact_value(*value)));
        let found = self.query(at, facts.chain([("tier", tier.as_str().into())]))?;
        read_standards(&found).ok_or_else(|| "no standards".to_owned())
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.as_object().ok()?.get(&name.into())
}

fn word(value: &Value) -> &str {
    value.as_string().map_or("", |word| word.as_ref())
}

fn read_effect(said: &Value) -> Effect {
    let tier = |name| field(said, name).and_then(|tier| Tier::parse(word(tier)));
    let flag = || field(said, "flag").and_then(|code| Code::parse(word(code))).map(Effect::Flag);
    let floor = tier("at_least").map(Effect::AtLeast);
    floor.or_else(|| tier("decide").map(Effect::Decide)).or_else(flag).unwrap_or_default()
}

fn read_standards(found: &Value) -> Option<Standards> {
    let found = field(found, "standards")?;
    let allocation = field(found, "allocation")?;
    let number = |of: &Value, name| field(of, name).and_then(|number| number.as_u32().ok());
    let contact = field(found, "contact").filter(|contact| contact.as_object().is_ok()).and_then(|contact| {
        let (mode, accepts) = match word(field(contact, "mode")?) {
            "hub" => ("hub", 6),
            "custody" => ("custody", 2),
            _ => ("face_to_face", 4),
        };
        Some(Contact {
            every: number(contact, "every")?,
            unit: if word(field(contact, "unit")?) == "month" { Unit::Month } else { Unit::Week },
            mode,
            first_within: number(contact, "first_within"),
            upcoming: number(contact, "upcoming")?,
            accepts,
        })
    });
    Some(Standards {
        contact,
        review_days: number(found, "review"),
        allocation: Some(Allocation {
            grade: if word(field(allocation, "grade")?) == "po" { Grade::Po } else { Grade::Pso },
            from: if word(field(allocation, "from")?) == "operational_hub" {
                Place::OperationalHub
            } else {
                Place::FrontOffice
            },
        }),
    })
}
