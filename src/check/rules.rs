//! What is wrong with what a script says of its rules, and what stands in it for nothing.

use super::{outcomes::at_rule, surroundings::reached};
use crate::{
    case::fault::nearest,
    language::{fault::PolicyFault, lower::CONSTANTS, program::Function, rule::Rule, tree::Place},
    policy::Policy,
};
use std::collections::BTreeSet;

/// How grave a flag or a pattern can be.
pub(super) static SEVERITIES: &[&str] = &["info", "low", "medium", "high"];

/// Everything that is found without a look at what the rules do.
pub fn rules(policy: &Policy) -> Vec<PolicyFault> {
    let is_looked_at = |rule: &&Rule| policy.law().is_none_or(|law| rule.holds_on(law));
    let all = policy.rules().chain(policy.laws()).filter(is_looked_at);
    let mut found: Vec<PolicyFault> = all.flat_map(|rule| of_rule(policy, rule)).collect();
    found.extend(helpers(policy));
    found.extend(policy.program().unused.iter().map(|(what, name, place)| {
        let meant =
            nearest(name, CONSTANTS).filter(|_| *what == "constant").map(|meant| format!("did you mean `{meant}`?"));
        let help = meant.unwrap_or_else(|| "use it, or take it away".to_owned());
        at(
            policy,
            if *what == "constant" { "unused-constant" } else { "unused-import" },
            *place,
            format!("nothing uses the {what} `{name}`"),
            help,
        )
    }));
    if let Some(word) = policy.program().words.get("ON_MISSING").filter(|word| *word != "as-written") {
        let line = policy.program().source(0).map_or("", |source| &source.text).lines();
        let number = line.clone().position(|line| line.trim_start().starts_with("const ON_MISSING")).unwrap_or(0);
        let column = line.clone().nth(number).and_then(|line| line.find('"')).map_or(0, |at| at + 1);
        let place = |n: usize| u32::try_from(n).unwrap_or(0);
        let place = Place { line: place(number + 1), column: place(column) };
        let message = format!("`ON_MISSING` is never `{word}`");
        found.push(at(
            policy,
            "unknown-word",
            place,
            message,
            "write \"as-written\", or take the line away".to_owned(),
        ));
    }
    found
}

fn of_rule(policy: &Policy, rule: &Rule) -> Vec<PolicyFault> {
    let mut found = Vec::new();
    if rule.text.is_empty() {
        let message = format!("`{}` has no text: nobody is told why it says what it says", rule.name);
        found.push(
            at_rule(policy, rule, "no-text", message)
                .help("write a `///` line above it, which people read as the reason"),
        );
    }
    if rule.cite.as_ref().is_none_or(|cite| cite.is_empty()) {
        let message = format!("`{}` does not say where it comes from", rule.name);
        found.push(
            at_rule(policy, rule, "no-cite", message)
                .help("write `/// @cite ...` above it: the source, with its section"),
        );
    }
    if let (Some(from), Some(until)) = (rule.from, rule.until)
        && until < from
    {
        let message = format!("`{}` ends on {until}, before it begins on {from}", rule.name);
        found
            .push(mark(policy, rule, "@until", "dates-backwards", message).help("give `@until` a day from `@from` on"));
    }
    if let Some(severity) = rule.severity.as_ref().filter(|severity| !SEVERITIES.contains(&&***severity)) {
        let message = format!("`{severity}` is no severity of a flag");
        let help = nearest(severity, SEVERITIES).map(|meant| format!("did you mean `{meant}`?"));
        let help = help.unwrap_or_else(|| format!("known: {}", SEVERITIES.join(", ")));
        found.push(mark(policy, rule, "@severity", "unknown-severity", message).help(help));
    }
    found
}

/// What is wrong with a mark above a rule.
fn mark(policy: &Policy, rule: &Rule, mark: &str, code: &'static str, message: String) -> PolicyFault {
    let text = policy.program().source(0).map_or("", |source| &source.text);
    let before: Vec<&str> = text.lines().take(rule.line).collect();
    let line = before.iter().rposition(|line| line.trim_start().starts_with("///") && line.contains(mark));
    let column = line.and_then(|line| before.get(line)).and_then(|line| line.find(mark)).map(|at| at + 1);
    let fault = at_rule(policy, rule, code, message);
    match line {
        Some(line) => fault.at(Some(line + 1), column),
        None => fault,
    }
}

/// Helpers that no rule leads to.
fn helpers(policy: &Policy) -> Vec<PolicyFault> {
    let program = policy.program();
    let entries = program.entries().map(|entry| entry.function);
    let reached = reached(program, entries);
    let name = |number: &u32| {
        let function = program.function(*number);
        (function.script, function.name.clone(), function.place)
    };
    let used: BTreeSet<_> = reached.iter().map(name).collect();
    let is_idle = |function: &&Function| {
        let is_entry = program.entries().any(|entry| entry.rule.name == function.name);
        function.script == 0
            && &*function.name != "closure"
            && !is_entry
            && !used.contains(&(0, function.name.clone(), function.place))
    };
    let said = |function: &Function| {
        let place = Place { column: 0, ..function.place };
        let message = format!("no rule calls the helper `{}`", function.name);
        at(policy, "unused-helper", place, message, "call it, or take it away".to_owned())
    };
    program.functions.iter().filter(is_idle).map(said).collect()
}

fn at(policy: &Policy, code: &'static str, place: Place, message: String, help: String) -> PolicyFault {
    let source = policy.program().source(0);
    let (file, text) = source.map_or(("", ""), |source| (source.file.as_str(), source.text.as_str()));
    let (line, column) = (place.line as usize, place.column as usize);
    let fault = PolicyFault::invalid(file, message).code(code).at(Some(line), Some(column).filter(|at| *at > 0));
    fault.text(text).help(help)
}
