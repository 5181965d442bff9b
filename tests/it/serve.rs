//! `brag serve`: the same bytes as the command line, to nobody who may not ask, whatever they send.
#![cfg(feature = "serve")]

mod dates;
mod limits;
mod saved;
pub mod served;
mod tls;
mod who_may_ask;
pub mod workbench;

use crate::{
    compare::book,
    program::{Program, brag, root, snapshot, worked_cases},
};
use served::{Served, read_until, send};
use std::{fs, io::Read};
use workbench::with_policies;

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";
const YAML: &str = "application/yaml";
/// A case that has its own date.
const CASE: &str = r#"{"crn": "X320741", "assessed_on": "2019-05-20", "iom": true, "oasys": {"rosh": "high"}}"#;

/// What the command line writes of the same.
fn by_hand(arguments: &str, input: &str) -> String {
    Program::new().input(input).run(arguments).stdout
}

#[test]
fn an_answer_has_the_bytes_of_the_command_line() {
    let served = Served::new();
    let book = book(60);
    for (path, arguments) in [
        ("/v1/assess", "assess - --format jsonl"),
        ("/v1/assess?format=json", "assess - --format json"),
        ("/v1/assess?format=csv&on=2019-06-01", "assess - --format csv --on 2019-06-01"),
        ("/v1/assess?set=uplift_needs%3D4&reasons=all", "assess - --format jsonl --set uplift_needs=4 --reasons all"),
        ("/v1/due", "due - --format json"),
        ("/v1/due?format=ics&only=overdue&only=due", "due - --format ics --only overdue --only due"),
        ("/v1/caseload?forecast=4", "caseload - --format json --forecast 4"),
        ("/v1/caseload?format=html", "caseload - --format html"),
        ("/v1/explain?crn=A000003&format=json", "explain - --crn A000003 --format json"),
        ("/v1/compare?set=uplift_needs%3D4", "compare bgsw bgsw - --set uplift_needs=4 --format json"),
        ("/v1/compare?new=hmpps-tier-v3", "compare bgsw hmpps-tier-v3 - --format json"),
    ] {
        let reply = served.post(path, LINES, &book);
        assert_eq!(reply.status, 200, "{path}: {}", reply.whole());
        assert_eq!(reply.body, by_hand(arguments, &book), "{path}");
    }
    for (path, arguments) in [
        ("/v1/check", "check bgsw --format json"),
        ("/v1/check?policy=hmpps-tier-v2&format=sarif", "check hmpps-tier-v2 --format sarif"),
        ("/v1/test?filter=iom", "test bgsw --filter iom --format json"),
        ("/v1/show/rules?on=2019-05-20", "show rules --on 2019-05-20 --format json"),
        ("/v1/show/params?on=2019-05-20&format=md", "show params --on 2019-05-20 --format md"),
        ("/v1/show/inputs", "show inputs --format json"),
        ("/v1/schema/case", "show schema"),
        ("/v1/schema/mapping", "show schema mapping"),
    ] {
        let reply = served.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.whole());
        assert_eq!(reply.body, by_hand(arguments, ""), "{path}");
    }
}

#[test]
fn what_is_said_beside_an_answer_comes_with_it() {
    let served = Served::new();
    let case = r#"{"crn": "X1", "assessed_on": "2019-05-20", "registrations": ["FOO1"]}"#;
    let unknown = "1 case has registrations that no list knows: FOO1 (1)";
    let reply = served.post("/v1/assess", JSON, case);
    assert_eq!((reply.status, reply.header("brag-warning")), (200, Some(unknown)));
    assert_eq!(reply.body, by_hand("assess - --format json", case));
    assert_eq!(served.post("/v1/assess", JSON, CASE).header("brag-warning"), None);
    // Of an answer in parts it comes at the end, as the exit code does.
    let mut stream = served.begin("/v1/assess", LINES);
    send(&mut stream, &format!("{case}\n{case}\n"));
    send(&mut stream, "");
    let mut got = String::new();
    read_until(&mut stream, &mut got, "\r\n0\r\n");
    let _ = stream.read_to_string(&mut got);
    let (head, end) = (got.split("\r\n\r\n").next().unwrap(), got.rsplit("\r\n0\r\n").next().unwrap());
    assert!(head.contains("trailer: brag-exit-code") && head.contains("brag-warning"), "{head}");
    let twice = "1 reference stands in more than one case, 2 cases in all: see `--duplicates`";
    for said in ["brag-exit-code: 0", &format!("brag-warning: {twice}"), "brag-warning: 2 cases have registrations"] {
        assert!(end.contains(said), "{said} in {end}");
    }
}

#[test]
fn variables_that_count_for_no_request_are_named() {
    let program = Program::new().variable("BRAG_SET", "uplift_needs=4").variable("BRAG_LOG", "log.jsonl");
    let program = program.variable("BRAG_ON", "2019-05-20").variable("BRAG_PORT", "0").variable("BRAG_LAWS", "");
    let said = Served::with(program, &[]).end().stderr;
    let named = "variables that count for no request, which says such things itself: BRAG_LOG, BRAG_SET\n";
    assert!(said.starts_with(named), "{said}");
    assert!(!Served::new().end().stderr.contains("variables"));
}

#[test]
fn one_case_is_taken_in_every_form() {
    let served = Served::new();
    let yaml = fs::read_to_string(&worked_cases("bgsw")[0]).unwrap();
    assert_eq!(served.post("/v1/assess", YAML, &yaml).body, by_hand("assess - --format json", &yaml));
    assert_eq!(served.post("/v1/assess", JSON, CASE).body, by_hand("assess - --format json", CASE));
    assert_eq!(served.post("/v1/explain", JSON, CASE).body, by_hand("explain - --format json", CASE));
    let table = "crn,assessed_on,iom\nX1,2019-05-20,true\nX2,2019-05-20,false\n";
    assert_eq!(served.post("/v1/assess", "text/csv", table).body, by_hand("assess - --format json", table));
    let both = format!("[{CASE}, {{\"crn\": 7}}]");
    let reply = served.post("/v1/assess", JSON, &both);
    assert_eq!((reply.status, reply.header("brag-exit-code")), (200, Some("3")), "{}", reply.whole());
    assert_eq!(reply.body, by_hand("assess - --format json", &both));
}

#[test]
fn what_is_wrong_is_a_problem_with_the_code_the_place_and_the_remedy() {
    let served =
        Served::with(Program::new().rules("const TIERS = [\"Low\", \"High\"];\nfn fails(person) { 1 / 0; }\n"), &[]);
    let (missing, slip) = (r#"{"oasys": {}}"#, r#"{"crn": "X1", "oasys": {"rohs": "high", "ogrs3": 400}}"#);
    let problems = [
        ("a slip in a key, and a number out of range", served.post("/v1/assess", JSON, slip)),
        ("no reference", served.post("/v1/assess", JSON, missing)),
        ("no JSON", served.post("/v1/assess", JSON, "{")),
        ("nothing", served.post("/v1/assess", JSON, "")),
        ("a rule that fails", served.post("/v1/assess?policy=trial", JSON, CASE)),
        ("no firm tier", served.post("/v1/assess?on-missing=refuse&on=2019-05-20", JSON, r#"{"crn": "X1"}"#)),
        ("an option that there is not", served.post("/v1/assess?output=/tmp/x", JSON, CASE)),
        ("a date that there is not", served.post("/v1/assess?on=2019-02-30", JSON, CASE)),
        ("a policy that there is not", served.post("/v1/assess?policy=bsgw", JSON, CASE)),
        ("a policy by its path", served.post("/v1/assess?policy=../policies/trial", JSON, CASE)),
        ("a policy of a commit", served.post("/v1/compare?old=HEAD:policies/trial", JSON, CASE)),
        ("a form that is not taken", served.post("/v1/assess", "text/plain", CASE)),
        ("a word that an option does not take", served.post("/v1/assess?on-missing=x", JSON, CASE)),
        ("rules as a table", served.get("/v1/show/rules?format=csv")),
        ("a workbook", served.post("/v1/assess?format=xlsx", JSON, CASE)),
        ("a word that there is not", served.get("/v1/show/everything")),
        ("a word that is no text", served.get("/v1/show/%ff")),
        ("no route", served.get("/v1/assessments")),
        ("another method", served.get("/v1/assess")),
    ];
    let mut text = String::new();
    for (what, reply) in problems {
        assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{what}: {}", reply.whole());
        assert_eq!(reply.json()["status"], reply.status, "{what}");
        text.push_str(&format!("---- {what} ----\n{}\n", reply.whole()));
    }
    snapshot("serve-problems", &text);
}

#[test]
fn a_policy_is_named_among_those_beside_the_one_that_is_served() {
    let program = with_policies();
    let folder = program.folder().join("policies");
    let rules = fs::read_to_string(folder.join("bgsw/policy.rhai")).unwrap();
    let mine = rules.replace("const WITH = [\"assessment-quality\"];", "const WITH = [];");
    let program = program.file("far/bgsw/policy.rhai", &mine).file("far/mine/policy.rhai", &mine);
    for policy in ["bgsw", "mine"] {
        fs::copy(
            folder.join("bgsw/parameters.yaml"),
            program.folder().join("far").join(policy).join("parameters.yaml"),
        )
        .unwrap();
    }
    let served = Served::with(program, &["--policy", "far/bgsw"]);
    let by_hand = |arguments: &str| served.program.run(arguments).stdout;
    let shown = |path: &str| served.get(path).body;
    assert_eq!(shown("/v1/show/params?policy=bgsw"), shown("/v1/show/params"));
    for (named, policy) in [("bgsw", "far/bgsw"), ("mine", "far/mine"), ("hmpps-tier-v3", "hmpps-tier-v3")] {
        let asked = shown(&format!("/v1/check?policy={named}"));
        assert_eq!(asked, by_hand(&format!("check --policy {policy} --format json")), "{named}");
    }
    let compared = served.post("/v1/compare?old=mine&new=bgsw", JSON, CASE);
    assert_eq!((compared.status, &compared.json()["cases"]), (200, &serde_json::json!(1)), "{}", compared.whole());
    let policies = shown("/v1/show/policies");
    assert!(policies.contains("far/mine") && policies.contains("far/bgsw"), "{policies}");
}

#[test]
fn a_zone_by_rules_holds_for_every_request() {
    let served = Served::with(Program::new(), &["--tz", "XXX-14"]);
    let undated = r#"{"crn": "X1", "iom": true}"#;
    // The two are further apart than a day is long.
    let on = |query: &str| served.post(&format!("/v1/assess{query}"), JSON, undated).json()["assessed_on"].clone();
    assert!(on("").is_string());
    assert_ne!(on(""), on("?tz=XXX12"));
}

#[test]
fn the_document_for_programs_is_made_of_the_same_types() {
    let served = Served::new();
    let reply = served.get("/openapi.json");
    assert_eq!(reply.status, 200);
    let document = reply.json();
    // Whatever it points at is there.
    let mut open = vec![&document];
    while let Some(value) = open.pop() {
        if let Some(to) = value.get("$ref").and_then(|to| to.as_str()) {
            assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
        }
        open.extend(value.as_object().into_iter().flat_map(|fields| fields.values()));
        open.extend(value.as_array().into_iter().flatten());
    }
    for (path, operations) in document["paths"].as_object().unwrap() {
        for operation in operations.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let about = parameter["in"] == "path" || !parameter["description"].as_str().unwrap().is_empty();
                assert!(about, "{path}: {parameter}");
            }
        }
    }
    snapshot("openapi", &reply.body);
}

#[test]
fn a_build_without_it_has_none_of_what_it_needs() {
    let tree = |arguments: &[&str]| {
        let mut cargo = std::process::Command::new(env!("CARGO"));
        cargo.args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"]);
        let ran = cargo.args(arguments).current_dir(root()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    let (with, without) = (tree(&[]), tree(&["--no-default-features"]));
    for name in ["axum", "hyper", "hyper-util", "tokio", "tower", "http", "mio", "socket2"] {
        let has = |tree: &str| tree.lines().any(|line| line.starts_with(&format!("{name} v")));
        assert!(has(&with) && !has(&without), "{name}");
    }
    for name in ["openssl", "openssl-sys", "native-tls"] {
        assert!(!with.lines().any(|line| line.starts_with(&format!("{name} v"))), "{name}");
    }
    assert!(brag().arg("serve").arg("--help").output().unwrap().status.success());
}

#[test]
fn what_packages_start_is_what_it_takes() {
    let help = String::from_utf8(brag().args(["serve", "--help"]).output().unwrap().stdout).unwrap();
    let mut options = 0;
    for file in ["Dockerfile", "brag.service"] {
        let text = fs::read_to_string(root().join("packaging").join(file)).unwrap();
        let starts = text.lines().filter(|line| line.contains("ENTRYPOINT") || line.contains("ExecStart="));
        for option in starts.flat_map(|line| line.split([' ', '"', ','])).filter(|word| word.starts_with("--")) {
            assert!(help.contains(&format!("{option} <")), "{file}: {option}");
            options += 1;
        }
    }
    assert_eq!(options, 6);
}
