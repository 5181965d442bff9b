//! The cases that every peer decides.

use crate::{
    facts::{Assumed, Domains},
    hard_coded::HardCoded,
    range::Frame,
};
use brag::{
    calendar::WorkingDays,
    case::Case,
    decision::decide::CaseFile,
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;

/// The policy that is compared.
pub const POLICY: &str = "bgsw";

/// Cases, the date they are decided on, and what the helper knows of the policy.
#[derive(Debug)]
pub struct Book {
    /// The cases.
    pub cases: Vec<CaseFile>,
    /// The date, and what is tried for missing facts.
    pub frame: Frame,
    /// The places of the cases whose decision meets no missing fact.
    pub complete: Vec<usize>,
}

impl Book {
    /// Reads cases from their texts. Those that miss more than the peers can fill in one way after the other are left out.
    ///
    /// # Errors
    ///
    /// The first text that is no case, or what is wrong with the policy.
    pub fn read(texts: impl IntoIterator<Item = String>, on: Date) -> Result<Self, String> {
        let policy = fresh_policy()?;
        let frame = Frame {
            on,
            domains: Domains::hard_coded(),
            tiers: policy.tiers().as_ref().clone(),
            reads: HardCoded::on(on),
        };
        let cases = texts
            .into_iter()
            .map(|text| {
                let (case, document) = Case::parse(&text).map_err(|fault| fault.to_string())?;
                Ok(CaseFile { case: case.into(), document: Some(document.into()), sourced: None })
            })
            .filter(|file: &Result<CaseFile, String>| match file {
                Ok(file) => can_be_decided(&file.case, &frame),
                Err(_) => true,
            })
            .collect::<Result<Vec<_>, String>>()?;
        let complete = (0..cases.len()).filter(|at| cases.get(*at).is_some_and(|file| is_complete(&file.case, on)));
        Ok(Self { complete: complete.collect(), cases, frame })
    }

    /// One case.
    ///
    /// # Errors
    ///
    /// When there is none at that place.
    pub fn case(&self, at: usize) -> Result<&CaseFile, String> {
        self.cases.get(at).ok_or_else(|| format!("no case {at}"))
    }
}

/// The book that `brag new caseload` makes of a seed.
#[must_use]
pub fn made_up(seed: u64, on: Date) -> brag_made_up::Book {
    let days = WorkingDays::shipped();
    brag_made_up::Book::new(seed, on, move |date| days.is_working(date).unwrap_or(true))
}

/// The policy with nothing kept of earlier cases.
///
/// # Errors
///
/// What is wrong with it.
pub fn fresh_policy() -> Result<Policy, String> {
    Policy::load(&Shelf::Shipped, POLICY, &[]).map_err(|fault| fault.to_string())
}

/// Whether no missing fact is met on the way to the tier and its standards.
/// Whether the peers can decide a case: it is complete, or every way to fill it in can be tried.
#[must_use]
pub fn can_be_decided(case: &Case, frame: &Frame) -> bool {
    is_complete(case, frame.on) || frame.can_be_filled_in(case)
}

fn is_complete(case: &Case, on: Date) -> bool {
    let (policy, nothing) = (HardCoded::on(on), Assumed::default());
    let Ok(effects) = policy.rules(case, &nothing) else { return false };
    crate::answer::tier_of(&effects).is_some_and(|tier| policy.standards(case, &nothing, tier).is_ok())
}
