//! Whose cases are looked at as one book.

use schemars::JsonSchema;
use serde::Serialize;

/// Whose cases a book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Those of one officer.
    Officer,
    /// Those of one office.
    Office,
    /// All of them.
    All,
}

impl Level {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Office => "office",
            Self::All => "all",
        }
    }
}
