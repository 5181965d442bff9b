//! An edit is written over what was seen or not at all, and what is wrong with what is written is not laid to the edit.

use super::{
    CASE, JSON,
    served::Served,
    workbench::{NEEDS, changed, edit, with_policies},
};
use crate::{compare::book, program::Program};
use serde_json::{Value, json};
use std::{fs, thread};

#[test]
fn an_edit_is_written_whole_over_what_was_seen_or_not_at_all() {
    let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
    let folder = served.program.folder().join("policies/bgsw");
    let on_disk = || ["policy.rhai", "parameters.yaml"].map(|file| fs::read_to_string(folder.join(file)).unwrap());
    let (written, first) = (edit(&served), on_disk());
    let save = |edit: &Value, before: &Value| save(&served, edit, before);
    let needs = changed(&changed(&written, "parameters", NEEDS.0, NEEDS.1), "rules", "\n", "\n// seen\n");
    let unseen = served.post("/v1/workbench/save", JSON, &needs.to_string());
    assert_eq!((unseen.status, on_disk()), (409, first.clone()), "{}", unseen.whole());
    let stale = save(&needs, &changed(&written, "parameters", "value: 5, unit: needs", "value: 6, unit: needs"));
    assert_eq!((stale.status, on_disk()), (409, first.clone()), "{}", stale.whole());
    assert!(stale.json()["detail"].as_str().unwrap().ends_with("was changed meanwhile"), "{}", stale.whole());
    let invalid = save(&changed(&written, "rules", "person.in_custody", "person.in_custdy"), &written);
    assert_eq!((invalid.status, on_disk()), (422, first.clone()), "{}", invalid.whole());
    let saved = save(&needs, &written);
    assert_eq!(saved.status, 200, "{}", saved.whole());
    assert_eq!(on_disk().map(Value::from), [needs["rules"].clone(), needs["parameters"].clone()]);
    assert_eq!(edit(&served), needs);
    // What is written now is what an edit is compared with.
    assert_eq!(served.post("/v1/workbench/compare", JSON, &needs.to_string()).json()["moved"], 0);
    assert_eq!((save(&written, &needs).status, on_disk()), (200, first));
    let others: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(others.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{others:?}");
}

fn save(served: &Served, edit: &Value, before: &Value) -> super::served::Reply {
    let mut edit = edit.clone();
    edit["before"] = before.clone();
    served.post("/v1/workbench/save", JSON, &edit.to_string())
}

#[test]
fn a_file_that_was_deleted_meanwhile_is_not_made_anew() {
    for file in ["policy.rhai", "parameters.yaml"] {
        let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
        let written = edit(&served);
        let path = served.program.folder().join("policies/bgsw").join(file);
        fs::remove_file(&path).unwrap();
        let refused = save(&served, &changed(&written, "rules", "\n", "\n// seen\n"), &written);
        assert_eq!(refused.status, 409, "{file}: {}", refused.whole());
        assert!(
            refused.json()["detail"].as_str().unwrap().ends_with(&format!("{file}: was deleted meanwhile")),
            "{}",
            refused.whole()
        );
        assert!(!path.exists());
    }
    // A policy without numbers has no file of them, and gets none.
    let rules =
        "const TIERS = [\"Low\", \"High\"];\n/// IOM.\nfn iom(person) { if person.iom { at_least(\"High\") } }\n";
    let served = Served::with(Program::new().rules(rules), &["--policy", "trial"]);
    let written = edit(&served);
    let saved = save(&served, &changed(&written, "rules", "/// IOM.", "/// IOM cases."), &written);
    assert_eq!(saved.status, 200, "{}", saved.whole());
    assert!(!served.program.folder().join("policies/trial/parameters.yaml").exists());
}

#[test]
fn the_mark_before_a_text_stays_where_it_was() {
    let program = with_policies().file("book.jsonl", book(5));
    let folder = program.folder().join("policies/bgsw");
    let [rules, numbers] = ["policy.rhai", "parameters.yaml"].map(|file| folder.join(file));
    let [old_rules, old_numbers] = [&rules, &numbers].map(|file| fs::read_to_string(file).unwrap());
    fs::write(&rules, format!("\u{feff}{old_rules}")).unwrap();
    fs::write(&numbers, format!("\u{feff}{old_numbers}")).unwrap();
    let served = Served::with(program, &["--book", "book.jsonl"]);
    let written = edit(&served);
    let saved = save(&served, &changed(&written, "rules", "\n", "\n// seen\n"), &written);
    assert_eq!(saved.status, 200, "{}", saved.whole());
    let new_rules = old_rules.replacen('\n', "\n// seen\n", 1);
    assert!(fs::read_to_string(&rules).unwrap() == format!("\u{feff}{new_rules}"));
    assert!(fs::read_to_string(&numbers).unwrap() == format!("\u{feff}{old_numbers}"));
}

#[test]
fn whoever_checks_is_told_that_the_files_are_others_now() {
    let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
    let state = served.get("/v1/workbench").json();
    let (written, needs) = (edit(&served), changed(&edit(&served), "parameters", NEEDS.0, NEEDS.1));
    let digest = || served.post("/v1/workbench/check", JSON, &needs.to_string()).json()["written"].clone();
    assert!(state["written"].is_string() && digest() == state["written"]);
    let saved = save(&served, &changed(&written, "rules", "\n", "\n// another\n"), &written).json();
    assert!(digest() == saved["written"] && saved["written"] != state["written"]);
    fs::remove_file(served.program.folder().join("policies/bgsw/parameters.yaml")).unwrap();
    assert!(![&state["written"], &saved["written"]].contains(&&digest()));
}

#[test]
fn of_two_who_save_at_once_one_is_told_of_the_other() {
    let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
    for round in 0..5 {
        let written = edit(&served);
        let edits = ["a", "b"].map(|who| changed(&written, "rules", "\n", &format!("\n// {who} {round}\n")));
        let mut statuses = thread::scope(|scope| {
            let [a, b] = edits.each_ref().map(|edit| scope.spawn(|| save(&served, edit, &written).status));
            [a.join().unwrap(), b.join().unwrap()]
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert!(edits.contains(&edit(&served)));
    }
}

#[test]
fn a_disk_that_refuses_is_no_conflict() {
    let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
    let written = edit(&served);
    // Where the new text is to be written aside stands a folder.
    fs::create_dir(served.program.folder().join("policies/bgsw/.policy.rhai.part")).unwrap();
    let refused = save(&served, &changed(&written, "rules", "\n", "\n// seen\n"), &written);
    assert_eq!((refused.status, edit(&served)), (500, written), "{}", refused.whole());
}

#[test]
fn a_policy_that_is_written_wrong_can_be_put_right() {
    let program = with_policies().file("book.jsonl", book(5));
    let path = program.folder().join("policies/bgsw/policy.rhai");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replacen("person.in_custody", "person.in_custdy", 1)).unwrap();
    let served = Served::with(program, &["--book", "book.jsonl"]);
    let written = edit(&served);
    let right = changed(&written, "rules", "person.in_custdy", "person.in_custody");
    let asked = served.post("/v1/assess", JSON, CASE);
    assert_eq!((asked.status, &asked.json()["code"]), (500, &json!("policy_invalid")), "{}", asked.whole());
    let compared = served.post("/v1/workbench/compare", JSON, &right.to_string());
    assert_eq!((compared.status, &compared.json()["code"]), (422, &json!("written_policy")), "{}", compared.whole());
    let detail = compared.json()["detail"].to_string();
    assert!(detail.contains("the policy as it is written cannot be run: ") && detail.contains("in_custdy"), "{detail}");
    assert_eq!(save(&served, &right, &written).status, 200);
    assert_eq!(served.post("/v1/assess", JSON, CASE).status, 200);
    assert_eq!(served.post("/v1/workbench/compare", JSON, &right.to_string()).status, 200);
}
