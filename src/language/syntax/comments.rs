//! Comments: what a script says of itself, and a remark that is begun and never closed. The parser takes all that follows for a
//! part of that, up to the end of the file, and says nothing of the rules that are lost there.

use rhai::AST;

/// Where a `/*` stands that is never closed, in bytes from the beginning.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    // Of each `${` that is open in a text, the braces that are open behind it.
    let mut filled: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => match comment(rest) {
                Some(length) => length,
                None => return Some(text.len() - rest.len()),
            },
            '"' | '\'' => quoted(rest, first),
            '#' => raw(rest),
            '`' => template(rest, 1, &mut filled),
            '{' => {
                filled.iter_mut().last().into_iter().for_each(|open| *open += 1);
                1
            }
            '}' => match filled.last_mut() {
                Some(0) => {
                    filled.pop();
                    template(rest, 1, &mut filled)
                }
                Some(open) => {
                    *open -= 1;
                    1
                }
                None => 1,
            },
            other => other.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    None
}

/// The length of the remark that a text begins with; nothing where it is not closed. Remarks stand in remarks.
fn comment(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let rest = text.get(at..)?;
        let step = rest.find("/*").into_iter().chain(rest.find("*/")).min()?;
        if rest.get(step..)?.starts_with("/*") {
            depth += 1;
        } else {
            depth -= 1;
        }
        at += step + 2;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The length of a text in quotation marks; one that is not closed ends with its line.
fn quoted(text: &str, mark: char) -> usize {
    let mut is_escaped = true;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return at,
            _ if sign == mark => return at + sign.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The length of a text between `#"` and `"#`, with as many `#` behind it as before, or of the `#` alone.
fn raw(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('#').len();
    let Some(inside) = text.get(marks..).and_then(|rest| rest.strip_prefix('"')) else { return marks };
    let end = format!("\"{}", "#".repeat(marks));
    inside.find(&end).map_or(text.len(), |at| marks + 1 + at + end.len())
}

/// The length of a text between backticks, from a place in it, up to its end or to what is filled in.
fn template(text: &str, from: usize, filled: &mut Vec<usize>) -> usize {
    let inside = text.get(from..).unwrap_or_default();
    match (inside.find('`'), inside.find("${")) {
        (end, Some(begins)) if end.is_none_or(|end| begins < end) => {
            filled.push(0);
            from + begins + 2
        }
        (Some(end), _) => from + end + 1,
        (None, _) => text.len(),
    }
}

/// What a script says of itself: its `//!` lines.
pub(super) fn about(ast: &AST) -> Vec<String> {
    let lines = ast.doc().lines().map(|line| line.trim_start().trim_start_matches("//!").trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}
