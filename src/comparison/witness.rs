//! Who could move, without a book: for every way in which two policies part over a tier a case that shows it, as small as it was
//! found. Cases come from a made-up book, and where none of it moves, from splitting what the rules that differ read at the
//! thresholds of both policies, or from moving their records in time. Each is decided under both before it is told of.

mod smallest;
mod split;

use super::{
    PolicyChange, Sides,
    cause::{Causes, MoveCause},
    sides::Move,
};
use crate::{case::Case, evaluate::inputs::Facts, policy::Policy};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Made-up cases that are tried.
const MADE_UP: usize = 1_500;
/// Most cases that are told of.
const MAX_TOLD: usize = 24;
/// Cases that what a rule reads is split in, where no case has moved yet.
const SPLIT: usize = 40;

/// Cases whose record is moved in time, where no case has moved even so.
const AGED: usize = 60;
/// By how many days.
const DAYS: std::ops::RangeInclusive<i32> = -30..=30;

/// Most steps of the rules that the search takes, and that making the cases small takes after it.
const MAX_STEPS: u64 = 8_000_000;

/// A case that comes out otherwise.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Witness {
    /// The old tier.
    pub old: String,
    /// The new tier.
    pub new: String,
    /// Why it moves.
    pub causes: Vec<MoveCause>,
    /// The inputs that make it move, each with its value; all others are as low as they can be, or absent.
    pub inputs: Vec<WitnessInput>,
    /// The case, as a case file has it.
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub case: Value,
}

/// An input of a case that comes out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WitnessInput {
    /// Its path.
    pub path: String,
    /// Its value.
    pub value: Value,
}

/// Who could move.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Witnesses {
    /// The date that the cases are decided for.
    pub on: Date,
    /// The cases.
    pub found: Vec<Witness>,
    /// Ways to move that are not told of, past a limit.
    pub more: usize,
    /// The rules that differ and hold under neither policy on that date.
    pub not_in_force: Vec<String>,
    /// What differs and bears on no tier.
    pub no_tier: Vec<String>,
    /// What differs and is proved to move no case that lacks nothing.
    pub proved: Vec<String>,
    /// What differs and no case was found for: that is no proof that there is none.
    pub undecided: Vec<String>,
    /// Whether the search came to its limit of steps before it had tried everything.
    pub cut_short: bool,
}

/// Looks for cases that move between two policies on a date, beginning with those of a made-up book.
#[must_use]
pub fn witnesses(old: &Policy, new: &Policy, on: Date, book: impl Iterator<Item = Value>) -> Witnesses {
    let causes = Causes::between(old, new);
    let mut sides = Sides::new(old, new, &causes);
    let people: Vec<Value> = book.take(MADE_UP).collect();
    let mut search = Search { sides: &mut sides, causes: &causes, on, found: BTreeMap::new(), steps: MAX_STEPS };
    for case in &people {
        search.keep(case);
    }
    let (mut no_tier, mut undecided) = (Vec::new(), Vec::new());
    let (not_in_force, differ): (Vec<String>, Vec<String>) =
        differences(old, new).into_iter().partition(|name| is_no_rule_of([old, new], name, on));
    for difference in differ {
        if search.explains(&difference) {
            continue;
        }
        let rules = causes.rules_on(&difference);
        if !people.first().is_some_and(|case| search.bears_on_tier(case, &rules)) {
            no_tier.push(difference);
            continue;
        }
        let found = people.iter().take(SPLIT).find_map(|case| split::moving(&mut search, case, &rules));
        let found = found.or_else(|| {
            let mut others = people.iter().take(AGED).flat_map(|case| DAYS.map(|days| aged(case, days)));
            others.find(|case| search.moves(case).is_some())
        });
        if !found.is_some_and(|case| search.keep(&case) && search.explains(&difference)) {
            undecided.push(difference);
        }
    }
    let cut_short = search.is_spent();
    search.steps = MAX_STEPS;
    let more = search.found.len().saturating_sub(MAX_TOLD);
    let found: Vec<(Move, Value)> = std::mem::take(&mut search.found).into_iter().take(MAX_TOLD).collect();
    let found = found.into_iter().map(|(moved, case)| smallest::smallest(&mut search, &moved, case)).collect();
    Witnesses { on, found, more, not_in_force, no_tier, proved: Vec::new(), undecided, cut_short }
}

/// Whether something is the name of rules of two policies that hold under neither on a date.
fn is_no_rule_of(policies: [&Policy; 2], name: &str, on: Date) -> bool {
    let named =
        policies.into_iter().flat_map(|policy| policy.rules().map(move |rule| (policy.law().unwrap_or(on), rule)));
    let mut named = named.filter(|(_, rule)| &*rule.name == name).peekable();
    named.peek().is_some() && named.all(|(law, rule)| !rule.holds_on(law))
}

/// A case with every date of its record some days earlier: what is counted from dates, which nothing else changes, comes out otherwise.
fn aged(case: &Value, days: i32) -> Value {
    match case {
        Value::Object(fields) => {
            let moved = |(name, value): (&String, &Value)| {
                let value = if name == "assessed_on" { value.clone() } else { aged(value, days) };
                (name.clone(), value)
            };
            Value::Object(fields.iter().map(moved).collect())
        }
        Value::Array(items) => items.iter().map(|item| aged(item, days)).collect(),
        Value::String(text) => {
            let date = text.parse::<Date>().ok().and_then(|date| date.checked_sub(days.days()).ok());
            date.map_or_else(|| case.clone(), |date| date.to_string().into())
        }
        value => value.clone(),
    }
}

/// What differs between two policies by themselves, by name, each once.
fn differences(old: &Policy, new: &Policy) -> Vec<String> {
    let change = PolicyChange::between(old, new);
    let functions = change.functions.into_iter().map(|function| function.name);
    let mut names: Vec<String> = functions.chain(change.numbers.into_iter().map(|number| number.name)).collect();
    names.dedup();
    names.extend(change.others);
    names
}

/// A search for cases that move.
struct Search<'s, 'p> {
    sides: &'s mut Sides<'p>,
    causes: &'s Causes<'p>,
    on: Date,
    /// The first case of each way to move.
    found: BTreeMap<Move, Value>,
    /// Steps that are left.
    steps: u64,
}

impl Search<'_, '_> {
    /// How a case moves, if it does and nothing that it lacks leaves its tier open.
    fn moves(&mut self, case: &Value) -> Option<Move> {
        if self.is_spent() {
            return None;
        }
        let case = Arc::new(Case::quick_json(&case.to_string())?);
        let facts = self.sides.facts(&case, self.on);
        let moved = self.sides.moved(&facts, self.on, self.causes);
        self.count(&facts);
        moved
    }

    /// Counts what was done with some facts.
    fn count(&mut self, facts: &[Arc<Facts>; 2]) {
        self.steps = self.steps.saturating_sub(self.sides.steps_taken(facts));
    }

    /// Whether no steps are left.
    const fn is_spent(&self) -> bool {
        self.steps == 0
    }

    /// Keeps a case if it moves in a way that was not seen; whether it moves.
    fn keep(&mut self, case: &Value) -> bool {
        let Some(moved) = self.moves(case) else { return false };
        self.found.entry(moved).or_insert_with(|| case.clone());
        true
    }

    /// Whether anything that some rules can say of any case bears on its tier.
    fn bears_on_tier(&mut self, case: &Value, rules: &BTreeSet<Arc<str>>) -> bool {
        let case = Case::quick_json(&case.to_string());
        case.is_none_or(|case| self.sides.bear_on_tier(&Arc::new(case), self.on, rules))
    }

    /// Whether a case was found that moves because of something that differs.
    fn explains(&self, difference: &str) -> bool {
        let named = [format!("{difference}: "), format!("{difference} is changed")];
        let is_named = |cause: &MoveCause| {
            let says = |one: &String| named.iter().any(|named| one.starts_with(named));
            *cause.rule == *difference || cause.differs.iter().any(says)
        };
        self.found.keys().any(|moved| moved.causes.iter().any(is_named))
    }
}
