//! `brag diff`: what changed between two books, or between two outputs of `brag assess`.

use crate::{
    answer_schema::fits,
    program::{Program, Ran, snapshot},
};
use brag::report::schema_of::SchemaOf;
use serde_json::Value;
use std::{collections::BTreeMap, fs};

const CASE: &str = r#"{"crn":"CRN","assessed_on":"2019-05-13","sentence":{"starts_on":"2019-01-07"},"oasys":{"rosh":"medium","ogrs3":20,"ogp":20,"ovp":20,"rsr":1},"supervision":{"office":"Bath","officer":{"id":"PO1"}},"ratings":[{"date":"2019-04-15","tier":"Amber","trigger":"initial"}],"contacts":[{"date":"2019-05-01","mode":"office","with":"case_manager","outcome":"attended"}]}"#;

/// A case of the earlier book, with what is otherwise in it.
fn case(crn: &str, changes: &[(&str, &str)]) -> String {
    let text = CASE.replace("CRN", crn);
    changes.iter().fold(text, |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    }) + "\n"
}

/// Two books a week apart, with a change of each kind.
fn books() -> Program {
    let today = ("2019-05-13", "2019-05-20");
    let seen = ("2019-05-01", "2019-05-16");
    let long_ago = ("2019-05-01", "2019-03-01");
    let before = [
        case("A1", &[]),
        case("A2", &[]),
        case("A3", &[long_ago]),
        case("A4", &[]),
        case("A5", &[]),
        case("A6", &[]),
        case("A7", &[("\"ogrs3\":20", "\"ogrs3\":95")]),
        case("A8", &[]),
        case("A8", &[("\"ogrs3\":20", "\"ogrs3\":95")]),
        "{\"crn\":\"B1\",\"assessed_on\":\"2019-05-13\",\"sexx\":1}\n".to_owned(),
        case("B2", &[("\"starts_on\":\"2019-01-07\"", "\"starts_on\":\"2019-01-07\",\"ends_on\":\"2019-05-15\"")]),
        case("B3", &[long_ago]),
    ];
    let after = [
        case("B4", &[today, seen]),
        case("A1", &[today, seen]),
        case("A2", &[today, seen, ("\"ogrs3\":20", "\"ogrs3\":95")]),
        case("A3", &[today, ("2019-05-01", "2019-05-16")]),
        case("A4", &[today, ("2019-05-01", "2019-03-01")]),
        case("A5", &[today, seen, ("PO1", "PO2")]),
        case(
            "A6",
            &[
                today,
                seen,
                (
                    "\"trigger\":\"initial\"}",
                    "\"trigger\":\"initial\"},{\"date\":\"2019-05-17\",\"tier\":\"Red\",\"trigger\":\"six_weekly\"}",
                ),
            ],
        ),
        case("A7", &[today, seen]),
        "{\"crn\":\"A8\",\"assessed_on\":\"2019-05-20\",\"sexx\":1}\n".to_owned(),
        case("B1", &[today, seen]),
        case(
            "B2",
            &[today, ("\"starts_on\":\"2019-01-07\"", "\"starts_on\":\"2019-01-07\",\"ends_on\":\"2019-05-15\"")],
        ),
        case("B3", &[today, long_ago]),
        case("B4", &[today, seen]),
    ];
    Program::new().file("before.jsonl", before.concat()).file("after.jsonl", after.concat())
}

fn rows(ran: &Ran) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(ran.stdout.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn each_change_is_a_row() {
    let program = books();
    let ran = program.run("diff before.jsonl after.jsonl --format csv");
    assert_eq!(ran.code, 3, "a case cannot be read: {}", ran.whole());
    snapshot("diff-csv", &ran.stdout);
    snapshot("diff-text", &program.run("diff before.jsonl after.jsonl -q").whole());
    snapshot("diff-md", &program.run("diff before.jsonl after.jsonl --format md -q").stdout);
}

#[test]
fn every_format_says_the_same_and_json_is_as_its_schema_says() {
    let program = books();
    let json = program.run("diff before.jsonl after.jsonl --format json").json();
    fits(SchemaOf::BookDiff, &json);
    let rows = rows(&program.run("diff before.jsonl after.jsonl --format csv"));
    let changes = json["changes"].as_array().unwrap();
    assert_eq!(rows.len(), changes.len());
    for (row, change) in rows.iter().zip(changes) {
        for name in ["crn", "officer", "office", "change", "tier", "before", "after", "date", "why"] {
            assert_eq!(row[name], change[name].as_str().unwrap_or_default(), "{name} of {change}");
        }
    }
    // The totals of the officers add up to those of all, and to the rows.
    for (word, total) in json["totals"].as_object().unwrap() {
        let officers = json["officers"].as_array().unwrap().iter();
        assert_eq!(
            officers.map(|one| one["totals"][word].as_u64().unwrap()).sum::<u64>(),
            total.as_u64().unwrap(),
            "{word}"
        );
        let kind = if ["taken_over", "handed_over"].contains(&word.as_str()) { "officer_changed" } else { word };
        assert_eq!(rows.iter().filter(|row| row["change"] == kind).count() as u64, total.as_u64().unwrap(), "{word}");
    }
    assert_eq!(json["before"]["twice"], serde_json::json!(["A8"]));
    assert_eq!(json["after"]["twice"], serde_json::json!(["B4"]));
    // The order of the cases in their books changes nothing.
    let turned = |name: &str| {
        let text = fs::read_to_string(program.folder().join(name)).unwrap();
        text.lines().rev().filter(|line| !line.contains("\"A8\"")).map(|line| format!("{line}\n")).collect::<String>()
    };
    let straight = |name: &str| turned(name).lines().rev().map(|line| format!("{line}\n")).collect::<String>();
    let (before, after) = (straight("before.jsonl"), straight("after.jsonl"));
    let (fore, aft) = (turned("before.jsonl"), turned("after.jsonl"));
    let other = Program::new().file("a", before).file("b", after).file("c", fore).file("d", aft);
    let run = |line: &str| other.run(&format!("diff {line} --input-format jsonl --format csv")).stdout;
    let lines = |text: &str| text.replace("c:", "a:").lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&run("a b")), lines(&run("c d")));
}

#[test]
fn the_page_stands_alone_and_has_every_change() {
    let program = books();
    let ran = program.run("diff before.jsonl after.jsonl --format html -q");
    let page = &ran.stdout;
    let all = crate::compare_html::elements(page);
    assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"), "{page}");
    assert!(page.contains("default-src 'none'"), "{page}");
    let json = program.run("diff before.jsonl after.jsonl --format json -q").json();
    let changes = json["changes"].as_array().unwrap();
    let officers = json["officers"].as_array().unwrap();
    // A row a change, and one an officer; all of them, with the heads of the tables.
    assert_eq!(all.iter().filter(|tag| *tag == "tr").count(), changes.len() + 2 * officers.len() + 2);
    assert_eq!(all.iter().filter(|tag| *tag == "details").count(), officers.len());
    assert!(page.contains("contact overdue since") && page.contains("<h2>In all</h2>"), "{page}");
    let one = case("<b>X", &[]);
    let program = Program::new().file("a.jsonl", case("A1", &[])).file("b.jsonl", one);
    let page = program.run("diff a.jsonl b.jsonl --format html").stdout;
    assert!(!page.contains("<b>"), "{page}");
}

#[test]
fn nothing_changed_between_a_book_and_itself() {
    let program = books();
    let ran = program.run("diff after.jsonl after.jsonl --format csv");
    // What has no answer is told of, however long it has had none.
    let kinds: Vec<String> = rows(&ran).into_iter().map(|row| row["change"].clone()).collect();
    assert_eq!(kinds, ["no_answer"]);
}

#[test]
fn two_outputs_are_compared_by_what_they_say_in_any_format() {
    let program = books();
    let written = |book: &str, on: &str, format: &str, more: &str| {
        program.run(&format!("assess {book}.jsonl --on {on} --format {format} -o {book}.{format}.out {more}"));
    };
    let mut all = Vec::new();
    for (format, more) in [("json", ""), ("jsonl", ""), ("csv", ""), ("jsonl", "--reasons none")] {
        written("before", "2019-05-13", format, more);
        written("after", "2019-05-20", format, more);
        let ran = program.run(&format!("diff before.{format}.out after.{format}.out --format csv"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{format}");
        // Each format says in its own words why a case has no answer.
        let steady = rows(&ran).into_iter().map(|mut row| {
            // A row of a table does not say whose a case is.
            drop(["why", "officer", "office"].map(|column| row.remove(column)));
            row
        });
        let mut steady: Vec<_> = steady.filter(|row| row["change"] != "officer_changed").collect();
        steady.sort();
        all.push(steady);
    }
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:#?}");
    let kinds: Vec<(&str, &str)> = all[0].iter().map(|row| (row["crn"].as_str(), row["change"].as_str())).collect();
    for wanted in [("B4", "new"), ("A2", "tier_up"), ("A7", "tier_down"), ("A8", "no_answer"), ("B1", "answered")] {
        assert!(kinds.contains(&wanted), "{wanted:?} in {kinds:?}");
    }
    let ran = program.run("diff before.jsonl.out after.jsonl");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × before.jsonl.out: is an output of `brag assess`, and the other one is none that is read
      help: two books of cases are compared, or two outputs of `brag assess` as json, jsonl or csv
    ");
    let ran = program
        .file("bad.out", "{\"case_digest\":\"x\",\"assessed_on\":\"2019-05-20\"}\n{\"case_digest\":\n")
        .run("diff bad.out bad.out");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × bad.out: line 2 is no answer of `brag assess`
      help: write it anew: --format json, jsonl or csv; a decision log is for `brag replay`
    ");
}

#[test]
fn the_date_of_each_book_is_its_own() {
    let undated =
        |text: &str| text.replace("\"assessed_on\":\"2019-05-13\",", "").replace("\"assessed_on\":\"2019-05-20\",", "");
    let read = |program: &Program, name: &str| fs::read_to_string(program.folder().join(name)).unwrap();
    let dated = books();
    let (before, after) = (undated(&read(&dated, "before.jsonl")), undated(&read(&dated, "after.jsonl")));
    let program = Program::new().file("before.jsonl", before).file("after.jsonl", after);
    let ran = program.run("diff before.jsonl after.jsonl --on 2019-05-20 --format csv");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × before.jsonl: does not say of which date it is: a case has no `assessed_on`
      help: say the date of the earlier book: --before YYYY-MM-DD
    ");
    let ran = program.run("diff before.jsonl after.jsonl --on 2019-05-20 --before 2019-05-13 --format csv");
    let of_dated = dated.run("diff before.jsonl after.jsonl --format csv").stdout;
    assert_eq!(ran.stdout, of_dated.replace("after.jsonl:9:40", "after.jsonl:9:13"));
    // `--on` is the date of the later book alone.
    let ran = dated.run("diff before.jsonl after.jsonl --on 2019-05-27 --format json").json();
    assert_eq!((ran["before"]["on"].as_str(), ran["after"]["on"].as_str()), (Some("2019-05-13"), Some("2019-05-27")));
    let ran = dated.run("diff after.jsonl before.jsonl --format json");
    assert!(
        ran.stderr.ends_with("the earlier book is of 2019-05-20, after the later one, of 2019-05-13\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn what_is_not_written_over_and_what_is_needed() {
    let program = books();
    assert_eq!(program.run("diff before.jsonl").code, 2);
    assert_eq!(program.run("diff before.jsonl after.jsonl after.jsonl").code, 2);
    let ran = program.run("diff before.jsonl after.jsonl -o after.jsonl");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("is an input of this run"), "{}", ran.stderr);
    // What is not there is no empty book: nobody is closed by a slip in a name.
    for books in ["before.jsonl none.jsonl", "none.jsonl after.jsonl"] {
        let ran = program.run(&format!("diff {books} -o out.csv"));
        assert_eq!((ran.code, ran.stdout.as_str(), program.folder().join("out.csv").exists()), (3, "", false));
        assert!(ran.stderr.contains("none.jsonl"), "{}", ran.stderr);
    }
    let law = program.run("diff before.jsonl after.jsonl --law 2018-01-01 --format json").json();
    assert_eq!(law["policy"]["law"], Value::from("2018-01-01"));
}

/// Two outputs tell what became of people only as far as they were made alike, and say the same of them.
#[test]
fn two_outputs_that_were_made_otherwise_are_told() {
    let program = Program::new().file("a.jsonl", case("A1", &[]) + &*case("A2", &[]));
    for (name, options) in
        [("a.json", ""), ("b.json", "--set uplift_needs=2"), ("c.json", "--policy hmpps-tier-v2"), ("d.csv", "")]
    {
        let ran = program.run(&format!("assess a.jsonl -q -o {name} {options}"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let told = |later: &str| program.run(&format!("diff a.json {later}")).stdout;
    assert!(!told("a.json").contains("made alike"), "{}", told("a.json"));
    assert!(
        told("b.json").contains("They were not made alike") && told("b.json").contains("a trial with uplift_needs"),
        "{}",
        told("b.json")
    );
    assert!(told("c.json").contains("hmpps-tier-v2 ("), "{}", told("c.json"));
    let unnamed = told("d.csv").split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "It is not told whether they were made alike; if not, some changes are none of a case: the earlier one by bgsw (";
    assert!(
        unnamed.contains(said) && unnamed.contains("the later one by a policy that it does not name, on no trial."),
        "{unnamed}"
    );
    let json = program.run("diff a.json b.json --format json").json();
    assert_eq!(json["after"]["made_by"].as_array().unwrap().len(), 1, "{json}");
    // A table has no column for the officer, which nobody lost.
    let csv = program.run("diff a.json d.csv --format csv").stdout;
    assert!(!csv.contains("officer_changed"), "{csv}");
}

/// A book whose cases are each on their own date has no date of its own.
#[test]
fn books_of_several_dates_say_so() {
    let other = ("\"assessed_on\":\"2019-05-13\"", "\"assessed_on\":\"2019-06-10\"");
    let book = case("A1", &[]) + &*case("A2", &[other]);
    let program = Program::new().file("a.jsonl", &book).file("b.jsonl", book.replace("2019-05-01", "2019-04-30"));
    let ran = program.run("diff a.jsonl b.jsonl");
    insta::assert_snapshot!(ran.stdout, @"
    What changed from a.jsonl to b.jsonl
    2 cases before, 2 after: 0 changes.

    In a.jsonl, each on its own date from 13 May 2019 to 10 June 2019.

    In b.jsonl, each on its own date from 13 May 2019 to 10 June 2019.
    ");
    let json = program.run("diff a.jsonl b.jsonl --before 2019-05-13 --format json").json();
    let dates =
        |side: &str| [&json[side]["dates"]["first"], &json[side]["dates"]["last"], &json[side]["on"]].map(Value::clone);
    assert_eq!(dates("before"), ["2019-05-13"; 3].map(Value::from));
    assert_eq!(dates("after"), ["2019-05-13", "2019-06-10", "2019-06-10"].map(Value::from));
}

/// Outputs in a form that cannot be compared, or of another verb, are no books of cases.
#[test]
fn what_is_compared_is_said() {
    let program = Program::new().file("a.jsonl", case("A1", &[]));
    for line in
        ["assess a.jsonl -o a.json", "assess a.jsonl -o a.yaml", "assess a.jsonl -o a.xlsx", "due a.jsonl -o d.json"]
    {
        assert_eq!(program.run(line).code, 0, "{line}");
    }
    let told = |books: &str| {
        let ran = program.run(&format!("diff {books}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{books}");
        ran.stderr
    };
    insta::assert_snapshot!(told("a.json a.yaml"), @"
      × a.json: is an output of `brag assess`, and the other one is none that is read
      help: two books of cases are compared, or two outputs of `brag assess` as json, jsonl or csv
    ");
    insta::assert_snapshot!(told("a.xlsx a.xlsx"), @"
      × a.xlsx:Cases!D1: an answer that `brag` wrote, and no case
      help: name the cases themselves; `brag diff` compares two outputs of `brag assess` as json,
            jsonl or csv
      × a.xlsx: no case of it has an answer: there is nothing to compare
      help: two books of cases are compared, or two outputs of `brag assess` as json, jsonl or csv
    ");
    for books in ["a.yaml a.yaml", "d.json d.json"] {
        let told = told(books);
        assert!(told.contains("an answer that `brag` wrote, and no case") && !told.contains("unknown key"), "{told}");
    }
}

#[test]
fn dates_that_two_outputs_do_not_go_by_are_refused() {
    let program = Program::new().file("a.jsonl", case("A1", &[]));
    assert_eq!(program.run("assess a.jsonl -o a.json").code, 0);
    for option in ["on", "law", "before"] {
        let ran = program.run(&format!("diff a.json a.json --{option} 2019-05-20"));
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.whole());
        let said = format!(
            "error: each answer of an output is of its own date, so that --{option} would count for nothing: name two books of cases\n"
        );
        assert!(ran.stderr.starts_with(&said), "{}", ran.stderr);
    }
    // A variable stands for every verb that has the option.
    assert_eq!(program.variable("BRAG_ON", "2019-05-20").run("diff a.json a.json").code, 0);
}
