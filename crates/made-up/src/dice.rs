//! Chance, the same on every machine: a pinned generator and whole numbers only.

use chacha20::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A stream of random numbers.
#[derive(Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of this number under this seed. Streams of one seed do not depend on one another.
    #[must_use]
    pub fn of(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number from 0 up to, not including, this one.
    pub fn below(&mut self, limit: u32) -> u32 {
        let wide = u64::from(self.0.next_u32()) * u64::from(limit);
        u32::try_from(wide >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included, each as likely.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u32::try_from(high - low + 1).unwrap_or(1);
        low + i64::from(self.below(width))
    }

    /// A number from `low` to `high`, both included, most likely in the middle.
    pub fn middling(&mut self, low: i64, high: i64) -> i64 {
        i64::midpoint(self.between(low, high), self.between(low, high))
    }

    /// Whether something happens that does so in this many of a thousand cases.
    pub fn happens(&mut self, per_thousand: u32) -> bool {
        self.below(1000) < per_thousand
    }

    /// One of several, each as likely as its weight says. The first, where there are no weights.
    pub fn one_of<T: Copy + Default>(&mut self, weighted: &[(T, u32)]) -> T {
        let mut left = self.below(weighted.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in weighted {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        T::default()
    }
}
