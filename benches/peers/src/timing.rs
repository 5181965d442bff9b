//! Times the peers in turns, A B C, A B C, so that whatever slows the machine for a while slows all of them.

use crate::{book::Book, peer::Peer};

/// Nanoseconds a case, one number for each run.
pub type Runs = Vec<f64>;

/// What was measured of one peer.
#[derive(Debug, Clone)]
pub struct Timed {
    /// The peer.
    pub name: &'static str,
    /// How many cases each run decides.
    pub cases: usize,
    /// The runs over all of those.
    pub runs: Runs,
    /// The same runs over the first part of the cases, which every peer decides: ratios with a slow peer are over these.
    pub part: Runs,
}

/// Times every peer on some cases of the book; those that `is_slow` names on a part of them only.
///
/// # Errors
///
/// What a peer failed on.
pub fn time(
    peers: &mut [Box<dyn Peer>],
    book: &Book,
    which: &[usize],
    runs: usize,
    part: usize,
    is_slow: impl Fn(&str) -> bool,
) -> Result<Vec<Timed>, String> {
    let (part, rest) = which.split_at(part.min(which.len()));
    let timed = |name| Timed { name, cases: 0, runs: Runs::new(), part: Runs::new() };
    let mut timed: Vec<Timed> = peers.iter().map(|peer| timed(peer.name())).collect();
    for run in 0..=runs {
        for (peer, timed) in peers.iter_mut().zip(&mut timed) {
            let rest = if is_slow(timed.name) { &[] } else { rest };
            timed.cases = part.len() + rest.len();
            peer.prepare(book)?;
            let first = peer.pass(book, part)?.as_secs_f64();
            let then = if rest.is_empty() { 0.0 } else { peer.pass(book, rest)?.as_secs_f64() };
            // The first round is for the process: pages, branch predictors, the compiler of a language that has one.
            if run > 0 {
                timed.runs.push((first + then) * 1e9 / count(timed.cases));
                timed.part.push(first * 1e9 / count(part.len()));
            }
        }
    }
    Ok(timed)
}

/// The middle of some numbers.
#[must_use]
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let lower = sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    f64::midpoint(lower, upper)
}

/// The median of the ratios of two peers, run by run.
#[must_use]
pub fn ratio(of: &[f64], to: &[f64]) -> f64 {
    median(&of.iter().zip(to).map(|(of, to)| of / to).collect::<Vec<_>>())
}

#[expect(clippy::cast_precision_loss, reason = "no book has 2^52 cases")]
fn count(cases: usize) -> f64 {
    cases.max(1) as f64
}
