//! What cannot be lowered.

use crate::language::{refuse::refused, tree::Place};

/// Something that cannot be lowered: where it stands in the script that is lowered, and what to write instead.
pub(super) struct Refusal {
    pub place: Place,
    pub code: &'static str,
    pub message: String,
    pub help: String,
}

/// What was lowered, or why it was not.
pub(super) type Lowered<T> = Result<T, Box<Refusal>>;

pub(super) fn refuse<T>(
    code: &'static str,
    place: Place,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Lowered<T> {
    Err(Box::new(Refusal { place, code, message: message.into(), help: help.into() }))
}

pub(super) fn outside(what: &'static str, place: Place) -> Box<Refusal> {
    let (message, help) = refused(what);
    Box::new(Refusal { place, code: "outside-language", message, help })
}
