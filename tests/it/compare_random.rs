//! Random edits of a policy: who moves between two policies over a book is who two runs tell apart, and every case that a comparison
//! without a book tells of moves as it says when it is run.

use crate::{
    compare::book,
    program::{Program, root},
    sampling::{is_long, runner},
};
use proptest::prelude::any;
use std::{collections::BTreeMap, fs};

/// What can be written otherwise in a script, and how.
const OTHERWISE: [(&str, &str); 9] = [
    (" >= ", " > "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" && ", " || "),
    (" || ", " && "),
    ("== \"", "!= \""),
    ("\"low\"", "\"medium\""),
    ("\"Red-Amber\")", "\"Red\")"),
    ("\"Red-Amber\")", "\"Amber\")"),
];

/// Every edit that is tried, of the script or of a number: which file, where, how long what goes is, and what comes.
fn edits(rules: &str, numbers: &str) -> Vec<(bool, usize, usize, String)> {
    let mut all = Vec::new();
    for (was, is) in OTHERWISE {
        let in_code = |at: &usize| !rules[..*at].lines().last().unwrap_or("").trim_start().starts_with("//");
        let places = rules.match_indices(was).map(|(at, _)| at).filter(in_code);
        all.extend(places.map(|at| (true, at, was.len(), is.to_owned())));
    }
    let mut at = 0;
    for line in numbers.split_inclusive('\n') {
        let value = line.find("value: ").map(|found| found + "value: ".len());
        if let Some(start) = value {
            let text: String = line[start..].chars().take_while(char::is_ascii_digit).collect();
            if let Ok(number) = text.parse::<i64>() {
                for other in [number - 1, number + 1, number * 2, number / 2] {
                    if other != number && other >= 0 {
                        all.push((false, at + start, text.len(), other.to_string()));
                    }
                }
            }
        }
        at += line.len();
    }
    all
}

fn policy(program: Program, folder: &str, rules: &str, numbers: &str) -> Program {
    let oasys = fs::read_to_string(root().join("policies/lib/oasys.rhai")).unwrap();
    program
        .file(&format!("{folder}/bgsw/policy.rhai"), rules.replace("const WITH = [\"assessment-quality\"];", ""))
        .file(&format!("{folder}/bgsw/parameters.yaml"), numbers)
        .file(&format!("{folder}/lib/oasys.rhai"), oasys)
}

/// The tier of each case.
fn tiers(program: &Program, folder: &str, cases: &str) -> BTreeMap<String, String> {
    let ran = program.run(&format!("assess {cases} --policy {folder}/bgsw --format csv --on 2019-05-20"));
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let head = reader.headers().unwrap().clone();
    let place = |name: &str| head.iter().position(|one| one == name).unwrap();
    let (crn, tier) = (place("crn"), place("tier"));
    reader.records().map(Result::unwrap).map(|row| (row[crn].to_owned(), row[tier].to_owned())).collect()
}

#[test]
fn who_moves_is_who_two_runs_tell_apart_and_every_witness_moves() {
    let read = |file: &str| fs::read_to_string(root().join("policies/bgsw").join(file)).unwrap();
    let (rules, numbers) = (read("policy.rhai"), read("parameters.yaml"));
    let all = edits(&rules, &numbers);
    let program = policy(Program::new().file("book.jsonl", book(150)), "old", &rules, &numbers);
    let program = std::cell::RefCell::new(Some(program));
    let before = tiers(program.borrow().as_ref().unwrap(), "old", "book.jsonl");
    let (mut moved_in_all, mut witnesses_in_all, mut tried) = (0, 0, 0);
    let counts = std::cell::RefCell::new((&mut moved_in_all, &mut witnesses_in_all, &mut tried));
    runner(if is_long() { 200 } else { 10 })
        .run(&any::<proptest::sample::Index>(), |index| {
            let (in_rules, at, length, is) = &all[index.index(all.len())];
            let with = |text: &str| format!("{}{is}{}", &text[..*at], &text[at + length..]);
            let (new_rules, new_numbers) =
                if *in_rules { (with(&rules), numbers.clone()) } else { (rules.clone(), with(&numbers)) };
            let edited = policy(program.take().unwrap(), "new", &new_rules, &new_numbers);
            let about = format!("at {at}, {length} letters to {is}");
            let said = edited.run("compare old/bgsw new/bgsw book.jsonl --format csv --on 2019-05-20");
            if said.code != 3 {
                let after = tiers(&edited, "new", "book.jsonl");
                let apart: Vec<(String, String, String)> = before
                    .iter()
                    .filter(|(crn, tier)| after[*crn] != **tier)
                    .map(|(crn, tier)| (crn.clone(), tier.clone(), after[crn].clone()))
                    .collect();
                let mut rows: Vec<(String, String, String)> = csv::Reader::from_reader(said.stdout.as_bytes())
                    .records()
                    .map(Result::unwrap)
                    .map(|row| (row[0].to_owned(), row[3].to_owned(), row[4].replace("no answer", "")))
                    .collect();
                rows.sort();
                assert_eq!(rows, apart, "{about}\n{}", said.whole());
                let folder = format!("w{}", counts.borrow().2);
                let json =
                    edited.run(&format!("compare old/bgsw new/bgsw --format json --on 2019-05-20 --write {folder}"));
                let found = json.json()["witnesses"]["found"].as_array().unwrap().clone();
                for (number, witness) in found.iter().enumerate() {
                    let file = format!("{folder}/witness-{:02}.yaml", number + 1);
                    let tier = |policy: &str| tiers(&edited, policy, &file).into_values().next().unwrap();
                    assert_eq!(tier("old"), witness["old"], "{about}, {file}");
                    assert_eq!(tier("new"), witness["new"], "{about}, {file}");
                    assert_ne!(witness["old"], witness["new"], "{about}, {file}");
                }
                // What moves from tier to tier in the book is told of without it, too; that a policy fails is not.
                let tiered: Vec<_> = apart.iter().filter(|(_, _, new)| !new.is_empty()).collect();
                let is_told = |old: &str, new: &str| found.iter().any(|one| one["old"] == *old && one["new"] == *new);
                assert!(tiered.is_empty() || !found.is_empty(), "{about}: {tiered:?}");
                let untold = tiered.iter().filter(|(_, old, new)| !is_told(old, new)).count();
                assert!(untold * 4 <= tiered.len(), "{about}: {untold} of {}", tiered.len());
                let mut counts = counts.borrow_mut();
                *counts.0 += apart.len();
                *counts.1 += found.len();
                *counts.2 += 1;
            }
            program.replace(Some(edited));
            Ok(())
        })
        .unwrap();
    assert!(
        moved_in_all > 0 && witnesses_in_all > 3,
        "{moved_in_all} moved, {witnesses_in_all} told of, {tried} tried"
    );
}
