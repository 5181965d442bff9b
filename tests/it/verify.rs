//! `brag verify`: what is proved, what a case refutes, and what is left open, over the shipped policies and over copies with a
//! fault in them. Every refutation is run again as a case.

use crate::{
    program::{Program, root, snapshot},
    sampling::is_long,
};
use brag::{
    CaseFile, Policy,
    case::record::Shape,
    policy::source::Shelf,
    verify::{BUDGET, Proof, Property, Report, Shown, Verdict, verify},
};
use brag_made_up::{Book, DATE};
use std::fs;
use tempfile::TempDir;

/// A shipped policy with one text of a file in the place of another.
pub fn edited(name: &str, edit: Option<(&str, &str, &str)>) -> (TempDir, Policy) {
    let folder = TempDir::new().unwrap();
    let policies = root().join("policies");
    for one in fs::read_dir(&policies).unwrap() {
        let one = one.unwrap().path();
        let to = folder.path().join(one.file_name().unwrap());
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(&one).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
            }
        }
    }
    if let Some((file, was, is)) = edit {
        let path = folder.path().join(name).join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(was), "{file} has no `{was}`");
        fs::write(&path, text.replacen(was, is, 1)).unwrap();
    }
    let policy = Policy::load(&Shelf::Folder(folder.path().to_owned()), name, &[]).unwrap();
    (folder, policy)
}

/// The worked cases of a shipped policy.
pub fn worked(name: &str) -> Vec<String> {
    let cases = fs::read_dir(root().join("policies").join(name).join("cases")).unwrap();
    let mut cases: Vec<_> = cases.map(|case| case.unwrap().path()).collect();
    cases.sort();
    cases.into_iter().map(|case| fs::read_to_string(case).unwrap()).collect()
}

fn report(
    name: &str,
    edit: Option<(&str, &str, &str)>,
    asked: &[Property],
    budget: usize,
) -> (TempDir, Policy, Report) {
    let (folder, policy) = edited(name, edit);
    let report = verify(&policy, &worked(name), asked, budget);
    (folder, policy, report)
}

/// What is not proved, a line each.
fn left(report: &Report) -> String {
    let lines = report.proofs.iter().filter_map(|proof| {
        let (name, about) = (proof.property.as_str(), &proof.about);
        match &proof.verdict {
            Verdict::Proved { .. } => None,
            Verdict::Refuted { shown } => {
                let said = shown.as_ref().map_or("no case shows it", |shown| shown.said.as_str());
                Some(format!("refuted: {name} {about}: {said}"))
            }
            Verdict::NotDecided { .. } => Some(format!("not decided: {name} {about}")),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn shown<'r>(report: &'r Report, property: Property, about: &str) -> &'r Shown {
    let is_it = |proof: &&brag::verify::Proof| proof.property == property && proof.about == about;
    let proof = report.proofs.iter().find(is_it).unwrap_or_else(|| panic!("nothing was asked of {about}"));
    match &proof.verdict {
        Verdict::Refuted { shown: Some(shown) } => shown,
        other => panic!("{about}: {other:?}"),
    }
}

/// The tiers of the cases that show something, as `assess` gives them.
fn tiers(policy: &Policy, shown: &Shown) -> Vec<Option<String>> {
    let of_case = |text: &String| {
        let case = CaseFile::parse(text).unwrap();
        policy.assess(&case, shown.on).unwrap().decision.tier
    };
    shown.cases.iter().map(of_case).collect()
}

#[test]
fn everything_is_proved_of_bgsw_but_that_the_calendar_never_ends() {
    let (_folder, _, report) = report("bgsw", None, &Property::OF_ONE, BUDGET);
    // The calendar of bank holidays ends: past it both fail.
    assert_eq!(left(&report), "not decided: never-fails release_near\nnot decided: never-fails workload");
    let asked = |property: Property| report.proofs.iter().filter(|proof| proof.property == property).count();
    assert_eq!(asked(Property::Law), 4);
    assert_eq!(asked(Property::MoreRisk), 25);
    assert_eq!(report.stretches.len(), 2);
}

#[test]
fn of_the_national_models_everything_is_proved_or_refuted_and_their_two_known_faults_come_out() {
    let (_folder, policy, third) = report("hmpps-tier-v3", None, &Property::OF_ONE, BUDGET);
    let falls = shown(&third, Property::MoreRisk, "oasys.dc_srp.score");
    assert_eq!(tiers(&policy, falls), [Some("C".to_owned()), Some("D".to_owned())]);
    shown(&third, Property::NeverFails, "sexual_reoffending");
    let laws = third.proofs.iter().filter(|proof| proof.property == Property::Law);
    assert!(laws.clone().count() == 3 && laws.clone().all(|law| matches!(law.verdict, Verdict::Proved { .. })));
    assert!(!left(&third).contains("not decided"), "{}", left(&third));
    let (_folder, policy, second) = report("hmpps-tier-v2", None, &Property::OF_ONE, BUDGET);
    assert!(!left(&second).contains("not decided"), "{}", left(&second));
    let is_refuted = |proof: &&Proof| matches!(proof.verdict, Verdict::Refuted { .. });
    let refuted = |property: Property| {
        let of_it = second.proofs.iter().filter(|proof| proof.property == property).filter(is_refuted);
        of_it.map(|proof| proof.about.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(refuted(Property::MoreRisk), ["oasys.rsr"]);
    let none = [Property::AlwaysATier, Property::Law, Property::Contact, Property::NeverFails, Property::CanFire];
    assert!(none.into_iter().all(|property| refuted(property).is_empty()), "{}", left(&second));
    // What is not known counts as none, where its absence would hide a risk.
    for input in ["oasys.parenting_responsibilities", "oasys.impulsivity", "oasys.completed_on", "oasys.ogrs3"] {
        let tiers = tiers(&policy, shown(&second, Property::MissingFact, input));
        let rank = |tier: &Option<String>| policy.tiers().rank(tier.as_deref().unwrap());
        assert!(rank(&tiers[0]) < rank(&tiers[1]), "{input}: {tiers:?}");
    }
    let falls = shown(&second, Property::MoreRisk, "oasys.rsr");
    let tiers = tiers(&policy, falls);
    let rank = |tier: &Option<String>| policy.tiers().rank(tier.as_deref().unwrap());
    assert!(rank(&tiers[0]) > rank(&tiers[1]), "{}", falls.said);
}

/// Faults in a copy of bgsw: the file, what stood there, what is put there, and the claim that a case must refute.
const FAULTS: &[(&str, &str, &str, Property, &str)] = &[
    (
        "parameters.yaml",
        "medium: { low: Amber, medium: Amber, high: Red-Amber, very_high: Red }",
        "medium: { low: Amber, medium: Amber, high: Green, very_high: Red }",
        Property::MoreRisk,
        "oasys.ogrs3",
    ),
    (
        "policy.rhai",
        "if person.oasys.rsr >= param::rsr_medium {",
        "if person.oasys.rsr >= param::rsr_medium && person.oasys.rsr <= 6.89 {",
        Property::MoreRisk,
        "oasys.rsr",
    ),
    (
        "policy.rhai",
        "    at_least(risk_tier(person))\n",
        "    if person.oasys.ogrs3 < 95 { at_least(risk_tier(person)) }\n",
        Property::AlwaysATier,
        "",
    ),
    ("policy.rhai", "    at_least(\"Red-Amber\")\n}", "    at_least(\"Amber\")\n}", Property::Law, "law_iom"),
    (
        "policy.rhai",
        "    if is_safeguarding(person) {",
        "    if person.oasys.ovp == 77 { throw \"never\"; }\n    if is_safeguarding(person) {",
        Property::NeverFails,
        "safeguarding",
    ),
    (
        "policy.rhai",
        "    if is_vulnerable(person) { at_least(one_step_up(person)) }",
        "    if known(person.oasys.ogrs3) && person.oasys.ogrs3 >= 97 { return at_least(\"Red\"); }\n    if is_vulnerable(person) { at_least(one_step_up(person)) }",
        Property::MissingFact,
        "oasys.ogrs3",
    ),
    (
        "policy.rhai",
        "        \"Red\" => param::contact_red,",
        "        \"Red\" => param::contact_hub,",
        Property::Contact,
        "Red over Red-Amber",
    ),
];

#[test]
fn a_fault_is_refuted_by_a_case_that_assess_confirms() {
    for (file, was, is, property, about) in FAULTS.iter().step_by(if is_long() { 1 } else { 2 }) {
        let (_folder, policy, report) = report("bgsw", Some((file, was, is)), &[*property], 1_000);
        let shown = shown(&report, *property, about);
        for case in &shown.cases {
            CaseFile::parse(case).unwrap();
        }
        match property {
            Property::MoreRisk | Property::MissingFact => {
                let tiers = tiers(&policy, shown);
                let ranks: Vec<_> = tiers.iter().map(|tier| policy.tiers().rank(tier.as_deref().unwrap())).collect();
                let falls = if *property == Property::MoreRisk { ranks[0] > ranks[1] } else { ranks[0] < ranks[1] };
                assert!(falls, "{}: {tiers:?}", shown.said);
            }
            Property::AlwaysATier | Property::NeverFails => {
                let case = CaseFile::parse(&shown.cases[0]).unwrap();
                assert!(policy.assess(&case, shown.on).is_err(), "{}", shown.said);
            }
            Property::Law => assert_eq!(tiers(&policy, shown), [Some("Amber".to_owned())]),
            _ => {}
        }
    }
}

#[test]
fn answers_that_hang_together_are_not_decided_rather_than_guessed() {
    let law = "\n/// Among more there are no fewer.\n/// @cite example\nfn law_more(person, tier) {\n    \
               overlap(person.registrations, [\"stalking\"]).len() <= overlap(person.registrations, [\"stalking\", \"terrorism\"]).len()\n}\n";
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n";
    let program = Program::new().rules(&format!("{rules}{law}"));
    let ran = program.run("verify policies/trial");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    assert!(ran.stdout.contains("not decided of law_more"), "{}", ran.stdout);
}

#[test]
fn a_policy_whose_cases_take_much_work_is_verified_to_the_end() {
    if !is_long() {
        return;
    }
    // Each of its forty judgements can be any of many numbers: nothing of the whole is decided, and it must end all the same.
    let (_folder, _policy, report) = report("inspection-ratings", None, &Property::OF_ONE, BUDGET);
    let [proved, _, not_decided] = report.counts();
    assert!(proved > 50 && not_decided > 0, "{}", left(&report));
}

#[test]
fn a_page_says_what_was_asked_and_the_case_that_refutes_it() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n\n/// Falls.\n/// @cite example\nfn falls(person) {\n    if person.oasys.ogrs3 >= 50 && person.oasys.ogrs3 < 75 { at_least(\"High\") }\n}\n";
    let program = Program::new().rules(rules);
    let ran = program.run("verify policies/trial");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    snapshot("verify-page", &ran.stdout);
    let page = program.run("verify policies/trial --format html").stdout;
    let (_, body) = page.split_once("<main>").unwrap();
    snapshot("verify-page-html", body);
    let excepted = rules.replace("const TIERS", "const NOT_RISK = [\"oasys.ogrs3: an example\"];\nconst TIERS");
    let ran = Program::new().rules(&excepted).run("verify policies/trial --format md");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    snapshot("verify-page-md", &ran.stdout);
    let wrong = rules.replace("const TIERS", "const NOT_RISK = [\"oasys.ogrs4: an example\"];\nconst TIERS");
    let ran = Program::new().rules(&wrong).run("verify policies/trial");
    assert_eq!(ran.code, 3, "{}", ran.whole());
    snapshot("verify-excepted-wrong", &ran.stderr);
}

#[test]
fn a_rule_that_fails_on_some_case_is_not_proved_to_fail_on_none() {
    let failing = [
        ("if [\"a\", \"b\"][person.oasys.layer] == \"a\" { at_least(\"High\") }", 1),
        ("if person.contacts[0].mode == \"office\" { at_least(\"High\") }", 1),
        ("if person.seen_on[-1] < person.assessed_on { at_least(\"High\") }", 1),
        ("if person.oasys.ogrs3 == 7 { 5 } else { at_least(\"High\") }", 1),
        ("if 10 / (person.oasys.ogrs3 - person.oasys.ogp) > 3 { at_least(\"High\") }", 6),
        ("if 10.0 / (person.oasys.rsr - 4.5) > 3 { at_least(\"High\") }", 6),
        ("if 9223372036854775800 + person.oasys.ogrs3 > 3 { at_least(\"High\") }", 6),
        ("if years_after(person.assessed_on, person.oasys.ogrs3 * 100) > person.assessed_on { at_least(\"High\") }", 6),
        ("if date(`20${person.oasys.ogrs3}-01-01`) > person.assessed_on { at_least(\"High\") }", 6),
        ("for one in person.registrations { if one == \"stalking\" { throw \"that\"; } }", 1),
        ("for one in person.ratings { if rank(one.tier) > 0 { return at_least(\"High\"); } }", 6),
        (
            "if person.contacts.some(|one| if one.mode == \"office\" { 1 / 0 == 1 } else { true }) { at_least(\"High\") }",
            6,
        ),
        (
            "let sum = 9223372036854775800; for one in person.contacts { sum += 1; } if sum > 3 { at_least(\"High\") }",
            6,
        ),
        ("let last = \"\"; for one in person.contacts { last += one.mode; } if last == \"\" { at_least(\"High\") }", 6),
        ("let last = 0; for one in person.registrations { last = [1][last]; } if last == 1 { at_least(\"High\") }", 6),
    ];
    let sound = [
        ("if person.oasys.ogrs3 >= 50 && \"stalking\" in person.registrations { at_least(\"High\") }", 0),
        (
            "if known(person.mappa.level) && years_after(person.assessed_on, 1) > person.assessed_on { at_least(\"High\") }",
            0,
        ),
        ("for one in person.contacts { if one.mode == \"office\" { return at_least(\"High\"); } }", 0),
        (
            "let sum = 0; for one in person.other_sentences { for part in one.requirements { sum += 1; } } if sum > 3 { at_least(\"High\") }",
            0,
        ),
        ("if person.contacts.filter(|one| one.date <= person.assessed_on).len() > 3 { at_least(\"High\") }", 0),
        (
            "let sum = 0; for one in person.contacts.filter(|one| one.mode == \"office\") { if one.date == person.assessed_on { sum += 2; } } if sum > 3 { at_least(\"High\") }",
            0,
        ),
    ];
    for (rule, code) in failing.iter().chain(&sound) {
        let rules = format!(
            "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// A rule.\n/// @cite example\nfn asked(person) {{\n    {rule}\n}}\n"
        );
        let ran = Program::new().rules(&rules).run("verify policies/trial --only never-fails");
        let is_as_wanted = if *code == 6 { [1, 6].contains(&ran.code) } else { ran.code == *code };
        assert!(is_as_wanted, "{rule}\n{}", ran.whole());
    }
}

/// Every field of an entry that a list of a case can have, with the list.
fn fields_of_entries() -> Vec<(String, &'static str)> {
    let policy = Policy::shipped("bgsw").unwrap();
    // What another policy tells a case is not told here.
    let inputs = policy.inputs().all().iter().filter(|input| !input.path.starts_with("assessed."));
    let of_input = inputs.filter_map(|input| match &input.shape {
        Shape::List(of) => match &**of {
            Shape::Record(fields) => Some(fields.iter().map(|field| (input.path.to_string(), field.name))),
            _ => None,
        },
        _ => None,
    });
    of_input.flatten().collect()
}

#[test]
fn what_is_said_of_any_entry_holds_of_the_entries_of_a_made_up_book() {
    let rule = |at: usize, (list, field): &(String, &str)| {
        format!(
            "\n/// Said.\n/// @cite example\nfn rule_{at}(person) {{\n    for one in person.{list} {{ if !known(one.{field}) {{ throw \"nothing\"; }} }}\n    at_least(\"Low\")\n}}\n"
        )
    };
    let fields = fields_of_entries();
    let head = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n";
    let policy = |asked: &[usize]| {
        let rules: String = asked.iter().map(|at| rule(*at, &fields[*at])).collect();
        let program = Program::new().rules(&format!("{head}{rules}"));
        Policy::load(&Shelf::Folder(program.folder().join("policies")), "trial", &[]).unwrap()
    };
    let report = verify(&policy(&(0..fields.len()).collect::<Vec<_>>()), &[], &[Property::NeverFails], 100);
    let is_given = |at: &usize| {
        let name = format!("rule_{at}");
        let is_it = |proof: &&Proof| proof.about == name && matches!(proof.verdict, Verdict::Proved { .. });
        report.proofs.iter().any(|proof| is_it(&proof))
    };
    let given: Vec<usize> = (0..fields.len()).filter(is_given).collect();
    let names: Vec<String> = given.iter().map(|at| format!("{}.{}", fields[*at].0, fields[*at].1)).collect();
    assert!(names.contains(&"contacts.date".to_owned()) && !names.contains(&"contacts.with".to_owned()), "{names:?}");
    let policy = policy(&given);
    for case in Book::new(5, DATE, |_| true).cases().take(400) {
        let case = CaseFile::parse(&case.to_string()).unwrap();
        policy.assess(&case, DATE).unwrap_or_else(|fault| panic!("{fault:?}: {names:?}"));
    }
}

#[test]
fn where_the_tier_function_returns_nothing_what_the_rules_say_stands() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"High\")\n}\n\n/// Falls.\n/// @cite example\nfn tier(person, so_far) {\n    if person.oasys.ogrs3 >= 90 { return \"Low\"; }\n}\n";
    let program = Program::new().rules(rules).file("case.yaml", "crn: X100001\nassessed_on: 2019-05-20\n");
    let page = program.run("assess case.yaml --policy trial").stdout;
    assert!(page.starts_with("X100001  High  on 20 May 2019"), "{page}");
    assert!(page.contains("range       Low to High, provisional"), "{page}");
    assert!(page.contains("oasys.ogrs3: below 90 High, from 90 Low"), "{page}");
    let ran = program.run("verify policies/trial");
    assert!(ran.stdout.contains("`oasys.ogrs3` from 0 to 90 takes the tier from High to Low"), "{}", ran.stdout);
    // A law is asked of the tiers that the function names, not of all that lie between them.
    let law =
        "\n/// Never in the middle.\n/// @cite example\nfn law_middle(person, tier) {\n    tier != \"Middle\"\n}\n";
    let rules = rules.replace("[\"Low\", ", "[\"Low\", \"Middle\", ");
    let ran = Program::new().rules(&format!("{rules}{law}")).run("verify policies/trial --only law");
    assert!(ran.stdout.contains("proved of law_middle"), "{}", ran.whole());
}

/// A law that begins later is asked of from then on, whatever else changes.
#[test]
fn a_law_is_asked_of_where_it_holds() {
    let rules = |mark: &str| {
        format!(
            "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {{\n    at_least(\"Low\")\n}}\n\n/// Nobody is low.\n/// @cite example\n/// {mark}\nfn law_high(person, tier) {{\n    tier != \"Low\"\n}}\n"
        )
    };
    for mark in ["@from 2020-01-01", "@until 2020-01-01"] {
        let ran = Program::new().rules(&rules(mark)).run("verify policies/trial --only law");
        assert_eq!(ran.code, 1, "{}", ran.whole());
        assert!(ran.stdout.contains("REFUTED of law_high"), "{}", ran.stdout);
    }
}

#[test]
fn a_worked_case_that_breaks_a_law_fails_the_test_of_the_policy() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Low\")\n}\n\n/// Whom we manage together is High.\n/// @cite example\nfn law_iom(person, tier) {\n    !person.iom || tier == \"High\"\n}\n";
    let case = "crn: X100001\nassessed_on: 2019-05-20\niom: true\nexpect: { tier: Low }\n";
    let program = Program::new().rules(rules).file("policies/trial/cases/one.yaml", case);
    let ran = program.run("test policies/trial");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.whole().contains("law_iom"), "{}", ran.whole());
    // A book is held to them where that is asked for; what nobody knows breaks none.
    let book = "{\"crn\":\"X1\",\"iom\":true}\n{\"crn\":\"X2\",\"iom\":false}\n{\"crn\":\"X3\"}\n";
    let program = program.file("book.jsonl", book);
    let told = |more: &str| {
        let ran = program.run(&format!("assess book.jsonl --policy trial --on 2019-05-20 --format csv {more}"));
        let flags: Vec<String> = ran.stdout.lines().skip(1).map(|row| row.split(',').nth(8).unwrap().into()).collect();
        (ran.code, flags)
    };
    assert_eq!(told(""), (0, vec![String::new(); 3]));
    assert_eq!(told("--laws"), (1, vec!["law_iom".into(), String::new(), String::new()]));
    let page = program.run("assess policies/trial/cases/one.yaml --policy trial --laws").stdout;
    assert!(page.contains("law_iom (high): does not hold of Low: Whom we manage together is High."), "{page}");
    assert_eq!(program.run("assess book.jsonl --policy trial --laws --log log.jsonl").code, 2);
}

#[test]
fn laws_are_held_against_the_tier_of_the_rules_and_against_that_of_an_override() {
    let rules = "//! Example.\n\nconst TIERS = [\"Low\", \"Middle\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn everybody(person) {\n    at_least(\"Middle\")\n}\n\n/// Whom we manage together is High.\n/// @cite example\nfn law_iom(person, tier) {\n    !person.iom || tier == \"High\"\n}\n\n/// Men are not Low.\n/// @cite example\nfn law_men(person, tier) {\n    person.sex != \"male\" || tier != \"Low\"\n}\n";
    let told = |facts: &str, tier: &str| {
        let moved = format!("{{ tier: {tier}, reason: known, by: a, authorised_by: b, date: 2019-05-01 }}");
        let case = format!("crn: X1\n{facts}\noverride: {moved}\n");
        let program = Program::new().rules(rules).file("moved.yaml", case);
        let ran = program.run("assess moved.yaml --policy trial --on 2019-05-20 --laws --format json");
        let answer = ran.json();
        let flags = answer["flags"].as_array().unwrap().iter().filter(|flag| flag["severity"] == "high");
        (ran.code, flags.map(|flag| flag["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    let lowered = "does not hold of Low, to which an override moves it: Men are not Low.";
    assert_eq!(told("sex: male", "Low"), (1, vec![lowered.to_owned()]));
    let both = "does not hold of Middle, which the rules give, nor of Low, to which an override moves it: Whom we manage together is High.";
    assert_eq!(told("iom: true\nsex: female", "Low"), (1, vec![both.to_owned()]));
    let mended = "does not hold of Middle, which the rules give: Whom we manage together is High.";
    assert_eq!(told("iom: true\nsex: female", "High"), (1, vec![mended.to_owned()]));
    assert_eq!(told("sex: male", "High"), (0, Vec::new()));
}

/// A policy that asks for contact takes no tiers of another: a case with one is refused, and shows nothing of it.
#[test]
fn what_is_refuted_is_shown_by_a_case_that_the_policy_takes() {
    let rules = "const TIERS = [\"Low\", \"High\"];\n\n/// Everybody.\n/// @cite example\nfn all(person) { at_least(\"Low\") }\n\n\
                 /// As before.\n/// @cite example\nfn kept(person) { if known(person.previous_tier) { at_least(person.previous_tier) } }\n";
    let contact = "\n/// Weekly.\n/// @cite example\nfn contact(person, tier) { every(1, \"week\", \"office\") }\n";
    let said = |rules: &str| Program::new().rules(rules).run("verify trial --only never-fails").stdout;
    // Where nothing is asked under a tier, any may be on record.
    assert!(said(rules).contains("REFUTED of kept"), "{}", said(rules));
    let asks = format!("{rules}{contact}");
    assert!(!said(&asks).contains("REFUTED"), "{}", said(&asks));
}

#[test]
fn what_rests_on_the_policy_that_another_runs_with_is_not_decided_alone() {
    let flags = "//! Flags.\n\n/// Gaps.\n/// @cite example\n/// @severity low\nfn gaps(person) {\n    \
                 for gap in person.assessed.gaps_over_computed ?? [] { if gap.days > 3 { return flag(\"gaps\", \"a gap\"); } }\n}\n";
    let ran = Program::new().rules(flags).run("verify trial --only can-be-raised,can-fire");
    assert_eq!(ran.code, 6, "{}", ran.whole());
    let words = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = "it looks at what the policy says that it runs with, and alone it is told nothing";
    assert_eq!(words.matches(&format!("not decided of gaps {why}")).count(), 2, "{}", ran.stdout);
}
