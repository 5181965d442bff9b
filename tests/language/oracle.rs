//! The evaluator against Rhai's interpreter, over the shipped policies: the same effects, the same reads, the same faults.

use crate::{
    cases::{ON, case_of, made_up, worked},
    draw::many,
    interpreter::{Came, Interpreter},
};
use brag::{
    decision::assessor::Assessor,
    evaluate::{
        evaluator::Evaluator,
        inputs::{Assumed, Facts, Unknown},
        outcome::{NoOutcome, Outcome, SoFar},
    },
    language::{datum::Datum, effect::Effect, standard::Standard},
    policy::{Policy, source::Shelf},
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::Arc, thread};

/// The shipped policies.
pub const POLICIES: [&str; 4] = ["bgsw", "hmpps-tier-v2", "hmpps-tier-v3", "assessment-quality"];

/// Runs something that needs more stack than a test is given: the interpreter does.
pub fn with_room(run: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap().join().unwrap();
}

/// What the evaluator made of a rule, as the interpreter tells it.
pub fn came(outcome: Result<Outcome, NoOutcome>) -> Came<Vec<Effect>> {
    match outcome {
        Ok(outcome) => Came::Said(outcome.effects, outcome.reads),
        Err(NoOutcome::Unknown(Unknown(input))) => Came::Unknown(input),
        Err(NoOutcome::Fault(fault)) => Came::Fault(fault.line.unwrap_or(0), Some(fault.message)),
    }
}

fn standards(value: &Datum) -> Option<Vec<Standard>> {
    match value {
        Datum::Absent => Some(Vec::new()),
        Datum::Standard(standard) => Some(vec![Standard::clone(standard)]),
        Datum::Whole(points) => Some(vec![Standard::Workload(u32::try_from(*points).ok()?)]),
        Datum::List(list) => list.items.iter().map(standards).collect::<Option<Vec<_>>>().map(|found| found.concat()),
        _ => None,
    }
}

fn so_far(policy: &Policy, evaluator: &Evaluator<'_>, outcomes: &[Option<Outcome>]) -> (SoFar, Datum) {
    let tiers = policy.tiers();
    let mut so_far = SoFar::default();
    so_far.points.extend(tiers.axes().iter().map(|axis| (axis.clone(), 0)));
    for (entry, outcome) in evaluator.rules().iter().zip(outcomes) {
        for effect in outcome.iter().flat_map(|outcome| &outcome.effects) {
            match effect {
                Effect::AtLeast(tier) | Effect::Decide(tier) => {
                    so_far.tier = Some(tier.to_string());
                    so_far.floors.insert(Arc::clone(&entry.rule.name), Arc::clone(tier));
                }
                Effect::Points { axis, points } => *so_far.points.get_mut(axis).unwrap() += points,
                _ => {}
            }
        }
    }
    let points = so_far.points.iter().map(|(axis, points)| (axis.clone().into(), Datum::Whole(*points))).collect();
    let floors = evaluator.rules().iter().map(|entry| {
        let floor = so_far.floors.get(&entry.rule.name).map_or(Datum::Absent, |tier| Datum::text(tier));
        (entry.rule.name.to_string().into(), floor)
    });
    let entries = vec![
        ("tier".into(), so_far.tier.as_deref().map_or(Datum::Absent, Datum::text)),
        ("points".into(), Datum::table(points)),
        ("floors".into(), Datum::table(floors.collect())),
    ];
    let said = Datum::table(entries);
    (so_far, said)
}

/// Compares everything that a policy says of one case; how many runs that were.
fn compare(
    policy: &Policy,
    interpreter: &Interpreter,
    evaluator: &mut Evaluator<'_>,
    facts: &Arc<Facts>,
    about: &str,
) -> usize {
    let nothing = Assumed::new();
    let mut outcomes = Vec::new();
    let mut runs = 0;
    evaluator.begin(facts);
    for (index, entry) in evaluator.rules().to_vec().into_iter().enumerate() {
        let ours = evaluator.rule(index);
        outcomes.push(ours.as_ref().ok().cloned());
        let theirs = interpreter.rule(&entry.rule.name, facts, &nothing);
        assert_same(&came(ours), &theirs, &format!("{about}, {}, rule {}", policy.name(), entry.rule.name));
        runs += 1;
    }
    let (so_far, said) = so_far(policy, evaluator, &outcomes);
    if policy.program().has("tier") {
        let tier = |value: &Datum| Some(value.as_text().map(str::to_owned));
        let theirs = interpreter.call("tier", Some(&said), facts, &nothing, tier);
        let ours = match evaluator.tier(&so_far) {
            Ok(tier) => Came::Said(tier, evaluator.reads_so_far()),
            Err(NoOutcome::Unknown(Unknown(input))) => Came::Unknown(input),
            Err(NoOutcome::Fault(fault)) => Came::Fault(fault.line.unwrap_or(0), Some(fault.message)),
        };
        assert_eq!(ours, theirs, "{about}, {}, tier", policy.name());
        runs += 1;
    }
    if policy.program().has("provisional") {
        let theirs = interpreter.call("provisional", Some(&said), facts, &nothing, |value| match value {
            Datum::Bool(holds) => Some(usize::from(*holds)),
            other => brag::language::builtins::effects_of(other).ok().map(|effects| effects.len()),
        });
        let ours = match evaluator.provisional(&so_far) {
            Ok(outcome) => outcome.map(|outcome| Came::Said(outcome.effects.len(), outcome.reads)).unwrap(),
            Err(NoOutcome::Unknown(Unknown(input))) => Came::Unknown(input),
            Err(NoOutcome::Fault(fault)) => Came::Fault(fault.line.unwrap_or(0), Some(fault.message)),
        };
        assert_eq!(ours, theirs, "{about}, {}, provisional", policy.name());
        runs += 1;
    }
    for name in ["contact", "review", "allocate", "workload"].into_iter().filter(|name| policy.program().has(name)) {
        for tier in policy.tiers().all() {
            let theirs = interpreter.call(name, Some(&Datum::text(&tier)), facts, &nothing, standards);
            // A fact that is missing gives several standards here, where the interpreter only stops.
            let Came::Said(theirs, _) = theirs else { continue };
            assert_eq!(evaluator.follows(name, &tier).unwrap(), vec![theirs], "{about}, {}, {name}", policy.name());
            runs += 1;
        }
    }
    runs
}

/// Whether a limit was hit: the interpreter is given none.
pub fn is_limit(came: &Came<Vec<Effect>>) -> bool {
    matches!(came, Came::Fault(_, Some(message)) if message.contains("limit for one case") || message.contains("there is room for"))
}

/// Of faults the line is compared, and what a word found wrong where the interpreter was told by one. A message of ours may
/// name the input instead of its value.
pub fn assert_same(ours: &Came<Vec<Effect>>, theirs: &Came<Vec<Effect>>, about: &str) {
    match (ours, theirs) {
        (Came::Fault(line, Some(ours)), Came::Fault(other, Some(theirs))) => {
            let named = ours.contains("(a value of `") || theirs.is_empty();
            assert!(line == other && (named || ours == theirs), "{about}: {line}: {ours}\n{other}: {theirs}");
        }
        // Of a few of its own faults the interpreter gives no place.
        (Came::Fault(..), Came::Fault(0, _)) => {}
        (Came::Fault(line, ours), Came::Fault(other, _)) => assert_eq!(line, other, "{about}: {ours:?}"),
        _ => assert_eq!(ours, theirs, "{about}"),
    }
}

fn of_policy(name: &'static str, people: usize) {
    let policy = Policy::load(&Shelf::Shipped, name, &[]).unwrap();
    let mut assessor = Assessor::new(&policy);
    let mut interpreters: BTreeMap<Date, Interpreter> = BTreeMap::new();
    let cases = POLICIES.iter().flat_map(|policy| worked(policy)).chain(made_up(3, people));
    let (mut runs, mut tried) = (0, 0);
    for (about, document) in cases {
        let case = case_of(&document);
        let on = case.assessed_on.map_or(ON, |day| day.0);
        let since = policy.in_force_since(on);
        Interpreter::turn_to(&policy.in_force(since));
        let interpreter = interpreters.entry(since).or_insert_with(|| Interpreter::new(&policy.in_force(since)));
        let facts = assessor.facts(&case, on);
        let evaluator = &mut assessor.at(&facts).evaluator;
        runs += compare(&policy, interpreter, evaluator, &facts, &about);
        tried += 1;
    }
    println!("{name}: {tried} cases, {runs} runs the same");
    assert!(runs > tried);
}

#[test]
fn the_interpreter_says_the_same_of_every_case_under_bgsw() {
    with_room(|| of_policy("bgsw", many(2_000, 20_000)));
}

#[test]
fn the_interpreter_says_the_same_of_every_case_under_tier_v2() {
    with_room(|| of_policy("hmpps-tier-v2", many(1_000, 20_000)));
}

#[test]
fn the_interpreter_says_the_same_of_every_case_under_tier_v3() {
    with_room(|| of_policy("hmpps-tier-v3", many(1_000, 20_000)));
}

#[test]
fn the_interpreter_says_the_same_of_every_case_under_assessment_quality() {
    with_room(|| of_policy("assessment-quality", many(500, 5_000)));
}
