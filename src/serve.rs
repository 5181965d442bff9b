//! The verbs over HTTP: a request in, the bytes that the command line would write out. What a verb does is the business of `cli`, which
//! hands it in as [`Verbs`]; here are the ways in, who may use them, and their limits.
//!
//! Nothing of a case that a request brings is kept, or written anywhere. The [workbench](workbench) is a page over the same: an edit of a policy that
//! is not written yet, and what it does to the cases of a book.

mod answer;
mod answering;
pub mod as_of;
mod at_work;
mod bench_routes;
mod body;
pub mod book;
mod explained;
mod guard;
mod listen;
mod metrics;
mod mutants;
mod on_disk;
mod openapi;
mod operation;
mod pace;
mod patient;
mod problem;
mod routes;
mod silent;
pub mod tls;
pub mod workbench;

pub use self::{guard::Guard, listen::Server, operation::OPERATIONS};

use self::body::{EXIT_CODE, WARNING};
use crate::error::{Error, Exit};
use axum::http::{HeaderMap, HeaderValue};
use std::{
    io::{Read, Write},
    sync::Arc,
};
use tokio::sync::Semaphore;

/// What a verb came to.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub exit: Exit,
    /// What it complained of.
    pub complaints: Vec<Error>,
    /// What else it said beside its answer.
    pub warnings: Vec<String>,
    /// Whether it was brought to its end, whatever became of each case.
    pub is_whole: bool,
    /// What clap says of its words, where they are none that it takes.
    pub usage: Option<String>,
}

impl Ran {
    /// One that came to its end, of which there is no more to say.
    #[must_use]
    pub const fn of(exit: Exit) -> Self {
        Self { exit, complaints: Vec::new(), warnings: Vec::new(), is_whole: true, usage: None }
    }

    /// What is said of it beside its answer: how it ended, and each warning.
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::from_iter([(EXIT_CODE, HeaderValue::from(u16::from(self.exit.code())))]);
        // A warning is one line, and what a case says of somebody is in none.
        for warning in self.warnings.iter().filter_map(|warning| HeaderValue::from_str(&ascii(warning)).ok()) {
            headers.append(WARNING, warning);
        }
        headers
    }
}

/// A text in the letters that a header may have.
fn ascii(text: &str) -> String {
    let shown = |letter: char| if matches!(letter, ' '..='~') { letter } else { '?' };
    text.chars().map(shown).collect()
}

/// The verbs of the command line.
pub trait Verbs: Send + Sync {
    /// Runs a verb with its options, over what stands for standard input and standard output.
    fn run(&self, words: &[String], input: Box<dyn Read + Send>, output: Box<dyn Write + Send>) -> Ran;

    /// The command line as clap knows it: what each option of a verb means, and what it takes.
    fn command(&self) -> clap::Command;

    /// The word for a policy of this name, of those beside the one that is served where there is such a one; without a name, for that.
    fn policy(&self, name: Option<&str>) -> String;
}

/// What every request is answered with.
struct Service {
    verbs: Arc<dyn Verbs>,
    guard: Guard,
    /// A policy to edit; nothing for one of a commit.
    bench: Option<Arc<workbench::Workbench>>,
    metrics: metrics::Metrics,
    /// Leave to work: so many requests at a time.
    documents: Arc<Semaphore>,
    /// The same for those whose cases come one after the other, for as long as they come.
    streams: Arc<Semaphore>,
    /// Places for large documents in memory.
    large: Arc<Semaphore>,
    /// Where a line is said of each request.
    log: Box<dyn Fn(&str) + Send + Sync>,
}
