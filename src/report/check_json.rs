//! Findings for programs.

use crate::check::finding::{Finding, Severity};
use serde_json::{Value, json};

/// The whole document. Its keys are stable.
#[must_use]
pub fn text(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let all: Vec<Value> = findings.iter().map(one).collect();
    let count = json!({ "errors": count(Severity::Error), "warnings": count(Severity::Warning) });
    format!("{:#}\n", json!({ "findings": all, "count": count }))
}

fn one(finding: &Finding) -> Value {
    let fault = &finding.fault;
    json!({
        "code": fault.code,
        "severity": finding.severity.as_str(),
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "message": fault.to_string(),
        "help": fault.help,
    })
}
