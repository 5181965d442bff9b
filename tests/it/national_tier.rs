//! The two national tier models, run as policies: every expectation of the public examples, of the worked cases, and of
//! a second implementation that was written from the rules alone.

use crate::{
    cases::case_file as case_file_of_json,
    national_reference::{Cases, v2, v3},
};
use brag::{
    case::{
        Case,
        expect::{Expect, ExpectedTier},
    },
    decision::{
        Decision,
        assessor::Assessor,
        decide::{CaseFile, decide},
    },
    language::fault::PolicyFault,
    policy::{Policy, source::Shelf},
};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};

const V2: &str = "hmpps-tier-v2";
const V3: &str = "hmpps-tier-v3";

fn policy(name: &str) -> Policy {
    Policy::load(&Shelf::Shipped, name, &[]).unwrap()
}

fn case_file(text: &str) -> CaseFile {
    let (case, document) = Case::parse(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None }
}

fn answer(policy: &Policy, text: &str) -> Result<Decision, Box<PolicyFault>> {
    decided(&mut Assessor::new(policy), &case_file(text))
}

fn decided(assessor: &mut Assessor<'_>, file: &CaseFile) -> Result<Decision, Box<PolicyFault>> {
    let on = file.case.assessed_on.map_or(date(2026, 6, 15), |day| day.0);
    decide(assessor, file, on)
}

fn tier_of(policy: &Policy, text: &str) -> String {
    answer(policy, text).unwrap().tier.unwrap()
}

fn points(decision: &Decision, axis: &str) -> i64 {
    decision.points[axis]
}

// ---- The public examples ---------------------------------------------------------------------------------------------

fn vectors(text: &str) -> Vec<(String, String, Value)> {
    let line = |line: &str| {
        let vector: Value = serde_json::from_str(line).unwrap();
        (vector["id"].as_str().unwrap().to_owned(), vector["case"].to_string(), vector["expect"].clone())
    };
    text.lines().map(line).collect()
}

/// What a decision says under the name that an example uses.
fn said(decision: &Decision, part: &str) -> Value {
    let tier = decision.tier.as_deref().unwrap();
    match part {
        "protect" => json!(tier[..1]),
        "change" => json!(tier[1..].parse::<i64>().unwrap()),
        "protect_points" => json!(points(decision, "protect")),
        "change_points" => json!(points(decision, "change")),
        "tier" => json!(tier),
        "provisional" => json!(decision.provisional),
        other => panic!("an example expects `{other}`, which this test does not know"),
    }
}

fn check_vectors(name: &str, text: &str) -> (usize, usize) {
    let policy = policy(name);
    let mut assessor = Assessor::new(&policy);
    let (mut cases, mut expectations) = (0, 0);
    for (id, case, expect) in vectors(text) {
        let decision =
            decided(&mut assessor, &case_file_of_json(&case)).unwrap_or_else(|fault| panic!("{id}: {fault}"));
        for (part, expected) in expect.as_object().unwrap() {
            assert_eq!(said(&decision, part), *expected, "{id}: {part}");
            expectations += 1;
        }
        cases += 1;
    }
    (cases, expectations)
}

#[test]
fn every_example_of_the_second_version_agrees() {
    assert_eq!(check_vectors(V2, include_str!("../vectors/hmpps-tier-v2.jsonl")), (204, 677));
}

#[test]
fn every_example_of_the_third_version_agrees() {
    assert_eq!(check_vectors(V3, include_str!("../vectors/hmpps-tier-v3.jsonl")), (199, 359));
}

// ---- A second implementation -----------------------------------------------------------------------------------------

/// How many generated cases each model is compared on. A longer run: `NATIONAL_CASES=100000 cargo test national`.
fn how_many() -> usize {
    std::env::var("NATIONAL_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(1_500)
}

#[test]
fn the_second_version_agrees_with_the_rules_as_written() {
    let policy = policy(V2);
    let mut assessor = Assessor::new(&policy);
    let mut cases = Cases::new(2);
    for _ in 0..how_many() {
        let case = v2::Facts::generate(&mut cases);
        let text = case.to_json().to_string();
        let decision =
            decided(&mut assessor, &case_file_of_json(&text)).unwrap_or_else(|fault| panic!("{fault}: {text}"));
        let tier = decision.tier.clone().unwrap();
        let found = (tier, points(&decision, "protect"), points(&decision, "change"));
        assert_eq!(found, case.expected(), "{text}");
    }
}

#[test]
fn the_third_version_agrees_with_the_rules_as_written() {
    let policy = policy(V3);
    let mut assessor = Assessor::new(&policy);
    let mut cases = Cases::new(3);
    for _ in 0..how_many() {
        let case = v3::Facts::generate(&mut cases);
        let text = case.to_json().to_string();
        match (decided(&mut assessor, &case_file_of_json(&text)), case.expected()) {
            (Ok(decision), Some((tier, provisional))) => {
                assert_eq!((decision.tier.as_deref(), decision.provisional), (Some(tier), provisional), "{text}");
            }
            (Err(fault), None) => assert!(fault.to_string().contains("medium DC-SRP"), "{fault}"),
            (found, expected) => panic!("{found:?} for {expected:?}: {text}"),
        }
    }
}

// ---- Worked cases ----------------------------------------------------------------------------------------------------

fn check_tier(name: &str, expect: &Expect, decision: &Decision) {
    if let Some(expected) = &expect.tier {
        let ExpectedTier::Is(expected) = expected else { panic!("{name}: a worked case names its tier") };
        assert_eq!(decision.tier.as_deref(), Some(expected.as_str()), "{name}");
    }
    if let Some(provisional) = expect.provisional {
        assert_eq!(decision.provisional, provisional, "{name}");
    }
    for (axis, expected) in &expect.points {
        assert_eq!(points(decision, axis.as_str()), *expected, "{name}: {}", axis.as_str());
    }
    let fired: BTreeSet<&str> = decision.reasons.iter().filter(|one| one.fired).map(|one| &*one.rule).collect();
    for rule in &expect.fired {
        assert!(fired.contains(rule.as_str()), "{name}: `{}` did not fire", rule.as_str());
    }
}

fn check_worked_cases(name: &str) {
    let policy = policy(name);
    let cases = Shelf::Shipped.worked_cases(name).unwrap();
    let mut reasons: BTreeSet<(String, bool)> = BTreeSet::new();
    for (file, text) in &cases {
        let expect = case_file(text).case.expect.clone().unwrap_or_else(|| panic!("{file} expects nothing"));
        let decision = answer(&policy, text).unwrap_or_else(|fault| panic!("{file}: {fault}"));
        check_tier(file, &expect, &decision);
        reasons.extend(decision.reasons.iter().map(|one| (one.rule.to_string(), one.fired)));
    }
    for rule in policy.rules() {
        for fired in [true, false] {
            assert!(
                reasons.contains(&(rule.name.to_string(), fired)),
                "{name}: no case where `{}` fired: {fired}",
                rule.name
            );
        }
    }
}

#[test]
fn worked_cases_come_out_as_they_say_and_reach_every_rule_both_ways() {
    check_worked_cases(V2);
    check_worked_cases(V3);
}

#[test]
fn every_rule_is_a_page_with_a_citation() {
    for name in [V2, V3] {
        let policy = policy(name);
        assert!(policy.is_as_written());
        for rule in policy.rules().chain(policy.reserved()) {
            assert!(rule.text.len() > 20 && rule.cite.is_some(), "{name}: `{}`", rule.name);
        }
    }
}

// ---- Boundaries ------------------------------------------------------------------------------------------------------

#[test]
fn rsr_points_hold_between_exact_decimals() {
    let policy = policy(V2);
    let scores =
        [("2.999", 0), ("2.9999999999", 0), ("3", 10), ("3.00", 10), ("6.99", 10), ("6.990000000000000001", 0)];
    let higher =
        [("6.995", 0), ("6.999", 0), ("7", 20), ("99.98", 20), ("99.98999999999", 20), ("99.99", 0), ("100", 0)];
    for (score, expected) in scores.into_iter().chain(higher) {
        let decision = answer(&policy, &format!("crn: T200001\noasys: {{ rsr: {score} }}")).unwrap();
        assert_eq!(points(&decision, "protect"), expected, "{score}");
    }
}

#[test]
fn the_table_of_predictors_is_read_at_each_of_its_edges() {
    let policy = policy(V3);
    let columns = [
        ("100", 0),
        ("90", 0),
        ("89.999", 1),
        ("75", 1),
        ("74.99", 2),
        ("50", 2),
        ("49.99", 3),
        ("25", 3),
        ("24.99", 4),
    ];
    let columns: Vec<(&str, usize)> = columns.into_iter().chain([("15", 4), ("14.99999", 5), ("0", 5)]).collect();
    let rows = [("100", "AABBBB"), ("6.9", "AABBBB"), ("6.899", "ABCCCC"), ("3", "ABCCCC"), ("2.99", "BCDEEE")];
    let low = [("1", "BCDEEE"), ("0.999", "CDEEFF"), ("0.5", "CDEEFF"), ("0.4999999999", "DDEFFG"), ("0", "DDEFFG")];
    for (csrp, tiers) in rows.into_iter().chain(low) {
        for (arp, column) in &columns {
            let text = format!("crn: T300001\noasys: {{ arp: {{ score: {arp} }}, csrp: {{ score: {csrp} }} }}");
            assert_eq!(tier_of(&policy, &text), tiers[*column..=*column], "ARP {arp}, CSRP {csrp}");
        }
    }
}

#[test]
fn the_years_since_release_are_calendar_years_to_the_day() {
    let policy = policy(V3);
    let on = |on: Date, release: &str| {
        let text = format!(
            "{{crn: T300002, assessed_on: {on}, registrations: [lifer], release: {{date: {release}}}, \
             oasys: {{arp: {{score: 0}}, csrp: {{score: 0}}}}}}"
        );
        tier_of(&policy, &text)
    };
    for (release, tier) in [("2026-07-01", "B"), ("2025-06-15", "B"), ("2025-06-14", "D"), ("2021-06-15", "D")] {
        assert_eq!(on(date(2026, 6, 15), release), tier, "{release}");
    }
    assert_eq!(on(date(2026, 6, 15), "2021-06-14"), "E");
    // Counted back from 29 February, the year ends on 28 February.
    for (release, tier) in [("2027-02-28", "B"), ("2027-02-27", "D"), ("2023-02-28", "D"), ("2023-02-27", "E")] {
        assert_eq!(on(date(2028, 2, 29), release), tier, "{release}");
    }
    assert_eq!(on(date(2025, 3, 1), "2024-02-29"), "D");
    assert_eq!(on(date(2025, 2, 28), "2024-02-29"), "B");
}

#[test]
fn a_recorded_score_goes_before_the_answers_and_san_has_cut_offs_of_its_own() {
    let policy = policy(V2);
    let change = |oasys: &str| {
        let text =
            format!("{{crn: T200002, sentence: {{type: custody}}, oasys: {{completed_on: 2026-01-05, {oasys}}}}}");
        points(&answer(&policy, &text).unwrap(), "change")
    };
    assert_eq!(change("sections: {drugs: {score: 8, answers: {currentDrugNoted: none}}}"), 2);
    assert_eq!(change("sections: {drugs: {answers: {currentDrugNoted: significant}}}"), 1);
    assert_eq!(change("sections: {drugs: {answers: {currentDrugNoted: missing, everInjectedDrugs: unknown}}}"), 0);
    assert_eq!(change("sections: {drugs: 6}"), 1);
    assert_eq!(change("san: true, sections: {drugs: 6}"), 2);
    assert_eq!(change("san: true, sections: {attitudes: 1}"), 2);
    assert_eq!(change("san: false, sections: {attitudes: 1}"), 0);
    assert_eq!(change("sections: {finance: 10, wellbeing: 10}"), 0);
}

// ---- What a model does not find in a case ----------------------------------------------------------------------------

const BRAG_ONLY: &str = "{crn: T900001, sex: male, sentence: {type: community_order, imposed_on: 2019-03-11}, \
    oasys: {completed_on: 2019-03-25, layer: 3, rosh: medium, \
    rosh_to: {public: medium, children: low, known_adult: low, staff: low}, ogrs3: 62, ogp: 40, ovp: 20, rsr: 1.40, \
    sections: {accommodation: 4, ete: 5, relationships: 2, lifestyle: 2, drugs: 7, alcohol: 1, thinking: 4, attitudes: 3}}, \
    ratings: [{date: 2019-03-18, tier: Amber, trigger: initial}], assessed_on: 2019-06-03}";
const NATIONAL_ONLY: &str = "{crn: T900002, assessed_on: 2026-06-15, mappa: {category: 1, level: 2}, \
    oasys: {arp: {score: 60, type: dynamic}, csrp: {score: 1.2, type: dynamic}, rosh: high, \
    parenting_responsibilities: unknown}}";

#[test]
fn a_case_with_only_the_inputs_of_brag_gets_an_answer_under_every_policy() {
    let brag = answer(&policy("bgsw"), BRAG_ONLY).unwrap();
    assert_eq!(brag.tier.as_deref(), Some("Red-Amber"));
    let second = answer(&policy(V2), BRAG_ONLY).unwrap();
    assert_eq!(second.tier.as_deref(), Some("C0"), "a community order without requirements is no mandate");
    let third = answer(&policy(V3), BRAG_ONLY).unwrap();
    assert_eq!((third.tier.as_deref(), third.provisional), (Some("MISSING"), false));
    assert_eq!(&*third.deciding().unwrap().rule, "missing_scores");
}

#[test]
fn a_case_with_only_the_inputs_of_a_national_model_gets_an_answer_under_every_policy() {
    let brag = answer(&policy("bgsw"), NATIONAL_ONLY).unwrap();
    assert_eq!(brag.tier.as_deref(), Some("Red"));
    let second = answer(&policy(V2), NATIONAL_ONLY).unwrap();
    assert_eq!(second.tier.as_deref(), Some("A0"));
    let third = answer(&policy(V3), NATIONAL_ONLY).unwrap();
    assert_eq!((third.tier.as_deref(), third.provisional), (Some("C"), false));
}

#[test]
fn a_case_that_says_nothing_faults_under_no_policy() {
    let nothing = "crn: T900003";
    assert_eq!(tier_of(&policy(V2), nothing), "D0");
    assert_eq!(tier_of(&policy(V3), nothing), "MISSING");
    let brag = answer(&policy("bgsw"), nothing).unwrap();
    assert!(brag.provisional && brag.range.is_some(), "a missing fact leaves a range: {:?}", brag.range);
}

#[test]
fn a_medium_dc_srp_below_its_lowest_score_is_a_fault_of_the_policy() {
    let policy = policy(V3);
    let case = |active: bool, score: &str, csrp: &str| {
        format!(
            "{{crn: T300003, active_event: {active}, oasys: {{arp: {{score: 95}}, csrp: {csrp}, \
             dc_srp: {{score: {score}, band: medium}}}}}}"
        )
    };
    let fault = answer(&policy, &case(true, "0.599", "{score: 7}")).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "rule `sexual_reoffending`: a medium DC-SRP band does not go with a score this low: one of the two is recorded \
         wrongly"
    );
    assert!(fault.line.is_some() && fault.file.ends_with("policy.rhai (built in)"), "{fault:?}");
    assert_eq!(tier_of(&policy, &case(true, "0.60", "{score: 7}")), "A");
    assert_eq!(tier_of(&policy, &case(true, "0", "{score: 7}")), "A");
    assert_eq!(tier_of(&policy, &case(false, "0.599", "{score: 7}")), "NOT_SUPERVISED");
    assert_eq!(tier_of(&policy, &case(true, "0.599", "{}")), "MISSING");
}
