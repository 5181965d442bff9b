//! What cannot be lowered.

use super::Lowering;
use crate::language::{
    fault::PolicyFault,
    refuse::refused,
    tree::{Function, Place, Script},
};

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

/// Where a line of the comment of a function stands: the nearest above it that says the same.
pub(super) fn marked(script: &Script, function: &Function, at: usize) -> Option<Place> {
    let written = function.comment.lines().nth(at)?.trim();
    let above: Vec<&str> = script.text.lines().take(function.body.place.line as usize).collect();
    let line = above.iter().rposition(|line| line.trim() == written)?;
    let column = above.get(line)?.find('@').map_or(0, |before| before + 1);
    Some(Place { line: u32::try_from(line + 1).ok()?, column: u32::try_from(column).ok()? })
}

impl Lowering<'_> {
    /// Notes what is wrong in a script; a helper that is handed several parts of `person` has each of its faults once.
    pub(super) fn note(&mut self, script: usize, refusal: Refusal) {
        let Some(script) = self.script(script) else { return };
        let (line, column) = (refusal.place.line as usize, refusal.place.column as usize);
        let fault = PolicyFault::invalid(&script.file, refusal.message)
            .code(refusal.code)
            .at(Some(line).filter(|line| *line > 0), Some(column).filter(|column| *column > 0))
            .text(&script.text)
            .help(refusal.help);
        self.found.note(fault);
    }
}
