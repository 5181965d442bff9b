//! Pages of HTML in a real browser, where there is one: `.ci/browser` installs what it takes and sets `BRAG_BROWSER`.

#[cfg(feature = "serve")]
use crate::serve::{served::Served, workbench::with_policies};
use crate::{
    compare::book,
    program::{Program, root},
};
use serde_json::{Value, json};
use std::{
    env,
    ffi::{OsStr, OsString},
    process::Command,
};
#[cfg(feature = "serve")]
use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
};

/// What a walk in a browser found, with pictures where they are asked for: nothing that breaks, is asked of elsewhere, keeps a
/// reader out, or is wider than the screen.
fn walked(script: &str, packages: &OsStr, given: &[OsString]) -> Value {
    let mut node = Command::new("node");
    node.arg(root().join("tests/browser").join(script)).arg(packages).args(given).args(env::var_os("BRAG_PICTURES"));
    let ran = node.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let found: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(found["console"], json!([]));
    assert_eq!(found["asked"], json!([]));
    assert_eq!(found["axe"], json!([]));
    for (name, wide) in found["wide"].as_object().unwrap() {
        let screen: u64 = name.split(' ').next_back().unwrap().parse().unwrap();
        assert!(wide.as_u64().unwrap() <= screen, "{name}: {wide}");
    }
    found
}

/// Where the packages lie that look at pages; nothing where nobody asks for that.
fn packages() -> Option<OsString> {
    let packages = env::var_os("BRAG_BROWSER");
    if packages.is_none() {
        println!("not looked at: .ci/browser does");
    }
    packages
}

/// Opens the page that a run writes as `page.html`, and gives what was found: no error, nothing asked for from elsewhere, nothing that
/// axe-core finds, nothing wider than the screen or the paper. Nothing where there is no browser.
fn looked_at(program: &Program, arguments: &str) -> Option<Value> {
    let packages = packages()?;
    let page = program.run(&format!("{arguments} --format html -o page.html"));
    assert_eq!(page.code, 0, "{}", page.whole());
    let found = walked("look.mjs", &packages, &[program.folder().join("page.html").into_os_string()]);
    assert!(found["print"]["wide"].as_u64().unwrap() <= 680, "{}", found["print"]);
    assert_eq!(found["print"]["folded"], 0, "{}", found["print"]);
    Some(found)
}

#[test]
fn a_comparison_is_readable_in_a_browser() {
    let program = Program::new().file("book.jsonl", book(400));
    let Some(found) = looked_at(&program, "compare bgsw bgsw --set uplift_needs=4 book.jsonl") else { return };
    let json = program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format json").json();
    let text = found["text"].as_str().unwrap();
    assert!(text.contains(&format!("{} of 400 cases move", json["moved"])), "{text}");
}

#[test]
fn a_caseload_is_readable_in_a_browser_and_sorts() {
    let program = Program::new().file("book.jsonl", book(400));
    let Some(found) = looked_at(&program, "caseload book.jsonl --forecast 6") else { return };
    let columns = |name: &str| -> Vec<u64> {
        found[name].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().parse().unwrap()).collect()
    };
    let (down, up) = (columns("sorted_down"), columns("sorted_up"));
    assert!(
        down.len() > 50 && down[0] > down[down.len() - 1] && down.is_sorted_by(|one, next| one >= next),
        "{down:?}"
    );
    assert!(up.is_sorted() && up.len() == down.len(), "{up:?}");
}

/// A server of another origin, with an empty page; it ends with the tests.
#[cfg(feature = "serve")]
fn elsewhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let page = "<!DOCTYPE html><title>elsewhere</title>";
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {}",
                page.len()
            );
            let _ = stream.write_all(format!("{head}\r\n\r\n{page}").as_bytes());
        }
    });
    format!("http://{address}/")
}

#[test]
#[cfg(feature = "serve")]
fn the_workbench_is_walked_through_in_a_browser() {
    let Some(packages) = packages() else { return };
    let served = Served::with(with_policies().file("book.jsonl", book(400)), &["--book", "book.jsonl"]);
    let addresses = [format!("http://{}/", served.address), elsewhere()].map(OsString::from);
    let found = walked("workbench.mjs", &packages, &addresses);
    let steps = &found["steps"];
    let says = |step: &str, words: &str| {
        let said = steps[step].as_str().unwrap();
        assert!(said.contains(words), "{step}: {said}");
    };
    let by_hand = served.program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format json").json();
    // By now it is written.
    assert_eq!(by_hand["moved"], 0);
    says("nothing_moves", "0 of 400 cases move");
    let shipped = Program::new().file("book.jsonl", book(400));
    let by_hand = shipped.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format json").json();
    says("moved", &format!("{} of 400 cases move: {} up, {} down", by_hand["moved"], by_hand["up"], by_hand["down"]));
    says("text_has_it", "2014-06-01: { value: 4, unit: needs");
    says("listed", "by many_needs; which saw");
    says("why", "as it is written:");
    assert_eq!(steps["focus"], "why-head");
    says("slip", "did you mean `person.in_custody`?");
    assert_eq!(steps["waves"], json!(["in_custdy"]));
    says("at_wave", "Write in_custody instead of in_custdy");
    says("offered", "person.oasys.rsr");
    says("hovered", "rsr_high: 6.9 percent since 2014-06-01");
    says("name_input", "person.oasys.rsr: decimal 0-100; Risk of Serious Recidivism");
    says("name_number", "rsr_high: 6.9 percent since 2014-06-01");
    says("name_word", "at_least(tier): ");
    assert_eq!(steps["completed"], true);
    says("no_outcome", "cannot be run yet");
    says("case_iom", "X1: ");
    says("case_very_high", "X1: Red");
    says("difference", "+     2014-06-01: { value: 4, unit: needs");
    assert_eq!((&steps["not_yet"], &steps["saved"]), (&json!(true), &json!(true)));
    says("undone", " cases move");
    let written = fs::read_to_string(served.program.folder().join("policies/bgsw/parameters.yaml")).unwrap();
    let shipped = fs::read_to_string(root().join("policies/bgsw/parameters.yaml")).unwrap();
    let changed: Vec<_> = written.lines().zip(shipped.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    // What another origin gets is nothing that it can read.
    let elsewhere = &found["elsewhere"];
    for way in ["read", "write"] {
        assert_eq!(elsewhere[way], "TypeError", "{elsewhere}");
    }
    for way in ["blind", "form"] {
        assert!(matches!(elsewhere[way].as_str().unwrap(), "TypeError" | "opaque 0 0"), "{elsewhere}");
    }
}

/// What comes of each mishap of `mishaps.mjs`.
#[cfg(feature = "serve")]
fn mishaps() -> Value {
    let line = |sign: char, value: u8, unit: &str| {
        format!("{sign}     2014-06-01: {{ value: {value}, unit: {unit}, source: assumption }}")
    };
    let changes = |before, after, unit: &str| [line('-', before, unit), line('+', after, unit)];
    let [gone, came] = changes(7, 3, "needs");
    let line_18 = "To line 18 of policy.rhai";
    let keys = "The tab key writes blanks; after Escape it leads on. Control and the space bar complete a name, F8 leads to the \
                next mark, Control and F search.";
    json!({
        // The difference that was shown, whether all is written, and the text: what was not shown stays an edit.
        "only what was shown is written": [["+ // one"], false, ["// two", "// one"]],
        // No difference to write before theirs is taken; then what is one's own, alone.
        "somebody else wrote meanwhile": [null, changes(2, 3, "absences"), true],
        "both touch the same line": changes(6, 7, "needs"),
        "the server does not answer": [
            "the server does not answer: Failed to fetch; see whether it still runs", "It is not known who moves.",
            "They have not been run.", null,
        ],
        "a compare that takes its time": ["true", "false"],
        "files of a folder below lib are its own":
            [["in_custdy", "imo"], [line_18, "Write in_custody instead of in_custdy", line_18]],
        "a number whose place has moved": ["+ # a line", "+ # more", gone, came],
        "slips that no worked case would notice": [
            "Of 2 slips 1 would be noticed, 1 would not.", "To line 3 5 made 6, in uplift_needs; iom with oasys.ogrs3: 50 would",
            "parameters", "",
        ],
        "keys of another field": [true, true, false, "Undone."],
        "names at the cursor": [[], true, true],
        "the text of a case and its fields":
            ["2019-05-20", ["", true], ["true", false], "7", ["true", true], true, "{\"crn\": \"X1\"}"],
        "signs in the text of a rule": true,
        "numbers that are odd": [true, null, "0.03", "40", true],
        "a drag is one step": ["9", true],
        "whoever is at a finding stays there":
            [line_18, "BUTTON", keys],
        "an edit that nobody has written": ["beforeunload"],
        "no workbench": ["a policy of a commit cannot be edited; serve a folder", ""],
        "a token": [
            "A token has letters without accents, digits and signs, on one line.", 0,
            "That is not the token of this server.", 0, "bgsw",
        ],
    })
}

#[test]
#[cfg(feature = "serve")]
fn what_goes_wrong_at_the_workbench_loses_nothing_and_is_said() {
    let Some(packages) = packages() else { return };
    let program = with_policies().file("book.jsonl", book(400));
    // Folders called `lib` and by a date above the policies, and lines that end as Windows ends them.
    let policies = program.folder().join("srv/lib/2018-01-31/policies");
    fs::create_dir_all(policies.parent().unwrap()).unwrap();
    fs::rename(program.folder().join("policies"), &policies).unwrap();
    let [rules, numbers] = ["bgsw/policy.rhai", "bgsw/parameters.yaml"].map(|file| policies.join(file));
    let shipped = fs::read_to_string(&numbers).unwrap().replace('\n', "\r\n");
    fs::write(&numbers, &shipped).unwrap();
    let served = Served::with(program, &["--policy", "srv/lib/2018-01-31/policies/bgsw", "--book", "book.jsonl"]);
    let token = "a token that nobody guesses";
    let guarded = Served::with(Program::new().file("token", token), &["--token-file", "token"]);
    let [address, guarded_address] = [&served, &guarded].map(|served| format!("http://{}/", served.address));
    let found = walked("mishaps.mjs", &packages, &[address, guarded_address, token.to_owned()].map(OsString::from));
    assert_eq!(found["steps"], mishaps(), "{:#}", found["steps"]);
    let needs = shipped.replace("value: 5, unit: needs", "value: 7, unit: needs");
    let both = needs.replace("value: 2, unit: absences", "value: 3, unit: absences");
    assert_eq!(fs::read_to_string(&numbers).unwrap(), both);
    let kept = fs::read_to_string(root().join("policies/bgsw/policy.rhai")).unwrap();
    assert_eq!(fs::read_to_string(&rules).unwrap(), format!("// one\n{kept}"));
}

#[test]
#[cfg(feature = "serve")]
fn a_client_that_is_made_of_the_document_works() {
    let Some(packages) = env::var_os("BRAG_BROWSER") else {
        println!("not tried: .ci/browser does");
        return;
    };
    let served = Served::new();
    let mut node = Command::new("node");
    node.arg(root().join("tests/browser/client.mjs")).arg(packages).arg(format!("http://{}/", served.address));
    let ran = node.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let operations = "assess explain due caseload compare check test show schema health metrics";
    assert_eq!(said["operations"], json!(operations.split(' ').collect::<Vec<_>>()));
    assert_eq!((&said["tier"], &said["both"]), (&json!("Red"), &json!(["X320741", "X2"])));
    assert_eq!((&said["rules"], &said["moved"], &said["health"]), (&json!("bgsw"), &json!(1), &json!("ok")));
    assert_eq!(said["refused"], json!([422, "unknown_key", "did you mean `rosh`?"]));
}
