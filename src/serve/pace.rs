//! How slow the other side may be: a least amount must move in each stretch of waiting, so that nobody holds a place with a byte now and then.

use std::time::Duration;

/// How long each [`LEAST`] is waited for, on the way in and on the way out.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// What must move in that time, in bytes.
const LEAST: usize = 10_000;

/// How long the other side may still let us wait. What it waits for us does not count.
#[derive(Debug)]
pub struct Pace {
    left: Duration,
    bytes: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { left: PATIENCE, bytes: 0 }
    }
}

impl Pace {
    /// How long the next bytes may take.
    pub const fn left(&self) -> Duration {
        self.left
    }

    /// So many bytes moved after so long.
    pub fn moved(&mut self, waited: Duration, bytes: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.left = self.left.saturating_sub(waited);
        if self.bytes >= LEAST {
            *self = Self::default();
        }
    }
}
