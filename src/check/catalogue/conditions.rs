//! What is found by what can come of the rules.

use super::{Page, rules, warning};

/// The pages.
pub(super) static PAGES: &[Page] = &[
    warning(
        "never-holds",
        "A condition that never holds, whatever the case is: over every value that the inputs can have, with the numbers in force. Where that is so only from a day on, the day is said. So too a way of a `switch` for what a way above it is for.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 && person.oasys.ogrs3 < 50 { return at_least("High"); }
    if person.iom { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 50 && person.oasys.ogrs3 < 90 { return at_least("High"); }
    if person.iom { at_least("High") }
}"#,
        ),
        "When a number that is still to be settled will make it possible.",
    ),
    warning(
        "always-holds",
        "A condition that always holds where it is asked, whatever the case is.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 && person.oasys.ogrs3 >= 50 { return at_least("High"); }
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
        "When a number that is still to be settled will make a difference.",
    ),
    warning(
        "never-fires",
        "A rule that never says anything, whatever the case is.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    let notes = [];
    if person.iom { notes.push("iom"); }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.iom { at_least("High") }
}"#,
        ),
        "For a rule that is held ready.",
    ),
    warning(
        "always-fails",
        "A rule, law or reserved function that fails whatever the case is. Where that is so only on some days, they are said.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    let steps = [1, 2];
    if person.oasys.ogrs3 >= steps[2] { at_least("High") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    let steps = [1, 2];
    if person.oasys.ogrs3 >= steps[1] { at_least("High") }
}"#,
        ),
        "Never: every case ends with exit code 5.",
    ),
    warning(
        "wrong-return",
        "A rule or reserved function that returns what the program does not take from it: a word where an effect is meant, a standard of review where one of contact is, or always nothing where a law or a tier is asked for.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { "High" }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}"#,
        ),
        "Never: a rule that returns it fails.",
    ),
    warning(
        "no-standard",
        "A tier for which `contact`, `review`, `allocate` or `workload` gives nothing to somebody in the community, whatever else the case says.",
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}

/// How often somebody is seen.
/// @cite Framework, section 4
fn allocate(person, tier) {
    if tier == "High" { held_by("po", "front_office") }
}"#,
        ),
        rules(
            r#"/// Very likely to reoffend.
/// @cite Framework, section 2
fn reoffending(person) {
    if person.oasys.ogrs3 >= 90 { at_least("High") }
}

/// How often somebody is seen.
/// @cite Framework, section 4
fn allocate(person, tier) {
    if tier == "High" { held_by("po", "front_office") } else { held_by("pso", "front_office") }
}"#,
        ),
        "When the tier is meant to have none.",
    ),
    warning(
        "two-decisions",
        "Two rules that `decide` differently for the same case: on such a case the policy fails.",
        rules(
            r#"/// In custody.
/// @cite Framework, section 1
fn custody(person) {
    if person.in_custody { decide("Low") }
}

/// Managed under IOM.
/// @cite Framework, section 3
fn iom(person) {
    if person.iom { decide("High") }
}"#,
        ),
        rules(
            r#"/// In custody.
/// @cite Framework, section 1
fn custody(person) {
    if person.in_custody && !person.iom { decide("Low") }
}

/// Managed under IOM.
/// @cite Framework, section 3
fn iom(person) {
    if person.iom { decide("High") }
}"#,
        ),
        "When the two never meet for a reason that the inputs do not show.",
    ),
];
