//! What is found of dates and of values by date.

use super::{Page, rules, warning, with};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    warning(
        "dates-backwards",
        "A rule whose `@until` lies before its `@from`: it is never in force.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
/// @from 2026-01-01
/// @until 2025-12-31
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
/// @from 2025-01-01
/// @until 2025-12-31
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        "Never: take the rule away.",
    ),
    warning(
        "mixed-kinds",
        "A parameter whose values are of different kinds on different days.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }
    2022-01-01: { value: ninety, source: assumption }",
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
    2020-01-01: { value: 90, unit: percent, source: assumption }
    2022-01-01: { value: 91, unit: percent, source: assumption }",
        ),
        "Never: the rules that read it take one kind.",
    ),
    warning(
        "value-gap",
        "A parameter that has no value yet on a day on which a rule reads it.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rsr >= param::high_rsr { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2022-01-01: { value: 90, unit: percent, source: assumption }
high_rsr:
  description: RSR that is high
  values:
    2020-01-01: { value: 6.9, unit: percent, source: assumption }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}

/// Somebody who may do serious harm.
/// @cite Framework, section 1
fn harm(person) {
    if person.oasys.rsr >= param::high_rsr { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }
high_rsr:
  description: RSR that is high
  values:
    2020-01-01: { value: 6.9, unit: percent, source: assumption }",
        ),
        "When nobody will be assessed on such a day.",
    ),
    warning(
        "value-unreached",
        "A value that holds only on days on which no rule that reads it is in force.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
/// @until 2021-12-31
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}

/// Managed under IOM.
/// @cite Framework, section 3
fn iom(person) {
    if person.iom { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }
    2022-01-01: { value: 95, unit: percent, source: assumption }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
/// @until 2022-12-31
fn reoffending(person) {
    if person.oasys.ogrs3 >= param::high_ogrs3 { at_least("High") }
}

/// Managed under IOM.
/// @cite Framework, section 3
fn iom(person) {
    if person.iom { at_least("High") }
}"#,
            r"high_ogrs3:
  description: OGRS3 that is very high
  values:
    2020-01-01: { value: 90, unit: percent, source: assumption }
    2022-01-01: { value: 95, unit: percent, source: assumption }",
        ),
        "When the rule will be given a later end.",
    ),
    warning(
        "missing-parameter",
        "A policy with `contact` or `review` needs the numbers of the calendar: without one of them no case has a schedule.",
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}

/// Every rating is reviewed.
/// @cite Framework, section 5
fn review(person, tier) {
    every(42, "day")
}"#,
            r"contact_after_release: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
contact_after_return: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
contact_after_transfer: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
catch_up: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_first: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_triggered: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_after_transfer: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_upcoming: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_late: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_upcoming: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_early: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }",
        ),
        with(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}

/// Every rating is reviewed.
/// @cite Framework, section 5
fn review(person, tier) {
    every(42, "day")
}"#,
            r"grace_days: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
contact_after_release: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
contact_after_return: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
contact_after_transfer: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
catch_up: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_first: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_triggered: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_after_transfer: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
review_upcoming: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_late: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_upcoming: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }
pre_release_early: { description: see bgsw, values: { 2020-01-01: { value: 5, unit: days, source: assumption } } }",
        ),
        "Never: every case ends with an error.",
    ),
];
