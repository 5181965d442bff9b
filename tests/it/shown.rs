//! What reaches a terminal, a page or a spreadsheet: text from cases, policies and file names is shown, and never obeyed.

use crate::program::{Program, Ran};

/// Everything that a terminal would obey or an eye not see, a heading, a tag, a link, an image, cells, and a formula.
const HOSTILE: &str = "\\x1b[31mRED\\x1b]0;title\\x07 \\u009b31m\\r\\u202eevil\\u2066 \\u2028x\\u200b \\uffff<script>x</script> \
    [a](http://b.example) ![i](c) | cell\\n# forged\\n  forged";
const CASE: &str = "crn: X1\nassessed_on: 2019-05-20\nsentence: { type: community_order, starts_on: 2019-01-01 }\n\
    supervision: { office: \"-1-1(2)\", officer: { id: \"-2-3\", grade: pso } }\n\
    ratings: [{ date: 2019-05-01, tier: Low, trigger: initial, by: cm }]\n\
    acknowledged: [{ code: a, by: ab, reason: \"<script>alert(1)</script> \\u202e\", date: 2019-05-02 }]\n";
const BAD: &str = "crn: X2\nsex: nope # \u{202e} \u{1b}[31m\n";
const BAD_NAMES: [&str; 2] = ["\u{1b}[31mred\n# forged\u{202e}.yaml", "=HYPERLINK(1).yaml"];

fn program() -> Program {
    let rules = format!(
        "//! {}\nconst TIERS = [\"=1+1|cmd <b>\", \"Low\"];\n/// Text <script>y</script> \u{202e} [l](m) | # x\n\
         /// @cite {}\nfn base(person) {{ at_least(\"=1+1|cmd <b>\") }}\n\
         /// Another.\nfn other(person) {{ [flag(\"a\", \"{HOSTILE}\"), provisional(\"{HOSTILE}\")] }}\n",
        "# About <i>\u{9b}", "<a href=x>\u{1b}[2J\u{7}"
    );
    let program = Program::new().rules(&rules).file("case.yaml", CASE).file("policies/trial/cases/w.yaml", CASE);
    BAD_NAMES.iter().fold(program, |program, name| program.file(name, BAD))
}

/// Takes away the colours that the program itself gives.
fn without_colors(text: &str) -> String {
    assert!(!text.contains("\u{1b}[31mRED") && !text.contains("\u{1b}[31mred"), "{text}");
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let end = part.find(|letter: char| !(letter.is_ascii_digit() || letter == ';')).unwrap_or(part.len());
        assert_eq!(&part[end..=end], "m", "{part:?}");
        plain.push_str(&part[end + 1..]);
    }
    plain
}

fn is_harmless(text: &str, what: &str) {
    let hidden = |letter: &char| {
        (letter.is_control() && *letter != '\n')
            || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{ffff}')
    };
    assert_eq!(text.chars().find(hidden), None, "{what}:\n{text}");
    let forged = |line: &&str| line.trim_start().starts_with("# forged") || *line == "  forged";
    assert_eq!(text.lines().find(forged), None, "{what}:\n{text}");
}

fn both(ran: &Ran) -> [&str; 2] {
    [&ran.stdout, &ran.stderr]
}

#[test]
fn nothing_is_obeyed_in_any_format() {
    let program = program();
    for line in [
        "assess --format text",
        "assess --format table",
        "assess --format md",
        "assess --format json",
        "assess --format jsonl",
        "assess --format yaml",
        "assess --format csv",
        "due --on 2019-06-20 --format text",
        "due --on 2019-06-20 --format md",
        "due --on 2019-06-20 --format csv",
        "due --on 2019-06-20 --format jsonl",
        "caseload --format text",
        "assess --summary",
    ] {
        for color in ["always", "never"] {
            let mut arguments: Vec<&str> = line.split(' ').collect();
            arguments.extend(["--policy", "trial", "--color", color, "case.yaml"]);
            arguments.extend(BAD_NAMES);
            for text in both(&program.run_with(&arguments)) {
                let plain = if color == "always" { without_colors(text) } else { text.to_owned() };
                is_harmless(&plain, &arguments.join(" "));
            }
        }
    }
    for line in [
        "explain case.yaml",
        "explain case.yaml --format md",
        "explain case.yaml --format json",
        "show rules",
        "show rules --format md",
        "show rules --format html",
        "show params --format md",
        "show timeline",
        "show policies --format md",
        "test trial --update no",
        "test trial --update no --format junit",
        "test trial --update no --format json",
        "test trial --update no --coverage=html",
        "test trial --update no --coverage=lcov",
        "test trial --update no --coverage",
        "test trial --update new",
        "review",
        "review --list",
    ] {
        let line = if line.starts_with("test") || line.starts_with("review") {
            line.to_owned()
        } else {
            format!("{line} --policy trial")
        };
        for text in both(&program.run(&line)) {
            is_harmless(text, &line);
        }
    }
}

/// The page for a record is text, whatever the texts in it.
#[test]
fn markdown_holds_no_markup_of_others() {
    let program = program();
    for line in
        ["assess case.yaml", "explain case.yaml", "show rules", "due case.yaml --on 2019-06-20", "show policies"]
    {
        let page = program.run(&format!("{line} --policy trial --format md")).stdout;
        // What stands in code is not obeyed; what is escaped neither.
        let outside: String = page.lines().map(|line| line.split('`').step_by(2).collect::<String>() + "\n").collect();
        for markup in ["<script", "<b>", "<i>", "<a ", "](", "!["] {
            let escaped = outside.replace("\\]", "").replace("\\[", "");
            assert!(!escaped.contains(markup), "{line}: {markup}\n{page}");
        }
        let bars: Vec<usize> = page
            .lines()
            .filter(|line| line.starts_with('|'))
            .map(|line| line.replace("\\|", "").matches('|').count())
            .collect();
        assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{line}\n{page}");
    }
}

/// In a page of HTML neither, and what is opened there is closed in turn.
#[test]
fn html_holds_no_markup_of_others() {
    let law = "\n/// A law <b>of</b> `<i>`\nfn law_none(person, tier) { true }\n";
    let program = program().file("policies/other/policy.rhai", &(LAWFUL.to_owned() + law));
    for line in [
        "show rules --policy trial",
        "show params --policy trial",
        "show policies --policy trial",
        "show inputs --policy trial",
        "show words",
        "show rules --policy other",
        "verify other",
    ] {
        let page = program.run(&format!("{line} --format html")).stdout;
        assert!(page.contains("<title>") && !page.contains("<title></title>"), "{line}\n{page}");
        let (_, body) = page.split_once("<body>").unwrap_or_else(|| panic!("{line}\n{page}"));
        let mut open = vec!["body"];
        for tag in body.split('<').skip(1).map(|part| part.split_once('>').unwrap().0) {
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name).filter(|name| *name != "html"), "{line}\n{page}"),
                None => open.push(tag.split(' ').next().unwrap()),
            }
        }
        assert!(open.is_empty(), "{line}: {open:?}");
        for markup in ["<script", "<b>", "<i>", "<a "] {
            assert!(!body.contains(markup), "{line}: {markup}\n{page}");
        }
        assert!(
            !line.ends_with("rules --policy other")
                || body.contains("A law &lt;b&gt;of&lt;/b&gt; <code>&lt;i&gt;</code>"),
            "{page}"
        );
    }
}

const LAWFUL: &str =
    "//! Other.\n\nconst TIERS = [\"Low\"];\n\n/// Everybody.\nfn everybody(person) {\n    at_least(\"Low\")\n}\n";

#[test]
fn a_spreadsheet_finds_no_formula() {
    let program = program();
    for verb in ["assess", "due"] {
        let mut arguments = vec![verb, "--policy", "trial", "--on", "2019-06-20", "--format", "csv", "case.yaml"];
        arguments.extend(BAD_NAMES);
        let written = program.run_with(&arguments).stdout;
        assert_eq!(written.lines().count(), 4, "{written}");
        let mut cells = csv::Reader::from_reader(written.as_bytes()).into_records().flat_map(|row| {
            let cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
            cells
        });
        let formula =
            cells.find(|cell| cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
        assert_eq!(formula, None, "{written}");
        assert!(written.contains("'=1+1|cmd") && written.contains("'=HYPERLINK"), "{written}");
    }
}

/// Of XML 1.0 a page may hold some characters only.
#[test]
fn junit_is_xml() {
    let thrown = "throw \"H\u{ffff}\u{fffe}\u{b}\u{202e}<&\";";
    for says in ["at_least(\"H<&\")", thrown] {
        let program = Program::new()
            .rules(&format!("const TIERS = [\"Low\", \"H<&\"];\nfn base(person) {{ {says} }}\n"))
            .file("policies/trial/cases/a.yaml", "crn: A1\nassessed_on: 2019-05-20\nexpect: { tier: Low }\n");
        let xml = program.run("test trial --format junit --update no").stdout;
        is_harmless(&xml, "junit");
        assert!(xml.contains("&lt;&amp;"), "{xml}");
    }
}
