//! What can be wrong with a case or another YAML file, and where. The text of each message stands here and nowhere else.

mod of_serde;
mod remedy;

pub use self::remedy::nearest;

use super::{sheet_cell::SheetCell, table_form::Delimiter};
use std::fmt::{self, Display};

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
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
    /// A row with fewer cells than its table has columns, or with more of which something is used.
    Cells {
        /// Cells in the row.
        there: usize,
        /// Columns in the header.
        known: usize,
        /// What stands between them.
        delimiter: Delimiter,
    },
    /// A cell under a column that has no name.
    NamelessColumn,
    /// A cell of a sheet of which another thing is seen than is stored, or nothing that can be read.
    SheetCell(SheetCell),
    /// No workbook that can be read.
    NoWorkbook {
        /// Why not.
        why: String,
    },
    /// No sheet of the name that is asked for.
    NoSheet {
        /// Those that there are.
        known: String,
    },
    /// No sheet with a row that names columns of cases.
    NoHeadedSheet {
        /// Those that were passed over because they are hidden.
        hidden: String,
    },
    /// Several sheets that hold cases.
    SeveralSheets {
        /// Which.
        known: String,
    },
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
        /// What to write, where that can be told.
        advice: Option<&'static str>,
    },
    /// The right kind of thing outside its domain.
    OutOfDomain {
        /// What should stand there.
        expected: String,
        /// What to write, where that can be told.
        advice: Option<&'static str>,
    },
    /// A word that is not in the list.
    UnknownWord {
        /// The words that are.
        known: Vec<String>,
        /// The one that was probably meant.
        meant: Option<String>,
        /// What to write, where none was.
        advice: Option<&'static str>,
    },
    /// Two dates in an order that cannot be.
    DateOrder {
        /// How they should stand.
        rule: &'static str,
    },
    /// Two things of which one must go.
    Contradiction {
        /// What the second is.
        said: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// Something in a source that its mapping does not say.
    Unmapped {
        /// The sentence.
        said: String,
        /// What to do, with the line of the mapping.
        remedy: String,
    },
    /// Something else in what a mapping made of a source.
    Mapped {
        /// What is wrong.
        wrong: Box<Wrong>,
        /// The place in the mapping.
        by: String,
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
        self.wrong.code()
    }

    /// What to do about it, when there is more to say than the message does.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match &self.wrong {
            Wrong::WrongKind { found: "a list", .. } if self.path.is_empty() => Some(
                "write each case by itself: in YAML below a line `---`, in JSON lines on a line of its own".to_owned(),
            ),
            wrong => wrong.help(),
        }
    }
}

impl Wrong {
    /// Something that this program wrote stands where a case should.
    pub(super) const AN_ANSWER: Self = Self::Contradiction {
        said: "an answer that `brag` wrote, and no case",
        remedy: "name the cases themselves; `brag diff` compares two outputs of `brag assess` as json, jsonl or csv",
    };

    const fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 => "not_utf8",
            Self::TooLarge { .. } | Self::TooDeep { .. } | Self::TooManyValues { .. } => "beyond_limits",
            Self::Empty => "empty",
            Self::SeveralDocuments => "several_documents",
            Self::NoWorkbook { .. } | Self::Syntax { .. } | Self::Cells { .. } | Self::Tag | Self::KeyNotAWord => {
                "syntax"
            }
            Self::DuplicateKey => "duplicate_key",
            Self::UnknownKey { .. } => "unknown_key",
            Self::NoHeader
            | Self::NamelessColumn
            | Self::NoSheet { .. }
            | Self::NoHeadedSheet { .. }
            | Self::SeveralSheets { .. }
            | Self::Missing { .. } => "missing",
            Self::WrongKind { .. } | Self::SheetCell(_) => "wrong_kind",
            Self::OutOfDomain { .. } => "out_of_range",
            Self::UnknownWord { .. } => "unknown_word",
            Self::DateOrder { .. } => "date_order",
            Self::Contradiction { .. } => "contradiction",
            Self::Unmapped { .. } => "unmapped",
            Self::Mapped { wrong, .. } => wrong.code(),
            Self::Other { .. } => "invalid",
        }
    }
}

impl Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(out, "`{}`: ", self.path)?;
        }
        self.wrong.fmt(out)
    }
}

impl Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => out.write_str("not text in UTF-8"),
            Self::TooLarge { limit } => write!(out, "larger than {limit} bytes, the limit for one file"),
            Self::TooDeep { limit } => write!(out, "nested more than {limit} levels deep"),
            Self::TooManyValues { limit } => write!(out, "more than {limit} values, repeated aliases counted"),
            Self::Empty => out.write_str("nothing in the file"),
            Self::SeveralDocuments => out.write_str("more than one document in the file"),
            Self::Syntax { said } => write!(out, "not well-formed: {said}"),
            Self::Tag => out.write_str("a tag is not allowed here"),
            Self::DuplicateKey => out.write_str("stands twice"),
            Self::KeyNotAWord => out.write_str("a key must be a plain word"),
            Self::UnknownKey { .. } => out.write_str("unknown key"),
            Self::NoHeader => out.write_str("the first line is no header: no column is called `crn`"),
            Self::Cells { there, known, .. } => write!(out, "{there} cells in the row, {known} columns in the header"),
            Self::SheetCell(cell) => cell.fmt(out),
            Self::NoWorkbook { why } => write!(out, "no workbook that can be read: {why}"),
            Self::NoSheet { .. } => out.write_str("no sheet of that name"),
            Self::NoHeadedSheet { .. } => {
                out.write_str("no sheet has a row that names its columns: none is called `crn`")
            }
            Self::SeveralSheets { .. } => out.write_str("several sheets have a column `crn`"),
            Self::NamelessColumn => out.write_str("the column of this cell has no name"),
            Self::Missing { key } => write!(out, "`{key}` is missing"),
            Self::WrongKind { found, expected, .. } => write!(out, "expected {expected}, found {found}"),
            Self::OutOfDomain { expected, .. } => write!(out, "expected {expected}"),
            Self::UnknownWord { .. } => out.write_str("not one of the words known here"),
            Self::DateOrder { rule: said } | Self::Contradiction { said, .. } => out.write_str(said),
            Self::Mapped { wrong, .. } => wrong.fmt(out),
            Self::Unmapped { said, .. } | Self::Other { said } => out.write_str(said),
        }
    }
}

impl std::error::Error for Fault {}
