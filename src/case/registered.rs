//! A register flag on the record: written as a word, or as a word with the date from which it holds.

use super::{
    day::Day,
    record::{Part, Shape, View, record},
    strict::short_or_full,
    words::Registration,
};
use jiff::civil::Date;
use serde::Deserialize;

record! {
    /// A register flag with its date.
    pub entry DatedRegistration {
        /// Which.
        r#type: Registration = Required, "nDelius",
        /// From when.
        date: Option<Day> = Detail Dates, "nDelius"
    }
}

/// A register flag on the record. A script sees the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// Which.
    pub r#type: Registration,
    /// From when; always, when not said.
    pub date: Option<Day>,
}

short_or_full! {
    Registered, Registered, false, "a registration: a word, or its `type` and `date`",
    visit_str(&str) => Registration: |r#type| Registered { r#type, date: None },
    DatedRegistration: |dated| Registered { r#type: dated.r#type, date: dated.date }
}

impl Part for Registered {
    fn shape() -> Shape {
        Registration::shape()
    }

    fn view(&self) -> View<'_> {
        self.r#type.view()
    }

    fn is_later(&self, than: Date) -> bool {
        self.date.is_later(than)
    }
}
