//! Case files that are wrong: the whole message, the line that it draws, and the exit code. No message repeats what stands
//! in a case, which is personal, unless that is asked for.

use crate::program::{Program, root};
use flate2::{Compression, write::GzEncoder};
use insta::assert_snapshot;
use std::io::Write as _;

/// Assesses one case file, which must be refused.
fn refused(content: impl AsRef<[u8]>) -> String {
    let ran = Program::new().file("case.yaml", content).run("assess case.yaml");
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
    ran.stderr
}

#[test]
fn an_unknown_key() {
    assert_snapshot!(refused("crn: X100001\noasys:\n  rohs: low\n"), @r"
     × `oasys.rohs`: unknown key
      ╭─[case.yaml:3:3]
    2 │ oasys:
    3 │   rohs: ***
      ·   ────
      ╰────
     help: did you mean `rosh`?
    ");
}

#[test]
fn an_unknown_key_near_nothing() {
    assert_snapshot!(refused("crn: X100001\nmappa: { zzz: 1 }\n"), @r"
     × `mappa`: unknown key
      ╭─[case.yaml:2:10]
    1 │ crn: *******
    2 │ mappa: { ***: * }
      ·          ───
      ╰────
     help: known here: `category` `level`
    ");
}

#[test]
fn a_word_instead_of_a_number() {
    assert_snapshot!(refused("crn: X100001\noasys:\n  ogrs3: quarrel\n"), @"
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found text
      ╭─[case.yaml:3:10]
    2 │ oasys:
    3 │   ogrs3: *******
      ·          ───────
      ╰────
    ");
}

#[test]
fn a_number_instead_of_a_word() {
    assert_snapshot!(refused("crn: X100001\noasys: { rosh: 40961 }\n"), @"
     × `oasys.rosh`: not one of the words known here
      ╭─[case.yaml:2:16]
    1 │ crn: *******
    2 │ oasys: { rosh: ***** }
      ·                ─────
      ╰────
     help: known here: `low` `medium` `high` `very_high`
    ");
}

#[test]
fn a_list_instead_of_fields() {
    assert_snapshot!(refused("crn: X100001\noasys: [40961]\n"), @r"
     × `oasys`: expected its fields, one to a line, found a list
      ╭─[case.yaml:2:8]
    1 │ crn: *******
    2 │ oasys: [*****]
      ·        ─
      ╰────
    ");
}

#[test]
fn a_number_in_quotes() {
    assert_snapshot!(refused("crn: X100001\noasys: { ogrs3: \"61\" }\n"), @r#"
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found text
      ╭─[case.yaml:2:17]
    1 │ crn: *******
    2 │ oasys: { ogrs3: "**" }
      ·                 ─
      ╰────
     help: write the digits alone, without quotes, blanks or zeros before them
    "#);
}

#[test]
fn yes_instead_of_true() {
    assert_snapshot!(refused("crn: X100001\niom: yes\n"), @r"
     × `iom`: expected true or false, found text
      ╭─[case.yaml:2:6]
    1 │ crn: *******
    2 │ iom: ***
      ·      ───
      ╰────
     help: write `true` for yes, and `false` for no
    ");
}

#[test]
fn a_percentage_past_a_hundred() {
    assert_snapshot!(refused("crn: X100001\noasys:\n  ogrs3: 40961\n"), @"
     × `oasys.ogrs3`: expected a whole number from 0 to 100
      ╭─[case.yaml:3:10]
    2 │ oasys:
    3 │   ogrs3: *****
      ·          ─────
      ╰────
    ");
}

#[test]
fn a_score_past_its_section() {
    assert_snapshot!(refused("crn: X100001\noasys: { sections: { drugs: 11 } }\n"), @"
     × `oasys.sections.drugs`: expected a whole number from 0 to 10
      ╭─[case.yaml:2:29]
    1 │ crn: *******
    2 │ oasys: { sections: { drugs: ** } }
      ·                             ──
      ╰────
    ");
}

#[test]
fn a_decimal_where_whole_numbers_stand() {
    assert_snapshot!(refused("crn: X100001\noasys: { ogrs3: 61.5 }\n"), @"
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found a number with decimals
      ╭─[case.yaml:2:17]
    1 │ crn: *******
    2 │ oasys: { ogrs3: **.* }
      ·                 ────
      ╰────
    ");
}

#[test]
fn a_decimal_with_too_many_digits() {
    assert_snapshot!(refused("crn: X100001\noasys: { rsr: 1.00000000000000000000000000000001 }\n"), @"
     × `oasys.rsr`: expected a number from 0 to 100, at most 28 digits
      ╭─[case.yaml:2:15]
    1 │ crn: *******
    2 │ oasys: { rsr: *.******************************** }
      ·               ──────────────────────────────────
      ╰────
    ");
}

#[test]
fn a_date_that_does_not_exist() {
    assert_snapshot!(refused("crn: X100001\ndate_of_birth: 1989-02-29\n"), @r"
     × `date_of_birth`: expected a date that exists, written YYYY-MM-DD
      ╭─[case.yaml:2:16]
    1 │ crn: *******
    2 │ date_of_birth: ****-**-**
      ·                ──────────
      ╰────
     help: write the day alone, year first: 2026-06-15
    ");
}

#[test]
fn a_date_in_another_spelling() {
    assert_snapshot!(refused("crn: X100001\ndate_of_birth: 1.2.1989\n"), @r"
     × `date_of_birth`: expected a date that exists, written YYYY-MM-DD
      ╭─[case.yaml:2:16]
    1 │ crn: *******
    2 │ date_of_birth: *.*.****
      ·                ────────
      ╰────
     help: write the day alone, year first: 2026-06-15
    ");
}

#[test]
fn a_sentence_that_ends_before_it_starts() {
    assert_snapshot!(refused("crn: X100001\nsentence: { imposed_on: 2019-03-11, ends_on: 2018-09-10 }\n"), @"
     × `sentence.ends_on`: ends before it starts
      ╭─[case.yaml:2:46]
    1 │ crn: *******
    2 │ sentence: { imposed_on: ****-**-**, ends_on: ****-**-** }
      ·                                              ──────────
      ╰────
     help: one of the dates is wrong: look them up, and correct that one
    ");
}

#[test]
fn a_sentence_before_the_birth() {
    assert_snapshot!(refused("crn: X100001\ndate_of_birth: 1989-03-01\nsentence: { imposed_on: 1980-03-11 }\n"), @"
     × `sentence.imposed_on`: before the date of birth
      ╭─[case.yaml:3:25]
    2 │ date_of_birth: ****-**-**
    3 │ sentence: { imposed_on: ****-**-** }
      ·                         ──────────
      ╰────
     help: one of the dates is wrong: look them up, and correct that one
    ");
}

/// Nothing of a person lies before their birth, whatever it is called; what a policy declares for itself may.
#[test]
fn any_date_before_the_birth() {
    let born = "crn: X100001\ndate_of_birth: 1989-03-01\n";
    for (path, said) in [
        ("custody[0].from", "custody: [{ from: 1900-01-01 }]"),
        ("custody[0].to", "custody: [{ from: 1989-03-01, to: 1989-02-28 }]"),
        ("release.date", "release: { date: 1900-01-01 }"),
        ("ratings[0].date", "ratings: [{ date: 1900-01-01, tier: Green }]"),
        ("events[0].date", "events: [{ date: 1900-01-01, type: arrest }]"),
        ("contacts[1].date", "contacts: [{ date: 2019-01-01 }, { date: 1900-01-01 }]"),
        ("oasys.completed_on", "oasys: { completed_on: 1900-01-01 }"),
        ("assessments[0].completed_on", "assessments: [{ completed_on: 1900-01-01 }]"),
        ("registrations[1].date", "registrations: [gang, { type: vulnerability, date: 1900-01-01 }]"),
        ("other_sentences[0].imposed_on", "other_sentences: [{ imposed_on: 1900-01-01 }]"),
        ("sentence.ends_on", "sentence: { ends_on: 1900-01-01 }"),
        (
            "sentence.requirements[0].missed_on[0]",
            "sentence: { requirements: [{ type: unpaid_work, missed_on: [1900-01-01] }] }",
        ),
        ("override.date", "override: { tier: Red, reason: r, by: b, date: 1900-01-01 }"),
    ] {
        let said = refused(format!("{born}{said}\n"));
        assert!(said.contains(&format!("`{path}`: before the date of birth\n")), "{path}: {said}");
    }
    let fine = format!("{born}custody: [{{ from: 1989-03-01 }}]\nlocal: {{ since: 1980-01-01 }}\n");
    assert!(brag::case::Case::parse(&fine).is_ok());
}

#[test]
fn custody_that_overlaps() {
    assert_snapshot!(refused("crn: X100001\ncustody:\n  - { from: 2018-01-01, to: 2018-06-01 }\n  - { from: 2018-05-01, to: 2018-07-01 }\n"), @"
     × `custody[1].from`: overlaps another period in custody
      ╭─[case.yaml:4:13]
    3 │   - { from: ****-**-**, to: ****-**-** }
    4 │   - { from: ****-**-**, to: ****-**-** }
      ·             ──────────
      ╰────
     help: one of the dates is wrong: look them up, and correct that one
    ");
}

#[test]
fn custody_that_never_ended_before_another() {
    assert_snapshot!(refused("crn: X100001\ncustody:\n  - { from: 2018-01-01 }\n  - { from: 2018-05-01, to: 2018-07-01 }\n"), @"
     × `custody[1].from`: overlaps another period in custody
      ╭─[case.yaml:4:13]
    3 │   - { from: ****-**-** }
    4 │   - { from: ****-**-**, to: ****-**-** }
      ·             ──────────
      ╰────
     help: one of the dates is wrong: look them up, and correct that one
    ");
}

#[test]
fn custody_that_ends_before_it_begins() {
    assert_snapshot!(refused("crn: X100001\ncustody:\n  - { from: 2018-05-01, to: 2018-04-01 }\n"), @"
     × `custody[0].to`: ends before it begins
      ╭─[case.yaml:3:29]
    2 │ custody:
    3 │   - { from: ****-**-**, to: ****-**-** }
      ·                             ──────────
      ╰────
     help: one of the dates is wrong: look them up, and correct that one
    ");
}

#[test]
fn a_key_that_stands_twice() {
    assert_snapshot!(refused("crn: X100001\niom: true\niom: false\n"), @r"
     × `iom`: stands twice
      ╭─[case.yaml:3:1]
    2 │ iom: ****
    3 │ iom: *****
      · ───
      ╰────
     help: keep one of the two
    ");
}

#[test]
fn an_unknown_word() {
    assert_snapshot!(refused("crn: X100001\noasys: { rosh: mediun }\n"), @"
     × `oasys.rosh`: not one of the words known here
      ╭─[case.yaml:2:16]
    1 │ crn: *******
    2 │ oasys: { rosh: ****** }
      ·                ──────
      ╰────
     help: did you mean `medium`?
    ");
}

#[test]
fn an_unknown_word_in_a_list() {
    assert_snapshot!(refused("crn: X100001\nprevious_offences: [theft, quarrel]\n"), @"
     × `previous_offences[1]`: not one of the words known here
      ╭─[case.yaml:2:28]
    1 │ crn: *******
    2 │ previous_offences: [*****, *******]
      ·                            ───────
      ╰────
     help: known here: `murder` `manslaughter` `rape` `sexual` `robbery` `aggravated_burglary`
           `wounding_gbh` `arson_endanger_life` `kidnap` `firearm` `non_molestation_order_breach`
           `restraining_order_breach` `stalking` `domestic_assault` `coercive_control` `affray`
           `assault_abh` `assault_emergency_worker` `common_assault` `breach_community_order`
           `burglary_dwelling` `burglary_non_dwelling` `criminal_damage` `drink_drive`
           `driving_disqualified` `driving_no_insurance` `drug_possession` `drug_supply`
           `drug_supply_minor` `fraud` `fraud_benefit` `fraud_on_vulnerable` `public_order` `theft`
           `theft_shop` `theft_shop_and_assault` `theft_from_vulnerable` `weapon_possession` `other`
    ");
}

#[test]
fn a_missing_reference() {
    assert_snapshot!(refused("oasys: { rosh: low }\n"), @r"
     × `crn` is missing
      ╭─[case.yaml:1:1]
    1 │ oasys: { rosh: *** }
      · ─────
      ╰────
    ");
}

#[test]
fn a_reference_that_is_a_number() {
    assert_snapshot!(refused("crn: 40961\n"), @"
     × `crn`: expected a case reference of letters and digits, found a whole number
      ╭─[case.yaml:1:6]
    1 │ crn: *****
      ·      ─────
      ╰────
     help: put it in quotes
    ");
}

#[test]
fn a_missing_key_of_an_entry() {
    assert_snapshot!(refused("crn: X100001\ncontacts:\n  - { mode: office }\n"), @r"
     × `contacts[0]`: `date` is missing
      ╭─[case.yaml:3:5]
    2 │ contacts:
    3 │   - { mode: ****** }
      ·     ─
      ╰────
    ");
}

#[test]
fn several_documents() {
    let program = Program::new().file("case.yaml", "crn: X100001\n---\ncrn: X100002\n");
    assert_snapshot!(program.run("explain case.yaml").whole(), @r"
    exit code 3
    ---- stderr ----
      × case.yaml: a book, of 2 cases
      help: name one with `--crn`
    ");
}

#[test]
fn an_empty_file() {
    assert_snapshot!(refused(""), @r"
    × case.yaml: nothing in the file
    help: write a case into it; the least is a line `crn: X320741`
    ");
}

#[test]
fn a_file_of_comments() {
    assert_snapshot!(refused("# nothing known\n"), @r"
    × case.yaml: nothing in the file
    help: write a case into it; the least is a line `crn: X320741`
    ");
}

#[test]
fn a_file_of_one_word() {
    assert_snapshot!(refused("quarrel\n"), @"
     × expected its fields, one to a line, found text
      ╭─[case.yaml:1:1]
    1 │ *******
      · ───────
      ╰────
    ");
}

#[test]
fn a_tag() {
    assert_snapshot!(refused("crn: !secret X100001\n"), @r"
     × `crn`: a tag is not allowed here
      ╭─[case.yaml:1:6]
    1 │ crn: !****** *******
      ·      ─
      ╰────
     help: remove the `!` tag
    ");
}

#[test]
fn a_key_that_is_a_list() {
    assert_snapshot!(refused("crn: X100001\n? [a, b]\n: 1\n"), @r"
     × a key must be a plain word
      ╭─[case.yaml:2:3]
    1 │ crn: *******
    2 │ ? [*, *]
      ·   ─
    3 │ : *
      ╰────
    ");
}

#[test]
fn yaml_that_is_not_well_formed() {
    assert_snapshot!(refused("crn: X100001\noasys: { rosh: low\n"), @r"
     × not well-formed: `{` is opened here and not closed
      ╭─[case.yaml:2:8]
    1 │ crn: *******
    2 │ oasys: { rosh: ***
      ·        ─
      ╰────
    ");
}

#[test]
fn an_alias_without_an_anchor() {
    assert_snapshot!(refused("crn: *somebody\n"), @"
     × not well-formed: while parsing node, found unknown anchor
      ╭─[case.yaml:1:6]
    1 │ crn: *********
      ·      ─────────
      ╰────
    ");
}

#[test]
fn a_file_that_is_not_text() {
    assert_snapshot!(refused([b'c', b'r', b'n', b':', b' ', 0xff, 0xfe]), @r"
    × case.yaml:1:6: not text in UTF-8
    help: save the file as UTF-8, or say how it is written, such as `--encoding windows-1252`
    ");
}

#[test]
fn a_file_nested_too_deeply() {
    assert_snapshot!(refused(format!("crn: X100001\noasys: {}{}\n", "[".repeat(40), "]".repeat(40))), @r"
     × `oasys[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]
     │ [0][0]`: nested more than 32 levels deep
      ╭─[case.yaml:2:39]
    1 │ crn: *******
    2 │ oasys: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
      ·                                       ─
      ╰────
    ");
}

#[test]
fn a_file_nested_thousands_deep() {
    let ran = Program::new().file("case.json", format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)));
    let ran = ran.run("assess case.json");
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let yaml = refused(format!("crn: X100001\noasys:\n  {}", "- ".repeat(100_000)));
    assert!(yaml.contains("nested more than 32 levels deep"), "{yaml}");
}

/// Nine lines that stand for a thousand million values.
#[test]
fn a_file_of_aliases_of_aliases() {
    let mut bomb = "crn: X100001\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let names = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{names}]\n"));
    }
    assert_snapshot!(refused(bomb), @"
     × more than 100000 values, repeated aliases counted
      ╭─[case.yaml:6:45]
    5 │ **: &** [***, ***, ***, ***, ***, ***, ***, ***, ***, ***]
    6 │ **: &** [***, ***, ***, ***, ***, ***, ***, ***, ***, ***]
      ·                                             ───
    7 │ **: &** [***, ***, ***, ***, ***, ***, ***, ***, ***, ***]
      ╰────
    ");
}

#[test]
fn a_file_that_is_too_large() {
    let large = format!("crn: X100001\n# {}\n", "x".repeat(4 << 20));
    assert_snapshot!(refused(large), @r"  × case.yaml: larger than 4194304 bytes, the limit for one file");
}

#[test]
fn a_file_of_too_many_values() {
    let many = format!("crn: X100001\nprevious_offences: [{}]\n", "theft, ".repeat(100_001));
    let said = refused(many);
    assert!(said.contains("more than 100000 values"), "{}", said.chars().take(300).collect::<String>());
}

#[test]
fn json_with_a_comma_too_many() {
    let ran = Program::new().file("case.json", "{\n  \"crn\": \"X100001\",\n}\n").run("assess case.json");
    assert_snapshot!(ran.whole(), @r#"
    exit code 3
    ---- stderr ----
      × not well-formed: key must be a string
       ╭─[case.json:3:1]
     2 │   "crn": "*******",
     3 │ }
       · ─
       ╰────
      help: put every key in double quotes, and no comma before a bracket that closes
    "#);
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(Program::new().run("assess nowhere.yaml").whole(), @r"
    exit code 3
    ---- stderr ----
      × nowhere.yaml: cannot be read: no such file or directory
    ");
}

#[test]
fn a_folder_without_cases() {
    assert_snapshot!(Program::new().file("book/notes.txt", "").run("assess book").whole(), @r"
    exit code 3
    ---- stderr ----
      × book: no case in this folder
      help: cases end in .yaml, .yml, .json, .jsonl, .ndjson, .csv, .tsv or .xlsx, and may be
            packed: .gz, .zst
    ");
}

#[test]
fn standard_input_is_named_as_such() {
    assert_snapshot!(Program::new().input("crn: X100001\niom: quarrel\n").run("assess -").whole(), @r"
    exit code 3
    ---- stderr ----
      × `iom`: expected true or false, found text
       ╭─[standard input:2:6]
     1 │ crn: *******
     2 │ iom: *******
       ·      ───────
       ╰────
      help: write `true` for yes, and `false` for no
    ");
}

// ---- Personal data ----------------------------------------------------------------------------------------------------

/// One faulty file for each way to be wrong; the word `quarrel` and the numbers 40961 and 1989 stand for what nobody may
/// read in a log.
const PERSONAL: &[&str] = &[
    "crn: 40961\n",
    "crn: quarrel quarrel\n",
    "crn: X100001\nsex: quarrel\n",
    "crn: X100001\nquarrel: 40961\n",
    "crn: X100001\ndate_of_birth: 1989-02-30\n",
    "crn: X100001\ndate_of_birth: 1989-02-20\nsentence: { imposed_on: 1980-01-01 }\n",
    "crn: X100001\noasys: { ogrs3: 40961, sections: { drugs: 40961 } }\n",
    "crn: X100001\noasys: { rsr: 40961.40961 }\n",
    "crn: X100001\nsupervision: { office: \"quarrel\\n\" }\n",
    "crn: X100001\noverride: { tier: Green, reason: \"quarrel\\u0007\" }\n",
    "crn: X100001\nevents: [{ date: 2019-01-01, type: Quarrel at home }]\n",
    "crn: X100001\nregistrations: [quarrel]\n",
    "crn: X100001\noasys: { sections: { drugs: quarrel } }\n",
    "crn: X100001\nlocal: { quarrel: [40961] }\n",
    "crn: X100001\nexpect: { tier: [quarrel] }\n",
    "crn: X100001\noasys: { sections: { drugs: { answers: { quarrel: 40961 } } } }\n",
    "crn: X100001\niom: 'quarrel\n",
    "crn: X100001\niom: !quarrel x\n",
    "crn: X100001\niom: *quarrel\n",
];

#[test]
fn no_message_repeats_a_value_of_the_case() {
    for content in PERSONAL {
        for format in ["text", "json"] {
            let ran = Program::new().file("case.yaml", content).run(&format!("assess case.yaml --format {format}"));
            assert_eq!(ran.code, 3, "{content}\n{}", ran.whole());
            // A key is the name of a field, and the reference says in a batch which case it was.
            let shown = ran.whole().replace("\"crn\": \"40961\"", "").replace("\"crn\": \"quarrel\"", "");
            let shown = shown
                .replace("quarrel:", "")
                .replace("quarrel`", "")
                .replace("\"quarrel\"", "")
                .replace(".quarrel\"", "");
            for value in ["quarrel", "Quarrel", "40961", "1989"] {
                assert!(!shown.contains(value), "{content}\nrepeats {value}:\n{}", ran.whole());
            }
        }
    }
}

#[test]
fn values_are_shown_where_that_is_asked_for() {
    let ran = Program::new().file("case.yaml", "crn: X100001\nsex: quarrel\n").run("assess case.yaml --show-values");
    assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × `sex`: not one of the words known here
       ╭─[case.yaml:2:6]
     1 │ crn: X100001
     2 │ sex: quarrel
       ·      ───────
       ╰────
      help: known here: `female` `male`
    ");
}

#[test]
fn a_variable_asks_for_values_too() {
    let program = Program::new().variable("BRAG_SHOW_VALUES", "true").file("case.yaml", "crn: X100001\nsex: quarrel\n");
    assert!(program.run("assess case.yaml").stderr.contains("quarrel"));
}

// ---- Several cases ----------------------------------------------------------------------------------------------------

fn book() -> Program {
    let good = std::fs::read(root().join("policies/bgsw/cases/01-anthony.yaml")).unwrap();
    let program = Program::new().file("book/1.yaml", "crn: X100001\niom: maybe\n").file("book/2.yaml", good);
    program.file("book/3.yaml", "crn: X100003\noasys: { ogrs3: 101 }\n")
}

#[test]
fn every_case_is_tried_and_every_failure_named() {
    let ran = book().run("assess book --format jsonl");
    assert_eq!(ran.code, 3);
    let answers: Vec<serde_json::Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["error"]["path"], "iom");
    assert_eq!(answers[1]["tier"], "Amber");
    assert_eq!(answers[2]["crn"], "X100003");
    assert_snapshot!(ran.stderr, @r"
     × `iom`: expected true or false, found text
      ╭─[book/1.yaml:2:6]
    1 │ crn: *******
    2 │ iom: *****
      ·      ─────
      ╰────
     help: write `true` for yes, and `false` for no
     × `oasys.ogrs3`: expected a whole number from 0 to 100
      ╭─[book/3.yaml:2:17]
    1 │ crn: *******
    2 │ oasys: { ogrs3: *** }
      ·                 ───
      ╰────
    ");
}

#[test]
fn a_case_that_failed_is_an_answer_for_programs() {
    let ran = Program::new().file("1.yaml", "crn: X100001\niom: maybe\n").run("assess 1.yaml --format json");
    assert_snapshot!(ran.stdout, @r#"
    {
      "crn": "X100001",
      "file": "1.yaml",
      "error": {
        "code": "wrong_kind",
        "message": "`iom`: expected true or false, found text",
        "path": "iom",
        "line": 2,
        "column": 6,
        "help": "write `true` for yes, and `false` for no"
      }
    }
    "#);
}

#[test]
fn the_worst_class_wins() {
    let rules = "const TIERS = [\"Low\", \"High\"];\nfn one(person) { at_least(\"Low\") }\nfn two(person) { if person.iom { 3 } }\n";
    let program = Program::new().rules(rules).file("1.yaml", "crn: X100001\niom: true\n");
    let program = program.file("2.yaml", "crn: X100002\niom: maybe\n").file("3.yaml", "crn: X100003\n");
    assert_eq!(program.run("assess --policy trial 3.yaml").code, 0);
    assert_eq!(program.run("assess --policy trial 3.yaml 2.yaml").code, 3);
    assert_eq!(program.run("assess --policy trial 1.yaml 2.yaml 3.yaml").code, 5);
}

#[test]
fn a_registration_that_ends_before_it_begins() {
    let case = "crn: X100001\nregistrations: [{ type: stalking, date: 2019-05-01, to: 2018-04-01 }]\n";
    let told = refused(case);
    assert!(told.contains("`registrations[0].to`: ends before it begins"), "{told}");
}

#[test]
fn a_year_of_two_digits_that_something_wrote_with_four() {
    let told = refused("crn: X100001\ncustody: [{ from: 0019-05-01 }]\n");
    assert!(told.contains("`custody[0].from`: expected a date from 1900 on"), "{told}");
}

#[test]
fn labels_in_any_language() {
    let program = Program::new().file(
        "case.yaml",
        "crn: X1\nassessed_on: 2019-05-20\nsupervision: { office: \"Ynys Môn\", officer: { id: \"Siân O’Brien\" } }\n",
    );
    let ran = program.run("assess case.yaml --format json");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let told = refused("crn: X1\nsupervision: { office: \"--\" }\n");
    assert!(told.contains("`supervision.office`: expected a label (letters, digits, spaces and"), "{told}");
}

/// On a date on which the person would be under ten or not yet born nothing is answered, whoever says the date.
#[test]
fn the_person_is_of_an_age_on_the_date_of_the_answer() {
    let child = "crn: X1\ndate_of_birth: 2019-05-21\n";
    let program = Program::new().file("case.yaml", child).file("grown.yaml", "crn: X2\ndate_of_birth: 2009-05-20\n");
    for verb in ["assess", "due", "explain", "caseload"] {
        let ran = program.run(&format!("{verb} case.yaml --on 2019-05-20"));
        assert_eq!(ran.code, 3, "{verb}: {}", ran.whole());
        insta::allow_duplicates! {
            assert_snapshot!(ran.stderr, @"
             × `date_of_birth`: the person is under 10 years old on the date of the answer, or over 120
              ╭─[case.yaml:2:16]
            1 │ crn: **
            2 │ date_of_birth: ****-**-**
              ·                ──────────
              ╰────
             help: one of the dates is wrong: look them up, and correct that one
            ");
        }
    }
    let code = |arguments: &str| program.run(arguments).code;
    assert_eq!((code("assess grown.yaml --on 2019-05-19"), code("assess grown.yaml --on 2019-05-20")), (3, 0));
    // Today is such a date, too; and each case of a book is told at its place.
    let born = Program::new().file("unborn.yaml", "crn: X1\ndate_of_birth: 9000-01-01\n");
    assert_eq!(born.run("assess unborn.yaml").code, 3);
    let book = "crn,date_of_birth\nA1,1990-01-01\nA2,2015-01-01\n";
    let ran = Program::new().file("book.csv", book).run("assess book.csv --on 2019-05-20 --format csv");
    assert!(ran.stdout.contains("\nA1,2019-05-20,"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"book.csv:3:4: `date_of_birth`: the person is under 10 years old"), "{}", ran.stdout);
    let rows = "id,born\nA2,2015-01-01\n";
    let mapping = "source: { form: csv, key: id }\nfields:\n  date_of_birth: { from: born }\n";
    let mapped = Program::new().file("rows.csv", rows).file("m.yaml", mapping);
    let ran = mapped.run("assess rows.csv --map m.yaml --on 2019-05-20");
    assert!(ran.stderr.contains("the person is under 10 years old on the date of the answer"), "{}", ran.whole());
    // A worked case is looked at on its own date, or on another.
    let rules = "const TIERS = [\"Low\"];\n/// All.\n/// @cite c\nfn base(person) { at_least(\"Low\") }\n";
    let worked = "crn: X1\nassessed_on: 2019-05-20\ndate_of_birth: 1990-01-01\nexpect: { tier: Low }\n";
    let program = Program::new().rules(rules).file("policies/trial/cases/1.yaml", worked);
    assert_eq!(program.run("test trial --update all").code, 0);
    let ran = program.run("test trial --update no --on 1995-01-01");
    assert!(ran.whole().contains("under 10 years old on the date of the answer"), "{}", ran.whole());
}

/// What is wrong is said of the text as it is: too long, too early, a dash for a hyphen.
#[test]
fn texts_and_dates_of_the_right_form_that_are_none() {
    let long = format!("crn: {}\n", "A1".repeat(20));
    assert_snapshot!(refused(long), @"
     × `crn`: expected a case reference of letters and digits, at most 32 long
      ╭─[case.yaml:1:6]
    1 │ crn: ****************************************
      ·      ────────────────────────────────────────
      ╰────
    ");
    let case = "crn: X1\ndate_of_birth: 1890-01-01\nratings: [{ date: 2019-05-01, tier: Red–Amber }]\n\
                registrations: [5]\nexpect: { points: { protect: x } }\n";
    assert_snapshot!(refused(case), @"
     × `date_of_birth`: expected a date from 1900 on
      ╭─[case.yaml:2:16]
    1 │ crn: **
    2 │ date_of_birth: ****-**-**
      ·                ──────────
    3 │ ratings: [{ date: ****-**-**, tier: ********* }]
      ╰────
     help: is the century right?
     × `ratings[0].tier`: expected a label (letters, digits, spaces and `_-.'&/()`)
      ╭─[case.yaml:3:37]
    2 │ date_of_birth: ****-**-**
    3 │ ratings: [{ date: ****-**-**, tier: ********* }]
      ·                                     ─────────
    4 │ registrations: [*]
      ╰────
     help: a dash stands in it: write a hyphen, `-`
     × `registrations[0]`: expected a registration: a word, or its `type` and `date`, found a whole
     │ number
      ╭─[case.yaml:4:17]
    3 │ ratings: [{ date: ****-**-**, tier: ********* }]
    4 │ registrations: [*]
      ·                 ─
    5 │ expect: { points: { *******: * } }
      ╰────
     × `expect.points`: expected a whole number, found text
      ╭─[case.yaml:5:30]
    4 │ registrations: [*]
    5 │ expect: { points: { *******: * } }
      ·                              ─
      ╰────
    ");
}

/// An input of a policy's own is told as those of the model are.
#[test]
fn what_an_own_input_takes_is_said() {
    let numbers = "local:\n  marked: { type: boolean, description: d }\n  since: { type: date, description: d }\n";
    let rules = "const TIERS = [\"Low\"];\n/// All.\n/// @cite c\nfn base(person) { at_least(\"Low\") }\n";
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers);
    let ran = program.file("case.yaml", "crn: X1\nlocal: { marked: yes, since: 01/05/2022 }\n");
    assert_snapshot!(ran.run("assess case.yaml --policy trial").stderr, @"
     × `local.marked`: expected true or false
      ╭─[case.yaml:2:18]
    1 │ crn: **
    2 │ local: { ******: ***, *****: **/**/**** }
      ·                  ───
      ╰────
     help: write `true` for yes, and `false` for no
     × `local.since`: expected a date that exists, written YYYY-MM-DD
      ╭─[case.yaml:2:30]
    1 │ crn: **
    2 │ local: { ******: ***, *****: **/**/**** }
      ·                              ──
      ╰────
     help: write the day alone, year first: 2026-06-15
    ");
}

#[test]
fn an_answer_is_no_case() {
    let program = Program::new().file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    for name in ["a.json", "a.yaml", "a.csv", "a.xlsx"] {
        assert_eq!(program.run(&format!("assess case.yaml -q -o {name}")).code, 0, "{name}");
        let ran = program.run(&format!("assess {name}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{name}: {}", ran.whole());
        let said = "an answer that `brag` wrote, and no case";
        assert!(ran.stderr.contains(said) && !ran.stderr.contains("unknown key"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_file_that_is_packed_twice() {
    let packed = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let twice = packed(&packed(b"crn: X1\n"));
    let ran = Program::new().file("case.yaml.gz.gz", twice).run("assess case.yaml.gz.gz");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert_snapshot!(ran.stderr, @"  × case.yaml.gz.gz: cannot be read: it is packed twice: unpack it once");
}

/// What is due is reckoned from what the case records: a date for which no bank holidays are known is named.
#[test]
fn a_sentence_that_began_before_the_calendar() {
    let begun = "crn: X1\nassessed_on: 2019-05-20\nsentence: { type: community_order, starts_on: 2008-05-06 }\n";
    assert_snapshot!(refused(begun), @"
     × case.yaml:3:47: case X1: `sentence.starts_on` is outside the calendar of bank holidays, which
     │ has the years 2010 to 2040
     help: record what came after it, the last rating and the last meeting, or give a calendar that
           has it: `--holidays FILE`
    ");
    let since = "ratings: [{ date: 2019-05-01, tier: Red }]\n\
                 contacts: [{ date: 2019-05-01, mode: office, with: case_manager, outcome: attended }]\n";
    assert_eq!(Program::new().file("case.yaml", format!("{begun}{since}")).run("assess case.yaml").code, 0);
    let ran = Program::new().file("case.yaml", begun).run("assess case.yaml --format json");
    assert_eq!(
        (ran.json()["error"]["path"].as_str(), ran.json()["error"]["line"].as_u64()),
        (Some("sentence.starts_on"), Some(3))
    );
}
