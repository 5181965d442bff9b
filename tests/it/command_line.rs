//! The command line as data: which formats, variables and dates a verb takes, what help there is, and when answers come.

use crate::program::{Program, Ran, root};
use jiff::{ToSpan, Zoned, civil::Date};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

/// The verbs that write a result, with their formats, the one that they write unasked first.
const VERBS: &[(&str, &str)] = &[
    ("assess", "text table json jsonl csv xlsx yaml md"),
    ("caseload", "text json csv xlsx md html"),
    ("explain", "text md json jsonl"),
    ("due", "text json jsonl csv xlsx md ics"),
    ("check", "text json sarif github"),
    ("show", "text md json csv html rhai"),
    ("test", "text json junit"),
    ("review", "text json"),
    ("compare", "text json csv xlsx md html"),
    ("diff", "text json csv xlsx md html"),
    ("replay", "text json md"),
    ("new caseload", "jsonl csv yaml"),
    ("rate", "text json csv md html"),
    ("verify", "text json md html"),
    ("map check", "text md json"),
    ("map run", "yaml jsonl"),
];
const WITHOUT: &[&str] = &["completions", "man", "new case", "new policy", "map new", "help"];

fn case() -> String {
    fs::read_to_string(root().join("policies/bgsw/cases/110-matrix-high-medium.yaml")).unwrap()
}

fn with_case() -> Program {
    Program::new().file("case.yaml", case())
}

#[test]
fn each_verb_lists_the_formats_that_it_writes_and_refuses_the_others() {
    for (verb, formats) in VERBS {
        let help = Program::new().run(&format!("{verb} --help")).stdout;
        let listed = help.split("How the result is written").nth(1).unwrap_or_else(|| panic!("{verb}: {help}"));
        let listed: Vec<&str> = listed
            .lines()
            .skip_while(|line| !line.contains("Possible values"))
            .skip(1)
            .map_while(|line| line.trim().strip_prefix("- "))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        assert_eq!(listed.join(" "), *formats, "{verb}");
        let first = formats.split(' ').next().unwrap();
        assert!(help.contains(&format!("How the result is written [default: {first}]")), "{verb}");
        let refused = Program::new().run(&format!("{verb} --format nothing"));
        assert!(refused.code == 2 && refused.stderr.contains("invalid value 'nothing'"), "{verb}: {}", refused.whole());
    }
    for verb in WITHOUT {
        let refused = Program::new().run(&format!("{verb} --format json"));
        assert!(refused.code == 2 && refused.stderr.contains("unexpected argument '--format'"), "{verb}");
    }
    for wrong in ["show rules --format csv", "show inputs --format rhai", "test --mutants --format junit"] {
        assert_eq!(Program::new().run(wrong).code, 2, "{wrong}");
    }
}

#[test]
fn each_option_has_its_variable_and_an_empty_one_counts_as_none() {
    let with = |name: &str, value: &str, arguments: &str| with_case().variable(name, value).run(arguments);
    assert_eq!(
        with("BRAG_REASONS", "none", "assess case.yaml --format json").json()["reasons"],
        serde_json::Value::Null
    );
    assert_eq!(with("BRAG_WHY_NOT", "Purple", "explain case.yaml").code, 3);
    assert_eq!(
        with("BRAG_SUMMARY", "1", "assess case.yaml").stdout,
        with_case().run("assess case.yaml --summary").stdout
    );
    let plain = with_case().run("assess case.yaml").stdout;
    for (name, value) in [("BRAG_ON", ""), ("BRAG_POLICY", ""), ("BRAG_SUMMARY", "0"), ("BRAG_FORMAT", "ics")] {
        let ran = with(name, value, "assess case.yaml");
        assert_eq!((ran.code, &ran.stdout), (0, &plain), "{name}={value}");
    }
    assert_eq!(with("BRAG_ON", "never", "assess case.yaml").code, 2);
    let none = with("BRAG_FORMAT", "jsno", "assess case.yaml");
    assert!(none.code == 2 && none.stderr.contains("invalid value 'jsno' for '--format <FORMAT>'"), "{}", none.whole());
    // The command line goes before the variable.
    assert_eq!(with("BRAG_FORMAT", "json", "assess case.yaml --format text").stdout, plain);
}

#[test]
fn a_policy_is_named_once() {
    let run = |arguments: &str| Program::new().run(arguments);
    for (verb, named) in [
        ("check", "check bgsw"),
        ("test", "test bgsw"),
        ("review", "review --of bgsw"),
        ("verify", "verify bgsw"),
        ("compare", "compare bgsw bgsw"),
        ("new cases", "new cases --boundary bgsw"),
    ] {
        let ran = run(&format!("{named} --policy hmpps-tier-v3"));
        let said =
            format!("error: `brag {verb}` is told its policy already, so that --policy would count for nothing\n");
        assert!(ran.code == 2 && ran.stderr.starts_with(&said), "{}", ran.whole());
    }
    assert_eq!(run("--policy hmpps-tier-v3 check bgsw").code, 2, "before the verb, too");
    // A variable is no word of this command line: what is written goes before it.
    let ran = Program::new().variable("BRAG_POLICY", "nosuch").run("check bgsw");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "bgsw: nothing found\n"), "{}", ran.whole());
}

#[test]
fn what_is_no_file_is_refused_with_what_to_write_instead() {
    let help = "\n  help: name a file, or `-` for standard output\n";
    for (name, said) in
        [("/dev/stdout", "is a link that leads nowhere"), ("/dev/null", "is no file that could be replaced")]
    {
        let ran = with_case().run(&format!("assess case.yaml -o {name}"));
        assert_eq!((ran.code, ran.stderr), (3, format!("  × {name}: {said}{help}")));
    }
}

#[test]
fn a_date_can_be_counted_from_today() {
    let on = |asked: &str| -> Date {
        let ran = with_case().run(&format!("assess case.yaml --format json --tz UTC --on {asked}"));
        ran.json()["assessed_on"].as_str().unwrap_or_else(|| panic!("{}", ran.whole())).parse().unwrap()
    };
    let today = || Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).date();
    for (asked, span) in [
        ("today", 0.days()),
        ("yesterday", (-1).days()),
        ("+6w", 6.weeks()),
        ("-10d", (-10).days()),
        ("+3mo", 3.months()),
    ] {
        // The day may end while this runs.
        let (before, said, after) = (today(), on(asked), today());
        assert!([before, after].iter().any(|day| *day + span == said), "{asked}: {said}");
    }
    for wrong in ["+6", "6w", "+2m", "-1h", "soon", "2019-02-30"] {
        let ran = with_case().run(&format!("assess case.yaml --on {wrong}"));
        let expected =
            "expected a date that exists, written YYYY-MM-DD; today, yesterday, tomorrow; or +6w, -10d, +3mo";
        assert!(ran.code == 2 && ran.stderr.contains(expected), "{wrong}: {}", ran.whole());
    }
    // Nor does it lead to a day that could not be written as a date.
    for far in ["+9000y", "-5000y", "-1000y"] {
        let ran = with_case().run(&format!("assess case.yaml --tz UTC --law today --on={far}"));
        let said = format!("  × {far}: leads outside the calendar\n  help: name a date, as YYYY-MM-DD\n");
        assert_eq!((ran.code, ran.stderr), (3, said));
    }
}

#[test]
fn help_is_of_a_verb_or_on_a_topic_and_as_coloured_as_asked() {
    for topic in ["data", "editing", "effects", "exit-codes", "inputs", "language", "questions", "words"] {
        let page = Program::new().run(&format!("help {topic}"));
        assert!(page.code == 0 && page.stdout.lines().count() > 8, "{topic}: {}", page.whole());
        let marks = ["<!--", "**Ask", "*mapping*", "](", "\n| ", "```"];
        assert!(marks.iter().all(|mark| !page.stdout.contains(mark)), "{topic}: {}", page.stdout);
    }
    // What stands in code stays: also a mark, and a backtick.
    let language = Program::new().variable("COLUMNS", "200").run("help language").stdout;
    for kept in ["`${n} of ${n + 1}`", "2 ** 3", "\"low\" | \"medium\" => 1"] {
        assert!(language.contains(kept), "{kept}: {language}");
    }
    let exits = Program::new().run("help exit-codes").stdout;
    assert!(exits.starts_with("Exit codes\n") && exits.contains("\n 130  "), "{exits}");
    assert_eq!(Program::new().run("help map check").stdout, Program::new().run("map check --help").stdout);
    assert_eq!(Program::new().run("help").stdout, Program::new().run("--help").stdout);
    let unknown = Program::new().run("help nothing");
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("`nothing` is no verb and no topic; the topics are data, editing, effects, exit-codes, inputs, language, questions, words, and `brag help` lists the verbs"), "{}", unknown.stderr);
    let coloured = |arguments: &str| Program::new().run(arguments).whole().contains('\u{1b}');
    assert!(coloured("--color always assess --help") && coloured("assess --help --color=always"));
    assert!(!coloured("assess --help --color never") && !coloured("assess --help"));
    assert!(coloured("assess --nothing --color always") && !coloured("assess --nothing"));
    let never = Program::new().variable("BRAG_COLOR", "always").run("assess --help --color never");
    assert!(!never.whole().contains('\u{1b}'));
    let page = Program::new().run("man map check").stdout;
    assert!(page.contains("brag\\-map\\-check") || page.contains("map-check"), "{page}");
    assert_eq!(Program::new().run("man nothing").code, 2);
}

fn spoken(ran: &Ran) -> String {
    ran.stderr.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn explain_takes_a_book_a_folder_and_several_files() {
    let one = case();
    let other = one.replace("V000110", "V000111");
    let line = |text: &str| serde_json::to_string(&serde_yaml::from_str::<serde_json::Value>(text).unwrap()).unwrap();
    let program = Program::new()
        .file("book.jsonl", format!("{}\n{}\n", line(&one), line(&other)))
        .file("folder/a.yaml", &one)
        .file("folder/b.yaml", &other);
    let told = |arguments: &str| program.run(arguments);
    let book = told("explain book.jsonl");
    assert_eq!((book.code, &*book.stdout), (3, ""));
    assert_eq!(spoken(&book), "× book.jsonl: a book, of 2 cases help: name one with `--crn`");
    let crns = |ran: &Ran| -> Vec<String> {
        ran.json().as_array().unwrap().iter().map(|one| one["decision"]["crn"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(crns(&told("explain book.jsonl --crn V000111 --format json")), ["V000111"]);
    assert_eq!(crns(&told("explain folder --format json")), ["V000110", "V000111"]);
    assert_eq!(crns(&told("explain folder/b.yaml folder/a.yaml --format json")), ["V000111", "V000110"]);
    let each = ["a", "b"].map(|name| told(&format!("explain folder/{name}.yaml")).stdout);
    assert_eq!(told("explain folder").stdout, each.join("\n"));
    let lines = told("explain folder --format jsonl").stdout;
    assert!(lines.lines().count() == 2 && lines.lines().all(|line| line.starts_with('{')), "{lines}");
    let nobody = told("explain book.jsonl --crn V000112");
    assert_eq!((nobody.code, &*nobody.stdout), (3, ""));
    assert_eq!(spoken(&nobody), "× --crn: no case has the reference `V000112`");
    let one = told("explain book.jsonl --crn V000111 --crn V000112");
    assert_eq!((one.code, one.stdout.is_empty()), (3, false));
    assert_eq!(spoken(&one), "× --crn: no case has the reference `V000112`");
}

/// A program that writes a case and waits for its answer does not wait for ever.
#[test]
fn an_answer_comes_before_the_next_case_is_written() {
    for (threads, is_logged) in [("1", false), ("2", false), ("1", true), ("2", true)] {
        let program = Program::new();
        let mut arguments = vec!["assess", "-", "--input-format", "jsonl", "--format", "jsonl", "--threads", threads];
        arguments.extend(["--log", "log.jsonl"].iter().filter(|_| is_logged));
        let mut command = program.command(&arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        write!(to, "{{").unwrap();
        for number in 1..=3 {
            // A blank line, or the beginning of the next case, holds nothing up.
            write!(
                to,
                "{}\n\n{{",
                r#""crn": "X00000N", "assessed_on": "2019-05-20"}"#.replace('N', &number.to_string())
            )
            .unwrap();
            to.flush().unwrap();
            let mut answer = String::new();
            from.read_line(&mut answer).unwrap();
            assert!(answer.contains(&format!("X00000{number}")), "{answer}");
            // Nobody sees an answer before it is logged.
            let log = is_logged.then(|| fs::read_to_string(program.folder().join("log.jsonl")).unwrap());
            assert!(log.is_none_or(|log| log.lines().count() == number), "{answer}");
        }
        writeln!(to, r#""crn": "X000004"}}"#).unwrap();
        drop(to);
        assert!(child.wait().unwrap().success());
    }
}

/// Of a table no more is waited for than the line that names its columns, below whatever stands above it.
#[test]
fn a_row_has_its_answer_before_the_next_is_written() {
    for (above, sign) in [("", ","), ("Caseload of the north\n\n", ","), ("sep=;\n", ";"), ("", "\t")] {
        let arguments = ["assess", "-", "--input-format", "csv", "--format", "jsonl", "--threads", "1"];
        let program = Program::new();
        let mut command = program.command(&arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        writeln!(to, "{above}crn{sign}assessed_on").unwrap();
        for number in 1..=3 {
            writeln!(to, "X00000{number}{sign}2019-05-20").unwrap();
            to.flush().unwrap();
            let mut answer = String::new();
            from.read_line(&mut answer).unwrap();
            assert!(answer.contains(&format!("X00000{number}")), "{answer}");
        }
        drop(to);
        assert!(child.wait().unwrap().success());
    }
}

/// A name that is broken over two lines can be neither copied nor found.
#[test]
fn names_are_shown_whole_and_can_be_asked_for() {
    for (what, listed, key) in [("inputs", "", "path"), ("params", "/parameters", "name")] {
        let all = Program::new().run(&format!("show {what} --format json")).json();
        let all = all.pointer(listed).unwrap().as_array().unwrap().clone();
        let page = Program::new().run(&format!("show {what}")).stdout;
        assert!(all.len() > 40, "{what}");
        for one in all {
            let name = one[key].as_str().unwrap();
            assert!(page.lines().any(|line| line.split_whitespace().next() == Some(name)), "{what}: {name}");
        }
    }
    let asked = |arguments: &str| Program::new().run(arguments);
    let found = asked("show inputs interpreter --format json").json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["path"], "circumstances.interpreter_required");
    assert_eq!(asked("show params ogrs3 --format json").json()["parameters"].as_array().unwrap().len(), 1);
    assert!(asked("show words at_least").stdout.contains("at_least(tier)"));
    let nothing = asked("show inputs zzz");
    assert_eq!(
        (nothing.code, &*spoken(&nothing)),
        (3, "× brag show: nothing of that name help: leave the word out to see all")
    );
    assert_eq!(asked("show schema zzz").code, 2);
    assert_eq!(asked("show exits zzz").code, 2);
    let early = asked("show params ogrs3 --on 2010-01-01").stdout;
    assert!(
        early.contains("None of them has a value on this date.") && early.contains("no value on 2010-01-01"),
        "{early}"
    );
}

#[test]
fn the_folder_of_a_policy_is_no_book() {
    let program = Program::new().rules("const TIERS = [\"Low\"];\n").file("policies/trial/cases/a.yaml", case());
    for verb in ["assess", "explain", "due", "caseload"] {
        let ran = program.run(&format!("{verb} policies/trial"));
        assert_eq!((ran.code, &*ran.stdout), (3, ""), "{verb}");
        let said =
            "× policies/trial: is a policy, and no folder of cases help: its worked cases are in policies/trial/cases";
        assert_eq!(spoken(&ran), said, "{verb}");
    }
    assert_eq!(program.run("assess policies/trial/cases --policy bgsw").code, 0);
}

#[test]
fn a_text_in_place_of_a_list_is_told_how_a_list_is_written() {
    let ran = Program::new().file("case.yaml", "crn: X100001\ncontacts: seen\n").run("assess case.yaml");
    let help = "help: write each entry on a line of its own after `- `, or all of them in brackets: [a, b]";
    assert!(ran.code == 3 && spoken(&ran).contains(help), "{}", ran.whole());
}

/// An option about tables says nothing of the only file, which is none.
#[test]
fn what_is_said_of_tables_is_refused_where_there_is_none() {
    let program = Program::new().file("case.yaml", "crn: X1\n").file("book.csv", "crn\nX1\n");
    let told = |line: &str| {
        let ran = program.run(line);
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{line}");
        ran.stderr
    };
    insta::assert_snapshot!(told("assess book.csv --sheet Cases"), @"
      × book.csv: is no workbook, so that --sheet would count for nothing
      help: leave it out, or name the file that is meant
    ");
    assert!(told("due case.yaml --delimiter ;").contains("is no table of text, so that --delimiter would"));
    assert!(told("explain case.yaml --title-lines 2").contains("is no table, so that --title-lines would"));
    for line in ["assess book.csv --delimiter ,", "assess book.csv case.yaml --delimiter ,"] {
        assert_eq!(program.run(line).code, 0, "{line}");
    }
    assert_eq!(program.variable("BRAG_SHEET", "Cases").run("assess case.yaml").code, 0);
}

#[test]
fn a_value_that_a_variable_says_is_told_as_its_own() {
    let program = with_case().variable("BRAG_ON", "2019-13-01");
    let tip = "\n  tip: the variable BRAG_ON says so\n";
    let ran = program.run("assess case.yaml");
    assert!(ran.code == 2 && ran.stderr.contains(tip), "{}", ran.whole());
    for written in ["--on 2019-13-01", "--on=2019-13-01"] {
        let ran = program.run(&format!("assess case.yaml {written}"));
        assert!(ran.code == 2 && !ran.stderr.contains("tip"), "{}", ran.whole());
    }
}
