//! Missing facts are met in the same order with and without memory: the same range, the same facts that would settle it, the
//! same values assumed in the reasons.

use crate::remembered::{
    desks::{Desks, ON, case_file, policy_with, small_policy},
    streams::put,
};
use serde_json::{Value, json};

/// Rules that ask for the same facts in different orders, some only where another has a certain value.
const RULES: &str = r#"
/// Asks in one order.
fn forth(person) {
    if person.local.count > 2 { return at_least("Middle"); }
    if person.oasys.rosh == "high" { return at_least("High"); }
    if person.local.open { at_least("Middle") }
}
/// Asks in the other, and reads one that it does not use.
fn back(person) {
    let share = person.local.share;
    if person.local.open && person.oasys.rosh == "high" { return at_least("High"); }
    if person.local.count == 9 && share > 2.5 { at_least("High") }
}
/// Asks for a fact on one branch only.
fn aside(person) {
    if known(person.local.note) { return; }
    if person.sex == "female" { if person.local.team == "high" { at_least("High") } } else if person.local.day == () { at_least("Middle") }
}
/// Settles a case outright on one fact.
fn outright(person) {
    if person.iom && person.local.count == 0 { decide("Out") }
}
/// Rests on the facts, and on a missing one of its own.
fn review(person, tier) {
    if person.local.open { every(2, "week") } else { every(1, "month") }
}
/// Its own way through the same facts.
fn contact(person, tier) {
    if tier == "High" && person.oasys.rosh != "low" { return every(1, "week", "office"); }
    every(if person.local.count > 5 { 1 } else { 2 }, "month", "office")
}
"#;

const FACTS: &[&str] =
    &["local.count", "oasys.rosh", "local.open", "local.share", "sex", "local.team", "local.day", "iom", "local.note"];

/// Cases that give every fact; each twice, with other values.
fn known() -> [Value; 2] {
    let values = [
        [
            json!(1),
            json!("low"),
            json!(false),
            json!(3),
            json!("female"),
            json!("north"),
            json!("2019-04-03"),
            json!(false),
            json!("n"),
        ],
        [
            json!(9),
            json!("high"),
            json!(true),
            json!(2),
            json!("male"),
            json!("high"),
            json!("2019-05-03"),
            json!(true),
            json!("x"),
        ],
    ];
    values.map(|values| {
        let mut case = json!({ "crn": "X100001" });
        FACTS.iter().zip(&values).for_each(|(path, value)| put(&mut case, path, value));
        case
    })
}

/// The case without some facts.
fn without(case: &Value, missing: &[&str]) -> Value {
    let mut case = case.clone();
    for path in missing {
        let (group, name) = path.rsplit_once('.').unwrap_or(("", path));
        let group = if group.is_empty() { Some(&mut case) } else { case.get_mut(group) };
        group.and_then(Value::as_object_mut).unwrap().remove(name);
    }
    case
}

/// Every choice of so many facts.
fn choices(count: usize) -> Vec<Vec<&'static str>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let below = choices(count - 1);
    let place = |fact: &str| FACTS.iter().position(|known| *known == fact).unwrap();
    let further = |chosen: &Vec<&'static str>| {
        let from = chosen.last().map_or(0, |last| place(last) + 1);
        FACTS[from..].iter().map(|fact| [chosen.as_slice(), &[*fact]].concat()).collect::<Vec<_>>()
    };
    below.iter().flat_map(further).collect()
}

/// Assesses the cases in their order and again backwards, at the same desks; the plain answers.
fn same_both_ways(cases: &[Value]) -> Vec<Value> {
    let policy = small_policy(RULES);
    let mut desks = Desks::of(&policy);
    let mut answers = Vec::new();
    for case in cases.iter().chain(cases.iter().rev()) {
        let [remembered, plain] = desks.assess(&case_file(case), ON);
        assert_eq!(remembered, plain, "{case}");
        let answer = serde_json::from_str(&plain).unwrap_or_else(|_| panic!("{case}\n{plain}"));
        answers.push(answer);
    }
    answers
}

#[test]
fn of_one_and_two_missing_facts() {
    let cases: Vec<Value> =
        (0..=2).flat_map(choices).flat_map(|missing| known().map(|case| without(&case, &missing))).collect();
    let answers = same_both_ways(&cases);
    let open = answers.iter().filter(|answer| answer["range"].is_array()).count();
    assert!(open > 40, "only {open} of {} leave anything open", answers.len());
    let assumed = |answer: &Value| answer["reasons"].to_string().contains("assumed");
    assert!(answers.iter().any(assumed), "nothing was assumed");
}

#[test]
fn of_three_missing_facts() {
    let [one, other] = known();
    let of = |(index, missing): (usize, Vec<&str>)| without(if index % 2 == 0 { &one } else { &other }, &missing);
    let cases: Vec<Value> = choices(3).into_iter().enumerate().map(of).collect();
    let answers = same_both_ways(&cases);
    let most = answers.iter().filter_map(|answer| answer["unsettled"].as_array()).map(Vec::len).max();
    assert!(most >= Some(2), "never more than {most:?} facts were open");
}

/// What the policy takes for granted is read, yet not known.
#[test]
fn of_a_fact_that_is_taken_for_granted() {
    let presumed = "presumed:\n  local.count: { value: 2, description: Two., source: assumption }\n";
    let rules = r#"
/// Asks whether it is known, and then for it.
fn both(person) {
    if known(person.local.count) && person.local.count > 2 { return at_least("High"); }
    if person.local.count == 2 && person.local.open { at_least("Middle") }
}
/// Only tells it.
fn told(person) { flag("told", `${person.local.count}`) }
"#;
    let policy = policy_with(rules, presumed);
    let mut desks = Desks::of(&policy);
    let mut taken = 0;
    let cases = (0..=2).flat_map(choices).flat_map(|missing| known().map(|case| without(&case, &missing)));
    for case in cases {
        let [remembered, plain] = desks.assess(&case_file(&case), ON);
        assert_eq!(remembered, plain, "{case}");
        taken += usize::from(plain.contains("\"presumed\":[\"local.count\"]"));
    }
    assert!(taken > 10, "taken for granted in {taken} cases");
}
