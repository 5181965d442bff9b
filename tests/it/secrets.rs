//! No message repeats what somebody wrote about a person: a marked word is put into every field, key, cell and place of a case in
//! turn, and must be in no message, on either stream.

use crate::program::{Program, Ran, root};
use std::fs;

const SECRET: &str = "Zzqsecret";

/// Everything of a run but the answers of cases that were decided.
fn is_silent(ran: &Ran, what: &str) {
    let failed = ran.stdout.lines().filter(|line| line.contains("\"error\":{"));
    for line in ran.stderr.lines().chain(failed) {
        assert!(!line.to_lowercase().contains(&SECRET.to_lowercase()), "{what}:\n{line}\n{}", ran.whole());
    }
}

/// Every path of the model, as the program itself lists it.
fn paths() -> Vec<String> {
    let header = Program::new().run("show inputs --format csv").stdout;
    header.trim().split(',').filter(|path| *path != "crn").map(str::to_owned).collect()
}

/// Runs files of a few cases each, so that every fault is drawn.
fn run_all(files: &[(String, String)], arguments: &str) {
    for (at, files) in files.chunks(20).enumerate() {
        let program =
            files.iter().fold(Program::new(), |program, (name, text)| program.file(&format!("in/{name}"), text));
        let ran = program.run(&format!("{arguments} in"));
        is_silent(&ran, &format!("{arguments}, part {at}"));
        assert!(ran.code == 3 || ran.code == 0, "{}", ran.whole());
    }
}

fn nested(path: &str, value: &str) -> String {
    let steps: Vec<&str> = path.split('.').collect();
    let keys = steps.iter().map(|step| format!("{{\"{step}\": ")).collect::<Vec<_>>().concat();
    format!("{keys}{value}{}", "}".repeat(steps.len()))
}

#[test]
fn in_no_field() {
    let mut files = Vec::new();
    for (number, path) in paths().iter().enumerate() {
        for (form, value) in [
            ("text", format!("\"{SECRET} Doe: told {SECRET}: us\"")),
            ("key", format!("{{\"{SECRET}\": 1, \"crn\": 2}}")),
            ("list", format!("[\"{SECRET}\", {{\"{SECRET}\": []}}]")),
        ] {
            let inner = nested(path, &value);
            let case = format!("{{\"crn\": \"X1\",\n{}\n", &inner[1..]);
            let ending = if number % 2 == 0 { "yaml" } else { "json" };
            files.push((format!("{number:03}-{form}.{ending}"), case));
        }
    }
    assert!(files.len() > 300);
    run_all(&files, "assess --format jsonl");
}

#[test]
fn in_no_cell_and_no_header() {
    let paths = paths();
    let mut files = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        files.push((format!("{number:03}.csv"), format!("crn,{path}\nX1,\"{SECRET} Doe: 1\"\n")));
    }
    for (name, text) in [
        ("headerless", format!("X1;2026-06-15;{SECRET} Jane;high\n")),
        ("comma", format!("{SECRET},female,1990-03-01\nX1,male,1990-03-01\n")),
        ("tab", format!("X1\t{SECRET} Jane\n")),
        ("unknown", format!("crn,{SECRET}\nX1,1\n")),
        ("twice", format!("crn,local.{},local.{0}\nX1,1,2\n", SECRET.to_lowercase())),
        ("own", format!("crn,local.{}\nX1,\"[\"\n", SECRET.to_lowercase())),
        ("reference", format!("crn,sex\n{SECRET} Doe,nope\n")),
        ("quote", format!("crn,sex\nX1,\"{SECRET}\nX2,male\n")),
        ("more", format!("crn,sex\nX1,male,{SECRET}\n")),
    ] {
        files.push((format!("{name}.csv"), text));
    }
    run_all(&files, "assess --format jsonl");
}

#[test]
fn in_no_sample_and_no_record_of_an_inspection() {
    let key = SECRET.to_lowercase();
    let sample = root().join("examples/inspection/sample");
    let files = [
        ("a.yaml", format!("crn: A1\nlocal:\n  assessment_engagement: \"yes\"\n  notes: \"{SECRET} Roe rang\"\n")),
        ("b.yaml", format!("crn: A1\nlocal:\n  {key}: \"{SECRET} Roe rang\"\n")),
        ("c.csv", format!("crn,local.notes\nA1,{SECRET} Roe rang\n")),
        ("d.csv", format!("crn,local.{key}\nA1,{SECRET}\n")),
        ("e.json", format!("{{\"crn\": \"A1\", \"local\": {{\"notes\": \"{SECRET}\"}}}}")),
        ("f.jsonl", format!("{{\"crn\": \"A1\", \"local\": {{\"{key}\": \"{SECRET}\"}}}}\n")),
    ];
    for (name, text) in files {
        let program = Program::new().file(name, text);
        let of_sample = program.run(&format!("rate {name} --policy inspection-ratings"));
        let record = ["rate", sample.to_str().unwrap(), "--policy", "inspection-ratings", "--record", name];
        for ran in [of_sample, program.run_with(&record)] {
            is_silent(&ran, name);
            assert!(ran.code == 3 && ran.stderr.contains("unknown key"), "{name}: {}", ran.whole());
        }
    }
}

const LINES: [&str; 8] = [
    "crn: X1",
    "oasys:",
    "  rosh: low",
    "  sections:",
    "    drugs: 3",
    "contacts:",
    "- {date: 2019-05-01, mode: office}",
    "sexx: male",
];

#[test]
fn at_no_place_of_a_file() {
    let mut files = Vec::new();
    for at in 0..=LINES.len() {
        for (form, line) in [
            ("comment", format!("# {SECRET}: rang")),
            ("key", format!("{SECRET}: rang")),
            ("deep", format!("    {SECRET}: rang")),
            ("text", format!("note: \"{SECRET}: sex: {SECRET}\"")),
            ("entry", format!("- {SECRET}")),
            ("open", format!("\"{SECRET}: oasys")),
            ("tag", format!("!{SECRET} x")),
            ("alias", format!("note: *{SECRET}")),
            ("anchor", format!("note: &{SECRET} {SECRET}é{SECRET}")),
            ("block", format!("note: |\n  sex: {SECRET}\n  {SECRET}: x")),
        ] {
            let mut lines = LINES.to_vec();
            lines.insert(at, &line);
            files.push((format!("{at}-{form}.yaml"), lines.join("\n")));
        }
    }
    for (name, crn) in [
        ("words", "Zzqsecret Doe"),
        ("comma", "Zzqsecret, Doe"),
        ("quoted", "\"Zzqsecret, Doe\""),
        ("list", "[Zzqsecret]"),
    ] {
        files.push((format!("crn-{name}.yaml"), format!("crn: {crn}\nsex: nope\n")));
    }
    run_all(&files, "assess --format jsonl");
    for verb in [
        "due --format jsonl",
        "caseload",
        "assess --format csv",
        "assess --format table",
        "assess --format md",
        "assess",
    ] {
        let program = files
            .iter()
            .take(20)
            .fold(Program::new(), |program, (name, text)| program.file(&format!("in/{name}"), text));
        let ran = program.run(&format!("{verb} in"));
        assert_eq!(ran.code, 3);
        assert!(!ran.whole().contains(SECRET), "{verb}: {}", ran.whole());
    }
    let (name, text) = &files[3];
    let program = Program::new().rules("const TIERS = [\"Low\"];\nfn base(person) { at_least(\"Low\") }\n");
    let program = program.file(name, text).file("policies/trial/cases/a.yaml", text);
    for line in [format!("explain {name}"), format!("new case --from {name}"), "test trial --format junit".to_owned()] {
        let ran = program.run(&line);
        assert!(ran.code == 3 && !ran.whole().contains(SECRET), "{line}: {}", ran.whole());
    }
}

const MAPPING: &str = "source: { key: Ref }\ntables: { visits: { optional: true } }\nfields:\n  sex: { from: Sex, words: { male: [M], female: [F] } }\n  \
    date_of_birth: { from: Born, date: iso }\n  oasys.rsr: { from: Score, number: { percent: true } }\n  oasys.rosh: Risk\n  \
    supervision.officer.id: { from: Officer, pattern: \"([0-9]+)$\" }\n  contacts: { each: visits, date: { from: On, date: iso }, mode: How }\n  \
    registrations: { each: list, type: code, unknown: pass }\nignore: [Ignored]\n";

/// A mapping's faults, dry runs and counts say where, and what the mapping says; never what stood there.
#[test]
fn in_no_fault_and_no_count_of_a_mapping() {
    let header = "Ref,Sex,Born,Score,Risk,Officer,list,Ignored";
    let rows = (0..8).map(|at| {
        let cell = |index: usize| if index == at { format!("\"{SECRET} Doe: 1\"") } else { String::new() };
        let cells: Vec<String> =
            (0..8).map(|index| if index == 0 && at > 0 { "X1".to_owned() } else { cell(index) }).collect();
        (format!("cell{at}.csv"), format!("{header}\n{}\n", cells.join(",")))
    });
    let others = [
        ("column.csv", format!("{header},{SECRET}\nX1,,,,,,,,\n")),
        ("twice.csv", format!("{header},Ref\nX1,,,,,,,{SECRET},\n")),
        ("headerless.csv", format!("{SECRET},F,1990-01-01,1,low,1,,\n")),
        ("more.csv", format!("{header}\nX1,,,,,,,,{SECRET}\n")),
        ("quote.csv", format!("{header}\nX1,\"{SECRET}\n")),
        ("key.json", format!("{{\"Ref\": \"X1\", \"{SECRET}\": {{\"{SECRET}\": \"{SECRET}\"}}}}")),
        ("deep.json", format!("{{\"Ref\": \"X1\", \"Sex\": {{\"{SECRET}\": 1}}, \"Risk\": \"{SECRET}\"}}")),
        (
            "list.json",
            format!("{{\"Ref\": \"X1\", \"Sex\": null, \"list\": [{{\"code\": \"{SECRET}\", \"{SECRET}\": 1}}]}}"),
        ),
        ("broken.json", format!("{{\"Ref\": \"X1\", \"{SECRET}\"")),
    ];
    for (name, text) in rows.chain(others.map(|(name, text)| (name.to_owned(), text))) {
        let program = Program::new().file("m.yaml", MAPPING).file(&name, &text);
        for line in [
            "assess --map m.yaml --format jsonl",
            "due --map m.yaml",
            "explain --map m.yaml",
            "map check m.yaml",
            "map run m.yaml",
        ] {
            let ran = program.run(&format!("{line} {name}"));
            assert!(ran.code == 3 || ran.code == 1 || ran.code == 0, "{line} {name}: {}", ran.whole());
            is_silent(&ran, &format!("{line} {name}"));
            assert!(!line.starts_with("map check") || !ran.stdout.contains(SECRET), "{name}: {}", ran.whole());
        }
    }
    let visits = Program::new().file("m.yaml", MAPPING).file("a.csv", format!("{header}\nX1,,,,,,,\n"));
    for text in [
        format!("Ref,On,How\nX1,{SECRET},{SECRET}\n"),
        format!("Ref,On,How,{SECRET}\nX1,,,\n"),
        format!("Ref,On,How\n,{SECRET},\n"),
    ] {
        let ran = visits.run("map check m.yaml a.csv");
        assert!(!ran.whole().contains(SECRET), "{}", ran.whole());
        fs::write(visits.folder().join("visits.csv"), text).unwrap();
        for line in ["assess --map m.yaml a.csv", "map check m.yaml a.csv"] {
            let ran = visits.run(line);
            assert!(ran.code > 0 && !ran.whole().contains(SECRET), "{}", ran.whole());
        }
    }
}

/// Rules that fail on what a case holds name the place, and not what stood there.
#[test]
fn in_no_fault_of_a_policy() {
    let case = "crn: X1\nassessed_on: 2019-05-20\nsupervision: {office: Zzqsecret, officer: {id: ZZ, months_in_role: 777}}\n\
        agencies: [{name: zzqsecret, involved: true}]\nsentence: {type: custody, starts_on: 2011-11-11}\n";
    let office = "person.supervision.office";
    let agency = "person.agencies[0].name";
    for rule in [
        format!("at_least({agency})"),
        format!("at_least({office})"),
        format!("decide({office})"),
        format!("decide(`A ${{{office}}}`)"),
        format!("flag(`A ${{{office}}}`, \"x\")"),
        format!("flag({office}, \"x\")"),
        format!("points({office}, 1)"),
        format!("parse_int({office})"),
        format!("person[{office}]"),
        format!("#{{a: 1}}[{office}]"),
        format!("worst([{agency}])"),
        format!("raised({office}, 1, \"Low\")"),
        format!("throw {office}"),
        format!("throw `no ${{{office}}}`"),
        format!("every(1, {office}, \"office\")"),
        format!("every(1, \"week\", {office})"),
        format!("held_by({office}, \"front_office\")"),
        format!("if {office} {{ 1 }}"),
        format!("if {office} > 3 {{ 1 }}"),
        format!("for a in {office} {{ a }}"),
        office.to_owned(),
        "working_days_after(person.assessed_on, person.supervision.officer.months_in_role + 1000)".to_owned(),
        "longest_gap([], person.assessed_on, person.sentence.starts_on)".to_owned(),
        "working_days_after(date(\"1777-01-01\"), person.supervision.officer.months_in_role - 776)".to_owned(),
        "[1, 2][person.supervision.officer.months_in_role]".to_owned(),
    ] {
        let rules = format!(
            "const TIERS = [\"Low\", \"High\"];\nfn base(person) {{ at_least(\"Low\") }}\nfn r(person) {{\n  {rule}\n}}\n"
        );
        let program = Program::new().rules(&rules).file("case.yaml", case);
        for line in ["assess case.yaml", "assess case.yaml --format json", "explain case.yaml"] {
            let ran = program.run(&format!("{line} --policy trial"));
            if ran.code == 0 {
                continue;
            }
            // The rule itself is drawn, and the numbers that it spells.
            let said = ran.whole().replace(&rule, "").to_lowercase();
            for value in ["zzqsecret", "777", "1777", "2011-11-11", "11 november"] {
                assert!(!said.contains(value), "{rule}: {value}\n{}", ran.whole());
            }
        }
    }
}

/// Whoever asks for values sees them.
#[test]
fn but_where_values_are_asked_for() {
    let rules = "const TIERS = [\"Low\"];\nfn base(person) { at_least(person.supervision.office) }\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\nsupervision: { office: Leeds }\n");
    let said = |line: &str| program.run(&format!("assess case.yaml --policy trial{line}")).stderr;
    assert!(said("").contains("rule `base`: unknown tier (a value of `supervision.office`)\n"), "{}", said(""));
    assert!(said(" --show-values").contains("the value is `Leeds`"), "{}", said(" --show-values"));
}
