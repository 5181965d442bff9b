//! The chain of a decision log: a line ends in its own hash, and holds that of the line before.

use crate::case::digest::hexadecimal;
use rustc_hash::FxHashMap;
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

/// A hash as bytes: a log of a million lines is told apart by a million of these.
pub type Hash = [u8; 32];

/// What stands before the first line.
const NOTHING: Hash = [0; 32];

/// Whether a text is written as a hash is.
#[must_use]
pub fn is_hash(text: &str) -> bool {
    bytes_of(text).is_some()
}

/// The hash that 64 lower-case hexadecimal digits stand for.
fn bytes_of(text: &str) -> Option<Hash> {
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?)).collect::<Option<Vec<u8>>>()?;
    Hash::try_from(bytes).ok().filter(|_| rest.is_empty())
}

/// What a line says of its place in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The hash that it ends in.
    own: Option<Hash>,
    /// The hash of the line that it says it follows.
    said: Option<Hash>,
    /// Whether it ends in the hash of what it says.
    is_right: bool,
}

impl Link {
    /// That of a line.
    #[must_use]
    pub fn of(line: &str) -> Self {
        let own = hash_of(line).and_then(bytes_of);
        let is_right =
            own.is_some_and(|own| line.rsplit_once(MARK).is_some_and(|(text, _)| own == *Sha256::digest(text)));
        Self { own, said: before(line).and_then(bytes_of), is_right }
    }

    /// That of the line where it does not say what it was written with.
    #[must_use]
    pub const fn altered(self) -> Self {
        Self { is_right: false, ..self }
    }

    /// Whether the line ends in the hash of what it says.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.is_right
    }
}

/// The chain of a log, read line by line. Of a line that follows the one before it the hash alone is kept.
#[derive(Debug, Default)]
pub struct Chain {
    own: Vec<Option<Hash>>,
    /// The lines that do not: their places, from 0.
    odd: BTreeMap<usize, Link>,
}

impl Chain {
    /// Adds the next line.
    pub fn add(&mut self, link: Link) {
        let place = self.own.len();
        let before = if place == 0 { Some(NOTHING) } else { self.own.last().copied().flatten() };
        if !link.is_right || before.is_none() || link.said != before {
            self.odd.insert(place, link);
        }
        self.own.push(link.own);
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.own.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// The hash of the last line; empty where it has none.
    #[must_use]
    pub fn head(&self) -> Arc<str> {
        self.own.last().copied().flatten().map_or_else(|| "".into(), hexadecimal)
    }

    /// The number, from 1, of the last line with a hash.
    #[must_use]
    pub fn line_of(&self, hash: &str) -> Option<usize> {
        let hash = bytes_of(hash)?;
        self.own.iter().rposition(|own| *own == Some(hash)).map(|place| place + 1)
    }

    /// What is wrong with the lines, by their number from 1; `whole` where the last one ends in a line break.
    #[must_use]
    pub fn damaged(&self, whole: bool) -> BTreeMap<usize, Damage> {
        let mut broken = BTreeMap::new();
        let last = self.own.len();
        if self.odd.is_empty() {
            broken.extend((!whole && last > 0).then_some((last, Damage::CutOff)));
            return broken;
        }
        let mut places: FxHashMap<Hash, usize> = FxHashMap::default();
        for (place, own) in self.own.iter().enumerate() {
            if let Some(own) = own {
                places.entry(*own).or_insert(place);
            }
        }
        let mut follows = Some(NOTHING);
        let mut before = Some(NOTHING);
        for (place, own) in self.own.iter().enumerate() {
            let plain = Link { own: *own, said: before, is_right: true };
            let link = self.odd.get(&place).unwrap_or(&plain);
            let wrong = if place + 1 == last && !whole {
                Some(Damage::CutOff)
            } else {
                wrong_with(link, place, follows, &places)
            };
            broken.extend(wrong.map(|wrong| (place + 1, wrong)));
            // What stands twice is passed over: the line after it follows the first.
            if wrong != Some(Damage::Repeated) {
                follows = *own;
            }
            before = *own;
        }
        broken
    }
}

/// What is wrong with a line that should follow another.
fn wrong_with(link: &Link, place: usize, follows: Option<Hash>, places: &FxHashMap<Hash, usize>) -> Option<Damage> {
    if !link.is_right {
        return Some(Damage::Altered);
    }
    if link.own.and_then(|own| places.get(&own)).is_some_and(|first| *first < place) {
        return Some(Damage::Repeated);
    }
    // After a line of which not even the hash is left nothing can be said of the order.
    if link.said == follows || follows.is_none() {
        return None;
    }
    let is_there = link.said.is_some_and(|said| said == NOTHING || places.contains_key(&said));
    Some(if is_there { Damage::Reordered } else { Damage::Removed })
}

/// What is wrong with the lines of a log, by their number from 1; `whole` where the last one ends in a line break.
#[must_use]
pub fn damaged(lines: &[&str], whole: bool) -> BTreeMap<usize, Damage> {
    let mut chain = Chain::default();
    for line in lines {
        chain.add(Link::of(line));
    }
    chain.damaged(whole)
}
