//! What a mapping does not say of a source: where, which line of the mapping asked, and what to do. No word of the source is in it.

use super::convert::Unfit;
use crate::case::fault::{Fault, Mark, Wrong};
use std::sync::Arc;

/// Something in a source that its mapping does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The input that was to be filled.
    pub path: String,
    /// Where it stands in the source.
    pub at: Mark,
    /// The line of the mapping that reads it; none for what no line reads.
    pub line: Option<usize>,
    /// The table beside the source that it stands in, where it is in one.
    pub table: Option<Arc<str>>,
    /// What is wrong.
    pub(super) found: Found,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Unfit(Unfit),
    Unnamed,
    NoValue,
    NoList,
    NoGroup,
    Several,
    ByPlace,
    Undated,
    SameDay,
    TooMuch,
}

impl Problem {
    /// What is wrong, in a sentence.
    #[must_use]
    pub const fn said(&self) -> &'static str {
        match self.found {
            Found::Unfit(Unfit::NotInTable) => "a value that `words` does not list",
            Found::Unfit(Unfit::Ambiguous) => "a value of which two patterns say different things",
            Found::Unfit(Unfit::NoDate) => "not a date of the form that `date` says",
            Found::Unfit(Unfit::ShortYear) => "a year of fewer digits than `%Y` in `date` says",
            Found::Unfit(Unfit::NoNumber) => "not a number of the form that `number` says",
            Found::Unfit(Unfit::NoMatch) => "a text that `pattern` does not find anything in",
            Found::Unnamed => "a key that the mapping does not name",
            Found::NoValue => "a group or a list where one value is mapped",
            Found::NoList => "no list where one is mapped",
            Found::NoGroup => "a text where the mapping takes a part of a group",
            Found::Several => "several entries, and the mapping does not say which counts",
            Found::ByPlace => "several entries of a list of which the mapping takes one by its place",
            Found::Undated => "an entry without a date that can be read, where the latest or the earliest counts",
            Found::SameDay => "two entries of the same date that differ, where one counts",
            Found::TooMuch => "more values than a case may have",
        }
    }

    /// What to do about it, in a mapping called by this name.
    #[must_use]
    pub fn remedy(&self, mapping: &str) -> String {
        let line = self.line.unwrap_or(1);
        let here = format!("{mapping}, line {line}");
        match self.found {
            Found::Unfit(Unfit::NotInTable) => {
                format!("{here}: add it to `words` or to `absent`, or say what any `other` value means")
            }
            Found::Unfit(Unfit::Ambiguous) => {
                format!("{here}: write a pattern that only such values fit, or list the value itself")
            }
            Found::Unfit(Unfit::NoDate) => format!("{here}: `date` takes a list of forms"),
            Found::Unfit(Unfit::ShortYear) => {
                format!(
                    "{here}: for a year of two digits write `%y`, and `pivot`, the last one that is of this century"
                )
            }
            Found::Unfit(Unfit::NoNumber) => format!("{here}: say `decimal`, `thousands`, `percent` or `strip`"),
            Found::Unfit(Unfit::NoMatch) => format!("{here}: let `pattern` find it, or add it to `absent`"),
            Found::Unnamed => format!("map it in {mapping}, or name it under `ignore`"),
            Found::NoValue => format!("{here}: map what is inside, by its path"),
            Found::NoList => format!("{here}: map it with `from` or `one`"),
            Found::NoGroup => format!("{here}: map it without `take`, or leave such entries out with `where`"),
            Found::Several => format!("{here}: say `where`, `latest`, `earliest`, `first` or `last`"),
            Found::ByPlace => {
                format!(
                    "{here}: say the list with `where`, `latest`, `earliest`, `first` or `last`, and what to `take` of the entry"
                )
            }
            Found::Undated => format!("{here}: say how dates are written, or leave such entries out with `where`"),
            Found::SameDay => format!("{here}: leave one out with `where`, or say `first` or `last`"),
            Found::TooMuch => format!("{here}: leave entries out with `where`"),
        }
    }

    /// The same as a fault of a case.
    #[must_use]
    pub fn fault(&self, mapping: &str) -> Fault {
        let wrong = Wrong::Unmapped { said: self.said().to_owned(), remedy: self.remedy(mapping) };
        Fault::at(self.path.clone(), Some(self.at), wrong)
    }
}
