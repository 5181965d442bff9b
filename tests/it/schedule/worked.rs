//! The worked cases of the sources: what must come out stands in each file.

use super::{file::DAYS, reference};
use brag::{
    case::{Case, expect::ExpectedDue},
    schedule::{Due, schedule},
};
use std::{fs, path::Path};

/// Checks every file of a folder and says how many expectations there were.
fn check(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|ext| ext == "yaml")) {
        let (case, _) = Case::parse(&fs::read_to_string(file).unwrap()).unwrap();
        let on = case.assessed_on.unwrap().0;
        let out = schedule(&case, on, &reference::standards(&case), &DAYS).unwrap();
        let expect = case.expect.clone().unwrap();
        for (expected, due) in [(expect.contact, out.contact), (expect.review, out.review)] {
            let Some(expected) = expected else { continue };
            checked += 1;
            if !fits(&expected, &due) {
                wrong.push(format!("{}: {expected:?}\n  but {due:?}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    checked
}

fn fits(expected: &ExpectedDue, due: &Due) -> bool {
    let state = expected.state.as_ref().is_none_or(|state| state.as_str() == due.state.as_str());
    let date = expected.due.is_none_or(|date| Some(date.0) == due.due);
    let dateless = expected.due.is_some() || due.due.is_none();
    let late = expected.days_overdue.is_none_or(|days| days.0 == i64::from(due.days_overdue));
    let kind = expected.kind.as_ref().is_none_or(|kind| due.kind.is_some_and(|is| is.as_str() == kind.as_str()));
    state && date && dateless && late && kind
}

#[test]
fn due_examples() {
    assert_eq!(check("tests/due"), 25);
}

#[test]
fn case_vignettes() {
    assert_eq!(check("policies/bgsw/cases"), 78);
}
