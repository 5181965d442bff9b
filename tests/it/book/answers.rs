//! The answers of a book: as a table, as rows, in short; counted; and written to a file.

use super::{cases, lines, one_line};
use crate::program::Program;
use insta::assert_snapshot;
use serde_json::Value;
use std::{fs, io::Read};

fn book() -> Program {
    let worked = cases();
    let few: Vec<Value> = worked.into_iter().take(4).collect();
    let open = r#"{"crn":"X1","assessed_on":"2019-05-20","oasys":{"rosh":"medium"}}"#;
    Program::new().file("b.jsonl", format!("{}{open}\n{{\"crn\":\"X2\",\"iom\":1}}\n", lines(&few)))
}

#[test]
fn a_table() {
    assert_snapshot!(book().run("assess b.jsonl --format table").stdout, @r"
    case        tier        range                  seen by     review by   decided by                flags
    V000001     Amber                              2019-05-24  2019-07-01  risk_matrix               level1_oasys sources_not_used need_not_explored
    V000003     Red-Amber                          2019-05-24  2019-07-01  risk_matrix               reassess_rosh under_rated rosh_inconsistent no_risk_management_plan no_contingency_plan no_victim_safety
    V000005     Amber                              2019-05-24  2019-07-01  risk_matrix               no_contingency_plan no_victim_safety
    V000007     Amber                              2019-05-14  2019-06-18  risk_matrix               level1_oasys no_contingency_plan need_not_explored officer_not_equipped
    X1          Red         Green to Red           -           -           risk_matrix               assessment_incomplete no_risk_management_plan no_contingency_plan
    X2          no answer   b.jsonl:6:19: `iom`: expected true or false, found a whole number
    ");
}

#[test]
fn rows() {
    assert_snapshot!(book().run("assess b.jsonl --format csv").stdout, @r#"
    crn,on,tier,computed,provisional,lowest,highest,deciding_rule,flags,contact,next_contact_due,next_review_due,grade,place,trial,error
    V000001,2019-05-20,Amber,Amber,false,Amber,Amber,risk_matrix,level1_oasys;sources_not_used;need_not_explored,"every 3 weeks, face to face",2019-05-24,2019-07-01,pso,front_office,,
    V000003,2019-05-20,Red-Amber,Red-Amber,false,Red-Amber,Red-Amber,risk_matrix,reassess_rosh;under_rated;rosh_inconsistent;no_risk_management_plan;no_contingency_plan;no_victim_safety,"every 2 weeks, face to face",2019-05-24,2019-07-01,pso,front_office,,
    V000005,2019-05-20,Amber,Amber,false,Amber,Amber,risk_matrix,no_contingency_plan;no_victim_safety,"every 3 weeks, face to face",2019-05-24,2019-07-01,pso,front_office,,
    V000007,2019-05-07,Amber,Amber,false,Amber,Amber,risk_matrix,level1_oasys;no_contingency_plan;need_not_explored;officer_not_equipped,"every 3 weeks, face to face",2019-05-14,2019-06-18,pso,front_office,,
    X1,2019-05-20,Red,Red,true,Green,Red,risk_matrix,assessment_incomplete;no_risk_management_plan;no_contingency_plan,"every week, face to face",,,po,front_office,,
    X2,,,,,,,,,,,,,,,"b.jsonl:6:19: `iom`: expected true or false, found a whole number"
    "#);
}

#[test]
fn in_short_an_answer_holds_the_rules_that_fired() {
    let line = book().run("assess b.jsonl --format jsonl").stdout.lines().next().unwrap().to_owned();
    let answer: Value = serde_json::from_str(&line).unwrap();
    let full = book().run("assess b.jsonl --format jsonl --reasons all").stdout.lines().next().unwrap().to_owned();
    let full: Value = serde_json::from_str(&full).unwrap();
    let fired = |answer: &Value| -> Vec<Value> {
        let reasons = answer["reasons"].as_array().unwrap().iter();
        reasons.filter(|reason| reason["fired"] != false).map(|reason| reason["rule"].clone()).collect()
    };
    assert!(!fired(&full).is_empty());
    assert_eq!(fired(&answer), fired(&full));
    for (key, value) in answer.as_object().unwrap() {
        if !matches!(key.as_str(), "reasons" | "with") {
            assert_eq!(Some(value), full.get(key), "{key}");
        }
    }
    assert_snapshot!(serde_json::to_string(&answer["reasons"][0]).unwrap(), @r#"{"rule":"risk_matrix","effects":[{"at_least":"Amber"}],"reads":[{"path":"oasys.rosh","value":"medium","origin":"case"},{"path":"oasys.rosh_to.public","value":"medium","origin":"case"},{"path":"oasys.rosh_to.children","value":"low","origin":"case"},{"path":"oasys.rosh_to.known_adult","value":"low","origin":"case"},{"path":"oasys.rosh_to.staff","value":"medium","origin":"case"},{"path":"oasys.ogrs3","value":58,"origin":"case"},{"path":"oasys.ogp","value":52,"origin":"case"},{"path":"oasys.ovp","value":44,"origin":"case"}]}"#);
    assert!(line.len() * 4 < full.to_string().len());
}

#[test]
fn a_summary_counts() {
    let program = book();
    let ran = program.run("assess b.jsonl --summary -q");
    assert_snapshot!(ran.stdout, @"
    cases                                    6
      Green                                  0
      Amber                                  3
      Red-Amber                              1
      Red                                    1
      Blue                                   0
      no answer                              1
    provisional                              1
    flags                                   18
      assessment_incomplete                  1
      level1_oasys                           2
      need_not_explored                      2
      no_contingency_plan                    4
      no_risk_management_plan                2
      no_victim_safety                       2
      officer_not_equipped                   1
      reassess_rosh                          1
      rosh_inconsistent                      1
      sources_not_used                       1
      under_rated                            1
    errors                                   1
      wrong_kind                             1
    ");
    // Data on standard output stays data; with a file for it, the counts have standard output.
    let data = program.run("assess b.jsonl --summary -q --format csv");
    assert_eq!(data.stdout, program.run("assess b.jsonl --format csv").stdout);
    assert!(data.stderr.ends_with(ran.stdout.as_str()), "{}", data.stderr);
    let filed = program.run("assess b.jsonl --summary --format csv -o out.csv");
    assert_eq!(filed.stdout, ran.stdout);
    assert!(filed.stderr.contains("cases a second"), "{}", filed.stderr);
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let program = book();
    for format in ["text", "table", "json", "jsonl", "csv", "yaml", "md"] {
        let shown = program.run(&format!("assess b.jsonl --format {format}")).stdout;
        let ran = program.run(&format!("assess b.jsonl --format {format} --color always -o out"));
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
        assert_eq!(fs::read_to_string(program.folder().join("out")).unwrap(), shown, "{format}");
    }
}

#[test]
fn a_file_is_packed_by_its_ending() {
    let program = book();
    let shown = program.run("assess b.jsonl --format jsonl --reasons all").stdout;
    for ending in ["gz", "zst"] {
        program.run(&format!("assess b.jsonl --format jsonl --reasons all -o out.jsonl.{ending}"));
        let packed = fs::File::open(program.folder().join(format!("out.jsonl.{ending}"))).unwrap();
        let mut text = String::new();
        let packing = brag::caseload::unpack::Packing::of_name(format!("out.{ending}").as_ref()).unwrap();
        packing.unpack(packed).read_to_string(&mut text).unwrap();
        assert_eq!(text, shown, "{ending}");
    }
}

#[test]
fn a_file_that_cannot_be_written() {
    let program = Program::new().file("b.jsonl", one_line("X1"));
    assert_snapshot!(program.run("assess b.jsonl -o nowhere/out.json").whole(), @"
    exit code 3
    ---- stderr ----
      × nowhere/out.json: cannot be written: no such file or directory
    ");
    fs::create_dir(program.folder().join("taken")).unwrap();
    assert_snapshot!(program.run("assess b.jsonl -o taken").whole(), @"
    exit code 3
    ---- stderr ----
      × taken: is no file that could be replaced
      help: name a file, or `-` for standard output
    ");
}

/// The answers in the order of the cases, the same bytes, whatever the threads.
#[test]
fn threads_change_no_byte() {
    let rules = "const TIERS = [\"Low\", \"High\"];\nfn score(person) { at_least(if person.oasys.ogrs3 > 50 { \"High\" } else { \"Low\" }) }\n";
    // Some cases take longer than others, and some have no answer.
    let case = |number: usize| match number % 7 {
        0 => format!("{{\"crn\":\"X{number}\",\"assessed_on\":\"2019-05-20\"}}\n"),
        1 => format!("{{\"crn\":\"X{number}\",\"iom\":1}}\n"),
        _ => one_line(&format!("X{number}")) + "\n",
    };
    let program = Program::new().rules(rules).file("b.jsonl", (0..1_000).map(case).collect::<String>());
    let run = |threads: &str| program.run(&format!("assess b.jsonl --policy trial --format jsonl {threads}")).stdout;
    let one = run("--threads 1");
    let order: Vec<Value> =
        one.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["crn"].clone()).collect();
    assert_eq!(order, (0..1_000).map(|number| Value::from(format!("X{number}"))).collect::<Vec<_>>());
    for threads in [2, 3, 8] {
        assert!(run(&format!("--threads {threads}")) == one, "{threads}");
    }
    assert!(program.variable("BRAG_THREADS", "4").run("assess b.jsonl --policy trial --format jsonl").stdout == one);
}
