//! Runs that are killed at any moment, and runs that write the same files at once.

use super::work::Work;
use crate::sampling::is_long;
use std::{
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

/// Moments before an end, the same ones each time.
fn moments(most: Duration) -> impl Iterator<Item = Duration> {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        Duration::from_micros(seed % u64::try_from(most.as_micros()).unwrap())
    })
}

#[test]
fn a_killed_run_loses_nothing_and_the_next_one_ends_its_work() {
    let kills = if is_long() { 200 } else { 20 };
    for work in Work::all() {
        let begun = Instant::now();
        let program = work.program();
        program.run_with(&work.arguments);
        let (mut cut, mut left) = (0, 0);
        for moment in moments(begun.elapsed()).take(kills) {
            let program = work.program();
            let mut command = program.command(&work.arguments);
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            sleep(moment);
            child.kill().unwrap();
            cut += usize::from(!child.wait().unwrap().success());
            let damage = work.damage(program.folder());
            left += usize::from(!damage.is_empty());
            let aside = damage.iter().all(|path| path.split('/').any(|name| name.strip_suffix(".part").is_some()));
            assert!(aside, "{:?} after {moment:?}: {damage:?}", work.arguments);
            work.mend(&program);
        }
        println!("{:?}: {cut} of {kills} cut short, {left} left something aside", work.arguments);
    }
}

#[test]
fn two_runs_at_once_do_each_other_no_harm() {
    for work in Work::all() {
        for _ in 0..if is_long() { 40 } else { 4 } {
            let program = work.program();
            let start = || {
                let mut command = program.command(&work.arguments);
                command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
            };
            let codes = [start(), start()].map(|mut run| run.wait().unwrap().code().unwrap());
            assert!(codes.contains(&0) && codes.iter().all(|code| [0, 3].contains(code)), "{codes:?}");
            assert_eq!(work.damage(program.folder()), Vec::<String>::new(), "{:?}", work.arguments);
            work.mend(&program);
        }
    }
}
