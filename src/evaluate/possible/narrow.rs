//! Open facts: what each can be, where its value begins to matter, and what a condition says of it.

use super::{
    Open, OpenFact, asked, atoms_of, combined, lift,
    numbers::Numbers,
    value::{Atom, Possible, add, of_shape, until},
};
use crate::{
    case::{
        input::InputId,
        record::{Kind, Shape, Tense},
        value::Value,
        words::Level,
    },
    evaluate::{
        domain::{Domain, Truth},
        machine::{Machine, Read},
        stop::{Stop, Walked},
    },
    language::{
        datum::Datum,
        program::{Expr, Node},
        tree::Place,
    },
};
use rust_decimal::Decimal;
use std::{collections::BTreeSet, rc::Rc};

impl Open {
    /// What a fact can be, where no condition says anything of it.
    pub(super) fn set_of(&self, place: usize) -> Option<Rc<[Atom]>> {
        self.unnarrowed.get(place).map(Rc::clone)
    }

    pub(super) fn next_version(&mut self) -> u32 {
        self.versions += 1;
        self.versions
    }

    /// The number of a fact that is open; it is given one when it is first asked for.
    pub(super) fn fact(&mut self, input: InputId, set: &[Atom]) -> u16 {
        if let Some(place) = self.places.get(&input) {
            return *place;
        }
        let place = u16::try_from(self.facts.len()).unwrap_or(u16::MAX);
        let set: Rc<[Atom]> = set.into();
        let held = Rc::clone(self.held.get(&input).unwrap_or(&set));
        Rc::make_mut(&mut self.unnarrowed).push(Rc::clone(&held));
        Rc::make_mut(&mut self.narrowed).push(held);
        self.facts.push(OpenFact { input, set, cuts: BTreeSet::new(), every: false, loose: false });
        self.places.insert(input, place);
        place
    }

    /// Takes up where the values of facts matter to others, whose questions are the same.
    pub fn learn(&mut self, facts: &[OpenFact]) {
        for known in facts {
            let place = self.fact(known.input, &known.set);
            let Some(fact) = self.facts.get_mut(usize::from(place)) else { continue };
            fact.cuts.extend(&known.cuts);
            fact.every |= known.every;
            fact.loose |= known.loose;
        }
    }

    /// Notes that the value of a fact goes on without it.
    pub(super) fn loosen(&mut self, value: &Possible) {
        let Possible::Fact(place) = value else { return };
        if let Some(fact) = self.facts.get_mut(usize::from(*place)) {
            fact.loose = true;
        }
    }

    /// Notes where the value of a fact matters.
    pub(super) fn cut(&mut self, value: &Possible, cuts: Option<&[Decimal]>) {
        let Possible::Fact(place) = value else { return };
        let Some(fact) = self.facts.get_mut(usize::from(*place)) else { return };
        match cuts {
            Some(cuts) => fact.cuts.extend(cuts),
            None => fact.every = true,
        }
    }

    /// Whether what is asked is what conditions can come to, and the value of an input says whether it is known.
    fn is_told_by_value(&self, input: InputId) -> bool {
        let reads_absent = match self.inputs().facts.inputs.get(input).kind {
            Kind::Detail => true,
            Kind::Fact => self.inputs().facts.as_written,
            Kind::Register => self.questions.is_some() && self.is_absent_when_unset(input),
            _ => false,
        };
        (self.met.is_some() || self.questions.is_some()) && reads_absent
    }

    /// Whether a register reads as nothing where the case does not have it: it is neither true or false nor a list.
    fn is_absent_when_unset(&self, input: InputId) -> bool {
        let shape = &self.inputs().facts.inputs.get(input).shape;
        matches!(shape, Shape::Leaf(domain) if *domain != crate::case::domain::Domain::Bool)
    }

    /// What an open input can be; nothing where it has no bounds that help.
    fn can_be(&self, input: InputId) -> Option<Vec<Atom>> {
        let described = self.inputs().facts.inputs.get(input);
        let mut atoms = of_shape(&described.shape)?;
        // What happened is of the day of the answer or before it: what is later is not known on it.
        if !self.everything && matches!(described.tense, Some(Tense::Dates | Tense::Happened)) {
            atoms = until(atoms, self.inputs().facts.on);
        }
        if let Some(Value::Word(most)) = self.inputs().at_most(input).filter(|_| !self.everything) {
            let rank = |word: &str| Level::WORDS.iter().position(|known| *known == word);
            let most = rank(most);
            atoms.retain(|atom| match atom {
                Atom::Known(Datum::Word(word)) => rank(word) <= most,
                _ => true,
            });
        }
        // Whoever asks what conditions can come to asks it of the facts that a policy reads as nothing, too.
        let reads_absent = described.kind != Kind::Detail && self.is_told_by_value(input);
        let is_given = matches!(described.kind, Kind::Fact | Kind::Register | Kind::Standing | Kind::Required);
        if self.everything && (!is_given || reads_absent) {
            atoms.push(Atom::Known(Datum::Absent));
        }
        Some(atoms)
    }
}

/// What an input holds: its value, or where it is a fact that is not known, everything that it could be.
pub(super) fn input(machine: &mut Machine<'_, Open>, input: InputId, place: Place) -> Walked<Possible> {
    let presence = machine.presence > 0;
    machine.room_to_read(1, place)?;
    machine.reads.push(Read::new(input, presence));
    if machine.domain.everything {
        if presence && !machine.domain.is_told_by_value(input) {
            return Ok(asked::ask_presence(machine, input).unwrap_or_else(given_or_not));
        }
    } else if presence && machine.domain.chosen.contains(&input) {
        return Ok(given_or_not());
    } else if presence {
        let value = machine.domain.inputs().value(input, true).unwrap_or_default();
        return Ok(Possible::Known(Datum::from(&value)));
    } else if !machine.domain.chosen.contains(&input) {
        match machine.domain.known.read(input) {
            Ok(datum) => return Ok(Possible::Known(datum)),
            Err(Stop::Unknown(_)) => {}
            Err(stop) => return Err(stop),
        }
    }
    let Some(atoms) = machine.domain.can_be(input) else { return Ok(asked::ask_input(machine, input)) };
    if let [Atom::Known(only)] = atoms.as_slice() {
        return Ok(Possible::Known(only.clone()));
    }
    Ok(Possible::Fact(machine.domain.fact(input, &atoms)))
}

/// Whether an input is given, where it may be or not.
fn given_or_not() -> Possible {
    Possible::Several([Atom::Known(Datum::Absent), Atom::Known(Datum::Bool(true))].into())
}

/// Whether it is worked out again without changing anything, so that a condition can be asked of parts of a fact.
fn is_plain(node: &Node) -> bool {
    match &node.expr {
        Expr::Local(_)
        | Expr::Input(_)
        | Expr::Group(_)
        | Expr::Constant(_)
        | Expr::Parameter(_)
        | Expr::Bool(_)
        | Expr::Whole(_)
        | Expr::Absent => true,
        Expr::List(items) => items.iter().all(is_plain),
        Expr::Keyed { key: of, .. } | Expr::Field { of, .. } => is_plain(of),
        Expr::Index { of, at, .. } => is_plain(of) && is_plain(at),
        _ => false,
    }
}

/// Narrows facts to what a condition says of them; false where the condition cannot come out so.
pub(super) fn assume<'p>(machine: &mut Machine<'p, Open>, condition: &'p Node, holds: bool) -> Walked<bool> {
    match &condition.expr {
        Expr::Condition(_, inner) => assume(machine, inner, holds),
        Expr::Not(inner) => assume(machine, inner, !holds),
        Expr::And(operands) if holds => all(machine, operands, true),
        Expr::Or(operands) if !holds => all(machine, operands, false),
        Expr::Input(_) | Expr::Local(_) => {
            let value = machine.expr(condition)?;
            let Possible::Fact(fact) = value else { return Ok(true) };
            let kept = |atom: &Atom| matches!(atom, Atom::Known(Datum::Bool(is)) if *is == holds);
            Ok(keep(machine, fact, kept))
        }
        Expr::Known(inner) if is_plain(inner) => {
            machine.presence += 1;
            let value = machine.expr(inner);
            machine.presence -= 1;
            let Possible::Fact(fact) = value? else { return Ok(true) };
            Ok(keep(machine, fact, |atom| matches!(atom, Atom::Known(Datum::Absent)) != holds))
        }
        Expr::Builtin(word, arguments) if arguments.iter().all(is_plain) => {
            let given = machine.values(arguments)?;
            let facts: Vec<(usize, u16)> = given
                .iter()
                .enumerate()
                .filter_map(|(at, value)| match value {
                    Possible::Fact(fact) => Some((at, *fact)),
                    _ => None,
                })
                .collect();
            for (at, fact) in facts {
                let Some(atoms) = atoms_of(machine, &Possible::Fact(fact)) else { continue };
                let cuts = combined::numbers_beside(machine, &given, at);
                let mut kept: Vec<Atom> = Vec::new();
                for piece in atoms.iter().flat_map(|atom| pieces(atom, &cuts)) {
                    let mut given = given.clone();
                    if let Some(argument) = given.get_mut(at) {
                        *argument = Possible::of_atoms(vec![piece.clone()]);
                    }
                    let can = match lift::apply(machine, word, &mut given, condition.place) {
                        Ok(value) => match Open::truth(machine, &value, condition.place) {
                            Ok(Truth::Open(())) => true,
                            Ok(truth) => truth.settled() == Some(holds),
                            Err(stop) => may_go_on(stop)?,
                        },
                        Err(stop) => may_go_on(stop)?,
                    };
                    if can {
                        merge(&mut kept, piece);
                    }
                }
                if kept.is_empty() {
                    return Ok(false);
                }
                narrow(machine, fact, kept, atoms.len());
            }
            Ok(true)
        }
        _ => Ok(true),
    }
}

/// A part on which the condition is a fault: no way leads there. A limit that is hit ends the walk.
fn may_go_on(stop: Stop) -> Walked<bool> {
    match stop {
        Stop::Fault(fault) if !fault.wrong.is_limit => Ok(false),
        stop => Err(stop),
    }
}

fn all<'p>(machine: &mut Machine<'p, Open>, operands: &'p [Node], holds: bool) -> Walked<bool> {
    for operand in operands {
        if !assume(machine, operand, holds)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The parts of an alternative on which a comparison with some numbers says the same.
pub(super) fn pieces(atom: &Atom, cuts: &[Decimal]) -> Vec<Atom> {
    match atom {
        Atom::Numbers(numbers) => numbers.pieces(cuts).into_iter().map(Numbers::atom).collect(),
        other => vec![other.clone()],
    }
}

/// Adds a part, joined with the one before it where the two meet.
fn merge(kept: &mut Vec<Atom>, piece: Atom) {
    if let (Some(last), Some(numbers)) = (kept.last_mut(), piece.numbers())
        && let Some(before) = last.numbers()
        && before.grain == numbers.grain
    {
        *last = before.hull(&numbers).atom();
        return;
    }
    kept.push(piece);
}

fn keep(machine: &mut Machine<'_, Open>, fact: u16, kept: impl Fn(&Atom) -> bool) -> bool {
    let Some(atoms) = machine.domain.narrowed.get(usize::from(fact)).map(|set| set.to_vec()) else { return true };
    let before = atoms.len();
    let left: Vec<Atom> = atoms.into_iter().filter(kept).collect();
    if left.is_empty() {
        return false;
    }
    narrow(machine, fact, left, before);
    true
}

fn narrow(machine: &mut Machine<'_, Open>, fact: u16, to: Vec<Atom>, before: usize) {
    let unchanged = to.len() == before && to.iter().all(|atom| matches!(atom, Atom::Known(_)));
    let version = machine.domain.next_version();
    let mut atoms = Vec::with_capacity(to.len());
    let fits = !unchanged && to.into_iter().all(|atom| add(&mut atoms, atom));
    if let Some(set) = Rc::make_mut(&mut machine.domain.narrowed).get_mut(usize::from(fact)).filter(|_| fits) {
        *set = atoms.into();
        machine.domain.version = version;
    }
}
