//! A trial for people: what changed first, grouped by the rule that did it; the last line counts.

use crate::{
    authoring::{accepted_numbers::ChangedNumber, diff_cause::Difference, held::Mismatch, trial::Trial},
    report::{
        diff,
        phrases::{BOLD, DIM, count_of, styled, tier_style, wrapped},
        shown::{plain, shown},
        test_summary::{TestCounts, Tested},
    },
};

use std::collections::BTreeSet;

/// Most values of a rule that one line shows.
const MAX_SEEN: usize = 8;

/// The whole report.
#[must_use]
pub fn text(tested: &Tested) -> String {
    let mut out = String::new();
    for trial in tested.trials.iter().filter(|trial| !trial.held.wrong.is_empty()) {
        out.push_str(&format!("{} {}/{}\n", styled(BOLD, "not as expected"), shown(&trial.policy), shown(&trial.case)));
        for wrong in &trial.held.wrong {
            out.push_str(&format!("  {}: {}\n", wrong.what, differs(wrong)));
        }
        out.push('\n');
    }
    out.push_str(&grouped(&tested.pending().collect::<Vec<_>>()));
    out.push_str(&findings(tested));
    out.push_str(&format!("{}\n", count(tested)));
    out
}

/// What was expected and what came out; of lists what came and what went.
fn differs(wrong: &Mismatch) -> String {
    if !wrong.is_list {
        return format!("expected {}, came out {}", wrong.expected, wrong.found);
    }
    let entries =
        |list: &str| list.split(", ").filter(|one| *one != "none").map(str::to_owned).collect::<BTreeSet<_>>();
    let (expected, found) = (entries(&wrong.expected), entries(&wrong.found));
    let added = found.difference(&expected).map(|one| format!("+ {one}"));
    let gone = expected.difference(&found).map(|one| format!("- {one}"));
    added.chain(gone).collect::<Vec<_>>().join("  ")
}

/// The differences, those with the same cause below one heading.
#[must_use]
pub fn grouped(differences: &[&Difference]) -> String {
    let mut out = String::new();
    let mut causes: Vec<&str> = differences.iter().map(|difference| difference.cause.id.as_str()).collect();
    causes.sort_unstable();
    causes.dedup();
    for cause in causes {
        let group: Vec<&&Difference> = differences.iter().filter(|one| one.cause.id == cause).collect();
        let how_many = count_of(group.len(), "case");
        out.push_str(&format!("{} {} ({how_many})\n", styled(BOLD, "changed by"), styled(BOLD, &shown(cause))));
        for difference in group {
            out.push_str(&one(difference));
        }
        out.push('\n');
    }
    out
}

/// One difference: the tiers, what the rule said and saw, then the lines.
#[must_use]
pub fn one(difference: &Difference) -> String {
    let mut out = format!("  {}  {}\n", shown(&difference.name), tiers(difference));
    if let Some(rule) = &difference.cause.rule {
        let cause = &difference.cause;
        out.push_str(&format!("    {rule}: said {}, now says {}\n", shown(&cause.was), shown(&cause.is)));
        let more = cause.saw.len().saturating_sub(MAX_SEEN);
        let seen: Vec<&str> = cause.saw.iter().take(MAX_SEEN).map(String::as_str).collect();
        let rest = if more > 0 { format!("; {more} more") } else { String::new() };
        if !seen.is_empty() {
            out.push_str(&wrapped(&plain(&format!("saw {}{rest}", seen.join("; "))), "    ", 96));
        }
    }
    for number in &difference.cause.numbers {
        out.push_str(&wrapped(&plain(&changed(number)), "    ", 96));
    }
    out.push_str(&diff::lines(&difference.old, &difference.new, "    "));
    out
}

/// A number that made a difference: what it was and is, and where it stands.
fn changed(number: &ChangedNumber) -> String {
    let ChangedNumber { name, from, was, is, file, line, .. } = number;
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    // One that was taken away stands nowhere.
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    let what = format!("because `{name}` was {} and is {} from {from} ({file}{line})", shown(was), shown(is));
    if number.in_place {
        format!(
            "{what}: changed in place, which rewrites history; a change of policy is a value with a date of its own"
        )
    } else {
        what
    }
}

/// The old and the new tier.
#[must_use]
pub fn tiers(difference: &Difference) -> String {
    let drawn = |tier: &str| styled(tier_style(tier), &shown(tier));
    match &difference.old_tier {
        Some(old) if *old == difference.new_tier => format!("{} as before", drawn(old)),
        Some(old) => format!("{} -> {}", drawn(old), drawn(&difference.new_tier)),
        None => format!("new, {}", drawn(&difference.new_tier)),
    }
}

fn findings(tested: &Tested) -> String {
    let mut out = String::new();
    let mut list = |heading: &str, names: Vec<String>, help: &str| {
        if !names.is_empty() {
            out.push_str(&format!("{} ({})\n", styled(BOLD, heading), names.len()));
            for name in &names {
                out.push_str(&format!("  {}\n", shown(name)));
            }
            out.push_str(&format!("  {}\n\n", styled(DIM, help)));
        }
    };
    let named = |keep: fn(&Trial) -> bool| {
        tested
            .trials
            .iter()
            .filter(|trial| keep(trial))
            .map(|trial| format!("{}/{}", trial.policy, trial.case))
            .collect()
    };
    let help = "give the case an `expect`, or accept its snapshot: brag review";
    list("neither `expect` nor snapshot", named(|trial| trial.says_nothing), help);
    list("snapshots without a case", tested.orphans.clone(), "remove them: brag review --orphans");
    list("policies without a worked case", tested.empty.clone(), "brag new case writes one");
    let help = "check each answer, then remove the line `unconfirmed: true`";
    list("unconfirmed", named(|trial| trial.unconfirmed), help);
    out
}

fn count(tested: &Tested) -> String {
    let counts = tested.counts();
    let TestCounts { cases, passed, .. } = counts;
    let findings = counts.findings().into_iter().filter(|(count, _)| *count > 0);
    let findings: String = findings.map(|(count, what)| format!(", {count} {what}")).collect::<Vec<_>>().concat();
    let look = if tested.proposed && tested.pending().next().is_some() { "; look at them: brag review" } else { "" };
    let law = tested.law.map(|law| format!("under the rules and numbers of {law}: ")).unwrap_or_default();
    format!("{law}{}: {passed} passed{findings}{look}", count_of(cases, "case"))
}
