//! Whatever the width of the terminal, no name is broken and nothing is wider that has a place to be broken at.

use crate::program::{Program, root};
use std::{collections::BTreeSet, fs};

/// What people read, over worked cases.
const OUTPUTS: &[&str] = &[
    "assess CASES/19-violent-ex-partner.yaml",
    "explain CASES/130-ovp-80.yaml CASES/19-violent-ex-partner.yaml",
    "due CASES --on 2019-05-20 --officer BGSWPSO01",
    "caseload CASES --on 2019-05-20 --office Bristol --forecast 4",
    "diff CASES CASES --before 2019-05-13 --on 2019-05-20",
    "show inputs",
    "show params --on 2019-05-20",
    "show words",
    "show rules --on 2019-05-20",
    "help effects",
    "help exit-codes",
    "help words",
];

fn printed(output: &str, columns: &str) -> String {
    let cases = root().join("policies/bgsw/cases");
    let arguments = output.replace("CASES", &cases.display().to_string());
    let ran = Program::new().variable("COLUMNS", columns).run(&arguments);
    assert_eq!((ran.code, &*ran.stderr), (0, ""), "{output}");
    ran.stdout
}

/// The names in a text: what has a `_` or a `.` between letters.
fn names(text: &str) -> BTreeSet<&str> {
    let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    let words = text.split(|letter| !is_of_name(letter)).map(|word| word.trim_matches(['.', '_']));
    words
        .filter(|word| word.contains(['_', '.']) && word.starts_with(|first: char| first.is_ascii_lowercase()))
        .collect()
}

#[test]
fn no_name_is_broken_and_nothing_is_wider_than_the_terminal() {
    for output in OUTPUTS {
        let whole = printed(output, "400");
        for columns in [60, 80, 200] {
            let text = printed(output, &columns.to_string());
            let lost: Vec<&str> = names(&whole).difference(&names(&text)).copied().collect();
            assert_eq!(lost, Vec::<&str>::new(), "broken at {columns} columns: {output}");
            // A picture of weeks, and a table of numbers whose heads are one word each, have no place to be broken at.
            let wide = text.lines().filter(|line| line.chars().count() > columns && line.trim().contains(' '));
            let wide: Vec<&str> = wide.filter(|line| !is_of_numbers(line)).collect();
            assert_eq!(wide, Vec::<&str>::new(), "wider than {columns} columns: {output}");
        }
    }
}

fn is_of_numbers(line: &str) -> bool {
    let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    cells.len() > 3
}

#[test]
fn a_wide_terminal_is_used() {
    let of = |columns| printed("explain CASES/19-violent-ex-partner.yaml", columns).lines().count();
    assert!(of("200") < of("80") && of("80") < of("60"));
    assert_eq!(of("7"), of("none"), "what no terminal has is not believed");
    let written = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(written.contains("COLUMNS"), "the variable is not in the README");
}
