//! The codes of findings, each with its page: what it finds, an example that is wrong, the same put right, and when to waive it.
//! The examples are run in the tests.

mod conditions;
mod dates;
mod names;
mod numbers;
mod reading;
mod scripts;
mod words;

use super::finding::Severity;

/// What is said of a code.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What it finds, and why that matters.
    pub finds: &'static str,
    /// An example that is wrong.
    pub wrong: Example,
    /// The same put right.
    pub right: Example,
    /// When to waive it; empty of an error.
    pub waive: &'static str,
}

/// A policy, as far as it matters.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// Its rules.
    pub rules: &'static str,
    /// Its numbers; empty where it has none.
    pub numbers: &'static str,
}

/// An error: how reading finds it.
const fn error(code: &'static str, finds: &'static str, wrong: Example, right: Example) -> Page {
    Page { code, severity: Severity::Error, finds, wrong, right, waive: "" }
}

/// A warning.
const fn warning(code: &'static str, finds: &'static str, wrong: Example, right: Example, waive: &'static str) -> Page {
    Page { code, severity: Severity::Warning, finds, wrong, right, waive }
}

const fn rules(rules: &'static str) -> Example {
    Example { rules, numbers: "" }
}

const fn with(rules: &'static str, numbers: &'static str) -> Example {
    Example { rules, numbers }
}

/// Every page.
#[must_use]
pub fn pages() -> Vec<&'static Page> {
    let families =
        [reading::PAGES, names::PAGES, words::PAGES, scripts::PAGES, conditions::PAGES, numbers::PAGES, dates::PAGES];
    families.into_iter().flatten().collect()
}

/// The page of a code.
#[must_use]
pub fn page(code: &str) -> Option<&'static Page> {
    pages().into_iter().find(|page| page.code == code)
}
