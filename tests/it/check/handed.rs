//! What the engine hands a policy beside the case is known by its names and words: a book of cases, what a tier policy made of the
//! case, and how long a list is.

use crate::program::Program;
use brag::schedule::{ReviewKind, State};
use std::collections::BTreeSet;

const TIERS: &str = "const TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n";

fn found_in(program: &Program) -> Vec<String> {
    let json = program.run("check trial --format json").json();
    let line = |one: &serde_json::Value| {
        let said = |part: &str| one[part].as_str().unwrap_or_default().to_owned();
        format!("{}: {}; {}", said("code"), said("message"), said("help"))
    };
    json["findings"].as_array().unwrap().iter().map(line).collect()
}

/// What is found of a policy with a function over a book of cases.
fn in_a_book(body: &str) -> Vec<String> {
    let rules = format!("{TIERS}\n/// Patterns.\n/// @cite example\nfn caseload(book) {{\n    {body}\n}}\n");
    found_in(&Program::new().rules(&rules))
}

#[test]
fn names_and_words_of_a_book_are_known() {
    let pattern = |of: &str| in_a_book(&format!("pattern(\"p\", \"high\", \"said\", {of})"));
    let wrong = [
        ("book.casse", "unknown-field: there is no `casse` here; did you mean `cases`?"),
        ("book[\"casse\"]", "unknown-field: there is no `casse` here; did you mean `cases`?"),
        (
            "book.cases.filter(|one| one.oficer == \"PO1\")",
            "unknown-field: an entry of this list has no `oficer`; did you mean `officer`?",
        ),
        (
            "grouped(book.cases, [\"oficer\"])[0]",
            "unknown-field: an entry of this list has no `oficer`; did you mean `officer`?",
        ),
        (
            "grouped(book.cases, [\"officer\"])[0].filter(|one| one.oficer == \"PO1\")",
            "unknown-field: an entry of this list has no `oficer`; did you mean `officer`?",
        ),
        (
            "grouped(book, [\"officer\"])[0]",
            "wrong-kind: `grouped` takes a list here, not a table; write `grouped(list, fields)`",
        ),
        (
            "book.filter(|one| one.lowers)",
            "wrong-kind: `filter` takes a list here, not a table; write `.filter(|one| ...)`",
        ),
        (
            "book.cases.filter(|one| one.computed == \"Hihg\")",
            "unknown-word: `computed` is never `Hihg`; did you mean `High`?",
        ),
        ("book.reviews.filter(|one| one.was == \"Hihg\")", "unknown-word: `was` is never `Hihg`; did you mean `High`?"),
    ];
    for (of, said) in wrong {
        assert_eq!(pattern(of), [said], "{of}");
    }
    for right in [
        "book.cases.filter(|one| one.computed == \"High\" && one.ogrs3 != () && one.ogrs3 > 50 && \"iom\" in one.flags)",
        "grouped(book.reviews, [\"by\", \"date\"])[0].filter(|one| one.changed && one.was == \"Low\")",
        "if book.level == \"office\" { book.overrides.filter(|one| one.lowers && one.to == \"Low\") } else { book[\"cases\"] }",
    ] {
        assert_eq!(pattern(right), Vec::<String>::new(), "{right}");
    }
    let turn =
        "let found = [];\n    for one in book { found.push(one); }\n    pattern(\"p\", \"high\", \"said\", found)";
    assert_eq!(in_a_book(turn), ["wrong-kind: `for` goes through a list, and this is a table; name a list"]);
}

#[test]
fn a_pattern_has_the_severities_of_a_flag() {
    let of = |severity: &str| in_a_book(&format!("pattern(\"p\", \"{severity}\", \"said\", book.cases)"));
    assert_eq!(of("hihg"), ["unknown-severity: `hihg` is no severity of a pattern; did you mean `high`?"]);
    assert_eq!(of("medium"), Vec::<String>::new());
}

/// The names that are known of something, as the remedy of a wrong one lists them.
fn known(of: &str) -> BTreeSet<String> {
    let found = in_a_book(&format!("pattern(\"p\", \"high\", \"said\", {of})"));
    let [said] = found.as_slice() else { panic!("{of}: {found:?}") };
    let (_, listed) = said.split_once("; known: ").unwrap_or_else(|| panic!("{said}"));
    listed.split(' ').map(|name| name.trim_matches('`').to_owned()).collect()
}

#[test]
fn what_is_known_of_a_book_is_what_it_has() {
    let case = "crn: X100001\nassessed_on: 2020-06-01\nsupervision: { officer: { id: A }, office: B }\nratings:\n  \
                - { date: 2020-01-10, tier: Low, by: A }\n  \
                - { date: 2020-02-10, tier: High, by: A, override: { from: Low, reason: said, authorised_by: C } }\n";
    let names = "${join(book.keys(), \" \")};${join(book.cases[0].keys(), \" \")};${join(book.reviews[0].keys(), \" \")};${join(book.overrides[0].keys(), \" \")}";
    let rules = format!(
        "{TIERS}\n/// Patterns.\n/// @cite example\nfn caseload(book) {{\n    pattern(\"names\", \"high\", `{names}`, book.cases)\n}}\n"
    );
    let program = Program::new().rules(&rules).file("case.yaml", case);
    let json = program.run("caseload case.yaml --policy trial --format json").stdout;
    let line = json.lines().find(|line| line.contains("\"text\"")).unwrap_or_else(|| panic!("{json}"));
    let text = line.split('"').nth(3).unwrap();
    let made: Vec<BTreeSet<String>> =
        text.split(';').map(|names| names.split(' ').map(str::to_owned).collect()).collect();
    let entries = |list: &str| format!("book.{list}.filter(|one| one.zqzqzq == 1)");
    let all = ["book.zqzqzq".to_owned(), entries("cases"), entries("reviews"), entries("overrides")];
    assert_eq!(made, all.map(|of| known(&of)));
}

/// What is found of a policy that runs after another, of which a rule asks something.
fn after(condition: &str) -> Vec<String> {
    let rules = TIERS.replace("\n\n/// Everybody", "\nconst WITH = [\"after\"];\n\n/// Everybody");
    let flags = format!(
        "//! Flags.\n\n/// Said.\n/// @cite example\n/// @severity low\nfn said(person) {{\n    if {condition} {{ flag(\"said\", \"said\") }}\n}}\n"
    );
    found_in(&Program::new().rules(&rules).file("policies/after/policy.rhai", flags))
}

#[test]
fn fields_and_words_of_what_a_tier_policy_made_of_the_case_are_known() {
    let wrong = [
        (
            "person.assessed.contact.state == \"overdu\"",
            "unknown-word: `assessed.contact.state` is never `overdu`; did you mean `overdue`?",
        ),
        (
            "person.assessed.review.kind == \"sixweekly\"",
            "unknown-word: `assessed.review.kind` is never `sixweekly`; did you mean `six_weekly`?",
        ),
        (
            "known(person.assessed.lowered) && person.assessed.lowered.some(|one| one.dayz_overdue > 3)",
            "unknown-field: an entry of this list has no `dayz_overdue`; did you mean `days_overdue`?",
        ),
        (
            "known(person.assessed.lowered) && person.assessed.lowered.some(|one| one.to == \"Hihg\")",
            "unknown-word: `to` is never `Hihg`; did you mean `High`?",
        ),
        (
            "known(person.assessed.gaps_over_computed) && person.assessed.gaps_over_computed.some(|one| one.dys > 3)",
            "unknown-field: an entry of this list has no `dys`; did you mean `days`?",
        ),
    ];
    for (condition, said) in wrong {
        assert_eq!(after(condition), [said], "{condition}");
    }
    for right in [
        "person.assessed.contact.state == \"in_grace\" && person.assessed.review.kind == \"transfer\"",
        "known(person.assessed.lowered) && person.assessed.lowered.some(|one| one.days_overdue > 3 && one.to == \"Low\")",
    ] {
        assert_eq!(after(right), Vec::<String>::new(), "{right}");
    }
}

/// The words of a type, as its schema lists them.
fn words_of(schema: &schemars::Schema) -> BTreeSet<String> {
    fn collect(value: &serde_json::Value, into: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(entries) => {
                for (name, value) in entries {
                    match (name.as_str(), value) {
                        ("const", serde_json::Value::String(word)) => drop(into.insert(word.clone())),
                        ("enum", serde_json::Value::Array(words)) => {
                            into.extend(words.iter().filter_map(|word| word.as_str().map(str::to_owned)));
                        }
                        _ => collect(value, into),
                    }
                }
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
            _ => {}
        }
    }
    let mut words = BTreeSet::new();
    collect(&serde_json::to_value(schema).unwrap(), &mut words);
    words
}

#[test]
fn the_words_for_where_a_contact_or_a_review_stands_are_those_of_the_calendar() {
    let listed = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(listed(brag::case::later::STATES), words_of(&schemars::schema_for!(State)));
    assert_eq!(listed(brag::case::later::REVIEW_KINDS), words_of(&schemars::schema_for!(ReviewKind)));
}

#[test]
fn a_list_that_ends_before_the_score_that_it_is_asked_for_is_found() {
    let of = |body: &str| {
        let rules = format!(
            "const TIERS = [\"Low\", \"Medium\", \"High\"];\n\n/// Drugs.\n/// @cite example\nfn drugs(person) {{\n    {body}\n}}\n"
        );
        found_in(&Program::new().rules(&rules))
    };
    let said = "missing-entry: the list has 3 entries, counted from 0, and a rule can ask it for the entry 3; add what it lacks, or test the number first";
    let lookup = "at_least([\"Low\", \"Medium\", \"High\"][person.oasys.sections.drugs.score])";
    assert_eq!(of(lookup), [said]);
    for right in [
        format!("if person.oasys.sections.drugs.score < 3 {{ {lookup} }}"),
        format!("if person.oasys.sections.drugs.score >= 3 {{ return at_least(\"High\"); }}\n    {lookup}"),
        "at_least([\"Low\", \"Medium\", \"High\"][min(person.oasys.sections.drugs.score, 2)])".to_owned(),
    ] {
        assert_eq!(of(&right), Vec::<String>::new(), "{right}");
    }
}
