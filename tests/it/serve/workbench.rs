//! What the workbench asks: an edit is answered with what the verbs say of the same, and is written only whole, over what was seen.

use super::served::Served;
use crate::{
    compare::book,
    program::{Program, root},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

const JSON: &str = "application/json";

/// A folder of policies to edit: the shipped ones.
pub fn with_policies() -> Program {
    fn copy(program: Program, from: &Path, to: &str) -> Program {
        let mut entries: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries.into_iter().fold(program, |program, path| {
            let to = format!("{to}/{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() { copy(program, &path, &to) } else { program.file(&to, fs::read(&path).unwrap()) }
        })
    }
    copy(Program::new(), &root().join("policies"), "policies")
}

/// The policy as it is written, to be edited.
pub fn edit(served: &Served) -> Value {
    let state = served.get("/v1/workbench").json();
    json!({ "rules": state["rules"], "parameters": state["parameters"] })
}

pub fn changed(edit: &Value, file: &str, before: &str, after: &str) -> Value {
    let text = edit[file].as_str().unwrap();
    assert!(text.contains(before), "{before}");
    let mut edit = edit.clone();
    edit[file] = json!(text.replacen(before, after, 1));
    edit
}

pub const NEEDS: (&str, &str) = ("value: 5, unit: needs", "value: 4, unit: needs");

#[test]
fn an_edit_moves_whom_compare_says() {
    let served = Served::with(with_policies().file("book.jsonl", book(300)), &["--book", "book.jsonl"]);
    let written = edit(&served);
    let ask = |edit: &Value| {
        let reply = served.post("/v1/workbench/compare", JSON, &edit.to_string());
        assert_eq!(reply.status, 200, "{}", reply.whole());
        reply.json()
    };
    assert_eq!(ask(&written)["moved"], 0);
    let edits = [
        changed(&written, "parameters", NEEDS.0, NEEDS.1),
        changed(&written, "rules", "if person.in_custody &&", "if !person.iom &&"),
        // The policies that run with it see something else, though no tier moves.
        changed(&written, "rules", "const WITH = [\"assessment-quality\"];", "const WITH = [];"),
        changed(
            &written,
            "rules",
            "fn custody(person) {",
            "fn custody(person) { if person.oasys.ogrs3 > 90 { 1 / 0; }",
        ),
    ];
    for edit in edits {
        for (file, name) in [("rules", "policy.rhai"), ("parameters", "parameters.yaml")] {
            let path = served.program.folder().join("new/bgsw").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, edit[file].as_str().unwrap()).unwrap();
        }
        for beside in ["assessment-quality", "lib"] {
            for file in fs::read_dir(root().join("policies").join(beside)).unwrap() {
                let path = file.unwrap().path();
                if path.is_file() {
                    let to = served.program.folder().join("new").join(beside);
                    fs::create_dir_all(&to).unwrap();
                    fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
                }
            }
        }
        let mut by_hand = served.program.run("compare policies/bgsw new/bgsw book.jsonl --format json").json();
        // Twice: what is remembered of the policy as it is written is not used up.
        for _ in 0..2 {
            let mut asked = ask(&edit);
            for answer in [&mut asked, &mut by_hand] {
                for side in ["old", "new"] {
                    answer[side]["name"] = json!("");
                }
            }
            assert_eq!(asked, by_hand);
        }
    }
}

#[test]
fn an_edit_is_checked_tested_and_explained_before_it_is_written() {
    let served = Served::with(with_policies().file("book.jsonl", book(20)), &["--book", "book.jsonl"]);
    let written = edit(&served);
    let ask = |what: &str, edit: &Value| served.post(&format!("/v1/workbench/{what}"), JSON, &edit.to_string());
    let needs = changed(&written, "parameters", NEEDS.0, NEEDS.1);
    let checked = ask("check", &needs).json();
    assert_eq!((&checked["runs"], &checked["check"]["findings"]), (&json!(true), &json!([])));
    assert_eq!(checked["difference"][0]["lines"], "");
    let lines = checked["difference"][1]["lines"].as_str().unwrap();
    assert!(lines.contains("\n+     2014-06-01: { value: 4, unit: needs"), "{lines}");
    // Each number has the place of its value.
    let text: Vec<&str> = needs["parameters"].as_str().unwrap().lines().collect();
    let numbers = checked["said"]["numbers"]["parameters"].as_array().unwrap();
    let mut placed = 0;
    for number in numbers {
        if let (Some(line), Some(column), true) =
            (number["line"].as_u64(), number["column"].as_u64(), number["value"].is_i64())
        {
            let rest = &text[line as usize - 1][column as usize - 1..];
            assert!(rest.starts_with(&number["value"].to_string()), "{number}: {rest}");
            placed += 1;
        }
    }
    assert!(placed > 10, "{placed}");
    let tested = ask("test", &needs).json();
    assert!(tested["count"]["unexpected"].as_u64().unwrap() > 0, "{}", tested["count"]);
    assert_eq!(ask("test", &written).json()["count"]["unexpected"], 0);
    let slip = changed(&written, "rules", "person.in_custody", "person.in_custdy");
    let found = &ask("check", &slip).json()["check"]["findings"][0];
    assert_eq!(
        (&found["code"], &found["help"]),
        (&json!("unknown-input"), &json!("did you mean `person.in_custody`?"))
    );
    let refused = ask("compare", &slip);
    assert_eq!((refused.status, &refused.json()["line"]), (422, &found["line"]));
    let mut why = needs.clone();
    why["case"] = json!("crn: X1\nassessed_on: 2019-05-20\niom: true\noasys: { rosh: high }\n");
    let why = ask("explain", &why).json();
    assert_eq!((&why["before"], &why["explanation"]["decision"]["tier"]), (&json!("Red"), &json!("Red")));
    let mut wrong = needs.clone();
    wrong["case"] = json!("crn: X1\noasys: { rohs: high }\n");
    let wrong = ask("explain", &wrong).json();
    assert_eq!((&wrong["path"], &wrong["help"]), (&json!("oasys.rohs"), &json!("did you mean `rosh`?")));
    let mut nobody = needs;
    nobody["crn"] = json!("X9");
    assert_eq!(ask("explain", &nobody).status, 404);
    for (body, status) in [("{", 400), ("{}", 400), ("[]", 400), (r#"{"rules": 1, "parameters": ""}"#, 400)] {
        assert_eq!(served.post("/v1/workbench/check", JSON, body).status, status, "{body}");
    }
    assert_eq!(served.post("/v1/workbench/check", "text/plain", "{}").status, 415);
}

#[test]
fn a_hostile_edit_ends_and_the_server_goes_on() {
    let secret = "fn high(person) { at_least(\"High\") }\n";
    let program = with_policies().file("book.jsonl", book(5)).file("secret.rhai", secret);
    let served = Served::with(program, &["--book", "book.jsonl"]);
    let head = "const TIERS = [\"Low\", \"High\"];\n";
    let edits = [
        format!("{head}fn endless(person) {{ loop {{ }} }}\n"),
        format!("{head}fn deep(person) {{ deeper(person) }}\nprivate fn deeper(person) {{ deeper(person) }}\n"),
        format!("{head}fn large(person) {{ let a = \"x\"; for i in 0..60 {{ a += a; }} }}\n"),
        format!("{head}fn nested(person) {{ {} }}\n", "(".repeat(20_000)),
        format!("{head}import \"../secret\" as other;\nfn high(person) {{ other::high(person) }}\n"),
        format!("{head}fn asks(person) {{ eval(\"1\") }}\n"),
        "x".repeat(2 << 20),
        "\u{0}\u{202e}".to_owned(),
        String::new(),
    ];
    for rules in edits {
        let edit = json!({ "rules": rules, "parameters": "{}" }).to_string();
        for what in ["check", "compare", "test"] {
            let reply = served.post(&format!("/v1/workbench/{what}"), JSON, &edit);
            let start: String = rules.chars().take(80).collect();
            assert!(matches!(reply.status, 200 | 422), "{what}: {start}: {}", reply.whole());
            assert_eq!(
                reply.body.contains("lies outside the policies folder"),
                rules.contains("../secret"),
                "{what}: {}",
                reply.body
            );
        }
    }
    assert_eq!(served.get("/v1/health").status, 200);
}

#[test]
fn a_policy_that_is_built_in_is_tried_over_a_made_up_book_and_not_written() {
    let served = Served::new();
    let state = served.get("/v1/workbench").json();
    assert_eq!((&state["can_be_written"], &state["book"]["cases"]), (&json!(false), &json!(1000)));
    let mut edit = edit(&served);
    edit["before"] = edit.clone();
    let refused = served.post("/v1/workbench/save", JSON, &edit.to_string());
    assert_eq!(refused.status, 409, "{}", refused.whole());
}

#[test]
fn the_slips_that_no_worked_case_notices_are_those_of_the_command_line() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// High from 50.\n/// @cite example\nfn high(person) {\n    if person.oasys.ogrs3 >= 50 { at_least(\"High\") } else { at_least(\"Low\") }\n}\n";
    let case = "crn: X1\nassessed_on: 2019-05-20\noasys: { ogrs3: 60 }\nexpect: { tier: High }\n";
    let program = Program::new().rules(rules).file("policies/trial/cases/a.yaml", case);
    let by_hand: Value = serde_json::from_str(&program.run("test trial --mutants --format json").stdout).unwrap();
    let served = Served::with(program, &["--policy", "policies/trial"]);
    let ask = |edit: &Value| served.post("/v1/workbench/mutants", JSON, &edit.to_string()).json();
    let written = edit(&served);
    assert_eq!(ask(&written), by_hand);
    assert!(by_hand["count"]["survived"].as_u64().unwrap() > 0, "{by_hand}");
    let wrong = ask(&changed(&written, "rules", ">= 50", ">= 70"));
    let said = "worked cases do not come out as they must, which `brag test` tells more of: a";
    assert_eq!(wrong, json!({ "unfit": said }));
}

#[test]
fn the_page_holds_nothing_of_elsewhere() {
    let served = Served::new();
    let page = served.get("/");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let named: Vec<&str> = page.body.split(['"']).filter(|part| part.starts_with("/page/")).collect();
    assert_eq!(named, ["/page/workbench.css", "/page/workbench.mjs"]);
    let mut reached = vec!["workbench.html".to_owned()];
    let mut open: Vec<String> = named.into_iter().map(str::to_owned).collect();
    let mut seen = vec![page.body];
    while let Some(path) = open.pop() {
        let part = served.get(&path);
        assert_eq!(part.status, 200, "{path}");
        reached.push(path.trim_start_matches("/page/").to_owned());
        open.extend(
            part.body.split("from \"./").skip(1).map(|rest| format!("/page/{}", rest.split('"').next().unwrap())),
        );
        seen.push(part.body);
    }
    for text in seen {
        // A name, and no address: what is asked for of elsewhere is seen in a browser.
        let text = text.replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("http:") && !text.contains("https:") && !text.contains("//cdn"), "{text}");
        assert!(!text.contains("innerHTML") && !text.contains("eval("), "{text}");
    }
    reached.sort();
    reached.dedup();
    let mut there: Vec<String> = fs::read_dir(root().join("src/serve/page"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(reached, there);
    assert_eq!(served.get("/page/%ff").json()["status"], 404);
}

#[test]
fn the_bundle_of_the_editor_is_made_of_the_files_beside_its_script() {
    let folder = root().join("packaging/editor");
    let mut sources: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sources.retain(|path| path.extension().is_some_and(|kind| kind == "mjs" || kind == "json"));
    sources.sort();
    let mut digest = Sha256::new();
    for source in sources {
        digest.update(fs::read(source).unwrap());
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let bundle = fs::read_to_string(root().join("src/serve/page/codemirror.mjs")).unwrap();
    let made_of = bundle.lines().next().unwrap();
    assert_eq!(made_of, format!("// Made by packaging/editor/build.mjs of {digest}"), "run packaging/editor/build.mjs");
    let package: Value = serde_json::from_slice(&fs::read(folder.join("package.json")).unwrap()).unwrap();
    for (name, version) in package["dependencies"].as_object().unwrap() {
        let named = format!("{name} {}", version.as_str().unwrap());
        assert!(bundle.contains(&named), "{named} has no licence in the bundle");
    }
}

#[test]
fn the_date_of_the_server_is_that_of_a_case_of_the_form() {
    let served =
        Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl", "--on", "2019-06-03"]);
    let mut asked = edit(&served);
    asked["case"] = json!("crn: X1\nassessed_on: 2019-05-20\niom: true\noasys: { rosh: high }\n");
    let why = served.post("/v1/workbench/explain", JSON, &asked.to_string()).json();
    assert_eq!(why["explanation"]["decision"]["assessed_on"], "2019-06-03");
}

/// A book that was read while the policy could not be run, and a case that is typed in.
#[test]
fn a_case_speaks_of_the_policy_in_the_words_that_the_command_line_takes() {
    let case = "crn: X1\nassessed_on: 2019-05-20\noasys: {completed_on: 2019-05-01, layer: 3, rosh: high, ogrs3: 80, ogp: 50, ovp: 50, rsr: 1}\n\
        override: {tier: \"RED AMBER\", reason: calm, by: A1, date: 2019-05-19, authorised_by: B1}\n";
    let program = with_policies().file("case.yaml", case);
    let by_hand = program.run("explain case.yaml --format json").json()["decision"]["tier"].clone();
    assert_eq!(by_hand, "Red-Amber");
    let path = program.folder().join("policies/bgsw/policy.rhai");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replacen("person.in_custody", "person.in_custdy", 1)).unwrap();
    let served = Served::with(program, &["--book", "case.yaml"]);
    fs::write(&path, good).unwrap();
    let written = edit(&served);
    let ask = |what: &str, name: &str, value: &str| {
        let mut asked = written.clone();
        asked[name] = json!(value);
        served.post(&format!("/v1/workbench/{what}"), JSON, &asked.to_string()).json()
    };
    for why in [ask("explain", "case", case), ask("explain", "crn", "X1")] {
        assert_eq!((&why["explanation"]["decision"]["tier"], &why["before"]), (&by_hand, &by_hand), "{why}");
    }
    let compared = ask("compare", "crn", "X1");
    assert_eq!(compared["matrix"], json!([{ "old": "Red-Amber", "new": "Red-Amber", "cases": 1 }]), "{compared}");
    let wrong = ask("explain", "case", "crn: X1\nratings: [{tier: Purple, date: 2019-01-01}]\n");
    let said = "`ratings[0].tier`: not one of the words known here";
    assert_eq!(
        (&wrong["path"], &wrong["detail"], &wrong["line"]),
        (&json!("ratings[0].tier"), &json!(said), &json!(2))
    );
}

#[test]
fn of_every_move_some_cases_are_named() {
    let served = Served::with(with_policies().file("book.jsonl", book(1500)), &["--book", "book.jsonl"]);
    let edit = changed(&edit(&served), "rules", "if person.in_custody &&", "if !person.iom &&");
    let compared = served.post("/v1/workbench/compare", JSON, &edit.to_string()).json();
    let mut named = std::collections::BTreeMap::new();
    for case in compared["moves"].as_array().unwrap() {
        *named.entry((case["old"].to_string(), case["new"].to_string())).or_insert(0) += 1;
    }
    assert!(named.len() > 1 && named.values().any(|count| *count == 100), "{named:?}");
    assert!(named.values().all(|count| *count <= 100), "{named:?}");
}

#[test]
fn texts_without_a_line_in_common_are_not_shown_line_by_line() {
    let served = Served::with(with_policies().file("book.jsonl", book(5)), &["--book", "book.jsonl"]);
    let mut edit = edit(&served);
    edit["parameters"] = json!("# \n".repeat(300_000));
    let checked = served.post("/v1/workbench/check", JSON, &edit.to_string()).json();
    let lines = checked["difference"][1]["lines"].as_str().unwrap();
    assert!(lines.starts_with("too long to show line by line: "), "{lines}");
    edit["rules"] = json!(format!("{}{}", edit["rules"].as_str().unwrap(), "// \n".repeat(300_000)));
    let checked = served.post("/v1/workbench/check", JSON, &edit.to_string());
    assert_eq!((checked.status, &checked.json()["code"]), (422, &json!("edit")), "{}", checked.whole());
}
