//! Findings for programs.

use crate::check::finding::{Finding, Severity};
use schemars::JsonSchema;
use serde::Serialize;

/// What was found in a policy. Keys may be added; none is renamed or taken away.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Findings")]
pub(super) struct CheckDocument<'a> {
    /// Everything that was found.
    findings: Vec<FindingRecord<'a>>,
    /// How many there are.
    count: FindingCount,
}

/// Something that is wrong with a policy.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct FindingRecord<'a> {
    /// A stable word for it, which `brag check --explain` tells of.
    code: &'a str,
    /// How grave it is.
    severity: Severity,
    /// The file, as messages call it.
    file: &'a str,
    /// Line, from 1; null where it is about the whole file.
    #[schemars(range(min = 1))]
    line: Option<usize>,
    /// Column, from 1.
    #[schemars(range(min = 1))]
    column: Option<usize>,
    /// What is wrong, in a sentence.
    message: String,
    /// What to do about it.
    help: Option<&'a str>,
}

/// How many findings there are.
#[derive(Serialize, JsonSchema)]
struct FindingCount {
    /// The policy cannot be run.
    errors: usize,
    /// The policy runs, and does not do what it says.
    warnings: usize,
}

/// The whole document.
#[must_use]
pub fn text(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let count = FindingCount { errors: count(Severity::Error), warnings: count(Severity::Warning) };
    let document = CheckDocument { findings: findings.iter().map(FindingRecord::of).collect(), count };
    format!("{:#}\n", serde_json::json!(document))
}

impl<'a> FindingRecord<'a> {
    fn of(finding: &'a Finding) -> Self {
        let fault = &finding.fault;
        Self {
            code: fault.code,
            severity: finding.severity,
            file: &fault.file,
            line: fault.line,
            column: fault.column,
            message: fault.to_string(),
            help: fault.help.as_deref(),
        }
    }
}
