//! The domain of an input: every value that it could have.

use super::{registered::Register, value::Value, words::Registration};
use rust_decimal::Decimal;

/// Every value that one input could have.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// True or false.
    Bool,
    /// A whole number between two bounds, both included.
    Whole {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// An exact decimal between two bounds, both included.
    Decimal {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// One of a closed list of words.
    Words(&'static [&'static str]),
    /// One of a list of words that a policy declares.
    OwnWords(Vec<String>),
    /// A calendar date.
    Date,
    /// A word or reference of the service's own.
    Text,
    /// Words by key, such as the answers of an OASys section.
    Answers,
}

impl Domain {
    /// The domain in words, as the table of inputs shows it.
    ///
    /// ```
    /// use brag::case::domain::Domain;
    /// assert_eq!(Domain::Whole { min: 0, max: 100 }.describe(), "whole number 0-100");
    /// assert_eq!(Domain::Words(&["low", "medium"]).describe(), "`low` `medium`");
    /// ```
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Bool => "true or false".to_owned(),
            Self::Whole { min, max } if *max == i64::MAX => format!("whole number from {min}"),
            Self::Whole { min, max } => format!("whole number {min}-{max}"),
            Self::Decimal { min, max } => format!("decimal {min}-{max}"),
            Self::Words(words) => quoted(words),
            Self::OwnWords(words) => quoted(words),
            Self::Date => "date".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Answers => "answers by question".to_owned(),
        }
    }

    /// The domain as an error says what was expected.
    #[must_use]
    pub fn describe_as_expected(&self) -> String {
        match self {
            Self::Whole { min, max } if *max == i64::MAX => format!("a whole number from {min}"),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}"),
            Self::Decimal { min, max } => format!("a number from {min} to {max}"),
            Self::Words(_) | Self::OwnWords(_) => format!("one of {}", self.describe()),
            Self::Date => "a date that exists, written YYYY-MM-DD".to_owned(),
            Self::Text => "a text with a letter or a digit".to_owned(),
            Self::Bool | Self::Answers => self.describe(),
        }
    }

    /// Whether an input of this domain could have a value; a word may be given as text.
    #[must_use]
    pub fn allows(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Bool, Value::Bool(_)) | (Self::Date, Value::Date(_)) | (Self::Text, Value::Text(_)) => true,
            (Self::Whole { min, max } | Self::Decimal { min, max }, Value::Whole(number)) => {
                (min..=max).contains(&number)
            }
            (Self::Decimal { min, max }, Value::Decimal(number)) => {
                (Decimal::from(*min)..=Decimal::from(*max)).contains(number)
            }
            // A register may have codes that the model does not list.
            (Self::Words(words), Value::Text(text)) => {
                words.contains(&&**text)
                    || (*words == Registration::WORDS && matches!(Register::parse(text), Some(Register::Other(_))))
            }
            (Self::Words(words), Value::Word(word)) => words.contains(word),
            (Self::OwnWords(words), Value::Text(text)) => words.iter().any(|word| **word == **text),
            _ => false,
        }
    }
}

/// Words, each in backticks.
pub(super) fn quoted(words: &[impl AsRef<str>]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    words.join(" ")
}
