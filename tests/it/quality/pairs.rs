//! Every rule has a case that raises it and a near miss, the same but for one field, that does not; what further cases it has say
//! whether they raise it.

use super::{BGSW, QUALITY, REFERENCE, codes, file, flags};
use brag::{case::document, policy::source::Shelf};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn cases() -> BTreeMap<String, String> {
    Shelf::Shipped.worked_cases(QUALITY).unwrap()
}

/// A case file as plain values, without what is expected of it.
fn plain(text: &str) -> Value {
    document::parse(text).unwrap();
    let mut value: Value = serde_yaml::from_str(text).unwrap();
    value.as_object_mut().unwrap().remove("expect");
    value
}

/// In how many places two values differ. A field or an entry that only one of them has is one place.
fn differences(one: &Value, other: &Value) -> usize {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            let differ = |name: &&String| match (one.get(*name), other.get(*name)) {
                (Some(one), Some(other)) => differences(one, other),
                _ => 1,
            };
            names.iter().map(differ).sum()
        }
        (Value::Array(one), Value::Array(other)) if one.iter().chain(other).any(Value::is_object) => {
            one.len().abs_diff(other.len())
                + one.iter().zip(other).map(|(one, other)| differences(one, other)).sum::<usize>()
        }
        _ => usize::from(one != other),
    }
}

/// The rule that a case is named for, and what the case is of it: `""` where it raises its flag, `near` where it just does not,
/// and something else for a further case.
fn of(name: &str) -> (&str, &str) {
    let stem = name.trim_end_matches(".yaml");
    stem.split_once('-').unwrap_or((stem, ""))
}

#[test]
fn every_rule_has_a_case_and_a_near_miss() {
    let rules: BTreeSet<&str> = BGSW.companions()[0].rules().map(|rule| &*rule.name).collect();
    let cases = cases();
    let named: BTreeSet<&str> = cases.keys().map(|name| of(name).0).collect();
    assert_eq!(named, rules);
    let pairs: BTreeSet<(&str, &str)> = rules.iter().flat_map(|rule| [(*rule, ""), (*rule, "near")]).collect();
    let missing: Vec<_> = pairs.difference(&cases.keys().map(|name| of(name)).collect()).copied().collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_near_miss_differs_in_one_field() {
    let cases = cases();
    for (name, text) in cases.iter().filter(|(name, _)| of(name).1.is_empty()) {
        let near = &cases[&name.replace(".yaml", "-near.yaml")];
        assert_eq!(differences(&plain(text), &plain(near)), 1, "{name}");
    }
}

/// A further case says itself whether it raises the flag of its rule.
#[test]
fn each_case_raises_its_flag_or_does_not_as_it_is_named_or_says() {
    let mut wrong = Vec::new();
    for (name, text) in cases() {
        let (code, what) = of(&name);
        let said = file(&text).case.expect.clone().unwrap().flags;
        let [included, excluded] = [&said.include, &said.exclude].map(|all| all.iter().any(|one| one.as_str() == code));
        let flags = flags(&text);
        let raised = codes(&flags).contains(code);
        let should = what.is_empty() || (what != "near" && included);
        if included == excluded || included != should || raised != should {
            wrong.push(format!("{name}: {:?}", codes(&flags)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_says_what_it_means_where_it_comes_from_and_how_grave_it_is() {
    let quality = &BGSW.companions()[0];
    for rule in quality.rules() {
        assert!(!rule.text.is_empty(), "{}", rule.name);
        let source = if &*rule.name == "rosh_below_group" { "OASys" } else { "HMI Probation" };
        assert!(rule.cite.as_ref().is_some_and(|cite| cite.contains(source)), "{}", rule.name);
        let severity = rule.severity.as_deref().unwrap_or_default();
        assert!(["high", "medium", "low", "info"].contains(&severity), "{}: `{severity}`", rule.name);
    }
    let rules: BTreeSet<&str> = quality.rules().map(|rule| &*rule.name).collect();
    assert!(REFERENCE.iter().all(|code| rules.contains(code)));
    assert_eq!(rules.len(), REFERENCE.len() + 5);
}
