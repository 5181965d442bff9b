//! A fact that was asked for and is open, and the stretches of its values.

use super::{narrow::pieces, numbers::Numbers, value::Atom};
use crate::case::input::InputId;
use rust_decimal::Decimal;
use std::{collections::BTreeSet, rc::Rc};

/// Most numbers that a fact is split into one by one.
const MAX_PIECES: usize = 128;

/// Into how many parts numbers that cannot be counted are split at most.
const FINEST: Decimal = Decimal::from_parts(64, 0, 0, false, 0);

/// A fact that was asked for and is open.
#[derive(Debug, Clone)]
pub struct OpenFact {
    /// Which.
    pub input: InputId,
    /// What it can be, before anything is held.
    pub set: Rc<[Atom]>,
    /// The numbers that it was compared with.
    pub cuts: BTreeSet<Decimal>,
    /// Whether each of its numbers may matter by itself.
    pub every: bool,
    /// Whether its value went where it is no longer seen with what it is compared: its stretches may not be all there are.
    pub loose: bool,
}

impl OpenFact {
    /// The stretches of some of its values on which the rules say the same, as far as that was seen.
    #[must_use]
    pub fn pieces(&self, set: &[Atom]) -> Vec<Atom> {
        let cuts: Vec<Decimal> = self.cuts.iter().copied().collect();
        let mut found = Vec::new();
        for piece in set.iter().flat_map(|atom| pieces(atom, &cuts)) {
            match piece {
                Atom::Numbers(numbers) if self.every && self.is_to_split(&numbers) => {
                    let count = numbers.count().filter(|count| *count <= MAX_PIECES).unwrap_or(4);
                    let step = (numbers.high - numbers.low) / Decimal::from(count.saturating_sub(1).max(1));
                    let cuts: Vec<Decimal> = (0..count).map(|at| numbers.low + step * Decimal::from(at)).collect();
                    found.extend(numbers.pieces(&cuts).into_iter().map(Numbers::atom));
                }
                piece => found.push(piece),
            }
        }
        found
    }

    /// Whether a stretch is split further: where its numbers cannot be counted, not without end.
    fn is_to_split(&self, numbers: &Numbers) -> bool {
        let width = |numbers: &Numbers| numbers.high - numbers.low;
        let whole = self.set.iter().filter_map(Atom::numbers).map(|numbers| width(&numbers)).max().unwrap_or_default();
        let few = numbers.count().is_some_and(|count| count <= MAX_PIECES);
        few || width(numbers).saturating_mul(FINEST) > whole
    }
}
