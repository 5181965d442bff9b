//! The slips that people make most in a policy: each is found at its line, and what to write stands in its remedy.

use crate::program::{Program, Ran};
use brag::{check::check, policy::source::Shelf};
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
