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
        assert!(matches!(rows[1][1], Data::DateTime(_)), "{verb}: {:?}", rows[1]);
    }
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
    assert!(ran.stderr.contains("this verb does not write that format"), "{}", ran.stderr);
    let ran = program.run("assess a.csv --format xlsx");
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    assert!(ran.stderr.contains("say where it goes: `-o FILE.xlsx`"), "{}", ran.stderr);
}
