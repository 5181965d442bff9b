//! What is wrong in a book: each mistake with its file, line and field; the other cases have their answers.

use super::one_line;
use crate::program::Program;
use flate2::{Compression, write::GzEncoder};
use insta::assert_snapshot;
use std::io::Write;

/// Every record of an answer that has an error: line, column, path and message.
fn errors(program: &Program, file: &str) -> String {
    let ran = program.run(&format!("assess {file} --format jsonl --reasons none -q"));
    assert_eq!(ran.code, 3, "{}", ran.whole());
    let mut told = String::new();
    for line in ran.stdout.lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        match answer.get("error") {
            None => told.push_str(&format!("{} has an answer\n", answer["crn"])),
            Some(error) => {
                let [line, column, path, message, help] =
                    ["line", "column", "path", "message", "help"].map(|key| &error[key]);
                told.push_str(&format!("{} {line}:{column} {path} {message} {help}\n", answer["crn"]));
            }
        }
    }
    told
}

#[test]
fn in_json_lines() {
    let good = one_line("X1");
    let long = format!("{{\"crn\":\"X6\",\"local\":{{\"a\":\"{}\"}}}}", "a".repeat(5 << 20));
    let text = [
        good.as_str(),
        r#"{"crn":"X2","oasys":{"ogrs3":101}}"#,
        "{\"crn\":\"X3\",",
        "",
        r#"{"iom":true,"crn":"X4","crn":"X4"}"#,
        r#"{"crn":"X5","custody":[{"from":"2019-02-01","to":"2019-01-01"}]}"#,
        &long,
        r#"["X7"]"#,
        "crn: X8",
        &good,
    ]
    .join("\n");
    assert_snapshot!(errors(&Program::new().file("b.jsonl", text), "b.jsonl"), @"");
}

#[test]
fn in_a_table() {
    let text = "crn,iom,oasys.ogrs3,registrations,contacts,local.a\n\
        X1,true,20,lifer;warrant,,\n\
        X2,maybe,20,,,\n\
        X3,,101,,,\n\
        X4,,,lifer;quarrel,,\n\
        X5,,,,\"[{\"\"date\"\":\"\"2019-02-30\"\"}]\",\n\
        X6,,,,\"[1],\"\"iom\"\":true,\"\"x\"\":[\",\n\
        X7,,20\n\
        X8,\"tr\"ue,,,,\n\
        X9,\"true,,,,\n\
        \n\
        X10,,,,,\"\"\"true\"\"\"\n";
    assert_snapshot!(errors(&Program::new().file("b.csv", text), "b.csv"), @"");
}

#[test]
fn in_documents_and_lists() {
    let yaml = "crn: X1\n---\ncrn: X2\noasys:\n  rohs: low\n---\ncrn: [\n---\ncrn: X4\n";
    assert_snapshot!(errors(&Program::new().file("b.yaml", yaml), "b.yaml"), @"");
    let good = one_line("X1");
    let json = format!(
        "[\n  {good}, {{\"crn\":\"X2\",\"iom\":1}},\n  {{\"crn\":\"X3\",\n   \"iom\": 1}},\n 4,\n {good} {good}]"
    );
    assert_snapshot!(errors(&Program::new().file("b.json", json), "b.json"), @"");
    assert_snapshot!(errors(&Program::new().file("b.json", format!("[{good}]{good}")), "b.json"), @"");
    assert_snapshot!(errors(&Program::new().file("b.json", format!("[{good},")), "b.json"), @"");
}

#[test]
fn in_a_header() {
    let told = |header: &str| errors(&Program::new().file("b.csv", format!("{header}\nX1,X2\n")), "b.csv");
    assert_snapshot!(told("crn,oasys.rohs"), @"");
    assert_snapshot!(told("crn,crn"), @"");
    assert_snapshot!(told("iom,sex"), @"");
    assert_snapshot!(told("crn,zzz"), @"");
    assert_snapshot!(told("crn,\"iom"), @"");
}

#[test]
fn the_line_is_drawn_with_its_number_in_the_file() {
    let yaml = "crn: X1\n---\ncrn: X2\noasys:\n  rohs: low\n---\ncrn: X3\n";
    assert_snapshot!(Program::new().file("b.yaml", yaml).run("assess b.yaml").stderr, @"");
    let json = "[{ \"crn\": \"X1\" }, { \"crn\": \"X2\",\n \"iom\": 1 }]";
    assert_snapshot!(Program::new().file("b.json", json).run("assess b.json --on 2019-05-20 --format csv").stderr, @"");
    let csv = "crn,iom\nX1,\nX2,maybe\n";
    assert_snapshot!(Program::new().file("b.csv", csv).run("assess b.csv").stderr, @"");
}

/// A file of a few kilobytes that unpacks to a gigabyte of one line.
#[test]
fn a_bomb_ends_in_an_error() {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        to.write_all(&zeros).unwrap();
    }
    let program = Program::new().file("b.jsonl.gz", to.finish().unwrap());
    assert_snapshot!(program.run("assess b.jsonl.gz").whole(), @"");
    let broken = Program::new().file("b.jsonl.gz", "no gzip").file("c.yaml.zst", "no zstd");
    assert_snapshot!(broken.run("assess b.jsonl.gz c.yaml.zst").whole(), @"");
}

fn bad(cases: usize) -> Program {
    let line = |number: usize| match number % 3 {
        0 => one_line(&format!("X{number}")),
        _ => format!("{{\"crn\":\"X{number}\",\"iom\":1}}"),
    };
    Program::new().file("b.jsonl", (0..cases).map(|number| line(number) + "\n").collect::<String>())
}

#[test]
fn a_run_can_stop_after_so_many() {
    let program = bad(300);
    for threads in [1, 2, 5] {
        let ran = program.run(&format!("assess b.jsonl --format csv --max-errors 3 --threads {threads} --color never"));
        assert_eq!(ran.code, 3);
        // 0 good, 1 and 2 bad, 3 good, 4 bad: there it ends, whatever the threads.
        assert_eq!(ran.stdout.lines().count(), 6, "{}", ran.stdout);
        assert!(ran.stderr.ends_with("stopped after 3 errors, as --max-errors asks\n"), "{}", ran.stderr);
    }
    let ran = program.run("assess b.jsonl --format csv --max-errors 3 -o out.csv");
    assert_eq!(ran.code, 3);
    let left: Vec<_> = std::fs::read_dir(program.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["b.jsonl"], "nothing stands under the final name, nor beside it");
}

#[test]
fn of_many_errors_a_few_are_drawn_and_the_others_counted() {
    let ran = bad(90).run("assess b.jsonl --format csv");
    assert_eq!(ran.stderr.matches("expected true or false").count(), 20);
    assert!(ran.stderr.ends_with("40 more errors; 60 of 90 cases have no answer\n"), "{}", ran.stderr);
    assert_eq!(ran.stdout.matches("expected true or false").count(), 60);
}
