//! A trial for programs: JSON. The keys are stable.

use crate::{
    authoring::trial::Trial,
    error::Error,
    report::{assess_json, tested::Tested},
};
use serde_json::{Value, json};

/// The whole report.
#[must_use]
pub fn text(tested: &Tested) -> String {
    let report = json!({
        "cases": tested.trials.iter().map(trial).collect::<Vec<_>>(),
        "orphans": tested.orphans,
        "without_cases": tested.empty,
        "count": tested.count(),
    });
    format!("{report:#}\n")
}

fn trial(trial: &Trial) -> Value {
    let error = |error: &Error| assess_json::failed(&trial.file, None, error).get("error").cloned();
    json!({
        "policy": trial.policy,
        "case": trial.case,
        "file": trial.file,
        "snapshot": trial.name,
        "passed": trial.passed(),
        "error": trial.error.as_deref().and_then(error),
        "not_as_expected": trial.held.wrong,
        "not_checked": trial.held.unchecked,
        "difference": trial.difference,
        "accepted": trial.updated,
        "expects": trial.expects,
        "unconfirmed": trial.unconfirmed,
    })
}
