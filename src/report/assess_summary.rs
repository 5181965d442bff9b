//! Many answers in a few lines: how many of each tier, how many provisional, which flags, how many without an answer.

use crate::{error::Error, language::tiers::Tiers, report::shown::shown, schedule::assess::Assessment};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::Arc,
};

/// What one answer adds to the count.
#[derive(Debug)]
pub struct Counted {
    tier: Option<String>,
    provisional: bool,
    flags: BTreeSet<Arc<str>>,
}

impl Counted {
    /// What an answer adds.
    #[must_use]
    pub fn of(assessment: &Assessment) -> Self {
        let decision = &assessment.decision;
        let flags = decision.flags.iter().map(|flag| Arc::clone(&flag.code)).collect();
        Self { tier: decision.tier.clone(), provisional: decision.provisional, flags }
    }
}

/// The counts so far.
#[derive(Debug, Default)]
pub struct Summary {
    cases: usize,
    provisional: usize,
    tiers: BTreeMap<Option<String>, usize>,
    flags: BTreeMap<Arc<str>, usize>,
    errors: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts an answer, where it is asked for.
    pub fn count(&mut self, counted: Option<Counted>) {
        let Some(counted) = counted else { return };
        self.cases += 1;
        self.provisional += usize::from(counted.provisional);
        *self.tiers.entry(counted.tier).or_default() += 1;
        for code in counted.flags {
            *self.flags.entry(code).or_default() += 1;
        }
    }

    /// Counts a case without an answer.
    pub fn count_error(&mut self, error: &Error) {
        self.cases += 1;
        *self.errors.entry(error.code()).or_default() += 1;
    }

    /// The counts for people: tiers in the policy's order, flags and errors by name.
    #[must_use]
    pub fn text(&self, tiers: &Tiers) -> String {
        let failed: usize = self.errors.values().sum();
        let mut out = String::new();
        let mut line = |label: &str, count: usize| {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{label:<32} {count:>9}");
        };
        line("cases", self.cases);
        for tier in tiers.all() {
            line(&format!("  {}", shown(&tier)), self.tiers.get(&Some(tier)).copied().unwrap_or(0));
        }
        if let Some(count) = self.tiers.get(&None) {
            line("  no tier", *count);
        }
        line("  no answer", failed);
        line("provisional", self.provisional);
        line("flags", self.flags.values().sum());
        for (code, count) in &self.flags {
            line(&format!("  {}", shown(code)), *count);
        }
        line("errors", failed);
        for (code, count) in &self.errors {
            line(&format!("  {code}"), *count);
        }
        out
    }
}
