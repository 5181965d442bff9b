//! A book is the same book in every form, by every way in.

use super::{cases, lines};
use crate::program::Program;
use brag::case::row::Header;
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::Value;
use std::io::Write;

fn gzip(text: &str) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::default());
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap()
}

/// Two frames, as some programs write them.
fn zstd(text: &str) -> Vec<u8> {
    let (one, two) = text.as_bytes().split_at(text.len() / 2);
    [one, two].map(|part| compress_to_vec(part, CompressionLevel::Fastest)).concat()
}

fn yaml(cases: &[Value]) -> String {
    cases.iter().map(|case| ["---\n", &serde_yaml::to_string(case).unwrap()].concat()).collect()
}

fn json(cases: &[Value]) -> String {
    format!("{:#}\n", Value::from(cases.to_vec()))
}

fn csv(cases: &[Value]) -> String {
    let header = Header::all([]);
    let rows = cases.iter().map(|case| format!("{}\r\n", header.row(case).unwrap()));
    format!("\u{feff}{}\r\n{}", header.line(), rows.collect::<String>())
}

/// The answers to a book as rows, which name no file.
fn answers(program: &Program, arguments: &str) -> String {
    // A folder of one book in several forms has each case several times, which is said unless the run is quiet.
    let ran = program.run(&format!("assess {arguments} --format csv -q"));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments}");
    ran.stdout
}

#[test]
fn every_form_and_packing_gives_the_same_answers() {
    let cases = cases();
    let program = Program::new()
        .file("b.yaml", yaml(&cases))
        .file("b.json", json(&cases))
        .file("b.jsonl", lines(&cases))
        .file("b.csv", csv(&cases))
        .file("b.jsonl.gz", gzip(&lines(&cases)))
        .file("b.yaml.zst", zstd(&yaml(&cases)))
        .file("b.csv.gz", gzip(&csv(&cases)));
    let expected = answers(&program, "b.jsonl --threads 1");
    assert_eq!(expected.lines().count(), cases.len() + 1);
    for file in ["b.yaml", "b.json", "b.csv", "b.jsonl.gz", "b.yaml.zst", "b.csv.gz"] {
        for threads in [1, 2, 7] {
            assert_eq!(
                answers(&program, &format!("{file} --threads {threads}")),
                expected,
                "{file}, {threads} threads"
            );
        }
    }
    let all = answers(&program, ".");
    assert_eq!(all.lines().count(), 7 * cases.len() + 1, "a folder gives every file of it");
}

#[test]
fn standard_input_is_what_it_looks_like_or_what_it_is_said_to_be() {
    let cases = cases();
    let files = Program::new().file("b.jsonl", lines(&cases));
    let expected = answers(&files, "b.jsonl");
    for text in [yaml(&cases), json(&cases), lines(&cases), csv(&cases)] {
        assert_eq!(answers(&Program::new().input(&text), "-"), expected, "{}", &text[..60]);
    }
    for (form, text) in [("jsonl", lines(&cases)), ("csv", csv(&cases)), ("json", json(&cases)), ("yaml", yaml(&cases))]
    {
        assert_eq!(answers(&Program::new().input(&text), &format!("- --input-format {form}")), expected);
        assert_eq!(answers(&Program::new().file("b.txt", text), &format!("b.txt --input-format {form}")), expected);
    }
}

#[test]
fn one_object_on_standard_input_is_one_case_and_keeps_its_lines() {
    let ran = Program::new().input("{\"crn\": \"X1\",\n\"oasys\": {\"rosh\": \"low\"}}").run("assess - --format json");
    let answer = ran.json();
    assert_eq!((&answer["crn"], answer.get("line")), (&Value::from("X1"), None), "{}", ran.stderr);
    let reads = answer["reasons"].as_array().unwrap().iter().flat_map(|reason| reason["reads"].as_array().unwrap());
    assert!(reads.into_iter().any(|read| read["path"] == "oasys.rosh" && read["line"] == 2));
}

/// The documents of a stream, each with the line that it begins at.
fn begins(text: &str) -> Vec<(String, Option<u64>)> {
    let ran = Program::new().file("b.yaml", text).run("assess b.yaml --format jsonl --reasons none --on 2019-05-20");
    let answers = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    answers.map(|answer| (answer["crn"].as_str().unwrap_or("?").to_owned(), answer["line"].as_u64())).collect()
}

#[test]
fn documents_are_told_apart_as_yaml_does() {
    let at = |crn: &str, line| (crn.to_owned(), line);
    let two = [at("A", Some(1)), at("B", Some(3))];
    assert_eq!(begins("crn: A\n---\ncrn: B\n"), two);
    assert_eq!(begins("crn: A\n...\ncrn: B\n---\n"), two);
    assert_eq!(begins("crn: A\r\n---\r\ncrn: B\r\n"), two);
    assert_eq!(begins("--- { crn: A }\n# nothing\n--- { crn: B }\n---\n# end\n"), two);
    assert_eq!(
        begins("# a book\n%YAML 1.2\n---\ncrn: A\n...\n---\n\n\n---\ncrn: B"),
        [at("A", Some(1)), at("B", Some(10))]
    );
    // The mark ends a text block, wherever it stands; a longer line of dashes is none.
    assert_eq!(begins("crn: |\n  A\n---\ncrn: B\n"), [at("?", None), at("B", Some(4))]);
    assert_eq!(begins("crn: A\noverride: { tier: Red, reason: '\n ---- ' }\n---\ncrn: B\n").len(), 2);
    // One document is a case as ever, whatever stands around it.
    assert_eq!(begins("# one\n---\ncrn: A\n...\n# end\n---\n"), [at("A", None)]);
}

#[test]
fn the_digest_is_over_what_the_case_says() {
    let digest = |answer: &Value| answer["case_digest"].as_str().unwrap().to_owned();
    let cases = cases();
    let reordered = |case: &Value| {
        let fields = case.as_object().unwrap().iter().rev();
        Value::Object(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
    };
    let turned: Vec<Value> = cases.iter().map(reordered).collect();
    let documents: Vec<String> = cases.iter().map(|case| serde_yaml::to_string(case).unwrap()).collect();
    let program = Program::new()
        .file("book.jsonl", lines(&cases))
        .file("turned.jsonl", lines(&turned))
        .file("book.csv", csv(&cases))
        .file(
            "book.yaml",
            documents.join(
                "---
",
            ),
        );
    let digests = |book: &str| -> Vec<String> {
        let answers = program.run(&format!("assess {book} --on 2019-05-20 --format json")).json();
        answers.as_array().unwrap().iter().map(digest).collect()
    };
    let all = digests("book.jsonl");
    for book in ["turned.jsonl", "book.csv", "book.yaml"] {
        assert_eq!(digests(book), all, "{book}");
    }
    // What is not the same is told apart: every case by one fact more or less, and an empty group is none.
    let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    let of = |text: &str| brag::CaseFile::parse(text).unwrap().case.digest();
    assert_eq!(of("crn: X320741\noasys: {}\ncontacts: []\n"), of("{ crn: X320741 }"));
    assert_eq!(of("crn: X320741\noasys: { rsr: 1.40 }\n"), of("crn: X320741\noasys: { rsr: 1.4 }\n"));
    assert_eq!(of("crn: X320741\nexpect: { tier: Red }\n"), of("crn: X320741\n"));
    assert_ne!(of("crn: X320741\niom: false\n"), of("crn: X320741\niom: true\n"));
    assert_ne!(of("crn: X320741\nlocal: { a: 1 }\n"), of("crn: X320741\nlocal: { a: 2 }\n"));
    // Eight letters are as many bytes as a number.
    let number = i64::from_be_bytes(*b"lettersx");
    assert_ne!(
        of(&format!("crn: X320741\nlocal: {{ a: {number}, b: true }}\n")),
        of("crn: X320741\nlocal: { anlettersxb: true }\n")
    );
    assert_ne!(of("crn: X320741\noasys: { ogrs3: 5 }\n"), of("crn: X320741\noasys: { ogp: 5 }\n"));
    let registered = |entries: &str| of(&format!("crn: X320741\nregistrations: [{entries}]\n"));
    let dated = [
        "stalking",
        "{ type: stalking, date: 2019-01-07 }",
        "{ type: stalking, to: 2019-01-07 }",
        "{ type: stalking, date: 2018-01-07, to: 2019-01-07 }",
        "{ type: stalking, date: 2019-01-07 }, stalking",
        "stalking, { type: stalking, date: 2019-01-07 }",
    ];
    assert_eq!(dated.map(registered).into_iter().collect::<std::collections::BTreeSet<_>>().len(), dated.len());
    assert_eq!(registered("{ type: stalking }"), registered("stalking"));
}

#[test]
fn other_verbs_read_a_book_too() {
    let cases = cases();
    let program = Program::new().file("b.jsonl", lines(&cases)).file("b.csv", csv(&cases));
    for verb in ["due", "caseload"] {
        let json = |file: &str| program.run(&format!("{verb} {file} --on 2019-05-20 --format json")).stdout;
        assert_eq!(json("b.jsonl"), json("b.csv"), "{verb}");
    }
    let ran = program.run("due b.jsonl --on 2019-05-20 --format csv -o due.csv");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let written = std::fs::read_to_string(program.folder().join("due.csv")).unwrap();
    assert_eq!(written, program.run("due b.csv --on 2019-05-20 --format csv --threads 3").stdout);
}

#[test]
fn a_table_of_nothing_but_its_header_holds_no_case() {
    let program = Program::new().file("b.csv", "crn\n").file("b.jsonl", "\n").file("b.json", "[]");
    for file in ["b.csv", "b.jsonl", "b.json"] {
        let ran = program.run(&format!("assess {file} --format json"));
        assert_eq!((ran.code, ran.stdout.as_str()), (3, "[]\n"), "{file}: {}", ran.stderr);
        assert_eq!(ran.stderr, format!("  × {file}: no case in it\n"));
    }
}

#[test]
fn the_header_of_a_table_is_shown() {
    let program = Program::new();
    let line = program.run("show inputs --format csv").stdout;
    let header = Header::parse(line.trim_end()).unwrap();
    assert_eq!(header.line(), line.trim_end());
    // Every input that a case gives has a column; what is reckoned from others has none.
    let inputs = program.run("show inputs --format json").json();
    for input in inputs.as_array().unwrap() {
        let given = !matches!(input["from"].as_str(), Some("derived" | "the tier policy that it runs with"));
        let path = input["path"].as_str().unwrap();
        assert_eq!(header.paths().any(|column| column == path), given, "{path}");
    }
}
