//! Two texts, line by line: what went and what came.

use crate::report::{
    phrases::{DIM, styled},
    shown::shown,
};
use anstyle::AnsiColor;
use similar::{ChangeTag, TextDiff};

/// The changed lines with some around them, coloured for a terminal; the stream strips that where it does not belong.
#[must_use]
pub fn lines(old: &str, new: &str, indent: &str) -> String {
    let mut out = String::new();
    let diff = TextDiff::from_lines(old, new);
    for (index, group) in diff.grouped_ops(1).iter().enumerate() {
        if index > 0 {
            out.push_str(&format!("{indent}{}\n", styled(DIM, "...")));
        }
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ("-", AnsiColor::Red.on_default()),
                ChangeTag::Insert => ("+", AnsiColor::Green.on_default()),
                ChangeTag::Equal => (" ", DIM),
            };
            let line = format!("{sign} {}", shown(change.value().trim_end()));
            out.push_str(&format!("{indent}{}\n", styled(style, &line)));
        }
    }
    out
}
