//! Faults of a policy as they are found, each kept once however often it is met, and however many there are.

use super::fault::PolicyFault;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// Faults in the order in which they were found.
#[derive(Debug, Default)]
pub struct FaultList {
    all: Vec<PolicyFault>,
    /// The first of each hash, by its position.
    first: FxHashMap<u64, usize>,
}

impl FaultList {
    /// Takes one, unless it is there.
    pub fn note(&mut self, fault: PolicyFault) {
        let first = *self.first.entry(FxBuildHasher.hash_one(&fault)).or_insert(self.all.len());
        let is_known = match self.all.get(first) {
            None => false,
            Some(known) => *known == fault || self.all.contains(&fault),
        };
        if !is_known {
            self.all.push(fault);
        }
    }

    /// All of them.
    #[must_use]
    pub fn into_vec(self) -> Vec<PolicyFault> {
        self.all
    }
}
