//! Policies that are wrong or hostile: each ends in an error that names the file, the line and what to do about it, within a
//! second and 256 MB, and never takes the process down.
//!
//! A policy that is found wrong when it is read ends with exit code 3, without a case; one that fails on a case, with 5.

use crate::program::{Program, Ran};
use brag::case::input::InputTable;
use insta::assert_snapshot;
use std::time::{Duration, Instant};

const CASE: &str = "crn: X100001\noasys: { rosh: low, ogrs3: 60 }\n";
const TIERS: &str = "const TIERS = [\"Low\", \"High\"];\n";

/// Assesses one case by a policy, which must fail.
fn fails(rules: &str) -> String {
    failed(&Program::new().rules(&format!("{TIERS}{rules}")))
}

fn failed(program: &Program) -> String {
    assess(program).whole()
}

/// A second of time is asked of the finished program; this one is not optimised, and others may run beside it.
fn assess(program: &Program) -> Ran {
    std::fs::write(program.folder().join("case.yaml"), CASE).unwrap();
    let started = Instant::now();
    let ran = program.run("assess --policy trial --on 2020-01-01 case.yaml");
    assert!(started.elapsed() < Duration::from_secs(10), "took {:?}", started.elapsed());
    ran
}

// ---- Found when the policy is loaded ------------------------------------------------------------

#[test]
fn a_syntax_error() {
    let rules = r#"/// A rule.
fn bad(person) {
    let x = = 3;
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `=` cannot stand here
       ╭─[policies/trial/policy.rhai:4:13]
     3 │ fn bad(person) {
     4 │     let x = = 3;
       ·             ─
     5 │ }
       ╰────
      help: look at what stands before it, too
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_missing_bracket() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.iom { at_least("High")
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × `}` is missing here
       ╭─[policies/trial/policy.rhai:6:1]
     5 │ }
       ╰────
      help: look at the line before, too
    1 error, 1 warning: brag check
    ");
}

#[test]
fn an_unknown_input() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.oasys.ogr3 >= 75 { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × unknown input `person.oasys.ogr3`
       ╭─[policies/trial/policy.rhai:4:21]
     3 │ fn bad(person) {
     4 │     if person.oasys.ogr3 >= 75 { at_least("High") }
       ·                     ────
     5 │ }
       ╰────
      help: did you mean `person.oasys.ogrs3`?
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn an_unknown_tier() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least("Hihg")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × unknown tier `Hihg`
       ╭─[policies/trial/policy.rhai:4:14]
     3 │ fn bad(person) {
     4 │     at_least("Hihg")
       ·              ─
     5 │ }
       ╰────
      help: did you mean `High`?
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn an_unknown_parameter() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.oasys.ogrs3 >= param::limit { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × unknown parameter `param::limit`
       ╭─[policies/trial/policy.rhai:4:37]
     3 │ fn bad(person) {
     4 │     if person.oasys.ogrs3 >= param::limit { at_least("High") }
       ·                                     ─────
     5 │ }
       ╰────
      help: declare it in parameters.yaml
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_call_of_eval() {
    let rules = r#"/// A rule.
fn bad(person) {
    eval("at_least(1)")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `eval` is not to be had in a policy
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     eval("at_least(1)")
       ·     ────
     5 │ }
       ╰────
      help: a rule computes and returns; remove the call
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_call_of_print() {
    let rules = r#"/// A rule.
fn bad(person) {
    print("hello");
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `print` is not to be had in a policy
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     print("hello");
       ·     ─────
     5 │ }
       ╰────
      help: a rule computes and returns; remove the call
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_call_of_debug() {
    let rules = r#"/// A rule.
fn bad(person) {
    debug("hello");
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `debug` is not to be had in a policy
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     debug("hello");
       ·     ─────
     5 │ }
       ╰────
      help: a rule computes and returns; remove the call
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_rule_with_two_parameters() {
    let rules = r#"fn bad(person, other) { at_least("High") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `bad` is not a rule: a rule takes one parameter, `person`
       ╭─[policies/trial/policy.rhai:2:1]
     1 │ const TIERS = ["Low", "High"];
     2 │ fn bad(person, other) { at_least("High") }
       · ──
       ╰────
      help: make a helper `private fn`
    1 error: brag check
    "#);
}

#[test]
fn a_reserved_function_with_other_parameters() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least("Low")
}
fn contact(person) { every(1, "week", "office") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `contact` takes person and tier
       ╭─[policies/trial/policy.rhai:6:1]
     5 │ }
     6 │ fn contact(person) { every(1, "week", "office") }
       · ──
       ╰────
      help: give it these parameters, or another name
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn two_rules_of_one_name() {
    let rules = r#"fn bad(person) { at_least("Low") }
fn bad(person) { at_least("High") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × two rules are called `bad`
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ fn bad(person) { at_least("Low") }
     3 │ fn bad(person) { at_least("High") }
       · ──
       ╰────
      help: rename one of them
    1 error: brag check
    "#);
}

#[test]
fn code_outside_every_function() {
    let rules = r#"let x = 1 / 0;
/// A rule.
fn bad(person) {
    at_least("Low")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × stands outside every function, so it would never run
       ╭─[policies/trial/policy.rhai:2:1]
     1 │ const TIERS = ["Low", "High"];
     2 │ let x = 1 / 0;
       · ───
     3 │ /// A rule.
       ╰────
      help: only `import`, `const` and functions stand at the top of a script
    1 error: brag check
    "#);
}

#[test]
fn an_import_inside_a_function() {
    let rules = r#"/// A rule.
fn bad(person) {
    import "lib/needs" as needs;
    at_least("Low")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × the language of policies has no import inside a function
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     import "lib/needs" as needs;
       ·     ──────
     5 │     at_least("Low")
       ╰────
      help: move it to the top of the script
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_module_that_is_not_imported() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least(needs::tier())
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × nothing is imported as `needs`
       ╭─[policies/trial/policy.rhai:4:14]
     3 │ fn bad(person) {
     4 │     at_least(needs::tier())
       ·              ─────
     5 │ }
       ╰────
      help: add `import "lib/needs" as needs;` at the top
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn an_unknown_mark() {
    let rules = r#"/// A rule.
/// @sight somewhere
fn bad(person) { at_least("Low") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × unknown mark `@sight`
       ╭─[policies/trial/policy.rhai:3:5]
     2 │ /// A rule.
     3 │ /// @sight somewhere
       ·     ─
     4 │ fn bad(person) { at_least("Low") }
       ╰────
      help: known: `@cite` `@from` `@until` `@severity`
    1 error: brag check
    "#);
}

#[test]
fn no_rule_at_all() {
    let rules = r#"// nothing here
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × holds no rule
       ╭─[policies/trial/policy.rhai:1:1]
     1 │ const TIERS = ["Low", "High"];
       · ─────
     2 │ // nothing here
       ╰────
      help: a rule is `fn name(person) { ... }`
    1 error: brag check
    "#);
}

// ---- Found when a rule runs ------------------------------------------------------------

#[test]
fn two_rules_that_decide_differently() {
    let rules = r#"fn one(person) { decide("Low") }
fn two(person) { decide("High") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `two`: decides High, and rule `one` decides Low
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ fn one(person) { decide("Low") }
     3 │ fn two(person) { decide("High") }
       · ──
       ╰────
      help: a case can be settled only once: let one of them say `at_least`, or tell them apart
    "#);
}

#[test]
fn no_tier() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.iom { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × policies/trial/policy.rhai: case X100001: no rule gives this case a tier
      help: add a rule for everybody that ends in `at_least("Low")`
    "#);
}

#[test]
fn an_unknown_input_by_a_detour() {
    let rules = r#"/// A rule.
fn bad(person) {
    let scores = person.oasys;
    if scores.ogr3 >= 75 { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × unknown input `person.oasys.ogr3`
       ╭─[policies/trial/policy.rhai:5:15]
     4 │     let scores = person.oasys;
     5 │     if scores.ogr3 >= 75 { at_least("High") }
       ·               ────
     6 │ }
       ╰────
      help: did you mean `person.oasys.ogrs3`?
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn an_unknown_tier_put_together() {
    let rules = r#"/// A rule.
fn bad(person) {
    let tier = "Hi";
    at_least(tier + "hg")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: unknown tier (a value)
       ╭─[policies/trial/policy.rhai:5:5]
     4 │     let tier = "Hi";
     5 │     at_least(tier + "hg")
       ·     ────────
     6 │ }
       ╰────
      help: did you mean `High`?
    "#);
}

// ---- What the language does not have -----------------------------------------------------------------------------------

#[test]
fn an_endless_loop() {
    let rules = r#"/// A rule.
fn bad(person) {
    loop { }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × the language of policies has no `loop`
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     loop { }
       ·     ────
     5 │ }
       ╰────
      help: go through a list, or `for n in 0..10`
    1 error, 1 warning: brag check
    ");
}

#[test]
fn an_endless_loop_that_catches() {
    let rules = r#"/// A rule.
fn bad(person) {
    while true { try { loop { } } catch (fault) { } }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × the language of policies has no `while`
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     while true { try { loop { } } catch (fault) { } }
       ·     ─────
     5 │ }
       ╰────
      help: go through a list, or `for n in 0..10`
    1 error, 1 warning: brag check
    ");
}

#[test]
fn a_very_long_range() {
    let rules = r#"/// A rule.
fn bad(person) {
    for x in 0..1000000000000 { }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a range of more numbers than there is room for
       ╭─[policies/trial/policy.rhai:4:15]
     3 │ fn bad(person) {
     4 │     for x in 0..1000000000000 { }
       ·               ───────────────
     5 │ }
       ╰────
      help: go through a list of the case, or a short range: `for n in 0..10`
    ");
}

#[test]
fn deep_recursion() {
    let rules = r#"fn bad(person) { again(person) }
private fn again(person) { [[[[again(person)]]]] }
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × `again` calls itself, so it might never end
       ╭─[policies/trial/policy.rhai:3:32]
     2 │ fn bad(person) { again(person) }
     3 │ private fn again(person) { [[[[again(person)]]]] }
       ·                                ─────
       ╰────
      help: go through a list with `for`
    1 error, 2 warnings: brag check
    ");
}

#[test]
fn deep_recursion_through_closures() {
    let rules = r#"fn bad(person) { again(1) }
private fn again(n) { [1].map(|x| [2].map(|y| again(n + 1))) }
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × `again` calls itself, so it might never end
       ╭─[policies/trial/policy.rhai:3:47]
     2 │ fn bad(person) { again(1) }
     3 │ private fn again(n) { [1].map(|x| [2].map(|y| again(n + 1))) }
       ·                                               ─────
       ╰────
      help: go through a list with `for`
    1 error, 2 warnings: brag check
    ");
}

/// A body of a rule, and what is said of it. Each is told without a case, at the line, with what to write instead.
const REFUSED: &[(&str, &str)] = &[
    ("while person.iom { }", "the language of policies has no `while`"),
    ("loop { break; }", "the language of policies has no `loop`"),
    ("do { } while person.iom;", "the language of policies has no `do`"),
    ("do { } until person.iom;", "the language of policies has no `do`"),
    ("try { at_least(\"Low\") } catch { }", "the language of policies has no `try`"),
    ("this.x", "the language of policies has no `this`"),
    ("import \"lib/a\" as a;", "the language of policies has no import inside a function"),
    ("for n in [1] { break n; }", "the language of policies has no `break` with a value"),
    ("helper!(1)", "the language of policies has no call with `!`"),
    ("person?.oasys?.len()", "the language of policies has no call behind `?.`"),
    ("let f = Fn(\"helper\");", "the language of policies has no `Fn`"),
    ("let f = curry(|a, b| a, 1);", "the language of policies has no `curry`"),
    ("let f = |a, b| a; f.curry(1);", "the language of policies has no `curry`"),
    ("is_def_var(\"x\")", "the language of policies has no `is_def_var`"),
    ("type_of(person)", "the language of policies has no `type_of`"),
    ("const LEAST = 3;", "the language of policies has no constant inside a function"),
    ("helper(helper)", "nothing is called `helper`"),
    ("helper(1, 2)", "`helper` is given too much"),
    ("helper()", "`helper` is given too little"),
    ("helpr(1)", "no word or helper is called `helpr`"),
    ("at_least()", "`at_least` is given too little"),
    ("at_least(\"Low\", \"High\")", "`at_least` is given too much"),
    ("[1].push()", "`push` is given too little"),
    ("[1].reduce(|sum, one| sum + one)", "`reduce` is given too little"),
    ("known()", "`known` is given too little"),
    ("round_1(1)", "`round_1` calls itself, so it might never end"),
    ("let n = 1; let f = || { n += 1; n }; f.call()", "a closure changes `n`, a variable around it"),
    ("let n = 1; let f = || n; n = 2; f.call()", "`n` is changed after a closure has taken it"),
    ("let all = []; [1].map(|one| all.push(one))", "a closure changes `all`, a variable around it"),
    (
        "at_least(\"High\"); flag(\"a\", \"b\")",
        "an effect that goes nowhere: what follows is done as if it were not there",
    ),
    (
        "if person.iom { at_least(\"High\") } at_least(\"Low\")",
        "an effect that goes nowhere: what follows is done as if it were not there",
    ),
    (
        "let said = at_least(\"High\"); flag(\"a\", \"b\")",
        "an effect in a variable that nothing looks at: it is as if it were not there",
    ),
    (
        "for one in [1] { at_least(\"High\") }",
        "an effect that goes nowhere: what follows is done as if it were not there",
    ),
    (
        "if person.oasys.ogrs3 == \"high\" { at_least(\"High\") }",
        "`==` compares a number with a word, which are never the same",
    ),
    (
        "if person.oasys.rosh != 3 { at_least(\"High\") }",
        "`!=` compares a word with a number, which are never the same",
    ),
    (
        "if person.iom == \"yes\" { at_least(\"High\") }",
        "`==` compares true or false with a word, which are never the same",
    ),
    ("if person.assessed_on > \"2019-01-01\" { at_least(\"High\") }", "`>` compares a date with a word"),
    ("if person.oasys.rosh >= \"medium\" { at_least(\"High\") }", "`>=` would put words in alphabetical order"),
    ("if person.oasys.ogrs3 in [\"low\"] { at_least(\"High\") }", "looks for a number in a list of a word"),
    ("if person.oasys.rosh { at_least(\"High\") }", "a condition is true or false, and this is a word"),
    ("if known(person.iom) && 1 { at_least(\"High\") }", "a condition is true or false, and this is a number"),
    ("if !person.oasys.ogrs3 { at_least(\"High\") }", "a condition is true or false, and this is a number"),
    ("reaches(person.oasys.ogrs3, \"high\")", "`reaches` takes a word here, not a number"),
    ("at_least(3)", "`at_least` takes a word here, not a number"),
    ("flag(\"code\", 3)", "`flag` takes a word here, not a number"),
    ("person.iom && at_least(\"High\")", "a condition is true or false, and this is an effect"),
    ("let f = |one| one; f(1)", "`f` is a variable, and called like a helper"),
    ("TIERS", "nothing is called `TIERS`"),
    ("nothing", "nothing is called `nothing`"),
    ("param = 3;", "nothing is called `param`"),
    ("person = 3;", "an input cannot be changed"),
    ("person.oasys.ogrs3 += 1;", "an input cannot be changed"),
    ("let n = 5 ** 2;", "the language of policies has no operator `**`"),
    ("let n = 1 << 2;", "the language of policies has no operator `<<`"),
    ("for n in 3 { }", "`for` goes through a list, and this is a number"),
    ("break;", "`break` and `continue` stand in a loop"),
];

#[test]
fn what_the_language_does_not_have_is_refused_at_its_line() {
    let helpers =
        "private fn helper(a) { a }\nprivate fn round_1(a) { round_2(a) }\nprivate fn round_2(a) { round_1(a) }\n";
    let mut wrong = Vec::new();
    for (body, said) in REFUSED {
        let helpers = if body.contains("round") { helpers } else { helpers.lines().next().unwrap() };
        let ran = assess(&Program::new().rules(&format!("{TIERS}fn bad(person) {{\n{body}\n}}\n{helpers}\n")));
        let line = if body.contains("round") { 7 } else { 3 };
        let told = ran.stderr.contains(&format!("× {said}\n")) && ran.stderr.contains("  help: ");
        if ran.code != 3 || !told || !ran.stderr.contains(&format!("policies/trial/policy.rhai:{line}:")) {
            wrong.push(format!("{body}\n{}", ran.whole()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ---- Limits ------------------------------------------------------------------------------------------------------------

#[test]
fn a_text_that_doubles() {
    let rules = r#"/// A rule.
fn bad(person) {
    let text = "xxxxxxxxxxxxxxxx";
    for i in 0..100 { text += text; }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: its lists and texts take more than 24 MB, the limit for one case
       ╭─[policies/trial/policy.rhai:5:31]
     4 │     let text = "xxxxxxxxxxxxxxxx";
     5 │     for i in 0..100 { text += text; }
       ·                               ────
     6 │ }
       ╰────
      help: look for a loop that adds to one of them
    "#);
}

#[test]
fn a_list_that_grows() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    for i in 0..2000 { for j in 0..2000 { all.push(1); } }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: its lists and texts take more than 24 MB, the limit for one case
       ╭─[policies/trial/policy.rhai:5:47]
     4 │     let all = [];
     5 │     for i in 0..2000 { for j in 0..2000 { all.push(1); } }
       ·                                               ────
     6 │ }
       ╰────
      help: look for a loop that adds to one of them
    ");
}

#[test]
fn a_method_that_the_language_does_not_have() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    all.pad(1000000000, 1);
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 3
    ---- stderr ----
      × no word or helper is called `pad`
       ╭─[policies/trial/policy.rhai:5:9]
     4 │     let all = [];
     5 │     all.pad(1000000000, 1);
       ·         ───
     6 │ }
       ╰────
      help: `brag help words` lists the words of a policy script
    1 error, 1 warning: brag check
    ");
}

#[test]
fn a_list_inside_a_list() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [1, 2, 3, 4];
    for i in 0..100 { all = [all, all, all, all]; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: lists and tables nested more than 32 deep, the limit
       ╭─[policies/trial/policy.rhai:5:29]
     4 │     let all = [1, 2, 3, 4];
     5 │     for i in 0..100 { all = [all, all, all, all]; }
       ·                             ─
     6 │ }
       ╰────
      help: keep lists of plain values, and look for a loop that puts one into another
    ");
}

#[test]
fn a_list_nested_ever_deeper() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [1];
    for i in 0..100 { all = [all]; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: lists and tables nested more than 32 deep, the limit
       ╭─[policies/trial/policy.rhai:5:29]
     4 │     let all = [1];
     5 │     for i in 0..100 { all = [all]; }
       ·                             ─
     6 │ }
       ╰────
      help: keep lists of plain values, and look for a loop that puts one into another
    ");
}

#[test]
fn a_table_that_grows() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = #{};
    for i in 0..2000 { for j in 0..2000 { all[`k${i}_${j}`] = i; } }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: its lists and texts take more than 24 MB, the limit for one case
       ╭─[policies/trial/policy.rhai:5:47]
     4 │     let all = #{};
     5 │     for i in 0..2000 { for j in 0..2000 { all[`k${i}_${j}`] = i; } }
       ·                                               ─
     6 │ }
       ╰────
      help: look for a loop that adds to one of them
    ");
}

#[test]
fn a_table_inside_a_table() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = #{ a: 1 };
    for i in 0..100 { all = #{ a: all, b: all }; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: lists and tables nested more than 32 deep, the limit
       ╭─[policies/trial/policy.rhai:5:29]
     4 │     let all = #{ a: 1 };
     5 │     for i in 0..100 { all = #{ a: all, b: all }; }
       ·                             ─
     6 │ }
       ╰────
      help: keep lists of plain values, and look for a loop that puts one into another
    ");
}

#[test]
fn a_word_that_makes_a_long_text() {
    let rules = r#"/// A rule.
fn bad(person) {
    let text = "x";
    for i in 0..15 { text += text; }
    let all = [];
    for i in 0..2000 { all.push("y"); }
    join(all, text)
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: its lists and texts take more than 24 MB, the limit for one case
       ╭─[policies/trial/policy.rhai:8:5]
     7 │     for i in 0..2000 { all.push("y"); }
     8 │     join(all, text)
       ·     ────
     9 │ }
       ╰────
      help: look for a loop that adds to one of them
    "#);
}

#[test]
fn a_slow_word_in_a_loop() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    for i in 0..9000 { all.push(9000 - i); }
    for i in 0..9000 { all.sort(); }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: still running after 2000000 steps, the limit for one case
       ╭─[policies/trial/policy.rhai:6:28]
     5 │     for i in 0..9000 { all.push(9000 - i); }
     6 │     for i in 0..9000 { all.sort(); }
       ·                            ────
     7 │ }
       ╰────
      help: look for loops inside loops, and for lists that grow
    ");
}

#[test]
fn eval_by_its_name() {
    let rules = r#"/// A rule.
fn bad(person) {
    let call = Fn("eval");
    call.call("1 + 1")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `call` is a word of the language
       ╭─[policies/trial/policy.rhai:4:9]
     3 │ fn bad(person) {
     4 │     let call = Fn("eval");
       ·         ────
     5 │     call.call("1 + 1")
       ╰────
      help: choose another name
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_rule_that_returns_a_number() {
    let rules = r#"/// A rule.
fn bad(person) {
    3
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: returned a number, which is no effect
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     3
       ╰────
      help: a rule returns nothing, one effect, or a list of effects
    ");
}

#[test]
fn a_rule_that_returns_a_number_among_effects() {
    let rules = r#"/// A rule.
fn bad(person) {
    [at_least("High"), 3]
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: returned a number, which is no effect
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     [at_least("High"), 3]
       ╰────
      help: a rule returns nothing, one effect, or a list of effects
    "#);
}

#[test]
fn a_comparison_with_words() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.oasys.rosh > "low" { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `>` would put words in alphabetical order
       ╭─[policies/trial/policy.rhai:4:26]
     3 │ fn bad(person) {
     4 │     if person.oasys.rosh > "low" { at_least("High") }
       ·                          ─
     5 │ }
       ╰────
      help: for levels of risk write `reaches(level, "medium")`
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_word_that_is_not_there() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_last("High")
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × no word or helper is called `at_last`
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     at_last("High")
       ·     ───────
     5 │ }
       ╰────
      help: did you mean `at_least`?
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_word_with_the_wrong_things() {
    let rules = r#"/// A rule.
fn bad(person) {
    if reaches(person.oasys.ogrs3) { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × `reaches` is given too little
       ╭─[policies/trial/policy.rhai:4:8]
     3 │ fn bad(person) {
     4 │     if reaches(person.oasys.ogrs3) { at_least("High") }
       ·        ───────
     5 │ }
       ╰────
      help: write `reaches(level, floor)`
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_throw() {
    let rules = r#"/// A rule.
fn bad(person) {
    throw "out of here";
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: out of here
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     throw "out of here";
       ·     ─────
     5 │ }
       ╰────
      help: the policy itself refuses this case: look at the case first, then at the rule
    "#);
}

#[test]
fn a_throw_of_a_value_of_the_case() {
    let rules = r#"/// A rule.
fn bad(person) {
    throw person.oasys.rosh;
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: stops itself with `throw`
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     throw person.oasys.rosh;
       ·     ─────
     5 │ }
       ╰────
      help: write what is wrong as a plain text: `throw "..."`
    "#);
}

#[test]
fn a_value_of_the_case_in_a_message() {
    let rules = r#"/// A rule.
fn bad(person) {
    let level = person.oasys.rosh;
    at_least(level)
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: unknown tier (a value of `oasys.rosh`)
       ╭─[policies/trial/policy.rhai:5:5]
     4 │     let level = person.oasys.rosh;
     5 │     at_least(level)
       ·     ────────
     6 │ }
       ╰────
      help: did you mean `Low`?
    ");
}

#[test]
fn a_division_by_zero() {
    let rules = r#"/// A rule.
fn bad(person) {
    let share = person.oasys.ogrs3 / 0;
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: division by zero
       ╭─[policies/trial/policy.rhai:4:36]
     3 │ fn bad(person) {
     4 │     let share = person.oasys.ogrs3 / 0;
       ·                                    ─
     5 │ }
       ╰────
      help: test the numbers before they are used
    ");
}

#[test]
fn a_number_past_the_largest() {
    let rules = r#"/// A rule.
fn bad(person) {
    let x = 9223372036854775807;
    x += 1;
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: addition past the largest number there can be
       ╭─[policies/trial/policy.rhai:5:10]
     4 │     let x = 9223372036854775807;
     5 │     x += 1;
       ·          ─
     6 │ }
       ╰────
      help: test the numbers before they are used
    ");
}

#[test]
fn an_input_that_is_changed() {
    let rules = r#"/// A rule.
fn bad(person) {
    person.oasys.rosh = "high";
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × an input cannot be changed
       ╭─[policies/trial/policy.rhai:4:23]
     3 │ fn bad(person) {
     4 │     person.oasys.rosh = "high";
       ·                       ─
     5 │ }
       ╰────
      help: keep another value in a variable: `let changed = ...`
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn a_condition_that_is_a_number() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.oasys.ogrs3 { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 3
    ---- stderr ----
      × a condition is true or false, and this is a number
       ╭─[policies/trial/policy.rhai:4:21]
     3 │ fn bad(person) {
     4 │     if person.oasys.ogrs3 { at_least("High") }
       ·                     ─────
     5 │ }
       ╰────
      help: compare it with something: `... >= 50`, `... == "high"`
    1 error, 1 warning: brag check
    "#);
}

#[test]
fn an_entry_that_is_not_there() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [1];
    all[3]
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: asks a list for an entry that it does not have
       ╭─[policies/trial/policy.rhai:5:9]
     4 │     let all = [1];
     5 │     all[3]
       ·         ─
     6 │ }
       ╰────
      help: test its `len()` first
    ");
}

#[test]
fn a_table_without_the_entry() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = #{ high: 1 };
    all[person.oasys.rosh]
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: asks a table for an entry that it does not have
       ╭─[policies/trial/policy.rhai:5:9]
     4 │     let all = #{ high: 1 };
     5 │     all[person.oasys.rosh]
       ·         ─────────────────
     6 │ }
       ╰────
      help: `table.get(name)` gives `()` where there is none
    ");
}

#[test]
fn a_standard_that_is_none() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least("Low")
}
fn contact(person, tier) { 3 }
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `contact`: returned something that is no standard of its kind
       ╭─[policies/trial/policy.rhai:6:1]
     5 │ }
     6 │ fn contact(person, tier) { 3 }
       · ──
       ╰────
      help: see `every` and `held_by` in `brag help words`
    ");
}

#[test]
fn an_unknown_unit_of_time() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least("Low")
}
fn review(person, tier) { every(1, "fortnight") }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
    policies/trial/policy.rhai:6:36: warning: unknown unit of time `fortnight`; known: `day` `week` `month`
      × case X100001: rule `review`: `fortnight` is no unit of time
       ╭─[policies/trial/policy.rhai:6:27]
     5 │ }
     6 │ fn review(person, tier) { every(1, "fortnight") }
       ·                           ─────
       ╰────
      help: the units are `day` `week` `month`
    "#);
}

#[test]
fn a_tier_function_that_gives_no_tier() {
    let rules = r#"/// A rule.
fn bad(person) {
    at_least("Low")
}
fn tier(person, so_far) { "Middle" }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `tier`: unknown tier `Middle`
       ╭─[policies/trial/policy.rhai:6:1]
     5 │ }
     6 │ fn tier(person, so_far) { "Middle" }
       · ──
       ╰────
      help: `TIERS` and `OUTSIDE` name the tiers
    "#);
}

#[test]
fn a_date_that_does_not_exist() {
    let rules = r#"/// A rule.
fn bad(person) {
    if person.assessed_on > date("2019-02-30") { at_least("High") }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: `date` needs a date that exists, written YYYY-MM-DD
       ╭─[policies/trial/policy.rhai:4:29]
     3 │ fn bad(person) {
     4 │     if person.assessed_on > date("2019-02-30") { at_least("High") }
       ·                             ────
     5 │ }
       ╰────
      help: see `brag help editing`
    "#);
}

// ---- Imports, parameters, absent inputs -------------------------------------------------------------------------------

fn importing(path: &str) -> Program {
    let rules = format!("import \"{path}\" as lib;\n{TIERS}fn bad(person) {{ at_least(lib::tier(person)) }}\n");
    Program::new().file("secret.rhai", "fn tier(person) { \"High\" }\n").rules(&rules)
}

#[test]
fn an_import_from_the_folder_above() {
    assert_snapshot!(failed(&importing("../secret")), @r#"
    exit code 3
    ---- stderr ----
      × imports `../secret.rhai`, which lies outside the policies folder
       ╭─[policies/trial/policy.rhai:1:1]
     1 │ import "../secret" as lib;
       · ──────
     2 │ const TIERS = ["Low", "High"];
       ╰────
      help: import by a path below the policies folder, such as "lib/needs"
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn an_import_by_an_absolute_path() {
    assert_snapshot!(failed(&importing("/etc/hostname")), @r#"
    exit code 3
    ---- stderr ----
      × imports `/etc/hostname.rhai`, which lies outside the policies folder
       ╭─[policies/trial/policy.rhai:1:1]
     1 │ import "/etc/hostname" as lib;
       · ──────
     2 │ const TIERS = ["Low", "High"];
       ╰────
      help: import by a path below the policies folder, such as "lib/needs"
    1 error, 2 warnings: brag check
    "#);
}

#[cfg(unix)]
#[test]
fn an_import_through_a_link() {
    let program = importing("lib/link").file("policies/lib/other.rhai", "");
    std::os::unix::fs::symlink("../../secret.rhai", program.folder().join("policies/lib/link.rhai")).unwrap();
    assert_snapshot!(failed(&program), @r#"
    exit code 3
    ---- stderr ----
      × imports `lib/link.rhai`, which is a link that leads outside the policies folder
       ╭─[policies/trial/policy.rhai:1:1]
     1 │ import "lib/link" as lib;
       · ──────
     2 │ const TIERS = ["Low", "High"];
       ╰────
      help: copy the file into the policies folder
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn an_import_that_is_not_there() {
    assert_snapshot!(failed(&importing("lib/none")), @r#"
    exit code 3
    ---- stderr ----
      × imports `lib/none.rhai`, which cannot be read: no such file or directory
       ╭─[policies/trial/policy.rhai:1:1]
     1 │ import "lib/none" as lib;
       · ──────
     2 │ const TIERS = ["Low", "High"];
       ╰────
      help: write the path from the policies folder, such as "lib/needs"
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn an_import_that_imports() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "import \"lib/needs\" as again;\n");
    assert_snapshot!(failed(&program), @r#"
    exit code 3
    ---- stderr ----
      × an imported script cannot import another
       ╭─[policies/lib/needs.rhai:1:1]
     1 │ import "lib/needs" as again;
       · ──────
       ╰────
      help: import both into the policy, and hand on what is needed as an argument
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn a_syntax_error_in_an_import() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "fn tier(person) {\n    let x = = 3;\n}\n");
    assert_snapshot!(failed(&program), @r#"
    exit code 3
    ---- stderr ----
      × `=` cannot stand here
       ╭─[policies/lib/needs.rhai:2:13]
     1 │ fn tier(person) {
     2 │     let x = = 3;
       ·             ─
     3 │ }
       ╰────
      help: look at what stands before it, too
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn a_fault_in_an_imported_function() {
    let lib = "// Shared.\n\nfn tier(person) {\n    level(person)\n}\n\nfn level(person) {\n    [\"High\"][person.oasys.ogrs3]\n}\n";
    assert_snapshot!(failed(&importing("lib/needs").file("policies/lib/needs.rhai", lib)), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: asks a list for an entry that it does not have
       ╭─[policies/lib/needs.rhai:8:14]
     7 │ fn level(person) {
     8 │     ["High"][person.oasys.ogrs3]
       ·              ──────────────────
     9 │ }
       ╰────
      help: test its `len()` first
    "#);
}

#[test]
fn what_is_wrong_in_an_imported_function_is_told_without_a_case() {
    let lib = "// Shared.\n\nfn tier(person) {\n    level(person)\n}\n\nfn level(person) {\n    if 1 < \"a\" { \"High\" } else { \"Low\" }\n}\n";
    assert_snapshot!(failed(&importing("lib/needs").file("policies/lib/needs.rhai", lib)), @r#"
    exit code 3
    ---- stderr ----
      × `<` compares a number with a word
       ╭─[policies/lib/needs.rhai:8:10]
     7 │ fn level(person) {
     8 │     if 1 < "a" { "High" } else { "Low" }
       ·          ─
     9 │ }
       ╰────
      help: compare values of one kind
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn an_endless_loop_in_an_imported_function() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "fn tier(person) {\n    loop { }\n}\n");
    assert_snapshot!(failed(&program), @r"
    exit code 3
    ---- stderr ----
      × the language of policies has no `loop`
       ╭─[policies/lib/needs.rhai:2:5]
     1 │ fn tier(person) {
     2 │     loop { }
       ·     ────
     3 │ }
       ╰────
      help: go through a list, or `for n in 0..10`
    1 error, 2 warnings: brag check
    ");
}

#[test]
fn a_loop_outside_the_functions_of_an_import() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "loop { }\nfn tier(person) { \"High\" }\n");
    assert_snapshot!(failed(&program), @r#"
    exit code 3
    ---- stderr ----
      × stands outside every function, so it would never run
       ╭─[policies/lib/needs.rhai:1:1]
     1 │ loop { }
       · ────
     2 │ fn tier(person) { "High" }
       ╰────
      help: only `import`, `const` and functions stand at the top of a script
    1 error, 2 warnings: brag check
    "#);
}

#[test]
fn a_parameter_without_a_value_on_the_date() {
    let parameters = "limit:\n  description: a limit\n  values:\n    2030-01-01: { value: 3, source: somebody }\n";
    let rules =
        format!("{TIERS}fn bad(person) {{\n    if person.oasys.ogrs3 >= param::limit {{ at_least(\"High\") }}\n}}\n");
    assert_snapshot!(failed(&Program::new().rules(&rules).file("policies/trial/parameters.yaml", parameters)), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: `param::limit` has no value on this date: its first holds from 2030-
      │ 01-01
       ╭─[policies/trial/policy.rhai:3:37]
     2 │ fn bad(person) {
     3 │     if person.oasys.ogrs3 >= param::limit { at_least("High") }
       ·                                     ─────
     4 │ }
       ╰────
      help: give parameters.yaml an earlier value
    "#);
}

#[test]
fn a_parameter_file_with_an_unknown_key() {
    let parameters = "limit:\n  description: a limit\n  valeus:\n    2010-01-01: { value: 3, source: somebody }\n";
    let rules = format!("{TIERS}fn bad(person) {{ at_least(\"High\") }}\n");
    assert_snapshot!(failed(&Program::new().rules(&rules).file("policies/trial/parameters.yaml", parameters)), @r"
    exit code 3
    ---- stderr ----
      × `limit.valeus`: unknown key
       ╭─[policies/trial/parameters.yaml:3:3]
     2 │   description: a limit
     3 │   valeus:
       ·   ──────
     4 │     2010-01-01: { value: 3, source: somebody }
       ╰────
      help: did you mean `values`?
    1 error, 2 warnings: brag check
    ");
}

#[test]
fn a_comparison_with_an_absent_input_that_no_range_covers() {
    let rules = format!(
        "const ON_MISSING = \"as-written\";\n{TIERS}fn bad(person) {{\n    if person.oasys.ovp >= 60 {{ at_least(\"High\") }}\n}}\n"
    );
    assert_snapshot!(failed(&Program::new().rules(&rules)), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: `>=` compares an input that this case does not give
       ╭─[policies/trial/policy.rhai:4:25]
     3 │ fn bad(person) {
     4 │     if person.oasys.ovp >= 60 { at_least("High") }
       ·                         ─
     5 │ }
       ╰────
      help: test it first: `known(...) && ...`
    "#);
}

#[test]
fn rules_that_are_not_text() {
    assert_snapshot!(failed(&Program::new().file("policies/trial/policy.rhai", [0xff, 0xfe])), @r"
    exit code 3
    ---- stderr ----
      × policies/trial/policy.rhai: is not text in UTF-8
      help: save it as UTF-8
    ");
}

#[test]
fn a_policy_that_is_not_there() {
    let ran = Program::new().rules("").file("case.yaml", CASE).run("assess --policy trail case.yaml");
    assert_eq!(ran.code, 3);
    let said = "  × trail: there is no such policy\n  help: did you mean `trial`? known: assessment-quality, bgsw, ";
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
}

// ---- What nests deeply ------------------------------------------------------------------------------------------------

/// Every way to nest that the language has, thousands deep: an error, and no overflow of the stack, which would end the
/// process by a signal.
#[test]
fn deep_nesting_ends_in_an_error() {
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(3_000), close.repeat(3_000));
    let bodies = [
        nested("(", ")"),
        nested("[", "]"),
        nested("#{a:", "}"),
        nested("{", "}"),
        nested("if true {", "}"),
        nested("- ", ""),
        nested("!", ""),
        nested("1 + ", ""),
        nested("true || ", ""),
        nested("`${", "}`"),
        nested("|x| ", ""),
        nested("switch 1 { 1 => ", "}"),
        nested("if false { 1 } else ", ""),
        nested("while true { ", "}"),
        nested("try { ", "} catch { }"),
        format!("person{}", ".oasys".repeat(3_000)),
        format!("[1]{}", "[0]".repeat(3_000)),
        format!("1{}", " == 1".repeat(3_000)),
        format!("person{}", "?.oasys".repeat(3_000)),
        format!("[1]{}", ".map(|x| x)".repeat(3_000)),
    ];
    for body in bodies {
        let start: String = body.chars().take(20).collect();
        let ran = assess(&Program::new().rules(&format!("{TIERS}fn bad(person) {{\n    let x = {body};\n}}\n")));
        assert!([3, 5].contains(&ran.code), "{start}: {}", ran.whole());
        assert!(ran.stderr.contains("policies/trial/policy.rhai:3:"), "{start}: {}", ran.stderr);
        assert!(ran.stderr.contains("help: "), "{start}: {}", ran.stderr);
    }
}

/// Nested as deeply as the limits allow, on a stack a quarter of the usual size: helpers that call helpers, each as deep in its
/// body as goes, with a fact missing, so that both ways of a condition are gone.
#[test]
#[cfg(target_os = "linux")]
fn what_the_limits_allow_fits_a_small_stack() {
    for (open, close) in
        [("[", "]"), ("if person.oasys.rsr > 1 { ", " }"), ("[1].map(|x| ", ")"), ("switch n { 1 => ", " }")]
    {
        let refused = (1..60).find(|depth| {
            let body = |next: usize| format!("{}h{next}(person, n){}", open.repeat(*depth), close.repeat(*depth));
            let helpers = (1..7).map(|at| format!("private fn h{at}(person, n) {{ {} }}\n", body(at + 1)));
            let helpers = helpers.collect::<Vec<_>>().concat();
            let rules =
                format!("{TIERS}fn bad(person) {{ h1(person, 1) }}\n{helpers}private fn h7(person, n) {{ [n, ()].filter(|x| false) }}\n");
            let ran = limited(&Program::new().rules(&rules).file("case.yaml", CASE), "ulimit -s 2048", "assess");
            assert!([3, 5].contains(&ran.code), "{open} {depth}: {}", ran.whole());
            let is_refused = ran.stderr.contains("nested");
            assert!(is_refused || ran.stderr.contains("no rule gives this case a tier"), "{open} {depth}: {}", ran.whole());
            is_refused
        });
        assert!(refused.is_some_and(|depth| depth > 1), "{open}: {refused:?}");
    }
}

// ---- Memory -----------------------------------------------------------------------------------------------------------

/// Under a limit of 256 MB of address space, which the program's own pages count towards.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded() {
    let bombs = [
        "let text = \"xxxxxxxxxxxxxxxx\";\nFOREVER text += text; }",
        "let text = \"x\";\nFOREVER text = `${text}${text}${text}`; }",
        "let text = \"x\";\nFOREVER text = text.to_upper() + text.to_lower(); }",
        "let all = [];\nFOREVER all.push(\"a new text\" + all.len()); }",
        "let all = [1];\nFOREVER all += all; }",
        "let all = [1];\nFOREVER all = [all, all, all]; }",
        "let all = #{};\nFOREVER all[`k${i}_${j}`] = `v${i}`; }",
        "let all = #{ a: 1 };\nFOREVER all = #{ a: all, b: all, c: all }; }",
        "let big = [];\nfor i in 0..9000 { big.push(i); }\nlet keep = [];\nFOREVER keep.push(big); }",
        "let big = \"x\";\nfor i in 0..14 { big += big; }\nlet keep = [];\nFOREVER keep.push(big + keep.len()); }",
        "let text = \"x,\";\nfor i in 0..12 { text += text; }\nlet keep = [];\nFOREVER keep.push(text.split(\",\")); }",
        "let all = [];\nFOREVER all.insert(0, \"xxxxxxxxxxxxxxxx\"); }",
        "let all = [];\nlet text = \"x\";\nfor i in 0..13 { text += text; }\nfor i in 0..9000 { all.push(text); }\njoin(all, text)",
        "FOREVER let said = asks(person); }",
        "FOREVER let said = IOM; }",
    ];
    // What a rule reads is noted; a helper that is asked again notes all that it read, and one statement may hold many reads.
    let paths = InputTable::common().all().iter().map(|input| &input.path);
    let asks = paths.map(|path| format!("n += if known(person.{path}) {{ 1 }} else {{ 0 }};")).collect::<String>();
    let iom = ["(known(person.iom) == known(person.iom))"; 25].join(" && ");
    for bomb in bombs {
        // The turns of two loops end on their own, but not before the limits.
        let ends = if bomb.contains("FOREVER") { " }" } else { "" };
        let bomb = bomb.replace("FOREVER", "for i in 0..2000 { for j in 0..2000 {").replace("IOM", &iom) + ends;
        let rules =
            format!("{TIERS}fn bad(person) {{\n{bomb}\n}}\nprivate fn asks(person) {{ let n = 0; {asks} n }}\n");
        let program = Program::new().rules(&rules).file("case.yaml", CASE);
        let ran = limited(&program, "ulimit -v 262144", "assess");
        assert_eq!(ran.code, 5, "{bomb}\n{}", ran.whole());
        assert!(ran.stderr.contains("policies/trial/policy.rhai:"), "{bomb}\n{}", ran.stderr);
    }
}

/// A rule that meets very many conditions within its steps: what `explain` notes of them has a bound.
#[test]
#[cfg(target_os = "linux")]
fn what_is_noted_of_conditions_is_bounded() {
    let turns = "for i in 0..600 { for j in 0..600 { if i >= 3 && j >= 4 && i >= 5 && j >= 6 { } } }";
    let rules = format!("{TIERS}fn base(person) {{ {turns} at_least(\"High\") }}\n");
    let program = Program::new().rules(&rules).file("case.yaml", CASE);
    let ran = limited(&program, "ulimit -v 262144", "explain");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("X100001  High "), "{}", ran.stdout);
}

/// A look at a book has limits of its own, and a message that tells those.
#[test]
fn a_look_at_a_book_that_takes_too_much() {
    let rules = r#"fn base(person) { at_least("Low") }
fn caseload(book) {
    let text = "x";
    for i in 0..18 { text += text; }
    for i in 0..9000 { let more = text + "y"; }
}
"#;
    let program = Program::new().rules(&format!("{TIERS}{rules}")).file("case.yaml", CASE);
    assert_snapshot!(program.run("caseload --policy trial --on 2020-01-01 case.yaml").whole(), @r#"
    exit code 5
    ---- stderr ----
      × rule `caseload`: its lists and texts take more than 96 MB, the limit for one look at a book
       ╭─[policies/trial/policy.rhai:6:40]
     5 │     for i in 0..18 { text += text; }
     6 │     for i in 0..9000 { let more = text + "y"; }
       ·                                        ─
     7 │ }
       ╰────
      help: look for a loop that adds to one of them
    "#);
}

/// The last day of the calendar is written for "never": no day is behind it, and nobody is made up for it without end.
#[cfg(target_os = "linux")]
#[test]
fn a_policy_may_change_on_the_last_day_of_all() {
    let rule =
        "fn base(person) { if person.oasys.ogrs3 > param::y { at_least(\"High\") } else { at_least(\"Low\") } }\n";
    let number = |from: &str, value: u8| format!("    {from}: {{ value: {value}, unit: percent, source: x }}\n");
    let numbers = format!("y:\n  description: y\n  values:\n{}{}", number("2014-06-01", 50), number("9999-12-31", 60));
    let dated = rule.replace("fn base", "/// Never.\n/// @from 9999-12-31\n/// @cite none\nfn never");
    for (rules, numbers) in [
        (format!("{TIERS}{rule}"), numbers.as_str()),
        (
            format!("{TIERS}{dated}fn base(person) {{ at_least(\"Low\") }}\n"),
            "y: { description: y, values: { 2014-06-01: { value: 1, unit: percent, source: x } } }\n",
        ),
    ] {
        let program = Program::new().rules(&rules).file("policies/trial/parameters.yaml", numbers);
        for verb in ["verify trial", "compare trial trial --set y=3"] {
            let brag = env!("CARGO_BIN_EXE_brag");
            let line = format!("ulimit -v 524288; ulimit -t 60; exec '{brag}' {verb}");
            let mut command = std::process::Command::new("bash");
            let ran = Ran::of(command.current_dir(program.folder()).args(["-c", &line]).output().unwrap());
            assert!((0..=6).contains(&ran.code) && !ran.stdout.is_empty(), "{verb}: {}", ran.whole());
        }
    }
}

/// What is tried over everything that facts could be counts as the work that it is.
#[cfg(target_os = "linux")]
#[test]
fn an_explanation_ends_however_long_one_rule_takes() {
    let rules = "fn base(person) { at_least(\"Low\") }\nfn slow(person) { for i in 0..3000 { \
        if i * i == person.oasys.ogrs3 * person.oasys.ogp + 7 { return at_least(\"High\"); } } }\n";
    let program = Program::new().rules(&format!("{TIERS}{rules}")).file("case.yaml", "crn: X1\n");
    let ran = limited(&program, "ulimit -v 524288; ulimit -t 60", "explain");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.stdout.contains("Not everything was tried"), "{}", ran.stdout);
}

#[cfg(target_os = "linux")]
fn limited(program: &Program, limit: &str, verb: &str) -> Ran {
    let brag = env!("CARGO_BIN_EXE_brag");
    let line = format!("{limit}; exec '{brag}' {verb} --policy trial --on 2020-01-01 case.yaml");
    let mut command = std::process::Command::new("bash");
    Ran::of(command.current_dir(program.folder()).args(["-c", &line]).output().unwrap())
}

// ---- What loading may take --------------------------------------------------------------------------------------------

/// What a run ends with, and the sentence about it.
fn refused(program: &Program) -> (i32, String) {
    let ran = assess(program);
    let said = ran.stderr.lines().find(|line| line.contains('×')).unwrap_or_default();
    (ran.code, said.trim_start_matches([' ', '×']).trim_end().to_owned())
}

/// The parser compares each new name with all others: so many are refused before it does.
#[test]
fn names_are_counted_before_they_are_compared() {
    let many =
        |number: usize, one: fn(usize) -> String, between: &str| (0..number).map(one).collect::<Vec<_>>().join(between);
    let scripts = [
        format!("private fn bad({}) {{ 1 }}", many(140_000, |at| format!("p{at}"), ",")),
        format!("fn bad(person) {{ [1].map(|{}| 1) }}", many(140_000, |at| format!("p{at}"), ",")),
        format!("fn bad(person) {{ let all = #{{{}}}; }}", many(90_000, |at| format!("p{at}:1"), ",")),
        format!("fn bad(person) {{ {} }}", many(60_000, |at| format!("let v{at} = 1;"), " ")),
        many(40_000, |at| format!("const C{at} = 1;"), " "),
    ];
    for script in scripts {
        let start: String = script.chars().take(40).collect();
        let (code, said) = refused(&Program::new().rules(&format!("{TIERS}{script}\n")));
        assert_eq!(code, 3, "{start}");
        assert!(said.contains("more than 5000 names in one file, or 250 in one list"), "{start}: {said}");
    }
    let list = |number, between: &str| {
        let all = many(number, |at| format!("\"T{at}\""), between);
        refused(&Program::new().rules(&format!("{TIERS}fn base(person) {{ let all = [{all}]; at_least(\"Low\") }}\n")))
    };
    assert_eq!(list(5_000, ",").0, 0);
    let (code, said) = list(70_000, ",");
    assert_eq!((code, said.contains("more than 65535")), (3, true), "{said}");
    // What stands after so long a line, or so many, would be lost without a word.
    for (number, between) in [(20_000, ","), (70_000, ",\n")] {
        let (code, said) = list(number, between);
        assert_eq!((code, said.contains("more than 65535 lines")), (3, true), "{said}");
    }
}

#[test]
fn imports_have_a_number_and_a_size() {
    let library = |bytes: usize| format!("fn f() {{ 1 }}\n//{}\n", "x".repeat(bytes));
    let rules = |number: usize, path: fn(usize) -> String| {
        let imports = (0..number).map(|at| format!("import \"lib/{}\" as a{at};\n", path(at))).collect::<String>();
        format!("{imports}{TIERS}fn base(person) {{ at_least(\"Low\") }}\n")
    };
    let one = Program::new().rules(&rules(3_000, |_| "a".to_owned())).file("policies/lib/a.rhai", library(10));
    assert_eq!(refused(&one), (3, "imports more than 32 scripts, the limit".to_owned()));
    let same = |_| "a".to_owned();
    let large = Program::new().rules(&rules(3, same)).file("policies/lib/a.rhai", library(1_000_000));
    assert_eq!(refused(&large), (3, "imports more than 2097152 bytes of scripts, the limit".to_owned()));
    let good = Program::new().rules(&rules(32, same)).file("policies/lib/a.rhai", library(10));
    assert_eq!(refused(&good).0, 0);
}

#[test]
fn a_name_that_is_taken_is_refused() {
    for alias in ["param", "global", "person"] {
        let rules = format!("import \"lib/a\" as {alias};\n{TIERS}fn base(person) {{ at_least(\"Low\") }}\n");
        let (code, said) = refused(&Program::new().rules(&rules).file("policies/lib/a.rhai", "fn f() { 1 }\n"));
        assert_eq!((code, said), (3, format!("imports `lib/a.rhai` under a name that is taken, `{alias}`")));
    }
    let base = "fn base(person) { at_least(\"Low\") }\n";
    for (name, function) in [
        ("flag", "private fn flag(a, b) { at_least(\"High\") }"),
        ("flag", "private fn flag(a) { at_least(\"High\") }"),
        ("every", "fn every(person) { at_least(\"High\") }"),
        ("known", "private fn known(a) { true }"),
        ("provisional", "private fn provisional(a) { at_least(\"High\") }"),
        ("at_least", "private fn at_least(tier) { 1 }"),
    ] {
        let (code, said) = refused(&Program::new().rules(&format!("{TIERS}{base}{function}\n")));
        assert_eq!((code, said), (3, format!("`{name}` is a word of the language")), "{function}");
    }
    let rules = format!("import \"lib/a\" as a;\n{TIERS}{base}");
    let library = Program::new().rules(&rules).file("policies/lib/a.rhai", "fn flag(a, b) { at_least(\"High\") }\n");
    assert_eq!(refused(&library), (3, "`flag` is a word of the language".to_owned()));
}

#[test]
fn tiers_without_a_name_and_shares_that_are_no_number_are_refused() {
    for tiers in ["[\"\", \"High\"]", "[\" \", \"High\"]"] {
        let rules = format!("const TIERS = {tiers};\nfn base(person) {{ at_least(\"High\") }}\n");
        assert_eq!(refused(&Program::new().rules(&rules)), (3, "a tier has no name".to_owned()));
    }
    // It would look like the one before, and be another.
    let rules = "const TIERS = [\"High\", \"High\u{200b}\"];\nfn base(person) { at_least(\"High\") }\n";
    let said = "a tier has a character in its name that cannot be seen";
    assert_eq!(refused(&Program::new().rules(rules)), (3, said.to_owned()));
    for share in ["NaN", "inf", "1e400", "x"] {
        let ran = Program::new().run(&format!("test bgsw --coverage --fail-under={share}"));
        assert_eq!(ran.code, 2, "{share}");
        assert!(ran.stderr.contains("expected a percentage from 0 to 100, such as 80"), "{}", ran.stderr);
    }
}

/// Some editors write a mark before UTF-8: a script and its numbers are read as a case is.
#[test]
fn a_byte_order_mark_is_passed_over() {
    let rules = format!("\u{feff}{TIERS}fn base(person) {{ if param::n > 1 {{ at_least(\"Low\") }} }}\n");
    let numbers = "\u{feff}n: {description: d, values: {2000-01-01: {value: 2, source: s}}}\n";
    assert_eq!(refused(&Program::new().rules(&rules).file("policies/trial/parameters.yaml", numbers)).0, 0);
}

/// Each fault is found once, without every one being held against all the others.
#[test]
fn errors_by_the_thousand_on_one_line() {
    let rules = format!("/// A rule.\nfn bad(person) {{ {} }}\n", "zz;".repeat(20_000));
    let said = fails(&rules);
    assert!(said.ends_with("20000 errors, 1 warning: brag check\n"), "{said}");
}

#[test]
fn a_tier_with_a_name_as_long_as_a_book() {
    let rules = format!(
        "//! h\nconst TIERS = [\"Low\", \"{}\"];\n/// A rule.\nfn bad(person) {{ at_least(\"Low\") }}\n",
        "x".repeat(60_000)
    );
    let program = Program::new().rules(&rules).file("case.yaml", "crn: X1\n");
    let ran = program.run("assess case.yaml --policy trial --on 2020-01-01");
    assert_snapshot!(ran.whole(), @"
    exit code 3
    ---- stderr ----
      × policies/trial/policy.rhai:2:23: a name in `TIERS` has more than 100 letters
      help: name it as people call it
    1 error, 1 warning: brag check
    ");
}

#[test]
fn a_number_as_long_as_a_book() {
    let number = "1".repeat(100_000);
    let parameters = format!("y: {{ description: x, values: {{ 2014-06-01: {{ value: {number}, source: x }} }} }}\n");
    let rules = "//! h\nconst TIERS = [\"Low\"];\n/// A rule.\nfn bad(person) { at_least(\"Low\") }\n";
    let program = Program::new().rules(rules).file("policies/trial/parameters.yaml", parameters);
    let ran = program.file("case.yaml", "crn: X1\n").run("assess case.yaml --policy trial --on 2020-01-01");
    assert_snapshot!(ran.whole(), @"
    exit code 3
    ---- stderr ----
      × policies/trial/parameters.yaml:1:53: `y.values.2014-06-01`:
      │ `1111111111111111111111111111111111111111...` is no number: write its digits, or a word in
      │ quotation marks
    1 error, 1 warning: brag check
    ");
}

/// A band that nobody can be in would lower people in silence, whether the score is known or not.
#[test]
fn cut_offs_that_are_not_three() {
    for cut_offs in ["[50, 75]", "[50]", "[]", "[50, 60, 75, 90]"] {
        let rules = format!(
            "//! h\nconst TIERS = [\"Low\", \"High\"];\n/// A rule.\nfn bad(person) {{ if band(person.oasys.ogrs3, {cut_offs}) == \"very_high\" {{ at_least(\"High\") }} else {{ at_least(\"Low\") }} }}\n"
        );
        for case in ["crn: X1\noasys: { ogrs3: 95 }\n", "crn: X1\n"] {
            let program = Program::new().rules(&rules).file("case.yaml", case);
            let ran = program.run("assess case.yaml --policy trial --on 2020-01-01");
            assert!(ran.code == 5 && ran.stderr.contains("`band` needs three cut-offs"), "{case}{}", ran.whole());
        }
    }
}
