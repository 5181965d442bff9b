//! Texts from cases, policies and the names of files as they may reach a reader: what a terminal would obey, or an eye would not
//! see, is written as an escape, and in Markdown no text is more than text.

pub use crate::case::text::is_hidden;

use std::borrow::Cow;

/// Writes such a character as JSON does, so that JSON stays what it is.
fn escape(letter: char, out: &mut String) {
    match letter {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
    }
}

/// A text as a part of one line.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_hidden(letter) { escape(letter, &mut out) } else { out.push(letter) }
    }
    Cow::Owned(out)
}

/// Whole lines, drawn or written, as they leave the program: line ends, tabs and the colours of this program stay.
#[must_use]
pub fn lines(text: &[u8]) -> Cow<'_, [u8]> {
    let may_hide =
        |byte: u8| (byte < b' ' && byte != b'\n') || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef..);
    // All of them are looked at, many at once: nearly always there is none.
    if !text.iter().fold(false, |any, byte| any | may_hide(*byte)) {
        return Cow::Borrowed(text);
    }
    let text = String::from_utf8_lossy(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(letter) = rest.chars().next() {
        let kept = match letter {
            '\u{1b}' => color(rest),
            '\r' if rest.starts_with("\r\n") => 2,
            '\n' | '\t' => 1,
            _ => 0,
        };
        if kept == 0 && is_hidden(letter) {
            escape(letter, &mut out);
        }
        let length = if kept == 0 { letter.len_utf8() } else { kept };
        let (first, after) = rest.split_at(length);
        if kept > 0 || !is_hidden(letter) {
            out.push_str(first);
        }
        rest = after;
    }
    Cow::Owned(out.into_bytes())
}

/// The length of a sequence that sets a colour, or 0.
fn color(text: &str) -> usize {
    let inside = text.strip_prefix("\u{1b}[").unwrap_or_default();
    let length = inside.find(|letter: char| !(letter.is_ascii_digit() || letter == ';')).unwrap_or(0);
    if inside.get(length..).is_some_and(|end| end.starts_with('m')) { length + 3 } else { 0 }
}

/// Around what is code on a page; in a text from elsewhere neither is left.
const CODE: [char; 2] = ['\u{1}', '\u{2}'];

/// What is code on a page.
#[must_use]
pub fn code(text: &str) -> String {
    let [open, close] = CODE;
    format!("{open}{}{close}", text.replace(CODE, "?"))
}

/// A text as a part of one line of a page at a terminal.
#[must_use]
pub fn plain(text: &str) -> String {
    shown(&text.replace(CODE, "").replace('\n', " ")).into_owned()
}

/// The parts of a text, and whether each is code.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let [open, close] = CODE;
    let mut found = Vec::new();
    for (index, part) in text.split(open).enumerate() {
        let (inside, after) = if index == 0 { ("", part) } else { part.split_once(close).unwrap_or((part, "")) };
        found.push((true, inside));
        // A text may mark code by itself, in pairs of backticks.
        let marked = after.split('`').count() % 2 == 1;
        let ways = after.split('`').enumerate().map(|(index, part)| (index % 2 == 1, part));
        if marked { found.extend(ways) } else { found.push((false, after)) }
    }
    found
}

/// A text as a part of one line of Markdown: nothing in it is a tag, a link, an image, a heading or the end of a cell.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut out = String::new();
    for (is_code, part) in parts(text) {
        if is_code { code_span(part, &mut out) } else { prose(part, &mut out) }
    }
    out
}

/// A text as a part of one line of HTML.
#[must_use]
pub fn html(text: &str) -> String {
    let part = |(is_code, part): (bool, &str)| match (is_code, escaped(&plain(part))) {
        (true, code) if !code.is_empty() => format!("<code>{code}</code>"),
        (_, text) => text,
    };
    parts(text).into_iter().map(part).collect()
}

/// A span of code: nothing in it is obeyed. Backticks of a script would end it, so it has more of them around it.
fn code_span(text: &str, out: &mut String) {
    let text = plain(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let (fence, pad) = ("`".repeat(longest + 1), if longest > 0 { " " } else { "" });
    if !text.is_empty() {
        out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
    }
}

fn prose(text: &str, out: &mut String) {
    let text = plain(text);
    let mut before = out.chars().next_back().unwrap_or(' ');
    for (at, letter) in text.char_indices() {
        let begins = out.trim_start().is_empty();
        let after = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let in_word = before.is_alphanumeric() && after.starts_with(char::is_alphanumeric);
        match letter {
            '<' => out.push_str("&lt;"),
            '&' if after.starts_with(|next: char| next == '#' || next.is_alphanumeric()) => out.push_str("&amp;"),
            '|' => out.push_str("&#124;"),
            // Else an address would become a link.
            ':' if after.starts_with("//") => out.push_str("&#58;"),
            '.' if out.to_ascii_lowercase().ends_with("www") => out.push_str("&#46;"),
            '_' if in_word => out.push(letter),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' => out.extend(['\\', letter]),
            '#' | '>' | '-' | '+' | '=' if begins => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
        before = letter;
    }
}

/// Text as it stands in XML and HTML: XML has no way to write most control characters.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.split('\n').map(shown).collect::<Vec<_>>().join("\n").chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
    out
}
