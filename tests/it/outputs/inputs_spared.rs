//! No answer is written over what it is made of, nor through a link that somebody planted.
#![cfg(unix)]

use crate::program::{Program, Ran};
use std::{
    fs::{self, File, Permissions, hard_link},
    os::unix::fs::{PermissionsExt, symlink},
};

const CASE: &str = "{\"crn\":\"X1\",\"assessed_on\":\"2019-05-20\"}\n";
const RULES: &str = "const TIERS = [\"Low\"];\n/// Everybody.\nfn base(person) { at_least(\"Low\") }\n";

fn program() -> Program {
    let program =
        Program::new().rules(RULES).file("book.jsonl", CASE).file("holidays.csv", "date,name\n2019-05-06,x\n");
    let folder = program.folder();
    symlink("book.jsonl", folder.join("link.jsonl")).unwrap();
    hard_link(folder.join("book.jsonl"), folder.join("other.jsonl")).unwrap();
    fs::create_dir(folder.join("books")).unwrap();
    hard_link(folder.join("book.jsonl"), folder.join("books/b.jsonl")).unwrap();
    program
}

fn is_refused(ran: &Ran, what: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{what}\n{}", ran.whole());
    assert!(ran.stderr.contains("is an input of this run"), "{what}\n{}", ran.whole());
}

#[test]
fn an_output_that_is_an_input_is_refused_by_any_name() {
    let program = program();
    for (cases, output) in [
        ("book.jsonl", "book.jsonl"),
        ("book.jsonl", "./books/../book.jsonl"),
        ("book.jsonl", "link.jsonl"),
        ("link.jsonl", "book.jsonl"),
        ("book.jsonl", "other.jsonl"),
        ("books", "book.jsonl"),
        ("books", "books/b.jsonl"),
        ("book.jsonl", "holidays.csv"),
        ("book.jsonl", "policies/trial/policy.rhai"),
    ] {
        for verb in ["assess", "due"] {
            let ran =
                program.run(&format!("{verb} {cases} --policy trial --holidays holidays.csv --format csv -o {output}"));
            is_refused(&ran, &format!("{verb} {cases} -o {output}"));
            assert_eq!(fs::read_to_string(program.folder().join("book.jsonl")).unwrap(), CASE);
            assert_eq!(fs::read_to_string(program.folder().join("policies/trial/policy.rhai")).unwrap(), RULES);
        }
    }
    let ran = program.run("assess book.jsonl --policy trial --format csv -o link.jsonl");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 3
    ---- stderr ----
      × link.jsonl: is an input of this run, `book.jsonl`, which the answers would be written over
      help: write the answers to another file
    ");
}

/// A shell has opened the file before the program starts: what it can still do is to leave it as it is.
#[test]
fn a_shell_that_leads_answers_into_an_input_is_told() {
    let program = program();
    let append = |name: &str| File::options().append(true).open(program.folder().join(name)).unwrap();
    for arguments in [
        "assess book.jsonl --policy trial --format jsonl",
        "assess books --policy trial --format jsonl",
        "due link.jsonl --policy trial --format csv",
        "caseload book.jsonl --policy trial",
        "explain book.jsonl --policy trial",
        "new case --from book.jsonl",
    ] {
        let mut command = program.command(&arguments.split(' ').collect::<Vec<_>>());
        is_refused(&Ran::of(command.stdout(append("other.jsonl")).output().unwrap()), arguments);
        assert_eq!(fs::read_to_string(program.folder().join("book.jsonl")).unwrap(), CASE);
    }
    let mut command = program.command(&["assess", "-", "--policy", "trial", "--format", "jsonl"]);
    command.stdin(File::open(program.folder().join("book.jsonl")).unwrap()).stdout(append("book.jsonl"));
    is_refused(&Ran::of(command.output().unwrap()), "-");
}

#[test]
fn a_planted_link_is_not_written_through() {
    let program = program().file("kept", "kept");
    for plant in [
        |at: &str, link: &std::path::Path| symlink(at, link),
        |_: &str, link: &std::path::Path| hard_link(link.with_file_name("kept"), link),
    ] {
        plant("kept", &program.folder().join(".out.csv.part")).unwrap();
        assert_eq!(program.run("assess book.jsonl --policy trial --format csv -o out.csv").code, 0);
        assert_eq!(fs::read_to_string(program.folder().join("kept")).unwrap(), "kept");
        assert!(!program.folder().join(".out.csv.part").exists());
    }
}

#[test]
fn a_replaced_file_keeps_its_mode_and_a_link_stays_one() {
    let program = program().file("out.csv", "old");
    let out = program.folder().join("out.csv");
    symlink("out.csv", program.folder().join("to.csv")).unwrap();
    symlink("nothing", program.folder().join("nowhere.csv")).unwrap();
    fs::set_permissions(&out, Permissions::from_mode(0o640)).unwrap();
    assert_eq!(program.run("assess book.jsonl --policy trial --format csv -o to.csv").code, 0);
    assert!(program.folder().join("to.csv").is_symlink() && fs::read_to_string(&out).unwrap().starts_with("crn,"));
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o640);
    for (output, said) in
        [("nowhere.csv", "is a link that leads nowhere"), ("books", "is no file that could be replaced")]
    {
        let ran = program.run(&format!("assess book.jsonl --policy trial --format csv -o {output}"));
        let help = "help: name a file, or `-` for standard output";
        assert_eq!((ran.code, ran.stderr.trim()), (3, format!("× {output}: {said}\n  {help}").as_str()));
    }
    let ran = program.run("assess book.jsonl --policy trial --format csv -o -");
    assert!(ran.code == 0 && ran.stdout.starts_with("crn,") && !program.folder().join("-").exists());
}

#[test]
fn what_is_new_is_never_written_over() {
    let program = program();
    for arguments in ["new case --from book.jsonl -o other.jsonl", "new caseload --size 2 -o other.jsonl"] {
        let ran = program.run(arguments);
        assert_eq!(ran.code, 3);
        assert!(ran.stderr.contains("other.jsonl: is there already"), "{}", ran.whole());
        assert_eq!(fs::read_to_string(program.folder().join("book.jsonl")).unwrap(), CASE);
    }
}

/// What killed runs left beside snapshots goes with the next run, in the form of this version and of former ones.
#[test]
fn leftovers_beside_snapshots_are_taken_away() {
    let case = "crn: X1\nassessed_on: 2019-05-20\nexpect: { tier: Low }\n";
    for line in ["test trial", "review"] {
        let left = ["trial__a.snap.part", "trial__a.snap.new.part", "trial__a.snap.4711", "trial__a.snap.new.12"];
        let program = program().file("policies/trial/cases/a.yaml", case).file("snapshots/.mine", "stays");
        let program = left.iter().fold(program, |program, name| program.file(&format!("snapshots/.{name}"), "half"));
        program.run(line);
        let mut names: Vec<_> =
            fs::read_dir(program.folder().join("snapshots")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.retain(|name| name.to_str().unwrap().starts_with('.'));
        assert_eq!(names, [".mine"], "{line}");
    }
}
