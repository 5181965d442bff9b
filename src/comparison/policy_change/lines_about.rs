//! The lines of a decision log that a difference is about.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The lines of a decision log that were decided under a policy which differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinesAbout {
    /// How many they are.
    #[schemars(range(min = 1))]
    pub count: usize,
    /// The number of the first, from 1.
    #[schemars(range(min = 1))]
    pub first: usize,
    /// The number of the last.
    #[schemars(range(min = 1))]
    pub last: usize,
    /// The earliest date that one of them is of.
    pub from: Date,
    /// The latest date that one of them is of.
    pub to: Date,
}

impl LinesAbout {
    /// One line, by its number from 1 and its date.
    #[must_use]
    pub const fn one(number: usize, on: Date) -> Self {
        Self { count: 1, first: number, last: number, from: on, to: on }
    }

    /// These and others that none of them is among.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self {
            count: self.count + others.count,
            first: self.first.min(others.first),
            last: self.last.max(others.last),
            from: self.from.min(others.from),
            to: self.to.max(others.to),
        }
    }
}
