//! A trial for continuous integration: `JUnit` XML, a suite a policy.

use crate::{
    authoring::trial::Trial,
    error::Error,
    report::{shown::escaped, test_summary::Tested},
};

/// The whole report.
#[must_use]
pub fn text(tested: &Tested) -> String {
    let mut policies: Vec<&str> = tested.trials.iter().map(|trial| trial.policy.as_str()).collect();
    policies.dedup();
    let suites: String = policies.iter().map(|policy| suite(policy, tested)).collect();
    let failed: String = tested.failed.iter().map(|(policy, error)| failed(policy, error)).collect();
    let loose = loose(tested);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n{suites}{failed}{loose}</testsuites>\n")
}

fn suite(policy: &str, tested: &Tested) -> String {
    let trials: Vec<&Trial> = tested.trials.iter().filter(|trial| trial.policy == policy).collect();
    let errors = trials.iter().filter(|trial| trial.error.is_some()).count();
    let failures = trials.iter().filter(|trial| !trial.passed()).count() - errors;
    let cases: String = trials.iter().map(|trial| case(trial)).collect();
    let name = escaped(policy);
    format!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">\n{cases}  </testsuite>\n",
        trials.len()
    )
}

/// A policy that cannot be run has no case of which that could be said.
fn failed(policy: &str, error: &Error) -> String {
    let (name, said) = (escaped(policy), escaped(&error.on_one_line()));
    format!(
        "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase classname=\"{name}\" name=\"{name}\">\n      \
         <error type=\"{}\" message=\"{said}\"/>\n    </testcase>\n  </testsuite>\n",
        error.code()
    )
}

fn case(trial: &Trial) -> String {
    let name = escaped(&trial.case);
    let head = format!(
        "    <testcase classname=\"{}\" name=\"{name}\" file=\"{}\"",
        escaped(&trial.policy),
        escaped(&trial.file)
    );
    if let Some(error) = &trial.error {
        let said = escaped(&error.to_string());
        return format!("{head}>\n      <error type=\"{}\" message=\"{said}\"/>\n    </testcase>\n", error.code());
    }
    if trial.passed() {
        return format!("{head}/>\n");
    }
    let mut said: Vec<String> = trial
        .held
        .wrong
        .iter()
        .map(|wrong| format!("{}: expected {}, came out {}", wrong.what, wrong.expected, wrong.found))
        .collect();
    let changed = trial.difference.iter().map(|one| {
        format!("changed by {}: {} -> {}", one.cause.id, one.old_tier.as_deref().unwrap_or("new"), one.new_tier)
    });
    said.extend(changed);
    if trial.says_nothing {
        said.push("neither `expect` nor snapshot".to_owned());
    }
    let first = said.first().cloned().unwrap_or_default();
    let (first, all) = (escaped(&first), escaped(&said.join("\n")));
    format!("{head}>\n      <failure message=\"{first}\">{all}</failure>\n    </testcase>\n")
}

/// Findings that belong to no case stand in a suite of their own.
fn loose(tested: &Tested) -> String {
    let orphans = tested.orphans.iter().map(|name| (name, "snapshot without a case"));
    let empty = tested.empty.iter().map(|name| (name, "policy without a worked case"));
    let all: Vec<_> = orphans.chain(empty).collect();
    if all.is_empty() {
        return String::new();
    }
    let case = |(name, said): &(&String, &str)| {
        format!(
            "    <testcase classname=\"snapshots\" name=\"{}\">\n      <failure message=\"{said}\"/>\n    </testcase>\n",
            escaped(name)
        )
    };
    let cases: String = all.iter().map(case).collect();
    let count = all.len();
    format!(
        "  <testsuite name=\"snapshots\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">\n{cases}  </testsuite>\n"
    )
}
