//! LuaJIT, through `mlua`: the rules are `policy.lua`. Cases are tables before anything is timed, and answers stay tables.

use crate::{
    answer::{Allocation, Answer, Code, Contact, Effect, Effects, Flags, Standards, Tier, tier_of},
    book::Book,
    facts::{Assumed, Fact},
    inputs::{fact_value, inputs},
    peer::{Language, Peer, Stop},
    range,
};
use brag::{
    case::{
        Case,
        words::{Grade, Place},
    },
    language::standard::Unit,
};
use mlua::{Function, Lua, Table, Value};
use serde_json::Value as Json;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// The peer.
pub struct LuaPeer {
    name: &'static str,
    lua: Lua,
    rules: Rules,
    decide: Function,
    decide_all: Function,
    direct: Vec<bool>,
}

struct Rules {
    people: Table,
    tries: Function,
    try_standards: Function,
}

impl LuaPeer {
    /// Loads the script, to be interpreted or compiled as it runs.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(name: &'static str, compiled: bool) -> Result<Self, String> {
        Self::load(name, compiled).map_err(|error| error.to_string())
    }

    fn load(name: &'static str, compiled: bool) -> mlua::Result<Self> {
        let lua = Lua::new();
        let module: Table = lua.load(include_str!("policy.lua")).set_name("=policy.lua").call(compiled)?;
        let rules = Rules {
            people: lua.create_table()?,
            tries: module.get("try")?,
            try_standards: module.get("try_standards")?,
        };
        let (decide, decide_all) = (module.get("decide")?, module.get("decide_all")?);
        Ok(Self { name, lua, rules, decide, decide_all, direct: Vec::new() })
    }

    fn fill(&mut self, book: &Book) -> mlua::Result<()> {
        self.rules.people = self.lua.create_table()?;
        for (at, file) in book.cases.iter().enumerate() {
            let person = self.lua.create_table()?;
            for (name, value) in inputs(file, book.frame.on) {
                match &value {
                    // Two flat lists are the quickest form of a history in Lua.
                    Json::Array(contacts) if name == "contacts" => {
                        for (field, list) in [("outcome", "contact_outcomes"), ("day", "contact_days")] {
                            let values = contacts.iter().map(|contact| to_lua(&self.lua, &contact[field]));
                            let values = values.collect::<mlua::Result<Vec<_>>>()?;
                            person.raw_set(list, self.lua.create_sequence_from(values)?)?;
                        }
                    }
                    value => person.raw_set(name, to_lua(&self.lua, value)?)?,
                }
            }
            self.rules.people.raw_set(at + 1, person)?;
        }
        // What judges an override is Rust, in the helper.
        self.direct = book.cases.iter().map(|_| false).collect();
        for at in &book.complete {
            let judged = book.cases.get(*at).is_some_and(|file| file.case.r#override.is_some());
            if let Some(direct) = self.direct.get_mut(*at) {
                *direct = !judged;
            }
        }
        self.lua.gc_collect()
    }

    fn is_direct(&self, at: usize) -> bool {
        self.direct.get(at).copied().unwrap_or(false)
    }

    fn decide_direct(&self, at: usize) -> mlua::Result<Option<Answer>> {
        let person: Table = self.rules.people.raw_get(at + 1)?;
        answer(&self.decide.call(person)?)
    }

    fn decide_directly(&self, which: &[usize]) -> mlua::Result<()> {
        let which = self.lua.create_sequence_from(which.iter().map(|at| at + 1))?;
        let answers = self.lua.create_table()?;
        self.decide_all.call::<()>((&self.rules.people, which, &answers))?;
        black_box(answers);
        Ok(())
    }
}

impl Peer for LuaPeer {
    fn name(&self) -> &'static str {
        self.name
    }

    fn prepare(&mut self, book: &Book) -> Result<(), String> {
        self.fill(book).map_err(|error| error.to_string())
    }

    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String> {
        if self.is_direct(at) {
            let found = self.decide_direct(at).map_err(|error| error.to_string())?;
            return found.ok_or_else(|| "LuaJIT gave no answer that can be read".to_owned());
        }
        range::decide(&mut self.rules, at, &book.case(at)?.case, &book.frame)
    }

    /// Complete cases are one loop in Lua; the others go through the helper one by one.
    fn pass(&mut self, book: &Book, which: &[usize]) -> Result<Duration, String> {
        let (direct, open): (Vec<usize>, Vec<usize>) = which.iter().partition(|at| self.is_direct(**at));
        // The collector would walk the inputs of every case that was prepared, which is no part of deciding one.
        self.lua.gc_stop();
        let began = Instant::now();
        self.decide_directly(&direct).map_err(|error| error.to_string())?;
        for at in open {
            black_box(self.decide(book, at)?);
        }
        let spent = began.elapsed();
        self.lua.gc_restart();
        Ok(spent)
    }
}

impl From<mlua::Error> for Stop {
    fn from(error: mlua::Error) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Rules {
    /// The table of a person with values for missing facts; every fact that the case does not give is set or cleared.
    fn person(&self, at: usize, case: &Case, assumed: &Assumed) -> mlua::Result<Table> {
        let person: Table = self.people.raw_get(at + 1)?;
        for fact in Fact::ALL {
            if fact.given(case).is_none() {
                match assumed.get(fact).map(fact_value) {
                    Some(Json::String(word)) => person.raw_set(fact.name(), word)?,
                    Some(number) => person.raw_set(fact.name(), number.as_f64())?,
                    None => person.raw_set(fact.name(), Value::Nil)?,
                }
            }
        }
        Ok(person)
    }
}

impl Language for Rules {
    fn rules(&mut self, at: usize, case: &Case, assumed: &Assumed) -> Result<Effects, Stop> {
        match self.tries.call(self.person(at, case, assumed)?)? {
            (true, Value::Integer(packed)) => Ok(unpack(packed.unsigned_abs())),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "52 bits, and whole")]
            (true, Value::Number(packed)) => Ok(unpack(packed as u64)),
            (_, value) => Err(stop(&value)),
        }
    }

    fn standards(&mut self, at: usize, case: &Case, assumed: &Assumed, tier: Tier) -> Result<Standards, Stop> {
        match self.try_standards.call((self.person(at, case, assumed)?, tier.as_str()))? {
            (true, Value::Table(found)) => Ok(standards(&found)?),
            (_, value) => Err(stop(&value)),
        }
    }
}

/// A missing fact ends a run with its name.
fn stop(value: &Value) -> Stop {
    let said = value.to_string().unwrap_or_default();
    Fact::named(&said).map_or(Stop::Failed(said), Stop::Missing)
}

fn unpack(mut packed: u64) -> Effects {
    let mut effects = Effects::default();
    for effect in &mut effects {
        *effect = match packed % 16 {
            1 => Effect::AtLeast(Tier::Blue),
            2 => Effect::AtLeast(Tier::Green),
            3 => Effect::AtLeast(Tier::Amber),
            4 => Effect::AtLeast(Tier::RedAmber),
            5 => Effect::AtLeast(Tier::Red),
            6 => Effect::Decide(Tier::Blue),
            7 => Effect::Flag(Code::ReassessRosh),
            8 => Effect::Flag(Code::AssessForRelease),
            9 => Effect::Flag(Code::InductionOneToOne),
            10 => Effect::Flag(Code::ReportingArrangements),
            11 => Effect::Flag(Code::OfferFemaleOfficer),
            _ => Effect::Nothing,
        };
        packed /= 16;
    }
    effects
}

fn to_lua(lua: &Lua, value: &Json) -> mlua::Result<Value> {
    Ok(match value {
        Json::Null => Value::Nil,
        Json::Bool(value) => Value::Boolean(*value),
        Json::Number(number) => number.as_f64().map_or(Value::Nil, Value::Number),
        Json::String(text) => Value::String(lua.create_string(text)?),
        Json::Array(items) => {
            let items = items.iter().map(|item| to_lua(lua, item)).collect::<mlua::Result<Vec<_>>>()?;
            Value::Table(lua.create_sequence_from(items)?)
        }
        Json::Object(fields) => {
            let table = lua.create_table()?;
            for (name, value) in fields {
                table.raw_set(name.as_str(), to_lua(lua, value)?)?;
            }
            Value::Table(table)
        }
    })
}

/// Reads an answer as the script recorded it.
fn answer(found: &Table) -> mlua::Result<Option<Answer>> {
    let recorded: Table = found.get("effects")?;
    let mut effects = Effects::default();
    for (place, effect) in effects.iter_mut().enumerate() {
        if let Value::Table(record) = recorded.get(place + 1)? {
            let word = |name: &str| record.get::<Option<String>>(name);
            let tier = |word: Option<String>| word.as_deref().and_then(Tier::parse);
            let floor = tier(word("at_least")?).map(Effect::AtLeast);
            let decided = tier(word("decide")?).map(Effect::Decide);
            let flag = word("flag")?.as_deref().and_then(Code::parse).map(Effect::Flag);
            *effect = floor.or(decided).or(flag).unwrap_or_default();
        }
    }
    let said: String = found.get("tier")?;
    let tier = Tier::parse(&said).filter(|tier| tier_of(&effects) == Some(*tier));
    let standards = standards(found)?;
    Ok(tier.map(|tier| Answer { tier, computed: tier, lowest: tier, effects, flags: Flags::of(&effects), standards }))
}

fn standards(found: &Table) -> mlua::Result<Standards> {
    let contact = match found.get("contact")? {
        Value::Table(contact) => {
            let (unit, mode): (String, String) = (contact.get("unit")?, contact.get("mode")?);
            let (mode, accepts) = match mode.as_str() {
                "hub" => ("hub", 6),
                "custody" => ("custody", 2),
                _ => ("face_to_face", 4),
            };
            Some(Contact {
                every: contact.get("every")?,
                unit: if unit == "month" { Unit::Month } else { Unit::Week },
                mode,
                first_within: contact.get("first_within")?,
                upcoming: contact.get("upcoming")?,
                accepts,
            })
        }
        _ => None,
    };
    let review_days = match found.get("review")? {
        Value::Boolean(_) => None,
        _ => Some(found.get("review")?),
    };
    let allocation = match found.get("allocation")? {
        Value::Table(allocation) => {
            let (grade, from): (String, String) = (allocation.get("grade")?, allocation.get("from")?);
            Some(Allocation {
                grade: if grade == "po" { Grade::Po } else { Grade::Pso },
                from: if from == "operational_hub" { Place::OperationalHub } else { Place::FrontOffice },
            })
        }
        _ => None,
    };
    Ok(Standards { contact, review_days, allocation })
}
