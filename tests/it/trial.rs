//! An answer that rests on anything but a policy's files says so, and the policy that gave it has a digest of its own.

use crate::program::Program;
use std::collections::BTreeSet;

const RULES: &str = r#"
const TIERS = ["Low", "High"];

/// All.
fn all(person) { at_least("Low") }

/// A score.
fn score(person) { if person.oasys.ogrs3 >= param::from { at_least("High") } }
"#;
const NUMBERS: &str = "from:\n  description: from which the tier is high\n  values:\n    2014-06-01: { value: 50, unit: points, source: a }\n    2027-01-01: { value: 60, unit: points, source: a }\n";

fn program() -> Program {
    let program = Program::new()
        .file("one.yaml", "crn: X320741\nassessed_on: 2019-05-20\noasys: { ogrs3: 55 }\n")
        .file("days.csv", "date,name\n2019-12-25,one\n2020-12-25,two\n");
    ["here/trial", "elsewhere/trial"].iter().fold(program, |program, folder| {
        program.file(&format!("{folder}/policy.rhai"), RULES).file(&format!("{folder}/parameters.yaml"), NUMBERS)
    })
}

#[test]
fn what_is_otherwise_has_another_digest_and_the_same_content_has_the_same() {
    let program = program();
    let digest = |more: &str| {
        let answer = program.run(&format!("assess one.yaml --format json {more}")).json();
        answer["policy"]["digest"].as_str().unwrap().to_owned()
    };
    let plain = digest("--policy here/trial");
    assert_eq!(digest("--policy elsewhere/trial"), plain);
    let others = ["--set from=60", "--set from=61", "--law 2027-02-01", "--holidays days.csv"];
    let all: BTreeSet<String> = others.iter().map(|other| digest(&format!("--policy here/trial {other}"))).collect();
    assert_eq!(all.len(), others.len());
    assert!(!all.contains(&plain));
    let with = digest("--policy bgsw");
    assert_ne!(digest("--policy bgsw --without assessment-quality"), with);
    assert_ne!(digest("--policy bgsw --set shadow_days=1"), with);
}

#[test]
fn a_trial_says_so_in_every_format() {
    let program = program();
    for format in ["text", "json", "jsonl", "yaml", "md", "csv", "table"] {
        let run =
            |more: &str| program.run(&format!("assess one.yaml --policy here/trial --format {format} {more}")).stdout;
        assert!(!run("").contains("from = 60"), "{format}: {}", run(""));
        assert!(run("--set from=60").contains("from = 60"), "{format}: {}", run("--set from=60"));
        assert!(run("--law 2027-02-01").contains("2027"), "{format}: {}", run("--law 2027-02-01"));
        assert!(
            run("--holidays days.csv").contains("bank holidays other than"),
            "{format}: {}",
            run("--holidays days.csv")
        );
    }
}
