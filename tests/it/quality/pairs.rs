//! Every rule has a case that raises it and a near miss, the same but for one field, that does not.

use super::{BGSW, QUALITY, REFERENCE, codes, flags};
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

#[test]
fn every_rule_has_a_case_and_a_near_miss() {
    let rules: BTreeSet<String> = BGSW.companions()[0].rules().map(|rule| rule.name.to_string()).collect();
    let expected: BTreeSet<String> =
        rules.iter().flat_map(|rule| [format!("{rule}.yaml"), format!("{rule}-near.yaml")]).collect();
    assert_eq!(cases().into_keys().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_near_miss_differs_in_one_field() {
    let cases = cases();
    for (name, text) in cases.iter().filter(|(name, _)| !name.ends_with("-near.yaml")) {
        let near = &cases[&name.replace(".yaml", "-near.yaml")];
        assert_eq!(differences(&plain(text), &plain(near)), 1, "{name}");
    }
}

#[test]
fn each_case_raises_its_flag_and_its_near_miss_does_not() {
    let mut wrong = Vec::new();
    for (name, text) in cases() {
        let code = name.trim_end_matches(".yaml").trim_end_matches("-near");
        let flags = flags(&text);
        if codes(&flags).contains(code) == name.ends_with("-near.yaml") {
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
        assert!(rule.cite.as_ref().is_some_and(|cite| cite.contains("HMI Probation")), "{}", rule.name);
        let severity = rule.severity.as_deref().unwrap_or_default();
        assert!(["high", "medium", "low", "info"].contains(&severity), "{}: `{severity}`", rule.name);
    }
    let rules: BTreeSet<&str> = quality.rules().map(|rule| &*rule.name).collect();
    assert!(REFERENCE.iter().all(|code| rules.contains(code)));
    assert_eq!(rules.len(), REFERENCE.len() + 3);
}
