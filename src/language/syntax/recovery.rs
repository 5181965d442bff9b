//! Reading goes on after a slip of the pen: a function that cannot be read is left empty, so that the others are looked at too.

use super::{parse, parse_closed};
use crate::language::{fault::PolicyFault, program::Source, tree::Script};

/// The largest script that is tried again, in bytes and in functions. What is larger was not written by hand.
const MOST: (usize, usize) = (1 << 18, 500);

/// Reads one script, without the body of each function that is not well-formed, or without the function where its head is
/// wrong; nothing where that is not enough. One fault for each such function, in the order of the file.
#[must_use]
pub fn parse_on(file: &str, text: &str) -> (Option<Script>, Vec<PolicyFault>) {
    let first = match parse(file, text) {
        Ok(script) => return (Some(script), Vec::new()),
        Err(fault) => fault,
    };
    let (mut faults, mut rest) = (Vec::new(), text.to_owned());
    let mut spans = Source::spans(text);
    if text.len() > MOST.0 || spans.len() > MOST.1 {
        spans.clear();
    }
    let mut end = text.len();
    // From the last one, so that what stands before it stays where it is.
    for start in spans.into_iter().rev().map(|(_, span)| span.start) {
        let function = text.get(start..end).unwrap_or_default();
        if let Err(mut fault) = parse_closed(file, function) {
            let above = text.get(..start).unwrap_or_default().matches('\n').count();
            fault.line = Some(above + fault.line.unwrap_or(1));
            faults.push((above, fault.text(text)));
            rest.replace_range(start..end, &emptied(file, function));
        }
        end = start;
    }
    // The parser stopped in the first of them: that is said as the parser says it of the whole.
    if faults.last().is_some_and(|(above, _)| first.line.is_none_or(|line| line > *above)) {
        faults.pop();
    }
    let faults = std::iter::once(first).chain(faults.into_iter().rev().map(|(_, fault)| fault)).collect();
    let script = parse_closed(file, &rest).ok().map(|script| Script { text: text.to_owned(), ..script });
    (script, faults)
}

/// A function without what it does, or nothing where its head is wrong, over as many lines.
fn emptied(file: &str, function: &str) -> String {
    let (head, body) = function.split_once('{').unwrap_or(("", function));
    let empty = format!("{head}{{}}{}", "\n".repeat(body.matches('\n').count()));
    if parse_closed(file, &empty).is_ok() { empty } else { "\n".repeat(function.matches('\n').count()) }
}
