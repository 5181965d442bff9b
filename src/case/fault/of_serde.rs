//! Readers speak in serde's terms; here they become ours, and the values that serde would print are left out.

use super::{Fault, Wrong, nearest};
use crate::case::advice::{SERIAL, folded, instead_of};
use serde::de::{self, Unexpected};
use std::fmt::Display;

impl de::Error for Fault {
    fn custom<T: Display>(said: T) -> Self {
        Self::whole(Wrong::Other { said: said.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected_words(expected);
        let advice = advice(&found, &expected);
        Self::whole(Wrong::WrongKind { found: kind_of(found), expected, advice })
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected_words(expected);
        let advice = advice(&found, &expected);
        Self::whole(Wrong::OutOfDomain { expected, advice })
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let known: Vec<String> = known.iter().map(|word| (*word).to_owned()).collect();
        let advice = instead_of(word, "a word");
        // What stands for nothing is no slip in a word.
        let is_slip = |meant: &&str| advice.is_none() || folded(meant) == folded(word);
        let meant = nearest(word, &known).filter(is_slip).map(str::to_owned);
        Self::whole(Wrong::UnknownWord { known, meant, advice })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        Self::whole(Wrong::UnknownKey { key: key.to_owned(), known })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::whole(Wrong::Missing { key: key.to_owned() })
    }
}

/// serde names Rust types where no visitor of ours does; a reader of a case file should not meet them.
fn expected_words(expected: &dyn de::Expected) -> String {
    let said = expected.to_string();
    match said.as_str() {
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "named values".to_owned(),
        "i64" | "u64" => "a whole number".to_owned(),
        said if said.starts_with("struct ") => "its fields, one to a line".to_owned(),
        _ => said,
    }
}

/// What to write in place of something that somebody wrote.
fn advice(found: &Unexpected<'_>, expected: &str) -> Option<&'static str> {
    match found {
        Unexpected::Str(text) => instead_of(text, expected),
        Unexpected::Signed(_) | Unexpected::Unsigned(_) | Unexpected::Float(_) if expected.starts_with("a date") => {
            Some(SERIAL)
        }
        Unexpected::Signed(0 | 1) if expected.contains("true or false") => instead_of("", expected),
        _ => None,
    }
}

const fn kind_of(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a whole number",
        Unexpected::Float(_) => "a number with decimals",
        Unexpected::Char(_) | Unexpected::Str(_) => "text",
        Unexpected::Unit | Unexpected::Option => "nothing",
        Unexpected::Seq => "a list",
        Unexpected::Map => "a group of fields",
        _ => "something else",
    }
}
