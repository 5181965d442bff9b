//! Faults from what serde says: its terms become ours, and the values that it would print are left out.

use super::{Fault, Wrong, nearest};
use serde::de::{self, Unexpected};
use std::fmt::Display;

/// Readers speak in serde's terms; here they become ours, and the values that serde would print are left out.
impl de::Error for Fault {
    fn custom<T: Display>(said: T) -> Self {
        Self::whole(Wrong::Other { said: said.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::whole(Wrong::WrongKind { found: kind_of(found), expected: expected_words(expected) })
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::whole(Wrong::OutOfDomain { expected: expected_words(expected) })
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let known: Vec<String> = known.iter().map(|word| (*word).to_owned()).collect();
        let meant = nearest(word, &known).map(str::to_owned);
        Self::whole(Wrong::UnknownWord { known, meant })
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
        said if said.starts_with("struct ") => "its fields, one to a line".to_owned(),
        _ => said,
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
