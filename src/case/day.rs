//! A date of a case, always written `YYYY-MM-DD`.

use super::{domain::Domain, leaf::leaf, strict, value::Value};
use jiff::civil::Date;
use schemars::json_schema;
use serde::{Deserialize, Deserializer};
use std::{fmt, ops::Deref};

/// A calendar date as a case file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub Date);

/// The first year that a date of a case can be of.
const FIRST_YEAR: i16 = 1900;

/// What a date of a case is.
const EXPECTED: &str = "a date that exists, written YYYY-MM-DD";
/// The same of one that exists and lies before.
pub(super) const TOO_EARLY: &str = "a date from 1900 on";

impl Day {
    /// Reads `YYYY-MM-DD` and nothing else: other spellings of a date mean different days to different readers.
    ///
    /// # Errors
    ///
    /// None when the text is not of that form or no such day exists.
    ///
    /// ```
    /// use brag::case::day::Day;
    /// assert!(Day::parse("2019-02-28").is_some());
    /// assert!(Day::parse("2019-02-29").is_none());
    /// assert!(Day::parse("28/02/2019").is_none());
    /// assert!(Day::parse("2019-9223372036854775807-28").is_none());
    /// for odd in ["", "2019-2-28", "20190228", "2019-02-28 ", "+019-02-28", "2019-+2-28", "-2019-02-28", "２０１９-02-28"] {
    ///     assert!(Day::parse(odd).is_none(), "{odd}");
    /// }
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // A case has dozens of dates, and this is their only form.
        let (year, rest) = text.as_bytes().split_first_chunk::<4>()?;
        let [b'-', month, of_month, b'-', day, of_day] = rest else { return None };
        let number = |digits: &[u8]| {
            let add = |number: i16, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'));
            digits.iter().try_fold(0, add)
        };
        let of_two = |tens: &u8, ones: &u8| number(&[*tens, *ones]).and_then(|number| i8::try_from(number).ok());
        // Nobody on the books has a date before: `0019` is a year of two digits that something wrote with four.
        let year = number(year).filter(|year| *year >= FIRST_YEAR)?;
        Date::new(year, of_two(month, of_month)?, of_two(day, of_day)?).ok().map(Self)
    }
}

impl Deref for Day {
    type Target = Date;

    fn deref(&self) -> &Date {
        &self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        strict::text(from, EXPECTED, |text| {
            Self::parse(text).ok_or_else(|| {
                let is_early = |date: Date| date.year() < FIRST_YEAR && date.to_string() == text;
                if text.parse().is_ok_and(is_early) { TOO_EARLY } else { EXPECTED }
            })
        })
    }
}

leaf! {
    Day, json_schema!({ "type": "string", "format": "date", "pattern": "^(19|[2-9][0-9])" }), Domain::Date, |day| Value::Date(day.0),
    fn is_later(&self, than: Date) -> bool {
        self.0 > than
    },
    fn holds_earlier(&self, than: Date) -> bool {
        self.0 < than
    }
}
