//! What is found of words and fields in a script.

use super::{Page, rules, warning};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    warning(
        "unknown-word",
        "A word that an input, a field, a label or a word of the language never is. The comparison is never true, silently, and the person comes out too low.",
        rules(
            r#"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rosh == "High" { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rosh == "high" { at_least("High") }
}"#,
        ),
        "When the word is one that the case model will have by the day on which the rule begins to hold.",
    ),
    warning(
        "unknown-field",
        "A field that the entries of a list, or a table that the script or the engine makes, do not have.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.contacts.some(|one| one.outcom == "attended") { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.contacts.some(|one| one.outcome == "attended") { at_least("High") }
}"#,
        ),
        "Never: a rule that asks for it fails.",
    ),
    warning(
        "unknown-axis",
        "An axis of points that `AXES` does not name.",
        rules(
            r#"const AXES = ["protect"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { points("protct", 2) }
}"#,
        ),
        rules(
            r#"const AXES = ["protect"];

/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { points("protect", 2) }
}"#,
        ),
        "Never: a rule that adds to it fails.",
    ),
    warning(
        "bad-code",
        "The code of a flag or pattern that is no word in lower-case letters, digits and underscores.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { flag("IOM case", "managed under IOM") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { flag("iom_case", "managed under IOM") }
}"#,
        ),
        "Never: a rule that raises it fails.",
    ),
    warning(
        "bad-date",
        "A text given to `date` that is no date.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if known(person.release.date) && person.release.date < date("2024-02-30") { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if known(person.release.date) && person.release.date < date("2024-02-29") { at_least("High") }
}"#,
        ),
        "Never: a rule that asks for it fails.",
    ),
    warning(
        "unguarded-input",
        "An input that a case need not have is given to a word that cannot do without, or asked whether it holds, and nothing has asked before whether it is known, or what asked has found it missing: `!known(a) && a < 5`. On a case without it the rule fails.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.days_since_contact > 70 { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if known(person.days_since_contact) && person.days_since_contact > 70 { at_least("High") }
}"#,
        ),
        "When another input that was tested is never there without this one.",
    ),
    warning(
        "missing-way",
        "A `switch` that can fall through to nothing: a value with which some case comes there has no way, and there is no `_`.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    switch person.oasys.rosh {
        "very_high" => at_least("High"),
        "high" => at_least("High"),
    }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    switch person.oasys.rosh {
        "very_high" => at_least("High"),
        "high" => at_least("High"),
        _ => ()
    }
}"#,
        ),
        "Write `_ => ()` instead: it says the same to a reader.",
    ),
];
