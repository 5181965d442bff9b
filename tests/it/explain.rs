//! `brag explain`: what it says is true of the case when somebody tries it.

use crate::{
    cases::{self, case_file},
    program::Program,
    sampling::whole_numbers,
};
#[cfg(feature = "serve")]
use brag::decision::explain::explain_until;
use brag::{
    case::{Case, domain::Domain, value::Value},
    decision::assessor::Assessor,
    decision::{
        change::{Change, How, InputChange},
        decide::{CaseFile, decide},
        explain::{Explanation, explain, explain_why_not},
    },
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;
use serde_yaml::{Mapping, Value as Yaml};
#[cfg(feature = "serve")]
use std::sync::atomic::AtomicBool;
use std::{fs, path::PathBuf, process::Output, sync::Arc};

const CASES: &str = "policies/bgsw/cases";

fn bgsw() -> Policy {
    Policy::load(&Shelf::Shipped, "bgsw", &[]).unwrap()
}

fn shipped() -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(CASES).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn shipped_case(name: &str) -> String {
    fs::read_to_string(format!("{CASES}/{name}.yaml")).unwrap()
}

fn read(text: &str) -> (CaseFile, Date) {
    let (case, document) = Case::parse(text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    let on = case.assessed_on.unwrap().0;
    (CaseFile { case: Arc::new(case), document: Some(Arc::new(document)), sourced: None }, on)
}

/// The tier of a case that was edited.
fn tier_of_edited(assessor: &mut Assessor<'_>, case: &Yaml) -> String {
    let file = case_file(&serde_json::to_string(case).unwrap());
    let on = file.case.assessed_on.unwrap().0;
    decide(assessor, &file, on).unwrap().computed.unwrap()
}

fn explained(policy: &Policy, text: &str) -> Explanation {
    let (file, on) = read(text);
    explain(policy, &file, on).unwrap()
}

fn yaml(value: &Value) -> Yaml {
    match value {
        Value::Bool(value) => Yaml::from(*value),
        Value::Whole(value) => Yaml::from(*value),
        Value::Decimal(value) => serde_yaml::from_str(&value.to_string()).unwrap(),
        Value::Absent => Yaml::Null,
        other => Yaml::from(other.to_string()),
    }
}

/// The case with one input changed, as somebody would edit it.
fn edited(mut case: Yaml, change: &InputChange) -> Yaml {
    let mut at = case.as_mapping_mut().unwrap();
    let mut steps: Vec<&str> = change.path.split('.').collect();
    let last = steps.pop().unwrap();
    for step in steps {
        let entry = at.entry(Yaml::from(step)).or_insert_with(|| Yaml::Mapping(Mapping::new()));
        if !entry.is_mapping() {
            // `alcohol: 2` is short for `alcohol: { score: 2 }`.
            let score = entry.clone();
            *entry = Yaml::Mapping(Mapping::from_iter([(Yaml::from("score"), score)]));
        }
        at = entry.as_mapping_mut().unwrap();
    }
    match change.how {
        How::Set if change.to.is_absent() => drop(at.remove(last)),
        How::Set => drop(at.insert(Yaml::from(last), yaml(&change.to))),
        How::Add | How::Remove => {
            let list = at.entry(Yaml::from(last)).or_insert_with(|| Yaml::Sequence(Vec::new()));
            let list = list.as_sequence_mut().unwrap();
            let word = if change.how == How::Add { &change.to } else { &change.from };
            let word = yaml(word);
            list.retain(|one| *one != word && one.get("type") != Some(&word));
            if change.how == How::Add {
                list.push(word);
            }
        }
    }
    case
}

fn all_edited(text: &str, change: &Change) -> Yaml {
    change.changes.iter().fold(serde_yaml::from_str(text).unwrap(), edited)
}

fn changes(explanation: &Explanation) -> impl Iterator<Item = &Change> {
    explanation.nearest.up.iter().chain(&explanation.nearest.down)
}

#[test]
fn every_change_gives_its_tier_when_the_file_is_edited() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let mut tried = 0;
    for text in shipped() {
        let explanation = explained(&policy, &text);
        for change in changes(&explanation) {
            tried += 1;
            assert_eq!(tier_of_edited(&mut assessor, &all_edited(&text, change)), change.tier, "{change:?}");
        }
    }
    assert!(tried > 100, "only {tried} changes");
}

/// The tier for each value that a whole score could have; none for one that cannot stand beside the others.
fn tiers_by_score(assessor: &mut Assessor<'_>, case: &Yaml, path: &str, values: &[i64]) -> Vec<(i64, String)> {
    let mut tier = |value: i64| {
        let change = InputChange { path: path.into(), how: How::Set, from: Value::Absent, to: Value::Whole(value) };
        let edited = edited(case.clone(), &change);
        cases::read(&serde_json::to_string(&edited).unwrap())
            .is_ok()
            .then(|| (value, tier_of_edited(assessor, &edited)))
    };
    values.iter().filter_map(|value| tier(*value)).collect()
}

/// The level of a group that nobody recorded goes with the overall level, in what is tried as in the file.
#[test]
fn a_lower_overall_level_takes_those_along_that_are_presumed_to_be_no_higher() {
    let text = "crn: X1\nassessed_on: 2019-10-19\n\
                sentence: {type: community_order, starts_on: 2019-09-10, index_offence: {category: theft}}\n\
                oasys: {completed_on: 2019-09-12, rosh: high, ogrs3: 60, ogp: 40, ovp: 20, rsr: 1, \
                sections: {accommodation: 1, ete: 1, relationships: 1, lifestyle: 1, drugs: 1, alcohol: 1, thinking: 1, attitudes: 1}}\n";
    let policy = bgsw();
    let explanation = explained(&policy, text);
    let down =
        explanation.nearest.down.iter().find(|change| change.changes.iter().any(|one| &*one.path == "oasys.rosh"));
    let down = down.unwrap_or_else(|| panic!("{:?}", explanation.nearest.down));
    assert_eq!(down.tier, "Amber");
    assert_eq!(tier_of_edited(&mut Assessor::new(&policy), &all_edited(text, down)), "Amber");
}

#[test]
fn of_every_whole_score_the_nearest_value_for_each_tier_is_reported() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let mut tried = 0;
    // Every fourth case: each takes hundreds of decisions.
    for text in shipped().iter().step_by(4) {
        let explanation = explained(&policy, text);
        let case: Yaml = serde_yaml::from_str(text).unwrap();
        let now = explanation.decision.computed.clone().unwrap();
        let read: Vec<_> = explanation.decision.reasons.iter().flat_map(|reason| &reason.reads).collect();
        for input in policy.inputs().all() {
            let Some(Domain::Whole { min, max }) = input.domain() else { continue };
            let Some(read) = read.iter().find(|read| read.path == input.path && *max <= 100) else { continue };
            let Value::Whole(from) = read.value else { continue };
            let tiers = tiers_by_score(&mut assessor, &case, &input.path, &whole_numbers("bgsw", *min, *max));
            for tier in policy.tiers().all().into_iter().filter(|tier| *tier != now) {
                let others = tiers.iter().filter(|(_, other)| *other == tier).map(|(value, _)| (value - from).abs());
                let single = changes(&explanation).find(|change| {
                    change.tier == tier && change.changes.len() == 1 && change.changes[0].path == input.path
                });
                let reported = single.map(|change| match change.changes[0].to {
                    Value::Whole(to) => (to - from).abs(),
                    _ => panic!("{change:?}"),
                });
                assert_eq!(reported, others.min(), "{} to {tier}", input.path);
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried} scores and tiers");
}

#[test]
fn changes_stand_in_order_and_each_input_and_tier_once() {
    let policy = bgsw();
    let mut several = 0;
    for text in shipped() {
        let explanation = explained(&policy, &text);
        for list in [&explanation.nearest.up, &explanation.nearest.down] {
            several += usize::from(list.len() > 1);
            assert!(list.is_sorted_by_key(|change| change.distance));
            let mut seen: Vec<(Vec<&str>, &str)> = list
                .iter()
                .map(|one| (one.changes.iter().map(|change| &*change.path).collect(), one.tier.as_str()))
                .collect();
            let all = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), all);
        }
    }
    assert!(several > 20, "only {several} lists with an order");
}

#[test]
fn the_same_case_gives_the_same_explanation_whatever_was_asked_before() {
    let used = bgsw();
    let cases = shipped();
    let first: Vec<Explanation> = cases.iter().rev().step_by(5).map(|text| explained(&used, text)).collect();
    for (text, explanation) in cases.iter().rev().step_by(5).zip(first) {
        assert_eq!(explained(&bgsw(), text), explanation);
    }
}

#[test]
fn a_pair_is_reported_where_one_change_is_not_enough() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let text = "crn: X1\nassessed_on: 2019-05-20\nengagement: good\ncircumstances: {domestic_abuse_victim: true, vulnerable: true}\n\
                sentence: {type: community_order, index_offence: {category: theft}}\n\
                oasys: {rosh: low, rosh_to: {public: low, children: low, known_adult: low, staff: low}, ogrs3: 10, ogp: 5, ovp: 5, rsr: 0.5, \
                sections: {accommodation: 0, ete: 0, relationships: 0, lifestyle: 0, drugs: 0, alcohol: 0, thinking: 0, attitudes: 0}}\n";
    let explanation = explained(&policy, text);
    assert_eq!(explanation.decision.tier.as_deref(), Some("Amber"));
    assert_eq!(explanation.decision.range, None);
    let down: Vec<Vec<&str>> =
        explanation.nearest.down.iter().map(|change| change.changes.iter().map(|one| &*one.path).collect()).collect();
    // The second is read only once the first is false.
    assert_eq!(down, [["circumstances.domestic_abuse_victim", "circumstances.vulnerable"]]);
    assert_eq!(tier_of_edited(&mut assessor, &all_edited(text, &explanation.nearest.down[0])), "Green");
    assert_eq!(explanation.nearest.limit, None);
}

/// What nobody reads as things are has its thresholds where another input is otherwise.
#[test]
fn a_pair_of_which_the_second_is_read_and_compared_only_then_is_found() {
    let rules = r#"const TIERS = ["Low", "Top"];
fn r(person) {
    if person.engagement == "poor" && person.oasys.san { return at_least("Low"); }
    if person.oasys.ogrs3 >= 50 { at_least("Top") } else { at_least("Low") }
}
"#;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("trial")).unwrap();
    std::fs::write(folder.path().join("trial/policy.rhai"), rules).unwrap();
    let policy = Policy::load(&Shelf::Folder(folder.path().to_owned()), "trial", &[]).unwrap();
    let text = "crn: X1\nassessed_on: 2020-01-01\nengagement: poor\noasys: { san: true, ogrs3: 10 }\n";
    let nearest = explained(&policy, text).nearest;
    let up: Vec<String> = nearest
        .up
        .iter()
        .map(|change| {
            let changes = change.changes.iter().map(|one| format!("{} {}", one.path, one.to));
            changes.collect::<Vec<_>>().join(" and ")
        })
        .collect();
    assert_eq!(up, ["oasys.san false and oasys.ogrs3 50", "engagement mixed and oasys.ogrs3 50"]);
}

/// A number that nobody recorded, and that a rule asks only where it is known, is one input that can be otherwise.
#[test]
fn what_is_asked_only_where_it_is_known_is_among_the_nearest_changes() {
    let policy = |rule: &str| {
        Program::new().rules(&format!(
            "const TIERS = [\"Low\", \"High\"];\nconst ON_MISSING = \"as-written\";\n\n/// All.\nfn all(person) {{ at_least(\"Low\") }}\n\n/// A score.\nfn score(person) {{ {rule} }}\n"
        ))
    };
    let told = |rule: &str| {
        policy(rule)
            .file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\n")
            .run("explain case.yaml --policy trial")
            .stdout
    };
    let page = told("if known(person.oasys.ogrs3) && person.oasys.ogrs3 >= 50 { at_least(\"High\") }");
    assert!(page.contains("oasys.ogrs3 not known -> 50"), "{page}");
    let page = told("if !known(person.oasys.ogrs3) { at_least(\"High\") }");
    assert!(page.contains("Low with any of") && page.contains("oasys.ogrs3 not known -> "), "{page}");
}

#[test]
fn a_range_is_explained_at_its_top_with_what_that_takes() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let text = shipped_case("01-anthony").replace("  ogrs3: 58\n", "");
    let explanation = explained(&policy, &text);
    assert!(explanation.decision.range.is_some());
    let taken: Vec<String> =
        explanation.assumed.iter().map(|taken| format!("{} {}", taken.path, taken.value)).collect();
    assert_eq!(taken, ["oasys.ogrs3 90"]);
    let full = shipped_case("01-anthony").replace("ogrs3: 58", "ogrs3: 90");
    for change in changes(&explanation) {
        assert_eq!(tier_of_edited(&mut assessor, &all_edited(&full, change)), change.tier, "{change:?}");
    }
    let found_out = changes(&explanation).find(|change| &*change.changes[0].path == "oasys.ogrs3").unwrap();
    assert_eq!((&found_out.changes[0].from, &found_out.changes[0].to), (&Value::Absent, &Value::Whole(89)));
}

#[test]
fn conditions_stand_in_the_order_in_which_they_were_met() {
    let policy = bgsw();
    let explanation = explained(&policy, &shipped_case("01-anthony"));
    let rule = |name: &str| explanation.rules.iter().find(|rule| *rule.rule == *name).unwrap();
    let met = |name: &str| -> Vec<String> {
        let each = rule(name).conditions.iter();
        each.map(|one| format!("{} {} {} {}", one.left, one.operator, one.right, one.holds)).collect()
    };
    assert_eq!(met("serious_recidivism"), ["1.4 >= 6.9 false", "1.4 >= 3 false"]);
    assert_eq!(met("custody"), ["in_custody is false false"]);
    assert_eq!(met("iom"), ["iom is false true"]);
    assert_eq!(rule("iom").failed.as_ref().unwrap().source, "if !person.iom { return; }");
    let needs = rule("many_needs");
    assert_eq!(needs.conditions.len(), 9);
    assert!(needs.conditions[0].file.contains("lib/oasys.rhai"), "{}", needs.conditions[0].file);
    assert_eq!(needs.conditions[0].source, "reaching(scores, cut_offs)");
    assert_eq!(needs.failed.as_ref().unwrap().left, "3");
}

#[test]
fn why_not_a_higher_tier_names_the_rules_that_could_set_it() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let text = shipped_case("01-anthony");
    let (file, on) = read(&text);
    let why = explain_why_not(&policy, &file, on, "Red").unwrap().why_not.unwrap();
    assert!(why.held_by.is_empty());
    let could: Vec<&str> = why.could.iter().map(|rule| &*rule.rule).collect();
    assert_eq!(could, ["iom", "risk_matrix", "serious_recidivism"]);
    let failed = why.could[2].failed.as_ref().unwrap();
    // The condition that gives Red, and not the one behind it that failed last.
    assert_eq!((failed.left.as_str(), failed.right.as_str()), ("1.4", "6.9"));
    assert!(why.nearest.iter().all(|change| change.tier == "Red"));
    assert_eq!(&*why.nearest[0].changes[0].path, "oasys.rsr");
    for change in &why.nearest {
        assert_eq!(tier_of_edited(&mut assessor, &all_edited(&text, change)), "Red");
    }
}

/// A rule that needs a fact to be otherwise which another rule reads too could set the tier by itself; one that only adds a step
/// to what the other rule says could not.
#[test]
fn why_not_names_a_rule_only_where_it_brings_the_tier_about() {
    let rules = r#"const TIERS = ["Low", "Middle", "High"];
private fn risk(person) { switch person.oasys.rosh { "low" => "Low", "very_high" => "High", _ => "Middle" } }
fn by_risk(person) { at_least(risk(person)) }
fn one_more(person) { if person.oasys.ogrs3 >= 75 { at_least(raised(risk(person), 1, "Middle")) } }
fn high_at_home(person) { if person.oasys.rosh == "high" && person.iom { at_least("High") } }
fn repeated(person) { if person.oasys.ogrs3 >= 90 { at_least("High") } }
fn never_high(person) { if person.oasys.ogp >= 50 { at_least("Middle") } }
"#;
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("trial")).unwrap();
    std::fs::write(folder.path().join("trial/policy.rhai"), rules).unwrap();
    let policy = Policy::load(&Shelf::Folder(folder.path().to_owned()), "trial", &[]).unwrap();
    let (file, on) = read("crn: X1\nassessed_on: 2020-01-01\niom: false\noasys: { rosh: low, ogrs3: 10, ogp: 10 }\n");
    let why = explain_why_not(&policy, &file, on, "High").unwrap().why_not.unwrap();
    let could: Vec<&str> = why.could.iter().map(|rule| &*rule.rule).collect();
    assert_eq!(could, ["by_risk", "high_at_home", "repeated"]);
}

#[test]
fn why_not_a_lower_tier_names_the_rules_that_hold_it() {
    let policy = bgsw();
    let (file, on) = read(&shipped_case("31-iom-in-custody"));
    let why = explain_why_not(&policy, &file, on, "Amber").unwrap().why_not.unwrap();
    let held: Vec<&str> = why.held_by.iter().map(|rule| &*rule.rule).collect();
    assert_eq!(held, ["iom", "risk_matrix", "many_needs"]);
    assert!(why.could.is_empty());
    assert!(why.nearest.iter().all(|change| change.tier == "Amber"));
}

fn brag(arguments: &[&str]) -> Output {
    crate::program::brag().arg("explain").args(arguments).output().unwrap()
}

fn said(arguments: &[&str]) -> String {
    let output = brag(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap()
}

fn complained(arguments: &[&str], code: i32) -> String {
    let output = brag(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(output.status.code(), Some(code));
    String::from_utf8(output.stderr).unwrap()
}

/// The answer without what changes with every edit of a comment: the digests and the version.
fn lasting(answer: String) -> String {
    let Ok(mut json) = serde_json::from_str::<serde_json::Value>(&answer) else { return answer };
    for at in ["/decision/policy/digest", "/decision/case_digest", "/decision/engine"] {
        *json.pointer_mut(at).unwrap() = "-".into();
    }
    format!("{json:#}\n")
}

#[test]
fn the_whole_answer_in_each_format() {
    insta::with_settings!({snapshot_path => "../../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
        for name in ["01-anthony", "31-iom-in-custody"] {
            for format in ["text", "md", "json"] {
                let answer = lasting(said(&[&format!("{CASES}/{name}.yaml"), "--format", format]));
                insta::assert_snapshot!(format!("explain-{name}-{format}"), answer);
            }
        }
        for (name, tier) in [("01-anthony", "Red"), ("31-iom-in-custody", "Amber")] {
            let answer = said(&[&format!("{CASES}/{name}.yaml"), "--why-not", tier]);
            insta::assert_snapshot!(format!("explain-{name}-why-not-{tier}"), answer);
        }
    });
}

#[test]
fn the_text_fits_a_terminal() {
    for entry in fs::read_dir(CASES).unwrap() {
        let answer = said(&[&entry.unwrap().path().display().to_string()]);
        for line in answer.lines() {
            assert!(line.chars().count() <= 96, "{line}");
        }
    }
}

#[test]
fn another_number_gives_another_explanation() {
    let answer = said(&[&format!("{CASES}/01-anthony.yaml"), "--set", "rsr_high=1"]);
    assert!(
        answer.starts_with(
            "V000001  Red  on 20 May 2019, by bgsw, a trial with rsr_high = 1\n\nDecided by\n  serious_recid"
        ),
        "{answer}"
    );
}

#[test]
fn an_unknown_tier_is_named_with_the_one_meant() {
    let case = format!("{CASES}/01-anthony.yaml");
    insta::assert_snapshot!(complained(&[&case, "--why-not", "Ambre"], 3), @"
      × --why-not: unknown tier `Ambre`
      help: did you mean `Amber`? policy `bgsw` has Green, Amber, Red-Amber, Red, Blue
    ");
    insta::assert_snapshot!(complained(&[&case, "--why-not", "7"], 3), @"
      × --why-not: unknown tier `7`
      help: policy `bgsw` has Green, Amber, Red-Amber, Red, Blue
    ");
}

#[test]
fn a_case_that_is_not_there() {
    insta::assert_snapshot!(complained(&["nowhere.yaml"], 3), @"  × nowhere.yaml: cannot be read: no such file or directory");
}

/// What nobody wrote down is never shown as if somebody had.
#[test]
fn a_presumed_value_is_called_so() {
    let rules = "const TIERS = [\"Low\", \"High\"];
fn engaged(person) { if person.engagement == \"mixed\" { at_least(\"High\") } }
";
    let presumed = "presumed:\n  engagement: { value: mixed, description: Mixed., source: assumption }\n";
    let program = Program::new()
        .rules(rules)
        .file("policies/trial/parameters.yaml", presumed)
        .file("case.yaml", "crn: X100001\nassessed_on: 2019-05-20\n");
    for (verb, wanted) in [("assess", "Saw engagement mixed, presumed"), ("explain", "engagement mixed (presumed)")] {
        let said = program.run(&format!("{verb} case.yaml --policy trial")).stdout;
        assert!(said.contains(&format!("\n      {wanted}\n")), "{verb}: {said}");
    }
}

/// What an effect was made of stands beside the rule that says it; the effect itself is no value that is worked out.
#[test]
fn what_an_effect_was_made_of_is_told_as_facts_and_numbers() {
    let rules = "const TIERS = [\"Low\", \"High\"];
/// All.
fn all(person) { at_least(if reaches(person.oasys.rosh, param::from) { \"High\" } else { \"Low\" }) }
";
    let program = Program::new()
        .rules(rules)
        .file(
            "policies/trial/parameters.yaml",
            "from: {description: f, values: {2010-01-01: {value: high, source: assumption}}}\n",
        )
        .file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: {rosh: high}\n");
    let said = program.run("explain case.yaml --policy trial").stdout;
    assert!(said.contains("\n      oasys.rosh high (line 3); from high\n"), "{said}");
    assert!(!said.contains("not known"), "{said}");
}

/// A flag is raised on evidence: one that only the highest of what is not known would raise is no part of the answer, nor of its reasons.
#[test]
fn a_flag_that_nothing_on_record_raises_is_not_said_to_be_raised() {
    let rules = "const TIERS = [\"Low\", \"High\"];
/// All.
fn all(person) { at_least(if person.oasys.ogrs3 >= 50 { \"High\" } else { \"Low\" }) }
/// Managed together.
fn together(person) { if person.oasys.ogrs3 >= 75 { flag(\"together\", \"look\") } }
";
    let program =
        Program::new().rules(rules).file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: {rosh: low}\n");
    let said = program.run("explain case.yaml --policy trial --format json").json();
    assert_eq!(said["decision"]["flags"].as_array().unwrap().len(), 0);
    assert_eq!(said["assumed"][0]["path"], "oasys.ogrs3");
    let rule = &said["rules"][1];
    assert_eq!((&rule["rule"], &rule["fired"]), (&"together".into(), &false.into()), "{rule}");
    assert_eq!(rule["missing"], "oasys.ogrs3");
}

/// Where points make the tier, they and the rules that give them are what decides.
#[test]
fn a_tier_of_points_is_explained_by_them() {
    let rules = "const TIERS = [\"Low\", \"High\"];
const AXES = [\"need\"];
/// Substance use.
fn drugs(person) { if person.oasys.sections.drugs.score >= 4 { points(\"need\", 5) } }
/// The tier.
fn tier(person, so_far) { if so_far.points.need >= 5 { \"High\" } else { \"Low\" } }
";
    let program = Program::new()
        .rules(rules)
        .file("case.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: {sections: {drugs: 4}}\n")
        .file("none.yaml", "crn: X1\nassessed_on: 2019-05-20\noasys: {sections: {drugs: 3}}\n");
    let said = program.run("explain case.yaml --policy trial").stdout;
    assert!(said.contains("\nDecided by the points: need 5\n  drugs                    +5 need\n"), "{said}");
    assert!(!said.contains("did not fire"), "{said}");
    let said = program.run("explain none.yaml --policy trial --why-not High").stdout;
    assert!(said.contains("\nDecided by the points: need 0\n"), "{said}");
}

#[test]
#[cfg(feature = "serve")]
fn whoever_waits_no_longer_is_looked_for_no_changes() {
    let policy = bgsw();
    let mut changes = 0;
    for text in shipped().iter().take(5) {
        let (file, on) = read(text);
        let until = |stop: bool| explain_until(&policy, &file, on, &AtomicBool::new(stop)).unwrap();
        let (whole, stopped) = (until(false), until(true));
        assert_eq!(stopped.decision, whole.decision);
        changes += whole.nearest.up.len() + whole.nearest.down.len();
        assert!(stopped.nearest.up.is_empty() && stopped.nearest.down.is_empty(), "{:?}", stopped.nearest);
    }
    assert!(changes > 0);
}

/// A register that holds a number is there or is not, like any other.
#[test]
fn a_category_of_mappa_is_among_the_nearest_changes_to_come_and_to_go() {
    let policy = bgsw();
    let nearest = |mappa: &str| {
        let case = shipped_case("33-green-medium-monthly");
        let kept: Vec<&str> = case.lines().filter(|line| !line.starts_with("mappa")).collect();
        explained(&policy, &format!("{}\n{mappa}\n", kept.join("\n"))).nearest
    };
    let named = |changes: &[Change]| {
        let singles = changes.iter().filter(|change| change.changes.len() == 1);
        let mappa = singles.flat_map(|change| &change.changes).filter(|one| &*one.path == "mappa.category");
        mappa.map(|one| format!("{:?} to {:?}", one.from, one.to)).collect::<Vec<_>>()
    };
    assert_eq!(named(&nearest("").up), ["Absent to Whole(1)"]);
    assert_eq!(named(&nearest("mappa: { category: 2 }").down), ["Whole(2) to Absent"]);
}
