//! Policies that are wrong or hostile: each ends in an error that names the file, the line and what to do about it, within a
//! second and 256 MB, and never takes the process down.
//!
//! A policy that is found wrong when it is loaded ends with exit code 3; one that fails on a case, with 5.

use crate::program::{Program, Ran};
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
      × unexpected '='
       ╭─[policies/trial/policy.rhai:4:13]
     3 │ fn bad(person) {
     4 │     let x = = 3;
       ·             ─
     5 │ }
       ╰────
      help: see "Editing a policy" in the README
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
      × an import inside a function
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     import "lib/needs" as needs;
       ·     ──────
     5 │     at_least("Low")
       ╰────
      help: move it to the top of the script
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
      × unknown mark `@sight`; known: `@cite` `@from` `@until` `@severity`
       ╭─[policies/trial/policy.rhai:4:1]
     3 │ /// @sight somewhere
     4 │ fn bad(person) { at_least("Low") }
       · ──
       ╰────
      help: see "Editing a policy" in the README
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: unknown input `person.oasys.ogr3`
       ╭─[policies/trial/policy.rhai:5:14]
     4 │     let scores = person.oasys;
     5 │     if scores.ogr3 >= 75 { at_least("High") }
       ·              ─────
     6 │ }
       ╰────
      help: did you mean `person.oasys.ogrs3`?
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
      × case X100001: rule `bad`: unknown tier `Hihg`
       ╭─[policies/trial/policy.rhai:5:5]
     4 │     let tier = "Hi";
     5 │     at_least(tier + "hg")
       ·     ────────
     6 │ }
       ╰────
      help: did you mean `High`?
    "#);
}

#[test]
fn an_endless_loop() {
    let rules = r#"/// A rule.
fn bad(person) {
    loop { }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: still running after 400000 steps, the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     loop { }
       ╰────
      help: look for a loop that never ends
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: still running after 400000 steps, the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     while true { try { loop { } } catch (fault) { } }
       ╰────
      help: look for a loop that never ends
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
      × case X100001: rule `bad`: still running after 400000 steps, the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     for x in 0..1000000000000 { }
       ╰────
      help: look for a loop that never ends
    ");
}

#[test]
fn deep_recursion() {
    let rules = r#"fn bad(person) { again(person) }
private fn again(person) { [[[[again(person)]]]] }
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: calls nested more than 24 deep, the limit
       ╭─[policies/trial/policy.rhai:2:1]
     1 │ const TIERS = ["Low", "High"];
     2 │ fn bad(person) { again(person) }
       · ──
     3 │ private fn again(person) { [[[[again(person)]]]] }
       ╰────
      help: look for a function that calls itself
    "#);
}

#[test]
fn deep_recursion_through_closures() {
    let rules = r#"fn bad(person) { again(1) }
private fn again(n) { [1].map(|x| [2].map(|y| again(n + 1))) }
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: calls nested more than 24 deep, the limit
       ╭─[policies/trial/policy.rhai:3:39]
     2 │ fn bad(person) { again(1) }
     3 │ private fn again(n) { [1].map(|x| [2].map(|y| again(n + 1))) }
       ·                                       ───
       ╰────
      help: look for a function that calls itself
    ");
}

#[test]
fn a_text_that_doubles() {
    let rules = r#"/// A rule.
fn bad(person) {
    let text = "xxxxxxxxxxxxxxxx";
    loop { text += text; }
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a text grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let text = "xxxxxxxxxxxxxxxx";
       ╰────
      help: look for a loop that adds to it
    "#);
}

#[test]
fn a_list_that_grows() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    loop { all.push(1); }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a list grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = [];
       ╰────
      help: look for a loop that adds to it
    ");
}

#[test]
fn a_list_that_is_padded() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    all.pad(1000000000, 1);
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a list grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = [];
       ╰────
      help: look for a loop that adds to it
    ");
}

#[test]
fn a_list_inside_a_list() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [1, 2, 3, 4];
    loop { all = [all, all, all, all]; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a list grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = [1, 2, 3, 4];
       ╰────
      help: look for a loop that adds to it
    ");
}

#[test]
fn a_list_nested_ever_deeper() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [1];
    loop { all = [all]; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: ran longer than a rule may
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = [1];
       ╰────
      help: look for a loop over something very long
    ");
}

#[test]
fn a_table_that_grows() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = #{};
    let i = 0;
    loop { all[`k${i}`] = i; i += 1; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: still running after 400000 steps, the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = #{};
       ╰────
      help: look for a loop that never ends
    ");
}

#[test]
fn a_table_inside_a_table() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = #{ a: 1 };
    loop { all = #{ a: all, b: all }; }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a table grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = #{ a: 1 };
       ╰────
      help: look for a loop that adds to it
    ");
}

#[test]
fn a_word_that_makes_a_long_text() {
    let rules = r#"/// A rule.
fn bad(person) {
    let text = "x";
    for i in 0..13 { text += text; }
    let all = [];
    all.pad(2000, "y");
    join(all, text)
}
"#;
    assert_snapshot!(fails(rules), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: a text grew past the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let text = "x";
       ╰────
      help: look for a loop that adds to it
    "#);
}

#[test]
fn a_slow_word_in_a_loop() {
    let rules = r#"/// A rule.
fn bad(person) {
    let all = [];
    for i in 0..9000 { all.push(9000 - i); }
    loop { all.sort(); }
}
"#;
    assert_snapshot!(fails(rules), @r"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: ran longer than a rule may
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ /// A rule.
     3 │ fn bad(person) {
       · ──
     4 │     let all = [];
       ╰────
      help: look for a loop over something very long
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: `>` would put words in alphabetical order
       ╭─[policies/trial/policy.rhai:4:26]
     3 │ fn bad(person) {
     4 │     if person.oasys.rosh > "low" { at_least("High") }
       ·                          ─
     5 │ }
       ╰────
      help: for levels of risk write `reaches(level, "medium")`
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: no word `at_last` takes what it is given here: a word
       ╭─[policies/trial/policy.rhai:4:5]
     3 │ fn bad(person) {
     4 │     at_last("High")
       ·     ───────
     5 │ }
       ╰────
      help: did you mean `at_least`?
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: no word `reaches` takes what it is given here: a number
       ╭─[policies/trial/policy.rhai:4:8]
     3 │ fn bad(person) {
     4 │     if reaches(person.oasys.ogrs3) { at_least("High") }
       ·        ───────
     5 │ }
       ╰────
      help: the README lists the words of a policy script
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
      help: a floor is one of `Low` `High`
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
      × case X100001: rule `bad`: addition overflow
       ╭─[policies/trial/policy.rhai:5:7]
     4 │     let x = 9223372036854775807;
     5 │     x += 1;
       ·       ─
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: an input cannot be changed
       ╭─[policies/trial/policy.rhai:4:18]
     3 │ fn bad(person) {
     4 │     person.oasys.rosh = "high";
       ·                  ────
     5 │ }
       ╰────
      help: keep another value in a variable: `let changed = ...`
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
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: expected true or false, found a number
       ╭─[policies/trial/policy.rhai:4:14]
     3 │ fn bad(person) {
     4 │     if person.oasys.ogrs3 { at_least("High") }
       ·              ────────────
     5 │ }
       ╰────
      help: see "Editing a policy" in the README
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
      × case X100001: rule `bad`: nothing here is called (a value of `oasys.rosh`)
       ╭─[policies/trial/policy.rhai:5:9]
     4 │     let all = #{ high: 1 };
     5 │     all[person.oasys.rosh]
       ·         ─────────────────
     6 │ }
       ╰────
      help: `brag show inputs` lists every input
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
      help: see the words `every` and `held_by` in the README
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
      help: see "Editing a policy" in the README
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
    "#);
}

#[test]
fn a_syntax_error_in_an_import() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "fn tier(person) {\n    let x = = 3;\n}\n");
    assert_snapshot!(failed(&program), @r#"
    exit code 3
    ---- stderr ----
      × unexpected '='
       ╭─[policies/lib/needs.rhai:2:13]
     1 │ fn tier(person) {
     2 │     let x = = 3;
       ·             ─
     3 │ }
       ╰────
      help: see "Editing a policy" in the README
    "#);
}

#[test]
fn a_fault_in_an_imported_function() {
    let lib = "// Shared.\n\nfn tier(person) {\n    level(person)\n}\n\nfn level(person) {\n    1 < \"a\"\n}\n";
    assert_snapshot!(failed(&importing("lib/needs").file("policies/lib/needs.rhai", lib)), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: `<` compares a number with a word
       ╭─[policies/lib/needs.rhai:8:7]
     7 │ fn level(person) {
     8 │     1 < "a"
       ·       ─
     9 │ }
       ╰────
      help: compare numbers with numbers and dates with dates
    "#);
}

#[test]
fn an_endless_loop_in_an_imported_function() {
    let program = importing("lib/needs").file("policies/lib/needs.rhai", "fn tier(person) {\n    loop { }\n}\n");
    assert_snapshot!(failed(&program), @r#"
    exit code 5
    ---- stderr ----
      × case X100001: rule `bad`: still running after 400000 steps, the limit
       ╭─[policies/trial/policy.rhai:3:1]
     2 │ const TIERS = ["Low", "High"];
     3 │ fn bad(person) { at_least(lib::tier(person)) }
       · ──
       ╰────
      help: look for a loop that never ends
    "#);
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
       ╭─[policies/trial/policy.rhai:3:30]
     2 │ fn bad(person) {
     3 │     if person.oasys.ogrs3 >= param::limit { at_least("High") }
       ·                              ─────
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

/// Nested as deeply as the limits allow, on a stack a quarter of the usual size.
#[test]
#[cfg(target_os = "linux")]
fn what_the_limits_allow_fits_a_small_stack() {
    let depth = 9;
    let body = format!("{}again(n + 1){}", "[".repeat(depth), "]".repeat(depth));
    let rules = format!(
        "{TIERS}fn bad(person) {{ again(1) }}\nprivate fn again(n) {{ if n > 0 {{ if n > 0 {{ {body} }} }} }}\n"
    );
    let program = Program::new().rules(&rules).file("case.yaml", CASE);
    let ran = limited(&program, "ulimit -s 2048");
    assert_eq!(ran.code, 5, "{}", ran.whole());
    assert!(ran.stderr.contains("nested more than"), "{}", ran.stderr);
}

// ---- Memory -----------------------------------------------------------------------------------------------------------

/// Under a limit of 256 MB of address space, which the program's own pages count towards.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded() {
    let bombs = [
        "let text = \"xxxxxxxxxxxxxxxx\";\nloop { text += text; }",
        "let text = \"x\";\nloop { text = `${text}${text}${text}`; }",
        "let text = \"x\";\nloop { text.replace(\"x\", \"xxxxxxxxxxxxxxxxxxxxxxxx\"); }",
        "let all = [];\nloop { all.push(\"a new text\" + all.len()); }",
        "let all = [1];\nloop { all += all; }",
        "let all = [1];\nloop { all = [all, all, all]; }",
        "let all = #{};\nlet i = 0;\nloop { all[`k${i}`] = `v${i}`; i += 1; }",
        "let all = #{ a: 1 };\nloop { all = #{ a: all, b: all, c: all }; }",
        "let big = [];\nfor i in 0..9000 { big.push(i); }\nlet keep = [];\nloop { keep.push(big); }",
        "let big = \"x\";\nfor i in 0..14 { big += big; }\nlet keep = [];\nloop { keep.push(big + keep.len()); }",
        "let text = \"x,\";\nfor i in 0..12 { text += text; }\nlet keep = [];\nloop { keep.push(text.split(\",\")); }",
        "let all = [];\nall.pad(1000000000, \"xxxxxxxxxxxxxxxx\");",
        "let all = [];\nlet text = \"x\";\nfor i in 0..13 { text += text; }\nall.pad(9000, text);\njoin(all, text)",
    ];
    for bomb in bombs {
        let program = Program::new().rules(&format!("{TIERS}fn bad(person) {{\n{bomb}\n}}\n")).file("case.yaml", CASE);
        let ran = limited(&program, "ulimit -v 262144");
        assert_eq!(ran.code, 5, "{bomb}\n{}", ran.whole());
        assert!(ran.stderr.contains("policies/trial/policy.rhai:2:"), "{bomb}\n{}", ran.stderr);
    }
}

#[cfg(target_os = "linux")]
fn limited(program: &Program, limit: &str) -> Ran {
    let brag = env!("CARGO_BIN_EXE_brag");
    let line = format!("{limit}; exec '{brag}' assess --policy trial --on 2020-01-01 case.yaml");
    let mut command = std::process::Command::new("bash");
    Ran::of(command.current_dir(program.folder()).args(["-c", &line]).output().unwrap())
}
