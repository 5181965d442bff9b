//! Stretches of numbers.

use super::value::Atom;
use crate::language::datum::Datum;
use jiff::{ToSpan, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// What numbers are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Whole numbers.
    Whole,
    /// Decimals.
    Decimal,
    /// Days, counted from the first of January 1970.
    Day,
}

/// The numbers between two bounds. Of decimals a bound may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The lower bound.
    pub low: Decimal,
    /// The upper bound.
    pub high: Decimal,
    /// Whether the lower bound itself is left out.
    pub above_low: bool,
    /// Whether the upper bound itself is left out.
    pub below_high: bool,
    /// What is counted.
    pub grain: Grain,
}

/// Most digits behind the point that a decimal can have.
const MAX_SCALE: u32 = 28;

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// A number, or a date as a number of days.
#[must_use]
pub fn number_of(datum: &Datum) -> Option<Decimal> {
    match datum {
        Datum::Date(date) => Some(Decimal::from((*date - EPOCH).get_days())),
        other => other.as_number(),
    }
}

impl Numbers {
    /// All numbers from one to another.
    #[must_use]
    pub const fn new(low: Decimal, high: Decimal, grain: Grain) -> Self {
        Self { low, high, above_low: false, below_high: false, grain }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.low > self.high || (self.low == self.high && (self.above_low || self.below_high))
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn contains(&self, number: Decimal) -> bool {
        let over = if self.above_low { number > self.low } else { number >= self.low };
        over && if self.below_high { number < self.high } else { number <= self.high }
    }

    /// A number as a value of this grain.
    #[must_use]
    pub fn datum(&self, number: Decimal) -> Datum {
        match self.grain {
            Grain::Whole => number.to_i64().map_or(Datum::Decimal(number), Datum::Whole),
            Grain::Decimal => Datum::Decimal(number.normalize()),
            Grain::Day => {
                let days = number.to_i64().unwrap_or_default();
                Datum::Date(EPOCH.checked_add(days.days()).unwrap_or(EPOCH))
            }
        }
    }

    /// How many there are, where they can be counted.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        if self.grain == Grain::Decimal {
            return (self.low == self.high).then_some(1);
        }
        (self.high - self.low).to_usize().map(|more| more.saturating_add(1))
    }

    /// The smallest and the largest that a case file would give.
    #[must_use]
    pub fn ends(&self) -> [Decimal; 2] {
        let step = |bound: Decimal| match self.grain {
            Grain::Decimal => Decimal::new(1, (bound.scale().max(1) + 1).min(MAX_SCALE)),
            Grain::Whole | Grain::Day => Decimal::ONE,
        };
        let inside =
            |number: Decimal| if self.contains(number) { number } else { (self.low + self.high) / Decimal::TWO };
        let low = if self.above_low { inside(self.low + step(self.low)) } else { self.low };
        let high = if self.below_high { inside(self.high - step(self.high)) } else { self.high };
        [low, high]
    }

    /// The parts into which some numbers cut it: each of them by itself, and what lies between.
    #[must_use]
    pub fn pieces(&self, cuts: &[Decimal]) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut rest = *self;
        for cut in cuts {
            if self.grain != Grain::Decimal && !cut.is_integer() {
                // No number of these is the cut itself.
                let (below, above) = (Self { high: cut.floor(), ..rest }, Self { low: cut.ceil(), ..rest });
                if !below.is_empty() && !above.is_empty() {
                    pieces.push(below);
                    rest = above;
                }
                continue;
            }
            let cut = *cut;
            if !rest.contains(cut) {
                continue;
            }
            let at = Self { low: cut, high: cut, above_low: false, below_high: false, ..rest };
            let (below, above) = match self.grain {
                Grain::Decimal => {
                    (Self { high: cut, below_high: true, ..rest }, Self { low: cut, above_low: true, ..rest })
                }
                _ => (Self { high: cut - Decimal::ONE, ..rest }, Self { low: cut + Decimal::ONE, ..rest }),
            };
            pieces.extend([below, at].into_iter().filter(|piece| !piece.is_empty()));
            rest = above;
        }
        pieces.extend(Some(rest).filter(|rest| !rest.is_empty()));
        pieces
    }

    /// The numbers between the lower of the low bounds and the higher of the high ones.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let (low, above_low) = match self.low.cmp(&other.low) {
            std::cmp::Ordering::Less => (self.low, self.above_low),
            std::cmp::Ordering::Greater => (other.low, other.above_low),
            std::cmp::Ordering::Equal => (self.low, self.above_low && other.above_low),
        };
        let (high, below_high) = match self.high.cmp(&other.high) {
            std::cmp::Ordering::Greater => (self.high, self.below_high),
            std::cmp::Ordering::Less => (other.high, other.below_high),
            std::cmp::Ordering::Equal => (self.high, self.below_high && other.below_high),
        };
        let grain = if self.grain == other.grain { self.grain } else { Grain::Decimal };
        Self { low, high, above_low, below_high, grain }
    }

    /// As an alternative; a single number as itself.
    #[must_use]
    pub fn atom(self) -> Atom {
        if self.low == self.high { Atom::Known(self.datum(self.low)) } else { Atom::Numbers(self) }
    }
}
