//! The chain of a decision log: a line ends in its own hash, and holds that of the line before.

use crate::case::digest::hexadecimal;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Arc};

/// What stands for the hash before the first line.
pub const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// What stands before the hash of a line.
const MARK: &str = ",\"hash\":\"";

/// What is wrong with a line of a log, as a text among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// It is no line of a log, or it does not have the hash of what it says.
    Altered,
    /// The line that it says it follows is not there.
    Removed,
    /// The line that it says it follows stands elsewhere.
    Reordered,
    /// It was there before.
    Repeated,
    /// It ends in the middle: what wrote it was ended.
    CutOff,
}

/// A line: its text, sealed with the hash of the line before. `body` is a JSON object that says what was decided.
#[must_use]
pub fn sealed(body: &str, before: &str) -> String {
    let open = body.strip_suffix('}').unwrap_or(body);
    let line = format!("{open},\"prev\":\"{before}\"");
    let hash = hash(&line);
    format!("{line}{MARK}{hash}\"}}")
}

/// The hash that a line ends in; none where it ends in none.
#[must_use]
pub fn hash_of(line: &str) -> Option<&str> {
    let (_, after) = line.rsplit_once(MARK)?;
    after.strip_suffix("\"}").filter(|hash| hash.len() == FIRST.len())
}

fn hash(line: &str) -> Arc<str> {
    hexadecimal(Sha256::digest(line).into())
}

/// The hash of the line before, as a line says it.
fn before(line: &str) -> Option<&str> {
    let (line, _) = line.rsplit_once(MARK)?;
    let (_, before) = line.rsplit_once(",\"prev\":\"")?;
    before.strip_suffix('"')
}

/// What is wrong with the lines of a log, by their number from 1; `whole` where the last one ends in a line break.
#[must_use]
pub fn damaged(lines: &[&str], whole: bool) -> BTreeMap<usize, Damage> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        if let Some(hash) = hash_of(line) {
            places.entry(hash).or_insert(number);
        }
    }
    let mut broken = BTreeMap::new();
    let mut follows = Some(FIRST);
    for (number, line) in lines.iter().enumerate() {
        let own = hash_of(line);
        let said = before(line);
        let is_right = own.is_some_and(|own| line.rsplit_once(MARK).is_some_and(|(text, _)| *hash(text) == *own));
        let wrong = if number + 1 == lines.len() && !whole {
            Some(Damage::CutOff)
        } else if !is_right {
            Some(Damage::Altered)
        } else if own.and_then(|own| places.get(own)).is_some_and(|first| *first < number) {
            Some(Damage::Repeated)
        } else if said == follows || follows.is_none() {
            // After a line of which not even the hash is left nothing can be said of the order.
            None
        } else if said.is_some_and(|said| said == FIRST || places.contains_key(said)) {
            Some(Damage::Reordered)
        } else {
            Some(Damage::Removed)
        };
        broken.extend(wrong.map(|wrong| (number + 1, wrong)));
        // What stands twice is passed over: the line after it follows the first.
        if wrong != Some(Damage::Repeated) {
            follows = own;
        }
    }
    broken
}
