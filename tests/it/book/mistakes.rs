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
    assert_snapshot!(errors(&Program::new().file("b.jsonl", text), "b.jsonl"), @r#"
    "X1" has an answer
    "X2" 2:30 "oasys.ogrs3" "`oasys.ogrs3`: expected a whole number from 0 to 100" null
    "X3" 3:12 null "not well-formed: EOF while parsing an object" "the text ends before everything is closed that it opens: is it all there?"
    "X4" 5:24 "crn" "`crn`: stands twice" "keep one of the two"
    "X5" 6:50 "custody[0].to" "`custody[0].to`: ends before it begins" "one of the dates is wrong: look them up, and correct that one"
    null 7:1 null "larger than 4194304 bytes, the limit for one file" null
    null 8:1 null "expected its fields, one to a line, found a list" "write each case by itself: in YAML below a line `---`, in JSON lines on a line of its own"
    null 9:1 null "not well-formed: expected value" "a value is missing there, or it is a text: put texts in double quotes"
    "X1" has an answer
    "#);
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
    assert_snapshot!(errors(&Program::new().file("b.csv", text), "b.csv"), @r#"
    "X1" has an answer
    "X2" 3:4 "iom" "`iom`: expected true or false, found text" "write `true` for yes, and `false` for no"
    "X3" 4:5 "oasys.ogrs3" "`oasys.ogrs3`: expected a whole number from 0 to 100" null
    "X4" 5:6 "registrations[1]" "`registrations[1]`: not one of the words known here" "known here: `RMDO` `mental_health` `ALSH` `suicide_self_harm` `RVLN` `vulnerability` `RCCO` `child_concerns` `RCPR` `child_protection` `RCHD` `risk_to_children` `RPIR` `public_interest` `RVAD` `adult_at_risk` `STRG` `street_gangs` `RTAO` `terrorism` `ADVP` `domestic_abuse_perpetrator` `REG30` `domestic_abuse_history` `ADVV` `domestic_abuse_victim` `SPO` `stalking` `INLL` `lifer` `ARSO` `sex_offender` `PRC` `two_thirds` `WRSM` `warrant` `MAPP` `IIOM` `RVHR` `RHRH` `RMRH` `RLRH`"
    "X5" 6:7 "contacts[0].date" "`contacts[0].date`: expected a date that exists, written YYYY-MM-DD" "write the day alone, year first: 2026-06-15"
    "X6" 7:7 "contacts" "`contacts`: not well-formed: trailing characters" "take away what follows the end; a file of one document a line is called .jsonl"
    "X7" 8:1 null "3 cells in the row, 6 columns in the header" "give every row a cell for each column, an empty one where nothing is known"
    null 9:4 null "not well-formed: a quote that is not closed, or that stands inside a cell: double it, and put the cell in quotes" null
    null 10:4 null "not well-formed: a quote that is not closed, or that stands inside a cell: double it, and put the cell in quotes" null
    "X10" has an answer
    "#);
}

#[test]
fn in_documents_and_lists() {
    let yaml = "crn: X1\n---\ncrn: X2\noasys:\n  rohs: low\n---\ncrn: [\n---\ncrn: X4\n";
    assert_snapshot!(errors(&Program::new().file("b.yaml", yaml), "b.yaml"), @r#"
    "X1" has an answer
    "X2" 5:3 "oasys.rohs" "`oasys.rohs`: unknown key" "did you mean `rosh`?"
    null 8:1 null "not well-formed: while parsing a node, did not find expected node content" null
    "X4" has an answer
    "#);
    let good = one_line("X1");
    let json = format!(
        "[\n  {good}, {{\"crn\":\"X2\",\"iom\":1}},\n  {{\"crn\":\"X3\",\n   \"iom\": 1}},\n 4,\n {good} {good}]"
    );
    assert_snapshot!(errors(&Program::new().file("b.json", json), "b.json"), @r#"
    "X1" has an answer
    "X2" 2:96 "iom" "`iom`: expected true or false, found a whole number" "write `true` for yes, and `false` for no"
    "X3" 4:11 "iom" "`iom`: expected true or false, found a whole number" "write `true` for yes, and `false` for no"
    null 5:2 null "expected its fields, one to a line, found a whole number" null
    "X1" 6:76 null "not well-formed: trailing characters" "take away what follows the end; a file of one document a line is called .jsonl"
    "#);
    assert_snapshot!(errors(&Program::new().file("b.json", format!("[{good}]{good}")), "b.json"), @r#"
    "X1" has an answer
    null 1:76 null "not well-formed: something after the list" null
    "#);
    assert_snapshot!(errors(&Program::new().file("b.json", format!("[\n{good},\n]\n")), "b.json"), @r#"
    "X1" has an answer
    null 3:1 null "not well-formed: trailing comma before the end of the list" "take away the comma before the bracket"
    "#);
    assert_snapshot!(errors(&Program::new().file("b.json", format!("[{good},")), "b.json"), @r#"
    "X1" has an answer
    null 1:76 null "not well-formed: the list does not end" "the text ends before everything is closed that it opens: is it all there?"
    "#);
}

#[test]
fn in_a_header() {
    let told = |header: &str| errors(&Program::new().file("b.csv", format!("{header}\nX1,X2\n")), "b.csv");
    assert_snapshot!(told("crn,oasys.rohs"), @r#"null 1:5 "oasys.rohs" "`oasys.rohs`: unknown key" "did you mean `oasys.rosh`?""#);
    assert_snapshot!(told("crn,crn"), @r#"null 1:5 "crn" "`crn`: stands twice" "keep one of the two""#);
    assert_snapshot!(told("iom,sex"), @r#"null 1:1 null "the first line is no header: no column is called `crn`" "`brag show inputs --format csv` prints one""#);
    assert_snapshot!(told("crn,zzz"), @r#"null 1:5 null "unknown key" "known here: `crn` `assessed_on` `date_of_birth` `sex` `circumstances` `engagement` `iom` `mappa` `registrations` `sentence` `other_sentences` `previous_offences` `custody` `release` `previous_enforcement_activity` `enforcement` `active_event` `supervision` `oasys` `assessments` `plan` `risk_management_plan` `induction` `agencies` `checks` `disclosed_needs` `through_the_gate` `ratings` `contacts` `events` `override` `acknowledged` `local` `expect`""#);
    assert_snapshot!(told("crn,\"iom"), @r#"null 1:1 null "the first line is no header: no column is called `crn`" "`brag show inputs --format csv` prints one""#);
}

#[test]
fn the_line_is_drawn_with_its_number_in_the_file() {
    let yaml = "crn: X1\n---\ncrn: X2\noasys:\n  rohs: low\n---\ncrn: X3\n";
    assert_snapshot!(Program::new().file("b.yaml", yaml).run("assess b.yaml").stderr, @"
     × `oasys.rohs`: unknown key
      ╭─[b.yaml:5:3]
    4 │ oasys:
    5 │   rohs: ***
      ·   ────
      ╰────
     help: did you mean `rosh`?
    ");
    let json = "[{ \"crn\": \"X1\" }, { \"crn\": \"X2\",\n \"iom\": 1 }]";
    assert_snapshot!(Program::new().file("b.json", json).run("assess b.json --on 2019-05-20 --format csv").stderr, @r#"
     × `iom`: expected true or false, found a whole number
      ╭─[b.json:2:9]
    1 │                   { "crn": "**",
    2 │  "iom": * }
      ·         ─
      ╰────
     help: write `true` for yes, and `false` for no
    "#);
    let csv = "crn,iom\nX1,\nX2,maybe\n";
    assert_snapshot!(Program::new().file("b.csv", csv).run("assess b.csv").stderr, @r"
     × `iom`: expected true or false, found text
      ╭─[b.csv:3:4]
    3 │ **,*****
      ·    ─────
      ╰────
     help: write `true` for yes, and `false` for no
    ");
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
    assert_snapshot!(program.run("assess b.jsonl.gz").whole(), @"
    exit code 3
    ---- stderr ----
      × b.jsonl.gz: cannot be read: no end of a case in 67108864 bytes; the rest of the file is not
      │ read
    ");
    let broken = Program::new().file("b.jsonl.gz", b"\x1e\x8b\0 no gzip").file("c.yaml.zst", b"\xff\xfe no zstd");
    assert_snapshot!(broken.run("assess b.jsonl.gz c.yaml.zst").whole(), @"
    exit code 3
    ---- stderr ----
      × b.jsonl.gz: cannot be read: invalid gzip header
      × c.yaml.zst: cannot be read: not zstd, or damaged
    ");
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
    assert!(
        ran.stderr
            .starts_with("  × b.jsonl:2:19: `iom`: expected true or false, found a whole number (in 60 cases, first"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.ends_with("60 of 90 cases have no answer\n"), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 3, "{}", ran.stderr);
    assert_eq!(ran.stdout.matches("expected true or false").count(), 60);
    // Faults that are not the same are drawn, up to twenty; of the others there is a count.
    let rows: String = (0..30)
        .map(|at| format!("{{\"crn\":\"X{at}\",\"local\":{{\"a\":[{at}]}},\"oasys\":{{\"k{at}\":1}}}}\n"))
        .collect();
    let ran = Program::new().file("b.jsonl", rows).run("assess b.jsonl --format csv");
    assert!(ran.stderr.contains("30 of 30 cases have no answer\n"), "{}", ran.stderr);
}
