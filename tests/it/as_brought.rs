//! Files as people bring them: under another name, cut short, in another form than the name says, and with the help that each needs.

use crate::program::{Program, Ran};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

const ONE: &str = r#"{"crn":"X1","oasys":{"rosh":"high","ogrs3":80,"ogp":10,"ovp":10,"rsr":1}}"#;
const TWO: &str = r#"{"crn":"X2","oasys":{"rosh":"low","ogrs3":8,"ogp":10,"ovp":10,"rsr":1}}"#;

fn assess(name: &str, content: impl AsRef<[u8]>) -> Ran {
    Program::new().file(name, content).run(&format!("assess {name} --on 2019-05-20 --format csv"))
}

/// The reference and the tier, or what is wrong, of each row.
fn rows(ran: &Ran) -> Vec<String> {
    let rows = csv::Reader::from_reader(ran.stdout.as_bytes()).into_records().map(Result::unwrap);
    rows.map(|row: csv::StringRecord| format!("{} {}{}", &row[0], &row[2], &row[row.len() - 1])).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::default());
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap()
}

#[test]
fn json_lines_are_read_whatever_they_are_called() {
    assert_eq!(rows(&assess("book.json", format!("{ONE}\n{TWO}\n"))), ["X1 Red", "X2 Red-Amber"]);
    assert_eq!(rows(&assess("book.json", ONE)), ["X1 Red"]);
}

#[test]
fn what_is_packed_is_unpacked_whatever_it_is_called() {
    for name in ["book", "book.yaml", "book.jsonl", "book.jsonl.gz"] {
        assert_eq!(rows(&assess(name, gzip(&format!("{ONE}\n"))))[0], "X1 Red", "{name}");
    }
    assert_eq!(rows(&assess("book.jsonl.gz", format!("{ONE}\n")))[0], "X1 Red");
    let damaged = assess("book.jsonl.gz", [&[0x1e, 0x8b, 0, 0xff][..], &gzip(ONE)[2..]].concat());
    assert_eq!(
        (damaged.code, damaged.stderr.as_str()),
        (3, "  × book.jsonl.gz: cannot be read: invalid gzip header\n")
    );
}

#[test]
fn an_empty_document_before_the_one_of_a_file_is_none() {
    for before in ["---\n---\n", "# nothing\n---\n# to see\n---\n", "---\n"] {
        assert_eq!(
            rows(&assess("one.yaml", format!("{before}crn: X1\noasys: {{rosh: high, ogrs3: 80}}\n")))[0],
            "X1 Red"
        );
    }
    let wrong = assess("one.yaml", "# a remark\n---\n---\ncrn: X1\nsex: x\n");
    assert!(wrong.stderr.contains("[one.yaml:5:6]"), "{}", wrong.stderr);
}

#[test]
fn a_list_that_is_cut_short_has_the_cases_that_are_whole() {
    let ran = assess("book.json", format!("[{ONE},{TWO}"));
    assert_eq!(ran.code, 3);
    assert_eq!(rows(&ran)[..2], ["X1 Red", "X2 Red-Amber"]);
    assert!(rows(&ran)[2].contains("the list does not end"), "{}", ran.stdout);
    let ran = assess("book.json", format!("[{ONE},{}", &TWO[..30]));
    assert_eq!(rows(&ran).len(), 2, "{}", ran.stdout);
}

#[test]
fn the_name_of_nothing_is_no_reference() {
    for word in ["null", "true", "~"] {
        assert!(rows(&assess("book.jsonl", format!("{{\"crn\":{word}}}\n")))[0].starts_with(' '), "{word}");
    }
}

#[test]
fn each_form_says_what_to_do() {
    let help = |name: &str, text: &str| {
        let ran = assess(name, text);
        assert_eq!(ran.code, 3, "{}", ran.whole());
        let help = ran.stderr.split_once("help: ").unwrap_or_else(|| panic!("no help: {}", ran.stderr)).1;
        help.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        help("list.yaml", "- crn: X1\n- crn: X2\n"),
        "write each case by itself: in YAML below a line `---`, in JSON lines on a line of its own"
    );
    assert_eq!(
        help("slip.yaml", "crn: X1\n  sex: male\n"),
        "begin the keys that belong together under each other, and put a text with `: ` in it in quotes"
    );
    assert_eq!(
        help("comma.json", "{\"crn\": \"X1\",}"),
        "put every key in double quotes, and no comma before a bracket that closes"
    );
    assert_eq!(
        help("cut.json", "{\"crn\": \"X1\""),
        "the text ends before everything is closed that it opens: is it all there?"
    );
    assert_eq!(
        help("after.json", "{\"crn\": \"X1\"} x"),
        "take away what follows the end; a file of one document a line is called .jsonl"
    );
}

#[test]
fn nobody_is_younger_than_ten_or_not_born_yet() {
    for born in ["2090-01-01", "2012-05-20", "1900-01-01"] {
        let ran = assess("one.yaml", format!("crn: X1\nassessed_on: 2021-05-20\ndate_of_birth: {born}\n"));
        assert!(
            ran.stderr.contains("`date_of_birth`: the person is under 10 years old on `assessed_on`, or over 120")
                && ran.stderr.contains("[one.yaml:3:16]"),
            "{born}: {}",
            ran.stderr
        );
    }
    assert_eq!(assess("one.yaml", "crn: X1\nassessed_on: 2019-05-20\ndate_of_birth: 2009-05-20\n").code, 0);
    // Where the case does not say of which day it is, the command line does.
    let program = Program::new().file("one.yaml", "crn: X1\ndate_of_birth: 2015-05-20\n");
    let ran = program.run("assess one.yaml --on 2019-05-20 --format json");
    let said = "`date_of_birth`: the person is under 10 years old on the date of the answer, or over 120";
    assert_eq!((ran.code, ran.json()["error"]["message"].as_str()), (3, Some(said)), "{}", ran.whole());
}

#[test]
fn a_slip_in_a_register_is_not_passed_over_by_a_mapping() {
    let record = r#"{"crn":"X1","gender":"Male","registrations":[{"code":"arso","date":"2024-01-01"},{"code":"FOO1","date":"2024-01-01"}],"convictions":[],"ogrsscore":20,"rsrscore":1.0}"#;
    let program = Program::new().file("p.json", record);
    let ran = program.run("assess p.json --map tier-to-delius --on 2024-06-01 --format csv");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stdout.contains("`registrations[0].type`: not one of the words known here"), "{}", ran.stdout);
    let right = program.file("p.json", record.replace("arso", "ARSO"));
    let ran = right.run("map run tier-to-delius p.json --on 2024-06-01");
    assert!(ran.code == 0 && ran.stdout.contains("ARSO") | ran.stdout.contains("sex_offender"), "{}", ran.whole());
}

#[test]
fn a_reference_from_the_name_of_a_file_says_so() {
    let mapping = "source: { form: json, key: [ref, \"@file\"] }\nfields:\n  oasys.rosh: risk\nignore: [ref]\n";
    let program = Program::new().file("m.yaml", mapping).file("two-words.json", r#"{"risk":"high"}"#);
    let ran = program.run("assess two-words.json --map m.yaml --on 2024-06-01");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("m.yaml, line 1, which takes the name of the file"), "{}", ran.stderr);
}

#[test]
fn a_part_of_a_text_is_no_part() {
    let mapping =
        "source: { form: json, key: ref }\nfields:\n  oasys.rosh: { from: regs, latest: date, take: level }\n";
    let told = |regs: &str| {
        let record = format!("{{\"ref\":\"X1\",\"regs\":{regs}}}");
        let program = Program::new().file("m.yaml", mapping).file("p.json", record);
        program.run("assess p.json --map m.yaml --on 2024-06-01").stderr
    };
    for regs in ["\"high\"", "[\"high\"]"] {
        assert!(told(regs).contains("a text where the mapping takes a part of a group"), "{regs}: {}", told(regs));
    }
    let group = "[{\"date\":\"2024-01-01\",\"level\":\"high\"}]";
    assert!(!told(group).contains("a part of a group"), "{}", told(group));
}

#[test]
fn a_file_beside_a_source_is_named_where_it_is_wrong() {
    let mapping = "source: { form: csv, key: ref }\ntables:\n  seen: { file: seen.csv }\nfields:\n  oasys.rosh: risk\n  contacts: { each: seen, date: { from: day, date: iso } }\n";
    let program = Program::new().file("m.yaml", mapping).file("cases.csv", "ref,risk\nX1,high\n");
    let ran = program.run("assess cases.csv --map m.yaml --on 2024-06-01 --format csv");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    let row = ran.stdout.lines().nth(1).unwrap();
    assert!(row.contains("seen.csv: is not there"), "{row}");
}

/// As programs write it that end lines with `\r\n` on a system that makes `\r\n` of each `\n`.
#[test]
fn a_return_too_many_at_the_end_of_a_line_is_part_of_no_cell() {
    let table = "crn,assessed_on,oasys.rosh\r\r\nX1,2026-06-15,medium\r\r\nX2,2026-06-15,low\r\r\n";
    let ran = Program::new().file("c.csv", table).run("assess c.csv --format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 3), "{}", ran.whole());
    let ran = Program::new().file("c.csv", table.replace("low", "lwo")).run("assess c.csv --format csv --color never");
    assert!(ran.stdout.contains("c.csv:3:15: `oasys.rosh`") && ran.stderr.contains(" 3 │ "), "{}", ran.whole());
}
