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
}

/// Times every peer on some cases of the book.
///
/// # Errors
///
/// What a peer failed on.
pub fn time(peers: &mut [Box<dyn Peer>], book: &Book, which: &[usize], runs: usize) -> Result<Vec<Timed>, String> {
    let timed = |name| Timed { name, cases: which.len(), runs: Runs::new() };
    let mut timed: Vec<Timed> = peers.iter().map(|peer| timed(peer.name())).collect();
    for run in 0..=runs {
        for (peer, timed) in peers.iter_mut().zip(&mut timed) {
            peer.prepare(book)?;
            let took = peer.pass(book, which)?.as_secs_f64();
            // The first round is for the process: pages, branch predictors, the compiler of a language that has one.
            if run > 0 {
                timed.runs.push(took * 1e9 / count(which.len()));
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
