//! `brag assess --log` and `brag replay`: what was decided can be shown again, and a changed log shows itself.

use crate::{
    answer_schema::fits,
    program::{Program, Ran},
};
use brag::{
    decision_log::chain::{Damage, FIRST, damaged, hash_of, sealed},
    report::schema_of::SchemaOf,
};
use brag_made_up::{Book, DATE};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs::{File, metadata, read_to_string},
    io::Write as _,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

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
fn what_decisions_would_be_under_another_policy_is_what_a_comparison_says() {
    let mut program = logged(80);
    for (path, content) in crate::outputs::work::files(&crate::program::root().join("policies")) {
        let mut text = String::from_utf8(content).unwrap();
        if path.ends_with("bgsw/parameters.yaml") {
            assert_eq!(text.matches("value: 5, unit: needs").count(), 1);
            text = text.replace("value: 5, unit: needs", "value: 4, unit: needs");
        }
        program = program.file(&format!("new/{}", path.display()), text);
    }
    let compared = program.run("compare bgsw new/bgsw book.jsonl --format json --law 2019-05-20").json();
    let ran = program.run("replay log.jsonl book.jsonl --with new/bgsw --law 2019-05-20 --format json");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let mut today = ran.json()["today"].clone();
    assert!(today["moved"].as_u64().unwrap() > 0);
    // What differs is that of a comparison, and says which lines it is about.
    for change in today["changes"].as_array_mut().unwrap() {
        let lines = change.as_object_mut().unwrap().remove("lines").unwrap();
        assert_eq!((&lines["first"], &lines["from"], &lines["to"]), (&json!(1), &json!(DATE), &json!(DATE)));
    }
    for key in ["cases", "moved", "up", "down", "matrix", "causes", "moves", "changes", "flags"] {
        assert_eq!(today[key], compared[key], "{key}");
    }
    assert!(today["causes"][0]["causes"][0]["differs"][0].as_str().unwrap().starts_with("uplift_needs: 5 to 4"));
    let text = program.run("replay log.jsonl book.jsonl --with new/bgsw --law 2019-05-20").stdout;
    assert!(text.contains("new/bgsw under the rules and numbers of 2019-05-20 beside log.jsonl"), "{text}");
    // Where the policy of then is not at hand, the tier that the log holds is held against today's.
    let ran =
        program.run("replay log.jsonl book.jsonl --policy new/bgsw --with new/bgsw --law 2019-05-20 --format json");
    assert_eq!(ran.code, 1, "the policy is another one now");
    let today = ran.json()["today"].clone();
    assert_eq!((&today["moved"], &today["matrix"]), (&compared["moved"], &compared["matrix"]));
    assert_eq!(today["causes"][0]["causes"][0]["differs"][0], "that of then is not at hand");
    let text = program.run("replay log.jsonl book.jsonl --policy new/bgsw --with new/bgsw --law 2019-05-20").stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("what differs from a policy of then that is not at hand cannot be said; `--repo` looks for it")
    );
    assert!(!text.contains("nothing differs"), "{text}");
    assert_eq!(program.run("replay log.jsonl --with bgsw").code, 2, "without cases nothing can be worked out");
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

/// A log grows and is never written over, neither by the answers nor by a run that reads it.
#[test]
fn a_log_is_no_output_and_no_input() {
    let program = logged(3);
    let before = log_of(&program);
    for same in ["log.jsonl", "./log.jsonl", "new.jsonl"] {
        let log = same.trim_start_matches("./");
        let ran = program.run(&format!("assess book.jsonl -o {same} --log {log}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.whole());
        assert!(ran.stderr.contains("which the answers would be written over"), "{}", ran.stderr);
    }
    assert!(!program.folder().join("new.jsonl").exists());
    let ran = program.run("assess book.jsonl log.jsonl --log log.jsonl --format csv");
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.whole());
    assert_eq!(log_of(&program), before);
    let mut command = program.command(&["assess", "book.jsonl", "--log", "log.jsonl", "--format", "jsonl"]);
    let to = File::options().append(true).open(program.folder().join("log.jsonl")).unwrap();
    let status = command.stdout(to).stderr(Stdio::null()).status().unwrap();
    assert_eq!((status.code(), log_of(&program)), (Some(3), before));
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

/// A log of so many decisions, as `assess` writes them, with little in each.
fn decisions(lines: usize) -> Vec<String> {
    let mut before = FIRST.to_owned();
    let line = |number: usize| {
        let body = format!(
            "{{\"log\":1,\"at\":\"2026-03-04T09:00:00Z\",\"crn\":\"A{number}\",\"on\":\"2019-05-20\",\"case_digest\":\"{number:064x}\",\
             \"engine\":\"0.1.0\",\"policy\":{{\"name\":\"bgsw\",\"digest\":\"00\"}},\"parameters\":[],\"reads\":[],\"outcome\":\
             {{\"tier\":\"Red\",\"computed\":\"Red\",\"provisional\":false,\"range\":null,\"rule\":null,\"text\":null,\"cite\":null,\
             \"flags\":[],\"contact\":[],\"review\":null,\"grade\":null,\"place\":null}}}}"
        );
        let line = sealed(&body, &before);
        hash_of(&line).unwrap().clone_into(&mut before);
        line
    };
    (0..lines).map(line).collect()
}

#[test]
fn each_change_of_a_log_of_ten_thousand_lines_is_found_and_named() {
    let whole = decisions(10_000);
    let head = hash_of(&whole[9_999]).unwrap().to_owned();
    let mut program = Program::new();
    let mut of = |text: String| {
        program = std::mem::replace(&mut program, Program::new()).file("log.jsonl", text);
        let ran = program.run(&format!("replay log.jsonl --head {head} --format json"));
        let json = ran.json();
        let lines = json["of"].as_array().unwrap().iter();
        let found: Vec<(u64, String, String)> = lines
            .map(|line| {
                let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
                (line["line"].as_u64().unwrap(), text(&line["standing"]), text(&line["entry"]["crn"]))
            })
            .collect();
        assert_eq!(json["standing"].as_u64().unwrap() + found.len() as u64, json["lines"].as_u64().unwrap());
        assert_eq!(ran.code, i32::from(!found.is_empty() || json["cut_short"] == true));
        (found, json["cut_short"] == true)
    };
    let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let bad = |line: u64, standing: &str, crn: &str| (line, standing.to_owned(), crn.to_owned());
    assert_eq!(of(text(&whole)), (vec![], false));
    for at in [1, 4_321, 9_998] {
        let changed = |change: &dyn Fn(&mut Vec<String>)| {
            let mut lines = whole.clone();
            change(&mut lines);
            text(&lines)
        };
        let number = at as u64 + 1;
        let altered = changed(&|lines| lines[at] = lines[at].replacen("\"tier\":\"Red\"", "\"tier\":\"Low\"", 1));
        assert_eq!(of(altered), (vec![bad(number, "altered", &format!("A{at}"))], false));
        let removed = changed(&|lines| drop(lines.remove(at)));
        assert_eq!(of(removed), (vec![bad(number, "removed_before", &format!("A{}", at + 1))], false));
        let repeated = changed(&|lines| lines.insert(at + 1, lines[at].clone()));
        assert_eq!(of(repeated), (vec![bad(number + 1, "repeated", &format!("A{at}"))], false));
        let (found, _) = of(changed(&|lines| lines.swap(at, at - 1)));
        assert!(found.contains(&bad(number, "reordered", &format!("A{}", at - 1))), "{found:?}");
        assert!(
            found.iter().all(|(line, standing, _)| standing == "reordered" && line.abs_diff(number) <= 1),
            "{found:?}"
        );
        assert_eq!(
            of(text(&whole[..at])),
            (vec![], true),
            "what is cut off at a line's end is missed by the head alone"
        );
    }
    let cut = text(&whole);
    assert_eq!(of(cut[..cut.len() - 40].to_owned()), (vec![bad(10_000, "cut_off", "")], true));
    // For people the first of each kind are named, and the others counted.
    let program = Program::new().file("log.jsonl", text(&whole).replace("\"tier\":\"Red\"", "\"tier\":\"Low\""));
    let ran = program.run("replay log.jsonl");
    assert!(ran.stdout.starts_with("0 of 10000 lines stand\n  10000: altered: its hash is not that of what it says\n"));
    assert!(ran.stdout.contains("line 20, A19 on 20 May 2019\n      and 9980 more\n"), "{}", ran.stdout);
}

#[test]
fn a_log_that_is_text_of_another_kind_is_no_log() {
    let program = Program::new().file("log.jsonl", b"\xff\xfe\n").file("empty.jsonl", "");
    let ran = program.run("replay log.jsonl");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × log.jsonl: holds no decision
      help: `brag assess CASES --log FILE` writes one
    ");
    let ran = program.run("replay empty.jsonl");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × empty.jsonl: holds no decision
      help: `brag assess CASES --log FILE` writes one
    ");
}

#[test]
fn a_line_with_a_byte_that_is_no_text_is_named_and_the_others_are_read() {
    let program = logged(5);
    let mut log = log_of(&program).into_bytes();
    let third = log_of(&program).lines().take(2).map(|line| line.len() + 1).sum::<usize>();
    log[third + 20] = 0xff;
    let program = program.file("log.jsonl", &log);
    let ran = program.run("replay log.jsonl book.jsonl");
    insta::assert_snapshot!(steady(&ran), @r"
    4 of 5 lines stand
      1: altered: its hash is not that of what it says
          line 3
      4: the same comes out again
      the hash of the last line is ...
    ");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    // A byte that is no text in place of the sign that stands for such a byte is an alteration too.
    let sign = "by \u{fffd}";
    let program = Program::new().file("one.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    assert_eq!(program.run_with(&["assess", "one.yaml", "--log", "log.jsonl", "--by", sign]).code, 0);
    let log = log_of(&program);
    let at = log.find('\u{fffd}').unwrap();
    let altered = [&log.as_bytes()[..at], b"\xff", &log.as_bytes()[at + 3..]].concat();
    assert_eq!(program.run("replay log.jsonl").code, 0);
    assert_eq!(program.file("log.jsonl", altered).run("replay log.jsonl").code, 3, "nothing that can be read");
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
    // A log that has grown since was not cut off, and what is no hash is a slip.
    let early = log.lines().nth(2).and_then(hash_of).unwrap();
    let ran = program.run(&format!("replay log.jsonl --head {}", early.to_uppercase()));
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("that it must have: that of line 3, and"), "{}", ran.stdout);
    assert_eq!(program.run("replay log.jsonl --head abc").code, 2);
    let nobody = program.run("replay log.jsonl --crn NOBODY");
    assert_eq!((nobody.code, nobody.stdout.as_str()), (3, ""));
    assert!(nobody.stderr.contains("no line of the log is about this case"), "{}", nobody.stderr);
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
fn of_fifty_runs_that_are_killed_and_some_beside_them_no_line_is_lost_or_half() {
    let people = 2_500;
    let book: String =
        (0..people).map(|number| format!("{{\"crn\":\"A{number}\",\"assessed_on\":\"2019-05-20\"}}\n")).collect();
    let rules = "const TIERS = [\"Low\"];\n/// Everybody.\nfn base(person) { at_least(\"Low\") }\n";
    let program = Program::new().rules(rules).file("book.jsonl", book);
    let path = program.folder().join("log.jsonl");
    let start = |answers: Stdio| {
        let arguments = ["assess", "book.jsonl", "--policy", "trial", "--format", "csv", "--log", "log.jsonl"];
        program.command(&arguments).stdout(answers).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut before = String::new();
    for number in 0..50 {
        let answers = program.folder().join("answers.csv");
        let mut run = start(File::create(&answers).unwrap().into());
        // Every tenth time another run writes meanwhile, and is left to end.
        let other = (number % 10 == 9).then(|| start(Stdio::null()));
        let is_grown = || metadata(&path).is_ok_and(|about| about.len() > before.len() as u64);
        while !is_grown() && run.try_wait().unwrap().is_none() {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(number % 11));
        run.kill().unwrap();
        run.wait().unwrap();
        let beside = if other.is_some() { people } else { 0 };
        assert!(other.is_none_or(|mut other| other.wait().unwrap().success()));
        let log = read_to_string(&path).unwrap();
        assert!(log.starts_with(&before), "a line was lost");
        let whole = &log[..log.rfind('\n').map_or(0, |at| at + 1)];
        // No answer is seen before it stands in the log.
        let rows = read_to_string(&answers).unwrap().matches('\n').count().saturating_sub(1);
        let new = whole[before.len()..].lines().count() - beside;
        assert!(rows <= new, "{rows} answers, {new} lines");
        before = whole.to_owned();
    }
    assert!(before.lines().count() > 5 * people, "runs were killed before they wrote anything");
    assert_eq!(damaged(&before.lines().collect::<Vec<_>>(), true), BTreeMap::new());
    // A half line goes with the next run, which says so.
    let program = program.file("log.jsonl", format!("{before}{{\"log\":1,\"at\""));
    let ran = program.run("assess book.jsonl --policy trial --format csv -o answers.csv --log log.jsonl");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "log.jsonl: the last line was cut off; what is left of it goes\n"));
    let log = log_of(&program);
    assert!(log.starts_with(&before));
    assert_eq!(damaged(&log.lines().collect::<Vec<_>>(), true), BTreeMap::new());
}

#[test]
fn a_log_is_a_file_that_grows() {
    let program = Program::new().file("one.yaml", "crn: X320741\n");
    let ran = program.run("assess one.yaml --log -");
    insta::assert_snapshot!(ran.whole(), @"
    exit code 3
    ---- stderr ----
      × --log -: is no file that a log could be appended to
      help: name a file: the answers alone go to standard output
    ");
    let ran = program.run("assess one.yaml --log log.gz");
    insta::assert_snapshot!(ran.whole(), @"
    exit code 3
    ---- stderr ----
      × log.gz: is the name of a packed file, and a log is not packed
      help: name it without that ending; `brag replay` reads it when it is packed later, too
    ");
    assert!(["-", "log.gz"].iter().all(|name| !program.folder().join(name).exists()));
}

#[test]
fn a_log_is_replayed_from_standard_input_and_packed() {
    let program = logged(3);
    let log = log_of(&program);
    let whole = program.run("replay log.jsonl book.jsonl --format json").stdout;
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(log.as_bytes()).unwrap();
    let program = program.file("log.jsonl.gz", packer.finish().unwrap()).input(&log);
    for log in ["-", "log.jsonl.gz"] {
        let ran = program.run(&format!("replay {log} book.jsonl --format json"));
        assert_eq!((ran.code, ran.stdout.as_str()), (0, whole.as_str()), "{log}: {}", ran.stderr);
    }
    let ran = program.run("replay - -");
    assert!(
        ran.stderr.starts_with("error: the log and the cases cannot both be read from standard input\n"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.code, 2);
}

/// Each line is worked out on its own date, under the rules of its time.
#[test]
fn a_date_that_no_line_is_of_and_a_law_that_counts_for_nothing() {
    let program = logged(3);
    let ran = program.run("replay log.jsonl book.jsonl --on 2001-01-01");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (3, "  × --on: no line of the log is of this date\n"),
        "{}",
        ran.whole()
    );
    assert_eq!(program.run(&format!("replay log.jsonl book.jsonl --on {DATE}")).code, 0);
    let ran = program.run("replay log.jsonl book.jsonl --law 2018-01-01");
    let said = "error: `brag replay` works each line out under the rules of its time, so that --law would count for nothing; --with POLICY asks what each decision would be under those of --law\n";
    assert!(ran.code == 2 && ran.stderr.starts_with(said), "{}", ran.whole());
    assert_eq!(program.run("replay log.jsonl book.jsonl --law 2018-01-01 --with bgsw").code, 0);
    let program = program.variable("BRAG_ON", "2001-01-01").variable("BRAG_LAW", "2018-01-01");
    assert_eq!(program.run("replay log.jsonl book.jsonl").code, 0);
}

fn git(program: &Program, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(program.folder()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    let ran = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// The policy `trial`, from a score on, with a case.
fn scored(program: Program, from: u8) -> Program {
    let rules = format!(
        "const TIERS = [\"Low\", \"High\"];\n\n/// All.\n/// @cite c\nfn all(person) {{ at_least(\"Low\") }}\n\n\
         /// Score.\n/// @cite c\nfn score(person) {{ if person.oasys.ogrs3 >= {from} {{ at_least(\"High\") }} }}\n"
    );
    program.rules(&rules).file("one.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: { ogrs3: 55 }\n")
}

/// In one line, however wide it is drawn.
fn in_one_line(ran: &Ran) -> String {
    ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was looked for in a history and is in none of its commits is not told to be looked for there.
#[test]
fn a_policy_that_no_commit_has_is_said_to_be_in_none() {
    let program = scored(Program::new(), 50);
    git(&program, &["init", "-q", "-b", "main"]);
    git(&program, &["add", "-A"]);
    git(&program, &["commit", "-qm", "an edit"]);
    let program = scored(program, 51);
    assert_eq!(program.run("assess one.yaml --policy trial --log log.jsonl --format csv").code, 0);
    let program = scored(program, 52);
    let without = in_one_line(&program.run("replay log.jsonl one.yaml"));
    let line = "line 1, X1 on 20 May 2019, a trial with uncommitted changes in trial/policy.rhai";
    assert!(without.contains(&format!("1: the policy is another one now {line}")), "{without}");
    let ran = program.run("replay log.jsonl one.yaml --repo . --with trial");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    let said = in_one_line(&ran);
    let kind = "1: the policy is another one now, and no commit in the repository of . has that of then";
    assert!(said.contains(&format!("{kind} {line}")), "{said}");
    let lacks = "what differs from a policy of then that is neither at hand nor in a commit cannot be said";
    assert!(said.contains(lacks) && !said.contains("`--repo` looks for it"), "{said}");
}

/// What differs from several policies of then stands there once where it is the same, with the lines that it is about.
#[test]
fn what_differs_from_the_policies_of_a_log_says_which_lines_it_is_about() {
    let program = scored(Program::new(), 50);
    git(&program, &["init", "-q", "-b", "main"]);
    git(&program, &["add", "-A"]);
    git(&program, &["commit", "-qm", "an edit"]);
    let log = |program: &Program, more: &str| {
        let ran = program.run(&format!("assess one.yaml --policy trial --log log.jsonl --format csv {more}"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
    };
    log(&program, "");
    let program = scored(program, 51);
    git(&program, &["commit", "-qam", "another edit"]);
    log(&program, "--on 2019-06-03");
    git(&program, &["checkout", "-q", "HEAD~1", "--", "policies"]);
    log(&program, "--law 2019-01-01");
    git(&program, &["checkout", "-q", "HEAD", "--", "policies"]);
    let program = scored(program, 52);
    let ran = program.run("replay log.jsonl one.yaml --repo . --with trial");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let said = in_one_line(&ran);
    assert_eq!(said.matches("What differs in trial").count(), 2, "{said}");
    for lines in
        ["beside the policy of 2 lines from 1 to 3, of 20 May 2019", "beside the policy of line 2, of 3 June 2019"]
    {
        assert!(said.contains(&format!("What differs in trial {lines} score rule, changed")), "{lines}: {said}");
    }
    let json = program.run("replay log.jsonl one.yaml --repo . --with trial --format json").json();
    fits(SchemaOf::Replay, &json);
    let lines: Vec<_> = json["today"]["changes"].as_array().unwrap().iter().map(|change| &change["lines"]).collect();
    let of = |count: u8, first: u8, last: u8, on: &str| json!({ "count": count, "first": first, "last": last, "from": on, "to": on });
    assert_eq!(lines, [&of(2, 1, 3, "2019-05-20"), &of(1, 2, 2, "2019-06-03")]);
}

#[test]
fn a_log_whose_last_line_is_cut_off_has_no_hash_to_show() {
    let program = logged(2);
    let log = log_of(&program);
    let ran = program.file("log.jsonl", &log[..log.len() - 40]).run("replay log.jsonl");
    assert!(ran.code == 1 && ran.stdout.ends_with("\n  the last line has no hash\n"), "{}", ran.whole());
}

/// What is said of a log is said of the runs that have one; a variable stands for those alone.
#[test]
fn what_is_said_of_a_log_needs_one() {
    let program = Program::new().file("one.yaml", "crn: X320741\nassessed_on: 2019-05-20\n");
    for (option, said) in [
        ("--by SPO17", "--by is said in the lines of a log, so that it would count for nothing without --log FILE"),
        (
            "--log-values",
            "--log-values is about the lines of a log, so that it would count for nothing without --log FILE",
        ),
    ] {
        let ran = program.run(&format!("assess one.yaml {option}"));
        assert!(ran.code == 2 && ran.stderr.starts_with(&format!("error: {said}\n")), "{}", ran.whole());
        assert_eq!(ran.stdout, "");
        assert_eq!(program.run(&format!("assess one.yaml {option} --log log.jsonl")).code, 0);
    }
    let program = program.variable("BRAG_BY", "SPO17").variable("BRAG_LOG_VALUES", "true");
    assert_eq!(program.run("assess one.yaml").code, 0);
    let program = program.variable("BRAG_LOG", "other.jsonl");
    assert_eq!(program.run("assess one.yaml --by SPO18").code, 0);
    assert!(read_to_string(program.folder().join("other.jsonl")).unwrap().contains("\"by\":\"SPO18\""));
}

/// A policy of a commit is not built in, and has no folder to write to either.
#[test]
fn a_rule_is_not_written_into_a_commit() {
    let program = scored(Program::new(), 50);
    git(&program, &["init", "-q", "-b", "main"]);
    git(&program, &["add", "-A"]);
    git(&program, &["commit", "-qm", "an edit"]);
    let ran = program.run("new rule late --policy HEAD:policies/trial");
    insta::assert_snapshot!(ran.whole(), @"
    exit code 3
    ---- stderr ----
      × trial: this policy is one of a commit, and has no folder to write to
      help: go to the folder of a policy, or name one: --policy FOLDER
    ");
}
