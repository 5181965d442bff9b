//! A finding: something that is wrong with a policy, where, and what to do. Its code has a page in the [catalogue](super::catalogue).

use crate::language::fault::PolicyFault;
use schemars::JsonSchema;
use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The policy cannot be run.
    Error,
    /// The policy runs, and does not do what it says.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something that is wrong with a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// What, where, and what to do.
    pub fault: PolicyFault,
}

impl Finding {
    /// That the policy cannot be run.
    #[must_use]
    pub const fn error(fault: PolicyFault) -> Self {
        Self { severity: Severity::Error, fault }
    }

    /// That the policy does not do what it says.
    #[must_use]
    pub const fn warning(fault: PolicyFault) -> Self {
        Self { severity: Severity::Warning, fault }
    }

    /// Where it comes in a list: by file, line and column.
    #[must_use]
    pub fn order(&self) -> (&str, usize, usize, &'static str) {
        let fault = &self.fault;
        (&fault.file, fault.line.unwrap_or(0), fault.column.unwrap_or(0), fault.code)
    }
}

/// How many findings there are of each severity: `1 error, 3 warnings`.
#[must_use]
pub fn counted(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [Severity::Error, Severity::Warning].map(|severity| {
        let count = i64::try_from(count(severity)).unwrap_or(i64::MAX);
        (count > 0).then(|| crate::language::builtins::with_noun(count, severity.as_str()))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}
