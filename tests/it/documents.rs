//! The README is executed: its commands run and give what it shows, and its tables are those of the code. `BRAG_BLESS=1`
//! writes what the code says into the documents instead of comparing.

use crate::program::{Program, root};
use brag::{
    language::{builtins, lower::RESERVED},
    report::schema_of::SchemaOf,
};
use clap::ValueEnum;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

fn blesses() -> bool {
    std::env::var_os("BRAG_BLESS").is_some_and(|value| value == "1")
}

/// Compares a document with what it should be, or writes it.
pub fn compare(path: &str, expected: &str) {
    let file = root().join(path);
    if blesses() {
        fs::write(&file, expected).unwrap();
        return;
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    for (index, (written, expected)) in written.lines().zip(expected.lines()).enumerate() {
        let place = format!("{path}, line {}", index + 1);
        assert_eq!(written, expected, "{place} differs from the code; `BRAG_BLESS=1 cargo test` writes it anew");
    }
    assert_eq!(written.len(), expected.len(), "{path} ends elsewhere; `BRAG_BLESS=1 cargo test` writes it anew");
}

fn shown(what: &str) -> String {
    let ran = Program::new().run(&format!("show {what} --format md --on 2019-05-20"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    format!("{}\n", ran.stdout.trim_end())
}

/// The effects are the first words of the list.
fn effects() -> String {
    let lines: Vec<String> = shown("words").lines().map(str::to_owned).collect();
    let last = builtins::words().iter().position(|word| word.usage.starts_with("provisional(")).unwrap();
    let mut table =
        lines[..=last + 2].join("\n").replace("| word |", "| effect |").replace("| what it does |", "| meaning |");
    table.push('\n');
    table
}

/// The verbs as the program's own help lists them.
fn verbs() -> String {
    let help = Program::new().run("--help").stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in list.lines() {
        match line.strip_prefix("  ").unwrap().split_once(' ') {
            Some((verb, said)) if !verb.is_empty() => rows.push((verb.to_owned(), said.trim().to_owned())),
            _ => rows.last_mut().unwrap().1.push_str(&format!(" {}", line.trim())),
        }
    }
    let rows = rows.iter().filter(|(verb, _)| verb != "help").map(|(verb, said)| format!("| `{verb}` | {said} |\n"));
    format!("| verb | what it does |\n| --- | --- |\n{}", rows.collect::<String>())
}

/// The text with the part between each pair of marks replaced by the table that the code gives.
/// What there is a schema of.
fn schemas() -> String {
    let row = |of: &SchemaOf| format!("| [`{0}`](docs/{0}.schema.json) | {1} |\n", of.name(), of.title());
    let rows: String = SchemaOf::value_variants().iter().map(row).collect();
    format!("| schema | of |\n| --- | --- |\n{rows}")
}

fn with_tables(text: &str) -> String {
    let mut out = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if line == "<!-- end -->" {
            skipping = false;
        }
        if !skipping {
            out.push_str(line);
            out.push('\n');
        }
        if let Some(name) = line.strip_prefix("<!-- table: ").and_then(|rest| rest.strip_suffix(" -->")) {
            skipping = true;
            out.push('\n');
            out.push_str(&match name {
                "effects" => effects(),
                "verbs" => verbs(),
                "schemas" => schemas(),
                other => shown(other),
            });
            out.push('\n');
        }
    }
    out
}

/// A folder in which the README's commands can run: the shipped policies, to be edited.
fn workplace() -> Program {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }
    let program = Program::new();
    for folder in ["policies", "mappings", "examples"] {
        copy(&root().join(folder), &program.folder().join(folder));
    }
    program
}

/// What a command of the README prints.
fn printed(program: &Program, line: &str) -> String {
    let brag = Path::new(env!("CARGO_BIN_EXE_brag")).parent().unwrap();
    let path = format!("{}:{}", brag.display(), std::env::var("PATH").unwrap());
    let line = line.replace("cargo run -- ", "brag ");
    let set_up = program.command(&[]);
    let mut command = Command::new("bash");
    command.args(["-c", &line]).current_dir(program.folder()).env("PATH", path).stdin(Stdio::null());
    for (name, value) in set_up.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty() || line.starts_with("echo "), "`{line}` prints nothing, so it shows nothing");
    text.lines().fold(String::new(), |out, line| out + line.trim_end() + "\n")
}

/// The text with the output of every command in a `console` block as it comes out. A `rhai` block is added to the policy and
/// a `yaml` block to its numbers on the way, as a reader would.
fn with_output(text: &str) -> String {
    let program = workplace();
    let add = |file: &str, block: &str| {
        let file = program.folder().join("policies/bgsw").join(file);
        let before = fs::read_to_string(&file).unwrap();
        fs::write(file, format!("{before}\n{block}")).unwrap();
    };
    let (mut out, mut language, mut block) = (String::new(), String::new(), String::new());
    for line in text.lines() {
        if let Some(opened) = line.strip_prefix("```") {
            match language.as_str() {
                "rhai" => add("policy.rhai", &block),
                "yaml" => add("parameters.yaml", &block),
                _ => {}
            }
            block.clear();
            opened.clone_into(&mut language);
        } else {
            block.push_str(line);
            block.push('\n');
        }
        match line.strip_prefix("$ ") {
            _ if language != "console" || line.starts_with("```") => out.push_str(&format!("{line}\n")),
            Some(command) => out.push_str(&format!("{line}\n{}", printed(&program, command))),
            None => {}
        }
    }
    out
}

#[test]
fn the_readme_shows_what_its_commands_print_and_the_tables_of_the_code() {
    let written = fs::read_to_string(root().join("README.md")).unwrap();
    let expected = with_output(&with_tables(&written));
    assert!(expected.contains("$ cargo run -- assess policies/bgsw/cases/"), "the main command is gone");
    compare("README.md", &expected);
}

#[test]
fn the_page_of_inputs_is_that_of_the_code() {
    let page = shown("inputs");
    let note = "<!-- Made by `brag show inputs --format md`; `BRAG_BLESS=1 cargo test` writes it anew. -->\n\n";
    compare("docs/inputs.md", &format!("{note}{page}"));
}

#[test]
fn the_schemas_are_those_of_the_code() {
    for name in SchemaOf::names() {
        compare(&format!("docs/{name}.schema.json"), &Program::new().run(&format!("show schema {name}")).stdout);
    }
}

#[test]
fn the_readme_names_every_reserved_function_as_it_is() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    for (name, parameters) in RESERVED {
        let usage = format!("`{name}({})`", parameters.join(", "));
        assert!(text.contains(&usage), "{usage} is missing");
    }
}

#[test]
fn what_is_checked_before_a_change_is_what_the_readme_says() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let command = text.split("```sh\n").nth(1).unwrap().lines().next().unwrap();
    let checks = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(checks.lines().any(|line| line == command), "`{command}` is not in .ci/run");
}

/// Links of the documents to files of the repository.
#[test]
fn every_link_leads_to_a_file() {
    let mut links = 0;
    for page in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        for target in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if !target.starts_with("http") {
                links += 1;
                assert!(root().join(target).exists(), "{page} links to {target}");
            }
        }
    }
    assert!(links > 5, "{links}");
}

#[test]
fn every_dependency_has_its_row_with_what_it_is_for() {
    let manifest: toml::Table = toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let dependencies: Vec<&str> = manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    let contributing = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let (_, after) = contributing.split_once("## What it stands on").unwrap();
    let rows = after.lines().filter_map(|line| line.strip_prefix("| `"));
    let named: Vec<&str> = rows.map(|row| row.split('`').next().unwrap()).collect();
    assert_eq!(named, dependencies);
}

/// A promise without a test that would fail does not stand in SECURITY.md.
#[test]
fn every_promise_of_security_names_tests_that_there_are() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let promises = text.lines().filter(|line| line.starts_with("| ") && line.contains("`tests/"));
    let mut tests = 0;
    for promise in promises {
        let (_, held) = promise.trim_end_matches(" |").rsplit_once(" | ").unwrap();
        for part in held.split("; ") {
            let (file, names) = part.split_once(": ").unwrap();
            let code = fs::read_to_string(root().join(file.trim_matches('`'))).unwrap();
            for name in names.split(", ") {
                tests += 1;
                let name = name.trim_matches('`');
                let (before, _) = code.split_once(&format!("fn {name}(")).unwrap_or_else(|| panic!("{file}: {name}"));
                let above: Vec<&str> = before.lines().rev().take(4).collect();
                assert!(above.iter().any(|line| line.trim() == "#[test]"), "{file}: {name}");
            }
        }
    }
    assert!(tests > 25, "{tests}");
}
