//! `brag new policy` and `brag new rule`: what is written passes as it is, says what is still to be written, and nothing is
//! written over.

use crate::{
    outputs::work::files,
    program::{Program, Ran},
};
use std::fs;

/// Runs in a folder below that of the program.
fn inside(program: &Program, folder: &str, line: &str) -> Ran {
    let arguments: Vec<&str> = line.split(' ').collect();
    let mut command = program.command(&arguments);
    Ran::of(command.current_dir(program.folder().join(folder)).output().unwrap())
}

fn with_policy(tiers: &str) -> Program {
    let program = Program::new();
    let ran = program.run_with(&["new", "policy", "north", "--tiers", tiers]);
    assert_eq!(ran.code, 0, "{}", ran.whole());
    program
}

/// Replaces a text that stands once in a file.
fn edit(program: &Program, file: &str, old: &str, new: &str) {
    let path = program.folder().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    fs::write(path, text.replace(old, new)).unwrap();
}

#[test]
fn a_new_policy_passes_check_and_test_as_it_is() {
    for tiers in ["Low,Medium,High", "Green,Amber,Red-Amber,Red", "0,1", " Tier A , Tier B "] {
        let program = with_policy(tiers);
        let ran = program.run("check north --deny warnings");
        assert_eq!((ran.code, ran.stdout.as_str()), (0, "north: nothing found\n"), "{tiers}");
        let before = files(program.folder());
        let ran = program.run("test north");
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "2 cases: 2 passed\n", ""), "{tiers}");
        assert!(before == files(program.folder()), "the answers were accepted already");
    }
}

#[test]
fn what_is_written_says_what_is_still_to_be_said() {
    let program = Program::new();
    let ran = program.run("new policy north");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    policies/north is written: policy.rhai, parameters.yaml, README.md, and 2 worked cases with their accepted answers
    `brag check` and `brag test` pass there; what is still to be said is marked `write here`
    ");
    let written = files(program.folder());
    let names: Vec<&str> = written.keys().map(|path| path.to_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "policies/north/README.md",
            "policies/north/cases/01-at-the-cut-off.yaml",
            "policies/north/cases/02-just-below.yaml",
            "policies/north/parameters.yaml",
            "policies/north/policy.rhai",
            "policies/north/snapshots/north.parameters.yaml",
            "policies/north/snapshots/north__01-at-the-cut-off.snap",
            "policies/north/snapshots/north__02-just-below.snap",
        ]
    );
    let text = |name: &str| String::from_utf8(written.iter().find(|(path, _)| path.ends_with(name)).unwrap().1.clone());
    for name in ["README.md", "policy.rhai"] {
        let text = text(name).unwrap();
        assert!(text.to_lowercase().contains("write here") && !text.contains("{NAME}"), "{text}");
    }
    assert!(program.run("show params --policy north").stdout.contains("14 of 14 are assumptions"));
}

#[test]
fn its_worked_cases_notice_every_change_of_its_rule() {
    let rules = "policies/north/policy.rhai";
    let numbers = "policies/north/parameters.yaml";
    for (file, old, new) in [
        (rules, "ogrs3 >= param", "ogrs3 > param"),
        (rules, "if person.oasys", "if !(person.oasys"),
        (rules, "return at_least(\"High\")", "return at_least(\"Medium\")"),
        (rules, "    at_least(\"Low\")", "    at_least(\"Medium\")"),
        (rules, "tier == \"High\"", "tier != \"High\""),
        (rules, "every(1, \"week\"", "every(2, \"week\""),
        (rules, "every(4, \"week\"", "every(5, \"week\""),
        (rules, "every(42", "every(41"),
        (numbers, "value: 50", "value: 49"),
        (numbers, "value: 50", "value: 51"),
    ] {
        let program = with_policy("Low,Medium,High");
        edit(&program, file, old, new);
        if new.contains("!(") {
            edit(&program, file, "reoffending_from {", "reoffending_from) {");
        }
        let ran = program.run("test north --update no");
        assert_eq!(ran.code, 1, "{old} made {new}: {}", ran.whole());
    }
}

#[test]
fn names_and_tiers_that_cannot_be_are_refused_with_what_to_write() {
    let program = with_policy("Low,High").file("policies/old/policy.rhai", "").file("policies/note", "");
    let before = files(program.folder());
    let mut said = String::new();
    for name in ["north", "old", "note", "../east", "East Side", "lib", "bgsw", "x--", "7", "", "a__b", "-"] {
        let ran = program.run_with(&["new", "policy", "--", name]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.whole());
        said += &ran.stderr;
    }
    for tiers in ["A,,B", "A", "A,b,a", "Red,Red-Amber,red amber", "", "A,B\"", "A,-"] {
        let ran = program.run_with(&["new", "policy", "east", "--tiers", tiers]);
        assert_eq!(ran.code, 3, "{tiers}: {}", ran.whole());
        said += &ran.stderr;
    }
    assert!(before == files(program.folder()));
    insta::assert_snapshot!(said, @r#"
      × policies/north: is there already
      help: choose another name: a file that is there is not written over
      × policies/old: is there already
      help: choose another name: a file that is there is not written over
      × policies/note: is there already
      help: choose another name: a file that is there is not written over
      × ../east: is no name for a policy
      help: write `east`: lower-case letters, digits and hyphens, a letter first, at most 40
      × East Side: is no name for a policy
      help: write `east-side`: lower-case letters, digits and hyphens, a letter first, at most 40
      × lib: is no name for a policy: it means something else among policies
      help: choose another name, such as that of your service
      × bgsw: is the name of a policy that is built in
      help: choose another name, such as that of your service
      × x--: is no name for a policy
      help: write `x`: lower-case letters, digits and hyphens, a letter first, at most 40
      × 7: is no name for a policy
      help: write `north-2026`: lower-case letters, digits and hyphens, a letter first, at most 40
      × : is no name for a policy
      help: write `north-2026`: lower-case letters, digits and hyphens, a letter first, at most 40
      × a__b: is no name for a policy
      help: write `a-b`: lower-case letters, digits and hyphens, a letter first, at most 40
      × -: is no name for a policy
      help: write `north-2026`: lower-case letters, digits and hyphens, a letter first, at most 40
      × --tiers A,,B: one of the tiers has no name
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers A: a policy begins with two tiers or more, at most 20, and this is 1
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers A,b,a: `a` is there twice, once as `A`
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers Red,Red-Amber,red amber: `red amber` is there twice, once as `Red-Amber`
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers : one of the tiers has no name
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers A,B": `B"` is no name of a tier: letters, digits, blanks and `_-.'&/()` make one
      help: write them from the least to the most intensive: --tiers Low,Medium,High
      × --tiers A,-: `-` is no name of a tier: letters, digits, blanks and `_-.'&/()` make one
      help: write them from the least to the most intensive: --tiers Low,Medium,High
    "#);
}

#[test]
fn inside_its_folder_a_policy_need_not_be_named() {
    let program =
        with_policy("Low,High").rules("const TIERS = [\"One\"];\n/// A.\nfn a(person) { at_least(\"One\") }\n");
    for folder in ["policies/north", "policies/north/cases"] {
        assert_eq!(inside(&program, folder, "check").stdout, "north: nothing found\n");
        assert_eq!(inside(&program, folder, "test").stdout, "2 cases: 2 passed\n");
        let shown = inside(&program, folder, "show params --format json");
        assert!(shown.stdout.contains("reoffending_from"), "{}", shown.whole());
    }
    let ran = inside(&program, "policies/north/cases", "assess 02-just-below.yaml");
    assert!(ran.stdout.starts_with("X000002  Low  on 20 May 2019, by north\n"), "{}", ran.whole());
    // What is named is meant wherever one is, and outside everything is.
    assert!(inside(&program, "policies/north", "check trial").stdout.ends_with("\ntrial: 1 warning\n"));
    assert!(program.run("check").stdout.ends_with("north, trial: 1 warning\n"), "{}", program.run("check").whole());
    // A project that begins nearer than the policy around it is the nearer one.
    let program = program.file("policies/north/deep/brag.toml", "policy = \"bgsw\"\n");
    assert!(inside(&program, "policies/north/deep", "show rules").stdout.contains("bgsw"));
}

#[test]
fn a_new_rule_passes_and_changes_nothing_that_was_accepted() {
    let program = with_policy("Low,Medium,High");
    let before = files(program.folder());
    let ran = inside(&program, "policies/north", "new rule night_work");
    insta::assert_snapshot!(ran.whole(), @r"
    exit code 0
    ---- stdout ----
    night_work is written into ../north: the rule into policy.rhai, its number and its input into parameters.yaml, and the worked cases
    night_work and night_work-near-miss; what is still to be said is marked `write here`
    ");
    let after = files(program.folder());
    for (path, content) in &before {
        let is_added_to = path.ends_with("policy.rhai") || path.to_str().unwrap().ends_with("parameters.yaml");
        let now = &after[path];
        assert!(
            if is_added_to { now.starts_with(content.trim_ascii_end()) } else { now == content },
            "{}",
            path.display()
        );
    }
    assert_eq!(after.len(), before.len() + 4);
    assert_eq!(inside(&program, "policies/north", "check --deny warnings").code, 0);
    assert_eq!(inside(&program, "policies/north", "test").stdout, "4 cases: 4 passed\n");
    // A second one has its input beside the first.
    assert_eq!(inside(&program, "policies/north/cases", "new rule curfew").code, 0);
    assert_eq!(inside(&program, "policies/north", "check --deny warnings").stdout, "north: nothing found\n");
    assert_eq!(inside(&program, "policies/north", "test").stdout, "6 cases: 6 passed\n");
    // The two cases notice each change of the rule.
    let rules = program.folder().join("policies/north/policy.rhai");
    let text = fs::read_to_string(&rules).unwrap();
    for (old, new) in [
        ("night_work >= param", "night_work > param"),
        ("known(person.local.night_work) &&", "known(person.local.night_work) ||"),
        ("known(person.local.night_work)", "!known(person.local.night_work)"),
    ] {
        assert!(text.contains(old), "{text}");
        fs::write(&rules, text.replace(old, new)).unwrap();
        assert_eq!(program.run("test north --update no").code, 1, "{new}");
    }
}

#[test]
fn a_rule_is_added_to_policies_of_every_kind() {
    let shipped = crate::program::root().join("policies");
    for policy in ["bgsw", "assessment-quality", "hmpps-tier-v3"] {
        let mut program = Program::new();
        for (path, content) in files(&shipped) {
            program = program.file(&format!("policies/{}", path.display()), content);
        }
        let ran = program.run(&format!("new rule night_work --policy {policy}"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let ran = program.run(&format!("check {policy} --deny warnings"));
        assert_eq!(ran.code, 0, "{}", ran.whole());
        let ran = program.run(&format!("test {policy} --filter night_work"));
        assert_eq!((ran.code, ran.stdout.as_str()), (0, "2 cases: 2 passed\n"), "{}", ran.whole());
    }
}

#[test]
fn a_rule_that_cannot_be_is_refused_and_nothing_is_written() {
    let program = with_policy("Low,High");
    let before = files(program.folder());
    let mut said = String::new();
    for name in [
        "reoffending",
        "contact",
        "tier",
        "switch",
        "at_least",
        "person",
        "two words",
        "../up",
        "Upper",
        "9x",
        "",
        "01",
    ] {
        let ran = inside_with(&program, &["new", "rule", "--", name]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.whole());
        said += &ran.stderr;
    }
    assert!(before == files(program.folder()));
    insta::assert_snapshot!(said, @r"
      × reoffending: a rule or helper of this name is there already
      help: choose another name: nothing is written over
      × contact: is a word of the language of policies
      help: choose another name
      × tier: is a word of the language of policies
      help: choose another name
      × switch: is a word of the language of policies
      help: choose another name
      × at_least: is a word of the language of policies
      help: choose another name
      × person: is a word of the language of policies
      help: choose another name
      × two words: is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
      × ../up: is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
      × Upper: is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
      × 9x: is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
      × : is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
      × 01: is no name for a rule
      help: write lower-case letters, digits and underscores, a letter first: `unseen_for_long`
    ");
    let ran = Program::new().run("new rule late");
    insta::assert_snapshot!(ran.stderr, @r"
      × bgsw: this policy is built in and has no folder to write to
      help: go to the folder of a policy, or name one: --policy FOLDER
    ");
    let braces = program.file("policies/north/parameters.yaml", "local: { late: { type: boolean, description: x } }\n");
    edit(&braces, "policies/north/policy.rhai", "person.oasys.ogrs3 >= param::reoffending_from", "person.local.late");
    let ran = braces.run("new rule other --policy north");
    assert_ne!(ran.code, 0, "{}", ran.whole());
    assert_eq!(files(braces.folder()).len(), before.len());
}

fn inside_with(program: &Program, arguments: &[&str]) -> Ran {
    let mut command = program.command(arguments);
    Ran::of(command.current_dir(program.folder().join("policies/north")).output().unwrap())
}

#[test]
fn made_up_people_are_rated_by_the_tiers_of_the_policy() {
    let program = Program::new();
    assert_eq!(program.run("new policy mine --tiers Low,Medium,High").code, 0);
    let own = program.run("new caseload --size 200 --policy mine");
    let program = program.file("book.jsonl", own.stdout);
    let assessed = program.run("assess book.jsonl --policy mine --format csv -o answers.csv");
    assert_eq!((assessed.code, assessed.stderr.as_str()), (0, ""));
    // The shipped policy has the tiers that they are made with.
    let [plain, shipped] =
        ["", " --policy bgsw"].map(|policy| Program::new().run(&format!("new caseload --size 50{policy}")).stdout);
    assert_eq!(plain, shipped);
}

/// Another folder of policies than the one that is meant would be tested and used.
#[test]
fn a_folder_that_brag_toml_names_is_there_or_is_made() {
    let program = with_policy("Low,High").file("brag.toml", "# ours\npolicies = \"polices\"\n");
    for line in ["test", "check", "assess policies/north/cases", "show rules"] {
        let ran = program.run(line);
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{line}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.stderr, @r#"
              × there is no folder `polices`
               ╭─[brag.toml:2:1]
             1 │ # ours
             2 │ policies = "polices"
               · ────────
               ╰────
              help: write where the policies are, from this file on; `brag new policy NAME` makes it
            "#);
        }
    }
    let ran = program.run("new policy south --tiers Low,High");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(program.folder().join("polices/south/policy.rhai").is_file());
    assert_eq!(program.run("test").stdout, "2 cases: 2 passed\n");
    let wrong = program.file("brag.toml", "policy = \"south\"\npolices = \"polices\"\n").run("check");
    assert_eq!(wrong.code, 3);
    assert!(wrong.stderr.contains("[brag.toml:2:1]"), "{}", wrong.stderr);
}

#[test]
fn a_policy_s_own_input_has_values_to_be_set() {
    let program = with_policy("Low,High");
    assert_eq!(program.run("new rule night_work --policy north").code, 0);
    let ran = program.run("new cases --boundary north");
    assert!(!ran.whole().contains("worked out from other inputs"), "{}", ran.whole());
    assert!(!ran.whole().contains("no case at local.night_work 0"), "{}", ran.whole());
}

#[test]
fn a_policy_that_brag_toml_names_is_told_at_its_line() {
    let rules = "const TIERS = [\"Low\"];\n/// All.\n/// @cite c\nfn base(person) { at_least(\"Low\") }\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X1\n");
    let program = program.file("brag.toml", "# ours\npolicy = \"trail\"\n");
    insta::assert_snapshot!(program.run("assess case.yaml").stderr, @r#"
      × there is no policy `trail`
       ╭─[brag.toml:2:1]
     1 │ # ours
     2 │ policy = "trail"
       · ──────
       ╰────
      help: did you mean `trial`? known: assessment-quality, bgsw, hmpps-tier-v2, hmpps-tier-v3,
            inspection-ratings, trial; a folder needs a policy.rhai
    "#);
    let ran = program.run("assess case.yaml --policy trail");
    assert!(ran.stderr.starts_with("  × trail: there is no such policy\n"), "{}", ran.stderr);
    for wrong in ["policy = trial", "policy = [\"trial\"]", "policies = 3"] {
        let program = Program::new().file("brag.toml", format!("{wrong}\n"));
        let ran = program.run("check");
        assert!(ran.code == 3 && ran.stderr.starts_with("  × expected a text in quotes\n"), "{wrong}: {}", ran.stderr);
    }
}

/// What is wrong with a name is said of it, and not drawn in a file that is not written.
#[test]
fn a_name_that_no_rule_can_have() {
    let program = with_policy("Low,High");
    let told = |name: &str| {
        let ran = program.run(&format!("new rule {name} --policy north"));
        assert_eq!(ran.code, 3, "{}", ran.whole());
        ran.stderr
    };
    insta::assert_snapshot!(told("law_x"), @"
      × law_x: `law_x` is a law, and a law takes person and tier
      help: write `fn law_...(person, tier)`, or give it another name
    ");
    insta::assert_snapshot!(told("known"), @"
      × known: `known` is a word of the language
      help: choose another name
    ");
}

/// What is counted or added up has thresholds, too, for which no case can be written by setting an input.
#[test]
fn thresholds_of_counts_dates_and_points_are_told() {
    let rules = "const TIERS = [\"Low\", \"Mid\", \"High\"];\nconst AXES = [\"need\"];\n\
        /// Missed.\n/// @cite c\nfn missed(person) { if person.absent_on.len() >= param::several { points(\"need\", 3) } }\n\
        /// Lately.\n/// @cite c\nfn lately(person) {\n    let ago = days_between(person.sentence.starts_on, person.assessed_on);\n    if ago <= param::lately { points(\"need\", 2) }\n}\n\
        /// Likely.\n/// @cite c\nfn likely(person) { if person.oasys.ogrs3 >= param::likely { points(\"need\", 1) } }\n\
        /// Tier.\n/// @cite c\nfn tier(person, so_far) { pick(param::levels, so_far.points.need) }\n\
        /// Law.\n/// @cite c\nfn law_few(person, tier) { person.absent_on.len() <= param::few }\n";
    let number = |name: &str, value: &str| {
        format!("{name}: {{ description: d, values: {{ 2010-01-01: {{ value: {value}, source: s }} }} }}\n")
    };
    let numbers = [
        ("several", "2"),
        ("lately", "14"),
        ("likely", "50"),
        ("few", "9"),
        ("levels", "[[0, Low], [3, Mid], [5, High]]"),
    ];
    let numbers: String = numbers.iter().map(|(name, value)| number(name, value)).collect();
    let case = "crn: X1\nassessed_on: 2019-05-20\nsentence: { starts_on: 2019-01-07 }\noasys: { ogrs3: 10 }\nexpect: { tier: Low }\n";
    let program = Program::new()
        .rules(rules)
        .file("policies/trial/parameters.yaml", numbers)
        .file("policies/trial/cases/1.yaml", case);
    let ran = program.run("new cases --boundary trial -o out");
    insta::assert_snapshot!(ran.whole(), @"
    exit code 0
    ---- stdout ----
    3 worked cases written to out, 0 were there already
    no case at `ago <= param::lately` 14: what is counted, added up or reckoned there has no value of its own to be set
    no case at `person.absent_on.len() >= param::several` 2: what is counted, added up or reckoned there has no value of its own to be set
    no case at `pick(param::levels, so_far.points.need)` 3: what is counted, added up or reckoned there has no value of its own to be set
    no case at `pick(param::levels, so_far.points.need)` 5: what is counted, added up or reckoned there has no value of its own to be set
    ");
}

/// Were it passed over, another policy would decide in silence.
#[test]
fn whatever_is_called_brag_toml_is_read_or_refused() {
    let program = Program::new().file("brag.toml/x", "").file("one.yaml", "crn: X1\nassessed_on: 2019-05-20\n");
    let ran = program.run("assess one.yaml");
    assert!(ran.code == 3 && ran.stderr.contains("× brag.toml: "), "{}", ran.whole());
}
