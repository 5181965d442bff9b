//! `brag compare --format html`: one page that stands alone.

use crate::{
    compare::book,
    program::{Program, snapshot},
};

/// The elements of a page in order, each with its attributes as they are written; everything must be closed in order.
pub fn elements(page: &str) -> Vec<String> {
    let body = page.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let (mut open, mut all): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for part in body.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(&*name), "{part}");
        } else {
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            all.push(tag.to_owned());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert_eq!(open, Vec::<String>::new());
    all
}

#[test]
fn the_page_stands_alone_and_has_the_numbers() {
    let program = Program::new().file("book.jsonl", book(400));
    let run =
        |format: &str| program.run(&format!("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format {format}"));
    let (page, json) = (run("html").stdout, run("json").json());
    let all = elements(&page);
    let names: Vec<&str> = all.iter().map(|tag| tag.split([' ', '/']).next().unwrap()).collect();
    for name in ["script", "link", "img", "iframe", "object", "embed", "form", "base", "a"] {
        assert!(!names.contains(&name), "{name}");
    }
    for word in ["http:", "https:", "//", "url(", "@import", "src=", "href=", "onload", "style=\""] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
    let moved = json["moved"].as_u64().unwrap();
    assert!(page.contains(&format!("{moved} of 400 cases move")));
    for cell in json["matrix"].as_array().unwrap() {
        let (cases, old, new) = (&cell["cases"], cell["old"].as_str().unwrap(), cell["new"].as_str().unwrap());
        let label = format!("{cases} case{}, ", if *cases == 1 { "" } else { "s" });
        let drawn = all.iter().find(|tag| tag.starts_with("svg ") && tag.contains(&format!(", {old} to {new}\"")));
        assert!(drawn.unwrap().contains(&label), "{drawn:?}");
    }
    for cause in json["causes"].as_array().unwrap() {
        for case in cause["first"].as_array().unwrap() {
            assert!(page.contains(&format!("<th scope=\"row\">{}</th>", case["crn"].as_str().unwrap())));
        }
    }
    snapshot(
        "compare-html",
        &program
            .run("compare bgsw bgsw --set uplift_needs=4 book.jsonl --format html --without assessment-quality")
            .stdout,
    );
}

#[test]
fn the_hash_of_the_style_is_that_of_the_style() {
    use sha2::Digest;
    let page = Program::new().run("compare bgsw bgsw --format html").stdout;
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = page.split("'sha256-").nth(1).unwrap().split('\'').next().unwrap();
    let value = |letter: u8| {
        u32::from(match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            _ => 63,
        })
    };
    let (mut bytes, mut bits, mut many) = (Vec::new(), 0_u32, 0);
    for letter in hash.bytes().filter(|letter| *letter != b'=') {
        bits = (bits << 6) | value(letter);
        many += 6;
        if many >= 8 {
            many -= 8;
            bytes.push((bits >> many) as u8);
            bits &= (1 << many) - 1;
        }
    }
    assert_eq!(hash.len(), 44);
    assert_eq!(bytes, sha2::Sha256::digest(style).to_vec());
}

#[test]
fn what_a_case_or_a_policy_says_is_text_on_the_page() {
    let hostile = "<img src=x onerror=alert(1)>\"'&\u{202e}\u{1b}[31m";
    let rules = |text: &str| {
        format!(
            "const TIERS = [\"Low\", \"<b>High\"];\n\n/// All.\nfn all(person) {{ at_least(\"Low\") }}\n\n/// A score.\nfn score(person) {{\n    // {text}\n    if person.oasys.ogrs3 >= 50 {{ at_least(\"<b>High\") }}\n}}\n\nfn contact(person, tier) {{ if tier == \"Low\" {{ every(1, \"month\", \"office\") }} else {{ every(1, \"week\", \"office\") }} }}\n"
        )
    };
    let case = serde_json::json!({
        "crn": "X320741", "assessed_on": "2019-05-20", "oasys": { "ogrs3": 45 },
        "supervision": { "office": "O'Brien & (A)", "officer": { "id": "A'&/", "grade": "po" } },
    });
    let program = Program::new()
        .file("old/trial/policy.rhai", rules("before"))
        .file(
            "new/trial/policy.rhai",
            rules(&format!("{hostile} </pre></details><script>alert(1)</script>")).replace("50", "40"),
        )
        .file("one.jsonl", format!("{case}\n"));
    let ran = program.run("compare old/trial new/trial one.jsonl --format html");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let all = elements(&ran.stdout);
    assert!(
        !all.iter()
            .any(|tag| tag.starts_with("img") || tag.starts_with("script") || tag.starts_with("b>") || *tag == "b")
    );
    assert!(ran.stdout.contains("&lt;b&gt;High") && ran.stdout.contains("&lt;script&gt;"), "{}", ran.stdout);
    assert!(ran.stdout.contains("O'Brien &amp; (A)"), "{}", ran.stdout);
    assert!(!ran.stdout.contains('\u{202e}') && !ran.stdout.contains('\u{1b}'));
}
