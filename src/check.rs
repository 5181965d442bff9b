//! Everything that is wrong with a policy and can be seen before any case. In: a policy as it was [read](crate::policy::reading).
//! Out: findings, by file, line and column. Next: [`crate::cli`] says them.
//!
//! What reading refuses is an error. What the rules would never do, or do otherwise than their author means, is a warning: it is
//! looked for by [what expressions can be](meaning), and by what [can come](outcomes) of the rules when every input is open.

mod asking;
pub mod attainable;
mod book;
pub mod catalogue;
mod comparisons;
mod doubts;
pub mod finding;
mod gives;
mod guards;
mod locals;
mod lookups;
mod meaning;
mod modes;
mod notes;
mod numbers;
mod order;
pub mod outcomes;
mod rules;
mod sources;
mod surroundings;
mod tested;
mod value_dates;
mod waivers;
mod walk;
mod ways;
mod words;

pub use self::numbers::UNITS;

use self::{
    finding::{Finding, counted},
    numbers::NumberUses,
    surroundings::is_in_one_function,
    walk::Walk,
};
use crate::{
    language::{fault::PolicyFault, tiers::Tiers},
    policy::{Policy, reading::Reading, source::Shelf},
};
use rustc_hash::FxHashMap;

/// Everything that is wrong with a policy and those that run with it, in order.
///
/// # Errors
///
/// When its rules cannot be read at all.
pub fn check(shelf: &Shelf, name: &str) -> Result<Vec<Finding>, PolicyFault> {
    Ok(findings(&Policy::read(shelf, name, &[])?))
}

/// How many things are wrong with what was read, and where to read of them.
#[must_use]
pub fn summary(reading: &Reading) -> String {
    format!("{}: brag check", counted(&findings(reading)))
}

/// The findings of what was read.
#[must_use]
pub fn findings(reading: &Reading) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    let policies: Vec<&Policy> = std::iter::once(&reading.policy).chain(reading.policy.companions()).collect();
    let of_none = |fault: &PolicyFault| !policies.iter().any(|policy| is_of(policy, fault));
    for policy in &policies {
        // An import that cannot be read may be anybody's, and leaves out a part of whoever imports it.
        let errors = reading.faults.iter().filter(|fault| is_of(policy, fault) || of_none(fault)).cloned();
        let mut found: Vec<Finding> = errors.map(Finding::error).collect();
        found.extend(warnings(policy, reading.policy.tiers(), &found));
        all.extend(waivers::waived(policy, found));
    }
    all.sort_by(|one, other| one.order().cmp(&other.order()));
    all.dedup();
    all
}

/// The words and names of a policy that what they are held against never has, but for those that are waived: each makes a comparison
/// that is never true, in silence. This is what is looked for wherever a policy is run; for the rest see [`findings`].
#[must_use]
pub fn never_met(policy: &Policy) -> Vec<PolicyFault> {
    let found = Walk::over(policy, policy.tiers(), NumberUses::of(policy).meanings(), true).into_iter();
    let is_never_met = |fault: &PolicyFault| matches!(fault.code, "unknown-word" | "unknown-field" | "unknown-input");
    let found = found.filter(is_never_met).map(Finding::warning).collect();
    // What waives something else waives nothing of these.
    waivers::waived(policy, found).into_iter().map(|finding| finding.fault).filter(is_never_met).collect()
}

fn is_of(policy: &Policy, fault: &PolicyFault) -> bool {
    policy.parameters().file == fault.file || policy.program().scripts.iter().any(|script| script.file == fault.file)
}

/// The warnings about one policy, beside the errors in it: one slip is said once.
fn warnings(policy: &Policy, tiers: &Tiers, errors: &[Finding]) -> Vec<Finding> {
    let numbers = NumberUses::of(policy);
    let mut found = Walk::over(policy, tiers, numbers.meanings(), errors.is_empty());
    let mut outcomes = outcomes::outcomes(policy);
    if !errors.is_empty() {
        // What comes of rules of which a part is missing says nothing.
        outcomes.retain(|fault| matches!(fault.code, "never-holds" | "always-holds"));
        let behind = surroundings::behind(policy, errors);
        outcomes
            .retain(|fault| !surroundings::functions_at(policy, fault).iter().any(|number| behind.contains(number)));
    }
    // A condition that never holds because of a word that is never met is that word's finding, here or among the numbers.
    outcomes.retain(|fault| !found.iter().any(|one| one.file == fault.file && one.line == fault.line));
    // What fails for want of a way fails once it has one no more.
    let lacks = |fault: &PolicyFault| {
        found.iter().any(|one| one.code == "missing-way" && is_in_one_function(policy, one, fault))
    };
    outcomes.retain(|fault| fault.code != "always-fails" || !lacks(fault));
    let mut of_numbers = numbers.findings(errors.is_empty());
    let is_known = |fault: &PolicyFault| found.iter().any(|one| one.code == fault.code && one.line == fault.line);
    of_numbers.retain(|fault| fault.code != "not-rising" || !is_known(fault));
    if has_unread_modes(policy, errors, &of_numbers) {
        let is_of_modes = |fault: &PolicyFault| fault.message.contains("unknown mode of contact");
        found.retain(|fault| !is_of_modes(fault));
        outcomes.retain(|fault| !is_of_modes(fault));
    }
    let blamed: Vec<&str> = found.iter().chain(&of_numbers).filter_map(|fault| number_at(policy, fault)).collect();
    outcomes.retain(|fault| !blamed.iter().any(|name| numbers.is_read_by(name, fault)));
    found.extend(outcomes);
    let (silent, mut found): (Vec<_>, Vec<_>) = found.into_iter().partition(|fault| fault.code == "never-fires");
    let explained = |fault: &PolicyFault| found.iter().any(|one| is_in_one_function(policy, fault, one));
    let silent: Vec<PolicyFault> = silent.into_iter().filter(|fault| !explained(fault)).collect();
    found.extend(silent);
    let named = named(policy);
    let idle = rules::rules(policy).into_iter().chain(of_numbers).chain(sources::sources(policy));
    found.extend(idle.filter(|fault| !fault.code.starts_with("unused") || is_idle(policy, fault, errors, &named)));
    let is_said = |fault: &PolicyFault| {
        let is_same = |error: &PolicyFault| error.code == fault.code || error.column == fault.column;
        let is_there = |error: &PolicyFault| error.file == fault.file && error.line == fault.line;
        errors.iter().any(|error| is_there(&error.fault) && is_same(&error.fault))
    };
    // What a function that cannot be read would have tested is tested nowhere else.
    let is_unread = errors.iter().any(|error| error.fault.code == "syntax");
    found.retain(|fault| !(is_unread && fault.code == "unguarded-input"));
    found.into_iter().filter(|fault| !is_said(fault)).map(Finding::warning).collect()
}

/// The parameter that something is found of.
fn number_at<'p>(policy: &'p Policy, fault: &PolicyFault) -> Option<&'p str> {
    let parameters = policy.parameters();
    let line = fault.line.filter(|_| fault.file == parameters.file)?;
    let begun = parameters.by_name.iter().filter(|(_, parameter)| parameter.at.line <= line + 1);
    begun.max_by_key(|(_, parameter)| parameter.at.line).map(|(name, _)| name.as_str())
}

/// Whether something is used by nobody, and not only by something that is misspelt or could not be read.
fn is_idle(policy: &Policy, fault: &PolicyFault, errors: &[Finding], named: &FxHashMap<&str, usize>) -> bool {
    if errors.iter().any(|error| matches!(error.fault.code, "syntax" | "bad-mark")) {
        return false;
    }
    let name = fault.message.split('`').nth(1).unwrap_or_default();
    let is_meant = |error: &Finding| error.fault.help.as_ref().is_some_and(|help| help.contains(name));
    let program = policy.program();
    // Where something is wrong it may be that which names it: whoever declares it in a script has named it once.
    let declared = usize::from(fault.code != "unused-parameter");
    let is_mentioned = !errors.is_empty() && named.get(name).is_some_and(|times| *times > declared);
    let is_read = policy.parameters().by_name.get(name).is_none_or(|parameter| !parameter.values.is_empty());
    is_read && !program.functions.is_empty() && !is_mentioned && !errors.iter().any(is_meant)
}

/// How often the scripts have each word.
fn named(policy: &Policy) -> FxHashMap<&str, usize> {
    let mut named = FxHashMap::default();
    let is_of_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    for script in &policy.program().scripts {
        for word in script.text.split(|sign| !is_of_name(sign)) {
            *named.entry(word).or_default() += 1;
        }
    }
    named
}

/// Whether the kinds of contact that the numbers name cannot be read, there or in the form that they have.
fn has_unread_modes(policy: &Policy, errors: &[Finding], found: &[PolicyFault]) -> bool {
    let modes = policy.parameters().by_name.get("contact_modes");
    let is_unread = modes.is_none_or(|modes| modes.values.is_empty());
    let is_wrong = |fault: &PolicyFault| number_at(policy, fault) == Some("contact_modes");
    found.iter().any(is_wrong) || (is_unread && errors.iter().any(|error| error.fault.code == "parameters"))
}
