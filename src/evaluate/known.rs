//! Known values: a value is a value, and a condition holds or does not. A fact that is missing ends the walk.

mod operations;

use crate::{
    case::input::{Entry, GroupId, InputId},
    evaluate::{
        domain::Domain,
        inputs::Inputs,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::{Builtin, nested, takes_something_else},
        datum::Datum,
        lower::unknown_name,
        program::Label,
        tree::Place,
        wrong::Wrong,
    },
};
use rust_decimal::Decimal;
use std::{rc::Rc, sync::Arc};

/// The inputs of one case, each read when it is first asked for.
#[derive(Debug)]
pub struct Known {
    /// What a rule sees of the case.
    pub inputs: Inputs,
    /// What was read already, by the number of the input.
    slots: Vec<Option<Datum>>,
    filled: Vec<u16>,
}

impl Known {
    /// Over some inputs.
    #[must_use]
    pub fn new(inputs: Inputs) -> Self {
        let count = inputs.facts.inputs.all().len();
        Self { inputs, slots: vec![None; count], filled: Vec::new() }
    }

    /// Turns to other inputs.
    pub fn turn_to(&mut self, inputs: Inputs) {
        self.inputs = inputs;
        for slot in self.filled.drain(..) {
            if let Some(slot) = self.slots.get_mut(usize::from(slot)) {
                *slot = None;
            }
        }
    }

    /// What an input holds.
    pub(super) fn read(&mut self, input: InputId) -> Walked<Datum> {
        let at = usize::from(input.0);
        if let Some(Some(known)) = self.slots.get(at) {
            return Ok(known.clone());
        }
        let view = self.inputs.view(input, false).map_err(|unknown| Stop::Unknown(unknown.0))?;
        let datum = Datum::from(view);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some(datum.clone());
            self.filled.push(input.0);
        }
        Ok(datum)
    }
}

/// A list or table with another entry at a place.
fn with_part(
    machine: &mut Machine<'_, Known>,
    mut whole: Datum,
    at: &Datum,
    part: Datum,
    place: Place,
) -> Walked<Datum> {
    let room = whole.bytes() + at.as_text().map_or(0, |name| name.len() as u64);
    machine.env.budget.room(room).map_err(|wrong| machine.wrong(wrong, place))?;
    let depth = part.depth().saturating_add(1);
    match (&mut whole, at) {
        (Datum::List(list), Datum::Whole(number)) => {
            let list = Rc::make_mut(list);
            let found = crate::language::builtins::place(*number, list.items.len());
            let Some(entry) = found.and_then(|at| list.items.get_mut(at)) else {
                let wrong = Wrong::new("changes an entry that a list does not have");
                return Err(machine.wrong(wrong.help("test its `len()` first"), place));
            };
            *entry = part;
            list.depth = list.depth.max(depth);
        }
        (Datum::Table(table), name) if name.as_text().is_some() => {
            let (table, name) = (Rc::make_mut(table), name.as_text().unwrap_or_default());
            table.depth = table.depth.max(depth);
            match table.entries.iter_mut().find(|(known, _)| **known == *name) {
                Some((_, entry)) => *entry = part,
                None => table.entries.push((name.to_owned().into(), part)),
            }
        }
        _ => {
            let wrong = Wrong::new(format!("changes a part of {}", whole.kind()));
            return Err(machine.wrong(wrong.help("only lists and tables in a variable have parts to change"), place));
        }
    }
    nested(whole).map_err(|wrong| machine.wrong(wrong, place))
}

/// The same, with the comparison kept.
#[cold]
fn traced(
    machine: &mut Machine<'_, Known>,
    word: &'static Builtin,
    run: fn(&mut crate::language::builtins::Env, &mut [Datum]) -> crate::language::builtins::Given,
    given: &mut [Datum],
    place: Place,
) -> Walked<Datum> {
    let before: Vec<Datum> = given.to_vec();
    let made = run(&mut machine.env, given).map_err(|wrong| machine.wrong(named(wrong, word, &before), place))?;
    let at = (machine.script, place);
    let Some(trace) = &mut machine.trace else { return Ok(made) };
    if let ([left, right], Datum::Bool(holds)) = (before.as_slice(), &made) {
        match word.name {
            "contains" if matches!(left, Datum::List(_)) => trace.compared(at, right, "in", left, *holds),
            "==" | "!=" | "<" | "<=" | ">" | ">=" | "reaches" => trace.compared(at, left, word.name, right, *holds),
            _ => {}
        }
    }
    if let ("reaching", [Datum::List(scores), Datum::List(rows)]) = (word.name, before.as_slice()) {
        for (score, row) in scores.items.iter().zip(&rows.items) {
            let Some(cut_off) = row.as_list().and_then(|row| row.get(1)) else { continue };
            let reached = score.as_number().zip(cut_off.as_number()).is_some_and(|(score, least)| score >= least);
            trace.compared(at, score, ">=", cut_off, reached);
        }
    }
    Ok(made)
}

/// What a word found wrong; where it only takes other kinds of values, what it was given.
pub(super) fn named(wrong: Wrong, word: &Builtin, given: &[Datum]) -> Wrong {
    if wrong.is_given { takes_something_else(word, given) } else { wrong }
}

/// What to say of a value that is asked as a condition.
pub(super) fn no_condition(value: &Datum) -> Wrong {
    if value.is_absent() {
        return Wrong::new("asks whether something holds that this case does not give")
            .help("test it first: `known(...) && ...`");
    }
    Wrong::new(format!("a condition is true or false, and this is {}", value.kind()))
        .help("compare it with something: `... >= 50`, `... == \"high\"`")
}

/// What to say of a value that is gone through.
pub(super) fn no_list(value: &Datum) -> Wrong {
    if value.is_absent() {
        return Wrong::new("goes through a list that this case does not give")
            .help("test it first: `known(...) && ...`");
    }
    Wrong::new(format!("goes through {}, which is no list", value.kind())).help("`for` and its like need a list")
}

fn no_field(name: &str) -> Wrong {
    Wrong::new(format!("nothing here is called `{name}`")).help("`brag show inputs` lists every input")
}

pub(super) fn no_fields(value: &Datum, name: &str) -> Wrong {
    if value.is_absent() {
        let wrong = Wrong::new(format!("asks for `{name}` of something that this case does not give"));
        return wrong.help("test it first: `if entry != () { ... }`, or write `?.`");
    }
    Wrong::new(format!("asks for `{name}` of {}", value.kind())).help(if matches!(value, Datum::List(_)) {
        "ask its entries: `.some(|one| ...)`, `for one in ...`; how many there are is `.len()`"
    } else {
        "only tables and groups of inputs have fields"
    })
}

fn no_input(machine: &Machine<'_, Known>, group: GroupId, key: &Datum) -> Wrong {
    let path = &machine.domain.inputs.facts.inputs.group(group).path;
    match key {
        Datum::Text(_) => Wrong::new(format!("`person.{path}` has nothing of the name that it is asked for"))
            .help("`brag show inputs` lists every input"),
        other => Wrong::new(format!("`person.{path}` is asked for an entry by {}", other.kind()))
            .help("ask by a word, such as \"drugs\""),
    }
}

fn group_entry(machine: &mut Machine<'_, Known>, group: GroupId, name: &str, place: Place) -> Walked<Datum> {
    let inputs = Arc::clone(&machine.domain.inputs.facts.inputs);
    match inputs.group(group).entries.get(name) {
        Some(Entry::Group(inner)) => Ok(Datum::Group(*inner)),
        Some(Entry::Input(input)) => Known::input(machine, *input, place),
        None => {
            let (_, help) = unknown_name(&inputs, group, name);
            let of =
                [&["person"], inputs.group(group).path.split_terminator('.').collect::<Vec<_>>().as_slice()].concat();
            let wrong = Wrong::about(name, format!("`{}` has no input {{}}", of.join(".")));
            Err(machine.wrong(wrong.help(help), place))
        }
    }
}

/// Whether a value is what an arm of a `switch` is for: the same by `==`, or a number in its range.
pub(super) fn matches(value: &Datum, label: &Label) -> bool {
    use crate::case::value::Value;
    match (value, label) {
        (Datum::Whole(value), Label::Range(from, to)) => (from..to).contains(&value),
        (Datum::Decimal(value), Label::Range(from, to)) => *value >= (*from).into() && *value < (*to).into(),
        (Datum::Absent, Label::Value(Value::Absent)) => true,
        (Datum::Bool(value), Label::Value(Value::Bool(label))) => value == label,
        (Datum::Whole(value), Label::Value(Value::Whole(label))) => value == label,
        (Datum::Whole(value), Label::Value(Value::Decimal(label))) => Decimal::from(*value) == *label,
        (Datum::Decimal(value), Label::Value(Value::Whole(label))) => *value == (*label).into(),
        (Datum::Decimal(value), Label::Value(Value::Decimal(label))) => value == label,
        (value, Label::Value(Value::Text(label))) => value.as_text() == Some(label),
        _ => false,
    }
}
