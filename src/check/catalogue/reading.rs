//! What reading finds: the policy cannot be run.

use super::{Page, error, rules, with};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    error(
        "syntax",
        "A script that is not well-formed. Nothing else in it can be looked at until it is.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High" }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
    error(
        "outside-language",
        "A construct that the grammar has and the language of policies has not: it might never end, or nobody could say before a case what it does.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    let n = 0;
    while n < 3 { n += 1; }
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
    error(
        "lost-effect",
        "An effect that goes nowhere, by itself or in a list, a table or a closure: what follows is done as if it were not there, and the person comes out too low.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
    if person.iom { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { return at_least("High"); }
    if person.iom { at_least("High") }
}"#,
        ),
    ),
    error(
        "not-a-rule",
        "A function that is neither a rule, which takes `person` alone, nor a reserved function with its parameters, nor a `private fn`.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person, limit) {
    if person.oasys.ogrs3 >= limit { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
    error(
        "bad-mark",
        "A `@` mark above a rule that nobody knows, a date there that is none, two dates of one mark, or a date above a function that holds on every day.",
        rules(
            r#"/// Very likely to reoffend.
/// @cites Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
    error(
        "tiers",
        "A tier that is declared twice, or has no name.",
        rules(
            r#"const TIERS = ["Low", "High", "High"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        rules(
            r#"const TIERS = ["Low", "High"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
    error(
        "wrong-constant",
        "A constant that is declared twice, or one that the program looks at and that has another form than it needs: `NOT_RISK` names inputs, each with its reason, and `WITH` each policy once.",
        rules(
            r#"const TIERS = ["Low", "High"];
const TIERS = ["High", "Low"];

/// Everybody.
/// @cite Framework, section 1
fn everybody(person) {
    at_least("Low")
}"#,
        ),
        rules(
            r#"const TIERS = ["Low", "High"];

/// Everybody.
/// @cite Framework, section 1
fn everybody(person) {
    at_least("Low")
}"#,
        ),
    ),
    error(
        "import",
        "An import of a file that is not there, or under a name that is taken.",
        rules(
            r#"import "lib/oasy" as oasys;

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if oasys::rosh(person) == "high" { at_least("High") }
}"#,
        ),
        rules(
            r#"import "lib/oasys" as oasys;

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if oasys::rosh(person) == "high" { at_least("High") }
}"#,
        ),
    ),
    error(
        "companion",
        "`WITH` names a policy that is none, one that has tiers of its own, or one with a `WITH` of its own, which nothing looks at.",
        rules(
            r#"const TIERS = ["Green", "Amber", "Red-Amber", "Red"];
const OUTSIDE = ["Blue"];
const WITH = ["assesment-quality"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("Red") }
}"#,
        ),
        rules(
            r#"const TIERS = ["Green", "Amber", "Red-Amber", "Red"];
const OUTSIDE = ["Blue"];
const WITH = ["assessment-quality"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("Red") }
}"#,
        ),
    ),
    error(
        "parameters",
        "Something in parameters.yaml that cannot be read: a key that nobody knows, a value, source or date that is missing.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, sorce: assumption }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }",
        ),
    ),
    error(
        "limit",
        "A bound of the language: how deep calls and expressions nest, how many functions and variables there are.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if h1(person) { at_least("High") }
}

private fn h1(person) { h2(person) }

private fn h2(person) { h3(person) }

private fn h3(person) { h4(person) }

private fn h4(person) { h5(person) }

private fn h5(person) { h6(person) }

private fn h6(person) { h7(person) }

private fn h7(person) { h8(person) }

private fn h8(person) { h9(person) }

private fn h9(person) { h10(person) }

private fn h10(person) { h11(person) }

private fn h11(person) { h12(person) }

private fn h12(person) { h13(person) }

private fn h13(person) { h14(person) }

private fn h14(person) { h15(person) }

private fn h15(person) { h16(person) }

private fn h16(person) { h17(person) }

private fn h17(person) { h18(person) }

private fn h18(person) { h19(person) }

private fn h19(person) { h20(person) }

private fn h20(person) { h21(person) }

private fn h21(person) { h22(person) }

private fn h22(person) { h23(person) }

private fn h23(person) { h24(person) }

private fn h24(person) { h25(person) }

private fn h25(person) { person.iom }"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
    ),
];
