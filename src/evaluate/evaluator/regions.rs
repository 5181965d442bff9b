//! The rules over every case that is held in some way: parts of everything that there could be, each with some inputs, and some
//! of what is asked of histories and lists, held to a part of what they can be.

use super::{Evaluator, Held};
use crate::{
    case::input::InputId,
    evaluate::{
        inputs::{Assumed, Facts},
        machine::Read,
        outcome::Outlook,
        possible::{
            asked::{self, Questions},
            value::Possible,
        },
        stop::{Fault, Stop},
    },
    language::{budget::Budget, program::Entry},
};
use std::{collections::BTreeSet, rc::Rc, sync::Arc};

/// What a function gives of every case of a region.
#[derive(Debug)]
pub struct Told {
    /// What it gives: nothing where no case is held so, or it always fails.
    pub value: Option<Possible>,
    /// Whether no case is held so.
    pub is_impossible: bool,
    /// How it fails, on some way or on all.
    pub may_fail: Option<Box<Fault>>,
    /// Whether it fails for certain.
    pub fails: bool,
    /// What it read, questions and helpers among it.
    pub reads: BTreeSet<InputId>,
}

/// Why nothing is said of any case of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vacant {
    /// No case is held so.
    Impossible,
    /// A function fails on all of them.
    Fails,
}

impl Evaluator<'_> {
    /// Opens every input, and keeps what is asked of those that have no end of values. What every helper can give is worked out.
    pub fn open_questions(&mut self, facts: &Arc<Facts>) {
        self.open(facts, Assumed::new());
        self.open_everything();
        self.open.domain.questions.get_or_insert_default();
        self.hold(&Held::new());
        for (number, function) in (0..).zip(&self.program.functions) {
            if function.cell.is_some() && function.parameters == 0 {
                self.open.env.budget = Budget::of_a_case();
                if let Ok(value) = self.open.run(number, []) {
                    // Nothing is held, so that nothing can be impossible.
                    drop(asked::helper(&mut self.open, number, 0, value));
                }
            }
        }
        self.outlook();
        self.tell_calls();
    }

    /// Works out what each call can give that is handed known values, of every case.
    fn tell_calls(&mut self) {
        let mut tried = BTreeSet::new();
        loop {
            let untold = self.open.domain.questions.as_ref().map(Questions::untold).unwrap_or_default();
            let Some((id, function, handed)) = untold.into_iter().find(|(id, ..)| tried.insert(*id)) else { break };
            self.open.env.budget = Budget::of_a_case();
            let value = self.open.run(function, handed.into_iter().map(Possible::Known));
            let gives = value.ok().and_then(|value| asked::few(&value));
            if let (Some(questions), Some(gives)) = (&mut self.open.domain.questions, gives) {
                questions.tell(id, &gives);
            }
        }
    }

    /// Turns to a region. Its own budget counts from here on.
    pub fn hold(&mut self, held: &Held) {
        self.region_steps = self.steps_of_regions();
        self.open.env.budget = Budget::of_a_case();
        self.open.domain.hold(held.clone());
        self.open.domain.questions.as_mut().into_iter().for_each(|questions| questions.inside.clear());
    }

    /// How many steps all regions took so far.
    #[must_use]
    pub const fn steps_of_regions(&self) -> u64 {
        self.region_steps + self.open.env.budget.taken()
    }

    /// What a function gives of every case of the region, worked out anew, so that nothing that may fail is passed over.
    pub fn told(&mut self, entry: &Entry, arguments: Vec<Possible>) -> Told {
        self.open.forget();
        self.told_of(entry.function, arguments)
    }

    /// The same of any function, taking from helpers what they gave before.
    pub fn told_of(&mut self, function: u32, arguments: Vec<Possible>) -> Told {
        // What others meet is not its fault.
        self.open.domain.may_fail = None;
        let ran = self.open.run(function, arguments);
        let mut reads = BTreeSet::new();
        let read = self.open.take_reads();
        self.tell_apart(&read, &mut reads);
        let may_fail = self.open.domain.may_fail.take();
        let (value, fails) = match ran {
            Ok(value) => (Some(value), None),
            Err(Stop::Fault(fault)) => (None, Some(fault)),
            Err(Stop::Impossible) => {
                return Told { value: None, is_impossible: true, may_fail: None, fails: false, reads };
            }
            Err(_) => (Some(Possible::Anything), None),
        };
        Told { value, is_impossible: false, fails: fails.is_some(), may_fail: fails.or(may_fail), reads }
    }

    /// Takes from helpers what they gave before, unless they read something that is held.
    pub fn take_up(&mut self) {
        self.take_up_helpers();
    }

    /// What one of the rules in force can say of every case of the region, and what it read.
    ///
    /// # Errors
    ///
    /// Where it says nothing of any case of it, and why.
    pub fn says(&mut self, at: usize) -> Result<(Rc<Outlook>, BTreeSet<InputId>), Vacant> {
        self.take_up_helpers();
        let entry = self.rules.get(at).copied().ok_or(Vacant::Impossible)?;
        let said = self.said_of(at, entry);
        if said.is_impossible {
            return Err(Vacant::Impossible);
        }
        if said.fails.is_some() {
            return Err(Vacant::Fails);
        }
        let mut reads = BTreeSet::new();
        self.tell_apart(&said.reads, &mut reads);
        Ok((said.outlook, reads))
    }

    /// Adds what was read, where questions are kept; what was read inside of helpers alone is kept apart with them.
    pub(super) fn tell_apart(&mut self, all: &[Read], reads: &mut BTreeSet<InputId>) {
        let Some(questions) = &mut self.open.domain.questions else { return };
        for read in all {
            if read.inside {
                questions.inside.insert(read.input)
            } else {
                reads.insert(read.input)
            };
        }
    }
}
