//! What rules and helpers gave before: what read nothing that is held otherwise now walks the same way again.

use super::Held;
use crate::{
    case::input::InputId,
    evaluate::{
        machine::{Cell, Read},
        outcome::Outlook,
        possible::value::{Atom, Possible},
        stop::Fault,
    },
};
use std::{collections::VecDeque, rc::Rc};

/// Most walks of one rule that are kept: as a region is cut, the parts of one input come by again under each part of another.
const KEPT: usize = 32;

/// What one rule can say, and why.
#[derive(Debug, Clone)]
pub(super) struct RuleOutlook {
    pub(super) outlook: Rc<Outlook>,
    /// Why it fails, whatever the facts are.
    pub(super) fails: Option<Box<Fault>>,
    /// What it read, on every way, by input.
    pub(super) reads: Rc<[Read]>,
    /// Whether no case is held so.
    pub(super) is_impossible: bool,
}

/// What was worked out of the facts that are open now.
#[derive(Debug, Default)]
pub(super) struct Former {
    /// What each rule said, by its place, and what was held then; the last first.
    rules: Vec<VecDeque<(Rc<Held>, RuleOutlook)>>,
    /// What helpers gave while nothing was held.
    pub(super) helpers: Option<Vec<Option<Cell<Possible>>>>,
}

impl Former {
    /// What a rule says where facts are held so, if it is known.
    pub(super) fn said(&mut self, rule: usize, held: &Rc<Held>) -> Option<RuleOutlook> {
        let walks = self.rules.get_mut(rule)?;
        let at = walks.iter().position(|(then, said)| reads_the_same(&said.reads, then, held))?;
        if at > 0 {
            let walk = walks.remove(at)?;
            walks.push_front(walk);
        }
        walks.front().map(|(_, said)| said.clone())
    }

    /// Keeps what a rule said.
    pub(super) fn keep(&mut self, rule: usize, held: &Rc<Held>, said: RuleOutlook) {
        if rule >= self.rules.len() {
            self.rules.resize_with(rule + 1, VecDeque::new);
        }
        if let Some(walks) = self.rules.get_mut(rule) {
            walks.truncate(KEPT - 1);
            walks.push_front((Rc::clone(held), said));
        }
    }
}

/// Whether nothing that was read is held otherwise.
fn reads_the_same(reads: &[Read], then: &Rc<Held>, now: &Rc<Held>) -> bool {
    let is_read = |id: &InputId| reads.binary_search_by_key(id, |read| read.input).is_ok();
    let is_same = |id: &InputId, set: &Rc<[Atom]>| then.get(id).is_some_and(|former| are_same(former, set));
    Rc::ptr_eq(then, now)
        || (now.iter().all(|(id, set)| is_same(id, set) || !is_read(id))
            && then.keys().all(|id| now.contains_key(id) || !is_read(id)))
}

fn are_same(one: &Rc<[Atom]>, other: &Rc<[Atom]>) -> bool {
    Rc::ptr_eq(one, other)
        || (one.len() == other.len() && one.iter().zip(other.iter()).all(|(one, other)| one.is(other)))
}
