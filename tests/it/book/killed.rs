//! A run that is killed leaves no half file under the final name, and the next run is as if nothing had been.

use super::{cases, lines};
use crate::{program::Program, sampling::is_long};
use std::{fs, process::Stdio, thread::sleep, time::Duration};

const RUN: &[&str] = &["assess", "b.jsonl", "--format", "csv", "-o", "out.csv", "--threads", "2"];

fn names(program: &Program) -> Vec<String> {
    let entries = fs::read_dir(program.folder()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Times after which a run is killed: the same ones each time, from the start-up to well into the run.
fn moments(most: u64) -> impl Iterator<Item = Duration> {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        Duration::from_micros(seed % most)
    })
}

#[test]
fn kills_leave_nothing_behind() {
    let kills = if is_long() { 50 } else { 15 };
    let cases: Vec<_> = cases().into_iter().cycle().take(400).collect();
    let program = Program::new().file("b.jsonl", lines(&cases));
    let begun = std::time::Instant::now();
    assert_eq!(program.run_with(RUN).code, 0);
    let whole_run = begun.elapsed();
    let full = fs::read(program.folder().join("out.csv")).unwrap();
    let (mut cut, mut left) = (0, 0);
    for moment in moments(u64::try_from(whole_run.as_micros()).unwrap()).take(kills) {
        let _ = fs::remove_file(program.folder().join("out.csv"));
        let mut child = program.command(RUN).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        match fs::read(program.folder().join("out.csv")) {
            Ok(written) => assert!(written == full, "half a file after {moment:?}"),
            Err(_) => cut += 1,
        }
        left += usize::from(names(&program).contains(&".out.csv.part".to_owned()));
    }
    assert!(cut > 5 && left > 0, "{cut} runs were cut short, {left} of them left something aside");
    assert_eq!(program.run_with(RUN).code, 0);
    assert_eq!(fs::read(program.folder().join("out.csv")).unwrap(), full);
    assert_eq!(names(&program), ["b.jsonl", "out.csv"], "what a killed run left aside is gone");
}

/// Whoever reads along may have seen enough, as `head` has.
#[test]
fn a_reader_that_goes_ends_the_run_quietly() {
    let cases: Vec<_> = cases().into_iter().cycle().take(300).collect();
    let program = Program::new().file("b.jsonl", lines(&cases));
    for arguments in [&["assess", "b.jsonl", "--format", "jsonl", "--threads", "3"][..], &["show", "inputs"]] {
        let mut command = program.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
    }
}

/// Another run that writes the same file is refused, and does no harm to the first.
#[test]
fn two_runs_do_not_write_one_file() {
    let program = Program::new().file("b.jsonl", super::one_line("X1")).file(".out.csv.part", "half");
    let other = fs::File::options().write(true).open(program.folder().join(".out.csv.part")).unwrap();
    other.lock().unwrap();
    let ran = program.run_with(RUN);
    assert_eq!((ran.code, ran.stderr.trim()), (3, "× out.csv: is being written by another run"));
    drop(other);
    assert_eq!(program.run_with(RUN).code, 0);
    assert_eq!(names(&program), ["b.jsonl", "out.csv"]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_or_a_signal_to_end_ends_the_run_cleanly() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let program = Program::new();
        let arguments = ["assess", "-", "--input-format", "jsonl", "--format", "csv", "-o", "out.csv"];
        let mut child = program.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
        // Waiting for a child closes what it reads from, and the end of its cases would be an end as well.
        let cases = child.stdin.take();
        let pid = child.id().to_string();
        while !names(&program).contains(&".out.csv.part".to_owned()) {
            sleep(Duration::from_millis(5));
        }
        std::process::Command::new("kill").args([signal, &pid]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        drop(cases);
        assert!(names(&program).is_empty(), "{signal}: {:?}", names(&program));
    }
}

/// A full disk behind standard output is said; a standard output that is closed is nobody's loss.
#[cfg(target_os = "linux")]
#[test]
fn a_standard_output_that_takes_nothing() {
    let program = Program::new().file("b.jsonl", super::one_line("X1"));
    for arguments in ["assess b.jsonl --format csv", "assess b.jsonl", "caseload b.jsonl", "show rules", "due b.jsonl"]
    {
        let mut command = program.command(&arguments.split(' ').collect::<Vec<_>>());
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let ended = command.stdout(full).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        let wanted = "× standard output: cannot be written: no space left on device";
        assert_eq!((ended.status.code(), said.lines().last().map(str::trim)), (Some(3), Some(wanted)), "{arguments}");
    }
    let shell = format!("{} assess b.jsonl --format csv >&-", env!("CARGO_BIN_EXE_brag"));
    let ended = std::process::Command::new("sh").args(["-c", &shell]).current_dir(program.folder()).status().unwrap();
    assert_eq!(ended.code(), Some(0));
}
