//! Nobody asks from elsewhere, or without the token; and what is said of a request says nothing of a person.

use super::{
    CASE, JSON, LINES,
    served::{Served, read_until, send},
};
use crate::program::Program;
use std::{thread, time::Duration};

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
#[cfg(unix)]
fn the_log_says_nothing_of_a_person() {
    let served = Served::new();
    served.post("/v1/explain?crn=X320741", JSON, CASE);
    served.post("/v1/assess", JSON, &CASE.replace("true", "\"X320741 at home\""));
    served.get("/v1/X320741");
    served.ask("X320741", "/v1/assess", &[], "");
    let ran = served.end();
    assert!(!ran.whole().contains("X320741") && ran.stderr.lines().count() == 4, "{}", ran.whole());
    assert!(ran.stderr.lines().last().unwrap().starts_with("OTHER /v1/assess 405 "), "{}", ran.whole());
}

#[test]
#[cfg(unix)]
fn a_request_whose_client_goes_away_is_counted_and_has_its_line() {
    let served = Served::new();
    let mut stream = served.begin("/v1/assess", LINES);
    send(&mut stream, &format!("{CASE}\n"));
    read_until(&mut stream, &mut String::new(), "X320741");
    drop(stream);
    while !served.get("/v1/metrics").body.contains("_count{route=\"/v1/assess\",status=\"499\"} 1\n") {
        thread::sleep(Duration::from_millis(10));
    }
    let ran = served.end();
    let lines = ran.stderr.lines().filter(|line| line.starts_with("POST /v1/assess 499 ")).count();
    assert_eq!(lines, 1, "{}", ran.whole());
}

#[test]
fn a_token_that_no_header_can_bring_and_options_without_effect_are_refused() {
    let program = || {
        Program::new().file("lines", "a token of\ntwo lines of it\n").file("words", "слово, которого никто не знает\n")
    };
    for token in ["lines", "words"] {
        let ran = program().run(&format!("serve --port 0 --token-file {token}"));
        assert_eq!((ran.code, ran.stderr.contains("a token is one line of ASCII")), (3, true), "{}", ran.whole());
    }
    let ran = program().run("serve --port 0 --show-values");
    assert_eq!((ran.code, ran.stderr.contains("--show-values")), (2, true), "{}", ran.whole());
    let of_cases =
        ["strict", "map tiers", "table a=b", "input-format csv", "delimiter ;", "max-errors 3", "duplicates last"];
    for option in of_cases {
        let ran = program().run(&format!("serve --port 0 --{option}"));
        let wanted = "the following required arguments were not provided:\n  --book <FILE>...\n\nUsage: ";
        let name = option.split(' ').next().unwrap();
        let said = ran.stderr.contains(wanted) && ran.stderr.contains(&format!("--{name}"));
        assert!(ran.code == 2 && said, "{option}: {}", ran.whole());
    }
}
