//! Chance, with one seed for everything: the one in `BRAG_SEED`, or always the same.

use std::env;

/// The seed of a run that is not given another, so that what fails here fails everywhere.
const SEED: u64 = 20_190_520;

/// Whether everything is to be tried: `BRAG_LONG=1`.
pub fn is_long() -> bool {
    env::var("BRAG_LONG").is_ok_and(|long| long == "1")
}

/// So many, or the long way so many.
pub fn many(short: usize, long: usize) -> usize {
    if is_long() { long } else { short }
}

/// A stream of random numbers (splitmix64), or of bytes that somebody chose, and random ones after them.
#[derive(Debug, Clone)]
pub struct Draw {
    state: u64,
    chosen: Vec<u8>,
}

impl Draw {
    /// The stream of one test. What fails prints the seed.
    pub fn of(test: &str) -> Self {
        let given = env::var("BRAG_SEED").ok();
        let seed = given.map_or(SEED, |seed| seed.parse().expect("BRAG_SEED is a whole number"));
        println!("{test}: drawn with BRAG_SEED={seed}");
        let stream = test.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Self { state: stream, chosen: Vec::new() }
    }

    /// A stream whose first numbers are these bytes: who changes a byte changes one choice.
    pub fn chosen(bytes: &[u8]) -> Self {
        Self { state: SEED, chosen: bytes.iter().rev().copied().collect() }
    }

    /// The stream of this number, which depends on no other.
    pub fn stream(&self, number: u64) -> Self {
        let state = self.state ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut stream = Self { state, chosen: Vec::new() };
        stream.next();
        stream
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        if let Some(byte) = self.chosen.pop() {
            return byte.into();
        }
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, this one; 0 below nothing.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() % limit as u64) as usize }
    }

    /// Whether something happens that does so in this many of a hundred cases.
    pub fn happens(&mut self, per_cent: usize) -> bool {
        self.below(100) < per_cent
    }

    /// One of several.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// So many of several, each at most once, in their order.
    pub fn some<T: Clone>(&mut self, of: &[T], count: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..of.len()).collect();
        for at in 0..count.min(of.len()) {
            let other = at + self.below(of.len() - at);
            places.swap(at, other);
        }
        places.truncate(count);
        places.sort_unstable();
        places.into_iter().map(|place| of[place].clone()).collect()
    }
}
