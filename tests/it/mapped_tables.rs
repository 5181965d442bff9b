//! Tables of a service's own as they are: names over several lines, rows that are broken, and references in another case.

use crate::{
    program::{Program, snapshot},
    sheets::made::{Sheet, text, workbook},
};
use brag::{
    case::document,
    caseload::{chunk::Broken, joined::Joined, lines::buffered, stream::Form},
    mapping::Mapping,
};
use std::{fmt::Write, io::Cursor};

#[test]
fn a_name_of_a_column_may_have_a_line_break() {
    for name in ["\"Ro\\nSH\"", "Ro SH"] {
        let mapping = format!(
            "source: {{ form: csv, key: CRN }}\nfields:\n  oasys.rosh: {{ from: {name}, words: {{ low: [Low] }} }}\n  sex: Gender\n"
        );
        let table = "A title, with 6\" pipes\n\nCRN,\"Ro\nSH\",Gender\nX1,Low,Male\nX2,Odd,male\n";
        let ran =
            Program::new().file("m.yaml", mapping).file("c.csv", table).run("map run m.yaml c.csv --format jsonl");
        assert_eq!(ran.stdout, "", "{name}");
        assert!(ran.stderr.contains("c.csv:5:"), "{}", ran.stderr);
    }
    let draft = Program::new().file("c.csv", "CRN,\"Ro\nSH\",Gender\nX1,Low,Male\n").run("map new c.csv");
    assert!(draft.code == 0 && draft.stdout.contains("#   - Ro SH\n"), "{}", draft.whole());
}

const JOINS: &str = "source: { form: csv, key: CRN }\ntables: { visits: {} }\nfields:\n  contacts: { each: visits, date: { from: On, date: iso }, mode: { value: office } }\n";

/// What is wrong with a row is wrong with its case; the others have their answers.
#[test]
fn a_broken_row_of_a_joined_table_is_one_of_its_case() {
    let mut said = String::new();
    for (title, row) in [
        ("a row with a cell too many", &b"X1,2026-05-01,extra\n"[..]),
        ("a row of no case with a cell too many", b"X9,2026-05-01,extra\n"),
        ("a row of totals", b",Total: 2\n"),
        ("a quote that is never closed", b"X1,\"2026-05-01\n"),
        ("a byte that is no text", b"X1,2026-05-0\xff\n"),
    ] {
        let visits = [b"CRN,On\nX1,2026-05-04\nX2,2026-05-05\n", row].concat();
        let program = Program::new().file("m.yaml", JOINS).file("c.csv", "CRN\nX1\nX2\n").file("visits.csv", &visits);
        writeln!(said, "==== {title}\n{}", program.run("map run m.yaml c.csv --format jsonl").whole()).unwrap();
        let grouped = "source: { form: csv, key: CRN, group: true }\nfields:\n  contacts: { each: rows, date: { from: On, date: iso } }\n";
        let ran =
            Program::new().file("m.yaml", grouped).file("v.csv", &visits).run("map run m.yaml v.csv --format jsonl");
        writeln!(said, "---- grouped\n{}", ran.whole()).unwrap();
    }
    snapshot("mapping-broken-rows", &said);
}

#[test]
fn a_reference_is_joined_in_whatever_case_it_is_written() {
    let program =
        Program::new().file("m.yaml", JOINS).file("c.csv", "CRN\nX1\n").file("visits.csv", "CRN,On\nx1,2026-05-04\n");
    let ran = program.run("map run m.yaml c.csv --format jsonl");
    assert_eq!(
        ran.whole(),
        "exit code 0\n---- stdout ----\n{\"crn\":\"X1\",\"contacts\":[{\"date\":\"2026-05-04\",\"mode\":\"office\"}]}\n"
    );
    let grouped = "source: { form: csv, key: CRN, group: true }\nfields:\n  contacts: { each: rows, date: { from: On, date: iso } }\n";
    let program = Program::new().file("m.yaml", grouped).file("v.csv", "CRN,On\nX1,2026-05-04\nx1,2026-05-05\n");
    let ran = program.run("map run m.yaml v.csv --format jsonl");
    assert_eq!(ran.stdout, "{\"crn\":\"X1\",\"contacts\":[{\"date\":\"2026-05-04\"},{\"date\":\"2026-05-05\"}]}\n");
}

/// Rows that no case takes are counted for programs, too.
#[test]
fn a_dry_run_counts_rows_of_no_case() {
    let program =
        Program::new().file("m.yaml", JOINS).file("c.csv", "CRN\nX1\n").file("visits.csv", "CRN,On\nX7,2026-05-04\n");
    let json = program.run("map check m.yaml c.csv --format json").json();
    assert_eq!(json["of_no_case"], serde_json::json!({ "visits.csv": 1 }));
}

#[test]
fn a_row_of_totals_is_told() {
    let mapping = "source: { form: csv, key: CRN }\nfields: { sex: Gender }\n";
    let program = Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Gender\nX1,male\nTotal,\n");
    let ran = program.run("assess c.csv --map m.yaml --on 2026-06-15 --format csv");
    assert_eq!(ran.stderr, "1 row has a reference without a digit, first c.csv:3: one of totals is no case\n");
}

/// A line that is broken is named where it is, with the reference that it still says.
#[test]
fn a_broken_line_of_a_mapped_payload_is_named_where_it_is() {
    let mapping = "source: { form: jsonl, key: probNumber }\nfields:\n  sex: { from: sex, words: { male: [Male] } }\n";
    let lines = "{\"probNumber\":\"X1\"}\n{\"probNumber\":\"X2\",\"sex\":\"ma\n{\"probNumber\":\"X3\"}\n";
    let program = Program::new().file("m.yaml", mapping).file("p.jsonl", lines);
    let ran = program.run("assess p.jsonl --map m.yaml --on 2019-05-20 --format csv");
    let broken = ran.stdout.lines().nth(2).unwrap();
    assert!(broken.starts_with("X2,") && broken.contains("p.jsonl:2:"), "{}", ran.stdout);
}

/// What a mapping says of the form of a table is named where the table is another.
#[test]
fn a_table_that_is_not_as_the_mapping_says() {
    let mapping = "source: { form: csv, key: CRN, title_lines: 2, delimiter: semicolon, encoding: windows-1252 }\nfields: { sex: Gender }\n";
    let rows = || vec![(1, vec![text("CRN"), text("Gender")]), (2, vec![text("X1"), text("male")])];
    let sheet = |name: &'static str| -> Sheet<'static> { (name, rows()) };
    let program = Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Gender\nX1,male\nX2,male\n");
    let program =
        program.file("one.xlsx", workbook(&[sheet("A")], &[])).file("n.yaml", mapping.replace("title_lines: 2, ", ""));
    let program = program.file("two.xlsx", workbook(&[sheet("A"), sheet("B")], &[]));
    let mut said = String::new();
    for command in ["m.yaml c.csv", "m.yaml one.xlsx", "n.yaml two.xlsx", "n.yaml one.xlsx"] {
        writeln!(said, "$ map run {command}\n{}", program.run(&format!("map run {command}")).whole()).unwrap();
    }
    snapshot("mapping-other-table", &said);
}

/// How the cases are written goes for the tables beside them, of which the mapping says nothing.
#[test]
fn what_is_said_of_bytes_goes_for_joined_tables_too() {
    let mapping = JOINS.replace("mode: { value: office }", "mode: { from: How, words: { office: [Caf\u{e9}] } }");
    let program = Program::new().file("m.yaml", mapping).file("c.csv", "CRN\nX1\n");
    let program = program.file("visits.csv", b"CRN,On,How\nX1,2026-05-01,Caf\xe9\n");
    let run = |more: &str| program.run(&format!("map run m.yaml c.csv --format jsonl {more}"));
    assert_eq!(run("").code, 3);
    let ran = run("--encoding windows-1252");
    assert!(ran.code == 0 && ran.stdout.contains("\"mode\":\"office\""), "{}", ran.whole());
}

#[test]
fn a_file_for_a_table_is_given_once() {
    let program = Program::new().file("m.yaml", JOINS).file("c.csv", "CRN\nX1\n").file("v.csv", "CRN,On\n");
    let ran = program.run("map run m.yaml c.csv --table visits=v.csv --table visits=w.csv");
    assert!(ran.code == 3 && ran.stderr.contains("--table visits: is given twice"), "{}", ran.whole());
}

/// What is held in memory has a bound, and so has what is made a tree of.
#[test]
fn a_joined_table_takes_so_much_memory_and_no_more() {
    let (mapping, _) = Mapping::read("m.yaml", &document::parse(JOINS).unwrap());
    let [table] = mapping.tables.as_slice() else { panic!("one table") };
    let read = |rows: String, room: usize| {
        let stream = buffered(Box::new(Cursor::new(rows)));
        let form = (Some(table), &table.form.table);
        match Joined::read("visits.csv", &mapping, form, stream, Form::Csv, (false, false), room) {
            Ok(table) => format!("{} rows", table.left()),
            Err(Broken::Wrong(fault)) => format!("{fault}\n{}", fault.help().unwrap_or_default()),
            Err(_) => "unreadable".to_owned(),
        }
    };
    let rows = |row: &str| format!("CRN,On\n{}", row.repeat(1_000));
    let refused = "its rows would take more than 768 MB of memory, with the tables before it\n\
        divide the cases, by office or by team, and run each part with the rows that are its own";
    // Of one case, wrong ones, and of no case.
    for row in ["X1,2026-05-01\n", "X1,2026-05-01,extra\n", ",2026-05-01\n"] {
        assert_eq!(read(rows(row), 50_000), refused, "{row}");
    }
    assert_eq!(read(rows("X1,2026-05-01\n"), 150_000), "1000 rows");

    let program = Program::new().file("m.yaml", JOINS).file("c.csv", "CRN\nX1\nX2\n");
    let visits = format!("CRN,On\nX2,2026-05-02\n{}", "X1,2026-05-01\n".repeat(50_001));
    let ran = program.file("visits.csv", visits).run("map run m.yaml c.csv --format jsonl");
    assert_eq!(ran.stdout, "{\"crn\":\"X2\",\"contacts\":[{\"date\":\"2026-05-02\",\"mode\":\"office\"}]}\n");
    insta::assert_snapshot!(ran.stderr, @"
      × visits.csv:50003:1: more than 50000 rows have the reference of one case, and this is the first
      │ too many
      help: give each row the reference of its own case, or take out what is too old to count
    ");
}
