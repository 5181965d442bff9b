//! What can be wrong with a case or another YAML file, and where. The text of each message stands here and nowhere else.

use super::domain::quoted;
use serde::de::{self, Unexpected};
use std::fmt::{self, Display};

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

/// Something wrong in a file: what, in which field, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path of the field; empty for the whole file.
    pub path: String,
    /// Where it stands, when known.
    pub at: Option<Mark>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong. Never holds a value of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Not text in UTF-8.
    NotUtf8,
    /// More bytes than a case may have.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Lists and maps nested more deeply than any case.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More values than a case may have, repeated ones counted each time.
    TooManyValues {
        /// The limit.
        limit: usize,
    },
    /// Nothing in the file.
    Empty,
    /// More than one document where one is expected.
    SeveralDocuments,
    /// Not well-formed YAML or JSON.
    Syntax {
        /// The parser's own words.
        said: String,
    },
    /// A tag, which could turn a value into something else.
    Tag,
    /// A key that stands twice in one map.
    DuplicateKey,
    /// A key that is not a plain word.
    KeyNotAWord,
    /// A key that the model does not know.
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that it knows there.
        known: Vec<String>,
    },
    /// A table whose first line names no column for the case reference.
    NoHeader,
    /// A key that must be there.
    Missing {
        /// The key.
        key: String,
    },
    /// Another kind of thing than expected.
    WrongKind {
        /// What stands there, without its value.
        found: &'static str,
        /// What should.
        expected: String,
    },
    /// The right kind of thing outside its domain.
    OutOfDomain {
        /// What should stand there.
        expected: String,
    },
    /// A word that is not in the list.
    UnknownWord {
        /// The words that are.
        known: Vec<String>,
        /// The one that was probably meant.
        meant: Option<String>,
    },
    /// Two dates in an order that cannot be.
    DateOrder {
        /// How they should stand.
        rule: &'static str,
    },
    /// Something a policy or a parameter file asks for.
    Other {
        /// The sentence.
        said: String,
    },
}

impl Fault {
    /// A fault of the file as a whole.
    #[must_use]
    pub const fn whole(wrong: Wrong) -> Self {
        Self { path: String::new(), at: None, wrong }
    }

    /// A fault at a place.
    #[must_use]
    pub fn at(path: impl Into<String>, at: Option<Mark>, wrong: Wrong) -> Self {
        Self { path: path.into(), at, wrong }
    }

    /// The same fault seen from one level further out.
    #[must_use]
    pub(crate) fn within(mut self, step: &str, at: Mark) -> Self {
        let joint = if step.is_empty() || self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{joint}{}", self.path);
        self.at.get_or_insert(at);
        self
    }

    /// A stable word for this fault, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.wrong {
            Wrong::NotUtf8 => "not_utf8",
            Wrong::TooLarge { .. } | Wrong::TooDeep { .. } | Wrong::TooManyValues { .. } => "too_large",
            Wrong::Empty => "empty",
            Wrong::SeveralDocuments => "several_documents",
            Wrong::Syntax { .. } | Wrong::Tag | Wrong::KeyNotAWord => "syntax",
            Wrong::DuplicateKey => "duplicate_key",
            Wrong::UnknownKey { .. } => "unknown_key",
            Wrong::NoHeader | Wrong::Missing { .. } => "missing",
            Wrong::WrongKind { .. } => "wrong_kind",
            Wrong::OutOfDomain { .. } => "out_of_range",
            Wrong::UnknownWord { .. } => "unknown_word",
            Wrong::DateOrder { .. } => "date_order",
            Wrong::Other { .. } => "invalid",
        }
    }

    /// What to do about it, when there is more to say than the message does.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match &self.wrong {
            Wrong::UnknownKey { key, known } => Some(instead(nearest(key, known), known)),
            Wrong::UnknownWord { known, meant } => Some(instead(meant.as_deref(), known)),
            Wrong::WrongKind { found, expected } if expected.contains("reference") && found.contains("number") => {
                Some("put it in quotes".to_owned())
            }
            Wrong::NoHeader => Some("`brag show inputs --format csv` prints one".to_owned()),
            Wrong::DuplicateKey => Some("keep one of the two".to_owned()),
            Wrong::SeveralDocuments => Some("one case a file: split it at the `---` line".to_owned()),
            Wrong::NotUtf8 => Some("save the file as UTF-8".to_owned()),
            Wrong::Tag => Some("remove the `!` tag".to_owned()),
            _ => None,
        }
    }
}

impl Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(out, "`{}`: ", self.path)?;
        }
        match &self.wrong {
            Wrong::NotUtf8 => out.write_str("not text in UTF-8"),
            Wrong::TooLarge { limit } => write!(out, "larger than {limit} bytes, the limit for one file"),
            Wrong::TooDeep { limit } => write!(out, "nested more than {limit} levels deep"),
            Wrong::TooManyValues { limit } => write!(out, "more than {limit} values, repeated aliases counted"),
            Wrong::Empty => out.write_str("nothing in the file"),
            Wrong::SeveralDocuments => out.write_str("more than one document in the file"),
            Wrong::Syntax { said } => write!(out, "not well-formed: {said}"),
            Wrong::Tag => out.write_str("a tag is not allowed here"),
            Wrong::DuplicateKey => out.write_str("stands twice"),
            Wrong::KeyNotAWord => out.write_str("a key must be a plain word"),
            Wrong::UnknownKey { .. } => out.write_str("unknown key"),
            Wrong::NoHeader => out.write_str("the first line is no header: no column is called `crn`"),
            Wrong::Missing { key } => write!(out, "`{key}` is missing"),
            Wrong::WrongKind { found, expected } => write!(out, "expected {expected}, found {found}"),
            Wrong::OutOfDomain { expected } => write!(out, "expected {expected}"),
            Wrong::UnknownWord { .. } => out.write_str("not one of the words known here"),
            Wrong::DateOrder { rule } => out.write_str(rule),
            Wrong::Other { said } => out.write_str(said),
        }
    }
}

impl std::error::Error for Fault {}

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

fn instead(meant: Option<&str>, known: &[String]) -> String {
    meant.map_or_else(|| format!("known here: {}", quoted(known)), |meant| format!("did you mean `{meant}`?"))
}

/// The longest word that is compared with those that are known, in bytes.
const MAX_COMPARED: usize = 200;

/// The known word that was probably meant, if one is near enough.
#[must_use]
pub fn nearest<'a>(word: &str, known: &'a [impl AsRef<str>]) -> Option<&'a str> {
    if word.len() > MAX_COMPARED {
        return None;
    }
    let ranked = known.iter().map(|one| (strsim::jaro_winkler(word, one.as_ref()), one.as_ref()));
    let best = ranked.max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))?;
    (best.0 > 0.8).then_some(best.1)
}
