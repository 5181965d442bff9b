//! How lines end is nothing of a policy: a checkout whose lines end as Windows ends them is the same one, and stays as it is.

use crate::{outputs::work::files, program::Program};
use std::{fs, path::Path};

/// A new policy, and beside it the same with every line ended by a return and a line feed.
fn twice() -> Program {
    let program = Program::new();
    assert_eq!(program.run("new policy north --tiers Low,Medium,High").code, 0);
    for (path, content) in files(&program.folder().join("policies")) {
        let to = program.folder().join("windows").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, String::from_utf8(content).unwrap().replace('\n', "\r\n")).unwrap();
    }
    program
}

fn has_other_ends(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap();
    text.contains('\n') && text.matches('\n').count() == text.matches("\r\n").count()
}

#[test]
fn it_is_the_same_policy_and_its_answers_are_those_that_were_accepted() {
    let program = twice();
    let ran = program.run("compare policies/north windows/north");
    assert_eq!((ran.code, ran.stdout.contains("nothing differs between their files")), (0, true), "{}", ran.whole());
    let digest = |policy: &str| {
        let ran = program.run(&format!("assess policies/north/cases --policy {policy} --format json"));
        ran.json()[0]["policy"]["digest"].as_str().unwrap().to_owned()
    };
    assert_eq!(digest("policies/north"), digest("windows/north"));
    let before = files(program.folder());
    let ran = program.run("test windows/north");
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "2 cases: 2 passed\n", ""));
    assert!(before == files(program.folder()), "nothing is written");
}

#[test]
fn what_is_added_has_the_ends_of_the_file() {
    let program = twice();
    let ran = program.run("new rule night_work --policy windows/north");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let north = program.folder().join("windows/north");
    assert!(["policy.rhai", "parameters.yaml"].iter().all(|file| has_other_ends(&north.join(file))));
    assert!(fs::read_to_string(north.join("policy.rhai")).unwrap().contains("fn night_work(person)"));
    assert_eq!(program.run("test windows/north").stdout, "4 cases: 4 passed\n");
}
