//! What a run says at its end of its cases as a whole: registrations that no list knows, and references that stand twice.

use crate::program::Program;
use insta::assert_snapshot;

fn book() -> Program {
    let rows = "F1,ALT2;lifer\nF2,ALT2;HREG\nF3,ALT1\nF4,IIOM;MAPP\nF5,\n";
    Program::new().file("a.csv", format!("crn,registrations\n{rows}"))
}

#[test]
fn unknown_registers_are_counted_and_cost_no_answer() {
    let ran = book().run("assess a.csv --on 2026-06-15 --format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 6));
    assert_snapshot!(ran.stderr, @r"
    3 cases have registrations that no list knows: ALT2 (2), ALT1 (1), HREG (1)
    registration IIOM (1) belongs in `iom`
    registration MAPP (1) belongs in `mappa.category` and `mappa.level`
    ");
    let strict = book().run("assess a.csv --on 2026-06-15 --format csv --strict");
    assert_eq!(strict.code, 3);
    assert_eq!(strict.stdout.matches("not one of the words known here").count(), 4, "{}", strict.stdout);
}

/// A case of which everything is known that the shipped policy asks for: Green, firm, unless a line says otherwise.
const KNOWN: &str = "crn: F1\nassessed_on: 2026-06-15\nsex: male\ndate_of_birth: 1990-01-01\nengagement: good\n\
    sentence: { type: community_order, imposed_on: 2026-02-02, starts_on: 2026-02-02, ends_on: 2027-02-01, \
    index_offence: { category: theft_shop } }\n\
    oasys: { completed_on: 2026-03-01, layer: 3, status: complete, rosh: low, rosh_to: { public: low, children: low, \
    known_adult: low, staff: low }, ogrs3: 10, ogp: 5, ovp: 5, rsr: 0.5, sections: { accommodation: 0, ete: 0, finance: 0, \
    relationships: 0, lifestyle: 0, drugs: 0, alcohol: 0, wellbeing: 0, thinking: 0, attitudes: 0 }, \
    parenting_responsibilities: no, impulsivity: none, temper_control: none }\n";

/// The tier of that case with a further line, and whether it is provisional.
fn with(line: &str) -> (String, bool) {
    let ran = Program::new().file("a.yaml", format!("{KNOWN}{line}\n")).run("assess a.yaml --format json");
    let answer = ran.json();
    (answer["tier"].as_str().unwrap().to_owned(), answer["provisional"].as_bool().unwrap())
}

#[test]
fn what_a_register_says_is_never_taken_for_nothing() {
    let firm = |tier: &str| (tier.to_owned(), false);
    assert_eq!(with(""), firm("Green"));
    // The same as the fields that they belong in, and where those say less, the register counts.
    assert_eq!(with("iom: true"), firm("Red-Amber"));
    assert_eq!(with("registrations: [IIOM]"), firm("Red-Amber"));
    assert_eq!(with("iom: false\nregistrations: [IIOM]"), firm("Red-Amber"));
    assert_eq!(with("registrations: [RVHR]"), firm("Red"));
    assert_eq!(with("registrations: [RLRH]"), firm("Green"));
    assert_eq!(with("registrations: [RLRH, RHRH]"), firm("Red"));
    // As long as it holds.
    for register in ["IIOM", "RVHR"] {
        assert_eq!(with(&format!("registrations: [{{ type: {register}, date: 2026-06-16 }}]")), firm("Green"));
        assert_eq!(with(&format!("registrations: [{{ type: {register}, to: 2026-06-15 }}]")), firm("Green"));
        assert_ne!(
            with(&format!("registrations: [{{ type: {register}, date: 2026-06-15, to: 2026-06-16 }}]")),
            firm("Green")
        );
    }
    // What cannot be weighed leaves no firm answer.
    for register in ["ALT2", "MAPP"] {
        assert_eq!(with(&format!("registrations: [{register}]")), ("Green".to_owned(), true), "{register}");
    }
    assert!(!with("registrations: [MAPP]\nmappa: { category: 2, level: 1 }").1);
    // What a rule decides outside the order of tiers no register could raise.
    let custody = "custody: [{ from: 2026-05-01, reason: sentence }]\nrelease: { date: 2026-12-01, type: automatic }";
    assert_eq!(with(&format!("{custody}\nregistrations: [ALT2]")), ("Blue".to_owned(), false));
    let ran = Program::new()
        .file("a.yaml", format!("{KNOWN}registrations: [ALT2]\n"))
        .run("assess a.yaml --on-missing refuse");
    assert_eq!(ran.code, 4);
    assert_snapshot!(ran.stderr, @r"
      × a.yaml: case F1: the facts leave the tier open
      help: find out: registrations
    1 case has registrations that no list knows: ALT2 (1)
    ");
}

/// The name of a tier in a policy is no register that it knows.
#[test]
fn a_register_that_is_called_like_a_tier_is_not_known_for_that() {
    let ran = Program::new()
        .file("a.yaml", "crn: F1\noasys: { rosh: low, arp: { score: 10, type: static }, csrp: { score: 0.1, type: static } }\nregistrations: [A]\n")
        .run("assess a.yaml --policy hmpps-tier-v3 --format json --on 2026-06-15");
    let answer = ran.json();
    assert!(answer["tier"] == "G" && answer["provisional"] == true, "{answer:#}");
}

#[test]
fn a_slip_in_a_register_is_a_fault_that_says_what_was_meant() {
    for (slip, meant) in [
        ("STALKING", "stalking"),
        ("STALKNG", "stalking"),
        ("LIFERS", "lifer"),
        ("ARS0", "ARSO"),
        ("ALHS", "ALSH"),
        ("MAPPA", "MAPP"),
        ("IOM", "IIOM"),
    ] {
        let ran =
            Program::new().file("a.csv", format!("crn,registrations\nF1,{slip}\n")).run("assess a.csv --format json");
        assert_eq!(ran.code, 3, "{slip}");
        let help = format!("help: did you mean `{meant}`?");
        assert!(ran.stderr.contains("`registrations[0]`: not one of the words known here"), "{slip}: {}", ran.stderr);
        assert!(ran.stderr.contains(&help), "{slip}: {}", ran.stderr);
    }
    // A short code with another letter in it is another code.
    for other in ["ALT2", "HREG", "REG31", "PPO", "ARSN", "ALSU"] {
        let ran =
            Program::new().file("a.csv", format!("crn,registrations\nF1,{other}\n")).run("assess a.csv --format csv");
        assert_eq!(ran.code, 0, "{other}: {}", ran.whole());
    }
}

#[test]
fn what_may_be_a_name_is_not_repeated() {
    let rows = "F1,SMITH\nF2,ALT2;X320741\nF3,\n";
    let program = Program::new().file("a.csv", format!("crn,registrations\n{rows}"));
    assert_snapshot!(program.run("assess a.csv --on 2026-06-15 --format csv").stderr, @"2 cases have registrations that no list knows: ALT2 (1); 2 that are not written as codes are, first in a.csv:2, registrations[0]");
}

#[test]
fn one_assessment_counts_and_it_is_plain_which() {
    let told = |lines: &str| {
        let ran = Program::new().file("a.yaml", format!("crn: F1\n{lines}")).run("assess a.yaml --format json");
        assert_eq!(ran.code, 3, "{}", ran.whole());
        ran.stderr
    };
    let beside = told("oasys: { rosh: very_high }\nassessments: [{ completed_on: 2024-01-01, rosh: low }]\n");
    assert_snapshot!(beside, @r"
     × `oasys`: an assessment beside the list `assessments`
      ╭─[a.yaml:2:8]
    1 │ crn: **
    2 │ oasys: { rosh: ********* }
      ·        ─
    3 │ assessments: [{ completed_on: ****-**-**, rosh: *** }]
      ╰────
     help: put it into the list too, with its `completed_on`: the latest complete one counts
    ");
    let undated = told("assessments:\n  - { completed_on: 2026-01-01, rosh: low }\n  - { rosh: high }\n");
    assert_snapshot!(undated, @r"
     × `assessments[1]`: one of several assessments, without its date
      ╭─[a.yaml:4:5]
    3 │   - { completed_on: ****-**-**, rosh: *** }
    4 │   - { rosh: **** }
      ·     ─
      ╰────
     help: give each its `completed_on`: the latest complete one counts
    ");
    let twice = told(
        "assessments:\n  - { completed_on: 2026-01-01, rosh: high }\n  - { completed_on: 2026-01-01, rosh: low }\n",
    );
    assert_snapshot!(twice, @r"
     × `assessments[1]`: another assessment of the same day says otherwise
      ╭─[a.yaml:4:5]
    3 │   - { completed_on: ****-**-**, rosh: **** }
    4 │   - { completed_on: ****-**-**, rosh: *** }
      ·     ─
      ╰────
     help: keep the one that counts
    ");
}

#[test]
fn an_assessment_that_was_locked_without_a_date_does_not_count_beside_others() {
    let locked = "  - { status: locked_incomplete, rosh: low }\n";
    let complete = "  - { completed_on: 2026-01-01, rosh: very_high, ogrs3: 10, ogp: 10, ovp: 10 }\n";
    for lists in [[locked, complete].concat(), [complete, locked].concat(), [locked, complete, locked].concat()] {
        let program = Program::new().file("a.yaml", format!("crn: F1\nassessments:\n{lists}"));
        let on = |date: &str| program.run(&format!("assess a.yaml --format csv --on {date}")).stdout;
        assert!(on("2026-06-15").contains("\nF1,2026-06-15,Red,Red,false,Red,Red,"), "{}", on("2026-06-15"));
        // Before it was completed nothing is known: not even whether there was the locked one.
        assert!(on("2025-06-15").contains("\nF1,2025-06-15,Red,Red,true,Green,Red,"), "{}", on("2025-06-15"));
    }
}

#[test]
fn an_answer_points_at_the_register_or_the_assessment_that_a_value_was_taken_from() {
    let lines = |case: &str, path: &str| {
        let ran = Program::new().file("a.yaml", format!("crn: F1\n{case}")).run("assess a.yaml --format json");
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let mut found = Vec::new();
        for reason in answer["reasons"].as_array().unwrap() {
            let reads = reason["reads"].as_array().unwrap().iter().filter(|read| read["path"] == path);
            found.extend(reads.map(|read| read["line"].as_u64()));
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    let on =
        "assessed_on: 2026-06-15\noasys: { completed_on: 2026-01-01,\n  rosh: medium }\niom: false\nregistrations:\n";
    let of = |registers: &str, path: &str| lines(&format!("{on}{registers}"), path);
    assert_eq!(of("  - ALT2\n", "oasys.rosh"), [Some(4)]);
    assert_eq!(of("  - ALT2\n  - RHRH\n", "oasys.rosh"), [Some(8)]);
    assert_eq!(of("  - RLRH\n  - RMRH\n", "oasys.rosh"), [Some(4)]);
    assert_eq!(of("  - RHRH\n  - { type: RVHR, to: 2026-02-01 }\n", "oasys.rosh"), [Some(7)]);
    assert_eq!(of("  - RHRH\n  - RVHR\n  - RVHR\n", "oasys.rosh"), [Some(8)]);
    assert_eq!(of("  - ALT2\n", "iom"), [Some(5)]);
    assert_eq!(of("  - RHRH\n  - IIOM\n", "iom"), [Some(8)]);
    let several = "assessed_on: 2026-06-15\nassessments:\n  - { completed_on: 2026-01-01, rosh: low }\n  - completed_on: 2026-02-01\n    rosh: medium\n  - { completed_on: 2026-09-01, rosh: low }\n";
    assert_eq!(lines(several, "oasys.rosh"), [Some(6)]);
    assert_eq!(lines(&format!("{several}registrations: [RHRH]\n"), "oasys.rosh"), [Some(8)]);
}

#[test]
fn a_reference_is_the_one_that_is_read() {
    let program = Program::new()
        .file("a.yaml", "crn: F1\n---\n\"crn\": F1\n---\n? crn\n: F1\n---\nlocal: { crn: F1 }\ncrn: F2\n")
        .file("b.jsonl", "{\"iom\":true,\"cr\\u006e\":\"F1\"}\n{\"local\":{\"crn\":\"F1\"},\"crn\":\"F3\"}\n");
    let ran = program.run("assess a.yaml b.jsonl --duplicates last --format csv --on 2026-06-15");
    let rows: Vec<&str> = ran.stdout.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(rows, ["F2", "F1", "F3"]);
    assert_eq!(ran.stderr, "2 cases have inputs of a policy's own that no policy here declares, first a.yaml:8\n");
    // What follows and cannot be read is not the less the last: the record before it is no answer.
    for last in [r#"{"crn":"F1","registrations":["RVHR"],}"#, r#"{"crn":"F1","sex":"q"}"#] {
        let program = Program::new().file("a.jsonl", format!("{{\"crn\":\"F1\",\"iom\":false}}\n{last}\n"));
        let ran = program.run("assess a.jsonl --duplicates last --format csv --on 2026-06-15");
        assert_eq!((ran.code, ran.stdout.lines().count()), (3, 2), "{}", ran.whole());
        assert!(ran.stdout.contains("F1,") && ran.stdout.contains("a.jsonl:2:"), "{}", ran.stdout);
    }
}

#[test]
fn a_fault_is_counted_once_a_case() {
    let contacts = r#""[{""date"":""x"",""mode"":""office""},{""date"":""y"",""mode"":""office""}]""#;
    let ran = Program::new().file("a.csv", format!("crn,contacts\nF1,{contacts}\n")).run("assess a.csv --format json");
    assert!(!ran.stderr.contains("in 2 cases"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("expected a date that exists").count(), 2, "{}", ran.stderr);
}

#[test]
fn a_registration_that_has_ended_no_longer_holds() {
    let tier = |to: &str| {
        let case = format!("crn: F1\nregistrations: [{{ type: stalking, date: 2024-01-01, to: {to} }}]\n");
        let ran = Program::new()
            .file("a.yaml", case)
            .run("assess a.yaml --on 2026-06-15 --policy hmpps-tier-v3 --format json");
        ran.json()["reasons"].as_array().unwrap().iter().any(|one| one["rule"] == "stalking" && one["fired"] == true)
    };
    assert_eq!([tier("2026-06-16"), tier("2026-06-15"), tier("2026-01-01")], [true, false, false]);
}

#[test]
fn of_several_assessments_the_latest_complete_one_counts() {
    let score = |on: &str| {
        let case = "crn: F1\nassessments:\n  - { completed_on: 2025-01-10, status: complete, ogrs3: 20 }\n  \
            - { completed_on: 2026-01-10, status: complete, ogrs3: 40 }\n  \
            - { completed_on: 2026-03-10, status: locked_incomplete, ogrs3: 90 }\n";
        let ran = Program::new().file("a.yaml", case).run(&format!("assess a.yaml --on {on} --format json"));
        let answer = ran.json();
        let reads = answer["reasons"].as_array().unwrap().iter().flat_map(|one| one["reads"].as_array().unwrap());
        let mut scores = reads.filter(|read| read["path"] == "oasys.ogrs3").map(|read| read["value"].clone());
        scores.next().unwrap()
    };
    assert_eq!([score("2026-06-15"), score("2025-06-15")], [40, 20]);
}

#[test]
fn the_same_reference_twice_is_said_once() {
    let text = "crn,iom\nF1,\nF2,true\nF1,true\n";
    let program = Program::new().file("a.csv", text);
    let ran = program.run("assess a.csv --on 2026-06-15 --format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 4));
    assert_eq!(ran.stderr, "1 reference stands in more than one case, 2 cases in all: see `--duplicates`\n");
    let ran = program.run("assess a.csv --on 2026-06-15 --format csv --duplicates error");
    assert_eq!((ran.code, ran.stdout.lines().count()), (3, 4));
    let last = program.run("assess a.csv --on 2026-06-15 --format csv --duplicates last");
    assert_eq!((last.code, last.stderr.as_str()), (0, ""));
    let whole: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(last.stdout.lines().collect::<Vec<_>>(), [whole[0], whole[2], whole[3]]);
    let piped = Program::new().input(text).run("assess - --duplicates last");
    assert_eq!(piped.code, 3);
    assert!(piped.stderr.contains("can be read only once"), "{}", piped.stderr);
}

#[test]
fn hidden_files_are_passed_over_and_counted() {
    let case = "crn: F1\nassessed_on: 2026-06-15\n";
    let program =
        Program::new().file("book/a.yaml", case).file("book/._a.yaml", "\u{0}").file("book/.DS_Store", "\u{0}");
    let program = program.file("book/~$a.csv", "\u{0}").file("book/.cache/b.yaml", case);
    std::fs::hard_link(program.folder().join("book/a.yaml"), program.folder().join("book/b.yaml")).unwrap();
    let ran = program.run("assess book --format csv -v");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{}", ran.whole());
    assert!(ran.stderr.contains("hidden files passed over in folders: 4\n"), "{}", ran.stderr);
}

#[test]
fn files_that_end_otherwise_than_cases_are_passed_over_and_counted() {
    let case = "crn: F1\nassessed_on: 2026-06-15\n";
    let program = Program::new().file("book/a.yaml", case).file("book/b.gz", case).file("book/in/notes.txt", "notes");
    let ran = program.run("assess book --format csv -v");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{}", ran.whole());
    let said = "files passed over in folders that end otherwise than those of cases: 2\n";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert!(!program.run("assess book --format csv").stderr.contains("passed over"));
}

#[test]
fn contacts_that_do_not_count_are_told() {
    let case = "crn: F1\nassessed_on: 2026-06-15\ncontacts:\n  - { date: 2026-06-01, mode: office }\n  \
        - { date: 2026-06-20, mode: office, outcome: planned }\n";
    let program = Program::new().file("a.yaml", case);
    let said = "contacts not counted: 1 without an outcome, 1 after the date\n";
    assert!(program.run("due a.yaml -v").stderr.contains(&format!("F1: {said}")));
    assert_eq!(program.run("due a.yaml").stderr, "");
    assert_eq!(program.run("explain a.yaml").stderr, said);
}

#[test]
fn a_fault_on_the_command_line_is_drawn_as_one() {
    let program = Program::new().file("a.yaml", "crn: F1\n");
    assert_snapshot!(program.run("new case --from a.yaml --set age=22").stderr, @r"  × --set age: derived from `date_of_birth`; set that");
    assert_snapshot!(program.run("new case --from a.yaml --set oasys.ogrs3=220").stderr, @r"  × --set oasys.ogrs3: expected a whole number from 0 to 100");
    assert_snapshot!(program.run("assess a.yaml --set age=22").stderr, @r"  × --set age: derived from `date_of_birth`; set that, in the case");
}

#[test]
fn the_bank_holidays_of_gov_uk_are_taken() {
    let json = r#"{"england-and-wales":{"division":"england-and-wales","events":[
        {"title":"New Year","date":"2026-01-01","notes":"","bunting":true},
        {"title":"A day off","date":"2026-06-22","notes":"","bunting":true}]},"scotland":{"division":"scotland","events":[]}}"#;
    let program = Program::new().file("a.yaml", "crn: F1\noasys: { rosh: low }\n").file("days.json", json);
    let ran = program.run("assess a.yaml --on 2026-06-15 --holidays days.json --format json");
    let answer = ran.json();
    assert_eq!(answer["policy"]["trial"][0], "bank holidays other than those of England and Wales", "{}", ran.whole());
    for (days, said) in [
        (json.replace("2026-06-22", "22/06/2026"), "line 3: not a date that exists, written YYYY-MM-DD"),
        (json.replace("2026-06-22", "2026-01-01"), "line 3: the same date stands on an earlier line"),
        (json.replace("2026-06-22", "2028-06-22"), "line 3: no bank holiday is listed for 2027"),
        (json.replacen("title", "name", 2).replacen("name", "title", 1), "line 3: not the bank holidays of GOV.UK"),
    ] {
        let ran = Program::new()
            .file("a.yaml", "crn: F1\n")
            .file("days.json", days)
            .run("assess a.yaml --holidays days.json");
        assert_eq!(ran.code, 3);
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    let wrong =
        Program::new().file("a.yaml", "crn: F1\n").file("days.json", "{}").run("assess a.yaml --holidays days.json");
    assert_eq!(wrong.code, 3);
    assert!(wrong.stderr.contains("no `england-and-wales` with `events`"), "{}", wrong.stderr);
}

/// What is said beside one of several explanations says of whom.
#[test]
fn of_several_explanations_each_says_whose_contacts_do_not_count() {
    let planned = "contacts: [{ date: 2019-06-01, mode: office, with: case_manager, outcome: planned }]";
    let case = |crn: &str| format!("crn: {crn}\nassessed_on: 2019-05-20\n{planned}\n");
    let program = Program::new().file("a.yaml", case("X1")).file("b.yaml", case("X2"));
    assert_eq!(program.run("explain a.yaml").stderr, "contacts not counted: 1 after the date\n");
    let said = "X1: contacts not counted: 1 after the date\nX2: contacts not counted: 1 after the date\n";
    assert_eq!(program.run("explain a.yaml b.yaml").stderr, said);
}
