//! What a rule says: its effects.

use serde::{Serialize, Serializer, ser::SerializeMap};
use std::sync::Arc;

/// One thing that a rule says about a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A floor: this tier or a more intensive one.
    AtLeast(Arc<str>),
    /// Settles the tier outright.
    Decide(Arc<str>),
    /// Adds to an axis of a points model.
    Points {
        /// The axis.
        axis: String,
        /// How many.
        points: i64,
    },
    /// Something a person must look at; changes no tier.
    Flag {
        /// Its code.
        code: Arc<str>,
        /// A sentence with the evidence.
        text: String,
    },
    /// The tier stands, but on incomplete evidence.
    Provisional(String),
}

impl Effect {
    /// The effect in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::AtLeast(tier) => format!("at least {tier}"),
            Self::Decide(tier) => format!("decides {tier}"),
            Self::Points { axis, points } => format!("{points:+} {axis}"),
            Self::Flag { code, .. } => format!("flag {code}"),
            Self::Provisional(text) if text.is_empty() => "provisional".to_owned(),
            Self::Provisional(text) => format!("provisional: {text}"),
        }
    }
}

/// What adds to an axis, as it is written.
#[derive(Debug, Serialize)]
struct Added<'a> {
    axis: &'a str,
    points: i64,
}

/// What a flag says, as it is written.
#[derive(Debug, Serialize)]
struct Raised<'a> {
    code: &'a str,
    text: &'a str,
}

/// Written as in a script: `{"at_least": "Red"}`, `{"points": {"axis": "protect", "points": 20}}`.
impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(1))?;
        match self {
            Self::AtLeast(tier) => map.serialize_entry("at_least", tier)?,
            Self::Decide(tier) => map.serialize_entry("decide", tier)?,
            Self::Points { axis, points } => {
                map.serialize_entry("points", &Added { axis, points: *points })?;
            }
            Self::Flag { code, text } => map.serialize_entry("flag", &Raised { code, text })?,
            Self::Provisional(text) => map.serialize_entry("provisional", text)?,
        }
        map.end()
    }
}
