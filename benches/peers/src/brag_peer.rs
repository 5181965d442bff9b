//! Brag itself. This file is the only one that knows how brag is called.

use crate::{
    answer::Answer,
    book::{Book, fresh_policy},
    peer::Peer,
};
use brag::{
    decision::{
        decide::decide,
        desk::Desk,
        ruling::rule,
    },
    policy::Policy,
};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// The peer: a policy whose caches are empty when a run begins.
pub struct BragPeer {
    policy: Policy,
}

impl BragPeer {
    /// Loads the policy.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new() -> Result<Self, String> {
        Ok(Self { policy: fresh_policy()? })
    }
}

impl Peer for BragPeer {
    fn name(&self) -> &'static str {
        "brag"
    }

    fn prepare(&mut self, book: &Book) -> Result<(), String> {
        *self = Self::new()?;
        self.policy.edition(book.frame.on).map(drop).map_err(|fault| fault.to_string())
    }

    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String> {
        let mut desk = Desk::new(&self.policy);
        let decision = decide(&mut desk, book.case(at)?, book.frame.on).map_err(|fault| fault.to_string())?;
        Answer::of(&decision)
    }

    fn pass(&mut self, book: &Book, which: &[usize]) -> Result<Duration, String> {
        let mut desk = Desk::new(&self.policy);
        let began = Instant::now();
        for at in which {
            let known = desk.facts(&book.case(*at)?.case, book.frame.on);
            black_box(rule(&mut desk, &known).map_err(|fault| fault.to_string())?);
        }
        Ok(began.elapsed())
    }
}
