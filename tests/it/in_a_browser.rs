//! Pages of HTML in a real browser, where there is one: `.ci/browser` installs what it takes and sets `BRAG_BROWSER`.

use crate::{
    compare::book,
    program::{Program, root},
};
use serde_json::{Value, json};
use std::{env, process::Command};

/// Opens the page that a run writes as `page.html`, and gives what was found: no error, nothing asked for from elsewhere, nothing that
/// axe-core finds, nothing wider than the screen or the paper. Nothing where there is no browser.
fn looked_at(program: &Program, arguments: &str) -> Option<Value> {
    let Some(packages) = env::var_os("BRAG_BROWSER") else {
        println!("not looked at: .ci/browser does");
        return None;
    };
    let page = program.run(&format!("{arguments} --format html -o page.html"));
    assert_eq!(page.code, 0, "{}", page.whole());
    let mut node = Command::new("node");
    node.arg(root().join("tests/browser/look.mjs")).arg(packages).arg(program.folder().join("page.html"));
    if let Some(pictures) = env::var_os("BRAG_PICTURES") {
        node.arg(pictures);
    }
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
