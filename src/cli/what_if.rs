//! `--set`: what a run takes differently from the policy as it stands.

use crate::policy::Policy;
use clap::Args;

/// What a run takes differently.
#[derive(Debug, Args)]
pub struct WhatIf {
    /// Use another value for a parameter, on every date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
}

/// Reads `NAME=VALUE`.
///
/// # Errors
///
/// When it is not of that form.
pub fn assignment(text: &str) -> Result<(String, String), String> {
    name_and_value(text).ok_or_else(|| "expected NAME=VALUE, such as red_ogrs3=70".to_owned())
}

/// What stands on the two sides of the first `=`, where something does on both.
pub fn name_and_value(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()))?;
    (!name.is_empty() && !value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
}

/// What a policy is called over what was made with it: as it was named, with what is taken differently.
#[must_use]
pub fn called(named: &str, policy: &Policy) -> String {
    let trial = policy.trial();
    let trial = if trial.is_empty() { String::new() } else { format!(" with {}", trial.join(", ")) };
    let law = policy.law().map(|law| format!(" under the rules and numbers of {law}")).unwrap_or_default();
    format!("{named}{trial}{law}")
}
