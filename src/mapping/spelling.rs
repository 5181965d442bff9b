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
            let is_new = self.patterns.iter().all(|(pattern, _)| *pattern != folded);
            self.patterns.push((folded, means));
            return is_new;
        }
        self.written.insert(spelling.to_owned(), means);
        self.folded.insert(folded, means).is_none()
    }

    /// Whether a text has a meaning.
    pub(super) fn has(&self, text: &str) -> bool {
        self.find(text) != Ok(None)
    }

    /// What a text means: by its spelling, else by the most particular of the patterns that it is like.
    ///
    /// # Errors
    ///
    /// When patterns say different things of it, and none of them is more particular than the others.
    pub(super) fn find(&self, text: &str) -> Result<Option<usize>, Ambiguous> {
        if let Some(means) = self.written.get(text) {
            return Ok(Some(*means));
        }
        if self.folded.is_empty() && self.patterns.is_empty() {
            return Ok(None);
        }
        let folded = fold(text);
        if let Some(means) = self.folded.get(&*folded) {
            return Ok(Some(*means));
        }
        let like: Vec<_> = self.patterns.iter().filter(|(pattern, _)| is_like(&folded, pattern)).collect();
        // A pattern that another is like takes in all that the other does.
        let is_best = |(one, means): &(String, usize)| {
            like.iter().all(|(other, others_means)| means == others_means || is_like(one, other))
        };
        match like.iter().find(|one| is_best(one)) {
            Some((_, means)) => Ok(Some(*means)),
            None if like.is_empty() => Ok(None),
            None => Err(Ambiguous),
        }
    }
}

/// Patterns that say different things of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ambiguous;

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
