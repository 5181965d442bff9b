//! Questions: what a policy asks of inputs that have no end of values, such as histories and lists of registrations. Where it is
//! wanted, each question is open by itself, under the text in which it is asked, so that two askings of it have one answer.
//! Answers that hang together otherwise are not told apart: what is found may then be wider than can be.

mod failing;
mod helpers;
mod question;

pub(in crate::evaluate) use self::helpers::helper;
pub(super) use self::helpers::{Called, call, held_call, of_call};
pub use self::{helpers::few, question::Questions};

pub(super) use self::failing::never_fails;
use self::{
    helpers::inputs_within,
    question::{EACH, FIRST, POINTS},
};

use super::{
    Open, entries,
    numbers::{Grain, Numbers},
    value::{Atom, Possible},
};
use crate::{
    case::input::InputId,
    evaluate::{
        domain::Truth,
        machine::{Machine, Read},
    },
    language::{
        builtins::Builtin,
        datum::{Datum, List},
        kinds::Kinds,
    },
};
use std::{collections::BTreeSet, rc::Rc};

/// Most entries of a list that a policy counts.
pub(super) const MOST_COUNTED: u32 = 10_000;

/// How a value is called in a question, and what it rests on, questions included; none where it is no one thing.
fn called(machine: &Machine<'_, Open>, value: &Possible) -> Option<(String, BTreeSet<InputId>)> {
    let questions = machine.domain.questions.as_ref()?;
    let of = |id: InputId| match questions.get(id) {
        Some(question) => (question.text.clone(), question.inputs.iter().copied().chain([id]).collect()),
        None => (machine.domain.inputs().facts.inputs.get(id).path.to_string(), BTreeSet::from([id])),
    };
    match value {
        Possible::Known(datum) => Some((written(datum)?, BTreeSet::new())),
        Possible::Fact(place) => Some(of(machine.domain.facts.get(usize::from(*place))?.input)),
        Possible::Asked(id) => Some(of(*id)),
        Possible::Closure(closure) => {
            let (mut text, mut inputs) =
                (format!("fn#{}", machine.domain.number_of(closure.0)), inputs_within(machine, closure.0));
            for captured in closure.1.iter() {
                let (called, more) = called(machine, captured)?;
                text = format!("{text} {called}");
                inputs.extend(more);
            }
            Some((text, inputs))
        }
        Possible::Several(_) | Possible::Anything => None,
    }
}

/// A known value as it stands in a question.
fn written(datum: &Datum) -> Option<String> {
    Some(match datum {
        Datum::Absent => "()".to_owned(),
        Datum::Bool(holds) => holds.to_string(),
        Datum::Whole(number) => number.to_string(),
        Datum::Decimal(number) => number.to_string(),
        Datum::Date(date) => date.to_string(),
        Datum::List(list) => {
            let items: Option<Vec<String>> = list.items.iter().map(written).collect();
            format!("[{}]", items?.join(", "))
        }
        Datum::Table(table) => {
            let entries = table.entries.iter().map(|(name, value)| Some(format!("{name}: {}", written(value)?)));
            format!("#{{{}}}", entries.collect::<Option<Vec<String>>>()?.join(", "))
        }
        Datum::Group(group) => format!("group#{}", group.0),
        other => format!("{:?}", other.as_text()?),
    })
}

/// The answer to a question, or what stands for it: truth and counts are open facts, anything else can be asked further.
fn answer(machine: &mut Machine<'_, Open>, id: InputId, gives: Kinds, counts: Option<u32>) -> Possible {
    machine.reads.push(Read::new(id, false));
    if let Some(most) = counts {
        let count = Numbers::new(0.into(), most.into(), Grain::Whole);
        return Possible::Fact(machine.domain.fact(id, &[count.atom()]));
    }
    if gives == Kinds::BOOL {
        return Possible::Fact(machine.domain.fact(id, &either()));
    }
    Possible::Asked(id)
}

fn either() -> [Atom; 2] {
    [Atom::Known(Datum::Bool(false)), Atom::Known(Datum::Bool(true))]
}

/// The points of an axis, from the least to the most that there can be, as a question of their own.
pub(in crate::evaluate) fn points(
    machine: &mut Machine<'_, Open>,
    axis: &str,
    [least, most]: [i64; 2],
) -> (Option<InputId>, Possible) {
    let numbers = Numbers::new(least.into(), most.into(), Grain::Whole).atom();
    let Some(questions) = &mut machine.domain.questions else { return (None, Possible::of_atoms(vec![numbers])) };
    let Some(id) = questions.number(format!("{POINTS}{axis}"), Kinds::NUMBER, BTreeSet::new()) else {
        return (None, Possible::Anything);
    };
    if let Some(question) = questions.all.get_mut(usize::from(id.0 - FIRST)) {
        question.grows = Some(true);
    }
    (Some(id), Possible::Fact(machine.domain.fact(id, &[numbers])))
}

/// What a word gives of values that it cannot be worked out of; none where no question can be made of it.
pub(super) fn ask(machine: &mut Machine<'_, Open>, word: &'static Builtin, given: &[Possible]) -> Option<Possible> {
    if machine.domain.questions.is_some() && !never_fails(machine, word, given) {
        machine.domain.pass_over();
    }
    let (mut texts, mut inputs) = (Vec::with_capacity(given.len()), BTreeSet::new());
    for value in given {
        let (text, more) = called(machine, value)?;
        texts.push(text);
        inputs.extend(more);
    }
    let text = format!("{}({})", word.name, texts.join(", "));
    let grows = grows(machine, word, given);
    let entry = entries::of_made(machine, word, given);
    for value in given {
        machine.domain.loosen(value);
    }
    machine.reads.extend(inputs.iter().map(|input| Read::new(*input, false)));
    let questions = machine.domain.questions.as_mut()?;
    let id = questions.number(text, word.gives, inputs)?;
    let among = among(questions, word, given);
    let most = among.as_ref().and_then(|among| u32::try_from(among.items.len()).ok()).unwrap_or(MOST_COUNTED);
    if let Some(question) = questions.all.get_mut(usize::from(id.0 - FIRST)) {
        (question.grows, question.among, question.entry) = (grows, among, entry);
    }
    Some(answer(machine, id, word.gives, (word.name == "len").then_some(most)))
}

/// What the entries of a list are among that a word gives, or counts.
fn among(questions: &Questions, word: &Builtin, given: &[Possible]) -> Option<Rc<List>> {
    // What comes out has at most the entries of the list that is gone through, the first.
    match (word.name, given.first()?) {
        ("overlap", Possible::Known(Datum::List(list))) => Some(Rc::clone(list)),
        ("overlap" | "len" | "filter" | "having" | "between", Possible::Asked(id)) => questions.get(*id)?.among.clone(),
        _ => None,
    }
}

/// Whether an entry more makes the answer to a question more, or less.
fn grows(machine: &Machine<'_, Open>, word: &Builtin, given: &[Possible]) -> Option<bool> {
    let mut of_lists = given.iter().filter_map(|value| match value {
        Possible::Asked(id) if !Questions::is_one(*id) => Some(Some(true)),
        Possible::Asked(id) => Some(machine.domain.questions.as_ref()?.get(*id)?.grows),
        Possible::Known(_) => None,
        // What a closure says of an entry must rest on that entry alone.
        Possible::Closure(closure) => {
            let is_pure = closure.1.iter().all(|one| matches!(one, Possible::Known(_)));
            (!is_pure || !inputs_within(machine, closure.0).is_empty()).then_some(None)
        }
        _ => Some(None),
    });
    let (Some(Some(grows)), None) = (of_lists.next(), of_lists.next()) else { return None };
    match word.name {
        "overlap" | "len" | "contains" | "filter" | "some" | "between" | "having" | "since" => Some(grows),
        "is_empty" => Some(!grows),
        _ => None,
    }
}

/// An input without bounds that help.
pub(super) fn ask_input(machine: &mut Machine<'_, Open>, input: InputId) -> Possible {
    if machine.domain.questions.is_some() {
        return Possible::Asked(input);
    }
    entries::of_list(machine, input)
        .map_or(Possible::Anything, |entry| Possible::Several([Atom::Entries(entry)].into()))
}

/// Whether an input is known, where its value does not say so.
pub(super) fn ask_presence(machine: &mut Machine<'_, Open>, input: InputId) -> Option<Possible> {
    let path = machine.domain.inputs().facts.inputs.get(input).path.clone();
    let id =
        machine.domain.questions.as_mut()?.number(format!("known({path})"), Kinds::BOOL, BTreeSet::from([input]))?;
    machine.reads.push(Read::new(id, false));
    let set = [Atom::Known(Datum::Absent), Atom::Known(Datum::Bool(true))];
    Some(Possible::Fact(machine.domain.fact(id, &set)))
}

/// A part of something that is asked of.
pub(super) fn ask_part(machine: &mut Machine<'_, Open>, of: &Possible, part: &str, is_safe: bool) -> Option<Possible> {
    let Possible::Asked(_) = of else { return None };
    if !is_safe {
        // It may be nothing, and then it has no part.
        machine.domain.pass_over();
    }
    let (text, inputs) = called(machine, of)?;
    let id = machine.domain.questions.as_mut()?.number(format!("{text}.{part}"), Kinds::ANY, inputs)?;
    Some(answer(machine, id, Kinds::ANY, None))
}

/// What a word that calls a closure gives of a list that is asked of.
pub(super) fn ask_entries(
    machine: &mut Machine<'_, Open>,
    word: &'static Builtin,
    list: &Possible,
    others: &[Possible],
) -> Option<Possible> {
    let Possible::Asked(id) = list else { return None };
    let given: Vec<Possible> = std::iter::once(list).chain(others).cloned().collect();
    let made = ask(machine, word, &given)?;
    if !entries::are_gone_through(machine, word, *id, others) {
        machine.domain.pass_over();
    }
    Some(made)
}

/// Notes that a list is gone through, entry by entry.
pub(super) fn each(machine: &mut Machine<'_, Open>, list: InputId) {
    let Some((text, inputs)) = called(machine, &Possible::Asked(list)) else { return };
    let questions = machine.domain.questions.as_mut();
    let Some(id) = questions.and_then(|all| all.number(format!("{EACH}({text})"), Kinds::ANY, inputs)) else { return };
    machine.reads.push(Read::new(id, false));
}

/// Whether the answer to a question is true or false, and nothing else.
pub(super) fn is_truth(machine: &Machine<'_, Open>, id: InputId) -> bool {
    let question = machine.domain.questions.as_ref().and_then(|questions| questions.get(id));
    question.is_some_and(|question| question.kinds == Kinds::BOOL)
}

/// Whether the answer to a question holds, or is nothing.
pub(super) fn truth_of(machine: &mut Machine<'_, Open>, id: InputId, about: &str) -> Truth<()> {
    let id = if about.is_empty() {
        Some(id)
    } else {
        let question = called(machine, &Possible::Asked(id));
        let questions = machine.domain.questions.as_mut();
        question
            .zip(questions)
            .and_then(|((text, inputs), all)| all.number(format!("{about}({text})"), Kinds::BOOL, inputs))
    };
    let Some(id) = id else { return Truth::Open(()) };
    machine.reads.push(Read::new(id, false));
    let place = machine.domain.fact(id, &either());
    let set = machine.domain.narrowed.get(usize::from(place));
    match set.map(|set| &**set) {
        Some([Atom::Known(Datum::Bool(holds))]) => (*holds).into(),
        _ => Truth::Open(()),
    }
}
