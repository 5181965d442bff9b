//! What a rule says: its effects.

use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// One thing that a rule says about a case, written as in a script: `{"at_least": "Red"}`,
/// `{"points": {"axis": "protect", "points": 20}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
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
