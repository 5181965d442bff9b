//! What a mapping says of values: which of several spellings, patterns and rules counts, and what is told of those that it gives by
//! itself.

use crate::program::{Program, snapshot};
use std::fmt::Write;

/// What a rule for the risk of serious harm makes of cells, one a line, each with what it says.
fn rosh_of(rule: &str, cells: &[&str]) -> String {
    let mapping = format!("source: {{ form: csv, key: CRN }}\nfields:\n  oasys.rosh: {rule}\n");
    let mut said = String::new();
    for cell in cells {
        let program = Program::new().file("m.yaml", &mapping).file("c.csv", format!("CRN,Risk\nX1,{cell}\n"));
        let ran = program.run("map run m.yaml c.csv --format jsonl");
        writeln!(said, "{cell}: {}", if ran.code == 0 { ran.stdout.trim() } else { ran.stderr.trim() }).unwrap();
    }
    said
}

#[test]
fn the_more_particular_pattern_counts_whatever_the_order() {
    let rule = "{ from: Risk, words: { low: [\"*low*\"], medium: [\"*med*\"], high: [\"*high*\"], very_high: [\"*very high*\"] } }";
    insta::assert_snapshot!(rosh_of(rule, &["Very High risk", "HIGH", "follow-up: high"]), @r#"
    Very High risk: {"crn":"X1","oasys":{"rosh":"very_high"}}
    HIGH: {"crn":"X1","oasys":{"rosh":"high"}}
    follow-up: high: × `oasys.rosh`: a value of which two patterns say different things
       ╭─[c.csv:2:4]
     2 │ **,******-**: ****
       ·    ─────────
       ╰────
      help: m.yaml, line 3: write a pattern that only such values fit, or list the value itself
    "#);
}

#[test]
fn a_spelling_of_a_word_and_of_nothing_is_not_decided_by_their_order() {
    // The spelling is more particular than the pattern.
    let rule = "{ from: Risk, words: { high: [\"High\"] }, absent: [\"*igh\", \"n/a\"] }";
    insta::assert_snapshot!(rosh_of(rule, &["HIGH", "nigh", "N/A"]), @r#"
    HIGH: {"crn":"X1","oasys":{"rosh":"high"}}
    nigh: {"crn":"X1"}
    N/A: {"crn":"X1"}
    "#);
    insta::assert_snapshot!(rosh_of("{ from: Risk, words: { high: [H] }, absent: [h] }", &["H"]), @r"
    H: × `oasys.rosh.absent`: this spelling has a meaning already
       ╭─[m.yaml:3:60]
     2 │ fields:
     3 │   oasys.rosh: { from: Risk, words: { high: [H] }, absent: [h] }
       ·                                                            ─
       ╰────
    ");
}

#[test]
fn a_pattern_that_finds_nothing_in_a_text_finds_no_value() {
    let mapping = "source: { form: csv, key: CRN }\nfields:\n  oasys.ogrs3: { from: Score, pattern: \"([0-9]*)\" }\n";
    let program = Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Score\nX1,61 of 100\nX2,x61\n");
    let ran = program.run("map run m.yaml c.csv --format jsonl");
    assert_eq!((ran.code, &*ran.stdout), (3, "{\"crn\":\"X1\",\"oasys\":{\"ogrs3\":61}}\n"));
    assert!(ran.stderr.contains("a text that `pattern` does not find anything in"), "{}", ran.stderr);
}

/// The order of two places of a mapping decides nothing.
#[test]
fn an_input_is_filled_in_one_place() {
    let checked = |fields: &str| {
        let mapping = format!("source: {{ form: csv, key: CRN }}\nfields:\n{fields}");
        let program = Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Risk\nX1,Low\n");
        program.run("map check m.yaml c.csv").whole()
    };
    let group = "  oasys: { one: \"@row\", rosh: { from: Risk, words: { low: [Low] } } }\n";
    let own = "  oasys.rosh: { value: high }\n";
    let score = "  oasys.sections.drugs: { value: \"1\" }\n  oasys.sections.drugs.score: { value: \"2\" }\n";
    let all =
        [format!("{group}{own}"), format!("{own}{group}"), score.to_owned()].map(|fields| checked(&fields)).concat();
    snapshot("mapping-filled-twice", &all);
    // The rules of one list stand in for each other.
    let ways = "  oasys: [{ one: \"@row\", when: { Risk: Low }, rosh: { value: low } }, { one: \"@row\", rosh: { value: high } }]\n";
    assert!(!checked(ways).contains("filled"), "{}", checked(ways));
}

/// A default for a risk is no fact of the source: it is counted wherever a mapping is tried or used.
#[test]
fn what_a_mapping_says_by_itself_of_a_risk_is_counted() {
    let mapping = "source: { form: csv, key: CRN }\nfields:\n  oasys.rosh: [{ from: Risk, words: { high: [High] }, absent: [Unknown] }, { value: low }]\n  iom: { from: IOM, words: { true: [Y] }, other: false }\n";
    let program =
        Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Risk,IOM\nX1,High,Y\nX2,Unknown,?\nX3,,Y\n");
    let told = ["map check m.yaml c.csv", "map run m.yaml c.csv"].map(|command| program.run(command).whole()).concat();
    snapshot("mapping-by-itself", &told);
    let json = program.run("map check m.yaml c.csv --format json").json();
    let counted = json["passed_over"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["path"].as_str().unwrap(), one["count"].as_u64().unwrap()));
    assert_eq!(counted.collect::<Vec<_>>(), [("oasys.rosh", 2), ("iom", 1)]);
    let assessed = program.run("assess c.csv --map m.yaml --on 2026-06-15 --format csv").stderr;
    assert!(
        assessed.contains("`oasys.rosh`: cases of which the source says nothing, taken for `low`: 2"),
        "{assessed}"
    );
}

/// A record with a fault is looked at again, and counted once.
#[test]
fn what_is_passed_over_in_a_case_with_a_fault_is_counted_once() {
    let payload =
        r#"{"crn":"X1","gender":"Martian","registrations":[{"code":"ALT2","date":"2026-01-01"}],"convictions":[]}"#;
    let ran = Program::new().file("p.json", payload).run("assess p.json --map tier-to-delius --on 2026-06-15");
    assert!(ran.stderr.contains("whose words a case does not have: 1\n"), "{}", ran.stderr);
}

/// A slip in the name of an own input would else leave out a rule without a word.
#[test]
fn an_own_input_that_no_policy_has_is_told() {
    let program = Program::new().file("c.csv", "crn,local.my_rul\nX1,5\nX2,\n");
    let ran = program.run("assess c.csv --on 2019-05-20 --format csv");
    assert_eq!(ran.stderr, "1 case has inputs of a policy's own that no policy here declares, first c.csv:2\n");
    let mapping = "source: { form: csv, key: crn }\nfields: { local.my_rul: Rule }\n";
    let program = Program::new().file("c.csv", "crn,Rule\nX1,5\n").file("m.yaml", mapping);
    let ran = program.run("map check m.yaml c.csv");
    assert!(
        ran.code == 1 && ran.stdout.contains("local.my_rul: no policy here has such an input of its own"),
        "{}",
        ran.whole()
    );
}

/// Forms that may name different days are no list of forms: the first would be a guess.
#[test]
fn two_forms_of_a_date_say_one_day() {
    let checked = |forms: &str| {
        let mapping =
            format!("source: {{ form: csv, key: CRN }}\nfields:\n  date_of_birth: {{ from: Born, date: {forms} }}\n");
        Program::new().file("m.yaml", mapping).file("c.csv", "CRN,Born\nX1,03/04/1990\n").run("map check m.yaml c.csv")
    };
    let ran = checked("[\"%d/%m/%Y\", \"%m/%d/%Y\"]");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("two of these forms read one text as different days"), "{}", ran.stderr);
    for forms in ["[\"%d/%m/%Y\", iso, excel]", "[\"%d/%m/%Y\", \"%d.%m.%Y\", \"%d/%m/%y\"], pivot: 30"] {
        assert_eq!(checked(forms).code, 0, "{}", checked(forms).whole());
    }
}

#[test]
fn an_input_without_a_rule_is_refused() {
    let program =
        Program::new().file("m.yaml", "source: { key: CRN }\nfields: { oasys.rosh: [] }\n").file("c.csv", "CRN\nX1\n");
    let ran = program.run("map check m.yaml c.csv");
    assert!(ran.code == 3 && ran.stderr.contains("says nothing of where it is read"), "{}", ran.whole());
}

/// An officer is known by a number; what is none may be a name, and a name comes into no answer.
#[test]
fn a_name_of_an_officer_is_no_reference() {
    let folder = crate::program::root().join("mappings/offender-management/source");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let program = Program::new()
        .file("cases.csv", read("cases.csv").replace("Sample, Officer AB1234", "Sample, JANE DOE"))
        .file("contacts.csv", read("contacts.csv"))
        .file("ratings.csv", read("ratings.csv"));
    let ran = program.run("assess cases.csv --map offender-management --on 2026-06-15 --format jsonl");
    assert!(ran.code == 3 && !ran.whole().contains("DOE"), "{}", ran.whole());
    assert!(
        ran.stdout.contains("`supervision.officer.id`: a text that `pattern` does not find anything in"),
        "{}",
        ran.stdout
    );
}
