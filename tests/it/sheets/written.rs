//! Workbooks that are written: opened again, they say what the table says; the same answers give the same bytes.

use crate::program::Program;
use calamine::{Data, Reader, Xlsx};
use std::{fs, io::Cursor};

fn rows(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn answers_and_what_is_owed_as_a_workbook() {
    let book =
        "crn,assessed_on,oasys.rosh,supervision.office\nF1,2026-06-15,high,=1+1\nF2,2026-06-15,low,North\nF3,x,,\n";
    for verb in ["assess", "due"] {
        let program = Program::new().file("a.csv", book.replace("=1+1", "(1)"));
        let write = |file: &str| {
            let ran = program.run(&format!("{verb} a.csv -o {file} --on 2026-06-15"));
            assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
            fs::read(program.folder().join(file)).unwrap()
        };
        let (one, two, table) = (write("a.xlsx"), write("b.xlsx"), write("a_table.csv"));
        assert_eq!(one, two, "{verb}: the same bytes");
        let rows = rows(&one);
        let table = String::from_utf8(table).unwrap();
        let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        assert_eq!(rows[0].iter().map(ToString::to_string).collect::<Vec<_>>(), head, "{verb}");
        assert_eq!(rows.len(), table.lines().count(), "{verb}");
        // Every cell says what the table says there; a date is one.
        let mut records = csv::Reader::from_reader(table.as_bytes());
        for (row, record) in rows.iter().skip(1).zip(records.records()) {
            for (index, (cell, said)) in row.iter().zip(record.unwrap().iter()).enumerate() {
                let shown = match cell {
                    Data::DateTime(day) => {
                        let (year, month, day, ..) = day.to_ymd_hms_milli();
                        format!("{year:04}-{month:02}-{day:02}")
                    }
                    cell => cell.to_string(),
                };
                assert_eq!(shown.to_lowercase(), said.to_lowercase(), "{verb}: {}", head[index]);
            }
        }
        assert!(matches!(rows[1][1], Data::DateTime(_)), "{verb}: {:?}", rows[1]);
    }
}

/// A sheet a table, with the numbers that the other formats have.
#[test]
fn a_comparison_and_what_changed_as_workbooks() {
    let book = crate::compare::book(120);
    let program = Program::new().file("a.jsonl", &book).file("b.jsonl", book.replace("2019-05-20", "2019-06-03"));
    let run = |line: &str| {
        let ran = program.run(line);
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.whole());
    };
    let sheets = |file: &str| -> std::collections::BTreeMap<String, Vec<Vec<String>>> {
        let bytes = fs::read(program.folder().join(file)).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let rows = |range: calamine::Range<Data>| {
            range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect::<Vec<Vec<String>>>()
        };
        book.worksheets().into_iter().map(|(name, range)| (name, rows(range))).collect()
    };
    let compare = "compare bgsw bgsw --set uplift_needs=4 a.jsonl";
    run(&format!("{compare} -o c.xlsx"));
    run(&format!("{compare} -o d.xlsx"));
    let bytes = |file: &str| fs::read(program.folder().join(file)).unwrap();
    assert_eq!(bytes("c.xlsx"), bytes("d.xlsx"));
    let json = program.run(&format!("{compare} --format json")).json();
    let all = sheets("c.xlsx");
    assert_eq!(all.keys().collect::<Vec<_>>(), ["Also", "Load", "Moved", "Tiers", "What differs", "Why"]);
    let moves = json["moves"].as_array().unwrap();
    assert!(moves.len() > 2 && all["Moved"].len() == moves.len() + 1, "{:?}", all["Moved"]);
    assert_eq!(all["Moved"][1][0], moves[0]["crn"].as_str().unwrap());
    let tiers = &all["Tiers"];
    for cell in json["matrix"].as_array().unwrap() {
        let (row, column) = (
            tiers.iter().find(|row| row[0] == *cell["old"].as_str().unwrap()).unwrap(),
            tiers[0].iter().position(|name| name == cell["new"].as_str().unwrap()).unwrap(),
        );
        assert_eq!(row[column], cell["cases"].to_string());
    }
    assert!(all["What differs"][1][2].starts_with("5 to 4 needs"), "{:?}", all["What differs"]);
    let officers = json["loads"].as_array().unwrap().iter().filter(|load| load["before"] != load["after"]).count();
    assert_eq!(all["Load"].len(), officers + 1, "the head, and all cases among those that change");
    run("diff a.jsonl b.jsonl -o e.xlsx");
    let rows = program.run("diff a.jsonl b.jsonl --format csv").stdout;
    let all = sheets("e.xlsx");
    assert!(rows.lines().count() > 10 && all["Changes"].len() == rows.lines().count(), "{rows}");
    assert_eq!(all["Totals"].last().unwrap()[0], "all");
    assert_eq!(program.run("compare bgsw bgsw --format xlsx").code, 3, "a workbook is no text");
}

#[test]
fn the_ending_chooses_the_format() {
    let program = Program::new().file("a.csv", "crn,assessed_on\nF1,2026-06-15\n");
    for (file, begins) in
        [("b.csv", "crn,on,"), ("b.json", "[\n"), ("b.jsonl", "{\"crn\""), ("b.md", "## "), ("b.txt", "F1")]
    {
        let ran = program.run(&format!("assess a.csv -o {file}"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let text = fs::read_to_string(program.folder().join(file)).unwrap();
        assert!(text.starts_with(begins), "{file}: {text}");
    }
    let ran = program.run("assess a.csv -o b.ics");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("its ending names a format that this verb does not write"), "{}", ran.stderr);
    for (file, begins) in [("c.ndjson", "{\"crn\""), ("c.markdown", "## "), ("c", "F1")] {
        assert_eq!(program.run(&format!("assess a.csv -o {file}")).code, 0, "{file}");
        assert!(fs::read_to_string(program.folder().join(file)).unwrap().starts_with(begins), "{file}");
    }
    for (file, begins) in [("d.csv", "crn,"), ("d.json", "{"), ("d.html", "<!"), ("d.md", "#")] {
        assert_eq!(program.run(&format!("compare bgsw bgsw a.csv -o {file}")).code, 0, "{file}");
        let text = fs::read_to_string(program.folder().join(file)).unwrap();
        assert!(text.to_lowercase().starts_with(begins), "{file}: {text}");
    }
    for (file, begins) in [("e.csv", "crn,"), ("e.json", "{"), ("e.md", "#")] {
        assert_eq!(program.run(&format!("diff a.csv a.csv -o {file}")).code, 0, "{file}");
        let text = fs::read_to_string(program.folder().join(file)).unwrap();
        assert!(text.starts_with(begins), "{file}: {text}");
    }
    let ran = program.run("compare bgsw bgsw a.csv -o d.foo.gz");
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert_eq!(
        ran.stderr,
        "  \u{d7} d.foo.gz: its ending names no format\n  help: this verb writes .txt, .json, .csv, .xlsx, .md, .html; or say `--format`\n"
    );
    assert!(!program.folder().join("d.foo.gz").exists());
    let ran = program.run("assess a.csv --format xlsx");
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert!(ran.stderr.contains("say where it goes: `-o FILE.xlsx`"), "{}", ran.stderr);
}
