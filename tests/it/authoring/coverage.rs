//! Coverage of the shipped policies, and the cases at their thresholds.

use super::program::Project;
use crate::program::Program;
use brag::{
    authoring::{
        coverage::{ConditionCoverage, Coverage, WaysTaken, cover},
        snapshot, worked,
    },
    calendar::WorkingDays,
    decision::assessor::Assessor,
    policy::{Policy, source::Shelf},
};
use insta::assert_snapshot;
use std::{fs, path::Path};

fn shelf() -> Shelf {
    Shelf::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"))
}

fn of(name: &str) -> Coverage {
    let shelf = shelf();
    let cases = worked::all(&shelf, name).unwrap();
    cover(&shelf, name, &cases, None, &WorkingDays::shipped()).unwrap()
}

#[test]
fn every_rule_of_every_shipped_policy_fires_and_does_not() {
    for name in shelf().names() {
        let coverage = of(&name);
        let never: Vec<_> = coverage.uncovered().map(|rule| &rule.rule).collect();
        assert!(never.is_empty(), "{name}: no worked case in which these fire: {never:?}");
        let rules = coverage.rules.iter();
        let always: Vec<_> = rules.filter(|rule| rule.silent.is_none()).map(|rule| &rule.rule).collect();
        // The two risks always give a tier.
        let by_nature = if name == "bgsw" { vec!["risk_matrix"] } else { Vec::new() };
        assert_eq!(always, by_nature, "{name}");
    }
}

#[test]
fn conditions_of_the_tier_policies_are_taken_both_ways() {
    for name in ["bgsw", "hmpps-tier-v2", "hmpps-tier-v3"] {
        let coverage = of(name);
        let open: Vec<_> = coverage
            .conditions
            .iter()
            .filter(|one| !one.missing().is_empty())
            .map(|one| {
                format!("{}:{} {} {}", one.condition.file, one.condition.line, one.missing(), one.condition.text)
            })
            .collect();
        assert!(coverage.ways().percent() >= 95.0, "{name}: {}\n{}", coverage.ways(), open.join("\n"));
    }
}

#[test]
fn a_watched_policy_answers_like_the_policy() {
    let (shelf, days) = (shelf(), WorkingDays::shipped());
    for name in shelf.names() {
        let policy = Policy::that_runs(&shelf, &name).unwrap();
        let (mut plain, mut watched) = (Assessor::new(&policy), Assessor::new(&policy).watching());
        for case in worked::all(&shelf, &name).unwrap() {
            let answer = |assessor: &mut Assessor<'_>| snapshot::text(&case.run(assessor, None, &days).unwrap());
            assert_eq!(answer(&mut plain), answer(&mut watched), "{}", case.file);
        }
    }
}

const POLICY: &str = r#"//! A small policy.
const TIERS = ["Low", "High"];

/// Everybody has a tier.
fn always(person) { at_least("Low") }

/// High scores.
fn high(person) {
    if person.oasys.ogrs3 >= 50 && !(person.iom || person.oasys.rsr > 1) { return at_least("High"); }
    let words = ["a", "if x && y {"].filter(|word| word == "a" || word == "b");
    let each = switch words.len() { 1 => { "one" } 2 if person.iom => "two", _ => `n ${words.len()}` };
    // if this && that
    if each == "two" { at_least("High") }
}
"#;

#[test]
fn conditions_are_found_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("policies");
    fs::create_dir_all(root.join("small/cases")).unwrap();
    fs::write(root.join("small/policy.rhai"), POLICY).unwrap();
    let case = "crn: A1\nassessed_on: 2020-01-01\niom: false\noasys: {ogrs3: 60, rsr: 0.5}\n";
    fs::write(root.join("small/cases/a.yaml"), case).unwrap();
    fs::write(root.join("small/cases/b.yaml"), case.replace("60", "40")).unwrap();
    let shelf = Shelf::Folder(root);
    let cases = worked::all(&shelf, "small").unwrap();
    let coverage = cover(&shelf, "small", &cases, None, &WorkingDays::shipped()).unwrap();
    let shown = |one: &ConditionCoverage| format!("{} {}: {}", one.condition.line, one.condition.text, one.missing());
    let shown: Vec<_> = coverage.conditions.iter().map(shown).collect();
    assert_eq!(
        shown,
        [
            "9 person.oasys.ogrs3 >= 50: ",
            "9 person.iom: never true",
            "9 person.oasys.rsr > 1: never true",
            "10 word == \"a\": ",
            "10 word == \"b\": never true",
            "11 \"one\": ",
            "11 person.iom: never asked",
            "11 \"two\": never taken",
            "11 `n ${words.len()}`: never taken",
            "13 each == \"two\": never true",
        ]
    );
}

#[test]
fn coverage_is_drawn_and_held_to_a_share() {
    let project = Project::with_bgsw();
    let text = project.brag(&["test", "bgsw", "--coverage", "--fail-under", "95"]);
    assert_eq!(text.code, 0, "{}", text.out);
    assert!(text.out.contains("coverage of bgsw") && text.out.contains("rules fire"), "{}", text.out);
    assert_eq!(project.brag(&["test", "bgsw", "--coverage", "--fail-under", "100"]).code, 1);
    let html = project.brag(&["test", "bgsw", "--coverage=html"]).out;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("fires in"), "{html}");
    let lcov = project.brag(&["test", "bgsw", "--coverage=lcov"]).out;
    assert!(lcov.contains("\nSF:policies/bgsw/policy.rhai\n") && lcov.contains("\nBRDA:"), "{lcov}");
    assert!(lcov.ends_with("end_of_record\n"));
}

#[test]
fn cases_at_the_thresholds_are_written_and_counted_until_confirmed() {
    let project = Project::with_bgsw();
    let written = project.brag(&["new", "cases", "--boundary", "bgsw"]);
    assert_eq!(written.code, 0, "{written:?}");
    let case = |name: &str| fs::read_to_string(project.path(&format!("policies/bgsw/cases/boundary-{name}.yaml")));
    for name in ["oasys-ogrs3-50", "oasys-ogrs3-75", "oasys-ogrs3-90", "oasys-rsr-3", "oasys-rsr-6_9"] {
        for place in ["below", "at", "above"] {
            let text = case(&format!("{name}-{place}")).unwrap();
            assert!(text.contains("unconfirmed: true"), "{text}");
        }
    }
    let tested = project.brag(&["test", "bgsw", "--filter", "boundary-", "--update", "all"]);
    assert_eq!(tested.code, 0, "what comes out now is what is expected\n{}", tested.out);
    assert!(Project::count(&tested).contains("unconfirmed") && tested.out.contains("  bgsw/boundary-oasys-rsr-3-at\n"));
    let again = project.brag(&["new", "cases", "--boundary", "bgsw"]);
    assert!(again.out.starts_with("0 worked cases written"), "{}", again.out);
}

#[test]
fn a_case_is_made_from_another() {
    let project = Project::with_bgsw();
    let from = "policies/bgsw/cases/01-anthony.yaml";
    let made = project.brag(&[
        "new",
        "case",
        "--from",
        from,
        "--set",
        "oasys.ogrs3=91",
        "--set",
        "iom=true",
        "-o",
        "new.yaml",
    ]);
    assert_eq!(made.code, 0, "{made:?}");
    let text = fs::read_to_string(project.path("new.yaml")).unwrap();
    assert!(text.contains("ogrs3: 91") && text.contains("iom: true") && !text.contains("expect"), "{text}");
    assert_eq!(project.brag(&["assess", "new.yaml"]).code, 0);
    assert_eq!(project.brag(&["new", "case", "--from", from, "-o", "new.yaml"]).code, 3, "nothing is written over");
    let invalid = project.brag(&["new", "case", "--from", from, "--set", "oasys.ogrs3=101"]);
    assert_eq!(invalid.code, 3, "{invalid:?}");
}

/// A change is made as `explain` names it, however the case writes a need; and what is wrong with it is said of the command line.
#[test]
fn a_change_is_made_as_it_is_named() {
    let project = Project::with_bgsw();
    fs::write(project.path("one.yaml"), "crn: X1\noasys: { sections: { drugs: 7 } }\n").unwrap();
    let made = |set: &str| project.brag(&["new", "case", "--from", "one.yaml", "--set", set]);
    let drugs = made("oasys.sections.drugs.score=3");
    assert!(drugs.code == 0 && drugs.out.contains("sections: {drugs: 3}\n"), "{drugs:?}");
    let told = |set: &str, code: i32| {
        let ran = made(set);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{ran:?}");
        ran.err
    };
    assert_snapshot!(told("oasys.sections.drugs.score=99", 3), @"  × --set oasys.sections.drugs.score: expected a whole number from 0 to 10");
    assert_snapshot!(told("oasys.sections.drugs.score.x=1", 3), @"
      × one.yaml: `oasys.sections.drugs.score.x`: `score` does not lead anywhere in this case
      help: `brag show inputs` lists every path
    ");
    assert_snapshot!(told("contacts=[{ date: 2019-05-01, mode: office, with: case_manager, outcome: missed }]", 3), @"
      × --set contacts: `contacts[0].outcome`: not one of the words known here
      help: known here: `attended` `acceptable_absence` `unacceptable_absence` `rearranged` `planned`
    ");
    let said = "error: invalid value 'iom=' for '--set <PATH=VALUE>': expected PATH=VALUE, such as oasys.ogrs3=75\n";
    assert!(told("iom=", 2).starts_with(said));
}

const TABLE_RULES: &str = r#"const TIERS = ["Low", "High"];
const AXES = ["risk"];

/// Risk.
/// @cite c
fn risk(person) { points("risk", pick(param::risk_points, person.oasys.ogrs3) ?? 0) }

/// Managed.
/// @cite c
fn managed(person) { if person.iom && person.oasys.ogrs3 >= 10 { points("risk", 1) } }

/// Tier.
/// @cite c
fn tier(person, so_far) { if so_far.points.risk >= param::high { "High" } else { "Low" } }
"#;
const TABLE: &str = "risk_points: { description: d, values: { 2010-01-01: { value: [[25, 2], [50, 6], [75, 10]], source: s } } }\n\
    high: { description: d, values: { 2010-01-01: { value: 6, source: s } } }\n";

/// Of a table the cut-offs are thresholds and the points are none, unless something else holds the input against the same number.
#[test]
fn what_a_table_gives_is_no_threshold() {
    let case = "crn: X1\nassessed_on: 2019-05-20\niom: false\noasys: { ogrs3: 20 }\nexpect: { tier: Low }\n";
    let program = Program::new()
        .rules(TABLE_RULES)
        .file("policies/trial/parameters.yaml", TABLE)
        .file("policies/trial/cases/1.yaml", case);
    let ran = program.run("new cases --boundary trial -o out");
    assert_snapshot!(ran.whole(), @"
    exit code 0
    ---- stdout ----
    9 worked cases written to out, 0 were there already
    no case at oasys.ogrs3 10: in every worked case something else gives the same on both sides
    no case at `so_far.points.risk >= param::high` 6: what is counted, added up or reckoned there has no value of its own to be set
    ");
    assert!(program.folder().join("out/boundary-oasys-ogrs3-75-at.yaml").is_file());
}

/// Beside the cases of one day those of another are written, and found again.
#[test]
fn cases_at_the_thresholds_of_another_day_have_names_of_their_own() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// All.\n/// @cite c\nfn all(person) { at_least(\"Low\") }\n\n\
        /// Score.\n/// @cite c\nfn score(person) { if person.oasys.ogrs3 >= param::high { at_least(\"High\") } }\n";
    let numbers = "high: { description: d, values: { 2010-01-01: { value: 50, source: s }, 2018-01-01: { value: 75, source: s } } }\n";
    let program = Program::new()
        .rules(rules)
        .file("policies/trial/parameters.yaml", numbers)
        .file("policies/trial/cases/1.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: { ogrs3: 60 }\n");
    let first = |more: &str| {
        let ran = program.run(&format!("new cases --boundary trial {more}"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        ran.stdout.lines().next().unwrap().to_owned()
    };
    let (new, old) = (
        "3 worked cases written to policies/trial/cases, 0 were there already",
        "0 worked cases written to policies/trial/cases, 3 were there already",
    );
    for more in ["", "--law 2019-06-01", "--law 2015-01-01", "--on 2016-01-01", "--law 2015-01-01 --on 2019-05-20"] {
        assert_eq!(first(more), new, "{more}");
        assert_eq!(first(more), old, "{more}");
    }
    for name in ["75-at", "75-at-2019-06-01", "50-at-2015-01-01", "50-at-2016-01-01", "50-at-2015-01-01-on-2019-05-20"]
    {
        let file = format!("policies/trial/cases/boundary-oasys-ogrs3-{name}.yaml");
        assert!(program.folder().join(&file).is_file(), "{file}");
    }
}

#[test]
fn a_policy_from_whose_cases_none_can_be_made_says_so() {
    let program =
        Program::new().rules("const TIERS = [\"Low\"];\n/// All.\n/// @cite c\nfn all(person) { at_least(\"Low\") }\n");
    assert_snapshot!(program.run("new cases --boundary trial").whole(), @"
    exit code 3
    ---- stderr ----
      × trial: has no worked case, and one at a threshold is made from another
      help: write one first: `brag new case --from CASE -o policies/trial/cases/NAME.yaml`
    ");
    assert!(!program.folder().join("policies/trial/cases").exists());
    let program = program.file("policies/trial/cases/boundary-x.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let ran = program.run("new cases --boundary trial");
    assert!(
        ran.stderr.starts_with("  × trial: has no worked case but for those at thresholds, and one"),
        "{}",
        ran.whole()
    );
    let program = program.file("policies/trial/cases/1.yaml", "crn: X1\n");
    assert_snapshot!(program.run("new cases --boundary trial").whole(), @"
    exit code 3
    ---- stderr ----
      × trial: none of its worked cases says which day it is for
      help: give each its `assessed_on`, or name a day: --on DATE
    ");
    let ran = program.run("new cases --boundary trial --on 2019-05-20 -o out");
    let said = "0 worked cases written to out, 0 were there already\nthe rules hold no input against a number\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (0, said), "{}", ran.whole());
}

const HALF: &str = r#"const TIERS = ["Low", "High"];

/// All.
/// @cite c
fn all(person) { at_least("Low") }

/// Managed.
/// @cite c
fn managed(person) { if person.iom { at_least("High") } }

/// Score.
/// @cite c
fn score(person) { if person.oasys.ogrs3 >= 50 { at_least("High") } }
"#;

/// Two conditions of which each is taken one way are half of the ways, and none of the conditions.
#[test]
fn the_share_that_is_covered_is_one_of_ways() {
    let case = "crn: X1\nassessed_on: 2019-05-20\niom: false\noasys: { ogrs3: 60 }\n";
    let program = Program::new().rules(HALF).file("policies/trial/cases/1.yaml", case);
    let ran = program.run("test trial --coverage --fail-under 80");
    let said =
        "trial: 2 of 3 rules fire, 2 of 4 ways through conditions (50.0%) are taken, 2 of 2 conditions are open\n";
    assert!(ran.stdout.ends_with(said), "{}", ran.whole());
    assert!(ran.stderr.contains("2 of 4 ways through conditions (50.0%) are taken, under 80%\n"), "{}", ran.whole());
    let html = program.run("test trial --coverage=html").stdout;
    let said =
        "<p>2 of 3 rules fire; 2 of 4 ways through conditions (50.0%) are taken, 2 of 2 conditions are open.</p>";
    assert!(html.contains(said), "{html}");
    assert!(html.contains("fires in 1 case, first 1"), "{html}");
    assert!(program.run("test trial --coverage=lcov").stdout.contains("\nBRF:4\nBRH:2\n"));
}

/// What is not whole does not read as if it were.
#[test]
fn a_share_is_rounded_down() {
    assert_eq!(WaysTaken { all: 2_000, taken: 1_999 }.to_string(), "1999 of 2000 ways through conditions (99.9%)");
    assert_eq!(WaysTaken { all: 0, taken: 0 }.to_string(), "0 of 0 ways through conditions (100.0%)");
}

/// A check in a build that asks nothing must not look like one that passed.
#[test]
fn a_claim_of_which_there_is_nothing_to_ask_says_so() {
    let program = Program::new().rules(HALF);
    let ran = program.run("verify trial --only missing-fact,law");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    assert_eq!(
        ran.stderr,
        "--only missing-fact: nothing of the kind is to be asked of trial: no rule that bears on the tier asks whether a fact is \
         known, and what is not known is taken as what asks for most\n\
         --only law: nothing of the kind is to be asked of trial: it has no law, a function `law_...(person, tier)`\n"
    );
    assert_eq!(program.run("verify trial").stderr, "", "nobody named them");
    let law = "\n/// Law.\n/// @cite c\nfn law_iom(person, tier) { !person.iom || tier == \"High\" }\n";
    let ran = program.rules(&format!("{HALF}{law}")).run("verify trial --only law");
    assert_eq!(ran.stderr, "", "{}", ran.whole());
}

/// Threads work on mutants: without them they would count for nothing. A variable stands for every verb.
#[test]
fn threads_of_a_test_are_those_of_mutants() {
    let case = "crn: X1\nassessed_on: 2019-05-20\niom: false\noasys: { ogrs3: 60 }\nexpect: { tier: High }\n";
    let program = Program::new().rules(HALF).file("policies/trial/cases/1.yaml", case);
    let ran = program.run("test trial --threads 2");
    let said = "error: --threads would count for nothing without --mutants\n";
    assert!(ran.code == 2 && ran.stderr.starts_with(said), "{}", ran.whole());
    assert_ne!(program.run("test trial --mutants --threads 2").code, 2);
    assert_eq!(program.run("test trial --update all").code, 0);
    assert_eq!(program.variable("BRAG_THREADS", "2").run("test trial").code, 0);
}

/// One case is one case.
#[test]
fn a_pattern_of_one_case_says_so() {
    let rules = "const TIERS = [\"Low\"];\n\n/// All.\n/// @cite c\nfn all(person) { at_least(\"Low\") }\n\n\
        /// Together.\n/// @cite c\nfn caseload(book) { pattern(\"together\", \"low\", \"seen together\", book.cases) }\n";
    let program = Program::new().rules(rules).file("one.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let ran = program.run("caseload one.yaml --policy trial");
    assert!(ran.stdout.ends_with("  together (low): seen together\n      1 case: X1\n"), "{}", ran.whole());
}
