//! What is kept of a line of a log while it is worked out again: enough to find its case and to tell whether the same comes out,
//! and nothing of what stands in it.

use super::{
    chain::Link,
    entry::{Entry, LoggedAnswer, VERSION},
};
use jiff::civil::Date;
use rustc_hash::FxHasher;
use sha2::{Digest, Sha256};
use std::hash::Hasher;

/// A line as it was read.
#[derive(Debug)]
pub struct ReadLine {
    /// Its place in the chain.
    pub link: Link,
    /// What it says, where that can be read.
    pub entry: Option<Entry>,
    /// What of that is kept.
    pub mark: Option<LineMark>,
}

/// What is kept of what a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineMark {
    /// Stands for the case reference.
    pub crn: u64,
    /// Stands for what the case said.
    pub case: u128,
    /// Stands for what came out.
    pub outcome: u128,
    /// The date that the answer is for.
    pub on: Date,
}

impl ReadLine {
    /// Reads a line.
    #[must_use]
    pub fn of(line: &[u8]) -> Self {
        let Ok(line) = str::from_utf8(line) else {
            // No log is written with such bytes: somebody altered it. The hash at its end may still say what follows it.
            let altered = Link::of(&String::from_utf8_lossy(line)).altered();
            return Self { link: altered, entry: None, mark: None };
        };
        let entry = serde_json::from_str::<Entry>(line).ok().filter(|entry| entry.log == VERSION);
        let mark = entry.as_ref().and_then(|entry| {
            let case = case_key(&entry.case_digest)?;
            Some(LineMark { crn: crn_key(&entry.crn), case, outcome: outcome_key(&entry.outcome), on: entry.on })
        });
        Self { link: Link::of(line), entry, mark }
    }
}

/// What stands for a case reference.
#[must_use]
pub fn crn_key(crn: &str) -> u64 {
    let mut hash = FxHasher::default();
    hash.write(crn.as_bytes());
    hash.finish()
}

/// What stands for the digest of a case: half of it, which is more than enough to tell cases apart. Nothing where it is none.
#[must_use]
pub fn case_key(digest: &str) -> Option<u128> {
    u128::from_str_radix(digest.get(..32)?, 16).ok()
}

/// What stands for an answer.
#[must_use]
pub fn outcome_key(outcome: &LoggedAnswer) -> u128 {
    // An answer has no key that is not a text.
    let text = serde_json::to_vec(outcome).unwrap_or_default();
    let digest: [u8; 32] = Sha256::digest(text).into();
    let (halves, _) = digest.as_chunks();
    halves.first().map_or(0, |half| u128::from_be_bytes(*half))
}
