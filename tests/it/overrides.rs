//! Professional judgement: an override moves a tier on the record, never silently.

use crate::program::{Program, root};
use serde_json::Value;
use std::fs;

/// An Amber case on 20 May 2019 with an override.
fn with(asked: &str) -> Value {
    let case = fs::read_to_string(root().join("policies/bgsw/cases/01-anthony.yaml")).unwrap();
    let program = Program::new().file("case.yaml", format!("{case}\noverride: {{ {asked} }}\n"));
    let ran = program.run("assess case.yaml --format json");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let answer = ran.json();
    assert_eq!(answer["computed"], "Amber", "an override never changes what the rules give");
    answer
}

fn flags(answer: &Value) -> Vec<&str> {
    let flags = answer["flags"].as_array().unwrap().iter().map(|flag| flag["code"].as_str().unwrap());
    flags.filter(|code| code.starts_with("override")).collect()
}

fn refused(asked: &str) -> String {
    let answer = with(asked);
    assert_eq!(answer["tier"], "Amber");
    assert_eq!(answer["override"]["applied"], false);
    assert_eq!(flags(&answer), ["override_not_applied"]);
    answer["override"]["note"].as_str().unwrap().to_owned()
}

#[test]
fn one_that_raises_the_tier_needs_a_reason() {
    let answer = with("tier: Red, reason: New information from the police, by: cm, date: 2019-05-18");
    assert_eq!(answer["tier"], "Red");
    assert_eq!(answer["contact"]["unit"], "week");
    assert_eq!(answer["contact"]["every"], 1);
    assert!(flags(&answer).is_empty());
    assert_eq!(refused("tier: Red, by: cm, date: 2019-05-18"), "it gives no reason");
}

#[test]
fn one_that_lowers_the_tier_needs_another_name_and_is_flagged() {
    let asked = "tier: Green, reason: Settled, by: cm, date: 2019-05-18";
    let answer = with(&format!("{asked}, authorised_by: spo1"));
    assert_eq!(answer["tier"], "Green");
    assert_eq!(flags(&answer), ["override_lowers"]);
    assert_eq!(refused(asked), "it lowers the tier without a manager's name");
    assert_eq!(
        refused(&format!("{asked}, authorised_by: cm")),
        "it lowers the tier and is authorised by its own author"
    );
    assert_eq!(
        refused("tier: Green, reason: Settled, by: cm, authorised_by: spo1"),
        "it lowers the tier and has no date to lapse from"
    );
}

/// The last rating of the case is of 3 May 2019, and a review is due every 42 days.
#[test]
fn one_that_lowers_the_tier_lapses_at_the_next_review() {
    let asked = |date: &str| format!("tier: Green, reason: Settled, by: cm, authorised_by: spo1, date: {date}");
    assert_eq!(with(&asked("2019-05-03"))["tier"], "Green");
    assert_eq!(refused(&asked("2019-05-02")), "it lapsed at the review");
    // Nobody rated anew.
    let case = fs::read_to_string(root().join("policies/bgsw/cases/01-anthony.yaml")).unwrap();
    let program = Program::new().file("case.yaml", format!("{case}\noverride: {{ {} }}\n", asked("2019-05-03")));
    let note = |on: &str| {
        let ran = program.run(&format!("assess case.yaml --format json --on {on}"));
        ran.json()["override"]["note"].as_str().unwrap().to_owned()
    };
    assert_eq!(note("2019-06-14"), "lowers the tier until the next review");
    assert_eq!(note("2019-06-15"), "it lapsed when it was to be reviewed");
    assert_eq!(with("tier: Red, reason: Concern, by: cm, date: 2019-01-02")["tier"], "Red", "a raised tier stays");
}

/// A significant event asks for a review within a working day: of Friday 10 May by Monday 13 May.
#[test]
fn one_that_lowers_the_tier_lapses_where_the_review_that_an_event_asks_for_is_overdue() {
    let asked = |more: &str| {
        let lowered = "tier: Green, reason: Settled, by: cm, authorised_by: spo1, date: 2019-05-08";
        format!("{lowered} }}\n{more}\nlocal: {{")
    };
    let event = |date: &str| asked(&format!("events: [{{ date: {date}, type: other, significant: true }}]"));
    assert_eq!(refused(&event("2019-05-10")), "it lapsed at the review that a significant event asked for");
    for (date, why) in [("2019-05-08", "the override knew of it"), ("2019-05-17", "its review is not due yet")] {
        assert_eq!(with(&event(date))["tier"], "Green", "{why}");
    }
    let inside = "custody: [{ from: 2019-05-09, to: 2019-05-13, reason: remand }]";
    let inside = asked(&format!("{inside}\nevents: [{{ date: 2019-05-10, type: other, significant: true }}]"));
    assert_eq!(with(&inside)["tier"], "Green", "nothing in custody asks for a review");
}

#[test]
fn a_fact_is_not_judged_and_a_later_override_is_not_known_yet() {
    assert_eq!(
        refused("tier: Blue, reason: Settled, by: cm, authorised_by: spo1, date: 2019-05-18"),
        "a tier outside the order is a fact, not a judgement"
    );
    let later = with("tier: Red, reason: Concern, by: cm, date: 2019-05-21");
    assert_eq!((&later["tier"], &later["override"]), (&Value::from("Amber"), &Value::Null));
}

#[test]
fn a_reason_without_a_word_and_an_author_spelt_otherwise_authorise_nothing() {
    let own = refused("tier: Green, reason: stable, by: A Smith, authorised_by: \" a smith \", date: 2019-05-01");
    assert_eq!(own, "it lowers the tier and is authorised by its own author");
    let case = "crn: X1\nassessed_on: 2019-05-20\noverride: { tier: Green, reason: \" . \", by: A, authorised_by: B, date: 2019-05-01 }\n";
    let ran = Program::new().file("case.yaml", case).run("assess case.yaml");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    assert!(ran.stderr.contains("`override.reason`: expected a sentence on one line"), "{}", ran.stderr);
}

/// 42 days after 15 April 2019 is a bank holiday: the review is due on the Friday before, and the override lapses with that day.
#[test]
fn one_that_lowers_the_tier_lapses_on_the_day_that_the_calendar_says() {
    let case = fs::read_to_string(root().join("policies/bgsw/cases/01-anthony.yaml")).unwrap();
    let case: Vec<&str> = case.lines().filter(|line| !line.starts_with("- {date: 2019-05-03, tier")).collect();
    let asked = "override: { tier: Green, reason: Settled, by: cm, authorised_by: spo1, date: 2019-04-15 }";
    let program = Program::new().file("case.yaml", format!("{}\n{asked}\n", case.join("\n")));
    for (on, applied) in [("2019-05-24", true), ("2019-05-25", false), ("2019-05-27", false)] {
        let answer = program.run(&format!("assess case.yaml --format json --on {on}")).json();
        assert_eq!(answer["override"]["applied"], applied, "{on}: {}", answer["override"]);
    }
}

/// Nobody decided to lower anything where the rules have come to give more than somebody once raised the tier to.
#[test]
fn one_that_raised_the_tier_never_lowers_it() {
    let case = |from: &str| {
        format!(
            "crn: X1\nassessed_on: 2019-05-20\nengagement: good\nsex: male\n\
             sentence: {{type: community_order, imposed_on: 2019-03-04, starts_on: 2019-03-04, index_offence: {{category: theft}}}}\n\
             oasys: {{completed_on: 2019-05-14, layer: 3, status: complete, rosh: medium, ogrs3: 95, ogp: 50, ovp: 40, rsr: 1.0, sections: {{accommodation: 1, ete: 1, relationships: 1, lifestyle: 1, drugs: 1, alcohol: 1, thinking: 1, attitudes: 1}}}}\n\
             override: {{tier: Red-Amber, reason: Threats, by: a, authorised_by: b, date: 2019-05-01}}\n\
             ratings: [{{date: 2019-05-01, tier: Red-Amber, by: a, override: {{from: {from}, reason: Threats, authorised_by: b}}}}]\n"
        )
    };
    let answer = |from: &str| Program::new().file("case.yaml", case(from)).run("assess case.yaml --format json").json();
    let raised = answer("Amber");
    assert_eq!((&raised["tier"], &raised["computed"]), (&Value::from("Red"), &Value::from("Red")));
    assert_eq!(raised["override"]["note"], "it raised the tier, and the rules give more by now");
    assert_eq!(raised["override"]["lowers"], false);
    assert_eq!(flags(&raised), ["override_not_applied"]);
    let lowered = answer("Red");
    assert_eq!((&lowered["tier"], &lowered["computed"]), (&Value::from("Red-Amber"), &Value::from("Red")));
    assert_eq!(flags(&lowered), ["override_lowers"]);
}
