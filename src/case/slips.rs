//! Slips of the hand in YAML that its parser says of another line, or of none: each named where it stands.

use super::fault::{Fault, Mark, Wrong};

/// The first line that a person can see to be wrong, of a text that is no case as it stands.
pub(super) fn slip(text: &str) -> Option<Fault> {
    (1..).zip(text.lines()).find_map(|(line, content)| {
        let (column, said) = on_line(content.split(" #").next().unwrap_or(content))?;
        Some(Fault::at("", Some(Mark { line, column }), Wrong::Syntax { said: said.to_owned() }))
    })
}

fn on_line(line: &str) -> Option<(usize, &'static str)> {
    let column = |at: usize| line.get(..at).map_or(1, |before| before.chars().count() + 1);
    if line.trim_start().starts_with('#') {
        return None;
    }
    let is_strange_blank = |letter: char| !letter.is_ascii() && letter.is_whitespace();
    if let Some(at) = line.find(is_strange_blank) {
        return Some((column(at), "a non-breaking space: write a plain one"));
    }
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let (key, after) = line.get(indent..)?.split_once(':')?;
    if key.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']) {
        return Some((column(indent), "typographic quotes: write plain ones, or none"));
    }
    let is_word =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_joined = is_word && after.starts_with(|next: char| !next.is_whitespace() && next != ':');
    is_joined.then(|| (column(indent), "no blank after the colon: write one, as in `sex: female`"))
}
