//! `brag serve`: the same bytes as the command line, to nobody who may not ask, whatever they send.
#![cfg(feature = "serve")]

pub mod served;
pub mod workbench;

use crate::{
    compare::book,
    program::{Program, brag, root, snapshot, worked_cases},
};
use served::{Served, reply};
use std::{
    fs,
    io::{Read, Write},
    sync::Arc,
    thread,
    time::Duration,
};

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
        ("a workbook", served.post("/v1/assess?format=xlsx", JSON, CASE)),
        ("a word that there is not", served.get("/v1/show/everything")),
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
fn no_page_of_elsewhere_is_answered() {
    let served = Served::new();
    let port = served.address.port();
    let (own, named) = (format!("127.0.0.1:{port}"), format!("localhost:{port}"));
    let (own, named) = (own.as_str(), named.as_str());
    let ask = |headers: &[(&str, &str)]| served.ask("GET", "/v1/show/policies", headers, "");
    let origin = |host: &str| format!("http://{host}");
    for headers in [
        &[("Host", "evil.example")][..],
        &[("Host", &format!("evil.example:{port}"))],
        &[("Host", "127.0.0.1")],
        &[("Host", "")],
        &[("Host", own), ("Host", own)],
        &[("Origin", "http://evil.example")],
        &[("Origin", "null")],
        &[("Origin", &origin(named))],
        &[("Origin", "http://127.0.0.1:1")],
        &[("Origin", &origin(own)), ("Origin", "http://evil.example")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
    ] {
        let reply = ask(headers);
        assert!(matches!(reply.status, 400 | 403 | 421), "{headers:?}: {}", reply.status);
        assert!(!reply.body.contains("bgsw"), "{headers:?}: {}", reply.body);
        assert!(!reply.headers.contains("access-control-allow"), "{headers:?}: {}", reply.headers);
    }
    for headers in [
        &[][..],
        &[("Host", named)],
        &[("Origin", &origin(own))],
        &[("Host", named), ("Origin", &origin(named)), ("Sec-Fetch-Site", "same-origin")],
        &[("Sec-Fetch-Site", "none")],
    ] {
        assert_eq!(ask(headers).status, 200, "{headers:?}");
    }
    let other = Served::with(Program::new(), &["--listen", "127.0.0.2"]);
    assert_eq!(other.get("/v1/health").status, 200);
    // A form of another page needs no leave to be sent.
    let form =
        served.ask("POST", "/v1/assess", &[("Content-Type", "text/plain"), ("Origin", "http://evil.example")], CASE);
    assert_eq!(form.status, 403);
    let preflight = served.ask("OPTIONS", "/v1/assess", &[("Origin", "http://evil.example")], "");
    assert_eq!(preflight.status, 403);
}

#[test]
fn every_answer_says_that_it_is_not_to_be_kept_or_shown_elsewhere() {
    let served = Served::new();
    for reply in [served.get("/v1/health"), served.get("/nothing"), served.post("/v1/assess", JSON, CASE)] {
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe") && !policy.contains("http"),
            "{policy}"
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn beyond_this_machine_nothing_listens_without_a_token() {
    let program = || Program::new().file("short", "guessed\n").file("token", "a token that nobody guesses\n");
    for (arguments, said) in [
        ("serve --port 0 --listen 0.0.0.0", "is beyond this machine"),
        ("serve --port 0 --listen ::", "is beyond this machine"),
        ("serve --port 0 --token-file short", "a token has at least 16 letters"),
        ("serve --port 0 --listen 0.0.0.0 --token-file none", "cannot be read"),
    ] {
        let ran = program().run(arguments);
        assert_eq!((ran.code, ran.stderr.contains(said)), (3, true), "{arguments}: {}", ran.whole());
    }
    let ran = program().variable("BRAG_TOKEN", "short").run("serve --port 0 --listen 0.0.0.0");
    assert_eq!(ran.code, 3, "{}", ran.whole());
}

#[test]
fn with_a_token_nobody_is_answered_without_it() {
    let token = "a token that nobody guesses";
    let program = Program::new().file("token", format!("{token}\n"));
    let served = Served::with(program, &["--listen", "0.0.0.0", "--token-file", "token"]);
    let right = format!("Bearer {token}");
    for (value, status) in [
        (None, 401),
        (Some("Bearer a token that nobody guesse"), 401),
        (Some("Bearer "), 401),
        (Some("Basic a token that nobody guesses"), 401),
        (Some(right.as_str()), 200),
    ] {
        // Behind a proxy it goes by another name.
        let mut headers = vec![("Host", "brag.example"), ("Origin", "https://brag.example")];
        headers.extend(value.map(|value| ("Authorization", value)));
        let reply = served.ask("GET", "/v1/show/policies", &headers, "");
        assert_eq!(reply.status, status, "{value:?}: {}", reply.whole());
        assert_eq!(reply.header("www-authenticate").is_some(), status == 401);
    }
    let foreign = served.ask("GET", "/v1/health", &[("Authorization", &right), ("Origin", "http://evil.example")], "");
    assert_eq!(foreign.status, 403);
}

#[test]
fn what_is_too_much_is_refused_and_the_server_goes_on() {
    let served = Served::new();
    let large = served.ask("POST", "/v1/assess", &[("Content-Type", JSON)], &" ".repeat((16 << 20) + 1));
    assert_eq!((large.status, large.json()["code"].as_str()), (413, Some("too_large")));
    let many: Vec<(String, String)> = (0..1000).map(|at| (format!("X-{at}"), "y".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(served.ask("GET", "/v1/health", &many, "").status, 431);
    assert_eq!(served.ask("GET", "/v1/health", &[("X", &"y".repeat(1 << 20))], "").status, 431);
    for garbage in ["\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n"] {
        let mut stream = served.connect();
        stream.write_all(garbage.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/1.1 2"), "{garbage:?}: {}", String::from_utf8_lossy(&answer));
    }
    let deep = "{\"a\": ".repeat(50_000);
    assert_eq!(served.post("/v1/assess", JSON, &deep).status, 422);
    assert_eq!(served.get("/v1/health").status, 200);
}

#[test]
fn a_client_that_goes_away_or_dawdles_keeps_nobody_waiting() {
    let served = Served::new();
    let head = |length: usize| {
        format!(
            "POST /v1/assess HTTP/1.1\r\nHost: {}\r\nContent-Type: {LINES}\r\nContent-Length: {length}\r\n\r\n",
            served.address
        )
    };
    let book = book(300);
    // As many as may be at work, and more: some that say nothing, some that stop within a body, some that never read.
    let mut idle = Vec::new();
    for at in 0..40 {
        let mut stream = served.connect();
        match at % 4 {
            0 => {}
            1 => stream.write_all(b"POST /v1/assess HTTP/1.1\r\nHost: ").unwrap(),
            2 => {
                stream.write_all(format!("{}{}", head(book.len()), &book[..5_000]).as_bytes()).unwrap();
                // Gone without a word.
                continue;
            }
            _ => stream.write_all(format!("{}{book}", head(book.len())).as_bytes()).unwrap(),
        }
        idle.push(stream);
    }
    let reply = served.post("/v1/assess", JSON, CASE);
    assert_eq!(reply.body, by_hand("assess - --format json", CASE));
    drop(idle);
    assert_eq!(served.get("/v1/health").status, 200);
}

#[test]
fn lines_are_answered_as_they_come() {
    let served = Served::new();
    let mut stream = served.connect();
    let line = format!("{CASE}\n");
    stream
        .write_all(format!("POST /v1/assess HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {LINES}\r\nTransfer-Encoding: chunked\r\n\r\n", served.address).as_bytes())
        .unwrap();
    let send = |stream: &mut std::net::TcpStream, text: &str| {
        stream.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).unwrap();
    };
    send(&mut stream, &line);
    send(&mut stream, &line);
    let mut first = vec![0; 4096];
    let got = stream.read(&mut first).unwrap();
    assert!(String::from_utf8_lossy(&first[..got]).starts_with("HTTP/1.1 200"), "nothing came before the end");
    send(&mut stream, &line);
    stream.write_all(b"0\r\n\r\n").unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    let all = String::from_utf8([&first[..got], &rest].concat()).unwrap();
    assert_eq!(all.matches("\"crn\":\"X320741\"").count(), 3, "{all}");
}

#[test]
fn thirty_two_clients_at_once_all_get_their_answer() {
    let served = Arc::new(Served::new());
    let expected = Arc::new(by_hand("assess - --format json", CASE));
    let clients: Vec<_> = (0..32)
        .map(|_| {
            let (served, expected) = (Arc::clone(&served), Arc::clone(&expected));
            thread::spawn(move || {
                for _ in 0..5 {
                    let reply = served.post("/v1/assess", JSON, CASE);
                    assert_eq!((reply.status, &reply.body), (200, &*expected));
                }
            })
        })
        .collect();
    for client in clients {
        client.join().unwrap();
    }
    let metrics = served.get("/v1/metrics").body;
    assert!(
        metrics.contains("brag_request_duration_seconds_count{route=\"/v1/assess\",status=\"200\"} 160\n"),
        "{metrics}"
    );
    assert!(metrics.contains("\nbrag_requests_in_flight 1\n"), "{metrics}");
}

#[test]
#[cfg(unix)]
fn a_server_that_is_told_to_end_answers_what_it_has_in_hand() {
    let served = Served::new();
    let mut stream = served.connect();
    let address = served.address;
    let head = format!(
        "POST /v1/assess HTTP/1.1\r\nHost: {address}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
        CASE.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // What it has in hand is a request of which it knows.
    while !served.get("/v1/metrics").body.contains("brag_requests_in_flight 2") {
        thread::sleep(Duration::from_millis(10));
    }
    let ending = thread::spawn(move || served.end());
    while std::net::TcpStream::connect(address).is_ok() {
        thread::sleep(Duration::from_millis(10));
    }
    stream.write_all(CASE.as_bytes()).unwrap();
    let answer = reply(&mut stream);
    assert_eq!((answer.status, answer.body), (200, by_hand("assess - --format json", CASE)));
    let ran = ending.join().unwrap();
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let line = ran.stderr.lines().last().unwrap();
    assert!(line.starts_with("POST /v1/assess 200 ") && line.ends_with(" ms"), "{line}");
}

#[test]
#[cfg(unix)]
fn the_log_says_nothing_of_a_person() {
    let served = Served::new();
    served.post("/v1/explain?crn=X320741", JSON, CASE);
    served.post("/v1/assess", JSON, &CASE.replace("true", "\"X320741 at home\""));
    served.get("/v1/X320741");
    let ran = served.end();
    assert!(!ran.whole().contains("X320741") && ran.stderr.lines().count() == 3, "{}", ran.whole());
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
    assert_eq!(options, 4);
}
