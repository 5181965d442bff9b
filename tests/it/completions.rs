//! What a shell is offered: the words of the command line, and the policies, numbers, rules and references at hand.

use crate::program::Program;

/// What the script of bash is given for the last word, one a line.
fn offered(program: Program, words: &[&str]) -> Vec<String> {
    let last = (words.len() - 1).to_string();
    let variables = [
        ("BRAG_COMPLETE", "bash"),
        ("_CLAP_IFS", "\n"),
        ("_CLAP_COMPLETE_INDEX", &last),
        ("_CLAP_COMPLETE_COMP_TYPE", "9"),
        ("_CLAP_COMPLETE_SPACE", "true"),
    ];
    let program = variables.into_iter().fold(program, |program, (name, value)| program.variable(name, value));
    let ran = program.run_with(&[&["--"], words].concat());
    assert_eq!((ran.code, &*ran.stderr), (0, ""), "{words:?}");
    ran.stdout.lines().map(|line| line.trim().to_owned()).collect()
}

fn with_policy() -> Program {
    Program::new()
        .file(
            "policies/office/policy.rhai",
            "const TIERS = [\"Low\", \"High\"];\n/// Likely.\nfn likely(person) { if person.oasys.ogrs3 >= param::cut_off { at_least(\"High\") } }\n",
        )
        .file(
            "policies/office/parameters.yaml",
            "cut_off:\n  description: From where on.\n  values:\n    2020-01-01: { value: 50, unit: percent, source: assumption }\n",
        )
        .file("book.jsonl", "{\"crn\":\"X000002\"}\n{\"crn\":\"X000001\"}\n{\"crn\":\"Y000001\"}\n")
        .file("broken.yaml", "crn: [")
}

#[test]
fn a_shell_is_offered_what_there_is() {
    for (words, offers) in [
        (&["brag", "asse"][..], &["assess"][..]),
        (&["brag", "assess", "--format", "js"], &["json", "jsonl"]),
        (&["brag", "due", "--format", "ic"], &["ics"]),
        (&["brag", "assess", "--policy", "off"], &["office"]),
        (&["brag", "assess", "--policy", "hmpps"], &["hmpps-tier-v2", "hmpps-tier-v3"]),
        (&["brag", "check", "policies/o"], &["policies/office/"]),
        (&["brag", "assess", "--policy", "office", "book.jsonl", "--set", "c"], &["cut_off="]),
        (&["brag", "show", "params", "--policy=office", "c"], &["cut_off"]),
        (&["brag", "test", "office", "--mutants", "--filter", "l"], &["likely"]),
        (&["brag", "show", "params", "uplift_t"], &["uplift_top"]),
        (&["brag", "show", "inputs", "oasys.og"], &["oasys.ogrs3", "oasys.ogp"]),
        (&["brag", "new", "case", "--set", "oasys.ogr"], &["oasys.ogrs3="]),
        (&["brag", "explain", "book.jsonl", "--crn", "X"], &["X000001", "X000002"]),
        // What cannot be read offers nothing, and says nothing.
        (&["brag", "explain", "broken.yaml", "--crn", ""], &[]),
        (&["brag", "show", "params", "--policy=nowhere", "c"], &[]),
    ] {
        assert_eq!(offered(with_policy(), words), offers, "{words:?}");
    }
}

#[test]
fn there_is_a_script_for_each_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Program::new().run(&format!("completions {shell}"));
        assert!(ran.code == 0 && ran.stdout.contains("BRAG_COMPLETE"), "{shell}: {}", ran.whole());
    }
}
