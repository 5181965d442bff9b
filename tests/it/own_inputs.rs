//! A value of a policy's own input is one that the policy takes, or is refused: one that counted as not known would say nothing of why.

use crate::program::{Program, Ran, snapshot};

const RULES: &str = "const TIERS = [\"Low\", \"High\"];\n\n/// Housed badly.\nfn housing(person) { at_least(if person.local.housing == \"none\" || person.local.moves > 3 { \"High\" } else { \"Low\" }) }\n";
const NUMBERS: &str = "local:\n  housing: { type: word, words: [own, none], description: where somebody lives }\n  moves: { type: whole, min: 0, max: 50, description: how often somebody moved }\n";

fn program(name: &str, text: &str) -> Program {
    let more = Program::new().rules(RULES).file("policies/trial/parameters.yaml", NUMBERS);
    // Under this one it is a text, and nothing is asked of it.
    let other = "local:\n  housing: { type: text, description: an address }\n";
    let rules = "const TIERS = [\"Low\"];\n\n/// All.\nfn all(person) { at_least(\"Low\") }\n";
    let more = more.file("policies/other/policy.rhai", rules).file("policies/other/parameters.yaml", other);
    more.file(name, text)
}

fn run(arguments: &str) -> Ran {
    program("c.yaml", "crn: X1\nassessed_on: 2026-06-15\nlocal:\n  moves: 51\n  housing: nnoe\n").run(arguments)
}

#[test]
fn a_value_that_an_own_input_does_not_take_is_refused_by_every_verb() {
    for verb in ["assess", "due", "caseload", "explain", "diff c.yaml"] {
        let ran = run(&format!("{verb} c.yaml --policy trial"));
        assert_eq!(ran.code, 3, "{verb}: {}", ran.whole());
        assert!(ran.stderr.contains("local.moves") && ran.stderr.contains("local.housing"), "{verb}: {}", ran.whole());
        assert!(!ran.whole().contains("nnoe"), "{verb}: {}", ran.whole());
    }
    snapshot("own-inputs-yaml", &run("assess c.yaml --policy trial").whole());
    let table =
        "crn,assessed_on,local.housing,local.moves\nX1,2026-06-15,own,2\nX2,2026-06-15,one,2\nX3,2026-06-15,own,-1\n";
    let ran = program("book.csv", table).run("assess book.csv --policy trial --format csv");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    snapshot("own-inputs-csv", &ran.whole());
    // Of two policies one takes it.
    assert_eq!(run("compare other trial c.yaml").code, 3);
    let program = program("c.yaml", "crn: X1\nassessed_on: 2026-06-15\nlocal: { moves: 4, housing: a boat }\n");
    let ran = program.run("compare other trial c.yaml");
    assert!(
        ran.code == 3 && ran.stderr.contains("case X1: `local.housing`: not one of the words known here"),
        "{}",
        ran.whole()
    );
    assert_eq!(program.run("assess c.yaml --policy other").code, 0);
    assert_eq!(program.run("assess c.yaml --policy trial").code, 3);
}

#[test]
fn what_to_write_instead_is_said() {
    for (given, help) in [
        ("housing: nnoe", "did you mean `none`?"),
        ("housing: a boat", "known here: `own` `none`"),
        ("housing: n/k", "where nothing is known, leave it out: no such line, or an empty cell"),
        ("moves: 3%", "write the number alone, without `%`"),
        ("moves: \"3\"", "write the digits alone, without quotes, blanks or zeros before them"),
    ] {
        let case = format!("crn: X1\nassessed_on: 2026-06-15\nlocal: {{ {given} }}\n");
        let ran = program("c.yaml", &case).run("assess c.yaml --policy trial --color never");
        assert_eq!(ran.code, 3, "{given}: {}", ran.whole());
        assert!(ran.stderr.contains(&format!("help: {help}\n")), "{given}: {}", ran.whole());
    }
}

#[test]
fn a_worked_case_with_such_a_value_fails() {
    let case = "crn: X1\nassessed_on: 2026-06-15\nlocal: { moves: 51, housing: own }\nexpect: { tier: High }\n";
    let ran = program("policies/trial/cases/w.yaml", case).run("test trial");
    assert_ne!(ran.code, 0, "{}", ran.whole());
    assert!(ran.whole().contains("a whole number from 0 to 50"), "{}", ran.whole());
}

#[test]
fn what_the_policy_takes_and_what_it_does_not_know_are_left_as_they_are() {
    let text = "crn: X1\nassessed_on: 2026-06-15\nlocal: { moves: 4, housing: own, pets: 3 }\n";
    let ran = program("c.yaml", text).run("assess c.yaml --policy trial --format csv");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.stdout.contains("X1,2026-06-15,High,High,false"), "{}", ran.whole());
}
