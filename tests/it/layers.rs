//! The stages of `lib.rs` depend on earlier ones only, and the parser of scripts stays inside one module.

use crate::program::root;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The stages, first to last: each may use itself and those before it.
const STAGES: &[&str] = &[
    "calendar",
    "case",
    "mapping",
    "language",
    "evaluate",
    "git",
    "policy",
    "decision",
    "schedule",
    "assessment",
    "error",
    "check",
    "out_file",
    "caseload",
    "comparison",
    "book_diff",
    "decision_log",
    "authoring",
    "verify",
    "report",
    "serve",
    "cli",
];
/// What stands above the stages: the library's front page, and what hands the arguments over.
const TOP: &[&str] = &["lib", "main"];

fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

/// The first folder or file name below `src`.
fn stage_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap();
    below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// Every path that follows `crate::` in code, a group `crate::{a, b::c}` taken apart.
fn uses(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let code = code.replace("$crate::", "");
    let mut found = Vec::new();
    for after in code.split("crate::").skip(1) {
        let Some(group) = after.strip_prefix('{') else {
            found.push(after.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c))).next().unwrap().to_owned());
            continue;
        };
        let (mut depth, mut part) = (1, String::new());
        for letter in group.chars() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || (depth == 1 && letter == ',') {
                found.push(part.trim().to_owned());
                part.clear();
            } else if !letter.is_whitespace() {
                part.push(letter);
            }
            if depth == 0 {
                break;
            }
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

#[test]
fn uses_are_read_as_they_are_written() {
    let text =
        "use crate::{\n    case::{Case, day},\n    policy,\n};\nlet a = crate::error::Exit::Done;\n// crate::cli\n";
    assert_eq!(uses(text), ["case::{Case,day}", "policy", "error::Exit::Done"]);
}

#[test]
fn no_stage_reaches_forward() {
    let place = |stage: &str| STAGES.iter().position(|known| *known == stage);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let stage = stage_of(&path);
        if TOP.contains(&stage.as_str()) {
            continue;
        }
        let own = place(&stage).unwrap_or_else(|| panic!("`{stage}` is not a stage: say where it stands"));
        for used in uses(&text) {
            let first = used.split("::").next().unwrap();
            if place(first).is_some_and(|other| other > own) {
                wrong.push(format!("{}: `crate::{used}`", path.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "these reach forward:\n{}", wrong.join("\n"));
}

#[test]
fn one_module_knows_the_parser() {
    let knows = |text: &str| text.contains("rhai::") || text.contains("use rhai");
    let all = sources();
    let those = all.iter().filter(|(_, text)| knows(text)).map(|(path, _)| path.strip_prefix(root()).unwrap());
    let (inside, outside): (Vec<_>, Vec<_>) =
        those.partition(|path| path.with_extension("").starts_with("src/language/syntax"));
    assert!(!inside.is_empty());
    assert_eq!(outside, Vec::<&Path>::new());
}
