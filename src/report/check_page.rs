//! The page of a code: what it finds, an example that is wrong, the same put right, and when to waive it.

use crate::{
    check::{
        catalogue::{Example, Page},
        finding::Severity,
    },
    report::phrases::{BOLD, styled, wrapped},
};

/// The page.
#[must_use]
pub fn text(page: &Page) -> String {
    let mut out = format!("{} ({})\n\n", styled(BOLD, page.code), page.severity.as_str());
    out.push_str(&wrapped(page.finds, "", 96));
    for (heading, example) in [("Wrong", &page.wrong), ("Right", &page.right)] {
        out.push_str(&format!("\n{}\n", styled(BOLD, heading)));
        out.push_str(&drawn(example));
    }
    out.push_str(&format!("\n{}\n", styled(BOLD, "Waive it")));
    match page.severity {
        Severity::Error => out.push_str("It cannot be waived: a policy with an error is not run.\n"),
        Severity::Warning => {
            out.push_str(&wrapped(page.waive, "", 96));
            out.push_str(&format!("\n    // brag: allow({}) the reason\n", page.code));
        }
    }
    out
}

/// An example: the rules, and the numbers where there are any.
fn drawn(example: &Example) -> String {
    let block = |text: &str| {
        let lines = text
            .trim_matches('\n')
            .lines()
            .map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
        format!("{}\n", lines.collect::<Vec<_>>().join("\n"))
    };
    let numbers = if example.numbers.is_empty() {
        String::new()
    } else {
        format!("    # parameters.yaml\n{}", block(example.numbers))
    };
    format!("{}{numbers}", block(example.rules))
}
