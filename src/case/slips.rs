//! Slips of the hand in YAML that its parser says of another line, or of none: each named where it stands.

use super::{
    advice::{CONFLICT, QUOTES, conflict},
    document::{Content, Node},
    fault::{Fault, Mark, Wrong},
};

/// Lines that are tried without their slip: each try reads the text anew.
const MAX_TRIED: usize = 20;

/// What comes of a text.
type Reading = Result<Node, Fault>;

/// The slip because of which a text is no case as it stands: a line that, put right, lets the text be read further; else what is opened
/// and never closed.
pub(super) fn slip(text: &str, read: fn(&str) -> Reading, reading: &Reading) -> Option<Fault> {
    let fault = |at: Mark, said: String| Fault::at("", Some(at), Wrong::Syntax { said });
    if let Some(line) = conflict(text) {
        return Some(fault(Mark { line, column: 1 }, CONFLICT.to_owned()));
    }
    let slips = (1..).zip(text.lines()).filter_map(|(line, content)| Some((line, content, on_line(content)?)));
    for (line, content, Slip { column, said, right }) in slips.take(MAX_TRIED) {
        let start = content.as_ptr() as usize - text.as_ptr() as usize;
        let (before, after) = (text.get(..start)?, text.get(start + content.len()..)?);
        if how_far(&read(&format!("{before}{right}{after}"))) > how_far(reading) {
            return Some(fault(Mark { line, column }, said.to_owned()));
        }
    }
    // The parser stops at the end of the text, or where the next key is taken for a part of what is open.
    let Err(Fault { wrong: Wrong::Syntax { said }, at: Some(stopped), .. }) = reading else { return None };
    if said.starts_with("simple key") {
        // It is noticed where the next line begins.
        let lines = (1..stopped.line).zip(text.lines()).filter(|(_, content)| !content.trim().is_empty());
        let has_none = |(_, content): &(usize, &str)| !content.contains(':');
        let lines: Vec<(usize, &str)> = lines.collect();
        // The entries of a list stand below the key that lacks it.
        let key = lines.iter().rfind(|(_, content)| !content.trim_start().starts_with('-'));
        let (line, content) = *key.filter(|key| has_none(key)).or(lines.last().filter(|last| has_none(last)))?;
        let column = content.chars().take_while(|letter| *letter == ' ').count() + 1;
        return Some(fault(Mark { line, column }, "no colon: write one, as in `sex: female`".to_owned()));
    }
    let is_open = ["flow", "quoted", "illegal placement"].iter().any(|word| said.contains(word));
    let (sign, at) = unclosed(text).filter(|_| is_open)?;
    Some(fault(at, format!("`{sign}` is opened here and not closed")))
}

/// How far a text can be read: up to a place, or to its end.
fn how_far(reading: &Reading) -> Option<(usize, usize)> {
    match reading {
        Ok(Node { content: Content::Scalar { .. }, .. }) => None,
        Err(Fault { wrong: Wrong::Syntax { .. }, at, .. }) => at.map(|at| (at.line, at.column)),
        _ => Some((usize::MAX, 0)),
    }
}

/// A slip on a line: where, what, and the line without it.
struct Slip {
    column: usize,
    said: &'static str,
    right: String,
}

fn on_line(line: &str) -> Option<Slip> {
    let column = |at: usize| line.get(..at).map_or(1, |before| before.chars().count() + 1);
    if line.trim_start().starts_with('#') {
        return None;
    }
    let is_strange_blank = |letter: char| !letter.is_ascii() && letter.is_whitespace();
    if let Some(at) = line.find(is_strange_blank) {
        let said = "a non-breaking space: write a plain one";
        return Some(Slip { column: column(at), said, right: line.replace(is_strange_blank, " ") });
    }
    let rest = line.trim_start();
    if let Some(entry) = rest.strip_prefix('-').filter(|entry| entry.starts_with(|next: char| next.is_alphabetic())) {
        let at = line.len() - rest.len();
        let said = "no blank after the dash: write one, as in `- stalking`";
        return Some(Slip { column: column(at), said, right: format!("{}- {entry}", line.get(..at)?) });
    }
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let (before, (key, after)) = (line.get(..indent)?, line.get(indent..)?.split_once(':')?);
    if key.contains(QUOTES) {
        let said = "typographic quotes: write plain ones, or none";
        let bare = line.replace(QUOTES, "");
        let right = on_line(&bare).map_or(bare, |slip| slip.right);
        return Some(Slip { column: column(indent), said, right });
    }
    let is_word =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let is_joined = is_word && after.starts_with(|next: char| !next.is_whitespace() && next != ':');
    let said = "no blank after the colon: write one, as in `sex: female`";
    is_joined.then(|| Slip { column: column(indent), said, right: format!("{before}{key}: {after}") })
}

/// The last bracket or quote that is opened and not closed, and where.
fn unclosed(text: &str) -> Option<(char, Mark)> {
    let mut open: Vec<(char, Mark)> = Vec::new();
    let mut block: Option<usize> = None;
    for (line, content) in (1..).zip(text.lines()) {
        let indent = content.len() - content.trim_start().len();
        // What a `|` or `>` begins goes on as long as it stands farther in.
        if block.is_some_and(|from| indent > from || content.trim().is_empty()) {
            continue;
        }
        let (mut before, mut last) = (' ', None);
        for (column, letter) in (1..).zip(content.chars()) {
            let in_quotes = open.last().map(|(sign, _)| *sign).filter(|sign| matches!(sign, '"' | '\''));
            // Inside a text they are a part of it.
            let begins = last.is_none_or(|last| "[{,:".contains(last) || (last == '-' && before.is_whitespace()));
            match (in_quotes, letter) {
                (Some('"'), _) if before == '\\' => {}
                (Some(quote), letter) if letter == quote => drop(open.pop()),
                (None, '#') if before.is_whitespace() => break,
                (None, ']' | '}') => drop(open.pop()),
                (None, '[' | '{' | '"' | '\'') if begins => open.push((letter, Mark { line, column })),
                _ => {}
            }
            before = if before == '\\' && letter == '\\' { ' ' } else { letter };
            last = if letter.is_whitespace() { last } else { Some(letter) };
        }
        let last = content.split_whitespace().next_back().unwrap_or_default();
        let is_block = open.is_empty() && last.starts_with(['|', '>']) && last.len() <= 3;
        block = is_block.then_some(indent);
    }
    open.pop()
}
