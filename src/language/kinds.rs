//! Kinds of values, as sets: what a word takes and gives, and what an expression can be.

use crate::{
    case::{domain::Domain, record::Shape},
    language::{datum::Datum, standard::Standard},
};
use std::ops::BitOr;

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// None: an expression that never comes to a value.
    pub const NONE: Self = Self(0);
    /// `()`.
    pub const ABSENT: Self = Self(1);
    /// True or false.
    pub const BOOL: Self = Self(1 << 1);
    /// A number.
    pub const NUMBER: Self = Self(1 << 2);
    /// A word or text.
    pub const TEXT: Self = Self(1 << 3);
    /// A date.
    pub const DATE: Self = Self(1 << 4);
    /// A list.
    pub const LIST: Self = Self(1 << 5);
    /// A table.
    pub const TABLE: Self = Self(1 << 6);
    /// A group of inputs.
    pub const GROUP: Self = Self(1 << 7);
    /// A closure.
    pub const CLOSURE: Self = Self(1 << 8);
    /// An effect.
    pub const EFFECT: Self = Self(1 << 9);
    /// A pattern.
    pub const PATTERN: Self = Self(1 << 10);
    /// A standard of contact.
    pub const CONTACT: Self = Self(1 << 11);
    /// A standard of review.
    pub const REVIEW: Self = Self(1 << 12);
    /// Who holds a case.
    pub const ALLOCATION: Self = Self(1 << 13);
    /// A standard of any kind.
    pub const STANDARD: Self = Self::CONTACT.or(Self::REVIEW).or(Self::ALLOCATION);
    /// Anything.
    pub const ANY: Self = Self((1 << 14) - 1);

    const NAMES: [(Self, &'static str); 15] = [
        (Self::ABSENT, "nothing"),
        (Self::BOOL, "true or false"),
        (Self::NUMBER, "a number"),
        (Self::TEXT, "a word"),
        (Self::DATE, "a date"),
        (Self::LIST, "a list"),
        (Self::TABLE, "a table"),
        (Self::GROUP, "a group of inputs"),
        (Self::CLOSURE, "a function"),
        (Self::EFFECT, "an effect"),
        (Self::STANDARD, "a standard"),
        (Self::CONTACT, "a standard of contact"),
        (Self::REVIEW, "a standard of review"),
        (Self::ALLOCATION, "an allocation"),
        (Self::PATTERN, "a pattern"),
    ];

    /// Both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both have.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Without some.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether they have nothing in common.
    #[must_use]
    pub const fn is_apart_from(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// That of a value.
    #[must_use]
    pub fn of(value: &Datum) -> Self {
        match value {
            Datum::Absent => Self::ABSENT,
            Datum::Bool(_) => Self::BOOL,
            Datum::Whole(_) | Datum::Decimal(_) => Self::NUMBER,
            Datum::Word(_) | Datum::Text(_) => Self::TEXT,
            Datum::Date(_) => Self::DATE,
            Datum::List(_) => Self::LIST,
            Datum::Table(_) => Self::TABLE,
            Datum::Group(_) => Self::GROUP,
            Datum::Closure(_) => Self::CLOSURE,
            Datum::Effect(_) => Self::EFFECT,
            Datum::Standard(standard) => match **standard {
                Standard::Contact(_) => Self::CONTACT,
                Standard::Review(_) => Self::REVIEW,
                Standard::Allocation(_) => Self::ALLOCATION,
                Standard::Workload(_) => Self::NUMBER,
            },
            Datum::Pattern(_) => Self::PATTERN,
        }
    }

    /// What an input of a shape can be, absence left out.
    #[must_use]
    pub const fn of_shape(shape: &Shape) -> Self {
        match shape {
            Shape::Leaf(Domain::Bool) => Self::BOOL,
            Shape::Leaf(Domain::Whole { .. } | Domain::Decimal { .. }) => Self::NUMBER,
            Shape::Leaf(Domain::Words(_) | Domain::OwnWords(_) | Domain::Text) => Self::TEXT,
            Shape::Leaf(Domain::Date) => Self::DATE,
            Shape::Leaf(Domain::Answers) | Shape::Record(_) => Self::TABLE,
            Shape::List(_) => Self::LIST,
        }
    }

    /// In an officer's words: `a word or a number`.
    #[must_use]
    pub fn in_words(self) -> String {
        if self == Self::ANY {
            return "anything".to_owned();
        }
        let is_any_standard = self.and(Self::STANDARD) == Self::STANDARD;
        let is_named = |kind: Self| {
            let is_one_of_all = is_any_standard && kind != Self::STANDARD && !kind.is_apart_from(Self::STANDARD);
            self.and(kind) == kind && !is_one_of_all
        };
        let names: Vec<&str> = Self::NAMES.iter().filter(|(kind, _)| is_named(*kind)).map(|(_, name)| *name).collect();
        names.join(" or ")
    }
}

impl BitOr for Kinds {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}
