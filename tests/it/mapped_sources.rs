//! What a mapping refuses of a source and of itself, each message whole; what it reads of workbooks; and the public spellings.

use crate::{
    program::{Program, root, snapshot},
    sheets::made::{Sheet, formula, number, text, workbook},
};
use std::fmt::Write;

const RISK: &str = "source: { key: Ref }\nfields:\n  oasys.rosh: Risk\n";
const PREDICTORS: &str = r#"{"assessments":[{"OGRS":{"ogrs32Year":61}}]}"#;
const VISITS: &str = "source: { form: csv, key: Ref }\ntables: { visits: {} }\nfields:\n  contacts: { each: visits, where: { Kind: visit }, date: { from: On, date: iso }, mode: { value: office } }\n  oasys.rosh: { from: visits, latest: When, take: Level }\n";

/// Runs some commands, each in a folder of these files, and writes down what they say.
fn told(title: &str, files: &[(&str, &str)], commands: &[&str], into: &mut String) {
    for command in commands {
        let program = files.iter().fold(Program::new(), |program, (name, content)| program.file(name, content));
        writeln!(into, "==== {title}\n$ brag {command}\n{}", program.run(command).whole()).unwrap();
    }
}

fn of_mapping(title: &str, mapping: &str, cases: &str, into: &mut String) {
    told(title, &[("m.yaml", mapping), ("c.csv", cases)], &["map run m.yaml c.csv --format jsonl"], into);
}

/// What stands in a source and cannot be what the mapping says is refused where it stands, with what to do.
#[test]
fn what_is_refused_of_a_source() {
    let mut said = String::new();
    told(
        "a record of a table that does not say whose it is, beside two cases",
        &[
            ("d/X1.json", r#"{"gender":"Male"}"#),
            ("d/X2.json", r#"{"gender":"Male"}"#),
            ("d/predictors.json", PREDICTORS),
        ],
        &["map run tier-to-delius d", "map run tier-to-delius d/X1.json"],
        &mut said,
    );
    told(
        "the same beside one case",
        &[("d/X1.json", r#"{"gender":"Male"}"#), ("d/predictors.json", PREDICTORS)],
        &["map run tier-to-delius d/X1.json"],
        &mut said,
    );
    let birth = |date: &str| format!("source: {{ key: Ref }}\nfields:\n  date_of_birth: {{ from: Born, {date} }}\n");
    of_mapping("a year of two digits", &birth("date: \"%d/%m/%Y\""), "Ref,Born\nX1,03/04/88\n", &mut said);
    of_mapping(
        "a year of two digits before a time",
        &birth("date: \"%d/%m/%Y*\""),
        "Ref,Born\nX1,03/04/88 10:30\n",
        &mut said,
    );
    of_mapping(
        "a year of four digits where two are said",
        &birth("date: \"%d/%m/%y*\", pivot: 12"),
        "Ref,Born\nX1,03/04/1988\n",
        &mut said,
    );
    of_mapping(
        "a year of two digits, said so",
        &birth("date: [\"%d/%m/%Y\", \"%d/%m/%y\"], pivot: 12"),
        "Ref,Born\nX1,03/04/88\nX2,03/04/12\nX3,03/04/1913\n",
        &mut said,
    );
    let json = "source: { form: json, key: crn }\nfields:\n  oasys.ogrs3: \"a[0].s\"\n  oasys.arp.type: { value: static, when: { \"b[0].c\": Y } }\n";
    told(
        "several entries where one is taken by its place",
        &[
            ("m.yaml", json),
            ("one.json", r#"{"crn":"X1","a":[{"s":1}],"b":[{"c":"Y"}]}"#),
            ("value.json", r#"{"crn":"X1","a":[{"s":1},{"s":2}]}"#),
            ("when.json", r#"{"crn":"X1","a":[{"s":1}],"b":[{"c":"N"},{"c":"Y"}]}"#),
        ],
        &["map run m.yaml one.json --format jsonl", "map run m.yaml value.json", "map run m.yaml when.json"],
        &mut said,
    );
    told(
        "columns that only a condition, a date and what is taken name",
        &[("m.yaml", VISITS), ("c.csv", "Ref\nX1\n"), ("visits.csv", "Ref,On\nX1,2026-05-01\n")],
        &["map run m.yaml c.csv", "map check m.yaml c.csv --on 2026-06-15 -q --format json"],
        &mut said,
    );
    let registers = "source: { form: json, key: crn }\nfields:\n  registrations: { each: r, type: c }\n";
    told(
        "a register that no list knows",
        &[("m.yaml", registers), ("c.json", r#"{"crn":"X1","r":[{"c":"ZZZ9"}]}"#)],
        &["assess c.json --map m.yaml --strict --on 2026-06-15"],
        &mut said,
    );
    let second = "source: { key: Ref }\ntables: { old: { optional: true } }\nfields:\n  oasys.rosh:\n    - { from: New, absent: [N/A] }\n    - { from: \"old[0].Level\" }\n";
    told(
        "the rule that made the value, in the file that it is in",
        &[("m.yaml", second), ("c.csv", "Ref,New\nX1,N/A\n"), ("old.csv", "Ref,Level\nX1,steep\n")],
        &["map run m.yaml c.csv", "map check m.yaml c.csv --on 2026-06-15 --format json"],
        &mut said,
    );
    of_mapping("a cell under no name", RISK, "Ref,Risk,\nX1,low,\nX2,low,,\nX3,low,word\n", &mut said);
    of_mapping("no column that is read", RISK, "Title\nA,B\nX1,low\n", &mut said);
    snapshot("mapping-source-faults", &said);
}

/// A key of a mapping that nothing uses is refused, and not passed over.
#[test]
fn what_is_refused_of_a_mapping() {
    let mut said = String::new();
    for (top, fields) in [
        ("source: { form: json, key: crn, delimiter: comma }", "sex: Sex"),
        ("source: { key: Ref }\ntables: { visits: {} }", "sex: Sex"),
        ("source: { key: Ref }\ntables: { visits: {} }", "oasys.rosh: visits.Level"),
        ("source: { key: Ref }\nnot_exported: [oasys]", "oasys.rosh: Risk"),
        ("source: { key: Ref }", "contacts: { each: visits, latest: On, date: On }"),
        ("source: { key: Ref }", "sentence: { one: orders, first: true, latest: On, type: Kind }"),
        ("source: { key: Ref }", "other_sentences: { each: orders, except: sentenc, type: Kind }"),
        ("source: { key: Ref }", "sex: { value: male, from: Sex }"),
        ("source: { key: Ref }", "sex: { value: man }"),
        ("source: { key: Ref }", "date_of_birth: { from: Born, date: \"%d/%m/%Y\", pivot: 30 }"),
        ("source: { key: Ref }", "date_of_birth: { from: Born, pivot: 30 }"),
        ("source: { key: Ref }", "oasys.rosh: \"assessments[].level\""),
        ("source: { key: Ref }", "registrations: { each: r, type: c, take: d }"),
    ] {
        of_mapping(fields, &format!("{top}\nfields:\n  {fields}\n"), "Ref\nX1\n", &mut said);
    }
    snapshot("mapping-faults", &said);
}

/// A value of `absent:` is none, so that the next place counts.
#[test]
fn what_is_absent_in_one_place_is_looked_for_in_the_next() {
    let mapping =
        "source: { key: Ref }\nfields:\n  oasys.rosh: { from: [New, Old], words: { high: [High] }, absent: [N/A] }\n";
    let program =
        Program::new().file("m.yaml", mapping).file("c.csv", "Ref,New,Old\nX1,N/A,High\nX2,N/A,\nX3,odd,High\n");
    let ran = program.run("map run m.yaml c.csv --format jsonl");
    assert_eq!(ran.stdout, "{\"crn\":\"X1\",\"oasys\":{\"rosh\":\"high\"}}\n{\"crn\":\"X2\"}\n");
    assert!(ran.stderr.contains("`oasys.rosh`: a value that `words` does not list"), "{}", ran.stderr);
}

#[test]
fn the_last_of_a_reference_counts_where_that_is_asked_for() {
    let program = Program::new().file("m.yaml", RISK).file("c.csv", "Ref,Risk\nX1,low\nX2,low\nX1,very_high\n");
    let tiers = |more: &str| {
        let ran = program.run(&format!("assess c.csv --map m.yaml --on 2026-06-15 --format csv {more}"));
        ran.stdout.lines().skip(1).map(|line| line[..2].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(tiers("--duplicates last"), ["X2", "X1"]);
    assert_eq!(tiers(""), ["X1", "X2", "X1"]);
}

/// Numbers and dates of a sheet are values already, whatever the mapping says of texts; a fault names its own cell.
#[test]
fn a_workbook_is_read_through_a_mapping_as_without_one() {
    let mapping = "source: { key: Ref, encoding: windows-1252 }\nfields:\n  oasys.rosh: { from: Risk, words: { high: [High] } }\n  \
                   oasys.rsr: { from: Score, number: { decimal: \",\", thousands: \".\" } }\n  oasys.completed_on: { from: Seen, date: \"%d/%m/%Y\" }\nignore: [Note]\n";
    let ran = |cells: Vec<String>| {
        let names = ["Ref", "Note", "Risk", "Score", "Seen"].map(text).to_vec();
        let sheets: [Sheet<'_>; 1] = [("List", vec![(1, names), (2, cells)])];
        let program = Program::new().file("m.yaml", mapping).file("c.xlsx", workbook(&sheets, &[]));
        program.run("map run m.yaml c.xlsx --format jsonl").whole()
    };
    let nothing = String::new;
    let mut said = String::new();
    for cells in [
        vec![number(123_456, 0), nothing(), text("High"), number(1.234, 0), number(46_000, 1)],
        vec![text("X1"), text("word"), text("High"), text("1,5"), text("09/12/2025")],
        vec![text("X1"), nothing(), text("Steep"), nothing(), nothing()],
        vec![text("X1"), nothing(), nothing(), nothing(), text("2025-12-09")],
        vec![text("X1"), nothing(), formula("e", "#N/A"), nothing(), nothing()],
        vec![text("X1"), nothing(), nothing(), number(0.6, 2), nothing()],
        vec![text("X1"), formula("e", "#N/A"), text("High"), nothing(), nothing()],
    ] {
        writeln!(said, "{}", ran(cells)).unwrap();
    }
    snapshot("mapping-workbook", &said);
}

/// A draft names columns and never what stands in them: a row of data is not taken for the header.
#[test]
fn a_draft_holds_no_value() {
    for (table, is_drafted) in [
        ("CRN,Name,DOB,\nX1,Jane Doe,1990-03-01,rang mother\n", true),
        ("Caseload of Jo Bloggs, North\nCRN;Name;DOB\nX1;Jane Doe;1990\n", true),
        ("X1,Jane Doe,1990-03-01\nX2,Jo Bloggs,1991-03-01\n", false),
        ("X1,Jane Doe,office\n", false),
    ] {
        let ran = Program::new().file("c.csv", table).run("map new c.csv");
        assert!(
            ["Jane", "Bloggs", "mother", "1990", "X1"].iter().all(|word| !ran.whole().contains(word)),
            "{}",
            ran.whole()
        );
        assert_eq!(ran.code == 0, is_drafted, "{}", ran.whole());
    }
    let ran = Program::new().file("c.csv", "One,Two\n1,2\n").run("map new c.csv");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × c.csv:1:1: no line is surely the names of columns: none is called like a case reference or
      │ like two inputs
      help: say with `--title-lines` how many lines stand before the one that names the columns, 0 for
            none; where none does, write one above the rows
    ");
    let ran = Program::new().file("c.csv", "One,Two\n1,2\n").run("map new c.csv --title-lines 0");
    assert!(ran.code == 0 && ran.stdout.contains("#   - One\n#   - Two\n"), "{}", ran.whole());
    // Whoever says where the header is can be wrong about it.
    let ran = Program::new().file("c.csv", "SPECIMEN Jane,1990-03-01\n").run("map new c.csv --title-lines 0");
    assert!(ran.code == 3 && !ran.whole().contains("SPECIMEN"), "{}", ran.whole());
}

/// What a dry run finds nothing wrong with is answered, and what is not answered it finds.
#[test]
fn a_dry_run_and_an_assessment_agree() {
    let rated = "source: { key: Ref }\nfields:\n  ratings: { each: \"@row\", date: On, tier: BRAG }\n";
    for (mapping, cases, is_good) in [
        (RISK, "Ref,Risk\nX1,low\n", true),
        (RISK, "Ref\nX1\n", false),
        (RISK, "Ref,Risk,Risk\nX1,low,low\n", false),
        (RISK, "Ref,Risk\nX1,low,high\n", false),
        (RISK, "Ref,Risk,Odd\nX1,low,high\n", false),
        (RISK, "Ref,Risk\n", false),
        (RISK, "Ref,Risk\nnot a reference,low\n", false),
        (rated, "Ref,On,BRAG\nX1,2026-05-01,Purple\n", false),
        (rated, "Ref,On,BRAG\nX1,2026-05-01,Amber\n", true),
    ] {
        let program = Program::new().file("m.yaml", mapping).file("c.csv", cases);
        let checked = program.run("map check m.yaml c.csv --on 2026-06-15");
        let assessed = program.run("assess c.csv --map m.yaml --on 2026-06-15");
        assert_eq!(
            (checked.code == 0, assessed.code == 0),
            (is_good, is_good),
            "{cases}{}{}",
            checked.whole(),
            assessed.whole()
        );
    }
}

/// One payload or row for each spelling of the public sources, and the part of the case that it must become; none where it is refused.
#[test]
fn public_spellings_come_in() {
    let delius = |body: &str| format!("{{\"crn\":\"X1\",{body}}}");
    let register = |body: &str| delius(&format!("\"registrations\":[{{{body},\"date\":\"2026-01-05\"}}]"));
    let order = |body: &str| delius(&format!("\"convictions\":[{{\"terminationDate\":null,{body}}}]"));
    let arns = |body: &str| delius(&format!("\"assessments\":[{{\"dateCompleted\":\"2024-12-19T16:57:25\",{body}}}]"));
    let spellings = [
        ("tier-to-delius", delius(r#""gender":"Female""#), Some(r#""sex":"female""#)),
        ("tier-to-delius", delius(r#""gender":"M""#), Some(r#""sex":"male""#)),
        ("assess-risks-and-needs", delius(r#""gender":"2","assessments":[]"#), Some(r#""sex":"female""#)),
        ("tier-to-delius", delius(r#""ogrsscore":"61""#), Some(r#""ogrs3":61"#)),
        (
            "tier-to-delius",
            register(r#""code":"MAPP","level":"M2","category":"M3""#),
            Some(r#""mappa":{"level":2,"category":3}"#),
        ),
        (
            "tier-to-delius",
            register(r#""code":"MAPP","level":"M0","category":"M1""#),
            Some(r#""mappa":{"category":1}"#),
        ),
        ("tier-to-delius", register(r#""code":"RVHR""#), Some(r#""rosh":"very_high""#)),
        ("tier-to-delius", register(r#""code":"IIOM""#), Some(r#""iom":true"#)),
        ("tier-to-delius", register(r#""code":"HREG""#), Some(r#""registrations":[]"#)),
        ("tier-to-delius", register(r#""code":"ALT2""#), Some(r#""registrations":[]"#)),
        ("tier-to-delius", order(r#""sentenceTypeCode":"SC""#), Some(r#""type":"custody""#)),
        ("tier-to-delius", order(r#""sentenceTypeCode":"329""#), Some(r#""type":"community_order""#)),
        (
            "tier-to-delius",
            order(r#""sentenceTypeCode":"SP","requirements":[{"mainCategoryTypeCode":"W"}]"#),
            Some(r#""type":"unpaid_work""#),
        ),
        (
            "tier-to-delius",
            order(r#""sentenceTypeCode":"SP","requirements":[{"mainCategoryTypeCode":"F"}]"#),
            Some(r#""type":"rehabilitation_activity""#),
        ),
        (
            "assess-risks-and-needs",
            arns(r#""assessmentType":"LAYER3""#),
            Some(r#""completed_on":"2024-12-19","layer":3"#),
        ),
        ("assess-risks-and-needs", arns(r#""assessmentStatus":"COMPLETE""#), Some(r#""status":"complete""#)),
        (
            "assess-risks-and-needs",
            arns(r#""assessmentStatus":"LOCKED_INCOMPLETE""#),
            Some(r#""status":"locked_incomplete""#),
        ),
        (
            "assess-risks-and-needs",
            arns(r#""riskPublicCommunity":"Very High","riskChildrenCommunity":null"#),
            Some(r#""rosh_to":{"public":"very_high"}"#),
        ),
        (
            "assess-risks-and-needs",
            arns(r#""acc":{"accLinkedToHarm":"Yes","accOtherWeightedScore":null}"#),
            Some(r#""accommodation":{"linked_to_harm":true}"#),
        ),
        (
            "assess-risks-and-needs",
            arns(r#""sanCrimNeedScore":{"drugUseSan":{"drugUseSanScore":3}}"#),
            Some(r#""san":true,"sections":{"drugs":{"score":3}}"#),
        ),
        (
            "assess-risks-and-needs",
            arns(
                r#""RSR":{"rsrPercentageScore":1.23,"rsrStaticOrDynamic":"STATIC"},"newActuarialPredictors":{"ogrs4gCalculated":"Y"}"#,
            ),
            Some(r#""csrp":{"score":1.23,"type":"static"}"#),
        ),
        (
            "assess-risks-and-needs",
            arns(r#""OSP":{"ospDirectContactScoreLevel":"Not Applicable"}"#),
            Some(r#""band":"not_applicable""#),
        ),
        (
            "offender-management",
            "OGRS3,Date of Birth\n61%,15/06/1988".to_owned(),
            Some(r#""date_of_birth":"1988-06-15""#),
        ),
        ("offender-management", "OGRS3,Date of Birth\n61%,15/06/1988".to_owned(), Some(r#""ogrs3":61"#)),
        // A percent sign in a payload of numbers, and a month that there is not.
        ("tier-to-delius", delius(r#""ogrsscore":"61%""#), None),
        ("offender-management", "OGRS3,Date of Birth\n61,7/14/2016".to_owned(), None),
    ];
    assert_eq!(spellings.len(), 26);
    let mut refused = String::new();
    for (mapping, source, part) in &spellings {
        let program = match source.split_once('\n') {
            None => Program::new().file("X1.json", source),
            // The other columns are there and empty.
            Some((names, values)) => {
                let header =
                    std::fs::read_to_string(root().join("mappings/offender-management/source/cases.csv")).unwrap();
                let header = header.lines().next().unwrap();
                let said: Vec<(&str, &str)> = names.split(',').zip(values.split(',')).collect();
                let cell = |name: &str| said.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
                let row: Vec<&str> =
                    header.split(',').map(|name| if name == "CRN" { "X1" } else { cell(name) }).collect();
                Program::new()
                    .file("X1.csv", format!("{header}\n{}\n", row.join(",")))
                    .file("contacts.csv", "CRN,Date,Type,Place,Outcome\n")
            }
        };
        let name = if source.contains('\n') { "X1.csv" } else { "X1.json" };
        let ran = program.run_with(&["map", "run", mapping, name, "--format", "jsonl"]);
        match part {
            Some(part) => assert!(ran.code == 0 && ran.stdout.contains(part), "{source}: {}", ran.whole()),
            None => writeln!(refused, "{}", ran.whole()).unwrap(),
        }
    }
    snapshot("mapping-spellings-refused", &refused);
}
