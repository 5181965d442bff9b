//! Coverage drawn in the source: one page, without anything from elsewhere. A mark always has its words beside the colour.

use crate::{
    authoring::coverage::Coverage,
    report::{compare_words::cases, shown::escaped},
};

const STYLE: &str = "body{font:14px/1.5 sans-serif;margin:2em}pre{font:13px/1.4 monospace;margin:0}\
table{border-collapse:collapse}td{padding:0 .8em 0 0;vertical-align:top}.n{color:#767676;text-align:right}\
.open{background:#fde2e1}.both{background:#e3f4e3}.w{color:#8a1f11;font-size:12px}.c{color:#2d5a27;font-size:12px}";

/// The page of some policies.
#[must_use]
pub fn text(all: &[Coverage]) -> String {
    let policies: String = all.iter().map(policy).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Coverage of worked cases</title>\
         <style>{STYLE}</style></head><body>\n<h1>Coverage of worked cases</h1>\n{policies}</body></html>\n"
    )
}

fn policy(coverage: &Coverage) -> String {
    let scripts: String = coverage.scripts.iter().map(|(file, text)| script(coverage, file, text)).collect();
    let fired = coverage.rules.iter().filter(|rule| rule.fired.is_some()).count();
    let open = coverage.conditions.iter().filter(|condition| !condition.missing().is_empty()).count();
    format!(
        "<h2>{}</h2>\n<p>{fired} of {} rules fire; {} are taken, {open} of {} conditions are open.</p>\n{scripts}",
        escaped(&coverage.policy),
        coverage.rules.len(),
        coverage.ways(),
        coverage.conditions.len()
    )
}

fn script(coverage: &Coverage, file: &str, text: &str) -> String {
    let lines: String = text.lines().enumerate().map(|(index, line)| row(coverage, file, index + 1, line)).collect();
    format!("<h3>{}</h3>\n<table>\n{lines}</table>\n", escaped(file))
}

fn row(coverage: &Coverage, file: &str, number: usize, line: &str) -> String {
    let conditions =
        coverage.conditions.iter().filter(|one| one.condition.file == file && one.condition.line == number);
    let mut notes: Vec<(bool, String)> = conditions
        .map(|one| {
            let taken: Vec<&str> = one.held.iter().chain(&one.failed).map(String::as_str).collect();
            let missing = one.missing();
            let said = if missing.is_empty() { format!("taken: {}", taken.join(", ")) } else { missing.to_owned() };
            (missing.is_empty(), format!("{}: {said}", one.condition.text))
        })
        .collect();
    let rules = coverage.rules.iter().filter(|rule| rule.file == file && rule.line == number);
    notes.extend(rules.map(|rule| match &rule.fired {
        Some(case) => (true, format!("fires in {}, first {case}", cases(rule.times))),
        None => (false, "never fires".to_owned()),
    }));
    let class = match notes.iter().all(|(covered, _)| *covered) {
        _ if notes.is_empty() => "",
        true => "both",
        false => "open",
    };
    let note = |(covered, said): &(bool, String)| {
        format!("<div class=\"{}\">{}</div>", if *covered { "c" } else { "w" }, escaped(said))
    };
    let notes: String = notes.iter().map(note).collect();
    let line = escaped(line);
    format!("<tr class=\"{class}\"><td class=\"n\">{number}</td><td><pre>{line}</pre></td><td>{notes}</td></tr>\n")
}
