//! Coverage for people: rules and conditions that no case takes both ways, and the share of the ways that some case takes.

use crate::{
    authoring::coverage::Coverage,
    report::{
        phrases::{BOLD, DIM, styled},
        shown::{plain, shown},
    },
};

/// The report of one policy.
#[must_use]
pub fn text(coverage: &Coverage) -> String {
    let mut out = format!("{}\n", styled(BOLD, &format!("coverage of {}", shown(&coverage.policy))));
    for rule in &coverage.rules {
        let case = |case: &Option<String>| case.clone().unwrap_or_else(|| "NEVER".to_owned());
        let said =
            plain(&format!("fires in {} ({} in all), not in {}", case(&rule.fired), rule.times, case(&rule.silent)));
        out.push_str(&format!("  {:<24} {said}\n", rule.rule));
    }
    let open: Vec<_> = coverage.conditions.iter().filter(|condition| !condition.missing().is_empty()).collect();
    for condition in &open {
        let place = format!("{}:{}", condition.condition.file, condition.condition.line);
        out.push_str(&format!(
            "  {} {}  {}\n",
            styled(DIM, &shown(&place)),
            condition.missing(),
            shown(&condition.condition.text)
        ));
    }
    let fired = coverage.rules.iter().filter(|rule| rule.fired.is_some()).count();
    out.push_str(&format!(
        "{}: {fired} of {} rules fire, {} are taken, {} of {} conditions are open\n",
        coverage.policy,
        coverage.rules.len(),
        coverage.ways(),
        open.len(),
        coverage.conditions.len()
    ));
    out
}
