//! A bar for whoever waits at a terminal: cases, rate, and the time left where the size of the input is known.

use crate::cli::{case_files::Source, terminal::Terminal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Instant;

/// The bar, or nothing in a pipe.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
}

/// Cases from one look at the clock to the next.
const STEP: usize = 64;

impl Progress {
    /// A bar for a source, if somebody is there to see it and it takes long enough.
    pub fn of(source: &mut Source, terminal: &Terminal) -> Self {
        let is_short = source.one_file && source.size.is_some_and(|size| size < 1 << 20);
        if terminal.is_watched() && !is_short {
            let bar = ProgressBar::with_draw_target(source.size, ProgressDrawTarget::stderr_with_hz(5));
            let template = if source.size.is_some() { "{bar:30} {msg}, {eta} left" } else { "{spinner} {msg}" };
            // Both templates are well-formed; a bar in another style would still be one.
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            source.bar = bar;
        }
        Self { bar: source.bar.clone(), begun: Instant::now() }
    }

    /// A bar for so many things that each take a while, if somebody is there to see it.
    pub fn counting(all: usize, what: &str, terminal: &Terminal) -> Self {
        let bar = if terminal.is_watched() {
            let bar = ProgressBar::with_draw_target(u64::try_from(all).ok(), ProgressDrawTarget::stderr_with_hz(5));
            // The template is well-formed; a bar in another style would still be one.
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} {msg}, {eta} left") {
                bar.set_style(style);
            }
            bar.with_message(what.to_owned())
        } else {
            ProgressBar::hidden()
        };
        Self { bar, begun: Instant::now() }
    }

    /// Shows that one more is done.
    pub fn step(&self) {
        self.bar.inc(1);
    }

    /// Shows that so many cases are done.
    pub fn show(&self, cases: usize) {
        if !self.bar.is_hidden() && cases.is_multiple_of(STEP) {
            let rate = rate(cases, self.begun.elapsed());
            self.bar.set_message(format!("{cases} cases, {rate} a second"));
        }
    }

    /// Bytes of the files that were read so far, packed as they are.
    pub fn read(&self) -> u64 {
        self.bar.position()
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
#[expect(clippy::cast_precision_loss, reason = "a rate for people, far below 2^52")]
pub fn rate(cases: usize, took: std::time::Duration) -> String {
    format!("{:.0}", cases as f64 / took.as_secs_f64().max(1e-6))
}
