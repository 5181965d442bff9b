//! Files that are read right: each says of one person what the plain file says.

use super::made::{formula, number, shared, text, workbook};
use crate::program::Program;

/// The plain file, and the digest of what it says.
const PLAIN: &str = "crn,assessed_on,sex,oasys.rosh,oasys.ogrs3,oasys.rsr,iom\nF1,2026-06-15,male,medium,60,1.2,true\n";

fn digests(program: &Program, arguments: &str) -> (Vec<String>, String) {
    let ran = program.run(&format!("assess {arguments} --format jsonl"));
    assert_eq!(ran.code, 0, "{arguments}\n{}", ran.whole());
    let answers = ran.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    (answers.map(|answer| answer["case_digest"].as_str().unwrap().to_owned()).collect(), ran.stderr)
}

/// UTF-16 with its mark.
fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
}

fn named() -> Vec<String> {
    PLAIN.lines().next().unwrap().split(',').map(text).collect()
}

fn filled() -> Vec<String> {
    let truth = r#"<c r="@" t="b"><v>1</v></c>"#.to_owned();
    vec![text("F1"), number(46188, 1), text("male"), text("medium"), number(60, 0), number("1.2", 0), truth]
}

fn filled_but<const N: usize>(cells: [(usize, String); N]) -> Vec<String> {
    let mut row = filled();
    for (at, cell) in cells {
        row[at] = cell;
    }
    row
}

#[test]
fn each_kind_of_file_is_read_as_the_plain_one() {
    let semicolons = PLAIN.replace(',', ";");
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bom.csv", format!("\u{feff}{PLAIN}").into_bytes(), ""),
        ("crlf.csv", PLAIN.replace('\n', "\r\n").into_bytes(), ""),
        ("mac.csv", PLAIN.replace('\n', "\r").into_bytes(), "mac.csv: its lines end as on an old Macintosh\n"),
        ("semicolon.csv", semicolons.clone().into_bytes(), "semicolon.csv: cells are separated by `;`\n"),
        ("tab.tsv", PLAIN.replace(',', "\t").into_bytes(), "tab.tsv: cells are separated by tabs\n"),
        ("bar.csv", PLAIN.replace(',', "|").into_bytes(), "bar.csv: cells are separated by `|`\n"),
        ("sep.csv", format!("sep=,\r\n{PLAIN}").into_bytes(), ""),
        ("sep2.csv", format!("sep=;\n{semicolons}").into_bytes(), "sep2.csv: cells are separated by `;`\n"),
        ("sep3.csv", format!("\"sep=;\"\n{semicolons}").into_bytes(), "sep3.csv: cells are separated by `;`\n"),
        (
            "le.csv",
            utf16(&PLAIN.replace(',', "\t"), u16::to_le_bytes),
            "le.csv: cells are separated by tabs; its text is in utf-16le\n",
        ),
        ("be.csv", utf16(PLAIN, u16::to_be_bytes), "be.csv: its text is in utf-16be\n"),
        ("blank.csv", format!("\n\n{PLAIN},,,,,,\n,,,,,,\n").into_bytes(), ""),
        ("quoted-blank.csv", format!("{PLAIN}\"\",\"\",,,,,\n").into_bytes(), ""),
        ("trail.csv", PLAIN.replace('\n', ",,\n").into_bytes(), ""),
        ("short-head.csv", PLAIN.replacen(",true\n", ",true,,\n", 1).into_bytes(), ""),
        ("quoted.csv", PLAIN.replace("medium", "\"medium\"").replace("crn,", "\"crn\",").into_bytes(), ""),
        ("spaced-head.csv", PLAIN.replace("crn,", " crn\u{a0},").into_bytes(), ""),
        (
            "title.csv",
            format!("Caseload export 15/06/2026,,\n\n{PLAIN}").into_bytes(),
            "title.csv: line 3 names the columns\n",
        ),
        ("capitals.csv", PLAIN.replace("true", "TRUE").into_bytes(), ""),
        ("excel.xlsx", workbook(&[("Sheet1", vec![(1, named()), (2, filled())])], &[]), ""),
        (
            "formula.xlsx",
            workbook(&[("Sheet1", vec![(1, named()), (2, filled_but([(5, number("1.1999999999999997", 0))]))])], &[]),
            "",
        ),
        (
            "title.xlsx",
            workbook(&[("Caseload", vec![(1, vec![text("Caseload export")]), (3, named()), (9, filled())])], &[]),
            "title.xlsx: row 3 names the columns\n",
        ),
        (
            "summary.xlsx",
            workbook(
                &[
                    ("Export Summary", vec![(1, vec![text("made by Numbers")])]),
                    ("Table 1", vec![(1, named()), (2, filled())]),
                ],
                &[],
            ),
            "summary.xlsx: sheet `Table 1`\n",
        ),
        ("shared.xlsx", workbook(&[("S", vec![(1, named()), (2, filled_but([(0, shared(0))]))])], &["F1"]), ""),
        (
            "formula.xlsx",
            workbook(
                &[("S", vec![(1, named()), (2, filled_but([(3, formula("str", "medium")), (4, formula("n", "60"))]))])],
                &[],
            ),
            "",
        ),
        (
            "blank-rows.xlsx",
            workbook(
                &[(
                    "S",
                    vec![
                        (1, named()),
                        (2, filled()),
                        (3, vec![text(" ")]),
                        (4, vec![r#"<c r="@" s="1"/>"#.to_owned()]),
                    ],
                )],
                &[],
            ),
            "",
        ),
        ("book.xlsm", workbook(&[("S", vec![(1, named()), (2, filled())])], &[]), ""),
    ];
    let program = Program::new().file("plain.csv", PLAIN);
    let (expected, said) = digests(&program, "plain.csv");
    assert_eq!((expected.len(), said.as_str()), (1, ""));
    for (name, bytes, told) in files {
        let program = Program::new().file(name, bytes);
        assert_eq!(digests(&program, name), (expected.clone(), told.to_owned()), "{name}");
        assert_eq!(digests(&program, &format!("{name} -q")), (expected.clone(), String::new()), "{name}");
    }
}

#[test]
fn what_is_said_of_a_table_is_not_found_out() {
    let program = Program::new()
        .file("a.csv", PLAIN.replace(',', ";"))
        .file("b.csv", format!("crn,x\n{PLAIN}"))
        .file("c.csv", PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        .file("plain.csv", PLAIN);
    let expected = digests(&program, "plain.csv");
    assert_eq!(digests(&program, "a.csv --delimiter semicolon"), expected);
    assert_eq!(digests(&program, "a.csv --delimiter ;"), expected);
    assert_eq!(digests(&program, "b.csv --title-lines 1"), expected);
    assert_eq!(digests(&program, "c.csv --encoding utf-16le"), expected);
    let two = workbook(&[("May", vec![(1, named()), (2, filled())]), ("June", vec![(1, named()), (2, filled())])], &[]);
    let program = Program::new().file("two.xlsx", two);
    assert_eq!(digests(&program, "two.xlsx --sheet June"), expected);
}

#[test]
fn lines_and_encodings_hold_in_other_forms_too() {
    let yaml = "crn: F1\nassessed_on: 2026-06-15\nsex: male\noasys: { rosh: medium, ogrs3: 60, rsr: 1.2 }\niom: true\n";
    let program = Program::new().file("plain.csv", PLAIN).file("a.yaml", utf16(yaml, u16::to_le_bytes));
    assert_eq!(digests(&program, "a.yaml").0, digests(&program, "plain.csv").0);
}

#[test]
fn a_table_on_standard_input_is_known_by_its_columns() {
    let expected = digests(&Program::new().file("plain.csv", PLAIN), "plain.csv").0;
    for text in [PLAIN.replace(',', ";"), PLAIN.replace(',', "\t"), format!("An export\n{PLAIN}")] {
        assert_eq!(digests(&Program::new().input(&text), "-").0, expected, "{text}");
    }
}

#[test]
fn a_cell_that_nothing_is_read_from_may_have_several_lines() {
    let text = "crn,iom,\nF1,true,\"\"\nF2,\"tr\nF3,true,\n";
    let ran = Program::new().file("a.csv", text).run("assess a.csv --on 2026-06-15 --format csv -q");
    // The quote of F2 is never closed: F3 is a row by itself.
    assert!(ran.stdout.contains("\nF1,2026-06-15,") && ran.stdout.contains("\nF3,2026-06-15,"), "{}", ran.whole());
    assert_eq!(ran.stdout.lines().count(), 4, "{}", ran.stdout);
}

#[test]
fn a_day_that_no_calendar_has_is_no_date() {
    for day in ["20190520", "1e300", "2958466"] {
        let rows = vec![(1, named()), (2, filled_but([(1, number(day, 1))]))];
        let program = Program::new().file("far.xlsx", workbook(&[("Sheet1", rows)], &[]));
        let ran = program.run("assess far.xlsx --on 2026-06-15");
        assert_eq!(ran.code, 3, "{}", ran.whole());
        assert!(ran.stderr.contains("`date_of_birth`: expected a date that exists"), "{}", ran.whole());
    }
}
