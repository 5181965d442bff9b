//! Coverage of the shipped policies, and the cases at their thresholds.

use super::program::Project;
use brag::{
    authoring::{
        coverage::{ConditionCoverage, Coverage, cover},
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
        assert!(coverage.percent() >= 95.0, "{name}: {:.1}%\n{}", coverage.percent(), open.join("\n"));
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
