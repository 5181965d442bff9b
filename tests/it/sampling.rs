//! How much a test tries: the seed of what it draws, and whether it goes the long way.

use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_yaml::Value as Yaml;
use std::{collections::BTreeSet, env, fs};

/// The seed of a run that is not given another, so that what fails here fails everywhere.
const SEED: u64 = 20_190_520;

/// Whether everything is to be tried: `BRAG_LONG=1`.
pub fn is_long() -> bool {
    env::var("BRAG_LONG").is_ok_and(|long| long == "1")
}

/// As many random cases, drawn with the seed in `BRAG_SEED`. A test that fails prints it.
pub fn config(cases: u32) -> Config {
    let given = env::var("BRAG_SEED").ok();
    let seed =
        given.map_or(SEED, |seed| seed.parse().unwrap_or_else(|_| panic!("BRAG_SEED={seed} is no whole number")));
    println!("drawn with BRAG_SEED={seed}");
    Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::default() }
}

/// Runs a property on as many random cases.
pub fn runner(cases: u32) -> TestRunner {
    TestRunner::new(config(cases))
}

/// The whole numbers of a range at which something may change under a shipped policy: its ends, every number of the policy,
/// and those beside it. The long way, all of them.
pub fn whole_numbers(policy: &str, min: i64, max: i64) -> Vec<i64> {
    if is_long() {
        return (min..=max).collect();
    }
    let folder = crate::program::root().join("policies").join(policy);
    let parameters = serde_yaml::from_str(&fs::read_to_string(folder.join("parameters.yaml")).unwrap()).unwrap();
    let mut numbers = BTreeSet::new();
    collect(&parameters, &mut numbers);
    let script = fs::read_to_string(folder.join("policy.rhai")).unwrap();
    let code = script.lines().filter(|line| !line.trim_start().starts_with("//"));
    numbers.extend(code.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric())).filter_map(whole));
    let near = numbers.iter().flat_map(|number| [number - 1, *number, number + 1]).chain([min, max]);
    near.filter(|number| (min..=max).contains(number)).collect::<BTreeSet<i64>>().into_iter().collect()
}

fn whole(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// Every number in a tree.
fn collect(tree: &Yaml, into: &mut BTreeSet<i64>) {
    match tree {
        Yaml::Number(number) => into.extend(number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))),
        Yaml::Sequence(entries) => entries.iter().for_each(|entry| collect(entry, into)),
        Yaml::Mapping(fields) => fields.values().for_each(|field| collect(field, into)),
        _ => {}
    }
}
