//! Files that are refused: the whole message, which says what to do.

use super::made::{formula, number, packed, text, workbook};
use crate::program::Program;
use insta::assert_snapshot;

/// What is said of each file, which has no answer.
fn refused(files: &[(&str, Vec<u8>)]) -> String {
    let mut told = String::new();
    for (name, bytes) in files {
        let ran = Program::new().file(name, bytes).run(&format!("assess {name} --on 2026-06-15 --format json"));
        assert_eq!(ran.code, 3, "{name}\n{}", ran.whole());
        told.push_str(&ran.stderr);
    }
    told
}

fn row(header: &str, row: &str) -> Vec<u8> {
    format!("{header}\n{row}\n").into_bytes()
}

#[test]
fn tables_that_are_none() {
    let told = refused(&[
        ("empty.csv", Vec::new()),
        ("blank.csv", b"\n\n,,\n".to_vec()),
        ("headless.csv", b"F1,2026-06-15,medium\n".to_vec()),
        ("headless2.csv", b"F1;2026-06-15;medium\n".to_vec()),
        ("latin.csv", b"crn,supervision.office\nF1,Caf\xe9\n".to_vec()),
        ("latin-head.csv", b"crn,caf\xe9\nF1,1\n".to_vec()),
        ("unmarked.csv", "crn,sex\nF1,male\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("cells.csv", row("crn,sex", "F1,male,4")),
        ("few.csv", row("crn,sex,iom", "F1,male")),
        ("nameless.csv", row("crn,,sex", "F1,4,male")),
        ("spelt.csv", row("CRN,sex", "F1,male")),
        ("twice.csv", row("crn,sex,sex", "F1,male,male")),
    ]);
    assert_snapshot!(told, @r"
     × empty.csv: nothing in the file
     help: write a case into it; the least is a line `crn: X320741`
     × blank.csv: nothing in the file
     help: write a case into it; the least is a line `crn: X320741`
     × headless.csv:1:1: the first line is no header: no column is called `crn`
     help: `brag show inputs --format csv` prints one
     × headless2.csv:1:1: the first line is no header: no column is called `crn`
     help: `brag show inputs --format csv` prints one
     × latin.csv:2:7: not text in UTF-8
     help: save the file as UTF-8, or say how it is written, such as `--encoding windows-1252`
     × latin-head.csv:1:1: not text in UTF-8
     help: save the file as UTF-8, or say how it is written, such as `--encoding windows-1252`
     × unmarked.csv:1:1: not text in UTF-8
     help: save the file as UTF-8, or say how it is written, such as `--encoding windows-1252`
     × 3 cells in the row, 2 columns in the header
      ╭─[cells.csv:2:1]
    2 │ **,****,*
      · ──
      ╰────
     help: put a cell in which `,` stands in quotes
     × 2 cells in the row, 3 columns in the header
      ╭─[few.csv:2:1]
    2 │ **,****
      · ──
      ╰────
     help: give every row a cell for each column, an empty one where nothing is known
     × the column of this cell has no name
      ╭─[nameless.csv:2:4]
    2 │ **,*,****
      ·    ─
      ╰────
     help: name the column in the header, or empty its cells
     × spelt.csv:1:1: `CRN`: unknown key
     help: did you mean `crn`?
     × twice.csv:1:9: `sex`: stands twice
     help: keep one of the two
    ");
}

#[test]
fn cells_that_hold_something_else() {
    let columns = "crn,sex,date_of_birth,iom,oasys.rosh,oasys.ogrs3,oasys.rsr";
    let told = refused(&[
        ("unknown.csv", row(columns, "F1,N/A,Not known,?,-,n/k,TBC")),
        ("forms.csv", row(columns, "F1,Male,15/06/1990,yes,Very High,60%,\"1,2\"")),
        ("letters.csv", row(columns, "F1,male\u{a0},1990-06-15 00:00,1,\u{201c}high\u{201d},060,1 200")),
    ]);
    assert_snapshot!(told, @r#"
     × `sex`: not one of the words known here
      ╭─[unknown.csv:2:4]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·    ─
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `date_of_birth`: expected a date that exists, written YYYY-MM-DD
      ╭─[unknown.csv:2:8]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·        ───
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `iom`: expected true or false, found text
      ╭─[unknown.csv:2:18]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·                  ─
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `oasys.rosh`: not one of the words known here
      ╭─[unknown.csv:2:20]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·                    ─
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found text
      ╭─[unknown.csv:2:22]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·                      ─
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `oasys.rsr`: expected a number from 0 to 100, at most 28 digits, found text
      ╭─[unknown.csv:2:26]
    2 │ **,*/*,*** *****,?,-,*/*,***
      ·                          ───
      ╰────
     help: where nothing is known, leave it out: no such line, or an empty cell
     × `sex`: not one of the words known here
      ╭─[forms.csv:2:4]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·    ────
      ╰────
     help: did you mean `male`?
     × `date_of_birth`: expected a date that exists, written YYYY-MM-DD
      ╭─[forms.csv:2:9]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·         ──
      ╰────
     help: write the day alone, year first: 2026-06-15
     × `iom`: expected true or false, found text
      ╭─[forms.csv:2:20]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·                    ───
      ╰────
     help: write `true` for yes, and `false` for no
     × `oasys.rosh`: not one of the words known here
      ╭─[forms.csv:2:24]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·                        ────
      ╰────
     help: did you mean `very_high`?
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found text
      ╭─[forms.csv:2:34]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·                                  ──
      ╰────
     help: write the number alone, without `%`
     × `oasys.rsr`: expected a number from 0 to 100, at most 28 digits, found text
      ╭─[forms.csv:2:38]
    2 │ **,****,**/**/****,***,**** ****,**%,"*,*"
      ·                                      ─
      ╰────
     help: write decimals after a point, and thousands without a comma: 1.2 and 1200
     × `sex`: not one of the words known here
      ╭─[letters.csv:2:4]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·    ─────
      ╰────
     help: did you mean `male`?
     × `date_of_birth`: expected a date that exists, written YYYY-MM-DD
      ╭─[letters.csv:2:10]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·          ──────────
      ╰────
     help: write the day alone, year first: 2026-06-15
     × `iom`: expected true or false, found a whole number
      ╭─[letters.csv:2:27]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·                           ─
      ╰────
     help: write `true` for yes, and `false` for no
     × `oasys.rosh`: not one of the words known here
      ╭─[letters.csv:2:29]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·                             ──────
      ╰────
     help: typographic quotes stand in it: write plain ones, or none
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found text
      ╭─[letters.csv:2:36]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·                                    ───
      ╰────
     help: write the digits alone, without quotes, blanks or zeros before them
     × `oasys.rsr`: expected a number from 0 to 100, at most 28 digits, found text
      ╭─[letters.csv:2:40]
    2 │ **,*****,****-**-** **:**,*,******,***,* ***
      ·                                        ─
      ╰────
     help: write the digits alone, without quotes, blanks or zeros before them
    "#);
}

#[test]
fn workbooks() {
    let named = |names: &[&str]| (1, names.iter().map(|name| text(name)).collect::<Vec<_>>());
    let one = |row: Vec<String>| {
        workbook(&[("Sheet1", vec![named(&["crn", "date_of_birth", "oasys.ogrs3"]), (2, row)])], &[])
    };
    let two = [("May", vec![named(&["crn"])]), ("June", vec![named(&["crn"])])];
    let mut cut = one(vec![text("F1")]);
    cut.truncate(500);
    let bomb = packed(&[("xl/sharedStrings.xml".to_owned(), "<a>".repeat(30_000_000))]);
    let told = refused(&[
        ("error.xlsx", one(vec![text("F1"), String::new(), formula("e", "#DIV/0!")])),
        ("percent.xlsx", one(vec![text("F1"), String::new(), number("0.6", 2)])),
        ("serial.xlsx", one(vec![text("F1"), number(33_000, 0)])),
        ("time.xlsx", one(vec![text("F1"), number("33000.5", 3)])),
        ("two.xlsx", workbook(&two, &[])),
        ("headless.xlsx", workbook(&[("S", vec![named(&["F1", "male"])])], &[])),
        ("cut.xlsx", cut),
        ("bomb.xlsx", bomb),
        ("old.xls", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 512]].concat()),
        ("text.xlsx", b"crn;sex".to_vec()),
    ]);
    assert_snapshot!(told, @r"
    × error.xlsx:Sheet1!C2: `oasys.ogrs3`: the cell holds an error
    help: put the formula right, or write the value in its place
    × percent.xlsx:Sheet1!C2: `oasys.ogrs3`: the cell holds a percentage, which is stored as another
    │ number than is seen
    help: give the cell the number format General, and write 60 for 60%
    × serial.xlsx:Sheet1!B2: `date_of_birth`: expected a date that exists, written YYYY-MM-DD
    help: write the day as text, year first: 2026-06-15; in a spreadsheet, give its cells the form
          of a date
    × time.xlsx:Sheet1!B2: `date_of_birth`: expected a date that exists, written YYYY-MM-DD
    help: write the day alone, year first: 2026-06-15
    × two.xlsx: several sheets have a column `crn`
    help: say which with `--sheet`: `May`, `June`
    × headless.xlsx: no sheet has a row that names its columns: none is called `crn`
    help: `brag show inputs --format csv` prints one
    × cut.xlsx: no workbook that can be read: it is damaged, or of another kind
    help: save it as .xlsx without a password, or as CSV
    × bomb.xlsx: no workbook that can be read: it unpacks to more than a workbook may hold
    help: save it as .xlsx without a password, or as CSV
    × old.xls: no workbook that can be read: it has a password, or is of before 2007
    help: save it as .xlsx without a password, or as CSV
    × text.xlsx: no case in it
    ");
    let program = Program::new().file("two.xlsx", workbook(&two, &[]));
    assert_snapshot!(program.run("assess two.xlsx --sheet July").stderr, @r"
    × two.xlsx: no sheet of that name
    help: it has `May`, `June`
    ");
}

#[test]
fn slips_in_yaml_are_named_at_their_own_line() {
    let told = refused(&[
        ("joined.yaml", b"crn: F1\nsex:male\niom: true\n".to_vec()),
        ("blank.yaml", "crn: F1\nsex:\u{a0}male\niom: true\n".as_bytes().to_vec()),
        ("quotes.yaml", "crn: F1\nsex: \u{201c}male\u{201d}\n".as_bytes().to_vec()),
        ("quoted-key.yaml", "crn: F1\n\u{201c}sex\u{201d}:male\n".as_bytes().to_vec()),
    ]);
    assert_snapshot!(told, @r"
     × not well-formed: no blank after the colon: write one, as in `sex: female`
      ╭─[joined.yaml:2:1]
    1 │ crn: **
    2 │ ***:****
      · ───
    3 │ ***: ****
      ╰────
     × not well-formed: a non-breaking space: write a plain one
      ╭─[blank.yaml:2:5]
    1 │ crn: **
    2 │ ***:*****
      ·     ─────
    3 │ ***: ****
      ╰────
     × `sex`: not one of the words known here
      ╭─[quotes.yaml:2:6]
    1 │ crn: **
    2 │ sex: ******
      ·      ──────
      ╰────
     help: typographic quotes stand in it: write plain ones, or none
     × not well-formed: typographic quotes: write plain ones, or none
      ╭─[quoted-key.yaml:2:1]
    1 │ crn: **
    2 │ *****:****
      · ─────
      ╰────
    ");
}

#[test]
fn everything_that_is_wrong_with_a_case_is_said_at_once() {
    let case = "crn: F1\nsex: man\ncontacts:\n  - { date: x, mode: y }\n  - { mode: office }\n  - { date: 2026-01-01, outcome: zz }\n\
        previous_offences: [theft, qqq, theft, zzz]\noasys:\n  ogrs3: 101\n  rohs: low\n\
        ratings: [{ date: 2026-01-01, tier: Purple }]\ncustody: [{ from: 2026-02-01, to: 2026-01-01 }]\n";
    let ran = Program::new().file("a.yaml", case).run("assess a.yaml --on 2026-06-15 --format jsonl");
    let error = &ran.json()["error"];
    let others = error["others"].as_array().unwrap();
    let told: Vec<String> = std::iter::once(error)
        .chain(others)
        .map(|error| format!("{}:{} {}", error["line"], error["column"], error["message"].as_str().unwrap()))
        .collect();
    assert_snapshot!(format!("{}\n{} more", told.join("\n"), error["more"]), @r"
    2:6 `sex`: not one of the words known here
    4:13 `contacts[0].date`: expected a date that exists, written YYYY-MM-DD
    4:22 `contacts[0].mode`: not one of the words known here
    5:5 `contacts[1]`: `date` is missing
    6:34 `contacts[2].outcome`: not one of the words known here
    7:28 `previous_offences[1]`: not one of the words known here
    7:40 `previous_offences[3]`: not one of the words known here
    9:10 `oasys.ogrs3`: expected a whole number from 0 to 100
    10:3 `oasys.rohs`: unknown key
    11:37 `ratings[0].tier`: not one of the words known here
    1 more
    ");
}

#[test]
fn the_same_fault_in_many_rows_is_one_line() {
    let rows: String = (0..100).map(|row| format!("F{row},Hgih\n")).collect();
    let program = Program::new().file("a.csv", format!("crn,oasys.rosh\n{rows}"));
    let ran = program.run("assess a.csv --on 2026-06-15 --format csv");
    assert_snapshot!(ran.stderr, @r"
      × a.csv:2:4: `oasys.rosh`: not one of the words known here (in 100 cases, first here)
      help: did you mean `high`?
    100 of 100 cases have no answer
    ");
    assert_eq!(ran.stdout.lines().count(), 101);
}

/// The same workbook with another text in the sheet.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let head = ["crn", "sex", "iom"].map(text).to_vec();
    let rows = vec![(1, head), (2, ["F1", "male", ""].map(text).to_vec()), (3, ["F2", "", ""].map(text).to_vec())];
    super::made::workbook_with(&[("cases", rows)], from, to)
}

#[test]
fn cells_in_which_nothing_is_stored() {
    let told = refused(&[
        (
            "formula.xlsx",
            changed(
                "</row></sheetData>",
                r#"<c r="D3"/></row><row r="4"><c r="A4"><f>A3</f></c><c r="B4"><f>B3</f><v></v></c></row></sheetData>"#,
            ),
        ),
        (
            "merged.xlsx",
            changed("</sheetData>", r#"</sheetData><mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>"#),
        ),
        ("far.xlsx", changed("</row></sheetData>", r#"<c r="L3"><v>1</v></c></row></sheetData>"#)),
        ("farther.xlsx", changed("</row></sheetData>", r#"<c r="DKJ3"><v>1</v></c></row></sheetData>"#)),
    ]);
    assert_snapshot!(told, @r"
    × formula.xlsx:cases!A4: `crn` is missing
    × formula.xlsx:cases!A4: `crn`: the cell holds a formula whose result is not stored
    help: open the workbook in a spreadsheet program and save it, or write the value in its place
    × formula.xlsx:cases!B4: `sex`: the cell holds a formula whose result is not stored
    help: open the workbook in a spreadsheet program and save it, or write the value in its place
    × merged.xlsx:cases!B3: `sex`: the cell is merged with another, which holds what is seen in both
    help: unmerge the cells, and write into each what holds for its row
    × far.xlsx:cases!L3: the cell is beyond the columns that the header names
    help: empty it, or name its column in the header
    × farther.xlsx:cases!DKJ3: the cell is beyond the columns that the header names
    help: empty it, or name its column in the header
    ");
}

/// Of nothing, nothing is seen.
#[test]
fn merged_and_far_cells_with_nothing_in_them_are_no_fault() {
    let merged = r#"</sheetData><mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>"#;
    let blank = r#"<c r="DKJ3" t="inlineStr"><is><t> </t></is></c></row></sheetData>"#;
    for bytes in [changed("</sheetData>", merged), changed("</row></sheetData>", blank)] {
        let ran = Program::new().file("a.xlsx", bytes).run("assess a.xlsx --on 2026-06-15 --format csv");
        assert_eq!((ran.code, ran.stdout.lines().count(), &*ran.stderr), (0, 3, ""), "{}", ran.whole());
    }
}

#[test]
fn an_encoding_does_not_touch_a_workbook() {
    let program = Program::new().file("a.xlsx", changed("</sheetData>", "</sheetData>"));
    let ran = program.run("assess a.xlsx --encoding windows-1252 --format csv --on 2026-06-15");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 3), "{}", ran.whole());
    assert_eq!(ran.stderr, "a.xlsx: `--encoding` is for text, and a workbook is none: it is read as it is\n");
}

#[test]
fn a_slip_is_named_where_it_is_and_not_where_it_would_be_right() {
    let told = refused(&[
        ("bracket.yaml", "crn: F1\nsupervision: { office: \"at\u{a0}home\" }\nsex: [male\n".into()),
        ("block.yaml", "crn: F1\noverride:\n  reason: |\n    at\n    10:30\nsex: [male\n".into()),
        ("colon.yaml", "crn: F1\nsex male\niom: true\n".into()),
        ("key.yaml", "crn: F1\nregistrations\n  - lifer\n  - stalking\niom: true\n".into()),
        ("text.yaml", "crn: F1\nlocation: he said 'n left\nregistrations: [lifer\n".into()),
        (
            "dash.yaml",
            "crn: F1\ncontacts:\n- date: 2026-01-01\n  mode: office\n-date: 2026-01-02\n  mode: office\n".into(),
        ),
        ("quote.yaml", "crn: \"F1\nsex: male\n".into()),
    ]);
    assert_snapshot!(told, @r#"
     × not well-formed: `[` is opened here and not closed
      ╭─[bracket.yaml:3:6]
    2 │ supervision: { office: "*******" }
    3 │ sex: [****
      ·      ─
      ╰────
     × not well-formed: `[` is opened here and not closed
      ╭─[block.yaml:6:6]
    5 │     **:**
    6 │ sex: [****
      ·      ─
      ╰────
     × not well-formed: no colon: write one, as in `sex: female`
      ╭─[colon.yaml:2:1]
    1 │ crn: **
    2 │ *** ****
      · ───
    3 │ ***: ****
      ╰────
     × not well-formed: no colon: write one, as in `sex: female`
      ╭─[key.yaml:2:1]
    1 │ crn: **
    2 │ *************
      · ─────────────
    3 │   - *****
      ╰────
     × not well-formed: `[` is opened here and not closed
      ╭─[text.yaml:3:16]
    2 │ ********: ** **** '* ****
    3 │ registrations: [*****
      ·                ─
      ╰────
     × not well-formed: no blank after the dash: write one, as in `- stalking`
      ╭─[dash.yaml:5:1]
    4 │   mode: ******
    5 │ -****: ****-**-**
      · ─────
    6 │   ****: ******
      ╰────
     × not well-formed: `"` is opened here and not closed
      ╭─[quote.yaml:1:6]
    1 │ crn: "**
      ·      ─
    2 │ ***: ****
      ╰────
    "#);
}

#[test]
fn a_hidden_sheet_and_a_header_are_named_as_they_stand() {
    let rows =
        |names: &[&str]| vec![(1, names.iter().map(|name| text(name)).collect()), (2, vec![text("X1"), text("a")])];
    // What stands behind the name is a part of the sheet's element.
    let hidden = workbook(&[(r#"Cases" state="hidden"#, rows(&["crn", "sex"]))], &[]);
    let unknown = workbook(&[("S", rows(&["crn", "sexx"]))], &[]);
    assert_snapshot!(refused(&[("hidden.xlsx", hidden), ("unknown.xlsx", unknown)]), @r"
     × hidden.xlsx: no sheet has a row that names its columns: none is called `crn`
     help: hidden sheets are passed over, unless one is named with `--sheet`: `Cases`
     × unknown.xlsx:S!B1: `sexx`: unknown key
     help: did you mean `sex`?
    ");
}

/// What stands in a cell is told as what it is, and what to write there as a cell takes it.
#[test]
fn cells_of_another_kind() {
    let columns =
        "crn,oasys.completed_on,contacts,registrations,iom,oasys.ogrs3,oasys.ogp,oasys.sections.drugs.answers";
    let told = refused(&[("kinds.csv", row(columns, "F1,43586,x;y,[ALSH],1,TRUE,2019-05-20,x"))]);
    assert_snapshot!(told, @r#"
     × `oasys.completed_on`: expected a date that exists, written YYYY-MM-DD
      ╭─[kinds.csv:2:4]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·    ─────
      ╰────
     help: write the day as text, year first: 2026-06-15; in a spreadsheet, give its cells the form
           of a date
     × `contacts`: expected a list, found text
      ╭─[kinds.csv:2:10]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·          ─
      ╰────
     help: write a list of JSON into the cell, such as [{"date": "2026-06-15"}]
     × `registrations`: not well-formed: expected value
      ╭─[kinds.csv:2:14]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·              ─
      ╰────
     help: a value is missing there, or it is a text: put texts in double quotes
     × `iom`: expected true or false, found a whole number
      ╭─[kinds.csv:2:21]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·                     ─
      ╰────
     help: write `true` for yes, and `false` for no
     × `oasys.ogrs3`: expected a whole number from 0 to 100, found true or false
      ╭─[kinds.csv:2:23]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·                       ────
      ╰────
     × `oasys.ogp`: expected a whole number from 0 to 100, found text
      ╭─[kinds.csv:2:28]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·                            ──────────
      ╰────
     help: a date stands there: write the number; in a spreadsheet, give its cells the number format
           General
     × `oasys.sections.drugs.answers`: expected named values, found text
      ╭─[kinds.csv:2:39]
    2 │ **,*****,*;*,[****],*,****,****-**-**,*
      ·                                       ─
      ╰────
     help: write named values of JSON into the cell, such as {"8.1": "none"}
    "#);
}

/// A need may be named as it may be written, its score alone.
#[test]
fn the_column_of_a_need() {
    let book = "crn,oasys.sections.drugs\nF1,3\n";
    let ran = Program::new().file("book.csv", book).run("assess book.csv --on 2026-06-15");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let told = refused(&[
        ("high.csv", row("crn,oasys.sections.drugs", "F1,99")),
        ("twice.csv", row("crn,oasys.sections.drugs,oasys.sections.drugs.score", "F1,3,3")),
        ("predictor.csv", row("crn,oasys.arp", "F1,3")),
    ]);
    assert_snapshot!(told, @"
     × `oasys.sections.drugs.score`: expected a whole number from 0 to 10
      ╭─[high.csv:2:4]
    2 │ **,**
      ·    ──
      ╰────
     × twice.csv:1:26: `oasys.sections.drugs.score`: stands twice
     help: keep one of the two
     × predictor.csv:1:5: `oasys.arp`: unknown key
     help: did you mean `oasys.arp.type`?
    ");
}
