//! Spellings of a source: what somebody typed or a program exported, compared without regard to case and blanks. One with a `*`
//! stands for every text that is like it.

use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A table from spellings to what they mean, each a number of its owner.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    /// As they are written, for the many texts that are written like that.
    written: FxHashMap<String, usize>,
    folded: FxHashMap<String, usize>,
    patterns: Vec<(String, usize)>,
}

impl Spellings {
    /// Adds a spelling; false where it is there already, so that the second could never be met.
    pub(super) fn add(&mut self, spelling: &str, means: usize) -> bool {
        let folded = fold(spelling).into_owned();
        if folded.contains('*') {
            self.patterns.push((folded, means));
            return true;
        }
        self.written.insert(spelling.to_owned(), means);
        self.folded.insert(folded, means).is_none()
    }

    /// What a text means.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        if let Some(means) = self.written.get(text) {
            return Some(*means);
        }
        if self.folded.is_empty() && self.patterns.is_empty() {
            return None;
        }
        let folded = fold(text);
        let like = || self.patterns.iter().find(|(pattern, _)| is_like(&folded, pattern)).map(|(_, means)| *means);
        self.folded.get(&*folded).copied().or_else(like)
    }
}

/// A text in lower case, with single blanks and none around it.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    let is_folded = text.bytes().all(|byte| matches!(byte, b'!'..=b'@' | b'['..=b'~'));
    if is_folded {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

/// Whether a text is like a pattern in which `*` stands for any text, in a time that is at most the product of their lengths.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    let (mut text, mut pattern) = (text.as_bytes(), pattern.as_bytes());
    // Where to go on when what follows the last star turns out not to fit.
    let mut last_star: Option<(&[u8], &[u8])> = None;
    loop {
        match (text.split_first(), pattern.split_first()) {
            (_, Some((b'*', after))) => {
                last_star = Some((text, after));
                pattern = after;
            }
            (Some((letter, rest)), Some((wanted, after))) if letter == wanted => (text, pattern) = (rest, after),
            (None, None) => return true,
            _ => {
                let Some((from, after)) = last_star else { return false };
                let Some((_, from)) = from.split_first() else { return false };
                last_star = Some((from, after));
                (text, pattern) = (from, after);
            }
        }
    }
}
