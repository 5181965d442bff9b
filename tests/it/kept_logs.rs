//! What stands in a file that is to be a decision log, and is not to be lost.

use crate::program::{Program, Ran};
use brag::decision_log::chain::{FIRST, sealed};
use std::{
    fs::{OpenOptions, read_to_string},
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

const CASE: &str = "crn: X1\nassessed_on: 2019-05-20\noasys: { rosh: high, ogrs3: 80, ogp: 10, ovp: 10, rsr: 1 }\n";

fn program() -> Program {
    Program::new().file("one.yaml", CASE)
}

fn log(program: &Program) -> Ran {
    program.run("assess one.yaml --log log -q -o answer.json")
}

fn text(program: &Program) -> String {
    read_to_string(program.folder().join("log")).unwrap()
}

#[test]
fn a_whole_line_without_its_break_is_kept() {
    let program = program();
    assert_eq!(log(&program).code, 0);
    let whole = text(&program);
    let program = program.file("log", whole.trim_end());
    assert_eq!(program.run("replay log").stdout.lines().next(), Some("1 of 1 lines stand"));
    assert_eq!(log(&program).whole(), "exit code 0\n");
    assert_eq!(text(&program).lines().next(), whole.lines().next());
    assert_eq!(program.run("replay log one.yaml").stdout.lines().next(), Some("2 of 2 lines stand"));
}

#[test]
fn a_file_that_is_no_log_is_left_as_it_is() {
    let begun = log_of_one();
    for notes in ["notes of mine", "{\"cases\":[1,2,3]}", "{\"a\":1}", &format!("{begun}a note at the end")] {
        let program = program().file("log", notes);
        let ran = log(&program);
        assert_eq!(ran.code, 3, "{}", ran.whole());
        assert!(ran.stderr.contains("does not end in a line of a decision log"), "{}", ran.stderr);
        assert_eq!(text(&program), notes);
    }
    // What was begun and not ended goes, and that is said.
    let torn = program().file("log", format!("{begun}{{\"log\":1,\"at\":\"2026"));
    let ran = torn.run("assess one.yaml --log log -o answer.json");
    assert_eq!((ran.code, ran.stderr.contains("the last line was cut off")), (0, true), "{}", ran.whole());
    assert_eq!(text(&torn).lines().count(), 2);
}

fn log_of_one() -> String {
    let program = program();
    assert_eq!(log(&program).code, 0);
    text(&program)
}

#[test]
fn a_line_that_is_no_decision_stands_for_none() {
    let program = program().file("log", format!("{}\n", sealed("{\"log\":2,\"foo\":\"bar\"}", FIRST)));
    let ran = program.run("replay log one.yaml");
    assert_eq!(
        ran.whole().trim_end(),
        "exit code 3\n---- stderr ----\n  × log: holds no decision\n  help: `brag assess CASES --log FILE` writes one"
    );
    let before = log_of_one();
    let last = brag::decision_log::chain::hash_of(before.trim_end()).unwrap().to_owned();
    let program = program.file("log", format!("{before}{}\n", sealed("{\"log\":2,\"foo\":\"bar\"}", &last)));
    let ran = program.run("replay log one.yaml");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(
        ran.stdout.contains("1 of 2 lines stand") && ran.stdout.contains("1: no decision that this version can read"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_override_stands_in_its_line() {
    let more = "override: {tier: Amber, reason: settled, by: PO1, authorised_by: SPO2, date: 2019-05-01}\n";
    let program = Program::new().file("one.yaml", format!("{CASE}{more}"));
    assert_eq!(log(&program).code, 0);
    let line = text(&program);
    assert!(line.contains(r#""override":{"tier":"Amber","from":"Red","date":"2019-05-01","applied":true,"note":"lowers the tier until the next review"}"#), "{line}");
    let drawn = program.run("replay log one.yaml --crn X1").stdout;
    assert!(
        drawn.contains("override    Red to Amber of 1 May 2019: lowers the tier until the next review\n"),
        "{drawn}"
    );
    let program = Program::new().file("one.yaml", format!("{CASE}{more}"));
    assert_eq!(program.run("assess one.yaml --log log --log-values -q -o answer.json").code, 0);
    let drawn = program.run("replay log one.yaml --crn X1").stdout;
    assert!(drawn.contains("by PO1, authorised by SPO2, because settled"), "{drawn}");
}

#[test]
fn a_log_is_no_output_to_compare() {
    let program = program();
    assert_eq!(log(&program).code, 0);
    let ran = program.run("diff log log");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("log: line 1 is no answer of `brag assess`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("a decision log is for `brag replay`"), "{}", ran.stderr);
}

#[test]
fn what_somebody_puts_behind_a_log_while_it_is_written_is_kept() {
    let program = Program::new();
    let arguments = ["assess", "-", "--input-format", "jsonl", "--format", "jsonl", "--threads", "1", "--log", "log"];
    let mut child = program
        .command(&arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    writeln!(to, r#"{{"crn":"X1","assessed_on":"2019-05-20"}}"#).unwrap();
    from.read_line(&mut String::new()).unwrap();
    OpenOptions::new().append(true).open(program.folder().join("log")).unwrap().write_all(b"a note").unwrap();
    writeln!(to, r#"{{"crn":"X2","assessed_on":"2019-05-20"}}"#).unwrap();
    drop(to);
    let ran = Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("something else than a line of a log was put behind the last one"), "{}", ran.stderr);
    let kept = text(&program);
    assert!(kept.ends_with("a note") && kept.lines().count() == 2, "{kept}");
}
