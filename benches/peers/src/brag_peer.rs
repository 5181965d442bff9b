//! Brag itself. This file is the only one that knows how brag is called.

use crate::{
    answer::Answer,
    book::{Book, fresh_policy},
    peer::Peer,
};
use brag::{
    decision::{assessor::Assessor, decide::decide, ruling::rule},
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

    fn prepare(&mut self, _: &Book) -> Result<(), String> {
        *self = Self::new()?;
        Ok(())
    }

    fn decide(&mut self, book: &Book, at: usize) -> Result<Answer, String> {
        let mut assessor = Assessor::new(&self.policy);
        let decision = decide(&mut assessor, book.case(at)?, book.frame.on).map_err(|fault| fault.to_string())?;
        Answer::of(&decision)
    }

    fn pass(&mut self, book: &Book, which: &[usize]) -> Result<Duration, String> {
        let mut assessor = Assessor::new(&self.policy);
        let began = Instant::now();
        for at in which {
            let known = assessor.facts(&book.case(*at)?.case, book.frame.on);
            black_box(rule(&mut assessor, &known).map_err(|fault| fault.to_string())?);
        }
        Ok(began.elapsed())
    }
}
