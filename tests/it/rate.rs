//! `brag rate`: a sample of judged cases, by the bands of the inspectorate.

use crate::program::{Program, Ran, root, snapshot};
use serde_json::{Value, json};
use std::fs;

const POLICY: &str = "--policy inspection-ratings --on 2019-06-03";
/// The standards that are rated from cases, each with its key questions.
const JUDGED: [(&str, &[&str]); 6] = [
    ("assessment", &["engagement", "desistance", "safety"]),
    ("planning", &["engagement", "desistance", "safety"]),
    ("delivery", &["engagement", "desistance", "safety"]),
    ("reviewing", &["engagement", "desistance", "safety"]),
    ("unpaid_work", &["assessment", "desistance", "safety", "sentence"]),
    ("resettlement", &["planning", "activity", "coordination"]),
];

fn questions() -> impl Iterator<Item = String> {
    JUDGED
        .iter()
        .flat_map(|(standard, questions)| questions.iter().map(move |question| format!("{standard}_{question}")))
}

/// A sample in which each question is answered `yes` by so many of so many cases to which it is relevant.
fn sample(cases: usize, counts: impl Fn(&str) -> (usize, usize)) -> String {
    let names: Vec<String> = questions().collect();
    let mut table = format!("crn,local.{}\n", names.join(",local."));
    for case in 0..cases {
        let answer = |name: &String| {
            let (yes, relevant) = counts(name);
            if case < yes {
                "yes"
            } else if case < relevant {
                "no"
            } else {
                "not_relevant"
            }
        };
        let answers: Vec<&str> = names.iter().map(answer).collect();
        table.push_str(&format!("J{case:05},{}\n", answers.join(",")));
    }
    table
}

/// A record in which all that is rated as a whole is rated so.
fn record(rating: &str, more: &str) -> String {
    let all = ["leadership", "staff", "services", "information"].map(|name| format!("  {name}: {rating}\n")).concat();
    format!("crn: I1\nassessed_on: 2019-06-03\nlocal:\n{all}{more}")
}

fn rated(table: &str, record: &str, more: &str) -> Ran {
    let program = Program::new().file("sample.csv", table).file("record.yaml", record);
    program.run(&format!("rate sample.csv --record record.yaml --policy inspection-ratings {more}"))
}

fn standard<'a>(answer: &'a Value, name: &str) -> &'a Value {
    answer["standards"].as_array().unwrap().iter().find(|standard| standard["name"] == name).unwrap()
}

fn example(more: &str) -> Ran {
    let examples = root().join("examples/inspection");
    let (sample, record) = (examples.join("sample"), examples.join("record.yaml"));
    let arguments =
        ["rate", sample.to_str().unwrap(), "--record", record.to_str().unwrap(), "--policy", "inspection-ratings"];
    Program::new().run_with(&arguments.into_iter().chain(more.split_whitespace()).collect::<Vec<_>>())
}

#[test]
fn the_shipped_sample_for_people() {
    snapshot("rate-example", &example("").whole());
    snapshot("rate-example-verbose", &example("-v").stdout);
    snapshot("rate-example-md", &example("--format md").whole());
    let page = example("--format html").stdout;
    let rows = page.matches("<tr>").count();
    assert!(page.contains("<title>INSPECTION1: Good</title>") && page.contains("<h1>INSPECTION1: Good</h1>"), "{page}");
    assert_eq!(rows, 1 + 10 + 19, "{page}");
}

#[test]
fn the_shipped_sample_for_programs_is_as_its_schema_says() {
    let ran = example("--format json");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let schema = Program::new().run("show schema rating").json();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&ran.json()).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let mut answer = ran.json();
    answer["policy"]["digest"] = json!("...");
    snapshot("rate-example-json", &format!("{answer:#}"));
    snapshot("rate-example-csv", &example("--format csv").whole());
}

#[test]
fn shares_at_each_boundary_are_rated_by_their_rounded_number() {
    for (yes, of, share, rating) in [
        (160, 200, 80.0, "Outstanding"),
        (159, 200, 80.0, "Outstanding"),
        (397, 500, 79.0, "Good"),
        (130, 200, 65.0, "Good"),
        (322, 500, 64.0, "Requires improvement"),
        (100, 200, 50.0, "Requires improvement"),
        (247, 500, 49.0, "Inadequate"),
    ] {
        let table = sample(of, |name| if name == "planning_safety" { (yes, of) } else { (of, of) });
        let answer = rated(&table, &record("Good", ""), "--format json").json();
        let planning = standard(&answer, "planning");
        let safety = &planning["questions"][2];
        let said =
            [&safety["sufficient"], &safety["relevant"], &safety["share"], &safety["rating"], &planning["rating"]];
        assert_eq!(said, [&json!(yes), &json!(of), &json!(share), &json!(rating), &json!(rating)]);
        assert_eq!(safety["decides"], true);
    }
    let table = sample(200, |name| if name == "planning_safety" { (159, 200) } else { (200, 200) });
    let answer = rated(&table, &record("Good", ""), "--format json --set rounds_up_from=1").json();
    assert_eq!(standard(&answer, "planning")["rating"], "Good");
    assert_eq!(answer["policy"]["trial"], json!(["rounds_up_from = 1"]));
}

#[test]
fn the_relevant_sub_sample_is_the_denominator() {
    let table = sample(50, |name| if name == "planning_safety" { (13, 20) } else { (50, 50) });
    let answer = rated(&table, &record("Good", ""), "--format json").json();
    let safety = &standard(&answer, "planning")["questions"][2];
    assert_eq!([&safety["sufficient"], &safety["relevant"], &safety["share"]], [&json!(13), &json!(20), &json!(65.0)]);
}

#[test]
fn what_is_relevant_to_nobody_has_no_rating_and_the_answer_is_a_range() {
    let table = sample(20, |name| if name == "planning_safety" { (0, 0) } else { (14, 20) });
    snapshot("rate-relevant-to-nobody", &rated(&table, &record("Requires improvement", ""), "").whole());
    let answer = rated(&table, &record("Requires improvement", ""), "--format json").json();
    assert_eq!([&answer["overall"], &answer["total"]], [&Value::Null, &Value::Null]);
    let planning = standard(&answer, "planning");
    assert_eq!([&planning["rating"], &planning["by_numbers"], &planning["score"]], [&Value::Null; 3]);
    // Nothing is below the lowest: there the standard is rated whatever the other question would say.
    let table = sample(20, |name| match name {
        "planning_safety" => (0, 0),
        "planning_engagement" => (4, 20),
        _ => (14, 20),
    });
    let answer = rated(&table, &record("Requires improvement", ""), "--format json").json();
    assert_eq!(standard(&answer, "planning")["rating"], "Inadequate");
    assert!(answer["overall"].is_string(), "{answer:#}");
}

#[test]
fn a_sample_without_a_record_says_what_it_leaves_open() {
    let program = Program::new().file("sample.csv", sample(20, |_| (20, 20)));
    let answer = program.run(&format!("rate sample.csv {POLICY} --format json")).json();
    assert_eq!(answer["inspection"], "SAMPLE");
    assert_eq!(answer["range"], json!(["Outstanding", "Good"]));
    assert_eq!(answer["overall"], Value::Null);
}

#[test]
fn discretion_stands_beside_what_the_numbers_gave() {
    let table = sample(50, |name| if name == "planning_safety" { (31, 50) } else { (50, 50) });
    let full = "  planning_discretion: Good\n  planning_discretion_reason: one office\n  \
                planning_discretion_authorised_by: ratings panel\n  planning_discretion_date: 2019-05-20\n";
    let answer = rated(&table, &record("Good", full), "--format json").json();
    let planning = standard(&answer, "planning");
    assert_eq!([&planning["by_numbers"], &planning["rating"]], [&json!("Requires improvement"), &json!("Good")]);
    assert_eq!(
        planning["discretion"],
        json!({
            "rating": "Good", "reason": "one office", "authorised_by": "ratings panel", "date": "2019-05-20", "applied": true,
            "note": "Requires improvement by the numbers, Good by discretion",
        })
    );
    assert_eq!(answer["flags"][0]["code"], "discretion");
    let silent = "  planning_discretion: Good\n  planning_discretion_reason: one office\n";
    let answer = rated(&table, &record("Good", silent), "--format json").json();
    let planning = standard(&answer, "planning");
    assert_eq!(planning["rating"], "Requires improvement");
    assert_eq!(planning["discretion"]["applied"], false);
    assert_eq!(answer["flags"][0]["code"], "discretion_refused");
}

#[test]
fn ten_standards_add_up_to_the_rating_overall() {
    let shares = [("Inadequate", 2), ("Requires improvement", 5), ("Good", 7), ("Outstanding", 8)];
    for (each, (rating, yes)) in shares.into_iter().enumerate() {
        let answer = rated(&sample(10, |_| (yes, 10)), &record(rating, ""), "--format json").json();
        assert_eq!([&answer["overall"], &answer["total"]], [&json!(rating), &json!(each * 10)]);
    }
    // The totals on both sides of each threshold are worked cases of the policy.
    for total in [5, 6, 15, 16, 25, 26] {
        let cases = root().join("policies/inspection-ratings/cases");
        let is_of = |name: &str| name.ends_with(&format!("-total-{total}.yaml"));
        assert!(fs::read_dir(cases).unwrap().any(|case| is_of(case.unwrap().file_name().to_str().unwrap())), "{total}");
    }
}

#[test]
fn the_same_sample_in_every_form_gives_the_same_bytes() {
    let table = sample(12, |name| if name.ends_with("safety") { (5, 9) } else { (8, 12) });
    let names: Vec<String> = questions().collect();
    let cases: Vec<Value> = (table.lines().skip(1))
        .map(|line| {
            let (crn, answers) = line.split_once(',').unwrap();
            let local: serde_json::Map<String, Value> =
                names.iter().cloned().zip(answers.split(',').map(|answer| json!(answer))).collect();
            json!({ "crn": crn, "local": local })
        })
        .collect();
    let yaml: Vec<String> = cases.iter().map(|case| format!("---\n{}", serde_yaml::to_string(case).unwrap())).collect();
    let program = Program::new()
        .file("a.csv", &table)
        .file("b.csv", table.replace(',', ";"))
        .file("a.json", json!(cases).to_string())
        .file("a.yaml", yaml.concat())
        .file("record.yaml", record("Good", ""));
    let run = |file: &str| {
        program.run(&format!("rate {file} --record record.yaml --policy inspection-ratings --format json")).stdout
    };
    let first = run("a.csv");
    assert!(first.contains("\"cases\": 12"), "{first}");
    for file in ["b.csv", "a.json", "a.yaml"] {
        assert_eq!(run(file), first, "{file}");
    }
}

#[test]
fn what_is_wrong_with_a_sample_is_said_at_its_row() {
    let good = sample(4, |_| (3, 4));
    let lines: Vec<&str> = good.lines().collect();
    let without_last = |line: &str| format!("{},", line.rsplit_once(',').unwrap().0);
    let wrong = |table: String| rated(&table, &record("Good", ""), "").whole();
    let empty = [lines[0], lines[1], &without_last(lines[2]), lines[3], lines[4]].join("\n");
    snapshot("rate-wrong-empty", &wrong(empty));
    snapshot("rate-wrong-word", &wrong(good.replacen("yes", "sufficient", 1).replacen(",no\n", ",nope\n", 1)));
    snapshot("rate-wrong-column", &wrong(good.replace("local.planning_safety", "local.planing_safety")));
    snapshot("rate-wrong-nothing", &wrong(format!("{}\n", lines[0])));
}

#[test]
fn what_is_wrong_with_a_record_or_a_policy_is_said() {
    let good = sample(4, |_| (3, 4));
    let counted = record("Good", "  planning_safety_yes: 3\n");
    snapshot("rate-record-counted", &rated(&good, &counted, "").whole());
    let two = format!("{}---\n{}", record("Good", ""), record("Good", ""));
    snapshot("rate-record-two", &rated(&good, &two, "").whole());
    let program = Program::new().file("sample.csv", &good);
    snapshot("rate-policy-rates-nothing", &program.run("rate sample.csv --policy bgsw --on 2019-06-03").whole());
}

#[test]
fn a_policy_of_ones_own_rates_by_its_own_rules() {
    let rules = r#"
const TIERS = ["Fine", "Poor"];
const ANSWERS = ["good", "bad", "skipped"];

/// Poor where more is bad than good.
/// @cite us
fn poor(person) { if person.local.work_bad > person.local.work_good { at_least("Poor") } else { at_least("Fine") } }

/// One line.
/// @cite us
fn rating(person) { RETURNS }
"#;
    let numbers = "local:\n  work_good: { type: whole, min: 0, max: 100, description: good }\n  \
                   work_bad: { type: whole, min: 0, max: 100, description: bad }\n";
    let run = |returns: &str| {
        let program = Program::new()
            .rules(&rules.replace("RETURNS", returns))
            .file("policies/trial/parameters.yaml", numbers)
            .file("sample.csv", "crn,local.work\nA1,good\nA2,bad\nA3,skipped\nA4,bad\n");
        program.run("rate sample.csv --policy trial --on 2020-01-01")
    };
    let line = "#{ name: \"work\", title: \"Work\", questions: [], by_numbers: (), discretion: (), rating: \"Poor\", score: 1 }";
    snapshot(
        "rate-own-policy",
        &run(&format!("#{{ standards: [{line}], total: person.local.work_bad, number: \"none\" }}")).whole(),
    );
    snapshot(
        "rate-own-policy-wrong",
        &run("#{ standards: [#{ name: \"work\" }], total: 1, number: \"none\" }").whole(),
    );
    snapshot(
        "rate-own-policy-unknown",
        &run("#{ standards: [], total: person.oasys.ogrs3, number: \"none\" }").whole(),
    );
}
