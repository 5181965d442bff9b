//! Findings as SARIF 2.1.0, which servers and editors read.

use crate::check::{
    catalogue::{Page, pages},
    finding::Finding,
};
use serde_json::{Value, json};
use std::path::Path;

/// The whole log: one run.
#[must_use]
pub fn text(findings: &[Finding]) -> String {
    let rules: Vec<Value> = pages().into_iter().map(rule).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    let driver = json!({
        "name": "brag",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

fn rule(page: &Page) -> Value {
    json!({
        "id": page.code,
        "shortDescription": { "text": page.finds },
        "help": { "text": format!("brag check --explain {}", page.code) },
        "defaultConfiguration": { "level": page.severity.as_str() },
    })
}

fn result(finding: &Finding) -> Value {
    let fault = &finding.fault;
    let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    let mut place = json!({ "artifactLocation": { "uri": uri(&fault.file) } });
    if let Some(line) = fault.line.filter(|line| *line > 0) {
        let mut region = json!({ "startLine": line });
        if let (Some(column), Some(region)) = (fault.column, region.as_object_mut()) {
            region.insert("startColumn".to_owned(), json!(column));
        }
        if let Some(place) = place.as_object_mut() {
            place.insert("region".to_owned(), region);
        }
    }
    let mut result = json!({
        "ruleId": fault.code,
        "level": finding.severity.as_str(),
        "message": { "text": format!("{fault}{help}") },
        "locations": [{ "physicalLocation": place }],
    });
    let number = pages().iter().position(|page| page.code == fault.code);
    if let (Some(number), Some(result)) = (number, result.as_object_mut()) {
        result.insert("ruleIndex".to_owned(), json!(number));
    }
    result
}

/// A path as a reference: what a reference cannot hold is written by its number.
fn uri(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String = file
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    if Path::new(file).is_absolute() { format!("file://{encoded}") } else { encoded }
}
