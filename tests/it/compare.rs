//! `brag compare`: who moves, why, and what it costs.

use crate::{
    answer_schema::fits,
    program::{Program, root, snapshot},
    sampling::is_long,
};
use brag::{
    CaseFile, Policy,
    calendar::WorkingDays,
    comparison::{PolicyChange, Sides, cause::Causes, compared::Compared},
    decision::assessor::Assessor,
    policy::source::Shelf,
    report::schema_of::SchemaOf,
    schedule::assess::assess,
};
use brag_made_up::{Book, DATE};
use serde_json::json;
use std::{collections::BTreeSet, fs, sync::Arc};

/// A made-up book of so many people.
pub fn book(people: usize) -> String {
    let is_working = |date: jiff::civil::Date| WorkingDays::shipped().is_working(date).unwrap();
    let book = Book::new(3, DATE, is_working);
    book.cases().take(people).fold(String::new(), |text, case| text + case.to_string().as_str() + "\n")
}

/// The shipped policies in a folder, one of them edited: what stands before becomes what stands after.
fn edited(program: Program, before: &str, after: &str) -> Program {
    let mut program = program;
    for policy in ["bgsw", "assessment-quality"] {
        for file in ["policy.rhai", "parameters.yaml"] {
            let text = fs::read_to_string(root().join("policies").join(policy).join(file)).unwrap();
            let changed = if policy == "bgsw" { text.replace(before, after) } else { text.clone() };
            program =
                program.file(&format!("old/{policy}/{file}"), &text).file(&format!("new/{policy}/{file}"), &changed);
        }
    }
    for file in ["oasys.rhai", "record.rhai"] {
        let text = fs::read_to_string(root().join("policies/lib").join(file)).unwrap();
        program = program.file(&format!("old/lib/{file}"), &text).file(&format!("new/lib/{file}"), &text);
    }
    program
}

#[test]
fn a_number_set_otherwise_says_who_moves_and_why() {
    let program = Program::new().file("book.jsonl", book(400));
    snapshot("compare-uplift-needs", &program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl").whole());
    snapshot(
        "compare-uplift-needs-md",
        &program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format md").whole(),
    );
}

#[test]
fn an_edited_rule_is_drawn_and_named_as_the_cause() {
    let program = edited(
        Program::new().file("book.jsonl", book(200)),
        "private fn is_safeguarding(person) {\n",
        "private fn is_safeguarding(person) {\n    if person.sex == \"female\" { return true; }\n",
    );
    let ran = program.run("compare old/bgsw new/bgsw book.jsonl --without assessment-quality");
    snapshot("compare-edited-helper", &ran.whole());
}

#[test]
fn without_cases_it_says_what_differs() {
    let program = edited(Program::new(), "fn safeguarding(person)", "fn registered(person)");
    let ran = program.run("compare old/bgsw new/bgsw");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    new/bgsw beside old/bgsw

    What differs in bgsw
      registered                   new rule
      safeguarding                 rule, gone

    Who could move, on 20 May 2019
      no case was found that moves
      not decided, for no case was found and none was ruled out: registered, safeguarding
    ");
}

/// Where an edited rule is over the day is one on which it held; on another it is told as one that does not hold, but for a law of
/// which it is.
#[test]
fn who_could_move_by_a_rule_that_is_over() {
    let rules = |until: &str, from: u32| {
        format!(
            "const TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn all(person) {{ at_least(\"Low\") }}\n\n\
             /// Ended.\n/// @cite example\n/// @until {until}\n\
             fn ended(person) {{ if person.oasys.ogrs3 >= {from} {{ at_least(\"High\") }} }}\n"
        )
    };
    let said = |until: &str, more: &str| {
        let program = Program::new().file("old/x/policy.rhai", rules(until, 50));
        let ran = program.file("new/x/policy.rhai", rules(until, 60)).run(&format!("compare old/x new/x {more}"));
        ran.stdout.split_once("Who could move").unwrap().1.to_owned()
    };
    let held = said("2018-12-31", "");
    assert!(held.starts_with(", on 31 December 2018\n  High to Low: ended"), "{held}");
    let later = said("2018-12-31", "--on 2019-05-20");
    let over = ", on 20 May 2019\n  no case was found that moves\n  not in force on that date: ended\n";
    assert_eq!(later, over);
    let of_law = said("2005-12-31", "--law 2004-01-01");
    assert!(of_law.contains("Low to High: ended") && !of_law.contains("not in force"), "{of_law}");
}

/// A rule that looks at what is on record moves somebody only where that is in the policy's own tiers.
#[test]
fn who_could_move_is_looked_for_among_people_rated_in_the_tiers_of_the_policy() {
    let rules = |from: u32| {
        format!(
            "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// All.\n/// @cite example\nfn all(person) {{\n    at_least(\"Low\")\n}}\n\n/// Once High.\n/// @cite example\nfn once(person) {{\n    if person.ratings.filter(|one| one.tier == \"High\").len() >= {from} {{ at_least(\"High\") }}\n}}\n"
        )
    };
    let program = Program::new().file("old/trial/policy.rhai", rules(2)).file("new/trial/policy.rhai", rules(1));
    let ran = program.run("compare old/trial new/trial --format json");
    let found = ran.json()["witnesses"]["found"].as_array().unwrap().clone();
    assert!(found.iter().any(|one| one["old"] == "Low" && one["new"] == "High"), "{}", ran.whole());
}

#[test]
fn moves_can_be_made_a_finding() {
    let program = Program::new().file("book.jsonl", book(100));
    let run = |more: &str| program.run(&format!("compare bgsw bgsw book.jsonl --format json {more}")).code;
    assert_eq!(run("--fail-on any"), 0);
    assert_eq!(run("--set uplift_needs=4 --fail-on any"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on up"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on down"), 0);
    assert_eq!(run("--set uplift_needs=6 --fail-on down"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on 0%"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on 100%"), 0);
    assert_eq!(run("--set uplift_needs=4 --fail-on most"), 2);
}

/// Without cases it is a check too, and what is not decided does not pass.
#[test]
fn who_could_move_can_be_made_a_finding() {
    let program = edited(Program::new(), "fn safeguarding(person)", "fn registered(person)");
    let run = |more: &str| program.run(&format!("compare bgsw bgsw --format json {more}")).code;
    assert_eq!(run("--fail-on any"), 0);
    assert_eq!(run("--set uplift_needs=4 --fail-on any"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on up"), 1);
    assert_eq!(run("--set uplift_needs=4 --fail-on down"), 0);
    assert_eq!(run("--set uplift_needs=6 --fail-on down"), 1);
    assert_eq!(run("--set review_every=35 --fail-on any"), 0, "no tier rests on it but an override's");
    assert_eq!(run("--set uplift_needs=4 --fail-on 2%"), 3);
    assert_eq!(program.run("compare old/bgsw new/bgsw --fail-on any").code, 1, "a rule that nobody is found for");
}

/// An edited rule is looked at where it holds, and not on a day before it.
#[test]
fn who_could_move_is_looked_for_on_a_day_on_which_all_that_differs_holds() {
    let rules = |tier: &str| {
        format!(
            "const TIERS = [\"Low\", \"Mid\", \"High\"];\n\n/// All.\nfn all(person) {{ at_least(\"Low\") }}\n\n/// Later.\n/// @from 2022-01-01\nfn later(person) {{ if person.iom {{ at_least(\"{tier}\") }} }}\n"
        )
    };
    let program = Program::new().rules(&rules("Mid")).file("policies/new/policy.rhai", rules("High"));
    let ran = program.run("compare policies/trial policies/new --fail-on any");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.contains("Who could move, on 1 January 2022"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Mid to High: later"), "{}", ran.stdout);
    // One that ends is looked at before it does, whatever changes later.
    let ends = |tier: &str| {
        let more = "\n/// After.\n/// @from 2027-01-01\nfn after(person) { if person.iom { at_least(\"Mid\") } }\n";
        rules(tier).replace("@from 2022-01-01\n", "@from 2022-01-01\n/// @until 2026-12-31\n") + more
    };
    let program = Program::new().rules(&ends("Mid")).file("policies/new/policy.rhai", ends("High"));
    let ran = program.run("compare policies/trial policies/new --fail-on any");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.contains("Who could move, on 1 January 2022"), "{}", ran.stdout);
}

/// The law of another day is a difference though the files are the same.
#[test]
fn the_law_of_another_day_says_what_differs_and_who_could_move() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// All.\nfn all(person) { at_least(\"Low\") }\n\n/// A score.\nfn score(person) { if person.oasys.ogrs3 >= param::from { at_least(\"High\") } }\n\n/// Later.\n/// @from 2017-01-01\nfn later(person) { if person.iom { at_least(\"High\") } }\n";
    let numbers = "from:\n  description: x\n  values:\n    2014-06-01: { value: 50, unit: percent, source: a }\n    2018-11-01: { value: 70, unit: percent, source: b }\n";
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers);
    let ran = program.run("compare trial trial --law 2016-01-01 --on 2019-05-20");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    trial under the rules and numbers of 2016-01-01 beside trial

    What differs in trial
      from                         70 to 50 percent, from 1 November 2018 (a)
      later                        rule, gone; held from 1 January 2017 on

    Who could move, on 20 May 2019
      High to Low: later (rule no longer in force)
          where iom true, and all else is as low as it can be
      Low to High: score (from: 70 to 50)
          where oasys.ogrs3 50, and all else is as low as it can be
    ");
}

/// A rule of certain days moves nobody on the others, so that what differs says on which it holds; and a law is called one.
#[test]
fn a_rule_that_differs_says_on_which_days_it_holds() {
    let rules = |more: &str| {
        format!(
            "const TIERS = [\"Low\", \"Mid\", \"High\"];\n\n/// All.\n/// @cite c\nfn all(person) {{ at_least(\"Low\") }}\n{more}"
        )
    };
    let rule = |name: &str, days: &str, tier: &str| {
        format!("\n/// A rule.\n/// @cite c\n{days}fn {name}(person) {{ if person.iom {{ at_least(\"{tier}\") }} }}\n")
    };
    let both = "/// @from 2020-01-01\n/// @until 2024-12-31\n";
    let law = |tier: &str| {
        format!("\n/// Law.\n/// @cite c\nfn law_iom(person, tier) {{ !person.iom || tier == \"{tier}\" }}\n")
    };
    let old = [
        rule("kept", "/// @from 2020-01-01\n", "High"),
        rule("both", both, "High"),
        rule("gone", "/// @until 2024-12-31\n", "High"),
        rule("ends", "", "High"),
        law("High"),
    ];
    let new = [
        rule("kept", "/// @from 2021-01-01\n", "High"),
        rule("both", both, "Mid"),
        rule("women", "/// @from 2027-01-01\n", "High"),
        rule("ends", "/// @until 2024-12-31\n", "High"),
        law("Mid"),
    ];
    let program = Program::new()
        .file("old/p/policy.rhai", rules(&old.concat()))
        .file("new/p/policy.rhai", rules(&new.concat()))
        .file("one.yaml", "crn: X1\nassessed_on: 2019-05-20\niom: false\n");
    let text = program.run("compare old/p new/p one.yaml").stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "What differs in p both rule, changed; holds from 1 January 2020 until 31 December 2024 \
        ends rule, changed; held on every day, now until 31 December 2024 \
        gone rule, gone; held until 31 December 2024 \
        kept rule, changed; held from 1 January 2020 on, now from 1 January 2021 on \
        women new rule, holds from 1 January 2027 on \
        law_iom law, changed ";
    assert!(text.contains(said), "{text}");
    let html = program.run("compare old/p new/p one.yaml --format html").stdout;
    assert!(html.contains("<li><strong>women</strong>: new rule, holds from 1 January 2027 on</li>"), "{html}");
    let json = program.run("compare old/p new/p one.yaml --format json").json();
    fits(SchemaOf::Comparison, &json);
    let functions = json["changes"][0]["functions"].as_array().unwrap();
    let of = |name: &str| functions.iter().find(|function| function["name"] == name).unwrap();
    let days = |name: &str| ["held_from", "held_until", "holds_from", "holds_until"].map(|key| of(name)[key].clone());
    assert_eq!(days("women"), [json!(null), json!(null), json!("2027-01-01"), json!(null)]);
    assert_eq!(days("ends"), [json!(null), json!(null), json!(null), json!("2024-12-31")]);
    assert_eq!(days("gone"), [json!(null), json!("2024-12-31"), json!(null), json!(null)]);
    assert_eq!(of("law_iom")["role"], "law");
}

#[test]
fn who_could_move_by_an_input_of_the_policies_own_is_shown() {
    let rules = |from: u8| {
        format!(
            "const TIERS = [\"Low\", \"Top\"];\n\n/// A count.\nfn count(person) {{ at_least(if person.local.n >= {from} {{ \"Top\" }} else {{ \"Low\" }}) }}\n"
        )
    };
    let count = "  n: { type: whole, min: 0, max: 3, description: a count }\n";
    let old = format!("local:\n{count}");
    // The second policy has an input more, so that numbers of inputs are not those of the first.
    let new = format!("local:\n  a: {{ type: boolean, description: more }}\n{count}");
    let program = Program::new()
        .file("old/policy.rhai", rules(1))
        .file("old/parameters.yaml", &old)
        .file("new/policy.rhai", rules(2))
        .file("new/parameters.yaml", &old)
        .file("more/policy.rhai", rules(2))
        .file("more/parameters.yaml", &new);
    let ran = program.run("compare old new");
    insta::assert_snapshot!(ran.whole(), @r#"
    exit code 0
    ---- stdout ----
    new beside old

    What differs in new
      count                        rule, changed
          /// A count.
        - fn count(person) { at_least(if person.local.n >= 1 { "Top" } else { "Low" }) }
        + fn count(person) { at_least(if person.local.n >= 2 { "Top" } else { "Low" }) }


    Who could move, on 20 May 2019
      Top to Low: count (count is changed, line 4)
          where local.n 1, and all else is as low as it can be
    "#);
    let ran = program.run("compare old more").whole();
    let (_, could_move) = ran.split_once("Who could move, on 20 May 2019\n").unwrap();
    assert_eq!(
        could_move,
        "  Top to Low: count (count is changed, line 4)\n      where local.n 1, and all else is as low as it can be\n"
    );
}

/// A case that lacks everything takes this policy more steps than a whole book takes another.
#[test]
fn a_search_for_who_could_move_ends_and_says_what_it_did_not_decide() {
    let ran = Program::new().run("compare inspection-ratings inspection-ratings --set rounds_up_from=0.4");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    inspection-ratings with rounds_up_from = 0.4 beside inspection-ratings

    What differs in inspection-ratings
      rounds_up_from               0.5 to 0.4 percent, from 1 April 2018 (set for this run)

    Who could move, on 20 May 2019
      no case was found that moves
      not decided, for no case was found and none was ruled out: rounds_up_from
      the search came to its limit of steps: what it did not come to is not ruled out
    ");
}

/// A number of the calendar that is gone, and a standard that fails for a tier on record alone: `assess` has no answer either.
#[test]
fn what_a_case_has_no_answer_for_in_a_run_it_has_none_for_here() {
    let numbers = fs::read_to_string(root().join("policies/bgsw/parameters.yaml")).unwrap();
    let (start, end) = (numbers.find("catch_up:").unwrap(), numbers.find("review_every:").unwrap());
    let without = numbers[..start].to_owned() + &numbers[end..];
    let program = edited(Program::new().file("book.jsonl", book(60)), "", "").file("new/bgsw/parameters.yaml", without);
    let ran = program.run("compare old/bgsw new/bgsw book.jsonl --format json --without assessment-quality");
    assert_eq!((ran.code, &ran.json()["moved"]), (3, &60.into()), "{}", ran.whole());
    let gone = numbers.replacen("value: { every: 6, unit: week", "value: { every: 0, unit: week", 9);
    let gone = gone.replace("value: { every: 1, unit: month", "value: { every: 0, unit: month");
    let program = program.file("new/bgsw/parameters.yaml", gone);
    let answers = |policy: &str| {
        let ran =
            program.run(&format!("assess book.jsonl --policy {policy} --format jsonl --without assessment-quality"));
        let lines = ran.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter(|line| line.get("error").is_none()).count()
    };
    let json = program.run("compare old/bgsw new/bgsw book.jsonl --format json --without assessment-quality").json();
    let lost = answers("old/bgsw") - answers("new/bgsw");
    let moves = json["moves"].as_array().unwrap();
    let told = moves.iter().filter(|one| one["new"] == "no answer").count();
    assert!(lost > 0 && told == lost, "{lost}, {told}");
    assert!(moves.iter().any(|one| one["new"] == "no answer" && one["old"] != "Green"), "one for its record alone");
    assert!(moves.iter().all(|one| one["rules"] == serde_json::json!(["contact"])), "{moves:?}");
}

#[test]
fn a_policy_that_fails_where_the_other_does_not_moves_the_case_and_is_told_of() {
    let program = edited(
        Program::new().file("book.jsonl", book(20)),
        "fn safeguarding(person) {\n",
        "fn safeguarding(person) {\n    if person.oasys.ogrs3 == 51 { throw \"never\"; }\n",
    )
    .file("one.yaml", "crn: X320741\noasys: { rosh: very_high, ogrs3: 51 }\n");
    let ran = program.run("compare old/bgsw new/bgsw one.yaml --format csv --without assessment-quality");
    assert_eq!(ran.code, 5, "{}", ran.whole());
    assert!(
        ran.stdout.contains("X320741,,,Red,no answer,other,\"safeguarding (safeguarding is changed, line 49)\""),
        "{}",
        ran.whole()
    );
    assert!(ran.stderr.contains("policy.rhai"), "{}", ran.whole());
}

#[test]
fn every_format_says_the_same() {
    let program = Program::new().file("book.jsonl", book(150));
    let run =
        |format: &str| program.run(&format!("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format {format}"));
    let json = run("json").json();
    fits(SchemaOf::Comparison, &json);
    let moved = json["moved"].as_u64().unwrap();
    assert!(moved > 3, "{moved}");
    assert_eq!(json["moves"].as_array().unwrap().len() as u64, moved);
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(run("csv").stdout.as_bytes()).records().map(Result::unwrap).collect();
    let of_json: Vec<&str> = json["moves"].as_array().unwrap().iter().map(|one| one["crn"].as_str().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| &row[0]).collect::<Vec<_>>(), of_json);
    let in_matrix = json["matrix"].as_array().unwrap().iter().filter(|one| one["old"] != one["new"]);
    assert_eq!(in_matrix.map(|one| one["cases"].as_u64().unwrap()).sum::<u64>(), moved);
    let in_causes = json["causes"].as_array().unwrap().iter().map(|one| one["cases"].as_u64().unwrap());
    assert_eq!(in_causes.sum::<u64>(), moved);
    assert!(run("text").stdout.contains(&format!("{moved} of 150 cases move")));
}

/// Numbers of bgsw with other values.
const EDITS: [(&str, &[&str]); 12] = [
    ("uplift_needs", &["1", "2", "3", "4", "6", "8"]),
    ("green_needs", &["0", "1", "3", "5"]),
    ("rsr_high", &["1", "2", "5", "9"]),
    ("rsr_medium", &["0.5", "1", "2", "4"]),
    ("uplift_steps", &["0", "2"]),
    ("uplift_top", &["Amber", "Red"]),
    ("engagement_absences", &["1", "2", "4"]),
    ("engagement_days", &["14", "60", "200"]),
    ("green_medium_rosh", &["false"]),
    ("iom_red_from_rosh", &["medium", "high"]),
    ("safeguarding_floor", &["Green", "Red-Amber", "Red"]),
    ("ogrs3_bands", &["[30, 50, 80]", "[60, 80, 95]"]),
];

#[test]
fn the_cases_that_move_are_those_that_two_runs_tell_apart() {
    let people: Vec<CaseFile> = book(if is_long() { 1_000 } else { 60 })
        .lines()
        .map(|line| {
            let case = brag::case::Case::quick_json(line).unwrap();
            CaseFile { case: Arc::new(case), document: None, sourced: None }
        })
        .collect();
    let days = WorkingDays::shipped();
    let load = |set: &[(String, String)]| Policy::load(&Shelf::Shipped, "bgsw", set).unwrap();
    let old = load(&[]);
    let mut assessor = Assessor::new(&old);
    let before: Vec<_> = people.iter().map(|file| assess(&mut assessor, file, DATE, &days).unwrap().decision).collect();
    let (mut moved, mut flagged) = (0, 0);
    for (name, values) in EDITS {
        for value in values.iter().take(if is_long() { values.len() } else { 2 }) {
            let new = load(&[(name.to_owned(), (*value).to_owned())]);
            let causes = Causes::between(&old, &new);
            let mut sides = Sides::new(&old, &new, &causes);
            let mut assessor = Assessor::new(&new);
            for (file, before) in people.iter().zip(&before) {
                let after = assess(&mut assessor, file, DATE, &days).unwrap().decision;
                let compared = sides.compare(None, file, DATE, &days, &causes).unwrap();
                let about = format!("{name} = {value}, {}", before.crn);
                assert_eq!(compared.moved(), before.tier != after.tier, "{about}");
                assert_eq!(compared.old.as_ref().unwrap().tier, before.tier, "{about}");
                assert_eq!(compared.new.as_ref().unwrap().tier, after.tier, "{about}");
                let codes = |decision: &brag::decision::Decision| -> BTreeSet<Arc<str>> {
                    decision.flags.iter().map(|flag| Arc::clone(&flag.code)).collect()
                };
                // What both raise alike is not always looked for; what only one raises is.
                let gained = |one: BTreeSet<Arc<str>>, other: BTreeSet<Arc<str>>| -> Vec<Arc<str>> {
                    one.difference(&other).cloned().collect()
                };
                let flags = |compared: &Compared| {
                    [&compared.old, &compared.new].map(|side| side.as_ref().unwrap().flags.clone())
                };
                let [was, is] = flags(&compared);
                assert_eq!(gained(is.clone(), was.clone()), gained(codes(&after), codes(before)), "{about}");
                assert_eq!(gained(was, is), gained(codes(before), codes(&after)), "{about}");
                if compared.moved() {
                    moved += 1;
                    assert!(!compared.causes.is_empty(), "{about}");
                    let named =
                        compared.causes.iter().all(|cause| cause.differs.iter().any(|one| one.starts_with(name)));
                    assert!(named, "{about}: {:?}", compared.causes);
                }
                flagged += usize::from(codes(before) != codes(&after));
            }
        }
    }
    assert!(moved > 90 && flagged > 10, "{moved} moved, {flagged} flagged otherwise");
}

#[test]
fn nothing_differs_between_a_policy_and_itself() {
    for name in ["bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "assessment-quality"] {
        let policy = Policy::shipped(name).unwrap();
        assert_eq!(PolicyChange::of_all(&policy, &policy), []);
    }
}

#[test]
fn a_run_that_stops_early_leaves_no_file() {
    let program = Program::new().file("book.jsonl", format!("{{}}\n{}", book(3)));
    let ran = program.run("compare bgsw bgsw book.jsonl --max-errors 1 --format csv -o moved.csv");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(!program.folder().join("moved.csv").exists());
}

const SCORE: &str = "const TIERS = [\"Low\", \"High\"];\n\n/// A score.\nfn score(person) { at_least(if person.oasys.ogrs3 >= param::cut { \"High\" } else { \"Low\" }) }\n";
const CUT: &str = "cut:\n  description: x\n  values:\n    2010-01-01: { value: 50, unit: percent, source: s1 }\n    2030-01-01: { value: 30, unit: percent, source: s3 }\n";

/// Cases that were each looked at on a day of its own moved on no one day.
#[test]
fn cases_of_several_dates_are_said_to_move_each_on_its_own() {
    let program = Program::new().rules(SCORE).file("policies/trial/parameters.yaml", CUT);
    let case = |crn: &str, on: &str, score: u8| {
        format!("{{\"crn\":\"{crn}\",\"assessed_on\":\"{on}\",\"oasys\":{{\"ogrs3\":{score}}}}}\n")
    };
    let one = case("A1", "2015-01-01", 40);
    let program = program.file("one.jsonl", &one).file("two.jsonl", format!("{one}{}", case("A2", "2019-05-20", 57)));
    let text = |file: &str| program.run(&format!("compare trial trial --law 2030-01-01 {file}")).stdout;
    let said = "1 of 2 cases move, each on its own date from 1 January 2015 to 20 May 2019: 1 up, 0 down";
    assert!(text("two.jsonl").contains(said), "{}", text("two.jsonl"));
    assert!(text("one.jsonl").contains("1 of 1 cases move on 1 January 2015: 1 up, 0 down"), "{}", text("one.jsonl"));
    let json = |file: &str| program.run(&format!("compare trial trial --law 2030-01-01 {file} --format json")).json();
    let (one, two) = (json("one.jsonl"), json("two.jsonl"));
    assert_eq!((one["on"].as_str(), one["dates"]["first"].as_str()), (Some("2015-01-01"), Some("2015-01-01")));
    assert_eq!((two["on"].as_str(), two["dates"]["last"].as_str()), (None, Some("2019-05-20")));
}

/// The source is that of the value, and says when it holds by itself: nobody decided it in 2010.
#[test]
fn under_another_law_a_number_says_since_when_the_policy_has_it() {
    let program = Program::new().rules(SCORE).file("policies/trial/parameters.yaml", CUT);
    let text = program.run("compare trial trial --law 2030-01-01 --on 2019-05-20").stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "cut 50 to 30 percent, from 1 January 2010 (as the policy has it from 1 January 2030 on: s3)";
    assert!(text.contains(said), "{text}");
}

#[test]
fn a_case_that_neither_policy_answers_has_its_row() {
    let program = Program::new().file("a.csv", "crn,sex\nX1,nobody\nX2,male\n");
    let ran = program.run("compare bgsw bgsw a.csv --on 2019-05-20 --format csv");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    let rows: Vec<&str> = ran.stdout.lines().skip(1).collect();
    assert_eq!(rows, ["X1,,,,,,,,,,,,a.csv:2:4: `sex`: not one of the words known here"], "{}", ran.whole());
}
