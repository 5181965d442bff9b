//! Possible values: a value is a set, and a condition may be open. Then both ways are gone, each with the facts narrowed to what
//! the way says of them, and what comes out is joined. What is joined may be wider than can be, never narrower.

pub mod asked;
mod change;
mod combined;
mod entries;
mod lift;
mod loops;
mod met;
mod narrow;
pub mod nest;
pub mod numbers;
mod open_fact;
mod operations;
mod parts;
mod paths;
mod truths;
pub mod value;

pub use self::{met::Met, open_fact::OpenFact};

use self::{
    asked::Questions,
    loops::LoopEnds,
    nest::Nest,
    paths::Frame,
    value::{Atom, Possible, add, alike},
};
use crate::{
    case::input::InputId,
    evaluate::{
        inputs::Inputs,
        known::Known,
        machine::{Machine, Read},
        stop::Fault,
    },
    language::datum::List,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// What each open fact can be, by its number. Ways share it until one of them narrows a fact.
type Sets = Rc<Vec<Rc<[Atom]>>>;

/// Values by which open facts are held.
pub type Held = BTreeMap<InputId, Rc<[Atom]>>;

/// The inputs of one case, of which some are open.
#[derive(Debug)]
pub struct Open {
    /// What a rule sees of the case.
    pub(super) known: Known,
    /// The facts that were found open, in the order in which they were asked for.
    pub facts: Vec<OpenFact>,
    /// Where each stands, by the number of the input.
    places: BTreeMap<InputId, u16>,
    /// What each can be, where no condition says anything of it.
    unnarrowed: Sets,
    /// What each can be where it is looked at now.
    narrowed: Sets,
    /// What open facts are held to from outside.
    held: Rc<Held>,
    /// Whether every input is open, whatever the case gives.
    everything: bool,
    /// The inputs that are open, whatever the case gives.
    chosen: BTreeSet<InputId>,
    version: u32,
    versions: u32,
    /// What functions returned on ways that have ended, by how deep they are called.
    pending: Vec<(u32, Possible)>,
    loops: Vec<LoopEnds>,
    /// How often, in the function that is walked, an entry stood for all of a list.
    stood_for: u32,
    /// A fault that some way meets.
    pub may_fail: Option<Box<Fault>>,
    /// What conditions can come to, by their number, where that is kept.
    pub met: Option<BTreeMap<u32, Met>>,
    /// What is asked of inputs that have no end of values, where that is kept.
    pub questions: Option<Questions>,
    /// How questions call each function, where not by its number: those of another program that asks the same questions.
    pub functions: Vec<u32>,
}

impl Open {
    /// Over some inputs.
    #[must_use]
    pub fn new(inputs: Inputs) -> Self {
        Self {
            known: Known::new(inputs),
            facts: Vec::new(),
            places: BTreeMap::new(),
            unnarrowed: Sets::default(),
            narrowed: Sets::default(),
            held: Rc::default(),
            everything: false,
            chosen: BTreeSet::new(),
            version: 0,
            versions: 0,
            pending: Vec::new(),
            loops: Vec::new(),
            stood_for: 0,
            may_fail: None,
            met: None,
            questions: None,
            functions: Vec::new(),
        }
    }

    /// Turns to other inputs.
    pub fn turn_to(&mut self, inputs: Inputs) {
        self.known.turn_to(inputs);
        self.facts.clear();
        self.places.clear();
        self.everything = false;
        self.chosen.clear();
        self.hold(Held::new());
    }

    /// Holds open facts to some of the values that they could have.
    pub fn hold(&mut self, held: Held) {
        let sets = self.facts.iter().map(|fact| Rc::clone(held.get(&fact.input).unwrap_or(&fact.set)));
        self.unnarrowed = Rc::new(sets.collect());
        self.held = Rc::new(held);
        self.may_fail = None;
        self.begin();
    }

    /// Takes up what was said of the facts that were met then; those that were first met since are as open as they can be.
    fn take_up_narrowed(&mut self, mut sets: Sets) {
        if let Some(more @ [_, ..]) = self.unnarrowed.get(sets.len()..) {
            Rc::make_mut(&mut sets).extend_from_slice(more);
        }
        self.narrowed = sets;
    }

    /// What open facts are held to.
    #[must_use]
    pub const fn held(&self) -> &Rc<Held> {
        &self.held
    }

    /// Whether facts are held.
    #[must_use]
    pub fn holds_any(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether one of the facts that were read is held.
    #[must_use]
    pub fn holds_one_of(&self, reads: &[Read]) -> bool {
        reads.iter().any(|read| self.held.contains_key(&read.input))
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

    /// How questions call a function.
    fn number_of(&self, function: u32) -> u32 {
        self.functions.get(function as usize).copied().unwrap_or(function)
    }

    /// Forgets the ways of a run that was given up.
    pub(super) fn begin(&mut self) {
        self.pending.clear();
        self.loops.clear();
        // What was worked out under a narrowing of an earlier run is not taken for that of this one.
        self.version = 0;
        self.narrowed = Rc::clone(&self.unnarrowed);
    }
}

/// The alternatives of a value; none where it could be anything.
pub(super) fn atoms_of(machine: &Machine<'_, Open>, value: &Possible) -> Option<Vec<Atom>> {
    match value {
        Possible::Known(datum) => Some(vec![Atom::Known(datum.clone())]),
        Possible::Fact(fact) => machine.domain.narrowed.get(usize::from(*fact)).map(|set| set.to_vec()),
        Possible::Several(atoms) => Some(atoms.to_vec()),
        Possible::Closure(_) | Possible::Asked(_) | Possible::Anything => None,
    }
}

/// Either of two values.
pub(super) fn joined(machine: &mut Machine<'_, Open>, one: Possible, other: &Possible) -> Possible {
    match (&one, other) {
        (Possible::Known(left), Possible::Known(right)) if alike(left, right) => return one,
        (Possible::Fact(left), Possible::Fact(right)) if left == right => return one,
        (Possible::Asked(left), Possible::Asked(right)) if left == right => return one,
        (Possible::Several(left), Possible::Several(right)) if Rc::ptr_eq(left, right) => return one,
        (Possible::Closure(left), Possible::Closure(right)) if left.0 == right.0 && left.1.len() == right.1.len() => {
            let pairs = left.1.iter().zip(right.1.iter());
            let captured = pairs.map(|(one, other)| joined(machine, one.clone(), other)).collect();
            return Possible::Closure(Rc::new((left.0, Nest::of(captured))));
        }
        _ => {}
    }
    machine.domain.loosen(&one);
    machine.domain.loosen(other);
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

/// A list that is gone through entry by entry.
#[derive(Debug, Clone)]
pub enum Entries {
    /// Of known values.
    Known(Rc<List>),
    /// Of possible ones.
    Possible(Rc<Nest<Possible>>),
    /// One entry that stands for any number of them.
    Any(Rc<Possible>),
}

impl Entries {
    /// How many are gone through.
    fn len(&self) -> usize {
        match self {
            Self::Any(_) => 1,
            Self::Known(list) => list.items.len(),
            Self::Possible(list) => list.len(),
        }
    }

    /// One of them, by its place from 0.
    fn entry(&self, number: usize) -> Possible {
        match self {
            Self::Any(entry) => (**entry).clone(),
            Self::Known(list) => Possible::Known(list.items.get(number).cloned().unwrap_or_default()),
            Self::Possible(list) => list.get(number).cloned().unwrap_or_default(),
        }
    }
}

/// What a walk can be taken up from again.
fn frame(machine: &Machine<'_, Open>) -> Frame {
    Frame {
        locals: machine.stack.get(machine.base..).unwrap_or_default().to_vec(),
        narrowed: Rc::clone(&machine.domain.narrowed),
        version: machine.domain.version,
    }
}
