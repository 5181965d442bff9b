//! The last case of each reference, where a book has several: known when the files were gone through once.

use crate::{
    case::answer_date::AnswerDate,
    caseload::raw_case::RawCase,
    cli::case_files::{Cases, Source},
    error::Error,
};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// A number that stands for a reference: a book has too many to keep each.
#[must_use]
pub fn number_of(reference: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    reference.hash(&mut hasher);
    hasher.finish()
}

impl Cases {
    /// Goes through the files for the places of the cases that another of the same reference follows.
    ///
    /// # Errors
    ///
    /// When something named can be read only once.
    pub fn followed(&self) -> Result<HashSet<usize>, Error> {
        if let Some(path) =
            self.files()?.iter().find(|path| path.exists() && !path.is_file() || path.as_os_str() == "-")
        {
            let help = "write the cases into a file first, or say `--duplicates warn`";
            return Err(Error::input(path.display().to_string(), "can be read only once").with_help(help));
        }
        let mut last = HashMap::new();
        let places = self
            .source(AnswerDate::default())?
            .enumerate()
            .filter_map(|(at, one)| last.insert(number_of(&one.reference()?), at));
        Ok(places.collect())
    }
}

/// The cases of some files without those that another of the same reference follows.
pub struct LastOnly {
    /// All of them.
    pub source: Source,
    /// The places of those that are left out.
    pub followed: HashSet<usize>,
    /// How many there were so far.
    pub at: usize,
}

impl Iterator for LastOnly {
    type Item = RawCase;

    fn next(&mut self) -> Option<RawCase> {
        loop {
            let one = self.source.next()?;
            let at = self.at;
            self.at += 1;
            if !self.followed.contains(&at) {
                return Some(one);
            }
        }
    }
}
