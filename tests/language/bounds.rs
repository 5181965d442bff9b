//! Hostile scripts: each ends, with known values and with possible ones, in a fault with a line or in less than its budget, and
//! takes no more than 64 MB. Each runs in a process of its own, on a thread with a small stack, so that a stack that overflows
//! or memory without end is seen here and nowhere else.

use crate::{cases::ON, hostile::HOSTILE, oracle_scripts::Ground};
use brag::{
    evaluate::{
        evaluator::{Evaluator, InForce},
        inputs::{Assumed, Facts},
        outcome::NoOutcome,
    },
    language::{check, fault::PolicyFault, lower, program::Program, syntax},
};
use serde_json::json;
use std::{
    env, fs,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

/// Most memory that one script may take on top of what the test has, in kB.
const MOST_MEMORY: u64 = 64 << 10;
/// A stack as small as that of a thread of the program.
const STACK: usize = 2 << 20;
/// After so long a script counts as one without end. Nothing is measured by the clock: this is a hundred times what one takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the child is told to run.
const NAME: &str = "BRAG_HOSTILE";

/// The most memory that this process ever had, in kB; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

fn read(ground: &Ground, text: &str) -> Result<Program, PolicyFault> {
    let script = syntax::parse("policy.rhai", text)?;
    let known = lower::Known { inputs: &ground.inputs, tiers: &ground.tiers, parameters: &ground.names };
    let program = lower::lower(&script, &[], known)?;
    check::check(&program, known)?;
    Ok(program)
}

/// Runs a script with every fact known, then with all of them open; what came of it.
fn run(text: &str) -> String {
    let ground = Ground::new();
    let program = match read(&ground, text) {
        Ok(program) => program,
        Err(fault) => {
            assert!(fault.line.is_some_and(|line| line > 0), "no line: {fault}");
            return format!("refused: {fault}");
        }
    };
    let in_force = || -> InForce<'_> { ground.in_force(&program) };
    let whole = ground.facts(&json!({
        "crn": "X320741", "assessed_on": ON.to_string(), "iom": true,
        "oasys": { "ogrs3": 40, "ogp": 50, "rosh": "high", "rsr": 1.5 },
        "local": { "score": 7, "share": 3.5, "colour": "red", "urgent": true }
    }));
    let less: Arc<Facts> = ground.facts(&json!({ "crn": "X320741", "assessed_on": ON.to_string() }));
    let mut evaluator = Evaluator::new(in_force(), &whole);
    evaluator.begin(&whole);
    let mut came = "every rule ended".to_owned();
    for index in 0..program.rules.len() {
        match evaluator.rule(index) {
            Ok(_) => {}
            Err(NoOutcome::Fault(fault)) => {
                assert!(fault.line.is_some_and(|line| line > 0), "no line: {fault}");
                came = fault.to_string();
            }
            Err(NoOutcome::Unknown(unknown)) => panic!("{unknown:?} is not known"),
        }
    }
    evaluator.begin(&less);
    evaluator.open(&less, Assumed::new());
    let spread = evaluator.outlook();
    format!("{came}; possible: {:?}", spread.places)
}

/// What a child does: nothing, where nobody says what.
#[test]
fn hostile_child() {
    let Ok(name) = env::var(NAME) else { return };
    let (_, text) = HOSTILE.iter().find(|(known, _)| *known == name).unwrap();
    let text = text();
    let before = peak();
    let ran = thread::Builder::new().stack_size(STACK).spawn(move || run(&text)).unwrap().join().unwrap();
    let grown = peak().zip(before).map_or(0, |(after, before)| after - before);
    println!("came of {name}: {ran}; {grown} kB");
    assert!(grown <= MOST_MEMORY, "{name} took {grown} kB");
}

fn child(name: &str) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "bounds::hostile_child", "--nocapture", "--test-threads=1"]).env(NAME, name);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn every_hostile_script_ends_within_its_bounds() {
    let mut failed = Vec::new();
    for (name, _) in HOSTILE {
        let mut child = child(name);
        let begun = Instant::now();
        let ended = loop {
            if child.try_wait().unwrap().is_some() {
                break true;
            }
            if begun.elapsed() > PATIENCE {
                child.kill().unwrap();
                break false;
            }
            thread::sleep(Duration::from_millis(2));
        };
        let took = begun.elapsed();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &*String::from_utf8_lossy(&output.stderr);
        let came = said.lines().find(|line| line.contains("came of")).unwrap_or("nothing came of it");
        println!("{came} in {} ms", took.as_millis());
        if !ended {
            failed.push(format!("{name} does not end"));
        } else if !output.status.success() || !came.contains(name) {
            failed.push(format!("{name}: {}: {said}", output.status));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
