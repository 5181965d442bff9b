//! A script as it is written.

use std::{collections::BTreeMap, ops::Range};

/// One script.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// How messages call the file.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The path that it was imported by; empty for the policy's own.
    pub path: String,
    /// Its constants by name, each as a script would write it in one line.
    pub constants: BTreeMap<String, String>,
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
}
