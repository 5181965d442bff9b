//! The evaluator against Rhai's interpreter, over scripts that are drawn: the same outcome, the same reads, the same faults.
//!
//! Where the two differ by design, and the scripts do not go:
//!
//! | construct | Rhai | the language |
//! | --- | --- | --- |
//! | values of different kinds compared | `false` | found when the policy is read, or a fault |
//! | arithmetic past the largest number | wraps, without its checks | a fault |
//! | `0..5` as a value | a range, without the methods of a list | a list |
//! | `sort` by a closure that contradicts itself | some order | a fault |
//! | `()` in a template | nothing | `not known` |
//! | a table in a text | by name | in the order in which it was written |
//! | a letter of a text: `text[0]`, `for c in text` | a letter | a fault |
//! | a closure that looks at what it is called on: `a.filter(\|x\| x in a)`, `person.a.filter(\|x\| person.b)` | a data race | what it says |
//! | `a.f(b)`, `a[b]` | works `b` out before `a`, where `a` is more than a name | from left to right |
//! | a closure that changes what is around it | changes it | refused when the policy is read |
//! | `a.b.c = 1` | changes the part of the part | refused when the policy is read |

use crate::{
    cases::{ON, case_of, made_up, without},
    draw::{Draw, many},
    interpreter::{Came, Interpreter},
    oracle::{assert_same, came, is_limit, with_room},
    possible::READ,
    scripts,
};
use brag::{
    calendar::WorkingDays,
    case::{input::InputTable, value::Value},
    evaluate::{
        evaluator::{Evaluator, InForce},
        inputs::{Assumed, Facts},
    },
    language::{check, fault::PolicyFault, lower, program::Program, syntax, tiers::Tiers},
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// What every drawn script is read against.
pub struct Ground {
    pub tiers: Arc<Tiers>,
    pub inputs: Arc<InputTable>,
    pub names: Vec<String>,
    pub values: Vec<Value>,
    pub days: WorkingDays,
}

impl Ground {
    pub fn new() -> Self {
        let (names, values) = scripts::parameters().into_iter().unzip();
        let inputs = Arc::new(scripts::inputs());
        Self { tiers: Arc::new(scripts::tiers()), inputs, names, values, days: WorkingDays::shipped() }
    }

    /// A script as a program; none for one that happens to be nested too deeply.
    pub fn program(&self, text: &str) -> Option<Program> {
        let read = || {
            let script = syntax::parse("policy.rhai", text)?;
            let known = lower::Known { inputs: &self.inputs, tiers: &self.tiers, parameters: &self.names };
            let program = lower::lower(&script, &[], known)?;
            check::check(&program, known)?;
            Ok(program)
        };
        match read() {
            Ok(program) => Some(program),
            Err(fault @ PolicyFault { .. }) if fault.message.contains("nested too deeply") => None,
            Err(fault) => panic!("line {:?}: {fault}: {:?}\n{}", fault.line, fault.help, numbered(text)),
        }
    }

    /// A program in force.
    pub fn in_force<'p>(&'p self, program: &'p Program) -> InForce<'p> {
        InForce {
            program,
            tiers: &self.tiers,
            rules: program.rules.iter().collect(),
            parameters: self.values.iter().map(Ok).collect(),
            days: &self.days,
        }
    }

    /// Some people as such a script sees them.
    pub fn people(draw: &Draw, count: usize) -> Vec<serde_json::Value> {
        let people = made_up(4, count).into_iter().enumerate();
        let with_own = people.map(|(number, (_, mut document))| {
            let mut draw = draw.stream(number as u64);
            document["local"] = json!({
                "score": draw.below(21),
                "share": f64::from(draw.below(1_001) as u32) / 10.0,
                "colour": *draw.one(&["red", "green", "blue"]),
                "urgent": draw.happens(50),
            });
            document
        });
        with_own.collect()
    }

    /// What is known of a person.
    pub fn facts(&self, document: &serde_json::Value) -> Arc<Facts> {
        Arc::new(Facts {
            case: case_of(document),
            on: ON,
            inputs: Arc::clone(&self.inputs),
            presumed: Arc::default(),
            as_written: false,
            instead: BTreeMap::new(),
            later: None,
        })
    }
}

/// A script with the numbers of its lines.
pub fn numbered(text: &str) -> String {
    text.lines().enumerate().map(|(at, line)| format!("{:3} {line}\n", at + 1)).collect()
}

/// How often both came to what.
#[derive(Debug, Default)]
pub struct Same {
    said: usize,
    unknown: usize,
    faults: usize,
}

impl Same {
    /// Runs every rule of a script on a person in both.
    ///
    /// # Panics
    ///
    /// When they differ.
    pub fn compare(
        &mut self,
        interpreter: &Interpreter,
        evaluator: &mut Evaluator<'_>,
        facts: &Arc<Facts>,
        text: &str,
    ) {
        evaluator.begin(facts);
        for (index, entry) in evaluator.rules().to_vec().into_iter().enumerate() {
            let ours = came(evaluator.rule(index));
            if is_limit(&ours) {
                // From here on the case has nothing left.
                return;
            }
            let theirs = interpreter.rule(&entry.rule.name, facts, &Assumed::new());
            match &ours {
                Came::Said(..) => self.said += 1,
                Came::Unknown(_) => self.unknown += 1,
                Came::Fault(..) => self.faults += 1,
            }
            let about = format!("rule {}", entry.rule.name);
            let compared = catch_unwind(AssertUnwindSafe(|| assert_same(&ours, &theirs, &about)));
            if let Err(panic) = compared {
                println!("{}", numbered(text));
                std::panic::resume_unwind(panic);
            }
        }
    }
}

#[test]
fn the_interpreter_says_the_same_of_every_script() {
    with_room(|| {
        let draw = Draw::of("scripts in both");
        let ground = Ground::new();
        // Of every third person some facts are not known: there both must stop at the same one.
        let less = |(at, document): (usize, serde_json::Value)| match at % 3 {
            0 => READ.iter().skip(at % 2).step_by(3).fold(document, |document, path| without(&document, path)),
            _ => document,
        };
        let people = Ground::people(&draw, 60).into_iter().enumerate().map(less);
        let people: Vec<Arc<Facts>> = people.map(|one| ground.facts(&one)).collect();
        let first = ground.program("fn r0(person) { at_least(\"Green\") }").unwrap();
        let mut interpreter = Interpreter::new(&ground.in_force(&first));
        let mut same = Same::default();
        let count = many(2_000, 60_000);
        for number in 0..count as u64 {
            let text = scripts::script(draw.stream(number), 4);
            let Some(program) = ground.program(&text) else { continue };
            let in_force = ground.in_force(&program);
            Interpreter::turn_to(&in_force);
            interpreter.read(&text);
            let mut evaluator = Evaluator::new(in_force, &people[0]);
            for at in 0..3 {
                let facts = &people[(number as usize + at * 7) % people.len()];
                same.compare(&interpreter, &mut evaluator, facts, &text);
            }
        }
        println!("{count} scripts, the same in both: {same:?}");
        assert!(same.said > same.faults && same.faults > 100 && same.unknown > 10);
    });
}
