//! The tree of a document that is a part of its file, each value at its place there.

use super::chunk::{START, Written};
use crate::case::{
    document::{self, Content, Node},
    fault::{Fault, Mark},
    json,
};

/// A place of a text that begins at a place of its file.
fn moved(at: Mark, start: Mark) -> Mark {
    match at.line {
        1 => Mark { line: start.line, column: start.column + at.column - 1 },
        line => Mark { line: start.line + line - 1, ..at },
    }
}

/// The tree of a document that begins at a place of its file.
///
/// # Errors
///
/// When it is not well-formed, at its place there.
pub(super) fn parsed(text: &str, written: &Written, start: Mark) -> Result<Node, Fault> {
    let parsed = if matches!(written, Written::Json) { json::parse(text) } else { document::parse(text) };
    parsed.map(|node| placed(node, start)).map_err(|fault| Fault { at: fault.at.map(|at| moved(at, start)), ..fault })
}

fn placed(mut node: Node, start: Mark) -> Node {
    fn shift(node: &mut Node, start: Mark) {
        let moved = |at: Mark| moved(at, start);
        node.at = moved(node.at);
        match &mut node.content {
            Content::Scalar { .. } => {}
            Content::List(items) => items.iter_mut().for_each(|item| shift(item, start)),
            Content::Map(entries) => {
                for (key, value) in entries {
                    key.at = moved(key.at);
                    shift(value, start);
                }
            }
        }
    }
    if start != START {
        shift(&mut node, start);
    }
    node
}
