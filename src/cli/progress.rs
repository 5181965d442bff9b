//! A bar for whoever waits at a terminal: cases, rate, and the time left where the size of the input is known.

use crate::cli::{case_files::Source, global::Terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

/// The bar, or nothing in a pipe.
pub struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
    begun: Instant,
}

/// Cases from one look at the clock to the next.
const STEP: usize = 64;

impl Progress {
    /// A bar for a source, if somebody is there to see it.
    #[must_use]
    pub fn of(source: &Source, terminal: &Terminal) -> Self {
        if !terminal.is_watched() {
            return Self::none();
        }
        let bar = ProgressBar::with_draw_target(source.size, ProgressDrawTarget::stderr_with_hz(5));
        let template = if source.size.is_some() { "{bar:30} {msg}, {eta} left" } else { "{spinner} {msg}" };
        // Both templates are well-formed; a bar in another style would still be one.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, read: Arc::clone(&source.read), begun: Instant::now() }
    }

    /// No bar.
    #[must_use]
    pub fn none() -> Self {
        Self { bar: ProgressBar::hidden(), read: Arc::default(), begun: Instant::now() }
    }

    /// Shows that so many cases are done.
    pub fn show(&self, cases: usize) {
        if !self.bar.is_hidden() && cases.is_multiple_of(STEP) {
            let rate = rate(cases, self.begun.elapsed());
            self.bar.set_message(format!("{cases} cases, {rate} a second"));
            self.bar.set_position(self.read.load(Ordering::Relaxed));
        }
    }

    /// Does something that writes to the same stream.
    pub fn aside(&self, what: impl FnOnce()) {
        self.bar.suspend(what);
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// So many in a time, a second.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a rate for people, far below 2^52")]
pub fn rate(cases: usize, took: std::time::Duration) -> String {
    format!("{:.0}", cases as f64 / took.as_secs_f64().max(1e-6))
}
