//! What a rule has tested before it looks: which inputs are known, and which words they are held against.

use super::meaning::{Leaf, Meaning, One, Spot, Table};
use std::{collections::BTreeSet, rc::Rc};

/// What was tested on the way.
#[derive(Debug, Clone, Default)]
pub struct Tested {
    known: BTreeSet<String>,
    words: BTreeSet<(String, String)>,
    /// Which tables were asked whether they have something.
    tables: BTreeSet<(String, Spot)>,
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

    /// What was tested elsewhere, too.
    pub fn extend(&mut self, other: Self) {
        self.known.extend(other.known);
        self.words.extend(other.words);
        self.tables.extend(other.tables);
    }

    /// A table was asked whether it has something.
    pub fn entry(&mut self, table: &Table, key: &Meaning) {
        self.tables.extend(key.leaves().map(|leaf| (leaf.path.clone(), table.spot)));
    }

    /// Whether something was held against some word.
    pub fn is_asked(&self, path: &str) -> bool {
        self.words.iter().any(|(known, _)| known == path)
    }

    /// Whether a table was asked for all that something can be.
    pub fn has(&self, table: &Table, key: &Meaning) -> bool {
        let mut paths = key.leaves().map(|leaf| (leaf.path.clone(), table.spot)).peekable();
        paths.peek().is_some() && paths.all(|asked| self.tables.contains(&asked))
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
