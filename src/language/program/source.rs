//! A script as it is written.

use std::ops::Range;

/// One script.
#[derive(Debug, Clone)]
pub struct Source {
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The path that it was imported by; empty for the policy's own.
    pub path: String,
}

impl Source {
    /// Every function by its name, as it is written: from its comment to its last line.
    pub fn functions(&self) -> impl Iterator<Item = (&str, &str)> {
        Self::spans(&self.text).into_iter().filter_map(|(name, span)| Some((name, self.text.get(span)?)))
    }

    /// Where every function of a text stands: its name, and its bytes from its comment to its last line.
    #[must_use]
    pub fn spans(text: &str) -> Vec<(&str, Range<usize>)> {
        let mut begins = Vec::new();
        let (mut at, mut comment) = (0, None);
        for line in text.split_inclusive('\n') {
            let code = line.trim_start();
            let head = code.strip_prefix("private ").unwrap_or(code).strip_prefix("fn ");
            if let Some((name, _)) = head.and_then(|head| head.split_once('(')) {
                begins.push((comment.unwrap_or(at), name.trim()));
            }
            comment = code.starts_with("///").then(|| comment.unwrap_or(at));
            at += line.len();
        }
        let ends: Vec<usize> = begins.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
        // What stands between two functions belongs to neither.
        let last = |from, to| text.get(from..to).and_then(|whole| whole.rfind('}')).map_or(to, |last| from + last + 1);
        begins.into_iter().zip(ends).map(|((from, name), to)| (name, from..last(from, to))).collect()
    }

    /// Every constant by its name, as it is written behind the `=`, with blanks and remarks left out.
    #[must_use]
    pub fn constants(&self) -> Vec<(&str, String)> {
        let mut found = Vec::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            let declared = line.strip_prefix("const ").and_then(|rest| rest.split_once('='));
            let Some((name, first)) = declared else { continue };
            let mut written = String::new();
            let mut part = Some(first);
            while let Some(line) = part {
                let code = without_remark(line).trim();
                written.extend(code.split_whitespace());
                part = if code.ends_with(';') { None } else { lines.next() };
            }
            found.push((name.trim(), written));
        }
        found
    }
}

/// A line without the remark at its end; in quotes there is none.
fn without_remark(line: &str) -> &str {
    let mut is_quoted = false;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match letter {
            '"' if before != '\\' => is_quoted = !is_quoted,
            '/' if before == '/' && !is_quoted => return line.get(..at - 1).unwrap_or_default(),
            _ => {}
        }
        before = letter;
    }
    line
}
