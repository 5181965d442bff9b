//! The shipped policies say the same with and without memory: of their worked cases and of a made-up book, in any order, on
//! dates of different editions, and through the program.

use crate::{
    made_up::made_up,
    program::{Program, worked_cases},
    remembered::desks::{Desks, ON, case_file},
};
use brag::{
    decision::decide::CaseFile,
    policy::{Policy, source::Shelf},
};
use jiff::civil::{Date, date};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::Value;
use std::fs;

/// Enough cases that many answers are found again, and that some lack a fact.
const BOOK: usize = 40;
/// The policies that give tiers.
const SHIPPED: &[&str] = &["bgsw", "hmpps-tier-v2", "hmpps-tier-v3"];

fn policy(name: &str) -> Policy {
    Policy::load(&Shelf::Shipped, name, &[]).unwrap()
}

fn book() -> Vec<Value> {
    made_up(11, brag_made_up::DATE).cases().take(BOOK).collect()
}

/// Every worked case of every shipped policy, by its file.
fn worked() -> Vec<(String, CaseFile)> {
    let read = |path: &std::path::PathBuf| {
        let document: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        (path.display().to_string(), case_file(&document))
    };
    let policies = SHIPPED.iter().chain(&["assessment-quality"]);
    policies.flat_map(|policy| worked_cases(policy).iter().map(read).collect::<Vec<_>>()).collect()
}

/// The worked cases and the made-up book.
fn all() -> Vec<(String, CaseFile)> {
    let made_up = book().into_iter().enumerate().map(|(number, case)| (format!("made up {number}"), case_file(&case)));
    worked().into_iter().chain(made_up).collect()
}

/// In another order, always the same.
fn shuffled(cases: &[(String, CaseFile)]) -> Vec<(String, CaseFile)> {
    let order = Just((0..cases.len()).collect::<Vec<_>>()).prop_shuffle();
    let order = order.new_tree(&mut TestRunner::deterministic()).unwrap().current();
    order.into_iter().map(|index| cases[index].clone()).collect()
}

/// Answers every case at one pair of desks, and what is due of every eighth; how many had an answer, and how many of them
/// left something open.
fn same(policy: &Policy, cases: &[(String, CaseFile)], dates: &[Date]) -> (usize, usize) {
    let mut desks = Desks::of(policy);
    let (mut answered, mut open) = (0, 0);
    for (number, (name, file)) in cases.iter().enumerate() {
        for on in dates {
            let [remembered, plain] = desks.assess(file, *on);
            assert_eq!(remembered, plain, "{} on {on}: {name}", policy.name());
            answered += usize::from(plain.starts_with('{'));
            open += usize::from(plain.contains("\"range\":["));
            if number % 8 == 0 {
                let [remembered, plain] = desks.due(file, *on);
                assert_eq!(remembered, plain, "{} on {on}, due: {name}", policy.name());
            }
        }
    }
    (answered, open)
}

/// A national case misses so much of what the framework asks for that it takes seconds: some of them will do.
fn for_the_framework() -> Vec<(String, CaseFile)> {
    let all = all().into_iter().enumerate();
    all.filter(|(number, (name, _))| number % 6 == 0 || !name.contains("hmpps")).map(|(_, case)| case).collect()
}

#[test]
fn of_the_framework_and_its_companion() {
    let policy = policy("bgsw");
    assert_eq!(policy.companions().len(), 1);
    let (answered, open) = same(&policy, &for_the_framework(), &[ON]);
    assert!(answered > 160 && open > 3, "{answered} answered, {open} open");
}

/// One desk for all dates, so that what was said under other numbers could be told.
#[test]
fn of_the_framework_on_several_dates_in_another_order() {
    let policy = policy("bgsw");
    let dates = [date(2018, 10, 31), date(2018, 11, 1), date(2019, 6, 3)];
    assert_ne!(policy.in_force_since(dates[0]), policy.in_force_since(dates[1]));
    let cases: Vec<_> = shuffled(&for_the_framework()).into_iter().step_by(6).collect();
    let (answered, _) = same(&policy, &cases, &dates);
    assert!(answered > 40, "{answered} answered");
}

#[test]
fn of_the_national_tiers_in_two_orders() {
    let cases = all();
    for name in ["hmpps-tier-v2", "hmpps-tier-v3"] {
        let policy = policy(name);
        let (answered, _) = same(&policy, &cases, &[ON]);
        assert!(answered > 180, "{name}: {answered} answered");
        let cases: Vec<_> = shuffled(&cases).into_iter().step_by(2).collect();
        let (answered, _) = same(&policy, &cases, &[ON, date(2018, 3, 1)]);
        assert!(answered > 150, "{name}: {answered} answered in another order");
    }
}

#[test]
fn through_the_program() {
    let lines: Vec<String> = book().iter().map(Value::to_string).collect();
    let program = Program::new().file("book.jsonl", lines.join("\n"));
    for (command, least) in [("assess", 50_000), ("due", 5_000), ("caseload", 50)] {
        let run = |more: &str| program.run(&format!("{command} --format json --on 2019-05-20 {more} book.jsonl"));
        let [remembered, plain] = ["", "--no-cache"].map(run);
        assert_eq!((remembered.code, &remembered.stderr), (plain.code, &plain.stderr), "{command}");
        assert!(plain.stdout.len() > least, "{command}: {}", plain.whole());
        assert!(remembered.stdout == plain.stdout, "{command}: the answers differ");
    }
}
