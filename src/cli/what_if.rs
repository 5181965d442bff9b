//! `--set` and `--on-missing`: what a run takes differently from the policy as it stands.

use clap::{Args, ValueEnum};

/// What a run takes differently.
#[derive(Debug, Args)]
pub struct WhatIf {
    /// Use another value for a parameter, on every date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// What to do when missing facts leave the tier open
    #[arg(long, value_name = "WHAT", default_value = "range", env = "BRAG_ON_MISSING")]
    pub on_missing: OnMissing,
}

/// What to do when missing facts leave the tier open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnMissing {
    /// Act on the top of the range, and say what is open.
    Range,
    /// Refuse: exit code 4.
    Refuse,
}

/// Reads `NAME=VALUE`.
///
/// # Errors
///
/// When it is not of that form.
pub fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected NAME=VALUE, such as red_ogrs3=70".to_owned()),
    }
}
