//! `brag compare --fail-on`: which moves are a finding.

use crate::{comparison::tally::direction, report::compare::CompareReport};
use std::cmp::Ordering;

/// Which moves are a finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FailOn {
    /// All.
    Any,
    /// Those up the order of tiers.
    Up,
    /// Those down.
    Down,
    /// More than so many thousandths of a hundredth of the cases.
    Share(u64),
}

/// Reads what `--fail-on` says.
///
/// # Errors
///
/// What was expected.
pub fn fail_on(text: &str) -> Result<FailOn, String> {
    let expected = || "expected any, up, down, or a share such as 2% or 0.5%".to_owned();
    match text {
        "any" => Ok(FailOn::Any),
        "up" => Ok(FailOn::Up),
        "down" => Ok(FailOn::Down),
        share => {
            let number = share.strip_suffix('%').and_then(|number| number.parse::<rust_decimal::Decimal>().ok());
            let within = number.filter(|number| (0.into()..=100.into()).contains(number)).ok_or_else(expected)?;
            u64::try_from((within * rust_decimal::Decimal::from(1_000)).round())
                .map(FailOn::Share)
                .map_err(|_| expected())
        }
    }
}

impl FailOn {
    /// Whether a case moves so, or without cases could: what is not decided counts as if it did.
    pub fn is_met(self, report: &CompareReport) -> bool {
        let tally = &report.tally;
        if let Some(witnesses) = &report.witnesses {
            let ways = |wanted: Ordering| {
                let tiers = report.both_tiers();
                witnesses.found.iter().any(|one| direction(&one.old, &one.new, tiers) == wanted)
            };
            let is_told = match self {
                Self::Up => ways(Ordering::Greater),
                Self::Down => ways(Ordering::Less),
                Self::Any | Self::Share(_) => !witnesses.found.is_empty(),
            };
            return is_told || witnesses.more > 0 || !witnesses.undecided.is_empty();
        }
        let [up, down] = tally.up_and_down;
        let many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        match self {
            Self::Any => tally.moved() > 0,
            Self::Up => up > 0,
            Self::Down => down > 0,
            Self::Share(most) => many(tally.moved()).saturating_mul(100_000) > many(tally.cases).saturating_mul(most),
        }
    }
}
