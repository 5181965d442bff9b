//! Entries of lists, tables and closures of possible values, which nest only so deep.

use super::value::Possible;
use crate::case::value::Name;

/// Entries of which each can be several things, and how deep lists, tables and closures nest in them.
#[derive(Debug, Clone)]
pub struct Nest<T> {
    entries: Vec<T>,
    /// How deep.
    pub depth: u8,
}

impl<T> std::ops::Deref for Nest<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.entries
    }
}

impl Nest<Possible> {
    /// Some entries.
    #[must_use]
    pub fn of(entries: Vec<Possible>) -> Self {
        let depth = entries.iter().map(Possible::depth).max().unwrap_or(0).saturating_add(1);
        Self { entries, depth }
    }
}

impl Nest<(Name, Possible)> {
    /// Some entries by name.
    #[must_use]
    pub fn by_name(entries: Vec<(Name, Possible)>) -> Self {
        let depth = entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0).saturating_add(1);
        Self { entries, depth }
    }
}
