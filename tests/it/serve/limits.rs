//! Too much, too slow, cut off, too many at once, and the end: whatever others send, everybody gets their answer, and nobody takes a part of
//! one for the whole.

use super::{
    CASE, JSON, LINES, by_hand,
    served::{Served, read_until, reply, send},
};
use crate::{compare::book, program::root};
use brag::{
    calendar::WorkingDays,
    error::Exit,
    serve::{Ran, Server, Verbs, as_of::AsOf, book::Book, workbench::Workbench},
};
use serde_json::json;
use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};
use tokio::sync::watch;

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
fn before_http_1_1_there_are_no_answers_in_parts() {
    let served = Served::new();
    let ask = |kind: &str, body: &str| {
        let mut stream = served.connect();
        let head = format!(
            "POST /v1/assess HTTP/1.0\r\nHost: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            served.address,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let refused = ask(LINES, &book(3));
    assert!(refused.starts_with("HTTP/1.0 505 "), "{refused}");
    assert!(refused.contains("nginx: `proxy_http_version 1.1`"), "{refused}");
    let list = format!("[{}]", book(3).trim_end().replace('\n', ","));
    let whole = ask(JSON, &list).to_lowercase();
    assert!(
        whole.starts_with("http/1.0 200 ") && whole.contains("content-length:") && whole.contains("brag-exit-code: 0"),
        "{whole}"
    );
}

#[test]
fn a_policy_is_named_once() {
    let served = Served::new();
    let twice = served.get("/v1/check?policy=bgsw&policy=hmpps-tier-v3");
    assert_eq!((twice.status, twice.json()["detail"].as_str()), (400, Some("`policy` is given more than once")));
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

/// More than there are places: the oldest of those that have asked for nothing goes, and who asks is answered at once.
#[test]
fn however_many_say_nothing_nobody_waits() {
    let served = Served::new();
    let mut silent: Vec<TcpStream> = (0..512).map(|_| served.connect()).collect();
    for _ in 0..3 {
        assert_eq!(served.get("/v1/health").status, 200);
    }
    silent[0].set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    assert_eq!(silent[0].read(&mut [0]).unwrap(), 0, "the oldest is closed");
    let last = silent.last_mut().unwrap();
    let asked = format!("GET /v1/health HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address);
    last.write_all(asked.as_bytes()).unwrap();
    assert_eq!(reply(last).status, 200, "and not the youngest");
}

#[test]
fn a_list_of_entries_that_are_no_cases_takes_no_memory_to_speak_of() {
    let served = Served::new();
    let list = format!("[{}{{}}]", "{},".repeat(200_000));
    let due = served.post("/v1/due", JSON, &list);
    assert_eq!((due.status, due.header("brag-exit-code")), (200, Some("3")), "{}", &due.body[..500]);
    #[cfg(target_os = "linux")]
    assert!(served.most_memory() < 400, "{} MB", served.most_memory());
}

#[test]
fn who_leaves_before_the_first_word_of_an_answer_holds_no_place() {
    let served = Served::new();
    let many = format!("[{}]", book(4000).lines().collect::<Vec<_>>().join(","));
    let head = format!(
        "POST /v1/caseload HTTP/1.1\r\nHost: {}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
        served.address,
        many.len()
    );
    // As many as there are places for large documents, each of them at work.
    let gone: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = served.connect();
            stream.write_all(format!("{head}{many}").as_bytes()).unwrap();
            stream
        })
        .collect();
    thread::sleep(Duration::from_secs(1));
    drop(gone);
    // One more waits half a minute for such a place; they would hold theirs for longer.
    let reply = served.post("/v1/assess", JSON, &format!("{CASE}{}", " ".repeat(300_000)));
    assert_eq!((reply.status, reply.body), (200, by_hand("assess - --format json", CASE)));
}

/// Verbs that nobody asks for.
struct NoVerbs;

impl Verbs for NoVerbs {
    fn run(&self, _: &[String], _: Box<dyn Read + Send>, _: Box<dyn Write + Send>) -> Ran {
        Ran::of(Exit::Done)
    }

    fn command(&self) -> clap::Command {
        clap::Command::new("brag")
    }

    fn policy(&self, _: Option<&str>) -> String {
        String::new()
    }
}

#[test]
fn an_answer_of_the_workbench_that_takes_too_long_is_given_up() {
    let longest = Duration::from_millis(1);
    let book = Book::new("nobody".to_owned(), Vec::new(), 0);
    let bench = Workbench {
        root: None,
        name: "bgsw".to_owned(),
        days: WorkingDays::shipped(),
        as_of: Box::new(|| Ok(AsOf { on: None, law: None, today: Ok(brag_made_up::DATE) })),
        book,
        longest,
    };
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), Arc::new(NoVerbs), None).unwrap().with(Some(bench));
    let address = server.address().unwrap();
    let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let (stop, stopped) = watch::channel(false);
    let runs = thread::spawn(move || server.run(stopped, Box::new(|_| {})));
    let ask = |method: &str, path: &str, body: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: {JSON}\r\nContent-Length: {}",
            body.len()
        );
        stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
        reply(&mut stream)
    };
    let [rules, parameters] = ["policy.rhai", "parameters.yaml"]
        .map(|file| fs::read_to_string(root().join("policies/bgsw").join(file)).unwrap());
    let edit = json!({ "rules": rules, "parameters": parameters }).to_string();
    for about in ["check", "mutants"] {
        let answer = ask("POST", &format!("/v1/workbench/{about}"), &edit);
        assert_eq!(
            (answer.status, answer.json()),
            (
                503,
                json!({
                    "type": "urn:brag:problem:too_long", "title": "Service Unavailable", "status": 503, "code": "too_long",
                    "detail": "this takes more than 0.001 seconds",
                    "help": "try it over fewer cases, or with the command line",
                })
            )
        );
    }
    assert_eq!(ask("GET", "/v1/health", "").status, 200);
    stop.send(true).unwrap();
    // The work that was given up keeps nobody from the end.
    runs.join().unwrap().unwrap();
}

#[test]
fn each_line_is_answered_before_the_next_is_sent() {
    let served = Served::new();
    let mut stream = served.begin("/v1/assess", LINES);
    let mut got = String::new();
    for at in 0..3 {
        send(&mut stream, &format!("{}\n", CASE.replace("X320741", &format!("X{at}"))));
        read_until(&mut stream, &mut got, &format!("\"crn\":\"X{at}\""));
    }
    let metrics = served.get("/v1/metrics").body;
    assert!(!metrics.contains("route=\"/v1/assess\""), "it is counted before its end: {metrics}");
    send(&mut stream, "{\"crn\": 7}\n");
    stream.write_all(b"0\r\n\r\n").unwrap();
    read_until(&mut stream, &mut got, "\r\n0\r\nbrag-exit-code: 3\r\n\r\n");
    assert!(got.starts_with("HTTP/1.1 200") && got.contains("\r\ntrailer: brag-exit-code, brag-warning\r\n"), "{got}");
    let metrics = served.get("/v1/metrics").body;
    assert!(metrics.contains("_count{route=\"/v1/assess\",status=\"200\"} 1\n"), "{metrics}");
}

#[test]
fn a_part_of_a_body_has_no_answer_that_is_taken_for_whole() {
    let served = Served::new();
    let (book, table) = (book(40), "crn,assessed_on,iom\nX1,2019-05-20,true\nX2,2019-05-20,false\n".to_owned());
    for (path, kind, body) in [
        ("/v1/assess", LINES, &book),
        ("/v1/assess?format=csv", LINES, &book),
        ("/v1/assess?format=json", LINES, &book),
        ("/v1/assess", "text/csv", &table),
        ("/v1/due", LINES, &book),
        ("/v1/caseload", LINES, &book),
        ("/v1/caseload?format=html", LINES, &book),
        ("/v1/compare?set=uplift_needs%3D4", LINES, &book),
        ("/v1/explain?crn=A000003", LINES, &book),
        ("/v1/assess", JSON, &CASE.to_owned()),
    ] {
        // At the end of a line, where nothing shows that more was to come.
        let mut stream = served.begin(path, kind);
        send(&mut stream, body);
        stream.shutdown(Shutdown::Write).unwrap();
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        let got = String::from_utf8_lossy(&got);
        let is_refused = got.is_empty() || got.starts_with("HTTP/1.1 400") && got.contains("\"cut_off\"");
        let breaks_off = got.contains("\r\ntransfer-encoding: chunked\r\n") && !got.contains("\r\n0\r\n");
        assert!(is_refused || breaks_off, "{path}: {got}");
    }
    assert_eq!(served.post("/v1/assess", JSON, CASE).status, 200);
}

#[test]
fn who_sends_a_byte_now_and_then_keeps_nobody_waiting_and_is_given_up() {
    let served = Served::new();
    let at_once = thread::available_parallelism().unwrap().get().max(2) * 4;
    let mut slow: Vec<TcpStream> = (0..at_once + 4).map(|_| served.begin("/v1/assess", LINES)).collect();
    for stream in &mut slow {
        send(stream, " ");
    }
    let go_on: Vec<TcpStream> = slow.iter().map(|stream| stream.try_clone().unwrap()).collect();
    let dribbling = thread::spawn(move || {
        for mut stream in go_on.iter().cycle() {
            if stream.write_all(b"1\r\n \r\n").is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
    });
    let reply = served.post("/v1/assess", JSON, CASE);
    assert_eq!((reply.status, reply.body), (200, by_hand("assess - --format json", CASE)));
    assert_eq!(served.get("/v1/workbench").status, 200);
    // However long they go on, they have an end.
    dribbling.join().unwrap();
    assert_eq!(served.post("/v1/assess", LINES, &format!("{CASE}\n")).status, 200);
}

#[test]
#[cfg(target_os = "linux")]
fn however_many_large_documents_come_at_once_memory_is_bounded() {
    let served = Served::new();
    let (length, blanks) = (16 << 20, " ".repeat((16 << 20) - 10));
    let mut open: Vec<TcpStream> = (0..30).map(|_| served.connect()).collect();
    thread::scope(|scope| {
        for stream in &mut open {
            let (blanks, address) = (&blanks, served.address);
            scope.spawn(move || {
                // Who gets no place is not read any further.
                stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
                let head = format!("POST /v1/assess HTTP/1.1\r\nHost: {address}\r\nContent-Type: {JSON}\r\nContent-Length: {length}\r\n\r\n");
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(blanks.as_bytes()));
            });
        }
    });
    let reply = served.post("/v1/assess", JSON, CASE);
    assert_eq!((reply.status, reply.body), (200, by_hand("assess - --format json", CASE)));
    assert!(served.most_memory() < 320, "{} MB", served.most_memory());
}

#[test]
#[cfg(unix)]
fn a_server_that_is_full_ends_when_it_is_told_to() {
    let served = Served::new();
    let mut open: Vec<TcpStream> = (0..514).map(|_| served.connect()).collect();
    let head = format!(
        "POST /v1/assess HTTP/1.1\r\nHost: {}\r\nContent-Type: {JSON}\r\nContent-Length: 9\r\n\r\n ",
        served.address
    );
    for stream in &mut open {
        stream.write_all(head.as_bytes()).unwrap();
    }
    let ran = served.end();
    assert_eq!(ran.code, 0, "{}", ran.whole());
    // It did not wait for them to be given up one after the other: that would have been said to each of them.
    for mut stream in open {
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        assert!(got.is_empty(), "{}", String::from_utf8_lossy(&got));
    }
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
