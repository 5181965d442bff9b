//! What a value can be: one known value, an open fact, or several alternatives.

use crate::{
    case::{
        domain::Domain,
        record::Shape,
        value::{Name, Value},
    },
    language::datum::Datum,
};
use jiff::{ToSpan, civil::Date};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::rc::Rc;

/// Most alternatives that a value is kept with; past it nothing is known of it, or for numbers only their bounds.
pub const MAX_ATOMS: usize = 160;

/// Everything that a value can be.
#[derive(Debug, Clone)]
pub enum Possible {
    /// This.
    Known(Datum),
    /// An open fact, as narrowed where it is looked at; by its number.
    Fact(u16),
    /// One of these.
    Several(Rc<[Atom]>),
    /// A closure, with what it captured.
    Closure(Rc<(u32, Nest<Possible>)>),
    /// Anything at all.
    Anything,
}

/// One alternative.
#[derive(Debug, Clone)]
pub enum Atom {
    /// This value.
    Known(Datum),
    /// A number or date between two bounds.
    Numbers(Numbers),
    /// Any text.
    Texts,
    /// A list whose length is known.
    List(Rc<Nest<Possible>>),
    /// A table whose names are known.
    Table(Rc<Nest<(Name, Possible)>>),
}

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

/// Entries of which each can be several things, and how deep lists, tables and closures nest in them.
#[derive(Debug, Clone)]
pub struct Nest<T> {
    entries: Vec<T>,
    depth: u8,
}

impl<T> std::ops::Deref for Nest<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.entries
    }
}

impl Nest<Possible> {
    /// Some entries.
    #[must_use]
    pub fn of(entries: Vec<Possible>) -> Self {
        let depth = entries.iter().map(Possible::depth).max().unwrap_or(0).saturating_add(1);
        Self { entries, depth }
    }
}

impl Nest<(Name, Possible)> {
    /// Some entries by name.
    #[must_use]
    pub fn by_name(entries: Vec<(Name, Possible)>) -> Self {
        let depth = entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0).saturating_add(1);
        Self { entries, depth }
    }
}

impl Default for Possible {
    fn default() -> Self {
        Self::Known(Datum::Absent)
    }
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
            let cut = if self.grain == Grain::Decimal { *cut } else { cut.ceil() };
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

impl Atom {
    /// The numbers that it can be.
    #[must_use]
    pub fn numbers(&self) -> Option<Numbers> {
        match self {
            Self::Numbers(numbers) => Some(*numbers),
            Self::Known(datum) => {
                let number = number_of(datum)?;
                let grain = match datum {
                    Datum::Whole(_) => Grain::Whole,
                    Datum::Date(_) => Grain::Day,
                    _ => Grain::Decimal,
                };
                Some(Numbers::new(number, number, grain))
            }
            _ => None,
        }
    }
}

impl Possible {
    /// How deep lists, tables and closures nest in it.
    #[must_use]
    pub fn depth(&self) -> u8 {
        let of_atom = |atom: &Atom| match atom {
            Atom::Known(datum) => datum.depth(),
            Atom::List(list) => list.depth,
            Atom::Table(table) => table.depth,
            Atom::Numbers(_) | Atom::Texts => 0,
        };
        match self {
            Self::Known(datum) => datum.depth(),
            Self::Several(atoms) => atoms.iter().map(of_atom).max().unwrap_or(0),
            Self::Closure(closure) => closure.1.depth,
            Self::Fact(_) | Self::Anything => 0,
        }
    }

    /// One of some alternatives.
    #[must_use]
    pub fn of_atoms(mut atoms: Vec<Atom>) -> Self {
        match atoms.len() {
            0 => Self::Anything,
            1 => match atoms.pop() {
                Some(Atom::Known(datum)) => Self::Known(datum),
                Some(atom) => Self::Several([atom].into()),
                None => Self::Anything,
            },
            _ => Self::Several(atoms.into()),
        }
    }

    /// Either truth value.
    #[must_use]
    pub fn either() -> Self {
        Self::Several([Atom::Known(Datum::Bool(false)), Atom::Known(Datum::Bool(true))].into())
    }
}

/// Whether two values are certainly the same. Long lists are not looked into unless they are one.
#[must_use]
pub fn alike(left: &Datum, right: &Datum) -> bool {
    match (left, right) {
        (Datum::Absent, Datum::Absent) => true,
        (Datum::Bool(left), Datum::Bool(right)) => left == right,
        (Datum::Whole(left), Datum::Whole(right)) => left == right,
        (Datum::Decimal(left), Datum::Decimal(right)) => left == right,
        (Datum::Date(left), Datum::Date(right)) => left == right,
        (Datum::Group(left), Datum::Group(right)) => left == right,
        (Datum::Effect(left), Datum::Effect(right)) => Rc::ptr_eq(left, right) || left == right,
        (Datum::Standard(left), Datum::Standard(right)) => left == right,
        (Datum::Pattern(left), Datum::Pattern(right)) => left == right,
        (Datum::List(left), Datum::List(right)) => {
            let short = left.items.len() <= 24 && left.depth <= 2;
            let same = || left.items.iter().zip(&right.items).all(|(left, right)| alike(left, right));
            Rc::ptr_eq(left, right) || (short && left.items.len() == right.items.len() && same())
        }
        (Datum::Table(left), Datum::Table(right)) => Rc::ptr_eq(left, right),
        (Datum::Closure(left), Datum::Closure(right)) => Rc::ptr_eq(left, right),
        _ => left.as_text().zip(right.as_text()).is_some_and(|(left, right)| left == right),
    }
}

/// Adds an alternative, unless it is there. Where there are too many, numbers are kept by their bounds alone; false where even so
/// there are too many.
pub fn add(atoms: &mut Vec<Atom>, atom: Atom) -> bool {
    let is_there = |known: &Atom| match (known, &atom) {
        (Atom::Known(known), Atom::Known(datum)) => alike(known, datum),
        (Atom::Numbers(known), Atom::Numbers(numbers)) => known == numbers,
        (Atom::Texts, Atom::Texts) => true,
        (Atom::Texts, Atom::Known(datum)) => datum.as_text().is_some(),
        (Atom::Numbers(known), Atom::Known(datum)) => {
            let same_grain = matches!(
                (known.grain, datum),
                (Grain::Whole, Datum::Whole(_)) | (Grain::Decimal, Datum::Decimal(_)) | (Grain::Day, Datum::Date(_))
            );
            same_grain && number_of(datum).is_some_and(|number| known.contains(number))
        }
        (Atom::List(known), Atom::List(list)) => Rc::ptr_eq(known, list),
        (Atom::Table(known), Atom::Table(table)) => Rc::ptr_eq(known, table),
        _ => false,
    };
    if atoms.iter().any(is_there) {
        return true;
    }
    atoms.push(atom);
    if atoms.len() <= MAX_ATOMS {
        return true;
    }
    for grain in [Grain::Whole, Grain::Decimal, Grain::Day] {
        let mut hull: Option<Numbers> = None;
        atoms.retain(|atom| match atom.numbers().filter(|numbers| numbers.grain == grain) {
            Some(numbers) => {
                hull = Some(hull.map_or(numbers, |hull| hull.hull(&numbers)));
                false
            }
            None => true,
        });
        atoms.extend(hull.map(Numbers::atom));
    }
    atoms.len() <= MAX_ATOMS
}

/// Everything that an input of a shape can be; nothing where that has no bounds that help.
#[must_use]
pub fn of_shape(shape: &Shape) -> Option<Vec<Atom>> {
    let days = |date: Date| number_of(&Datum::Date(date)).unwrap_or_default();
    match shape {
        Shape::Leaf(domain) => Some(match domain {
            Domain::Bool => vec![Atom::Known(Datum::Bool(false)), Atom::Known(Datum::Bool(true))],
            Domain::Whole { min, max } => vec![Numbers::new((*min).into(), (*max).into(), Grain::Whole).atom()],
            Domain::Decimal { min, max } => vec![Numbers::new((*min).into(), (*max).into(), Grain::Decimal).atom()],
            Domain::Words(words) => words.iter().map(|word| Atom::Known(Datum::Word(word))).collect(),
            Domain::OwnWords(words) => words.iter().map(|word| Atom::Known(Datum::text(word))).collect(),
            Domain::Date => vec![Atom::Numbers(Numbers::new(
                days(Date::MIN.max(jiff::civil::date(1, 1, 1))),
                days(Date::MAX),
                Grain::Day,
            ))],
            Domain::Text => vec![Atom::Texts],
            Domain::Answers => return None,
        }),
        Shape::List(_) | Shape::Record(_) => None,
    }
}

/// The first or the last value of a set, as a case would give it.
#[must_use]
pub fn end(set: &[Atom], last: bool) -> Value {
    match if last { set.last() } else { set.first() } {
        Some(Atom::Known(datum)) => Value::try_from(datum).unwrap_or_default(),
        Some(Atom::Numbers(numbers)) => {
            let [low, high] = numbers.ends();
            Value::try_from(&numbers.datum(if last { high } else { low })).unwrap_or_default()
        }
        Some(Atom::Texts) => Value::Text("".into()),
        _ => Value::Absent,
    }
}
