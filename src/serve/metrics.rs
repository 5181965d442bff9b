//! What a server has done, for Prometheus. A route is the pattern of a path, and so says nothing of anybody.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// What a server has done.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Requests by route and status, with the seconds that they took.
    done: Mutex<BTreeMap<(String, u16), Taken>>,
    /// Requests that are being answered.
    at_work: AtomicUsize,
}

/// How long requests took.
#[derive(Debug, Clone, Default)]
struct Taken {
    /// How many took no longer than each of [`BOUNDS`], and how many there were.
    within: [u64; BOUNDS.len()],
    count: u64,
    sum: Duration,
}

/// Seconds that requests are counted within.
const BOUNDS: [&str; 6] = ["0.005", "0.025", "0.1", "0.5", "2.5", "10"];
const BOUNDS_IN_MILLIS: [u128; 6] = [5, 25, 100, 500, 2_500, 10_000];

impl Metrics {
    /// A request begins to be answered.
    pub fn one_more(&self) {
        self.at_work.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a request at its end.
    pub fn count(&self, route: &str, status: u16, took: Duration) {
        self.at_work.fetch_sub(1, Ordering::Relaxed);
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = done.entry((route.to_owned(), status)).or_default();
        for (within, bound) in taken.within.iter_mut().zip(BOUNDS_IN_MILLIS) {
            *within += u64::from(took.as_millis() <= bound);
        }
        taken.count += 1;
        taken.sum += took;
    }

    /// All of it, as Prometheus reads it.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# HELP brag_requests_in_flight Requests that are being answered.\n# TYPE brag_requests_in_flight gauge\n",
        );
        // Writing to memory cannot fail.
        let _ = writeln!(text, "brag_requests_in_flight {}", self.at_work.load(Ordering::Relaxed));
        text.push_str("# HELP brag_request_duration_seconds Requests that were answered, by route and status.\n");
        text.push_str("# TYPE brag_request_duration_seconds histogram\n");
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for ((route, status), taken) in done {
            let name = "brag_request_duration_seconds";
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            for (bound, within) in BOUNDS.iter().zip(taken.within) {
                let _ = writeln!(text, "{name}_bucket{{{labels},le=\"{bound}\"}} {within}");
            }
            let _ = writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {}", taken.count);
            let _ = writeln!(text, "{name}_sum{{{labels}}} {}", taken.sum.as_secs_f64());
            let _ = writeln!(text, "{name}_count{{{labels}}} {}", taken.count);
        }
        text
    }
}
