//! What was worked out once and holds all along a case: what helpers gave, with what they read.

use super::{Machine, Read};
use crate::{
    evaluate::{
        domain::Domain,
        stop::{Stop, Walked},
    },
    language::{tree::Place, wrong::Wrong},
};
use std::rc::Rc;

/// Most reads of one run. No step of the budget counts them: a statement may hold many, and a helper that was worked out before
/// gives all of its own at once.
const MAX_READS: usize = 4_000_000;

/// What a helper gave that is handed nothing but `person`, with what it read.
#[derive(Debug, Clone)]
pub(in crate::evaluate) struct Cell<V> {
    pub(super) value: V,
    pub(super) reads: Rc<[Read]>,
    /// Under which narrowing it was worked out.
    pub(super) version: u32,
}

/// Which reads were met while they are told apart: what bears the number of this round was.
#[derive(Debug, Default)]
pub(super) struct FirstMet {
    rounds: Vec<u32>,
    round: u32,
}

impl FirstMet {
    fn begin(&mut self) {
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.rounds.fill(0);
            1
        });
    }

    /// Whether a read is met for the first time in this round.
    fn is_new(&mut self, read: Read) -> bool {
        let at = usize::from(read.input.0) * 4 + usize::from(read.presence) * 2 + usize::from(read.inside);
        if at >= self.rounds.len() {
            self.rounds.resize(at + 1, 0);
        }
        let round = self.round;
        self.rounds.get_mut(at).is_some_and(|met| std::mem::replace(met, round) != round)
    }

    /// Leaves each read from a place on in where it stands first.
    pub(super) fn keep_once(&mut self, reads: &mut Vec<Read>, from: usize) {
        self.begin();
        let mut kept = from;
        for at in from..reads.len() {
            let Some(read) = reads.get(at).copied() else { break };
            if self.is_new(read)
                && let Some(first) = reads.get_mut(kept)
            {
                *first = read;
                kept += 1;
            }
        }
        reads.truncate(kept);
    }
}

impl<D: Domain> Machine<'_, D> {
    /// Forgets what was worked out for the case before.
    pub fn forget(&mut self) {
        self.cells.iter_mut().for_each(|cell| *cell = None);
    }

    /// What was worked out so far.
    pub(in crate::evaluate) fn worked_out(&self) -> Vec<Option<Cell<D::Value>>> {
        self.cells.clone()
    }

    /// Takes for worked out what was so before on no way's condition and from reads that still hold; forgets the rest.
    pub(in crate::evaluate) fn take_up(
        &mut self,
        former: &[Option<Cell<D::Value>>],
        still_hold: impl Fn(&D, &[Read]) -> bool,
    ) {
        self.cells.clear();
        let holds = |cell: &&Cell<D::Value>| cell.version == 0 && still_hold(&self.domain, &cell.reads);
        self.cells.extend(former.iter().map(|cell| cell.as_ref().filter(holds).cloned()));
    }

    /// Whether as many reads more may be noted.
    #[inline]
    pub(in crate::evaluate) fn room_to_read(&self, more: usize, place: Place) -> Walked<()> {
        if self.reads.len() + more > MAX_READS { Err(self.reads_too_often(place)) } else { Ok(()) }
    }

    #[cold]
    fn reads_too_often(&self, place: Place) -> Stop {
        let message = format!("reads inputs more than {MAX_READS} times, the limit for one rule");
        self.wrong(Wrong::limit(message, "ask before the loop, and keep what comes of it in a variable"), place)
    }

    /// What was read since the last run began, in order, each once.
    pub fn take_reads(&mut self) -> Vec<Read> {
        self.met.keep_once(&mut self.reads, 0);
        let all = self.reads.clone();
        // The room that the next run needs stays.
        self.reads.clear();
        all
    }
}
