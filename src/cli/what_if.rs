//! `--set`: what a run takes differently from the policy as it stands.

use crate::{
    cli::{
        global::{Global, Terminal},
        policy_choice,
    },
    error::Error,
    policy::Policy,
};
use clap::Args;

/// What a run takes differently.
#[derive(Debug, Args)]
pub struct WhatIf {
    /// Use another value for a parameter, on every date; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    set: Vec<(String, String)>,
}

impl WhatIf {
    /// The policy that the command line asks for, with these values.
    ///
    /// # Errors
    ///
    /// When there is no such policy, or it is invalid.
    pub fn policy(&self, global: &Global, terminal: &mut Terminal) -> Result<Policy, Error> {
        policy_choice::load(global, &self.set, terminal)
    }
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
