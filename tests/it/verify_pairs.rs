//! `brag verify OLD NEW`: edits of the shipped policies that move nobody are proved to, and edits that move somebody are refuted by a
//! case that comes out otherwise under both.

use crate::{
    program::{Program, root},
    sampling::is_long,
    verify::{edited, worked},
};
use brag::{
    CaseFile, Policy,
    policy::source::Shelf,
    verify::{
        Proof, Property, Verdict,
        pair::{Claim, verify_two},
    },
};

/// A policy, a file of it, what stands there, and what is put there.
type Edit = (&'static str, &'static str, &'static str, &'static str);

/// Edits that change no tier.
const HARMLESS: &[Edit] = &[
    (
        "bgsw",
        "policy.rhai",
        "if person.in_custody && !person.iom { decide(\"Blue\") }",
        "if !person.iom && person.in_custody { decide(\"Blue\") }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if person.in_custody && !person.iom { decide(\"Blue\") }",
        "if !(person.iom || !person.in_custody) { decide(\"Blue\") }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if person.in_custody && !person.iom { decide(\"Blue\") }",
        "if person.in_custody { if !person.iom { decide(\"Blue\") } }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if !person.iom { return; }\n    if reaches",
        "    if person.iom == false { return; }\n    if reaches",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if reaches(risk_of_harm(person), param::iom_red_from_rosh) { return at_least(\"Red\"); }\n    if reoffending(person) == param::iom_red_from_reoffending { return at_least(\"Red\"); }",
        "    if reaches(risk_of_harm(person), param::iom_red_from_rosh) || reoffending(person) == param::iom_red_from_reoffending { return at_least(\"Red\"); }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if reaches(risk_of_harm(person), param::iom_red_from_rosh) { return at_least(\"Red\"); }\n    if reoffending(person) == param::iom_red_from_reoffending { return at_least(\"Red\"); }",
        "    if reoffending(person) == param::iom_red_from_reoffending { return at_least(\"Red\"); }\n    if reaches(risk_of_harm(person), param::iom_red_from_rosh) { return at_least(\"Red\"); }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "reaches(risk_of_harm(person), param::iom_red_from_rosh)",
        "risk_of_harm(person) != \"low\"",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    at_least(risk_tier(person))\n}",
        "    let tier = risk_tier(person);\n    at_least(tier)\n}",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if person.oasys.rsr >= param::rsr_high { return at_least(param::rsr_high_floor); }\n    if person.oasys.rsr >= param::rsr_medium { return at_least(param::rsr_medium_floor); }",
        "    if person.oasys.rsr < param::rsr_medium { return; }\n    if person.oasys.rsr < param::rsr_high { at_least(param::rsr_medium_floor) } else { at_least(param::rsr_high_floor) }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if person.oasys.rsr >= param::rsr_high { return at_least(param::rsr_high_floor); }\n    if person.oasys.rsr >= param::rsr_medium { return at_least(param::rsr_medium_floor); }",
        "    if person.oasys.rsr >= 6.9 { return at_least(\"Red\"); }\n    if person.oasys.rsr >= 3 { return at_least(\"Amber\"); }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if is_safeguarding(person) { at_least(param::safeguarding_floor) }",
        "if !is_safeguarding(person) { return; }\n    at_least(param::safeguarding_floor)",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if needs(person) >= param::uplift_needs { at_least(one_step_up(person)) }",
        "if param::uplift_needs <= needs(person) { at_least(one_step_up(person)) }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if needs(person) >= param::uplift_needs { at_least(one_step_up(person)) }",
        "if !(needs(person) < param::uplift_needs) { at_least(one_step_up(person)) }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if is_vulnerable(person) { at_least(one_step_up(person)) }",
        "let up = one_step_up(person);\n    if is_vulnerable(person) { at_least(up) }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if level == \"low\" && is_low_disputed(person) { \"medium\" } else { level }",
        "if level != \"low\" { return level; }\n    if is_low_disputed(person) { \"medium\" } else { \"low\" }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    worst([\n        band(person.oasys.ogrs3, param::ogrs3_bands),\n        band(person.oasys.ogp, param::ogp_bands),\n        band(person.oasys.ovp, param::ovp_bands)\n    ])",
        "    worst([\n        band(person.oasys.ovp, param::ovp_bands),\n        band(person.oasys.ogrs3, param::ogrs3_bands),\n        band(person.oasys.ogp, param::ogp_bands)\n    ])",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if tier == \"Amber\" && harm == \"medium\" && steps_down_to_green(person) { \"Green\" } else { tier }",
        "    if harm == \"medium\" && tier == \"Amber\" && steps_down_to_green(person) { return \"Green\"; }\n    tier",
    ),
    (
        "bgsw",
        "policy.rhai",
        "        && needs(person) <= param::green_needs\n        && !is_vulnerable(person)\n",
        "        && !is_vulnerable(person)\n        && needs(person) <= param::green_needs\n",
    ),
    (
        "bgsw",
        "policy.rhai",
        "        && !is_low_disputed(person)\n}",
        "        && !is_low_disputed(person)\n        && !person.in_custody == !person.in_custody\n}",
    ),
    (
        "bgsw",
        "policy.rhai",
        "overlap(person.registrations, param::vulnerable_registrations).len() > 0",
        "overlap(person.registrations, param::vulnerable_registrations).len() >= 1",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    overlap(person.registrations, param::safeguarding_registrations).len() > 0\n",
        "    let found = overlap(person.registrations, param::safeguarding_registrations);\n    found.len() > 0\n",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    if person.engagement == \"poor\" { return true; }\n    let since",
        "    if person.engagement == \"poor\" { return true; }\n    // Absences count from here.\n    let since",
    ),
    (
        "bgsw",
        "policy.rhai",
        "    between(person.absent_on, since, person.assessed_on).len() >= param::engagement_absences",
        "    let count = between(person.absent_on, since, person.assessed_on).len();\n    count >= param::engagement_absences",
    ),
    (
        "bgsw",
        "policy.rhai",
        "        || known(person.mappa.category)\n        || overlap(person.previous_offences, param::disputing_offences).len() > 0\n",
        "        || overlap(person.previous_offences, param::disputing_offences).len() > 0\n        || known(person.mappa.category)\n",
    ),
    (
        "bgsw",
        "policy.rhai",
        "/// Poor engagement, as the officer judges it",
        "/// Engagement that is poor, as the officer judges it",
    ),
    ("bgsw", "parameters.yaml", "value: [50, 75, 90]", "value: [50, 75, 90.0]"),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if person.active_event && !has_scores(person) { decide(\"MISSING\") }",
        "if !has_scores(person) && person.active_event { decide(\"MISSING\") }",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if !person.active_event { decide(\"NOT_SUPERVISED\") }",
        "if person.active_event { return; }\n    decide(\"NOT_SUPERVISED\")",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if \"stalking\" in person.registrations { at_least(param::stalking) }",
        "if !(\"stalking\" in person.registrations) { return; }\n    at_least(param::stalking)",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if \"stalking\" in person.registrations { at_least(param::stalking) }",
        "if person.registrations.contains(\"stalking\") { at_least(param::stalking) }",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "    known(person.oasys.arp.score) && known(person.oasys.csrp.score)\n",
        "    known(person.oasys.csrp.score) && known(person.oasys.arp.score)\n",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if known(person.oasys.rosh) { person.oasys.rosh } else { \"not_known\" }",
        "if !known(person.oasys.rosh) { \"not_known\" } else { person.oasys.rosh }",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if person.oasys.ever_committed_sexual_offence { at_least(param::sexual_offence) }",
        "if person.oasys.ever_committed_sexual_offence == true { at_least(param::sexual_offence) }",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if known(person.mappa.category) { param::rosh_with_mappa } else { param::rosh_without_mappa }",
        "if !known(person.mappa.category) { return param::rosh_without_mappa; }\n    param::rosh_with_mappa",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "    if twice > 0 { points(\"protect\", -twice) }",
        "    if 0 < twice { points(\"protect\", -twice) }",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if is_woman(person) && known(answer) && answer == \"yes\" {",
        "if is_woman(person) && (answer ?? \"no\") == \"yes\" {",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if is_woman(person) && is_problem { points",
        "if is_problem && is_woman(person) { points",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if is_woman(person) && person.previous_enforcement_activity {",
        "if person.previous_enforcement_activity && is_woman(person) {",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if !has_mandate(person) { points(\"change\", 0) }",
        "if has_mandate(person) { return; }\n    points(\"change\", 0)",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if counts_change(person) && person.iom { points(\"change\", param::iom_points) }",
        "if person.iom && counts_change(person) { points(\"change\", param::iom_points) }",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "    known(person.sex) && person.sex == \"female\"\n",
        "    (person.sex ?? \"male\") == \"female\"\n",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "    if score >= high.from && score < high.below { return high.points; }\n",
        "    if score < high.below && score >= high.from { return high.points; }\n",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if is_vulnerable(person) { at_least(one_step_up(person)) }",
        "if is_vulnerable(person) && !person.in_custody { at_least(one_step_up(person)) }",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if twice > 0 { points(\"protect\", -twice) }",
        "if twice > 5 { points(\"protect\", -twice) }",
    ),
];

/// Edits that change the tier of some case.
const FAULTS: &[Edit] = &[
    ("bgsw", "parameters.yaml", "value: [50, 75, 90]", "value: [50, 75, 91]"),
    ("bgsw", "parameters.yaml", "value: [50, 75, 90]", "value: [50, 74, 90]"),
    ("bgsw", "parameters.yaml", "value: [34, 67, 85]", "value: [34, 67, 84]"),
    ("bgsw", "parameters.yaml", "value: [30, 60, 80]", "value: [31, 60, 80]"),
    ("bgsw", "parameters.yaml", "high: Amber, very_high: Red-Amber }", "high: Red-Amber, very_high: Red-Amber }"),
    ("bgsw", "parameters.yaml", "low: { low: Green, medium: Amber", "low: { low: Amber, medium: Amber"),
    (
        "bgsw",
        "parameters.yaml",
        "medium: { low: Amber, medium: Amber, high: Red-Amber, very_high: Red }",
        "medium: { low: Amber, medium: Amber, high: Red-Amber, very_high: Red-Amber }",
    ),
    ("bgsw", "parameters.yaml", "high: { low: Red, medium: Red", "high: { low: Red-Amber, medium: Red"),
    ("bgsw", "parameters.yaml", "value: true, source: \"assumption\"", "value: false, source: \"assumption\""),
    ("bgsw", "parameters.yaml", "{ value: 1, unit: needs", "{ value: 2, unit: needs"),
    ("bgsw", "parameters.yaml", "{ value: 6.9, unit", "{ value: 7, unit"),
    ("bgsw", "parameters.yaml", "{ value: 3, unit: percent, source: RSR", "{ value: 3.01, unit: percent, source: RSR"),
    ("bgsw", "parameters.yaml", "{ value: medium, source: assumption }", "{ value: high, source: assumption }"),
    ("bgsw", "parameters.yaml", "{ value: very_high, source: assumption }", "{ value: high, source: assumption }"),
    (
        "bgsw",
        "policy.rhai",
        "if person.in_custody && !person.iom { decide(\"Blue\") }",
        "if person.in_custody { decide(\"Blue\") }",
    ),
    ("bgsw", "policy.rhai", "at_least(\"Red-Amber\")\n}", "at_least(\"Red\")\n}"),
    ("bgsw", "policy.rhai", "person.oasys.rsr >= param::rsr_high {", "person.oasys.rsr > param::rsr_high {"),
    ("bgsw", "policy.rhai", "person.oasys.rsr >= param::rsr_medium {", "person.oasys.rsr > param::rsr_medium {"),
    ("bgsw", "policy.rhai", "if needs(person) >= param::uplift_needs", "if needs(person) > param::uplift_needs"),
    (
        "bgsw",
        "policy.rhai",
        "if is_vulnerable(person) { at_least(one_step_up(person)) }",
        "if is_vulnerable(person) { at_least(risk_tier(person)) }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "if level == \"low\" && is_low_disputed",
        "if level == \"low\" && person.iom && is_low_disputed",
    ),
    ("bgsw", "policy.rhai", "        band(person.oasys.ogp, param::ogp_bands),\n", ""),
    ("bgsw", "policy.rhai", "        && !engages_poorly(person)\n", ""),
    ("bgsw", "policy.rhai", "        && !is_low_disputed(person)\n}", "}"),
    ("bgsw", "policy.rhai", "param::vulnerable_registrations).len() > 0", "param::vulnerable_registrations).len() > 1"),
    ("bgsw", "policy.rhai", "    person.circumstances.domestic_abuse_victim\n        || person", "    person"),
    ("bgsw", "policy.rhai", "        || known(person.mappa.category)\n", ""),
    ("bgsw", "policy.rhai", "        || person.sentence.index_offence.victim.vulnerable\n", ""),
    (
        "bgsw",
        "policy.rhai",
        "if person.engagement == \"poor\" { return true; }",
        "if person.engagement != \"good\" { return true; }",
    ),
    (
        "bgsw",
        "policy.rhai",
        "        && needs(person) <= param::green_needs",
        "        && needs(person) < param::green_needs",
    ),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "!person.active_event { decide(\"NOT_SUPERVISED\") }",
        "!person.active_event && !has_scores(person) { decide(\"NOT_SUPERVISED\") }",
    ),
    ("hmpps-tier-v3", "policy.rhai", "known(score) && score > 0 &&", "known(score) && score > 1 &&"),
    ("hmpps-tier-v3", "policy.rhai", "if person.release.date >= years_after", "if person.release.date > years_after"),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if person.oasys.ever_committed_sexual_offence { at_least",
        "if person.oasys.ever_committed_sexual_offence && person.oasys.arp.score > 20 { at_least",
    ),
    (
        "hmpps-tier-v2",
        "policy.rhai",
        "if score >= high.from && score < high.below",
        "if score > high.from && score < high.below",
    ),
    ("hmpps-tier-v2", "policy.rhai", "known(answer) && answer == \"yes\"", "known(answer) && answer != \"no\""),
    (
        "hmpps-tier-v3",
        "policy.rhai",
        "if \"stalking\" in person.registrations",
        "if \"domestic_abuse_perpetrator\" in person.registrations",
    ),
];

/// One in so many, but all of them the long way.
fn some_of(edits: &'static [Edit], one_in: usize) -> impl Iterator<Item = &'static Edit> {
    edits.iter().step_by(if is_long() { 1 } else { one_in })
}

/// What is said of a policy and a copy with an edit in it, and the tiers of the case that shows it, under both.
fn proof((name, file, was, is): &Edit, property: Property) -> (Proof, Vec<Option<String>>) {
    let old = Policy::load(&Shelf::Folder(root().join("policies")), name, &[]).unwrap();
    let (_folder, new) = edited(name, Some((file, was, is)));
    let claim = Claim { property, only: None };
    let report = verify_two([&old, &new], &worked(name), &[claim], 30_000);
    let proof = report.proofs[0].clone();
    let Verdict::Refuted { shown: Some(shown) } = &proof.verdict else { return (proof, Vec::new()) };
    let case = CaseFile::parse(&shown.cases[0]).unwrap();
    let tier = |policy: &Policy| policy.assess(&case, shown.on).unwrap().decision.tier;
    let tiers = vec![tier(&old), tier(&new)];
    (proof, tiers)
}

#[test]
fn an_edit_that_moves_nobody_is_proved_to() {
    for edit in some_of(HARMLESS, 4) {
        let (proof, _) = proof(edit, Property::Same);
        assert!(matches!(proof.verdict, Verdict::Proved { .. }), "{edit:?}: {proof:?}");
    }
}

#[test]
fn an_edit_that_moves_somebody_is_refuted_by_a_case_that_moves() {
    for edit in some_of(FAULTS, 4) {
        let (proof, tiers) = proof(edit, Property::Same);
        assert!(matches!(proof.verdict, Verdict::Refuted { .. }), "{edit:?}: {proof:?}");
        assert_ne!(tiers[0], tiers[1], "{edit:?}: {proof:?}");
    }
}

#[test]
fn a_threshold_that_is_lowered_never_lowers_a_tier_and_one_that_is_raised_never_raises_one() {
    let lowered = ("bgsw", "parameters.yaml", "value: 6.9, unit", "value: 5, unit");
    let raised = ("bgsw", "parameters.yaml", "value: 6.9, unit", "value: 9, unit");
    for (edit, holds, fails) in [
        (&lowered, Property::NeverLower, Property::NeverHigher),
        (&raised, Property::NeverHigher, Property::NeverLower),
    ] {
        assert!(matches!(proof(edit, holds).0.verdict, Verdict::Proved { .. }), "{edit:?}");
        let (refuted, tiers) = proof(edit, fails);
        assert!(matches!(refuted.verdict, Verdict::Refuted { .. }), "{edit:?}: {refuted:?}");
        assert_ne!(tiers[0], tiers[1]);
    }
}

const OLD: &str = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n\n/// Scores.\n/// @cite example\nfn scores(person) {\n    if person.oasys.ogrs3 >= 50 { at_least(\"High\") }\n}\n";

#[test]
fn a_page_says_of_which_cases_it_was_asked_and_shows_the_case() {
    let new = OLD.replace("ogrs3 >= 50", "ogrs3 >= 60 || person.iom");
    let program = Program::new().rules(OLD).file("policies/new/policy.rhai", &new);
    let ran = program.run("verify policies/trial policies/new --never-lower");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    insta::assert_snapshot!(ran.stdout, @"
    What holds of every case under policies/trial and policies/new
    Over every case that the model allows, by the rules and numbers in force from 1 January 2000.


    the new policy gives no case that lacks nothing a lower tier than the old one
      REFUTED
        High under the old policy and Low under the new one, on 20 May 2019
        the case:
    crn: W000000
    assessed_on: 2019-05-20
    oasys:
      ogrs3: 59


    no function fails on any case
      proved of scores, 1 region

    1 proved, 1 refuted, 0 not decided.
    ");
    let ran =
        program.run("verify policies/trial policies/new --never-lower --where person.oasys.ogrs3>=60||person.iom");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    insta::assert_snapshot!(ran.stdout, @"
    What holds of every case under policies/trial and policies/new
    Over every case that the model allows, by the rules and numbers in force from 1 January 2000.


    the new policy gives no case that lacks nothing a lower tier than the old one
      proved of cases where person.oasys.ogrs3>=60||person.iom, 7 regions

    no function fails on any case
      proved of scores, 1 region

    2 proved, 0 refuted, 0 not decided.
    ");
}

/// Whoever is left without a tier has not the same one, and one that is lower than any.
#[test]
fn an_edit_that_leaves_somebody_without_a_tier_is_refuted() {
    let rules = |body: &str| {
        format!(
            "const TIERS = [\"Low\", \"High\"];\n\n/// All.\nfn all(person) {{\n    {body}\n}}\n\n/// IOM.\nfn iom(person) {{ if person.iom {{ at_least(\"High\") }} }}\n"
        )
    };
    let whole = rules("at_least(\"Low\")");
    let holes = [
        rules("if person.sex != \"male\" || person.iom { at_least(\"Low\") }"),
        rules("if known(person.oasys.rosh) { at_least(\"Low\") }"),
        rules("return;"),
    ];
    for hole in &holes {
        let program = Program::new().rules(&whole).file("policies/new/policy.rhai", hole);
        for (claim, code) in [("--same", 1), ("--never-lower", 1), ("--never-higher", 0)] {
            let ran = program.run(&format!("verify policies/trial policies/new {claim} --format json"));
            assert_eq!(ran.code, code, "{claim}\n{hole}\n{}", ran.whole());
        }
        let ran = program.run("verify policies/trial policies/new --never-lower");
        let said = "Low under the old policy, and under the new one no rule gives this case a tier";
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
        // The other way round somebody has one who had none: no lower one, and not the same.
        let ran = |claim: &str| program.run(&format!("verify policies/new policies/trial {claim}")).code;
        assert_eq!([ran("--same"), ran("--never-lower")], [1, 0], "{hole}");
        // Both with the same hole are the same.
        let both = Program::new().rules(hole).file("policies/new/policy.rhai", format!("// As before.\n{hole}"));
        assert_eq!(both.run("verify policies/trial policies/new --same").code, 0, "{hole}");
    }
}

#[test]
fn what_cannot_be_asked_of_two_policies_says_so() {
    let others = OLD.replace("\"Low\", \"High\"", "\"Low\", \"Middle\", \"High\"");
    let program = Program::new().rules(OLD).file("policies/new/policy.rhai", &others);
    let ran = program.run("verify policies/trial policies/new --same");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    assert!(ran.stdout.contains("the tiers and axes of the two policies differ"), "{}", ran.whole());
    let said = |line: &str| program.run(line).stderr;
    insta::assert_snapshot!(said("verify policies/trial policies/new"), @"
    error: the following required arguments were not provided:
      <--same|--never-lower|--never-higher>

    Usage: brag verify <--same|--never-lower|--never-higher> <POLICY|PATH> <NEW>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(said("verify policies/trial policies/trial --same --where person.iomm"), @"
    × --where: unknown input `person.iomm`
    help: did you mean `person.iom`?
    ");
}

#[test]
fn a_condition_that_is_none_or_holds_of_no_case_proves_nothing() {
    let program = Program::new().rules(OLD);
    let said = |condition: &str| {
        program.run_with(&["verify", "policies/trial", "policies/trial", "--same", "--where", condition])
    };
    let stderr = |condition: &str| said(condition).stderr;
    insta::assert_snapshot!(stderr(" "), @"
    × --where: there is no condition
    help: write a condition, such as 'person.iom || person.oasys.ogrs3 >= 75'
    ");
    insta::assert_snapshot!(stderr("person.oasys.ogrs3"), @"
    × --where: the condition returns a number, which says nothing
    help: return true or false: end it in a condition
    ");
    insta::assert_snapshot!(stderr("person.oasys.rosh == \"hihg\""), @"
    × --where: `oasys.rosh` is never `hihg`
    help: did you mean `high`?
    ");
    insta::assert_snapshot!(stderr("person.iom }"), @"
    × --where: `}` cannot stand here
    help: look at what stands before it, too
    ");
    let ran = said("person.iom && !person.iom");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    assert!(ran.stdout.contains("no case is as the condition says"), "{}", ran.whole());
    let ran = program.run("verify policies/trial policies/trial --same --budget 0");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    assert!(ran.stdout.contains("nothing was looked at") && !ran.stdout.contains("condition says"), "{}", ran.whole());
}

/// What a helper gives may be a table that is made anew each time: it is followed all the same.
#[test]
fn a_helper_that_makes_a_table_is_followed() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// By a table.\n/// @cite example\nfn by_table(person) {\n    at_least(pair(person).tier)\n}\n\n/// Nobody is high.\n/// @cite example\nfn law_low(person, tier) {\n    tier == \"Low\"\n}\n\nprivate fn pair(person) {\n    if person.iom { #{tier: \"High\"} } else { #{tier: \"Low\"} }\n}\n";
    let ran = Program::new().rules(rules).run("verify policies/trial --only law");
    assert_eq!(ran.code, 1, "{}", ran.whole());
}
