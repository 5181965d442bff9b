//! What the program writes as JSON, of every kind: over the shipped cases, a made-up book, and what goes wrong.

use crate::program::{Program, Ran, root, worked_cases};
use brag::report::schema_of::SchemaOf;
use brag_made_up::{Book, DATE};
use serde_json::Value;
use std::fs::{self, read_to_string};

pub const RULES: &str = r#"
const TIERS = ["Low", "Middle", "High"];
const AXES = ["harm"];

/// Starts everybody.
fn everybody(person) { [at_least("Low"), points("harm", 2), provisional("on trial")] }

/// A register.
/// @cite somewhere
/// @severity high
fn register(person) { if person.iom { [decide("High"), flag("look", "somebody must look")] } }

/// A score.
fn score(person) { if person.oasys.ogrs3 >= 50 { at_least("High") } }

fn contact(person, tier) { [every(2, "week", "office"), every(1, "month", "home_visit").times(2)] }
fn review(person, tier) { every(42, "day") }
fn allocate(person, tier) { held_by("po", "front_office") }
"#;

/// Two rules of which worked cases notice some mutants, and numbers for them.
const SMALL_RULES: &str = r#"const TIERS = ["Low", "Middle", "High"];

/// Everybody.
fn everybody(person) { at_least("Low") }

/// Very likely to reoffend.
fn reoffending(person) { if person.oasys.ogrs3 >= param::cut { [at_least("High"), flag("look", "likely")] } }
"#;
const SMALL_NUMBERS: &str = "cut:\n  description: From where on.\n  values:\n    2014-06-01: { value: 75, unit: percent, source: assumption }\n";

/// The answers of a run: of several cases each by itself.
fn each(ran: &Ran) -> Vec<Value> {
    match ran.json() {
        Value::Array(all) => all,
        one => vec![one],
    }
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A made-up book, with a case that cannot be read in it.
fn book(people: usize) -> String {
    let book = Book::new(7, DATE, |_| true);
    let cases = book.cases().take(people).map(|case| case.to_string() + "\n");
    cases.collect::<String>() + "{\"crn\":\"X2\",\"iom\":1,\"sex\":3}\n"
}

fn numbers() -> Vec<u8> {
    fs::read(root().join("policies/bgsw/parameters.yaml")).unwrap()
}

/// The cases that speak of every part of an answer, under the rules of a trial.
pub fn of_trial(verb: &str) -> Vec<Value> {
    let cases = [
        "crn: X1\nsentence: { imposed_on: 2019-12-02, ends_on: 2020-12-01 }\noasys: { ogrs3: 60 }\n",
        "crn: X2\n",
        "crn: X3\niom: true\n",
        "crn: X4\noasys: { ogrs3: 60 }\noverride: { tier: Low, reason: seen at home, by: a, date: 2019-12-30, authorised_by: b }\n",
        "crn: X5\noasys: { ogrs3: 10 }\noverride: { tier: High }\n",
        "crn: X6\niom: maybe\n",
        "crn: X7\noasys: { rohs: low }\n",
        "oasys: {}\n",
    ];
    let answer = |case: &str| {
        let program =
            Program::new().rules(RULES).file("policies/trial/parameters.yaml", numbers()).file("case.yaml", case);
        let ran = program.run(&format!("{verb} case.yaml --policy trial --on 2020-01-01 --format json"));
        (!ran.stdout.is_empty()).then(|| ran.json())
    };
    cases.into_iter().filter_map(answer).collect()
}

fn shipped_cases(policy: &str) -> String {
    root().join("policies").join(policy).join("cases").display().to_string()
}

fn decisions() -> Vec<Value> {
    let mut all = of_trial("assess");
    for policy in ["bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "assessment-quality", "inspection-ratings"] {
        let cases = shipped_cases(policy);
        all.extend(each(&Program::new().run_with(&["assess", "--format", "json", "--policy", policy, &cases])));
    }
    let program = Program::new().file("book.jsonl", book(40)).file("sheet.csv", "crn,iom\nX1,perhaps\n");
    for more in ["--reasons all", "--reasons fired", "--reasons none", "--law 2019-01-07", "--set uplift_needs=4"] {
        all.extend(lines(&program.run(&format!("assess book.jsonl --format jsonl {more}"))));
    }
    all.extend(each(&program.run("assess sheet.csv --format json")));
    let program =
        Program::new().rules("const TIERS = [\"Low\"];\n/// Fails.\nfn fails(person) { at_least([\"Low\"][3]) }\n");
    all.extend(each(&program.file("x.yaml", "crn: X1\n").run("assess x.yaml --policy trial --format json")));
    all
}

fn explanations() -> Vec<Value> {
    let mut all = of_trial("explain");
    let cases = shipped_cases("bgsw");
    all.extend(each(&Program::new().run_with(&["explain", "--format", "json", &cases])));
    for case in worked_cases("bgsw").iter().step_by(12) {
        let case = case.to_str().unwrap();
        all.extend(each(&Program::new().run_with(&["explain", "--format", "json", "--why-not", "Red", case])));
    }
    all
}

fn dues() -> Vec<Value> {
    let program = Program::new().file("book.jsonl", book(60));
    let mut all = each(&program.run("due book.jsonl --format json --law 2019-01-07"));
    all.extend(lines(&program.run("due book.jsonl --format jsonl")));
    all.extend(each(&Program::new().run_with(&["due", "--format", "json", &shipped_cases("bgsw")])));
    all
}

fn caseloads() -> Vec<Value> {
    let program = Program::new().file("book.jsonl", book(60)).file("none.jsonl", "");
    let run = |more: &str| program.run(&format!("caseload book.jsonl --format json {more}")).json();
    vec![run("--forecast 3"), run("--law 2019-01-07"), run("--policy hmpps-tier-v2")]
}

fn comparisons() -> Vec<Value> {
    let fails = fs::read_to_string(root().join("policies/bgsw/policy.rhai")).unwrap();
    let program = Program::new().file("book.jsonl", book(60)).rules(SMALL_RULES);
    let program = program.file("policies/trial/parameters.yaml", SMALL_NUMBERS);
    let failing = SMALL_RULES.replace("at_least(\"High\")", "at_least([\"High\"][3])");
    let program = program.file("policies/failing/policy.rhai", failing);
    let program =
        program.file("policies/failing/parameters.yaml", SMALL_NUMBERS).file("policies/edit/policy.rhai", fails);
    let program = program.file("policies/edit/parameters.yaml", numbers());
    let run = |what: &str| program.run(&format!("compare {what} --format json")).json();
    vec![
        run("bgsw bgsw --set uplift_needs=4 book.jsonl"),
        run("bgsw bgsw --set uplift_needs=4"),
        run("trial trial --set cut=50"),
        run("trial failing book.jsonl"),
        run("trial failing"),
        run("hmpps-tier-v2 hmpps-tier-v3 book.jsonl"),
    ]
}

fn book_diffs() -> Vec<Value> {
    let cases: Vec<Value> = Book::new(7, DATE, |_| true).cases().take(30).collect();
    let later = |case: &Value| {
        let mut case = case.clone();
        case["assessed_on"] = "2019-07-01".into();
        case["supervision"]["officer"]["id"] = "PO99".into();
        case.to_string() + "\n"
    };
    let before: String = cases.iter().take(25).map(|case| case.to_string() + "\n").collect();
    let after: String = cases.iter().skip(5).map(later).collect();
    let program =
        Program::new().file("before.jsonl", before).file("after.jsonl", after + "{\"crn\":\"X2\",\"iom\":1}\n");
    let run = |what: &str| program.run(&format!("diff {what} --format json")).json();
    program.run("assess before.jsonl --format json -o one.json");
    program.run("assess after.jsonl --format json -o two.json");
    vec![run("before.jsonl after.jsonl"), run("before.jsonl after.jsonl --law 2019-05-20"), run("one.json two.json")]
}

fn checks() -> Vec<Value> {
    let program = Program::new()
        .rules("const TIERS = [\"Low\"];\nfn a(person) { if person.oasys.ogrs3 > 200 { at_least(\"Low\") } }\n");
    let broken = Program::new().rules("const TIERS = [\"Low\"];\nfn a(person) { at_least(\"High\" }\n");
    let program = program.file("policies/trial/parameters.yaml", SMALL_NUMBERS);
    vec![
        program.run("check trial --format json").json(),
        broken.run("check trial --format json").json(),
        Program::new().run("check --format json --policy bgsw").json(),
    ]
}

/// A policy with worked cases that pass, that do not, that are not confirmed, and that cannot be run.
fn suite() -> Program {
    let case = |crn: &str, score: &str, expect: &str| {
        format!("crn: {crn}\nassessed_on: 2026-05-04\noasys: {{ ogrs3: {score} }}\nexpect: {{ {expect} }}\n")
    };
    let program = Program::new().rules(SMALL_RULES).file("policies/trial/parameters.yaml", SMALL_NUMBERS);
    [
        ("high", case("X1", "95", "tier: High")),
        ("low", case("X2", "10", "tier: Low, unconfirmed: true")),
        ("wrong", case("X3", "10", "tier: High")),
        ("other", case("X4", "10", "tier: Low, flags: { include: [nobody_raises] }")),
        ("broken", case("X5", "many", "tier: Low")),
    ]
    .into_iter()
    .fold(program, |program, (name, text)| program.file(&format!("policies/trial/cases/{name}.yaml"), text))
}

/// Answers that were accepted, and are others under another number.
fn changed_suite() -> Program {
    let program = suite();
    program.run("test trial --update all");
    program.file("policies/trial/parameters.yaml", SMALL_NUMBERS.replace("75", "5"))
}

fn tests() -> Vec<Value> {
    vec![
        suite().run("test trial --format json").json(),
        changed_suite().run("test trial --format json --update new").json(),
        Program::new().run("test bgsw --format json").json(),
    ]
}

fn reviews() -> Vec<Value> {
    let program = changed_suite();
    program.run("test trial --update new");
    vec![program.run("review --format json").json()]
}

fn mutants() -> Vec<Value> {
    let program = suite();
    for name in ["wrong", "broken", "other", "low"] {
        fs::remove_file(program.folder().join(format!("policies/trial/cases/{name}.yaml"))).unwrap();
    }
    let before = program.run("test trial --mutants --format json").json();
    vec![before, program.run("test trial --mutants --format json --write").json()]
}

fn proofs() -> Vec<Value> {
    let lowers = SMALL_RULES.replace(">=", "<=");
    let program =
        suite().file("policies/lowers/policy.rhai", lowers).file("policies/lowers/parameters.yaml", SMALL_NUMBERS);
    let run = |what: &str| program.run(&format!("verify {what} --format json")).json();
    vec![run("trial"), run("lowers"), run("trial lowers --same"), run("trial trial --never-lower")]
}

fn logged() -> Program {
    let program = Program::new().file("book.jsonl", book(12));
    let ran =
        program.run("assess book.jsonl --format csv -o answers.csv --log log.jsonl --by SPO17 --set uplift_needs=5");
    assert_eq!(ran.code, 3, "a case cannot be read: {}", ran.stderr);
    program
}

fn replays() -> Vec<Value> {
    let program = logged();
    let log = read_to_string(program.folder().join("log.jsonl")).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    let changed = log.replacen("\"engine\":\"0", "\"engine\":\"9", 1);
    let fewer: String = lines.iter().skip(1).map(|line| format!("{line}\n")).collect();
    let swapped: String = [1, 0, 2, 2].iter().map(|line| format!("{}\n", lines[*line])).collect();
    let program = program.file("changed.jsonl", changed).file("fewer.jsonl", fewer).file("swapped.jsonl", swapped);
    let program = program.file("cut.jsonl", &log[..log.len() - 40]);
    let run = |what: &str| program.run(&format!("replay {what} --format json")).json();
    let crn: Value = serde_json::from_str(lines[0]).unwrap();
    vec![
        run("log.jsonl book.jsonl"),
        run("log.jsonl book.jsonl --policy hmpps-tier-v2"),
        run(&format!("log.jsonl --crn {}", crn["crn"].as_str().unwrap())),
        run("log.jsonl book.jsonl --with bgsw --law 2019-05-20"),
        run("changed.jsonl"),
        run("fewer.jsonl"),
        run("swapped.jsonl"),
        run("cut.jsonl"),
    ]
}

fn log_lines() -> Vec<Value> {
    let program = logged();
    program.run("assess book.jsonl --format csv -o more.csv --log values.jsonl --log-values --law 2019-05-20");
    let logs = ["log.jsonl", "values.jsonl"].map(|log| read_to_string(program.folder().join(log)).unwrap());
    logs.iter().flat_map(|log| log.lines()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn map_checks() -> Vec<Value> {
    let mapping = "source: { form: csv, key: Ref }\nfields:\n  oasys.rosh: { from: Risk, words: { high: [High], low: [Low] } }\n  oasys.ogrs3: Score\nignore: [\"Whole*\"]\n";
    let cases = "Ref,Risk,Score,Whole name,Other\nX1,Elevated,9,A,b\nX2,High,900,B,b\nX3,Low,,C,b\n";
    let program = Program::new().file("m.yaml", mapping).file("cases.csv", cases);
    let run =
        |more: &str| program.run(&format!("map check m.yaml cases.csv --on 2026-06-15 --format json {more}")).json();
    vec![run(""), run("--show-values")]
}

fn ratings() -> Vec<Value> {
    let inspection = root().join("examples/inspection");
    let [sample, record] = ["sample", "record.yaml"].map(|name| inspection.join(name).display().to_string());
    let rate = ["rate", "--policy", "inspection-ratings", "--format", "json", &sample];
    let whole = Program::new().run_with(&[&rate[..], &["--record", &record]].concat());
    vec![whole.json(), Program::new().run_with(&[&rate[..], &["--on", "2019-06-03"]].concat()).json()]
}

/// What is written that a schema is of; nothing of what is read.
pub fn of(schema: SchemaOf) -> Vec<Value> {
    match schema {
        SchemaOf::Case | SchemaOf::Parameters | SchemaOf::Mapping => Vec::new(),
        SchemaOf::Decision => decisions(),
        SchemaOf::Explain => explanations(),
        SchemaOf::Due => dues(),
        SchemaOf::Caseload => caseloads(),
        SchemaOf::Comparison => comparisons(),
        SchemaOf::BookDiff => book_diffs(),
        SchemaOf::Check => checks(),
        SchemaOf::Test => tests(),
        SchemaOf::Review => reviews(),
        SchemaOf::Mutants => mutants(),
        SchemaOf::Verify => proofs(),
        SchemaOf::Rating => ratings(),
        SchemaOf::Replay => replays(),
        SchemaOf::Log => log_lines(),
        SchemaOf::MapCheck => map_checks(),
        SchemaOf::Failed => decisions().into_iter().filter(|answer| answer.get("error").is_some()).collect(),
    }
}
