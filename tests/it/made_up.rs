//! `brag new caseload`: made-up books are valid, the same everywhere, and look as `docs/made-up-caseload.md` says.

use crate::{
    cases::{case_file, case_of},
    documents::compare,
    program::{Program, Ran, root, snapshot},
};
use brag::{
    calendar::WorkingDays,
    case::{Case, row::Header},
    decision::assessor::Assessor,
    policy::{Policy, source::Shelf},
    schedule::assess::{Assessment, assess, due_case},
};
use brag_made_up::{Book, DATE};
use jiff::civil::{Date, date};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs};

/// How many cases the document counts.
const COUNTED: usize = 2000;

fn policy(name: &str) -> Policy {
    Policy::load(&Shelf::Shipped, name, &[]).unwrap()
}

/// A book whose people are seen on the working days of the shipped calendar, as `brag new caseload` makes it.
pub fn made_up(seed: u64, on: Date) -> Book {
    let days = WorkingDays::shipped();
    Book::new(seed, on, move |date| days.is_working(date).unwrap_or(true))
}

fn book(seed: u64, size: usize) -> Vec<Value> {
    made_up(seed, DATE).cases().take(size).collect()
}

#[test]
fn every_case_is_a_valid_case_on_any_date() {
    let dates = [DATE, date(2016, 1, 1), date(2024, 2, 29), date(2036, 12, 31)];
    for (seed, on) in (1..).zip(dates) {
        for case in made_up(seed, on).cases().take(1500) {
            case_of(&case.to_string());
        }
    }
}

/// What is on record happened up to the date of the book, on working days.
#[test]
fn no_record_is_from_after_the_date_of_the_book() {
    let days = WorkingDays::shipped();
    let held = |entry: &Value| entry["outcome"] != "planned";
    let mut dates = 0;
    for case in book(3, 1500) {
        let begun: Date = case["sentence"]["starts_on"].as_str().unwrap().parse().unwrap();
        let lists = ["ratings", "contacts", "events", "enforcement"];
        let entries = lists.iter().filter_map(|list| case[*list].as_array()).flatten().filter(|entry| held(entry));
        for entry in entries {
            let on: Date = entry["date"].as_str().unwrap().parse().unwrap();
            assert!(begun <= on && on <= DATE, "{on} in {case}");
            assert!(days.is_working(on).unwrap(), "{on} in {case}");
            dates += 1;
        }
        for field in ["oasys", "plan"] {
            if let Some(on) = case[field]["completed_on"].as_str() {
                assert!(on <= "2019-05-20", "{field} in {case}");
            }
        }
    }
    assert!(dates > 20_000, "{dates}");
}

#[test]
fn every_shipped_policy_decides_every_case() {
    let days = WorkingDays::shipped();
    for name in ["bgsw", "hmpps-tier-v2", "hmpps-tier-v3"] {
        let policy = policy(name);
        let mut assessor = Assessor::new(&policy);
        for case in book(5, 150) {
            let file = case_file(&case.to_string());
            let assessment = assess(&mut assessor, &file, DATE, &days).unwrap();
            assert!(assessment.decision.tier.is_some(), "{name}: {case}");
            due_case(&mut assessor, &file, DATE, &days).unwrap();
        }
    }
}

/// Whether a case lacks one of the facts that the document names.
fn lacks_a_fact(case: &Value) -> bool {
    let oasys = &case["oasys"];
    let facts = ["ogrs3", "ogp", "ovp", "rsr", "rosh"].iter().any(|fact| oasys[*fact].is_null());
    let sections = ["accommodation", "ete", "relationships", "lifestyle", "drugs", "alcohol", "thinking", "attitudes"];
    let groups = ["public", "children", "known_adult", "staff"];
    facts
        || sections.iter().any(|section| oasys["sections"][*section].is_null())
        || groups.iter().any(|group| oasys["rosh_to"][*group].is_null())
}

#[test]
fn of_every_twenty_cases_one_lacks_a_fact() {
    for seed in [1, 2] {
        for (run, cases) in book(seed, 2000).chunks(20).enumerate() {
            let lacking: Vec<usize> = (0..20).filter(|index| lacks_a_fact(&cases[*index])).collect();
            assert_eq!(lacking.len(), 1, "run {run}: {lacking:?}");
            let number = (run * 20 + lacking[0]) as u64;
            assert!(brag_made_up::lacks_a_fact(seed, number), "{number}");
        }
    }
}

#[test]
fn a_case_depends_on_seed_number_and_date_alone() {
    let whole = book(9, 400);
    for number in [0, 1, 19, 20, 399] {
        assert_eq!(made_up(9, DATE).case(number), whole[number as usize]);
    }
    assert_ne!(made_up(9, DATE).case(7), made_up(10, DATE).case(7));
    let far = made_up(9, DATE).case(2_499_999);
    assert_eq!(far["crn"], "C499999");
    assert!(Case::parse(&far.to_string()).is_ok());
}

#[test]
fn an_officer_is_the_same_in_every_case() {
    let mut officers: BTreeMap<String, Value> = BTreeMap::new();
    for case in book(1, 2000) {
        let mut supervision = case["supervision"]["officer"].clone();
        supervision["office"] = case["supervision"]["office"].clone();
        let id = supervision["id"].as_str().unwrap().to_owned();
        assert_eq!(officers.entry(id).or_insert_with(|| supervision.clone()), &supervision);
    }
    assert!((200..=264).contains(&officers.len()), "{}", officers.len());
}

/// The book of seed 1 is what measurements and reports refer to: it changes on purpose only.
#[test]
fn the_book_of_seed_1_is_what_it_was() {
    let lines: Vec<String> = book(1, 1000).iter().map(|case| format!("{case}\n")).collect();
    let mut text = String::new();
    for line in &lines[..2] {
        let case: Value = serde_json::from_str(line).unwrap();
        text.push_str(&format!("{}\n", serde_json::to_string_pretty(&case).unwrap()));
    }
    let digest = Sha256::digest(lines.concat()).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    text.push_str(&format!("SHA-256 of the first 1,000 lines: {digest}\n"));
    snapshot("made_up_book", &text);
}

#[test]
fn the_program_writes_the_same_book_in_every_format_and_of_any_size() {
    let program = Program::new();
    let long = program.run("new caseload --size 40 --seed 3");
    assert_eq!((long.code, long.stderr.as_str()), (0, ""));
    let lines: Vec<Value> = long.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, book(3, 40));
    let short = program.run("new caseload --size 25 --seed 3");
    assert!(long.stdout.starts_with(&short.stdout) && short.stdout.lines().count() == 25);
    let yaml = program.run("new caseload --size 5 --seed 3 --format yaml").stdout;
    let documents: Vec<&str> = yaml.split("---\n").skip(1).collect();
    assert_eq!(documents.len(), 5);
    for (document, line) in documents.iter().zip(long.stdout.lines()) {
        assert_eq!(Case::parse(document).unwrap().0, Case::parse(line).unwrap().0);
    }
    let csv = program.run("new caseload --size 40 --seed 3 --format csv").stdout;
    let (header, rows) = csv.split_once('\n').unwrap();
    let header = Header::parse(header).unwrap();
    assert_eq!(rows.lines().count(), 40);
    for (row, line) in rows.lines().zip(long.stdout.lines()) {
        assert_eq!(header.read(row).unwrap(), Case::parse(line).unwrap().0);
    }
    let file = program.run("new caseload --size 40 --seed 3 -o book.jsonl");
    assert_eq!((file.code, file.stdout.as_str(), file.stderr.as_str()), (0, "", ""));
    assert_eq!(fs::read_to_string(program.folder().join("book.jsonl")).unwrap(), long.stdout);
}

#[test]
fn a_book_that_cannot_be_made_says_so() {
    let program = Program::new().file("book.jsonl", "mine\n");
    let refused = [
        program.run("new caseload --size 1 -o book.jsonl"),
        program.run("new caseload --size 1 --on 2050-01-01"),
        program.run("new caseload --size 1 --format md"),
    ];
    let all: Vec<String> = refused.iter().map(Ran::whole).collect();
    snapshot("made_up_refused", &all.join("\n"));
    assert_eq!(fs::read_to_string(program.folder().join("book.jsonl")).unwrap(), "mine\n");
}

/// The share of so many of so many, in percent with one decimal.
fn percent(count: usize, of: usize) -> String {
    let tenths = (count * 2000 + of) / (of * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn counted(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word).or_default() += 1;
        counts
    })
}

/// The tables of the document, from the first cases of seed 1.
fn tables(assessed: &[Assessment]) -> String {
    let of = assessed.len();
    let tiers = counted(assessed.iter().map(|one| one.decision.tier.clone().unwrap()));
    let firm = assessed.iter().filter(|one| !one.decision.provisional).count();
    let mut text = "| tier | cases, percent |\n| --- | --- |\n".to_owned();
    for tier in ["Blue", "Red", "Red-Amber", "Amber", "Green"] {
        text.push_str(&format!("| {tier} | {} |\n", percent(tiers[tier], of)));
    }
    text.push_str(&format!("| of these provisional | {} |\n\n", percent(of - firm, of)));
    let quality = |one: &Assessment| -> Vec<String> {
        one.decision
            .flags
            .iter()
            .filter(|flag| &*flag.policy == "assessment-quality")
            .map(|flag| flag.code.to_string())
            .collect()
    };
    let flags = counted(assessed.iter().flat_map(quality));
    let raised: usize = flags.values().sum();
    let without = assessed.iter().filter(|one| quality(one).is_empty()).count();
    text.push_str(&format!(
        "A case raises {}.{:02} quality flags on average; {} percent raise none.\n\n| quality flag | cases, percent |\n| --- | --- |\n",
        raised / of,
        raised * 100 / of % 100,
        percent(without, of)
    ));
    let mut rows: Vec<_> = flags.into_iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), code.clone()));
    for (code, count) in rows {
        text.push_str(&format!("| `{code}` | {} |\n", percent(count, of)));
    }
    text
}

#[test]
fn the_book_has_the_mix_that_its_document_says() {
    let (policy, days) = (policy("bgsw"), WorkingDays::shipped());
    let mut assessor = Assessor::new(&policy);
    let one = |case: &Value| assess(&mut assessor, &case_file(&case.to_string()), DATE, &days).unwrap();
    let assessed: Vec<Assessment> = book(1, COUNTED).iter().map(one).collect();
    let path = "docs/made-up-caseload.md";
    let written = fs::read_to_string(root().join(path)).unwrap();
    let (before, rest) = written.split_once("<!-- measured -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    compare(path, &format!("{before}<!-- measured -->\n\n{}\n<!-- end -->{after}", tables(&assessed)));
}
