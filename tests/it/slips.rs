//! The slips that people make most in a policy: each is found at its line, and what to write stands in its remedy.

use crate::program::{Program, Ran};
use brag::{check::check, language::standard::CalendarRules, policy::source::Shelf};
use insta::assert_snapshot;
use std::fs;

const HEAD: &str = "//! Example.\nconst TIERS = [\"Low\", \"Top\"];\n/// Everybody.\n/// @cite none\nfn base(person) { at_least(\"Low\") }\n";

/// What is found of a policy, a finding a line.
fn found(rules: &str, numbers: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let trial = folder.path().join("trial");
    fs::create_dir_all(&trial).unwrap();
    fs::write(trial.join("policy.rhai"), rules).unwrap();
    fs::write(trial.join("parameters.yaml"), numbers).unwrap();
    let found = check(&Shelf::Folder(folder.path().to_path_buf()), "trial").unwrap();
    let line = |fault: &brag::language::fault::PolicyFault| {
        let file = fault.file.rsplit('/').next().unwrap();
        let (line, column) = (fault.line.unwrap_or(0), fault.column.unwrap_or(0));
        let help = fault.help.as_deref().unwrap_or("");
        format!("{file}:{line}:{column} {}: {}; {help}", fault.code, fault.message)
    };
    found.iter().map(|finding| line(&finding.fault)).collect()
}

/// What is found of each of some functions, behind a rule of everybody and a comment.
fn as_it_is(functions: &[&str]) -> String {
    told(functions, str::to_owned)
}

/// The same of what stands in a rule.
fn in_a_rule(bodies: &[&str]) -> String {
    told(bodies, |body| format!("fn r(person) {{ {body} }}"))
}

fn told(slips: &[&str], whole: impl Fn(&str) -> String) -> String {
    let of = |slip: &&str| {
        let rules = format!("{HEAD}/// A rule.\n/// @cite none\n{}\n", whole(slip));
        let found =
            found(&rules, "").iter().map(|line| format!("\n  {}", &line["policy.rhai:".len()..])).collect::<String>();
        format!("{slip}{found}")
    };
    slips.iter().map(of).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_effect_that_goes_nowhere_is_found_wherever_it_is_put() {
    let slips = [
        r#"let z = []; if person.iom { z.push(at_least("Top")); } flag("a", "b")"#,
        r#"let z = [at_least("Top")]; flag("a", "b")"#,
        r#"let z = #{a: at_least("Top")}; flag("a", "b")"#,
        r#"let z = []; z += [at_least("Top")]; flag("a", "b")"#,
        r#"let z = [()]; z[0] = at_least("Top"); flag("a", "b")"#,
        r#"[1].map(|n| at_least("Top")); flag("a", "b")"#,
        r#"let f = |p| at_least("Top"); f.call(person); flag("a", "b")"#,
        r#"let f = |p| at_least("Top"); flag("a", "b")"#,
        r#"let z = at_least("Top"); z = flag("a", "b"); z"#,
        r#"let z = [at_least("Top")]; z; flag("a", "b")"#,
        r#"return flag("a", "b"); at_least("Top")"#,
        r#"if person.iom { return flag("a", "b"); } else { return (); } at_least("Top")"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r##"
    let z = []; if person.iom { z.push(at_least("Top")); } flag("a", "b")
      8:51 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    let z = [at_least("Top")]; flag("a", "b")
      8:24 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    let z = #{a: at_least("Top")}; flag("a", "b")
      8:24 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    let z = []; z += [at_least("Top")]; flag("a", "b")
      8:33 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    let z = [()]; z[0] = at_least("Top"); flag("a", "b")
      8:37 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    [1].map(|n| at_least("Top")); flag("a", "b")
      8:20 lost-effect: a value with an effect in it that goes nowhere: what follows is done as if it were not there; write `return` before it, or make it the last statement of the rule
    let f = |p| at_least("Top"); f.call(person); flag("a", "b")
      8:47 lost-effect: a value with an effect in it that goes nowhere: what follows is done as if it were not there; write `return` before it, or make it the last statement of the rule
    let f = |p| at_least("Top"); flag("a", "b")
      8:24 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
    let z = at_least("Top"); z = flag("a", "b"); z
      8:24 lost-effect: an effect in a variable that is given another value before anything looks at it; to say both return a list: `[first, second]`
    let z = [at_least("Top")]; z; flag("a", "b")
      8:24 lost-effect: an effect in a variable that nothing looks at: it is as if it were not there; return the variable, or make it the last line of the rule
      8:43 lost-effect: a value with an effect in it that goes nowhere: what follows is done as if it were not there; write `return` before it, or make it the last statement of the rule
    return flag("a", "b"); at_least("Top")
      8:39 lost-effect: an effect that is never reached: what stands before it ends here; write it before, or return a list of both: `return [..., ...];`
    if person.iom { return flag("a", "b"); } else { return (); } at_least("Top")
      8:77 lost-effect: an effect that is never reached: what stands before it ends here; write it before, or return a list of both: `return [..., ...];`
    "##);
}

#[test]
fn effects_that_are_returned_by_a_way_round_are_no_finding() {
    let slips = [
        r#"let z = []; if person.iom { z.push(at_least("Top")); } z.push(flag("a", "b")); z"#,
        r#"let z = []; for n in 0..3 { if person.iom { z.push(flag("a", "b")); } } return z;"#,
        r#"let z = (); for n in 0..3 { z = flag("a", "b"); if person.iom { break; } z = (); } z"#,
        r#"let z = flag("a", "b"); if person.iom { z = at_least("Top"); } z"#,
        r#"let z = flag("a", "b"); if person.iom { return z; } z = at_least("Low"); z"#,
        r#"let z = [1, 2].map(|n| flag("a", "b")); let m = z.map(|one| 1); z"#,
        r#"let z = #{a: at_least("Top")}; if person.iom { z.a }"#,
        r#"let z = [at_least("Top")]; let y = []; for one in z { y.push(one); } y"#,
        r#"let z = [flag("a", "b")]; { let y = 5; y += 1; } z"#,
        r#"if person.iom { let z = [at_least("Top")]; return z; } { let y = 5; y; } flag("a", "b")"#,
        r#"if person.iom { throw "not yet"; at_least("Top") } else { flag("a", "b") }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r##"
    let z = []; if person.iom { z.push(at_least("Top")); } z.push(flag("a", "b")); z
    let z = []; for n in 0..3 { if person.iom { z.push(flag("a", "b")); } } return z;
    let z = (); for n in 0..3 { z = flag("a", "b"); if person.iom { break; } z = (); } z
    let z = flag("a", "b"); if person.iom { z = at_least("Top"); } z
    let z = flag("a", "b"); if person.iom { return z; } z = at_least("Low"); z
    let z = [1, 2].map(|n| flag("a", "b")); let m = z.map(|one| 1); z
    let z = #{a: at_least("Top")}; if person.iom { z.a }
    let z = [at_least("Top")]; let y = []; for one in z { y.push(one); } y
    let z = [flag("a", "b")]; { let y = 5; y += 1; } z
    if person.iom { let z = [at_least("Top")]; return z; } { let y = 5; y; } flag("a", "b")
    if person.iom { throw "not yet"; at_least("Top") } else { flag("a", "b") }
    "##);
}

#[test]
fn what_is_written_in_the_place_of_a_sign_or_a_word_of_the_language() {
    let slips = [
        r#"if person.oasys.ogrs3 => 50 { at_least("Top") }"#,
        r#"if person.oasys.ogrs3 =< 50 { at_least("Top") }"#,
        r#"if person.oasys.ogrs3 ≥ 50 { at_least("Top") }"#,
        r#"if person.oasys.rosh <> "high" { at_least("Top") }"#,
        r#"if person.oasys.rosh === "high" { at_least("Top") }"#,
        r#"if person.oasys.rosh = "high" { at_least("Top") }"#,
        r#"if person.oasys.rosh is "high" { at_least("Top") }"#,
        r#"if person.oasys.rosh is not "high" { at_least("Top") }"#,
        r#"if person.oasys.rosh == “high” { at_least("Top") }"#,
        r#"if person.oasys.rosh == 'high' { at_least("Top") }"#,
        r#"if person.oasys.rosh == "high { at_least(“Top”) }"#,
        r#"if person.oasys.rosh == "high { at_least(Top) }"#,
        r#"if person.oasys.ogrs3 >= 50% { at_least("Top") }"#,
        r#"if person.oasys.ogrs3 >= 50% && person.iom { at_least("Top") }"#,
        r#"if person.oasys.ogrs3 >= 1e3 { at_least("Top") }"#,
        r#"if person.iom and person.oasys.san { at_least("Top") }"#,
        r#"if person.iom OR person.oasys.san { at_least("Top") }"#,
        r#"if not person.iom { at_least("Top") }"#,
        r#"if person.iom then { at_least("Top") }"#,
        r#"if person.iom: at_least("Top")"#,
        r#"if (person.iom) at_least("Top")"#,
        r#"if person.iom { at_least("Top") } elif person.oasys.san { at_least("Low") }"#,
        r#"if person.iom == True { at_least("Top") }"#,
        r#"if 10 <= person.oasys.ogrs3 < 50 { at_least("Top") }"#,
        r#"switch person.oasys.layer { 1: at_least("Top"), _ => () }"#,
        r#"switch person.oasys.layer { 1..3 => at_least("Top"), 5 => at_least("Top"), _ => () }"#,
        r#"switch person.oasys.layer { _ => (), 1 => at_least("Top") }"#,
        r#"retrun at_least("Top");"#,
        r#"var n = 5; if person.iom { at_least("Top") }"#,
        r#"let n = null; if person.iom { at_least("Top") }"#,
        r#"let n = 0; n++; if person.iom { at_least("Top") }"#,
        r#"let n = --5; if person.iom { at_least("Top") }"#,
        r#"let match = 5; if match > 4 { at_least("Top") }"#,
        r#"# remark"#,
        r#"flag("a", "a\b")"#,
        r#"fn inner(person) { 5 }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r##"
    if person.oasys.ogrs3 => 50 { at_least("Top") }
      8:38 syntax: `=>` stands in a `switch`, and compares nothing; write `>=`
    if person.oasys.ogrs3 =< 50 { at_least("Top") }
      8:38 syntax: `=<` is no sign of the language; write `<=`
    if person.oasys.ogrs3 ≥ 50 { at_least("Top") }
      8:38 syntax: `≥` is no sign of the language; write `>=`
    if person.oasys.rosh <> "high" { at_least("Top") }
      8:37 syntax: `<>` is no sign of the language; write `!=`
    if person.oasys.rosh === "high" { at_least("Top") }
      8:37 syntax: `===` is no sign of the language; write `==`
    if person.oasys.rosh = "high" { at_least("Top") }
      8:37 syntax: `=` sets a variable, and this is a condition; write `==` to compare
    if person.oasys.rosh is "high" { at_least("Top") }
      8:37 syntax: `is` is no word of the language; write `==`
    if person.oasys.rosh is not "high" { at_least("Top") }
      8:37 syntax: `is not` is no word of the language; write `!=`
    if person.oasys.rosh == “high” { at_least("Top") }
      8:40 syntax: `“` is a quotation mark of a word processor; a text stands in straight ones: `"high"`
    if person.oasys.rosh == 'high' { at_least("Top") }
      8:40 syntax: a text stands in double quotation marks; write `"high"`
    if person.oasys.rosh == "high { at_least(“Top”) }
      8:57 syntax: `“` is a quotation mark of a word processor; a text stands in straight ones: `"high"`
    if person.oasys.rosh == "high { at_least(Top) }
      8:40 syntax: a text without its closing quotation mark; close it in the line in which it begins
    if person.oasys.ogrs3 >= 50% { at_least("Top") }
      8:41 syntax: `50%` is no number; write `50`: a score in per cent is its number alone
    if person.oasys.ogrs3 >= 50% && person.iom { at_least("Top") }
      8:41 syntax: `50%` is no number; write `50`: a score in per cent is its number alone
    if person.oasys.ogrs3 >= 1e3 { at_least("Top") }
      8:41 syntax: `1e3` is no number; write its digits, as `1000`; its unit belongs in parameters.yaml
    if person.iom and person.oasys.san { at_least("Top") }
      8:30 syntax: `and` is no word of the language; write `&&`
    if person.iom OR person.oasys.san { at_least("Top") }
      8:30 syntax: `OR` is no word of the language; write `||`
    if not person.iom { at_least("Top") }
      8:19 syntax: `not` is no word of the language; write `!` before what is not to hold: `!person.iom`, `!(a == b)`
    if person.iom then { at_least("Top") }
      8:30 syntax: `then` is no word of the language; write `if ... { ... }`
    if person.iom: at_least("Top")
      8:29 syntax: `:` does not begin what is done; put what is done in braces: `if ... { ... }`
    if (person.iom) at_least("Top")
      8:32 syntax: `{` is missing here; what is done stands in braces: `if ... { ... }`; conditions are joined by `&&` and `||`
    if person.iom { at_least("Top") } elif person.oasys.san { at_least("Low") }
      8:50 syntax: `elif` is no word of the language; write `else if`
    if person.iom == True { at_least("Top") }
      8:33 unknown-name: nothing is called `True`; write `true`
    if 10 <= person.oasys.ogrs3 < 50 { at_least("Top") }
      8:44 wrong-kind: `<` compares true or false with a number; of two limits write two conditions: `a <= b && b < c`
    switch person.oasys.layer { 1: at_least("Top"), _ => () }
      8:45 syntax: `:` does not stand behind a label of a `switch`; write `=>`
    switch person.oasys.layer { 1..3 => at_least("Top"), 5 => at_least("Top"), _ => () }
      8:69 syntax: a number stands behind a range of numbers in a `switch`; put the single numbers before the ranges
    switch person.oasys.layer { _ => (), 1 => at_least("Top") }
      8:44 syntax: something stands behind the way `_` of a `switch`, which is for all others; put `_` last
    retrun at_least("Top");
      8:16 syntax: `retrun` is no word of the language; did you mean `return`?
    var n = 5; if person.iom { at_least("Top") }
      8:16 syntax: `var` is no word of the language; write `let`
    let n = null; if person.iom { at_least("Top") }
      8:24 syntax: `null` is no word of the language; nothing is written `()`; whether a case gives something is `known(...)`
    let n = 0; n++; if person.iom { at_least("Top") }
      8:28 syntax: `++` is no sign of the language; write `+= 1`
    let n = --5; if person.iom { at_least("Top") }
      8:24 syntax: `--` is no sign of the language; a comment begins with `//`, and a number below 0 with one `-`
    let match = 5; if match > 4 { at_least("Top") }
      8:20 syntax: `match` is a word of the language; choose another name
    # remark
      8:16 syntax: `#` is no sign of the language; a comment begins with `//`
    flag("a", "a\b")
      8:29 syntax: `\b` stands for nothing in a text; for a backslash write two: `\\`
    fn inner(person) { 5 }
      8:16 syntax: a function inside a function; look for a closing `}` that is missing before it, or move it out
    "##);
}

#[test]
fn the_head_of_a_function_that_is_none() {
    let slips = [
        r#"function r(person) { if person.iom { at_least("Top") } }"#,
        r#"def r(person): if person.iom { at_least("Top") }"#,
        r#"privtae fn r(person) { if person.iom { at_least("Top") } }"#,
        r#"pub fn r(person) { if person.iom { at_least("Top") } }"#,
        r#"fn rüle(person) { if person.iom { at_least("Top") } }"#,
        r#"fn r-x(person) { if person.iom { at_least("Top") } }"#,
        r#"fn r { if person.iom { at_least("Top") } }"#,
        r#"fn r(person, person) { if person.iom { at_least("Top") } }"#,
        r#"const N = 5;"#,
        r#"#!/bin/sh"#,
    ];
    assert_snapshot!(as_it_is(&slips), @r##"
    function r(person) { if person.iom { at_least("Top") } }
      8:1 syntax: `function` is no word of the language; write `fn name(person) { ... }`, and `private fn` for a helper
    def r(person): if person.iom { at_least("Top") }
      8:1 syntax: `def` is no word of the language; write `fn name(person) { ... }`, and `private fn` for a helper
    privtae fn r(person) { if person.iom { at_least("Top") } }
      8:1 syntax: `privtae` is no word of the language; did you mean `private`?
    pub fn r(person) { if person.iom { at_least("Top") } }
      8:1 syntax: `pub` is no word of the language; write `fn name(person) { ... }`, and `private fn` for a helper
    fn rüle(person) { if person.iom { at_least("Top") } }
      8:4 syntax: `rüle` cannot be the name of a function; a name has the letters a to z, digits and `_`
    fn r-x(person) { if person.iom { at_least("Top") } }
      8:5 syntax: `r-x` cannot be the name of a function; a name has the letters a to z, digits and `_`
    fn r { if person.iom { at_least("Top") } }
      8:6 syntax: `r` does not say what it takes; write `fn r(person) { ... }`
    fn r(person, person) { if person.iom { at_least("Top") } }
      8:14 syntax: `r` takes two values called `person`; rename one of them
    const N = 5;
      6:1 syntax: a `///` line belongs to the function below it, and there is none; write a remark as `// ...`
    #!/bin/sh
      8:1 syntax: `#!` is no sign of the language; a comment begins with `//`
    "##);
}

#[test]
fn words_of_dates_and_numbers_say_what_to_write() {
    let slips = [
        r#"if person.assessed_on - date("2019-05-20") > 5 { at_least("Top") }"#,
        r#"if person.assessed_on > date("2019-05-20") + 1 { at_least("Top") }"#,
        r#"flag("a", `${working_days_after(date("2019-01-01"), -5)}`)"#,
        r#"flag("a", `${days_after(date("2019-01-01"), 1.5)}`)"#,
        r#"flag("a", `${counted(1.0, "day")}`)"#,
        r#"let l = [2, 1]; l.sort(|a, b| 0.5); if l[0] == 1 { at_least("Top") }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r##"
    if person.assessed_on - date("2019-05-20") > 5 { at_least("Top") }
      8:38 wrong-kind: `-` does not reckon with dates; the days from one date to another are `days_between(from, to)`
    if person.assessed_on > date("2019-05-20") + 1 { at_least("Top") }
      8:59 wrong-kind: `+` does not reckon with dates; a date so many days later is `days_after(date, n)`; a number below 0 goes back
    flag("a", `${working_days_after(date("2019-01-01"), -5)}`)
      8:28 always-fails: `r` fails here whatever the case is: `working_days_after` counts from 0 to 1000, not -5; look at what the line is given
    flag("a", `${days_after(date("2019-01-01"), 1.5)}`)
      8:28 always-fails: `r` fails here whatever the case is: `days_after` does not take what it is given here: a date, a number that is not written whole; write `days_after(date, n)`, with a whole number
    flag("a", `${counted(1.0, "day")}`)
      8:28 always-fails: `r` fails here whatever the case is: `counted` does not take what it is given here: a number that is not written whole, a word; write `counted(n, thing)`, with a whole number
    let l = [2, 1]; l.sort(|a, b| 0.5); if l[0] == 1 { at_least("Top") }
      8:34 always-fails: `r` fails here whatever the case is: `sort` needs a whole number from its closure, not a number that is not written whole; below 0 where the first comes before: `|a, b| a.n - b.n`
    "##);
}

#[test]
fn a_mark_that_is_wrong_is_found_in_its_own_line() {
    let slips = [
        r#"/// @form 2030-01-01
fn r(person) { if person.iom { at_least("Top") } }"#,
        r#"/// @from 2030-02-30
// A remark.
fn r(person) { if person.iom { at_least("Top") } }"#,
        r#"/// @until further notice everybody.
fn r(person) { if person.iom { at_least("Top") } }"#,
        r#"/// @from 2019-01-01
/// @from 2020-01-01
fn r(person) { if person.iom { at_least("Top") } }"#,
    ];
    assert_snapshot!(as_it_is(&slips), @r##"
    /// @form 2030-01-01
    fn r(person) { if person.iom { at_least("Top") } }
      8:5 bad-mark: unknown mark `@form`; did you mean `@from`?
    /// @from 2030-02-30
    // A remark.
    fn r(person) { if person.iom { at_least("Top") } }
      8:5 bad-mark: `@from` needs a date that exists, written YYYY-MM-DD; write `@from 2026-12-31`; in the text of a rule no line begins with `@`
    /// @until further notice everybody.
    fn r(person) { if person.iom { at_least("Top") } }
      8:5 bad-mark: `@until` needs a date that exists, written YYYY-MM-DD; write `@until 2026-12-31`; in the text of a rule no line begins with `@`
    /// @from 2019-01-01
    /// @from 2020-01-01
    fn r(person) { if person.iom { at_least("Top") } }
      9:5 bad-mark: `@from` stands there twice; keep one of them
    "##);
}

#[test]
fn a_tier_that_the_tier_function_names_and_nobody_declares() {
    let rules = "//! Example.\nconst TIERS = [\"Low\", \"Top\"];\nconst OUTSIDE = [\"Blue\"];\nconst AXES = [\"p\"];\n/// A rule.\n/// @cite none\nfn r(person) { points(\"p\", person.oasys.ogrs3) }\n/// Of all points.\n/// @cite none\nfn tier(person, so_far) { if so_far.points.p > 50 { \"Topp\" } else if so_far.points.p > 5 { \"Blue\" } else { \"Low\" } }\n";
    assert_eq!(found(rules, ""), ["policy.rhai:10:53 unknown-tier: unknown tier `Topp`; did you mean `Top`?"]);
    let case = "crn: X100001\nassessed_on: 2020-01-01\noasys: { ogrs3: 60 }\n";
    let ran = Program::new().rules(rules).file("case.yaml", case).run("assess --policy trial case.yaml");
    assert_eq!(ran.code, 5);
    assert!(ran.stderr.contains("unknown tier"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: did you mean `Top`?"), "{}", ran.stderr);
}

/// One that fits where the list is used a second time is no slip.
#[test]
fn a_word_in_a_list_that_is_a_constant_is_looked_at_where_it_is_declared() {
    let rules = format!(
        "{HEAD}const L = [\n    \"hihg\",\n    \"low\",\n    \"online\",\n];\n/// A rule.\n/// @cite none\nfn r(person) {{ if person.oasys.rosh in global::L || person.supervision.mode in global::L {{ at_least(\"Top\") }} }}\n"
    );
    let rules = rules.replace("person.supervision.mode", "person.engagement").replace("online", "poor");
    let found = found(&rules, "");
    assert_eq!(found, ["policy.rhai:7:5 unknown-word: `oasys.rosh` is never `hihg`; did you mean `high`?"]);
}

#[test]
fn where_absence_is_as_written_a_condition_asks_first_whether_its_input_is_known() {
    let found = |condition: &str| {
        let head = HEAD.replace("const TIERS", "const ON_MISSING = \"as-written\";\nconst TIERS");
        let rule = format!("/// A rule.\n/// @cite none\nfn r(person) {{ if {condition} {{ at_least(\"Top\") }} }}\n");
        found(&format!("{head}{rule}"), "")
    };
    let said = "unguarded-input: asks whether `oasys.san` holds, which a case need not have; test it first: `known(person.oasys.san) && ...`";
    assert_eq!(found("person.oasys.san"), [format!("policy.rhai:9:32 {said}")]);
    assert_eq!(found("!person.oasys.san"), [format!("policy.rhai:9:33 {said}")]);
    assert_eq!(found("person.iom && person.oasys.san"), [format!("policy.rhai:9:46 {said}")]);
    for guarded in
        ["known(person.oasys.san) && person.oasys.san", "!known(person.oasys.san) || person.oasys.san", "person.iom"]
    {
        assert_eq!(found(guarded), [""; 0], "{guarded}");
    }
}

/// A rule that is there may follow from one that is not: nothing is said of it then.
#[test]
fn what_a_function_with_an_error_calls_is_not_said_to_come_out_always_alike() {
    let helper = "private fn phase(person) {\n    if person.in_custody { return \"custody\"; }\n    \"community\"\n}\n";
    let rules = format!(
        "{HEAD}/// A rule.\n/// @cite none\nfn r(person) {{\n    let points = if person.in_custody {{ 1 }} else {{ param::table[person.oasys.rosh] }};\n    if phase(person) == \"custody\" && points > 0 {{ at_least(\"Top\") }}\n}}\n{helper}"
    );
    let numbers = "tabel:\n  description: a table\n  values:\n    2014-01-01: { value: { low: 1, medium: 2, high: 3, very_high: 4 }, source: assumption }\n";
    assert_eq!(
        found(&rules, numbers),
        ["policy.rhai:9:59 unknown-parameter: unknown parameter `param::table`; did you mean `param::tabel`?"]
    );
}

#[test]
fn constants_and_imports_that_would_be_read_otherwise_than_they_are_meant() {
    let rules = HEAD.replace(
        "const TIERS",
        "import \"lib/needs\";\nconst WITH = [\"flags\", \"flags\"];\nconst NOT_RISK = [\"engagment: judged anew\", \"engagement\", \"engagement: judged anew\"];\nconst TIERS",
    );
    let unnamed =
        "policy.rhai:2:1 syntax: an import without the name that it is used by; write `import \"lib/needs\" as needs;`";
    assert_eq!(found(&rules, ""), [unnamed]);
    let flags = "//! Flags.\nconst WITH = [\"others\"];\n/// A flag.\n/// @cite none\nfn f(person) { if person.iom { at_least(\"High\") } }\n";
    let rules = rules.replace("import \"lib/needs\";\n", "");
    let ran = Program::new().rules(&rules).file("policies/flags/policy.rhai", flags).run("check trial --format github");
    let said: String = ran.stdout.lines().map(|line| format!("{}\n", line.split("%0A").next().unwrap())).collect();
    assert_snapshot!(said, @r#"
    ::error file=policies/flags/policy.rhai,line=2,title=companion::runs with another policy, which does not look at what this one has in `WITH`
    ::error file=policies/flags/policy.rhai,line=5,col=41,title=unknown-tier::unknown tier `High`
    ::error file=policies/trial/policy.rhai,line=2,col=24,title=wrong-constant::runs with `flags` twice, and each of its flags would stand there twice
    ::error file=policies/trial/policy.rhai,line=3,col=19,title=wrong-constant::`NOT_RISK` names something that is no input
    ::error file=policies/trial/policy.rhai,line=3,col=45,title=wrong-constant::`NOT_RISK` gives no reason
    "#);
    assert!(ran.stdout.contains("this policy names no tiers in `TIERS`, so it can only flag"), "{}", ran.stdout);
}

/// A second finding that follows from the first is none.
#[test]
fn an_input_of_the_policys_own_that_nothing_fits() {
    let rules = format!(
        "{HEAD}/// A rule.\n/// @cite none\nfn r(person) {{ if person.local.n > 1 {{ at_least(\"Top\") }} }}\n"
    );
    let found = |declared: &str| found(&rules, &format!("local:\n  n: {{ {declared}, description: d }}\n"));
    assert_eq!(
        found("type: whole, min: 5, max: 3"),
        ["parameters.yaml:2:34 parameters: `local.n.max`: is below `min`, 5: no value fits; "]
    );
    assert_eq!(
        found("type: word, words: [a, b, a]"),
        ["parameters.yaml:2:27 parameters: `local.n.words`: names `a` twice; "]
    );
    assert_eq!(found("type: whole, min: 1, max: 3"), [""; 0]);
}

#[test]
fn what_is_written_as_a_number_and_is_none_is_found_among_the_numbers() {
    let rules = format!(
        "{HEAD}/// A rule.\n/// @cite none\nfn r(person) {{ if person.oasys.ogrs3 > param::x {{ at_least(\"Top\") }} }}\n"
    );
    let found = |value: &str| {
        let numbers =
            format!("x:\n  description: d\n  values:\n    2019-01-01: {{ value: {value}, source: assumption }}\n");
        found(&rules, &numbers)
    };
    for value in ["5e1", "0b11", "0o10", "50%", "1e400", "50.0000000000000000000000000000000001"] {
        let said = format!(
            "parameters.yaml:4:26 parameters: `x.values.2019-01-01`: `{value}` is no number: write its digits, or a word in quotation marks; "
        );
        assert_eq!(found(value), [said], "{value}");
    }
    assert_eq!(found("50"), [""; 0]);
    let word = "parameters.yaml:4:26 wrong-kind: a rule compares this with a number, and it is a word; write a number alone; its unit stands beside it as `unit:`";
    assert_eq!(found("5 weeks"), [word]);
    assert_eq!(found("'50%'"), [word]);
}

fn assessed(arguments: &str) -> Ran {
    let case = "crn: X100001\nassessed_on: 2020-01-01\noasys: { rosh: low }\n";
    Program::new().file("case.yaml", case).run(&format!("assess case.yaml {arguments}"))
}

#[test]
fn a_value_that_is_set_twice_is_refused() {
    let ran = assessed("--set grace_days=3 --set review_first=9 --set grace_days=4");
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stderr.lines().next(), Some("error: `grace_days` is set twice"));
    assert_eq!(assessed("--set grace_days=3 --set review_first=9").code, 0);
    let ran = Program::new().run("show params --policy bgsw --set grace_days=3 --set grace_days=3");
    assert_eq!(ran.code, 2);
}

#[test]
fn a_number_of_the_calendar_that_is_there_and_below_0_is_said_to_be_that() {
    let ran = assessed("--set grace_days=-5");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("case X100001: `grace_days` is a whole number from 0"), "{}", ran.stderr);
}

#[test]
fn tiers_that_are_written_alike_are_one() {
    let of = |tiers: &str| found(&HEAD.replace("[\"Low\", \"Top\"]", tiers), "");
    let said = |what: &str| [format!("policy.rhai:1:0 tiers: {what}; `TIERS` and `OUTSIDE` name each tier once")];
    let alike = said("the tiers `Red-Amber` and `red amber` are one: how a tier is spelt makes no other");
    assert_eq!(of("[\"Low\", \"Red-Amber\", \"red amber\"]"), alike);
    assert_eq!(of("[\"Low\", \"Low\"]"), said("the tier `Low` is declared twice"));
    assert_eq!(of("[\"Low\", \"Lower\"]"), [""; 0]);
}

#[test]
fn a_policy_of_contacts_without_the_numbers_of_the_calendar_is_told_once() {
    let rules =
        format!("{HEAD}/// Contacts.\n/// @cite none\nfn contact(person, tier) {{ every(1, \"week\", \"office\") }}\n");
    let found = found(&rules, "");
    let said = "parameters.yaml:1:0 missing-parameter: a policy with `contact` or `review` needs the numbers `grace_days` `contact_after_release`";
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(said), "{found:?}");
    let help = "`brag new policy` writes them all, and bgsw has them: `brag show params --policy bgsw`";
    assert!(found[0].ends_with(help), "{found:?}");
}

#[test]
fn a_worked_case_without_a_date_and_a_snapshot_that_is_none() {
    let case = "crn: X100001\n";
    let program = Program::new().rules(HEAD).file("policies/trial/cases/01-x.yaml", case);
    let ran = program.run("test trial");
    assert_snapshot!(ran.whole(), @r#"
    exit code 3
    ---- stdout ----
    1 case: 0 passed, 1 could not be run
    ---- stderr ----
      × `assessed_on`: is missing: a worked case comes out alike on every day, and needs the date that
      │ it is for
       ╭─[policies/trial/cases/01-x.yaml:1:1]
     1 │ crn: *******
       · ───
       ╰────
    "#);
    let dated = format!("{case}assessed_on: 2020-01-01\n");
    let program = program.file("policies/trial/cases/01-x.yaml", dated).file("snapshots/trial__01-x.snap", "garbage\n");
    assert_snapshot!(program.run("test trial").whole(), @r#"
    exit code 3
    ---- stderr ----
      × snapshots/trial__01-x.snap: is no snapshot: it does not begin with `---`
      help: remove the file, or restore it from version control
    "#);
}

/// What stands below is no part of the policy for the parser, which says nothing of it.
#[test]
fn a_remark_that_is_never_closed_is_told_where_it_begins() {
    let rule = "/// A rule.\n/// @cite none\nfn r(person) { if person.iom { at_least(\"Top\") } }\n";
    let said = "syntax: `/*` begins a remark that is never closed, so that nothing below it would run; close it with `*/`, or begin each of its lines with `//`";
    for begun in ["/* was: see below\n", "/* one /* in */ another\n", "/** a rule\n"] {
        assert_eq!(found(&format!("{HEAD}{begun}{rule}"), ""), [format!("policy.rhai:6:1 {said}")], "{begun}");
    }
    let behind = format!("{HEAD}{rule}  /* to be done");
    assert_eq!(found(&behind, ""), [format!("policy.rhai:9:3 {said}")]);
    // What only looks like one.
    let texts = "let t = \"/*\" + `/* ${if person.iom { \"`/*\" } else { \"}\" }} /*` + #\"\\/*\"#; // /* and no more";
    for closed in ["/* one /* in */ another */", "// /*", "/***/", "/* // */"] {
        let other = "/// A rule.\n/// @cite none\nfn o(person) { if person.iom { ".to_owned();
        let other = format!("{other}{texts}\n if t == \"\" {{ return; }} at_least(\"Top\") }} }}\n");
        let found = found(&format!("{HEAD}{closed}\n{rule}{other}"), "");
        assert!(found.iter().all(|one| !one.contains("syntax")), "{closed}: {found:?}");
    }
}

/// What the file of numbers has is not known as long as it cannot be read: nothing that it would have is said to be lacking.
#[test]
fn a_slip_in_the_numbers_is_one_finding() {
    let program = Program::new();
    for line in ["new policy north --tiers Low,High", "new rule night_work --policy north"] {
        assert_eq!(program.run(line).code, 0, "{line}");
    }
    let file = program.folder().join("policies/north/parameters.yaml");
    let whole = fs::read_to_string(&file).unwrap();
    let first = "  description:";
    let slips = [
        whole.replacen(first, "    description:", 1),
        whole.replacen(first, "\tdescription:", 1),
        format!("{whole}<<<<<<< HEAD\n"),
        format!("{whole}another: {{ description: a\n"),
        whole.replacen("    2010-01-01:", "    2010-01-01: { value: 1, source: a }\n    2010-01-01:", 1),
    ];
    for slip in slips {
        fs::write(&file, &slip).unwrap();
        let ran = program.run("check north");
        assert!(ran.stdout.ends_with("\nnorth: 1 error\n"), "{}", ran.whole());
        assert!(ran.stdout.starts_with("error: parameters\n"), "{}", ran.whole());
    }
}

#[test]
fn two_versions_that_a_merge_has_left_are_called_that() {
    let said = "a merge has left two versions of what stands here";
    let help = "keep one of the two, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`";
    let both = |one: &str, other: &str| format!("<<<<<<< HEAD\n{one}=======\n{other}>>>>>>> theirs\n");
    let rule = |tier: &str| {
        format!("/// A rule.\n/// @cite none\nfn r(person) {{ if person.iom {{ at_least(\"{tier}\") }} }}\n")
    };
    let rules = format!("{HEAD}{}", both(&rule("Top"), &rule("Low")));
    assert_eq!(found(&rules, "").first().unwrap(), &format!("policy.rhai:6:1 syntax: {said}; {help}"));
    let case = format!("crn: X1\n{}", both("iom: true\n", "iom: false\n"));
    let ran = Program::new().file("case.yaml", &case).run("assess case.yaml");
    assert!(ran.stderr.contains(said) && ran.stderr.contains("[case.yaml:2:1]"), "{}", ran.stderr);
}

/// What a loop counts is a number, and a list has no fields; what is sound is passed over in silence.
#[test]
fn what_is_done_with_the_entries_of_a_list_is_followed() {
    let slips = [
        r#"let n = 0; for d in person.absent_on { n += 1; } if n == "many" { at_least("Top") }"#,
        r#"if person.registrations.len > 0 { at_least("Top") }"#,
        r#"for one in person.contacts { if one.mode == 3 { return at_least("Top"); } }"#,
        r#"let n = 0; for d in person.absent_on { n += 1; } if n >= 3 { at_least("Top") }"#,
        r#"for one in person.contacts { if one.with == "case_manager" { return at_least("Top"); } }"#,
        r#"let last = (); for one in person.contacts { last = one.date; } if known(last) && last < person.assessed_on { at_least("Top") }"#,
        r#"let n = 0; for one in person.other_sentences { for part in one.requirements { if part.type == "unpaid_work" { n += 1; } } } if n > 1 { at_least("Top") }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r#"
    let n = 0; for d in person.absent_on { n += 1; } if n == "many" { at_least("Top") }
      8:68 never-holds: `n == "many"` never holds, whatever the case is; correct what it compares, or take away what it would bring
    if person.registrations.len > 0 { at_least("Top") }
      8:40 always-fails: `r` fails here whatever the case is: asks for `len` of a list; ask its entries: `.some(|one| ...)`, `for one in ...`; how many there are is `.len()`
    for one in person.contacts { if one.mode == 3 { return at_least("Top"); } }
      8:57 wrong-kind: `==` compares a word with a number, which are never the same; compare values of one kind
    let n = 0; for d in person.absent_on { n += 1; } if n >= 3 { at_least("Top") }
    for one in person.contacts { if one.with == "case_manager" { return at_least("Top"); } }
    let last = (); for one in person.contacts { last = one.date; } if known(last) && last < person.assessed_on { at_least("Top") }
    let n = 0; for one in person.other_sentences { for part in one.requirements { if part.type == "unpaid_work" { n += 1; } } } if n > 1 { at_least("Top") }
    "#);
}

/// The same of a policy with numbers: what is found of each of some functions that read them.
fn with_numbers(functions: &[&str], numbers: &str) -> String {
    let of = |function: &&str| {
        let rules = format!("{HEAD}/// A rule.\n/// @cite none\n{function}\n");
        let found: String = found(&rules, numbers).iter().map(|line| format!("\n  {line}")).collect();
        format!("{function}{found}")
    };
    functions.iter().map(of).collect::<Vec<_>>().join("\n")
}

/// The numbers of the calendar, from 2014 on.
fn calendar() -> String {
    let of = |name: &&str| {
        format!(
            "{name}:\n  description: d\n  values:\n    2014-01-01: {{ value: 1, unit: days, source: assumption }}\n"
        )
    };
    CalendarRules::NUMBERS.iter().map(of).collect()
}

/// However a script asks before it looks something up, what it has then is all that the table needs.
#[test]
fn what_a_script_has_asked_before_is_not_said_to_be_lacking() {
    let numbers =
        "w:\n  description: d\n  values:\n    2020-01-01: { value: { low: Low, medium: Top }, source: assumption }\n";
    let sound = [
        r#"fn r(person) { let k = person.oasys.rosh; if reaches(k, "high") { return at_least("Top"); } at_least(param::w[k]) }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if k in ["low", "medium"] { at_least(param::w[k]) } }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if k in param::w { at_least(param::w[k]) } }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if param::w.keys().contains(k) { at_least(param::w[k]) } }"#,
        r#"fn r(person) { let k = person.oasys.rosh; switch k { "low" | "medium" => at_least(param::w[k]), _ => at_least("Top") } }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if person.iom { return; } if k == "high" || k == "very_high" { return; } at_least(param::w[k]) }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if !(k in ["low", "medium"]) { return; } switch k { "low" => at_least(param::w[k]), "medium" => at_least("Top") } }"#,
    ];
    assert_eq!(with_numbers(&sound, numbers), sound.join("\n"));
    let lacking = [
        r#"fn r(person) { let k = person.oasys.rosh; if person.iom { return; } at_least(param::w[k]) }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if reaches(k, "very_high") { return at_least("Top"); } at_least(param::w[k]) }"#,
        r#"fn r(person) { let k = person.oasys.rosh; if reaches(k, "very_high") { return; } switch k { "low" => at_least(param::w[k]), "medium" => at_least("Top") } }"#,
    ];
    assert_snapshot!(with_numbers(&lacking, numbers), @r#"
    fn r(person) { let k = person.oasys.rosh; if person.iom { return; } at_least(param::w[k]) }
      parameters.yaml:4:19 missing-entry: the table has no entry for `high` `very_high`, which a rule can ask it for; add it, with its source
    fn r(person) { let k = person.oasys.rosh; if reaches(k, "very_high") { return at_least("Top"); } at_least(param::w[k]) }
      parameters.yaml:4:19 missing-entry: the table has no entry for `high`, which a rule can ask it for; add it, with its source
    fn r(person) { let k = person.oasys.rosh; if reaches(k, "very_high") { return; } switch k { "low" => at_least(param::w[k]), "medium" => at_least("Top") } }
      policy.rhai:8:82 missing-way: no way of the `switch` is for `high`; add the ways, or `_ => ()` where nothing is meant
    "#);
    let registers = "w:\n  description: d\n  values:\n    2020-01-01: { value: { stalking: Top, lifer: Low }, source: assumption }\n";
    let loops = [
        "fn r(person) { for c in person.registrations { if c in param::w { return at_least(param::w[c]); } } }",
        r#"fn r(person) { for c in person.registrations { if c in ["stalking", "lifer"] { return at_least(param::w[c]); } } }"#,
        r#"fn r(person) { for c in person.registrations { switch c { "stalking" | "lifer" => return at_least(param::w[c]), _ => () } } }"#,
    ];
    assert_eq!(with_numbers(&loops, registers), loops.join("\n"));
    let unasked = "fn r(person) { for c in person.registrations { return at_least(param::w[c]); } }";
    assert!(with_numbers(&[unasked], registers).contains("missing-entry: the table has no entry for `mental_health`"));
}

/// A number that is read only where the date was asked for has a value on each of those days.
#[test]
fn a_number_that_is_read_from_its_first_day_on_has_no_gap() {
    let numbers = format!(
        "n:\n  description: d\n  values:\n    2022-01-01: {{ value: 2, unit: weeks, source: assumption }}\n{}",
        calendar()
    );
    let from = |day: &str| {
        format!(
            "fn contact(person, tier) {{ if person.assessed_on >= date(\"{day}\") {{ return every(param::n, \"week\", \"office\"); }} every(6, \"week\", \"office\") }}"
        )
    };
    assert_eq!(with_numbers(&[&from("2022-01-01")], &numbers), from("2022-01-01"));
    let gap = "parameters.yaml:4:5 value-gap: `n` has no value from 2014-01-01 to before 2022-01-01, when `contact` reads it; give it an earlier value";
    assert_eq!(with_numbers(&[&from("2021-12-31")], &numbers), format!("{}\n  {gap}", from("2021-12-31")));
}

/// What a part that cannot be read would have read, asked or declared is not said to be lacking beside it.
#[test]
fn a_slip_in_a_script_is_no_fault_of_the_numbers() {
    let numbers = "x:\n  description: d\n  values:\n    2020-01-01: { value: 28, unit: score, source: assumption }\n";
    let slips = [
        r#"fn r(person) { if person.oasys.ogrs3 => param::x { at_least("Top") } }"#,
        r#"fn r(person) { if person.oasys.ogrs3 > param.x { at_least("Top") } }"#,
        r#"/// @ctie none
fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }"#,
        r#"/// @from 2021-01-01
fn r(person) { If person.oasys.ogrs3 > param::x { at_least("Top") } }"#,
        r#"private def violence(person) { 5 }
/// A rule.
/// @cite none
fn r(person) { if violence(person) > param::x { at_least("Top") } }"#,
    ];
    assert_snapshot!(with_numbers(&slips, numbers), @r#"
    fn r(person) { if person.oasys.ogrs3 => param::x { at_least("Top") } }
      policy.rhai:8:38 syntax: `=>` stands in a `switch`, and compares nothing; write `>=`
    fn r(person) { if person.oasys.ogrs3 > param.x { at_least("Top") } }
      policy.rhai:8:40 unknown-name: nothing is called `param`; a rule sees `person`, `param::` and its own variables
    /// @ctie none
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      policy.rhai:8:5 bad-mark: unknown mark `@ctie`; did you mean `@cite`?
    /// @from 2021-01-01
    fn r(person) { If person.oasys.ogrs3 > param::x { at_least("Top") } }
      policy.rhai:9:16 syntax: `If` is no word of the language; did you mean `if`?
    private def violence(person) { 5 }
    /// A rule.
    /// @cite none
    fn r(person) { if violence(person) > param::x { at_least("Top") } }
      policy.rhai:8:9 syntax: `def` is no word of the language; write `fn name(person) { ... }`, and `private fn` for a helper
    "#);
    let table = "w:\n  description: d\n  values:\n    2020-01-01: { value: { low: Low, medium: Top, high: Top }, source: assumption }\n";
    let asked = r#"fn r(person) { let k = person.oasys.rosh; if k == "very_high" { Return; } at_least(param::w[k]) }"#;
    assert_snapshot!(with_numbers(&[asked], table), @r#"
    fn r(person) { let k = person.oasys.rosh; if k == "very_high" { Return; } at_least(param::w[k]) }
      policy.rhai:8:65 unknown-name: nothing is called `Return`; a rule sees `person`, `param::` and its own variables
    "#);
}

#[test]
fn a_slip_in_the_numbers_is_no_fault_of_what_they_declare() {
    let contact = r#"fn contact(person, tier) { every(1, "week", "custody") }"#;
    let modes = |value: &str| format!("contact_modes:\n  description: d\n  values:\n    {value}\n{}", calendar());
    let values = [
        "2020-13-01: { value: { custody: [prison_visit] }, source: assumption }",
        "2014-01-01: { value: { custody: { modes: [prison_visit], with: [case_manager] } }, source: assumption }",
        "2014-01-01: { value: { custody: prison_visit }, source: assumption }",
        "2014-01-01: { value: { custody: [[prison_visit]] }, source: assumption }",
        "2014-01-01: { value: custody, source: assumption }",
        "2014-01-01: { value: { custody: [prison_visit], office: [office] }, source: assumption }",
    ];
    let found: Vec<String> =
        values.iter().map(|value| format!("{value}\n{}", with_numbers(&[contact], &modes(value)))).collect();
    assert_snapshot!(found.join("\n"), @r#"
    2020-13-01: { value: { custody: [prison_visit] }, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
      parameters.yaml:4:5 parameters: `contact_modes.values.2020-13-01`: expected a date that exists, written YYYY-MM-DD; write the day alone, year first: 2026-06-15
    2014-01-01: { value: { custody: { modes: [prison_visit], with: [case_manager] } }, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
      parameters.yaml:4:37 wrong-kind: `custody` does not list the modes of contact that count; write them as a list: `custody: [prison_visit, video]`
    2014-01-01: { value: { custody: prison_visit }, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
      parameters.yaml:4:37 wrong-kind: `custody` does not list the modes of contact that count; write them as a list: `custody: [prison_visit, video]`
    2014-01-01: { value: { custody: [[prison_visit]] }, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
      parameters.yaml:4:38 wrong-kind: `custody` does not list the modes of contact that count; write them as a list: `custody: [prison_visit, video]`
    2014-01-01: { value: custody, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
      parameters.yaml:4:26 wrong-kind: `contact_modes` is a table: each kind of contact with the modes that count; write `office: [office, video]`
    2014-01-01: { value: { custody: [prison_visit], office: [office] }, source: assumption }
    fn contact(person, tier) { every(1, "week", "custody") }
    "#);
    let misspelt = contact.replace("custody", "zzz");
    assert_snapshot!(with_numbers(&[&misspelt], &modes(values[5])), @r#"
    fn contact(person, tier) { every(1, "week", "zzz") }
      policy.rhai:8:45 unknown-word: unknown mode of contact `zzz`; known: `custody` `office` `home_visit` `community_hub` `womens_centre` `telephone` `video` `prison_visit` `letter` `group`
    "#);
}

#[test]
fn a_contact_is_asked_for_once_or_more() {
    let told = |times: u8| {
        with_numbers(
            &[&format!("fn contact(person, tier) {{ every(1, \"week\", \"office\").times({times}) }}")],
            &calendar(),
        )
    };
    assert!(told(0).contains("`times` needs a number from 1"), "{}", told(0));
    assert!(!told(1).contains("times` needs"), "{}", told(1));
}

#[test]
fn a_function_of_the_program_that_returns_what_it_must_not() {
    let slips = [
        r#"fn contact(person, tier) { if tier == "Low" { return every(4, "week", "office"); } every(1, "week") }"#,
        r#"fn contact(person, tier) { [every(4, "week", "office"), held_by("po", "front_office")] }"#,
        r#"fn review(person, tier) { every(6, "week", "office").times(2) }"#,
        r#"fn review(person, tier) { every(6, "week").times(2) }"#,
    ];
    assert_snapshot!(with_numbers(&slips, &calendar()), @r#"
    fn contact(person, tier) { if tier == "Low" { return every(4, "week", "office"); } every(1, "week") }
      policy.rhai:8:84 wrong-return: `contact` returns a standard of review, which says nothing; return a standard of contact: `every(n, unit, mode)`
    fn contact(person, tier) { [every(4, "week", "office"), held_by("po", "front_office")] }
      policy.rhai:8:57 wrong-return: `contact` returns an allocation, which says nothing; return a standard of contact: `every(n, unit, mode)`
    fn review(person, tier) { every(6, "week", "office").times(2) }
      policy.rhai:8:27 wrong-return: `review` returns a standard of contact, which says nothing; return a standard of review: `every(n, unit)`
    fn review(person, tier) { every(6, "week").times(2) }
      policy.rhai:8:27 wrong-kind: `times` takes a standard of contact here, not a standard of review; a standard of contact has a mode: `every(n, unit, mode)`
    "#);
    let others = [
        r#"fn allocate(person, tier) { every(6, "week") }"#,
        r#"fn workload(person, tier) { if tier == "Low" { 2.5 } else { 3 } }"#,
        r#"fn workload(person, tier) { if tier == "Low" { -1 } else { 3 } }"#,
        r#"fn law_x(person, tier) { return; tier != "Low" }"#,
        r#"fn law_x(person, tier) { tier != "Low" }"#,
        r#"fn tier(person, so_far) { return; "Low" }"#,
    ];
    assert_snapshot!(as_it_is(&others), @r#"
    fn allocate(person, tier) { every(6, "week") }
      8:29 wrong-return: `allocate` returns a standard of review, which says nothing; return an allocation: `held_by(grade, place)`
    fn workload(person, tier) { if tier == "Low" { 2.5 } else { 3 } }
      8:48 wrong-return: `workload` returns 2.5, which is no whole number from 0; return a whole number of points
    fn workload(person, tier) { if tier == "Low" { -1 } else { 3 } }
      8:48 wrong-return: `workload` returns -1, which is no whole number from 0; return a whole number of points
    fn law_x(person, tier) { return; tier != "Low" }
      8:0 wrong-return: `law_x` always returns nothing; return true or false: end it in a condition
    fn law_x(person, tier) { tier != "Low" }
    fn tier(person, so_far) { return; "Low" }
      8:0 wrong-return: `tier` always returns nothing; return the name of a tier
    "#);
}

/// What fails in the past fails for the cases of the past, and what fails from a day on does not fail today.
#[test]
fn what_always_fails_on_some_days_alone_is_said_with_the_days() {
    let review = r#"fn review(person, tier) { every(param::days, "day") }"#;
    let numbers = |first: &str, from: &str, second: &str| {
        format!(
            "days:\n  description: d\n  values:\n    2014-01-01: {{ value: {first}, unit: days, source: assumption }}\n    {from}: {{ value: {second}, unit: days, source: assumption }}\n{}",
            calendar()
        )
    };
    let said = |when: &str| {
        format!(
            "{review}\n  policy.rhai:8:27 always-fails: `review` fails here{when} whatever the case is: `every` needs a number from 1 to 1000; give the length of the period"
        )
    };
    let found = |first, second| with_numbers(&[review], &numbers(first, "2030-01-01", second));
    assert_eq!(found("-5", "60"), said(" from 2014-01-01 to before 2030-01-01,"));
    assert_eq!(found("60", "6000"), said(" from 2030-01-01 on,"));
    assert_eq!(found("0", "6000"), said(""));
    assert_eq!(found("60", "61"), review);
}

#[test]
fn a_row_of_a_table_has_its_two_parts() {
    let rows = |value: &str| {
        format!("t:\n  description: d\n  values:\n    2014-01-01: {{ value: {value}, source: assumption }}\n")
    };
    let picks = "fn r(person) { at_least(pick(param::t, person.oasys.ogrs3)) }";
    assert_snapshot!(with_numbers(&[picks], &rows("[[0, Low], [34 Top], 67, Top]")), @r#"
    fn r(person) { at_least(pick(param::t, person.oasys.ogrs3)) }
      parameters.yaml:4:37 wrong-kind: a row of this table has less than its two parts; write it as `[from, entry]`, with a comma between the two
      parameters.yaml:4:47 wrong-kind: a row of this table has less than its two parts; write it as `[from, entry]`, with a comma between the two
      parameters.yaml:4:51 wrong-kind: a row of this table has less than its two parts; write it as `[from, entry]`, with a comma between the two
    "#);
    assert_eq!(with_numbers(&[picks], &rows("[[0, Low], [34, Top]]")), picks);
    let reaches = [
        r#"fn r(person) { if reaching([person.oasys.ogrs3, person.oasys.ogp], param::t) > 1 { at_least("Top") } }"#,
        r#"fn r(person) { if reaching([person.oasys.ogrs3], param::t) > 0 { at_least("Top") } }"#,
    ];
    assert_snapshot!(with_numbers(&reaches, &rows("[[a, 50], [b, 60]]")), @r#"
    fn r(person) { if reaching([person.oasys.ogrs3, person.oasys.ogp], param::t) > 1 { at_least("Top") } }
    fn r(person) { if reaching([person.oasys.ogrs3], param::t) > 0 { at_least("Top") } }
      policy.rhai:8:19 wrong-kind: `reaching` is given 1 score and 2 rows; give one score for each row `[name, cut-off]`
    "#);
    assert_snapshot!(with_numbers(&reaches[..1], &rows("[[a, 50], [b 60]]")), @r#"
    fn r(person) { if reaching([person.oasys.ogrs3, person.oasys.ogp], param::t) > 1 { at_least("Top") } }
      parameters.yaml:4:36 wrong-kind: a row of this table has less than its two parts; write it as `[name, cut-off]`, with a comma between the two
    "#);
}

#[test]
fn a_condition_that_does_nothing_or_asks_of_what_is_missing() {
    let slips = [
        r#"switch person.oasys.rosh { "low" => at_least("Top"), "low" => at_least("Low"), _ => () }"#,
        r#"switch person.oasys.rosh { "low" if person.iom => at_least("Top"), "low" => at_least("Low"), "medium" | "low" => at_least("Low"), _ => () }"#,
        r#"if person.contacts.some(|c| c.outcome = "attended") { at_least("Top") }"#,
        r#"if known("person.oasys.rosh") { at_least("Top") }"#,
        r#"if known(5) { at_least("Top") }"#,
        r#"let d = person.days_to_release; if known(d) || d < 28 { at_least("Top") }"#,
        r#"let d = person.days_to_release; if !known(d) && d < 28 { at_least("Top") }"#,
        r#"let d = person.days_to_release; if known(d) && d < 28 { at_least("Top") }"#,
        r#"let d = person.days_to_release; if !known(d) || d < 28 { at_least("Top") }"#,
        r#"let gap = longest_gap(person.absent_on, person.assessed_on, person.assessed_on); if gap.day > 30 { at_least("Top") }"#,
        r#"if known(person.override) && person.override.tier == "T4" { at_least("Top") }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r#"
    switch person.oasys.rosh { "low" => at_least("Top"), "low" => at_least("Low"), _ => () }
      8:69 never-holds: a way above is for `low`: this one is never taken; take one of the two away
    switch person.oasys.rosh { "low" if person.iom => at_least("Top"), "low" => at_least("Low"), "medium" | "low" => at_least("Low"), _ => () }
      8:120 never-holds: a way above is for `low`: this one is never taken; take one of the two away
    if person.contacts.some(|c| c.outcome = "attended") { at_least("Top") }
      8:54 syntax: `=` sets a variable, and a closure ends in what it gives; write `==` to compare
    if known("person.oasys.rosh") { at_least("Top") }
      8:25 wrong-kind: `known` asks whether a case gives an input, and this is a text, which is always there; write it without quotation marks: `known(person.oasys.rosh)`
    if known(5) { at_least("Top") }
      8:25 wrong-kind: `known` asks whether a case gives an input, and this is a number, which is always there; name the input: `known(person.oasys.rosh)`
    let d = person.days_to_release; if known(d) || d < 28 { at_least("Top") }
      8:63 unguarded-input: `<` is given `days_to_release`, which a case need not have; test it first: `known(person.days_to_release) && ...`
    let d = person.days_to_release; if !known(d) && d < 28 { at_least("Top") }
      8:64 unguarded-input: `<` is given `days_to_release`, which a case need not have; test it first: `known(person.days_to_release) && ...`
    let d = person.days_to_release; if known(d) && d < 28 { at_least("Top") }
    let d = person.days_to_release; if !known(d) || d < 28 { at_least("Top") }
    let gap = longest_gap(person.absent_on, person.assessed_on, person.assessed_on); if gap.day > 30 { at_least("Top") }
      8:104 unknown-field: there is no `day` here; did you mean `days`?
    if known(person.override) && person.override.tier == "T4" { at_least("Top") }
      8:69 unknown-word: `override.tier` is never `T4`; known: `Low` `Top`
    "#);
}

#[test]
fn what_is_missing_or_written_as_elsewhere_is_told_with_what_to_write_there() {
    let heads = [
        "fn contact(person, tier)\n    every(1, \"week\", \"office\")\n}",
        "fn law_x(person, tier)  tier != \"Low\" }",
        "private fn known_outcome(contact)\n    contact.outcome == \"x\"\n}",
        "fn bothperson) { at_least(\"Low\") }",
        "fn contactperson, tier) { every(1, \"week\", \"office\") }",
        "private fn both { 5 }",
        "fn contact { every(1, \"week\", \"office\") }",
        "fn r(Person) { if person.iom { at_least(\"Low\") } }",
        "fn workload(person, tier) {\n    switch tier {\n        \"Top\" => min(1, 2,\n        \"Low\" => 3,\n        _ => 4\n    }\n}",
        "fn workload(person, tier) {\n    switch tier {\n        \"Top\" => 1,\n        _ => counted 4, \"day\")\n    }\n}",
        "fn law_x(person, tier) { tier >= \"Top\" }",
        "fn law_x(person, tier) { tier >= \"2019-05-20\" }",
        "fn law_x(person, tier) { tier >= \"80\" }",
    ];
    assert_snapshot!(as_it_is(&heads), @r#"
    fn contact(person, tier)
        every(1, "week", "office")
    }
      9:5 syntax: `contact` does not say what it does; write `fn contact(person, tier) { ... }`
    fn law_x(person, tier)  tier != "Low" }
      8:25 syntax: `law_x` does not say what it does; write `fn law_x(person, tier) { ... }`
    private fn known_outcome(contact)
        contact.outcome == "x"
    }
      9:5 syntax: `known_outcome` does not say what it does; write `private fn known_outcome(contact) { ... }`
    fn bothperson) { at_least("Low") }
      8:14 syntax: `(` is missing behind the name of the function; write `fn both(person) { ... }`
    fn contactperson, tier) { every(1, "week", "office") }
      8:17 syntax: `(` is missing behind the name of the function; write `fn contact(person, tier) { ... }`
    private fn both { 5 }
      8:17 syntax: `both` does not say what it takes; write `private fn both(person) { ... }`
    fn contact { every(1, "week", "office") }
      8:12 syntax: `contact` does not say what it takes; write `fn contact(person, tier) { ... }`
    fn r(Person) { if person.iom { at_least("Low") } }
      8:0 not-a-rule: a rule takes `person`, and `r` takes `Person`; write `fn r(person) { ... }`
    fn workload(person, tier) {
        switch tier {
            "Top" => min(1, 2,
            "Low" => 3,
            _ => 4
        }
    }
      11:15 syntax: a bracket is still open where this way of the `switch` begins; close it behind what the way above gives: `... => every(1, "week", "office"),`
    fn workload(person, tier) {
        switch tier {
            "Top" => 1,
            _ => counted 4, "day")
        }
    }
      11:14 syntax: `(` is missing behind `counted`; write `counted(n, thing)`
    fn law_x(person, tier) { tier >= "Top" }
      8:31 wrong-kind: `>=` would put words in alphabetical order; tiers are put in order by their rank: `rank(tier) >= rank("Top")`
    fn law_x(person, tier) { tier >= "2019-05-20" }
      8:31 wrong-kind: `>=` would put words in alphabetical order; write the date as one: `date("2019-05-20")`
    fn law_x(person, tier) { tier >= "80" }
      8:31 wrong-kind: `>=` would put words in alphabetical order; write the number without quotation marks: `80`
    "#);
    let bodies = [
        r#"if person.contacts.filter(c => c.outcome == "attended").len() > 0 { at_least("Top") }"#,
        r#"if 50 => person.oasys.ogrs3 { at_least("Top") }"#,
        r#"[at_least("Top") + flag("a", "b")]"#,
        r#"if person.iom * 2 > 1 { at_least("Top") }"#,
        r#"if person.contacts.count() > 3 { at_least("Top") }"#,
        r#"if person.needs_count.severe > 2 { at_least("Top") }"#,
        r#"if person.iom { at least("Top") }"#,
        r#"if person.iom { at_least(“Top") }"#,
        r#"flag("a", “b")"#,
    ];
    assert_snapshot!(in_a_rule(&bodies), @r#"
    if person.contacts.filter(c => c.outcome == "attended").len() > 0 { at_least("Top") }
      8:44 syntax: `=>` makes no closure of `c`; write `|c| ...`
    if 50 => person.oasys.ogrs3 { at_least("Top") }
      8:19 syntax: a condition is true or false, and this is a number; compare it with something: `... >= 50`, `... == "high"`
    [at_least("Top") + flag("a", "b")]
      8:17 wrong-kind: `+` takes a number or a word or a list here, not an effect; to say both return a list: `[at_least(...), flag(...)]`
    if person.iom * 2 > 1 { at_least("Top") }
      8:26 wrong-kind: `*` takes a number here, not true or false; give it a number on either side
    if person.contacts.count() > 3 { at_least("Top") }
      8:35 unknown-name: no word or helper is called `count`; write `.len()`
    if person.needs_count.severe > 2 { at_least("Top") }
      8:26 unknown-input: unknown input `person.needs_count`; count them: `reaching([person.oasys.sections.drugs.score], [["drugs", 2]])`, with a policy's own cut-offs
    if person.iom { at least("Top") }
      8:32 syntax: `at least` is no word of the language; write `at_least`
    if person.iom { at_least(“Top") }
      8:41 syntax: `“` is a quotation mark of a word processor; a text stands in straight ones: `"high"`
    flag("a", “b")
      8:26 syntax: `“` is a quotation mark of a word processor; a text stands in straight ones: `"high"`
    "#);
    let imported = HEAD.replace("const TIERS", "import \"lib/needs\" as needs;\nconst TIERS");
    let rule = "/// A rule.\n/// @cite none\nfn r(person) { if needs.severity(person) > 3 { at_least(\"Top\") } }\n";
    let said = "policy.rhai:9:19 unknown-name: `needs` is an import, whose helpers stand behind `::`; write `needs::severity(...)`";
    assert_eq!(found(&format!("{imported}{rule}"), "").first().map(String::as_str), Some(said));
}

#[test]
fn slips_of_the_pen_among_the_numbers() {
    let rule = |condition: &str| {
        format!("fn r(person) {{ if {condition}person.oasys.ogrs3 > param::x {{ at_least(\"Top\") }} }}")
    };
    let whole = "x:\n  description: d\n  values:\n    2020-01-01: { value: 28, unit: score, source: assumption }\n";
    let local = |declared: &str| format!("{declared}{whole}");
    let numbers = [
        whole.replace("28,", "28,5,"),
        whole.replace("x:\n", ""),
        format!("{whole}{}", whole.replace("x:\n", "")),
        whole.replace("28,", "[28,"),
        local("locals:\n  a: { type: boolean, description: d }\n"),
        local("local:\n  a:\n    description: d\n    type: wrod\n"),
        local("local:\n  a: { type: boolean, description: d }\n  Moved on: { type: date, description: d }\n"),
        local("presummed:\n  engagement: { value: good, description: d, source: assumption }\n"),
    ];
    let told = |numbers: &String| {
        let function = rule(if numbers.contains("  a:") { "person.local.a && " } else { "" });
        format!("{numbers}{}", with_numbers(&[&function], numbers))
    };
    assert_snapshot!(numbers.iter().map(told).collect::<Vec<_>>().join("\n\n"), @r#"
    x:
      description: d
      values:
        2020-01-01: { value: 28,5, unit: score, source: assumption }
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:4:29 parameters: `x.values.2020-01-01`: a decimal has a point: write `28.5`; 

      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:1:3 parameters: `description`: belongs to a number, whose name is missing above it; 

    x:
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:5:3 parameters: `x.description`: stands twice; keep one of the two, or give back the line between them with the name of the second parameter

    x:
      description: d
      values:
        2020-01-01: { value: [28, unit: score, source: assumption }
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:4:17 parameters: not well-formed: `{` is opened here and not closed; the name of each number begins its line, what belongs to it stands below and further in, and what is opened in a line is closed there

    locals:
      a: { type: boolean, description: d }
    x:
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.local.a && person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:1:1 parameters: `locals`: unknown key; did you mean `local`?

    local:
      a:
        description: d
        type: wrod
    x:
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.local.a && person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:4:11 parameters: `local.a.type`: not one of the words known here; did you mean `word`?

    local:
      a: { type: boolean, description: d }
      Moved on: { type: date, description: d }
    x:
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.local.a && person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:3:3 parameters: `local.Moved on`: no script can ask for this name, which has other signs than letters, digits and `_`: call it `moved_on`; 

    presummed:
      engagement: { value: good, description: d, source: assumption }
    x:
      description: d
      values:
        2020-01-01: { value: 28, unit: score, source: assumption }
    fn r(person) { if person.oasys.ogrs3 > param::x { at_least("Top") } }
      parameters.yaml:1:1 parameters: `presummed`: unknown key; did you mean `presumed`?
    "#);
}

/// A law is documented and cited as a rule is.
#[test]
fn a_law_has_a_text_a_source_and_days_in_order() {
    let law = "fn law_x(person, tier) { tier != \"Low\" }\n/// A law.\n/// @cite none\n/// @from 2020-01-01\n/// @until 2019-01-01\nfn law_y(person, tier) { tier != \"Low\" }\n";
    assert_snapshot!(found(&format!("{HEAD}{law}"), "").join("\n"), @r#"
    policy.rhai:6:0 no-cite: `law_x` does not say where it comes from; write `/// @cite ...` above it: the source, with its section
    policy.rhai:6:0 no-text: `law_x` has no text: nobody is told why it says what it says; write a `///` line above it, which people read as the reason
    policy.rhai:10:5 dates-backwards: `law_y` ends on 2019-01-01, before it begins on 2020-01-01; give `@until` a day from `@from` on
    "#);
}

/// What a word gives has the fields and words of what it was given.
#[test]
fn what_a_word_hands_on_is_looked_at_where_it_is_used() {
    let slips = [
        r#"let last = latest(person.ratings); if last == () { return; } flag("a", `rated on ${last.dtae}`)"#,
        r#"let last = latest(person.ratings); if last == () { return; } if last.tier == "Topp" { at_least("Top") }"#,
    ];
    assert_snapshot!(in_a_rule(&slips), @r#"
    let last = latest(person.ratings); if last == () { return; } flag("a", `rated on ${last.dtae}`)
      8:98 unknown-field: an entry of this list has no `dtae`; did you mean `date`?
    let last = latest(person.ratings); if last == () { return; } if last.tier == "Topp" { at_least("Top") }
      8:93 unknown-word: `tier` is never `Topp`; did you mean `Top`?
    "#);
    let numbers =
        "t:\n  description: d\n  values:\n    2020-01-01: { value: [[0, Low], [4, Topp]], source: assumption }\n";
    let tier = "fn tier(person, so_far) { pick(param::t, person.oasys.ogrs3) }";
    let said = "parameters.yaml:4:41 unknown-tier: unknown tier `Topp`; did you mean `Top`?";
    assert_eq!(with_numbers(&[tier], numbers), format!("{tier}\n  {said}"));
}

/// A function that cannot be read returns nothing here, and something once it can be.
#[test]
fn a_law_that_cannot_be_read_is_not_said_to_return_nothing() {
    let law = r#"fn law_x(person, tier) { person.oasys.rosh <> "very_high" }"#;
    assert_eq!(as_it_is(&[law]), format!("{law}\n  8:44 syntax: `<>` is no sign of the language; write `!=`"));
}
