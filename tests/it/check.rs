//! `brag check`: every fault of a policy that can be found without a case, each at its line, and nothing beside.

mod by_date;
mod handed;

use crate::program::{Program, Ran, root};
use brag::{
    check::{
        catalogue::{self, Example},
        check,
        finding::{Finding, Severity},
    },
    policy::source::Shelf,
};
use insta::assert_snapshot;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const POLICIES: [&str; 5] = ["assessment-quality", "bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "inspection-ratings"];

/// A fault that is put into a copy of a shipped policy, and the finding that it must lead to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    policy: String,
    file: String,
    was: String,
    is: String,
    also_file: Option<String>,
    #[serde(default)]
    also_was: String,
    #[serde(default)]
    also_is: String,
    /// A part of the line where the finding stands.
    at: String,
    /// A part of a line before it.
    after: Option<String>,
    /// How many lines below that line.
    #[serde(default)]
    below: usize,
    /// The file where the finding stands, where that is another.
    r#in: Option<String>,
    code: String,
    help: String,
    /// Whether no worked case comes by.
    #[serde(default)]
    rare: bool,
    /// Whether the slip is met in several places.
    #[serde(default)]
    several: bool,
}

fn faults() -> Vec<Fault> {
    let text = fs::read_to_string(root().join("tests/it/check/faults.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The scripts and numbers of the shipped policies in a folder of their own.
fn copies(into: &Path) -> PathBuf {
    let shelf = into.join("policies");
    for folder in POLICIES.iter().chain(&["lib"]) {
        fs::create_dir_all(shelf.join(folder)).unwrap();
        for entry in fs::read_dir(root().join("policies").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "rhai" || ending == "yaml") {
                fs::copy(&path, shelf.join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    shelf
}

fn path_of(shelf: &Path, policy: &str, file: &str) -> PathBuf {
    if file.starts_with("lib/") { shelf.join(file) } else { shelf.join(policy).join(file) }
}

fn edit(path: &Path, was: &str, is: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(was), "{} has no {was:?}", path.display());
    fs::write(path, text.replacen(was, is, 1)).unwrap();
}

fn listed(findings: &[Finding]) -> String {
    let line = |one: &Finding| {
        let fault = &one.fault;
        let place = format!("{}:{}:{}", fault.file, fault.line.unwrap_or(0), fault.column.unwrap_or(0));
        format!("{place}: {}: {fault}; {}", fault.code, fault.help.as_deref().unwrap_or(""))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_found_in_the_shipped_policies() {
    let shelf = Shelf::Folder(root().join("policies"));
    for policy in POLICIES {
        assert_eq!(listed(&check(&shelf, policy).unwrap()), "", "{policy}");
    }
}

#[test]
fn each_fault_is_found_at_its_line_with_its_remedy_and_nothing_beside() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = copies(folder.path());
        edit(&path_of(&shelf, &fault.policy, &fault.file), &fault.was, &fault.is);
        if let Some(file) = &fault.also_file {
            edit(&path_of(&shelf, &fault.policy, file), &fault.also_was, &fault.also_is);
        }
        let path = path_of(&shelf, &fault.policy, fault.r#in.as_ref().unwrap_or(&fault.file));
        let text = fs::read_to_string(&path).unwrap();
        let first = fault.after.as_ref().map_or(0, |after| {
            text.lines().position(|line| line.contains(after.as_str())).map_or(usize::MAX, |line| line + 1)
        });
        let at = text.lines().enumerate().position(|(number, line)| number >= first && line.contains(&fault.at));
        let line = at.unwrap_or_else(|| panic!("{}: no line has {:?}", fault.is, fault.at)) + 1 + fault.below;
        let found = check(&Shelf::Folder(shelf), &fault.policy).unwrap();
        let is_it = |one: &&Finding| {
            Path::new(&one.fault.file) == path
                && one.fault.line == Some(line)
                && one.fault.code == fault.code
                && one.fault.help.as_ref().is_some_and(|help| help.contains(&fault.help))
        };
        let beside = found.iter().filter(|one| !(is_it(one) || fault.several && one.fault.code == fault.code));
        if !found.iter().any(|one| is_it(&one)) || beside.count() > 0 {
            wrong.push(format!("{}, line {line}, {}: {:?}\n{}\n", fault.policy, fault.code, fault.is, listed(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file of comments has no numbers; several documents in one say what to do about that.
#[test]
fn a_file_without_numbers_is_none_and_one_of_two_documents_says_so() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n";
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", "# none yet\n");
    let ran = program.run("check policies/trial");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let ran = program.file("policies/trial/parameters.yaml", "a: 1\n---\nb: 2\n").run("check policies/trial");
    assert!(ran.stdout.contains("all numbers stand in one document: take out the `---` line"), "{}", ran.whole());
}

/// Two slips of the pen, a wrong word in a third function and a wrong unit among the numbers are told in one run.
#[test]
fn a_function_that_cannot_be_read_hides_no_other_fault() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = copies(folder.path());
    let script = path_of(&shelf, "bgsw", "policy.rhai");
    edit(&script, "return at_least(\"Red\"); }", "return at_least(\"Red\"; }");
    edit(&script, "private fn reoffending(", "private fn reoffending");
    edit(&script, "person.supervision.female_officer_offered", "person.supervision.female_oficer_offered");
    edit(&path_of(&shelf, "bgsw", "parameters.yaml"), "unit: percent", "unit: pecent");
    edit(&shelf.join("lib/oasys.rhai"), "fn needs_at(", "fn needs_at((");
    let found = check(&Shelf::Folder(shelf), "bgsw").unwrap();
    let mut codes: Vec<&str> = found.iter().map(|one| one.fault.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["syntax", "syntax", "syntax", "unknown-input", "unknown-unit"], "{}", listed(&found));
}

#[test]
fn each_kind_of_fault_is_tried_twice_and_half_of_them_where_no_worked_case_comes_by() {
    let faults = faults();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in &faults {
        *kinds.entry(&fault.code).or_default() += 1;
    }
    let once: Vec<_> = kinds.iter().filter(|(_, count)| **count < 2).collect();
    assert!(once.is_empty(), "tried once: {once:?}");
    assert!(faults.len() >= 60 && faults.iter().filter(|fault| fault.rare).count() * 2 >= faults.len());
}

/// The findings of an example of a page.
fn of_example(example: &Example) -> Vec<Finding> {
    let folder = tempfile::tempdir().unwrap();
    let trial = folder.path().join("trial");
    fs::create_dir_all(&trial).unwrap();
    let tiers = if example.rules.contains("const TIERS") { "" } else { "const TIERS = [\"Low\", \"High\"];\n" };
    fs::write(trial.join("policy.rhai"), format!("{tiers}{}\n", example.rules)).unwrap();
    if !example.numbers.is_empty() {
        fs::write(trial.join("parameters.yaml"), format!("{}\n", example.numbers)).unwrap();
    }
    check(&Shelf::Folder(folder.path().to_path_buf()), "trial").unwrap()
}

#[test]
fn the_examples_of_each_page_show_what_it_says() {
    let mut failed = Vec::new();
    for page in catalogue::pages() {
        let (wrong, right) = (of_example(&page.wrong), of_example(&page.right));
        let is_shown = wrong.iter().any(|one| one.fault.code == page.code && one.severity == page.severity);
        if !is_shown || wrong.iter().any(|one| one.fault.code != page.code) || !right.is_empty() {
            failed.push(format!("{}\nwrong:\n{}\nright:\n{}\n", page.code, listed(&wrong), listed(&right)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn each_code_has_one_page_and_no_fault_is_without() {
    let mut codes: Vec<&str> = catalogue::pages().iter().map(|page| page.code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for fault in faults() {
        assert!(codes.contains(&fault.code.as_str()), "`{}` has no page", fault.code);
    }
}

const RULES: &str = r#"const TIERS = ["Low", "High"];

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rosh == "High" { at_least("High") }
}
"#;

fn checked(rules: &str, arguments: &str) -> Ran {
    Program::new().rules(rules).run(&format!("check trial {arguments}"))
}

#[test]
fn a_finding_is_drawn_with_its_code_its_line_and_what_to_do() {
    assert_snapshot!(checked(RULES, "").whole(), @r#"
    exit code 1
    ---- stdout ----
    warning: unknown-word

      ⚠ `oasys.rosh` is never `High`
       ╭─[policies/trial/policy.rhai:6:29]
     5 │ fn harm(person) {
     6 │     if person.oasys.rosh == "High" { at_least("High") }
       ·                             ─
     7 │ }
       ╰────
      help: did you mean `high`?

    trial: 1 warning
    "#);
}

#[test]
fn findings_for_programs_and_for_github() {
    assert_snapshot!(checked(RULES, "--format json").whole(), @r#"
    exit code 1
    ---- stdout ----
    {
      "findings": [
        {
          "code": "unknown-word",
          "severity": "warning",
          "file": "policies/trial/policy.rhai",
          "line": 6,
          "column": 29,
          "message": "`oasys.rosh` is never `High`",
          "help": "did you mean `high`?"
        }
      ],
      "count": {
        "errors": 0,
        "warnings": 1
      }
    }
    "#);
    assert_snapshot!(checked(RULES, "--format github").whole(), @r"
    exit code 1
    ---- stdout ----
    ::warning file=policies/trial/policy.rhai,line=6,col=29,title=unknown-word::`oasys.rosh` is never `High`%0Ahelp: did you mean `high`?
    ");
    assert_snapshot!(checked(RULES, "--format github --deny warnings").whole(), @r"
    exit code 1
    ---- stdout ----
    ::error file=policies/trial/policy.rhai,line=6,col=29,title=unknown-word::`oasys.rosh` is never `High`%0Ahelp: did you mean `high`?
    ");
}

#[test]
fn findings_as_sarif_hold_in_its_schema() {
    let schema = fs::read_to_string(root().join("tests/it/check/sarif-2.1.0.json")).unwrap();
    let mut schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    // The pattern of a language in the published schema is not well-formed.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let ran = checked(RULES, "--format sarif");
    assert_eq!(ran.code, 1);
    let log = ran.json();
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "unknown-word");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "policies/trial/policy.rhai");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
    let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], "unknown-word");
}

#[test]
fn a_waiver_on_the_line_above_it_or_above_the_function_takes_a_warning_away() {
    let line = "    if person.oasys.rosh == \"High\" { at_least(\"High\") }";
    let waiver = "// brag: allow(unknown-word) the word comes with the next model";
    let ways = [
        RULES.replace(line, &format!("{line} {waiver}")),
        RULES.replace(line, &format!("    {waiver}\n{line}")),
        RULES.replace("/// Somebody", &format!("{waiver}\n/// Somebody")),
    ];
    for rules in ways {
        let ran = checked(&rules, "--deny warnings");
        assert_eq!((ran.code, ran.stdout.as_str()), (0, "trial: nothing found\n"), "{rules}");
    }
}

#[test]
fn a_waiver_in_the_numbers_takes_a_warning_away() {
    let rules = RULES.replace("\"High\" {", "param::from {");
    let numbers = "from:\n  description: the level\n  values:\n    # brag: allow(unknown-word) the word comes later\n    \
                   2020-01-01: { value: High, source: assumption }\n";
    let program = Program::new().rules(&rules).file("policies/trial/parameters.yaml", numbers);
    assert_eq!(program.run("check trial").code, 0);
    let program = program.file("policies/trial/parameters.yaml", numbers.replace(" the word comes later", ""));
    assert_eq!(program.run("check trial --format json").json()["findings"][0]["code"], "idle-waiver");
}

#[test]
fn a_waiver_that_waives_nothing_is_a_finding() {
    for (waiver, said) in [
        ("allow(never-holds) why not", "a waiver of `never-holds` that waives nothing"),
        ("allow(unknown-wrd) why not", "a waiver of `unknown-wrd`, which is no code"),
        ("allow(syntax) why not", "a waiver of `syntax`, which is an error"),
        ("allow(unknown-word)", "a waiver of `unknown-word` that does not say why"),
    ] {
        let rules = RULES.replace("    if", &format!("    // brag: {waiver}\n    if"));
        let ran = checked(&rules, "--format json").json();
        let idle: Vec<&str> = ran["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["code"] == "idle-waiver")
            .map(|one| one["message"].as_str().unwrap())
            .collect();
        assert_eq!(idle, [said]);
    }
}

#[test]
fn everything_is_found_in_one_run_by_file_and_line() {
    let rules = r#"const TIERS = ["Low", "High"];

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rsoh == "high" || person.oasys.rosh == "Very high" { atleast("Hihg") }
}

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::limt { at_least("Hihg") }
    if person.oasys.layer == 7 { at_least("High") }
}
"#;
    let numbers =
        "limit:\n  description: the limit\n  values:\n    2020-01-01: { value: 90, unit: pecent, sorce: assumption }\n";
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", numbers);
    let json = program.run("check trial --format json").json();
    let found: Vec<String> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let file = one["file"].as_str().unwrap().rsplit('/').next().unwrap();
            format!("{file}:{} {}", one["line"], one["code"].as_str().unwrap())
        })
        .collect();
    assert_snapshot!(found.join("\n"), @r"
    parameters.yaml:4 unknown-unit
    parameters.yaml:4 parameters
    policy.rhai:6 unknown-input
    policy.rhai:6 unknown-word
    policy.rhai:6 unknown-name
    policy.rhai:12 unknown-parameter
    policy.rhai:12 lost-effect
    policy.rhai:12 unknown-tier
    policy.rhai:13 out-of-range
    ");
}

#[test]
fn a_condition_that_fails_to_hold_from_a_day_on_is_said_with_the_day() {
    let rules =
        RULES.replace("person.oasys.rosh == \"High\"", "person.oasys.ogrs3 >= 50 && person.oasys.ogrs3 < param::to");
    let numbers = "to:\n  description: where the band ends\n  values:\n    2020-01-01: { value: 75, unit: percent, source: \
                   assumption }\n    2027-01-01: { value: 50, unit: percent, source: assumption }\n";
    let program = Program::new().rules(&rules).file("policies/trial/parameters.yaml", numbers);
    let json = program.run("check trial --format json").json();
    let said = "`person.oasys.ogrs3 < param::to` never holds from 2027-01-01 on, whatever the case is";
    assert_eq!(json["findings"][0]["message"], said);
}

#[test]
fn a_source_is_written_and_no_source_is_said_in_one_word_however_it_is_written() {
    let rules = "const TIERS = [\"Low\"];\n\n/// A score.\n/// @cite none\nfn score(person) { if person.oasys.ogrs3 >= param::from { at_least(\"Low\") } }\n";
    let with = |source: &str| {
        let numbers = format!("from:\n  description: d\n  values:\n    2014-01-01: {{ value: 5, source: {source} }}\n");
        Program::new().rules(rules).file("policies/trial/parameters.yaml", &numbers)
    };
    for source in ["assumption", "Assumption", "\" ASSUMPTION\""] {
        let program = with(source);
        assert_eq!(program.run("check trial").stdout, "trial: nothing found\n", "{source}");
        let shown = program.run("show params --policy trial --on 2020-01-01").stdout;
        assert!(shown.contains("1 of 1 are assumptions"), "{source}: {shown}");
    }
    let message = |source: &str| {
        let finding = with(source).run("check trial --format json").json()["findings"][0].clone();
        let (code, line) = (finding["code"].as_str().unwrap().to_owned(), finding["line"].as_u64().unwrap());
        (
            code,
            line,
            format!("{}; {}", finding["message"].as_str().unwrap(), finding["help"].as_str().unwrap_or_default()),
        )
    };
    let nearly = "the source `assumptoin` counts as one that settles the value; did you mean `assumption`?";
    assert_eq!(message("assumptoin"), ("unknown-word".to_owned(), 4, nearly.to_owned()));
    for blank in ["\"  \"", "~", "null"] {
        let said = "`from.values.2014-01-01.source`: expected where the value comes from, or `assumption`; ";
        assert_eq!(message(blank), ("parameters".to_owned(), 4, said.to_owned()), "{blank}");
    }
}

#[test]
fn of_very_many_findings_the_first_are_drawn_and_the_rest_are_counted() {
    let rule = |number: usize| {
        format!(
            "/// A rule.\n/// @cite none\nfn r{number}(person) {{ if person.oasys.ogr3 > 5 {{ at_least(\"Low\") }} }}\n"
        )
    };
    let rules: String = (0..140).map(rule).collect();
    let program = Program::new().rules(&format!("const TIERS = [\"Low\"];\n{rules}"));
    let ran = program.run("check trial");
    assert_eq!(ran.stdout.matches("did you mean `person.oasys.ogrs3`?").count(), 100);
    let last: Vec<&str> = ran.stdout.lines().rev().take(3).collect();
    assert_eq!(last, ["trial: 140 errors", "", "40 more findings, all in the other formats"]);
    let json = program.run("check trial --format json").json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 140);
}

#[test]
fn a_policy_with_an_error_is_refused_and_one_with_warnings_is_not() {
    let case = "crn: X100001\nassessed_on: 2020-01-01\noasys: { rosh: low }\n";
    let low = "\n/// Everybody.\n/// @cite Framework, section 1\nfn everybody(person) {\n    at_least(\"Low\")\n}\n";
    let program = Program::new().rules(&format!("{RULES}{low}")).file("case.yaml", case);
    let ran = program.run("assess --policy trial case.yaml");
    let said = "policies/trial/policy.rhai:6:29: warning: `oasys.rosh` is never `High`; did you mean `high`?\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, said));
    assert_eq!(program.run("assess --policy trial case.yaml -q").stderr, "");
    let misspelt = RULES.replace("at_least(\"High\")", "atleast(\"High\")").replace("== \"High\"", "== \"high\"");
    let program = program.rules(&misspelt);
    for verb in ["assess --policy trial case.yaml", "due --policy trial case.yaml", "test trial"] {
        let ran = program.run(verb);
        assert_eq!(ran.code, 3, "{verb}");
        assert_eq!(ran.stderr.lines().last(), Some("1 error: brag check"), "{verb}\n{}", ran.stderr);
    }
    let rules = format!("{misspelt}\nfn iom(person) {{\n    if person.iom {{ at_least(\"High\") }}\n}}\n");
    let ran = program.rules(&rules).run("assess --policy trial case.yaml");
    assert_eq!(ran.stderr.lines().last(), Some("1 error, 2 warnings: brag check"), "{}", ran.stderr);
}

#[test]
fn a_policy_that_is_not_there_and_a_code_that_there_is_not() {
    assert_eq!(Program::new().run("check nowhere").code, 3);
    let ran = Program::new().run("check --explain unkown-word");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("did you mean `unknown-word`?"), "{}", ran.stderr);
}

#[test]
fn a_page_says_what_is_found_and_shows_it_wrong_and_right() {
    assert_snapshot!(Program::new().run("check --explain unknown-word").whole(), @r#"
    exit code 0
    ---- stdout ----
    unknown-word (warning)

    A word that an input, a field, a label or a word of the language never is. The comparison is
    never true, silently, and the person comes out too low.

    Wrong
        /// Somebody who may do serious harm.
        /// @cite Framework, section 1
        fn harm(person) {
            if person.oasys.rosh == "High" { at_least("High") }
        }

    Right
        /// Somebody who may do serious harm.
        /// @cite Framework, section 1
        fn harm(person) {
            if person.oasys.rosh == "high" { at_least("High") }
        }

    Waive it
    When the word is one that the case model will have by the day on which the rule begins to hold.

        // brag: allow(unknown-word) the reason
    "#);
    for page in catalogue::pages() {
        let ran = Program::new().run(&format!("check --explain {}", page.code));
        assert_eq!(ran.code, 0);
        let is_waivable = ran.stdout.contains(&format!("// brag: allow({})", page.code));
        assert_eq!(is_waivable, page.severity == Severity::Warning, "{}", page.code);
    }
}

#[test]
fn no_policy_at_all_is_no_pass() {
    let program = Program::new();
    std::fs::create_dir(program.folder().join("policies")).unwrap();
    let ran = program.run("check");
    assert_eq!(
        ran.whole().trim_end(),
        "exit code 3\n---- stderr ----\n  × brag check: no policy found\n  help: name one, or the folder of policies: --policy FOLDER"
    );
}

#[test]
fn a_policy_that_cannot_be_run_is_no_pass_for_programs() {
    let program = Program::new().rules("//! h\n}}}\n");
    let json = program.run("test trial --format json").json();
    assert_eq!((&json["count"]["errors"], &json["failed"][0]["policy"]), (&1.into(), &"trial".into()), "{json:#}");
    let junit = program.run("test trial --format junit").stdout;
    assert!(junit.contains("<testsuite name=\"trial\" tests=\"1\" failures=\"0\" errors=\"1\">"), "{junit}");
}
