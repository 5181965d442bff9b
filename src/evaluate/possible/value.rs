//! What a value can be: one known value, an open fact, or several alternatives.

use super::nest::Nest;
use super::numbers::{Grain, Numbers, number_of};
use crate::{
    case::{
        domain::Domain,
        input::InputId,
        record::Shape,
        value::{Name, Value},
    },
    language::datum::Datum,
};
use jiff::civil::Date;
use rust_decimal::Decimal;
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
    /// The answer to a question, or an input that questions are asked of; by its number.
    Asked(InputId),
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
    /// A list of any length, of which each entry can be this.
    Entries(Rc<Possible>),
    /// A table whose names are known.
    Table(Rc<Nest<(Name, Possible)>>),
}

impl Default for Possible {
    fn default() -> Self {
        Self::Known(Datum::Absent)
    }
}

impl Atom {
    /// Whether it is certainly the same alternative as another.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => alike(one, other),
            (Self::Numbers(one), Self::Numbers(other)) => one == other,
            (Self::Texts, Self::Texts) => true,
            (Self::List(one), Self::List(other)) => Rc::ptr_eq(one, other),
            (Self::Table(one), Self::Table(other)) => Rc::ptr_eq(one, other),
            (Self::Entries(one), Self::Entries(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }

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
            Atom::Entries(entry) => entry.depth().saturating_add(1),
            Atom::Numbers(_) | Atom::Texts => 0,
        };
        match self {
            Self::Known(datum) => datum.depth(),
            Self::Several(atoms) => atoms.iter().map(of_atom).max().unwrap_or(0),
            Self::Closure(closure) => closure.1.depth,
            Self::Fact(_) | Self::Asked(_) | Self::Anything => 0,
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

/// Most entries of a list or table that is looked into.
const MAX_ENTRIES: usize = 24;
/// How deep lists and tables that are looked into may nest.
const MAX_DEPTH: u8 = 2;

/// Whether a value is the same as any that has the same in it: long lists and tables are not looked into, nor closures.
#[must_use]
pub fn is_looked_into(datum: &Datum) -> bool {
    match datum {
        Datum::List(list) => list.items.len() <= MAX_ENTRIES && list.depth <= MAX_DEPTH,
        Datum::Table(table) => table.entries.len() <= MAX_ENTRIES && table.depth <= MAX_DEPTH,
        Datum::Closure(_) => false,
        _ => true,
    }
}

/// Whether two values are certainly the same. What is not looked into is the same only where it is one.
#[must_use]
pub fn alike(one: &Datum, other: &Datum) -> bool {
    match (one, other) {
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
            let same = || left.items.iter().zip(&right.items).all(|(left, right)| alike(left, right));
            let is_short = is_looked_into(one) && left.items.len() == right.items.len();
            Rc::ptr_eq(left, right) || (is_short && same())
        }
        (Datum::Table(left), Datum::Table(right)) => {
            let mut pairs = left.entries.iter().zip(&right.entries);
            let is_short = is_looked_into(one) && left.entries.len() == right.entries.len();
            Rc::ptr_eq(left, right)
                || (is_short && pairs.all(|((left, one), (right, other))| left == right && alike(one, other)))
        }
        (Datum::Closure(left), Datum::Closure(right)) => Rc::ptr_eq(left, right),
        _ => one.as_text().zip(other.as_text()).is_some_and(|(left, right)| left == right),
    }
}

/// Adds an alternative, unless it is there. Where there are too many, numbers are kept by their bounds alone; false where even so
/// there are too many.
pub fn add(atoms: &mut Vec<Atom>, atom: Atom) -> bool {
    let is_there = |known: &Atom| match (known, &atom) {
        (Atom::Texts, Atom::Known(datum)) => datum.as_text().is_some(),
        (Atom::Numbers(known), Atom::Known(datum)) => {
            let same_grain = matches!(
                (known.grain, datum),
                (Grain::Whole, Datum::Whole(_)) | (Grain::Decimal, Datum::Decimal(_)) | (Grain::Day, Datum::Date(_))
            );
            same_grain && number_of(datum).is_some_and(|number| known.contains(number))
        }
        _ => known.is(&atom),
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

/// The days of a set up to one.
#[must_use]
pub fn until(set: Vec<Atom>, on: Date) -> Vec<Atom> {
    let on = number_of(&Datum::Date(on)).unwrap_or(Decimal::MAX);
    let up_to = |atom: Atom| match atom {
        Atom::Numbers(days) if days.low <= on && on < days.high => Numbers::new(days.low, on, days.grain).atom(),
        other => other,
    };
    set.into_iter().map(up_to).collect()
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
        Some(Atom::Texts) => Value::Text("a".into()),
        _ => Value::Absent,
    }
}
