//! What cannot be lowered.

use crate::language::{fault::PolicyFault, refuse::refused, tree::Place};

/// Where something stands that cannot be lowered.
pub(super) struct Refusal {
    pub place: Place,
    pub message: String,
    pub help: String,
}

pub(super) fn refuse<T>(place: Place, message: impl Into<String>, help: impl Into<String>) -> Result<T, Inside> {
    Err(Inside::Here(Box::new(Refusal { place, message: message.into(), help: help.into() })))
}

/// What is wrong, in the function that is lowered or in one that it calls.
pub(super) enum Inside {
    Here(Box<Refusal>),
    There(Box<PolicyFault>),
}

pub(super) fn outside(what: &'static str, place: Place) -> Inside {
    let (message, help) = refused(what);
    Inside::Here(Box::new(Refusal { place, message, help }))
}
