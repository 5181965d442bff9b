//! Case files that are broken or mean harm: each ends with a designed exit code, without a panic or a signal and in bounded
//! memory, whatever its bytes are.

use crate::{
    program::{Program, Ran, snapshot},
    sheets::made::{called_again, packed, shared, text, workbook},
};
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::{collections::BTreeSet, fmt::Write as _, io::Write as _, process::Command};

/// A file's name, and what stands in it.
type File = (String, Vec<u8>);

fn file(name: &str, content: impl Into<Vec<u8>>) -> File {
    (name.to_owned(), content.into())
}

/// Runs the program under a limit of 256 MB over what its own pages and threads take of the address space, and of processor time
/// that a program which is not optimised keeps to.
fn limited(program: &Program, arguments: &str) -> Ran {
    let brag = env!("CARGO_BIN_EXE_brag");
    let limit = if cfg!(target_os = "linux") { "ulimit -c 0; ulimit -t 60; ulimit -v 700000; " } else { "" };
    let mut command = Command::new("sh");
    command.current_dir(program.folder()).env("BRAG_THREADS", "2");
    Ran::of(command.args(["-c", &format!("{limit}exec '{brag}' {arguments}")]).output().unwrap())
}

fn assess(file: &File) -> Ran {
    let program = Program::new().file(&file.0, &file.1);
    limited(&program, &format!("assess '{}' --on 2020-01-01 --format csv --color never", file.0))
}

/// Runs every file; gives how each ended and the first line of what was said about it.
fn ends(files: &[File]) -> String {
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), files.len(), "two files of one name");
    let mut told = String::new();
    for file in files {
        let ran = assess(file);
        assert!((0..=5).contains(&ran.code), "{}: {}", file.0, ran.whole());
        assert!(!ran.stderr.contains("panicked"), "{}: {}", file.0, ran.stderr);
        assert_eq!(ran.code == 0, !ran.stderr.contains('×'), "{}: {}", file.0, ran.whole());
        let said = ran.stderr.lines().find(|line| line.contains('×')).unwrap_or("answered").trim();
        let said: String = said.replace("× ", "").chars().take(100).collect();
        writeln!(told, "{} {:28} {}", ran.code, file.0, said.trim_end()).unwrap();
    }
    told
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    to.write_all(content).unwrap();
    to.finish().unwrap()
}

/// Of a byte, so many million times, packed.
fn bomb(byte: u8, millions: usize) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::fast());
    let part = vec![byte; 1_000_000];
    (0..millions).for_each(|_| to.write_all(&part).unwrap());
    to.finish().unwrap()
}

fn nested(open: &str, depth: usize, close: &str) -> String {
    format!("{}{}", open.repeat(depth), close.repeat(depth))
}

/// Maps or lists of nine aliases of the one before, so many times over.
fn laughs(levels: usize) -> String {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..levels {
        let former = format!("*a{}", level - 1);
        writeln!(text, "a{level}: &a{level} [{}]", [former.as_str(); 9].join(", ")).unwrap();
    }
    text
}

const DIGITS: usize = 10_000;

#[test]
fn in_yaml() {
    let text = "x".repeat(1_000_000);
    let long = "7".repeat(DIGITS);
    let files = [
        file("alias-of-a-text.yaml", format!("a: &a \"{text}\"\nb: [{}]\n", ["*a"; 90_000].join(","))),
        file("aliases-of-aliases.yaml", laughs(12)),
        file("alias-in-itself.yaml", "crn: X1\nevents: &a [*a]\n"),
        file("alias-of-nothing.yaml", "crn: *a\n"),
        file("anchors-in-anchors.yaml", {
            let opened = (0..31).map(|at| format!("&a{at} [")).collect::<String>();
            format!("crn: {opened}\"{text}\"{}\n", "]".repeat(31))
        }),
        file("anchors-and-many-values.yaml", {
            let opened = (0..30).map(|at| format!("&a{at} [")).collect::<String>();
            format!("crn: {opened}{}{}\n", ["1"; 60_000].join(","), "]".repeat(30))
        }),
        file("lists-in-lists.yaml", nested("[", 100_000, "]")),
        file("maps-in-maps.yaml", nested("{a: ", 100_000, "}")),
        file("dashes.yaml", "- ".repeat(50_000)),
        file("indented.yaml", (0..2_000).map(|at| format!("{}a:\n", " ".repeat(at))).collect::<String>()),
        file("questions.yaml", "? ".repeat(50_000)),
        file("open-brackets.yaml", format!("crn: X1\nevents: {}", "[".repeat(100_000))),
        file("many-values.yaml", format!("crn: X1\nprevious_offences: [{}]\n", ["theft"; 100_001].join(","))),
        file("many-entries.yaml", {
            let one = "- {date: 2019-05-01, mode: office, with: case_manager, outcome: attended}\n";
            format!("crn: X1\ncontacts:\n{}", one.repeat(3_000))
        }),
        file("many-assessments.yaml", {
            let one = "- {completed_on: 2019-05-01, layer: 3}\n";
            format!("crn: X1\nassessments:\n{}", one.repeat(30_000))
        }),
        file("long-key.yaml", format!("crn: X1\n? {text}\n: 1\n")),
        file("long-key-in-brackets.yaml", format!("{{\"{text}\": 1}}")),
        file("many-keys.yaml", (0..90_000).map(|at| format!("k{at}: 1\n")).collect::<String>()),
        file("one-key-again.yaml", "crn: X1\n".repeat(50_000)),
        file("long-text.yaml", format!("crn: X1\nsex: {text}\n")),
        file("long-block.yaml", format!("crn: X1\nsex: |\n{}", "  male\n".repeat(500_000))),
        file("large.yaml", format!("crn: X1\n#{}\n", "x".repeat(5_000_000))),
        file("long-line.yaml.gz", bomb(b'x', 80)),
        file("digits.yaml", format!("crn: X1\noasys: {{ogrs3: {long}}}\n")),
        file("decimal-digits.yaml", format!("crn: X1\noasys: {{rsr: 1.{long}}}\n")),
        file("own-digits.yaml", format!("crn: X1\nlocal: {{a: 1.{long}}}\n")),
        file("zeros.yaml", format!("crn: X1\noasys: {{ogrs3: 1.{}}}\n", "0".repeat(DIGITS))),
        file("huge.yaml", "crn: X1\noasys: {ogrs3: 1e400}\n"),
        file("tiny.yaml", "crn: X1\noasys: {ogrs3: 1e-400}\n"),
        file("tiny-section.yaml", "crn: X1\noasys: {sections: {drugs: 1e-400}}\n"),
        file("tiny-decimal.yaml", "crn: X1\noasys: {rsr: 1e-400}\n"),
        file("tiny-of-its-own.yaml", "crn: X1\nlocal: {a: 1e-400}\n"),
        file("nearly-whole.yaml", "crn: X1\noasys: {ogrs3: 62.00000000000000000001}\n"),
        file("nearly-whole-and-long.yaml", "crn: X1\noasys: {ogrs3: 62.00000000000000000000000000000000001e0}\n"),
        file("exponent.yaml", format!("crn: X1\noasys: {{ogrs3: 1e{long}}}\n")),
        file("whole-with-a-point.yaml", "crn: X1\noasys: {ogrs3: 62.0, rsr: 6.2e1}\n"),
        file("no-number.yaml", "crn: X1\noasys: {ogrs3: .nan, rsr: .inf}\n"),
        file("hexadecimal.yaml", "crn: X1\noasys: {ogrs3: 0x1F}\n"),
        file("year-zero.yaml", "crn: X1\ndate_of_birth: 0000-00-00\n"),
        file("year-of-five-digits.yaml", "crn: X1\ndate_of_birth: 10000-01-01\n"),
        file("last-day.yaml", "crn: X1\nassessed_on: 9999-12-31\ncontacts: [{date: 9999-12-31}]\n"),
        file("first-day.yaml", "crn: X1\ncustody: [{from: 0001-01-01}]\n"),
        file("tag.yaml", "crn: !!python/object/apply:os.system [\"true\"]\n"),
        file("merge.yaml", "crn: X1\noasys: &a {ogrs3: 7}\nplan: {<<: *a}\n"),
        file("directive.yaml", "%YAML 9.9\n---\ncrn: X1\n"),
        file("nothing.yaml", ""),
        file("comment.yaml", "# crn: X1\n"),
        file("mark-only.yaml", b"\xef\xbb\xbf".to_vec()),
        file("sixteen-bits.yaml", b"\xff\xfec\0r\0n\0:\0 \0X\0".to_vec()),
        file("not-utf8.yaml", b"crn: X1\nsex: \xff\xfe\n".to_vec()),
        file("zero-byte.yaml", b"crn: X1\nsex: \0\n".to_vec()),
        file("zeros-only.yaml", vec![0; 100_000]),
        file("control.yaml", "crn: X1\nsex: \u{9b}31m\u{7}\n"),
        file("right-to-left.yaml", "crn: X1\n\u{202e}xes: male\n"),
        file("unclosed.yaml", "crn: X1\nsex: \"male\n"),
        file("a-list.yaml", "- crn: X1\n"),
        file("a-word.yaml", "X1\n"),
        file("tab.yaml", "crn: X1\noasys:\n\togrs3: 7\n"),
        file("tab-between.yaml", "crn:\tX1\nsex:\tmale\t# said\n"),
        file("headings.yaml", "crn: X1\ncontacts:\noasys:\n  sections:\n    drugs:\nmappa: ~\n"),
        file("documents.yaml", "--- 1\n".repeat(20_000)),
        file("dashes-only.yaml", "---\n".repeat(200_000)),
    ];
    snapshot("hostile_cases_yaml", &ends(&files));
}

#[test]
fn in_json() {
    let case = "{\"crn\":\"X1\",\"sex\":\"mail\",\"oasys\":{\"rosh\":\"low\",\"ogrs3\":20,\"ogp\":10,\"ovp\":5}}";
    let files = [
        file("lists-in-lists.json", nested("[", 100_000, "]")),
        file("maps-in-maps.json", nested("{\"a\":", 100_000, "}")),
        file("list-on-one-line.json", format!("[{}]", [case; 3_000].join(","))),
        file("ones.json", format!("[{}1]", "1,".repeat(400_000))),
        file("empty-cases.json", format!("[{}{{}}]", "{},".repeat(100_000))),
        file("commas.json", format!("[{}]", ",".repeat(100_000))),
        file("nothing.json", "[]"),
        file("blanks.json", " ".repeat(3_000_000)),
        file("list-without-end.json", "[{\"crn\":\"X1\"},"),
        file("text-without-end.json", format!("[{{\"crn\":\"{}", "x".repeat(1_000_000))),
        file("after-the-list.json", "[{\"crn\":\"X1\"}] x"),
        file("null.json", "null"),
        file("number.json", "3"),
        file("text.json", "\"X1\""),
        file("no-number.json", "{\"crn\":\"X1\",\"oasys\":{\"ogrs3\":NaN}}"),
        file("huge.json", "{\"crn\":\"X1\",\"oasys\":{\"ogrs3\":1e400}}"),
        file("tiny.json", "{\"crn\":\"X1\",\"oasys\":{\"ogrs3\":1e-400}}"),
        file("tiny.jsonl", "{\"crn\":\"X1\",\"local\":{\"a\":1e-400}}\n"),
        file("digits.jsonl", format!("{{\"crn\":\"X1\",\"oasys\":{{\"ogrs3\":{}}}}}\n", "7".repeat(DIGITS))),
        file("half-a-letter.json", "{\"crn\":\"\\ud800\"}"),
        file("key-twice.jsonl", "{\"crn\":\"X1\",\"crn\":\"X2\"}\n"),
        file(
            "many-keys.json",
            format!("{{{}\"crn\":\"X1\"}}", (0..99_000).map(|at| format!("\"k{at}\":1,")).collect::<String>()),
        ),
        file(
            "nulls.json",
            "{\"crn\":\"X1\",\"contacts\":null,\"mappa\":null,\"oasys\":{\"sections\":{\"drugs\":null}}}",
        ),
        file("ones.jsonl", "1\n".repeat(100_000)),
        file("long-line.jsonl", format!("{{\"crn\":\"{}\"}}\n{{\"crn\":\"X1\"}}\n", "x".repeat(5_000_000))),
        file("zero-byte.jsonl", b"{\"crn\":\"X1\0\"}\n\0\n".to_vec()),
        file("not-utf8.jsonl", b"{\"crn\":\"\xc3\x28\"}\n".to_vec()),
        file("endless.json.gz", bomb(b'[', 80)),
    ];
    snapshot("hostile_cases_json", &ends(&files));
}

#[test]
fn in_a_table() {
    let columns = |number: usize| (0..number).map(|at| format!(",local.a{at}")).collect::<String>();
    let files = [
        file("deep-path.csv", format!("crn,local{}\nX1,1\n", ".a".repeat(50_000))),
        file("deep-known-path.csv", format!("crn,oasys{}\nX1,1\n", ".a".repeat(50_000))),
        file("wide.csv", format!("crn{}\nX1{}\n", columns(100_000), ",1".repeat(100_000))),
        file("as-wide-as-goes.csv", format!("crn{}\nX1{}\n", columns(1_900), ",1".repeat(1_900))),
        file("one-column-again.csv", format!("crn{}\n", ",sex".repeat(100_000))),
        file("wide-row.csv", format!("crn,sex\nX1{}\n", ",".repeat(1_000_000))),
        file("long-name.csv", format!("crn,{}\nX1,1\n", "k".repeat(3_000_000))),
        file("long-cell.csv", format!("crn,sex\nX1,{}\n", "m".repeat(3_000_000))),
        file("long-line.csv", format!("crn,sex\nX1,{}\nX2,male\n", "m".repeat(5_000_000))),
        file("references.csv", format!("crn\n{}", (0..40).map(|at| format!("A{at}\n")).collect::<String>())),
        file("bad-rows.csv", format!("crn,sex\n{}", "X1,mail\n".repeat(100_000))),
        file("empty-rows.csv", "crn,sex\nX1,male\n,\n\n,\n".to_owned()),
        file("no-header.csv", "X123456;2026-06-15;female;1990-03-01;high\n"),
        file("title.csv", "Book of 15/06/2026,,\ncrn,sex\nX1,male\n"),
        file("blank-first.csv", "\n\ncrn,sex\nX1,male\n"),
        file("semicolons.csv", "crn;sex\nX1;male\n"),
        file("tabs.csv", "crn\tsex\nX1\tmale\n"),
        file("separator-said.csv", "sep=,\ncrn,sex\nX1,male\n"),
        file("old-macintosh.csv", "crn,sex\rX1,male\r"),
        file("nameless-columns.csv", "crn,sex,,\nX1,male,,\n"),
        file("nothing.csv", ""),
        file("header-only.csv", "crn,sex\n"),
        file("quotes.csv", format!("crn,sex\nX1,{}\n", "\"".repeat(1_000_001))),
        file("json-in-a-cell.csv", format!("crn,contacts\nX1,\"{}\"\n", "[".repeat(100_000))),
        file("two-values-in-a-cell.csv", "crn,contacts\nX1,\"[],\"\"iom\"\":true\"\n"),
        file("tiny.csv", "crn,oasys.ogrs3\nX1,1e-400\n"),
        file("zero-byte.csv", b"crn,sex\nX1,\0\n".to_vec()),
        file("not-utf8.csv", b"crn,sex\n\xff\xfe,male\n".to_vec()),
        file("header-not-utf8.csv", b"crn,\xff\xfe\nX1,male\n".to_vec()),
    ];
    snapshot("hostile_cases_csv", &ends(&files));
}

/// A few bytes name a text of any length: what is counted is what the cells come to.
#[test]
fn in_a_workbook() {
    let long = "x".repeat(3_000_000);
    let rows = |number: usize, cells: &dyn Fn(usize) -> Vec<String>| {
        let header = (1, vec![text("crn"), text("sex")]);
        std::iter::once(header).chain((2..number + 2).map(|row| (row, cells(row)))).collect::<Vec<_>>()
    };
    let reference = |row: usize| text(&format!("X{row}"));
    let book = |rows: Vec<(usize, Vec<String>)>, texts: &[&str]| workbook(&[("S", rows)], texts);
    let count = |number: &str| packed(&[("xl/sharedStrings.xml".to_owned(), format!("<sst uniqueCount={number}/>"))]);
    let files = [
        file(
            "many-in-a-row.xlsx",
            book(rows(1, &|row| [vec![reference(row)], vec![shared(0); 20]].concat()), &[&long]),
        ),
        file("words.xlsx", book(rows(30, &|row| vec![reference(row), shared(0)]), &["male"])),
        file(
            "many-names-of-a-sheet.xlsx",
            called_again(&("S", rows(1, &|row| vec![reference(row), text("male")])), 50),
        ),
        file("texts-without-end.xlsx", count("\"99999999999\"")),
        file("more-texts-than-digits.xlsx", count(&format!("\"{}9\"", "0".repeat(300)))),
        file("texts-after-a-blank.xlsx", count(" \"99999999999\"")),
    ];
    snapshot("hostile_cases_xlsx", &ends(&files));
    // Row by row as well, whatever is made of the rows.
    let program = Program::new().file("rows.xlsx", book(rows(300, &|_| vec![shared(0)]), &[&long]));
    let ran = limited(&program, "assess rows.xlsx --title-lines 300 --color never");
    assert!(ran.code == 3 && ran.stderr.contains("it unpacks to more than a workbook may hold"), "{}", ran.whole());
}

#[test]
fn in_archives() {
    let cases = b"{\"crn\":\"X1\"}\n{\"crn\":\"X2\"}\n";
    let zstd = |content: &[u8]| compress_to_vec(content, CompressionLevel::Fastest);
    let cut = |packed: Vec<u8>| packed[..packed.len() / 2].to_vec();
    let files = [
        file("blanks.jsonl.gz", bomb(b' ', 80)),
        file("lines.jsonl.gz", bomb(b'\n', 80)),
        file("zeros.yaml.gz", bomb(0, 80)),
        file("zeros.csv.zst", zstd(&vec![0; 80_000_000])),
        file("cut.jsonl.gz", cut(gzip(cases))),
        file("cut.jsonl.zst", cut(zstd(&cases.repeat(1_000)))),
        file("no-archive.jsonl.gz", cases),
        file("no-archive.jsonl.zst", cases),
        file("nothing.jsonl.gz", ""),
        file("twice-packed.jsonl.gz", gzip(&gzip(cases))),
        file("two-members.jsonl.gz", [gzip(cases), gzip(cases)].concat()),
        // A frame that wants 2 GB to look back into.
        file("large-window.jsonl.zst", b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00".to_vec()),
        file("skipped-frame.jsonl.zst", b"\x50\x2a\x4d\x18\xff\xff\xff\x7f".to_vec()),
    ];
    snapshot("hostile_cases_archives", &ends(&files));
}

/// Each entry of a book is named or counted, however many cannot be read; what unpacks to them without end is read no further.
#[test]
fn what_never_becomes_a_case_is_counted_or_read_no_further() {
    for (name, content) in [
        ("b.json", format!("[{}1]", "1,".repeat(20_000))),
        ("b.jsonl", "{}\n".repeat(20_001)),
        ("b.csv", format!("crn,sex\n{}", "X1\n".repeat(20_001))),
        ("b.yaml", "---\na: b\n".repeat(20_001)),
    ] {
        let ran = limited(&Program::new().file(name, content), &format!("assess {name} --format csv --color never"));
        assert_eq!((ran.code, ran.stdout.lines().count()), (3, 20_002), "{name}");
        assert!(ran.stderr.contains("20001 of 20001 cases have no answer\n"), "{name}: {}", ran.stderr);
    }
    let bomb = gzip(&b"{}\n".repeat(3_000_000));
    let ran = limited(&Program::new().file("b.jsonl.gz", bomb), "assess b.jsonl.gz --format csv --color never");
    assert_eq!(ran.code, 3);
    assert!(
        ran.stdout.lines().count() < 100_000 && ran.stderr.ends_with("entries in a row cannot be read as cases\n"),
        "{}",
        ran.stderr
    );
    // A case that can be read is reason to go on.
    let some = "{}\n".repeat(9_999) + "{\"crn\":\"X1\"}\n";
    let ran = Program::new().file("b.jsonl", some.repeat(2)).run("assess b.jsonl --format csv -q");
    assert_eq!((ran.code, ran.stdout.lines().count()), (3, 20_001));
}

#[test]
fn a_machine_has_so_many_threads_and_no_more() {
    let book: String = (0..200).map(|at| format!("{{\"crn\":\"X{at}\",\"active_event\":false}}\n")).collect();
    let program = Program::new().file("b.jsonl", book);
    let one = program.run("assess b.jsonl --on 2020-01-01 --format csv --threads 1");
    let many = program.run("assess b.jsonl --on 2020-01-01 --format csv --threads 18446744073709551615");
    assert_eq!((many.code, &many.stdout), (0, &one.stdout), "{}", many.stderr);
    assert_eq!(limited(&program, "assess b.jsonl --format csv -q --threads 20000").code, 0);
}

#[cfg(unix)]
mod special {
    use super::*;
    use std::{
        os::unix::{fs::symlink, net::UnixListener},
        process::Stdio,
    };

    const CASE: &str = "crn: X1\nassessed_on: 2020-01-01\nactive_event: false\n";

    fn pipe(program: &Program, name: &str) {
        let made = Command::new("mkfifo").arg(program.folder().join(name)).status().unwrap();
        assert!(made.success());
    }

    /// The references that have an answer, and how the run ended.
    fn answered(program: &Program, arguments: &str) -> (i32, Vec<String>, String) {
        let ran = limited(program, &format!("assess {arguments} --format csv --color never"));
        let rows = ran.stdout.lines().skip(1).filter(|row| !row.starts_with(','));
        (ran.code, rows.map(|row| row.split(',').next().unwrap().to_owned()).collect(), ran.stderr)
    }

    #[test]
    fn a_folder_whose_links_go_round_gives_each_case_once() {
        let program = Program::new()
            .file("d/1.yaml", CASE)
            .file("d/x/2.yaml", CASE.replace("X1", "X2"))
            .file("d/x/y/3.yaml", CASE.replace("X1", "X3"))
            .file("e/4.yaml", CASE.replace("X1", "X4"));
        let d = program.folder().join("d");
        for (link, to) in
            [("a", "."), ("x/up", ".."), ("x/y/top", "../../../d"), ("b", "x"), ("c", "../e"), ("f", "../e")]
        {
            symlink(to, d.join(link)).unwrap();
        }
        symlink("1.yaml", d.join("0.yaml")).unwrap();
        symlink("x/2.yaml", d.join("9.yaml")).unwrap();
        let all = ["X1", "X4", "X2", "X3"].map(str::to_owned).to_vec();
        assert_eq!(answered(&program, "d"), (0, all.clone(), String::new()));
        // What an earlier argument gave is not given again; a file that is named is.
        assert_eq!(answered(&program, "d d e d/x"), (0, all, String::new()));
        assert_eq!(answered(&program, "d/x/y d/x/y/3.yaml").1, ["X3", "X1", "X4", "X2", "X3"]);
        // A folder of nothing but a way back to itself holds no case.
        std::fs::create_dir(program.folder().join("g")).unwrap();
        symlink(".", program.folder().join("g/h")).unwrap();
        let (code, _, said) = answered(&program, "g");
        assert_eq!(code, 3);
        assert!(said.contains("g: no case in this folder"), "{said}");
    }

    /// Each folder costs as much as the one above it, and not as much as all of them.
    #[test]
    fn a_folder_may_lie_deep() {
        let program = Program::new().file(&format!("{}1.yaml", "d/".repeat(1_000)), CASE);
        assert_eq!(answered(&program, "d").1, ["X1"]);
    }

    #[test]
    fn what_is_no_file_is_not_read_from_a_folder() {
        let program = Program::new().file("d/1.yaml", CASE);
        pipe(&program, "d/2.yaml");
        let _socket = UnixListener::bind(program.folder().join("d/3.json")).unwrap();
        symlink("/dev/zero", program.folder().join("d/4.csv")).unwrap();
        symlink("nowhere.yaml", program.folder().join("d/5.yaml")).unwrap();
        let (code, cases, said) = answered(&program, "d");
        assert_eq!((code, cases), (3, vec!["X1".to_owned()]));
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ").replace("│ ", "");
        for name in ["2.yaml", "3.json", "4.csv"] {
            let no_file = "cannot be read: it is a pipe, a socket or a device, and only files are read here";
            assert!(said.contains(&format!("d/{name}: {no_file}")), "{said}");
        }
        assert!(said.contains("d/5.yaml: cannot be read: no such file"), "{said}");
    }

    #[test]
    fn a_pipe_that_is_named_is_a_stream_of_cases() {
        let program = Program::new().file("b.yaml", CASE);
        pipe(&program, "p");
        let writer = Command::new("sh").current_dir(program.folder()).args(["-c", "cat b.yaml > p"]).spawn().unwrap();
        assert_eq!(answered(&program, "p").1, ["X1"]);
        assert!(writer.wait_with_output().unwrap().status.success());
        for from in ["-", "/dev/stdin"] {
            let mut command = program.command(&["assess", from, "--format", "csv"]);
            let input = std::fs::File::open(program.folder().join("b.yaml")).unwrap();
            let ran = Ran::of(command.stdin(Stdio::from(input)).output().unwrap());
            assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2), "{from}: {}", ran.stderr);
        }
        // One without end is not read to its end.
        assert_eq!(answered(&program, "/dev/zero").0, 3);
    }

    #[test]
    fn what_a_policy_is_made_of_and_bank_holidays_are_files() {
        let program =
            Program::new().file("case.yaml", CASE).rules("import \"lib/a\" as a;\nconst TIERS = [\"Low\"];\n");
        std::fs::create_dir(program.folder().join("policies/lib")).unwrap();
        pipe(&program, "policies/lib/a.rhai");
        pipe(&program, "holidays.csv");
        for arguments in [
            "case.yaml --policy trial",
            "case.yaml --policy bgsw --holidays holidays.csv",
            "case.yaml --policy bgsw --holidays /dev/zero",
        ] {
            let (code, _, said) = answered(&program, arguments);
            assert_eq!(code, 3, "{arguments}: {said}");
            assert!(said.contains("it is a pipe, a socket or a device"), "{arguments}: {said}");
        }
    }
}
