//! The worked cases of the shipped policies: each gives the tier that its file expects, and a decision that stays as it is
//! until somebody means to change it.

use crate::program::{Program, Ran, root, worked_cases};
use brag::{
    case::{Case, expect::ExpectedTier},
    policy::{Policy, source::Shelf, tiers::Tiers},
};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

fn satisfies(tier: &str, expected: &ExpectedTier, tiers: &Tiers) -> bool {
    match expected {
        ExpectedTier::Is(label) => label.as_str() == tier,
        ExpectedTier::Within(bounds) => {
            let among = |labels: &[brag::case::text::Label]| labels.iter().any(|label| label.as_str() == tier);
            let high_enough =
                bounds.at_least.as_ref().is_none_or(|floor| tiers.rank(tier) >= tiers.rank(floor.as_str()));
            (bounds.one_of.is_empty() || among(&bounds.one_of)) && !among(&bounds.not) && high_enough
        }
    }
}

#[test]
fn every_worked_case_gives_the_tier_that_it_expects() {
    let shelf = Shelf::Folder(root().join("policies"));
    for (name, path) in all_worked_cases() {
        let policy = Policy::load(&shelf, &name, &[]).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let expect =
            Case::parse(&text).unwrap().0.expect.unwrap_or_else(|| panic!("{} expects nothing", path.display()));
        let answer = assess(&name, &path).json();
        if policy.tiers().is_empty() {
            assert!(
                answer["tier"].is_null() && expect.tier.is_none(),
                "{}: a policy of flags gives no tier",
                path.display()
            );
            continue;
        }
        let tier = answer["tier"].as_str().unwrap();
        let expected = expect.tier.as_ref().unwrap_or_else(|| panic!("{} expects no tier", path.display()));
        assert!(satisfies(tier, expected, policy.tiers()), "{}: {tier}, expected {expected:?}", path.display());
        if let Some(by_seed) = &expect.tier_by_seed {
            assert!(satisfies(tier, by_seed, policy.tiers()), "{}: {tier}, by the sources {by_seed:?}", path.display());
        }
    }
}

/// The worked cases of every policy, with its name.
fn all_worked_cases() -> Vec<(String, PathBuf)> {
    let policies = Shelf::Folder(root().join("policies")).names();
    policies
        .into_iter()
        .flat_map(|name| worked_cases(&name).into_iter().map(move |path| (name.clone(), path)))
        .collect()
}

fn assess(policy: &str, path: &Path) -> Ran {
    let ran = Program::new().run_with(&["assess", "--policy", policy, "--format", "json", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

/// What a reader of a decision looks at; no digests, versions or lines, which change without a reason that concerns them.
fn in_short(answer: &Value) -> Value {
    let reasons = answer["reasons"].as_array().unwrap();
    let fired: Map<String, Value> = reasons
        .iter()
        .filter(|reason| reason["fired"] == true)
        .map(|reason| (reason["rule"].as_str().unwrap().to_owned(), reason["effects"].clone()))
        .collect();
    let flags = answer["flags"].as_array().unwrap().iter().map(|flag| json!([flag["code"], flag["text"]]));
    json!({
        "tier": answer["tier"], "range": answer["range"], "points": answer["points"], "fired": fired,
        "flags": flags.collect::<Vec<_>>(), "contact": answer["contact"], "further_contact": answer["further_contact"],
        "review": answer["review"], "allocation": answer["allocation"], "override": answer["override"],
    })
}

#[test]
fn every_worked_case_keeps_its_decision() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (policy, path) in all_worked_cases() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let short = in_short(&assess(&policy, &path).json());
        settings.bind(|| insta::assert_json_snapshot!(format!("{policy}__{name}"), short));
    }
}
