//! What reading finds of names and of what they are given: the policy cannot be run.

use super::{Page, error, rules, with};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    error(
        "unknown-input",
        "An input that the case model does not have. `brag show inputs` lists those that it has.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogr3 >= 90 { at_least("High") }
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
        "unknown-name",
        "A variable, helper, word, constant or import that nothing bears the name of.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { atleast("High") }
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
        "unknown-parameter",
        "A parameter that parameters.yaml does not have.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }",
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
        "unknown-tier",
        "A tier that neither `TIERS` nor `OUTSIDE` names. Where it comes from parameters.yaml, the finding stands at its line there and is a warning.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("Hihg") }
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
        "wrong-arguments",
        "A word or helper that is given too little or too much.",
        rules(
            r#"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rosh_to.staff == "high" { return at_least("High", "Low"); }
}"#,
        ),
        rules(
            r#"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rosh_to.staff == "high" { return at_least("High"); }
}"#,
        ),
    ),
    error(
        "wrong-kind",
        "Values of kinds that are never the same are compared, or a word is given a kind that it does not take: a truth value and a word, a date and a text, a row of a table without its two parts. In a helper, whose values come from its callers, it is a warning.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom == "yes" { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { at_least("High") }
}"#,
        ),
    ),
];
