//! Known values: a value is a value, and a condition holds or does not. A fact that is missing ends the walk.

use crate::{
    case::input::{Entry, GroupId, InputId},
    evaluate::{
        domain::{Domain, ListWay, Truth, Way},
        inputs::Inputs,
        machine::{Machine, Read},
        stop::{Stop, Walked},
    },
    language::{
        builtins::{Builtin, Run, nested, takes_something_else},
        datum::{Datum, List},
        lower::unknown_name,
        program::{Label, Node},
        tree::Place,
        wrong::Wrong,
    },
};
use std::{convert::Infallible, rc::Rc, sync::Arc};

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
        let value = self.inputs.value(input, false).map_err(|unknown| Stop::Unknown(unknown.0))?;
        let datum = Datum::from(&value);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some(datum.clone());
            self.filled.push(input.0);
        }
        Ok(datum)
    }
}

impl Domain for Known {
    type Value = Datum;
    type List = Rc<List>;
    type Open = Infallible;
    type Mark = ();

    #[inline]
    fn of(datum: Datum) -> Datum {
        datum
    }

    fn as_known(value: &Datum) -> Option<&Datum> {
        Some(value)
    }

    fn is_anything(_: &Datum) -> bool {
        false
    }

    fn anything(open: Infallible) -> Datum {
        match open {}
    }

    fn anything_at_all() -> Datum {
        Datum::Absent
    }

    fn of_truth(truth: Truth<Infallible>) -> Datum {
        Datum::Bool(truth == Truth::Yes)
    }

    #[inline]
    fn truth(machine: &mut Machine<'_, Self>, value: &Datum, place: Place) -> Walked<Truth<Infallible>> {
        match value {
            Datum::Bool(holds) => Ok((*holds).into()),
            other => Err(machine.wrong(no_condition(other), place)),
        }
    }

    fn is_absent(_: &mut Machine<'_, Self>, value: &Datum) -> Truth<Infallible> {
        value.is_absent().into()
    }

    fn matches(_: &mut Machine<'_, Self>, value: &Datum, label: &Label) -> Truth<Infallible> {
        matches(value, label).into()
    }

    fn both<'p>(
        _: &mut Machine<'p, Self>,
        open: Infallible,
        _: Option<&'p Node>,
        _: Way<'_, 'p, Self>,
        _: Way<'_, 'p, Self>,
    ) -> Walked<Datum> {
        match open {}
    }

    #[inline]
    fn input(machine: &mut Machine<'_, Self>, input: InputId, place: Place) -> Walked<Datum> {
        let presence = machine.presence > 0;
        let datum = if presence {
            let value = machine.domain.inputs.value(input, true).map_err(|unknown| Stop::Unknown(unknown.0))?;
            Datum::from(&value)
        } else {
            machine.domain.read(input)?
        };
        machine.reads.push(Read { input, presence });
        if let (Datum::Bool(holds), Some(trace), false) = (&datum, &mut machine.trace, presence) {
            trace.truth(machine.script, place, input, *holds);
        }
        Ok(datum)
    }

    fn keyed(
        machine: &mut Machine<'_, Self>,
        group: GroupId,
        key: Datum,
        inputs: &[(Arc<str>, InputId)],
        place: Place,
    ) -> Walked<Datum> {
        let found = key.as_text().and_then(|key| inputs.iter().find(|(name, _)| **name == *key));
        match found {
            Some((_, input)) => Self::input(machine, *input, place),
            None => Err(machine.wrong(no_input(machine, group, &key), place)),
        }
    }

    fn field(machine: &mut Machine<'_, Self>, of: Datum, name: &str, safe: bool, place: Place) -> Walked<Datum> {
        match &of {
            Datum::Table(table) => match table.get(name) {
                Some(value) => Ok(value.clone()),
                None => Err(machine.wrong(no_field(name), place)),
            },
            Datum::Group(group) => group_entry(machine, *group, name, place),
            Datum::Absent if safe => Ok(Datum::Absent),
            other => Err(machine.wrong(no_fields(other, name), place)),
        }
    }

    fn index(machine: &mut Machine<'_, Self>, of: Datum, at: Datum, safe: bool, place: Place) -> Walked<Datum> {
        match (&of, &at) {
            (Datum::List(list), Datum::Whole(number)) => {
                let found =
                    crate::language::builtins::place(*number, list.items.len()).and_then(|at| list.items.get(at));
                found.cloned().ok_or_else(|| {
                    let wrong = Wrong::new("asks a list for an entry that it does not have");
                    machine.wrong(wrong.help("test its `len()` first"), place)
                })
            }
            (Datum::Table(table), name) if name.as_text().is_some() => {
                let name = name.as_text().unwrap_or_default();
                table.get(name).cloned().ok_or_else(|| {
                    let wrong = Wrong::new("asks a table for an entry that it does not have");
                    machine.wrong(wrong.help("`table.get(name)` gives `()` where there is none"), place)
                })
            }
            (Datum::Group(group), name) => match name.as_text() {
                Some(text) => group_entry(machine, *group, text, place),
                None => Err(machine.wrong(no_input(machine, *group, name), place)),
            },
            (Datum::Absent, _) if safe => Ok(Datum::Absent),
            _ => {
                let message = format!("`[...]` asks {} for an entry by {}", of.kind(), at.kind());
                let help = "a list has entries by number, a table by word";
                Err(machine.wrong(Wrong::new(message).help(help), place))
            }
        }
    }

    fn with_part(
        machine: &mut Machine<'_, Self>,
        mut whole: Datum,
        at: Datum,
        part: Datum,
        place: Place,
    ) -> Walked<Datum> {
        let room = whole.bytes();
        machine.env.budget.room(room).map_err(|wrong| machine.wrong(wrong, place))?;
        let depth = part.depth().saturating_add(1);
        match (&mut whole, &at) {
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
                return Err(
                    machine.wrong(wrong.help("only lists and tables in a variable have parts to change"), place)
                );
            }
        }
        nested(whole).map_err(|wrong| machine.wrong(wrong, place))
    }

    fn list(machine: &mut Machine<'_, Self>, items: Vec<Datum>, place: Place) -> Walked<Datum> {
        machine.env.list(items).map_err(|wrong| machine.wrong(wrong, place))
    }

    fn table(machine: &mut Machine<'_, Self>, entries: Vec<(Arc<str>, Datum)>, place: Place) -> Walked<Datum> {
        let room = 64 * entries.len() as u64;
        let table = Datum::table(entries.into_iter().map(|(name, value)| (name.to_string().into(), value)).collect());
        let checked = machine.env.budget.room(room).and_then(|()| nested(table));
        checked.map_err(|wrong| machine.wrong(wrong, place))
    }

    fn template(machine: &mut Machine<'_, Self>, parts: Vec<Datum>, place: Place) -> Walked<Datum> {
        let mut text = String::new();
        for part in &parts {
            machine.env.write_words(part, &mut text).map_err(|wrong| machine.wrong(wrong, place))?;
        }
        machine.env.budget.room(text.len() as u64).map_err(|wrong| machine.wrong(wrong, place))?;
        Ok(Datum::Text(text.into()))
    }

    fn range(machine: &mut Machine<'_, Self>, from: Datum, to: Datum, inclusive: bool, place: Place) -> Walked<Datum> {
        let (Datum::Whole(from), Datum::Whole(to)) = (&from, &to) else {
            let wrong = Wrong::new(format!("`..` goes from {} to {}", from.kind(), to.kind()));
            return Err(machine.wrong(wrong.help("give it two whole numbers"), place));
        };
        let to = if inclusive { to.saturating_add(1) } else { *to };
        let count = u64::try_from(to.saturating_sub(*from)).unwrap_or(0);
        let room = count.saturating_mul(size_of::<Datum>() as u64);
        if machine.env.budget.room(room).is_err() {
            let help = "go through a list of the case, or a short range: `for n in 0..10`";
            return Err(machine.wrong(Wrong::limit("a range of more numbers than one case has room for", help), place));
        }
        Ok(Datum::list((*from..to).map(Datum::Whole).collect()))
    }

    #[inline]
    fn apply(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        given: &mut [Datum],
        place: Place,
    ) -> Walked<Datum> {
        let Run::Plain(run) = word.run else { return Ok(Datum::Absent) };
        if machine.trace.is_some() {
            return traced(machine, word, run, given, place);
        }
        run(&mut machine.env, given).map_err(|wrong| machine.wrong(named(wrong, word, given), place))
    }

    fn change(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        target: &mut Datum,
        given: &mut [Datum],
        place: Place,
    ) -> Walked<Datum> {
        let Run::Changing(run) = word.run else { return Ok(Datum::Absent) };
        run(&mut machine.env, target, given).map_err(|wrong| {
            let whole: Vec<Datum> = std::iter::once(target.clone()).chain(given.iter().cloned()).collect();
            machine.wrong(named(wrong, word, &whole), place)
        })
    }

    fn closure(machine: &mut Machine<'_, Self>, function: u32, captured: Vec<Datum>, place: Place) -> Walked<Datum> {
        let depth = captured.iter().map(Datum::depth).max().unwrap_or(0).saturating_add(1);
        let closure = Datum::Closure(Rc::new(crate::language::datum::Closure { function, captured, depth }));
        nested(closure).map_err(|wrong| machine.wrong(wrong, place))
    }

    fn as_closure(value: &Datum) -> Option<(u32, &[Datum])> {
        match value {
            Datum::Closure(closure) => Some((closure.function, &closure.captured)),
            _ => None,
        }
    }

    fn with_list<'p>(
        machine: &mut Machine<'p, Self>,
        value: Datum,
        place: Place,
        run: ListWay<'_, 'p, Self>,
    ) -> Walked<Datum> {
        match &value {
            Datum::List(list) => run(machine, list),
            other => Err(machine.wrong(no_list(other), place)),
        }
    }

    fn len(list: &Rc<List>) -> usize {
        list.items.len()
    }

    fn entry(list: &Rc<List>, number: usize) -> Datum {
        list.items.get(number).cloned().unwrap_or_default()
    }

    fn after_turn(_: &mut Machine<'_, Self>, walked: Walked<()>) -> Walked<bool> {
        match walked {
            Ok(()) | Err(Stop::Continue) => Ok(true),
            Err(Stop::Break) => Ok(false),
            Err(stop) => Err(stop),
        }
    }

    #[inline]
    fn mark(_: &Machine<'_, Self>) {}

    #[inline]
    fn leave(machine: &mut Machine<'_, Self>, (): (), walked: Walked<Datum>) -> Walked<Datum> {
        match walked {
            Err(Stop::Return) => Ok(machine.returned.take().unwrap_or_default()),
            walked => walked,
        }
    }
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

fn no_fields(value: &Datum, name: &str) -> Wrong {
    if value.is_absent() {
        let wrong = Wrong::new(format!("asks for `{name}` of something that this case does not give"));
        return wrong.help("test it first: `if entry != () { ... }`, or write `?.`");
    }
    Wrong::new(format!("asks for `{name}` of {}", value.kind())).help("only tables and groups of inputs have fields")
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
            let (message, help) = unknown_name(&inputs, group, name);
            Err(machine.wrong(Wrong::new(message).help(help), place))
        }
    }
}

/// Whether a value is what an arm of a `switch` is for: of the same kind, and the same.
pub(super) fn matches(value: &Datum, label: &Label) -> bool {
    use crate::case::value::Value;
    match (value, label) {
        (Datum::Whole(value), Label::Range(from, to)) => (from..to).contains(&value),
        (Datum::Decimal(value), Label::Range(from, to)) => *value >= (*from).into() && *value < (*to).into(),
        (Datum::Absent, Label::Value(Value::Absent)) => true,
        (Datum::Bool(value), Label::Value(Value::Bool(label))) => value == label,
        (Datum::Whole(value), Label::Value(Value::Whole(label))) => value == label,
        (Datum::Decimal(value), Label::Value(Value::Decimal(label))) => value == label,
        (value, Label::Value(Value::Text(label))) => value.as_text() == Some(label),
        _ => false,
    }
}
