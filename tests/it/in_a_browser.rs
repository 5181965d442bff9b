//! Pages of HTML in a real browser, where there is one: `.ci/browser` installs what it takes and sets `BRAG_BROWSER`.

use crate::{
    compare::book,
    program::{Program, root},
};
use std::{env, process::Command};

#[test]
fn a_comparison_is_readable_in_a_browser() {
    let Some(packages) = env::var_os("BRAG_BROWSER") else {
        println!("not looked at: .ci/browser does");
        return;
    };
    let program = Program::new().file("book.jsonl", book(400));
    let page = program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format html -o page.html");
    assert_eq!(page.code, 0, "{}", page.whole());
    let json = program.run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format json").json();
    let mut node = Command::new("node");
    node.arg(root().join("tests/browser/look.mjs")).arg(packages).arg(program.folder().join("page.html"));
    if let Some(pictures) = env::var_os("BRAG_PICTURES") {
        node.arg(pictures);
    }
    let ran = node.output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let found: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(found["console"], serde_json::json!([]));
    assert_eq!(found["asked"], serde_json::json!([]));
    assert_eq!(found["axe"], serde_json::json!([]));
    for (name, wide) in found["wide"].as_object().unwrap() {
        let screen: u64 = name.split(' ').next_back().unwrap().parse().unwrap();
        assert!(wide.as_u64().unwrap() <= screen, "{name}: {wide}");
    }
    assert!(found["print"]["wide"].as_u64().unwrap() <= 680, "{}", found["print"]);
    assert_eq!(found["print"]["folded"], 0, "{}", found["print"]);
    let text = found["text"].as_str().unwrap();
    assert!(text.contains(&format!("{} of 400 cases move", json["moved"])), "{text}");
}
