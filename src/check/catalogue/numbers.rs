//! What is found in the numbers.

use super::{Page, warning, with};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    warning(
        "out-of-range",
        "A number that the input which it is compared with never is, never passes or always passes.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 101, unit: percent, source: assumption }",
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
        "When a number that nobody reaches is how the rule is switched off.",
    ),
    warning(
        "not-rising",
        "Cut-offs that do not rise, numbers of a list out of order, or two rows of a table that begin at the same number: a band that nobody is in.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if band(person.oasys.ogrs3, param::ogrs3_bands) == "very_high" { at_least("High") }
}"#,
            r"ogrs3_bands:
  description: OGRS3 from which the likelihood is medium, high, very high
  values:
    2020-01-01: { value: [90, 75, 50], unit: percent, source: assumption }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if band(person.oasys.ogrs3, param::ogrs3_bands) == "very_high" { at_least("High") }
}"#,
            r"ogrs3_bands:
  description: OGRS3 from which the likelihood is medium, high, very high
  values:
    2020-01-01: { value: [50, 75, 90], unit: percent, source: assumption }",
        ),
        "When two bands are one for a time.",
    ),
    warning(
        "unknown-unit",
        "A unit that is no unit.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if band(person.oasys.ogrs3, param::ogrs3_bands) == "very_high" { at_least("High") }
}"#,
            r"ogrs3_bands:
  description: OGRS3 from which the likelihood is medium, high, very high
  values:
    2020-01-01: { value: [50, 75, 90], unit: pecent, source: assumption }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if band(person.oasys.ogrs3, param::ogrs3_bands) == "very_high" { at_least("High") }
}"#,
            r"ogrs3_bands:
  description: OGRS3 from which the likelihood is medium, high, very high
  values:
    2020-01-01: { value: [50, 75, 90], unit: percent, source: assumption }",
        ),
        "When the number is counted in something of its own.",
    ),
    warning(
        "missing-entry",
        "A table that lacks a row or column which a rule can ask it for, or a list that ends before the number: one with which some case comes there, whatever the rule has asked before.",
        with(
            r"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    at_least(param::floor[person.oasys.rosh])
}",
            r"floor:
  description: the floor of each level of risk of serious harm
  values:
    2020-01-01:
      source: assumption
      value:
        low: Low
        medium: Low
        very_high: High",
        ),
        with(
            r"/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    at_least(param::floor[person.oasys.rosh])
}",
            r"floor:
  description: the floor of each level of risk of serious harm
  values:
    2020-01-01:
      source: assumption
      value:
        low: Low
        medium: Low
        high: High
        very_high: High",
        ),
        "When the rule never asks for it for a reason that the inputs do not show.",
    ),
    warning(
        "unused-parameter",
        "A parameter that nothing reads.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
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
        "For a number of a rule that is being written.",
    ),
];
