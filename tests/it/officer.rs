//! The walk of a policy officer, from nothing to an answer that can be shown a year later, with nothing but the program.

use crate::{
    program::{Program, Ran},
    sampling::is_long,
};
use std::{collections::BTreeMap, fs};

/// Replaces a text that stands once in a file.
fn edit(program: &Program, file: &str, old: &str, new: &str) {
    let path = program.folder().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
    fs::write(path, text.replace(old, new)).unwrap();
}

fn done(ran: Ran) -> Ran {
    assert_eq!(ran.code, 0, "{}", ran.whole());
    ran
}

fn tiers(program: &Program, policy: &str) -> BTreeMap<String, String> {
    let ran = done(program.run(&format!("assess book.jsonl --policy {policy} --format csv")));
    let mut rows = csv::Reader::from_reader(ran.stdout.as_bytes());
    rows.records().map(Result::unwrap).map(|row| (row[0].to_owned(), row[2].to_owned())).collect()
}

#[test]
fn from_nothing_to_an_answer_that_can_be_shown_a_year_later() {
    let program = Program::new();
    let people = if is_long() { 6_359 } else { 300 };
    done(program.run("new policy north --tiers Blue,Green,Amber,Red-Amber,Red"));
    done(program.run(&format!("new caseload --size {people} --seed 5 -o book.jsonl")));
    // What is in force stays beside what is to be.
    for (path, content) in crate::outputs::work::files(&program.folder().join("policies/north")) {
        let to = program.folder().join("former/north").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, content).unwrap();
    }

    // The cut-off rises: the worked cases speak against it until they say so too.
    edit(
        &program,
        "policies/north/parameters.yaml",
        "value: 50, unit: percent, source: assumption",
        "value: 60, unit: percent, source: policy board",
    );
    done(program.run("check north --deny warnings"));
    let ran = program.run("test north");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.contains("tier: expected Red, came out Blue"), "{}", ran.whole());
    edit(&program, "policies/north/cases/01-at-the-cut-off.yaml", "ogrs3: 50", "ogrs3: 60");
    edit(&program, "policies/north/cases/02-just-below.yaml", "ogrs3: 49", "ogrs3: 59");
    assert_eq!(program.run("test north").code, 1, "what the cases saw is another number, and waits for review");
    assert!(program.run("review --list").stdout.contains("north__01-at-the-cut-off"));
    assert!(done(program.run("review --accept")).stdout.ends_with("0 left\n"));
    done(program.run("test north"));

    // What it does to everybody.
    let [before, after] = ["former/north", "north"].map(|policy| tiers(&program, policy));
    let moved = before.iter().filter(|(crn, tier)| after[*crn] != **tier).count();
    assert!(moved > people / 50, "{moved} of {people} move");
    let ran = done(program.run("compare former/north north book.jsonl --format md -o compare.md"));
    assert_eq!(ran.stdout, "");
    let page = fs::read_to_string(program.folder().join("compare.md")).unwrap();
    let many = |count: usize| indicatif::HumanCount(count as u64).to_string();
    assert!(page.contains(&format!("{} of {} cases move", many(moved), many(people))), "{page}");
    assert!(page.contains("`reoffending_from`: 50 to 60 percent") && page.contains("policy board"), "{page}");
    assert_eq!(program.run("compare former/north north book.jsonl --format csv --fail-on any").code, 1);

    // It goes live, and every answer is logged. A year later it still comes out, until the policy is another one.
    done(program.run("assess book.jsonl --policy north --format csv -o answers.csv --log log.jsonl --by officer"));
    let ran = done(program.run("replay log.jsonl book.jsonl --format json"));
    assert_eq!(ran.json()["standing"], people);
    edit(&program, "policies/north/parameters.yaml", "value: 60", "value: 70");
    let ran = program.run("replay log.jsonl book.jsonl --format json");
    assert_eq!((ran.code, ran.json()["standing"].as_u64()), (1, Some(0)));
    assert!(ran.json()["of"].as_array().unwrap().iter().all(|line| line["standing"] == "policy_changed"));
}
