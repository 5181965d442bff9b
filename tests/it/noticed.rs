//! What a run says at its end of its cases as a whole: registrations that no list knows, and references that stand twice.

use crate::program::Program;
use insta::assert_snapshot;

fn book() -> Program {
    let rows = "F1,ALT2;lifer\nF2,ALT2;HREG\nF3,ALT1\nF4,IIOM;MAPP\nF5,\n";
    Program::new().file("a.csv", format!("crn,registrations\n{rows}"))
}

#[test]
fn unknown_registers_are_counted_and_cost_no_answer() {
    let ran = book().run("assess a.csv --on 2026-06-15 --format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 6));
    assert_snapshot!(ran.stderr, @r"
    3 cases have registrations that no list knows: ALT2 (2), ALT1 (1), HREG (1)
    registration IIOM (1) belongs in `iom`
    registration MAPP (1) belongs in `mappa.category` and `mappa.level`
    ");
    let strict = book().run("assess a.csv --on 2026-06-15 --format csv --strict");
    assert_eq!(strict.code, 3);
    assert_eq!(strict.stdout.matches("not one of the words known here").count(), 4, "{}", strict.stdout);
}

#[test]
fn what_a_register_says_is_never_taken_for_nothing() {
    let answer = |case: &str, policy: &str| {
        Program::new()
            .file("a.yaml", case)
            .run(&format!("assess a.yaml --on 2026-06-15 --policy {policy} --format json"))
            .json()
    };
    // The same as `iom: true`.
    let [code, field] = ["registrations: [IIOM]", "iom: true"]
        .map(|line| answer(&format!("crn: F1\n{line}\n"), "bgsw")["tier"].clone());
    assert_eq!(code, field);
    let of = |line: &str| {
        answer(&format!("crn: F1\noasys: {{ rosh: low }}\n{line}\n"), "hmpps-tier-v3")["provisional"].clone()
    };
    assert_eq!(of("registrations: [MAPP]"), true);
}

#[test]
fn a_registration_that_has_ended_no_longer_holds() {
    let tier = |to: &str| {
        let case = format!("crn: F1\nregistrations: [{{ type: stalking, date: 2024-01-01, to: {to} }}]\n");
        let ran = Program::new()
            .file("a.yaml", case)
            .run("assess a.yaml --on 2026-06-15 --policy hmpps-tier-v3 --format json");
        ran.json()["reasons"].as_array().unwrap().iter().any(|one| one["rule"] == "stalking" && one["fired"] == true)
    };
    assert_eq!([tier("2026-06-16"), tier("2026-06-15"), tier("2026-01-01")], [true, false, false]);
}

#[test]
fn of_several_assessments_the_latest_complete_one_counts() {
    let score = |on: &str| {
        let case = "crn: F1\nassessments:\n  - { completed_on: 2025-01-10, status: complete, ogrs3: 20 }\n  \
            - { completed_on: 2026-01-10, status: complete, ogrs3: 40 }\n  \
            - { completed_on: 2026-03-10, status: locked_incomplete, ogrs3: 90 }\n";
        let ran = Program::new().file("a.yaml", case).run(&format!("assess a.yaml --on {on} --format json"));
        let answer = ran.json();
        let reads = answer["reasons"].as_array().unwrap().iter().flat_map(|one| one["reads"].as_array().unwrap());
        let mut scores = reads.filter(|read| read["path"] == "oasys.ogrs3").map(|read| read["value"].clone());
        scores.next().unwrap()
    };
    assert_eq!([score("2026-06-15"), score("2025-06-15")], [40, 20]);
}

#[test]
fn the_same_reference_twice_is_said_once() {
    let text = "crn,iom\nF1,\nF2,true\nF1,true\n";
    let program = Program::new().file("a.csv", text);
    let ran = program.run("assess a.csv --on 2026-06-15 --format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 4));
    assert_eq!(ran.stderr, "1 reference stands in more than one case, 2 cases in all: see `--duplicates`\n");
    let ran = program.run("assess a.csv --on 2026-06-15 --format csv --duplicates error");
    assert_eq!((ran.code, ran.stdout.lines().count()), (3, 4));
    let last = program.run("assess a.csv --on 2026-06-15 --format csv --duplicates last");
    assert_eq!((last.code, last.stderr.as_str()), (0, ""));
    let whole: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(last.stdout.lines().collect::<Vec<_>>(), [whole[0], whole[2], whole[3]]);
    let piped = Program::new().input(text).run("assess - --duplicates last");
    assert_eq!(piped.code, 3);
    assert!(piped.stderr.contains("can be read only once"), "{}", piped.stderr);
}

#[test]
fn hidden_files_are_passed_over_and_counted() {
    let case = "crn: F1\nassessed_on: 2026-06-15\n";
    let program =
        Program::new().file("book/a.yaml", case).file("book/._a.yaml", "\u{0}").file("book/.DS_Store", "\u{0}");
    let program = program.file("book/~$a.csv", "\u{0}").file("book/.cache/b.yaml", case);
    std::fs::hard_link(program.folder().join("book/a.yaml"), program.folder().join("book/b.yaml")).unwrap();
    let ran = program.run("assess book --format csv -v");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{}", ran.whole());
    assert!(ran.stderr.contains("hidden files passed over in folders: 4\n"), "{}", ran.stderr);
}

#[test]
fn contacts_that_do_not_count_are_told() {
    let case = "crn: F1\nassessed_on: 2026-06-15\ncontacts:\n  - { date: 2026-06-01, mode: office }\n  \
        - { date: 2026-06-20, mode: office, outcome: planned }\n";
    let program = Program::new().file("a.yaml", case);
    let said = "contacts not counted: 1 without an outcome, 1 after the date\n";
    assert!(program.run("due a.yaml -v").stderr.contains(&format!("F1: {said}")));
    assert_eq!(program.run("due a.yaml").stderr, "");
    assert_eq!(program.run("explain a.yaml").stderr, said);
}

#[test]
fn a_fault_on_the_command_line_is_drawn_as_one() {
    let program = Program::new().file("a.yaml", "crn: F1\n");
    assert_snapshot!(program.run("new case --from a.yaml --set age=22").stderr, @r"  × --set age: derived from `date_of_birth`; set that");
    assert_snapshot!(program.run("new case --from a.yaml --set oasys.ogrs3=220").stderr, @r"  × --set oasys.ogrs3: expected a whole number from 0 to 100");
    assert_snapshot!(program.run("assess a.yaml --set age=22").stderr, @r"  × --set age: derived from `date_of_birth`; set that, in the case");
}

#[test]
fn the_bank_holidays_of_gov_uk_are_taken() {
    let json = r#"{"england-and-wales":{"division":"england-and-wales","events":[
        {"title":"New Year","date":"2026-01-01","notes":"","bunting":true},
        {"title":"A day off","date":"2026-06-22","notes":"","bunting":true}]},"scotland":{"division":"scotland","events":[]}}"#;
    let program = Program::new().file("a.yaml", "crn: F1\noasys: { rosh: low }\n").file("days.json", json);
    let ran = program.run("assess a.yaml --on 2026-06-15 --holidays days.json --format json");
    let answer = ran.json();
    assert_eq!(answer["policy"]["trial"][0], "bank holidays other than those of England and Wales", "{}", ran.whole());
    let wrong =
        Program::new().file("a.yaml", "crn: F1\n").file("days.json", "{}").run("assess a.yaml --holidays days.json");
    assert_eq!(wrong.code, 3);
    assert!(wrong.stderr.contains("no `england-and-wales` with `events`"), "{}", wrong.stderr);
}
