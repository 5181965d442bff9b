//! Whether a question can fail to be asked: then nobody can say that no case makes its function fail.

use super::Questions;
use crate::{
    case::{domain::Domain, record::Shape},
    evaluate::{
        machine::Machine,
        possible::{
            Open, atoms_of,
            numbers::Grain,
            value::{Atom, Possible},
        },
        stop::Fault,
    },
    language::{builtins::Builtin, datum::Datum, kinds::Kinds},
};

/// So many days, months or years from a date that is asked about the calendar goes on.
const FAR: i64 = 900;

/// Whether a word fails for none of what it is given here, whatever that is.
pub(in crate::evaluate::possible) fn never_fails(
    machine: &Machine<'_, Open>,
    word: &Builtin,
    given: &[Possible],
) -> bool {
    let kinds: Vec<Kinds> = given.iter().map(|value| kinds_of(machine, value)).collect();
    let fit = kinds.iter().zip(word.takes).all(|(kinds, takes)| kinds.without(*takes).is_empty());
    let on = machine.domain.inputs().facts.inputs.find("assessed_on");
    fit && match (word.name, given) {
        ("<" | "<=" | ">" | ">=", _) => kinds.first() == kinds.last(),
        (
            "==" | "!=" | "contains" | "len" | "is_empty" | "overlap" | "having" | "days_between" | "flag"
            | "provisional" | "filter" | "some" | "all" | "find" | "keys" | "values",
            _,
        ) => true,
        ("between", [Possible::Asked(id), ..]) => {
            let table = &machine.domain.inputs().facts.inputs;
            let is_of_days =
                |shape: &Shape| matches!(shape, Shape::List(of) if matches!(**of, Shape::Leaf(Domain::Date)));
            !Questions::is_one(*id) && is_of_days(&table.get(*id).shape)
        }
        // The dates that are asked about are far from the ends of the calendar.
        (
            "days_after" | "months_after" | "years_after",
            [Possible::Fact(date), Possible::Known(Datum::Whole(count))],
        ) if (-FAR..=FAR).contains(count) => {
            machine.domain.facts.get(usize::from(*date)).is_some_and(|fact| Some(fact.input) == on)
        }
        _ => false,
    }
}

/// The kinds that a value may be of.
fn kinds_of(machine: &Machine<'_, Open>, value: &Possible) -> Kinds {
    let of_atom = |atom: &Atom| match atom {
        Atom::Known(datum) => Kinds::of(datum),
        Atom::Numbers(numbers) if numbers.grain == Grain::Day => Kinds::DATE,
        Atom::Numbers(_) => Kinds::NUMBER,
        Atom::Texts => Kinds::TEXT,
        Atom::List(_) | Atom::Entries(_) => Kinds::LIST,
        Atom::Table(_) => Kinds::TABLE,
    };
    match value {
        Possible::Known(datum) => Kinds::of(datum),
        Possible::Closure(_) => Kinds::CLOSURE,
        Possible::Asked(id) => match machine.domain.questions.as_ref().and_then(|questions| questions.get(*id)) {
            Some(question) => question.kinds,
            None => Kinds::of_shape(&machine.domain.inputs().facts.inputs.get(*id).shape),
        },
        Possible::Anything => Kinds::ANY,
        value => {
            atoms_of(machine, value).map_or(Kinds::ANY, |atoms| atoms.iter().map(of_atom).fold(Kinds::NONE, Kinds::or))
        }
    }
}

impl Open {
    /// Notes a fault that some way meets.
    pub fn may_fail(&mut self, fault: Box<Fault>) {
        self.may_fail.get_or_insert(fault);
    }

    /// Notes that something was passed over that may fail.
    pub(in crate::evaluate::possible) fn pass_over(&mut self) {
        if let Some(questions) = &mut self.questions {
            questions.passed_over = true;
        }
    }
}
