//! `brag assess --log` and `brag replay`: what was decided can be shown again, and a changed log shows itself.

use crate::{
    program::{Program, Ran},
    sampling::is_long,
};
use brag::decision_log::chain::{Damage, FIRST, damaged, hash_of, sealed};
use brag_made_up::{Book, DATE};
use std::{collections::BTreeMap, fs::read_to_string, process::Stdio, thread::sleep, time::Duration};

fn book(people: usize) -> String {
    let book = Book::new(7, DATE, |_| true);
    book.cases().take(people).fold(String::new(), |text, case| text + case.to_string().as_str() + "\n")
}

fn log_of(program: &Program) -> String {
    read_to_string(program.folder().join("log.jsonl")).unwrap()
}

fn logged(people: usize) -> Program {
    let program = Program::new().file("book.jsonl", book(people));
    let ran = program.run("assess book.jsonl --format csv -o answers.csv --log log.jsonl --by SPO17");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    program
}

/// The output without what differs between two runs and two versions of a policy.
fn steady(ran: &Ran) -> String {
    let lines = ran.stdout.lines().map(|line| match line.split_once("logged") {
        Some((before, rest)) => format!("{before}logged{}", rest.split(',').next().unwrap()),
        None if line.contains("the hash of the last line") => "  the hash of the last line is ...".to_owned(),
        None if line.contains("digest") => line.split(", digest").next().unwrap().to_owned(),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_line_is_worked_out_to_the_same() {
    let program = logged(60);
    let rows = read_to_string(program.folder().join("answers.csv")).unwrap().lines().count() - 1;
    assert_eq!(log_of(&program).lines().count(), rows);
    let ran = program.run("replay log.jsonl book.jsonl");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(steady(&ran), @r"
    60 of 60 lines stand
      60: the same comes out again
      the hash of the last line is ...
    ");
}

#[test]
fn one_command_says_why_somebody_had_a_tier() {
    let case = "crn: X320741\nassessed_on: 2019-03-04\noasys: { rosh: high, ogrs3: 80, ogp: 10, ovp: 10, rsr: 1 }\n";
    let program = Program::new().file("one.yaml", case);
    let ran = program.run("assess one.yaml --log log.jsonl --by SPO17 --log-values");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let ran = program.run("replay log.jsonl one.yaml --crn X320741 --on 2019-03-04");
    insta::assert_snapshot!(steady(&ran), @r"
    1 of 1 lines stand
      1: the same comes out again
      the hash of the last line is ...

    X320741 Red on 4 March 2019
      logged      line 1
      stands      the same comes out again
      policy      bgsw
      rule        risk_matrix
                  Risk of serious harm and likelihood of reoffending, taken together, are the
                  overriding factors. A low risk of serious harm that the record disputes counts as
                  medium until it is reassessed.
                  BGSW 2019, Annex 3, Case Management Model
      number      disputing_offences = [murder, manslaughter, rape, sexual, robbery, aggravated_burglary, wounding_gbh, arson_endanger_life, kidnap, firearm, non_molestation_order_breach, restraining_order_breach, stalking, domestic_assault, coercive_control], from 1 June 2014 (BGSW 2019: low risk of harm shown beside convictions for robbery and manslaughter; the list is assumed)
      number      disputing_registrations = [domestic_abuse_perpetrator, child_protection, risk_to_children, sex_offender], from 1 June 2014 (assumption)
      number      engagement_absences = 2, from 1 June 2014 (assumption)
      number      engagement_days = 90, from 1 June 2014 (assumption)
      number      green_medium_rosh = true, from 1 June 2014 (assumption)
      number      green_needs = 1, from 1 June 2014 (assumption)
      number      matrix = {low: {low: Green, medium: Amber, high: Amber, very_high: Red-Amber}, medium: {low: Amber, medium: Amber, high: Red-Amber, very_high: Red}, high: {low: Red, medium: Red, high: Red, very_high: Red}, very_high: {low: Red, medium: Red, high: Red, very_high: Red}}, from 1 June 2014 (assumption)
      number      need_cut_offs = [[accommodation, 2], [ete, 3], [relationships, 2], [lifestyle, 2], [drugs, 2], [alcohol, 4], [thinking, 4], [attitudes, 2]], from 1 June 2014 (ministryofjustice/hmpps-tier, NeedSection)
      number      ogp_bands = [34, 67, 85], from 1 June 2014 (MoJ actuarial predictor bands)
      number      ogrs3_bands = [50, 75, 90], from 1 June 2014 (MoJ actuarial predictor bands)
      number      ovp_bands = [30, 60, 80], from 1 June 2014 (MoJ actuarial predictor bands)
      number      safeguarding_registrations = [domestic_abuse_perpetrator, child_protection, child_concerns, risk_to_children, stalking], from 1 June 2014 (assumption)
      number      vulnerable_registrations = [domestic_abuse_victim, adult_at_risk, vulnerability, suicide_self_harm], from 1 June 2014 (assumption)
      read        oasys.rosh high
      read        oasys.rosh_to.public at most high
      read        oasys.rosh_to.children at most high
      read        oasys.rosh_to.known_adult at most high
      read        oasys.rosh_to.staff at most high
      read        oasys.ogrs3 80
      read        oasys.ogp 10
      read        oasys.ovp 10
      flags       assessment_incomplete, no_risk_management_plan, no_contingency_plan
    ");
}

#[test]
fn values_stand_in_the_log_only_where_that_is_asked_for() {
    let case = "crn: X320741\nassessed_on: 2019-05-20\nsex: female\noasys: { rosh: very_high }\n";
    let program = Program::new().file("one.yaml", case);
    program.run("assess one.yaml --log log.jsonl");
    let sealed = log_of(&program);
    assert!(!sealed.contains("very_high\"") && sealed.contains("\"path\":\"oasys.rosh\",\"seal\":\""), "{sealed}");
    // The same value of two people has two seals: nobody finds one out by trying the few that there are.
    let other = program.file("two.yaml", case.replace("X320741", "X320742"));
    other.run("assess two.yaml --log log.jsonl");
    let seal = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let reads = entry["reads"].as_array().unwrap().clone();
        reads.into_iter().find(|read| read["path"] == "oasys.rosh").unwrap()["seal"].clone()
    };
    let both = log_of(&other);
    let seals: Vec<_> = both.lines().map(seal).collect();
    assert_ne!(seals[0], seals[1]);
    other.run("assess two.yaml --log log.jsonl --log-values");
    assert!(log_of(&other).lines().last().unwrap().contains("\"path\":\"oasys.rosh\",\"value\":\"very_high\""));
}

#[test]
fn a_changed_case_and_a_changed_policy_are_told_apart() {
    let program = logged(12);
    let changed = book(12).replacen("\"sex\":\"male\"", "\"sex\":\"female\"", 1);
    let program = program.file("changed.jsonl", changed);
    let ran = program.run("replay log.jsonl changed.jsonl --format json");
    assert_eq!(ran.code, 1);
    let of = ran.json()["of"].clone();
    assert_eq!(of.as_array().unwrap().iter().map(|line| &line["standing"]).collect::<Vec<_>>(), ["case_changed"]);
    let program = program.file(
        "policies/bgsw/policy.rhai",
        "const TIERS = [\"Green\", \"Amber\", \"Red-Amber\", \"Red\"];\nconst OUTSIDE = [\"Blue\"];\n/// All.\nfn all(person) { at_least(\"Green\") }\n",
    );
    let ran = program.run("replay log.jsonl book.jsonl --format json");
    assert_eq!(ran.code, 1);
    assert!(ran.json()["of"].as_array().unwrap().iter().all(|line| line["standing"] == "policy_changed"));
    // Without cases the chain alone is looked at.
    assert_eq!(program.run("replay log.jsonl").code, 0);
}

#[test]
fn what_is_no_log_is_left_alone() {
    let program = Program::new().file("one.yaml", "crn: X320741\n").file("notes.txt", "remember the milk\n");
    let ran = program.run("assess one.yaml --log notes.txt");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × notes.txt: does not end in a line of a decision log
      help: name another file; a log is never mixed with something else
    ");
    assert_eq!(read_to_string(program.folder().join("notes.txt")).unwrap(), "remember the milk\n");
}

/// A log of so many lines.
fn chain(lines: usize) -> Vec<String> {
    let mut before = FIRST.to_owned();
    let line = |number: usize| {
        let line = sealed(&format!("{{\"log\":1,\"crn\":\"A{number}\"}}"), &before);
        hash_of(&line).unwrap().clone_into(&mut before);
        line
    };
    (0..lines).map(line).collect()
}

fn found(lines: &[String]) -> BTreeMap<usize, Damage> {
    damaged(&lines.iter().map(String::as_str).collect::<Vec<_>>(), true)
}

#[test]
fn every_way_to_change_a_log_shows() {
    let whole = chain(10_000);
    assert_eq!(found(&whole), BTreeMap::new());
    for at in [1, 2, 137, 5_000, 9_998] {
        let mut altered = whole.clone();
        altered[at] = altered[at].replacen("\"crn\":\"A", "\"crn\":\"B", 1);
        assert_eq!(found(&altered), BTreeMap::from([(at + 1, Damage::Altered)]));
        let mut removed = whole.clone();
        removed.remove(at);
        assert_eq!(found(&removed), BTreeMap::from([(at + 1, Damage::Removed)]));
        let mut swapped = whole.clone();
        swapped.swap(at, at - 1);
        assert!(found(&swapped).values().all(|wrong| *wrong == Damage::Reordered), "{:?}", found(&swapped));
        assert!(found(&swapped).contains_key(&(at + 1)));
        let mut repeated = whole.clone();
        repeated.insert(at + 1, whole[at].clone());
        assert_eq!(found(&repeated), BTreeMap::from([(at + 2, Damage::Repeated)]));
        // Whoever alters a line and seals it again has to seal all that follow, and then the last hash is another.
        let mut resealed = whole.clone();
        resealed[at] = sealed(&format!("{{\"log\":1,\"crn\":\"B{at}\"}}"), hash_of(&whole[at - 1]).unwrap());
        assert_eq!(found(&resealed), BTreeMap::from([(at + 2, Damage::Removed)]));
    }
    let mut first = whole.clone();
    first.remove(0);
    assert_eq!(found(&first), BTreeMap::from([(1, Damage::Removed)]));
    let lines: Vec<&str> = whole.iter().map(String::as_str).collect();
    let half = &whole[9_999][..40];
    let cut: Vec<&str> = lines[..9_999].iter().copied().chain([half]).collect();
    assert_eq!(damaged(&cut, false), BTreeMap::from([(10_000, Damage::CutOff)]));
}

#[test]
fn lines_cut_off_at_the_end_are_missed_by_the_last_hash() {
    let program = logged(5);
    let log = log_of(&program);
    let head = hash_of(log.lines().last().unwrap()).unwrap().to_owned();
    assert_eq!(program.run(&format!("replay log.jsonl --head {head}")).code, 0);
    let shorter: Vec<&str> = log.lines().take(4).collect();
    let program = program.file("log.jsonl", shorter.join("\n") + "\n");
    assert_eq!(program.run("replay log.jsonl").code, 0);
    let ran = program.run(&format!("replay log.jsonl --head {head}"));
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("lines at the end were cut off"), "{}", ran.stdout);
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let program = Program::new().file("book.jsonl", book(150));
    let start = || {
        let arguments = ["assess", "book.jsonl", "--format", "csv", "--log", "log.jsonl", "--threads", "1"];
        program.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..3).map(|_| start()).collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let log = log_of(&program);
    assert_eq!(log.lines().count(), 450);
    assert_eq!(damaged(&log.lines().collect::<Vec<_>>(), log.ends_with('\n')), BTreeMap::new());
}

#[test]
fn a_run_that_is_killed_leaves_whole_lines() {
    let program = Program::new().file("book.jsonl", book(400));
    let mut before = String::new();
    for number in 0..if is_long() { 50 } else { 8 } {
        let arguments = ["assess", "book.jsonl", "--format", "csv", "--log", "log.jsonl"];
        let mut run = program.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(20 + 37 * (number % 11)));
        run.kill().unwrap();
        run.wait().unwrap();
        let Ok(log) = read_to_string(program.folder().join("log.jsonl")) else { continue };
        assert!(log.starts_with(&before), "a line was lost");
        let lines: Vec<&str> = log.lines().collect();
        let wrong = damaged(&lines, log.ends_with('\n'));
        assert!(wrong.values().all(|wrong| *wrong == Damage::CutOff), "{wrong:?}");
        before =
            lines.iter().take(lines.len() - wrong.len()).map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
    }
    // A half line goes with the next run, which says so.
    let program = program.file("log.jsonl", format!("{before}{{\"log\":1,\"at\""));
    let ran = program.run("assess book.jsonl --format csv -o answers.csv --log log.jsonl");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "log.jsonl: the last line was cut off; what is left of it goes\n"));
    let log = log_of(&program);
    assert!(log.starts_with(&before));
    assert_eq!(damaged(&log.lines().collect::<Vec<_>>(), true), BTreeMap::new());
}
