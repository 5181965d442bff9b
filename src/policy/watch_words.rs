//! The words of a script with their places, as far as conditions need them: brackets, operators, keywords. Text in quotes and
//! comments are not looked into, but for what stands in `${}`.

use std::ops::Range;

/// One word of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its place, in bytes.
    pub at: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Opens,
    Closes,
    /// `in` of a condition, which is no boundary as that of a loop is.
    Operator,
    Other,
}

impl Word {
    /// As it stands in the script.
    #[must_use]
    pub fn text<'a>(&self, script: &'a str) -> &'a str {
        script.get(self.at.clone()).unwrap_or_default()
    }

    /// Whether it opens a bracket.
    #[must_use]
    pub fn opens(&self) -> bool {
        self.kind == Kind::Opens
    }

    /// Whether it closes one.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.kind == Kind::Closes
    }

    /// Whether it is an operator though it looks like a keyword.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.kind == Kind::Operator
    }
}

const LONG: &[&str] = &["&&", "||", "==", "!=", ">=", "<=", "=>", "+=", "-=", "*=", "/=", "::", "#{"];

/// The words of a script.
#[must_use]
pub fn words(script: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    let mut in_loop = false;
    while let Some(rest) = script.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, is_word) = next(rest);
        if is_word {
            let text = rest.get(..length).unwrap_or_default();
            let kind = match text {
                "(" | "[" | "{" | "#{" => Kind::Opens,
                ")" | "]" | "}" => Kind::Closes,
                "in" if !in_loop => Kind::Operator,
                _ => Kind::Other,
            };
            in_loop = if text == "for" { true } else { in_loop && text != "in" };
            words.push(Word { at: at..at + length, kind });
        }
        at += length.max(1);
    }
    words
}

/// The length of what comes next, and whether it is a word.
fn next(rest: &str) -> (usize, bool) {
    let Some(first) = rest.chars().next() else { return (0, false) };
    let until = |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
    if first.is_whitespace() {
        return (first.len_utf8(), false);
    }
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), false);
    }
    if rest.starts_with("/*") {
        return (until("*/"), false);
    }
    if matches!(first, '"' | '\'' | '`') {
        return (quoted(rest, first), true);
    }
    if first.is_alphanumeric() || first == '_' {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        return (end, true);
    }
    let long = LONG.iter().find(|long| rest.starts_with(**long));
    (long.map_or(first.len_utf8(), |long| long.len()), true)
}

/// The length of a text in quotes; `${}` in backticks may hold quotes of its own.
fn quoted(rest: &str, quote: char) -> usize {
    let mut depth = 0_usize;
    let mut letters = rest.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote != '`' => drop(letters.next()),
            '$' if quote == '`' && letters.peek().is_some_and(|(_, next)| *next == '{') => depth += 1,
            '}' if depth > 0 => depth -= 1,
            letter if letter == quote && depth == 0 => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
