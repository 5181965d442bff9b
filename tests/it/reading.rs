//! What people read, page by page, as it stands: a practitioner asks why, an officer what is owed, a policy officer what an edit did.

use crate::program::{Program, snapshot};
use std::fs;

const RED: &str = "crn: X100001
assessed_on: 2019-05-20
sex: male
date_of_birth: 1990-03-01
supervision: { office: Northtown, officer: { id: A101PSO01, grade: pso } }
sentence: { type: community_order, imposed_on: 2019-01-02, starts_on: 2019-01-02, ends_on: 2020-01-01 }
oasys:
  completed_on: 2019-02-20
  rosh: high
  rosh_to: { public: low, children: high, known_adult: high, staff: low }
  ogrs3: 51
  ogp: 34
  ovp: 25
  rsr: 1.2
registrations: [child_protection]
ratings: [{ date: 2019-04-01, tier: Red, trigger: initial, by: cm }]
contacts: [{ date: 2019-05-02, mode: office, outcome: attended, with: case_manager }]
";

const RULES: &str = r#"const TIERS = ["Low", "High"];

/// Likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::cut_off { return at_least("High"); }
    at_least("Low")
}
"#;

const NUMBERS: &str = "cut_off:
  description: OGRS3 from which the likelihood is high
  values:
    2014-06-01: { value: 50, unit: percent, source: assumption }
";

/// What each command prints, below it.
fn pages(program: &Program, commands: &[&str]) -> String {
    let mut text = String::new();
    for command in commands {
        let ran = program.run(command);
        let said = if ran.stderr.is_empty() { ran.stderr } else { format!("[on standard error]\n{}", ran.stderr) };
        text.push_str(&format!("$ brag {command}\n{}{said}[exit {}]\n\n", ran.stdout, ran.code));
    }
    text
}

fn of_trial(rules: &str) -> Program {
    let case = |ogrs3: u8, tier: &str| {
        format!("crn: X1000{ogrs3}\nassessed_on: 2019-05-20\noasys: {{ ogrs3: {ogrs3} }}\nexpect: {{ tier: {tier} }}\n")
    };
    Program::new()
        .rules(rules)
        .file("policies/trial/parameters.yaml", NUMBERS)
        .file("policies/trial/cases/at.yaml", case(50, "High"))
        .file("policies/trial/cases/below.yaml", case(49, "Low"))
}

#[test]
fn why_a_case_is_red() {
    let program = Program::new().file("case.yaml", RED);
    snapshot("reading-why", &pages(&program, &["explain case.yaml", "assess case.yaml --set uplift_needs=9"]));
}

#[test]
fn what_is_owed_on_dates_of_their_own() {
    let other = RED.replace("X100001", "X100002").replace("assessed_on: 2019-05-20", "assessed_on: 2019-06-03");
    let amber = RED.replace("X100001", "X100003").replace("high", "medium").replace("tier: Red", "tier: Red-Amber");
    let program = ["a.yaml", "b.yaml", "c.yaml"]
        .into_iter()
        .zip([RED, &other, &amber])
        .fold(Program::new(), |program, (name, case)| program.file(&format!("book/{name}"), case));
    let commands = ["due book", "due book --on 2019-05-20 --from 2019-05-20 --to 2019-05-24"];
    snapshot("reading-due", &pages(&program, &commands));
}

#[test]
fn what_there_is_to_write_rules_with() {
    let commands = [
        "show inputs interpreter",
        "show params ogrs3_bands --on 2019-05-20",
        "show params ogrs3_bands --on 2010-01-01",
    ];
    snapshot("reading-show", &pages(&Program::new(), &commands));
}

#[test]
fn what_an_edit_did_to_the_worked_cases() {
    let slip = of_trial(&RULES.replace("person.oasys.ogrs3 >=", "person.oasys.rosh >="));
    let number = of_trial(RULES);
    assert_eq!(number.run("test trial --update all").code, 0);
    fs::write(number.folder().join("policies/trial/parameters.yaml"), NUMBERS.replace("50", "49")).unwrap();
    let text = [&slip, &number].map(|program| pages(program, &["test trial --update no"])).concat();
    snapshot("reading-test", &text);
}

#[test]
fn what_is_said_of_a_slip() {
    let program = of_trial(&RULES.replace("person.oasys.ogrs3 >=", "latest(person.ratings).tier == \"Low\" ||  50 >="))
        .file(
            "policies/slip/policy.rhai",
            RULES.replace("person.oasys.ogrs3 >= param::cut_off", "person.oasys.ogrs3 = 50"),
        )
        .file("case.yaml", RED.replace("ratings: [{ date: 2019-04-01, tier: Red, trigger: initial, by: cm }]\n", ""))
        .file("book.jsonl", "{\"crn\":\"X100001\"}\n{\"crn\":\"X100002\"}\n")
        .file("folder/a.yaml", RED)
        .file("folder/b.yaml", RED.replace("X100001", "X100002"))
        .file("names.csv", "Smith;high;2019-05-20\nJones;low;2019-05-20\n");
    let commands = [
        "explain book.jsonl",
        "assess policies/trial",
        "new case --from case.yaml --set contacts=[{date:,outcome:missed}]",
        "assess case.yaml --policy trial",
        "assess case.yaml --policy slip",
        "assess names.csv",
        "assess folder --format table",
    ];
    snapshot("reading-slips", &pages(&program, &commands));
}
