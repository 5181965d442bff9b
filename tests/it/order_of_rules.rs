//! The order of rules in the file makes no difference.

use crate::{
    program::{root, worked_cases},
    sampling::runner,
};
use brag::{
    case::Case,
    decision::assessor::Assessor,
    decision::decide::{CaseFile, decide},
    policy::{Policy, source::Shelf},
};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::Value;
use std::{fs, path::Path, sync::Arc};

/// The head of a script, and its functions with their comments.
fn functions(script: &str) -> (String, Vec<String>) {
    let (mut head, mut functions, mut comment, mut body) = (String::new(), Vec::new(), String::new(), String::new());
    for line in script.lines() {
        let line = format!("{line}\n");
        if !body.is_empty() {
            body.push_str(&line);
        } else if line.starts_with("fn ") || line.starts_with("private fn ") {
            body = format!("{}{line}", std::mem::take(&mut comment));
        } else if line.starts_with("///") {
            comment.push_str(&line);
        } else {
            head.push_str(&line);
        }
        if line == "}\n" || (!body.is_empty() && line.starts_with("fn ") && line.ends_with("}\n")) {
            functions.push(std::mem::take(&mut body));
        }
    }
    (head, functions)
}

/// The policies folder again, with the functions of `bgsw` in another order.
fn reordered(order: &[usize]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = root().join("policies");
    fs::create_dir_all(folder.path().join("lib")).unwrap();
    fs::create_dir_all(folder.path().join("bgsw")).unwrap();
    for entry in fs::read_dir(from.join("lib")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join("lib").join(path.file_name().unwrap())).unwrap();
    }
    fs::copy(from.join("bgsw/parameters.yaml"), folder.path().join("bgsw/parameters.yaml")).unwrap();
    let (head, functions) = functions(&fs::read_to_string(from.join("bgsw/policy.rhai")).unwrap());
    let script: String = order.iter().map(|index| functions[*index].as_str()).collect();
    fs::write(folder.path().join("bgsw/policy.rhai"), format!("{head}{script}")).unwrap();
    folder
}

/// What every case comes to: without the digest, and with rules and flags by name.
fn answers(policies: &Path) -> Vec<Value> {
    let policy = Policy::load(&Shelf::Folder(policies.to_path_buf()), "bgsw", &[]).unwrap();
    let mut assessor = Assessor::new(&policy);
    let answer = |path| {
        let text = fs::read_to_string(path).unwrap();
        let (case, document) = Case::parse(&text).unwrap();
        let on = case.assessed_on.map_or(date(2019, 5, 20), |day| day.0);
        let file = CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None };
        let mut answer = serde_json::to_value(decide(&mut assessor, &file, on).unwrap()).unwrap();
        answer["policy"]["digest"] = Value::Null;
        answer["reasons"].as_array_mut().unwrap().sort_by_key(|reason| reason["rule"].to_string());
        answer["flags"].as_array_mut().unwrap().sort_by_key(Value::to_string);
        answer
    };
    worked_cases("bgsw").into_iter().map(answer).collect()
}

#[test]
fn the_script_is_taken_apart_and_put_together_again() {
    let script = fs::read_to_string(root().join("policies/bgsw/policy.rhai")).unwrap();
    let (head, functions) = functions(&script);
    assert!(functions.len() > 20, "{}", functions.len());
    assert!(!head.contains("fn "), "{head}");
    let length = |text: &str| text.split_whitespace().count();
    assert_eq!(length(&head) + functions.iter().map(|one| length(one)).sum::<usize>(), length(&script));
}

#[test]
fn any_order_gives_the_same_answers() {
    let script = fs::read_to_string(root().join("policies/bgsw/policy.rhai")).unwrap();
    let count = functions(&script).1.len();
    let expected = answers(&root().join("policies"));
    let backwards: Vec<usize> = (0..count).rev().collect();
    assert_eq!(answers(reordered(&backwards).path()), expected, "backwards");
    let orders = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    runner(6)
        .run(&orders, |order| {
            prop_assert_eq!(answers(reordered(&order).path()), expected.clone());
            Ok(())
        })
        .unwrap();
}
