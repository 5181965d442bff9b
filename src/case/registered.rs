//! A register flag on the record: written as a word, or as a word with the dates between which it holds. A code that the model does
//! not list is kept: a service has more registers than any rule looks at.

use super::{
    day::Day,
    model::Case,
    record::{Part, Shape, View, record},
    strict::{self, short_or_full},
    text::Code,
    words::{Level, Registration},
};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use std::{borrow::Cow, cmp::Reverse, collections::BTreeSet, sync::LazyLock};

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
    /// Reads a word or a code. A slip of the hand in one that is known is none: as a code that no list has it would count for nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let other = || Code::parse(text).filter(|code| !is_slip(code.as_str())).map(Self::Other);
        Registration::parse(text).map(Self::Listed).or_else(other)
    }
}

impl<'de> Deserialize<'de> for Register {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        strict::word(from, &KNOWN, Self::parse)
    }
}

/// Codes of nDelius that say what has a field of its own here.
const ELSEWHERE: [&str; 6] = ["MAPP", "IIOM", "RVHR", "RHRH", "RMRH", "RLRH"];

/// Every word and code that is known.
static KNOWN: LazyLock<Vec<&str>> =
    LazyLock::new(|| Registration::SPELLINGS.iter().copied().chain(ELSEWHERE).collect());

/// Whether a code is a known word or code with a slip in it: capitals for small letters, a digit for the letter that it looks like,
/// or a letter more, less, another or in another place. A short code with another letter is mostly another code.
#[must_use]
pub fn is_slip(code: &str) -> bool {
    let folded = |text: &str| text.replace('_', "").to_lowercase();
    let without_digits = |text: &str| text.replace('0', "o").replace('1', "i");
    let stem = |text: &str| text.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let written = folded(code);
    !ELSEWHERE.contains(&code)
        && KNOWN.iter().map(|known| folded(known)).any(|known| {
            // Codes that count up, such as REG30 and REG31, are different ones.
            let is_numbered = written.get(..stem(&written)) == known.get(..stem(&known));
            let most = match known.len() {
                0..4 => 0,
                4..7 => 1,
                _ => 2,
            };
            let is_like = without_digits(&written) == without_digits(&known);
            let letters = |text: &str| text.bytes().collect::<BTreeSet<u8>>();
            let is_other = known.len() < 7 && written.len() == known.len() && letters(&written) != letters(&known);
            let is_near = !is_other && strsim::osa_distance(&written, &known) <= most;
            written == known || (!is_numbered && (is_like || is_near))
        })
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

/// Whether a code is written as those of registers are: up to four signs, and up to two digits behind them. A name or
/// a reference is mostly longer.
#[must_use]
pub fn is_like_code(code: &str) -> bool {
    let stem = code.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    code.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && code.len() > 2
        && stem <= 4
        && code.len() - stem <= 2
}

/// Where what a code says belongs, of the codes that are no register of their own here.
#[must_use]
pub fn belongs_in(code: &str) -> Option<&'static str> {
    match code {
        "MAPP" => Some("`mappa.category` and `mappa.level`"),
        "IIOM" => Some("`iom`"),
        code => level_of(code).map(|_| "`oasys.rosh`"),
    }
}

/// The risk of serious harm that a code of the register says.
fn level_of(code: &str) -> Option<Level> {
    match code {
        "RVHR" => Some(Level::VeryHigh),
        "RHRH" => Some(Level::High),
        "RMRH" => Some(Level::Medium),
        "RLRH" => Some(Level::Low),
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

    /// The inputs that a register says there are, and that the case leaves out: a rule that reads one would take it for none.
    pub fn left_open(&self) -> impl Iterator<Item = &'static str> {
        let is_managed = self.unlisted().any(|(_, code)| code.as_str() == "MAPP");
        let inputs = [("mappa.category", self.mappa.category.is_none()), ("mappa.level", self.mappa.level.is_none())];
        inputs.into_iter().filter(move |(_, is_open)| is_managed && *is_open).map(|(path, _)| path)
    }

    /// The place of the register in force on a date that a field has its value from, as it says more than what stands there; of the
    /// risk of serious harm that was assessed.
    pub(super) fn register_of(&self, path: &str, assessed: Option<Level>, on: Date) -> Option<usize> {
        let is_in_force = |index: usize| self.registrations.get(index).is_some_and(|one| !one.is_later(on));
        let in_force = self.unlisted().filter(|(index, _)| is_in_force(*index));
        let found = match path {
            "iom" => {
                in_force.filter(|(_, code)| self.iom != Some(true) && code.as_str() == "IIOM").min_by_key(|(at, _)| *at)
            }
            "oasys.rosh" => in_force
                .filter(|(_, code)| level_of(code.as_str()) > assessed)
                .min_by_key(|(_, code)| Reverse(level_of(code.as_str()))),
            _ => None,
        };
        found.map(|(index, _)| index)
    }

    /// Takes what the registers in force say for the fields that they belong in. Where a field says less, the register counts: what
    /// is recorded in two places is never taken for the lower of them.
    pub(super) fn place_registers(&mut self) {
        let is_managed = self.unlisted().any(|(_, code)| code.as_str() == "IIOM");
        let level = self.unlisted().filter_map(|(_, code)| level_of(code.as_str())).max();
        self.iom = if is_managed { Some(true) } else { self.iom };
        self.oasys.rosh = self.oasys.rosh.max(level);
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

    fn holds_earlier(&self, than: Date) -> bool {
        self.date.holds_earlier(than) || self.to.holds_earlier(than)
    }
}
