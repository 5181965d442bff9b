//! What is found in a script.

use super::{Page, rules, warning};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    warning(
        "no-text",
        "A rule or law without a text: its `///` lines are the reason that people read.",
        rules(
            r#"/// @cite Framework, section 2
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
        "For a rule that is tried out.",
    ),
    warning(
        "no-cite",
        "A rule or law that does not say where it comes from.",
        rules(
            r#"/// Very likely to reoffend.
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
        "For a rule that is tried out.",
    ),
    warning(
        "unknown-severity",
        "A severity of a flag or pattern that is none of `info` `low` `medium` `high`.",
        rules(
            r#"/// Managed under IOM.
/// @cite Framework, section 3
/// @severity hihg
fn iom(person) {
    if person.iom { flag("iom_case", "managed under IOM") }
}"#,
        ),
        rules(
            r#"/// Managed under IOM.
/// @cite Framework, section 3
/// @severity high
fn iom(person) {
    if person.iom { flag("iom_case", "managed under IOM") }
}"#,
        ),
        "When a service sorts its flags by words of its own.",
    ),
    warning(
        "unfilled-text",
        "A text that spells the name of a value: `${...}` between quotation marks, or with one of its three signs missing. People would read the name and not the value.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { flag("likely", "OGRS3 is ${person.oasys.ogrs3}") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { flag("likely", `OGRS3 is ${person.oasys.ogrs3}`) }
}"#,
        ),
        "When the sign is meant: a sum in dollars.",
    ),
    warning(
        "unused-helper",
        "A `private fn` that no rule leads to.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}

private fn is_iom(person) { person.iom }"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 || is_iom(person) { at_least("High") }
}

private fn is_iom(person) { person.iom }"#,
        ),
        "For a helper of a rule that is being written.",
    ),
    warning(
        "unused-constant",
        "A constant that nothing uses. One that the program looks at, such as `TIERS`, is meant where the name is nearly that.",
        rules(
            r#"const LIMIT = 90;

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        rules(
            r#"const LIMIT = 90;

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= global::LIMIT { at_least("High") }
}"#,
        ),
        "For a constant of a rule that is being written.",
    ),
    warning(
        "unused-import",
        "An import that nothing uses.",
        rules(
            r#"import "lib/oasys" as oasys;

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
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
        "For an import of a rule that is being written.",
    ),
    warning(
        "idle-waiver",
        "A waiver that waives nothing, of a code that there is not, of an error, or without a reason.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    // brag: allow(unknown-word) the word comes with the next model
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
        "Never: take the waiver away.",
    ),
];
