//! The few texts of a case that are a service's own: references, words and labels, each of a narrow form, so that no
//! free text about a person finds a way in.

use super::{domain::Domain, leaf::leaf, strict, value::Value};
use schemars::json_schema;
use std::{fmt, sync::Arc};

macro_rules! text {
    ($(#[doc = $about:literal])+ $name:ident, $expected:literal, $pattern:literal, $allowed:expr, 1..=$most:literal) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads a text of this form, or nothing.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let allowed: fn(char) -> bool = $allowed;
                // Blanks around a text that may hold some say nothing, and one without a letter or digit is none.
                let text = if allowed(' ') { text.trim_matches(' ') } else { text };
                let fits = (1..=$most).contains(&text.chars().count()) && text.chars().all(allowed);
                (fits && text.chars().any(char::is_alphanumeric)).then(|| Self(text.into()))
            }

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself, shared and not copied.
            #[must_use]
            pub fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self(Arc::from(""))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                strict::text(from, $expected, |text| {
                    let is_long = || text.chars().count() > $most;
                    let too_long = concat!($expected, ", at most ", $most, " long");
                    Self::parse(text).ok_or_else(|| if is_long() { too_long } else { $expected })
                })
            }
        }

        leaf! {
            $name, json_schema!({ "type": "string", "pattern": $pattern, "minLength": 1, "maxLength": $most }),
            Domain::Text, |text| Value::Text(text.shared())
        }
    };
}

text! {
    /// A case reference: letters and digits.
    Reference, "a case reference of letters and digits", "^[A-Za-z0-9]+$", |c| c.is_ascii_alphanumeric(), 1..=32
}

text! {
    /// A code of a register, as case management systems write them.
    Code, "a code of a register (capitals and digits)", "^[A-Z0-9]+$",
    |c| c.is_ascii_uppercase() || c.is_ascii_digit(), 1..=10
}

text! {
    /// A lower-case word of the service's own: letters, digits and underscores.
    FreeWord, "a lower-case word (letters, digits, underscores)", "^[a-z0-9_]+$",
    |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_', 1..=80
}

text! {
    /// A label of the service's own, such as an office, an officer's reference or a question's key.
    Label, "a label (letters, digits, spaces and `_-.'&/()`)",
    // Of letters beyond ASCII a pattern that every validator reads says nothing.
    "^[^\\u0000-\\u001f!-%*-,:-@\\[-^`{-\\u009f]*[^\\u0000-\\u001f!-%*-,:-@\\[-^`{-\\u009f _.'\u{2019}&/()-][^\\u0000-\\u001f!-%*-,:-@\\[-^`{-\\u009f]*$",
    |c| c.is_alphanumeric() || " _-.'\u{2019}&/()".contains(c), 1..=80
}

text! {
    /// A sentence, such as the reason for an override.
    Sentence, "a sentence on one line", "^[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\u0000-/:-@\\[-`{-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$", |c| !c.is_control(), 1..=500
}

/// Whether a character is not to be seen as itself: controls, marks of direction, blanks without width, separators of lines, and
/// what is no character.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e0fff}')
        || u32::from(letter) & 0xfffe == 0xfffe
}
