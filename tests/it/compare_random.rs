//! Random edits of a policy: who moves between two policies over a book is who two runs tell apart, each with the edit as its cause, and
//! every case that a comparison without a book tells of moves as it says when it is run.

use crate::{
    compare::book,
    program::{Program, Ran, root},
    sampling::{is_long, runner},
};
use proptest::prelude::{Just, Strategy};
use proptest::strategy::ValueTree;
use std::{collections::BTreeMap, fmt, fs};

/// What can be written otherwise in a script, and how.
const OTHERWISE: [(&str, &str); 14] = [
    (" >= ", " > "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" && ", " || "),
    (" || ", " && "),
    ("== \"", "!= \""),
    ("== \"poor\"", "== \"mixed\""),
    ("!person.", "person."),
    ("if person.", "if !person."),
    (", to.staff", ""),
    ("\"low\"", "\"medium\""),
    ("\"Red-Amber\")", "\"Red\")"),
    ("\"Red-Amber\")", "\"Amber\")"),
    ("for name in names", "for name in [\"drugs\"]"),
];
/// The tiers, and what each becomes.
const TIERS: [(&str, &str); 4] = [("Red-Amber", "Red"), ("Green", "Amber"), ("Amber", "Red-Amber"), ("Red", "Amber")];
const RULES: &str = "bgsw/policy.rhai";
const NUMBERS: &str = "bgsw/parameters.yaml";
const HELPERS: &str = "lib/oasys.rhai";

/// An edit: in which file, where, how long what goes is, what comes, and what a cause names of it.
#[derive(Debug, Clone)]
struct Edit {
    file: &'static str,
    at: usize,
    length: usize,
    is: String,
    named: String,
}

impl fmt::Display for Edit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} in {} at {}, {} letters to `{}`", self.named, self.file, self.at, self.length, self.is)
    }
}

/// Every edit of a script: a word of it otherwise, or a rule gone.
fn of_script(file: &'static str, text: &str) -> Vec<Edit> {
    let mut all = Vec::new();
    let named = |name: &str| if file == RULES { name.to_owned() } else { format!("{file}: {name}") };
    let function_at = |at: usize| text[..at].rfind("fn ").map(|from| text[from + 3..].split('(').next().unwrap());
    for (was, is) in OTHERWISE {
        let in_code = |at: &usize| !text[..*at].lines().last().unwrap_or("").trim_start().starts_with("//");
        for at in text.match_indices(was).map(|(at, _)| at).filter(in_code) {
            let function = named(function_at(at).unwrap());
            // A law gives nobody a tier.
            if function.starts_with("law_") {
                continue;
            }
            all.push(Edit { file, at, length: was.len(), is: is.to_owned(), named: function });
        }
    }
    for (at, _) in text.match_indices("\nfn ").filter(|(at, _)| file == RULES && !text[at + 1..].starts_with("fn law_"))
    {
        let (head, whole) = (&text[at + 4..], &text[at..]);
        let (name, length) = (head.split('(').next().unwrap(), whole.find("\n}").unwrap() + 2);
        all.push(Edit { file, at, length, is: "\n".to_owned(), named: name.to_owned() });
    }
    all
}

/// Every edit of a value: a number or a tier otherwise.
fn of_numbers(text: &str) -> Vec<Edit> {
    let (mut all, mut at, mut name) = (Vec::new(), 0, "");
    for line in text.split_inclusive('\n') {
        if line.starts_with(char::is_alphabetic) {
            name = line.split(':').next().unwrap();
        }
        let code = line.trim_start();
        let is_part = code.starts_with("- ") || code.contains("high: ");
        let from = if is_part { Some(line.len() - code.len()) } else { line.find("value: ").map(|found| found + 7) };
        let value = from.map(|from| &line[from..]).map(|rest| rest.split(", unit").next().unwrap());
        let value = value.map(|rest| rest.split(", source").next().unwrap()).unwrap_or_default();
        let start = at + from.unwrap_or_default();
        let mut add = |place: usize, length: usize, is: String| {
            all.push(Edit { file: NUMBERS, at: start + place, length, is, named: name.to_owned() });
        };
        let mut place = 0;
        for word in value.split_inclusive(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_') {
            let bare = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            if let Ok(number) = bare.parse::<i64>() {
                let others = [number - 1, number + 1, number * 2, number / 2];
                let others = others.into_iter().filter(|other| *other != number && *other >= 0);
                others.for_each(|other| add(place, bare.len(), other.to_string()));
            }
            let tier = TIERS.iter().find(|(tier, _)| *tier == bare);
            tier.inspect(|(_, is)| add(place, bare.len(), (*is).to_owned()));
            place += word.len();
        }
        at += line.len();
    }
    all
}

/// The tier of each case.
fn tiers(program: &Program, folder: &str, cases: &str) -> BTreeMap<String, String> {
    let ran = program.run(&format!("assess {cases} --policy {folder}/bgsw --format csv --on 2019-05-20"));
    let mut reader = csv::Reader::from_reader(ran.stdout.as_bytes());
    let head = reader.headers().unwrap().clone();
    let place = |name: &str| head.iter().position(|one| one == name).unwrap();
    let (crn, tier) = (place("crn"), place("tier"));
    reader.records().map(Result::unwrap).map(|row| (row[crn].to_owned(), row[tier].to_owned())).collect()
}

/// A case, its old and its new tier, and why it moves.
type Row = (String, String, String, String);

fn rows(ran: &Ran) -> Vec<Row> {
    let mut rows: Vec<Row> = csv::Reader::from_reader(ran.stdout.as_bytes())
        .records()
        .map(Result::unwrap)
        .map(|row| (row[0].to_owned(), row[3].to_owned(), row[4].replace("no answer", ""), row[6].to_owned()))
        .collect();
    rows.sort();
    rows
}

/// What came of all edits.
#[derive(Debug, Default)]
struct Counts {
    edits: usize,
    that_move: usize,
    moved: usize,
    witnesses: usize,
    /// Edits that move somebody in the book of whom nothing is told without it: it says that it did not decide them.
    undecided: usize,
}

/// Looks at one edit; whether it made a policy.
fn look(program: &Program, before: &BTreeMap<String, String>, edit: &Edit, counts: &mut Counts) -> bool {
    let said = program.run("compare old/bgsw new/bgsw book.jsonl --format csv --on 2019-05-20");
    if said.code == 3 {
        return false;
    }
    let after = tiers(program, "new", "book.jsonl");
    let apart = before.iter().filter(|(crn, tier)| after[*crn] != **tier);
    let apart: Vec<_> = apart.map(|(crn, tier)| (crn.clone(), tier.clone(), after[crn].clone())).collect();
    let rows = rows(&said);
    let plain: Vec<_> = rows.iter().map(|(crn, old, new, _)| (crn.clone(), old.clone(), new.clone())).collect();
    assert_eq!(plain, apart, "{edit}\n{}", said.whole());
    let names = |why: &str| why.contains(&format!("{}: ", edit.named)) || why.contains(&format!("{} is", edit.named));
    let is_named = |why: &str| names(why) || why == format!("{} (rule gone)", edit.named);
    for row in &rows {
        assert!(row.2.is_empty() || is_named(&row.3), "{edit}: {row:?}");
    }
    let folder = format!("w{}", counts.edits);
    let json = program.run(&format!("compare old/bgsw new/bgsw --format json --on 2019-05-20 --write {folder}")).json();
    let found = json["witnesses"]["found"].as_array().unwrap();
    for (number, witness) in found.iter().enumerate() {
        let file = format!("{folder}/witness-{:02}.yaml", number + 1);
        let tier = |policy: &str| tiers(program, policy, &file).into_values().next().unwrap();
        assert_eq!(tier("old"), witness["old"], "{edit}, {file}");
        assert_eq!(tier("new"), witness["new"], "{edit}, {file}");
        assert_ne!(witness["old"], witness["new"], "{edit}, {file}");
        assert!(witness["causes"].to_string().contains(&edit.named), "{edit}, {file}: {witness}");
    }
    // What moves somebody in the book is told of without it, or said not to be decided; that a policy fails is no move to a tier.
    let moves = apart.iter().any(|(_, _, new)| !new.is_empty());
    let lists = |key: &str| json["witnesses"][key].to_string().contains(&edit.named);
    assert!(!moves || !found.is_empty() || lists("undecided"), "{edit}: {apart:?}\n{json:#}");
    assert!(!moves || !lists("no_tier"), "{edit}: {apart:?}");
    counts.edits += 1;
    counts.that_move += usize::from(moves);
    counts.moved += apart.len();
    counts.witnesses += found.len();
    counts.undecided += usize::from(moves && found.is_empty());
    true
}

#[test]
fn who_moves_is_who_two_runs_tell_apart_and_every_witness_moves() {
    let read = |file: &str| fs::read_to_string(root().join("policies").join(file)).unwrap();
    let rules = read(RULES).replace("const WITH = [\"assessment-quality\"];", "");
    let texts = [(RULES, rules), (NUMBERS, read(NUMBERS)), (HELPERS, read(HELPERS))];
    let mut program = Program::new().file("book.jsonl", book(150));
    for folder in ["old", "new"] {
        program = texts.iter().fold(program, |program, (file, text)| program.file(&format!("{folder}/{file}"), text));
    }
    let [(_, rules), (_, numbers), (_, helpers)] = &texts;
    let all = [of_script(RULES, rules), of_numbers(numbers), of_script(HELPERS, helpers)].concat();
    let before = tiers(&program, "old", "book.jsonl");
    let order = Just(all).prop_shuffle().new_tree(&mut runner(1)).unwrap().current();
    let (mut counts, most) = (Counts::default(), if is_long() { 200 } else { 10 });
    let mut last = order.iter();
    // Most edits move nobody: as many are drawn as it takes for some to.
    while counts.edits < most || (counts.that_move < 3 && counts.edits < most * 4) {
        let edit = last.next().unwrap();
        let (_, text) = texts.iter().find(|(file, _)| *file == edit.file).unwrap();
        let edited = format!("{}{}{}", &text[..edit.at], edit.is, &text[edit.at + edit.length..]);
        let path = program.folder().join("new").join(edit.file);
        fs::write(&path, edited).unwrap();
        look(&program, &before, edit, &mut counts);
        fs::write(&path, text).unwrap();
    }
    println!("{counts:?} of {}", order.len());
    assert!(counts.that_move > 2 && counts.witnesses > 3 && counts.undecided * 20 <= counts.that_move, "{counts:?}");
}
