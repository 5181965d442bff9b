//! Findings as annotations of GitHub Actions: a line each, which the server shows in the source.

use crate::check::finding::Finding;

/// Every finding.
#[must_use]
pub fn text(findings: &[Finding]) -> String {
    findings.iter().map(one).collect()
}

fn one(finding: &Finding) -> String {
    let fault = &finding.fault;
    let mut place = format!("file={}", property(&fault.file));
    for (name, at) in [("line", fault.line), ("col", fault.column)] {
        place.extend(at.map(|at| format!(",{name}={at}")));
    }
    let help = fault.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let said = data(&format!("{fault}{help}"));
    format!("::{} {place},title={}::{said}\n", finding.severity.as_str(), property(fault.code))
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
