//! The two national models once more, written from their rules in plain Rust, with cases made up at random. Scores are
//! whole thousandths, so that nothing is ever rounded.

pub mod v2;
pub mod v3;

use serde_json::{Value, json};

/// Makes up cases: the same ones on every run.
pub struct Cases(u64);

impl Cases {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % end as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn some<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        (!self.one_in(4)).then(|| self.pick(from))
    }

    fn several<T: Copy>(&mut self, from: &[T], one_in: usize) -> Vec<T> {
        from.iter().copied().filter(|_| self.one_in(one_in)).collect()
    }

    /// A score near one of the limits, on it, or anywhere.
    fn score(&mut self, limits: &[i64]) -> i64 {
        let near = self.pick(limits) + self.pick(&[-10, -5, -1, 0, 0, 1, 5, 10]);
        let anywhere = self.below(100_001) as i64;
        if self.one_in(3) { anywhere } else { near.clamp(0, 100_000) }
    }
}

fn decimal(thousandths: i64) -> Value {
    json!(thousandths as f64 / 1_000.0)
}

/// Leaves out what is not known: a case file has no word for it.
fn without_nulls(mut fields: Value) -> Value {
    if let Some(map) = fields.as_object_mut() {
        map.retain(|_, value| !value.is_null());
        for value in map.values_mut() {
            *value = without_nulls(value.take());
        }
    }
    fields
}
