//! A register flag on the record: written as a word, or as a word with the dates between which it holds. A code that the model does
//! not list is kept: a service has more registers than any rule looks at.

use super::{
    day::Day,
    model::Case,
    record::{Part, Shape, View, record},
    strict::{self, short_or_full},
    text::Code,
    words::Registration,
};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

record! {
    /// A register flag with its dates.
    pub entry DatedRegistration {
        /// Which.
        r#type: Register = Required, "nDelius",
        /// From when.
        date: Option<Day> = Detail Dates, "nDelius",
        /// Until when: from that day on it no longer counts.
        to: Option<Day> = Detail Ahead, "nDelius"
    }
}

/// Which register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Register {
    /// One that the model lists.
    Listed(Registration),
    /// Another, by its code.
    Other(Code),
}

impl Register {
    fn parse(text: &str) -> Option<Self> {
        Registration::parse(text).map(Self::Listed).or_else(|| Code::parse(text).map(Self::Other))
    }
}

impl<'de> Deserialize<'de> for Register {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        strict::word(from, Registration::SPELLINGS, Self::parse)
    }
}

impl schemars::JsonSchema for Register {
    fn schema_name() -> Cow<'static, str> {
        "Register".into()
    }

    fn json_schema(of: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (listed, other) = (of.subschema_for::<Registration>(), of.subschema_for::<Code>());
        schemars::json_schema!({ "anyOf": [listed, other] })
    }
}

impl Part for Register {
    fn shape() -> Shape {
        Registration::shape()
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Listed(listed) => listed.view(),
            Self::Other(code) => code.view(),
        }
    }
}

/// Where what a code says belongs, of the codes that are no register of their own here.
#[must_use]
pub fn belongs_in(code: &str) -> Option<&'static str> {
    match code {
        "MAPP" => Some("`mappa.category` and `mappa.level`"),
        "IIOM" => Some("`iom`"),
        "RVHR" | "RHRH" | "RMRH" | "RLRH" => Some("`oasys.rosh`"),
        _ => None,
    }
}

impl Case {
    /// The codes among its registrations that the model does not list, with the place of each.
    pub fn unlisted(&self) -> impl Iterator<Item = (usize, &Code)> {
        self.registrations.iter().enumerate().filter_map(|(index, one)| match &one.r#type {
            Register::Other(code) => Some((index, code)),
            Register::Listed(_) => None,
        })
    }

    /// Whether a register says something that has a field of its own, which the case leaves out: a rule that reads the field would
    /// take it for none.
    #[must_use]
    pub fn leaves_mappa_open(&self) -> bool {
        self.mappa.category.is_none()
            && self.mappa.level.is_none()
            && self.unlisted().any(|(_, code)| code.as_str() == "MAPP")
    }

    /// Takes what a register says for the field that it belongs in, where the case leaves that out and nothing else could be meant.
    pub fn place_registers(&mut self) {
        if self.iom.is_none() && self.unlisted().any(|(_, code)| code.as_str() == "IIOM") {
            self.iom = Some(true);
        }
    }
}

/// A register flag on the record. A script sees the word, or the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Which.
    pub r#type: Register,
    /// From when; always, when not said.
    pub date: Option<Day>,
    /// Until when, that day not included.
    pub to: Option<Day>,
}

short_or_full! {
    Registered, Registered, false, "a registration: a word, or its `type` and `date`",
    visit_str(&str) => Register: |r#type| Registered { r#type, date: None, to: None },
    DatedRegistration: |dated| Registered { r#type: dated.r#type, date: dated.date, to: dated.to }
}

impl Part for Registered {
    fn shape() -> Shape {
        Registration::shape()
    }

    fn view(&self) -> View<'_> {
        self.r#type.view()
    }

    /// One that has ended is not known of as one that holds.
    fn is_later(&self, than: Date) -> bool {
        self.date.is_later(than) || self.to.is_some_and(|to| to.0 <= than)
    }
}
