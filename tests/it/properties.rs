//! What holds for every case: a missing fact never lowers a tier, more risk never lowers it, sex has no say in it, and the
//! same inputs give the same bytes.

use crate::{
    cases::case_file,
    program::{Program, root, worked_cases},
    sampling::{is_long, runner, whole_numbers},
};
use brag::{
    case::{
        day::Day,
        domain::Domain,
        input::{Input, Source},
        record::Kind,
    },
    decision::assessor::Assessor,
    decision::{Decision, decide::decide},
    policy::{Policy, source::Shelf},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const ON: Date = date(2019, 5, 20);

fn bgsw() -> Policy {
    Policy::load(&Shelf::Folder(root().join("policies")), "bgsw", &[]).unwrap()
}

/// The worked cases by name, as JSON documents with every section written in full, so that a path leads to its value.
fn documents() -> Vec<(String, Value)> {
    let read = |path: std::path::PathBuf| {
        let mut document: Value = serde_yaml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if let Some(sections) = document.pointer_mut("/oasys/sections").and_then(Value::as_object_mut) {
            for section in sections.values_mut().filter(|section| section.is_number()) {
                *section = json!({ "score": section.clone() });
            }
        }
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), document)
    };
    worked_cases("bgsw").into_iter().map(read).collect()
}

fn decided(assessor: &mut Assessor<'_>, document: &Value) -> Decision {
    let file = case_file(&document.to_string());
    let on = file.case.assessed_on.map_or(ON, |day| day.0);
    decide(assessor, &file, on).unwrap()
}

/// The place of the computed tier; `None` for one outside the order.
fn rank(policy: &Policy, decision: &Decision) -> Option<usize> {
    policy.tiers().rank(decision.computed.as_deref().unwrap())
}

fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

fn without(document: &Value, path: &str) -> Value {
    let mut document = document.clone();
    let (group, name) = path.rsplit_once('.').unwrap_or(("", path));
    let group = if group.is_empty() { Some(&mut document) } else { document.pointer_mut(&pointer(group)) };
    if let Some(fields) = group.and_then(Value::as_object_mut) {
        fields.remove(name);
    }
    document
}

fn with(document: &Value, path: &str, value: &Value) -> Value {
    fn put(record: &mut Value, path: &str, value: &Value) {
        let fields = record.as_object_mut().unwrap();
        match path.split_once('.') {
            None => drop(fields.insert(path.to_owned(), value.clone())),
            Some((name, rest)) => put(fields.entry(name).or_insert_with(|| Value::Object(Map::new())), rest, value),
        }
    }
    let mut document = document.clone();
    put(&mut document, path, value);
    document
}

/// Every fact that a case can give and the policy does not take for granted.
fn facts(policy: &Policy) -> Vec<&Input> {
    let presumed: Vec<&Arc<str>> = policy.presumed().keys().map(|id| &policy.inputs().get(*id).path).collect();
    let all = policy.inputs().all().iter();
    all.filter(|input| input.kind == Kind::Fact && matches!(input.source, Source::Field(_)))
        .filter(|input| input.domain().is_some() && !presumed.contains(&&input.path))
        .collect()
}

/// Every value of a closed domain; of the others those near each number that some policy could care about.
fn values(input: &Input) -> Vec<Value> {
    // Nothing of a person is dated before their birth.
    let days = if &*input.path == "date_of_birth" {
        ["1960-02-29", "1990-01-01", "2000-05-20"]
    } else {
        ["2006-02-28", "2018-06-01", "2019-05-01"]
    };
    let Some(domain) = input.domain() else { return Vec::new() };
    match domain {
        Domain::Bool => vec![json!(false), json!(true)],
        Domain::Words(words) => words.iter().map(|word| json!(word)).collect(),
        Domain::Whole { min, max } => whole_numbers("bgsw", *min, *max).into_iter().map(|value| json!(value)).collect(),
        Domain::Decimal { .. } => [0.0, 0.01, 1.4, 2.99, 3.0, 3.01, 6.8, 6.89, 6.9, 6.91, 50.0, 99.99, 100.0]
            .map(|value| json!(value))
            .to_vec(),
        Domain::Date => days.map(|day| json!(day)).to_vec(),
        Domain::OwnWords(_) | Domain::Text | Domain::Answers => Vec::new(),
    }
}

#[test]
fn a_missing_fact_never_lowers_the_tier_of_a_worked_case() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let facts = facts(&policy);
    assert!(facts.len() > 60, "{}", facts.len());
    let mut open = 0;
    let every = if is_long() { 1 } else { 3 };
    for (name, document) in documents().into_iter().step_by(every) {
        for fact in &facts {
            let without = decided(&mut assessor, &without(&document, &fact.path));
            let read = without.reasons.iter().flat_map(|reason| &reason.reads).any(|read| read.path == fact.path)
                || without.unsettled.iter().any(|missing| missing.path == fact.path);
            open += usize::from(without.range.is_some());
            // A fact that no rule asked for cannot matter, whatever its value: two of them show it.
            let values = values(fact);
            let few = values.first().into_iter().chain(values.last());
            let tried: Vec<&Value> = if read { values.iter().collect() } else { few.collect() };
            for value in tried {
                let known = decided(&mut assessor, &with(&document, &fact.path, value));
                assert!(
                    rank(&policy, &without) >= rank(&policy, &known),
                    "{name}: {:?} without `{}`, {:?} with {value}",
                    without.computed,
                    fact.path,
                    known.computed
                );
                let range = without.range.as_ref().map(|range| policy.tiers().rank(&range[0]));
                assert!(range.is_none_or(|lowest| lowest <= rank(&policy, &known)), "{name}: {} {value}", fact.path);
            }
        }
    }
    assert!(open > 20, "only {open} of the missing facts left anything open");
}

fn sample<T: Clone + std::fmt::Debug + 'static>(of: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(of)
}

/// A case in which every fact is known, and the registers and histories that rules read vary.
fn any_case(policy: &Policy) -> impl Strategy<Value = Value> + use<> {
    let inputs: Vec<(String, Vec<Value>)> = policy
        .inputs()
        .all()
        .iter()
        .filter(|input| matches!(input.source, Source::Field(_)) && &*input.path != "crn")
        .filter(|input| matches!(input.kind, Kind::Fact | Kind::Register))
        .map(|input| (input.path.to_string(), values(input)))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    let words = |path: &str| match &policy.inputs().get(policy.inputs().find(path).unwrap()).shape {
        brag::case::record::Shape::List(of) => match &**of {
            brag::case::record::Shape::Leaf(Domain::Words(words)) => words.to_vec(),
            other => panic!("{path} holds {other:?}"),
        },
        other => panic!("{path} is {other:?}"),
    };
    let registrations = prop::collection::vec(sample(words("registrations")), 0..3);
    let offences = prop::collection::vec(sample(words("previous_offences")), 0..3);
    let absences = 0..4_u8;
    let picks = prop::collection::vec(any::<prop::sample::Index>(), inputs.len());
    (picks, registrations, offences, absences, any::<bool>()).prop_map(
        move |(picks, registrations, offences, absences, inside)| {
            let mut case = json!({ "crn": "X100001", "registrations": registrations, "previous_offences": offences });
            for ((path, values), pick) in inputs.iter().zip(&picks) {
                case = with(&case, path, pick.get(values));
            }
            let absence =
                |day| json!({ "date": format!("2019-04-{:02}", day + 10), "outcome": "unacceptable_absence" });
            case["contacts"] = (0..absences).map(absence).collect();
            if inside {
                case["custody"] = json!([{ "from": "2019-01-01" }]);
            }
            case
        },
    )
}

#[test]
fn a_missing_fact_never_lowers_the_tier_of_any_case() {
    let policy = bgsw();
    let paths: Vec<String> = facts(&policy).iter().map(|fact| fact.path.to_string()).collect();
    let missing = prop::collection::vec(sample(paths), 1..4);
    runner(96)
        .run(&(any_case(&policy), missing), |(case, missing)| {
            let mut assessor = Assessor::new(&policy);
            let known = decided(&mut assessor, &case);
            let unknown = missing.iter().fold(case, |case, path| without(&case, path));
            let unknown = decided(&mut assessor, &unknown);
            prop_assert!(
                rank(&policy, &unknown) >= rank(&policy, &known),
                "{:?} without {missing:?}, {:?} with",
                unknown.computed,
                known.computed
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn sex_has_no_say_in_the_tier() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    for (name, document) in documents() {
        let [female, male] = ["female", "male"].map(|sex| decided(&mut assessor, &with(&document, "sex", &json!(sex))));
        let unknown = decided(&mut assessor, &without(&document, "sex"));
        assert_eq!((&female.tier, &female.range), (&male.tier, &male.range), "{name}");
        assert_eq!((&female.tier, &female.range), (&unknown.tier, &unknown.range), "{name}");
    }
}

/// The inputs of which more is more risk, with their values from least to most.
fn scales(policy: &Policy) -> Vec<(String, Vec<Value>)> {
    let needs = policy.inputs().all().iter().filter(|input| input.path.starts_with("oasys.sections."));
    let scores = needs.map(|input| input.path.to_string()).filter(|path| path.rsplit('.').next() == Some("score"));
    let plain = ["oasys.rosh", "oasys.ogrs3", "oasys.ogp", "oasys.ovp", "oasys.rsr"].map(str::to_owned).into_iter();
    let groups = ["public", "children", "known_adult", "staff"].map(|group| format!("oasys.rosh_to.{group}"));
    let vulnerable = ["circumstances.domestic_abuse_victim", "circumstances.vulnerable"].map(str::to_owned);
    let paths = plain.chain(groups).chain(vulnerable).chain(scores);
    paths
        .map(|path| {
            let input = policy.inputs().get(policy.inputs().find(&path).unwrap());
            let values = values(input);
            (path, values)
        })
        .collect()
}

/// Fails where a higher value of one of the scales gives a lower tier.
fn rises(policy: &Policy, assessor: &mut Assessor<'_>, name: &str, document: &Value) {
    for (path, values) in scales(policy) {
        let mut former: Option<(Option<usize>, &Value)> = None;
        for value in &values {
            let tier = rank(policy, &decided(assessor, &with(document, &path, value)));
            if let Some((lower, at)) = former {
                assert!(lower <= tier, "{name}: `{path}` {at} gives tier {lower:?}, {value} gives {tier:?}");
            }
            former = Some((tier, value));
        }
    }
}

fn registered(document: &Value, flag: &str) -> Value {
    let mut flags = document["registrations"].as_array().cloned().unwrap_or_default();
    flags.push(json!(flag));
    with(document, "registrations", &Value::Array(flags))
}

#[test]
fn more_risk_never_lowers_the_tier() {
    let policy = bgsw();
    let mut assessor = Assessor::new(&policy);
    let every = if is_long() { 1 } else { 2 };
    for (name, document) in documents().into_iter().step_by(every) {
        rises(&policy, &mut assessor, &name, &document);
        let before = rank(&policy, &decided(&mut assessor, &document));
        for flag in
            ["mental_health", "suicide_self_harm", "vulnerability", "child_protection", "stalking", "adult_at_risk"]
        {
            let after = rank(&policy, &decided(&mut assessor, &registered(&document, flag)));
            assert!(before <= after, "{name}: {flag} lowers the tier");
        }
    }
}

#[test]
fn more_risk_never_lowers_the_tier_of_any_case() {
    let policy = bgsw();
    let scales = scales(&policy);
    let step = (0..scales.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    runner(256)
        .run(&(any_case(&policy), step), |(case, (scale, one, other))| {
            let (path, values) = &scales[scale];
            let (one, other) = (one.index(values.len()), other.index(values.len()));
            let mut assessor = Assessor::new(&policy);
            let [low, high] = [one.min(other), one.max(other)]
                .map(|index| rank(&policy, &decided(&mut assessor, &with(&case, path, &values[index]))));
            prop_assert!(
                low <= high,
                "`{path}`: {} gives {low:?}, {} gives {high:?}",
                values[one.min(other)],
                values[one.max(other)]
            );
            Ok(())
        })
        .unwrap();
}

/// A new policy each time, so that nothing that hangs on the order of a hash could hide.
#[test]
fn every_run_gives_the_same_bytes() {
    let cases: Vec<Value> =
        documents().into_iter().step_by(4).map(|(_, document)| without(&document, "oasys.ogp")).collect();
    let answers = || {
        let policy = bgsw();
        let mut assessor = Assessor::new(&policy);
        cases.iter().map(|case| serde_json::to_string(&decided(&mut assessor, case)).unwrap()).collect::<Vec<_>>()
    };
    let first = answers();
    for run in 1..5 {
        assert_eq!(answers(), first, "run {run}");
    }
}

#[test]
fn every_start_of_the_program_gives_the_same_bytes() {
    let cases = root().join("policies/bgsw/cases");
    let program = Program::new();
    let run = || program.run_with(&["assess", "--format", "json", cases.to_str().unwrap()]).stdout;
    let first = run();
    assert!(first.len() > 10_000);
    for _ in 0..3 {
        assert_eq!(run(), first);
    }
}

/// A date is read by hand; the calendar's own reader takes more spellings, of which one is that in which it writes.
#[test]
fn a_date_of_a_case_is_one_that_the_calendar_reads_and_writes_so() {
    let texts = prop_oneof![
        "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "[0-9]{4}-(02|04|12)-(28|29|30|31)",
        "[0-9+-]{7,12}",
        "[0-9]{4}\\PC[0-9]{2}\\PC[0-9]{2}\\PC?",
    ];
    runner(4_000)
        .run(&texts, |text| {
            let read = text.parse::<Date>().ok().filter(|date| date.year() >= 1900 && date.to_string() == text);
            prop_assert_eq!(Day::parse(&text).map(|day| day.0), read, "{}", text);
            Ok(())
        })
        .unwrap();
}
