//! A service's own data through a mapping: the shipped ones over their sources, what a mapping can say, and what it may not.

use crate::program::{Program, Ran, root, snapshot};
use std::fs;

/// What must come out of the sources of a shipped mapping.
fn worked(name: &str) -> serde_json::Value {
    let text = fs::read_to_string(root().join("mappings").join(name).join("worked.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

fn assess(folder: &str, file: &str, mapping: &str, arguments: &[&str]) -> Ran {
    let file = root().join("mappings").join(folder).join("source").join(file);
    let all = [&["assess", file.to_str().unwrap(), "--map", mapping, "--format", "jsonl"], arguments].concat();
    Program::new().run_with(&all)
}

#[test]
fn every_shipped_mapping_gives_the_tiers_that_are_worked_out() {
    let names = brag::mapping::shipped::names();
    assert_eq!(names, ["assess-risks-and-needs", "excel-caseload", "offender-management", "tier-to-delius"]);
    for name in names {
        let worked = worked(name);
        for (policy, tiers) in worked["tiers"].as_object().unwrap() {
            let mut found = serde_json::Map::new();
            for file in worked["files"].as_array().unwrap() {
                let on = worked["on"].as_str().unwrap();
                let ran = assess(name, file.as_str().unwrap(), name, &["--policy", policy, "--on", on]);
                assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
                for line in ran.stdout.lines() {
                    let answer: serde_json::Value = serde_json::from_str(line).unwrap();
                    found.insert(answer["crn"].as_str().unwrap().to_owned(), answer["tier"].clone());
                }
            }
            assert_eq!(&serde_json::Value::from(found), tiers, "{name} under {policy}");
        }
        // No value is lost on the way: the whole of each case is written down.
        let source = root().join("mappings").join(name).join("source");
        let mut cases = String::new();
        for file in worked["files"].as_array().unwrap() {
            let file = source.join(file.as_str().unwrap());
            let ran = Program::new().run_with(&["map", "run", name, file.to_str().unwrap()]);
            assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
            cases.push_str(&ran.stdout);
        }
        snapshot(&format!("mapping-{name}"), &cases);
    }
}

const CASES: &str = "Ref,Risk,Seen,Score\nX1,Very  HIGH,03/04/26,\"61,5%\"\nX2,n/a,,12\n";
const MAPPING: &str = r#"
source: { form: csv, key: Ref }
fields:
  oasys.rosh: { from: Risk, words: { very_high: [very high], low: [Low] }, absent: [N/A] }
  oasys.completed_on: { from: Seen, date: "%d/%m/%y", pivot: 30 }
  oasys.rsr: { from: Score, number: { decimal: ",", percent: true } }
"#;

fn mapped(mapping: &str, cases: &str) -> Program {
    Program::new().file("m.yaml", mapping).file("cases.csv", cases)
}

#[test]
fn values_are_read_as_the_mapping_says() {
    let ran = mapped(MAPPING, CASES).run("map run m.yaml cases.csv --format jsonl");
    insta::assert_snapshot!(ran.whole(), @r#"
    exit code 0
    ---- stdout ----
    {"crn":"X1","oasys":{"rosh":"very_high","completed_on":"2026-04-03","rsr":61.5}}
    {"crn":"X2","oasys":{"rsr":12}}
    "#);
}

#[test]
fn written_cases_say_where_each_value_is_from() {
    let ran = mapped(MAPPING, CASES).run("map run m.yaml cases.csv");
    insta::assert_snapshot!(ran.whole(), @r#"
    exit code 0
    ---- stdout ----
    ---
    crn: "X1" # Ref
    oasys:
      rosh: "very_high" # Risk
      completed_on: "2026-04-03" # Seen
      rsr: 61.5 # Score
    ---
    crn: "X2" # Ref
    oasys:
      rsr: 12 # Score
    "#);
}

/// The written cases are cases, and give the same answers as the source.
#[test]
fn written_cases_are_cases() {
    let program = mapped(MAPPING, CASES);
    let direct = program.run("assess cases.csv --map m.yaml --on 2026-06-15 --format csv").stdout;
    for format in ["yaml", "jsonl"] {
        let out = format!("out-{format}.{format}");
        assert_eq!(program.run(&format!("map run m.yaml cases.csv --format {format} -o {out}")).code, 0);
        let again = program.run(&format!("assess {out} --on 2026-06-15 --format csv"));
        assert_eq!(again.stdout, direct, "{}", again.stderr);
    }
}

#[test]
fn an_answer_names_the_place_in_the_source() {
    let ran = mapped(MAPPING, CASES).run("assess cases.csv --map m.yaml --on 2026-06-15");
    assert!(ran.stdout.contains("oasys.rosh very_high (Risk, line 2)"), "{}", ran.stdout);
    let file = root().join("mappings/tier-to-delius/source/X300001.json");
    let arguments =
        ["assess", file.to_str().unwrap(), "--map", "tier-to-delius", "--on", "2026-06-15", "--format", "json"];
    let json = Program::new().run_with(&arguments).json();
    let read = json["reasons"].as_array().unwrap().iter().flat_map(|reason| reason["reads"].as_array().unwrap());
    let rosh = read.clone().find(|read| read["path"] == "oasys.rosh").unwrap();
    assert_eq!((&rosh["source"], &rosh["line"]), (&"registrations[3].code".into(), &8.into()));
}

#[test]
fn nothing_is_guessed() {
    let fault = |mapping: &str, cases: &str| mapped(mapping, cases).run("assess cases.csv --map m.yaml").stderr;
    insta::assert_snapshot!(fault(MAPPING, "Ref,Risk,Seen,Score\nX1,Elevated,,\n"), @r"
      × `oasys.rosh`: a value that `words` does not list
       ╭─[cases.csv:2:4]
     2 │ **,********,,
       ·    ────────
       ╰────
      help: m.yaml, line 4: add it to `words` or to `absent`, or say what any `other` value means
    ");
    insta::assert_snapshot!(fault(MAPPING, "Ref,Risk,Seen,Score,Also,More\nX1,Low,,,,\n"), @r"
      × cases.csv:1:21: 2 columns have names that the mapping does not know, the first is column 5
      help: map them in m.yaml, or name them under `ignore`; `brag map check` lists them all
    ");
    insta::assert_snapshot!(fault(MAPPING, "Ref,Risk,Score\nX1,Low,\n"), @r"
      × cases.csv:1:1: there is no column `Seen`, which the mapping reads
      help: m.yaml, line 5: name the column that holds this, or take the rule away
    ");
    insta::assert_snapshot!(fault(MAPPING, "Ref,Risk,Seen,Score\nX1,Low,2026-04-03,\n"), @r"
      × `oasys.completed_on`: not a date of the form that `date` says
       ╭─[cases.csv:2:8]
     2 │ **,***,****-**-**,
       ·        ──────────
       ╰────
      help: m.yaml, line 5: `date` takes a list of forms
    ");
    // What the case reader refuses is refused at the cell, with the line that brought it there.
    insta::assert_snapshot!(fault(MAPPING, "Ref,Risk,Seen,Score\nX1,Low,,161\n"), @r"
      × `oasys.rsr`: expected a number from 0 to 100, at most 28 digits
       ╭─[cases.csv:2:9]
     2 │ **,***,,***
       ·         ───
       ╰────
      help: mapped by m.yaml, line 6
    ");
}

#[test]
fn a_mapping_that_is_wrong_is_refused_at_its_line() {
    let fault = |fields: &str| {
        let ran = mapped(&format!("source: {{ key: Ref }}\nfields:\n  {fields}\n"), "Ref\nX1\n")
            .run("assess cases.csv --map m.yaml");
        assert_eq!(ran.code, 3);
        ran.stderr
    };
    insta::assert_snapshot!(fault("oasys.rohs: Risk"), @r"
      × `oasys.rohs`: unknown key
       ╭─[m.yaml:3:3]
     2 │ fields:
     3 │   oasys.rohs: Risk
       ·   ──────────
       ╰────
      help: did you mean `oasys.rosh`?
    ");
    insta::assert_snapshot!(fault("oasys.rosh: { from: Risk, words: { hihg: [H] } }"), @r"
      × `oasys.rosh.words.hihg`: not one of the words known here
       ╭─[m.yaml:3:38]
     2 │ fields:
     3 │   oasys.rosh: { from: Risk, words: { hihg: [H] } }
       ·                                      ────
       ╰────
      help: did you mean `high`?
    ");
    for (fields, said) in [
        ("oasys.rosh: { from: Risk, word: { high: [H] } }", "unknown key"),
        ("oasys.rosh: { from: Risk, words: { high: [H], low: [h] } }", "this spelling has a meaning already"),
        ("oasys.rosh: { words: { high: [H] } }", "says nothing of where it is read"),
        ("oasys.rosh: { from: Risk, other: low }", "there is no such table"),
        ("oasys.completed_on: { from: Done, date: \"%d/%m/%y\" }", "a year of two digits needs `pivot`"),
        ("oasys.completed_on: { from: Done, date: \"%d/%m\" }", "the parts of a whole date"),
        ("oasys.rsr: { from: Score, number: { thousands: \".\" } }", "are the same"),
        ("contacts: Seen", "is a list of records: use `each`"),
        ("oasys: Seen", "is a group of fields"),
        ("sex: { each: people, type: x }", "`each` fills a list, which this is not"),
        (
            "supervision.officer.id: { from: Officer, pattern: \"(a{500}){500}\" }",
            "a regular expression that is not too large",
        ),
        ("expect.tier: Tier", "unknown key"),
    ] {
        assert!(fault(fields).replace("\n  │ ", " ").contains(said), "{fields}: {}", fault(fields));
    }
}

#[test]
fn rows_of_a_person_are_grouped_sorted_or_not() {
    let mapping = "source: { form: csv, key: Ref, group: true }\nfields:\n  sex: Sex\n  contacts: { each: rows, where: { On: \"*\" }, \
                   date: { from: On, date: iso }, mode: { value: office }, with: { value: case_manager }, outcome: Outcome }\n";
    let rows = "Ref,Sex,On,Outcome\nX2,male,2026-05-01 10:00:00,attended\nX1,female,2026-05-02,attended\nX2,,2026-05-03,planned\nX1,,,\n";
    let ran = mapped(mapping, rows).run("map run m.yaml cases.csv --format jsonl");
    insta::assert_snapshot!(ran.whole(), @r#"
    exit code 0
    ---- stdout ----
    {"crn":"X2","sex":"male","contacts":[{"date":"2026-05-01","mode":"office","with":"case_manager","outcome":"attended"},{"date":"2026-05-03","mode":"office","with":"case_manager","outcome":"planned"}]}
    {"crn":"X1","sex":"female","contacts":[{"date":"2026-05-02","mode":"office","with":"case_manager","outcome":"attended"}]}
    "#);
    // What rows of one person say differently is not guessed.
    let rows = "Ref,Sex,On,Outcome\nX1,male,,\nX1,female,,\n";
    let ran = mapped(mapping, rows).run("assess cases.csv --map m.yaml");
    assert!(ran.stderr.contains("several entries, and the mapping does not say which counts"), "{}", ran.stderr);
}

#[test]
fn a_fault_in_a_joined_table_is_named_in_its_file() {
    let mapping = "source: { form: csv, key: Ref }\ntables: { visits: {} }\nfields:\n  contacts: { each: visits, date: { from: On, date: iso }, mode: How }\n";
    let program =
        mapped(mapping, "Ref\nX1\n").file("visits.csv", "Ref,On,How\nX9,2026-05-01,office\nX1,2026-05-01,kite\n");
    let ran = program.run("assess cases.csv --map m.yaml");
    insta::assert_snapshot!(ran.stderr, @r"
      × visits.csv:3:15: `contacts[0].mode`: not one of the words known here
      help: known here: `office` `home_visit` `community_hub` `womens_centre` `telephone` `video`
            `prison_visit` `letter` `group`; mapped by m.yaml, line 4
    visits.csv: 1 row of no case that was read
    ");
    let ran = mapped(mapping, "Ref\nX1\n").run("assess cases.csv --map m.yaml");
    assert!(ran.stderr.contains("--table visits=FILE"), "{}", ran.stderr);
}

/// A mapped case tells all that is wrong with it: what the mapping does not say, and what cannot be in a case.
#[test]
fn all_faults_of_a_mapped_case_are_told_in_one_run() {
    let mapping = "source: { form: csv, key: Ref }\nfields:\n  sex: { from: S, words: { male: [M] } }\n  iom: { from: I, words: { true: [Y] } }\n  oasys.ogrs3: O\n  sentence.type: T\n";
    let program = mapped(mapping, "Ref,S,I,O,T\nX1,Q,Q,900,prison\n");
    let ran = program.run("assess cases.csv --map m.yaml");
    let told: Vec<&str> = ["`sex`:", "`iom`:", "`oasys.ogrs3`:", "`sentence.type`:"]
        .into_iter()
        .filter(|path| ran.stderr.contains(path))
        .collect();
    assert_eq!((ran.code, told.len()), (3, 4), "{}", ran.stderr);
    let ran = program.run("map check m.yaml cases.csv");
    assert!(ran.stdout.contains("oasys.ogrs3") && ran.stdout.contains("sex"), "{}", ran.stdout);
}

/// The header of a table without rows is looked at as that of any other.
#[test]
fn a_dry_run_looks_at_a_header_without_rows() {
    let mapping = "source: { form: csv, key: Ref }\nfields:\n  sex: { from: S, words: { male: [M] } }\n";
    let ran = mapped(mapping, "Ref,Sx\n").run("map check m.yaml cases.csv");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.stdout.contains("there is no column `S`"), "{}", ran.stdout);
}

/// What a source cannot know raises no flag: the plan that was never exported is not missing.
#[test]
fn no_flag_is_raised_on_the_silence_of_a_source() {
    let mapping = |more: &str| format!("source: {{ key: Ref }}\nfields:\n  oasys.rosh: Risk\n{more}");
    let flags = |more: &str| {
        let ran = mapped(&mapping(more), "Ref,Risk\nX1,high\n")
            .run("assess cases.csv --map m.yaml --on 2026-06-15 --format json");
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let flags = ran.json()[0]["flags"].as_array().unwrap().clone();
        flags.iter().map(|flag| flag["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = flags("");
    assert!(all.contains(&"assessment_incomplete".to_owned()), "{all:?}");
    let fewer = flags("not_exported: [oasys.completed_on]\n");
    assert!(!fewer.contains(&"assessment_incomplete".to_owned()), "{fewer:?}");
}

#[test]
fn a_dry_run_counts_and_says_nothing_of_anybody() {
    let cases = "Ref,Risk,Seen,Score,Whole name\nX1,Elevated,,9,A\nX2,Elevated,,9,B\nX3,Raised,,9,C\nX4,Low,,,D\n";
    let program = mapped(MAPPING, cases);
    let ran = program.run("map check m.yaml cases.csv --on 2026-06-15 --format json");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let json = ran.json();
    assert_eq!(json["unknown"], serde_json::json!([{ "name": "column 5", "count": 1 }]));
    let problem = &json["problems"][0];
    assert_eq!(
        (&problem["path"], &problem["count"], &problem["spellings"]),
        (&"oasys.rosh".into(), &3.into(), &2.into())
    );
    assert_eq!(json["answers"], 1);
    assert_eq!(json["never_given"]["oasys.ogrs3"], 1);
    assert!(!ran.whole().contains("Elevated") && !ran.whole().contains("Whole name"), "{}", ran.whole());
    let shown = program.run("map check m.yaml cases.csv --on 2026-06-15 --show-values");
    assert!(
        shown.stdout.contains("Elevated (2), Raised (1)") && shown.stdout.contains("Whole name"),
        "{}",
        shown.stdout
    );
}

#[test]
fn a_draft_is_a_mapping() {
    let program = Program::new().file("a.csv", "Title\nCRN;Gender;DOB;Odd thing\nX1;male;1990-03-01;1\n");
    let ran = program.run("map new a.csv");
    insta::assert_snapshot!(ran.stdout, @r#"
    # A draft: `brag map check` says what is still to be decided, `brag show inputs` what each input is.
    source: { form: csv, delimiter: semicolon }

    fields:
      crn: CRN
      sex: Gender
      date_of_birth: DOB

    # To be decided, each: map it above, for instance as one of these, or take the `#` away and it is ignored:
    #   oasys.rosh: { from: COLUMN, words: { high: [High, H], very_high: [Very High] }, absent: [N/A] }
    #   sentence.ends_on: { from: COLUMN, date: "%d/%m/%Y" }
    #   oasys.ogrs3: { from: COLUMN, number: { percent: true } }
    # ignore:
    #   - Odd thing
    "#);
    // What nobody decided is no less to be decided.
    let program = program.file("m.yaml", &ran.stdout);
    let checked = program.run("map check m.yaml a.csv --on 2026-06-15");
    assert!(checked.code == 1 && checked.stdout.contains("3 read, 0 ignored, 1 not known"), "{}", checked.whole());
    let program = program.file("m.yaml", ran.stdout.replace("# ignore:\n#   - Odd", "ignore:\n  - Odd"));
    let ran = program.run("assess a.csv --map m.yaml --on 2026-06-15 --format csv");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// What is inside of a list is decided one by one, and so the list is known.
#[test]
fn what_is_ignored_inside_of_a_list_lets_the_list_be() {
    let mapping =
        "source: { form: json, key: crn }\nfields: { sex: gender }\nignore: [\"registrations[].code\", \"about.*\"]\n";
    let payload = r#"{"crn":"X1","gender":"male","registrations":[{"code":"RHRH"}],"about":{"this":1}}"#;
    let ran = Program::new().file("m.yaml", mapping).file("p.json", payload).run("map check m.yaml p.json");
    assert!(ran.code == 0 && ran.stdout.contains("0 not known"), "{}", ran.whole());
}

/// Every shipped mapping, and every key that a test here uses, fits the schema.
#[test]
fn the_schema_describes_the_shipped_mappings() {
    let schema: serde_json::Value = Program::new().run("show schema mapping").json();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for name in brag::mapping::shipped::names() {
        let (_, text) = brag::mapping::shipped::text(name).unwrap();
        let mapping: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&mapping).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "fields": { "sex": { "form": "x" } }, "ignored": [] })));
}

/// A mapping of a hostile size, or a pattern that would blow up elsewhere, ends soon and in a sentence.
#[test]
fn hostile_mappings_end_in_a_sentence() {
    let many: String = (0..2_000).map(|number| format!("  local.a{number}: Ref\n")).collect();
    let deep = format!("fields: {}{}", "[".repeat(100), "]".repeat(100));
    let aliases = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                   d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nfields: {}\n";
    for (mapping, said) in [
        (format!("source: {{ key: Ref }}\nfields:\n{many}"), "more than 1000 rules"),
        (deep, "levels deep"),
        (aliases.to_owned(), "values, repeated aliases counted"),
        (format!("{}fields: {{}}", " ".repeat(5 << 20)), "larger than"),
        ("&a fields: *a".to_owned(), "an alias inside the value that it names"),
    ] {
        let ran = mapped(&mapping, "Ref\nX1\n").run("assess cases.csv --map m.yaml");
        assert!(ran.code == 3 && ran.stderr.contains(said), "{said}: {}", &ran.stderr[..ran.stderr.len().min(800)]);
    }
    // Stars that could stand for anything in many ways are tried in a time that grows with the lengths alone.
    let stars = format!(
        "source: {{ key: Ref }}\nfields:\n  oasys.rosh: {{ from: Risk, words: {{ low: [\"{}b\"] }}, other: absent }}\n",
        "a*".repeat(400)
    );
    let ran = mapped(&stars, &format!("Ref,Risk\nX1,{}\n", "a".repeat(20_000)))
        .run("assess cases.csv --map m.yaml --on 2026-06-15");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_file_of_cases_in_the_place_of_a_mapping_is_not_shown() {
    let cases = "CRN,Name,Born\nX100001,Specimen One,03/04/1988\n";
    let program = Program::new().file("cases.csv", cases).file("cases.yaml", "name: Specimen One\nborn: 1988\n");
    for command in [
        "map check cases.csv cases.yaml",
        "map run cases.yaml cases.csv",
        "assess cases.csv --map cases.yaml",
        "assess cases.yaml --map cases.csv",
    ] {
        let ran = program.run(command);
        assert_eq!(ran.code, 3, "{command}\n{}", ran.whole());
        assert!(!ran.whole().contains("Specimen") && !ran.whole().contains("1988"), "{command}\n{}", ran.whole());
    }
}
