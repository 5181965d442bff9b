//! What a rule has tested before it looks: which inputs are known, and which words they are held against.

use super::meaning::{Leaf, Meaning, One};
use std::{collections::BTreeSet, rc::Rc};

/// What was tested on the way.
#[derive(Debug, Clone, Default)]
pub struct Tested {
    known: BTreeSet<String>,
    words: BTreeSet<(String, String)>,
}

impl Tested {
    /// Whether something is known was asked.
    pub fn presence(&mut self, of: &Meaning) {
        self.known.extend(of.leaves().map(|leaf| leaf.path.clone()));
    }

    /// Something was held against a word.
    pub fn word(&mut self, of: &Meaning, word: &str) {
        self.words.extend(of.leaves().map(|leaf| (leaf.path.clone(), word.to_owned())));
    }

    /// Whether somebody asked if an input is known.
    pub fn is_known(&self, path: &str) -> bool {
        self.known.contains(path)
    }

    /// The same, where what is known by a test is no longer asked for one.
    pub fn settled(&self, of: Meaning) -> Meaning {
        let settle = |one: One| match one {
            One::Of(leaf) if self.is_known(&leaf.path) => {
                One::Of(Rc::new(Leaf { path: leaf.path.clone(), domain: leaf.domain.clone(), input: None }))
            }
            one => one,
        };
        Meaning(of.0.map(|all| all.into_iter().map(settle).collect()))
    }

    /// The words that something can be and that no test has told apart from the others.
    pub fn left(&self, of: &Meaning) -> Option<Vec<String>> {
        let mut words = of.words()?;
        words.retain(|word| !of.leaves().any(|leaf| self.words.contains(&(leaf.path.clone(), word.clone()))));
        Some(words)
    }

    /// Notes a comparison of two values for what it tests.
    pub fn compared(&mut self, one: &Meaning, other: &Meaning) {
        for (one, other) in [(one, other), (other, one)] {
            if matches!(other.ones(), [One::Absent]) {
                self.presence(one);
            }
            for written in other.all_written() {
                self.word(one, &written.value.to_string());
            }
        }
    }
}
