//! Possible values: a value is a set, and a condition may be open. Then both ways are gone, each with the facts narrowed to what
//! the way says of them, and what comes out is joined. What is joined may be wider than can be, never narrower.

mod combined;
mod lift;
mod narrow;
mod parts;
mod paths;
pub mod value;

pub use self::narrow::OpenFact;

use self::{
    paths::{Frame, LoopEnds},
    value::{Atom, Nest, Possible, add, alike},
};
use crate::{
    case::input::{GroupId, InputId},
    evaluate::{
        domain::{Domain, ListWay, Truth, Way},
        inputs::Inputs,
        known::{Known, matches, no_condition, no_list},
        machine::Machine,
        stop::{Fault, Stop, Walked},
    },
    language::{
        builtins::Builtin,
        datum::{Datum, List},
        program::{Label, Node},
        tree::Place,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

/// The inputs of one case, of which some are open.
#[derive(Debug)]
pub struct Open {
    /// What a rule sees of the case.
    pub(super) known: Known,
    /// The facts that were found open, in the order in which they were asked for.
    pub facts: Vec<OpenFact>,
    /// Where each stands, by the number of the input.
    places: BTreeMap<InputId, u16>,
    /// What each can be where it is looked at now.
    narrowed: Vec<Rc<[Atom]>>,
    /// What open facts are held to from outside.
    held: BTreeMap<InputId, Rc<[Atom]>>,
    /// Whether every input is open, whatever the case gives.
    everything: bool,
    /// The inputs that are open, whatever the case gives.
    chosen: BTreeSet<InputId>,
    version: u32,
    versions: u32,
    /// What functions returned on ways that have ended, by how deep they are called.
    pending: Vec<(u32, Possible)>,
    loops: Vec<LoopEnds>,
    /// A fault that some way meets.
    pub may_fail: Option<Box<Fault>>,
}

impl Open {
    /// Over some inputs.
    #[must_use]
    pub fn new(inputs: Inputs) -> Self {
        Self {
            known: Known::new(inputs),
            facts: Vec::new(),
            places: BTreeMap::new(),
            narrowed: Vec::new(),
            held: BTreeMap::new(),
            everything: false,
            chosen: BTreeSet::new(),
            version: 0,
            versions: 0,
            pending: Vec::new(),
            loops: Vec::new(),
            may_fail: None,
        }
    }

    /// Turns to other inputs.
    pub fn turn_to(&mut self, inputs: Inputs) {
        self.known.turn_to(inputs);
        self.facts.clear();
        self.places.clear();
        self.everything = false;
        self.chosen.clear();
        self.hold(BTreeMap::new());
    }

    /// Holds open facts to some of the values that they could have.
    pub fn hold(&mut self, held: BTreeMap<InputId, Rc<[Atom]>>) {
        self.held = held;
        self.may_fail = None;
        self.begin();
        for place in 0..self.facts.len() {
            if let Some(set) = self.set_of(place)
                && let Some(narrowed) = self.narrowed.get_mut(place)
            {
                *narrowed = set;
            }
        }
    }

    /// Takes every input as open.
    pub fn everything(&mut self) {
        self.everything = true;
    }

    /// Takes some inputs as open.
    pub fn open_these(&mut self, inputs: BTreeSet<InputId>) {
        self.chosen = inputs;
    }

    /// What a rule sees of the case.
    #[must_use]
    pub const fn inputs(&self) -> &Inputs {
        &self.known.inputs
    }

    /// Forgets the ways of a run that was given up.
    pub(super) fn begin(&mut self) {
        self.pending.clear();
        self.loops.clear();
        // What was worked out under a narrowing of an earlier run is not taken for that of this one.
        self.version = 0;
        self.narrowed.truncate(self.facts.len());
        for place in 0..self.facts.len() {
            let Some(set) = self.set_of(place) else { continue };
            match self.narrowed.get_mut(place) {
                Some(narrowed) => *narrowed = set,
                None => self.narrowed.push(set),
            }
        }
    }
}

/// The alternatives of a value; none where it could be anything.
pub(super) fn atoms_of(machine: &Machine<'_, Open>, value: &Possible) -> Option<Vec<Atom>> {
    match value {
        Possible::Known(datum) => Some(vec![Atom::Known(datum.clone())]),
        Possible::Fact(fact) => machine.domain.narrowed.get(usize::from(*fact)).map(|set| set.to_vec()),
        Possible::Several(atoms) => Some(atoms.to_vec()),
        Possible::Closure(_) | Possible::Anything => None,
    }
}

/// Either of two values.
pub(super) fn joined(machine: &Machine<'_, Open>, one: Possible, other: &Possible) -> Possible {
    match (&one, other) {
        (Possible::Known(left), Possible::Known(right)) if alike(left, right) => return one,
        (Possible::Fact(left), Possible::Fact(right)) if left == right => return one,
        (Possible::Several(left), Possible::Several(right)) if Rc::ptr_eq(left, right) => return one,
        (Possible::Closure(left), Possible::Closure(right)) if left.0 == right.0 && left.1.len() == right.1.len() => {
            let captured = left.1.iter().zip(right.1.iter()).map(|(one, other)| joined(machine, one.clone(), other));
            return Possible::Closure(Rc::new((left.0, Nest::of(captured.collect()))));
        }
        _ => {}
    }
    let (Some(mut atoms), Some(more)) = (atoms_of(machine, &one), atoms_of(machine, other)) else {
        return Possible::Anything;
    };
    for atom in more {
        if !add(&mut atoms, atom) {
            return Possible::Anything;
        }
    }
    Possible::of_atoms(atoms)
}

impl Domain for Open {
    type Value = Possible;
    type List = Entries;
    type Open = ();
    type Mark = (Vec<Rc<[Atom]>>, u32);

    fn of(datum: Datum) -> Possible {
        Possible::Known(datum)
    }

    fn as_known(value: &Possible) -> Option<&Datum> {
        match value {
            Possible::Known(datum) => Some(datum),
            _ => None,
        }
    }

    fn is_anything(value: &Possible) -> bool {
        matches!(value, Possible::Anything)
    }

    fn anything((): ()) -> Possible {
        Possible::Anything
    }

    fn anything_at_all() -> Possible {
        Possible::Anything
    }

    fn of_truth(truth: Truth<()>) -> Possible {
        truth.settled().map_or_else(Possible::either, |holds| Possible::Known(Datum::Bool(holds)))
    }

    fn truth(machine: &mut Machine<'_, Self>, value: &Possible, place: Place) -> Walked<Truth<()>> {
        if let Possible::Known(Datum::Bool(holds)) = value {
            return Ok((*holds).into());
        }
        let Some(atoms) = atoms_of(machine, value) else { return Ok(Truth::Open(())) };
        let (mut can, mut wrong) = ([false, false], None);
        for atom in &atoms {
            match atom {
                Atom::Known(Datum::Bool(holds)) => {
                    if let Some(can) = can.get_mut(usize::from(*holds)) {
                        *can = true;
                    }
                }
                Atom::Known(other) => wrong = Some(no_condition(other)),
                _ => wrong = Some(no_condition(&Datum::text(""))),
            }
        }
        match (can, wrong) {
            ([true, true], _) => Ok(Truth::Open(())),
            ([true, false], _) => Ok(Truth::No),
            ([false, true], _) => Ok(Truth::Yes),
            (_, Some(wrong)) => Err(machine.wrong(wrong, place)),
            _ => Ok(Truth::Open(())),
        }
    }

    fn is_absent(machine: &mut Machine<'_, Self>, value: &Possible) -> Truth<()> {
        let Some(atoms) = atoms_of(machine, value) else { return Truth::Open(()) };
        let absent = atoms.iter().filter(|atom| matches!(atom, Atom::Known(Datum::Absent))).count();
        if absent == 0 {
            Truth::No
        } else if absent == atoms.len() {
            Truth::Yes
        } else {
            Truth::Open(())
        }
    }

    fn matches(machine: &mut Machine<'_, Self>, value: &Possible, label: &Label) -> Truth<()> {
        let Some(atoms) = atoms_of(machine, value) else { return Truth::Open(()) };
        let known = |atom: &Atom| match atom {
            Atom::Known(datum) => Some(matches(datum, label)),
            Atom::List(_) | Atom::Table(_) => Some(false),
            Atom::Numbers(_) | Atom::Texts => None,
        };
        let said: Option<Vec<bool>> = atoms.iter().map(known).collect();
        match said {
            Some(said) if said.iter().all(|one| *one) => Truth::Yes,
            Some(said) if !said.contains(&true) => Truth::No,
            _ => Truth::Open(()),
        }
    }

    fn both<'p>(
        machine: &mut Machine<'p, Self>,
        (): (),
        condition: Option<&'p Node>,
        yes: Way<'_, 'p, Self>,
        no: Way<'_, 'p, Self>,
    ) -> Walked<Possible> {
        paths::both(machine, condition, yes, no)
    }

    fn input(machine: &mut Machine<'_, Self>, input: InputId, _: Place) -> Walked<Possible> {
        narrow::input(machine, input)
    }

    fn keyed(
        machine: &mut Machine<'_, Self>,
        _: GroupId,
        key: Possible,
        inputs: &[(Arc<str>, InputId)],
        place: Place,
    ) -> Walked<Possible> {
        parts::keyed(machine, &key, inputs, place)
    }

    fn field(machine: &mut Machine<'_, Self>, of: Possible, name: &str, safe: bool, place: Place) -> Walked<Possible> {
        parts::field(machine, &of, name, safe, place)
    }

    fn index(
        machine: &mut Machine<'_, Self>,
        of: Possible,
        at: Possible,
        safe: bool,
        place: Place,
    ) -> Walked<Possible> {
        parts::index(machine, &of, &at, safe, place)
    }

    fn with_part(
        machine: &mut Machine<'_, Self>,
        whole: Possible,
        at: Possible,
        part: Possible,
        _: Place,
    ) -> Walked<Possible> {
        Ok(parts::with_part(machine, &whole, &at, part))
    }

    fn list(machine: &mut Machine<'_, Self>, items: Vec<Possible>, place: Place) -> Walked<Possible> {
        parts::list(machine, items, place)
    }

    fn table(machine: &mut Machine<'_, Self>, entries: Vec<(Arc<str>, Possible)>, place: Place) -> Walked<Possible> {
        machine.work(entries.len(), place)?;
        let entries = entries.into_iter().map(|(name, value)| (name.to_string().into(), value)).collect();
        Ok(parts::table(entries))
    }

    fn template(machine: &mut Machine<'_, Self>, parts: Vec<Possible>, place: Place) -> Walked<Possible> {
        let mut text = String::new();
        for part in &parts {
            match part {
                Possible::Known(datum) => {
                    machine.env.write_words(datum, &mut text).map_err(|wrong| machine.wrong(wrong, place))?;
                }
                _ => return Ok(Possible::Several([Atom::Texts].into())),
            }
        }
        Ok(Possible::Known(Datum::Text(text.into())))
    }

    fn range(
        machine: &mut Machine<'_, Self>,
        from: Possible,
        to: Possible,
        inclusive: bool,
        place: Place,
    ) -> Walked<Possible> {
        let (Possible::Known(Datum::Whole(from)), Possible::Known(Datum::Whole(to))) = (&from, &to) else {
            return Ok(Possible::Anything);
        };
        let to = if inclusive { to.saturating_add(1) } else { *to };
        let count = usize::try_from(to.saturating_sub(*from)).unwrap_or(0);
        machine.work(count, place)?;
        Ok(Possible::Known(Datum::list((*from..to).map(Datum::Whole).collect())))
    }

    fn apply(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        given: &mut [Possible],
        place: Place,
    ) -> Walked<Possible> {
        lift::apply(machine, word, given, place)
    }

    fn change(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        target: &mut Possible,
        given: &mut [Possible],
        place: Place,
    ) -> Walked<Possible> {
        parts::change(machine, word, target, given, place)
    }

    fn closure(_: &mut Machine<'_, Self>, function: u32, captured: Vec<Possible>, _: Place) -> Walked<Possible> {
        Ok(parts::within(Possible::Closure(Rc::new((function, Nest::of(captured))))))
    }

    fn as_closure(value: &Possible) -> Option<(u32, &[Possible])> {
        match value {
            Possible::Closure(closure) => Some((closure.0, closure.1.as_slice())),
            _ => None,
        }
    }

    fn with_list<'p>(
        machine: &mut Machine<'p, Self>,
        value: Possible,
        place: Place,
        run: ListWay<'_, 'p, Self>,
    ) -> Walked<Possible> {
        let Some(atoms) = atoms_of(machine, &value) else { return Err(Stop::Lost) };
        let mut lists = Vec::new();
        let mut wrong = None;
        for atom in atoms {
            match atom {
                Atom::Known(Datum::List(list)) => lists.push(Entries::Known(list)),
                Atom::List(list) => lists.push(Entries::Possible(list)),
                Atom::Known(other) => wrong = Some(no_list(&other)),
                _ => return Err(Stop::Lost),
            }
        }
        match wrong {
            Some(wrong) if lists.is_empty() => Err(machine.wrong(wrong, place)),
            _ => paths::each_list(machine, &lists, run),
        }
    }

    fn len(list: &Entries) -> usize {
        match list {
            Entries::Known(list) => list.items.len(),
            Entries::Possible(list) => list.len(),
        }
    }

    fn entry(list: &Entries, number: usize) -> Possible {
        match list {
            Entries::Known(list) => Possible::Known(list.items.get(number).cloned().unwrap_or_default()),
            Entries::Possible(list) => list.get(number).cloned().unwrap_or_default(),
        }
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn mark(machine: &Machine<'_, Self>) -> Self::Mark {
        (machine.domain.narrowed.clone(), machine.domain.version)
    }

    fn begin(machine: &mut Machine<'_, Self>) {
        machine.domain.begin();
    }

    fn begin_loop(machine: &mut Machine<'_, Self>) {
        machine.domain.loops.push(LoopEnds::default());
    }

    fn after_turn(machine: &mut Machine<'_, Self>, walked: Walked<()>) -> Walked<bool> {
        paths::after_turn(machine, walked)
    }

    fn end_loop(machine: &mut Machine<'_, Self>, ended: Walked<()>) -> Walked<()> {
        paths::end_loop(machine, ended)
    }

    fn leave(machine: &mut Machine<'_, Self>, mark: Self::Mark, walked: Walked<Possible>) -> Walked<Possible> {
        paths::leave(machine, mark, walked)
    }
}

/// A list whose length is settled.
#[derive(Debug, Clone)]
pub enum Entries {
    /// Of known values.
    Known(Rc<List>),
    /// Of possible ones.
    Possible(Rc<Nest<Possible>>),
}

/// What a walk can be taken up from again.
fn frame(machine: &Machine<'_, Open>) -> Frame {
    Frame {
        locals: machine.stack.get(machine.base..).unwrap_or_default().to_vec(),
        narrowed: machine.domain.narrowed.clone(),
        version: machine.domain.version,
    }
}
