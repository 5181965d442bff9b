//! Waivers: `// brag: allow(code) reason` in a script, `# brag: allow(code) reason` in parameters.yaml, on the line that a warning
//! is about, on the line above, or above a function for all of it.

use super::{
    catalogue,
    comparisons::instead,
    finding::{Finding, Severity},
};
use crate::{language::fault::PolicyFault, policy::Policy};

const MARK: &str = "brag: allow(";

/// A waiver that stands in a file.
struct Waiver<'a> {
    file: &'a str,
    text: &'a str,
    /// The line that it stands on, from 1, and its column.
    at: (usize, usize),
    code: &'a str,
    has_reason: bool,
    /// The lines that it speaks of.
    lines: std::ops::RangeInclusive<usize>,
}

/// Takes away the warnings that are waived, and adds the waivers that waive nothing or give no reason.
pub fn waived(policy: &Policy, findings: Vec<Finding>) -> Vec<Finding> {
    let scripts = policy.program().scripts.iter().map(|script| (script.file.as_str(), script.text.as_str(), "//"));
    let parameters = policy.parameters();
    let files = scripts.chain([(parameters.file.as_str(), parameters.text.as_str(), "#")]);
    let waivers: Vec<Waiver<'_>> = files.flat_map(|(file, text, comment)| all(file, text, comment)).collect();
    let mut used = vec![false; waivers.len()];
    let mut left = Vec::with_capacity(findings.len());
    for finding in findings {
        let covers = |waiver: &&Waiver<'_>| {
            finding.severity == Severity::Warning
                && waiver.file == finding.fault.file
                && waiver.code == finding.fault.code
                && finding.fault.line.is_some_and(|line| waiver.lines.contains(&line))
        };
        match waivers.iter().position(|waiver| covers(&waiver)) {
            Some(at) => used.get_mut(at).into_iter().for_each(|used| *used = true),
            None => left.push(finding),
        }
    }
    // What a waiver waives may be found on another day than that of the law.
    let is_of_one_day = policy.law().is_some();
    for (waiver, used) in waivers.iter().zip(used) {
        left.extend(wrong(waiver, used || is_of_one_day).map(Finding::warning));
    }
    left
}

fn wrong(waiver: &Waiver<'_>, used: bool) -> Option<PolicyFault> {
    let (message, help) = match catalogue::page(waiver.code) {
        None => {
            let codes: Vec<String> = catalogue::pages().into_iter().map(|page| page.code.to_owned()).collect();
            (format!("a waiver of `{}`, which is no code", waiver.code), instead(waiver.code, &codes))
        }
        Some(page) if page.severity == Severity::Error => {
            let message = format!("a waiver of `{}`, which is an error", waiver.code);
            (message, "put it right: a policy with an error cannot be run".to_owned())
        }
        Some(_) if !used => {
            let message = format!("a waiver of `{}` that waives nothing", waiver.code);
            (message, "take it away, or put it on the line that it is for".to_owned())
        }
        Some(_) if !waiver.has_reason => {
            let message = format!("a waiver of `{}` that does not say why", waiver.code);
            (message, "write the reason behind it".to_owned())
        }
        Some(_) => return None,
    };
    let fault = PolicyFault::invalid(waiver.file, message).code("idle-waiver").at(Some(waiver.at.0), Some(waiver.at.1));
    Some(fault.text(waiver.text).help(help))
}

/// The waivers of a file.
fn all<'a>(file: &'a str, text: &'a str, comment: &str) -> Vec<Waiver<'a>> {
    let lines: Vec<&str> = text.lines().collect();
    let one = |(at, line): (usize, &&'a str)| {
        let (before, rest) = line.split_once(MARK)?;
        let start = before.trim_end().strip_suffix(comment)?;
        let (code, reason) = rest.split_once(')')?;
        let column = start.chars().count() + 1;
        let stands_alone = start.trim().is_empty();
        let end = if stands_alone { covered(&lines, at, comment) } else { at + 1 };
        Some(Waiver {
            file,
            text,
            at: (at + 1, column),
            code: code.trim(),
            has_reason: !reason.trim().is_empty(),
            lines: at + 1..=end,
        })
    };
    lines.iter().enumerate().filter_map(one).collect()
}

/// The last line, from 1, of what a waiver that stands alone at a place, from 0, speaks of: the next line that is no comment, or
/// the function that begins there.
fn covered(lines: &[&str], at: usize, comment: &str) -> usize {
    let is_comment = |line: &&str| line.trim_start().starts_with(comment) || line.trim().is_empty();
    let below = lines.iter().skip(at + 1).take_while(|line| is_comment(line)).count();
    let first = at + 1 + below;
    let begins = lines.get(first).is_some_and(|line| line.starts_with("fn ") || line.starts_with("private fn "));
    let one_line = lines.get(first).is_some_and(|line| line.trim_end().ends_with('}'));
    if !begins || one_line || comment != "//" {
        return first + 1;
    }
    let length = lines.iter().skip(first).take_while(|line| !line.starts_with('}')).count();
    first + length + 1
}
